import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

import trustgraph as tg
from trustgraph.models import OUTCOME_EVENTS

ASKED = dt.date(2026, 3, 2)
LATER = dt.date(2026, 3, 9)
EXCLUSIVE = [
    *((one, other) for one in ("declined", "silent") for other in ("passed", "endorsed")),
    ("declined", "forwarded"),
    ("silent", "forwarded"),
    ("declined", "silent"),
    ("endorsed", "forwarded"),
]


def outcome(**days):
    return tg.Outcome(introducer="bo", target="cy", asked=ASKED, **days)


@pytest.mark.parametrize("state", ["passed", "endorsed", "forwarded", "declined", "silent"])
def test_the_state_is_what_the_introducer_did(state):
    assert outcome(**{state: LATER}).state == state


def test_an_ask_of_which_nothing_is_heard_is_open():
    assert outcome().state == "open"
    assert outcome(met=LATER).state == "open"  # met without their help


@pytest.mark.parametrize("way", ["endorsed", "forwarded"])
def test_who_endorses_or_forwards_passes_on(way):
    assert outcome(**{way: LATER}).passed == LATER
    earlier = dt.date(2026, 3, 5)
    assert outcome(**{way: LATER, "passed": earlier}).passed == earlier


@pytest.mark.parametrize(("one", "other"), EXCLUSIVE)
def test_what_excludes_each_other_is_refused(one, other):
    with pytest.raises(ValidationError, match=f"both {one} and {other}: .* clear the other day"):
        outcome(**{one: LATER, other: LATER})


@pytest.mark.parametrize("event", OUTCOME_EVENTS)
def test_nothing_happens_before_the_ask(event):
    with pytest.raises(ValidationError, match=f"{event} on 2026-03-01, before it was asked"):
        outcome(**{event: dt.date(2026, 3, 1)})
    assert getattr(outcome(**{event: ASKED}), event) == ASKED


@pytest.mark.parametrize(("event", "reached"), [("met", True), ("hired", True), ("passed", False)])
def test_the_target_is_reached_when_they_meet(event, reached):
    assert outcome(**{event: LATER}).reached is reached


def test_people_may_be_whole_numbers():
    told = tg.Outcome(introducer=1, target=np.int64(2), asked=ASKED, seeker=3)
    assert (told.introducer, told.target, told.seeker) == ("1", "2", "3")
    with pytest.raises(ValidationError, match="introducer"):
        tg.Outcome(introducer=1.5, target="cy", asked=ASKED)


@given(
    st.dictionaries(st.sampled_from(OUTCOME_EVENTS), st.dates(ASKED, dt.date(2027, 1, 1))),
)
def test_an_outcome_that_is_possible_comes_back_from_json(days):
    try:
        told = outcome(**days)
    except ValidationError:
        return
    assert tg.Outcome.model_validate_json(told.model_dump_json()) == told


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (dt.datetime(2026, 3, 2, 23, 30, tzinfo=dt.timezone(-dt.timedelta(hours=5))), 3),
        (pd.Timestamp("2026-03-02 10:00", tz="UTC"), 2),
        (pd.Timestamp("2026-03-02 10:00"), 2),
    ],
)
def test_of_a_moment_the_utc_day_is_kept(moment, day):
    found = tg.Outcome(introducer="bo", target="cy", asked=moment, declined=pd.NaT)
    assert (found.asked, found.declined) == (dt.date(2026, 3, day), None)
