"""The bundled sample, made again: three archives of people who know each other.

``python -m trustgraph.datasets._sample FOLDER`` writes the three zips that are kept in ``data/``.
Nothing here is random, so the bytes are the same everywhere (with the same zlib).
"""

import base64
import datetime as dt
import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pandas as pd

from trustgraph.datasets._events import (
    ANSWERS,
    ASKS,
    CIRCLES,
    CROWD,
    NAMES,
    PEOPLE,
    Row,
    Talk,
    all_invitations,
    all_talks,
    crowd_ties,
    moment,
)
from trustgraph.datasets._facts import MEMBER, ArchiveFacts, frame_of, profile_url
from trustgraph.datasets._sample_life import sample_life
from trustgraph.datasets._story import (
    ADAEZE,
    ENDORSEMENTS,
    JONAS,
    MIRA,
    OWNERS,
    RECOMMENDATIONS,
    TIES,
)
from trustgraph.datasets._talk import SPINMAIL
from trustgraph.datasets.archive import write_archive
from trustgraph.models import Person

__all__ = ["sample_facts", "write_sample"]

HIDDEN: Final = {MIRA: 3, JONAS: 2, ADAEZE: 1}
ADVERTS: Final = {MIRA: 24, JONAS: 8, ADAEZE: 6}
JOBS: Final = {
    MIRA: (
        ("Lumenhaug Energy", "Senior Data Engineer", "2022-11-01", None),
        ("Pinegate Systems", "Data Engineer", "2017-01-01", "2022-10-01"),
    ),
    JONAS: (("Pinegate Systems", "Engineering Manager", "2014-01-01", None),),
    ADAEZE: (
        ("Lumenhaug Energy", "Product Manager", "2021-03-01", None),
        ("Yarrowfen Labs", "Business Analyst", "2016-09-01", "2021-02-01"),
    ),
}
CARDS: Final = {
    MIRA: ("Data engineer. I make pipelines that can be trusted", "Bergen, Norway", 70_010_203),
    JONAS: ("Building teams that build platforms", "Gothenburg, Sweden", 70_020_304),
    ADAEZE: ("Product, people, power grids", "Bergen, Norway", 70_030_405),
}
SHOWN: Final = (JONAS, "zuri-mbowande-4c1", "ilse-brinkvall", CROWD[20].slug)
SKILLS: Final = ("Python", "Data Modeling", "Négociation")


def _from_nobody(owner: str) -> Iterator[tuple[str, str, str, Row]]:
    """Yield adverts and one thread with somebody who left: key, title, other's name, row."""
    sponsors = ("Marketing at Vossgate Ads", "Tilly Brandreth-Onu", MEMBER)
    for number in range(ADVERTS[owner]):
        at = moment(OWNERS[owner].date() - dt.timedelta(days=5 + 31 * number), 12)
        name = sponsors[number % len(sponsors)]
        yield f"advert {number}", "Sponsored Conversation", name, Row(at, "", SPINMAIL)
    for number in range(4):
        at = moment(dt.date(2024, 3, 4) + dt.timedelta(days=number), 13)
        sender = owner if number % 2 else ""
        yield "gone", "", MEMBER, Row(at, sender, (*ASKS, *ANSWERS)[number])


def _key(*words: str) -> str:
    digest = hashlib.sha256("|".join(words).encode()).digest()[:18]
    return "2-" + base64.b64encode(digest + b"_012").decode()


def _message(owner: str, talk: Talk, row: Row) -> dict[str, Any]:
    others = [person for person in talk.people if person != row.sender]
    attached = "https://www.linkedin.com/dms/prv/document/v2/" if "slides" in row.content else ""
    key = _key(*sorted(talk.people), talk.title)
    return {
        "conversation": key,
        "title": talk.title,
        "sender_name": NAMES[row.sender],
        "sender": row.sender,
        "to": ",".join([NAMES[person] for person in others] + [MEMBER] * talk.gone),
        "recipients": tuple(others),
        "size": len(talk.people) + talk.gone,
        "at": row.at,
        "subject": talk.subject,
        "content": row.content,
        "folder": "ARCHIVE" if owner != MIRA and row.at.year < 2023 else "INBOX",  # noqa: PLR2004
        "attachments": attached and attached + key[2:8],
        "advert": False,
        "draft": row.draft,
        "note": row.note,
    }


def _advert(owner: str, key: str, title: str, name: str, row: Row) -> dict[str, Any]:
    mine, advert = row.sender == owner, title != ""
    return {
        "conversation": _key(owner, key),
        "title": title,
        "sender_name": NAMES[owner] if mine else name,
        "sender": row.sender,
        "to": name if mine else NAMES[owner],
        "recipients": () if mine else (owner,),
        "size": 2,
        "at": row.at,
        "subject": "A private offer, for you" if advert else "",
        "content": row.content,
        "folder": "INBOX",
        "attachments": "",
        "advert": advert,
        "draft": False,
        "note": False,
    }


def _messages(owner: str) -> pd.DataFrame:
    """Return the mailbox of one owner: conversations together, the newest on top."""
    rows = [
        _message(owner, talk, row)
        for talk in all_talks()
        if owner in talk.people
        for row in talk.rows
        if row.sender == owner or not row.draft
    ]
    rows += [_advert(owner, *parts) for parts in _from_nobody(owner)]
    frame = pd.DataFrame(rows)
    newest = frame.groupby("conversation")["at"].transform("max")
    frame = frame.assign(newest=newest).sort_values(
        ["newest", "conversation", "at"], ascending=False, kind="stable"
    )
    columns = {str(name): values.tolist() for name, values in frame.items()}
    return frame_of("messages", columns)


def _connections(owner: str) -> pd.DataFrame:
    rows = [
        (tie.other if tie.one == owner else tie.one, tie.connected)
        for tie in (*TIES, *crowd_ties())
        if owner in (tie.one, tie.other)
    ]
    built = OWNERS[owner].date()
    rows += [("", built - dt.timedelta(days=400 * (n + 1))) for n in range(HIDDEN[owner])]
    rows.sort(key=lambda row: row[1], reverse=True)
    people, days = zip(*rows, strict=True)
    shown = [f"{one.split('-')[0]}@mail.example" if one in SHOWN else "" for one in people]
    return frame_of("connections", {"person": people, "email": shown, "connected_on": list(days)})


def _recommendations(owner: str) -> pd.DataFrame:
    rows = [(*praise, "VISIBLE") for praise in RECOMMENDATIONS if owner in praise[:2]]
    if owner == MIRA:
        rows.append((CROWD[7].slug, MIRA, dt.date(2026, 9, 7), "PENDING"))
    rows.sort(key=lambda row: row[2], reverse=True)
    others = [PEOPLE[source if target == owner else target] for source, target, *_ in rows]
    return frame_of(
        "recommendations",
        {
            "source": [row[0] for row in rows],
            "target": [row[1] for row in rows],
            "organisation": [one.organisation for one in others],
            "title": [one.position for one in others],
            "text": [
                f"{PEOPLE[row[1]].first} is calm, precise and kind.\nAny day again." for row in rows
            ],
            "at": [moment(row[2], 20).replace(second=0) for row in rows],
            "status": [row[3] for row in rows],
        },
    )


def _endorsements(owner: str) -> pd.DataFrame:
    rows = [(*click, "ACCEPTED") for click in ENDORSEMENTS if owner in click[:2]]
    for place, number in enumerate(CIRCLES[owner]):
        day = OWNERS[owner].date() - dt.timedelta(days=41 * place)
        skill, other = SKILLS[place % len(SKILLS)], CROWD[number].slug
        if place % 7 == 5:  # noqa: PLR2004
            rows.append((other, owner, skill, day, "PENDING" if place == 5 else "ACCEPTED"))  # noqa: PLR2004
        if place % 10 == 8:  # noqa: PLR2004
            rows.append((owner, other, skill, day, "ACCEPTED"))
    rows.sort(key=lambda row: row[3], reverse=True)
    return frame_of(
        "endorsements",
        {
            "source": [row[0] for row in rows],
            "target": [row[1] for row in rows],
            "skill": [row[2] for row in rows],
            "at": [moment(row[3], 14) for row in rows],
            "status": [row[4] for row in rows],
        },
    )


def _people(owner: str, known: pd.DataFrame, named: list["pd.Series[Any]"]) -> pd.DataFrame:
    seen = set().union(*(series.dropna().tolist() for series in named), {owner}) - {""}
    connected = set(known["person"])
    rows = []
    for slug in sorted(seen | connected - {""}):
        member = PEOPLE[slug]
        shows = slug in connected or slug == owner
        rows.append(
            {
                **member._asdict(),
                "id": slug.lower(),
                "name": NAMES[slug],
                "organisation": member.organisation if shows else "",
                "position": member.position if shows else "",
                "connected": slug in connected,
            }
        )
    return pd.DataFrame(rows).set_index("id")


def _positions(owner: str) -> pd.DataFrame:
    organisation, title, started, finished = zip(*JOBS[owner], strict=True)
    return frame_of(
        "positions",
        {
            "organisation": organisation,
            "title": title,
            "location": [CARDS[owner][1], *[""] * (len(title) - 1)],
            "started": started,
            "finished": [pd.Timestamp(day) for day in finished],
        },
    )


def sample_facts(owner: str) -> ArchiveFacts:
    """Return what is true in the archive of one of the three owners.

    Parameters
    ----------
    owner
        ``"mira-sandquill"``, ``"jonas-ekwater"`` or ``"adaeze-okelundu"``.

    Returns
    -------
    ArchiveFacts
        The facts, in the order of the files.
    """
    member, (headline, location, number) = PEOPLE[owner], CARDS[owner]
    connections, messages = _connections(owner), _messages(owner)
    invitations = all_invitations()
    invitations = invitations[(invitations[["source", "target"]] == owner).any(axis=1)]
    invitations = invitations.sort_values("source", key=lambda one: one == owner, kind="stable")
    endorsements = _endorsements(owner)
    acts = [frame[name] for frame in (invitations, endorsements) for name in ("source", "target")]
    return ArchiveFacts(
        owner=Person(
            id=owner,
            name=NAMES[owner],
            organisation=member.organisation,
            position=member.position,
            location=location,
            url=profile_url(owner),
        ),
        headline=headline,
        email=f"{owner}@mail.example",
        member_id=number,
        as_of=OWNERS[owner],
        era=2026,
        people=_people(
            owner, connections, [messages["sender"], messages["recipients"].explode(), *acts]
        ),
        connections=connections,
        messages=messages,
        invitations=invitations.reset_index(drop=True),
        recommendations=_recommendations(owner),
        endorsements=endorsements,
        positions=_positions(owner),
        education=frame_of(
            "education",
            {
                "school": ["University of Orrinvale"],
                "degree": ["MSc, Computer Science"],
                "started": ["2009-08-01"],
                "finished": ["2014-06-01"],
            },
        ),
        **sample_life(owner),
    )


def write_sample(folder: Path | str) -> list[Path]:
    """Write the three archives of the sample.

    Parameters
    ----------
    folder
        Where to write; made if it is missing.

    Returns
    -------
    list of Path
        The zips: Mira's, Jonas's, Adaeze's.
    """
    return [write_archive(folder, sample_facts(owner)).path for owner in OWNERS]


if __name__ == "__main__":
    write_sample(sys.argv[1])
