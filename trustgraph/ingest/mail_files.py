"""Where e-mails are kept: the headers of one after the other, read as a stream.

Of a message no more than a few headers is ever in memory, whatever its size; the body is passed
over line by line, and long lines piece by piece.
"""

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final

from trustgraph.errors import ArchiveError
from trustgraph.ingest.journal import Journal
from trustgraph.ingest.paths import shown

__all__ = ["Letter", "letters_in"]

_WANTED: Final = frozenset(
    """
    from to cc date message-id list-id list-unsubscribe auto-submitted precedence
    """.split()
)
_PIECE: Final = 2**16
_MOST: Final = 2**18
"""Most bytes of the headers of one message."""
_BORDER: Final = re.compile(rb"From \S.{0,80}\d\d?:\d\d.{0,20}\d{4}")
_HEADER: Final = re.compile(rb"([!-9;-~]{1,80})[ \t]*:")
_MARK: Final = b"\xef\xbb\xbf"
_NO_MAIL: Final = "give an mbox file, an .eml file, a Maildir or a folder of these"


@dataclass
class Letter:
    """The headers of one message.

    Attributes
    ----------
    file, row
        Where it is: the file or folder, and its number there, from 1.
    name
        Name of its own file, where a folder holds one for each.
    headers
        Name in lower case -> values as they stand in the file.
    is_too_long
        Whether its headers are longer than anybody's.
    is_unreadable
        Whether its file could not be read.
    """

    file: str
    row: int
    name: str = ""
    headers: dict[str, list[bytes]] = field(default_factory=dict)
    is_too_long: bool = False
    is_unreadable: bool = False
    _size: int = 0
    _current: list[bytes] | None = None

    def take(self, piece: bytes, *, is_start: bool) -> None:
        """Take in a line of the headers, or a further piece of a long one."""
        if is_start and not piece.startswith((b" ", b"\t")):
            found = _HEADER.match(piece)
            name = found[1].decode("ascii").lower() if found else ""
            self._current = None
            if found is None or name not in _WANTED:
                return
            self._current = self.headers.setdefault(name, [])
            self._current.append(b"")
            piece = piece[found.end() :]
        if self._current is not None:
            self._size += len(piece)
            self.is_too_long |= self._size > _MOST
            if not self.is_too_long:
                self._current[-1] += piece

    def first(self, name: str) -> bytes:
        """Return the first value of a header; empty if there is none."""
        return self.headers.get(name, [b""])[0]


def letters_in(path: Path, journal: Journal) -> Iterator[Letter]:
    """Yield the headers of all messages at a place.

    Parameters
    ----------
    path
        An mbox file, a message of its own (``.eml``), a Maildir, or a folder of these.
    journal
        Told about files that hold no mail.

    Yields
    ------
    Letter
        One at a time; no two are in memory together.

    Raises
    ------
    ArchiveError
        If there is nothing at that place, or no mail.
    """
    if path.is_dir():
        yield from _in_folder(path, journal)
        return
    if not path.is_file():
        raise ArchiveError("there is no such file or folder", file=path.name, mend="check the path")
    name = shown(path.name)
    try:
        kind = _kind(path)
        if not kind:
            raise ArchiveError("this is no mail", file=path.name, mend=_NO_MAIL)
        with path.open("rb") as stream:
            yield from _mbox(stream, name) if kind == "mbox" else [_single(stream, name)]
    except OSError as error:
        mend = "check that you may read it, or get it again"
        raise ArchiveError(
            "the file cannot be read to its end", file=path.name, mend=mend
        ) from error


def _kind(path: Path) -> str:
    """Return ``"mbox"`` or ``"message"`` by what a file begins with; empty if it is no mail."""
    with path.open("rb") as stream:
        head = stream.read(200).removeprefix(_MARK)
    if head.startswith(b"From "):
        return "mbox"
    return "message" if _HEADER.match(head) and path.suffix.lower() in {".eml", ""} else ""


def _in_folder(folder: Path, journal: Journal) -> Iterator[Letter]:
    found = False
    for place, folders, names in os.walk(folder):
        folders.sort()
        here = Path(place)
        label = shown((Path(folder.name) / here.relative_to(folder)).as_posix())
        is_maildir = here.name in {"cur", "new"}
        own = [name for name in sorted(names) if is_maildir or name.lower().endswith(".eml")]
        others = []
        for row, name in enumerate(own, start=1):
            letter = _alone(here / name, label, row)
            found = True
            yield letter
        for name in sorted(set(names) - set(own)):
            file = here / name
            try:
                is_mbox = file.is_file() and not file.is_symlink() and _kind(file) == "mbox"
            except OSError:
                is_mbox = False
            if is_mbox:
                found = True
                with file.open("rb") as stream:
                    yield from _mbox(stream, shown(f"{label}/{name}"))
            else:
                others.append(name)
        if others:
            reason = f"{len(others)} files in it hold no mail, or are links"
            journal.say(label, reason, value=shown(others[0]))
    if not found:
        raise ArchiveError("there is no mail in this folder", file=folder.name, mend=_NO_MAIL)


def _alone(file: Path, label: str, row: int) -> Letter:
    """Return the headers of a message that has a file of its own; links are not followed."""
    letter = Letter(label, row, is_unreadable=True)
    with suppress(OSError):
        if file.is_file() and not file.is_symlink():
            with file.open("rb") as stream:
                letter = _single(stream, label)
    letter.row, letter.name = row, shown(file.name)
    return letter


def _pieces(stream: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    """Yield lines, long ones in pieces, and whether each begins a line."""
    is_start = True
    while piece := stream.readline(_PIECE):
        yield piece, is_start
        is_start = piece.endswith(b"\n")


def _single(stream: BinaryIO, label: str) -> Letter:
    letter = Letter(label, 1)
    for number, (piece, is_start) in enumerate(_pieces(stream)):
        if is_start and not piece.strip(b"\r\n"):
            break
        letter.take(piece.removeprefix(_MARK) if number == 0 else piece, is_start=is_start)
    return letter


def _mbox(stream: BinaryIO, label: str) -> Iterator[Letter]:
    letter: Letter | None = None
    row, in_headers, after_blank = 0, False, True
    for piece, is_start in _pieces(stream):
        is_border = is_start and after_blank and piece.startswith((b"From ", _MARK + b"From "))
        if is_border and (row == 0 or _BORDER.match(piece[:200])):
            if letter is not None:
                yield letter
            row, in_headers, after_blank = row + 1, True, False
            letter = Letter(label, row)
            continue
        is_blank = is_start and not piece.strip(b"\r\n")
        if in_headers and letter is not None and not is_blank:
            letter.take(piece, is_start=is_start)
        in_headers &= not is_blank
        after_blank = is_blank
    if letter is not None:
        yield letter
