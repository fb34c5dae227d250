"""Small steps that every table needs: leave rows out and say why, put names together."""

import re
from collections.abc import Iterable
from typing import Any, Final, Protocol

import pandas as pd

from trustgraph._text import fold, slug_of
from trustgraph.ingest.identity import distinct, folded
from trustgraph.ingest.journal import Lines
from trustgraph.ingest.tables import cleaned
from trustgraph.models.people import LONGEST_TEXT

__all__ = [
    "HIDDEN",
    "addressed",
    "as_written",
    "full_names",
    "is_nobody",
    "leave_out",
    "leave_out_overlong",
    "like_dates",
    "like_words",
    "report",
]

HIDDEN: Final = fold("LinkedIn Member")
"""The name under which LinkedIn shows members who are hidden or have left."""
_RAW_BYTES: Final = re.compile("[\udc80-\udcff]")
_LIKE_A_DATE: Final = re.compile(r"(?!.*[^\W\d_]{4})\d[\w/:.,+ -]{0,39}")


class Say(Protocol):
    """A way of the journal to report rows: `skip_alike`, `skip`, `leave` or `doubt`."""

    def __call__(
        self,
        file: str,
        reason: str,
        rows: Lines,
        *,
        values: Iterable[Any] | None = None,
        mend: str = "",
    ) -> None:
        """Report rows of one file."""


def report(
    rows: pd.DataFrame,
    odd: "pd.Series[bool]",
    say: Say,
    reason: str,
    *,
    value: str = "",
    mend: str = "",
) -> None:
    """Report the odd ones among rows, file by file.

    Parameters
    ----------
    rows
        Rows of a table, with the columns ``file`` and ``row`` (the line).
    odd
        Which ones to report.
    say
        How: a method of the journal.
    reason
        What is the matter with them.
    value
        Column with the offending value.
    mend
        What to do about it.
    """
    for file, part in rows[odd].groupby("file", sort=True, observed=True):
        values = part[value] if value else None
        say(str(file), reason, part["row"].to_numpy(), values=values, mend=mend)


def leave_out(
    rows: pd.DataFrame,
    unwanted: "pd.Series[bool]",
    say: Say,
    reason: str,
    *,
    value: str = "",
    mend: str = "",
) -> pd.DataFrame:
    """Report the unwanted ones among rows, as `report` does, and return the others."""
    if not unwanted.any():
        return rows
    report(rows, unwanted, say, reason, value=value, mend=mend)
    return rows[~unwanted]


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
    texts = [_written(text) for text in rows[column].astype("str")]
    return pd.Series(texts, index=rows.index, dtype="str")


def _written(text: str) -> str:
    if _RAW_BYTES.search(text):
        text = text.encode("utf-8", errors="surrogateescape").decode("cp1252", errors="replace")
    return text.replace("\0", "").strip()
