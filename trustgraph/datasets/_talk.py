"""Invented messages: threads, groups, adverts, drafts and people who left, drawn in columns."""

import base64
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from trustgraph._typing import Bools, Floats, LongInts
from trustgraph.datasets._facts import MEMBER, frame_of

__all__ = ["SPINMAIL", "Counts", "Speakers", "draw_messages"]

_OPENINGS: Final = (
    "Hi, it was good to see you again.",
    "Thanks for your note!",
    'You asked about the "lake", here is the short version:',
    "Bom dia, espero que esteja tudo bem.",
    "Hallo, schöne Grüße aus dem Norden.",
    "Quick question, if I may.",
    "Congratulations on the new role 🎉",
    "Sorry for the late answer,",
)
_MIDDLES: Final = (
    "we moved the nightly jobs and nobody noticed.",
    "the team is small, but it ships.",
    "could you have a look at the draft, please?",
    "my calendar is open on Tuesday, Thursday or Friday.",
    "the talk is online now; slides, code and notes.",
    "I liked your post on testing data.",
    "are you coming to the meetup?",
    "I will send you the numbers tomorrow.",
)
_CLOSINGS: Final = ("Best wishes", "Talk soon!", "Saludos", "Until then,\nall the best", "👍", "")
SPINMAIL: Final = (
    '<p class="spinmail-quill-editor__spin-break">Hi %FIRSTNAME%,</p>'
    '<p class="spinmail-quill-editor__spin-break">Grow your pipeline&nbsp;by 40% &amp; more. '
    '<a href="https://ads.example/offer">See&nbsp;how</a></p>'
)
_SPONSORS: Final = ("Marketing at Vossgate Ads", "Tilly Brandreth-Onu", MEMBER, "")


@dataclass(frozen=True)
class Counts:
    """How many rows of each sort; ``pairs`` is the rest."""

    pairs: int
    groups: int
    adverts: int
    gone: int
    drafts: int


@dataclass(frozen=True, eq=False)
class Speakers:
    """Who may write to the owner, and from when on (microseconds since 1970)."""

    owner: str
    owner_name: str
    ids: list[str]
    names: list[str]
    since: LongInts
    weight: Floats
    strangers: Bools
    until: int


_HOUR: Final = 3_600_000_000
Table = dict[str, list[Any]]


def _texts(rng: np.random.Generator, count: int) -> list[str]:
    def pick(words: tuple[str, ...]) -> Any:
        return np.array(words, dtype=object)[rng.integers(0, len(words), count)]

    gap = np.array((" ", " ", " ", "\n\n"), dtype=object)
    breaks = [gap[rng.integers(0, gap.size, count)] for _ in range(2)]
    return list(pick(_OPENINGS) + breaks[0] + pick(_MIDDLES) + breaks[1] + pick(_CLOSINGS))


def _session_times(rng: np.random.Generator, people: Speakers, who: LongInts) -> LongInts:
    """Return times in bursts: people write several times within hours, then rest for months."""
    sessions = 1 + np.bincount(who, minlength=len(people.ids)) // 4
    chosen = (rng.random(who.size) * sessions[who]).astype(np.int64)
    first = np.concatenate([[0], np.cumsum(sessions)[:-1]])
    moments = rng.random(int(sessions.sum()))
    span = people.until - people.since[who]
    start = people.since[who] + (moments[first[who] + chosen] * span).astype(np.int64)
    late = (rng.exponential(8 * _HOUR, who.size)).astype(np.int64)
    times = np.minimum(start + late, people.until - _HOUR // 60)
    whole: LongInts = np.maximum(times, people.since[who]) // 1_000_000 * 1_000_000
    return whole


def _pairs(rng: np.random.Generator, people: Speakers, count: int, *, draft: bool) -> Table:
    weight = np.where(people.strangers & draft, 0.0, people.weight)
    if not count or not weight.sum():
        return {}
    who = np.sort(rng.choice(len(people.ids), count, p=weight / weight.sum()))
    # Some never answer, some are never answered; most threads go both ways.
    habit = rng.choice([0.0, 0.45, 0.55, 1.0], len(people.ids), p=[0.15, 0.4, 0.35, 0.1])
    mine = (rng.random(count) < habit[who]) | draft
    numbers, is_mine = who.tolist(), mine.tolist()
    ids = [people.ids[one] for one in numbers]
    names = [people.names[one] for one in numbers]
    to_me = (people.owner,)
    offer = ["An opportunity" if one else "" for one in people.strangers[who].tolist()]
    return {
        "key": numbers,
        "title": offer,
        "sender_name": [
            people.owner_name if own else name for own, name in zip(is_mine, names, strict=True)
        ],
        "sender": [people.owner if own else one for own, one in zip(is_mine, ids, strict=True)],
        "to": [
            name if own else people.owner_name for own, name in zip(is_mine, names, strict=True)
        ],
        "recipients": [(one,) if own else to_me for own, one in zip(is_mine, ids, strict=True)],
        "size": [2] * count,
        "at": _session_times(rng, people, who).tolist(),
        "subject": offer,
        "content": _texts(rng, count),
        "advert": [False] * count,
        "draft": [draft] * count,
    }


def _groups(rng: np.random.Generator, people: Speakers, count: int, first_key: int) -> Table:
    known = np.flatnonzero(~people.strangers)
    if not count or known.size < 2:  # noqa: PLR2004 - a group has at least two others
        return {}
    number = max(1, count // 12)
    members, hidden, start = [], [], []
    for _ in range(number):
        most = min(8, known.size)
        chosen = rng.choice(known, int(rng.integers(2, most + 1)), replace=False)
        members.append(chosen.tolist())
        hidden.append(bool(rng.random() < 0.2))  # noqa: PLR2004 - somebody left every fifth group
        start.append(int(people.since[chosen].max()))
    rows: Table = {name: [] for name in _FIELDS}
    texts = _texts(rng, count)
    for text, which, luck, when in zip(
        texts,
        rng.integers(0, number, count).tolist(),
        rng.random(count).tolist(),
        rng.random(count).tolist(),
        strict=True,
    ):
        others = [(people.ids[one], people.names[one]) for one in members[which]]
        talkers = [(people.owner, people.owner_name), *others]
        sender, name = talkers[int(luck * len(talkers))]
        rest = [one for one in talkers if one[0] != sender]
        span = people.until - _HOUR // 60 - start[which]
        at = start[which] + int(when * max(span, 0))
        row = {
            "key": first_key + which,
            "title": "Meetup planning, spring" if which % 2 else "",
            "sender_name": name,
            "sender": sender,
            "to": ",".join([one[1] for one in rest] + [MEMBER] * hidden[which]),
            "recipients": tuple(one[0] for one in rest),
            "size": len(talkers) + hidden[which],
            "at": at // 1_000_000 * 1_000_000,
            "subject": "",
            "content": text,
            "advert": False,
            "draft": False,
        }
        for column, value in row.items():
            rows[column].append(value)
    return rows


def _from_nobody(
    rng: np.random.Generator, people: Speakers, counts: Counts, first_key: int
) -> Table:
    """Return adverts (a conversation each) and threads with members who left (ten rows each)."""
    adverts, gone = counts.adverts, counts.gone
    total = adverts + gone
    if not total:
        return {}
    sponsor = [_SPONSORS[one] for one in rng.integers(0, 3, adverts).tolist()]
    sponsor[: min(2, adverts // 10)] = [_SPONSORS[3]] * min(2, adverts // 10)
    mine = ([False] * adverts) + (rng.random(gone) < 0.5).tolist()  # noqa: PLR2004 - half each way
    span = min(5 * 365 * 24 * _HOUR, people.until)
    at = people.until - _HOUR - (rng.random(total) * (span - _HOUR)).astype(np.int64)
    return {
        "key": [first_key + row for row in range(adverts)]
        + [first_key + adverts + row // 10 for row in range(gone)],
        "title": ["Sponsored Conversation"] * adverts + [""] * gone,
        "sender_name": sponsor + [people.owner_name if own else MEMBER for own in mine[adverts:]],
        "sender": [people.owner if own else "" for own in mine],
        "to": [MEMBER if own else people.owner_name for own in mine],
        "recipients": [() if own else (people.owner,) for own in mine],
        "size": [2] * total,
        "at": (at // 1_000_000 * 1_000_000).tolist(),
        "subject": ["A private offer, for you"] * adverts + [""] * gone,
        "content": [SPINMAIL] * adverts + _texts(rng, gone),
        "advert": [True] * adverts + [False] * gone,
        "draft": [False] * total,
    }


_FIELDS: Final = (
    "key",
    "title",
    "sender_name",
    "sender",
    "to",
    "recipients",
    "size",
    "at",
    "subject",
    "content",
    "advert",
    "draft",
)


def _note_rows(people: Speakers, notes: pd.DataFrame) -> Table:
    """Return the notes of accepted invitations: they stand among the messages, too."""
    number = {one: place for place, one in enumerate(people.ids)}
    name = dict(zip(people.ids, people.names, strict=True)) | {people.owner: people.owner_name}
    others = [
        target if source == people.owner else source
        for source, target in zip(notes["source"], notes["target"], strict=True)
    ]
    where = [number[one] for one in others]
    count = len(notes)
    return {
        "key": where,
        "title": [""] * count,
        "sender_name": [name[one] for one in notes["source"]],
        "sender": notes["source"].tolist(),
        "to": [name[one] for one in notes["target"]],
        "recipients": [(one,) for one in notes["target"]],
        "size": [2] * count,
        "at": people.since[where].tolist(),
        "subject": [""] * count,
        "content": notes["note"].tolist(),
        "advert": [False] * count,
        "draft": [False] * count,
    }


def _conversation_ids(rng: np.random.Generator, count: int) -> list[str]:
    letters = rng.bytes(18 * count)
    return [
        "2-" + base64.b64encode(letters[18 * one : 18 * one + 18] + b"_012").decode()
        for one in range(count)
    ]


def draw_messages(
    rng: np.random.Generator, people: Speakers, counts: Counts, notes: pd.DataFrame
) -> pd.DataFrame:
    """Return the rows of messages.csv: conversations together, the newest on top.

    Parameters
    ----------
    rng
        Source of randomness.
    people
        Who may write.
    counts
        How many rows of each sort. Where nobody can write them they are left out.
    notes
        Accepted invitations with a note: source, target, note.

    Returns
    -------
    pandas.DataFrame
        The facts of the messages.
    """
    groups_from = len(people.ids)
    adverts_from = groups_from + counts.groups
    parts = [
        _note_rows(people, notes),
        _pairs(rng, people, counts.pairs, draft=False),
        _pairs(rng, people, counts.drafts, draft=True),
        _groups(rng, people, counts.groups, groups_from),
        _from_nobody(rng, people, counts, adverts_from),
    ]
    table: Table = {name: [] for name in _FIELDS}
    for part in parts:
        for name, values in part.items():
            table[name].extend(values)
    count = len(table["key"])
    is_note = np.arange(count) < len(notes)
    keys, place = np.unique(np.array(table.pop("key"), dtype=np.int64), return_inverse=True)
    at = np.array(table["at"], dtype=np.int64)
    newest = np.zeros(keys.size, dtype=np.int64)
    np.maximum.at(newest, place, at)
    luck = rng.random(keys.size)
    # Nobody files a colleague under spam: only strangers and adverts land there.
    known = np.append(np.flatnonzero(~people.strangers), np.arange(groups_from, adverts_from))
    doubtful = np.where(np.isin(keys, known), "ARCHIVE", "SPAM")
    filed = np.where(luck < 0.9, "INBOX", doubtful)  # noqa: PLR2004 - the rest is put away
    ids = np.array(_conversation_ids(rng, keys.size), dtype=object)
    attached = np.where(
        rng.random(count) < 0.01,  # noqa: PLR2004 - one message in a hundred
        "https://www.linkedin.com/dms/prv/image/v2/" + ids[place].astype(str),
        "",
    )
    frame = frame_of(
        "messages",
        {
            **table,
            "at": at.astype("datetime64[us]"),
            "conversation": ids[place],
            "folder": filed[place],
            "attachments": attached,
            "note": is_note,
        },
    )
    order = np.lexsort((-at, place, -newest[place]))
    return frame.iloc[order].reset_index(drop=True)
