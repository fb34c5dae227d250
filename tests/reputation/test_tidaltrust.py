"""TidalTrust: by hand, against an enumeration of shortest paths, and at the edges."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trustgraph.errors import GraphContractError, UnknownPersonError
from trustgraph.graph.index import TrustIndex
from trustgraph.reputation.tidaltrust import tidaltrust

from helpers import naive_trust_metrics as naive
from helpers.naive_trust_metrics import NAMES, all_pairs, graph_of, trusts

# To gus there are shortest paths over (bo, dee), (bo, eve), (cy, dee) and (cy, eve).
TIDE = {
    ("ana", "bo"): 0.9,
    ("ana", "cy"): 0.8,
    ("ana", "fay"): 0.3,
    ("bo", "dee"): 0.8,
    ("bo", "eve"): 0.7,
    ("cy", "dee"): 0.4,
    ("cy", "eve"): 0.8,
    ("dee", "gus"): 0.2,
    ("eve", "gus"): 0.6,
}


def test_a_tide_by_hand():
    # The strongest paths have .8: over (bo, dee), and over (cy, eve). Weaker ties are not asked.
    inferred = tidaltrust(graph_of(TIDE), [("ana", "gus"), ("bo", "gus"), ("cy", "gus")])
    ana = (0.9 * 0.2 + 0.8 * 0.6) / 1.7
    # bo alone: .8 is the best they have; cy likewise.
    assert inferred.tolist() == pytest.approx([ana, 0.2, 0.6])
    assert inferred.name == "tidaltrust"
    assert inferred.index.names == ["source", "target"]
    assert inferred.index.tolist()[0] == ("ana", "gus")


def test_all_who_reach_the_best_strength_are_asked():
    told = TIDE | {("cy", "dee"): 0.8}
    inferred = tidaltrust(graph_of(told), [("ana", "gus")])
    assert inferred.tolist() == pytest.approx([(0.9 * 0.2 + 0.8 * 0.4) / 1.7])


def test_a_direct_edge_and_a_shorter_path_win():
    told = TIDE | {("fay", "gus"): 1.0}
    assert tidaltrust(graph_of(told), [("ana", "gus")]).tolist() == [1.0]
    told |= {("ana", "gus"): 0.0}
    assert tidaltrust(graph_of(told), [("ana", "gus")]).tolist() == [0.0]


def test_nobody_asks_those_who_are_trusted_0():
    told = {("ana", "bo"): 0.0, ("bo", "gus"): 1.0, ("ana", "cy"): 0.5, ("cy", "dee"): 0.5}
    told |= {("dee", "gus"): 0.0}
    pairs = [("ana", "gus"), ("bo", "gus"), ("dee", "cy")]
    np.testing.assert_array_equal(tidaltrust(graph_of(told), pairs), [0.0, 1.0, np.nan])


def test_paths_may_be_only_so_long():
    pairs = [("ana", "gus"), ("ana", "dee"), ("ana", "bo")]
    for depth, known in {1: [False, False, True], 2: [False, True, True], 3: [True] * 3}.items():
        inferred = tidaltrust(graph_of(TIDE), pairs, max_depth=depth)
        assert inferred.notna().tolist() == known


@settings(max_examples=100, deadline=None)
@given(trusts(), st.sampled_from([None, 1, 2, 3]))
def test_it_is_what_all_shortest_paths_give(told, depth):
    inferred = tidaltrust(graph_of(told), all_pairs(), max_depth=depth)
    limit = np.inf if depth is None else depth
    expected = [naive.tidaltrust(told, *pair, limit) for pair in all_pairs()]
    np.testing.assert_allclose(inferred, expected, rtol=1e-12)


@settings(max_examples=20, deadline=None)
@given(trusts(), st.permutations(NAMES), st.permutations(all_pairs()))
def test_names_the_order_of_edges_and_of_pairs_do_not_matter(told, others, pairs):
    renamed = dict(zip(NAMES, others, strict=True))
    turned = {(renamed[u], renamed[v]): trust for (u, v), trust in reversed(told.items())}
    before = tidaltrust(graph_of(told), pairs)
    index = TrustIndex.from_graph(graph_of(turned))
    after = tidaltrust(index, [(renamed[u], renamed[v]) for u, v in pairs])
    np.testing.assert_allclose(after, before, rtol=1e-12)


def test_inferences_at_the_edges():
    assert tidaltrust(nx.DiGraph(), []).empty
    lone = nx.DiGraph()
    lone.add_node(1, name="Ana Lima")
    assert tidaltrust(lone, [("Ana Lima", 1)]).isna().all()
    nothing = graph_of(dict.fromkeys(TIDE, 0.0))
    np.testing.assert_array_equal(
        tidaltrust(nothing, [("ana", "bo"), ("ana", "gus")]), [0.0, np.nan]
    )
    frame = pd.DataFrame({"source": ["ana"], "target": ["bo"]})
    assert tidaltrust(graph_of(TIDE), frame).tolist() == [0.9]


@pytest.mark.parametrize("depth", [0, 1.5, True, "far"])
def test_a_depth_out_of_range_is_told(depth):
    with pytest.raises(ValueError, match="give a whole number from 1, or None for no limit"):
        tidaltrust(graph_of(TIDE), [("ana", "gus")], max_depth=depth)


def test_unknown_people_wrong_pairs_and_broken_graphs_are_errors():
    with pytest.raises(UnknownPersonError, match="zoe"):
        tidaltrust(graph_of(TIDE), [("ana", "zoe")])
    with pytest.raises(ValueError, match="'ana' is no pair"):
        tidaltrust(graph_of(TIDE), ["ana"])
    with pytest.raises(GraphContractError, match="no trust"):
        tidaltrust(nx.DiGraph([("ana", "bo")]), [("ana", "bo")])
