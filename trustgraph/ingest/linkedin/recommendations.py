"""``Recommendations_Received.csv`` and ``…_Given.csv``: who vouched for whom in writing.

There is no address, so people are found by full name; the company decides between namesakes. The
texts are read only to be kept. A recommendation that its author or subject hides was written all
the same; a pending one is not yet given.
"""

from typing import Final

import pandas as pd

from trustgraph.ingest.dates import ISO, PACIFIC, US_MINUTES, parse_dates
from trustgraph.ingest.identity import OWNER, Roster
from trustgraph.ingest.journal import Journal
from trustgraph.ingest.linkedin.rows import (
    as_written,
    full_names,
    is_nobody,
    leave_out_overlong,
    like_dates,
    like_words,
)
from trustgraph.ingest.linkedin.said import Said, acts_said
from trustgraph.ingest.reporting import leave_out, report
from trustgraph.ingest.tables import Table, cleaned

__all__ = ["RECOMMENDATIONS", "read_recommendations"]

RECOMMENDATIONS: Final = Table(
    "recommendations",
    required=("firstname", "lastname", "creationdate"),
    optional=("company", "jobtitle", "status"),
    date="creationdate",
    forms=(US_MINUTES, ISO),
    repairs=("unquoted_date",),
)
_COUNTS: Final = ("", "VISIBLE", "HIDDEN")


def read_recommendations(
    rows: pd.DataFrame, journal: Journal, roster: Roster, *, received: bool
) -> Said:
    """Return one `recommendation` act for each recommendation that was given.

    Parameters
    ----------
    rows
        The table, with the columns ``file`` and ``row`` (the line).
    journal
        Told about rows that are not used.
    roster
        Where the people are taken down.
    received
        Whether the owner is the one recommended, and not the writer.

    Returns
    -------
    Said
        Acts of the writers.
    """
    rows = pd.DataFrame(
        {
            "file": rows["file"],
            "row": rows["row"],
            "name": full_names(rows["firstname"], rows["lastname"]),
            "slug": "",
            "organisation": cleaned(rows["company"]),
            "position": cleaned(rows["jobtitle"]),
            "date": cleaned(rows["creationdate"]),
            "shown": like_dates(rows["creationdate"]),
            "words": as_written(rows, "text"),
            "status": cleaned(rows["status"]).str.upper(),
        }
    ).assign(shown_status=lambda row: like_words(row["status"]))
    rows = leave_out(
        rows,
        (rows["date"] == "") & (rows["status"] == ""),
        journal.skip,
        "neither a date nor a status: a part of a torn row",
        mend="put quotation marks around the text, or download the archive again",
    )
    rows = leave_out(
        rows, rows["status"] == "PENDING", journal.skip_alike, "a pending recommendation"
    )
    rows = leave_out(
        rows,
        ~rows["status"].isin(_COUNTS),
        journal.leave,
        "an unknown status of a recommendation",
        value="shown_status",
    )
    rows = leave_out(
        rows,
        is_nobody(rows["name"], rows["slug"]),
        journal.skip_alike,
        "a member who is hidden or has left",
    )
    rows = leave_out_overlong(rows, ("name", "organisation", "position"), journal.skip)
    # The zone is not documented; the same form in other files is the Pacific coast's clock.
    rows = rows.assign(at=parse_dates(rows["date"], [US_MINUTES, ISO], zone=PACIFIC))
    report(
        rows,
        rows["at"].isna(),
        journal.doubt,
        "no date that can be read; used without a date",
        value="shown",
        mend="write the date as 01/24/18, 03:00 PM, in quotation marks",
    )
    people = roster.mention(rows)
    if received:
        return acts_said(rows, "recommendation", source=people, target=OWNER)
    return acts_said(rows, "recommendation", source=OWNER, target=people)
