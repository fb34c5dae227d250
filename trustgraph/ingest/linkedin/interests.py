"""Company Follows, Job Applications and Saved Jobs: where the owner would like to be.

The files of jobs lie in the folder ``Jobs`` or at the root. E-mail, telephone, résumé and answers
to questions that an application holds are not read.
"""

from typing import Final

import pandas as pd

from trustgraph.ingest.dates import ISO, JAVA, PACIFIC, US_MINUTES, is_no_date, parse_dates
from trustgraph.ingest.identity import Roster
from trustgraph.ingest.journal import Journal
from trustgraph.ingest.linkedin.rows import leave_out_overlong, like_dates
from trustgraph.ingest.linkedin.said import Said, facts_said
from trustgraph.ingest.reporting import leave_out, report
from trustgraph.ingest.tables import Table, cleaned

__all__ = [
    "COMPANY_FOLLOWS",
    "JOB_APPLICATIONS",
    "SAVED_JOBS",
    "read_company_follows",
    "read_job_applications",
    "read_saved_jobs",
]

COMPANY_FOLLOWS: Final = Table(
    "company_follows",
    required=("organization",),
    optional=("followedon",),
    date="followedon",
    forms=(JAVA, ISO),
)
JOB_APPLICATIONS: Final = Table(
    "job_applications",
    required=("applicationdate", "jobtitle"),
    optional=("companyname",),
    date="applicationdate",
    forms=(US_MINUTES, ISO),
    repairs=("unquoted_date",),
)
SAVED_JOBS: Final = Table(
    "saved_jobs",
    required=("saveddate", "jobtitle"),
    optional=("companyname",),
    date="saveddate",
    forms=(US_MINUTES, ISO),
    repairs=("unquoted_date",),
)


def read_company_follows(rows: pd.DataFrame, journal: Journal, roster: Roster) -> Said:
    """Return one fact of the kind `company_follow` a row.

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
    rows = rows.assign(organisation=cleaned(rows["organization"]))
    rows = leave_out(
        rows,
        rows["organisation"] == "",
        journal.skip,
        "no organisation is named",
        mend="fill in the name, or leave the row out",
    )
    rows = leave_out_overlong(rows, ("organisation",), journal.skip)
    rows["at"] = parse_dates(rows["followedon"], [JAVA, ISO])
    _say_undated(rows, "followedon", journal, "Sat Sep 05 08:12:14 UTC 2026")
    return facts_said(rows, "company_follow")


def read_job_applications(rows: pd.DataFrame, journal: Journal, roster: Roster) -> Said:
    """Return facts of the kind `job_application`: which job, where; see `read_company_follows`."""
    del roster
    return _jobs(rows, "applicationdate", journal, "job_application")


def read_saved_jobs(rows: pd.DataFrame, journal: Journal, roster: Roster) -> Said:
    """Return facts of the kind `saved_job`: which job, where; see `read_company_follows`."""
    del roster
    return _jobs(rows, "saveddate", journal, "saved_job")


def _jobs(rows: pd.DataFrame, date: str, journal: Journal, kind: str) -> Said:
    rows = rows.assign(text=cleaned(rows["jobtitle"]), organisation=cleaned(rows["companyname"]))
    rows = leave_out(
        rows,
        (rows["text"] == "") & (rows["organisation"] == ""),
        journal.skip,
        "neither a job nor a company is named",
        mend="fill in one of them, or leave the row out",
    )
    rows = leave_out_overlong(rows, ("text", "organisation"), journal.skip)
    # The zone is not documented; the same form in other files is the Pacific coast's clock.
    rows["at"] = parse_dates(rows[date], [US_MINUTES, ISO], zone=PACIFIC)
    _say_undated(rows, date, journal, "1/29/26, 2:37 PM")
    return facts_said(rows, kind)


def _say_undated(rows: pd.DataFrame, date: str, journal: Journal, form: str) -> None:
    report(
        rows.assign(shown=like_dates(rows[date])),
        rows["at"].isna() & ~is_no_date(rows[date]),
        journal.doubt,
        "no date that can be read; used without a date",
        value="shown",
        mend=f"write the date as {form}",
    )
