"""The files in which the owner says who they are, what they want and whom they know elsewhere."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import pandas as pd

from trustgraph.datasets._cells import clock_text, csv_bytes, month_text
from trustgraph.datasets._eras import Era, era_of
from trustgraph.datasets._facts import ArchiveFacts

__all__ = ["owner_files"]

_PROFILE: Final = (
    "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,"
    "Geo Location,Twitter Handles,Websites,Instant Messengers"
)
_APPLICATIONS: Final = (
    "Application Date,Contact Email,Contact Phone Number,Company Name,Job Title,Job Url,"
    "Resume Name,Question And Answers"
)
_CONTACTS: Final = (
    "Source,FirstName,LastName,Companies,Title,Emails,PhoneNumbers,CreatedAt,Addresses,Sites,"
    "InstantMessageHandles,FullName,Birthday,Location,BookmarkedAt,Profiles"
)
_IMPORTED: Final = (
    "FirstName,MiddleName,LastName,Emails,PhoneNumbers,Title,Location,CreatedAt,UpdatedAt"
)
_JOB_URL: Final = "https://www.linkedin.com/jobs/view/"
Row = Sequence[str]


def _rows(table: pd.DataFrame, columns: str) -> Iterable[Row]:
    """Return the rows of a file: names of facts, ``-`` for an empty column, months as such."""
    empty = [""] * len(table)
    texts = []
    for name in columns.split():
        if name == "-":
            texts.append(empty)
        elif name in {"started", "finished"}:
            texts.append(month_text(table[name]))
        else:
            texts.append(table[name].tolist())
    return zip(*texts, strict=True)


def _profile(facts: ArchiveFacts) -> list[Any]:
    card = facts.people.loc[facts.owner.id]
    return [
        card["first"],
        card["last"],
        "",
        "",
        "May 05",
        facts.headline,
        "I like data that can be trusted.\n\nAsk me about it.",
        "Software Development",
        "",
        facts.owner.location,
        "",
        f"[PORTFOLIO:https://{facts.owner.id.split('-')[0]}.example]",
        "",
    ]


def _career(facts: ArchiveFacts) -> dict[str, bytes]:
    schools = facts.education.assign(
        first=[text[-4:] for text in month_text(facts.education["started"])],
        last=[text[-4:] for text in month_text(facts.education["finished"])],
    )
    return {
        "Positions.csv": csv_bytes(
            "Company Name,Title,Description,Location,Started On,Finished On",
            _rows(facts.positions, "organisation title - location started finished"),
        ),
        "Education.csv": csv_bytes(
            "School Name,Start Date,End Date,Notes,Degree Name,Activities",
            _rows(schools, "school first last - degree -"),
        ),
        "Skills.csv": csv_bytes("Name", _rows(facts.skills, "name")),
        "Certifications.csv": csv_bytes(
            "Name,Url,Authority,Started On,Finished On,License Number",
            _rows(facts.certifications, "name - authority started finished -"),
        ),
        "Projects.csv": csv_bytes(
            "Title,Description,Url,Started On,Finished On",
            _rows(facts.projects, "title - - started finished"),
        ),
        "Organizations.csv": csv_bytes(
            "Name,Description,Position,Started On,Finished On",
            _rows(facts.organizations, "organisation - position started finished"),
        ),
        "Volunteering.csv": csv_bytes(
            "Company Name,Role,Cause,Started On,Finished On,Description",
            _rows(facts.volunteering, "organisation role cause started finished -"),
        ),
    }


def _in_parts(name: str, header: str, rows: list[Row]) -> dict[str, bytes]:
    """Return a table that the archive splits in two as soon as it has two rows."""
    first = (len(rows) + 1) // 2
    parts = {f"{name}.csv": rows[:first]} | ({f"{name}_1.csv": rows[first:]} if rows[1:] else {})
    return {part: csv_bytes(header, some) for part, some in parts.items()}


def _jobs(facts: ArchiveFacts) -> dict[str, bytes]:
    asked, saved = facts.job_applications, facts.saved_jobs
    applications = [
        (at, facts.email, "+00 000 0000", organisation, title, f"{_JOB_URL}{number}", "CV.pdf", "")
        for number, (at, organisation, title) in enumerate(
            zip(clock_text(asked["at"]), asked["organisation"], asked["title"], strict=True)
        )
    ]
    kept = [
        (at, f"{_JOB_URL}9{number}", title, organisation)
        for number, (at, organisation, title) in enumerate(
            zip(clock_text(saved["at"]), saved["organisation"], saved["title"], strict=True)
        )
    ]
    return {
        **_in_parts("Jobs/Job Applications", _APPLICATIONS, [*applications]),
        **_in_parts("Jobs/Saved Jobs", "Saved Date,Job Url,Job Title,Company Name", [*kept]),
    }


def _contacts(facts: ArchiveFacts, era: Era) -> dict[str, bytes]:
    """Return the address book: ``Contacts.csv`` to about 2024, later ``ImportedContacts.csv``."""
    book = facts.contacts
    book = book.assign(
        source="GOOGLE_CONTACTS",
        created=clock_text(book["created_at"]),
        born=["6/1/80" if phone else "" for phone in book["phone"]],
    )
    if era.contacts == "Contacts.csv":
        columns = "source first last organisation title email phone created - - - name born - - -"
        return {era.contacts: csv_bytes(_CONTACTS, _rows(book, columns))}
    columns = "first - last email phone title - created created"
    return {era.contacts: csv_bytes(_IMPORTED, _rows(book, columns))}


def owner_files(facts: ArchiveFacts) -> dict[str, bytes]:
    """Return the files about the owner, their career, plans and address book, by name."""
    return {
        "Profile.csv": csv_bytes(_PROFILE, [_profile(facts)]),
        "Profile Summary.csv": csv_bytes("Profile Summary", []),
        "Email Addresses.csv": csv_bytes(
            "Email Address,Confirmed,Primary,Updated On",
            [[facts.email, "Yes", "Yes", "Not Available"]],
        ),
        **_career(facts),
        **_jobs(facts),
        **_contacts(facts, era_of(facts.era)),
    }
