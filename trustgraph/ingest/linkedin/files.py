"""Which file of an archive is which table, and what becomes of the others."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from trustgraph.errors import ArchiveError
from trustgraph.ingest.archives import Archive, Member
from trustgraph.ingest.journal import Journal
from trustgraph.ingest.linkedin.connections import CONNECTIONS
from trustgraph.ingest.linkedin.endorsements import ENDORSEMENTS
from trustgraph.ingest.linkedin.invitations import INVITATIONS
from trustgraph.ingest.linkedin.mailbox import MESSAGES
from trustgraph.ingest.linkedin.names import DECOYS, KNOWN, TABLES, file_key
from trustgraph.ingest.linkedin.profile import POSITIONS, PROFILE
from trustgraph.ingest.linkedin.recommendations import RECOMMENDATIONS
from trustgraph.ingest.tables import Header, Table, find_header

__all__ = ["FORMS", "FoundFile", "find_tables"]

FORMS: Final[Mapping[str, Table]] = {
    "profile": PROFILE,
    "positions": POSITIONS,
    "connections": CONNECTIONS,
    "invitations": INVITATIONS,
    "recommendations_received": RECOMMENDATIONS,
    "recommendations_given": RECOMMENDATIONS,
    "endorsements_received": ENDORSEMENTS,
    "endorsements_given": ENDORSEMENTS,
    "messages": MESSAGES,
}

_BY_CONTENT: Final = ("connections", "messages", "invitations", "positions", "profile")
_MUST_BE_READ: Final = frozenset({"connections", "messages"})
_AGAIN: Final = "give the file as it was downloaded; its first line names the columns"


@dataclass(frozen=True)
class FoundFile:
    """A file, and where its header is."""

    member: Member
    header: Header


def find_tables(archive: Archive, journal: Journal) -> dict[str, list[FoundFile]]:
    """Return the files of each table that is read, and report all the others.

    Parameters
    ----------
    archive
        The archive.
    journal
        Told about files that are not read.

    Returns
    -------
    dict
        Name of the table -> its files (long tables come in parts), sorted by path.

    Raises
    ------
    ArchiveError
        If it is no archive of LinkedIn's, or several at once, or a table has no header.
    """
    if archive.is_single_file:
        name = _table_of_single(archive.members[0])
        files = {name: list(archive.members)}
    else:
        files = _by_name(archive, journal)
    found: dict[str, list[FoundFile]] = {}
    for table, members in files.items():
        for member in members:
            header = _header(member, table, journal)
            if header is None:
                continue
            found.setdefault(table, []).append(FoundFile(member, header))
            if table == "connections" and not header.has("url"):
                reason = "no addresses in this file (before July 2023): people are told by name"
                journal.say(member.path, reason)
    return found


def _by_name(archive: Archive, journal: Journal) -> dict[str, list[Member]]:
    files: dict[str, list[Member]] = {}
    others: list[Member] = []
    for member in archive.members:
        key = file_key(member.name)
        is_text = member.name.lower().endswith((".csv", ".tsv", ".txt"))
        if _is_left_behind(member) or not is_text:
            others.append(member)
        elif key in TABLES:
            files.setdefault(TABLES[key], []).append(member)
        elif key in DECOYS:
            journal.say(member.path, "not read: talks with an assistant, not between people")
        elif key in KNOWN:
            journal.say(member.path, "not read: says nothing about ties between people")
        else:
            journal.say(member.path, "not read: an unknown file")
    _check_one_archive(archive, files)
    _say_others(others, journal)
    return files


def _is_left_behind(member: Member) -> bool:
    """Tell what operating systems put beside the files."""
    return member.name.startswith(".") or member.path.startswith("__MACOSX/")


def _check_one_archive(archive: Archive, files: dict[str, list[Member]]) -> None:
    for members in files.values():
        folders = sorted({member.folder for member in members})
        if len(folders) > 1:
            raise ArchiveError(
                "several archives in one",
                file=archive.name,
                value=", ".join(folder or "." for folder in folders),
                mend="give each archive by itself, as a list of paths",
            )
    if not files:
        inner = [m.path for m in archive.members if m.name.lower().endswith(".zip")]
        raise ArchiveError(
            "no table of a LinkedIn archive in it",
            file=archive.name,
            value=", ".join(inner[:3]),
            mend="give the archives inside it, as a list of paths; unpack a zip that holds zips"
            if inner
            else "give the zip that LinkedIn sends, the folder it unpacks to, or a Connections.csv",
        )


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


def _table_of_single(member: Member) -> str:
    key = file_key(member.name)
    if key in TABLES:
        return TABLES[key]
    if key in DECOYS:
        raise ArchiveError(
            "talks with an assistant, not between people",
            file=member.name,
            mend="give messages.csv, or the whole archive",
        )
    for table in _BY_CONTENT:
        if find_header(member, FORMS[table]) is not None:
            return table
    raise ArchiveError(
        "no line in it names the columns of a table that can be read",
        file=member.name,
        mend="give a Connections.csv as it was downloaded, or the whole archive",
    )


def _header(member: Member, table: str, journal: Journal) -> Header | None:
    header = find_header(member, FORMS[table])
    if header is not None:
        return header
    with member.open() as stream:
        if not stream.read(1):
            journal.say(member.path, "an empty file")
            return None
    reason = "no line names the columns " + ", ".join(FORMS[table].required)
    if journal.strict or table in _MUST_BE_READ:
        raise ArchiveError(reason, file=member.path, mend=_AGAIN)
    journal.say(member.path, reason, level="error", mend=_AGAIN)
    return None
