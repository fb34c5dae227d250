"""Many transfers at once are those of each pair alone, in whatever order they are asked for."""

import networkx as nx
import numpy as np
import pytest

import trustgraph as tg
from trustgraph.datasets.office import load_office
from trustgraph.errors import UnknownPersonError
from trustgraph.graph.build import build_graph
from trustgraph.graph.index import TrustIndex
from trustgraph.models.ask import Ask, Organisation, Prospect
from trustgraph.reputation.many import TYPES, reputation_transfers
from trustgraph.reputation.transfer import reputation_transfer

from helpers.transfer_cases import random_graph


@pytest.mark.parametrize("sampled", [False, True])
def test_each_row_is_the_transfer_of_the_pair(sampled, monkeypatch):
    if sampled:
        monkeypatch.setattr("trustgraph.engine.reliability_exact.MOST_PATHS", 0)
    G = random_graph(np.random.default_rng(3))
    people = sorted(G)
    frame = reputation_transfers(G, people, people, samples=256, seed=5)
    assert len(frame) == len(people) ** 2
    for row in frame[frame["seeker"] != frame["target"]].itertuples():
        moved = reputation_transfer(G, row.seeker, row.target, samples=256, seed=5)
        assert (row.total, row.direct, row.standard_error) == (
            *(moved.total, moved.direct, moved.standard_error),
        )
        assert (row.exact, row.carriers, row.reason) == (moved.exact, len(moved), moved.reason)
        if moved.carriers:
            assert (row.top, row.top_shapley) == (moved[0].person, moved[0].shapley)
        else:
            assert row.top is None
            assert np.isnan(row.top_shapley)
    assert (frame["total"] > frame["direct"]).any()


def test_the_order_of_people_decides_the_order_of_rows_alone():
    G = random_graph(np.random.default_rng(4))
    people = sorted(G)
    one = reputation_transfers(G, people, people, samples=64)
    other = reputation_transfers(TrustIndex.from_graph(G), people[::-1], people[::-1], samples=64)
    assert other["seeker"].tolist()[0] == people[-1]
    keys = ["seeker", "target"]
    assert one.set_index(keys).sort_index().equals(other.set_index(keys).sort_index())


def test_the_frame_has_its_columns_also_when_it_is_empty():
    G = nx.DiGraph([("bo", "ana", {"trust": 0.8})])
    for frame in (
        reputation_transfers(G, "ana", "bo"),
        reputation_transfers(G, [], ["bo"]),
        reputation_transfers(G, "ana", "ana"),
        reputation_transfers(G, "ana", []),
    ):
        assert {name: str(kind) for name, kind in frame.dtypes.items()} == TYPES
    assert len(reputation_transfers(G, ["ana", "ana"], ["bo", "bo"])) == 1


def test_a_seeker_who_is_the_target_has_a_row_that_says_so():
    G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("ana", "bo", {"trust": 0.5})])
    people = ["ana", tg.Person(id="bo", name="Bo")]
    frame = reputation_transfers(G, people, people)
    assert frame[["seeker", "target"]].values.tolist() == [
        ["ana", "ana"],
        ["ana", "bo"],
        ["bo", "ana"],
        ["bo", "bo"],
    ]
    assert frame["reason"].tolist() == ["same_person", "", "", "same_person"]
    same = frame[frame["reason"] == "same_person"]
    chances = ["total", "direct", "standard_error", "top_shapley"]
    assert same[chances].isna().all(axis=None)
    assert same["carriers"].tolist() == [0, 0]
    assert same["top"].tolist() == [None, None]


def test_organisations_and_prospects_are_targets_by_name():
    G = build_graph(load_office())
    seeker = min(G)
    held = [one for _, one in G.nodes(data="organisation") if one]
    goal = Organisation(held[-1], role="buyer")
    stranger = Prospect("Zed Zuckerman", organisation=held[-1])
    frame = reputation_transfers(G, seeker, [goal, stranger, max(G)])
    assert frame["target"].tolist() == [f"{held[-1]} (buyer)", "Zed Zuckerman", max(G)]


def test_ints_are_ids_and_progress_changes_nothing(capsys):
    G = nx.DiGraph([(2, 1, {"trust": 0.8}), (3, 2, {"trust": 0.5})])
    frame = reputation_transfers(G, 1, [2, 3])
    assert frame["top"].tolist() == [None, 2]
    assert capsys.readouterr().err == ""
    assert reputation_transfers(G, 1, [2, 3], progress=True).equals(frame)
    assert "Transfer" in capsys.readouterr().err


def test_what_cannot_be_asked_is_refused_in_words():
    G = nx.DiGraph([("bo", "ana", {"trust": 0.8})])
    with pytest.raises(UnknownPersonError, match="xan, yve"):
        reputation_transfers(G, ["ana", "xan"], ["bo", "yve"])
    with pytest.raises(TypeError, match="an Ask is one question"):
        reputation_transfers(G, Ask(seeker="ana", target="bo"), "bo")
    with pytest.raises(TypeError, match="a seeker is a person"):
        reputation_transfers(G, Organisation("Acme"), "bo")
    with pytest.raises(ValueError, match="samples is 0"):
        reputation_transfers(G, "ana", "bo", samples=0)
