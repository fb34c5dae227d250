"""Where the header of a table stands: found by what it says, in any order and in any language.

Titles in other languages than English stand in the folder ``languages``, one file a language: add a
file, and it is used. What no file says a user says by argument. Nothing is guessed.
"""

import csv
import functools
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Final

from trustgraph._text import clean, fold
from trustgraph.errors import ArchiveError
from trustgraph.ingest.archives import Member
from trustgraph.ingest.decoding import CleanStream, decoded
from trustgraph.ingest.forms import MOST_COLUMNS, Table

__all__ = [
    "DELIMITERS",
    "Header",
    "Language",
    "column_key",
    "find_header",
    "languages",
    "missing_columns",
]

DELIMITERS: Final[Mapping[str, str]] = {",": "commas", ";": "semicolons", "\t": "tabs"}
"""What stands between fields, and what it is called."""

_LONGEST_LINE: Final = 100_000
_MOST_LINES: Final = 10_000
_SHOWN_TITLES: Final = 12
_SHOWN_LETTERS: Final = 30


@dataclass(frozen=True)
class Header:
    """Where a header stands and what it says.

    Attributes
    ----------
    line
        Its line, counted from 1.
    delimiter
        What stands between its titles.
    keys
        Keys of the columns, in order.
    language
        The language of its titles where it is not English, and nobody has verified them.
    """

    line: int
    delimiter: str
    keys: tuple[str, ...]
    language: str = ""

    def has(self, key: str) -> bool:
        """Tell whether the file has the column."""
        return key in self.keys


@dataclass(frozen=True)
class Language:
    """Titles of columns in one language: key in the file -> key in English."""

    name: str
    verified: bool
    keys: Mapping[str, str]


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
    return "".join(letter for letter in fold(title) if letter.isalnum())


@functools.cache
def languages() -> tuple[Language, ...]:
    """Return the languages whose titles are known, by name.

    Returns
    -------
    tuple of Language
        One for each file of the folder ``languages``.

    Examples
    --------
    >>> from trustgraph.ingest.headers import languages
    >>> [(one.name, one.keys["vorname"]) for one in languages()]
    [('German', 'firstname')]
    """
    folder = resources.files("trustgraph.ingest") / "languages"
    files = [file for file in folder.iterdir() if file.name.endswith(".toml")]
    tables = [tomllib.loads(file.read_text(encoding="utf-8")) for file in files]
    found = [
        Language(
            str(table["language"]),
            bool(table["verified"]),
            {column_key(title): column_key(known) for title, known in table["columns"].items()},
        )
        for table in tables
    ]
    return tuple(sorted(found, key=lambda language: language.name))


def find_header(
    member: Member,
    table: Table,
    *,
    aliases: Mapping[str, str] | None = None,
    most_columns: int = MOST_COLUMNS,
) -> Header | None:
    """Find the header of a table by its content, below a preamble.

    Parameters
    ----------
    member
        The file.
    table
        The table that it should hold.
    aliases
        Titles of the file -> titles as LinkedIn writes them in English, for files in a language
        that is not known.
    most_columns
        How many columns it may have.

    Returns
    -------
    Header or None
        None when no line names the required columns, among the first 10,000 that are not empty.

    Raises
    ------
    ArchiveError
        If the file cannot be read, or its header is longer than any table's.
    """
    required, also = set(table.required), _renamed(table, aliases)
    for number, line, is_cut in _lines(member):
        for delimiter, titles in _titles(line, len(required)):
            for keys, language in _readings(titles, also):
                if required <= set(keys):
                    _check_size(member, len(titles), most_columns, is_cut=is_cut)
                    return Header(number, delimiter, keys, language)
    return None


def _check_size(member: Member, columns: int, most_columns: int, *, is_cut: bool) -> None:
    if columns > most_columns:
        reason = f"a header of more than {most_columns:,} columns"
    elif is_cut:
        reason = f"a header longer than {_LONGEST_LINE:,} characters"
    else:
        return
    raise ArchiveError(reason, file=member.path, mend="give the file as it was downloaded")


def missing_columns(
    member: Member, table: Table, *, aliases: Mapping[str, str] | None = None
) -> str:
    """Return in words why no header was found: which columns are missing from the likeliest line.

    Parameters
    ----------
    member
        The file.
    table
        The table that it should hold.
    aliases
        As for `find_header`.

    Returns
    -------
    str
        The reason for an error. Titles are shown only of a line that has half the columns or more:
        any other may hold people's data.

    Raises
    ------
    ArchiveError
        If the file cannot be read.
    """
    required, also = set(table.required), _renamed(table, aliases)
    best: tuple[int, int, list[str], list[str]] = (0, 0, [], [])
    for number, line, _ in _lines(member):
        for _, titles in _titles(line, 1):
            known = max((required & set(keys) for keys, _ in _readings(titles, also)), key=len)
            if len(known) > best[0] and 2 * len(known) >= len(required):
                lacking = [key for key in table.required if key not in known]
                best = (len(known), number, lacking, titles)
    number, lacking, titles = best[1:]
    if not lacking:
        return "no line names the columns " + ", ".join(table.required)
    shown = [clean(title)[:_SHOWN_LETTERS] for title in titles[:_SHOWN_TITLES]]
    more = len(titles) - len(shown)
    listed = ", ".join(shown) + (f" and {more} more" if more else "")
    words = "the column {} is" if len(lacking) == 1 else "the columns {} are"
    return f"{words.format(', '.join(lacking))} missing; line {number} names {listed}"


def _lines(member: Member) -> Iterator[tuple[int, str, bool]]:
    """Yield the first lines that are not empty: number, text, and whether it was cut."""
    seen = 0
    with member.open() as stream:
        lines = CleanStream(stream, member).lines(_LONGEST_LINE)
        for number, (line, is_cut) in enumerate(lines, start=1):
            if line:
                seen += 1
                yield number, decoded(line)[0], is_cut
                if seen == _MOST_LINES:
                    return


def _titles(line: str, least: int) -> Iterator[tuple[str, list[str]]]:
    """Yield the titles of a line for each delimiter that stands in it often enough."""
    for delimiter in DELIMITERS:
        if line.count(delimiter) >= least - 1:
            yield delimiter, next(csv.reader([line], delimiter=delimiter), [])


def _renamed(table: Table, aliases: Mapping[str, str] | None) -> Mapping[str, str]:
    stated = {column_key(title): column_key(known) for title, known in (aliases or {}).items()}
    return {**table.also, **{key: table.also.get(known, known) for key, known in stated.items()}}


def _readings(titles: list[str], also: Mapping[str, str]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the keys of titles in English, then in each other language, and which it is.

    A language that is verified needs no word of warning, and is not named.
    """
    keys = tuple(also.get(key, key) for key in map(column_key, titles))
    yield keys, ""
    for language in languages():
        known = (language.keys.get(key, key) for key in keys)
        name = "" if language.verified else language.name
        yield tuple(also.get(key, key) for key in known), name
