"""What the archives of the bundled sample hold beside ties: follows, plans, posts, address books.

Mira follows Tessaloom, saved one of its jobs and applied for it. She keeps a note about Jonas, and
Jonas stands in her address book. Nobody whom an owner follows is known to any of them, so that
nothing here is evidence of a tie that the story does not tell.
"""

import datetime as dt
from typing import Any, Final

import pandas as pd

from trustgraph.datasets._events import NAMES, PEOPLE, moment
from trustgraph.datasets._facts import frame_of
from trustgraph.datasets._story import ADAEZE, JONAS, MIRA, OWNERS

__all__ = ["sample_life"]

Rows = list[tuple[Any, ...]]

_SKILLS: Final = {
    MIRA: ("Python", "SQL", "Data Modeling", "Data Warehousing"),
    JONAS: ("Leadership", "Mentoring", "Project Management"),
    ADAEZE: ("Project Management", "Négociation", "Public Speaking"),
}
_COMPANIES: Final = {
    MIRA: ("Tessaloom", "Kitewell Health"),
    JONAS: ("Tidemoor Logistics",),
    ADAEZE: ("Solvane Mobility",),
}
_COMMENTS: Final = (
    'Well said: "measure first".',
    "Thank you!\nThe slides are in the post.",
    "Congratulations, Nandini, well deserved",
)


def _columns(table: str, names: str, rows: Rows) -> pd.DataFrame:
    keys = names.split()
    return frame_of(table, {key: [row[place] for row in rows] for place, key in enumerate(keys)})


def _contacts(owner: str) -> pd.DataFrame:
    built = OWNERS[owner].date()
    known = PEOPLE[JONAS if owner == MIRA else MIRA]
    rows: Rows = [
        (known.slug, known.first, known.last, NAMES[known.slug], known.position, "1"),
        ("", "Ottilie", "Fennimore-Dace", "Ottilie Fennimore-Dace", "Dentist", "2"),
        ("", "", "", "", "", ""),
    ]
    days = [built - dt.timedelta(days=100 + 300 * number) for number in range(len(rows))]
    return frame_of(
        "contacts",
        {
            "person": [row[0] for row in rows],
            "first": [row[1] for row in rows],
            "last": [row[2] for row in rows],
            "name": [row[3] for row in rows],
            "organisation": [""] * len(rows),
            "title": [row[4] for row in rows],
            "email": [f"{row[1].lower() or 'billing'}@mail.example" for row in rows],
            "phone": [row[5] and f"+00 555 {row[5]}" for row in rows],
            "created_at": [moment(day, 20).replace(second=0) for day in days],
        },
    )


def _career(owner: str) -> dict[str, pd.DataFrame]:
    month = dt.date(2018, 3, 1)
    return {
        "skills": frame_of("skills", {"name": _SKILLS[owner]}),
        "certifications": _columns(
            "certifications",
            "name authority started finished",
            [("Certified Data Steward", "Orrinvale Institute", month, None)],
        ),
        "volunteering": _columns(
            "volunteering",
            "organisation role cause started finished",
            [("Code for Foxglen", "Mentor", "EDUCATION", month, dt.date(2020, 6, 1))],
        ),
        "organizations": _columns(
            "organizations",
            "organisation position started finished",
            [("Nordic Data Breakfast", "Host" if owner == MIRA else "Member", month, None)],
        ),
        "projects": _columns(
            "projects", "title started finished", [("Open timetable", month, dt.date(2019, 1, 1))]
        ),
    }


def _public(owner: str) -> dict[str, pd.DataFrame]:
    built = OWNERS[owner].date()
    times = [moment(built - dt.timedelta(days=day), 8) for day in (3, 40, 200, 900)]
    post = "We moved our pipelines.\n\nHere is how."
    return {
        "comments": _columns("comments", "at text", list(zip(times[:3], _COMMENTS, strict=True))),
        "reactions": _columns(
            "reactions",
            "at reaction",
            list(zip(times, ("LIKE", "PRAISE", "EMPATHY", "INTEREST"), strict=True)),
        ),
        "shares": _columns("shares", "at text visibility", [(times[1], post, "MEMBER_NETWORK")]),
        "follows": _columns(
            "follows",
            "person name status at",
            [
                ("", "Wystan Okoro-Brandt", "Active", times[0]),
                ("", "Ilse Marrow", "Unfollow", times[1]),
            ],
        ),
        "company_follows": _columns(
            "company_follows",
            "organisation at",
            list(zip(_COMPANIES[owner], times, strict=False)),
        ),
    }


def sample_life(owner: str) -> dict[str, pd.DataFrame]:
    """Return the facts of one of the three owners that are no acts between two people.

    Parameters
    ----------
    owner
        Id of the owner.

    Returns
    -------
    dict of pandas.DataFrame
        Name of the table to its facts, newest rows first.
    """
    wanted = ("Tessaloom", "Data Platform Lead")
    saved = moment(dt.date(2026, 11, 9), 20).replace(second=0)
    asked = moment(dt.date(2026, 11, 16), 20).replace(second=0)
    noted = moment(dt.date(2026, 10, 11), 19)
    note = "Worked with Katalin at Tessaloom;\nask him about her team."
    is_mira = owner == MIRA
    return {
        **_career(owner),
        **_public(owner),
        "contacts": _contacts(owner),
        "notes": _columns(
            "notes",
            "person text created_on edited_on",
            [(JONAS, note, noted, None)] if is_mira else [],
        ),
        "job_applications": _columns(
            "job_applications", "organisation title at", [(*wanted, asked)] if is_mira else []
        ),
        "saved_jobs": _columns(
            "saved_jobs", "organisation title at", [(*wanted, saved)] if is_mira else []
        ),
    }
