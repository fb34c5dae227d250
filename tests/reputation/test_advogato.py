"""Advogato: by hand, against the largest flows of NetworkX, under attack, and at the edges."""

import sys
from itertools import pairwise

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trustgraph.errors import GraphContractError, UnknownPersonError
from trustgraph.graph.index import TrustIndex
from trustgraph.reputation.advogato import advogato

from helpers import naive_trust_metrics as naive
from helpers.naive_trust_metrics import NAMES, graph_of, trusts

CAPACITIES = st.lists(st.integers(1, 5), min_size=1, max_size=4).map(tuple)


def accepted(G, **options) -> set:
    standing = advogato(G, **options)
    return set(standing.index[standing > 0])


def chain() -> nx.DiGraph:
    """ana trusts bo and cy; bo trusts dee, cy trusts eve and fay."""
    pairs = [("ana", "bo"), ("ana", "cy"), ("bo", "dee"), ("cy", "eve"), ("cy", "fay")]
    return graph_of(dict.fromkeys(pairs, 0.5))


@pytest.mark.parametrize(
    ("capacities", "expected"),
    [
        ((1,), {"ana"}),
        ((2, 1), {"ana", "bo"}),
        ((3, 2, 1), {"ana", "bo", "cy"}),
        ((4, 2, 1), {"ana", "bo", "cy", "dee"}),
        # cy has room for one more; a unit for dee does not help fay.
        ((9, 2, 1), {"ana", "bo", "cy", "dee", "eve"}),
        ((9, 3, 1), {"ana", "bo", "cy", "dee", "eve", "fay"}),
        ((9, 3), {"ana", "bo", "cy", "dee", "eve", "fay"}),
    ],
)
def test_a_chain_by_hand(capacities, expected):
    standing = advogato(chain(), seeds="ana", capacities=capacities)
    assert set(standing.index[standing == 1.0]) == expected
    assert set(standing.unique()) <= {0.0, 1.0}
    assert standing.name == "advogato"
    assert standing.index.tolist() == list(NAMES)
    assert standing.index.name == "person"


def test_certificates_count_for_the_trusted_not_for_the_truster():
    assert accepted(chain(), seeds="cy") == {"cy", "eve", "fay"}


def test_a_unit_is_sent_another_way_if_that_lets_somebody_in():
    # dee comes first, and may come over bo or cy; eve only over bo, who has room for one.
    pairs = [("ana", "bo"), ("ana", "cy"), ("bo", "dee"), ("cy", "dee"), ("bo", "eve")]
    G = graph_of(dict.fromkeys(pairs, 0.5))
    everybody = {"ana", "bo", "cy", "dee", "eve"}
    assert accepted(G, seeds="ana", capacities=(9, 2, 1)) == everybody


@pytest.mark.parametrize(("one", "other"), [("a", "b"), ("b", "a")])
def test_what_somebody_passes_on_is_taken_back_if_that_lets_somebody_in(one, other):
    # Both seeds have room for four. "u" may come over either; "v" only by way of the seed of "w",
    # which must then have sent nothing over its other friend.
    pairs = [("s", one), ("s", "w"), ("t", other), ("t", "c")]
    pairs += [(one, "u"), (other, "u"), ("w", "v")]
    G = graph_of(dict.fromkeys(pairs, 0.5), ())
    assert accepted(G, seeds=["s", "t"], capacities=(4, 2, 1)) == set(G)


def test_levels():
    G = chain()
    G.edges["ana", "bo"]["trust"] = 0.9
    G.edges["bo", "dee"]["trust"] = 0.7
    standing = advogato(G, seeds="ana", levels=[0.7, 0.2, 0.9])
    expected = {"ana": 0.9, "bo": 0.9, "cy": 0.2, "dee": 0.7, "eve": 0.2, "fay": 0.2, "gus": 0.0}
    assert standing.to_dict() == expected


@settings(max_examples=60, deadline=None)
@given(
    trusts(),
    st.sets(st.sampled_from(NAMES), min_size=1, max_size=3),
    CAPACITIES,
    st.sampled_from([None, 0.5, 0.8]),
    st.booleans(),
)
def test_it_is_the_first_of_the_largest_sets(told, seeds, capacities, level, fast):
    module = sys.modules[advogato.__module__]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "COMPILE_FROM_OPERATIONS", 0 if fast else 1e18)
        levels = None if level is None else [level]
        found = accepted(graph_of(told), seeds=seeds, capacities=capacities, levels=levels)
    least = level or 0.0
    assert found == naive.advogato(told, seeds, capacities, least)
    assert len(found) == naive.certificate_flow(told, seeds, capacities, set(NAMES), least)


@pytest.mark.parametrize("seed", range(8))
def test_a_crowd_agrees_with_the_flow_of_networkx(seed):
    rng = np.random.default_rng(seed)
    G = nx.gnp_random_graph(60, 0.06, seed=seed, directed=True)
    for edge in G.edges.values():
        edge["trust"] = rng.choice([0.0, 0.5, 1.0])
    told = {pair: edge["trust"] for *pair_, edge in G.edges(data=True) for pair in [tuple(pair_)]}
    capacities = (25, 6, 3, 2, 1)
    found = accepted(G, seeds=[0, 1], capacities=capacities)
    assert 2 < len(found) == naive.certificate_flow(told, [0, 1], capacities, set(G))
    assert len(found) == naive.certificate_flow(told, [0, 1], capacities, found)


@pytest.mark.parametrize("fakes", [1, 3, 10, 200])
def test_fakes_behind_one_confused_person_gain_at_most_their_capacity(fakes):
    # ana, bo and cy are honest; cy, at distance 2, is taken in by a ring of fakes.
    G = nx.DiGraph()
    G.add_edge("ana", "bo", trust=1.0)
    G.add_edge("bo", "cy", trust=1.0)
    names = [f"fake{number}" for number in range(fakes)]
    G.add_edges_from((one, other) for one in names for other in names[:5] if one != other)
    G.add_edges_from(pairwise(names))
    nx.set_edge_attributes(G, 1.0, "trust")
    G.add_edge("cy", names[0], trust=1.0)
    found = accepted(G, seeds="ana", capacities=(800, 200, 12, 4, 2, 1))
    assert {"ana", "bo", "cy"} <= found
    # The first fake has capacity 4, less than the 11 that cy could still let in.
    assert len(found & set(names)) == min(fakes, 4)
    G.add_edges_from((("cy", name) for name in names), trust=1.0)
    found = accepted(G, seeds="ana", capacities=(800, 200, 12, 4, 2, 1))
    assert len(found & set(names)) == min(fakes, 11)


@settings(max_examples=20, deadline=None)
@given(trusts(), st.permutations(NAMES), CAPACITIES)
def test_names_and_the_order_of_edges_do_not_change_how_many(told, others, capacities):
    renamed = dict(zip(NAMES, others, strict=True))
    turned = {(renamed[u], renamed[v]): trust for (u, v), trust in reversed(told.items())}
    before = accepted(graph_of(told), seeds="ana", capacities=capacities)
    index = TrustIndex.from_graph(graph_of(turned))
    after = accepted(index, seeds=renamed["ana"], capacities=capacities)
    assert len(after) == len(before)
    # Who is not needed as a tie-break is the same: with room for all, those who are reached.
    roomy = accepted(graph_of(told), seeds="ana", capacities=(99,))
    assert accepted(index, seeds=renamed["ana"], capacities=(99,)) == {renamed[x] for x in roomy}


def test_weights_of_seeds_do_not_matter_but_0():
    pairs = advogato(chain(), seeds={"bo": 5, "cy": 1, "ana": 0})
    pd.testing.assert_series_equal(pairs, advogato(chain(), seeds=["cy", "bo"]))
    assert pairs["ana"] == 0.0


def test_acceptance_at_the_edges():
    assert advogato(nx.DiGraph(), seeds=None).empty
    one = nx.DiGraph()
    one.add_node(7, name="Ana Lima")
    assert advogato(one, seeds="Ana Lima").to_dict() == {7: 1.0}
    nothing = graph_of({("ana", "bo"): 0.0})
    assert accepted(nothing, seeds="ana") == {"ana"}
    assert accepted(nothing, seeds=None) == set(NAMES)
    assert accepted(chain(), seeds="ana", capacities=[10**30]) == set(NAMES) - {"gus"}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"capacities": ()}, "capacities is \\(\\); give several numbers"),
        ({"capacities": 800}, "capacities is 800; give several numbers"),
        ({"capacities": (3, 0)}, "a capacity is 0; give a whole number from 1"),
        ({"capacities": (3, 1.5)}, "a capacity is 1.5; give a whole number from 1"),
        ({"levels": []}, "levels is \\[\\]; give several numbers"),
        ({"levels": 0.5}, "levels is 0.5; give several numbers"),
        ({"levels": [0.0, 0.5]}, "a level is 0.0; give a number above 0 to 1"),
        ({"levels": [None]}, "a level is None; give a number above 0 to 1"),
    ],
)
def test_what_is_out_of_range_is_told(options, words):
    with pytest.raises(ValueError, match=words):
        advogato(chain(), seeds="ana", **options)


def test_unknown_seeds_and_broken_graphs_are_errors():
    with pytest.raises(UnknownPersonError, match="zoe"):
        advogato(chain(), seeds="zoe")
    with pytest.raises(GraphContractError, match="no trust"):
        advogato(nx.DiGraph([("ana", "bo")]), seeds="ana")
