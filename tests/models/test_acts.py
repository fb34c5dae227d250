"""Each act once, against plain Python."""

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

import trustgraph as tg
from trustgraph.models.acts import acts_once, mapped_origins
from trustgraph.models.evidence import join_origins, split_origins

from helpers.strategies import evidence

OWNERS = ("ana", "bo", "cy")


def told(rows):
    return tg.Network.from_records(evidence=rows).evidence


def by_hand(rows):
    """Return act -> (amount, owners), and the earliest date of each connection."""
    acts, ties = {}, {}
    for row in rows:
        pair = (row["source"], row["target"])
        if row["kind"] == "connection":
            key = ("connection", tuple(sorted(pair)), None)
            ties[key] = min(ties.get(key, row["at"]), row["at"])
        else:
            key = (row["kind"], pair, row["at"])
        amount, owners = acts.get(key, (0.0, set()))
        acts[key] = (max(amount, row["amount"]), owners | {row["origin"]} - {""})
    return acts, ties


@settings(max_examples=100, deadline=None)
@given(st.data(), evidence(("connection", "message_day", "skill_endorsement")))
def test_acts_are_counted_once_as_by_hand(data, rows):
    for row in rows:
        row["origin"] = data.draw(st.sampled_from(("", *OWNERS)))
        row["at"] = pd.Timestamp(row["at"]).floor("365D")  # so that many are the same
    acts, ties = by_hand(rows)
    once = acts_once(told(rows))
    found = {}
    for row in once.to_dict("records"):
        pair = (row["source"], row["target"])
        is_tie = row["kind"] == "connection"
        key = (row["kind"], tuple(sorted(pair)) if is_tie else pair, None if is_tie else row["at"])
        assert key not in found
        found[key] = (row["amount"], set(split_origins(row["origin"])))
        if is_tie:
            assert row["at"] == ties[key]
    assert found == acts


def test_an_act_without_date_counts_once_too():
    rows = [
        {"kind": "project", "source": "ana", "target": "bo", "amount": amount} for amount in (1, 3)
    ]
    assert acts_once(told(rows))["amount"].tolist() == [3.0]


def test_owners_stand_one_a_line_each_once():
    assert join_origins(["bo", "ana", "bo", ""]) == "ana\nbo"
    assert split_origins("ana\nbo") == ("ana", "bo")
    assert split_origins("") == ()
    act = tg.Evidence(kind="connection", source="ana", target="bo", origin="ana\nbo")
    assert act.origins == ("ana", "bo")


def test_origins_follow_their_owners():
    column = pd.Series(["ana\nbo", "", "bo"])
    assert mapped_origins(column, {"bo": "ana"}).tolist() == ["ana", "", "ana"]
    assert mapped_origins(column[:0], {}).tolist() == []
