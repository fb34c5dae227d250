"""Tables in text files: the header is found by content, columns are read by name, in chunks.

The text goes straight from the archive into pandas' C reader. Columns whose texts repeat are read
as categories, so that work is done once for each distinct text.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Final

import numpy as np
import pandas as pd
from pandas.errors import ParserError

from trustgraph._text import clean, fold
from trustgraph.errors import ArchiveError
from trustgraph.ingest.archives import READ_ERRORS, Member
from trustgraph.ingest.journal import Journal

__all__ = [
    "Header",
    "Table",
    "cleaned",
    "column_key",
    "find_header",
    "read_chunks",
    "read_whole",
]

_DELIMITERS: Final = {",": "commas", ";": "semicolons", "\t": "tabs"}
_LONGEST_LINE: Final = 100_000
_SURPLUS: Final = "surplus"
_UNCLOSED: Final = re.compile(r"EOF inside string starting at row (\d+)")
_RAW_BYTES: Final = re.compile("[\udc80-\udcff]")
_NOT_A_KEY: Final = re.compile(r"[^a-z0-9]")


@dataclass(frozen=True)
class Table:
    """What is known about a table before it is read.

    Attributes
    ----------
    name
        Name for messages.
    required
        Keys of the columns without which the table cannot be read.
    optional
        Keys of the other columns that are read.
    plain
        Keys of columns whose texts seldom repeat.
    also
        Other names of columns: key in the file -> key here.
    """

    name: str
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    also: Mapping[str, str] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns that are read."""
        return self.required + self.optional


@dataclass(frozen=True)
class Header:
    """Where a header stands and what it says."""

    line: int
    delimiter: str
    keys: tuple[str, ...]

    def has(self, key: str) -> bool:
        """Tell whether the file has the column."""
        return key in self.keys


def column_key(title: str) -> str:
    """Return the title of a column as it is compared: letters and digits, in lower case.

    Parameters
    ----------
    title
        Title as it stands in the file, with or without byte order mark and quotes.

    Returns
    -------
    str
        The key.

    Examples
    --------
    >>> from trustgraph.ingest.tables import column_key
    >>> column_key('\ufeff"First Name"')
    'firstname'
    """
    return _NOT_A_KEY.sub("", fold(title))


def find_header(member: Member, table: Table) -> Header | None:
    """Find the header of a table by its content, below a preamble of any length.

    Parameters
    ----------
    member
        The file.
    table
        The table that it should hold.

    Returns
    -------
    Header or None
        None when no line names the required columns.

    Raises
    ------
    ArchiveError
        If the file cannot be read.
    """
    required = set(table.required)
    with member.open() as stream:
        for number, line in enumerate(_lines(stream, member), start=1):
            for delimiter in _DELIMITERS:
                titles = next(csv.reader([line], delimiter=delimiter), [])
                keys = tuple(table.also.get(key, key) for key in map(column_key, titles))
                if required <= set(keys):
                    return Header(number, delimiter, keys)
    return None


def _lines(stream: BinaryIO, member: Member) -> Iterator[str]:
    try:
        while line := stream.readline(_LONGEST_LINE):
            yield line.decode("utf-8", errors="replace").strip("\r\n").replace("\0", "")
    except READ_ERRORS as error:
        raise _unreadable(member) from error


def _unreadable(member: Member) -> ArchiveError:
    mend = "download the archive again, and give it as it was downloaded"
    return ArchiveError("the file cannot be read to its end", file=member.path, mend=mend)


class _Body(io.RawIOBase):
    """The lines below the header, under a header of our own with one column to spare.

    The spare column shows which rows have more fields than the header; the reader ignores what
    comes after it.
    """

    def __init__(self, stream: BinaryIO, header: Header) -> None:
        self._stream = stream
        for _ in range(header.line):
            stream.readline(_LONGEST_LINE)
        self._first = header.delimiter.join([*_names(header), _SURPLUS]).encode() + b"\n"

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self._first:
            block, self._first = self._first[: len(buffer)], self._first[len(buffer) :]
        else:
            block = self._stream.read(len(buffer))
        buffer[: len(block)] = block
        return len(block)


def _names(header: Header) -> list[str]:
    return [f"c{number}" for number in range(len(header.keys))]


def read_chunks(
    member: Member, table: Table, header: Header, journal: Journal, *, rows: int = 50_000
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
        Told about rows that cannot be read: empty ones, and those with too many fields.
    rows
        How many rows at most in a chunk.

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
    if header.delimiter != ",":
        journal.say(member.path, f"fields are separated by {_DELIMITERS[header.delimiter]}")
    line, done = header.line + 1, 0
    whole: int | None = None
    while True:
        try:
            for chunk in _parsed(member, table, header, rows=rows, start=done, stop=whole):
                ends = _line_ends(chunk)
                chunk.index = pd.Index(line + np.concatenate(([0], ends[:-1])), name="row")
                line, done = line + int(ends[-1]), done + len(chunk)
                journal.read(member.path, len(chunk))
                yield _sound(chunk, table, header, journal, member.path)
        except ParserError as error:
            unclosed = _UNCLOSED.search(str(error))
            if unclosed is None or whole is not None:
                raise _unreadable(member) from error
            # Rows before the open quotation mark are whole; they are read in a second pass.
            whole = int(unclosed[1]) - 1
            if whole > done:
                continue
        except READ_ERRORS as error:
            raise _unreadable(member) from error
        break
    if whole is not None:
        journal.read(member.path, 1)
        journal.skip(
            member.path,
            "a quotation mark is opened here and never closed; the file is not read further",
            [line],
            mend="close the quotation mark, or download the archive again",
        )


def _parsed(
    member: Member, table: Table, header: Header, *, rows: int, start: int, stop: int | None
) -> Iterator[pd.DataFrame]:
    names = _names(header)
    plain = {names[header.keys.index(key)] for key in table.plain if header.has(key)}
    with member.open() as stream, io.BufferedReader(_Body(stream, header)) as body:
        chunks = pd.read_csv(
            body,
            sep=header.delimiter,
            header=0,
            usecols=list(range(len(names) + 1)),
            index_col=False,
            dtype=object,  # texts as they are: nothing is guessed
            na_filter=False,
            skip_blank_lines=False,
            encoding="utf-8",
            encoding_errors="surrogateescape",
            engine="c",
            iterator=True,
        )
        position = 0
        with chunks, suppress(StopIteration):
            while stop is None or position < stop:
                chunk = chunks.get_chunk(rows if stop is None else min(rows, stop - position))
                if chunk.empty:
                    return
                position += len(chunk)
                if position > start:
                    yield _by_kind(chunk.iloc[max(0, start - (position - len(chunk))) :], plain)


def _by_kind(chunk: pd.DataFrame, plain: set[str]) -> pd.DataFrame:
    columns = {
        name: chunk[name].astype("str" if name in plain else "category") for name in chunk.columns
    }
    return pd.DataFrame(columns)


def _line_ends(chunk: pd.DataFrame) -> Any:
    """Return how many lines of the file the rows take, added up."""
    lines = np.ones(len(chunk), dtype=np.int64)
    for name in chunk.columns:
        column = chunk[name]
        if isinstance(column.dtype, pd.CategoricalDtype):
            breaks = np.array([text.count("\n") for text in _texts(column)], dtype=np.int64)
            if breaks.any():
                lines += breaks[column.cat.codes.to_numpy()]
        else:
            lines += column.str.count("\n").to_numpy(dtype=np.int64)
    return np.cumsum(lines)


def _sound(
    chunk: pd.DataFrame, table: Table, header: Header, journal: Journal, file: str
) -> pd.DataFrame:
    """Take out empty and overlong rows, name the columns, mend texts that are not UTF-8."""
    surplus = ~_is_empty(chunk[_SURPLUS])
    if surplus.any():
        mend = "put quotation marks around the field that holds a separator"
        values = chunk.loc[surplus, _SURPLUS]
        journal.skip(
            file, "more fields than the header has", values.index, values=values, mend=mend
        )
    blank = ~surplus
    for name in chunk.columns[:-1]:
        if blank.any():
            blank &= _is_empty(chunk[name])
    journal.skip_alike(file, "an empty row", chunk.index[blank])
    kept = chunk[~(surplus | blank)]
    columns: dict[str, Any] = {}
    foreign = pd.Series(False, index=kept.index)  # noqa: FBT003
    for key in table.columns:
        if header.has(key):
            columns[key] = kept[f"c{header.keys.index(key)}"]
            foreign |= _is_foreign(columns[key])
            columns[key] = _mended(columns[key])
        else:
            columns[key] = pd.Series("", index=kept.index, dtype="category")
    if foreign.any():
        rows = kept.index[foreign]
        journal.doubt(
            file,
            "not UTF-8; read as Windows-1252",
            rows,
            mend="save the file as UTF-8, or give the archive as it was downloaded",
        )
    return pd.DataFrame(columns, index=kept.index)


def _texts(column: "pd.Series[Any]") -> list[str]:
    """Return the distinct texts of a column of categories."""
    return list(column.cat.categories.to_numpy(dtype=object))


def _is_empty(column: "pd.Series[Any]") -> "pd.Series[bool]":
    if isinstance(column.dtype, pd.CategoricalDtype):
        empty = np.array([not text.strip() for text in _texts(column)], dtype=bool)
        return pd.Series(empty[column.cat.codes.to_numpy()], index=column.index)
    return column.str.strip() == ""


def _is_foreign(column: "pd.Series[Any]") -> "pd.Series[bool]":
    if not isinstance(column.dtype, pd.CategoricalDtype):
        return pd.Series(False, index=column.index)  # noqa: FBT003
    odd = np.array([bool(_RAW_BYTES.search(text)) for text in _texts(column)], dtype=bool)
    return pd.Series(odd[column.cat.codes.to_numpy()], index=column.index)


def _mended(column: "pd.Series[Any]") -> "pd.Series[Any]":
    if not isinstance(column.dtype, pd.CategoricalDtype):
        return column
    mended = {text: _decoded(text) for text in _texts(column) if _RAW_BYTES.search(text)}
    if not mended:
        return column
    return column.astype("str").replace(mended).astype("category")


def _decoded(text: str) -> str:
    raw = text.encode("utf-8", errors="surrogateescape")
    return raw.decode("cp1252", errors="replace")


def read_whole(member: Member, table: Table, header: Header, journal: Journal) -> pd.DataFrame:
    """Return all rows of a small table as plain texts; see `read_chunks`."""
    chunks = [chunk.astype("str") for chunk in read_chunks(member, table, header, journal)]
    if not chunks:
        empty: dict[str, Sequence[str]] = {key: [] for key in table.columns}
        return pd.DataFrame(empty, dtype="str", index=pd.Index([], dtype="int64", name="row"))
    return pd.concat(chunks)


def cleaned(column: "pd.Series[Any]") -> "pd.Series[Any]":
    """Return a column of clean texts, each distinct text cleaned once."""
    codes, distinct = pd.factorize(column.astype("str"))
    texts = np.array([clean(text) for text in np.asarray(distinct, dtype=object)], dtype=object)
    values: Any = texts[codes] if len(texts) else []
    return pd.Series(values, index=column.index, dtype="str")
