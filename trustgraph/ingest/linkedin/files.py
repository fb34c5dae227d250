"""Which file of an archive is which table, and what becomes of the others."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from trustgraph.errors import ArchiveError
from trustgraph.ingest.archives import Archive, Member, is_left_behind
from trustgraph.ingest.headers import missing_columns
from trustgraph.ingest.journal import Journal
from trustgraph.ingest.linkedin.names import DECOYS, KNOWN, file_key
from trustgraph.ingest.linkedin.registry import FILES, Entry
from trustgraph.ingest.tables import Header, Table, find_header

__all__ = ["TableFile", "find_tables"]

Find = Callable[[Member, Table], Header | None]

_BY_CONTENT: Final = ("connections", "messages", "invitations", "positions", "profile")
FILES_AS_SENT: Final = {"connections": "Connections.csv", "messages": "messages.csv"}
_MUST_BE_READ: Final = frozenset({"connections", "messages"})
_AGAIN: Final = "give the file as it was downloaded; its first line names the columns"
_SUB_FOLDER: Final = re.compile(r"(?:^|/)Jobs$", re.IGNORECASE)
"""Where LinkedIn itself puts some tables: beside the others or in this folder."""


@dataclass(frozen=True)
class TableFile:
    """A file, and where its header is."""

    member: Member
    header: Header


def find_tables(
    archive: Archive,
    tables: Mapping[str, Table],
    journal: Journal,
    *,
    headers: Mapping[str, str] | None = None,
) -> dict[str, list[TableFile]]:
    """Return the files of each table that is read, and report all the others.

    Parameters
    ----------
    archive
        The archive.
    tables
        Name -> the form in which each table is looked for.
    journal
        Told about files that are not read.
    headers
        Titles of columns in another language -> those that LinkedIn gives them in English.

    Returns
    -------
    dict
        Name of the table -> its files (long tables come in parts), sorted by path.

    Raises
    ------
    ArchiveError
        If it is no archive of LinkedIn's, or several at once, or a table has no header.
    """
    for note in archive.notes:
        journal.say(note.file, note.reason, level=note.level, value=note.value, mend=note.mend)
    find = partial(find_header, aliases=headers, most_columns=archive.limits.max_columns)
    if archive.is_single_file:
        name = _table_of_single(archive.members[0], tables, find)
        files = {name: list(archive.members)}
    else:
        files = _by_name(archive, tables, find, journal)
    found: dict[str, list[TableFile]] = {}
    for name, members in files.items():
        for member in members:
            header = find(member, tables[name])
            if header is None:
                reason = missing_columns(member, tables[name], aliases=headers)
                _say_without_header(member, name, reason, journal)
                continue
            found.setdefault(name, []).append(TableFile(member, header))
            journal.read(member.path, 0)  # a table without rows stands in the report too
            if name == "connections" and not header.has("url"):
                reason = "no addresses in this file (before July 2023): people are told by name"
                journal.say(member.path, reason)
    return found


def _by_name(
    archive: Archive, tables: Mapping[str, Table], find: Find, journal: Journal
) -> dict[str, list[Member]]:
    known: list[tuple[Entry, Member]] = []
    others: list[Member] = []
    for member in archive.members:
        key = file_key(member.name)
        is_text = member.name.lower().endswith((".csv", ".tsv", ".txt"))
        if is_left_behind(member.path) or not is_text:
            others.append(member)
        elif key in FILES and (FILES[key].is_main or not member.name.lower().endswith(".txt")):
            known.append((FILES[key], member))
        elif key in DECOYS:
            journal.say(member.path, "not read: talks with an assistant, not between people")
        elif key in KNOWN:
            journal.say(member.path, "not read: says nothing about ties between people")
        else:
            _say_unknown(member, tables, find, journal)
    files = _of_one_archive(archive, known, journal)
    _say_others(others, journal)
    return files


def _say_unknown(member: Member, tables: Mapping[str, Table], find: Find, journal: Journal) -> None:
    """Report an unknown file; one that holds a main table under another name is a warning."""
    for name in ("connections", "messages"):
        try:
            is_table = find(member, tables[name]) is not None
        except ArchiveError:
            break  # it cannot be read either
        if is_table:
            file = FILES_AS_SENT[name]
            reason = f"not read: an unknown file, but its columns are those of {file}"
            mend = f"if it is, rename it to {file}"
            journal.say(member.path, reason, level="warning", mend=mend)
            return
    journal.say(member.path, "not read: an unknown file")


def _home(member: Member) -> str:
    """Return the folder of the archive that a table lies in."""
    return _SUB_FOLDER.sub("", member.folder)


def _of_one_archive(
    archive: Archive, tables: list[tuple[Entry, Member]], journal: Journal
) -> dict[str, list[Member]]:
    """Return the files of each table; what lies elsewhere may be anybody's, by names like these."""
    homes = {_home(member) for entry, member in tables if entry.is_main}
    files: dict[str, list[Member]] = {}
    for entry, member in tables:
        if entry.is_main or not homes or _home(member) in homes:
            files.setdefault(entry.name, []).append(member)
        else:
            journal.say(member.path, "not read: it lies outside the folder of the archive")
    for members in files.values():
        folders = sorted(set(map(_home, members)))
        if len(folders) > 1:
            raise ArchiveError(
                "several archives in one",
                file=archive.name,
                value=", ".join(folder or "." for folder in folders),
                mend="give each archive by itself, as a list of paths",
            )
    inner = [m.path for m in archive.members if m.name.lower().endswith(".zip")]
    if not files or (inner and not homes):
        raise ArchiveError(
            "no table of a LinkedIn archive in it",
            file=archive.name,
            value=", ".join(inner[:3]) or _left_out(archive),
            mend="give the archives inside it, as a list of paths; unpack a zip that holds zips"
            if inner
            else "give the zip that LinkedIn sends, the folder it unpacks to, or a Connections.csv",
        )
    return files


def _left_out(archive: Archive) -> str:
    """Return the first file that was left out of an archive, and why."""
    return "; ".join(f"{note.file}: {note.reason}" for note in archive.notes[:1])


def _say_others(others: list[Member], journal: Journal) -> None:
    """Report files that are no tables, those of one kind and folder together."""
    kinds = Counter((member.folder, member.name.rpartition(".")[2].lower()) for member in others)
    for member in others:
        kind = (member.folder, member.name.rpartition(".")[2].lower())
        if kinds[kind] == 1:
            journal.say(member.path, "not read: no table")
    for (folder, ending), number in kinds.items():
        if number > 1:
            path = f"{folder}/*.{ending}" if folder else f"*.{ending}"
            journal.say(path, "not read: no tables", value=str(number))


def _table_of_single(member: Member, tables: Mapping[str, Table], find: Find) -> str:
    key = file_key(member.name)
    if key in FILES:
        return FILES[key].name
    if key in DECOYS:
        raise ArchiveError(
            "talks with an assistant, not between people",
            file=member.name,
            mend="give messages.csv, or the whole archive",
        )
    for name in _BY_CONTENT:
        if find(member, tables[name]) is not None:
            return name
    raise ArchiveError(
        "no line in it names the columns of a table that can be read",
        file=member.name,
        mend="give a Connections.csv as it was downloaded, or the whole archive",
    )


def _say_without_header(member: Member, name: str, reason: str, journal: Journal) -> None:
    """Report a file in which no header was found; of the main tables that is an error."""
    with member.open() as stream:
        if not stream.read(1):
            journal.say(member.path, "an empty file")
            return
    if journal.strict or name in _MUST_BE_READ:
        raise ArchiveError(reason, file=member.path, mend=_AGAIN)
    journal.say(member.path, reason, level="error", mend=_AGAIN)
