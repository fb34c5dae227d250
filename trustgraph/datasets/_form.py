"""The files of a Complete archive of 2026, byte for byte, from the facts."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any, Final
from urllib.parse import quote

import numpy as np
import pandas as pd

from trustgraph.datasets._facts import ArchiveFacts, profile_url

__all__ = ["MONTHS", "PREAMBLE", "clock_text", "csv_bytes", "form_2026", "moment_text"]

MONTHS: Final = tuple("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split())
PREAMBLE: Final = (
    "Notes:\n"
    '"When exporting your connection data, you may notice that some of the email addresses are '
    "missing. You will only see email addresses for connections who have allowed their connections "
    "to see or download their email address using this setting "
    "https://www.linkedin.com/psettings/privacy/email. You can learn more here "
    'https://www.linkedin.com/help/linkedin/answer/261"\n'
    "\n"
)
_ZONE: Final = "America/Los_Angeles"


def csv_bytes(
    header: str, rows: Iterable[Sequence[Any]], *, preamble: str = "", quote_all: bool = False
) -> bytes:
    """Return a table as the archive writes it: UTF-8, line feeds, none after the last row."""
    out = io.StringIO(newline="")
    writer = csv.writer(
        out, quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL, lineterminator="\n"
    )
    writer.writerow(header.split(","))
    writer.writerows(rows)
    return (preamble + out.getvalue().removesuffix("\n")).encode()


def _day_text(times: "pd.Series[Any]") -> list[str]:
    days = times.dt
    return [
        f"{day:02d} {MONTHS[month - 1]} {year}"
        for day, month, year in zip(
            days.day.tolist(), days.month.tolist(), days.year.tolist(), strict=True
        )
    ]


def _month_text(times: "pd.Series[Any]") -> list[str]:
    return [f"{MONTHS[one.month - 1]} {one.year}" if one is not pd.NaT else "" for one in times]


def moment_text(times: "pd.Series[Any]") -> list[str]:
    """Return moments as ``2026-03-13 03:18:54``, in UTC and without saying so."""
    moments = times.dt.tz_convert(None).to_numpy()
    return [text.replace("T", " ") for text in np.datetime_as_string(moments, unit="s").tolist()]


def clock_text(times: "pd.Series[Any]", *, padded: bool = False) -> list[str]:
    """Return moments as the wall clock of California shows them: ``1/29/26, 2:37 PM``."""
    local = times.dt.tz_convert(_ZONE).dt
    width = 2 if padded else 1
    parts = zip(
        local.month.tolist(),
        local.day.tolist(),
        (local.year % 100).tolist(),
        local.hour.tolist(),
        local.minute.tolist(),
        strict=True,
    )
    return [
        f"{month:0{width}d}/{day:0{width}d}/{year:02d}, "
        f"{(hour + 11) % 12 + 1:0{width}d}:{minute:02d} {'AM' if hour < 12 else 'PM'}"  # noqa: PLR2004
        for month, day, year, hour, minute in parts
    ]


def _column(facts: ArchiveFacts, people: "pd.Series[Any]", name: str) -> list[str]:
    """Return one fact about each person, empty where nobody is named."""
    return facts.people[name].reindex(people).fillna("").tolist()


def connections_file(facts: ArchiveFacts) -> bytes:
    """Return Connections.csv: three lines of notes, percent-encoded addresses, newest first."""
    table = facts.connections
    slugs = _column(facts, table["person"], "slug")
    rows = zip(
        _column(facts, table["person"], "first"),
        _column(facts, table["person"], "last"),
        [profile_url(quote(slug, safe="-._~")) for slug in slugs],
        table["email"].tolist(),
        _column(facts, table["person"], "organisation"),
        _column(facts, table["person"], "position"),
        _day_text(table["connected_on"]),
        strict=True,
    )
    header = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
    return csv_bytes(header, rows, preamble=PREAMBLE)


def messages_file(facts: ArchiveFacts) -> bytes:
    """Return messages.csv: every field quoted, raw slugs, real line breaks."""
    table = facts.messages
    slug = facts.people["slug"].to_dict()
    address = {person: profile_url(text) for person, text in slug.items()} | {"": ""}
    alone = {(person,): url for person, url in address.items()} | {(): ""}
    drafted = table.groupby("conversation")["draft"].transform("all")
    yes_no = {True: "Yes", False: "No"}
    rows = zip(
        table["conversation"].tolist(),
        table["title"].tolist(),
        table["sender_name"].tolist(),
        [address[sender] for sender in table["sender"].tolist()],
        table["to"].tolist(),
        [
            alone[people] if people in alone else ",".join(address[person] for person in people)
            for people in table["recipients"].tolist()
        ],
        [f"{text} UTC" for text in moment_text(table["at"])],
        table["subject"].tolist(),
        table["content"].tolist(),
        table["folder"].tolist(),
        table["attachments"].tolist(),
        [yes_no[flag] for flag in table["draft"].tolist()],
        [yes_no[bool(flag)] for flag in drafted.tolist()],
        strict=True,
    )
    header = (
        "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,"
        "DATE,SUBJECT,CONTENT,FOLDER,ATTACHMENTS,IS MESSAGE DRAFT,IS CONVERSATION DRAFT"
    )
    return csv_bytes(header, rows, quote_all=True)


def invitations_file(facts: ArchiveFacts) -> bytes:
    """Return Invitations.csv: one block a direction, wall clock of California, raw slugs."""
    table = facts.invitations
    mine = table["source"] == facts.owner.id
    rows = zip(
        _column(facts, table["source"], "name"),
        _column(facts, table["target"], "name"),
        clock_text(table["sent_at"]),
        table["note"].tolist(),
        np.where(mine, "OUTGOING", "INCOMING").tolist(),
        [profile_url(slug) for slug in _column(facts, table["source"], "slug")],
        [profile_url(slug) for slug in _column(facts, table["target"], "slug")],
        strict=True,
    )
    header = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl"
    return csv_bytes(header, rows)


def endorsements_file(facts: ArchiveFacts, *, received: bool) -> bytes:
    """Return Endorsement_Received_Info.csv or _Given_Info.csv: addresses without a scheme."""
    table = facts.endorsements
    mine, other = ("target", "source") if received else ("source", "target")
    table = table[table[mine] == facts.owner.id]
    slugs = _column(facts, table[other], "slug")
    rows = zip(
        [f"{text.replace('-', '/')} UTC" for text in moment_text(table["at"])],
        table["skill"].tolist(),
        [text.strip() for text in _column(facts, table[other], "first")],
        [text.strip() for text in _column(facts, table[other], "last")],
        [profile_url(slug).removeprefix("https://") for slug in slugs],
        table["status"].tolist(),
        strict=True,
    )
    who = "Endorser" if received else "Endorsee"
    header = (
        f"Endorsement Date,Skill Name,{who} First Name,{who} Last Name,{who} Public Url,"
        "Endorsement Status"
    )
    return csv_bytes(header, rows)


def recommendations_file(facts: ArchiveFacts, *, received: bool) -> bytes:
    """Return Recommendations_Received.csv or _Given.csv: names only, padded dates."""
    table = facts.recommendations
    mine, other = ("target", "source") if received else ("source", "target")
    table = table[table[mine] == facts.owner.id]
    rows = zip(
        [text.strip() for text in _column(facts, table[other], "first")],
        [text.strip() for text in _column(facts, table[other], "last")],
        table["organisation"].tolist(),
        table["title"].tolist(),
        table["text"].tolist(),
        clock_text(table["at"], padded=True),
        table["status"].tolist(),
        strict=True,
    )
    header = "First Name,Last Name,Company,Job Title,Text,Creation Date,Status"
    return csv_bytes(header, rows)


def _owner_files(facts: ArchiveFacts) -> dict[str, bytes]:
    card = facts.people.loc[facts.owner.id]
    profile = (
        "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,"
        "Geo Location,Twitter Handles,Websites,Instant Messengers"
    )
    me = [
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
    jobs = facts.positions
    schools = facts.education
    return {
        "Profile.csv": csv_bytes(profile, [me]),
        "Profile Summary.csv": csv_bytes("Profile Summary", []),
        "Positions.csv": csv_bytes(
            "Company Name,Title,Description,Location,Started On,Finished On",
            zip(
                jobs["organisation"].tolist(),
                jobs["title"].tolist(),
                [""] * len(jobs),
                jobs["location"].tolist(),
                _month_text(jobs["started"]),
                _month_text(jobs["finished"]),
                strict=True,
            ),
        ),
        "Education.csv": csv_bytes(
            "School Name,Start Date,End Date,Notes,Degree Name,Activities",
            zip(
                schools["school"].tolist(),
                [text[-4:] for text in _month_text(schools["started"])],
                [text[-4:] for text in _month_text(schools["finished"])],
                [""] * len(schools),
                schools["degree"].tolist(),
                [""] * len(schools),
                strict=True,
            ),
        ),
        "Email Addresses.csv": csv_bytes(
            "Email Address,Confirmed,Primary,Updated On",
            [[facts.email, "Yes", "Yes", "Not Available"]],
        ),
    }


def form_2026(facts: ArchiveFacts) -> dict[str, bytes]:
    """Return the files that say something about people, by name, as a 2026 archive has them."""
    return {
        "Connections.csv": connections_file(facts),
        "messages.csv": messages_file(facts),
        "Invitations.csv": invitations_file(facts),
        "Endorsement_Received_Info.csv": endorsements_file(facts, received=True),
        "Endorsement_Given_Info.csv": endorsements_file(facts, received=False),
        "Recommendations_Received.csv": recommendations_file(facts, received=True),
        "Recommendations_Given.csv": recommendations_file(facts, received=False),
        **_owner_files(facts),
    }
