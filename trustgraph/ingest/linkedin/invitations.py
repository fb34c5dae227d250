"""``Invitations.csv``: who invited whom in the 180 days before the archive was made.

The table says who the owner is: the inviter of the outgoing, the invitee of the incoming
invitations. It is a window, so that the lack of an invitation says nothing. ``Sent At`` is the
clock of the US Pacific coast.
"""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from trustgraph.ingest.dates import ISO, PACIFIC, US_MINUTES, parse_dates
from trustgraph.ingest.identity import OWNER, Roster
from trustgraph.ingest.journal import Journal
from trustgraph.ingest.linkedin.rows import (
    addressed,
    as_written,
    is_nobody,
    leave_out_overlong,
    like_dates,
    like_words,
)
from trustgraph.ingest.linkedin.said import Said, acts_said
from trustgraph.ingest.reporting import leave_out, report
from trustgraph.ingest.tables import Table, cleaned

__all__ = ["INVITATIONS", "Invited", "read_invitations"]

INVITATIONS: Final = Table(
    "invitations",
    required=("from", "to", "sentat", "direction"),
    optional=("message", "inviterprofileurl", "inviteeprofileurl"),
    plain=("message", "sentat"),
    date="sentat",
    forms=(US_MINUTES, ISO),
)


@dataclass(frozen=True)
class Invited:
    """What the invitations say.

    Attributes
    ----------
    said
        One `invitation` act of the inviter for each row.
    own
        The owner as each row shows them: slug and name.
    notes
        Invitations with a note: source and target (numbers of the roster) and its text.
    """

    said: Said
    own: pd.DataFrame
    notes: pd.DataFrame


def read_invitations(rows: pd.DataFrame, journal: Journal, roster: Roster) -> Invited:
    """Return the acts, the owner's side and the notes of the invitations.

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
    Invited
        What the table says.
    """
    way = cleaned(rows["direction"]).str.upper()
    rows = pd.DataFrame(
        {
            "file": rows["file"],
            "row": rows["row"],
            "direction": way,
            "shown_way": like_words(way),
            "incoming": way == "INCOMING",
            "from": cleaned(rows["from"]),
            "to": cleaned(rows["to"]),
            "inviter": addressed(rows["inviterprofileurl"]),
            "invitee": addressed(rows["inviteeprofileurl"]),
            "sentat": rows["sentat"],
            "shown": like_dates(rows["sentat"]),
            "text": cleaned(rows["message"]),
            "words": as_written(rows, "message"),
        }
    )
    rows = leave_out(
        rows,
        ~rows["direction"].isin(["INCOMING", "OUTGOING"]),
        journal.skip,
        "the direction is neither INCOMING nor OUTGOING",
        value="shown_way",
        mend="download the archive again",
    )
    rows = _sided(rows)
    rows = leave_out(
        rows,
        is_nobody(rows["name"], rows["slug"]),
        journal.skip_alike,
        "a member who is hidden or has left",
    )
    rows = leave_out_overlong(rows, ("name", "slug"), journal.skip)
    rows = rows.assign(at=parse_dates(rows["sentat"], [US_MINUTES, ISO], zone=PACIFIC))
    report(
        rows,
        rows["at"].isna(),
        journal.doubt,
        "no date that can be read; used without a date",
        value="shown",
        mend="write the date as 1/29/26, 2:37 PM",
    )
    people = pd.Series(roster.mention(rows), index=rows.index)
    source = people.where(rows["incoming"], OWNER)
    target = people.where(~rows["incoming"], OWNER)
    notes = pd.DataFrame({"source": source, "target": target, "text": rows["text"]})
    return Invited(
        acts_said(rows, "invitation", source=source, target=target),
        rows[["own_slug", "own_name"]].rename(columns={"own_slug": "slug", "own_name": "name"}),
        notes[notes["text"] != ""],
    )


def _sided(rows: pd.DataFrame) -> pd.DataFrame:
    """Tell the other person's side of each row from the owner's."""
    incoming = rows["incoming"]
    return rows.assign(
        name=rows["from"].where(incoming, rows["to"]),
        slug=rows["inviter"].where(incoming, rows["invitee"]),
        own_name=rows["to"].where(incoming, rows["from"]),
        own_slug=rows["invitee"].where(incoming, rows["inviter"]),
    )
