"""Conversation-days, silence and contact days against plain loops over records."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trustgraph.models import Evidence
from trustgraph.trust import EvidenceTable
from trustgraph.trust.acts import UNDATED, Acts, day_of, last_moment, read_acts
from trustgraph.trust.contact import contact_days, derive_contacts, unanswered_days

from helpers.evidence_strategies import AS_OF, PEOPLE, evidence, network
from helpers.naive_trust import naive_acts, naive_silence

TABLE = EvidenceTable()
TODAY = day_of(AS_OF)
WRITING = ("message_day", "conversation_day", "message_unanswered", "meeting_day", "help_given")


def derived(acts, *, as_of: dt.datetime = AS_OF, table: EvidenceTable = TABLE) -> Acts:
    read = read_acts(network(acts).evidence, pd.Index(PEOPLE), table, as_of=as_of)
    return derive_contacts(read, table, people=len(PEOPLE))


def told(acts: Acts) -> list[tuple]:
    rows = zip(acts.kind, acts.source, acts.target, acts.day, acts.amount, strict=True)
    return sorted(
        (
            TABLE.names[kind],
            PEOPLE[source],
            PEOPLE[target],
            -1 if day == UNDATED else int(TODAY - day),
            float(amount),
        )
        for kind, source, target, day, amount in rows
    )


@settings(max_examples=150, deadline=None)
@given(st.lists(evidence(WRITING), max_size=20), st.sampled_from((0, 30, 61)))
def test_conversations_and_silence_are_those_of_a_plain_loop(acts, days_ago):
    date = AS_OF - dt.timedelta(days=days_ago)
    found = derived(acts, as_of=date)
    naive = [
        (
            act.kind,
            act.source,
            act.target,
            -1 if act.age is None else act.age + days_ago,
            act.amount,
        )
        for act in naive_acts(acts, date)
    ]
    assert told(found) == sorted(naive)
    days = contact_days(found, TABLE, people=len(PEOPLE))
    writer, reader, number = unanswered_days(
        found, days, TABLE, people=len(PEOPLE), before=TODAY - days_ago - 30
    )
    silent = {
        (PEOPLE[w], PEOPLE[r]): int(n) for w, r, n in zip(writer, reader, number, strict=True)
    }
    plain = naive_acts(acts, date)
    expected = {(u, v): naive_silence(plain, u, v) for u in PEOPLE for v in PEOPLE if u != v}
    assert silent == {pair: count for pair, count in expected.items() if count}


def wrote(source: str, target: str, age: int, kind: str = "message_day", **more) -> Evidence:
    at = AS_OF - dt.timedelta(days=age)
    return Evidence(kind=kind, source=source, target=target, at=at, **more)


def kinds_and_ages(acts, **options) -> list[tuple]:
    return [
        (kind, source, target, age)
        for kind, source, target, age, _ in told(derived(acts, **options))
    ]


def test_thirty_days_make_a_conversation_and_thirty_one_do_not():
    near = kinds_and_ages([wrote("ana", "bo", 40), wrote("bo", "ana", 10)])
    assert near == [("conversation_day", "ana", "bo", 10), ("conversation_day", "ana", "bo", 40)]
    far = kinds_and_ages([wrote("ana", "bo", 41), wrote("bo", "ana", 10)])
    assert far == [("message_unanswered", "ana", "bo", 41), ("message_unanswered", "bo", "ana", 10)]


def test_an_answer_after_the_date_is_not_known_yet():
    acts = [wrote("ana", "bo", 40), wrote("bo", "ana", 35)]
    assert kinds_and_ages(acts, as_of=AS_OF - dt.timedelta(days=36)) == [
        ("message_unanswered", "ana", "bo", 40)
    ]


def test_a_stated_conversation_day_is_not_counted_twice():
    acts = [
        wrote("ana", "bo", 5, amount=0.5),
        wrote("bo", "ana", 5, "conversation_day"),
        wrote("ana", "bo", 5, "conversation_day", amount=2),
        wrote("ana", "bo", 5, "message_unanswered"),
    ]
    assert told(derived(acts)) == [("conversation_day", "ana", "bo", 5, 2.0)]


def test_days_of_different_pairs_never_answer_each_other():
    acts = [wrote("ana", "bo", age) for age in range(0, 2000, 100)]
    acts += [wrote("bo", "cy", age) for age in range(0, 2000, 100)]
    acts += [wrote("cy", "ana", age) for age in range(0, 2000, 100)]
    assert {kind for kind, *_ in kinds_and_ages(acts)} == {"message_unanswered"}


def test_the_window_is_a_parameter():
    acts = [wrote("ana", "bo", 40), wrote("bo", "ana", 10)]
    short = TABLE.replace(conversation_window_days=7)
    assert {kind for kind, *_ in kinds_and_ages(acts, table=short)} == {"message_unanswered"}


def test_a_late_answer_ends_the_silence_though_it_makes_no_conversation():
    acts = [wrote("ana", "bo", age) for age in (300, 200, 100, 20)]

    def silence(acts) -> list[int]:
        found = derived(acts)
        days = contact_days(found, TABLE, people=len(PEOPLE))
        before = TODAY - 30
        return unanswered_days(found, days, TABLE, people=3, before=before)[2].tolist()

    assert silence(acts) == [3]  # the message of 20 days ago may still be answered
    assert silence([*acts, wrote("bo", "ana", 150)]) == [1]
    assert silence([*acts, wrote("bo", "ana", 100, "public_reaction")]) == []
    assert silence([*acts, wrote("bo", "ana", 100, "connection")]) == [3]  # no act of contact


def test_contact_days_are_distinct_and_an_answer_outweighs_silence():
    acts = [
        wrote("ana", "bo", 9, "message_unanswered"),
        wrote("ana", "bo", 9, "skill_endorsement"),
        wrote("ana", "bo", 9, "skill_endorsement"),
        wrote("ana", "bo", 8, "message_unanswered"),
        wrote("bo", "ana", 7, "meeting_day"),
        wrote("ana", "bo", 6, "introduction_declined"),
        wrote("ana", "bo", 5, "invitation"),
        wrote("bo", "cy", 9, "help_given"),
    ]
    days = contact_days(derived(acts), TABLE, people=len(PEOPLE))
    rows = zip(days.actor, days.other, TODAY - days.day, days.answered, strict=True)
    assert [(PEOPLE[u], PEOPLE[v], int(age), bool(ok)) for u, v, age, ok in rows] == [
        ("ana", "bo", 9, True),
        ("ana", "bo", 8, False),
        ("ana", "bo", 7, True),
        ("bo", "ana", 7, True),
        ("bo", "cy", 9, True),
    ]


def test_days_are_counted_in_utc_before_and_after_1970():
    moments = pd.to_datetime(
        pd.Series(["1969-12-31T23:59:59Z", "1970-01-01T00:00:00Z", None, "2026-11-23T00:30+02:00"]),
        utc=True,
        format="ISO8601",
    )
    frame = pd.DataFrame({"kind": "connection", "source": "ana", "target": "bo", "at": moments})
    read = read_acts(network(frame).evidence, pd.Index(PEOPLE), TABLE)
    assert read.day.tolist() == [-1, 0, UNDATED, TODAY - 1]
    assert day_of(dt.datetime(1969, 12, 31, 23, tzinfo=dt.UTC)) == -1


@pytest.mark.parametrize("hour", [0, 1])
def test_midnight_stands_for_its_day(hour):
    moment = dt.datetime(2026, 1, 1, hour, tzinfo=dt.UTC)
    assert (last_moment(moment) == moment) == (hour != 0)
    assert last_moment(moment).date() == moment.date()


def test_no_acts_give_no_days():
    found = derived([])
    days = contact_days(found, TABLE, people=0)
    assert len(found) == len(days.day) == 0
    assert all(not len(part) for part in unanswered_days(found, days, TABLE, people=0, before=0))
    assert np.isin(found.kind, ()).tolist() == []
