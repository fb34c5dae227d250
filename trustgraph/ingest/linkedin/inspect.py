"""What is in an archive, what is missing for better answers, and how to get it."""

import datetime as dt
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final, Literal

import pandas as pd

from trustgraph._html import card_html, table_html
from trustgraph._text import counted, listed
from trustgraph.errors import ArchiveError
from trustgraph.ingest.archives import ReadLimits, open_archive
from trustgraph.ingest.journal import BALANCE, NOT_USED, Journal
from trustgraph.ingest.linkedin.names import file_key
from trustgraph.ingest.linkedin.part import Reading, read_part
from trustgraph.ingest.linkedin.read import archives_in
from trustgraph.ingest.linkedin.registry import FILES
from trustgraph.ingest.pooling import Part
from trustgraph.ingest.shared_files import SHARED_FILE, find_shared, read_shared
from trustgraph.ingest.told import Told
from trustgraph.models.base import FrozenModel
from trustgraph.models.result import ResultModel

__all__ = ["FoundFile", "Inspection", "MissingTable", "ToLookAt", "inspect_archive"]

SHARED: Final = "shared ties"
"""Table of a file that a colleague shared."""
_NOT_READ: Final = "not read: "
_NO_ADDRESSES: Final = "no addresses in this file"
_MOST_FAULTS: Final = 50
_ASK: Final = (
    "at linkedin.com, Settings, Data privacy, Get a copy of your data: choose the larger archive; "
    "it comes within a day, often after a small first one that lacks it"
)
_NONE_YET: Final = "files of tables in which you have no row are left out of the archive"
_ADDS: Final = {
    "connections": ("who is connected to you, where they work, and since when", _ASK),
    "messages": ("who talks with whom and how lately: most of what tells trust", _ASK),
    "invitations": ("who asked whom in the last 180 days, and whose archive it is", _ASK),
    "recommendations_received": ("who has vouched for you in writing", _NONE_YET),
    "recommendations_given": ("whom you have vouched for in writing", _NONE_YET),
    "endorsements_received": ("who has confirmed your skills", _NONE_YET),
    "endorsements_given": ("whose skills you have confirmed", _NONE_YET),
    "positions": ("where you worked, for former colleagues", _ASK),
    "education": ("where you studied", _ASK),
    "profile": ("your name as the files write it", _ASK),
}
"""Table -> what it adds to the answers, and how to get it; the most useful first."""


class FoundFile(FrozenModel):
    """One file of an archive.

    Attributes
    ----------
    file
        Its path inside.
    table
        The table that is read from it; empty if it is not read.
    rows, used, unused
        Rows read, and of these used and not used; 0 if it is not read.
    note
        Why it is not read, else empty.

    Examples
    --------
    >>> found = tg.ingest.inspect_archive(tg.datasets.sample_archives()[0])
    >>> found.files[0].file
    'Ad_Targeting.csv'
    """

    file: str
    table: str = ""
    rows: int = 0
    used: int = 0
    unused: int = 0
    note: str = ""


class MissingTable(FrozenModel):
    """A table that is not in an archive, or is empty.

    Attributes
    ----------
    table
        Its name.
    adds
        What it would tell.
    how
        How to get it.

    Examples
    --------
    >>> lacking = tg.ingest.MissingTable(table="messages", adds="who talks", how="ask for it")
    >>> lacking.adds
    'who talks'
    """

    table: str
    adds: str
    how: str


class ToLookAt(FrozenModel):
    """A line of the report that is a warning or an error.

    Attributes
    ----------
    file, row
        Where; row 0 is the whole file.
    reason, mend
        What is wrong, and what can be done.

    Examples
    --------
    >>> tg.ingest.ToLookAt(file="Notes.csv", row=3, reason="no date", mend="write one").row
    3
    """

    file: str
    row: int
    reason: str
    mend: str


class Inspection(ResultModel):
    """What an archive holds and what it lacks.

    Attributes
    ----------
    archive
        Name of the zip, folder or file.
    made
        When it was made, in UTC; None when nothing says so.
    owner, is_owner_known
        Id of its owner, and whether anything says who that is.
    people, ties
        How many people are met in it, and how many of them are connections.
    first, last
        Days of the first and of the last act; None without dates.
    files
        Its files, by path.
    missing
        What is missing for better answers, the most useful first.
    problem
        Why it cannot be read as a whole, else empty.
    faults
        How many lines of the report are warnings or errors.
    to_look_at
        The first of them.
    schema_version
        Version of the dictionary form.

    Examples
    --------
    >>> found = tg.ingest.inspect_archive(tg.datasets.sample_archives()[0])
    >>> found.owner, found.ties
    ('mira-sandquill', 82)
    """

    archive: str
    made: dt.datetime | None = None
    owner: str = ""
    is_owner_known: bool = False
    people: int = 0
    ties: int = 0
    first: dt.date | None = None
    last: dt.date | None = None
    files: tuple[FoundFile, ...] = ()
    missing: tuple[MissingTable, ...] = ()
    problem: str = ""
    faults: int = 0
    to_look_at: tuple[ToLookAt, ...] = ()
    schema_version: Literal[1] = 1

    def to_frame(self) -> pd.DataFrame:
        """Return one row a file: file, table, rows, used, unused, note.

        Returns
        -------
        pandas.DataFrame
            Sorted by file.

        Examples
        --------
        >>> found = tg.ingest.inspect_archive(tg.datasets.sample_archives()[0])
        >>> frame = found.to_frame()
        >>> int(frame["rows"].sum()) == int((frame["used"] + frame["unused"]).sum())
        True
        """
        columns = list(FoundFile.model_fields)
        return pd.DataFrame([file.model_dump() for file in self.files], columns=columns)

    def explain(self) -> str:
        """Return the answer in plain sentences.

        Returns
        -------
        str
            Whose archive it is, what is in it, what is missing and how to get it.

        Examples
        --------
        >>> found = tg.ingest.inspect_archive(tg.datasets.sample_archives()[0])
        >>> print(found.explain().splitlines()[1])
        It is the archive of mira-sandquill.
        """
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        made = f", made on {self.made.date()}" if self.made else ""
        read = [file for file in self.files if file.table]
        files = counted(len(self.files), "file")
        yield f"{self.archive}{made}: {files}, {len(read)} of them read."
        if self.problem:
            yield f"It cannot be read as it is: {self.problem.rstrip('.')}."
        elif self.is_owner_known:
            yield f"It is the archive of {self.owner}."
        else:
            yield "Nothing in it says whose it is: name the owner when you read it."
        if self.people:
            days = f", dated {self.first} to {self.last}" if self.first else ""
            people = counted(self.people, "person", "people")
            yield f"It tells of {people}, {self.ties:,} of them connected{days}."
        rows, unused = sum(file.rows for file in read), sum(file.unused for file in read)
        if rows:
            verb = "is" if unused == 1 else "are"
            total = counted(rows, "row")
            yield f"Of {total} {unused:,} {verb} not used, each for a reason that the report names."
        if self.faults:
            first = self.to_look_at[0]
            place = f"{first.file}, row {first.row}" if first.row else first.file
            lines = counted(self.faults, "line")
            yield f"To look at: {lines} of the report, the first about {place}: {first.reason}."
        yield from self._missing_lines()
        if any(file.table == SHARED for file in self.files):
            yield "It was shared for one question: other ties of its owner are not in it."
        elif not self.missing and not self.problem:
            yield (
                "Nothing is missing. It knows only its owner's own ties: the archives of "
                "colleagues add theirs."
            )

    def _missing_lines(self) -> Iterator[str]:
        """Yield what is missing; how to get it is said once for all that come the same way."""
        ways: dict[str, None] = {}
        for one in self.missing:
            yield f"Missing: {one.table.replace('_', ' ')}. It would tell {one.adds}."
            ways[one.how] = None
        for how in ways:
            which = [one.table.replace("_", " ") for one in self.missing if one.how == how]
            yield f"How to get {listed(which)}: {how}."

    def _repr_html_(self) -> str:
        return card_html(self.archive, table_html(self.to_frame(), most=60), lines=self._lines())


def inspect_archive(
    source: str | os.PathLike[str],
    *,
    owner: str | None = None,
    headers: Mapping[str, str] | None = None,
    limits: ReadLimits | None = None,
) -> Inspection:
    """Return what is in one archive, what is missing for better answers, and how to get it.

    Parameters
    ----------
    source
        A zip, a folder or a single file; also what a colleague shared.
    owner, headers, limits
        As for `read_linkedin`.

    Returns
    -------
    Inspection
        Also of an archive that cannot be read as a whole: then ``problem`` says why.

    Raises
    ------
    ArchiveError
        If there is nothing at that place, several archives, or no archive at all.

    Examples
    --------
    >>> found = tg.ingest.inspect_archive(tg.datasets.sample_archives()[0])
    >>> found.to_frame().set_index("file").loc["Connections.csv", "table"]
    'connections'
    """
    path, *more = archives_in(Path(source).expanduser())
    if more:
        names = ", ".join(one.name for one in (path, *more[:2]))
        mend = "inspect each by itself"
        raise ArchiveError("several archives in a folder", value=names, mend=mend)
    journal = Journal()
    told, problem = _Told(), ""
    with open_archive(path, limits=limits) as archive:
        shared = find_shared(archive)
        try:
            if shared is not None:
                told = _of_shared(read_shared(shared, archive.name, owner, journal))
            else:
                told = _of_part(read_part(archive, owner, journal, Reading(headers=headers)))
        except ArchiveError as error:
            problem = str(error)
        paths = [member.path for member in archive.members]
        name, made = archive.name, archive.made
    report = journal.frame()
    files = tuple(_files(paths, report))
    faults = report[report["level"] != "info"]
    return Inspection(
        archive=name,
        made=made,
        **asdict(told),
        files=files,
        missing=() if shared is not None else tuple(_missing(files, report)),
        problem=problem,
        faults=len(faults),
        to_look_at=tuple(
            ToLookAt(file=file, row=row, reason=reason, mend=mend)
            for file, row, reason, mend in faults[["file", "row", "reason", "mend"]]
            .head(_MOST_FAULTS)
            .itertuples(index=False, name=None)
        ),
    )


@dataclass(frozen=True)
class _Told:
    """What an archive tells as a whole."""

    owner: str = ""
    is_owner_known: bool = False
    people: int = 0
    ties: int = 0
    first: dt.date | None = None
    last: dt.date | None = None


def _of_part(part: Part) -> _Told:
    return _told(part.owner, part.people, part.evidence, is_known=part.is_owner_known)


def _of_shared(told: Told) -> _Told:
    return _told(told.owners[0], told.people, told.evidence, is_known=True)


def _told(owner: str, people: pd.DataFrame, acts: pd.DataFrame, *, is_known: bool) -> _Told:
    days = acts["at"].dropna()
    return _Told(
        owner=owner,
        is_owner_known=is_known,
        people=len(people) - 1,
        ties=int((acts["kind"] == "connection").sum()),
        first=None if days.empty else days.min().date(),
        last=None if days.empty else days.max().date(),
    )


def _files(paths: list[str], report: pd.DataFrame) -> Iterator[FoundFile]:
    whole = report[(report["row"] == 0) & ~report["reason"].str.startswith(NOT_USED)]
    balance = whole[whole["reason"] == BALANCE].set_index("file")["value"]
    said = whole[whole["reason"] != BALANCE].drop_duplicates("file").set_index("file")["reason"]
    for path in sorted(paths):
        entry = FILES.get(file_key(path.rpartition("/")[2]))
        table = entry.name if entry else SHARED if path.endswith(SHARED_FILE) else ""
        counts = balance.get(path)
        if counts is not None:
            rows, used, unused = (int(number) for number in str(counts).split(" / "))
            yield FoundFile(file=path, table=table, rows=rows, used=used, unused=unused)
        else:
            note = str(said.get(path, "")).removeprefix(_NOT_READ)
            yield FoundFile(file=path, note=note)


def _missing(files: tuple[FoundFile, ...], report: pd.DataFrame) -> Iterator[MissingTable]:
    there = {file.table for file in files if file.used}
    damaged = {
        FILES[key].name: file.file
        for file in files
        if not file.table and (key := file_key(file.file.rpartition("/")[2])) in FILES
    }
    for table, (adds, how) in _ADDS.items():
        mended = f"{damaged.get(table)} is there and cannot be read: download the archive again"
        if table not in there:
            yield MissingTable(table=table, adds=adds, how=mended if table in damaged else how)
    if report["reason"].str.startswith(_NO_ADDRESSES).any():
        adds = "who is who among people of one name"
        how = "archives since July 2023 hold them: ask for a new one"
        yield MissingTable(table="addresses of connections", adds=adds, how=how)
