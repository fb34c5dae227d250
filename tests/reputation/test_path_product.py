import networkx as nx
import numpy as np
import pandas as pd
import pytest

from trustgraph.errors import GraphContractError, UnknownPersonError
from trustgraph.graph.index import TrustIndex
from trustgraph.reputation.path_product import best_path

from helpers.axiom_graphs import random_trust


def brute(G: nx.DiGraph, source, target) -> float:
    """The largest product over all simple paths, written down as it is said."""
    products = [
        np.prod([G.edges[step]["trust"] for step in path])
        for path in nx.all_simple_edge_paths(G, source, target)
    ]
    best = max(products, default=0.0)
    return best if best > 0 else np.nan


def test_it_is_the_best_of_all_paths():
    rng = np.random.default_rng(1)
    answered = 0
    for _ in range(40):
        G = random_trust(rng, people=int(rng.integers(2, 7)), density=0.4)
        pairs = [(u, v) for u in G for v in G if u != v]
        told = best_path(G, pairs)
        expected = [brute(G, u, v) for u, v in pairs]
        np.testing.assert_allclose(told.to_numpy(), expected, rtol=1e-12)
        answered += int(told.notna().sum())
    assert answered > 100


def test_full_trust_is_a_path_and_no_trust_is_none():
    G = nx.DiGraph([("a", "b", {"trust": 1.0}), ("b", "c", {"trust": 1.0})])
    G.add_edge("c", "d", trust=0.0)
    told = best_path(G, [("a", "c"), ("a", "d"), ("c", "a"), ("a", "a")])
    assert told.to_dict() == pytest.approx(
        {("a", "c"): 1.0, ("a", "d"): np.nan, ("c", "a"): np.nan, ("a", "a"): np.nan}, nan_ok=True
    )


def test_many_sources_are_answered_like_each_by_itself(monkeypatch):
    G = random_trust(np.random.default_rng(3), people=9, density=0.3)
    pairs = [(u, v) for u in G for v in G]
    whole = best_path(G, pairs)
    monkeypatch.setattr("trustgraph.reputation.path_product.BLOCK", 2)
    pd.testing.assert_series_equal(best_path(TrustIndex.from_graph(G), pairs[::-1])[::-1], whole)


def test_the_answer_has_the_pairs_as_its_index():
    G = nx.DiGraph([(2, 1, {"trust": 0.5})])
    told = best_path(G, pd.DataFrame({"source": [2], "target": [1]}))
    assert list(told.index.names) == ["source", "target"]
    assert told.name == "best_path"
    assert told.loc[(2, 1)] == 0.5
    assert best_path(G, []).empty


def test_bad_input_is_named():
    G = nx.DiGraph([("a", "b", {"trust": 1.0})])
    with pytest.raises(UnknownPersonError, match="nobody is known as 'zoe'"):
        best_path(G, [("a", "zoe")])
    with pytest.raises(ValueError, match="is no pair"):
        best_path(G, ["a"])
    with pytest.raises(GraphContractError):
        best_path(nx.DiGraph([("a", "b")]), [("a", "b")])
    with pytest.raises(UnknownPersonError):
        best_path(nx.DiGraph(), [("a", "b")])
