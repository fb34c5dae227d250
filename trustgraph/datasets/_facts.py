"""What is true in an invented archive, as far as an archive of its era can tell."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from trustgraph.datasets._eras import EraYear
from trustgraph.models import Person

__all__ = ["MEMBER", "ArchiveFacts", "frame_of", "full_name", "profile_url"]

MEMBER: Final = "LinkedIn Member"
"""How archives call everybody who left, or hid."""


@dataclass(frozen=True, eq=False, kw_only=True)
class ArchiveFacts:
    """The facts of one archive; frames of files are in the order of their rows.

    Parameters
    ----------
    owner
        Whose archive it is; the name in the files is split at the last space.
    headline, email, member_id
        Further words of the profile, and the number in some file names.
    as_of
        When the archive was built, in UTC; all records are older.
    era
        The year whose form the archive has. What no file of the era says is left out of the facts
        (notes, attachments and drafts before their time; line breaks where messages are one line);
        an address that the era does not show stays in them.
    people
        Everybody whom a record of a tie identifies, the owner too, indexed by ``id`` (the slug in
        lower case): ``slug``, ``first``, ``last`` (both as spelt in the files), ``name`` (single
        spaces), ``organisation``, ``position`` (both only for connections and the owner),
        ``connected``.
    connections
        ``person`` (empty for a hidden member), ``email``, ``connected_on`` (UTC day).
    messages
        ``conversation``, ``title``, ``sender_name``, ``sender`` (id, or empty), ``to`` (names as
        written), ``recipients`` (tuple of ids), ``size`` (people in the conversation), ``at``,
        ``subject``, ``content``, ``folder``, ``attachments``, and whether the row is an
        ``advert``, a ``draft`` or the ``note`` of an invitation.
    invitations
        ``source``, ``target``, ``sent_at`` (UTC, whole minutes), ``note``, ``accepted``.
    recommendations
        ``source``, ``target``, ``organisation`` and ``title`` of the other person, ``text``,
        ``at``, ``status``.
    endorsements
        ``source``, ``target``, ``skill``, ``at``, ``status``.
    positions, education
        Of the owner: ``organisation``, ``title``, ``location``, ``started``, ``finished`` (first
        days of months, NaT for the present); ``school``, ``degree``, ``started``, ``finished``.
    notes
        Of the owner about connections: ``person``, ``text``, ``created_on``, ``edited_on`` (NaT
        where it never was).
    follows, company_follows
        ``person`` (the connection of that name, or empty), ``name``, ``status`` (Active or
        Unfollow), ``at``; ``organisation``, ``at``. Who is followed need not be in ``people``.
    contacts
        The address book: ``person`` (the connection of that name, or empty), ``first``, ``last``,
        ``name`` (empty for an e-mail alone), ``organisation``, ``title``, ``email``, ``phone``,
        ``created_at`` (whole minutes). They are people and no ties, and need not be in ``people``.
    skills, certifications, volunteering, organizations, projects
        Of the owner: ``name``; ``name``, ``authority``, ``started``, ``finished``;
        ``organisation``, ``role``, ``cause``, ``started``, ``finished``; ``organisation``,
        ``position``, ``started``, ``finished``; ``title``, ``started``, ``finished``.
    comments, reactions, shares
        What the owner did in public: ``at``, ``text``; ``at``, ``reaction``; ``at``, ``text``,
        ``visibility``.
    job_applications, saved_jobs
        What the owner is interested in: ``organisation``, ``title``, ``at`` (whole minutes).
    """

    owner: Person
    headline: str
    email: str
    member_id: int
    as_of: dt.datetime
    era: EraYear = 2026
    people: pd.DataFrame
    connections: pd.DataFrame
    messages: pd.DataFrame
    invitations: pd.DataFrame
    recommendations: pd.DataFrame
    endorsements: pd.DataFrame
    positions: pd.DataFrame
    education: pd.DataFrame
    notes: pd.DataFrame
    follows: pd.DataFrame
    company_follows: pd.DataFrame
    contacts: pd.DataFrame
    skills: pd.DataFrame
    certifications: pd.DataFrame
    volunteering: pd.DataFrame
    organizations: pd.DataFrame
    projects: pd.DataFrame
    comments: pd.DataFrame
    reactions: pd.DataFrame
    shares: pd.DataFrame
    job_applications: pd.DataFrame
    saved_jobs: pd.DataFrame


COLUMNS: Final = {
    "connections": ("person", "email", "connected_on"),
    "messages": (
        "conversation",
        "title",
        "sender_name",
        "sender",
        "to",
        "recipients",
        "size",
        "at",
        "subject",
        "content",
        "folder",
        "attachments",
        "advert",
        "draft",
        "note",
    ),
    "invitations": ("source", "target", "sent_at", "note", "accepted"),
    "recommendations": ("source", "target", "organisation", "title", "text", "at", "status"),
    "endorsements": ("source", "target", "skill", "at", "status"),
    "positions": ("organisation", "title", "location", "started", "finished"),
    "education": ("school", "degree", "started", "finished"),
    "notes": ("person", "text", "created_on", "edited_on"),
    "follows": ("person", "name", "status", "at"),
    "company_follows": ("organisation", "at"),
    "contacts": (
        "person",
        "first",
        "last",
        "name",
        "organisation",
        "title",
        "email",
        "phone",
        "created_at",
    ),
    "skills": ("name",),
    "certifications": ("name", "authority", "started", "finished"),
    "volunteering": ("organisation", "role", "cause", "started", "finished"),
    "organizations": ("organisation", "position", "started", "finished"),
    "projects": ("title", "started", "finished"),
    "comments": ("at", "text"),
    "reactions": ("at", "reaction"),
    "shares": ("at", "text", "visibility"),
    "job_applications": ("organisation", "title", "at"),
    "saved_jobs": ("organisation", "title", "at"),
}
_TIMES: Final = frozenset(
    "connected_on at sent_at started finished created_on edited_on created_at".split()
)
_FLAGS: Final = ("advert", "draft", "note", "accepted")


def frame_of(table: str, columns: dict[str, Any]) -> pd.DataFrame:
    """Return a table of facts with its declared columns and their types, also when empty."""
    names = COLUMNS[table]
    frame = pd.DataFrame({name: columns[name] for name in names}, columns=list(names))
    for name in names:
        if name in _TIMES:
            frame[name] = pd.to_datetime(frame[name], utc=True).astype("datetime64[us, UTC]")
        elif name in _FLAGS and not (table == "invitations" and name == "note"):
            frame[name] = frame[name].astype(bool)
        elif name == "size":
            frame[name] = frame[name].astype("int64")
        elif name != "recipients":
            frame[name] = frame[name].astype("str")
    return frame


def full_name(first: str, last: str) -> str:
    """Return the whole name with single spaces, as a reader should see it."""
    return " ".join(f"{first} {last}".split())


def profile_url(slug: str) -> str:
    """Return the address of a profile with the slug as it is."""
    return f"https://www.linkedin.com/in/{slug}" if slug else ""
