"""The facts of an invented archive, drawn at random in columns."""

from typing import Annotated, Any, Final, Self

import numpy as np
import pandas as pd
from pydantic import Field, model_validator

from trustgraph._typing import LongInts
from trustgraph.datasets._cast import ORGANISATIONS, SKILLS, TITLES, draw_cast, slug_text
from trustgraph.datasets._draw_life import draw_life
from trustgraph.datasets._eras import Era
from trustgraph.datasets._facts import ArchiveFacts, frame_of, full_name, profile_url
from trustgraph.datasets._talk import Counts, Speakers, draw_messages
from trustgraph.models import FrozenModel, Person

__all__ = ["ArchiveMix", "draw_facts"]

Share = Annotated[float, Field(ge=0, le=0.5)]
_DAY: Final = 86_400_000_000
_HOUR: Final = _DAY // 24
_WINDOW_DAYS: Final = 180


class ArchiveMix(FrozenModel):
    """What an invented archive is made of, as shares in [0, 0.5].

    Parameters
    ----------
    hidden
        Share of the connections of whom only the date is left.
    adverts
        Share of the messages that are sponsored.
    groups
        Share of the messages that are written in groups of three to nine people.
    gone
        Share of the messages exchanged with people who show as ``LinkedIn Member``.
    drafts
        Share of the messages that were never sent; eras that do not mark drafts have none.
    namesakes
        Share of the people who have the full name of somebody else; all other names differ. Where
        an era tells no addresses, nobody can say which of the two is meant.

    Raises
    ------
    pydantic.ValidationError
        If a share is out of range or the messages add up to more than 1.

    Examples
    --------
    >>> tg.datasets.ArchiveMix(adverts=0.4)
    ArchiveMix(adverts=0.4)
    """

    hidden: Share = 0.01
    adverts: Share = 0.12
    groups: Share = 0.05
    gone: Share = 0.02
    drafts: Share = 0.01
    namesakes: Share = 0.02

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.adverts + self.groups + self.gone + self.drafts > 1:
            message = "adverts, groups, gone and drafts are shares of one whole"
            raise ValueError(message)
        return self


def _since(rng: np.random.Generator, count: int, as_of: pd.Timestamp) -> LongInts:
    """Return moments of acceptance, newest first, on days before ``as_of``."""
    today = int(as_of.normalize().value) // 1000
    age_days = 1 + (14 * 365 * rng.beta(1.0, 2.2, count)).astype(np.int64)
    seconds = rng.integers(0, 86_400, count)
    return np.sort(today - age_days * _DAY + seconds * 1_000_000)[::-1]


def _invitations(
    rng: np.random.Generator, people: pd.DataFrame, since: LongInts, owner: str, until: int
) -> pd.DataFrame:
    """Return the requests of the last 180 days: one block a direction, in no order."""
    recent = np.flatnonzero((until - since < _WINDOW_DAYS * _DAY) & people["connected"].to_numpy())
    recent = recent[rng.random(recent.size) < 0.99]  # noqa: PLR2004 - a few rows are always missing
    strangers = np.flatnonzero(~people["connected"].to_numpy())
    waiting = strangers[: strangers.size // 3]
    who = np.concatenate([recent, waiting])
    accepted = np.arange(who.size) < recent.size
    mine = (rng.random(who.size) < 0.5) | ~accepted  # noqa: PLR2004 - half of them are the owner's
    lag = rng.exponential(6 * _DAY, who.size)
    long_ago = rng.random(who.size) < 0.02  # noqa: PLR2004 - some requests lie for ten months
    lag = np.where(long_ago, 300 * _DAY, lag).astype(np.int64)
    last = np.where(accepted, since[who], until - _DAY)
    sent = (last - lag) // 60_000_000 * 60_000_000
    # In November the clock of California shows one hour twice: its second time is left out.
    sent = np.where(sent % _DAY // _HOUR == 9, sent - _HOUR, sent)  # noqa: PLR2004
    texts = np.array(["Let us stay in touch", "We met at the meetup, didn't we?"], dtype=object)
    note = np.where(rng.random(who.size) < 0.2, texts[rng.integers(0, 2, who.size)], "")  # noqa: PLR2004
    other = people.index.to_numpy()[who]
    order = np.lexsort((rng.random(who.size), mine))
    frame = frame_of(
        "invitations",
        {
            "source": np.where(mine, owner, other),
            "target": np.where(mine, other, owner),
            "sent_at": sent.astype("datetime64[us]"),
            "note": note,
            "accepted": accepted,
        },
    )
    return frame.iloc[order].reset_index(drop=True)


def _acts(
    rng: np.random.Generator, people: pd.DataFrame, since: LongInts, owner: str, until: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return recommendations and skill endorsements, received and given, newest first."""
    known = np.flatnonzero(people["connected"].to_numpy())
    single = known[~people["name"].duplicated(keep=False).to_numpy()[known]]
    size = min(single.size, 60, 2 * (known.size // 60 + 1))
    chosen = rng.choice(single, size, replace=False) if size else single[:0]
    clicks = rng.choice(known, known.size) if known.size else known
    skill = rng.integers(0, len(SKILLS), clicks.size)
    once = np.unique(np.stack([clicks, skill]), axis=1)
    tables = []
    for who in (chosen, once[0]):
        span = np.maximum(until - since[who] - _DAY, 1)
        at = since[who] + (rng.random(who.size) * span).astype(np.int64)
        received = rng.random(who.size) < 0.6  # noqa: PLR2004 - more comes in than goes out
        other = people.index.to_numpy()[who]
        tables.append(
            {
                "source": np.where(received, other, owner),
                "target": np.where(received, owner, other),
                "at": at,
                "luck": rng.random(who.size),
            }
        )
    praise, click = tables
    # Days end at different hours in different zones; noon in California is the same day everywhere.
    noon = praise["at"] // _DAY * _DAY + 20 * _DAY // 24
    card = people.iloc[chosen]
    recommendations = frame_of(
        "recommendations",
        {
            **praise,
            "at": noon.astype("datetime64[us]"),
            "organisation": card["organisation"].to_numpy(),
            "title": card["position"].to_numpy(),
            "text": ["Calm, precise and kind.\nI would work with this person again, any day."]
            * size,
            "status": np.where(praise["luck"] < 0.85, "VISIBLE", "PENDING"),  # noqa: PLR2004
        },
    )
    endorsements = frame_of(
        "endorsements",
        {
            **click,
            "at": (click["at"] // 1_000_000 * 1_000_000).astype("datetime64[us]"),
            "skill": np.array(SKILLS, dtype=object)[once[1]],
            "status": np.where(click["luck"] < 0.95, "ACCEPTED", "PENDING"),  # noqa: PLR2004
        },
    )
    return tuple(  # type: ignore[return-value]
        frame.sort_values("at", ascending=False, kind="stable").reset_index(drop=True)
        for frame in (recommendations, endorsements)
    )


def _careers(as_of: pd.Timestamp) -> tuple[pd.DataFrame, pd.DataFrame]:
    month = as_of.normalize().replace(day=1, tzinfo=None)
    starts = [month - pd.DateOffset(years=years) for years in (3, 8)]
    positions = frame_of(
        "positions",
        {
            "organisation": [ORGANISATIONS[3], ORGANISATIONS[7]],
            "title": [TITLES[1], TITLES[2]],
            "location": ["Bergen, Norway", ""],
            "started": starts,
            "finished": [pd.NaT, starts[0]],
        },
    )
    first = month.replace(month=1)
    education = frame_of(
        "education",
        {
            "school": ["University of Orrinvale"],
            "degree": ["MSc, Statistics"],
            "started": [first - pd.DateOffset(years=13)],
            "finished": [first - pd.DateOffset(years=9)],
        },
    )
    return positions, education


def _owner_row(name: str) -> dict[str, Any]:
    first, _, last = name.rpartition(" ")
    return {
        "slug": slug_text(name, raw=False) or "owner",
        "first": first or last,
        "last": last if first else "",
        "name": name,
        "organisation": ORGANISATIONS[3],
        "position": TITLES[1],
        "connected": False,
    }


def _connections(
    rng: np.random.Generator, cast: pd.DataFrame, since: LongInts, hidden: LongInts
) -> pd.DataFrame:
    """Return the rows of Connections.csv, newest first; hidden members keep only their date."""
    known = cast["connected"].to_numpy()
    shown = rng.random(int(known.sum())) < 0.02  # noqa: PLR2004 - few members show their address
    ids = cast.index[known].tolist()
    mail = [
        f"{one.split('-')[0]}@mail.example" if show else ""
        for one, show in zip(ids, shown.tolist(), strict=True)
    ]
    days = np.concatenate([since[known], hidden]) // _DAY * _DAY
    frame = frame_of(
        "connections",
        {
            "person": ids + [""] * hidden.size,
            "email": mail + [""] * hidden.size,
            "connected_on": days.astype("datetime64[us]"),
        },
    )
    return frame.iloc[np.argsort(-days, kind="stable")].reset_index(drop=True)


def _counts(messages: int, people: int, mix: ArchiveMix, era: Era) -> Counts:
    drafts = int(messages * mix.drafts) if people and era.has_drafts else 0
    groups = int(messages * mix.groups) if people > 1 else 0
    adverts, gone = int(messages * mix.adverts), int(messages * mix.gone)
    return Counts(messages - drafts - groups - adverts - gone, groups, adverts, gone, drafts)


def _named(cast: pd.DataFrame, me: dict[str, Any], tables: list["pd.Series[Any]"]) -> pd.DataFrame:
    """Return those whom some record identifies, and the owner; strangers show no employer."""
    seen = set().union(*(table.tolist() for table in tables))
    people = cast[cast["connected"] | cast.index.isin(seen)]
    mine = pd.DataFrame([me], index=pd.Index([me["slug"]], name="id"))
    people = pd.concat([mine, people])
    known = people["connected"] | (people.index == me["slug"])
    for name in ("organisation", "position"):
        people[name] = people[name].where(known, "")
    return people


def _as_told(messages: pd.DataFrame, era: Era) -> pd.DataFrame:
    """Return the messages without what the era does not tell: line breaks, attachments."""
    if not era.is_quoted_whole:
        lines = [text.replace("\n", " ") for text in messages["content"].tolist()]
        messages["content"] = pd.Series(lines, index=messages.index, dtype="str")
    if not era.has_attachments:
        messages["attachments"] = pd.Series("", index=messages.index, dtype="str")
    return messages


def draw_facts(
    rng: np.random.Generator,
    *,
    connections: int,
    messages: int,
    owner_name: str,
    as_of: pd.Timestamp,
    mix: ArchiveMix,
    era: Era,
) -> ArchiveFacts:
    """Return the facts of an invented archive; see :func:`trustgraph.datasets.make_archive`."""
    until = int(as_of.value) // 1000
    hidden = round(connections * mix.hidden)
    seen = connections - hidden
    strangers = max(3, connections // 20)
    cast = draw_cast(rng, seen + strangers, namesakes=mix.namesakes)
    cast["connected"] = np.arange(len(cast)) < seen
    cast["name"] = [full_name(*both) for both in zip(cast["first"], cast["last"], strict=True)]
    cast.index = pd.Index(cast["slug"].str.lower(), name="id")
    me = _owner_row(" ".join(owner_name.split()))
    owner = str(me["slug"])
    since = np.concatenate([_since(rng, part, as_of) for part in (seen, strangers)])
    invitations = _invitations(rng, cast, since, owner, until)
    recommendations, endorsements = _acts(rng, cast, since, owner, until)
    weight = (rng.pareto(1.1, len(cast)) + 0.01) * np.where(cast["connected"], 1.0, 0.05)
    speakers = Speakers(
        owner=owner,
        owner_name=me["name"],
        ids=cast.index.tolist(),
        names=cast["name"].tolist(),
        since=since,
        weight=weight,
        strangers=~cast["connected"].to_numpy(),
        until=until,
    )
    notes = invitations[invitations["accepted"] & (invitations["note"] != "")].head(messages // 4)
    table = draw_messages(rng, speakers, _counts(messages - len(notes), seen, mix, era), notes)
    met = [table["sender"], table["recipients"].explode()]
    acts = [frame[name] for frame in (invitations, endorsements) for name in ("source", "target")]
    positions, education = _careers(as_of)
    return ArchiveFacts(
        owner=Person(
            id=owner,
            name=me["name"],
            organisation=me["organisation"],
            position=me["position"],
            location="Bergen, Norway",
            url=profile_url(owner),
        ),
        headline="Data people I trust, and what they build",
        email=f"{owner}@mail.example",
        member_id=100_000_000 + int(rng.integers(0, 900_000_000)),
        as_of=as_of.to_pydatetime(),
        era=era.year,
        people=_named(cast, me, [*met, *acts]),
        connections=_connections(rng, cast, since, _since(rng, hidden, as_of)),
        messages=_as_told(table, era),
        invitations=invitations,
        recommendations=recommendations,
        endorsements=endorsements,
        positions=positions,
        education=education,
        **draw_life(
            rng,
            cast,
            since[:seen],
            until,
            organisations=era.contacts == "Contacts.csv",
            notes=era.has_notes,
        ),
    )
