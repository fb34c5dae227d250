import copy

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import trustgraph as tg
from trustgraph.errors import GraphContractError
from trustgraph.graph import from_networkx


def faults_of(G, **options):
    with pytest.raises(GraphContractError) as caught:
        from_networkx(G, **options)
    return caught.value.faults


def trust_of(G):
    return {(source, target): value for source, target, value in G.edges(data="trust")}


def test_an_undirected_edge_stands_for_both_directions():
    G = nx.karate_club_graph()
    H = from_networkx(G, trust="weight", maximum=7)
    assert type(H) is nx.DiGraph
    assert H.number_of_edges() == 2 * G.number_of_edges()
    for source, target, value in G.edges(data="weight"):
        assert H.edges[source, target]["trust"] == H.edges[target, source]["trust"] == value / 7
    assert not any("weight" in held for _, _, held in H.edges(data=True))
    assert H.nodes[0] == {
        "name": "0",
        "organisation": "",
        "position": "",
        "kind": "person",
        "club": "Mr. Hi",
    }


def test_a_directed_graph_keeps_its_directions_and_attributes():
    G = nx.DiGraph([("bo", "ana", {"trust": 0.5, "since": 2019}), ("ana", "cy", {"trust": 1})])
    H = from_networkx(G)
    assert trust_of(H) == {("ana", "cy"): 1.0, ("bo", "ana"): 0.5}
    assert H.edges["bo", "ana"]["since"] == 2019


def test_a_trust_graph_comes_back_as_it_was():
    G = tg.build_graph(tg.datasets.load_office())
    assert nx.utils.graphs_equal(from_networkx(G), G)


def test_the_graph_given_stays_as_it_is():
    G = nx.Graph([("bo", "ana", {"closeness": 2})], title="mine")
    before = copy.deepcopy(G)
    H = from_networkx(G, trust="closeness", maximum=4)
    H.edges["ana", "bo"]["trust"] = 0.9
    H.graph["title"] = H.nodes["ana"]["name"] = "changed"
    assert nx.utils.graphs_equal(G, before)


def test_a_signed_rating_is_kept_and_gives_trust_where_it_is_positive():
    G = nx.DiGraph()
    G.add_edge(1, 2, rating=-10)
    G.add_edge(1, 3, rating=5)
    H = from_networkx(G, trust="rating", maximum=10, signed=True)
    assert H.edges[1, 2] == {"rating": -1.0, "trust": 0.0}
    assert H.edges[1, 3] == {"rating": 0.5, "trust": 0.5}


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 5), st.integers(6, 9)), st.floats(-3, 3), min_size=1, max_size=12
    )
)
def test_every_signed_rating_becomes_valid_trust(ratings):
    G = nx.DiGraph([(*pair, {"vote": value}) for pair, value in ratings.items()])
    H = from_networkx(G, trust="vote", maximum=3, signed=True)
    assert trust_of(H) == {
        pair: pytest.approx(max(value, 0) / 3) for pair, value in ratings.items()
    }


def test_trust_may_come_from_a_mapping_or_be_the_same_for_all():
    G = nx.path_graph(["ana", "bo", "cy"])
    values = {("ana", "bo"): 2, ("bo", "ana"): 4, ("cy", "bo"): 1}
    assert trust_of(from_networkx(G, trust=values, maximum=4)) == {
        ("ana", "bo"): 0.5,
        ("bo", "ana"): 1.0,
        ("bo", "cy"): 0.25,
        ("cy", "bo"): 0.25,
    }
    assert set(trust_of(from_networkx(G, trust=0.3)).values()) == {0.3}


@pytest.mark.parametrize("kind", [nx.MultiDiGraph, nx.MultiGraph])
def test_of_parallel_edges_the_largest_value_counts(kind):
    G = kind()
    for value, place in ((0.2, "office"), (0.7, "club"), (0.4, "school")):
        G.add_edge("bo", "ana", trust=value, place=place)
    H = from_networkx(G)
    assert H.edges["bo", "ana"] == {"trust": 0.7, "place": "club"}
    assert H.has_edge("ana", "bo") is not G.is_directed()


def test_people_and_edges_stand_in_sorted_order():
    G = nx.DiGraph()
    G.add_nodes_from([3, 1, 2])
    G.add_edges_from([(3, 1), (1, 3), (1, 2)])
    H = from_networkx(G, trust=1)
    assert list(H) == [1, 2, 3]
    assert list(H.edges) == [(1, 2), (1, 3), (3, 1)]


def test_a_missing_value_names_the_edge_and_what_it_has():
    G = nx.DiGraph([("bo", "ana", {"since": 2019}), ("cy", "ana")])
    told = "has no 'trust'; name one of its attributes with trust= (it has"
    assert faults_of(G) == (
        f"edge 'bo' -> 'ana' {told} 'since')",
        f"edge 'cy' -> 'ana' {told} none)",
    )
    (fault,) = faults_of(nx.DiGraph([("bo", "ana")]), trust={("ana", "bo"): 1})
    assert fault == "edge 'bo' -> 'ana' is not in the mapping; give it a value"
    assert len(faults_of(nx.Graph([("bo", "bo")]))) == 1
    assert len(faults_of(nx.Graph([("bo", "ana")]))) == 2


@pytest.mark.parametrize(
    ("value", "options", "mend"),
    [
        (7, {"maximum": 5}, "not in [0, 5]; set maximum higher"),
        (-1, {"maximum": 5}, "not in [0, 5]; set signed=True for ratings"),
        (-7, {"maximum": 5, "signed": True}, "not in [-5, 5]; set maximum higher"),
        ("much", {}, "which is not a number"),
        (np.nan, {}, "which is not a number"),
        (True, {}, "which is not a number"),
    ],
)
def test_a_value_out_of_range_names_the_mend(value, options, mend):
    (fault,) = faults_of(nx.DiGraph([("bo", "ana", {"trust": value})]), **options)
    assert fault.startswith("edge 'bo' -> 'ana' has the value ")
    assert fault.endswith(mend)


def test_what_else_breaks_the_contract_is_an_error_too():
    G = nx.Graph([("bo", "bo", {"trust": 0.5})])
    (fault,) = faults_of(G)
    assert "from a person to themselves" in fault
    (fault,) = faults_of(nx.grid_2d_graph(1, 1))
    assert "label people by text" in fault
    with pytest.raises(GraphContractError, match="this is a list"):
        from_networkx([("bo", "ana")])


@pytest.mark.parametrize("maximum", [0, -1, np.inf, np.nan, "5", True])
def test_the_maximum_is_a_positive_number(maximum):
    with pytest.raises(ValueError, match="it must be a positive number"):
        from_networkx(nx.DiGraph(), maximum=maximum)
