"""Small steps that every table needs: names put together, and what of a row may be shown."""

import re
from collections.abc import Iterable
from typing import Any, Final

import pandas as pd

from trustgraph._text import fold, slug_of
from trustgraph.ingest.identity import folded
from trustgraph.ingest.reporting import Say, leave_out
from trustgraph.ingest.tables import cleaned
from trustgraph.models.distinct import distinct
from trustgraph.models.people import LONGEST_TEXT

__all__ = [
    "HIDDEN",
    "addressed",
    "as_written",
    "full_names",
    "is_nobody",
    "leave_out_overlong",
    "like_dates",
    "like_words",
]

HIDDEN: Final = fold("LinkedIn Member")
"""The name under which LinkedIn shows members who are hidden or have left."""
_LIKE_A_DATE: Final = re.compile(r"(?!.*[^\W\d_]{4})\d[\w/:.,+ -]{0,39}")


def full_names(first: "pd.Series[Any]", last: "pd.Series[Any]") -> "pd.Series[Any]":
    """Return clean full names."""
    return cleaned(first.astype("str") + " " + last.astype("str"))


def addressed(column: "pd.Series[Any]") -> "pd.Series[str]":
    """Return the slug of each address; where a row is torn, a word in its place is none."""
    return distinct(column, lambda text: slug_of(text) if "/" in text else "")


def is_nobody(names: "pd.Series[Any]", slugs: "pd.Series[Any]") -> "pd.Series[bool]":
    """Tell which mentions name nobody: no address, and no name or that of a hidden member."""
    return (slugs == "") & folded(names).isin(["", HIDDEN])


def leave_out_overlong(rows: pd.DataFrame, columns: Iterable[str], say: Say) -> pd.DataFrame:
    """Leave out rows with a text longer than a record may hold."""
    overlong = pd.Series(data=False, index=rows.index)
    for column in columns:
        overlong |= rows[column].str.len() > LONGEST_TEXT
    reason = f"a text of more than {LONGEST_TEXT:,} characters"
    return leave_out(rows, overlong, say, reason, mend="shorten the text")


def like_dates(column: "pd.Series[Any]") -> "pd.Series[Any]":
    """Return what may be shown of dates that stand beside a text: in a torn row they are words."""
    texts = column.astype("str")
    return texts.where(texts.str.fullmatch(_LIKE_A_DATE), "")


def like_words(column: "pd.Series[Any]") -> "pd.Series[Any]":
    """Return what may be shown of a column of single words that stands beside a text."""
    return column.where(column.str.fullmatch(r"\w{1,20}"), "")


def as_written(rows: pd.DataFrame, column: str) -> "pd.Series[Any]":
    """Return what people wrote, line breaks and all; empty where texts are not kept."""
    if column not in rows.columns:
        return pd.Series("", index=rows.index, dtype="str")
    return rows[column].astype("str").str.strip()
