"""Repairs of rows, each by itself and in a table that declares it."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustgraph.ingest.archives import Member
from trustgraph.ingest.dates import ISO, US_MINUTES
from trustgraph.ingest.journal import Journal
from trustgraph.ingest.repairs import (
    encoded,
    fields_of,
    rejoin_date,
    rejoin_last,
    spilled_fields,
    split_plainly,
    unquote_lines,
)
from trustgraph.ingest.tables import Table, find_header, read_whole

from helpers.linkedin_files import balance

COMMENTS = Table(
    "comments",
    required=("date", "link"),
    optional=("message",),
    date="date",
    forms=(ISO,),
    repairs=("spilled_lines",),
)
LETTERS = Table(
    "recommendations",
    required=("firstname", "creationdate"),
    optional=("text", "status"),
    date="creationdate",
    forms=(US_MINUTES,),
    repairs=("unquoted_date",),
)
QUERIES = Table("queries", required=("time", "searchquery"), repairs=("unquoted_last",))
CELLS = st.lists(st.text(st.sampled_from('ab,;"\n\té '), max_size=5), min_size=1, max_size=5)


def read(text, table):
    journal = Journal()
    member = Member("f.csv", lambda: io.BytesIO(text.encode()))
    rows = read_whole(member, table, find_header(member, table), journal)
    journal.used("f.csv", len(rows))
    report = journal.frame()
    balance(report)
    return rows.reset_index().to_numpy().tolist(), report[report["row"] > 0]


@given(CELLS, st.sampled_from(",;\t"))
def test_what_is_written_by_the_rules_is_read_by_them(cells, delimiter):
    text = encoded(cells, delimiter).decode()
    assert fields_of(text, delimiter) == (cells, False, True, False)
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter, lineterminator="\n").writerow(cells)
    assert fields_of(file.getvalue(), delimiter).texts == cells


@given(st.text(st.sampled_from('a",\n'), max_size=12))
def test_no_text_is_too_odd(text):
    found = fields_of(text, ",")
    assert found.texts
    if found.is_strict and not found.is_open:
        assert [found.texts] == list(csv.reader(io.StringIO(text.rstrip("\r\n") + "\n"))) or (
            found.texts == [""]
        )
    for number in (1, 2, 3):
        for mended in (split_plainly(text, ",", number), spilled_fields(text, ",", number)):
            assert mended is None or len(mended) == number


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["Bo", "x", "01/24/18", " 03:00 PM", "y"], ["Bo", "x", "01/24/18, 03:00 PM", "y"]),
        (["Bo", "1/4/2018", " 3:00 am", "x", "y"], ["Bo", "1/4/2018, 3:00 am", "x", "y"]),
        (["Bo", "x", "01/24/18", "soon", "VISIBLE"], None),
        (["Bo", "x", "01/24/18, 03:00 PM", "VISIBLE"], None),
        (["Bo", "x", "y", "01/24/18", " 03:00 PM", "VISIBLE"], None),
    ],
)  # fmt: skip
def test_a_date_without_quotation_marks(texts, expected):
    assert rejoin_date(texts, 4) == expected


def test_too_few_fields_have_no_last_one_to_rejoin():
    assert rejoin_last(["a"], 2) is None
    assert rejoin_last(["a", "b", "c"], 2, ";") == ["a", "b;c"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('line1"\n""\n"line3', "line1\n\nline3"),
        ('line1"\r\n""\r\n"line3', "line1\r\n\r\nline3"),
        ('"one"\n"two"', "one\ntwo"),
        ("one line", "one line"),
        ('"a quote", he said', '"a quote", he said'),
        ("two\nlines", "two\nlines"),
        ("", ""),
    ],
)
def test_a_post_whose_lines_are_quoted_one_by_one(text, expected):
    assert unquote_lines(text) == expected


def test_a_recommendation_whose_date_is_not_quoted_is_used_and_reported():
    header = "First Name,Text,Creation Date,Status\n"
    rows, told = read(
        header + 'Bo,good,01/24/18, 03:00 PM,VISIBLE\nAl,"a, b","01/25/18, 03:00 PM",\n', LETTERS
    )
    assert rows == [
        [2, "Bo", "01/24/18, 03:00 PM", "good", "VISIBLE"],
        [3, "Al", "01/25/18, 03:00 PM", "a, b", ""],
    ]
    assert told[["row", "level"]].to_numpy().tolist() == [[2, "warning"]]


def test_commas_in_the_last_field_are_a_part_of_it():
    rows, told = read("Time,Search Query\nx,data, platform, lead\ny,b\n", QUERIES)
    assert rows == [[2, "x", "data, platform, lead"], [3, "y", "b"]]
    assert told["row"].tolist() == [2]


def test_comments_spill_over_lines_and_escape_by_backslashes():
    text = (
        "Date,Link,Message\r\n"
        "2024-01-05 10:00:00,l1,plain\r\n"
        "2024-01-04 10:00:00,l2,one\r\n"
        "two, and three\r\n"
        "\r\n"
        "four\r\n"
        '2024-01-03 10:00:00,l3,"say \\"yes\\", so\r\n'
        'and no"\r\n'
        '2024-01-02 10:00:00,l4,"right, ""as"" it\r\nshould be"\r\n'
        "2024-01-01 10:00:00,l5,last\r\n"
        "of all"
    )
    rows, told = read(text, COMMENTS)
    assert [(row[0], row[2]) for row in rows] == [
        (2, "l1"), (3, "l2"), (7, "l3"), (9, "l4"), (11, "l5"),
    ]  # fmt: skip
    messages = [row[3].replace("\r", "") for row in rows]
    assert messages == [
        "plain",
        "one\ntwo, and three\n\nfour",
        'say "yes", so\nand no',
        'right, "as" it\nshould be',
        "last\nof all",
    ]
    assert told["row"].tolist() == [3, 7, 11]


def test_lines_before_the_first_comment_belong_to_none():
    rows, told = read("Date,Link,Message\nlost\n2024-01-05 10:00:00,l1,x\n", COMMENTS)
    assert [row[0] for row in rows] == [3]
    assert told[["row", "level"]].to_numpy().tolist() == [[2, "error"]]


@pytest.mark.parametrize("size", [48, 64, 100, 1 << 12])
def test_comments_are_the_same_whatever_the_size_of_the_blocks(size, monkeypatch):
    text = "Date,Link,Message\n" + "".join(
        f"2024-01-05 10:00:{n:02},l{n},a{'b' * n}\n{'spilt, over' if n % 3 else 'again'}\n"
        for n in range(60)
    )
    expected = read(text, COMMENTS)[0]
    monkeypatch.setattr("trustgraph.ingest.records._BLOCK", size)
    monkeypatch.setattr("trustgraph.ingest.records._SMALL", 48)
    assert read(text, COMMENTS)[0] == expected
    assert len(expected) == 60
