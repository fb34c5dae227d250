"""A search that is cut short says so, and how good what it has not seen can be."""

import networkx as nx
import numpy as np
import pytest

import trustgraph as tg
from trustgraph.introductions import Introductions, step_factors

from helpers.brute_paths import all_paths, random_graph

CHAIN = nx.DiGraph()
CHAIN.add_edge("b", "a", trust=0.9)
CHAIN.add_edge("c", "b", trust=0.8)
CHAIN.add_edge("d", "c", trust=0.7)
CHAIN.add_edge("e", "d", trust=0.6)


def test_what_a_search_has_not_seen_is_not_better_than_it_says() -> None:
    cut = proved = 0
    for seed in range(150):
        generator = np.random.default_rng(seed)
        G = random_graph(generator, n=8, density=generator.uniform(0.2, 0.9))
        index, every = (
            tg.TrustIndex.from_graph(G),
            all_paths(step_factors(G, "p00", "p07"), "p00", 4),
        )
        for max_work in (1, 5, 12, 30, 80):
            for k in (1, 4):
                paths = tg.find_introductions(
                    index, "p00", "p07", k=k, max_intermediaries=4, max_work=max_work
                )
                assert paths.truncated == (paths.unexplored > 0)
                found = {path.path: path.score for path in paths}
                last = min(found.values()) if len(found) == k else 0.0
                missed = [score for path, score in every.items() if path not in found]
                # Those that were seen and are not among the k are no better than the k-th.
                assert max(missed, default=0.0) <= max(last, paths.unexplored) * (1 + 1e-9)
                best = sorted(every.values(), reverse=True)[:k]
                if paths.optimal:
                    np.testing.assert_allclose(list(found.values()), best, rtol=1e-12)
                cut += paths.truncated
                proved += paths.truncated and paths.optimal
    assert cut > 100
    assert proved > 10


def test_enough_work_is_no_limit() -> None:
    G = random_graph(np.random.default_rng(4), n=8, density=0.7)
    free = tg.find_introductions(G, "p00", "p07", k=9)
    limited = tg.find_introductions(G, "p00", "p07", k=9, max_work=10**30)
    assert (free.truncated, free.unexplored, free.optimal) == (False, 0.0, True)
    assert limited.max_work == np.iinfo(np.int64).max
    assert limited == free.replace(max_work=limited.max_work)


def test_an_empty_answer_of_a_search_cut_short_claims_nothing() -> None:
    paths = tg.find_introductions(CHAIN, "a", "e", max_work=1)
    assert (len(paths), paths.reason, paths.nearest_misses) == (0, "work_limit", ())
    assert paths.truncated
    assert not paths.optimal
    score = tg.find_introductions(CHAIN, "a", "e")[0].score
    assert paths.unexplored >= score
    told = paths.explain()
    assert "cut short after 1 steps" not in told
    assert "cut short after 1 step (max_work) before it found any" in told
    assert "ask again with a larger max_work" in told
    assert "No chain of ties" not in told
    assert Introductions.from_dict(paths.to_dict()) == paths


def test_no_way_at_all_is_no_way_whatever_the_limit() -> None:
    G = nx.DiGraph()
    G.add_edge("b", "a", trust=0.9)
    G.add_node("z")
    paths = tg.find_introductions(G, "a", "z", max_work=1)
    assert (paths.reason, paths.truncated) == ("no_path", False)


@pytest.mark.parametrize(
    ("optimal", "unexplored", "words"),
    [
        (True, 0.002, "can score 0.01 at most, so no better ones were missed"),
        (False, 0.35, "can score 0.35 at most; only the first path is proved"),
        (False, 0.9, "can score 0.90 at most, so there may be better ones"),
    ],
)
def test_the_bound_is_told_in_words(optimal: bool, unexplored: float, words: str) -> None:
    G = nx.DiGraph()
    G.add_edge("b", "a", trust=0.8)
    G.add_edge("c", "a", trust=0.6)
    G.add_edge("z", "b", trust=0.5)
    G.add_edge("z", "c", trust=0.5)
    paths = tg.find_introductions(G, "a", "z")
    cut = paths.replace(
        truncated=True, unexplored=unexplored, optimal=optimal, max_work=12_000
    ).explain()
    assert f"cut short after 12,000 steps (max_work): a path not looked at {words}" in cut
    best = "The best way found from" if unexplored > paths[0].score else "The best way from"
    assert cut.startswith(best)
    assert "cut short" not in paths.explain()


def test_the_limit_holds_for_guessed_ties_too() -> None:
    G = CHAIN.copy()
    G.edges["d", "c"]["observed"] = False
    paths = tg.find_introductions(G, "a", "e", observed_only=False, max_work=2)
    assert (paths.reason, paths.truncated) == ("work_limit", True)
    assert tg.find_introductions(G, "a", "e", observed_only=False)[0].block == "inferred"


@pytest.mark.parametrize("max_work", [0, -3, 1.5, True, "many"])
def test_a_limit_that_is_none_is_refused(max_work: object) -> None:
    with pytest.raises(ValueError, match="it must be a whole number from 1, or None"):
        tg.find_introductions(CHAIN, "a", "e", max_work=max_work)


def test_what_is_told_after_a_limited_search_reads_no_more_than_that():
    G = nx.DiGraph()
    for asker, asked in [("s", "a"), ("a", "b"), ("b", "t"), ("s", "c"), ("c", "b")]:
        G.add_edge(asked, asker, trust=0.5, willingness=0.1 if asked == "c" else 1.0)
    whole = tg.find_introductions(G, "s", "t")
    assert [one.person for one in whole.forwarders] == ["c"]
    short = tg.find_introductions(G, "s", "t", max_work=1)
    assert (short.truncated, short.forwarders) == (True, ())
