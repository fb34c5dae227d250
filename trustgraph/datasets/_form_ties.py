"""The files that say something about ties, byte for byte in the form of an era."""

from typing import Any, Final
from urllib.parse import quote

import numpy as np
import pandas as pd

from trustgraph.datasets._cells import (
    clock_text,
    csv_bytes,
    day_text,
    fact_of,
    moment_text,
    slashed_text,
)
from trustgraph.datasets._eras import Era, era_of
from trustgraph.datasets._facts import ArchiveFacts, profile_url

__all__ = ["PREAMBLE", "tie_files"]

PREAMBLE: Final = (
    "Notes:\n"
    '"When exporting your connection data, you may notice that some of the email addresses are '
    "missing. You will only see email addresses for connections who have allowed their connections "
    "to see or download their email address using this setting "
    "https://www.linkedin.com/psettings/privacy/email. You can learn more here "
    'https://www.linkedin.com/help/linkedin/answer/261"\n'
    "\n"
)
_NOBODYS_URL: Final = "https://www.linkedin.com/in"
Column = list[str]


def _connections(facts: ArchiveFacts, era: Era) -> bytes:
    """Return Connections.csv: newest first, addresses (since July 2023) percent-encoded."""
    table = facts.connections
    slugs = fact_of(facts, table["person"], "slug")
    columns = [
        fact_of(facts, table["person"], "first"),
        fact_of(facts, table["person"], "last"),
        [profile_url(quote(slug, safe="-._~")) for slug in slugs],
        table["email"].tolist(),
        fact_of(facts, table["person"], "organisation"),
        fact_of(facts, table["person"], "position"),
        day_text(table["connected_on"]),
    ]
    if not era.connection_urls:
        del columns[2]
    preamble = PREAMBLE if era.preamble else ""
    return csv_bytes(era.connections, zip(*columns, strict=True), preamble=preamble)


def _recipients(address: dict[Any, str], table: pd.DataFrame) -> Column:
    alone = {(person,): url for person, url in address.items()} | {(): ""}
    return [
        alone[people] if people in alone else ",".join(address[person] for person in people)
        for people in table["recipients"].tolist()
    ]


def _messages(facts: ArchiveFacts, era: Era) -> bytes:
    """Return messages.csv: raw slugs; since 2026 every field quoted, with real line breaks."""
    table = facts.messages
    slug = facts.people["slug"].to_dict()
    address = {person: profile_url(text) for person, text in slug.items()} | {"": ""}
    drafted = table.groupby("conversation")["draft"].transform("all")
    yes_no = {True: "Yes", False: "No"}
    columns: dict[str, Column] = {
        "CONVERSATION ID": table["conversation"].tolist(),
        "CONVERSATION TITLE": table["title"].tolist(),
        "FROM": table["sender_name"].tolist(),
        "SENDER PROFILE URL": [address[sender] for sender in table["sender"].tolist()],
        "TO": table["to"].tolist(),
        "RECIPIENT PROFILE URLS": _recipients(address, table) if era.recipient_urls else [],
        "DATE": [f"{text} UTC" for text in moment_text(table["at"])],
        "SUBJECT": table["subject"].tolist(),
        "CONTENT": table["content"].tolist(),
        "FOLDER": table["folder"].tolist(),
        "ATTACHMENTS": table["attachments"].tolist(),
        "IS MESSAGE DRAFT": [yes_no[flag] for flag in table["draft"].tolist()],
        "IS CONVERSATION DRAFT": [yes_no[bool(flag)] for flag in drafted.tolist()],
    }
    rows = zip(*(columns[name] for name in era.messages.split(",")), strict=True)
    return csv_bytes(era.messages, rows, quote_all=era.is_quoted_whole)


def _invitation_ends(facts: ArchiveFacts, era: Era, people: "pd.Series[Any]") -> Column:
    """Return what the invitations of the era write of each person beside the name."""
    if era.has_invitation_urls:
        return [profile_url(slug) for slug in fact_of(facts, people, "slug")]
    if "Url" in era.invitations(facts.as_of):
        return [_NOBODYS_URL] * len(people)
    places = facts.people.index.get_indexer(pd.Index(people))
    numbers = np.where(people == facts.owner.id, facts.member_id, 20_000_000 + 7_919 * places)
    return [f"urn:li:member:{number}" for number in numbers.tolist()]


def _invitations(facts: ArchiveFacts, era: Era) -> bytes:
    """Return Invitations.csv: one block a direction, wall clock of California."""
    table = facts.invitations
    mine = table["source"] == facts.owner.id
    header = era.invitations(facts.as_of)
    columns = [
        fact_of(facts, table["source"], "name"),
        fact_of(facts, table["target"], "name"),
        clock_text(table["sent_at"]),
        table["note"].tolist(),
        np.where(mine, "OUTGOING", "INCOMING").tolist(),
        _invitation_ends(facts, era, table["source"]),
        _invitation_ends(facts, era, table["target"]),
    ]
    return csv_bytes(header, zip(*columns[: len(header.split(","))], strict=True))


def _endorsements(facts: ArchiveFacts, era: Era, *, received: bool) -> bytes:
    """Return Endorsement_Received_Info.csv or _Given_Info.csv: addresses without a scheme."""
    table = facts.endorsements
    mine, other = ("target", "source") if received else ("source", "target")
    table = table[table[mine] == facts.owner.id]
    slugs = fact_of(facts, table[other], "slug")
    columns = [
        slashed_text(table["at"]),
        table["skill"].tolist(),
        [text.strip() for text in fact_of(facts, table[other], "first")],
        [text.strip() for text in fact_of(facts, table[other], "last")],
        [profile_url(slug).removeprefix("https://") for slug in slugs],
        table["status"].tolist(),
    ]
    if not era.endorsement_urls:
        del columns[4]
    header = era.endorsements("Endorser" if received else "Endorsee")
    return csv_bytes(header, zip(*columns, strict=True))


def _recommendations(facts: ArchiveFacts, *, received: bool) -> bytes:
    """Return Recommendations_Received.csv or _Given.csv: names only, padded dates."""
    table = facts.recommendations
    mine, other = ("target", "source") if received else ("source", "target")
    table = table[table[mine] == facts.owner.id]
    rows = zip(
        [text.strip() for text in fact_of(facts, table[other], "first")],
        [text.strip() for text in fact_of(facts, table[other], "last")],
        table["organisation"].tolist(),
        table["title"].tolist(),
        table["text"].tolist(),
        clock_text(table["at"], padded=True),
        table["status"].tolist(),
        strict=True,
    )
    header = "First Name,Last Name,Company,Job Title,Text,Creation Date,Status"
    return csv_bytes(header, rows)


def _notes(facts: ArchiveFacts) -> bytes:
    """Return Notes.csv: what the owner noted about connections; how it dates is not settled."""
    table = facts.notes
    slugs = fact_of(facts, table["person"], "slug")
    rows = zip(
        fact_of(facts, table["person"], "first"),
        fact_of(facts, table["person"], "last"),
        [profile_url(quote(slug, safe="-._~")) for slug in slugs],
        table["text"].tolist(),
        [f"{text} UTC" for text in moment_text(table["created_on"])],
        [text and f"{text} UTC" for text in moment_text(table["edited_on"])],
        strict=True,
    )
    header = "Connection First Name,Connection Last Name,Connection Profile URL,Note,Created On,"
    return csv_bytes(f"{header}Edited On", rows)


def tie_files(facts: ArchiveFacts) -> dict[str, bytes]:
    """Return the files that say something about ties between people, by name."""
    era = era_of(facts.era)
    files = {
        "Connections.csv": _connections(facts, era),
        "messages.csv": _messages(facts, era),
        "Invitations.csv": _invitations(facts, era),
        "Endorsement_Received_Info.csv": _endorsements(facts, era, received=True),
        "Endorsement_Given_Info.csv": _endorsements(facts, era, received=False),
        "Recommendations_Received.csv": _recommendations(facts, received=True),
        "Recommendations_Given.csv": _recommendations(facts, received=False),
    }
    return files | ({"Notes.csv": _notes(facts)} if era.has_notes else {})
