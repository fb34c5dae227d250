"""Paths that share nobody, against the greedy choice among all simple paths by hand."""

from typing import Any

import networkx as nx
import numpy as np
import pytest

import trustgraph as tg
from trustgraph.introductions import Introductions, step_factors

from helpers.brute_paths import all_paths
from helpers.random_questions import random_world

Scored = dict[tuple[Any, ...], float]


def greedy(every: Scored, diversity: str, k: int) -> list[tuple[Any, ...]]:
    """Take the best path, drop all that share with it, and so on."""
    left, chosen = dict(every), []
    while left and len(chosen) < k:
        top = max(left.values())
        tied = [path for path, score in left.items() if score >= top * (1 - 1e-12)]
        best = min(tied, key=lambda path: (len(path), path))
        chosen.append(best)
        left = {path: score for path, score in left.items() if not shares(path, best, diversity)}
    return chosen


def shares(one: tuple[Any, ...], other: tuple[Any, ...], diversity: str) -> bool:
    if one == other:
        return True
    people, others = one[1:-1], other[1:-1]
    if diversity == "introducer":
        return bool(people and others) and people[0] == others[0]
    return bool(set(people) & set(others))


def targets(generator: np.random.Generator) -> object:
    kinds: list[object] = ["p06", ["p04", "p05", "p06"], tg.Organisation("Acme")]
    return kinds[int(generator.integers(len(kinds)))]


def make_coarse(G: nx.DiGraph, generator: np.random.Generator) -> None:
    """Leave few values, so that many paths have equal scores."""
    for source, target, tie in list(G.edges(data=True)):
        trust, observed = float(generator.choice([0.5, 1.0])), tie.get("observed", True)
        G.remove_edge(source, target)
        G.add_edge(source, target, trust=trust, observed=observed)


def ranks_of(scores: list[float]) -> list[int]:
    ranks: list[int] = []
    first = 0
    for place, score in enumerate(scores):
        if score < scores[first] * (1 - 1e-12):
            first = place
        ranks.append(first + 1)
    return ranks


@pytest.mark.parametrize("diversity", ["introducer", "intermediary"])
def test_diverse_paths_equal_the_greedy_choice_among_all_paths(diversity: Any) -> None:
    ties = several = 0
    for seed in range(200):
        generator = np.random.default_rng(seed)
        G = random_world(generator, n=7, density=generator.uniform(0.2, 0.9))
        if seed % 2:
            make_coarse(G, generator)
        index = tg.TrustIndex.from_graph(G)
        asked = targets(generator)
        steps = step_factors(index, "p00", asked)
        k, most = int(generator.choice([1, 3, 20])), int(generator.integers(0, 5))
        every = all_paths(steps, "p00", most)
        recorded = all_paths(steps[steps["observed"]], "p00", most)
        guessed = {path: score for path, score in every.items() if path not in recorded}
        found = tg.find_introductions(
            index,
            "p00",
            asked,
            k=k,
            max_intermediaries=most,
            observed_only=False,
            diversity=diversity,
        )
        assert found.optimal
        for block, pool in (("observed", recorded), ("inferred", guessed)):
            paths = [path for path in found if path.block == block]
            wanted = greedy(pool, diversity, k)
            assert [path.path for path in paths] == wanted
            scores = [path.score for path in paths]
            np.testing.assert_allclose(scores, [pool[path] for path in wanted], rtol=1e-12)
            assert [path.rank for path in paths] == ranks_of(scores)
            ties += len(set(ranks_of(scores))) < len(scores)
            several += len(paths) > 1
    assert ties > 10
    assert several > 50


def fan() -> nx.DiGraph:
    """s asks a or b, who both ask m; t trusts m most, and s a little."""
    G = nx.DiGraph()
    G.add_edge("a", "s", trust=0.9)
    G.add_edge("b", "s", trust=0.8)
    G.add_edge("m", "a", trust=0.9)
    G.add_edge("m", "b", trust=0.9)
    G.add_edge("t", "m", trust=0.9)
    G.add_edge("t", "a", trust=0.1)
    G.add_edge("t", "b", trust=0.1)
    G.add_edge("t", "s", trust=0.05)
    return G


def paths_of(result: Introductions) -> list[str]:
    return ["".join(path.path) for path in result]


def test_by_hand() -> None:
    index = tg.TrustIndex.from_graph(fan())
    free = tg.find_introductions(index, "s", "t")
    assert paths_of(free) == ["samt", "sbmt", "sat", "sbt", "st"]
    introducer = tg.find_introductions(index, "s", "t", diversity="introducer")
    assert paths_of(introducer) == ["samt", "sbmt", "st"]
    nobody = tg.find_introductions(index, "s", "t", diversity="intermediary")
    assert paths_of(nobody) == ["samt", "sbt", "st"]
    assert [path.rank for path in nobody] == [1, 2, 3]
    assert (introducer.diversity, free.diversity) == ("introducer", None)


def test_it_is_told() -> None:
    index = tg.TrustIndex.from_graph(fan())
    told = tg.find_introductions(index, "s", "t", diversity="introducer").explain()
    assert "3 paths found, no two with an introducer in common." in told
    told = tg.find_introductions(
        index, "s", "t", diversity="intermediary", observed_only=False
    ).explain()
    assert "no two of a block with any intermediary in common." in told
    one = tg.find_introductions(index, "s", "t", k=1, diversity="intermediary").explain()
    assert "in common" not in one


def test_a_limit_bounds_diverse_paths_too() -> None:
    for seed in range(60):
        generator = np.random.default_rng(seed)
        G = random_world(generator, n=8, density=0.6)
        index = tg.TrustIndex.from_graph(G)
        steps = step_factors(index, "p00", "p07")
        every = all_paths(steps[steps["observed"]], "p00", 4)
        found = tg.find_introductions(
            index,
            "p00",
            "p07",
            max_intermediaries=4,
            diversity="intermediary",
            max_work=int(generator.integers(1, 20)),
        )
        chosen = [path.path for path in found]
        apart = [
            score
            for path, score in every.items()
            if not any(shares(path, other, "intermediary") for other in chosen)
        ]
        if len(found) < found.k:
            assert max(apart, default=0.0) <= found.unexplored * (1 + 1e-9)
        if found.optimal:
            assert chosen == greedy(every, "intermediary", found.k)


def test_an_unknown_word_is_refused() -> None:
    with pytest.raises(ValueError, match="it must be 'introducer' or 'intermediary', or None"):
        tg.find_introductions(fan(), "s", "t", diversity="people")


def test_why_there_are_fewer_than_asked_for_is_told() -> None:
    G = nx.DiGraph([(f"m{one}", "s", {"trust": 0.5}) for one in range(3)])
    G.add_edge("x", "s", trust=0.4, observed=False)
    for one in ("m0", "m1", "m2", "x"):
        G.add_edge("t", one, trust=0.5)
    G.add_edge("m1", "m0", trust=0.9)
    words = {
        "introducer": "5 paths were asked for: no further one has another introducer.",
        "intermediary": "5 paths were asked for: no further one shares nobody with these.",
    }
    for diversity, sentence in words.items():
        told = tg.find_introductions(G, "s", "t", k=5, diversity=diversity).explain()
        assert sentence in told.splitlines()
        assert (
            "asked for"
            not in tg.find_introductions(G, "s", "t", k=3, diversity=diversity).explain()
        )
    assert "asked for" not in tg.find_introductions(G, "s", "t", k=50).explain()
    wider = tg.find_introductions(
        G, "s", "t", k=3, diversity="intermediary", observed_only=False
    ).explain()
    assert "3 paths with a guess were asked for: no further one shares nobody with these." in wider
    assert "on record were asked for" not in wider
