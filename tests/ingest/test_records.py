"""Where rows begin and end, whatever the size of the blocks that are read."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trustgraph.ingest import records
from trustgraph.ingest.archives import Member
from trustgraph.ingest.decoding import CleanStream
from trustgraph.ingest.records import Broken, Feed, Rows, scan

CELL = st.text(st.sampled_from('ab,"\n '), max_size=5)
TO_MARKS = bytes(b'ab,"\n"\n,'[n % 8] for n in range(256))
ROWS = st.lists(st.lists(CELL, min_size=2, max_size=3), max_size=8)


def feed_of(data):
    member = Member("f.csv", lambda: io.BytesIO(data))
    return Feed(CleanStream(member.open(), member))


def scanned(data, *, longest=10_000, plausible=lambda line: line.count(b",") == 1, size=None):
    found = []
    before = records._BLOCK, records._SMALL
    if size is not None:
        records._BLOCK, records._SMALL = size, max(1, size // 4)
    try:
        for one in scan(feed_of(data), ",", plausible, longest=longest):
            if isinstance(one, Broken):
                found.append((one.first, one.text, "broken"))
                continue
            start = 0
            assert isinstance(one, Rows)
            ends, counts = one.ends.tolist(), one.separators.tolist()
            for end, number, line in zip(ends, counts, one.lines.tolist(), strict=True):
                found.append((line, one.data[start : end + 1], number))
                start = end + 1
    finally:
        records._BLOCK, records._SMALL = before
    return found


@given(ROWS, st.booleans(), st.integers(1, 40))
@settings(max_examples=300, deadline=None)
def test_rows_in_good_order_are_told_as_the_standard_library_tells_them(cells, quoted, size):
    file = io.StringIO()
    quoting = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    csv.writer(file, lineterminator="\n", quoting=quoting).writerows(cells)
    text = file.getvalue()
    found = scanned(text.encode(), size=size)
    assert b"".join(row for _, row, _ in found) == text.encode()
    assert [number + 1 for _, _, number in found] == [len(row) for row in cells]
    reader = csv.reader(io.StringIO(text, newline=""))
    lines, before = [], 0
    for _ in reader:
        lines.append(before + 1)
        before = reader.line_num
    assert [line for line, _, _ in found] == lines


@given(st.binary(max_size=120).map(lambda raw: raw.translate(TO_MARKS)), st.integers(1, 60))
@settings(max_examples=500, deadline=None)
def test_the_size_of_the_blocks_changes_nothing_and_no_byte_is_lost(data, size):
    found = scanned(data, size=size)
    whole = data.replace(b"\0", b"")
    if whole and not whole.endswith(b"\n"):
        whole += b"\n"
    assert b"".join(row for _, row, _ in found) == whole
    assert found == scanned(data)
    lines = [line for line, _, _ in found]
    assert lines == sorted(set(lines))


@pytest.mark.parametrize("size", [None, 16])
def test_a_broken_row_ends_where_a_plausible_one_begins(size):
    data = b'a,b\nc,"d, e\nf\ng,h\n"i",j\n'
    assert scanned(data, size=size) == [
        (1, b"a,b\n", 1),
        (2, b'c,"d, e\nf\n', "broken"),
        (4, b"g,h\n", 1),
        (5, b'"i",j\n', 1),
    ]


def test_a_row_longer_than_allowed_is_not_held(monkeypatch):
    monkeypatch.setattr(records, "_BLOCK", 64)
    data = b"a,b\n" + b'c,"' + b"x\n" * 5_000 + b'"\nd,e\n'
    found = scanned(data, longest=500)
    assert found[0] == (1, b"a,b\n", 1)
    assert found[1][0] == 2
    assert len(found[1][1]) == 500
    assert found[-1][1:] == (b"d,e\n", 1)


def test_lines_without_end_are_passed_over():
    feed = feed_of(b"x" * 100_000 + b"\nab\n" + b"y" * 100_000)
    assert len(feed.peek(500)) == 500
    feed.skip_line()
    assert (feed.line, feed.peek(500)) == (2, b"ab\n")
    feed.skip_line()
    feed.skip_line()
    assert feed.peek(500) == b""
    assert not len(feed.view(10)[0])
