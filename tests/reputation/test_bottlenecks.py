"""Bottlenecks: without one of them only the direct tie is left, without less than one more is."""

import json
from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trustgraph.errors import UnknownPersonError
from trustgraph.graph.index import TrustIndex
from trustgraph.reputation.bottlenecks import Bottlenecks, bottlenecks
from trustgraph.reputation.transfer import reputation_transfer

from helpers.transfer_cases import random_graph

seeds = st.integers(0, 10**9)


def graph(*trusts) -> nx.DiGraph:
    G = nx.DiGraph()
    G.add_edges_from((u, v, {"trust": trust}) for u, v, trust in trusts)
    return G


def diamond() -> nx.DiGraph:
    G = graph(("bo", "ana", 0.8), ("cy", "ana", 0.5), ("dee", "bo", 0.5), ("dee", "cy", 0.6))
    nx.set_node_attributes(G, {"bo": "Bo <Best>", "cy": "Cy Oz"}, "name")
    return G


def refusing(G: nx.DiGraph, people) -> nx.DiGraph:
    H = G.copy()
    nx.set_node_attributes(H, dict.fromkeys(people, True), "do_not_ask")
    return H


@settings(max_examples=25, deadline=None)
@given(seeds)
def test_a_set_stops_everything_and_no_part_of_it_does(seed):
    G = random_graph(np.random.default_rng(seed))
    found = bottlenecks(G, "s", "t0")
    for one in found:
        left = reputation_transfer(refusing(G, one.people), "s", "t0")
        assert left.total == found.direct
        for part in combinations(one.people, one.size - 1):
            more = reputation_transfer(refusing(G, part), "s", "t0")
            assert len(more) > 0
            assert more.total > found.direct or found.direct == 1
    sizes = [one.size for one in found]
    assert sizes == sorted(sizes)
    people = [one.people for one in found]
    assert people == sorted(people, key=lambda names: (len(names), names))
    if sizes:
        assert found.at_least == sizes[0]


@settings(max_examples=15, deadline=None)
@given(seeds)
def test_names_and_order_change_nothing(seed):
    rng = np.random.default_rng(seed)
    G = random_graph(rng)
    renamed = dict(
        zip(G, rng.permutation([f"id{number}" for number in range(len(G))]), strict=True)
    )
    H = nx.DiGraph()
    H.add_nodes_from(renamed[node] for node in reversed(list(G)))
    for u, v, trust in sorted(G.edges(data="trust"), reverse=True):
        H.add_edge(renamed[u], renamed[v], trust=trust)
    one, other = bottlenecks(G, "s", "t0"), bottlenecks(H, renamed["s"], renamed["t0"])
    assert {frozenset(map(renamed.get, each.people)) for each in one} == {
        frozenset(each.people) for each in other
    }


def test_the_words_tell_who_has_to_refuse_and_what_is_left():
    told = bottlenecks(diamond(), "ana", "dee").explain()
    assert told.startswith(
        "If Bo <Best> and Cy Oz both refuse, nothing arrives; if one of them agrees, more is left."
    )
    assert "No other set of up to 3 people stops everything" in told
    assert "at most 3 people between" in told
    G = diamond()
    G.add_edge("dee", "ana", trust=0.1)
    told = bottlenecks(G, "ana", "dee").explain()
    assert "only the direct tie is left (0.100)" in told
    assert "Whoever refuses, the direct tie remains: 0.100." in told


def test_one_person_alone_and_three_together():
    chain = graph(("bo", "ana", 0.8), ("cy", "bo", 0.5))
    assert bottlenecks(chain, "ana", "cy").explain().startswith("If bo refuses, nothing arrives.")
    star = graph(*(edge for m in "abc" for edge in ((m, "s", 0.5), ("t", m, 0.5))))
    assert "If a, b and c all refuse" in bottlenecks(star, "s", "t").explain()


def test_too_many_ways_for_a_small_set_are_an_answer():
    star = graph(*(edge for m in "abcde" for edge in ((m, "s", 0.5), ("t", m, 0.5))))
    found = bottlenecks(star, "s", "t")
    assert (len(found), found.at_least, found.truncated) == (0, 5, False)
    assert "at least 5 people would have to refuse" in found.explain()
    assert len(bottlenecks(star, "s", "t", max_size=5)) == 1


def test_more_sets_than_wanted_are_told():
    pairs = [(m, "s", 0.5) for m in "abc"] + [(n, m, 0.5) for m in "abc" for n in "xyz"]
    G = graph(*pairs, *(("t", n, 0.5) for n in "xyz"))
    assert [one.people for one in bottlenecks(G, "s", "t")] == [("a", "b", "c"), ("x", "y", "z")]
    found = bottlenecks(G, "s", "t", most=1)
    assert found.truncated
    assert "there may be more of them" in found.explain()


def test_nothing_to_stop_is_an_answer():
    G = diamond()
    nothing = bottlenecks(G, "dee", "ana")
    assert (len(nothing), nothing.reason, nothing.at_least) == (0, "no_path", 0)
    assert "nothing arrives from dee to ana in any case" in nothing.explain()
    G.add_edge("dee", "ana", trust=0.1)
    alone = bottlenecks(G, "ana", "dee", max_intermediaries=0)
    assert (alone.reason, alone.direct) == ("direct_only", 0.1)
    assert "Nobody can stop it" in alone.explain()
    for found in (nothing, alone):
        assert found.to_frame().empty
        assert found._repr_html_()


def test_results_survive_json_and_a_notebook():
    found = bottlenecks(diamond(), "ana", "dee")
    again = Bottlenecks.from_dict(json.loads(json.dumps(found.to_dict())))
    assert again == found
    assert found[0:1] == found.sets
    assert [one.size for one in found] == [2]
    frame = found.to_frame()
    assert frame.columns.tolist() == ["size", "people", "names"]
    assert "Bo &lt;Best&gt;, Cy Oz" in found._repr_html_()
    assert bottlenecks(TrustIndex.from_graph(diamond()), "ana", "dee") == found


def test_ints_are_ids_too():
    G = graph((2, 1, 0.8), (3, 2, 0.5))
    assert bottlenecks(G, 1, 3)[0].people == (2,)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"max_size": 0}, "max_size is 0"),
        ({"max_size": 9}, "max_size is 9"),
        ({"most": 0}, "most is 0"),
        ({"max_intermediaries": 6}, "max_intermediaries is 6"),
    ],
)
def test_options_out_of_range_are_refused_in_words(options, told):
    with pytest.raises(ValueError, match=told):
        bottlenecks(diamond(), "ana", "dee", **options)


def test_unknown_people_are_named():
    with pytest.raises(UnknownPersonError):
        bottlenecks(diamond(), "ana", "nobody")
