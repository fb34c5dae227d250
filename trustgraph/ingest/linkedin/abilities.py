"""``Skills.csv``, ``Certifications.csv`` and ``Projects.csv``: what the owner says they can do.

Numbers of licences, addresses and descriptions are not read.
"""

from typing import Final

import pandas as pd

from trustgraph.ingest.dates import first_and_last_day
from trustgraph.ingest.identity import Roster
from trustgraph.ingest.journal import Journal
from trustgraph.ingest.linkedin.rows import leave_out_overlong, like_dates
from trustgraph.ingest.linkedin.said import Said, facts_said
from trustgraph.ingest.reporting import leave_out, report
from trustgraph.ingest.tables import Table, cleaned

__all__ = [
    "CERTIFICATIONS",
    "PROJECTS",
    "SKILLS",
    "read_certifications",
    "read_projects",
    "read_skills",
]

SKILLS: Final = Table("skills", required=("name",))
CERTIFICATIONS: Final = Table(
    "certifications", required=("name", "authority"), optional=("startedon", "finishedon")
)
PROJECTS: Final = Table("projects", required=("title",), optional=("startedon", "finishedon"))
_FILL_IN: Final = "fill in the name, or leave the row out"
_MEND: Final = "write the date as Aug 2022 or 2022"


def read_skills(rows: pd.DataFrame, journal: Journal, roster: Roster) -> Said:
    """Return one fact of the kind `skill` a row.

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
        The facts.
    """
    del roster
    rows = _titled(rows, "name", journal, "a skill without a name")
    return facts_said(rows, "skill")


def read_certifications(rows: pd.DataFrame, journal: Journal, roster: Roster) -> Said:
    """Return facts of the kind `certification`, with who certified it; see `read_skills`."""
    del roster
    named = _titled(rows, "name", journal, "a certificate without a name")
    named["organisation"] = cleaned(rows["authority"].loc[named.index])
    named = leave_out_overlong(named, ("organisation",), journal.skip)
    return facts_said(_dated(named, journal), "certification")


def read_projects(rows: pd.DataFrame, journal: Journal, roster: Roster) -> Said:
    """Return facts of the kind `project`; see `read_skills`."""
    del roster
    return facts_said(
        _dated(_titled(rows, "title", journal, "a project without a title"), journal), "project"
    )


def _titled(rows: pd.DataFrame, title: str, journal: Journal, lacking: str) -> pd.DataFrame:
    """Return rows that say what it is."""
    rows = rows.assign(text=cleaned(rows[title]))
    rows = leave_out(rows, rows["text"] == "", journal.skip, lacking, mend=_FILL_IN)
    return leave_out_overlong(rows, ("text",), journal.skip)


def _dated(rows: pd.DataFrame, journal: Journal) -> pd.DataFrame:
    """Return rows with first and last day; dates that make no sense are left out of the row."""
    first, _ = first_and_last_day(rows["startedon"])
    _, last = first_and_last_day(rows["finishedon"])
    for column, date in (("startedon", first), ("finishedon", last)):
        unread = date.isna() & (rows[column].str.strip() != "")
        reason = "the date cannot be read; used without it"
        shown = rows.assign(shown=like_dates(rows[column]))
        report(shown, unread, journal.doubt, reason, value="shown", mend=_MEND)
    reason = "it ends before it begins; used without dates"
    turned = last < first
    report(rows, turned, journal.doubt, reason, value="finishedon", mend="correct one of the dates")
    return rows.assign(at=first.mask(turned), until=last.mask(turned))
