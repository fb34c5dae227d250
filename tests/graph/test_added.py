"""People added to an index: as if the graph had had them from the beginning."""

import networkx as nx
import numpy as np
import pytest

import trustgraph as tg
from trustgraph.graph.added import read_newcomers, with_people
from trustgraph.graph.index import TrustIndex

from helpers.transfer_cases import random_graph


def test_added_people_are_those_of_a_graph_that_had_them():
    rng = np.random.default_rng(0)
    for _ in range(20):
        G = random_graph(rng)
        nx.set_node_attributes(G, {"s": "Sam"}, "name")
        H = G.copy()
        H.add_node("a0", organisation="Acme", do_not_ask=True)
        H.add_node("q", name="Quinn")
        newcomers = {"q": {"name": "Quinn"}, "a0": {"organisation": "Acme", "do_not_ask": True}}
        got, wanted = with_people(TrustIndex.from_graph(G), newcomers), TrustIndex.from_graph(H)
        for name in ("out_start", "out_asked", "in_start", "in_asker", "in_step", "trust"):
            one, other = getattr(got, name), getattr(wanted, name)
            assert one.tolist() == other.tolist()
            assert one.dtype == other.dtype
        assert got.labels == wanted.labels
        assert got.nodes.equals(wanted.nodes)
        assert got.spared.tolist() == wanted.spared.tolist()
        options = {"min_willingness": 0.2, "observed_only": True}
        assert got.passing(**options).out.tolist() == wanted.passing(**options).out.tolist()


def test_nobody_added_is_the_same_index():
    index = TrustIndex.from_graph(nx.DiGraph([("bo", "ana", {"trust": 0.8})]))
    assert with_people(index, {}) is index


def test_an_empty_graph_takes_people_too():
    index = TrustIndex.from_graph(nx.DiGraph())
    assert with_people(index, {"ana": {}}).labels == ("ana",)


def test_people_are_read_in_every_form():
    person = tg.Person(id="eve", name="Eve X", organisation="Acme")
    assert read_newcomers(person)["eve"]["organisation"] == "Acme"
    assert list(read_newcomers(["a", person])) == ["a", "eve"]
    assert read_newcomers(5) == {5: {}}
    assert read_newcomers(()) == {}
    with pytest.raises(TypeError, match="True is no person"):
        read_newcomers(True)
