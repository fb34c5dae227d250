import networkx as nx
import pandas as pd
import pytest

import trustgraph as tg
from trustgraph.datasets import Layers, load_krackhardt, load_lazega
from trustgraph.errors import ArchiveError, GraphContractError

from helpers.published import published

PEOPLE = pd.DataFrame({"age": [30, 40, 50]}, index=["ana", "bo", "cy"])


def frame(*pairs):
    return pd.DataFrame(pairs, columns=["source", "target"])


def test_layers_are_matrices_and_trust_graphs():
    layers = Layers(PEOPLE, {"advice": frame(("ana", "bo"), ("bo", "cy")), "friendship": frame()})
    assert layers.matrix("advice").astype(int).tolist() == [[0, 1, 0], [0, 0, 1], [0, 0, 0]]
    assert not layers.matrix("friendship").any()
    G = layers.to_networkx("advice")
    tg.graph.validate_graph(G)
    assert dict(G.nodes(data=True)) == {"ana": {"age": 30}, "bo": {"age": 40}, "cy": {"age": 50}}
    assert set(G.edges(data="trust")) == {("ana", "bo", 1.0), ("bo", "cy", 1.0)}
    assert nx.number_of_edges(layers.to_networkx("friendship")) == 0
    assert repr(layers) == "Layers(people=3, advice=2, friendship=0)"


def test_layers_keep_their_own_copies():
    ties = frame(("ana", "bo"))
    given = {"advice": ties}
    layers = Layers(PEOPLE, given)
    given["friendship"] = ties
    ties.loc[0, "target"] = "cy"
    assert list(layers.ties) == ["advice"]
    assert layers.ties["advice"].to_numpy().tolist() == [["ana", "bo"]]
    with pytest.raises(TypeError):
        layers.ties["advice"] = ties
    assert layers.people.index.name == "person"
    assert PEOPLE.index.name is None


def test_whole_numbers_are_ids_and_nobody_is_a_group_too():
    layers = Layers(pd.DataFrame(index=[3, 1]), {"advice": frame((1, 3))})
    assert layers.matrix("advice").tolist() == [[False, False], [True, False]]
    empty = Layers(pd.DataFrame(index=pd.Index([], dtype="str")), {"advice": frame()})
    assert empty.matrix("advice").shape == (0, 0)


@pytest.mark.parametrize(
    ("ties", "fault"),
    [
        (frame(("ana", "ana")), "advice: somebody has a tie to themselves.*row 1: 'ana' -> 'ana'"),
        (frame(("ana", "bo"), ("ana", "bo")), "a tie stands there again.*row 2: 'ana' -> 'bo'"),
        (frame(("ana", "dee")), "an end is not among the people.*'ana' -> 'dee'"),
        (frame(("ana", None)), "an end is not among the people"),
        (pd.DataFrame({"source": ["ana"]}), "no column 'target'"),
    ],
)
def test_ties_that_cannot_be_are_told(ties, fault):
    with pytest.raises(GraphContractError, match=fault):
        Layers(PEOPLE, {"advice": ties})


@pytest.mark.parametrize(
    ("index", "fault"),
    [
        (["ana", "ana"], "'ana' stands twice"),
        (["ana", " "], "no text and no whole number"),
        ([1.5, 2.5], "no text and no whole number"),
        (["ana", None], "no text and no whole number"),
    ],
)
def test_people_who_cannot_be_are_told(index, fault):
    with pytest.raises(GraphContractError, match=fault):
        Layers(pd.DataFrame(index=index), {})


def test_an_unknown_layer_is_told_with_those_there_are():
    layers = Layers(PEOPLE, {"advice": frame(), "friendship": frame()})
    for ask in (layers.matrix, layers.to_networkx):
        with pytest.raises(ValueError, match="'cowork'; there is 'advice' and 'friendship'"):
            ask("cowork")


# ------------------------------------------------------------------------------ files

FILES = ("ht_advice", "ht_friends", "ht_reports")


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "krackhardt_hightech"
    folder.mkdir()
    for name in FILES:
        (folder / f"{name}.nodes.csv").write_text("id,age,tenure\n0,33.0,9.5\n1,42.0,20.0\n")
        (folder / f"{name}.edges.csv").write_text("source,target\n0,1\n")
    return tmp_path


def test_files_become_layers(home):
    layers = load_krackhardt(home, verify=False)
    assert repr(layers) == "Layers(people=2, advice=1, friendship=1, reports_to=1)"
    assert layers.people.to_dict("list") == {"age": [33, 42], "tenure": [9.5, 20.0]}
    assert layers.people.index.tolist() == [0, 1]
    with pytest.raises(ArchiveError, match="expected 21 people, 190 advice.*found 2 people, 1 adv"):
        load_krackhardt(home)


@pytest.mark.parametrize(
    ("file", "text", "reason"),
    [
        ("ht_friends.edges.csv", "source,target\n0,7\n", "friendship: an end is not among"),
        ("ht_friends.edges.csv", "source,target\n0,\n", "row 2: there is no target"),
        ("ht_friends.edges.csv", "a,b\n0,1\n", "no column source and target: 'a, b'"),
        ("ht_friends.edges.csv", "", "no table in a CSV file"),
        ("ht_friends.edges.csv", "source,target\n0,1,2\n", "no table in a CSV file"),
        ("ht_friends.edges.csv", 'source,target\n0,"1\n', "no table in a CSV file"),
        ("ht_advice.nodes.csv", "id,age\n0,old\n", "row 2: age is no number: 'old'"),
        ("ht_advice.nodes.csv", "id,age\n0,1\n0,2\n", "stands twice"),
    ],
)
def test_a_spoilt_file_is_told(home, file, text, reason):
    (home / "krackhardt_hightech" / file).write_text(text)
    with pytest.raises(ArchiveError, match=reason):
        load_krackhardt(home, verify=False)


def test_a_file_that_is_not_text_is_told(home):
    path = home / "krackhardt_hightech" / "ht_advice.nodes.csv"
    path.write_bytes(b"\xff\xfe\x00\x81" * 9)
    with pytest.raises(ArchiveError, match=r"ht_advice.nodes.csv"):
        load_krackhardt(home, verify=False)


def test_krackhardt_is_as_published():
    layers = load_krackhardt(published("krackhardt_hightech/ht_advice.edges.csv"))
    assert repr(layers) == "Layers(people=21, advice=190, friendship=102, reports_to=20)"
    assert list(layers.people) == ["age", "tenure", "level", "dept"]
    assert (layers.people["level"] == 1).sum() == 1
    tg.graph.validate_graph(layers.to_networkx("advice"))


def test_lazega_is_as_published():
    layers = load_lazega(published("lazega/law_advice.edges.csv"))
    assert repr(layers) == "Layers(people=71, advice=892, friendship=575, cowork=1104)"
    assert (layers.people["status"] == 1).sum() == 36
    tg.graph.validate_graph(layers.to_networkx("cowork"))
