"""What happened between the people of the bundled sample, as all of them see it."""

import datetime as dt
from collections.abc import Iterator
from typing import Final, NamedTuple

import pandas as pd

from trustgraph.datasets._crowd import crowd
from trustgraph.datasets._facts import frame_of, full_name
from trustgraph.datasets._story import ADAEZE, CAST, JONAS, MIRA, OWNERS, TIES, Tie

__all__ = [
    "ANSWERS",
    "ASKS",
    "CIRCLES",
    "CROWD",
    "NAMES",
    "PEOPLE",
    "Row",
    "Talk",
    "all_invitations",
    "all_talks",
    "crowd_ties",
    "moment",
]

CROWD: Final = crowd(125)
STRANGER: Final = 123
INVITED: Final = 124
PEOPLE: Final = {member.slug: member for member in (*CAST, *CROWD)}
NAMES: Final = {slug: full_name(one.first, one.last) for slug, one in PEOPLE.items()}
# Numbers in the crowd: Mira shares twelve people with Jonas and ten with Adaeze.
CIRCLES: Final = {
    MIRA: (*range(73),),
    JONAS: (*range(61, 99),),
    ADAEZE: (*range(41, 51), *range(99, 123)),
}
ASKS: Final = (
    "Hi! Do you have five minutes this week?\n\nI would like your view on our new data model.",
    "How did the migration go?",
    'Have you read the paper on "data contracts" I sent you?',
    "Are you coming to the meetup? I can bring the slides, the code and the cables.",
)
ANSWERS: Final = (
    "Gladly. Tuesday, Thursday, whatever suits you.",
    "Better than feared:\n- no data lost\n- one long night\n\nI will tell you more over coffee ☕",
    "Yes, twice. Let us try it.",
    "I will be there, é claro!",
)
WINDOW: Final = dt.timedelta(days=180)
NOTES: Final = (
    "We met at the data breakfast, remember?",
    "",
    "Thanks for the talk!\nIt stayed with me.",
    "",
)


class Row(NamedTuple):
    """A message: when, by whom, what; whether it is the note of an invitation, or a draft."""

    at: dt.datetime
    sender: str
    content: str
    note: bool = False
    draft: bool = False


class Talk(NamedTuple):
    """A conversation: its people, its rows, its title and subject, and who of it left."""

    people: tuple[str, ...]
    rows: tuple[Row, ...]
    title: str = ""
    subject: str = ""
    gone: int = 0


def moment(day: dt.date, hour: int) -> dt.datetime:
    """Return a moment of that hour; minute and second follow from the date."""
    minute, second = (7 * day.day + day.month) % 60, (11 * day.day + day.year) % 60
    return dt.datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=dt.UTC)


def crowd_ties() -> Iterator[Tie]:
    """Yield the bare connections of the owners; a ninth of them had one talk, three days later."""
    for owner, circle in CIRCLES.items():
        for place, number in enumerate(circle):
            day = OWNERS[owner].date() - dt.timedelta(days=9 + 41 * place)
            talked = (day + dt.timedelta(days=3),) if place % 9 == 4 else ()  # noqa: PLR2004
            yield Tie(CROWD[number].slug, owner, day, talked)


def _is_recent(tie: Tie, owner: str) -> bool:
    return owner in (tie.one, tie.other) and tie.connected > (OWNERS[owner] - WINDOW).date()


def _rows(tie: Tie) -> Iterator[Row]:
    for number, day in enumerate(tie.both):
        asker, answerer = (tie.one, tie.other)[:: 1 if number % 2 == 0 else -1]
        yield Row(moment(day, 9), asker, ASKS[number % len(ASKS)])
        yield Row(moment(day, 15), answerer, ANSWERS[number % len(ANSWERS)])
    for day in tie.unanswered:
        yield Row(moment(day, 10), tie.one, ASKS[day.month % len(ASKS)])


def _requests() -> Iterator[tuple[str, str, dt.datetime, str, bool]]:
    for owner, built in OWNERS.items():
        recent = [tie for tie in crowd_ties() if tie.other == owner and _is_recent(tie, owner)]
        for place, tie in enumerate(recent):
            sent = moment(tie.connected - dt.timedelta(days=2 * place), 17).replace(second=0)
            source, target = (tie.one, owner)[:: 1 if place % 2 == 0 else -1]
            yield source, target, sent, NOTES[place % len(NOTES)], True
        if owner == MIRA:
            waiting = moment((built - dt.timedelta(days=12)).date(), 17).replace(second=0)
            yield owner, CROWD[INVITED].slug, waiting, "", False


def all_invitations() -> pd.DataFrame:
    """Return the requests of the last 180 days, as facts."""
    source, target, sent_at, note, accepted = zip(*_requests(), strict=True)
    return frame_of(
        "invitations",
        {
            "source": source,
            "target": target,
            "sent_at": sent_at,
            "note": note,
            "accepted": accepted,
        },
    )


def all_talks() -> Iterator[Talk]:
    """Yield every conversation between people of the sample, as all of them see it."""
    notes = {
        frozenset((source, target)): (source, note)
        for source, target, _, note, accepted in _requests()
        if accepted and note
    }
    drafts = {"tomás-riveñal": dt.date(2026, 11, 1), "fatou-ndiayre-90b2": dt.date(2026, 11, 3)}
    for tie in (*TIES, *crowd_ties()):
        rows = [*_rows(tie)]
        if frozenset(tie[:2]) in notes and tie.other in OWNERS and _is_recent(tie, tie.other):
            sender, text = notes[frozenset(tie[:2])]
            rows.append(Row(moment(tie.connected, 18), sender, text, note=True))
        for person in set(tie[:2]) & set(drafts):
            text = "Would you introduce me to Bastien? I would like to"
            rows.append(Row(moment(drafts[person], 11), MIRA, text, draft=True))
        if rows:
            yield Talk(tie[:2], tuple(rows))
    alumni = (MIRA, JONAS, "søren-lindhaug", *(CROWD[number].slug for number in (62, 64, 66, 68)))
    yield Talk(alumni, _chat(alumni, dt.date(2024, 6, 3), 9), "Pinegate alumni, summer")
    climbers = (MIRA, *(CROWD[number].slug for number in (2, 6, 10)))
    yield Talk(climbers, _chat(climbers, dt.date(2025, 2, 13), 6), "Bouldering")
    readers = (ADAEZE, *(CROWD[number].slug for number in (43, 45)))
    yield Talk(readers, _chat(readers, dt.date(2025, 10, 2), 5), gone=1)
    offer = Row(
        moment(dt.date(2025, 5, 5), 8),
        CROWD[STRANGER].slug,
        "A role you may like: ...\n\nIn Bergen.",
    )
    yield Talk((MIRA, CROWD[STRANGER].slug), (offer,), "Data lead, Bergen", "Data lead, Bergen")


def _chat(people: tuple[str, ...], first: dt.date, count: int) -> tuple[Row, ...]:
    texts = (*ASKS, *ANSWERS)
    return tuple(
        Row(
            moment(first + dt.timedelta(days=number // 2), 9 + number),
            people[number % len(people)],
            texts[number % len(texts)],
        )
        for number in range(count)
    )
