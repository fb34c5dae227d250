"""What the headers of an e-mail say: who wrote, to whom, and when.

Headers come from strangers. Nothing here recurses, goes back over what it has read, or takes the
word of a header for which codec to load.
"""

import binascii
import codecs
import datetime as dt
import re
from collections.abc import Iterator
from email.utils import parsedate_tz
from typing import Final

from trustgraph._text import clean

__all__ = [
    "address_of",
    "addresses",
    "display_name",
    "header_text",
    "moment",
    "written_words",
]

_WORD: Final = re.compile(r"=\?([\w.:-]{1,40})(?:\*[\w-]{0,20})?\?([bBqQ])\?([^?\s]{0,2000})\?=")
_BETWEEN: Final = re.compile(r"[ \t]{0,80}")
_CODECS: Final = re.compile(
    r"utf-8|utf-16.*|ascii|iso8859-\d+|cp\d+|koi8-[ru]|gb.*|big5.*|euc_.*|shift_jis.*|iso2022_.*"
    r"|mac-.*|tis-620"
)
_ADDRESS: Final = re.compile(r"[^\s@<>()\[\],;:\\\"]+@[^\s@<>()\[\],;:\\\"]+")
_LONGEST_ADDRESS: Final = 320
_LONGEST_NAME: Final = 200
_LONGEST_DATE: Final = 120
_YEARS: Final = range(1971, 2101)
_FIRST_CENTURIES: Final = re.compile(r"(?<![+\-\d:])0\d{3}(?!\d)")
_FARTHEST: Final = 14 * 3600
_SOFT_BREAK: Final = re.compile(rb"=([0-9A-Fa-f]{2})")


def header_text(raw: bytes) -> str:
    r"""Return a header as one line of text; without NULs, Windows-1252 if it is not UTF-8.

    Parameters
    ----------
    raw
        The value as it stands in the file, folded or not.

    Returns
    -------
    str
        The text; encoded words are left as they are.

    Examples
    --------
    >>> from trustgraph.ingest.mail_headers import header_text
    >>> header_text(b" Ana\r\n Lim\xe1 ")
    'Ana Limá'
    """
    bare = raw.replace(b"\0", b"")
    try:
        text = bare.decode("utf-8")
    except UnicodeDecodeError:
        text = bare.decode("cp1252", errors="replace")
    return " ".join(text.split())


def written_words(text: str) -> tuple[str, bool]:
    """Return a text with its encoded words (RFC 2047) read, and whether all could be.

    Parameters
    ----------
    text
        A display name as it stands in the header.

    Returns
    -------
    tuple of str and bool
        The text, without words in an unknown encoding.

    Examples
    --------
    >>> from trustgraph.ingest.mail_headers import written_words
    >>> written_words("=?utf-8?Q?Zo=C3?= =?utf-8?Q?=AB?= Ng"), written_words("=?x?q?Bo?= Ek")
    (('Zoë Ng', True), (' Ek', False))
    """
    parts: list[str] = []
    run: list[bytes] = []
    charset, place, is_whole = "", 0, True
    for found in _WORD.finditer(text):
        between = text[place : found.start()]
        joins = bool(run) and _BETWEEN.fullmatch(between) is not None
        if not (joins and found[1].lower() == charset):
            # Letters may be cut in two between words, so that a run is read together.
            is_whole &= _flush(run, charset, parts)
            parts.append("" if joins else between)
        charset, place = found[1].lower(), found.end()
        run.append(_bytes_of(found[2].lower(), found[3]))
    is_whole &= _flush(run, charset, parts)
    return "".join([*parts, text[place:]]), is_whole


def _bytes_of(way: str, text: str) -> bytes:
    raw = text.encode("utf-8", errors="replace")
    if way == "q":
        return _SOFT_BREAK.sub(lambda found: bytes([int(found[1], 16)]), raw.replace(b"_", b" "))
    bare = raw.rstrip(b"=")
    bare = bare[: len(bare) - (len(bare) % 4 == 1)]  # one letter alone holds no whole byte
    try:
        return binascii.a2b_base64(bare + b"=" * (-len(bare) % 4))
    except binascii.Error:
        return b""


def _flush(run: list[bytes], charset: str, parts: list[str]) -> bool:
    """Read a run of words; tell whether the encoding is known."""
    if not run:
        return True
    raw = b"".join(run)
    run.clear()
    try:
        name = codecs.lookup(charset).name
    except (LookupError, ValueError):
        return False
    if not _CODECS.fullmatch(name):
        return False
    parts.append(raw.decode(name, errors="replace"))
    return True


def addresses(text: str) -> Iterator[tuple[str, str]]:
    """Yield the display names and addresses of a header, in one pass over it.

    Parameters
    ----------
    text
        The header, for instance ``"Ek, Bo" <bo@example.org>, ana@example.org (Ana)``.

    Yields
    ------
    tuple of str
        Name and address, each perhaps empty.

    Examples
    --------
    >>> from trustgraph.ingest.mail_headers import addresses
    >>> list(addresses('"Ek, Bo" <bo@example.org>, team: ana@example.org (Ana);'))
    [('Ek, Bo', 'bo@example.org'), ('Ana', 'ana@example.org')]
    """
    found: dict[str, list[str]] = {"phrase": [], "inside": [], "aside": []}
    for part, letter in [*_parts(text), ("between", ",")]:
        if part != "between":
            found[part].append(letter)
        elif letter == ":":
            found["phrase"].clear()  # the name of a group
        else:
            phrase, inside, aside = ("".join(letters) for letters in found.values())
            yield from _one(phrase, inside, aside)
            for letters in found.values():
                letters.clear()


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """Yield each letter with the part that it is of: phrase, inside of <>, aside, or between."""
    depth, is_open, is_quoted, is_escaped = 0, False, False, False
    for letter in text:
        here = "aside" if depth else "inside" if is_open else "phrase"
        if is_escaped:
            is_escaped = False
            yield here, letter
        elif letter == "\\" and (is_quoted or depth):
            is_escaped = True
        elif letter == '"' and not depth:
            is_quoted = not is_quoted
        elif is_quoted or (depth and letter not in "()"):
            yield here, letter
        elif letter == "(" or (letter == ")" and depth):
            depth += 1 if letter == "(" else -1
        elif letter in "<>":
            is_open = letter == "<"
        else:
            yield ("between" if letter in ",;:" and not is_open else here), letter


def _one(phrase: str, inside: str, aside: str) -> Iterator[tuple[str, str]]:
    if inside.strip():
        yield phrase.strip() or aside.strip(), inside.strip()
    elif phrase.strip():
        yield aside.strip(), phrase.strip()


def address_of(text: str) -> str:
    """Return an address as it is compared: clean, in lower case; empty if it is none.

    Parameters
    ----------
    text
        What stands where an address should.

    Returns
    -------
    str
        The address.

    Examples
    --------
    >>> from trustgraph.ingest.mail_headers import address_of
    >>> address_of(" Ana@Example.ORG "), address_of("undisclosed recipients")
    ('ana@example.org', '')
    """
    address = clean(text[: 2 * _LONGEST_ADDRESS]).lower()
    is_one = len(address) <= _LONGEST_ADDRESS and _ADDRESS.fullmatch(address)
    return address if is_one else ""


def display_name(text: str) -> tuple[str, bool]:
    """Return a display name as it is kept, and whether it could be read; an address is none."""
    words, is_whole = written_words(text)
    name = clean(words).strip("'\" ")
    return ("" if "@" in name else name[:_LONGEST_NAME]), is_whole


def moment(text: str) -> tuple[dt.datetime | None, bool]:
    """Return the moment that a date states, in UTC, and whether its zone makes sense.

    Parameters
    ----------
    text
        The header ``Date``.

    Returns
    -------
    tuple
        The moment, None if there is none from 1971 to 2100; a zone of more than 14 hours, which
        there is not on earth, is read as UTC.

    Examples
    --------
    >>> from trustgraph.ingest.mail_headers import moment
    >>> moment("Mon, 23 Nov 2026 10:00:00 +0100")[0].isoformat()
    '2026-11-23T09:00:00+00:00'
    """
    try:
        parts = parsedate_tz(text[:_LONGEST_DATE])
        if parts is None or _FIRST_CENTURIES.search(text):  # else 0001 would be 2001
            return None, True
        at = dt.datetime(*parts[:6], tzinfo=dt.UTC)
        offset = parts[9] or 0
        is_zone = abs(offset) <= _FARTHEST
        at -= dt.timedelta(seconds=offset if is_zone else 0)
    except (ArithmeticError, LookupError, NameError, TypeError, ValueError):
        return None, True
    return (at if at.year in _YEARS else None), is_zone
