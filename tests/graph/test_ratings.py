"""Ratings as arrays: what goes in comes out, and what is wrong is named."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import trustgraph as tg
from trustgraph.graph.ratings import Ratings, usual_scale


def frame(*rows: tuple[object, ...]) -> pd.DataFrame:
    names = ["source", "target", "rating", "time"]
    return pd.DataFrame(rows, columns=names[: len(rows[0])])


TOLD = frame(("cy", "ana", 8, 30.0), ("bo", "ana", -10, 10.0), ("ana", "bo", 2, 20.0))


def test_a_frame_comes_back_as_it_was_told():
    ratings = Ratings.from_frame(TOLD)
    assert (ratings.n, ratings.m, ratings.scale, ratings.signed) == (3, 3, 10.0, True)
    assert ratings.labels == ["ana", "bo", "cy"]
    assert ratings.rating.tolist() == [0.8, -1.0, 0.2]
    again = ratings.to_frame()
    assert again[["source", "target"]].equals(
        TOLD[["source", "target"]].astype(again["source"].dtype)
    )
    assert again["rating"].tolist() == [8.0, -10.0, 2.0]
    assert again["time"].tolist() == [pd.Timestamp(s, unit="s", tz="UTC") for s in (30, 10, 20)]
    assert Ratings.from_frame(again).time.tolist() == [30.0, 10.0, 20.0]


def test_the_answer_to_each_rating_is_found():
    assert Ratings.from_frame(TOLD).reciprocal.tolist() == [-1, 2, 1]
    assert Ratings.from_frame(TOLD[:0]).reciprocal.tolist() == []


def test_some_of_the_ratings_keep_everybody():
    some = Ratings.from_frame(TOLD).take(np.array([2]))
    assert (some.n, some.m, some.time.tolist()) == (3, 1, [20.0])
    assert Ratings.from_frame(TOLD.drop(columns="time")).take(slice(1)).time is None


@pytest.mark.parametrize("names", ["text", "numbers in a row", "other numbers"])
def test_as_an_index_the_ratings_lead_from_who_rates_to_who_is_rated(names):
    relabel = {
        "text": lambda name: name,
        "numbers in a row": {"ana": 0, "bo": 1, "cy": 2}.get,
        "other numbers": {"ana": 5, "bo": 70, "cy": 900}.get,
    }[names]
    told = TOLD.assign(source=TOLD["source"].map(relabel), target=TOLD["target"].map(relabel))
    index = Ratings.from_frame(told).take(np.array([0, 1])).index()
    assert list(index.labels) == [relabel(name) for name in ("ana", "bo", "cy")]
    G = index.to_networkx()
    assert G.edges[relabel("cy"), relabel("ana")]["trust"] == 0.8
    assert G.edges[relabel("bo"), relabel("ana")]["trust"] == 0.0
    assert G.edges[relabel("bo"), relabel("ana")]["rating"] == -1.0


def test_a_graph_its_index_and_a_saved_index_hold_the_same_ratings(tmp_path):
    index = Ratings.from_frame(TOLD).index()
    index.save(tmp_path / "ratings.trust")
    forms = [index, index.to_networkx(), tg.TrustIndex.load(tmp_path / "ratings.trust")]
    expected = {("cy", "ana", 0.8, 30.0), ("bo", "ana", -1.0, 10.0), ("ana", "bo", 0.2, 20.0)}
    for form in forms:
        found = Ratings.from_graph(form)
        ends = zip(found.source, found.target, found.rating, found.time, strict=True)
        told = {(found.labels[u], found.labels[v], float(r), float(t)) for u, v, r, t in ends}
        assert told == expected


def test_without_a_rating_trust_is_the_rating():
    G = nx.DiGraph([("bo", "ana", {"trust": 0.8})])
    G.add_edge("cy", "ana", trust=0.0, rating=-0.5)
    found = Ratings.from_graph(G)
    assert found.rating.tolist() == [0.8, -0.5]
    assert found.time is None


@pytest.mark.parametrize(
    ("told", "says"),
    [
        (frame(("a", "b")), "no column 'rating'"),
        (frame(("a", "b", "good")), "row 1: 'good'"),
        (frame(("a", "b", np.inf)), "no numbers"),
        (frame(("a", "a", 1)), "row 1: 'a'"),
        (frame(("a", "b", 1), ("a", "b", 2)), "row 1: 'a' of 'b'"),
        (frame((None, "b", 1)), "source is missing"),
        (frame(("a", "b", 1, "noon")), "row 1: 'noon'"),
    ],
)
def test_what_is_wrong_is_named(told, says):
    with pytest.raises(tg.errors.GraphContractError, match=says):
        Ratings.from_frame(told)


def test_a_scale_must_have_room_for_all():
    with pytest.raises(tg.errors.GraphContractError, match="largest rating is 10"):
        Ratings.from_frame(TOLD, scale=5)
    assert Ratings.from_frame(TOLD, scale=20).rating.min() == -0.5


@given(st.lists(st.floats(-1e6, 1e6), max_size=5))
def test_the_usual_scale_is_the_smallest_with_room(ratings):
    scale = usual_scale(np.array(ratings))
    largest = max(map(abs, ratings), default=0.0)
    assert largest <= scale
    assert scale == largest or not any(largest <= one < scale for one in (1, 5, 10, 100))


def test_no_person_is_shown():
    assert repr(Ratings.from_frame(TOLD)) == "Ratings(people=3, ratings=3)"
