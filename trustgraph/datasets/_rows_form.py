"""What stands in the columns of a file of ratings or contacts: told by titles, or by their number.

========= ============================================================================
column    titles that mean it, whatever their case and spacing
========= ============================================================================
source    from, rater, src, sender, truster, follower, user, ego, i, u
target    to, ratee, rated, tgt, dst, receiver, recipient, trustee, item, alter, j, v
rating    feature, score, trust, weight, value, sign, vote, level, stars
time      timestamp, unixtime, datetime, date, when, at, ts, t
========= ============================================================================
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from trustgraph._text import clean, listed
from trustgraph.errors import ArchiveError
from trustgraph.ingest.decoding import CleanStream, decoded
from trustgraph.ingest.headers import column_key
from trustgraph.ingest.members import Member
from trustgraph.ingest.tables import Header

__all__ = ["BLANKS", "COMMENTS", "Form", "found_header"]

BLANKS: Final = " "
"""How fields that blanks separate are told; they are read with tabs between them."""
COMMENTS: Final = ("#", "%")
"""What a line of comment begins with."""

_ALSO: Final[Mapping[str, str]] = {
    "source": "source from rater src sender truster follower user ego i u fromnodeid sourceid",
    "target": "target to ratee rated tgt dst receiver recipient trustee item alter j v tonodeid"
    " targetid",
    "rating": "rating feature score trust weight value sign vote level stars",
    "time": "time timestamp unixtime datetime date when at ts t",
}
_LONGEST: Final = 100_000
_PREAMBLE: Final = 10_000
_SHOWN: Final = 12


@dataclass(frozen=True)
class Form:
    """What a kind of file holds.

    Attributes
    ----------
    name
        What the rows are called.
    required, optional
        Its columns.
    plain
        Columns in which texts seldom repeat.
    by_number
        Number of columns of a file without titles -> what stands in them; "" for what is not read.
    """

    name: str
    required: tuple[str, ...]
    optional: tuple[str, ...]
    plain: tuple[str, ...]
    by_number: Mapping[int, tuple[str, ...]]

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns that are read."""
        return self.required + self.optional


def found_header(member: Member, form: Form, columns: Sequence[str] | None) -> Header:
    """Return where the rows of a file begin, what separates their fields and what these are.

    Parameters
    ----------
    member
        The file.
    form
        What it should hold.
    columns
        What stands in the columns, if the user says so.

    Returns
    -------
    Header
        ``line`` is the last line above the rows; ``delimiter`` may be `BLANKS`.

    Raises
    ------
    ArchiveError
        If the file has no rows, or its columns cannot be told.
    """
    number, line = _first_line(member)
    delimiter = next((mark for mark in "\t;," if mark in line), BLANKS)
    fields = _fields(line, delimiter)
    titles = [column_key(field) for field in fields]
    if columns is not None:
        keys = _stated(columns, form, len(fields), member)
        is_titles = not any(letter.isdecimal() for letter in line)
        return Header(number - (not is_titles), delimiter, keys)
    keys = _by_titles(titles, form)
    if {"source", "target"} <= set(keys):
        _check_present(keys, fields, form, member)
        return Header(number, delimiter, keys)
    known = form.by_number.get(len(fields))
    if known is None or not _is_row(fields, known):
        raise _untold(member, fields, form)
    return Header(number - 1, delimiter, known)


def _first_line(member: Member) -> tuple[int, str]:
    """Return the first line that is neither empty nor a comment, and its number."""
    with member.open() as stream:
        lines = CleanStream(stream, member).lines(_LONGEST)
        for number, (raw, is_cut) in enumerate(islice(lines, _PREAMBLE), start=1):
            text = decoded(raw)[0].strip(" ")
            if raw.startswith(b"PK"):
                mend = "save the sheet as CSV, or unpack the file, and give that"
                raise ArchiveError(
                    "this is a workbook or a zip, no table in a text file",
                    file=member.path,
                    mend=mend,
                )
            if text.strip() and not text.startswith(COMMENTS) and not is_cut:
                return number, text
    mend = "give a file with one row a line"
    raise ArchiveError("the file holds no rows", file=member.path, mend=mend)


def _fields(line: str, delimiter: str) -> list[str]:
    if delimiter == BLANKS:
        return line.split()
    return [field.strip() for field in next(csv.reader([line], delimiter=delimiter))]


def _stated(columns: Sequence[str], form: Form, number: int, member: Member) -> tuple[str, ...]:
    unknown = [name for name in columns if name and name not in form.columns]
    lacking = [name for name in form.required if name not in columns]
    twice = [name for name in form.columns if list(columns).count(name) > 1]
    if unknown or lacking or twice or isinstance(columns, str):
        message = (
            f"columns is {columns!r}; name {listed(form.required)} once each, in the order of the "
            f"file{f', perhaps {listed(form.optional)}' if form.optional else ''}, and '' for a "
            "column that is not read"
        )
        raise ValueError(message)
    if len(columns) != number:
        raise ArchiveError(
            f"the first row has {number} fields, but columns names {len(columns)}",
            file=member.path,
            mend="name every column of the file, with '' for those that are not read",
        )
    # A column that is not read needs a name of its own.
    return tuple(name or f"({place})" for place, name in enumerate(columns))


def _by_titles(titles: Sequence[str], form: Form) -> tuple[str, ...]:
    """Return what the titles mean; where several mean the same, the first of the list counts."""
    keys = [f"({place})" for place in range(len(titles))]
    for name in form.columns:
        known = [title for title in _ALSO[name].split() if title in titles]
        if known:
            keys[titles.index(known[0])] = name
    return tuple(keys)


def _check_present(keys: Sequence[str], fields: Sequence[str], form: Form, member: Member) -> None:
    lacking = [name for name in form.required if name not in keys]
    if lacking:
        also = "; ".join(
            f"{name} may also be called {listed(_ALSO[name].split()[1:6], 'or')}"
            for name in lacking
        )
        raise ArchiveError(
            f"there is no column {listed(lacking)}, only {_titles(fields)}",
            file=member.path,
            mend=f"name the columns with columns=[…]; {also}",
        )


def _is_row(fields: Sequence[str], keys: Sequence[str]) -> bool:
    """Tell whether a line can be a row: where a number or a moment must be, there is a digit."""
    return all(
        any(letter.isdecimal() for letter in field)
        for field, key in zip(fields, keys, strict=True)
        if key in {"rating", "time"}
    )


def _untold(member: Member, fields: Sequence[str], form: Form) -> ArchiveError:
    orders = [" ".join(key or "…" for key in keys) for _, keys in sorted(form.by_number.items())]
    return ArchiveError(
        f"its columns cannot be told: the first line has {len(fields)} fields and names neither "
        "source nor target",
        file=member.path,
        mend=f"write a first line with {', '.join(form.required)}, or pass columns=[…]; without "
        f"titles the order is {listed(orders, 'or')}",
    )


def _titles(fields: Sequence[str]) -> str:
    shown = [clean(field)[:30] for field in fields[:_SHOWN]]
    return ", ".join(shown) + (", …" if len(fields) > _SHOWN else "")
