"""What can stand in an output, whatever somebody wrote as their name: lines, and escaped HTML."""

import html
import unicodedata
from collections.abc import Iterable
from typing import Any, Final

import pandas as pd

__all__ = ["card_html", "escape", "shown", "table_html"]

_TURNING: Final = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_MARKS: Final = frozenset({"Mn", "Me"})
_MOST_MARKS: Final = 4
"""Marks on one letter that are kept; towers of them would cover the lines around."""
_BREAKS: Final = frozenset({"Cc", "Zl", "Zp"})
_HALF: Final = "Cs"
_BROKEN: Final = "\ufffd"


def shown(text: str) -> str:
    r"""Return a text that stays in its line, keeps its direction and can be written anywhere.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    str
        Line breaks and tabs are spaces, other control characters and signs that turn the direction
        of writing are gone, half characters (lone surrogates) are U+FFFD, and of the marks on one
        letter four are left. All else stands as it was written.

    Examples
    --------
    >>> from trustgraph._html import shown
    >>> shown("Ana\nLima\u202e"), shown("Zoë Ng")
    ('Ana Lima', 'Zoë Ng')
    """
    if text.isascii() and text.isprintable():
        return text
    letters: list[str] = []
    marks = 0
    for letter in text:
        kind = unicodedata.category(letter)
        marks = marks + 1 if kind in _MARKS else 0
        if letter.isspace() and kind in _BREAKS:
            letters.append(" ")
        elif kind == _HALF:
            letters.append(_BROKEN)
        elif kind not in _BREAKS and letter not in _TURNING and marks <= _MOST_MARKS:
            letters.append(letter)
    return "".join(letters)


def escape(text: str) -> str:
    """Return a text that means nothing to a browser and stays in its line."""
    return html.escape(shown(text))


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.3g}"
    if isinstance(value, (tuple, list)):
        # Each by itself: a name written from right to left does not turn the way around.
        return " → ".join(f"<bdi>{escape(str(part))}</bdi>" for part in value)
    return escape(str(value))


def table_html(frame: pd.DataFrame, *, most: int = 20) -> str:
    """Return an HTML table in which every cell is escaped."""
    head = "".join(f"<th>{escape(str(column))}</th>" for column in frame.columns)
    rows: Iterable[tuple[Any, ...]] = frame.head(most).itertuples(index=False, name=None)
    body = "".join(
        "<tr>" + "".join(f"<td>{_cell(value)}</td>" for value in row) + "</tr>" for row in rows
    )
    more = len(frame) - most
    note = f"<p>and {more} more rows</p>" if more > 0 else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{note}"


def card_html(title: str, body: str, *, lines: Iterable[str] = ()) -> str:
    """Return a titled block; ``body`` is trusted HTML, title and lines are escaped."""
    notes = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return f"<section><h4>{escape(title)}</h4>{notes}{body}</section>"
