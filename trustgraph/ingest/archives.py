"""Where an archive is kept: a zip, a folder or a single file, read as streams, never unpacked."""

import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, cast

from trustgraph.errors import ArchiveError

__all__ = ["READ_ERRORS", "Archive", "Member", "date_in_name", "open_archive"]

READ_ERRORS: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
)
"""What reading a damaged or locked member raises."""

_AGAIN: Final = "download the archive again, and give it as it was downloaded"
_NAME_DATE: Final = re.compile(r"(?<!\d)(\d{2})-(\d{2})-(\d{4})(?!\d)")
_ZIP_EPOCH: Final = dt.datetime(1980, 1, 2, tzinfo=dt.UTC)
_REPACKED: Final = dt.timedelta(days=7)
_ENCRYPTED: Final = 0x1


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
    """

    name: str
    members: tuple[Member, ...]
    made: dt.datetime | None = None
    is_single_file: bool = False


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


@contextmanager
def open_archive(source: Path) -> Iterator[Archive]:
    """Open an archive for reading; nothing is unpacked or written.

    Parameters
    ----------
    source
        A zip, a folder (whatever its name) or a single file.

    Yields
    ------
    Archive
        Its members can be read until the block ends.

    Raises
    ------
    ArchiveError
        If there is nothing at that place, or it is a damaged zip.
    """
    name = source.name or str(source)
    if source.is_dir():
        yield _folder(source, name)
    elif not source.exists():
        raise ArchiveError("there is no such file or folder", file=name, mend="check the path")
    elif zipfile.is_zipfile(source):
        with _opened(source, name) as container:
            yield _zip(container, name)
    elif source.suffix.lower() == ".zip":
        raise ArchiveError("this is no zip file, or only a part of one", file=name, mend=_AGAIN)
    else:
        member = Member(name, lambda: source.open("rb"))
        yield Archive(name, (member,), date_in_name(name), is_single_file=True)


def _opened(source: Path, name: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(source)
    except READ_ERRORS as error:
        raise ArchiveError("the zip file is damaged", file=name, mend=_AGAIN) from error


def _folder(source: Path, name: str) -> Archive:
    files = sorted(path for path in source.rglob("*") if path.is_file())
    members = tuple(Member(path.relative_to(source).as_posix(), _opener(path)) for path in files)
    return Archive(name, members, date_in_name(name))


def _opener(path: Path) -> Callable[[], BinaryIO]:
    return lambda: path.open("rb")


def _zip(container: zipfile.ZipFile, name: str) -> Archive:
    # Where a name stands twice, the later entry counts, as for every program that unpacks.
    entries = {info.filename: info for info in container.infolist() if not info.is_dir()}
    members = tuple(
        Member(path.replace("\\", "/"), _entry_opener(container, entries[path], name))
        for path in sorted(entries)
    )
    return Archive(name, members, _made(list(entries.values()), name))


def _entry_opener(
    container: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str
) -> Callable[[], BinaryIO]:
    def opened() -> BinaryIO:
        file = f"{name}/{entry.filename}"
        if entry.flag_bits & _ENCRYPTED:
            mend = "take the password off, or unpack it and give the folder"
            raise ArchiveError("the file is encrypted", file=file, mend=mend)
        try:
            return io.BufferedReader(cast("io.RawIOBase", container.open(entry)))
        except READ_ERRORS as error:
            raise ArchiveError("the file is damaged", file=file, mend=_AGAIN) from error

    return opened


def _made(entries: list[zipfile.ZipInfo], name: str) -> dt.datetime | None:
    """Return the build time: the newest entry's, unless the name says it was packed again later."""
    stamps = []
    for entry in entries:
        try:
            stamps.append(dt.datetime(*entry.date_time, tzinfo=dt.UTC))
        except ValueError:
            continue
    newest = max((stamp for stamp in stamps if stamp > _ZIP_EPOCH), default=None)
    named = date_in_name(name)
    if newest and named and abs(newest - named) > _REPACKED:
        return named
    return newest or named
