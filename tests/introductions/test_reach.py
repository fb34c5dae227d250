import networkx as nx
import numpy as np
import pandas as pd
import pytest

import trustgraph as tg
from trustgraph.engine import batches
from trustgraph.errors import UnknownPersonError
from trustgraph.introductions import introduction_reach, step_factors
from trustgraph.introductions import reach as module

from helpers.brute_paths import all_paths, random_graph


def loosen(generator, G):
    """Give some ties factors that fit badly, guessed ties, people not to ask."""
    for _, _, tie in G.edges(data=True):
        tie["observed"] = bool(generator.random() < 0.7)
        if generator.random() < 0.5:
            tie["endorsed_trust"] = float(generator.choice([0.25, 0.5, 1.0]))
    for person in G:
        G.nodes[person]["do_not_ask"] = bool(generator.random() < 0.15)


def check(seed):
    generator = np.random.default_rng(seed)
    G = random_graph(generator, n=int(generator.integers(2, 9)), density=generator.uniform(0.2, 1))
    if generator.random() < 0.6:
        loosen(generator, G)
    index = tg.TrustIndex.from_graph(G)
    seeker = str(generator.choice(index.labels))
    options = {
        "max_intermediaries": int(generator.integers(6)),
        "observed_only": bool(generator.random() < 0.6),
        "model": tg.TrustModel(paths={"retention": float(generator.choice([0.5, 1.0]))}),
    }
    frame = introduction_reach(index, seeker, **options)
    assert frame.index.tolist() == list(index.labels)
    assert tuple(frame.loc[seeker]) == (0.0, 0, False)
    for person in set(index.labels) - {seeker}:
        paths = tg.find_introductions(index, seeker, person, k=1, **options)[:1]
        wanted = (0.0, 0, False)
        if paths:
            wanted = (paths[0].score, paths[0].hops, paths[0].block == "inferred")
        assert frame.loc[person, "score"] == pytest.approx(wanted[0], rel=1e-12)
        assert tuple(frame.loc[person, ["hops", "inferred"]]) == wanted[1:]


@pytest.mark.parametrize("seed", range(150))
def test_everybody_has_the_score_of_their_own_question(seed):
    check(seed)


@pytest.mark.parametrize("seed", range(150, 180))
def test_the_compiled_twin_gives_the_same(seed, monkeypatch):
    monkeypatch.setattr(batches, "WORTH", 0)
    check(seed)


@pytest.mark.parametrize("seed", range(40))
def test_every_score_equals_brute_force_over_the_step_factors(seed):
    generator = np.random.default_rng(seed)
    G = random_graph(generator, n=6, density=0.6)
    frame = introduction_reach(G, "p00")
    for person in sorted(set(G) - {"p00"}):
        scores = all_paths(step_factors(G, "p00", person), "p00", 3)
        top = max(scores.values(), default=0.0)
        assert frame.loc[person, "score"] == pytest.approx(top, rel=1e-12)
        equal = [len(way) - 1 for way, score in scores.items() if score >= top * (1 - 1e-12)]
        assert frame.loc[person, "hops"] == min(equal, default=0)


def test_whom_the_labels_leave_in_doubt_is_searched_for_in_parts(monkeypatch):
    # a asks b, b asks c, c asks b: what c would pass on to b counts more than what b believes.
    G = nx.DiGraph()
    for asked, asker, trust in (("b", "a", 0.25), ("c", "b", 0.25), ("d", "a", 0.25)):
        G.add_edge(asked, asker, trust=trust, endorsed_trust=1.0)
    G.add_edge("b", "c", trust=1.0)
    G.add_edge("d", "c", trust=1.0)
    G.add_edge("b", "d", trust=0.1)
    looked_at = []
    search = batches.best_of_pairs

    def watched(*parts, **options):
        looked_at.append(len(parts[3]))
        return search(*parts, **options)

    monkeypatch.setattr(batches, "best_of_pairs", watched)
    monkeypatch.setattr(module, "AT_ONCE", 1)
    frame = introduction_reach(G, "a")
    assert looked_at
    assert set(looked_at) == {1}
    for person in "bcd":
        assert frame.loc[person, "score"] == tg.find_introductions(G, "a", person, k=1)[0].score


def test_the_frame_is_indexed_by_id_whatever_ids_are():
    by_number: nx.DiGraph = nx.DiGraph()
    by_number.add_edge(1, 0, trust=0.5)
    by_number.add_edge(5, 1, trust=0.5)
    frame = introduction_reach(tg.TrustIndex.from_graph(by_number), 0)
    assert frame.index.tolist() == [0, 1, 5]
    assert frame["score"].tolist() == [0.0, 0.5, 0.25]
    assert frame["hops"].tolist() == [0, 1, 2]
    assert frame.dtypes.astype(str).tolist() == ["float64", "int64", "bool"]
    by_number.remove_node(5)
    index = tg.TrustIndex.from_graph(by_number)
    first, second = introduction_reach(index, 0), introduction_reach(index, 1)
    assert isinstance(first.index, pd.RangeIndex)
    assert first.index.equals(second.index)


def test_what_cannot_be_asked_is_refused():
    G = nx.DiGraph([("b", "a", {"trust": 0.5})])
    with pytest.raises(UnknownPersonError):
        introduction_reach(G, "z")
    with pytest.raises(ValueError, match="max_intermediaries"):
        introduction_reach(G, "a", max_intermediaries=6)
