"""Tables made to do harm: each ends in a clear error or a report, in bounded time and memory."""

import io
import tracemalloc

import numpy as np
import pandas as pd
import pytest

from trustgraph.errors import ArchiveError, RecordError
from trustgraph.ingest.archives import Member
from trustgraph.ingest.dates import DAY_MONTH_YEAR
from trustgraph.ingest.forms import LONGEST_ROW
from trustgraph.ingest.journal import FURTHER, Journal
from trustgraph.ingest.tables import Table, cleaned, find_header, read_chunks, read_whole

from helpers.linkedin_files import balance

TIES = Table("ties", required=("name", "metat"), optional=("note",))
DATED = Table(
    "ties",
    required=("name", "metat"),
    optional=("note",),
    date="metat",
    forms=(DAY_MONTH_YEAR,),
)
TITLES = b"Name,Met At,Note\n"
GOOD = b"Bo,08 Feb 2026,x\n"


def member(data):
    return Member("ties.csv", lambda: io.BytesIO(data))


def read(data, table=DATED, **limits):
    """Return the names read and the report, whose balance is checked."""
    journal, file = Journal(), member(data)
    rows = read_whole(file, table, find_header(file, table), journal, **limits)
    journal.used("ties.csv", len(rows))
    report = journal.frame()
    balance(report)
    return rows["name"].tolist(), report


class Endless(io.RawIOBase):
    """A file of so many bytes, made while it is read."""

    def __init__(self, start, unit, size, end=b""):
        self._parts = iter([start, *[unit * (1 << 12)] * (size // (len(unit) << 12)), end])

    def read(self, size=-1):
        del size
        return next(self._parts, b"")


@pytest.mark.parametrize("table", [TIES, DATED])
@pytest.mark.parametrize(
    ("start", "unit"),
    [
        (b'Bo,"', b"x"),
        (b'Bo,"', b"x y" * 100 + b"\n"),
        (b'Bo,"', b'"'),
        (b"Bo,x,", b"x"),
        (b"", b"\n"),
        (b"", b","),
        (b"", b"\0"),
        (b"", b"\r"),
    ],
)
def test_a_file_that_does_not_end_takes_no_more_memory_than_its_longest_row(start, unit, table):
    size = 1 << 23
    file = Member("ties.csv", lambda: Endless(TITLES + GOOD + start, unit, size, b"\n" + GOOD))
    journal = Journal()
    header = find_header(file, table)
    tracemalloc.start()
    number = sum(len(chunk) for chunk in read_chunks(file, table, header, journal, longest=1 << 20))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    journal.used("ties.csv", number)
    assert balance(journal.frame())["ties.csv"][1] >= 1
    # A block of 2 MiB, and what numpy finds in it: eight bytes for each of its bytes, a few times.
    assert peak < 200e6


def test_a_huge_field_is_reported_and_what_stands_around_it_is_read():
    data = TITLES + GOOD + b'Al,08 Feb 2026,"' + b"x" * (LONGEST_ROW + 10) + b'"\n' + GOOD
    names, report = read(data)
    assert names == ["Bo", "Bo"]
    told = report[report["row"] > 0]
    assert told[["row", "level"]].to_numpy().tolist() == [[3, "error"]]
    assert told["reason"].str.contains("longer than any that is known").all()
    assert told["value"].str.len().max() == 0, "no text of it is shown"


def test_a_row_may_be_as_long_as_the_caller_says():
    data = TITLES + b'Al,08 Feb 2026,"' + b"x" * 5_000 + b'"\n'
    assert read(data)[0] == ["Al"]
    assert read(data, longest=1_000)[0] == []


@pytest.mark.parametrize(
    "line", [b'a"b,"c"d,e\n', b'a,"b,c\n', b"a\n", b"a,b,c,d,e\n", b'"\n', b'"a" ,b,c\n', b'""",\n']
)
def test_a_hundred_thousand_faults_are_reported_in_bounded_space(line):
    names, report = read(TITLES + GOOD + line * 100_000 + GOOD)
    assert names[0] == "Bo"
    assert (report["row"] > 0).sum() <= 25_000
    assert report["reason"].str.endswith(FURTHER).any() or len(names) <= 2


def test_with_strict_the_first_fault_ends_it():
    file = member(TITLES + GOOD + b'Al"x,"y"z,w\n' * 1_000)
    with pytest.raises(RecordError, match=r"ties.csv, row 3: a quotation mark is out of place"):
        read_whole(file, DATED, find_header(file, DATED), Journal(strict=True))


@pytest.mark.parametrize("data", [b"", b"\n", b"\0", b'"', b'"' * 5, b"x" * 200_000, b"\xff\xfe"])
def test_a_file_without_a_header_has_none(data):
    assert find_header(member(data), TIES) is None


@pytest.mark.parametrize("data", [b"", b"\n", b"\n\n\n", b"\r", b"\r\n", b"\0", b"\x1a"])
def test_a_header_and_next_to_nothing(data):
    names, _ = read(b"Name,Met At,Note" + data, TIES)
    assert names == []


def test_a_header_with_many_more_columns_than_are_read():
    titles = ",".join(["Name", "Met At", "Note", *(f"c{n}" for n in range(900))])
    row = ",".join(["Bo", "08 Feb 2026", *["x"] * 901])
    assert read(f"{titles}\n{row}\n".encode())[0] == ["Bo"]
    with pytest.raises(ArchiveError, match="more than 1,000 columns"):
        find_header(member(f"{titles},{titles}\n".encode()), TIES)


def test_what_cannot_be_seen_in_names_is_taken_out_and_long_names_are_kept():
    long = "Anna-" * 40
    odd = "Bo\u202e \u200bEk\x07\u2066", "\u202a\u202b", long, "Zoë\u0301", "\ufeffAl"
    names, _ = read("".join(["Name,Met At\n", *(f"{name},x\n" for name in odd)]).encode(), TIES)
    assert len(names) == len(odd)
    assert cleaned(pd.Series(names)).tolist() == ["Bo Ek", "", long, "Zoë́", "Al"]


def test_random_bytes_below_a_header_never_raise_and_always_balance():
    rng = np.random.default_rng(4)
    for _ in range(300):
        raw = rng.integers(0, 256, rng.integers(0, 400), dtype=np.uint8)
        marks = np.frombuffer(b',"\n\r\0', np.uint8)
        raw = np.where(rng.random(len(raw)) < 0.4, rng.choice(marks, len(raw)), raw)
        read(TITLES + raw.tobytes(), TIES if rng.random() < 0.5 else DATED)
