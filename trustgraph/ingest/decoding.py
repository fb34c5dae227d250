"""The bytes of a text file as UTF-8 with plain line ends, whatever program has saved it.

A file as LinkedIn writes it passes through untouched. What was changed is kept as facts about the
file, to be reported. Bytes that are not UTF-8 are left for `decoded`, which mends a row by itself.
"""

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from trustgraph.errors import ArchiveError
from trustgraph.ingest.members import AGAIN, READ_ERRORS, Member

__all__ = ["NOT_UTF8", "SURROGATES", "CleanStream", "decoded"]

NOT_UTF8: Final = "not UTF-8; read as Windows-1252"
SURROGATES: Final = "halves of characters (surrogates); put together or replaced"

_SNIFFED: Final = 4_096
_BLOCK: Final = 1 << 20
_BOMS: Final = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_MANY: Final = 0.3
_RAW_BYTES: Final = re.compile("[\udc80-\udcff]+")


class CleanStream:
    """A file read as UTF-8: no byte order mark, no NUL bytes, no carriage return by itself.

    Parameters
    ----------
    stream
        The file, at its beginning.
    member
        The file, for messages.
    """

    def __init__(self, stream: BinaryIO, member: Member) -> None:
        self._stream = stream
        self._path = member.path
        self._held = b""
        self._start = self._raw(_SNIFFED)
        self.encoding, mark = _sniffed(self._start)
        self._start = self._start[mark:]
        self._nuls = 0
        self._returns = 0
        self._windows = False
        self._mark = mark > 0 and self.encoding == "utf-8"
        self._decoder = (
            None
            if self.encoding == "utf-8"
            else codecs.getincrementaldecoder(self.encoding)("surrogatepass")
        )

    def facts(self) -> list[str]:
        """Return what was changed in what has been read so far, a sentence each."""
        told = {
            "the file begins with a byte order mark, as a spreadsheet writes it": self._mark,
            f"the file is {self.encoding.upper()}; read as such": self._decoder is not None,
            "lines end in CR LF": self._windows,
            "a carriage return by itself is read as the end of a line": self._returns,
            "NUL bytes are left out": self._nuls,
        }
        return [fact for fact, holds in told.items() if holds]

    def read(self, size: int = _BLOCK) -> bytes:
        """Return some more of the file, about as much as asked for; nothing at its end."""
        while True:
            block = self._start or self._raw(size)
            self._start = b""
            is_last = not block
            if self._decoder is not None:
                if is_last:
                    self._decoder.errors = "replace"
                text = self._decoder.decode(block, is_last)
                block = text.encode("utf-8", errors="surrogatepass")
            block = self._without_returns(self._without_nuls(block), is_last=is_last)
            if block or is_last:
                return block

    def lines(self, longest: int) -> Iterator[tuple[bytes, bool]]:
        """Yield the lines without their ends, and whether a line is longer and was cut there."""
        rest, is_cut = b"", False
        while block := self.read():
            *whole, last = block.split(b"\n")
            for line in whole:
                yield (rest + line)[:longest].rstrip(b"\r"), is_cut or len(rest + line) > longest
                rest, is_cut = b"", False
            rest += last
            if len(rest) > longest:
                rest, is_cut = rest[:longest], True
        if rest:
            yield rest, is_cut

    def _raw(self, size: int) -> bytes:
        try:
            return self._stream.read(size)
        except READ_ERRORS as error:
            reason = "the file cannot be read to its end"
            raise ArchiveError(reason, file=self._path, mend=AGAIN) from error

    def _without_nuls(self, block: bytes) -> bytes:
        if b"\0" not in block:
            return block
        self._nuls += block.count(b"\0")
        return block.replace(b"\0", b"")

    def _without_returns(self, block: bytes, *, is_last: bool) -> bytes:
        """Turn a carriage return that stands by itself into the end of a line."""
        if self._held:
            block, self._held = self._held + block, b""
        if b"\r" not in block:
            return block
        if block.endswith(b"\r") and not is_last:
            block, self._held = block[:-1], b"\r"
        pairs = block.count(b"\r\n")
        alone = block.count(b"\r") - pairs
        self._windows |= pairs > 0
        self._returns += alone
        if not alone:
            return block
        # NUL bytes have been taken out before, so that one can stand for a pair.
        return block.replace(b"\r\n", b"\0").replace(b"\r", b"\n").replace(b"\0", b"\r\n")


def _sniffed(start: bytes) -> tuple[str, int]:
    """Return the encoding that the first bytes tell of, and the length of a byte order mark."""
    for mark, encoding in _BOMS.items():
        if start.startswith(mark):
            return encoding, len(mark)
    half = max(len(start) // 2, 1)
    even, odd = start[::2].count(0) / half, start[1::2].count(0) / half
    if max(even, odd) > _MANY and min(even, odd) < _MANY / 10:
        return ("utf-16-le", 0) if odd > even else ("utf-16-be", 0)
    return "utf-8", 0


def decoded(raw: bytes) -> tuple[str, str]:
    r"""Return the text of a row, and what had to be assumed to read it; empty for nothing.

    Parameters
    ----------
    raw
        Bytes that should be UTF-8.

    Returns
    -------
    tuple of str
        The text, and `NOT_UTF8`, `SURROGATES` or nothing. What has no meaning in Windows-1252
        either is shown as U+FFFD.

    Examples
    --------
    >>> from trustgraph.ingest.decoding import decoded
    >>> decoded("Zoë".encode()), decoded("Zoë".encode("cp1252"))
    (('Zoë', ''), ('Zoë', 'not UTF-8; read as Windows-1252'))
    """
    try:
        return raw.decode(), ""
    except UnicodeDecodeError:
        pass
    try:
        halves = raw.decode("utf-8", errors="surrogatepass")
    except UnicodeDecodeError:
        text = raw.decode("utf-8", errors="surrogateescape")
        return _RAW_BYTES.sub(_windows, text), NOT_UTF8
    whole = halves.encode("utf-16-le", errors="surrogatepass").decode("utf-16-le", "replace")
    return whole, SURROGATES


def _windows(found: re.Match[str]) -> str:
    return found[0].encode("utf-8", "surrogateescape").decode("cp1252", "replace")
