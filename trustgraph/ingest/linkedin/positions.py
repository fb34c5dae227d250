"""Positions, Education, Volunteering and Organizations: where the owner has been, and when.

The present position is the one without an end. Of a school either date may be missing: that of the
end says nothing then, since nobody studies for ever. Descriptions, notes and causes are not read.
"""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from trustgraph.ingest.dates import first_and_last_day
from trustgraph.ingest.identity import Roster
from trustgraph.ingest.journal import Journal
from trustgraph.ingest.linkedin.rows import leave_out_overlong, like_dates
from trustgraph.ingest.linkedin.said import Said, places_said
from trustgraph.ingest.reporting import leave_out, report
from trustgraph.ingest.tables import Table, cleaned

__all__ = [
    "EDUCATION",
    "ORGANIZATIONS",
    "POSITIONS",
    "VOLUNTEERING",
    "read_education",
    "read_organizations",
    "read_positions",
    "read_volunteering",
]

POSITIONS: Final = Table(
    "positions", required=("companyname", "title", "startedon"), optional=("finishedon",)
)
EDUCATION: Final = Table(
    "education", required=("schoolname",), optional=("degreename", "startdate", "enddate")
)
VOLUNTEERING: Final = Table(
    "volunteering", required=("companyname", "role"), optional=("startedon", "finishedon")
)
ORGANIZATIONS: Final = Table(
    "organizations", required=("name", "position"), optional=("startedon", "finishedon")
)
_MEND: Final = "write the date as Aug 2022 or 2022"


@dataclass(frozen=True)
class _Kind:
    """A kind of place: its columns, and what it is called in the report."""

    kind: str
    columns: tuple[str, str, str, str]  # organisation, title, first and last day
    it: str
    lacking: str
    ends: bool = True  # whether no end means that it lasts

    @property
    def names(self) -> dict[str, str]:
        """Column of the file -> column here."""
        here = ("organisation", "title", "start_text", "finish_text")
        return dict(zip(self.columns, here, strict=True))


_JOB: Final = _Kind(
    "employer",
    ("companyname", "title", "startedon", "finishedon"),
    "the position",
    "a position without a company",
)
_SCHOOL: Final = _Kind(
    "school",
    ("schoolname", "degreename", "startdate", "enddate"),
    "the time at school",
    "an education without a school",
    ends=False,
)
_VOLUNTEERING: Final = _Kind(
    "volunteering",
    ("companyname", "role", "startedon", "finishedon"),
    "the voluntary work",
    "voluntary work without an organisation",
)
_MEMBERSHIP: Final = _Kind(
    "association",
    ("name", "position", "startedon", "finishedon"),
    "the membership",
    "a membership without an organisation",
)


def read_positions(rows: pd.DataFrame, journal: Journal, roster: Roster) -> Said:
    """Return where the owner worked, newest first.

    Parameters
    ----------
    rows
        The table, with the columns ``file`` and ``row`` (the line).
    journal
        Told about rows that are not used.
    roster
        Not needed: these places are the owner's.

    Returns
    -------
    Said
        Places of the kind `employer`; no last day at present.
    """
    del roster
    return _places(rows, journal, _JOB)


def read_education(rows: pd.DataFrame, journal: Journal, roster: Roster) -> Said:
    """Return where the owner studied: places of the kind `school`; see `read_positions`."""
    del roster
    return _places(rows, journal, _SCHOOL)


def read_volunteering(rows: pd.DataFrame, journal: Journal, roster: Roster) -> Said:
    """Return where the owner helped: places of the kind `volunteering`; see `read_positions`."""
    del roster
    return _places(rows, journal, _VOLUNTEERING)


def read_organizations(rows: pd.DataFrame, journal: Journal, roster: Roster) -> Said:
    """Return what the owner is a member of: `association`; see `read_positions`."""
    del roster
    return _places(rows, journal, _MEMBERSHIP)


def _places(rows: pd.DataFrame, journal: Journal, kind: _Kind) -> Said:
    texts = rows.rename(columns=kind.names)
    rows = rows[["file", "row"]].assign(
        **{name: cleaned(texts[name]) for name in kind.names.values()}
    )
    rows = leave_out(
        rows,
        rows["organisation"] == "",
        journal.skip,
        kind.lacking,
        mend="fill in the name, or leave the row out",
    )
    rows = leave_out_overlong(rows, ("organisation", "title"), journal.skip)
    begun, _ = first_and_last_day(rows["start_text"])
    _, ended = first_and_last_day(rows["finish_text"])
    # In a torn row words of a description stand in the place of a date: they are not shown.
    rows = rows.assign(
        started=begun,
        finished=ended,
        start_shown=like_dates(rows["start_text"]),
        finish_shown=like_dates(rows["finish_text"]),
    )
    unread = rows["finished"].isna() & (rows["finish_text"] != "")
    told = {"value": "finish_shown", "mend": _MEND}
    if kind.ends:
        reason = "the date of leaving cannot be read"
        rows = leave_out(rows, unread, journal.skip, reason, **told)
    else:
        report(rows, unread, journal.doubt, "the last date cannot be read; used without it", **told)
    rows = leave_out(
        rows,
        rows["finished"] < rows["started"],
        journal.skip,
        f"{kind.it} ends before it begins",
        value="finish_shown",
        mend="correct one of the dates",
    )
    undated = rows["started"].isna() & (rows["start_text"] != "")
    reason = "the date of joining cannot be read; used without it"
    report(rows, undated, journal.doubt, reason, value="start_shown", mend=_MEND)
    for file, part in rows.groupby("file"):
        journal.used(str(file), len(part))
    order = ["started", "organisation", "title", "finished"]
    rows = rows.sort_values(order, ascending=[False, True, True, True], kind="stable")
    return places_said(rows, kind.kind)
