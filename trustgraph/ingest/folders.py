"""A folder as an archive: its own files, however deep, and nothing that it only points to."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from trustgraph.errors import ArchiveError
from trustgraph.ingest.members import Member, Note, Notes, too_many
from trustgraph.ingest.paths import fault_of, note_alike, shown
from trustgraph.ingest.streams import Meter, Source, counted

__all__ = ["folder_members", "plain_file"]

_LET_IN: Final = "change its permissions, or give a copy that you may read"


def folder_members(source: Path, name: str, meter: Meter, notes: Notes) -> tuple[Member, ...]:
    """Return the files of a folder that may be read, sorted by path.

    No link is followed: what lies outside of the folder is not a part of the archive, and what lies
    inside is read in its own place.

    Parameters
    ----------
    source
        The folder.
    name
        Name for messages.
    meter
        Counts what is read.
    notes
        Told about everything that is left out.

    Returns
    -------
    tuple of Member
        Files that may not be read are among them: opening them is an error.

    Raises
    ------
    ArchiveError
        If there are too many.
    """
    members: dict[str, Member] = {}
    for number, (path, entry) in enumerate(_walk(source, notes), start=1):
        if number > meter.limits.max_members:
            raise too_many(name, meter.limits.max_members)
        if not _is_link(entry) and entry.is_dir(follow_symlinks=False):
            continue
        fault = fault_of(path, meter.limits.max_path_chars) or _kind_fault(entry, source)
        if fault:
            notes.add(Note(shown(path), fault))
            continue
        if not os.access(entry.path, os.R_OK):
            notes.add(Note(path, "you may not read this file", mend=_LET_IN))
        members[path] = plain_file(Path(entry.path), path, f"{name}/{path}", meter)
    note_alike(members, notes)
    return tuple(members[path] for path in sorted(members))


def plain_file(source: Path, path: str, file: str, meter: Meter) -> Member:
    """Return a file on the disk as a member.

    Parameters
    ----------
    source
        Where it is.
    path
        Its path in the archive.
    file
        Name for messages.
    meter
        Counts what is read.

    Returns
    -------
    Member
        Opening it is an error if it cannot be read.
    """
    return Member(path, counted(_opener(source), meter, file))


def _opener(source: Path) -> Callable[[], Source]:
    return lambda: source.open("rb", buffering=0)


def _walk(source: Path, notes: Notes) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield all that is in a folder, with the path inside; links to folders are not entered."""
    waiting = [("", str(source))]
    while waiting:
        inside, folder = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    path = f"{inside}{entry.name}"
                    yield path, entry
                    if not _is_link(entry) and entry.is_dir(follow_symlinks=False):
                        waiting.append((f"{path}/", entry.path))
        except OSError as error:
            reason, value = "the folder cannot be listed", error.strerror or ""
            if not inside:
                raise ArchiveError(reason, file=shown(folder), value=value, mend=_LET_IN) from error
            notes.add(Note(shown(inside), reason, value=value, mend=_LET_IN))


def _is_link(entry: os.DirEntry[str]) -> bool:
    is_junction: Callable[[], bool] | None = getattr(entry, "is_junction", None)  # Python 3.12
    return entry.is_symlink() or (is_junction is not None and is_junction())


def _kind_fault(entry: os.DirEntry[str], source: Path) -> str:
    if not _is_link(entry):
        return "" if entry.is_file(follow_symlinks=False) else "not read: a device, and no file"
    try:
        target = Path(entry.path).resolve(strict=True)
    except (OSError, RuntimeError):
        return "not read: a link that leads nowhere, or in a circle"
    if target.is_relative_to(source.resolve()):
        return "not read: a link to something in the folder, which is read in its own place"
    return "not read: a link that leads out of the folder"
