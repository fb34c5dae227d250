"""MoleTrust: by hand, against a recursion, and at the edges."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trustgraph.errors import GraphContractError, UnknownPersonError
from trustgraph.graph.index import TrustIndex
from trustgraph.reputation.moletrust import moletrust

from helpers import naive_trust_metrics as naive
from helpers.naive_trust_metrics import NAMES, all_pairs, graph_of, trusts

LADDER = {
    ("ana", "bo"): 0.9,
    ("ana", "cy"): 0.6,
    ("bo", "dee"): 0.5,
    ("cy", "dee"): 1.0,
    ("dee", "eve"): 0.8,
    ("eve", "fay"): 0.7,
}


def test_a_ladder_by_hand():
    pairs = [("ana", one) for one in ("bo", "cy", "dee", "eve", "fay", "gus")]
    predicted = moletrust(graph_of(LADDER), pairs)
    # dee: (.9 x .5 + .6 x 1) / 1.5; eve: only dee speaks; fay is four steps away.
    expected = [0.9, 0.6, 0.7, 0.8, np.nan, np.nan]
    np.testing.assert_allclose(predicted, expected)
    assert predicted.name == "moletrust"
    assert predicted.index.tolist() == pairs
    assert predicted.index.names == ["source", "target"]
    farther = moletrust(graph_of(LADDER), pairs, horizon=4)
    np.testing.assert_allclose(farther, [0.9, 0.6, 0.7, 0.8, 0.7, np.nan])


def test_who_is_not_trusted_enough_is_not_listened_to():
    pairs = [("ana", "dee"), ("ana", "eve"), ("ana", "cy")]
    strict = moletrust(graph_of(LADDER), pairs, threshold=0.61)
    # Without cy, dee has .5 from bo, which is too little for a word on eve.
    np.testing.assert_allclose(strict, [0.5, np.nan, 0.6])


def test_edges_back_and_across_are_dropped():
    told = LADDER | {("dee", "bo"): 0.0, ("cy", "bo"): 0.0, ("bo", "ana"): 0.0, ("eve", "cy"): 0.0}
    pairs = [("ana", one) for one in ("bo", "cy", "dee", "eve")]
    np.testing.assert_allclose(moletrust(graph_of(told), pairs), [0.9, 0.6, 0.7, 0.8])


def test_a_distance_counts_edges_of_trust_0_too():
    told = {("ana", "bo"): 0.0, ("bo", "dee"): 1.0, ("ana", "cy"): 1.0, ("cy", "eve"): 1.0}
    told |= {("eve", "dee"): 1.0}
    predicted = moletrust(graph_of(told), [("ana", "bo"), ("ana", "dee")])
    np.testing.assert_allclose(predicted, [0.0, np.nan])


@settings(max_examples=80, deadline=None)
@given(trusts(), st.integers(1, 4), st.sampled_from([0.0, 0.5, 0.6, 1.0]))
def test_it_is_the_recursion(told, horizon, threshold):
    predicted = moletrust(graph_of(told), all_pairs(), horizon=horizon, threshold=threshold)
    expected = [naive.moletrust(told, *pair, horizon, threshold) for pair in all_pairs()]
    np.testing.assert_allclose(predicted, expected, rtol=1e-12)


@settings(max_examples=20, deadline=None)
@given(trusts(), st.permutations(NAMES), st.permutations(all_pairs()))
def test_names_the_order_of_edges_and_of_pairs_do_not_matter(told, others, pairs):
    renamed = dict(zip(NAMES, others, strict=True))
    turned = {(renamed[u], renamed[v]): trust for (u, v), trust in reversed(told.items())}
    before = moletrust(graph_of(told), pairs)
    index = TrustIndex.from_graph(graph_of(turned))
    after = moletrust(index, [(renamed[u], renamed[v]) for u, v in pairs])
    np.testing.assert_allclose(after, before, rtol=1e-12)


def test_predictions_at_the_edges():
    assert moletrust(nx.DiGraph(), []).empty
    lone = nx.DiGraph()
    lone.add_node(1, name="Ana Lima")
    assert moletrust(lone, [("Ana Lima", 1)]).isna().all()
    nothing = graph_of(dict.fromkeys(LADDER, 0.0))
    np.testing.assert_array_equal(
        moletrust(nothing, [("ana", "bo"), ("ana", "dee")]), [0.0, np.nan]
    )
    frame = pd.DataFrame({"source": ["ana"], "target": ["dee"]})
    assert moletrust(graph_of(LADDER), frame).tolist() == pytest.approx([0.7])


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"horizon": 0}, "horizon is 0; give a whole number from 1"),
        ({"horizon": 2.0}, "horizon is 2.0; give a whole number from 1"),
        ({"threshold": 1.5}, "threshold is 1.5; give a number from 0 to 1"),
        ({"threshold": "high"}, "threshold is 'high'; give a number from 0 to 1"),
    ],
)
def test_what_is_out_of_range_is_told(options, words):
    with pytest.raises(ValueError, match=words):
        moletrust(graph_of(LADDER), [("ana", "dee")], **options)


def test_unknown_people_wrong_pairs_and_broken_graphs_are_errors():
    with pytest.raises(UnknownPersonError, match="zoe"):
        moletrust(graph_of(LADDER), [("ana", "zoe")])
    with pytest.raises(ValueError, match="'ana' is no pair"):
        moletrust(graph_of(LADDER), ["ana"])
    with pytest.raises(GraphContractError, match="no trust"):
        moletrust(nx.DiGraph([("ana", "bo")]), [("ana", "bo")])
