"""The tables that are read, one entry each: to read one more, write its module and add a line."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from trustgraph.ingest.linkedin.abilities import (
    CERTIFICATIONS,
    PROJECTS,
    SKILLS,
    read_certifications,
    read_projects,
    read_skills,
)
from trustgraph.ingest.linkedin.activity import (
    COMMENTS,
    REACTIONS,
    SHARES,
    read_comments,
    read_reactions,
    read_shares,
)
from trustgraph.ingest.linkedin.address_book import CONTACTS, read_contacts
from trustgraph.ingest.linkedin.connections import CONNECTIONS, read_connections
from trustgraph.ingest.linkedin.endorsements import ENDORSEMENTS, read_endorsements
from trustgraph.ingest.linkedin.follows import MEMBER_FOLLOWS, read_member_follows
from trustgraph.ingest.linkedin.interests import (
    COMPANY_FOLLOWS,
    JOB_APPLICATIONS,
    SAVED_JOBS,
    read_company_follows,
    read_job_applications,
    read_saved_jobs,
)
from trustgraph.ingest.linkedin.invitations import INVITATIONS
from trustgraph.ingest.linkedin.mailbox import MESSAGES
from trustgraph.ingest.linkedin.notes import NOTES, read_notes
from trustgraph.ingest.linkedin.positions import (
    EDUCATION,
    ORGANIZATIONS,
    POSITIONS,
    VOLUNTEERING,
    read_education,
    read_organizations,
    read_positions,
    read_volunteering,
)
from trustgraph.ingest.linkedin.profile import PROFILE
from trustgraph.ingest.linkedin.recommendations import RECOMMENDATIONS, read_recommendations
from trustgraph.ingest.linkedin.said import Reader
from trustgraph.ingest.tables import Table

__all__ = ["ENTRIES", "FILES", "Entry", "forms"]


@dataclass(frozen=True)
class Entry:
    """A table that is read.

    Attributes
    ----------
    name
        Name of the table.
    files
        Names of its files as `file_key` returns them.
    table
        Its columns.
    read
        Its reader; None for those that say who the owner is or come in chunks, which `read_part`
        reads itself.
    texts
        Keys of columns with what people wrote, read only where texts are kept.
    is_main
        Whether it is a table by which an archive is known, and not one whose name anybody's file
        may have.
    """

    name: str
    files: tuple[str, ...]
    table: Table
    read: Reader | None = None
    texts: tuple[str, ...] = ()
    is_main: bool = True


def _minor(name: str, files: tuple[str, ...], table: Table, read: Reader, *texts: str) -> Entry:
    return Entry(name, files, table, read, texts, is_main=False)


ENTRIES: Final = (
    Entry("profile", ("profile",), PROFILE),
    Entry("positions", ("positions",), POSITIONS, read_positions),
    Entry("connections", ("connections",), CONNECTIONS, read_connections),
    Entry("invitations", ("invitations",), INVITATIONS),
    Entry(
        "endorsements_received",
        ("endorsementreceivedinfo", "endorsementsreceived"),
        ENDORSEMENTS,
        partial(read_endorsements, received=True),
    ),
    Entry(
        "endorsements_given",
        ("endorsementgiveninfo", "endorsementsgiven"),
        ENDORSEMENTS,
        partial(read_endorsements, received=False),
    ),
    Entry(
        "recommendations_received",
        ("recommendationsreceived",),
        RECOMMENDATIONS,
        partial(read_recommendations, received=True),
        texts=("text",),
    ),
    Entry(
        "recommendations_given",
        ("recommendationsgiven",),
        RECOMMENDATIONS,
        partial(read_recommendations, received=False),
        texts=("text",),
    ),
    Entry("messages", ("messages",), MESSAGES),
    _minor("education", ("education",), EDUCATION, read_education),
    _minor("volunteering", ("volunteering",), VOLUNTEERING, read_volunteering),
    _minor("organizations", ("organizations",), ORGANIZATIONS, read_organizations),
    _minor("skills", ("skills",), SKILLS, read_skills),
    _minor("certifications", ("certifications",), CERTIFICATIONS, read_certifications),
    _minor("projects", ("projects",), PROJECTS, read_projects),
    _minor("company_follows", ("companyfollows",), COMPANY_FOLLOWS, read_company_follows),
    _minor("job_applications", ("jobapplications",), JOB_APPLICATIONS, read_job_applications),
    _minor("saved_jobs", ("savedjobs",), SAVED_JOBS, read_saved_jobs),
    _minor("shares", ("shares",), SHARES, read_shares, "sharecommentary"),
    _minor("comments", ("comments",), COMMENTS, read_comments, "message"),
    _minor("reactions", ("reactions",), REACTIONS, read_reactions),
    _minor("member_follows", ("memberfollows",), MEMBER_FOLLOWS, read_member_follows),
    _minor("notes", ("notes",), NOTES, read_notes, "note"),
    _minor("contacts", ("contacts", "importedcontacts"), CONTACTS, read_contacts),
)
"""All tables that are read."""

FILES: Final[Mapping[str, Entry]] = {key: entry for entry in ENTRIES for key in entry.files}
"""Name of a file, as `file_key` returns it -> the table it holds."""


def forms(*, keep_text: bool = False) -> dict[str, Table]:
    """Return the form in which each table is looked for.

    Parameters
    ----------
    keep_text
        Whether columns are read that hold nothing but what people wrote.

    Returns
    -------
    dict
        Name of the table -> its columns.
    """
    found = {}
    for entry in ENTRIES:
        more = entry.texts if keep_text else ()
        found[entry.name] = replace(
            entry.table,
            optional=(*entry.table.optional, *more),
            plain=(*entry.table.plain, *more),
        )
    return found
