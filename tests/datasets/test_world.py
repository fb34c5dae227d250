import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trustgraph.datasets import make_world


def ties(net):
    table = net.evidence
    return table[table["kind"] == "connection"]


@settings(max_examples=40, deadline=None)
@given(
    people=st.integers(2, 80),
    seed=st.integers(0, 2**32 - 1),
    mean_degree=st.floats(0.5, 20),
    mixing=st.floats(0, 1),
    data=st.data(),
)
def test_worlds_of_any_size_are_joined_and_older_than_their_date(
    people, seed, mean_degree, mixing, data
):
    communities = data.draw(st.integers(1, people))
    net = make_world(
        people, seed=seed, communities=communities, mean_degree=mean_degree, mixing=mixing
    )
    assert len(net.people) == people
    known = ties(net)
    pairs = [frozenset(pair) for pair in zip(known["source"], known["target"], strict=True)]
    assert len(set(pairs)) == len(pairs)
    G: nx.Graph[str] = nx.Graph()
    G.add_edges_from(map(tuple, pairs))
    assert len(G) == people
    assert nx.is_connected(G)
    assert net.evidence["at"].max() < net.as_of
    acted = {frozenset(p) for p in zip(net.evidence["source"], net.evidence["target"], strict=True)}
    assert acted == set(pairs)


def test_the_same_seed_gives_the_same_world():
    assert make_world(120, seed=4) == make_world(120, seed=4)
    assert make_world(120, seed=4) == make_world(120, seed=np.random.default_rng(4))
    assert make_world(120, seed=4) != make_world(120, seed=5)


def test_a_pair_writes_once_a_day():
    table = make_world(200, seed=1).evidence
    days = table[table["kind"] == "message_day"]
    assert not days.duplicated(["source", "target", "at"]).any()


def test_degrees_have_the_mean_that_was_asked_for_and_a_long_tail():
    known = ties(make_world(2_000, seed=2, mean_degree=8))
    degree = pd.concat([known["source"].astype(str), known["target"].astype(str)]).value_counts()
    # 2,000 people with 8 ties each share 8,000 ties.
    assert len(known) == 8_000
    assert degree.max() > 5 * degree.mean()
    assert degree.min() >= 1


def test_communities_hold_most_ties_and_mixing_opens_them():
    def inside(mixing):
        net = make_world(1_000, seed=3, communities=10, mixing=mixing)
        known, work = ties(net), net.people["organisation"]
        one = work.reindex(known["source"].astype(str)).to_numpy()
        other = work.reindex(known["target"].astype(str)).to_numpy()
        return float((one == other).mean())

    assert inside(0.0) > inside(1.0) + 0.2


def test_all_kinds_occur_in_a_large_world():
    kinds = set(make_world(2_000, seed=5).evidence["kind"])
    assert kinds == {
        "connection",
        "endorsement_failed",
        "help_given",
        "introduction_declined",
        "introduction_made",
        "meeting_day",
        "message_day",
        "project",
        "recommendation",
        "same_team_year",
        "skill_endorsement",
    }


def test_positions_follow_each_other():
    net = make_world(50, seed=6)
    assert len(net.positions) == 100
    assert (net.positions["finished"].isna()).sum() == 50
    assert net.positions["started"].max() < net.as_of


@pytest.mark.parametrize(
    ("people", "wrong"),
    [
        (1, {}),
        (5, {"communities": 0}),
        (5, {"communities": 6}),
        (5, {"mean_degree": 0}),
        (5, {"mixing": 1.5}),
    ],
)
def test_numbers_out_of_range_are_refused(people, wrong):
    with pytest.raises(ValueError, match=r"world needs|must be positive"):
        make_world(people, **wrong)
