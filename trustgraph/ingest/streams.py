"""Bytes of a member, counted while they are read; every failure says which file it was."""

import io
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

from trustgraph.errors import ArchiveError
from trustgraph.ingest.limits import ReadLimits
from trustgraph.ingest.members import AGAIN, READ_ERRORS

__all__ = ["BROKEN", "Meter", "Packed", "Source", "counted"]

BROKEN: Final = (*READ_ERRORS, OverflowError, UnicodeDecodeError, struct.error)
"""What the standard library raises on damaged files."""

_BLOCK: Final = 2**18

Source = io.RawIOBase | io.BufferedIOBase
"""What fills a buffer: a file on the disk, or an entry of a zip."""


class Meter:
    """Counts what is read of one archive.

    Parameters
    ----------
    limits
        How much may be read.
    """

    def __init__(self, limits: ReadLimits) -> None:
        self.limits = limits
        self.total = 0


@dataclass
class Packed:
    """What a zip says about an entry: sizes in bytes; the packed one has been checked."""

    packed: int
    unpacked: int


class _Tally:
    """How far one member has been read; reading it again costs nothing new."""

    def __init__(self, meter: Meter, file: str, size: Packed | None) -> None:
        self.file = file
        self.furthest = 0
        self._meter = meter
        self._size = size

    def reach(self, position: int) -> None:
        """Note that the member was read up to a position."""
        limits, meter = self._meter.limits, self._meter
        total = meter.total + position - self.furthest
        if position > limits.max_member_bytes:
            raise self._too_much("max_member_bytes", limits.max_member_bytes)
        if total > limits.max_bytes:
            raise self._too_much("max_bytes", limits.max_bytes)
        if self._size is not None:
            self._check_size(position, self._size)
        meter.total, self.furthest = total, position

    def _too_much(self, name: str, most: int) -> ArchiveError:
        what = "the files of the archive together are" if name == "max_bytes" else "the file is"
        return ArchiveError(
            f"{what} larger than what is read at most",
            file=self.file,
            value=f"over {most:,} bytes",
            mend=f"if you trust it, give a larger ReadLimits({name}=...)",
        )

    def _check_size(self, position: int, size: Packed) -> None:
        limits = self._meter.limits
        if position > size.unpacked:
            raise self._lie(f"announced {size.unpacked:,} bytes, there are more")
        if position > limits.ratio_floor_bytes and position > limits.max_ratio * size.packed:
            raise ArchiveError(
                "the file unpacks to far more than its size, as zip bombs do",
                file=self.file,
                value=f"over {limits.max_ratio:g} bytes for each one",
                mend="if you trust it, give a larger ReadLimits(max_ratio=...)",
            )

    def end(self, position: int) -> None:
        """Note that the member ended."""
        if self._size is not None and position != self._size.unpacked:
            raise self._lie(f"announced {self._size.unpacked:,} bytes, there are {position:,}")

    def _lie(self, value: str) -> ArchiveError:
        reason = "the file has not the size that the zip announces"
        return ArchiveError(reason, file=self.file, value=value, mend=AGAIN)


class _Counted(io.RawIOBase):
    """A stream that counts, stops at the limits and fails with an `ArchiveError` only."""

    def __init__(self, source: Source, tally: _Tally) -> None:
        self._source = source
        self._tally = tally
        self._position = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        tally = self._tally
        try:
            number = self._source.readinto(buffer) or 0
        except BROKEN as error:
            reason = "the file cannot be read to its end"
            raise ArchiveError(reason, file=tally.file, mend=AGAIN) from error
        if number:
            self._position += number
            if self._position > tally.furthest:
                tally.reach(self._position)
        elif len(buffer):
            tally.end(self._position)
        return number

    def close(self) -> None:
        try:
            self._source.close()
        finally:
            super().close()


def counted(
    begin: Callable[[], Source], meter: Meter, file: str, size: Packed | None = None
) -> Callable[[], BinaryIO]:
    """Return how to open a file so that what is read of it is counted.

    Parameters
    ----------
    begin
        Opens the file from its beginning.
    meter
        Counts for the archive that the file is a part of.
    file
        Name for messages.
    size
        What a zip says about it; None for a plain file.

    Returns
    -------
    callable
        Opens the file. Both that and reading from it raise `ArchiveError` for a file that is
        damaged, locked or too large, and nothing else.
    """
    tally = _Tally(meter, file, size)

    def opened() -> BinaryIO:
        try:
            source = begin()
        except OSError as error:
            mend = "check that it is still there, and that you may read it"
            reason, value = "the file cannot be opened", error.strerror or ""
            raise ArchiveError(reason, file=file, value=value, mend=mend) from error
        except BROKEN as error:
            raise ArchiveError("the file is damaged", file=file, mend=AGAIN) from error
        return io.BufferedReader(_Counted(source, tally), _BLOCK)

    return opened
