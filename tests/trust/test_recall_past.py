"""Closed windows of the past: what was known when they began, and what came."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trustgraph.models import Evidence, Network
from trustgraph.trust.recall_past import DAY, TODAY, ContactRecord, as_record, closed_windows

from helpers.evidence_strategies import AS_OF, evidence, network

T0 = 1_000_000_000


def contacts(*rows: tuple[str, str, float]) -> pd.DataFrame:
    """Contacts at days after the first."""
    frame = pd.DataFrame(rows, columns=["source", "target", "time"])
    return frame.assign(time=T0 + frame["time"] * DAY)


def told(window, names) -> dict:
    pairs = window.pairs
    return {
        (names[u], names[v]): bool(again)
        for u, v, again in zip(pairs.source, pairs.target, window.again, strict=True)
    }


def test_a_window_by_hand():
    frame = contacts(
        ("a", "b", 0), ("a", "b", 0.5), ("b", "c", 1.5), ("a", "b", 3), ("c", "b", 4),
        ("a", "d", 3.5), ("b", "a", 4.999), ("b", "a", 5),
    )  # fmt: skip
    record = ContactRecord.from_frame(frame.sample(frac=1, random_state=1))
    # Numbers go by the first row in which somebody stands; told by their contacts here.
    window = record.window(T0 + 2 * DAY, 3)
    names = {int(record.source[0]): "a", int(record.target[0]): "b"}
    names[int(record.target[2])] = "c"
    assert told(window, names) == {
        ("a", "b"): True,
        ("b", "a"): True,  # at 4.999, in [2, 5)
        ("b", "c"): False,
        ("c", "b"): True,
    }
    # Two contacts of a with b on what is two days ago at 2: one day.
    days = [
        (names[int(u)], names[int(v)], int(TODAY - day))
        for u, v, day in zip(window.days.actor, window.days.other, window.days.day, strict=True)
    ]
    assert sorted(days) == [("a", "b", 1), ("b", "c", 0)]
    assert window.days.answered.all()


def test_ages_are_whole_days_back_from_the_window():
    record = ContactRecord.from_frame(contacts(("a", "b", 0), ("b", "a", 0.25), ("a", "b", 7)))
    for at, ages in ((1.0, [0, 0]), (1.25, [1, 0]), (7.0, [6, 6]), (7.5, [7, 0, 7])):
        days = record.days(T0 + at * DAY)
        assert (TODAY - days.day).tolist() == ages


def test_windows_lie_back_to_back_and_something_lies_before_them():
    frame = contacts(("a", "b", 0), ("a", "b", 40))
    record = ContactRecord.from_frame(frame)
    end = T0 + 40 * DAY
    found = closed_windows(frame, record, horizon_days=10, number=9, as_of=end)
    # At 30, 20, 10; the one at 0 has nothing before it. The contact at 40 is not over by then.
    assert len(found) == 3
    assert [window.again.any() for window in found] == [False] * 3
    usual = closed_windows(frame, record, horizon_days=10, number=1, as_of=None)
    assert usual[0].again.sum() == 1
    dated = closed_windows(frame, record, horizon_days=10, number=1, as_of="2001-10-19")
    assert dated[0].again.sum() == 1  # 40 days later is 2001-10-19; the whole day belongs to it
    before = closed_windows(frame, record, horizon_days=10, number=1, as_of="2001-10-18")
    assert before[0].again.sum() == 0


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (pd.DataFrame({"source": ["a"], "target": ["b"]}), "no column 'time'"),
        (contacts(), "no contact"),
        (contacts(("a", "b", 0), ("a", "a", 1)), "row 2: target 'a' is a contact with oneself"),
        (contacts(("a", "b", 0), ("a", "b", np.nan)), "row 2: time 'nan' is no time"),
        (contacts(("a", "b", 0), (None, "b", 1)), "row 2: source"),
        (contacts(("a", "b", 0)).assign(time="lunch"), "row 1: time 'lunch' is no time"),
    ],
)
def test_a_table_that_cannot_be_used_is_told_why(frame, words):
    with pytest.raises(ValueError, match=words):
        as_record(frame)


def test_what_is_no_past_is_told():
    with pytest.raises(TypeError, match="not from int"):
        as_record(7)
    with pytest.raises(ValueError, match="no dated contact"):
        as_record(Network.from_records([{"id": "ana", "name": "Ana"}]))
    record = as_record(contacts(("a", "b", 0), ("a", "b", 3)))
    assert as_record(record) is record
    for number in (0, 1.5, -1):
        with pytest.raises(ValueError, match="windows is"):
            closed_windows(record, record, horizon_days=1, number=number, as_of=None)
    with pytest.raises(ValueError, match="as_of is nan"):
        closed_windows(record, record, horizon_days=1, number=1, as_of=float("nan"))
    with pytest.raises(ValueError, match=r"3\.0 days of contact.*needs 6"):
        closed_windows(record, record, horizon_days=4, number=1, as_of=None)


@settings(max_examples=60, deadline=None)
@given(st.lists(evidence(), min_size=1, max_size=14), st.sampled_from((7, 30, 100)))
def test_the_windows_of_a_network_are_those_of_a_plain_loop(acts, horizon):
    net = network(acts)
    try:
        record = as_record(net)
        windows = closed_windows(net, record, horizon_days=horizon, number=2, as_of=None)
    except ValueError:
        return
    contact = {
        "message_day", "conversation_day", "message_unanswered", "meeting_day", "project",
        "skill_endorsement", "recommendation", "help_given", "introduction_made",
        "public_reaction",
    }  # fmt: skip
    both = {"conversation_day", "meeting_day", "project"}
    for place, window in enumerate(windows, start=1):
        again = set()
        for act in acts:
            if act.at is None or act.kind not in contact:
                continue
            age = (AS_OF.date() - act.at.date()).days
            if (place - 1) * horizon <= age < place * horizon:
                again.add((act.source, act.target))
                if act.kind in both:
                    again.add((act.target, act.source))
        ids = net.people.index
        found = told(window, dict(enumerate(ids)))
        assert {pair for pair, came in found.items() if came} == again & set(found)
        assert (window.days.day < 0).all()


def test_an_answer_is_not_known_before_it_came():
    def wrote(source: str, target: str, age: int) -> Evidence:
        at = AS_OF - pd.Timedelta(days=age)
        return Evidence(kind="message_day", source=source, target=target, at=at)

    net = network([wrote("ana", "bo", 60), wrote("bo", "ana", 40), wrote("bo", "cy", 99)])
    record = as_record(net)
    early, late = (
        closed_windows(net, record, horizon_days=days, number=1, as_of=None)[0] for days in (45, 30)
    )
    assert not early.days.answered.any()
    known = zip(late.days.actor, late.days.other, late.days.answered, strict=True)
    ids = net.people.index
    assert {(ids[u], ids[v], bool(answered)) for u, v, answered in known} == {
        ("ana", "bo", True), ("bo", "ana", True), ("bo", "cy", False)
    }  # fmt: skip


@pytest.mark.parametrize(
    ("time", "words"),
    [
        (pd.to_datetime(["2026-01-01", "2026-01-02"]), "time holds dates"),
        ([1.7e12, 1.8e12], "rather one in milliseconds"),
    ],
)
def test_times_that_are_no_seconds_are_refused(time, words):
    frame = pd.DataFrame({"source": ["a", "b"], "target": ["b", "a"], "time": time})
    with pytest.raises(ValueError, match=words):
        ContactRecord.from_frame(frame)
