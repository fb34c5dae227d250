"""A list of asks: added to and written to, never changed in place."""

import datetime as dt
import json

import numpy as np
import pandas as pd
import pytest
from pydantic import ValidationError

import trustgraph as tg
from trustgraph.models import OUTCOME_COLUMNS, Outcomes


def ask(introducer="bo", target="cy", asked="2026-03-02", **fields):
    return tg.Outcome(introducer=introducer, target=target, asked=asked, **fields)


ASKS = Outcomes(
    items=(
        ask(),
        ask(introducer="di", endorsed="2026-03-05", met="2026-03-20"),
        ask(introducer="eve", target="fay", silent="2026-04-01"),
    )
)


def test_a_list_is_a_sequence_of_its_asks():
    assert len(ASKS) == 3
    assert [one.introducer for one in ASKS] == ["bo", "di", "eve"]
    assert ASKS[-1].state == "silent"
    assert Outcomes().items == ()


def test_an_ask_is_added_at_the_end_and_only_once():
    longer = ASKS.with_outcome(ask(asked="2026-03-03"))
    assert (len(longer), len(ASKS), longer[-1].asked.day) == (4, 3, 3)
    with pytest.raises(ValueError, match=r"'bo' for 'cy' on 2026-03-02 is on the list already"):
        ASKS.with_outcome(ask(note="again"))
    assert len(ASKS.with_outcome(ask(seeker="ana"))) == 4
    with pytest.raises(ValidationError, match="stands there twice"):
        Outcomes(items=(ask(), ask(note="again")))


def test_what_became_of_an_ask_is_recorded_in_a_new_list():
    told = ASKS.recorded("bo", "cy", endorsed=dt.date(2026, 3, 9), note="at once")
    assert (told[0].state, told[0].note, told[0].passed) == (
        "endorsed",
        "at once",
        dt.date(2026, 3, 9),
    )
    assert told.items[1:] == ASKS.items[1:]
    assert ASKS[0].state == "open"


def test_an_answer_after_silence_replaces_it():
    with pytest.raises(ValidationError, match="both silent and endorsed"):
        ASKS.recorded("eve", "fay", endorsed="2026-05-01")
    told = ASKS.recorded("eve", "fay", silent=None, endorsed="2026-05-01")
    assert told[2].state == "endorsed"


def test_an_answer_goes_to_the_ask_that_is_open():
    asks = ASKS.with_outcome(ask(introducer="eve", target="fay", asked="2026-06-01"))
    assert asks.recorded("eve", "fay", declined="2026-06-03")[3].state == "declined"
    with pytest.raises(ValueError, match=r"2 asks .* \(2026-03-02, 2026-06-01\); .* asked="):
        asks.recorded("eve", "fay", met="2026-06-03")
    assert asks.recorded("eve", "fay", asked="2026-06-01", met="2026-06-03")[3].reached
    both = asks.with_outcome(ask(seeker="ana"))
    with pytest.raises(ValueError, match="asked= and seeker="):
        both.recorded("bo", "cy", declined="2026-06-03")
    assert both.recorded("bo", "cy", seeker="ana", declined="2026-06-03")[4].state == "declined"


def test_people_by_whole_number_are_taken_as_text():
    asks = Outcomes(items=(ask(introducer=np.int64(3), target=4, seeker=1),))
    assert (asks[0].introducer, asks[0].target, asks[0].seeker) == ("3", "4", "1")
    assert asks.recorded(3, 4, declined="2026-03-09")[0].state == "declined"


@pytest.mark.parametrize(
    ("error", "message", "arguments", "changes"),
    [
        (ValueError, "no ask of 'bo' for 'fay' is on the list; add it", ("bo", "fay"), {"met": 1}),
        (TypeError, "asker cannot be recorded; give passed, ", ("bo", "cy"), {"asker": "ana"}),
        (TypeError, "nothing to record; give passed, ", ("bo", "cy"), {}),
        (ValueError, "met on 2026-01-01, before it was", ("bo", "cy"), {"met": "2026-01-01"}),
    ],
)
def test_what_cannot_be_recorded_is_refused(error, message, arguments, changes):
    with pytest.raises(error, match=message):
        ASKS.recorded(*arguments, **changes)


@pytest.mark.parametrize("asks", [ASKS, Outcomes()], ids=["some", "none"])
def test_the_frame_has_the_columns_of_the_file(asks):
    frame = asks.to_frame()
    assert list(frame) == [*OUTCOME_COLUMNS, "state"]
    assert frame["clarity"].dtype == np.float64
    for name in ("asked", "met", "hired"):
        assert frame[name].dtype == pd.DatetimeTZDtype("us", "UTC")
    assert {str(frame[name].dtype) for name in ("introducer", "note", "state")} == {"str"}
    assert frame["asked"].notna().all()
    assert frame["hired"].isna().all()


def test_it_is_told_how_the_asks_stand():
    assert ASKS.explain().splitlines() == [
        "3 asks: 1 still open, 1 left without an answer, 1 endorsed. 1 target reached.",
        "Open: bo for cy, asked on 2026-03-02.",
    ]
    assert Outcomes().explain() == "No ask has been written down yet."


def test_names_are_shown_escaped_and_in_one_line():
    asks = Outcomes(items=(ask(introducer="<b>\u202eo\n"),))
    assert "<b>o  for cy" in asks.explain()
    assert "<b>" not in asks._repr_html_()
    assert "&lt;b&gt;o" in asks._repr_html_()


def test_a_list_comes_back_from_its_dictionary():
    told = ("asks.csv", 3, "error", "not used: x", "", "")
    full = Outcomes(
        items=ASKS.items, extra_columns=("phone",), extra=(("1",), ("2",), ("",)), told=(told,)
    )
    for asks in (ASKS, full, Outcomes()):
        assert Outcomes.from_dict(json.loads(json.dumps(asks.to_dict()))) == asks
    assert full.report.iloc[0].tolist() == list(told)
    assert "1 row of the file not used: see the report." in full.explain()


@pytest.mark.parametrize(
    "fields",
    [
        {"extra_columns": ("phone",)},
        {"extra": (("1",),) * 3},
        {"extra_columns": ("phone",), "extra": (("1", "2"),) * 3},
        {"extra_columns": ("note",), "extra": (("1",),) * 3},
    ],
)
def test_columns_of_ones_own_need_a_cell_for_each_ask(fields):
    with pytest.raises(ValidationError, match="one row an outcome|two columns of the same name"):
        Outcomes(items=ASKS.items, **fields)
