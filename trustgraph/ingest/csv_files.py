"""A user's own tables in text files, and a network as such tables."""

import csv
import datetime as dt
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np
import pandas as pd

from trustgraph.errors import ArchiveError
from trustgraph.ingest.archives import Member
from trustgraph.ingest.checked_rows import ROW_RULES, checked_people
from trustgraph.ingest.headers import missing_columns
from trustgraph.ingest.journal import Journal
from trustgraph.ingest.named_columns import NAMED_TABLES, table_form
from trustgraph.ingest.network_data import TABLE_COLUMNS
from trustgraph.ingest.paths import shown
from trustgraph.ingest.people_named import NamedPeople, people_in
from trustgraph.ingest.safe_csv import plain_text, write_safe_csv
from trustgraph.ingest.tables import Header, Table, column_key, find_header, read_whole
from trustgraph.ingest.whole_files import check_free
from trustgraph.models import Network
from trustgraph.models.distinct import distinct

__all__ = ["read_csv", "write_csv"]

Source = str | os.PathLike[str]

_PEOPLE_BY: Final = ("id", "name", "url")
_ENDS: Final = {
    "evidence": ("source", "target"),
    "positions": ("person",),
    "facts": ("person",),
    "texts": ("source", "target"),
    "judgements": ("source", "target"),
}
_WRITTEN: Final = ("people", "evidence", "positions", "facts", "judgements")


def read_csv(
    people: Source | None = None,
    evidence: Source | None = None,
    *,
    positions: Source | None = None,
    facts: Source | None = None,
    owners: str | Iterable[str] = (),
    as_of: dt.datetime | dt.date | str | None = None,
    strict: bool = False,
) -> Network:
    r"""Read a network from a user's own CSV files, or from a folder that `write_csv` wrote.

    Parameters
    ----------
    people
        File of people: a column ``id``, ``name`` or ``url`` is needed; ``organisation``,
        ``position``, ``location`` and ``do_not_ask`` (yes, no) may be there. Or a folder, from
        which people.csv, evidence.csv, positions.csv, facts.csv, texts.csv and judgements.csv are
        read, those that are there.
    evidence
        File of acts: ``kind``, ``source``, ``target``, and perhaps ``at`` (a date), ``amount``
        (default 1) and ``origin``. Enough by itself: then everybody named in it is a person.
    positions
        File of ``person``, ``organisation``, and perhaps ``title``, ``started``, ``finished``,
        ``kind``.
    facts
        File of ``person``, ``kind``, and perhaps ``text``, ``organisation``, ``at``, ``until``,
        ``origin``.
    owners
        Whose records these are, by id, address or unique full name.
    as_of
        The moment that the records describe; default: their newest.
    strict
        Whether the first malformed row is an error; otherwise it is reported.

    Returns
    -------
    Network
        People by their id; where the file has none, by the decoded slug of the address, else
        ``name|organisation``. In the other files people are named by id, by address or by a full
        name that only one of them has. ``report`` says for each file how many rows were read,
        used and not used, and why, and which columns mean nothing here.

    Raises
    ------
    ArchiveError
        If a file is not there, cannot be read, lacks a column or has no row that can be used; if
        an owner is unknown.
    RecordError
        With ``strict``, at the first malformed row.

    Notes
    -----
    Columns are found by their titles, whatever their order and case; `named_columns` lists other
    titles that mean the same, for instance ``from`` for ``source``. Commas, semicolons and tabs
    separate fields; UTF-8 with or without byte order mark, else Windows-1252. Dates are ISO days or
    times (UTC, unless they state a zone), ``8 Feb 2026``, ``Feb 2026`` or ``2026``; ``1/2/2026`` is
    refused, as nobody can tell the month. Kinds of evidence are kept as they are, whether a trust
    model knows them or not. The apostrophe that keeps a spreadsheet from taking a cell for a
    formula (``'=1+1``) is taken off.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> from trustgraph.ingest.csv_files import read_csv
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "people.csv").write_text("Name,Company\nAna Lima,Acme\nBo Ek,Beta\n")
    >>> _ = (folder / "acts.csv").write_text(
    ...     "From,To,Type,Date\nBo Ek,Ana Lima,recommendation,2024-05-01\nBo,Ana Lima,project,\n"
    ... )
    >>> net = read_csv(folder / "people.csv", folder / "acts.csv")
    >>> net.evidence[["kind", "source", "target"]].values.tolist()
    [['recommendation', 'Bo Ek|Beta', 'Ana Lima|Acme']]
    >>> net.report.query("level == 'error'")[["file", "row", "reason", "value"]].values.tolist()
    [['acts.csv', 3, 'not used: source: nobody is known by this id, name or address', 'Bo']]
    """
    given: dict[str, Source | None] = {
        "people": people,
        "evidence": evidence,
        "positions": positions,
        "facts": facts,
    }
    journal = Journal(strict=strict)
    rows = {name: _rows(name, path, journal) for name, path in _files(given).items()}
    tables = {"people": _people(rows, journal)}
    known = NamedPeople(tables["people"])
    for name, rule in ROW_RULES.items():
        if name in rows:
            tables[name] = rule(rows[name], known, journal)
    for name, frame in rows.items():
        _count(frame, tables[name], journal)
    if not journal.used_in_all():
        raise ArchiveError("no row can be used", mend="give a file with at least one person or act")
    return Network(
        **{
            "owners": known.owners(owners),
            "as_of": as_of,
            "report": journal.frame(),
            **{
                name: frame.drop(columns=["file", "row"], errors="ignore")
                for name, frame in tables.items()
            },
        }
    )


def _files(given: dict[str, Source | None]) -> dict[str, Path]:
    """Return the files to read, those of a folder among them."""
    paths = {name: Path(one).expanduser() for name, one in given.items() if one is not None}
    if not paths:
        mend = "give a file of people, of evidence, or a folder"
        raise ArchiveError("there is nothing to read", mend=mend)
    if "people" in paths and paths["people"].is_dir():
        folder = paths.pop("people")
        inside = {name: folder / f"{name}.csv" for name in NAMED_TABLES}
        paths = {name: path for name, path in inside.items() if path.is_file()} | paths
        if not paths:
            mend = "give a folder with people.csv or evidence.csv"
            raise ArchiveError("there is no table in this folder", file=folder.name, mend=mend)
    for path in paths.values():
        if not path.is_file():
            raise ArchiveError("there is no such file", file=path.name, mend="check the path")
    return {name: paths[name] for name in NAMED_TABLES if name in paths}


def _rows(table: str, path: Path, journal: Journal) -> pd.DataFrame:
    """Return the rows of a file as plain texts, with ``file`` and ``row``."""
    member = Member(shown(path.name), lambda: _opened(path))
    form, header = _header(table, member)
    keys = header.keys
    unread = [
        key or "(no title)"
        for place, key in enumerate(keys)
        if key not in form.columns or key in keys[:place]
    ]
    if unread:
        journal.say(
            member.path,
            f"{len(unread)} of its columns are not read: the titles say nothing here, or again",
            value=", ".join(unread),
            mend=f"the columns are {', '.join(TABLE_COLUMNS[table])}",
        )
    rows = read_whole(member, form, header, journal)
    plain = pd.DataFrame(
        {name: distinct(rows[column_key(name)], plain_text) for name in TABLE_COLUMNS[table]}
    )
    return plain.assign(file=member.path).reset_index()


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        mend = "check that you may read it"
        raise ArchiveError("the file cannot be read", file=path.name, mend=mend) from error


def _header(table: str, member: Member) -> tuple[Table, Header]:
    needed = [(name,) for name in _PEOPLE_BY] if table == "people" else [()]
    forms = [table_form(table, names) for names in needed]
    found: list[tuple[Table, Header]] = []
    with suppress(csv.Error):  # a stray line end or an endless field: then no line is a header
        found = [(form, header) for form in forms if (header := find_header(member, form))]
    if found:
        return min(found, key=lambda one: one[1].line)
    lacking = " or ".join(_PEOPLE_BY) if table == "people" else ", ".join(forms[0].required)
    with member.open() as stream:
        is_workbook = stream.read(2) == b"PK"
    mend = f"write a first line with {lacking}, separated by commas"
    raise ArchiveError(
        "this is a workbook or a zip" if is_workbook else _why(member, table, forms[0]),
        file=member.path,
        mend="save the sheet as CSV, and give that" if is_workbook else mend,
    )


def _why(member: Member, table: str, form: Table) -> str:
    """Return why no line is a header."""
    if table == "people":
        return "no line names the columns"
    try:
        return missing_columns(member, form)
    except csv.Error:
        return "no line names the columns"


def _people(rows: dict[str, pd.DataFrame], journal: Journal) -> pd.DataFrame:
    """Return the people of the file of people; without one, those whom the acts name."""
    if "people" in rows:
        return checked_people(rows["people"], journal)
    return people_in(
        rows[name][end] for name, ends in _ENDS.items() if name in rows for end in ends
    )


def _count(rows: pd.DataFrame, used: pd.DataFrame, journal: Journal) -> None:
    """Count the used rows of a file; a file of rows none of which can be used is an error."""
    if rows.empty:
        return
    file = str(rows["file"].iloc[0])
    journal.used(file, len(used))
    if used.empty:
        raise ArchiveError(
            "none of its rows can be used", file=file, mend=journal.advice(file=file)
        )


def write_csv(
    net: Network, folder: Source, *, texts: bool = False, overwrite: bool = False
) -> None:
    """Write a network as CSV files that are safe to open in a spreadsheet.

    Parameters
    ----------
    net
        The network.
    folder
        Where to; made if it is not there. It gets people.csv, evidence.csv, positions.csv,
        facts.csv, judgements.csv and, if asked for, texts.csv.
    texts
        Whether what people wrote is written too, if the network has kept it.
    overwrite
        Whether files that are there already may be replaced.

    Raises
    ------
    ArchiveError
        If a file is there already, or nothing can be written there.
    RecordError
        If a text holds what no text file can: a NUL, or half a character.

    Notes
    -----
    UTF-8, lines end in LF, every cell in quotation marks. A cell that a spreadsheet would take for
    a formula gets an apostrophe before it; `read_csv` takes it off, so that every record comes
    back as it was (dates from 1900 to 2100; a carriage return by itself as a line feed). Owners,
    ``as_of`` and the report have no place in such files, and people who were merged stay so:
    `write_json` keeps those too.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> from trustgraph.ingest.csv_files import read_csv, write_csv
    >>> folder = pathlib.Path(tempfile.mkdtemp(), "office")
    >>> net = tg.datasets.load_office()
    >>> write_csv(net, folder)
    >>> again = read_csv(folder, owners=net.owners, as_of=net.as_of)
    >>> again.replace(report=net.report) == net
    True
    """
    place = Path(folder).expanduser()
    names = (*_WRITTEN, "texts") if texts else _WRITTEN
    check_free(place, [f"{name}.csv" for name in names], overwrite=overwrite)
    for name in names:
        frame: pd.DataFrame = getattr(net, name)
        frame = frame.reset_index() if name == "people" else frame
        dated = frame.select_dtypes("datetimetz").columns
        told: dict[str, Any] = {str(column): _iso(frame[column]) for column in dated}
        if name == "people":
            told["do_not_ask"] = frame["do_not_ask"].map({True: "yes", False: ""}).astype("str")
        write_safe_csv(frame.assign(**told), place / f"{name}.csv", overwrite=overwrite)


def _iso(moments: "pd.Series[Any]") -> "pd.Series[str]":
    """Return moments as text: a day where the clock shows midnight."""
    codes, found = pd.factorize(moments)
    texts = [
        f"{moment:%Y-%m-%d}" if moment == moment.normalize() else moment.isoformat()
        for moment in found
    ]
    values = np.array([*texts, ""], dtype=object)[codes]
    return pd.Series(values, index=moments.index, dtype="str")
