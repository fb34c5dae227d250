"""Where the rows of a table begin and end, found by its quotation marks, a block at a time.

In a table in good order (RFC 4180) a mark opens a field only behind a delimiter or a line's end,
and closes it only before one; a doubled mark does both. So the marks of a block, counted, tell
which line ends are ends of rows, and the first mark out of its place tells the first broken row.
Everything before it is whole. A broken row ends where the next line begins a plausible one: what it
would swallow is never more than itself.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from trustgraph.ingest.decoding import CleanStream

__all__ = ["Broken", "Feed", "Rows", "scan"]

_BLOCK: Final = 1 << 21
_SMALL: Final = 1 << 9
_PEEKED: Final = 1 << 12
_LISTED: Final = 10_000
_BEGINNING: Final = 40
_QUOTE, _END, _RETURN = 34, 10, 13
Numbers = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Rows:
    """Rows in good order, one after another.

    Attributes
    ----------
    data
        Their bytes.
    ends
        Where in them the line end of each row stands.
    separators
        How many delimiters each row has.
    lines
        On which line of the file each row begins.
    joined
        Which rows hold line ends outside quotation marks, because nothing but a row's known
        beginning begins one; None for none.
    """

    data: bytes
    ends: Numbers
    separators: Numbers
    lines: Numbers
    joined: Mask | None = None


@dataclass
class Broken:
    """A row that is not in good order, and the lines that come to lie in it.

    Attributes
    ----------
    first
        The line on which it begins.
    text
        Its bytes, no more than a row may have.
    lines
        The lines that are not empty: the first ten thousand.
    further
        How many more there are.
    is_cut
        Whether it is longer.
    """

    first: int
    text: bytes = b""
    lines: list[int] = field(default_factory=list)
    further: int = 0
    is_cut: bool = False


class Feed:
    """What has been read of a file and not yet been used, and on which line it begins."""

    def __init__(self, stream: CleanStream) -> None:
        self._stream = stream
        self._buffer = b""
        self._at = 0
        self._is_last = False
        self.line = 1

    def view(self, size: int) -> tuple[Bytes, bool]:
        """Return the next bytes, so many if there are, and whether they are the last."""
        self._fill(size)
        size = min(size, len(self._buffer) - self._at)
        is_last = self._is_last and self._at + size == len(self._buffer)
        return np.frombuffer(self._buffer, np.uint8, size, self._at), is_last

    def take(self, size: int, lines: int) -> bytes:
        """Return the next bytes, and go on behind them."""
        start, self._at = self._at, self._at + size
        self.line += lines
        return self._buffer[start : self._at]

    def peek(self, longest: int) -> bytes:
        """Return the next line with its end, or the beginning of a longer one."""
        size = _PEEKED
        while True:
            self._fill(size)
            end = self._buffer.find(b"\n", self._at, self._at + longest)
            if end >= 0:
                return self._buffer[self._at : end + 1]
            if self._is_last or size >= longest:
                return self._buffer[self._at : self._at + longest]
            size = min(size * 4, longest)

    def skip_line(self) -> None:
        """Go on behind the next line, however long it is."""
        while True:
            self._fill(_PEEKED)
            end = self._buffer.find(b"\n", self._at)
            if end >= 0:
                self.take(end + 1 - self._at, 1)
                return
            if self._is_last:
                self._at = len(self._buffer)
                return
            self._at = len(self._buffer)

    def _fill(self, size: int) -> None:
        if self._is_last or len(self._buffer) - self._at >= size:
            return
        parts = [self._buffer[self._at :]]
        have = len(parts[0])
        while have < size:
            block = self._stream.read(max(size - have, _PEEKED))
            if not block:
                self._is_last = True
                break
            parts.append(block)
            have += len(block)
        self._buffer, self._at = b"".join(parts), 0
        if self._is_last and self._buffer and not self._buffer.endswith(b"\n"):
            self._buffer += b"\n"


def scan(
    feed: Feed,
    delimiter: str,
    is_plausible: Callable[[bytes], bool],
    *,
    begins: Callable[[bytes], Any] | None = None,
    longest: int,
) -> Iterator[Rows | Broken]:
    """Yield the rows of a table in order: many in good order at once, a broken one by itself.

    Parameters
    ----------
    feed
        The file, below its header.
    delimiter
        What stands between fields.
    is_plausible
        Whether a line can begin a row in good order.
    begins
        Where every row has a known beginning: whether bytes have it.
    longest
        How many bytes a row may have, to be looked at as a whole.

    Yields
    ------
    Rows or Broken
        Each line of the file is in one of them. Takes time in proportion to the file.
    """
    separator, size = ord(delimiter), _BLOCK
    while True:
        view, is_last = feed.view(size)
        if not len(view):
            return
        block = _Block(view, separator, is_last=is_last)
        ends = block.ends if begins is None else _before_beginnings(block, begins)
        if len(ends):
            yield _taken(feed, block, ends)
        if block.has_fault or (not len(ends) and (is_last or size > longest)):
            yield _broken(feed, is_plausible, longest)
            size = _SMALL
        elif not len(ends):
            size = min(size * 4, max(longest + 1, _BLOCK))
        else:
            size = min(size * 2, _BLOCK)


class _Block:
    """What stands where in a block that begins where a row begins."""

    def __init__(self, view: Bytes, separator: int, *, is_last: bool) -> None:
        self.view = view
        self.is_last = is_last
        self.line_ends = np.flatnonzero(view == _END)
        self.separators = np.flatnonzero(view == separator)
        self.ends = self.line_ends
        self.has_fault = False
        marks = np.flatnonzero(view == _QUOTE)
        if len(marks):
            self.ends = _unquoted(self.line_ends, marks)
            self.separators = _unquoted(self.separators, marks)
            fault = _first_fault(view, marks, separator)
            self.has_fault = fault >= 0
            if self.has_fault:
                self.ends = self.ends[self.ends < fault]


def _unquoted(places: Numbers, marks: Numbers) -> Numbers:
    """Return the places that an even number of quotation marks stands before."""
    is_outside: Mask = np.searchsorted(marks, places) & 1 == 0
    return places[is_outside]


def _first_fault(view: Bytes, marks: Numbers, separator: int) -> int:
    """Return where the first quotation mark stands that is out of its place; -1 for nowhere."""
    around = np.zeros(256, dtype=bool)
    around[[_QUOTE, _END, separator]] = True
    opening, closing = marks[::2], marks[1::2]
    is_right = around[view[np.maximum(opening - 1, 0)]]  # the very first has itself before it
    around[_RETURN] = True
    if len(closing) and closing[-1] + 1 == len(view):
        closing = closing[:-1]  # what follows is not yet read
    is_closed = around[view[closing + 1]]
    faults = [part[~right][:1] for part, right in ((opening, is_right), (closing, is_closed))]
    return min((int(fault[0]) for fault in faults if len(fault)), default=-1)


def _before_beginnings(block: _Block, begins: Callable[[bytes], Any]) -> Numbers:
    """Return the ends of rows behind which another row begins."""
    size = len(block.view)
    known = size if block.is_last else size - _BEGINNING
    starts = block.ends[block.ends < known] + 1
    kept = [
        start == size or bool(begins(block.view[start : start + _BEGINNING].tobytes()))
        for start in starts.tolist()
    ]
    found: Numbers = starts[np.array(kept, dtype=bool)]
    return found - 1


def _taken(feed: Feed, block: _Block, ends: Numbers) -> Rows:
    size = int(ends[-1]) + 1
    numbers = np.searchsorted(block.line_ends, ends) + 1
    lines = feed.line + np.concatenate(([0], numbers[:-1]))
    counts = np.diff(np.searchsorted(block.separators, ends), prepend=0)
    joined = None
    if len(ends) < len(block.ends):
        joined = np.diff(np.searchsorted(block.ends, ends) + 1, prepend=0) > 1
    return Rows(feed.take(size, int(numbers[-1])), ends, counts, lines, joined)


def _broken(feed: Feed, is_plausible: Callable[[bytes], bool], longest: int) -> Broken:
    """Take the next line, and those behind it up to one that can begin a row."""
    found = Broken(feed.line)
    parts: list[bytes] = []
    room, is_first = longest, True
    while (line := feed.peek(longest)) and (is_first or not is_plausible(line)):
        if len(found.lines) == _LISTED:
            found.further += 1
        elif line.strip():
            found.lines.append(feed.line)
        found.is_cut |= len(line) > room or not line.endswith(b"\n")
        if room:
            parts.append(line[:room])
            room -= len(parts[-1])
        feed.skip_line()
        is_first = False
    found.text = b"".join(parts)
    return found
