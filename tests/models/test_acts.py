"""An act counts once, however many archives tell it."""

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

import trustgraph as tg
from trustgraph.models.acts import acts_once, mapped_origins, told_once
from trustgraph.models.conflicts import other_facts
from trustgraph.models.evidence import join_origins, split_origins

DAYS = {1: pd.Timestamp("2026-01-01", tz="UTC"), 2: pd.Timestamp("2026-01-02", tz="UTC")}


def frame(rows):
    columns = ["kind", "source", "target", "at", "amount", "origin", "told"]
    made = pd.DataFrame(rows, columns=columns)
    made["at"] = pd.to_datetime(made["at"].map(DAYS), utc=True)
    return made


def listed(acts):
    days = {moment: day for day, moment in DAYS.items()}
    rows = acts.astype(dict.fromkeys(("kind", "source", "target", "origin"), "str"))
    rows["at"] = pd.Series([days.get(moment, 0) for moment in acts["at"]], dtype="int64")
    return list(rows.itertuples(index=False, name=None))


def naive(rows):
    """Count alike acts source by source; the most that one tells are all there are."""
    found = {}
    for told in sorted({row[-1] for row in rows}):
        seen = {}
        mine = [row for row in rows if row[-1] == told and row[1] != row[2]]
        for kind, source, target, at, amount, origin, _ in sorted(mine, key=lambda r: -r[4]):
            tie = kind == "connection"
            key = (kind, *sorted((source, target)), None) if tie else (kind, source, target, at)
            seen[key] = 0 if tie else seen.get(key, -1) + 1
            acts = found.setdefault((*key, seen[key]), {"amount": 0, "origins": set()})
            acts["amount"] = max(acts["amount"], amount)
            acts["origins"] |= set(origin.split("\n")) - {""}
    return sorted(
        (key[0], act["amount"], "\n".join(sorted(act["origins"]))) for key, act in found.items()
    )


ROW = st.tuples(
    st.sampled_from(["connection", "project"]),
    st.sampled_from("ab"),
    st.sampled_from("abc"),
    st.sampled_from([None, 1, 2]),
    st.sampled_from([1.0, 2.0]),
    st.sampled_from(["", "a", "b", "a\nb"]),
    st.sampled_from([0, 1]),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(ROW, max_size=8), st.randoms(use_true_random=False))
def test_acts_are_those_that_a_slow_count_finds_in_whatever_order(rows, random):
    once = listed(acts_once(frame(rows)))
    assert sorted((kind, amount, origin) for kind, _, _, _, amount, origin in once) == naive(rows)
    shuffled = rows[:]
    random.shuffle(shuffled)
    assert listed(acts_once(frame(shuffled))) == once


def test_a_tie_has_the_earliest_of_its_dates():
    rows = [
        ("connection", "a", "b", None, 1.0, "a", 0),
        ("connection", "b", "a", 2, 1.0, "b", 1),
        ("connection", "a", "b", 1, 1.0, "c", 2),
    ]
    assert listed(acts_once(frame(rows))) == [("connection", "a", "b", 1, 1.0, "a\nb\nc")]


def test_records_that_differ_in_nothing_but_who_tells_them_are_one():
    rows = pd.DataFrame({"text": ["x", "y", "x"], "origin": ["b", "a", "a"]}, dtype="str")
    assert told_once(rows).to_numpy().tolist() == [["x", "a\nb"], ["y", "a"]]


def test_what_differs_only_in_how_it_is_written_is_no_other_fact():
    people = pd.DataFrame(
        {"name": ["Bo Ek"], "organisation": ["Acme"], "position": ["Head"], "location": ["Oslo"]},
        index=pd.Index(["bo"], name="id"),
        dtype="str",
    )
    said = pd.DataFrame(
        [
            ["bo", "BO EK", "ACME GmbH", "head", "OSLO"],
            ["bo", "", "", "", ""],
            ["bo", "bo", "Acme", "Clerk", "Bergen"],
        ],
        columns=["id", "name", "organisation", "position", "location"],
        dtype="str",
    ).assign(at=DAYS[1], origin="ana")
    facts = other_facts(said, people)
    assert facts[["kind", "text", "organisation"]].to_numpy().tolist() == [
        ["location", "Bergen", ""],
        ["work", "Clerk", "Acme"],
    ]


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
