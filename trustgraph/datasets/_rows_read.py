"""Rows of a file as numbers: who, whom, how, when. What cannot be used is told, row by row."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from trustgraph._typing import Bools, Floats, LongInts
from trustgraph.datasets._rows_form import BLANKS, Form, found_header
from trustgraph.datasets._rows_text import Plain, file_member
from trustgraph.datasets._rows_values import Ids, numbers_of, seconds_of, unit_of
from trustgraph.errors import ArchiveError
from trustgraph.ingest.headers import DELIMITERS
from trustgraph.ingest.journal import FURTHER, Journal, Lines
from trustgraph.ingest.limits import ReadLimits
from trustgraph.ingest.tables import Header, Table, read_chunks
from trustgraph.models.columns import REPORT_COLUMNS

__all__ = ["Told", "read_rows", "told_frame"]

TAB: Final = "\t"
_ROWS: Final = 1_000_000
_LISTED: Final = 1_000
"""Rows of one reason that a frame's report lists; the others are counted."""
_LONGEST: Final = 1 << 16
_FIRST_YEAR: Final = "1970"
_TABS: Final = f"fields are separated by {DELIMITERS[TAB]}"


@dataclass
class Told:
    """The rows of a file that can be used.

    Attributes
    ----------
    file
        Name of the file.
    labels
        Ids by number.
    source, target
        Numbers of people, shape (m,).
    rating, time
        Numbers, and seconds since 1970, shape (m,); None where the file has no such column.
    row
        Line of each row in the file, shape (m,).
    journal
        Told about all others.
    blanks
        Whether blanks separate the fields of the file.
    """

    file: str
    labels: "pd.Series[Any]"
    source: LongInts
    target: LongInts
    rating: Floats | None
    time: Floats | None
    row: LongInts
    journal: Journal
    blanks: bool = False

    def keep(self, kept: Bools) -> None:
        """Leave the other rows out."""
        self.source, self.target, self.row = self.source[kept], self.target[kept], self.row[kept]
        self.rating = None if self.rating is None else self.rating[kept]
        self.time = None if self.time is None else self.time[kept]

    def names(self, rows: LongInts) -> Iterator[str]:
        """Yield the two people of some rows in words."""
        labels = self.labels.to_numpy()
        for row in rows:
            yield f"{labels[self.source[row]]}, {labels[self.target[row]]}"


def read_rows(
    path: Path,
    form: Form,
    *,
    columns: Sequence[str] | None,
    strict: bool,
    limits: ReadLimits | None,
) -> Told:
    """Read the rows of a file.

    Parameters
    ----------
    path
        The file.
    form
        What it holds.
    columns
        What stands in its columns; None to tell from its first line.
    strict
        Whether the first row that cannot be used is an error.
    limits
        How much is read at most.

    Returns
    -------
    Told
        Rows with two people, and with what the form requires.

    Raises
    ------
    ArchiveError
        If the file cannot be read, or its columns cannot be told.
    RecordError
        With ``strict``, at the first row that cannot be used.
    """
    member = file_member(path, limits or ReadLimits())
    header = found_header(member, form, columns)
    plain = Plain(member, blanks=header.delimiter == BLANKS)
    if header.delimiter == BLANKS:
        header = Header(header.line, TAB, header.keys)
    table = Table(
        form.name,
        tuple(name for name in form.columns if name in header.keys),
        plain=form.plain,
    )
    told = _Reader(member.path, form, header, Journal(strict=strict)).read(plain, table)
    told.blanks = plain.blanks
    if plain.blanks:
        told.journal.say(told.file, "fields are separated by blanks")
    for fact in plain.facts():
        told.journal.say(told.file, fact)
    if plain.comments:
        reason = "lines of comment, which begin with # or %; read as empty"
        told.journal.say(told.file, reason, value=str(plain.comments))
    return told


class _Reader:
    """Reads one file, a million rows at a time."""

    def __init__(self, file: str, form: Form, header: Header, journal: Journal) -> None:
        self._file = file
        self._form = form
        self._keys = header.keys
        self._header = header
        self._journal = journal
        self._ids = Ids()
        self._parts: list[tuple[npt.NDArray[Any], ...]] = []

    def read(self, plain: Plain, table: Table) -> Told:
        read = read_chunks(
            plain.member, table, self._header, self._journal, rows=_ROWS, longest=_LONGEST
        )
        for chunk in read:
            self._take(chunk)
        if not self._parts:
            self._parts = [tuple(np.zeros(0) for _ in range(6))]
        source, target, rating, time, is_number, row = map(
            np.concatenate, zip(*self._parts, strict=True)
        )
        has_time = "time" in self._keys
        return Told(
            self._file,
            self._ids.labels(),
            source.astype(np.int64),
            target.astype(np.int64),
            rating if "rating" in self._keys else None,
            self._seconds(time, is_number.astype(bool)) if has_time else None,
            row.astype(np.int64),
            self._journal,
        )

    def _take(self, chunk: pd.DataFrame) -> None:
        row = chunk.index.to_numpy(np.int64)
        nothing = np.full(len(chunk), np.nan)
        source, target = (self._ids.numbers(chunk[end]) for end in ("source", "target"))
        rating = numbers_of(chunk["rating"]) if "rating" in chunk else nothing
        time, is_number = (
            seconds_of(chunk["time"]) if "time" in chunk else (nothing, np.zeros(len(chunk), bool))
        )
        kept = np.ones(len(chunk), bool)
        for name, is_bad, reason, mend in (
            ("source", source < 0, "nobody is named as source", "name both people"),
            ("target", target < 0, "nobody is named as target", "name both people"),
            ("rating", np.isnan(rating), "the rating is no number", "write a number, as 3 or -0.5"),
            ("time", np.isnan(time), "the time cannot be read", "write seconds, or 2026-11-23"),
        ):
            if name not in self._form.required:
                continue
            self._skip(chunk, is_bad & kept, name, reason, mend)
            kept &= ~is_bad
        if "time" in chunk and "time" not in self._form.required:
            self._doubt_times(chunk, np.isnan(time) & kept)
        part = (source, target, rating, time, is_number, row)
        self._parts.append(tuple(array[kept] for array in part))

    def _skip(self, chunk: pd.DataFrame, bad: Bools, name: str, reason: str, mend: str) -> None:
        if bad.any():
            odd = chunk[name][bad]
            self._journal.skip(self._file, reason, odd.index, values=odd, mend=mend)

    def _doubt_times(self, chunk: pd.DataFrame, missing: Bools) -> None:
        if not missing.any():
            return
        odd = chunk["time"][missing].astype("str")
        blank = odd.str.strip() == ""
        lines: Lines = odd.index[~blank]
        mend = "write seconds since 1970, or 2026-11-23"
        reason = "the time cannot be read; left empty"
        if len(lines):
            self._journal.doubt(self._file, reason, lines, values=odd[~blank], mend=mend)
        if blank.any():
            number = int(blank.sum())
            self._journal.say(self._file, "rows without a time", value=str(number))

    def _seconds(self, time: Floats, is_number: Bools) -> Floats:
        units, word = unit_of(time[is_number])
        if units > 1:
            time = np.where(is_number, time / units, time)
            self._journal.say(self._file, f"the times are {word} since 1970; read as such")
        known = time[~np.isnan(time)]
        if len(known):
            span = f"{_day(known.min())} to {_day(known.max())}"
            self._journal.say(self._file, "first and last time (UTC)", value=span)
        return time


def _day(second: float) -> str:
    day = np.datetime64(_FIRST_YEAR, "s") + np.timedelta64(int(np.clip(second, -6e10, 2.5e11)), "s")
    return str(day.astype("datetime64[D]"))


def told_frame(told: Told, kind: str) -> pd.DataFrame:
    """Return the rows as a frame, with the report in its attributes.

    Parameters
    ----------
    told
        The rows.
    kind
        What they are called.

    Returns
    -------
    pandas.DataFrame
        Columns source, target, and rating and time where the file has them.

    Raises
    ------
    ArchiveError
        If there is no row.
    """
    journal = told.journal
    journal.used(told.file, len(told.row))
    if not len(told.row):
        mend = journal.advice()
        raise ArchiveError(f"no row can be used as a {kind}", file=told.file, mend=mend)
    columns = {
        "source": told.labels.to_numpy()[told.source],
        "target": told.labels.to_numpy()[told.target],
        "rating": told.rating,
        "time": told.time,
    }
    frame = pd.DataFrame({name: column for name, column in columns.items() if column is not None})
    if told.labels.dtype != np.int64:
        frame = frame.astype({"source": "str", "target": "str"})
    report = journal.frame()
    # Blanks were read as tabs; the reader of tables can only tell those.
    frame.attrs["report"] = _records(report[report["reason"] != _TABS] if told.blanks else report)
    return frame


def _records(report: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a report as plain records, so that frames can be joined, copied and written."""
    kinds = report.groupby(["file", "level", "reason", "mend"], sort=False)
    is_listed = kinds.cumcount() < _LISTED
    more = report[~is_listed].groupby(["file", "level", "reason", "mend"], sort=False).size()
    counted = more.rename("value").reset_index().assign(row=0)
    counted = counted.assign(
        reason=counted["reason"] + FURTHER, value=counted["value"].astype("str")
    )
    found = pd.concat([report[is_listed], counted[list(REPORT_COLUMNS)]])
    rows = found.itertuples(index=False, name=None)
    return [dict(zip(REPORT_COLUMNS, row, strict=True)) for row in rows]
