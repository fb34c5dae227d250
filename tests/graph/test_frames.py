import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

import trustgraph as tg
from trustgraph.errors import GraphContractError
from trustgraph.graph import edges_frame, graph_from_frames, nodes_frame

from helpers.strategies import AS_OF, evidence

NODE_COLUMNS = [
    "name",
    "organisation",
    "position",
    "kind",
    "do_not_ask",
    "also",
    "past",
    "schools",
]
EDGE_COLUMNS = [
    *["source", "target", "trust", "certainty", "belief", "willingness", "endorsed_trust"],
    *["forwards", "recall", "response", "proximity", "rating", "observed", "last_contact"],
    *["evidence", "kinds"],
]


@pytest.fixture
def bare():
    G = nx.DiGraph()
    G.add_node("zoe", name="Zoe Ng", past=[("Acme", "CTO")])
    G.add_edge("bo", "ana", trust=1)
    G.add_edge("ana", "bo", trust=0.5, recall=0.25, evidence=3, observed=False)
    return G


def test_people_stand_in_order_with_declared_columns(bare):
    frame = nodes_frame(bare)
    assert frame.index.name == "person"
    assert frame.index.tolist() == ["ana", "bo", "zoe"]
    assert frame.columns.tolist() == NODE_COLUMNS
    assert frame.loc["zoe"].tolist() == [
        "Zoe Ng", "", "", "person", False, (), (("Acme", "CTO"),), (),
    ]  # fmt: skip
    assert frame.loc["ana"].tolist() == ["ana", "", "", "person", False, (), (), ()]


def test_edges_stand_in_order_with_declared_columns(bare):
    frame = edges_frame(bare)
    assert frame.columns.tolist() == EDGE_COLUMNS
    assert frame[["source", "target"]].to_numpy().tolist() == [["ana", "bo"], ["bo", "ana"]]
    assert frame["trust"].tolist() == [0.5, 1.0]
    assert frame["recall"].isna().tolist() == [False, True]
    assert frame["certainty"].isna().all()
    assert frame["observed"].tolist() == [False, True]
    assert frame["evidence"].tolist() == [3, 0]
    assert frame["last_contact"].tolist() == ["", ""]
    assert frame["kinds"].tolist() == [{}, {}]


@pytest.mark.parametrize(
    "G", [nx.DiGraph(), tg.build_graph(tg.datasets.load_office())], ids=["empty", "office"]
)
def test_the_types_of_the_columns_do_not_depend_on_the_rows(G):
    people, edges = nodes_frame(G), edges_frame(G)
    assert people.dtypes["do_not_ask"] == np.bool_
    assert edges.dtypes["observed"] == np.bool_
    assert edges.dtypes["evidence"] == np.int64
    for name in EDGE_COLUMNS[2:12]:
        assert edges.dtypes[name] == np.float64
    for column in (edges["source"], edges["last_contact"], people["name"], people.index):
        assert column.dtype == "str"
    assert people["past"].dtype == edges["kinds"].dtype == object


def test_whole_numbers_are_labels_too():
    G = nx.DiGraph([(10, 9, {"trust": 0.5}), (2, 10, {"trust": 0.5})])
    assert nodes_frame(G).index.tolist() == [2, 9, 10]
    assert nodes_frame(G)["name"].tolist() == ["2", "9", "10"]
    assert edges_frame(G)["source"].tolist() == [2, 10]
    assert list(graph_from_frames(nodes_frame(G), edges_frame(G)).edges) == [(2, 10), (10, 9)]


def test_a_graph_that_breaks_the_contract_has_no_frames():
    G = nx.DiGraph([("bo", "ana")])
    for frame in (nodes_frame, edges_frame):
        with pytest.raises(GraphContractError, match="has no trust"):
            frame(G)


def test_the_frames_share_nothing_with_the_graph():
    G = tg.build_graph(tg.datasets.load_office())
    edges = edges_frame(G)
    edges["kinds"].iloc[0].clear()
    for _, _, kinds in G.edges(data="kinds"):
        assert kinds
    H = graph_from_frames(nodes_frame(G), edges_frame(G))
    source, target = next(iter(G.edges))
    H.edges[source, target]["kinds"]["connection"]["count"] = 99
    assert G.edges[source, target]["kinds"]["connection"]["count"] == 1


# ------------------------------------------------------------------------------ and back


@settings(max_examples=40, deadline=None)
@given(evidence())
def test_a_built_graph_comes_back_equal(acts):
    G = tg.build_graph(tg.Network.from_records(evidence=acts, as_of=AS_OF))
    H = graph_from_frames(nodes_frame(G), edges_frame(G), attributes=G.graph)
    assert nx.utils.graphs_equal(G, H)
    assert list(G.edges) == list(H.edges)
    types = [[type(value) for value in held.values()] for _, _, held in H.edges(data=True)]
    assert types == [[type(value) for value in held.values()] for _, _, held in G.edges(data=True)]


def test_a_bare_graph_comes_back_with_the_defaults_that_the_frames_show(bare):
    H = graph_from_frames(nodes_frame(bare), edges_frame(bare))
    assert H.edges["bo", "ana"] == {
        "trust": 1.0,
        "observed": True,
        "last_contact": "",
        "evidence": 0,
        "kinds": {},
    }
    pd.testing.assert_frame_equal(edges_frame(H), edges_frame(bare))
    pd.testing.assert_frame_equal(nodes_frame(H), nodes_frame(bare))


def test_the_order_of_the_rows_does_not_matter(bare):
    people, edges = nodes_frame(bare), edges_frame(bare)
    H = graph_from_frames(people[::-1], edges[::-1])
    assert list(H) == ["ana", "bo", "zoe"]
    assert list(H.edges) == [("ana", "bo"), ("bo", "ana")]


def test_people_may_stand_in_a_column_or_follow_from_the_edges():
    edges = pd.DataFrame({"source": ["bo"], "target": ["ana"], "trust": [0.5]})
    assert graph_from_frames(None, edges).nodes["ana"]["name"] == "ana"
    people = pd.DataFrame({"person": ["bo", "ana"], "name": ["Bo Ek", None]})
    H = graph_from_frames(people, edges)
    assert [H.nodes[person]["name"] for person in H] == ["ana", "Bo Ek"]


def test_columns_of_your_own_are_kept():
    edges = pd.DataFrame({"source": ["bo"], "target": ["ana"], "trust": [0.5], "since": [2019]})
    people = pd.DataFrame({"city": ["Oslo", "Lima"]}, index=["ana", "bo"])
    H = graph_from_frames(people, edges)
    assert H.edges["bo", "ana"]["since"] == 2019
    assert H.nodes["bo"]["city"] == "Lima"


@pytest.mark.parametrize(
    ("people", "edges", "faults"),
    [
        (None, {"source": ["bo"], "target": ["ana"]}, ["the frame of edges has no column 'trust'"]),
        (
            None,
            {"source": ["bo", "bo"], "target": ["ana", "ana"], "trust": [0.1, 0.2]},
            ["edge 'bo' -> 'ana' stands twice; keep one row per edge"],
        ),
        (
            ["ana", "ana"],
            {"source": ["bo", None], "target": ["ana", "ana"], "trust": [0.1, 0.2]},
            [
                "person 'ana' stands twice; keep one row per person",
                "edge 'bo' -> 'ana': nobody is labelled 'bo'; add this person to the people",
                "row 2 of the edges does not name both people; fill source and target",
            ],
        ),
        (
            None,
            {"source": ["bo", "cy"], "target": ["ana", "ana"], "trust": [np.nan, 1.5]},
            [
                "edge 'bo' -> 'ana' has no trust; give it a number in [0, 1]",
                "edge 'cy' -> 'ana': trust is 1.5, it must lie in [0, 1]",
            ],
        ),
    ],
)
def test_frames_that_make_no_graph_are_told_all_their_faults(people, edges, faults):
    nodes = None if people is None else pd.DataFrame(index=people)
    with pytest.raises(GraphContractError) as caught:
        graph_from_frames(nodes, pd.DataFrame(edges))
    assert list(caught.value.faults) == faults
