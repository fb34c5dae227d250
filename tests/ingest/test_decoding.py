"""Bytes as programs save them, and as UTF-8."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trustgraph.ingest.archives import Member
from trustgraph.ingest.decoding import NOT_UTF8, SURROGATES, CleanStream, decoded

TEXT = "Name,Met At\nZoë,today\n" * 4


def opened(data):
    member = Member("ties.csv", lambda: io.BytesIO(data))
    return CleanStream(member.open(), member)


def whole(stream, size=1 << 20):
    parts = []
    while block := stream.read(size):
        parts.append(block)
    return b"".join(parts)


@pytest.mark.parametrize(
    ("encoding", "fact"),
    [
        ("utf-8", []),
        ("utf-8-sig", ["the file begins with a byte order mark, as a spreadsheet writes it"]),
        ("utf-16", ["the file is UTF-16-LE; read as such"]),
        ("utf-16-le", ["the file is UTF-16-LE; read as such"]),
        ("utf-16-be", ["the file is UTF-16-BE; read as such"]),
    ],
)
def test_every_encoding_is_told_by_the_first_bytes(encoding, fact):
    stream = opened(TEXT.encode(encoding))
    assert whole(stream) == TEXT.encode()
    assert stream.facts() == fact


def test_utf_16_with_the_big_end_first_and_a_mark():
    assert whole(opened(b"\xfe\xff" + TEXT.encode("utf-16-be"))) == TEXT.encode()


def test_half_a_character_at_the_end_is_shown_as_lost():
    assert whole(opened("Name".encode("utf-16") + b"a")) == "Name\ufffd".encode()


@pytest.mark.parametrize("size", [1, 2, 3, 7, 4096])
@pytest.mark.parametrize(
    ("text", "expected", "fact"),
    [
        (b"a\r\nb\r\n", b"a\r\nb\r\n", "lines end in CR LF"),
        (b"a\rb\r", b"a\nb\n", "a carriage return by itself is read as the end of a line"),
        (b"a\r\r\nb", b"a\n\r\nb", "a carriage return by itself is read as the end of a line"),
        (b"a\0b\0\0\n", b"ab\n", "NUL bytes are left out"),
        (b"\0\0\0", b"", "NUL bytes are left out"),
    ],
)
def test_line_ends_and_nul_bytes_across_blocks(text, expected, fact, size, monkeypatch):
    monkeypatch.setattr("trustgraph.ingest.decoding._SNIFFED", size)
    stream = opened(text)
    stream.encoding, stream._decoder = "utf-8", None
    assert whole(stream, size) == expected
    assert fact in stream.facts()


@given(st.binary(max_size=60), st.integers(1, 9))
@settings(max_examples=300, deadline=None)
def test_the_size_of_the_blocks_changes_nothing(data, size):
    assert whole(opened(data), size) == whole(opened(data))


@given(st.text(st.characters(codec="utf-8"), max_size=30))
def test_what_is_utf8_is_left_alone(text):
    assert decoded(text.encode()) == (text, "")


@given(st.binary(max_size=40))
def test_whatever_the_bytes_there_is_a_text_that_can_be_written(data):
    text, assumed = decoded(data)
    text.encode()
    assert assumed in {"", NOT_UTF8, SURROGATES}


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"Zo\xeb", ("Zoë", NOT_UTF8)),
        ("Zoë ".encode() + b"Zo\xeb", ("Zoë Zoë", NOT_UTF8)),
        (b"a\x81b", ("a\ufffdb", NOT_UTF8)),
        (b"a\xed\xa0\x80b", ("a\ufffdb", SURROGATES)),
        (b"\xed\xa0\xbd\xed\xb8\x80", ("\U0001f600", SURROGATES)),
    ],
)
def test_what_is_not_utf8_is_mended_and_said(raw, expected):
    assert decoded(raw) == expected


def test_lines_are_cut_where_they_are_too_long():
    lines = list(opened(b"ab\r\n" + b"x" * 10 + b"\n\ncd").lines(4))
    assert lines == [(b"ab", False), (b"xxxx", True), (b"", False), (b"cd", False)]
