"""A text file of ratings or contacts as the readers of tables take it, a block at a time.

Packed files are unpacked, lines of comment above the first line of fields are emptied (so that
every line keeps its number), and blanks between fields become tabs.
"""

import gzip
import io
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, Final

from trustgraph.errors import ArchiveError
from trustgraph.ingest.decoding import CleanStream
from trustgraph.ingest.limits import ReadLimits
from trustgraph.ingest.members import Member
from trustgraph.ingest.paths import shown
from trustgraph.ingest.streams import Meter, Source, counted

__all__ = ["Plain", "file_member"]

_GZIP: Final = b"\x1f\x8b"
_BLOCK: Final = 1 << 22
_COMMENTS: Final = (b"#", b"%")
_COMMENT: Final = re.compile(rb"^[ \t]*[#%][^\n]*", re.MULTILINE)
_BLANKS: Final = re.compile(rb"[ \t]+")
_OUTER: Final = re.compile(rb"^[ \t]+|[ \t\r]+$", re.MULTILINE)


def file_member(path: Path, limits: ReadLimits) -> Member:
    """Return a file on the disk as a member; unpacked, if it is a gzip.

    Parameters
    ----------
    path
        The file.
    limits
        How much of it is read at most.

    Returns
    -------
    Member
        The file.

    Raises
    ------
    ArchiveError
        If there is no such file, or it may not be read.
    """
    name = shown(path.name)
    if path.is_dir():
        raise ArchiveError("this is a folder", file=name, mend="name one of the files in it")
    if not path.is_file():
        raise ArchiveError("there is no such file", file=name, mend="check the path")
    try:
        with path.open("rb") as stream:
            is_packed = stream.read(len(_GZIP)) == _GZIP
    except OSError as error:
        mend = "check that you may read it"
        raise ArchiveError("the file cannot be read", file=name, mend=mend) from error
    begin: Callable[[], Source]
    begin = partial(gzip.GzipFile, path) if is_packed else partial(io.FileIO, path)
    return Member(name, counted(begin, Meter(limits), name))


class Plain:
    """A file without comments, with tabs where blanks separate its fields.

    Parameters
    ----------
    member
        The file.
    blanks
        Whether blanks separate its fields.

    Attributes
    ----------
    blanks
        Whether blanks separate its fields.
    comments
        How many lines of comment the last reading has met.
    """

    def __init__(self, member: Member, *, blanks: bool) -> None:
        self._member = member
        self.blanks = blanks
        self._stream: CleanStream | None = None
        self.comments = 0
        self._is_above = True

    @property
    def member(self) -> Member:
        """The file in this form."""
        return Member(self._member.path, self._opened)

    def facts(self) -> list[str]:
        """Return what the last reading found odd about the file as a whole."""
        return [] if self._stream is None else self._stream.facts()

    def _opened(self) -> BinaryIO:
        raw = self._member.open()
        self._stream = CleanStream(raw, self._member)
        self.comments = 0
        self._is_above = True
        return io.BufferedReader(_Lines(raw, self._stream, self._changed), _BLOCK)

    def _changed(self, block: bytes) -> bytes:
        if self._is_above:
            above = _above(block)
            emptied, number = _COMMENT.subn(b"", block[:above])
            self._is_above = above == len(block)
            self.comments += number
            block = emptied + block[above:]
        if self.blanks:
            if b"  " in block or b"\t" in block or b" \n" in block or b"\n " in block:
                block = _BLANKS.sub(b"\t", _OUTER.sub(b"", block))
            block = block.replace(b" ", b"\t")
        return block


def _above(block: bytes) -> int:
    """Return where the first line begins that is neither empty nor a comment.

    Below it a name may begin with the sign of a comment.
    """
    start = 0
    while start < len(block):
        end = block.find(b"\n", start) + 1 or len(block)
        line = block[start:end].strip()
        if line and not line.startswith(_COMMENTS):
            break
        start = end
    return start


class _Lines(io.RawIOBase):
    """A stream of whole lines, each block changed as it is read."""

    def __init__(
        self, raw: BinaryIO, stream: CleanStream, changed: Callable[[bytes], bytes]
    ) -> None:
        self._raw = raw
        self._stream = stream
        self._changed = changed
        self._rest = b""
        self._ready = b""
        self._is_last = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready and not self._is_last:
            self._fill()
        size = min(len(buffer), len(self._ready))
        buffer[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size

    def _fill(self) -> None:
        block = self._stream.read(_BLOCK)
        self._is_last = not block
        lines = self._rest + block
        end = len(lines) if self._is_last else lines.rfind(b"\n") + 1
        self._rest = lines[end:]
        self._ready = self._changed(lines[:end]) if end else b""

    def close(self) -> None:
        try:
            self._raw.close()
        finally:
            super().close()
