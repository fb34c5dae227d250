r"""Rows that are not written as a table's rows are, and how they are read all the same.

Each repair is one small function on texts: the fields of a row, or None where it does not fit. Rows
in good order never come here. Every function takes time in proportion to the text.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

__all__ = [
    "SPILLED_START",
    "Fields",
    "encoded",
    "fields_of",
    "rejoin_date",
    "rejoin_last",
    "spilled_fields",
    "split_plainly",
    "unquote_lines",
]

SPILLED_START: Final = re.compile(rb'"?\d{4}-\d\d-\d\d \d\d:\d\d:\d\d"?[,;\t]')
"""How a row of ``Comments.csv`` begins; whatever begins otherwise belongs to the row before."""

_DAY: Final = re.compile(r"\s*\d{1,2}/\d{1,2}/\d{2}(?:\d{2})?\s*")
_CLOCK: Final = re.compile(r"\s*\d{1,2}:\d{2}\s?[AaPp]\.?[Mm]\.?\s*")
_LINE_QUOTES: Final = re.compile(r'"(\r?\n)"')


class Fields(NamedTuple):
    """The fields of a row, and how they are written.

    Attributes
    ----------
    texts
        The fields.
    is_open
        Whether the last one is quoted and not closed.
    is_strict
        Whether every quotation mark is in its place.
    is_ambiguous
        Whether one stands out of place where a field or a row may have been meant to begin or end.
    """

    texts: list[str]
    is_open: bool
    is_strict: bool
    is_ambiguous: bool = False


def fields_of(text: str, delimiter: str) -> Fields:
    r"""Return the fields of a row, with all quotation marks that are out of place left in the text.

    A mark inside a quoted field that is neither doubled nor followed by a delimiter or the end is a
    part of the text, and so is one inside a field without quotation marks.

    Parameters
    ----------
    text
        One row, perhaps of several lines.
    delimiter
        What stands between fields.

    Returns
    -------
    Fields
        The fields and how they are written.

    Examples
    --------
    >>> from trustgraph.ingest.repairs import fields_of
    >>> fields_of('a,"b, ""c"" d",e', ",").texts
    ['a', 'b, "c" d', 'e']
    >>> fields_of('a,"say "no" now",d', ",")
    Fields(texts=['a', 'say "no" now', 'd'], is_open=False, is_strict=False, is_ambiguous=False)
    >>> fields_of('a,"b,c', ",").is_open
    True
    """
    text = text.rstrip("\r\n")
    texts: list[str] = []
    strays: list[int] = []
    at, is_strict = 0, True
    while True:
        if text.startswith('"', at):
            field, at = _quoted(text, at + 1, delimiter, strays)
        else:
            end = text.find(delimiter, at)
            end = len(text) if end < 0 else end
            field, at = text[at:end], end
            is_strict &= '"' not in field and "\n" not in field
        texts.append(field)
        if at < 0 or at >= len(text):
            break
        at += 1
    edges = {delimiter, "\n", "\r"}
    is_ambiguous = any(not edges.isdisjoint(text[one - 1 : one + 2]) for one in strays)
    return Fields(texts, at < 0, is_strict and not strays, is_ambiguous)


def _quoted(text: str, start: int, delimiter: str, strays: list[int]) -> tuple[str, int]:
    """Return a quoted field and where it ends (-1: nowhere); add marks that are out of place."""
    parts, at = [], start
    while (mark := text.find('"', at)) >= 0:
        after = text[mark + 1 : mark + 2]
        if after in {"", delimiter}:
            parts.append(text[at:mark])
            return "".join(parts), mark + 1
        parts.append(text[at : mark + 1])
        if after == '"':
            at = mark + 2
        else:
            strays.append(mark)
            at = mark + 1
    parts.append(text[at:])
    return "".join(parts), -1


def split_plainly(text: str, delimiter: str, number: int) -> list[str] | None:
    r"""Return the fields of one line as if quotation marks meant nothing, if there are so many.

    Parameters
    ----------
    text
        One line.
    delimiter
        What stands between fields.
    number
        How many fields a row has.

    Returns
    -------
    list of str or None
        The fields without the marks around them.

    Examples
    --------
    >>> from trustgraph.ingest.repairs import split_plainly
    >>> split_plainly('"a","b,"c"', ",", 3)
    ['a', 'b', 'c']
    """
    texts = text.rstrip("\r\n").split(delimiter)
    if len(texts) != number:
        return None
    return [one.removeprefix('"').removesuffix('"').replace('""', '"') for one in texts]


def rejoin_date(texts: Sequence[str], number: int) -> list[str] | None:
    """Return the fields of a row whose date, which holds a comma, stands without quotation marks.

    Parameters
    ----------
    texts
        Its fields: one too many.
    number
        How many fields a row has.

    Returns
    -------
    list of str or None
        The fields, the day and the clock time in one.

    Examples
    --------
    >>> from trustgraph.ingest.repairs import rejoin_date
    >>> rejoin_date(["Bo", "01/24/18", " 03:00 PM", "VISIBLE"], 3)
    ['Bo', '01/24/18, 03:00 PM', 'VISIBLE']
    """
    if len(texts) != number + 1:
        return None
    for at, (day, clock) in enumerate(pairwise(texts)):
        if _DAY.fullmatch(day) and _CLOCK.fullmatch(clock):
            return [*texts[:at], f"{day.strip()}, {clock.strip()}", *texts[at + 2 :]]
    return None


def rejoin_last(texts: Sequence[str], number: int, delimiter: str = ",") -> list[str] | None:
    """Return the fields of a row whose last one holds delimiters without quotation marks.

    Parameters
    ----------
    texts
        Its fields: too many.
    number
        How many fields a row has.
    delimiter
        What stands between fields.

    Returns
    -------
    list of str or None
        The fields, all from the last on in one.

    Examples
    --------
    >>> from trustgraph.ingest.repairs import rejoin_last
    >>> rejoin_last(["2024/02/01 15:02:55 UTC", "data", " platform"], 2)
    ['2024/02/01 15:02:55 UTC', 'data, platform']
    """
    if len(texts) < number:
        return None
    return [*texts[: number - 1], delimiter.join(texts[number - 1 :])]


def spilled_fields(text: str, delimiter: str, number: int) -> list[str] | None:
    r"""Return the fields of a row whose last one spills over lines, or escapes by backslashes.

    Parameters
    ----------
    text
        The row and the lines that belong to it.
    delimiter
        What stands between fields.
    number
        How many fields a row has; only the last may hold delimiters.

    Returns
    -------
    list of str or None
        The fields.

    Examples
    --------
    >>> from trustgraph.ingest.repairs import spilled_fields
    >>> spilled_fields('2024-01-02 10:00:00,link,"so \\"good\\", I say"\nreally\n', ",", 3)
    ['2024-01-02 10:00:00', 'link', 'so "good", I say"\nreally']
    """
    texts = text.rstrip("\r\n").split(delimiter, number - 1)
    if len(texts) != number:
        return None
    *others, last = (one.strip() if n < number - 1 else one for n, one in enumerate(texts))
    if last.startswith('"'):
        last = last[1:]
        if last.endswith('"') and not last.endswith('\\"'):
            last = last[:-1]
    last = last.replace('\\"', '"').replace('""', '"')
    return [*(one.removeprefix('"').removesuffix('"') for one in others), last]


def unquote_lines(text: str) -> str:
    r"""Return a post of ``Shares.csv``, each line of which stands in quotation marks of its own.

    Parameters
    ----------
    text
        The field as a table's reader gives it.

    Returns
    -------
    str
        The post.

    Examples
    --------
    >>> from trustgraph.ingest.repairs import unquote_lines
    >>> unquote_lines('line1"\n""\n"line3')
    'line1\n\nline3'
    """
    if not _LINE_QUOTES.search(text):
        return text
    while True:
        mended = _LINE_QUOTES.sub(r"\1", text)
        if mended == text:
            return text.removeprefix('"').removesuffix('"')
        text = mended


def encoded(texts: Sequence[str], delimiter: str) -> bytes:
    r"""Return fields as a row of a table in good order.

    Parameters
    ----------
    texts
        The fields.
    delimiter
        What stands between them.

    Returns
    -------
    bytes
        UTF-8, every field in quotation marks, with the end of the line.

    Examples
    --------
    >>> from trustgraph.ingest.repairs import encoded
    >>> encoded(["Bo", 'a "b" c'], ",")
    b'"Bo","a ""b"" c"\n'
    """
    row = delimiter.join('"' + one.replace('"', '""') + '"' for one in texts)
    return row.encode("utf-8", errors="replace") + b"\n"
