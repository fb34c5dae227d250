"""The list of asks: every row is used or reported, and what is written comes back."""

import csv
import datetime as dt
import io
import os
import re
import stat
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

import trustgraph as tg
from trustgraph.errors import ArchiveError, RecordError
from trustgraph.ingest import read_outcomes, write_outcomes
from trustgraph.models import OUTCOME_COLUMNS, OUTCOME_EVENTS, Outcomes

from helpers.strategies import words

TITLES = "introducer,target,asked"


@pytest.fixture
def read(tmp_path):
    def read_text(text, **options):
        file = tmp_path / "asks.csv"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_outcomes(file, **options)

    return read_text


def faults(asks):
    rows = asks.report[asks.report["row"] > 0]
    return [
        (row, reason.removeprefix("not used: "), value)
        for row, reason, value in zip(rows["row"], rows["reason"], rows["value"], strict=True)
    ]


# ------------------------------------------------------------------------------ there and back

ASKED = st.dates(dt.date(1930, 1, 1), dt.date(2050, 12, 31))
NAMES = words().map(lambda text: text.replace("\r", " ").strip()).filter(bool)
NOTES = words().map(lambda text: text.replace("\r", " "))
ENDINGS = st.sampled_from(
    [
        (),
        ("passed",),
        ("endorsed",),
        ("endorsed", "met", "hired"),
        ("forwarded", "met"),
        ("declined",),
        ("silent",),
        ("silent", "met"),
    ]
)


@st.composite
def outcomes(draw):
    asked = draw(ASKED)
    days = {event: asked + dt.timedelta(draw(st.integers(0, 400))) for event in draw(ENDINGS)}
    return tg.Outcome(
        introducer=draw(NAMES),
        target=draw(NAMES),
        asked=asked,
        **days,
        seeker=draw(st.one_of(st.just(""), NAMES)),
        purpose=draw(st.sampled_from(["vouch", "reach"])),
        clarity=draw(st.floats(0, 1)),
        incentive=draw(st.sampled_from(["none", "gift", "payment"])),
        note=draw(NOTES),
    )


def key(one):
    return one.seeker, one.introducer, one.target, one.asked


LISTS = st.lists(outcomes(), max_size=5, unique_by=key)


@settings(max_examples=40)
@given(LISTS)
def test_what_is_written_comes_back(items):
    with tempfile.TemporaryDirectory() as place:
        file = Path(place, "asks.csv")
        write_outcomes(items, file)
        again = read_outcomes(file, strict=True)
        assert list(again) == items
        write_outcomes(again, file, overwrite=True)
        assert read_outcomes(file) == again


@settings(max_examples=25)
@given(LISTS)
def test_no_cell_begins_a_formula_however_it_is_cut(items):
    with tempfile.TemporaryDirectory() as place:
        file = Path(place, "asks.csv")
        write_outcomes(items, file)
        content = file.read_bytes().decode()
    cells = [cell for row in csv.reader(io.StringIO(content, newline="")) for cell in row]
    pieces = [piece for cell in cells for piece in re.split(r"[;\t\r\n]", cell)]
    assert not [piece for piece in pieces if piece.lstrip('"')[:1] in set("=+-@＝＋－＠")]


def test_a_list_begins_with_its_titles(tmp_path):
    file = tmp_path / "asks.csv"
    write_outcomes([], file)
    assert next(csv.reader([file.read_text().strip()])) == list(OUTCOME_COLUMNS)
    assert read_outcomes(file) == Outcomes(told=read_outcomes(file).told)
    assert len(read_outcomes(file, strict=True)) == 0


def test_columns_of_the_users_own_are_kept_and_said(read, tmp_path):
    asks = read("Phone no.,Target,Introducer,ASKED,=Mood\n+49 30,cy,bo,2026-03-02,ok\n")
    assert asks.extra_columns == ("Phone no.", "=Mood")
    assert "Phone no., =Mood" in asks.report["value"].tolist()
    longer = asks.with_outcome(tg.Outcome(introducer="di", target="cy", asked="2026-03-03"))
    write_outcomes(longer, tmp_path / "again.csv")
    again = read_outcomes(tmp_path / "again.csv")
    assert again.extra == (("+49 30", "ok"), ("", ""))
    assert (again.items, again.extra_columns) == (longer.items, longer.extra_columns)


def test_columns_that_cannot_be_kept_are_named(read):
    asks = read(f"{TITLES},note,Note,,x\nbo,cy,2026-03-02,mine,yours,?,y\n")
    assert (asks[0].note, asks.extra_columns) == ("mine", ("x",))
    told = asks.report.query("level == 'warning'")[["reason", "value"]].values.tolist()
    assert told[0][0].startswith("columns without a title, or with one that stands there already")
    assert told[0][1] == "Note, (no title)"


# ------------------------------------------------------------------------------ rows


def test_columns_are_found_in_any_order_and_case(read):
    asks = read(
        "\ufeffNote;Hired; MET;Incentive;Purpose;asked;Introducer;TARGET;clarity\n"
        "a; 2026-05-01 ;2026-04-01;Gift;REACH;2026-03-02; bo ;cy;0.5\n"
    )
    expected = tg.Outcome(
        introducer="bo",
        target="cy",
        asked="2026-03-02",
        met="2026-04-01",
        hired="2026-05-01",
        purpose="reach",
        incentive="gift",
        clarity=0.5,
        note="a",
    )
    assert list(asks) == [expected]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-03-02", dt.date(2026, 3, 2)),
        ("2026-03-02 23:59:00 UTC", dt.date(2026, 3, 2)),
        ("2 Mar 2026", dt.date(2026, 3, 2)),
        ("2-Mar-26", dt.date(2026, 3, 2)),
        ('"Mar 2, 2026"', dt.date(2026, 3, 2)),
        ("13.2.2026", dt.date(2026, 2, 13)),
        ("2/13/2026", dt.date(2026, 2, 13)),
        ("3/3/2026", dt.date(2026, 3, 3)),
    ],
)
def test_days_are_read_in_forms_that_are_certain(read, day, expected):
    assert read(f"{TITLES}\nbo,cy,{day}\n")[0].asked == expected


@pytest.mark.parametrize(
    ("day", "day_first", "expected"),
    [
        ("1/2/2026", True, dt.date(2026, 2, 1)),
        ("1/2/2026", False, dt.date(2026, 1, 2)),
        ("01.02.26", True, dt.date(2026, 2, 1)),
        ("1-2-75", False, dt.date(1975, 1, 2)),
        ("2026-03-02", False, dt.date(2026, 3, 2)),
    ],
)
def test_a_spreadsheets_days_are_read_as_the_user_says(read, day, day_first, expected):
    assert read(f"{TITLES}\nbo,cy,{day}\n", day_first=day_first)[0].asked == expected


@pytest.mark.parametrize("day", ["2/13/2026", "31/2/2026", "1/2/1899"])
def test_a_day_that_is_none_as_the_user_says_is_reported(read, day):
    asks = read(f"{TITLES}\nbo,cy,{day}\nbo,di,1/2/2026\n", day_first=True)
    assert faults(asks) == [(2, "asked: not a day", day)]


def test_who_cannot_tell_the_month_is_told_how_to_say_it(read):
    asks = read(f"{TITLES}\nbo,cy,1/2/2026\nbo,di,2026-01-02\n")
    assert "day_first=True" in asks.report.query("row == 2")["mend"].item()


@pytest.mark.parametrize(
    ("row", "reason", "value"),
    [
        ("bo,cy,1/2/2026,,,", "asked: the day cannot be told from the month", "1/2/2026"),
        ("bo,cy,13.2.26,,,", "asked: the day cannot be told from the month", "13.2.26"),
        ("bo,cy,Mar 2026,,,", "asked: not a day", "Mar 2026"),
        ("bo,cy,2026-02-30,,,", "asked: not a day", "2026-02-30"),
        ("bo,cy,today,,,", "asked: not a day", "today"),
        ("bo,cy,1899-01-01,,,", "asked: not a day", "1899-01-01"),
        ("bo,cy,,,,", "there is no asked", ""),
        (" ,cy,2026-03-02,,,", "there is no introducer", ""),
        ("bo,,2026-03-02,,,", "there is no target", ""),
        ("bo,cy,2026-03-02,yes,,", "declined: not a day", "yes"),
        (
            "bo,cy,2026-03-02,2026-03-01,,",
            "declined on 2026-03-01, before it was asked on 2026-03-02",
            "",
        ),
        ("bo,cy,2026-03-02,,often,", "clarity: Input should be a valid number", "often"),
        ("bo,cy,2026-03-02,,1.5,", "clarity: Input should be less than or equal to 1", "1.5"),
        ("bo,cy,2026-03-02,,,beg", "purpose: Input should be 'vouch' or 'reach'", "beg"),
    ],
)
def test_a_row_that_cannot_be_used_is_reported_and_the_others_are(read, row, reason, value):
    text = f"{TITLES},declined,clarity,purpose\ndi,cy,2026-03-02,,,\n{row}\n"
    asks = read(text)
    assert [one.introducer for one in asks] == ["di"]
    ((line, told, shown),) = faults(asks)
    assert (line, shown) == (3, value)
    assert told.startswith(reason)
    assert asks.report.query("row == 3")["mend"].item()
    with pytest.raises(RecordError, match=re.escape(f"asks.csv, row 3: {reason}")):
        read(text, strict=True)


def test_what_excludes_each_other_is_reported(read):
    asks = read(f"{TITLES},declined,endorsed\nbo,cy,2026-03-02,,\ndi,cy" + ",2026-03-02" * 3 + "\n")
    assert faults(asks)[0][1].startswith("both declined and endorsed")


def test_the_same_ask_twice_is_reported_and_the_first_is_used(read):
    text = f"{TITLES},note\nbo,cy,2026-03-02,a\nbo,cy,2026-03-02,b\nbo,cy,2026-03-03,c\n"
    asks = read(text)
    assert [one.note for one in asks] == ["a", "c"]
    assert faults(asks) == [(3, "the same ask of the same day stands there already", "row 2")]
    with pytest.raises(RecordError, match="row 3: the same ask of the same day"):
        read(text, strict=True)


def test_rows_read_are_rows_used_and_rows_not_used(read):
    asks = read(f"{TITLES}\nbo,cy,2026-03-02\n,,\nbo,cy,soon\n")
    balance = asks.report.query("reason == 'rows read / used / not used'")["value"].item()
    assert balance == "3 / 1 / 2"


# ------------------------------------------------------------------------------ files


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (f"{TITLES}\nbo,cy,soon\nbo,,\n", r"none of its rows can be used; mend: 2 rows read"),
        ("introducer,asked\nbo,2026-03-02\n", "the column target is missing; line 1 names"),
        ("", "no line names the columns"),
        (b"PK\x03\x04", "this is a workbook or a zip; mend: save the sheet as CSV"),
    ],
)
def test_a_file_that_says_nothing_is_an_error(read, content, reason):
    with pytest.raises(ArchiveError, match=reason):
        read(content)


def test_a_file_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(ArchiveError, match="asks.csv: there is no such file"):
        read_outcomes(tmp_path / "asks.csv")
    with pytest.raises(ArchiveError, match="the file cannot be read"):
        read_outcomes(tmp_path)


def test_a_file_is_replaced_only_when_asked_and_in_one_step(tmp_path):
    file = tmp_path / "asks.csv"
    write_outcomes([], file)
    before = file.read_bytes()
    with pytest.raises(ArchiveError, match="there is already such a file"):
        write_outcomes([tg.Outcome(introducer="bo", target="cy", asked="2026-03-02")], file)
    bad = tg.Outcome(introducer="bo", target="cy", asked="2026-03-02", note="nul \0")
    with pytest.raises(RecordError, match="note: a NUL or half a character"):
        write_outcomes([bad], file, overwrite=True)
    assert file.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["asks.csv"]


def test_rows_that_were_not_understood_are_not_written_over(read, tmp_path):
    asks = read(f"{TITLES}\nbo,cy,2026-03-02\nbo,di,1/2/2026\n")
    with pytest.raises(ArchiveError, match="asks.csv, row 3: rows .* would be lost"):
        write_outcomes(asks, tmp_path / "asks.csv", overwrite=True)
    write_outcomes(asks, tmp_path / "other.csv")
    write_outcomes(asks, tmp_path / "other.csv", overwrite=True)
    assert read_outcomes(tmp_path / "other.csv").items == asks.items


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs rights that can be taken")
def test_a_folder_that_cannot_be_written_to_is_an_error(tmp_path):
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        with pytest.raises(ArchiveError, match="nothing can be written there"):
            write_outcomes([], tmp_path / "asks.csv")
    finally:
        tmp_path.chmod(stat.S_IRWXU)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"introducer": " bo"}, "row 1: introducer: spaces around it"),
        ({"target": "cy\n"}, "row 1: target: spaces around it"),
        ({"seeker": " "}, "row 1: seeker: spaces around it"),
        ({"asked": dt.date(1929, 12, 31)}, "row 1: asked: before 1930 or after 2100: '1929-12-31'"),
        ({"met": dt.date(2101, 1, 1)}, "row 1: met: before 1930 or after 2100"),
    ],
)
def test_what_would_not_come_back_is_not_written(tmp_path, fields, reason):
    outcome = tg.Outcome(
        **{"introducer": "bo", "target": "cy", "asked": dt.date(2026, 3, 2)} | fields
    )
    with pytest.raises(RecordError, match=reason):
        write_outcomes([outcome], tmp_path / "asks.csv")


def test_only_outcomes_are_written_each_once(tmp_path):
    outcome = tg.Outcome(introducer="bo", target="cy", asked="2026-03-02")
    with pytest.raises(TypeError, match="a dict is no Outcome: .* give tg.Outcome"):
        write_outcomes(iter([{"introducer": "bo"}]), tmp_path / "asks.csv")
    with pytest.raises(ValidationError, match="'bo' for 'cy' on 2026-03-02 stands there twice"):
        write_outcomes([outcome, outcome], tmp_path / "asks.csv")


def test_every_event_has_its_column():
    assert set(OUTCOME_COLUMNS) == set(tg.Outcome.model_fields)
    assert set(OUTCOME_EVENTS) < set(OUTCOME_COLUMNS)
