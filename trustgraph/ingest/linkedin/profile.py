"""``Profile.csv`` and ``Positions.csv``: who the owner says they are, and where they worked.

The headline is what people call themselves and no position; the present position is the one
without an end. Birth date, address and the like are not read.
"""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from trustgraph.ingest.dates import first_and_last_day
from trustgraph.ingest.journal import Journal
from trustgraph.ingest.linkedin.rows import full_names, leave_out, report
from trustgraph.ingest.tables import Table, cleaned

__all__ = ["POSITIONS", "PROFILE", "Profile", "read_positions", "read_profile"]

PROFILE: Final = Table(
    "profile", required=("firstname", "lastname", "headline"), optional=("geolocation",)
)
POSITIONS: Final = Table(
    "positions",
    required=("companyname", "title", "startedon"),
    optional=("finishedon",),
)


@dataclass(frozen=True)
class Profile:
    """What the owner says about themselves."""

    name: str = ""
    location: str = ""


def read_profile(rows: pd.DataFrame, journal: Journal) -> Profile:
    """Return name and place of the owner, from the first row that has a name.

    Parameters
    ----------
    rows
        The table, with the columns ``file`` and ``row`` (the line).
    journal
        Told about rows that are not used.

    Returns
    -------
    Profile
        Empty when the table is.
    """
    rows = pd.DataFrame(
        {
            "file": rows["file"],
            "row": rows["row"],
            "name": full_names(rows["firstname"], rows["lastname"]),
            "location": cleaned(rows["geolocation"]),
        }
    )
    rows = leave_out(
        rows, rows["name"] == "", journal.skip, "a profile without a name", mend="fill in the name"
    )
    if rows.empty:
        return Profile()
    first = rows.iloc[0]
    others = pd.Series(range(len(rows)), index=rows.index) > 0
    rows = leave_out(
        rows, others, journal.leave, "a second profile; the first is the owner's", value="name"
    )
    journal.used(str(first["file"]), 1)
    return Profile(str(first["name"]), str(first["location"]))


def read_positions(rows: pd.DataFrame, journal: Journal) -> pd.DataFrame:
    """Return where the owner worked, newest first.

    Parameters
    ----------
    rows
        The table, with the columns ``file`` and ``row`` (the line).
    journal
        Told about rows that are not used.

    Returns
    -------
    pandas.DataFrame
        Columns organisation, title, started, finished (NaT at present).
    """
    begun, _ = first_and_last_day(rows["startedon"])
    _, ended = first_and_last_day(rows["finishedon"])
    rows = pd.DataFrame(
        {
            "file": rows["file"],
            "row": rows["row"],
            "organisation": cleaned(rows["companyname"]),
            "title": cleaned(rows["title"]),
            "started": begun,
            "finished": ended,
            "start_text": cleaned(rows["startedon"]),
            "finish_text": cleaned(rows["finishedon"]),
        }
    )
    mend = "write the date as Aug 2022 or 2022"
    rows = leave_out(
        rows,
        rows["organisation"] == "",
        journal.skip,
        "a position without a company",
        value="title",
        mend="fill in the company, or leave the row out",
    )
    rows = leave_out(
        rows,
        rows["finished"].isna() & (rows["finish_text"] != ""),
        journal.skip,
        "the date of leaving cannot be read",
        value="finish_text",
        mend=mend,
    )
    rows = leave_out(
        rows,
        rows["finished"] < rows["started"],
        journal.skip,
        "the position ends before it begins",
        value="finish_text",
        mend="correct one of the dates",
    )
    undated = rows["started"].isna() & (rows["start_text"] != "")
    reason = "the date of joining cannot be read; used without it"
    report(rows, undated, journal.doubt, reason, value="start_text", mend=mend)
    for file, part in rows.groupby("file"):
        journal.used(str(file), len(part))
    order = ["started", "organisation", "title", "finished"]
    rows = rows.sort_values(order, ascending=[False, True, True, True], kind="stable")
    return rows[["organisation", "title", "started", "finished"]].reset_index(drop=True)
