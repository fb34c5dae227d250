"""``Member_Follows.csv``: whom the owner follows, by full name and nothing else.

Everybody follows their connections unless they say otherwise, and strangers by the hundred: it
says nothing about trust. A name that fits one person of the archive becomes a `follow` of theirs;
people followed from afar are nobody's acquaintances, and are counted in the report.
"""

from typing import Final

import pandas as pd

from trustgraph.ingest.dates import ISO, parse_dates
from trustgraph.ingest.identity import Roster
from trustgraph.ingest.journal import Journal
from trustgraph.ingest.linkedin.rows import is_nobody, leave_out_overlong
from trustgraph.ingest.linkedin.said import Said, named_said
from trustgraph.ingest.reporting import leave_out, report
from trustgraph.ingest.tables import Table, cleaned

__all__ = ["MEMBER_FOLLOWS", "read_member_follows"]

MEMBER_FOLLOWS: Final = Table(
    "member_follows", required=("fullname",), optional=("date", "status"), date="date", forms=(ISO,)
)


def read_member_follows(rows: pd.DataFrame, journal: Journal, roster: Roster) -> Said:
    """Return one mention by name for each person who is followed still.

    Parameters
    ----------
    rows
        The table, with the columns ``file`` and ``row`` (the line).
    journal
        Told about rows that are not used.
    roster
        Not needed: names of strangers must not become people.

    Returns
    -------
    Said
        Mentions of the kind `follow`.
    """
    del roster
    rows = rows.assign(
        name=cleaned(rows["fullname"]), slug="", status=cleaned(rows["status"]).str.upper()
    )
    rows = leave_out(
        rows, rows["status"] == "UNFOLLOW", journal.skip_alike, "somebody who is followed no more"
    )
    rows = leave_out(
        rows,
        ~rows["status"].isin(["", "ACTIVE"]),
        journal.leave,
        "an unknown status of a follow",
        value="status",
    )
    rows = leave_out(
        rows,
        is_nobody(rows["name"], rows["slug"]),
        journal.skip_alike,
        "a member who is hidden or has left",
    )
    rows = leave_out_overlong(rows, ("name",), journal.skip)
    rows["at"] = parse_dates(rows["date"], [ISO])
    report(
        rows,
        rows["at"].isna(),
        journal.doubt,
        "no date that can be read; used without a date",
        value="date",
        mend="write the date as 2025-12-06 10:05:49",
    )
    return named_said(rows, "follow")
