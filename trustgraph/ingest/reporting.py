"""Rows are left out, or used all the same, and the journal is told why: one step for each table."""

from collections.abc import Iterable
from typing import Any, Protocol

import pandas as pd

from trustgraph.ingest.journal import Lines

__all__ = ["Say", "leave_out", "report"]


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
    if not odd.any():
        return
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
