"""Small steps that every table needs: leave rows out and say why, put names and people together."""

from collections.abc import Iterable
from typing import Any, Final, Protocol

import pandas as pd

from trustgraph._text import fold
from trustgraph.ingest.identity import folded
from trustgraph.ingest.journal import Lines
from trustgraph.ingest.tables import cleaned

__all__ = ["ACT_COLUMNS", "HIDDEN", "acts_frame", "full_names", "is_nobody", "leave_out", "report"]

ACT_COLUMNS: Final = ("file", "row", "kind", "source", "target", "at", "amount")
HIDDEN: Final = fold("LinkedIn Member")
"""The name under which LinkedIn shows members who are hidden or have left."""


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


def is_nobody(names: "pd.Series[Any]", slugs: "pd.Series[Any]") -> "pd.Series[bool]":
    """Tell which mentions name nobody: no address, and no name or that of a hidden member."""
    return (slugs == "") & folded(names).isin(["", HIDDEN])


def acts_frame(rows: pd.DataFrame, kind: str, **columns: Any) -> pd.DataFrame:
    """Return acts: one a row, with the numbers of the people as the roster counts them.

    Parameters
    ----------
    rows
        Rows with ``file``, ``row`` and ``at``.
    kind
        Kind of evidence.
    **columns
        ``source`` and ``target``, perhaps ``amount``.

    Returns
    -------
    pandas.DataFrame
        Columns file, row, kind, source, target, at, amount.
    """
    frame = rows[["file", "row", "at"]].assign(kind=kind, amount=1.0, **columns)
    types = {"row": "int64", "source": "int64", "target": "int64", "amount": "float64"}
    return frame[list(ACT_COLUMNS)].reset_index(drop=True).astype(types)
