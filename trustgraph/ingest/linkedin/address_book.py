"""``Contacts.csv`` and ``ImportedContacts.csv``: the address book, people and no ties.

The owner once let LinkedIn copy their telephone: who stands in it is somebody they know of, and may
be their plumber. Addresses of e-mail, telephone numbers, places and birthdays are never read.
"""

from typing import Final

import pandas as pd

from trustgraph._text import clean
from trustgraph.ingest.dates import ISO, PACIFIC, US_MINUTES, is_no_date, parse_dates
from trustgraph.ingest.identity import Roster
from trustgraph.ingest.journal import Journal
from trustgraph.ingest.linkedin.rows import full_names, is_nobody, leave_out_overlong
from trustgraph.ingest.linkedin.said import Said, named_said
from trustgraph.ingest.reporting import leave_out, report
from trustgraph.ingest.tables import Table, cleaned
from trustgraph.models.distinct import distinct

__all__ = ["CONTACTS", "read_contacts"]

_DIGITS_OF_A_NUMBER: Final = 5
_NOT_IN_NAMES: Final = ("@", "://", "(at)", "[at]")
CONTACTS: Final = Table(
    "contacts",
    required=("firstname", "lastname"),
    optional=("middlename", "fullname", "companies", "title", "createdat"),
)


def read_contacts(rows: pd.DataFrame, journal: Journal, roster: Roster) -> Said:
    """Return one mention by name for each contact.

    Parameters
    ----------
    rows
        The table, with the columns ``file`` and ``row`` (the line).
    journal
        Told about rows that are not used.
    roster
        Not needed: an address book must not decide who is who among those with ties.

    Returns
    -------
    Said
        Mentions of the kind `address_book`.
    """
    del roster
    first = rows["firstname"].astype("str") + " " + rows["middlename"].astype("str")
    full = distinct(rows["fullname"], _name)
    rows = pd.DataFrame(
        {
            "file": rows["file"],
            "row": rows["row"],
            "name": full.where(full != "", distinct(full_names(first, rows["lastname"]), _name)),
            "slug": "",
            "organisation": cleaned(rows["companies"]),
            "position": cleaned(rows["title"]),
            "date": cleaned(rows["createdat"]),
        }
    )
    rows = leave_out(
        rows,
        is_nobody(rows["name"], rows["slug"]),
        journal.skip_alike,
        "a contact without a name",
    )
    rows = leave_out_overlong(rows, ("name", "organisation", "position"), journal.skip)
    # The zone is not documented; the same form in other files is the Pacific coast's clock.
    rows["at"] = parse_dates(rows["date"], [US_MINUTES, ISO], zone=PACIFIC)
    # In a torn row a number of a telephone stands there: it is not shown.
    report(
        rows,
        rows["at"].isna() & ~is_no_date(rows["date"]),
        journal.doubt,
        "no date that can be read; used without a date",
        mend="write the date as 1/29/26, 2:37 PM",
    )
    return named_said(rows, "address_book")


def _name(text: str) -> str:
    """Return a name; nothing where an address or a number stands in its place."""
    name = clean(text)
    is_name = any(map(str.isalpha, name)) and not any(mark in name for mark in _NOT_IN_NAMES)
    is_name &= sum(map(str.isdigit, name)) < _DIGITS_OF_A_NUMBER
    return name if is_name else ""
