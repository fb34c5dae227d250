"""A zip as an archive: its list of entries is checked before anything in it is read.

Python's `zipfile` reads whatever it is told to. Here it is kept from reading a list of millions of
entries, entries that share their bytes or lie outside of the file are refused, and what an entry
says about its size is only compared with what comes out.
"""

import copy
import datetime as dt
import io
import stat
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, BinaryIO, Final, cast

from trustgraph.errors import ArchiveError
from trustgraph.ingest.limits import ReadLimits
from trustgraph.ingest.members import AGAIN, Member, Note, Notes, too_many
from trustgraph.ingest.paths import fault_of, note_alike, plain_path, shown
from trustgraph.ingest.streams import BROKEN, Meter, Packed, Source, counted

__all__ = ["in_memory", "newest_stamp", "opened_zip", "zip_members"]

_ENCRYPTED: Final = 0x1
_UNLOCK: Final = "take the password off, or unpack it and give the folder"
_REPACK: Final = "unpack it and give the folder"
_METHODS: Final = {9: "Deflate64", 12: "bzip2", 14: "LZMA", 93: "Zstandard", 95: "XZ", 98: "PPMd"}
_READ: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_LISTED: Final = b"PK\x01\x02"
_LOCAL: Final = 30
# The end of a zip, which is searched for its list, may hold that many entries of a zip inside.
_TAIL_ENTRIES: Final = 2_000
_BYTES_AN_ENTRY: Final = 300
_LEAST_LIST: Final = 2**20
# Stamps before LinkedIn was there come from programs that set none, those after from damage.
_FIRST_YEAR, _LAST_YEAR = 2003, 2099
_ENDLESS: Final = 2**63 - 1


class _Watched:
    """A zip file that does not hand out a list of entries longer than the limits allow."""

    def __init__(self, file: BinaryIO, limits: ReadLimits, name: str) -> None:
        self._file = file
        self._most = limits.max_members
        self._name = name
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable
        self.close = file.close
        self.read: Callable[..., bytes] = self._watched_read

    def _watched_read(self, size: int = -1) -> bytes:
        # Every entry takes its mark; so the list is counted before objects are made of it.
        if size > _LEAST_LIST + _BYTES_AN_ENTRY * self._most:
            raise too_many(self._name, self._most)
        block = self._file.read(size)
        if block.count(_LISTED) > max(self._most, _TAIL_ENTRIES):
            raise too_many(self._name, self._most)
        return block

    def trust(self) -> None:
        """Stop watching: the list has been read."""
        self.read = self._file.read


@contextmanager
def opened_zip(file: BinaryIO, name: str, limits: ReadLimits) -> Iterator[zipfile.ZipFile]:
    """Open a zip whose list of entries is sound.

    Parameters
    ----------
    file
        The zip, open for reading; closed at the end.
    name
        Name for messages.
    limits
        How much may be read.

    Yields
    ------
    zipfile.ZipFile
        Every entry of it lies inside the file, and none over another.

    Raises
    ------
    ArchiveError
        If the zip is damaged, has too many entries, or entries that share bytes.
    """
    watched = _Watched(file, limits, name)
    with file:
        try:
            container = zipfile.ZipFile(cast("Any", watched))
        except NotImplementedError as error:
            reason = "the zip is packed in a way that is not read"
            raise ArchiveError(reason, file=name, value=str(error), mend=_REPACK) from error
        except BROKEN as error:
            raise ArchiveError("the zip file is damaged", file=name, mend=AGAIN) from error
        watched.trust()
        with container:
            _check_places(container, name)
            if len(container.infolist()) > limits.max_members:
                raise too_many(name, limits.max_members)
            yield container


def _check_places(container: zipfile.ZipFile, name: str) -> None:
    """Refuse entries that lie over each other or outside of the file: their sizes are lies."""
    free = 0
    for entry in sorted(container.infolist(), key=lambda entry: entry.header_offset):
        begins = entry.header_offset
        ends = begins + _LOCAL + len(entry.orig_filename) + entry.compress_size
        if begins < free or ends > container.start_dir:
            reason = "entries of the zip lie over each other or outside of it, as in zip bombs"
            raise ArchiveError(reason, file=name, value=shown(entry.filename), mend=AGAIN)
        free = ends


def zip_members(
    container: zipfile.ZipFile, name: str, meter: Meter, notes: Notes
) -> tuple[Member, ...]:
    """Return the files of a zip that may be read, sorted by path.

    Parameters
    ----------
    container
        The zip.
    name
        Name for messages.
    meter
        Counts what is read.
    notes
        Told about every entry that is left out, and about what is odd.

    Returns
    -------
    tuple of Member
        Encrypted entries and such of unknown methods are among them: opening them is an error.
    """
    entries: dict[str, zipfile.ZipInfo] = {}
    for entry in container.infolist():
        written = entry.orig_filename if "\0" in entry.orig_filename else entry.filename
        if written.endswith(("/", "\\")):
            continue  # a folder
        path = plain_path(written)
        fault = fault_of(path, meter.limits.max_path_chars) or _kind_fault(entry)
        if fault:
            notes.add(Note(shown(path), fault))
        else:
            if path in entries:
                reason = "stands twice in the zip; the later one is read, as unpacking leaves it"
                notes.add(Note(path, reason))
            entries[path] = entry
    for path, entry in entries.items():
        if entry.flag_bits & _ENCRYPTED:
            notes.add(Note(path, "encrypted: it cannot be read", mend=_UNLOCK))
    note_alike(entries, notes)
    return tuple(
        Member(path, _opener(container, entries[path], f"{name}/{path}", meter))
        for path in sorted(entries)
    )


def _kind_fault(entry: zipfile.ZipInfo) -> str:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind == stat.S_IFLNK:
        return "not read: a link to another file"
    if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
        return "not read: a device, and no file"
    return ""


def _opener(
    container: zipfile.ZipFile, entry: zipfile.ZipInfo, file: str, meter: Meter
) -> Callable[[], BinaryIO]:
    # `zipfile` ends a stream at the size that is announced; here all that comes out is compared.
    whole = copy.copy(entry)
    whole.file_size = _ENDLESS

    def begin() -> Source:
        if entry.flag_bits & _ENCRYPTED:
            raise ArchiveError("the file is encrypted", file=file, mend=_UNLOCK)
        if entry.compress_type not in _READ:
            method = _METHODS.get(entry.compress_type, str(entry.compress_type))
            reason = "the file is packed by a method that is not read"
            raise ArchiveError(reason, file=file, value=method, mend=_REPACK)
        return cast("io.BufferedIOBase", container.open(whole))

    return counted(begin, meter, file, Packed(entry.compress_size, entry.file_size))


def newest_stamp(entries: Sequence[zipfile.ZipInfo]) -> dt.datetime | None:
    """Return when the newest entry was written; None when no entry has a date that can be.

    Parameters
    ----------
    entries
        Entries of a zip, the times of which may be of any kind.

    Returns
    -------
    datetime or None
        Taken as UTC: a zip does not tell its time zone.
    """
    stamps = []
    for entry in entries:
        if _FIRST_YEAR <= entry.date_time[0] <= _LAST_YEAR:
            try:
                stamps.append(dt.datetime(*entry.date_time, tzinfo=dt.UTC))
            except ValueError:
                continue
    return max(stamps, default=None)


def in_memory(stream: BinaryIO, most: int, file: str) -> io.BytesIO:
    """Return a file that is read to its end, for a zip inside a zip must be read from both ends.

    Parameters
    ----------
    stream
        The file, at its beginning.
    most
        Most bytes.
    file
        Name for messages.

    Returns
    -------
    io.BytesIO
        Its bytes.

    Raises
    ------
    ArchiveError
        If there are more.
    """
    held = io.BytesIO()
    while block := stream.read(2**20):
        if held.tell() + len(block) > most:
            raise ArchiveError(
                "a zip inside a zip that is too large to be read there",
                file=file,
                value=f"over {most:,} bytes",
                mend="unpack the outer zip, and give the one inside",
            )
        held.write(block)
    held.seek(0)
    return held
