"""Seeded ways to spoil a text table, each with how many records it can change without a trace."""

import csv
import io
import random
from collections.abc import Callable
from dataclasses import dataclass

Records = list[list[str]]


@dataclass(frozen=True)
class Spoilt:
    """A spoilt file.

    Attributes
    ----------
    content
        Its bytes.
    removed
        Records that are gone.
    touched
        Records that may read differently: what a changed byte makes of them cannot be told from
        what was meant.
    columns
        Titles of the columns that are gone.
    """

    content: bytes
    removed: int = 0
    touched: int = 0
    columns: tuple[str, ...] = ()


def records_of(content: bytes) -> tuple[str, Records]:
    """Return the preamble and the records, the header first, as RFC 4180 has them."""
    text = content.decode("utf-8")
    preamble = ""
    if text.startswith("Notes:"):
        end = text.index("\n\n") + 2
        preamble, text = text[:end], text[end:]
    return preamble, list(csv.reader(io.StringIO(text, newline="")))


def written(preamble: str, records: Records, *, delimiter: str = ",") -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerows(records)
    return (preamble + out.getvalue()).encode()


def _column_gone(content: bytes, draw: random.Random) -> Spoilt:
    preamble, records = records_of(content)
    column = draw.randrange(len(records[0]))
    kept = [row[:column] + row[column + 1 :] for row in records]
    return Spoilt(written(preamble, kept), columns=(records[0][column],))


def _record_gone(content: bytes, draw: random.Random) -> Spoilt:
    preamble, records = records_of(content)
    if len(records) < 2:
        return Spoilt(content)
    del records[draw.randrange(1, len(records))]
    return Spoilt(written(preamble, records), removed=1)


def _line_gone(content: bytes, draw: random.Random) -> Spoilt:
    lines = content.split(b"\n")
    del lines[draw.randrange(len(lines))]
    return Spoilt(b"\n".join(lines), removed=1, touched=2)


def _quote_gone(content: bytes, draw: random.Random) -> Spoilt:
    places = [place for place, byte in enumerate(content) if byte == ord('"')]
    if not places:
        return Spoilt(content)
    place = draw.choice(places)
    return Spoilt(content[:place] + content[place + 1 :], removed=1, touched=2)


def _quote_more(content: bytes, draw: random.Random) -> Spoilt:
    place = draw.randrange(len(content) + 1)
    return Spoilt(content[:place] + b'"' + content[place:], removed=1, touched=2)


def _byte_gone(content: bytes, draw: random.Random) -> Spoilt:
    if not content:
        return Spoilt(content)
    place = draw.randrange(len(content))
    return Spoilt(content[:place] + content[place + 1 :], removed=1, touched=2)


def _byte_changed(content: bytes, draw: random.Random) -> Spoilt:
    if not content:
        return Spoilt(content)
    place = draw.randrange(len(content))
    other = bytes([draw.randrange(256)])
    return Spoilt(content[:place] + other + content[place + 1 :], removed=1, touched=2)


def _truncated(content: bytes, draw: random.Random) -> Spoilt:
    place = draw.randrange(len(content) + 1)
    # What stands before the cut is whole, but for the last record.
    whole, kept = (
        len(list(csv.reader(io.StringIO(part.decode("utf-8", errors="ignore"), newline=""))))
        for part in (content, content[:place])
    )
    return Spoilt(content[:place], removed=whole - kept + 1, touched=1)


def _encoded(encoding: str) -> Callable[[bytes, random.Random], Spoilt]:
    def encoded(content: bytes, draw: random.Random) -> Spoilt:
        del draw
        try:
            return Spoilt(content.decode("utf-8").encode(encoding))
        except UnicodeEncodeError:
            return Spoilt(content)

    return encoded


def _line_ends(content: bytes, draw: random.Random) -> Spoilt:
    del draw
    return Spoilt(content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))


def _delimited(content: bytes, draw: random.Random) -> Spoilt:
    preamble, records = records_of(content)
    return Spoilt(written(preamble, records, delimiter=draw.choice(";\t")))


WAYS: dict[str, Callable[[bytes, random.Random], Spoilt]] = {
    "a column gone": _column_gone,
    "a record gone": _record_gone,
    "a line gone": _line_gone,
    "a quote gone": _quote_gone,
    "a quote more": _quote_more,
    "a byte gone": _byte_gone,
    "a byte changed": _byte_changed,
    "truncated": _truncated,
    "UTF-8 with a mark": _encoded("utf-8-sig"),
    "UTF-16": _encoded("utf-16"),
    "UTF-16 without a mark": _encoded("utf-16-le"),
    "Windows-1252": _encoded("cp1252"),
    "CRLF": _line_ends,
    "other delimiters": _delimited,
}
HARMLESS = ("UTF-8 with a mark", "UTF-16", "UTF-16 without a mark", "Windows-1252", "CRLF")
DRAWN = tuple(way for way in WAYS if way not in HARMLESS)
"""Ways that spoil a file differently each time."""


def spoilt(content: bytes, number: int, seed: str) -> tuple[str, Spoilt]:
    """Return a way, and what it makes of a file: each way once, then those that differ in turn."""
    draw = random.Random(f"{seed} {number}")
    names = list(WAYS)
    way = names[number] if number < len(names) else DRAWN[number % len(DRAWN)]
    changed = WAYS[way](content, draw)
    while changed.content == content:
        way = draw.choice(DRAWN)
        changed = WAYS[way](content, draw)
    return way, changed
