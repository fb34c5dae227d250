"""Interactions of pairs: closed forms, the link to what if, results and words."""

import json

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trustgraph.errors import UnknownPersonError
from trustgraph.graph.index import TrustIndex
from trustgraph.reputation.interactions import Interactions, interactions
from trustgraph.reputation.what_if import what_if

from helpers.transfer_cases import random_graph


def graph(*trusts) -> nx.DiGraph:
    G = nx.DiGraph()
    G.add_edges_from((u, v, {"trust": trust}) for u, v, trust in trusts)
    return G


def diamond() -> nx.DiGraph:
    trusts = [("bo", "ana", 0.8), ("cy", "ana", 0.5), ("dee", "bo", 0.5), ("dee", "cy", 0.6)]
    G = graph(*trusts, ("dee", "ana", 0.1))
    nx.set_node_attributes(G, {"bo": "Bo <Best>", "cy": "Cy Oz"}, "name")
    return G


def test_two_ways_side_by_side_stand_in_for_each_other():
    found = interactions(diamond(), "ana", "dee")
    assert found[0].value == pytest.approx(-0.9 * 0.4 * 0.3)
    assert found[0].explain() == (
        "Bo <Best> and Cy Oz stand in for each other: if both refuse, 0.108 more is lost than "
        "their two losses together."
    )


def test_two_in_a_chain_need_each_other():
    G = graph(("bo", "ana", 0.8), ("cy", "bo", 0.5), ("dee", "cy", 1.0))
    found = interactions(G, "ana", "dee")
    assert found[0].value == pytest.approx(0.8 * 0.25)
    assert "bo and cy need each other: 0.200 of the total takes both." in found.explain()


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**9))
def test_the_loss_of_both_is_both_losses_less_the_interaction(seed):
    G = random_graph(np.random.default_rng(seed))
    found = interactions(G, "s", "t0")
    for one in found[:3]:
        alone, other, both = (
            -what_if(G, "s", "t0", remove=gone).change
            for gone in (one.person, one.other, [one.person, one.other])
        )
        assert both == pytest.approx(alone + other - one.value, abs=1e-12)
    sizes = [abs(one.value) for one in found]
    assert sizes == pytest.approx(sorted(sizes, reverse=True), abs=1e-12)
    matrix = found.matrix()
    assert matrix.index.tolist() == matrix.columns.tolist() == list(found.people)
    values = matrix.to_numpy()
    np.testing.assert_array_equal(values, values.T)


def test_named_people_and_those_on_no_path():
    G = diamond()
    G.add_edge("eve", "zoe", trust=0.5)
    found = interactions(G, "ana", "dee", people=["eve", "Cy Oz", "bo"])
    assert found.people == ("bo", "cy", "eve")
    assert found.matrix().loc["eve", "bo"] == 0
    assert "hardly depend on each other" in found.explain()
    assert interactions(G, "ana", "dee", people=["bo", "cy"])[0].value == found[0].value


def test_the_ten_largest_carriers_are_looked_at_and_the_rest_is_told_in_one_line():
    pairs = [(f"m{n:02}", n) for n in range(13)]
    G = graph(*((m, "s", 0.3 + n / 40) for m, n in pairs), *(("t", m, 0.5) for m, _ in pairs))
    found = interactions(G, "s", "t")
    assert found.people == tuple(f"m{n:02}" for n in range(3, 13))
    assert len(found) == 45
    assert "Of the other 37 pairs none has more than" in found.explain()


def test_a_sampled_answer_says_so(monkeypatch):
    monkeypatch.setattr("trustgraph.engine.reliability_exact.MOST_PATHS", 0)
    found = interactions(diamond(), "ana", "dee", samples=4_096, seed=1)
    assert (found.exact, found.samples) == (False, 4_096)
    assert abs(found[0].value + 0.108) < 4 * found[0].standard_error
    assert "estimates from 4,096 random draws" in found.explain()
    assert interactions(diamond(), "ana", "dee", samples=4_096, seed=1) == found


def test_no_pair_is_an_answer():
    found = interactions(diamond(), "dee", "ana")
    assert (len(found), found.to_frame().empty, found.matrix().shape) == (0, True, (0, 0))
    assert "no pair to look at" in found.explain()
    assert found._repr_html_()


def test_results_survive_json_and_a_notebook():
    found = interactions(diamond(), "ana", "dee")
    assert Interactions.from_dict(json.loads(json.dumps(found.to_dict()))) == found
    frame = found.to_frame()
    assert frame.columns.tolist() == ["name", "other_name", "interaction", "standard_error"]
    assert frame.index.names == ["person", "other"]
    assert "Bo &lt;Best&gt;" in found._repr_html_()
    assert interactions(TrustIndex.from_graph(diamond()), "ana", "dee") == found
    numbers = graph((2, 1, 0.5), (3, 1, 0.5), (4, 2, 1.0), (4, 3, 1.0))
    assert interactions(numbers, 1, 4).matrix().loc[2, 3] == pytest.approx(-0.25)


def test_what_cannot_be_asked_is_refused_in_words():
    with pytest.raises(ValueError, match="name at least two different people"):
        interactions(diamond(), "ana", "dee", people="bo")
    with pytest.raises(ValueError, match="'ana' is the seeker"):
        interactions(diamond(), "ana", "dee", people=["ana", "bo"])
    with pytest.raises(UnknownPersonError):
        interactions(diamond(), "ana", "dee", people=["bo", "nobody"])
    with pytest.raises(ValueError, match="samples is 0"):
        interactions(diamond(), "ana", "dee", samples=0)
