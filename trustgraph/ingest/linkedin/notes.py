"""``Notes.csv`` (since 2026): what the owner noted about connections.

That there is a note is a fact; its words are read only to be kept. How its dates are written is
not settled: several forms are understood, in UTC unless it is the form of the Pacific coast.
"""

from typing import Final

import pandas as pd

from trustgraph.ingest.dates import DAY_MONTH_YEAR, ISO, JAVA, PACIFIC, US_MINUTES, parse_dates
from trustgraph.ingest.identity import Roster
from trustgraph.ingest.journal import Journal
from trustgraph.ingest.linkedin.rows import (
    addressed,
    as_written,
    full_names,
    is_nobody,
    leave_out_overlong,
    like_dates,
)
from trustgraph.ingest.linkedin.said import Said, facts_said
from trustgraph.ingest.reporting import leave_out, report
from trustgraph.ingest.tables import Table, cleaned

__all__ = ["NOTES", "read_notes"]

NOTES: Final = Table(
    "notes",
    required=("firstname", "lastname"),
    optional=("url", "createdon"),
    also={
        "connectionfirstname": "firstname",
        "connectionlastname": "lastname",
        "connectionprofileurl": "url",
    },
)


def read_notes(rows: pd.DataFrame, journal: Journal, roster: Roster) -> Said:
    """Return one fact of the kind `note` a row, about the connection.

    Parameters
    ----------
    rows
        The table, with the columns ``file`` and ``row`` (the line).
    journal
        Told about rows that are not used.
    roster
        Where the people are taken down.

    Returns
    -------
    Said
        The facts, with the words where texts are kept.
    """
    rows = pd.DataFrame(
        {
            "file": rows["file"],
            "row": rows["row"],
            "name": full_names(rows["firstname"], rows["lastname"]),
            "slug": addressed(rows["url"]),
            "date": cleaned(rows["createdon"]),
            "shown": like_dates(rows["createdon"]),
            "words": as_written(rows, "note"),
        }
    )
    rows = leave_out(
        rows,
        (rows["slug"] == "") & (rows["date"] == "") & (rows["name"] != ""),
        journal.skip,
        "neither an address nor a date: a part of a torn row",
        mend="put quotation marks around the note, or download the archive again",
    )
    rows = leave_out(
        rows,
        is_nobody(rows["name"], rows["slug"]),
        journal.skip_alike,
        "a member who is hidden or has left",
    )
    rows = leave_out_overlong(rows, ("name", "slug"), journal.skip)
    moments = parse_dates(rows["date"], [ISO, DAY_MONTH_YEAR, JAVA])
    rows["at"] = moments.fillna(parse_dates(rows["date"], [US_MINUTES], zone=PACIFIC))
    report(
        rows,
        rows["at"].isna(),
        journal.doubt,
        "no date that can be read; used without a date",
        value="shown",
        mend="write the date as 2026-03-13 03:18:54 UTC",
    )
    return facts_said(rows, "note", person=pd.Series(roster.mention(rows), index=rows.index))
