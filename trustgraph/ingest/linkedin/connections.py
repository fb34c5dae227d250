"""``Connections.csv``: the owner's first-degree connections, with the UTC date of connecting.

Rows that hold nothing but a date are members who are hidden or have left: they are counted, and
make no people. Addresses of e-mail are not read.
"""

from typing import Final

import pandas as pd

from trustgraph.ingest.dates import DAY_MONTH_YEAR, ISO, US_MINUTES, parse_dates
from trustgraph.ingest.identity import CONNECTION, OWNER, Roster
from trustgraph.ingest.journal import Journal
from trustgraph.ingest.linkedin.rows import addressed, full_names, is_nobody, leave_out_overlong
from trustgraph.ingest.linkedin.said import Said, acts_said
from trustgraph.ingest.reporting import leave_out, report
from trustgraph.ingest.tables import Table, cleaned

__all__ = ["CONNECTIONS", "read_connections"]

CONNECTIONS: Final = Table(
    "connections",
    required=("firstname", "lastname", "connectedon"),
    optional=("url", "company", "position"),
    date="connectedon",
    forms=(DAY_MONTH_YEAR, ISO, US_MINUTES),
)


def read_connections(rows: pd.DataFrame, journal: Journal, roster: Roster) -> Said:
    """Return one `connection` act of the owner for each connection.

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
        Acts.
    """
    rows = pd.DataFrame(
        {
            "file": rows["file"],
            "row": rows["row"],
            "name": full_names(rows["firstname"], rows["lastname"]),
            "slug": addressed(rows["url"]),
            "organisation": cleaned(rows["company"]),
            "position": cleaned(rows["position"]),
            "day": cleaned(rows["connectedon"]),
        }
    )
    nobody = is_nobody(rows["name"], rows["slug"])
    blank = (rows["organisation"] == "") & (rows["position"] == "")
    hidden = nobody & (blank | (rows["name"] != ""))
    rows = leave_out(
        rows, hidden, journal.skip_alike, "a member who is hidden or has left: only a date is given"
    )
    rows = leave_out(
        rows,
        nobody.loc[rows.index],
        journal.skip,
        "neither a name nor an address",
        mend="fill in the name, or leave the row out",
    )
    rows = leave_out_overlong(rows, ("name", "slug", "organisation", "position"), journal.skip)
    rows = rows.assign(at=parse_dates(rows["day"], CONNECTIONS.forms))
    rows["at"] = rows["at"].dt.floor("D")
    report(
        rows,
        rows["at"].isna(),
        journal.doubt,
        "no date of connecting that can be read; used without a date",
        value="day",
        mend="write the date as 08 Feb 2026",
    )
    _say_resaved(rows, journal)
    rows["day"] = rows["at"].dt.strftime("%Y-%m-%d").fillna("")
    rows = _once(rows, journal)
    people = roster.mention(rows, rank=CONNECTION)
    return acts_said(rows, "connection", source=OWNER, target=people)


def _say_resaved(rows: pd.DataFrame, journal: Journal) -> None:
    """Report dates as a spreadsheet writes them: ``4-Apr-21``."""
    resaved = rows["at"].notna() & rows["day"].str.contains(r"-[0-9]{2}$")
    for file, part in rows[resaved].groupby("file"):
        reason = "dates as a spreadsheet writes them (4-Apr-21); read as such"
        journal.say(str(file), reason, value=str(len(part)))


def _once(rows: pd.DataFrame, journal: Journal) -> pd.DataFrame:
    """Leave out rows that stand twice; of one address the newest row counts."""
    facts = ["at", "name", "organisation", "position"]
    ordered = rows.sort_values(facts, ascending=False)
    with_slug = ordered["slug"] != ""
    repeated = pd.concat(
        [ordered[with_slug].duplicated("slug"), ordered[~with_slug].duplicated(facts)]
    )
    return leave_out(
        rows,
        repeated.reindex(rows.index).astype(bool),
        journal.leave,
        "the same connection stands twice; its newest row is used",
        value="slug",
    )
