"""``Shares.csv``, ``Comments.csv`` and ``Reactions.csv``: when the owner was active.

Dates only. A reaction does not say whose post it was, so that it ties the owner to nobody. Words
are read only to be kept.
"""

from typing import Final

import pandas as pd

from trustgraph.ingest.dates import ISO, parse_dates
from trustgraph.ingest.identity import Roster
from trustgraph.ingest.journal import Journal
from trustgraph.ingest.linkedin.rows import as_written
from trustgraph.ingest.linkedin.said import Said, facts_said
from trustgraph.ingest.repairs import unquote_lines
from trustgraph.ingest.reporting import leave_out
from trustgraph.ingest.tables import Table

__all__ = ["COMMENTS", "REACTIONS", "SHARES", "read_comments", "read_reactions", "read_shares"]

SHARES: Final = Table("shares", required=("date", "sharelink"), date="date", forms=(ISO,))
COMMENTS: Final = Table(
    "comments", required=("date", "link"), date="date", forms=(ISO,), repairs=("spilled_lines",)
)
REACTIONS: Final = Table("reactions", required=("date", "type"), date="date", forms=(ISO,))


def read_shares(rows: pd.DataFrame, journal: Journal, roster: Roster) -> Said:
    """Return one fact of the kind `share` a row: a date, and nothing of what was shared.

    Parameters
    ----------
    rows
        The table, with the columns ``file`` and ``row`` (the line).
    journal
        Told about rows that are not used.
    roster
        Not needed: these facts are about the owner.

    Returns
    -------
    Said
        The facts, with the words where texts are kept.
    """
    del roster
    written = as_written(rows, "sharecommentary")
    words = written.map(unquote_lines)
    for file, mended in rows[words != written].groupby("file"):
        reason = "every line of a post stood in quotation marks of its own; they are taken off"
        journal.say(str(file), reason, value=str(len(mended)))
    return _dated(rows, journal, "share", words)


def read_comments(rows: pd.DataFrame, journal: Journal, roster: Roster) -> Said:
    """Return facts of the kind `comment`: dates only; see `read_shares`."""
    del roster
    return _dated(rows, journal, "comment", as_written(rows, "message"))


def read_reactions(rows: pd.DataFrame, journal: Journal, roster: Roster) -> Said:
    """Return facts of the kind `reaction`: dates only; see `read_shares`."""
    del roster
    return _dated(rows, journal, "reaction", as_written(rows, ""))


def _dated(rows: pd.DataFrame, journal: Journal, kind: str, words: "pd.Series[str]") -> Said:
    rows = rows[["file", "row"]].assign(at=parse_dates(rows["date"], [ISO]), words=words)
    # Where a row is torn, words stand in the place of the date: they are not shown.
    rows = leave_out(
        rows,
        rows["at"].isna(),
        journal.skip,
        "no date that can be read",
        mend="write the date as 2025-12-06 10:05:49",
    )
    return facts_said(rows, kind)
