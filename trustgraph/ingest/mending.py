"""What becomes of the rows of one table that are not in good order: mended, or reported."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, Final, NamedTuple

from trustgraph.ingest.decoding import NOT_UTF8, decoded
from trustgraph.ingest.forms import Table
from trustgraph.ingest.headers import Header
from trustgraph.ingest.journal import Journal
from trustgraph.ingest.records import Broken
from trustgraph.ingest.repairs import (
    SPILLED_START,
    encoded,
    fields_of,
    rejoin_date,
    rejoin_last,
    spilled_fields,
    split_plainly,
)

__all__ = ["Mender"]

_AGAIN: Final = "give the archive as it was downloaded"
_QUOTE: Final = f"close the quotation mark, double those inside a text, or {_AGAIN}"
_SEPARATOR: Final = "put quotation marks around the field that holds a separator"
_UTF8: Final = f"save the file as UTF-8, or {_AGAIN}"
_TEXT: Final = f"check the row, or {_AGAIN}"

STRAY: Final = "a quotation mark is out of place; the row is read as it stands"
UNCLOSED: Final = "a quotation mark is out of place, and the row cannot be told"
PART: Final = "belongs to a broken row before it, and cannot be told"
LONG: Final = "a row longer than any that is known"
SURPLUS: Final = "more fields than the header has"
SHORT: Final = "fewer fields than the header has; the last ones are read as empty"
SHIFTED: Final = "fewer fields than the header has, and no date in its place"
SPILLED: Final = "line breaks or quotation marks inside a text are not marked; read as one text"
REJOINED: Final = "a date without quotation marks around it; read as one field"
COMMAS: Final = "separators in the last field without quotation marks; read as one text"


class _Mended(NamedTuple):
    """The fields of a row or None, what was the matter with it, and the offending value."""

    texts: list[str] | None
    reason: str
    mend: str
    value: str = ""


class Mender:
    """Mends the rows of one file, and keeps what is to be said about them.

    Parameters
    ----------
    table
        What the file holds.
    header
        Its columns.
    delimiter
        What stands between the fields of its rows.
    longest
        How many bytes a row may have.
    """

    def __init__(self, table: Table, header: Header, delimiter: str, longest: int) -> None:
        self.number = len(header.keys)
        self._table = table
        self._delimiter = delimiter
        self.longest = longest
        self._date = header.keys.index(table.date) if header.has(table.date) else -1
        self._told: dict[tuple[str, str, str], list[tuple[int, str]]] = defaultdict(list)
        self._read = 0
        self._further = 0

    @property
    def begins(self) -> Callable[[bytes], Any] | None:
        """How every row of the table begins, where that is needed to tell rows from each other."""
        is_spilled = "spilled_lines" in self._table.repairs and self._date == 0
        return SPILLED_START.match if is_spilled else None

    def is_plausible(self, line: bytes) -> bool:
        """Tell whether a line can begin a row: its fields, and a date where one must be."""
        if self.begins is not None:
            return bool(self.begins(line))
        least = self.number - 1 if self._date < 0 else self._date
        if line.count(self._delimiter.encode()) < least:
            return False
        texts, is_open, is_strict, _ = fields_of(decoded(line)[0], self._delimiter)
        if not is_strict or (is_open and not 0 <= self._date < len(texts) - 1):
            return False
        return (is_open or len(texts) == self.number) and self._is_dated(texts)

    def count(self, number: int) -> None:
        """Count rows that were read, whatever becomes of them."""
        self._read += number

    def row(self, raw: bytes, line: int, *, is_joined: bool = False) -> bytes | None:
        """Return a row whose quotation marks are right, mended; None where it cannot be used."""
        if len(raw) > self.longest:
            self._say("skip", LONG, _TEXT, line)
            return None
        text, assumed = decoded(raw)
        if assumed:
            self._say("doubt", assumed, _UTF8 if assumed == NOT_UTF8 else _TEXT, line)
        texts = fields_of(text, self._delimiter).texts
        if is_joined or len(texts) != self.number:
            return self._told_row(self._counted(text, texts, is_joined=is_joined), line)
        return encoded(texts, self._delimiter)

    def broken(self, found: Broken) -> bytes | None:
        """Return the row that begins a broken stretch of the file, mended, if it can be told.

        The lines of the stretch that are no part of it are reported one by one.
        """
        if found.is_cut or found.further:
            self._lost(found, LONG, found.lines)
            return None
        text, assumed = decoded(found.text)
        texts = self._from_stretch(text)
        rest = [] if texts else found.lines[1:]
        if texts is None:
            texts = self._from_line(text.split("\n", 1)[0])
        if texts is None:
            self._lost(found, UNCLOSED, found.lines)
            return None
        self._read += 1
        if assumed:
            self._say("doubt", assumed, _UTF8 if assumed == NOT_UTF8 else _TEXT, found.first)
        reason = SPILLED if self.begins is not None else STRAY
        self._say("doubt", reason, _QUOTE, found.first)
        self._lost(found, PART, rest)
        return encoded(texts, self._delimiter)

    def tell(self, journal: Journal, file: str) -> None:
        """Report what has been kept so far, and forget it."""
        journal.read(file, self._read)
        told, further = self._told, self._further
        self._told, self._read, self._further = defaultdict(list), 0, 0
        for (say, reason, mend), rows in told.items():
            values = [value for _, value in rows]
            getattr(journal, say)(
                file, reason, [line for line, _ in rows], values=values, mend=mend
            )
        journal.skip_alike(file, PART, range(further), mend=_TEXT)

    def _from_stretch(self, text: str) -> list[str] | None:
        if self.begins is not None:
            return spilled_fields(text, self._delimiter, self.number)
        found = fields_of(text, self._delimiter)
        if found.is_open or (found.is_ambiguous and "\n" in text.rstrip("\n")):
            return None  # it may have swallowed the beginning of another row
        return found.texts if self._fits(found.texts) else None

    def _from_line(self, line: str) -> list[str] | None:
        found = fields_of(line, self._delimiter)
        if not found.is_open and self._fits(found.texts):
            return found.texts
        plain = split_plainly(line, self._delimiter, self.number)
        return plain if plain is not None and self._fits(plain) else None

    def _fits(self, texts: list[str]) -> bool:
        return len(texts) == self.number and self._is_dated(texts)

    def _is_dated(self, texts: list[str]) -> bool:
        if not 0 <= self._date < len(texts):
            return self._date < 0
        text = texts[self._date].strip()
        return any(form.match(text) for form in self._table.forms)

    def _counted(self, text: str, texts: list[str], *, is_joined: bool) -> _Mended:
        """Mend a row that has too many or too few fields, or stands on too many lines."""
        number, repairs = self.number, self._table.repairs
        if is_joined or ("spilled_lines" in repairs and len(texts) > number):
            return _Mended(spilled_fields(text, self._delimiter, number), SPILLED, _SEPARATOR)
        if len(texts) < number:
            filled = [*texts, *[""] * (number - len(texts))]
            # Without a date in its place, half a row may be anything: words of a text, say.
            if self._is_dated(filled) and (self._date >= 0 or 2 * len(texts) >= number):
                return _Mended(filled, SHORT, _TEXT)
            return _Mended(None, SHIFTED, _TEXT)
        return self._without_surplus(texts)

    def _without_surplus(self, texts: list[str]) -> _Mended:
        number, repairs = self.number, self._table.repairs
        surplus = texts[number:]
        # Only a date in the last place shows that nothing before it was torn.
        is_last = self._date == number - 1
        if not "".join(surplus).strip() and is_last and self._is_dated(texts):
            return _Mended(texts[:number], "", "")
        if "unquoted_date" in repairs and (whole := rejoin_date(texts, number)):
            return _Mended(whole, REJOINED, _SEPARATOR)
        if "unquoted_last" in repairs:
            return _Mended(rejoin_last(texts, number, self._delimiter), COMMAS, _SEPARATOR)
        # What spilled over may be words of a message: it is counted, and not shown.
        return _Mended(None, SURPLUS, _SEPARATOR, f"{len(surplus)} more")

    def _told_row(self, mended: _Mended, line: int) -> bytes | None:
        texts, reason, mend, value = mended
        if texts is None:
            self._say("skip", reason, mend, line, value)
            return None
        if reason:
            self._say("doubt", reason, mend, line, value)
        return encoded(texts, self._delimiter)

    def _lost(self, found: Broken, reason: str, lines: list[int]) -> None:
        """Report the first line of a stretch with its reason, and the others as parts of it."""
        self._read += len(lines) + found.further
        self._further += found.further
        for line in lines:
            is_first = line == found.first
            self._say("skip", reason if is_first else PART, _QUOTE if is_first else _TEXT, line)

    def _say(self, how: str, reason: str, mend: str, line: int, value: str = "") -> None:
        self._told[how, reason, mend].append((line, value))
