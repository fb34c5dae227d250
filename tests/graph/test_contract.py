import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import trustgraph as tg
from trustgraph.errors import GraphContractError
from trustgraph.graph.contract import EDGE_NUMBERS, sorted_labels


def faults_of(G):
    try:
        tg.graph.validate_graph(G)
    except GraphContractError as error:
        return error.faults
    return ()


def one_edge(**attributes):
    return nx.DiGraph([("bo", "ana", {"trust": 0.5, **attributes})])


@pytest.mark.parametrize(
    "G",
    [
        nx.DiGraph(),
        nx.DiGraph([("bo", "ana", {"trust": 0.5})]),
        nx.DiGraph([(1, 2, {"trust": 1})]),
        nx.DiGraph([(np.int64(1), "ana", {"trust": np.float32(0.25)})]),
        nx.DiGraph([("bo", "ana", {"trust": 0.5, "weight": 7, "colour": "red"})]),
        one_edge(rating=0.5, observed=np.bool_(False), last_contact="", evidence=np.int64(3)),
        one_edge(kinds={"project": {"count": 1, "first": "", "last": "", "direction": "both"}}),
        nx.freeze(one_edge()),
    ],
)
def test_any_digraph_with_trust_on_its_edges_passes(G):
    assert tg.graph.validate_graph(G) is None


@given(
    st.dictionaries(st.tuples(st.integers(0, 9), st.integers(10, 19)), st.floats(0, 1), max_size=20)
)
def test_trust_between_0_and_1_passes(values):
    G = nx.DiGraph([(*pair, {"trust": value}) for pair, value in values.items()])
    assert faults_of(G) == ()


@pytest.mark.parametrize("name", EDGE_NUMBERS)
@pytest.mark.parametrize("value", [-0.1, 1.1, np.nan, np.inf, "0.5", None, True, 0.5 + 0j])
def test_a_probability_is_a_number_between_0_and_1(name, value):
    (fault,) = faults_of(one_edge(**{name: value}))
    assert fault.startswith(f"edge 'bo' -> 'ana': {name} is ")
    assert "[0, 1]" in fault


@pytest.mark.parametrize(
    ("name", "value", "mend"),
    [
        ("rating", -1.5, "it must lie in [-1, 1]"),
        ("rating", "good", "give one in [-1, 1]"),
        ("observed", "yes", "True or False"),
        ("observed", 1, "True or False"),
        ("last_contact", None, "a date as 2026-11-23"),
        ("last_contact", "last week", "a date as 2026-11-23"),
        ("evidence", 1.5, "a whole number from 0"),
        ("evidence", -1, "a whole number from 0"),
        ("evidence", True, "a whole number from 0"),
        ("kinds", ["project"], "kind -> {count, first, last, direction}"),
        ("kinds", {"project": {"count": 1}}, "kind -> {count, first, last, direction}"),
        (
            "kinds",
            {"project": {"count": 1, "first": "", "last": "", "direction": "up"}},
            "kind -> {count, first, last, direction}",
        ),
    ],
)
def test_other_attributes_of_an_edge_have_their_types(name, value, mend):
    (fault,) = faults_of(one_edge(**{name: value}))
    assert fault.startswith(f"edge 'bo' -> 'ana': {name} is ")
    assert mend in fault


@pytest.mark.parametrize(
    ("name", "value", "mend"),
    [
        ("name", None, "text"),
        ("organisation", 7, "text"),
        ("position", ["CTO"], "text"),
        ("kind", None, "text"),
        ("do_not_ask", "no", "True or False"),
        ("past", [("Acme",)], "(organisation, title) pairs"),
        ("past", "Acme", "(organisation, title) pairs"),
        ("schools", "Uni", "tuple of texts"),
    ],
)
def test_attributes_of_a_person_have_their_types(name, value, mend):
    G = nx.DiGraph()
    G.add_node("ana", **{name: value})
    (fault,) = faults_of(G)
    assert fault.startswith(f"person 'ana': {name} is ")
    assert mend in fault


@pytest.mark.parametrize(
    ("name", "value", "mend"),
    [
        ("model", {"paths": 1}, "model.model_dump_json()"),
        ("model", "{not json", "model.model_dump_json()"),
        ("model", '{"paths": {"retention": 7}}', "paths.retention"),
        ("as_of", 2026, "a date as 2026-11-23"),
        ("owners", "ana", "tuple of labels"),
        ("owners", [None], "tuple of labels"),
        ("version", 99, "update it"),
        ("version", "1", "a whole number"),
    ],
)
def test_attributes_of_the_graph_have_their_types(name, value, mend):
    G = one_edge()
    G.graph[name] = value
    (fault,) = faults_of(G)
    assert fault.startswith(f"graph: {name} is ")
    assert mend in fault


@pytest.mark.parametrize("label", [("ana", 1), 1.5, "", "  ", frozenset()])
def test_people_are_labelled_by_text_or_whole_numbers(label):
    G = nx.DiGraph()
    G.add_node(label)
    (fault,) = faults_of(G)
    assert "label people by text or whole numbers" in fault


def test_an_edge_without_trust_is_told_what_to_do():
    assert faults_of(nx.DiGraph([("bo", "ana")])) == (
        "edge 'bo' -> 'ana' has no trust; give it a number in [0, 1]",
    )
    weighted = nx.DiGraph()
    weighted.add_weighted_edges_from([("bo", "ana", 3)])
    (fault,) = faults_of(weighted)
    assert "tg.graph.from_networkx(G, trust='weight', …)" in fault


def test_a_rating_and_its_trust_agree():
    assert faults_of(one_edge(rating=0.5)) == ()
    assert faults_of(nx.DiGraph([("bo", "ana", {"trust": 0.0, "rating": -0.5})])) == ()
    (fault,) = faults_of(one_edge(rating=-0.5))
    assert fault == (
        "edge 'bo' -> 'ana': trust is 0.5, but the rating is -0.5; set trust to max(rating, 0)"
    )


def test_nobody_has_an_edge_to_themselves():
    (fault,) = faults_of(nx.DiGraph([("bo", "bo", {"trust": 0.5})]))
    assert fault == "edge 'bo' -> 'bo' leads from a person to themselves; remove it"


@pytest.mark.parametrize("kind", [nx.Graph, nx.MultiDiGraph, nx.MultiGraph])
def test_trust_has_one_direction_and_one_value(kind):
    (fault,) = faults_of(kind([("bo", "ana", {"trust": 0.5})]))
    assert fault.startswith(f"a {kind.__name__} ")
    assert "tg.graph.from_networkx(G)" in fault


def test_what_is_no_graph_is_said_to_be_none():
    with pytest.raises(GraphContractError, match="this is a dict, not a networkx.DiGraph"):
        tg.graph.validate_graph({"ana": ["bo"]})


def test_all_faults_are_reported_at_once():
    G = nx.MultiDiGraph(version=99, owners="ana")
    G.add_node("", name=None)
    G.add_edge("ana", "ana")
    G.add_edge("bo", "ana", trust=2, recall=-1, observed="yes")
    faults = faults_of(G)
    for part in (
        "parallel edges",
        "version",
        "owners",
        "person '': the label",
        "person '': name",
        "'ana' -> 'ana' leads",
        "'ana' -> 'ana' has no trust",
        "'bo' -> 'ana': trust is 2",
        "'bo' -> 'ana': recall is -1",
        "'bo' -> 'ana': observed is 'yes'",
    ):
        assert sum(part in fault for fault in faults) == 1, part
    assert len(faults) == 10
    with pytest.raises(GraphContractError, match="^10 faults: "):
        tg.graph.validate_graph(G)


def test_a_long_value_is_cut_in_the_message():
    (fault,) = faults_of(one_edge(last_contact="x" * 500))
    assert len(fault) < 200


def test_labels_are_sorted_the_same_whatever_their_order():
    assert sorted_labels([3, 1, 2]) == [1, 2, 3]
    assert sorted_labels({"b", "a"}) == ["a", "b"]
    assert sorted_labels([2, "b", "a", 1]) == sorted_labels(["a", 1, 2, "b"]) == [1, 2, "a", "b"]
