"""The files of an archive, and what is said about those that are not read."""

import datetime as dt
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import BinaryIO, Final, Literal

from trustgraph.errors import ArchiveError
from trustgraph.ingest.limits import ReadLimits

__all__ = ["AGAIN", "READ_ERRORS", "Archive", "Member", "Note", "NoteLevel", "Notes", "too_many"]

READ_ERRORS: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
)
"""What reading a damaged or locked member raises."""

AGAIN: Final = "download the archive again, and give it as it was downloaded"
"""What to do about a damaged archive."""

_LISTED: Final = 100

NoteLevel = Literal["info", "warning", "error"]


@dataclass(frozen=True)
class Member:
    """One file of an archive: its path inside, and how to open it from its beginning."""

    path: str
    open: Callable[[], BinaryIO]

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rsplit("/", 1)[-1]

    @property
    def folder(self) -> str:
        """The path of the folder inside the archive; empty at its root."""
        return self.path.rpartition("/")[0]


@dataclass(frozen=True)
class Note:
    """What is to be said about a file of an archive, in the words of the report.

    Attributes
    ----------
    file
        Path inside the archive, as it can be shown.
    reason
        What is the matter.
    value
        The offending value; empty where the path says it all.
    mend
        What the user can do about it.
    level
        How much it matters, as in the report.
    """

    file: str
    reason: str
    value: str = ""
    mend: str = ""
    level: NoteLevel = "warning"


@dataclass(frozen=True)
class Archive:
    """The files of one archive.

    Attributes
    ----------
    name
        Name of the zip, folder or file.
    members
        Its files, sorted by path.
    made
        When the archive was made, in UTC; None when nothing says so.
    is_single_file
        Whether it is one table and not an archive.
    notes
        Every file that is not among the members, and why, and what is odd about those that are.
    limits
        How much of it is read at most.
    """

    name: str
    members: tuple[Member, ...]
    made: dt.datetime | None = None
    is_single_file: bool = False
    notes: tuple[Note, ...] = ()
    limits: ReadLimits = field(default_factory=ReadLimits)


class Notes:
    """Collects notes; of a hundred thousand that say the same a hundred are listed.

    Parameters
    ----------
    archive
        Name of the archive.
    """

    def __init__(self, archive: str) -> None:
        self._archive = archive
        self._notes: list[Note] = []
        self._more: Counter[Note] = Counter()
        self._number: Counter[str] = Counter()

    def add(self, note: Note) -> None:
        """Add a note, or count it where the same was said of many files."""
        self._number[note.reason] += 1
        if self._number[note.reason] <= _LISTED:
            self._notes.append(note)
        else:
            self._more[replace(note, file=self._archive, value="")] += 1

    def told(self) -> tuple[Note, ...]:
        """Return the notes in order, those that were only counted last."""
        more = (
            replace(note, reason=f"{note.reason}: more such files", value=str(number))
            for note, number in self._more.items()
        )
        return (*self._notes, *more)


def too_many(name: str, most: int) -> ArchiveError:
    """Return the error for an archive of too many files."""
    return ArchiveError(
        "it holds too many files",
        file=name,
        value=f"over {most:,}",
        mend="give the archive alone; if it is, give a larger ReadLimits(max_members=...)",
    )
