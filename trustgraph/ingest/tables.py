"""Tables in text files: the header is found by content, columns are read by name, in chunks.

The rows are told apart and checked as bytes, many at once; those in good order go straight into
pandas' C reader, the others are mended one by one or reported. Columns whose texts repeat are read
as categories, so that work is done once for each distinct text.
"""

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.errors import ParserError

from trustgraph._text import clean
from trustgraph.errors import ArchiveError
from trustgraph.ingest.decoding import CleanStream, decoded
from trustgraph.ingest.forms import LONGEST_ROW, Table
from trustgraph.ingest.headers import DELIMITERS, Header, column_key, find_header
from trustgraph.ingest.journal import Journal
from trustgraph.ingest.members import AGAIN, Member
from trustgraph.ingest.mending import Mender
from trustgraph.ingest.records import Broken, Feed, Rows, scan
from trustgraph.ingest.repairs import encoded, fields_of

__all__ = [
    "Header",
    "Table",
    "cleaned",
    "column_key",
    "find_header",
    "read_chunks",
    "read_whole",
]

_CHUNK_BYTES: Final = 24 << 20
_SAMPLE_BYTES: Final = 1 << 16
_SAMPLE_LINES: Final = 20
_LOST_LETTER: Final = "\ufffd"
_RETURN: Final = ord("\r")
_ASCII: Final = 127
_EMPTY: Final = "an empty row"
_NOTHING: Final = re.compile(r'[\s",;]+')
Numbers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


def read_chunks(
    member: Member,
    table: Table,
    header: Header,
    journal: Journal,
    *,
    rows: int = 100_000,
    longest: int = LONGEST_ROW,
) -> Iterator[pd.DataFrame]:
    """Yield the rows of a table, some at a time, indexed by their line in the file.

    Parameters
    ----------
    member
        The file.
    table
        What it holds.
    header
        Where its header is.
    journal
        Told how many rows there are, which of them cannot be read, and what was mended.
    rows
        How many rows at most in a chunk.
    longest
        How many bytes a row may have; a longer one is reported, and never held in memory.

    Yields
    ------
    pandas.DataFrame
        A column for each column of the table, empty where the file lacks it; index ``row``.

    Raises
    ------
    ArchiveError
        If the file cannot be read.
    RecordError
        If the journal is strict and a row is malformed.
    """
    with member.open() as raw:
        stream = CleanStream(raw, member)
        feed = Feed(stream)
        reader = _Reader(member, table, header, journal)
        yield from reader.chunks(feed, rows, longest)
        reader.say_about_file(stream)


class _Reader:
    """Reads the rows of one file."""

    def __init__(self, member: Member, table: Table, header: Header, journal: Journal) -> None:
        self._member = member
        self._table = table
        self._header = header
        self._journal = journal
        self._lost_letters = 0
        self._title = b""
        self._has_rows = False

    def chunks(self, feed: Feed, rows: int, longest: int) -> Iterator[pd.DataFrame]:
        """Yield frames of the rows below the header."""
        for _ in range(self._header.line):
            self._title = feed.peek(longest)
            feed.skip_line()
        self._delimiter = self._delimiter_below(feed)
        # A first row of words: pandas takes categories that are all numerals for numbers.
        self._guard = encoded(["word"] * len(self._header.keys), self._delimiter)
        mender = Mender(self._table, self._header, self._delimiter, longest)
        found = scan(
            feed, self._delimiter, mender.is_plausible, begins=mender.begins, longest=longest
        )
        for batch in _batches((self._sorted_out(one, mender) for one in found), rows):
            mender.tell(self._journal, self._member.path)
            self._has_rows = True
            if not len(batch.lines):
                continue
            frame = self._frame(batch)
            for start in range(0, len(frame), rows):
                yield frame.iloc[start : start + rows]

    def say_about_file(self, stream: CleanStream) -> None:
        """Report once what is odd about the file as a whole."""
        path, header, say = self._member.path, self._header, self._journal.say
        for fact in stream.facts():
            say(path, fact)
        if self._delimiter != ",":
            say(path, f"fields are separated by {DELIMITERS[self._delimiter]}")
        if header.language:
            reason = f"the titles of its columns are read as {header.language}; nobody has verified"
            say(path, f"{reason} them", level="warning", mend="compare a few people with the file")
        repeated = [key for key, number in Counter(header.keys).items() if number > 1]
        for key in sorted(set(repeated) & set(self._table.columns)):
            say(path, "a column stands twice; the first one is read", value=key)
        lacking = [key for key in self._table.columns if not header.has(key)]
        if lacking and self._has_rows:
            say(
                path, "columns that the file does not have; read as empty", value=", ".join(lacking)
            )
        if self._lost_letters:
            reason = "characters that were lost before (U+FFFD); they cannot be told any more"
            say(path, reason, value=str(self._lost_letters))

    def _delimiter_below(self, feed: Feed) -> str:
        """Return what separates the fields of the first rows; seldom another mark than above."""
        view, is_last = feed.view(_SAMPLE_BYTES)
        lines = [line for line in view.tobytes().split(b"\n") if line.strip()]
        texts = [decoded(line)[0] for line in lines[: len(lines) - (not is_last)][:_SAMPLE_LINES]]
        number = len(self._header.keys)
        fitting = {
            delimiter: sum(len(fields_of(text, delimiter).texts) == number for text in texts)
            for delimiter in DELIMITERS
        }
        said = self._header.delimiter
        best = max(fitting, key=lambda delimiter: (fitting[delimiter], delimiter == said))
        if number == 1 or fitting[said] or 2 * fitting[best] <= len(texts):
            return said
        reason = f"its header is separated by {DELIMITERS[said]}, its rows by {DELIMITERS[best]}"
        self._journal.say(self._member.path, reason, level="warning")
        return best

    def _sorted_out(self, found: Rows | Broken, mender: Mender) -> "_Batch":
        """Return the rows that can be used; mend or report the others."""
        if isinstance(found, Broken):
            row = mender.broken(found)
            return _Batch.of([row], [found.first]) if row else _Batch.of([], [])
        starts = np.concatenate(([0], found.ends[:-1] + 1))
        sizes = found.ends + 1 - starts
        view = np.frombuffer(found.data, np.uint8)
        is_bare = found.separators == sizes - 1 - (view[found.ends - 1] == _RETURN)
        is_title = self._is_title(found.data, starts, sizes)
        is_odd = (found.separators != mender.number - 1) | (sizes > mender.longest)
        is_odd |= self._is_not_utf8(found.data, view, starts)
        if found.joined is not None:
            is_odd |= found.joined
        is_odd &= ~(is_bare | is_title)
        mender.count(len(sizes))
        skip = self._journal.skip_alike
        skip(self._member.path, _EMPTY, found.lines[is_bare])
        skip(self._member.path, "the titles of the columns again", found.lines[is_title])
        is_kept = ~(is_bare | is_title | is_odd)
        if is_kept.all():
            return _Batch(found.data, sizes, found.lines)
        kept = _Batch(
            view[np.repeat(is_kept, sizes)].tobytes(), sizes[is_kept], found.lines[is_kept]
        )
        mended, lines = [], []
        for at in np.flatnonzero(is_odd).tolist():
            raw = found.data[starts[at] : found.ends[at] + 1]
            is_joined = found.joined is not None and bool(found.joined[at])
            row = mender.row(raw, int(found.lines[at]), is_joined=is_joined)
            if row is not None:
                mended.append(row)
                lines.append(int(found.lines[at]))
        return _Batch.joined([kept, _Batch.of(mended, lines)])

    def _is_not_utf8(self, data: bytes, view: Any, starts: Numbers) -> Mask:
        is_bad = np.zeros(len(starts), dtype=bool)
        if data.isascii():
            return is_bad
        try:
            self._lost_letters += data.decode().count(_LOST_LETTER)
        except UnicodeDecodeError:
            is_high = np.maximum.reduceat(view, starts) > _ASCII
            ends = [*starts[1:].tolist(), len(data)]
            for at in np.flatnonzero(is_high).tolist():
                text, assumed = decoded(data[starts[at] : ends[at]])
                is_bad[at] = bool(assumed)
                self._lost_letters += 0 if assumed else text.count(_LOST_LETTER)
        return is_bad

    def _is_title(self, data: bytes, starts: Numbers, sizes: Numbers) -> Mask:
        """Tell which rows are the header once more, as where files were put one behind another."""
        is_title: Mask = sizes == len(self._title)
        for at in np.flatnonzero(is_title).tolist():
            is_title[at] = data[starts[at] : starts[at] + sizes[at]] == self._title
        return is_title

    def _frame(self, batch: "_Batch") -> pd.DataFrame:
        """Return rows as a frame with the columns of the table, without those that are empty."""
        parsed = self._parsed(batch)
        is_empty = np.ones(len(parsed), dtype=bool)
        for name in parsed.columns:
            if is_empty.any():
                is_empty &= _is_empty(parsed[name])
        ends = np.cumsum(batch.sizes)
        for at in np.flatnonzero(is_empty).tolist():
            raw = batch.data[ends[at] - batch.sizes[at] : ends[at]]
            is_empty[at] = not _NOTHING.sub("", raw.decode())
        parsed.index = pd.Index(batch.lines, name="row")
        self._journal.skip_alike(self._member.path, _EMPTY, parsed.index[is_empty])
        if is_empty.any():
            parsed = parsed[~is_empty]
        plain = set(self._table.plain)
        columns = {
            key: parsed[key]
            if key in parsed
            else pd.Series("", index=parsed.index, dtype="str" if key in plain else "category")
            for key in self._table.columns
        }
        frame = pd.DataFrame(columns, index=parsed.index)
        return frame if frame.index.is_monotonic_increasing else frame.sort_index(kind="stable")

    def _parsed(self, batch: "_Batch") -> pd.DataFrame:
        keys = self._header.keys
        names = {f"c{keys.index(key)}": key for key in self._table.columns if key in keys}
        plain = set(self._table.plain)
        try:
            parsed = pd.read_csv(
                io.BytesIO(self._guard + batch.data),
                sep=self._delimiter,
                header=None,
                names=[f"c{at}" for at in range(len(keys))],
                usecols=list(names),
                index_col=False,
                dtype={at: "str" if key in plain else "category" for at, key in names.items()},
                na_filter=False,  # texts as they are: nothing is guessed
                skip_blank_lines=False,
                encoding="utf-8",
                engine="c",
                low_memory=False,
            )
        except ParserError as error:
            raise _unreadable(self._member) from error
        if len(parsed) != 1 + len(batch.lines):
            raise _unreadable(self._member)
        return parsed.iloc[1:].rename(columns=names)


def _unreadable(member: Member) -> ArchiveError:
    return ArchiveError("its rows cannot be told from each other", file=member.path, mend=AGAIN)


@dataclass(frozen=True)
class _Batch:
    """Rows in good order: their bytes, how many each has, and the line of each."""

    data: bytes
    sizes: Numbers
    lines: Numbers

    @classmethod
    def of(cls, rows: list[bytes], lines: list[int]) -> "_Batch":
        sizes = np.array([len(row) for row in rows], dtype=np.int64)
        return cls(b"".join(rows), sizes, np.array(lines, dtype=np.int64))

    @classmethod
    def joined(cls, batches: "list[_Batch]") -> "_Batch":
        return cls(
            b"".join([one.data for one in batches]),
            np.concatenate([one.sizes for one in batches]),
            np.concatenate([one.lines for one in batches]),
        )


def _batches(found: Iterator[_Batch], rows: int) -> Iterator[_Batch]:
    """Yield batches of enough rows to be worth a call of the parser."""
    parts: list[_Batch] = []
    number = size = 0
    for batch in found:
        parts.append(batch)
        number, size = number + len(batch.lines), size + len(batch.data)
        if number >= rows or size >= _CHUNK_BYTES:
            yield _Batch.joined(parts)
            parts, number, size = [], 0, 0
    if parts:
        yield _Batch.joined(parts)


def _is_empty(column: "pd.Series[Any]") -> Mask:
    if isinstance(column.dtype, pd.CategoricalDtype):
        texts = column.cat.categories.to_numpy(dtype=object)
        is_empty = np.array([not text.strip() for text in texts], dtype=bool)
        codes = column.cat.codes.to_numpy()
        return is_empty[codes] if len(is_empty) else np.zeros(len(column), dtype=bool)
    return np.array([not text.strip() for text in column], dtype=bool)


def read_whole(
    member: Member,
    table: Table,
    header: Header,
    journal: Journal,
    *,
    longest: int = LONGEST_ROW,
) -> pd.DataFrame:
    """Return all rows of a small table as plain texts; see `read_chunks`."""
    plain = replace(table, plain=table.columns)  # categories pay in long tables only
    chunks = list(read_chunks(member, plain, header, journal, longest=longest))
    if not chunks:
        empty: dict[str, Sequence[str]] = {key: [] for key in table.columns}
        return pd.DataFrame(empty, dtype="str", index=pd.Index([], dtype="int64", name="row"))
    return chunks[0] if len(chunks) == 1 else pd.concat(chunks)


def cleaned(column: "pd.Series[Any]") -> "pd.Series[Any]":
    """Return a column of clean texts, each distinct text cleaned once."""
    codes, distinct = pd.factorize(column.astype("str"))
    texts = np.array([clean(text) for text in np.asarray(distinct, dtype=object)], dtype=object)
    values: Any = texts[codes] if len(texts) else []
    return pd.Series(values, index=column.index, dtype="str")
