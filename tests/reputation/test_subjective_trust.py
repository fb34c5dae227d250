"""Subjective logic over graphs: against enumeration, by hand, and the edges of what is allowed."""

import sys
from itertools import pairwise

import networkx as nx
import numpy as np
import pandas as pd
import pytest

import trustgraph as tg
from trustgraph.errors import GraphContractError, UnknownPersonError
from trustgraph.graph.index import TrustIndex
from trustgraph.reputation import Opinion, cumulative_fusion, discount, subjective_trust
from trustgraph.trust.model import TrustModel

from helpers.opinion_paths import FUSED, brute_opinion, edge_opinion, opinion_graph

COLUMNS = ["belief", "disbelief", "uncertainty", "base_rate", "trust"]
COUNTS = ["paths", "left_out"]


def all_pairs(G):
    return [(one, other) for one in G for other in G if one != other]


def expected_row(G, source, target, most, **options):
    opinion, used, total = brute_opinion(G, source, target, most, **options)
    silent = any("certainty" not in G.edges[pair] for path in used for pair in pairwise(path))
    numbers = [getattr(opinion, name) for name in COLUMNS[:4]]
    return [*numbers, opinion.expectation], [len(used), total - len(used)], silent


@pytest.mark.parametrize("fusion", ["cumulative", "averaging"])
@pytest.mark.parametrize("by", ["belief", "expectation"])
@pytest.mark.parametrize("most", range(5))
def test_opinions_are_those_of_the_enumeration(most, by, fusion):
    rng = np.random.default_rng(most)
    left_out = 0
    for kind in range(3):
        G = opinion_graph(rng, 6, levels=kind == 2)
        pairs = all_pairs(G)
        found = subjective_trust(G, pairs, max_intermediaries=most, by=by, fusion=fusion)
        assert list(found.columns) == [*COLUMNS, *COUNTS, "assumed_certain"]
        for pair, row in zip(pairs, found.itertuples(index=False), strict=True):
            masses, counts, silent = expected_row(G, *pair, most, by=by, fusion=FUSED[fusion])
            assert row[:5] == pytest.approx(masses, abs=1e-9)
            assert list(row[5:7]) == counts
            assert row[7] == silent
            left_out += counts[1]
    assert left_out > 0 or most < 2


def test_it_is_the_discounted_and_fused_opinion_by_hand():
    G = nx.DiGraph()
    G.add_edge("ana", "bo", trust=0.91, certainty=0.9)
    G.add_edge("ana", "cy", trust=0.55, certainty=0.5)
    G.add_edge("bo", "dee", trust=0.82, certainty=0.8)
    G.add_edge("cy", "dee", trust=0.28, certainty=0.8)

    def opinion(belief, disbelief, uncertainty):
        return Opinion(belief=belief, disbelief=disbelief, uncertainty=uncertainty, base_rate=0.1)

    bo, cy = opinion(0.9, 0.0, 0.1), opinion(0.5, 0.0, 0.5)
    of_bo, of_cy = opinion(0.8, 0.0, 0.2), opinion(0.26, 0.54, 0.2)
    fused = cumulative_fusion(discount(bo, of_bo), discount(cy, of_cy))
    found = subjective_trust(G, [("ana", "dee")]).loc[("ana", "dee")]
    assert found["belief"] == pytest.approx(fused.belief)
    assert found["disbelief"] == pytest.approx(fused.disbelief)
    assert found["uncertainty"] == pytest.approx(fused.uncertainty)
    assert found["trust"] == pytest.approx(fused.expectation)
    assert (found["paths"], found["left_out"]) == (2, 0)
    assert not found["assumed_certain"]


def test_an_opinion_that_arrives_twice_counts_once_and_is_told():
    """bo's opinion of dee reaches ana through cy and through eve."""
    G = nx.DiGraph()
    for go_between, trust in (("cy", 0.9), ("eve", 0.8)):
        G.add_edge("ana", go_between, trust=trust, certainty=0.9)
        G.add_edge(go_between, "bo", trust=trust, certainty=0.9)
    G.add_edge("bo", "dee", trust=0.9, certainty=0.9)
    found = subjective_trust(G, [("ana", "dee")]).iloc[0]
    assert (found["paths"], found["left_out"]) == (1, 1)
    G.remove_node("eve")
    alone = subjective_trust(G, [("ana", "dee")]).iloc[0]
    assert found[COLUMNS].tolist() == alone[COLUMNS].tolist()
    assert (alone["paths"], alone["left_out"]) == (1, 0)


@pytest.mark.parametrize(
    ("tie", "expected"),
    [
        ({"trust": 0.7}, (0.7, 0.3, 0.0, 0.1)),
        ({"trust": 0.0}, (0.0, 1.0, 0.0, 0.1)),
        ({"trust": 0.7, "certainty": 1.0}, (0.7, 0.3, 0.0, 0.1)),
        ({"trust": 0.55, "certainty": 0.5}, (0.5, 0.0, 0.5, 0.1)),
        # No evidence gives so much, or so little, trust with so little known.
        ({"trust": 0.9, "certainty": 0.5}, (0.5, 0.0, 0.5, 0.8)),
        ({"trust": 0.02, "certainty": 0.5}, (0.0, 0.5, 0.5, 0.04)),
    ],
)
def test_the_opinion_of_an_edge_is_what_it_tells(tie, expected):
    G = nx.DiGraph([("ana", "bo", tie)])
    found = subjective_trust(G, [("ana", "bo")]).iloc[0]
    assert found[COLUMNS[:4]].tolist() == pytest.approx(expected)
    assert found["trust"] == pytest.approx(tie["trust"])
    assert found["assumed_certain"] == ("certainty" not in tie)
    assert edge_opinion(tie).expectation == pytest.approx(tie["trust"])


def test_opinions_of_an_edge_are_those_of_the_graph_that_was_made():
    G = tg.build_graph(tg.datasets.load_office())
    ties = list(G.edges)
    found = subjective_trust(G, ties, max_intermediaries=0)
    for pair, row in zip(ties, found.itertuples(index=False), strict=True):
        tie = G.edges[pair]
        if not row.paths:
            assert tie["certainty"] == 0
            continue
        assert row.belief == pytest.approx(tie["belief"], abs=1e-9)
        assert row.uncertainty == pytest.approx(1 - tie["certainty"], abs=1e-9)
        assert row.trust == pytest.approx(tie["trust"], abs=1e-9)


def test_the_base_rate_is_that_of_the_model():
    G = nx.DiGraph([("ana", "bo", {"trust": 0.5, "certainty": 0.2})])
    model = TrustModel()
    G.graph["model"] = model.replace(opinion=model.opinion.replace(base_rate=0.4)).model_dump_json()
    found = subjective_trust(G, [("ana", "bo"), ("bo", "ana")])
    assert found["base_rate"].tolist() == pytest.approx([0.4, 0.4])
    assert found["trust"].tolist() == pytest.approx([0.5, 0.4])


def test_more_ways_never_make_less_certain():
    G = opinion_graph(np.random.default_rng(5), 8)
    pairs = all_pairs(G)
    before = np.ones(len(pairs))
    for most in range(2):  # beyond, another way may take the edges of two
        now = subjective_trust(G, pairs, max_intermediaries=most)["uncertainty"]
        assert (now <= before + 1e-12).all()
        before = now


def test_without_the_own_opinion_it_is_the_answer_of_a_graph_without_it():
    G = opinion_graph(np.random.default_rng(11), 7)
    pairs = all_pairs(G)
    found = subjective_trust(G, pairs, direct=False)
    for k, pair in enumerate(pairs):
        H = G.copy()
        H.remove_edges_from([pair])
        pd.testing.assert_frame_equal(found.iloc[[k]], subjective_trust(H, [pair]))


def test_no_way_is_an_answer():
    G = nx.DiGraph([("ana", "bo", {"trust": 0.9})])
    G.add_edge("bo", "cy", trust=0.5, certainty=0.0)
    G.add_node("dee")
    found = subjective_trust(G, [("bo", "ana"), ("ana", "cy"), ("dee", "ana")])
    assert found[COLUMNS].to_numpy().tolist() == [[0, 0, 1, 0.1, 0.1]] * 3
    assert found[COUNTS].to_numpy().tolist() == [[0, 0]] * 3
    assert not found["assumed_certain"].any()
    G = nx.empty_graph(2, create_using=nx.DiGraph)
    assert subjective_trust(G, [(0, 1)])["trust"].tolist() == [0.1]
    for empty in (nx.DiGraph(), G):
        none = subjective_trust(empty, [])
        assert none.empty
        assert none.index.names == ["source", "target"]


def test_names_order_and_form_of_the_graph_do_not_matter():
    rng = np.random.default_rng(9)
    G = opinion_graph(rng, 9)
    pairs = all_pairs(G)
    found = subjective_trust(G, pairs)
    H = nx.DiGraph()
    H.add_nodes_from(rng.permutation(list(G)).tolist())
    ties = list(G.edges(data=True))
    H.add_edges_from(ties[k] for k in rng.permutation(len(ties)))
    pd.testing.assert_frame_equal(subjective_trust(H, pairs), found)
    pd.testing.assert_frame_equal(subjective_trust(TrustIndex.from_graph(H), pairs), found)
    numbers = {name: int(k) for name, k in zip(G, rng.permutation(9), strict=True)}
    renamed = subjective_trust(
        nx.relabel_nodes(G, numbers), [(numbers[u], numbers[v]) for u, v in pairs]
    )
    np.testing.assert_allclose(renamed[COLUMNS], found[COLUMNS], rtol=0, atol=1e-12)
    assert (renamed[COUNTS].to_numpy() == found[COUNTS].to_numpy()).all()


def test_both_twins_give_the_same(monkeypatch):
    G = opinion_graph(np.random.default_rng(2), 12)
    pairs = all_pairs(G)
    module = sys.modules["trustgraph.reputation.subjective_trust"]  # named like its function
    answers = []
    for worth in (0, np.inf):
        monkeypatch.setattr(module, "COMPILE_FROM_WORK", worth)
        answers.append(subjective_trust(G, pairs))
    pd.testing.assert_frame_equal(*answers)


def test_pairs_come_in_any_form():
    G = nx.DiGraph([("a1", "b1", {"trust": 0.5})])
    G.nodes["a1"]["name"] = "Ana Lima"
    found = subjective_trust(G, [("Ana Lima", "b1"), ("a1", "b1")])
    assert list(found.index) == [("a1", "b1")] * 2
    frame = pd.DataFrame({"source": ["a1"], "target": ["b1"]})
    pd.testing.assert_frame_equal(subjective_trust(G, frame), found.iloc[:1])


@pytest.mark.parametrize(
    ("pairs", "options", "error", "words"),
    [
        ([("ana", "zed")], {}, UnknownPersonError, "nobody is known as 'zed'"),
        (["ana"], {}, ValueError, "'ana' is no pair"),
        ([], {"max_intermediaries": 6}, ValueError, "max_intermediaries is 6"),
        ([], {"by": "hope"}, ValueError, "by is 'hope'; name 'belief' or 'expectation'"),
        ([], {"fusion": "cold"}, ValueError, "fusion is 'cold'; name one of cumulative, averaging"),
    ],
)
def test_impossible_questions_are_told(pairs, options, error, words):
    G = nx.DiGraph([("ana", "bo", {"trust": 0.9})])
    with pytest.raises(error, match=words):
        subjective_trust(G, pairs, **options)


def test_a_broken_graph_is_told():
    with pytest.raises(GraphContractError):
        subjective_trust(nx.DiGraph([("ana", "bo", {"trust": 1.5})]), [("ana", "bo")])
