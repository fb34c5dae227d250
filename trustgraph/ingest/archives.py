"""Where an archive is kept: a zip, a folder or a single file, read as streams, never unpacked."""

import datetime as dt
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, Final

from trustgraph.errors import ArchiveError
from trustgraph.ingest.folders import folder_members, plain_file
from trustgraph.ingest.limits import ReadLimits
from trustgraph.ingest.members import AGAIN, READ_ERRORS, Archive, Member, Note, Notes
from trustgraph.ingest.paths import shown
from trustgraph.ingest.streams import Meter
from trustgraph.ingest.zips import in_memory, newest_stamp, opened_zip, zip_members

__all__ = [
    "READ_ERRORS",
    "Archive",
    "Member",
    "Note",
    "ReadLimits",
    "date_in_name",
    "is_left_behind",
    "open_archive",
]

_NAME_DATE: Final = re.compile(r"(?<!\d)(\d{2})-(\d{2})-(\d{4})(?!\d)")
_REPACKED: Final = dt.timedelta(days=7)
_BEGINS: Final = (b"PK\x03\x04", b"PK\x05\x06")
_LEFT_BEHIND: Final = frozenset({"desktop.ini", "thumbs.db"})


def date_in_name(name: str) -> dt.datetime | None:
    """Return the date in the name of an archive (month, day, year), if there is one.

    Parameters
    ----------
    name
        Name of a zip or folder.

    Returns
    -------
    datetime or None
        Midnight UTC of that day.

    Examples
    --------
    >>> from trustgraph.ingest.archives import date_in_name
    >>> str(date_in_name("Complete_LinkedInDataExport_11-22-2026 (1).zip"))
    '2026-11-22 00:00:00+00:00'
    """
    for month, day, year in _NAME_DATE.findall(name):
        try:
            return dt.datetime(int(year), int(month), int(day), tzinfo=dt.UTC)
        except ValueError:
            continue
    return None


def is_left_behind(path: str) -> bool:
    """Tell what operating systems put beside the files of people.

    Parameters
    ----------
    path
        Path inside an archive.

    Returns
    -------
    bool
        Whether no person put the file there.

    Examples
    --------
    >>> from trustgraph.ingest.archives import is_left_behind
    >>> is_left_behind("__MACOSX/._Connections.csv"), is_left_behind("Connections.csv")
    (True, False)
    """
    name = path.rsplit("/", 1)[-1]
    return name.startswith(".") or "__MACOSX" in path.split("/") or name.lower() in _LEFT_BEHIND


@contextmanager
def open_archive(source: Path, *, limits: ReadLimits | None = None) -> Iterator[Archive]:
    """Open an archive for reading; nothing is unpacked or written.

    Parameters
    ----------
    source
        A zip, a folder (whatever its name) or a single file. A zip that holds one zip and nothing
        else, as after downloading through some programs, is read as the zip inside.
    limits
        How much may be read; default `ReadLimits()`.

    Yields
    ------
    Archive
        Its members can be read until the block ends; every file that is left out has a note.

    Raises
    ------
    ArchiveError
        If there is nothing at that place, or it is a damaged zip, or one that is made to exhaust
        the computer.
    """
    name = shown(source.name or str(source))
    meter = Meter(limits or ReadLimits())
    if _is_folder(source, name):
        notes = Notes(name)
        members = folder_members(source, name, meter, notes)
        yield Archive(name, members, date_in_name(name), notes=notes.told(), limits=meter.limits)
    elif _is_zip(source, name):
        with _zip(_opened(source, name), name, meter) as archive:
            yield archive
    else:
        member = plain_file(source, name, name, meter)
        yield Archive(name, (member,), date_in_name(name), is_single_file=True, limits=meter.limits)


def _is_folder(source: Path, name: str) -> bool:
    """Tell folders from files; whatever is neither, or is not there, is an error."""
    try:
        is_folder, is_file, is_there = source.is_dir(), source.is_file(), source.exists()
    except OSError as error:
        reason, value = "it cannot be opened", error.strerror or ""
        raise ArchiveError(reason, file=name, value=value, mend="check the path") from error
    if not is_there:
        raise ArchiveError("there is no such file or folder", file=name, mend="check the path")
    if not (is_folder or is_file):
        raise ArchiveError("this is neither a file nor a folder", file=name, mend="check the path")
    return is_folder


def _is_zip(source: Path, name: str) -> bool:
    """Tell zips by name or beginning; one without an end, where its list stands, is an error."""
    with _opened(source, name) as file:
        if source.suffix.lower() != ".zip" and file.read(len(_BEGINS[0])) not in _BEGINS:
            return False
        try:
            is_whole = zipfile.is_zipfile(file)
        except zipfile.BadZipFile:
            is_whole = True  # there is an end, though one that says what cannot be
    if not is_whole:
        raise ArchiveError("this is no zip file, or only a part of one", file=name, mend=AGAIN)
    return True


def _opened(source: Path, name: str) -> BinaryIO:
    try:
        return source.open("rb")
    except OSError as error:
        reason, value = "it cannot be opened", error.strerror or ""
        raise ArchiveError(reason, file=name, value=value, mend="check the path") from error


@contextmanager
def _zip(file: BinaryIO, name: str, meter: Meter, *, around: str = "") -> Iterator[Archive]:
    """Open a zip; `around` is the name of the zip that holds it, if one does."""
    full = f"{around}/{name}" if around else name
    notes = Notes(name)
    with opened_zip(file, full, meter.limits) as container:
        members = zip_members(container, full, meter, notes)
        inner = _only_zip(members)
        if inner is None:
            made = _made(newest_stamp(container.infolist()), name)
            yield Archive(name, members, made, notes=notes.told(), limits=meter.limits)
            return
        if around:
            mend = "unpack it until one zip is left, and give that"
            raise ArchiveError("a zip in a zip in a zip", file=full, value=inner.path, mend=mend)
        with inner.open() as stream:
            held = in_memory(stream, meter.limits.max_inner_bytes, f"{full}/{inner.path}")
        notes.add(Note(inner.path, "a zip inside the zip: it is read", level="info"))
        for member in members:
            if member is not inner:
                notes.add(Note(member.path, "not read: left behind by a program", level="info"))
        with _zip(held, inner.path, meter, around=full) as archive:
            yield replace(
                archive,
                name=name,
                made=_made(archive.made, name),
                notes=(*notes.told(), *archive.notes),
            )


def _only_zip(members: tuple[Member, ...]) -> Member | None:
    """Return the zip that is all that somebody put into a zip, if that is so."""
    own = [member for member in members if not is_left_behind(member.path)]
    is_one = len(own) == 1 and own[0].name.lower().endswith(".zip")
    return own[0] if is_one else None


def _made(newest: dt.datetime | None, name: str) -> dt.datetime | None:
    """Return the build time: the newest entry's, unless the name says it was packed again later."""
    named = date_in_name(name)
    if newest and named and abs(newest - named) > _REPACKED:
        return named
    return newest or named
