"""Fairness and goodness of graphs: against the definition, and the edges of what is allowed."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trustgraph.errors import ConvergenceError, GraphContractError, UnknownPersonError
from trustgraph.graph.index import TrustIndex
from trustgraph.reputation import fairness_goodness, fairness_goodness_predict

from helpers.fair_raters import from_the_definition, random_ratings

draws = st.integers(0, 2**32 - 1).map(np.random.default_rng)


def graph_of(source, target, rating, labels):
    G = nx.DiGraph()
    G.add_nodes_from(labels)
    for u, v, w in zip(source, target, rating, strict=True):
        G.add_edge(labels[u], labels[v], trust=max(float(w), 0.0), rating=float(w))
    return G


@settings(max_examples=25)
@given(draws)
def test_a_graph_gives_what_the_definition_gives_whatever_people_are_called(rng):
    source, target, rating, n = random_ratings(rng)
    fair, good = from_the_definition(source, target, rating, n)
    shuffled = rng.permutation(len(source))
    for labels in (list(range(n)), [f"p{k}" for k in rng.permutation(n)]):
        G = graph_of(source, target, rating, labels)
        H = graph_of(source[shuffled], target[shuffled], rating[shuffled], labels)
        for one in (G, H, TrustIndex.from_graph(G)):
            found = fairness_goodness(one)
            assert list(found.columns) == ["fairness", "goodness", "given", "received"]
            assert found.index.name == "person"
            assert list(found.index) == sorted(labels)
            told = found.loc[labels]
            np.testing.assert_allclose(told["fairness"], fair, rtol=0, atol=1e-8)
            np.testing.assert_allclose(told["goodness"], good, rtol=0, atol=1e-8)
            assert told["given"].tolist() == np.bincount(source, minlength=n).tolist()
            assert told["received"].tolist() == np.bincount(target, minlength=n).tolist()


def test_trust_is_the_rating_where_none_is_told():
    G = nx.DiGraph()
    G.add_edge("ana", "cy", trust=1.0)
    G.add_edge("bo", "cy", trust=0.8)
    G.add_edge("dee", "cy", trust=0.0, rating=-1.0)
    found = fairness_goodness(G)
    np.testing.assert_allclose(found["goodness"], [0, 0, 0.3, 0], atol=1e-9)
    np.testing.assert_allclose(found["fairness"], [0.65, 0.75, 1, 0.35], atol=1e-9)


def test_the_prediction_is_fairness_times_goodness():
    rng = np.random.default_rng(1)
    G = graph_of(*random_ratings(rng, 7)[:3], list("abcdefg"))
    table = fairness_goodness(G)
    pairs = [("g", "a"), ("a", "g"), ("b", "c"), ("b", "c")]
    found = fairness_goodness_predict(G, pairs)
    assert found.index.names == ["source", "target"]
    assert list(found.index) == pairs
    assert found.name == "fairness_goodness"
    expected = [table["fairness"][u] * table["goodness"][v] for u, v in pairs]
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-12)
    frame = pd.DataFrame(pairs, columns=["source", "target"])
    pd.testing.assert_series_equal(
        fairness_goodness_predict(TrustIndex.from_graph(G), frame), found
    )


def test_nobody_is_lost():
    assert fairness_goodness(nx.DiGraph()).empty
    assert len(fairness_goodness_predict(nx.DiGraph(), [])) == 0
    G = nx.DiGraph()
    G.add_nodes_from(["ana", "bo"])
    found = fairness_goodness(G)
    assert found["fairness"].tolist() == [1, 1]
    assert found["goodness"].tolist() == [0, 0]
    assert fairness_goodness_predict(G, [("ana", "bo")]).tolist() == [0.0]
    G.add_edge("ana", "bo", trust=0.0)
    found = fairness_goodness(G)
    assert found["goodness"].tolist() == [0, 0]
    assert found["fairness"].tolist() == [1, 1]


def test_full_names_are_known():
    G = nx.DiGraph([("a1", "b1", {"trust": 0.5})])
    G.nodes["a1"]["name"], G.nodes["b1"]["name"] = "Ana Lima", "Bo Berg"
    found = fairness_goodness_predict(G, [("Ana Lima", "Bo Berg")])
    assert list(found.index) == [("a1", "b1")]
    assert found.iloc[0] == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"tolerance": 0.0}, ValueError, "tolerance is 0.0, it must be above 0"),
        ({"tolerance": float("nan")}, ValueError, "tolerance is nan"),
        ({"max_iterations": 0}, ValueError, "max_iterations is 0, it must be at least 1"),
        ({"max_iterations": 1}, ConvergenceError, "no convergence after 1 iterations"),
    ],
)
def test_options_out_of_range_are_told(options, error, words):
    G = nx.DiGraph([("ana", "bo", {"trust": 0.5}), ("cy", "bo", {"trust": 0.1})])
    with pytest.raises(error, match=words):
        fairness_goodness(G, **options)
    with pytest.raises(error, match=words):
        fairness_goodness_predict(G, [("ana", "bo")], **options)


def test_unknown_people_and_broken_graphs_are_told():
    G = nx.DiGraph([("ana", "bo", {"trust": 0.5})])
    with pytest.raises(UnknownPersonError, match="nobody is known as 'zed'"):
        fairness_goodness_predict(G, [("ana", "zed")])
    with pytest.raises(GraphContractError):
        fairness_goodness(nx.DiGraph([("ana", "bo", {"trust": 1.5})]))
