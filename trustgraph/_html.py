"""Escaped HTML fragments for results shown in a notebook."""

from collections.abc import Iterable
from html import escape
from typing import Any

import pandas as pd

__all__ = ["card_html", "escape", "table_html"]


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.3g}"
    if isinstance(value, (tuple, list)):
        return escape(" → ".join(str(part) for part in value))
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
