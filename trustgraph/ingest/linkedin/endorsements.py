"""``Endorsement_Received_Info.csv`` and ``Endorsement_Given_Info.csv``: one click a skill.

A click counts while it stands: accepted, or accepted and hidden. Rejected clicks, and those that
nobody has accepted yet, do not. Before July 2023 there was no address: people are found by full
name.
"""

from typing import Final

import pandas as pd

from trustgraph._text import fold
from trustgraph.ingest.dates import ISO, parse_dates
from trustgraph.ingest.identity import OWNER, Roster
from trustgraph.ingest.journal import Journal
from trustgraph.ingest.linkedin.rows import addressed, full_names, is_nobody, leave_out_overlong
from trustgraph.ingest.linkedin.said import Said, acts_said
from trustgraph.ingest.reporting import leave_out, report
from trustgraph.ingest.tables import Table, cleaned

__all__ = ["ENDORSEMENTS", "read_endorsements"]

ENDORSEMENTS: Final = Table(
    "endorsements",
    required=("date", "firstname", "lastname"),
    optional=("skillname", "url", "status"),
    date="date",
    forms=(ISO,),
    also={
        "endorsementdate": "date",
        "endorsementstatus": "status",
        **{f"{who}firstname": "firstname" for who in ("endorser", "endorsee")},
        **{f"{who}lastname": "lastname" for who in ("endorser", "endorsee")},
        **{f"{who}publicurl": "url" for who in ("endorser", "endorsee")},
    },
)
_COUNTS: Final = ("", "ACCEPTED", "HIDDEN")
_DOES_NOT: Final = ("PENDING", "REJECTED")


def read_endorsements(
    rows: pd.DataFrame, journal: Journal, roster: Roster, *, received: bool
) -> Said:
    """Return one `skill_endorsement` act for each click that counts.

    Parameters
    ----------
    rows
        The table, with the columns ``file`` and ``row`` (the line).
    journal
        Told about rows that are not used.
    roster
        Where the people are taken down.
    received
        Whether the owner is the one endorsed, and not the endorser.

    Returns
    -------
    Said
        Acts of the endorsers.
    """
    rows = pd.DataFrame(
        {
            "file": rows["file"],
            "row": rows["row"],
            "name": full_names(rows["firstname"], rows["lastname"]),
            "slug": addressed(rows["url"]),
            "date": cleaned(rows["date"]),
            "skill": rows["skillname"].map(fold),
            "status": cleaned(rows["status"]).str.upper(),
        }
    )
    for status in _DOES_NOT:
        reason = f"a {status.lower()} endorsement"
        rows = leave_out(rows, rows["status"] == status, journal.skip_alike, reason)
    rows = leave_out(
        rows,
        ~rows["status"].isin(_COUNTS),
        journal.leave,
        "an unknown status of an endorsement",
        value="status",
    )
    rows = leave_out(
        rows,
        is_nobody(rows["name"], rows["slug"]),
        journal.skip_alike,
        "a member who is hidden or has left",
    )
    rows = leave_out_overlong(rows, ("name", "slug"), journal.skip)
    same = ["name", "slug", "date", "skill"]
    rows = leave_out(
        rows, rows.duplicated(same), journal.leave, "the same endorsement stands twice"
    )
    rows = rows.assign(at=parse_dates(rows["date"], [ISO]))
    report(
        rows,
        rows["at"].isna(),
        journal.doubt,
        "no date that can be read; used without a date",
        value="date",
        mend="write the date as 2024/02/01 15:02:55 UTC",
    )
    people = roster.mention(rows)
    if received:
        return acts_said(rows, "skill_endorsement", source=people, target=OWNER)
    return acts_said(rows, "skill_endorsement", source=OWNER, target=people)
