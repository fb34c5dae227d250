"""What a reader should find in an invented archive, said in plain Python from its facts.

`told` applies the rules of identity to what an archive of the era shows; the frames of the tables
that are no acts between people follow below, row for row in the order of the files. Text of notes,
comments and posts stands in them for comparisons with ``keep_text=True``.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import pandas as pd

from trustgraph.datasets._eras import era_of

from helpers.archive_names import CONNECTION, Mention, Names

Act = tuple[str, str, str, str]
EVIDENCE: Final = ["kind", "source", "target", "at", "amount"]
LARGEST_GROUP: Final = 5


class Talk(NamedTuple):
    """A message between people: who wrote to whom (mentions), and what of it matters."""

    sender: Mention
    recipients: tuple[Mention, ...]
    size: int
    at: pd.Timestamp
    text: str
    is_note: bool


class Deed(NamedTuple):
    """An act of the owner, or towards the owner, of another person."""

    kind: str
    other: Mention
    is_mine: bool
    at: pd.Timestamp
    text: str = ""


@dataclass(frozen=True)
class Told:
    """What an archive tells: people (by id), evidence, and who could not be told apart."""

    names: Names
    people: pd.DataFrame
    evidence: pd.DataFrame
    kept_apart: tuple[str, ...]


def _rows(table: pd.DataFrame, *names: str) -> Iterator[tuple[Any, ...]]:
    return zip(*(table[name] for name in names), strict=True)


def _others(facts: Any, table: pd.DataFrame) -> list[tuple[str, bool]]:
    """Return the other person of each act, and whether it is the owner's."""
    owner = facts.owner.id
    return [
        (target if source == owner else source, source == owner)
        for source, target in _rows(table, "source", "target")
    ]


def _deeds(facts: Any) -> Iterator[Deed]:
    """Yield what the tables of acts show; pending acts are not shown to be done."""
    era, people = era_of(facts.era), facts.people
    name = people["name"].to_dict()
    work = {one: (row["organisation"], row["position"]) for one, row in people.iterrows()}
    for person, at in _rows(facts.connections, "person", "connected_on"):
        if person:
            slug = person if era.connection_urls else ""
            day = str(at.date())
            mention = Mention(slug, name[person], *work[person], day, CONNECTION)
            yield Deed("connection", mention, True, at)
    asked = _rows(facts.invitations, "sent_at", "note")
    for (other, mine), (at, note) in zip(_others(facts, facts.invitations), asked, strict=True):
        slug = other if era.has_invitation_urls else ""
        yield Deed("invitation", Mention(slug, name[other]), mine, at, note)
    clicks = facts.endorsements[facts.endorsements["status"] == "ACCEPTED"]
    for (other, mine), at in zip(_others(facts, clicks), clicks["at"], strict=True):
        slug = other if era.endorsement_urls else ""
        yield Deed("skill_endorsement", Mention(slug, name[other]), mine, at)
    letters = facts.recommendations[facts.recommendations["status"] == "VISIBLE"]
    written = _rows(letters, "organisation", "title", "at")
    for (other, mine), (place, title, at) in zip(_others(facts, letters), written, strict=True):
        yield Deed("recommendation", Mention("", name[other], place, title), mine, at)


def _talks(facts: Any) -> Iterator[Talk]:
    """Yield the messages between people: no adverts, no drafts, no spam, no hidden senders."""
    has_urls = era_of(facts.era).recipient_urls
    name = facts.people["name"].to_dict()
    table = facts.messages
    table = table[~table["advert"] & ~table["draft"] & (table["folder"] != "SPAM")]
    columns = ("sender", "recipients", "size", "at", "content", "note")
    for sender, recipients, size, at, text, note in _rows(table[table["sender"] != ""], *columns):
        # In a group nothing says which name goes with which address.
        alone = size == 2
        to = [
            Mention(one if has_urls else "", name[one] if alone or not has_urls else "")
            for one in recipients
        ]
        yield Talk(Mention(sender, name[sender]), tuple(to), size, at, text, note)


def _owner_id(facts: Any, talks: list[Talk]) -> str:
    """Return the slug of the owner if an invitation or a message shows it."""
    owner = facts.owner
    shown = era_of(facts.era).has_invitation_urls and len(facts.invitations)
    direct = {one.slug for talk in talks for one in (talk.sender, *talk.recipients) if one.name}
    return owner.id if shown or owner.id in direct else f"{owner.name}|{owner.organisation}"


def _said(names: Names, talks: list[Talk], notes: set[tuple[str, str, str]]) -> Iterator[Any]:
    """Yield who wrote to whom, on which day, and how much of a message it was."""
    for talk in talks:
        sender = names.id_of(talk.sender)
        to = [names.id_of(one) for one in talk.recipients]
        if talk.size == 2 and sender != names.owner:
            to = [names.owner]  # whoever writes to one person here writes to the owner
        to = [one for one in to if one and one != sender]
        is_note = talk.is_note and any((sender, one, talk.text) in notes for one in to)
        if sender and not is_note and names.owner in (sender, *to) and talk.size <= LARGEST_GROUP:
            for one in to:
                yield sender, one, talk.at.floor("D"), 1.0 / (talk.size - 1)


def told(facts: Any) -> Told:
    """Return what an archive in the form of its era tells about people and ties."""
    deeds, talks = list(_deeds(facts)), list(_talks(facts))
    owner = facts.owner
    mentions = [deed.other for deed in deeds]
    mentions += [one for talk in talks for one in (talk.sender, *talk.recipients)]
    me = Mention("", owner.name, owner.organisation, owner.position, rank=0)
    names = Names(me, _owner_id(facts, talks), mentions)
    amounts: dict[Any, float] = defaultdict(float)
    notes = set()
    for deed in deeds:
        other = names.id_of(deed.other)
        ends = (names.owner, other) if deed.is_mine else (other, names.owner)
        if deed.kind == "invitation" and deed.text:
            notes.add((*ends, deed.text))
        if all(ends) and ends[0] != ends[1]:
            key = (deed.kind, *ends, deed.at)
            # Clicks for several skills in one second are one act of several clicks.
            amounts[key] = amounts[key] + 1.0 if deed.kind == "skill_endorsement" else 1.0
    for sender, to, day, amount in _said(names, talks, notes):
        key = ("message_day", sender, to, day)
        amounts[key] = max(amounts[key], amount)
    rows = sorted((*key, amount) for key, amount in amounts.items())
    evidence = pd.DataFrame(rows, columns=EVIDENCE)
    ids = sorted({names.owner, *evidence["source"], *evidence["target"]})
    people = pd.DataFrame([names.facts_of(one) for one in ids], index=pd.Index(ids, name="id"))
    location = pd.Series("", index=people.index)
    location[names.owner] = owner.location
    return Told(names, people.assign(location=location), evidence, tuple(sorted(names.kept_apart)))


def found_evidence(net: Any) -> pd.DataFrame:
    """Return the evidence of a network as `told` gives it."""
    table = net.evidence[EVIDENCE]
    rows = sorted(tuple(row) for row in table.itertuples(index=False))
    return pd.DataFrame(rows, columns=EVIDENCE)


def _days(evidence: pd.DataFrame) -> dict[tuple[str, str, str], float]:
    table = evidence[evidence["kind"] == "message_day"]
    return {
        (source, target, str(at.date())): amount
        for source, target, at, amount in _rows(table, "source", "target", "at", "amount")
    }


def _acts(evidence: pd.DataFrame) -> set[Act]:
    acts: set[Act] = set()
    table = evidence[evidence["kind"] != "message_day"]
    for kind, source, target, at in _rows(table, "kind", "source", "target", "at"):
        ends = sorted((source, target)) if kind == "connection" else (source, target)
        acts.add((kind, ends[0], ends[1], "" if kind == "invitation" else str(at.date())))
    return acts


def expected_talks(facts: Any) -> dict[tuple[str, str, str], float]:
    """Return who wrote to whom on which day, and how much of a message it was, at most."""
    return _days(told(facts).evidence)


def expected_acts(facts: Any) -> set[Act]:
    """Return kind, source, target and UTC day of everything else; invitations have no day here."""
    return _acts(told(facts).evidence)


def found_talks(net: Any) -> dict[tuple[str, str, str], float]:
    """Return the same of a network."""
    return _days(net.evidence)


def found_acts(net: Any) -> set[Act]:
    """Return the same of a network."""
    return _acts(net.evidence)


# ----------------------------------------------------------- tables that are no acts between people


def _last_days(months: "pd.Series[Any]") -> "pd.Series[Any]":
    """Return the last day of each month; none where there is none."""
    return pd.Series(
        [
            one if one is pd.NaT else one.replace(day=one.days_in_month)
            for one in months.dt.tz_convert("UTC")
        ],
        index=months.index,
        dtype=months.dtype,
    )


def expected_positions(facts: Any) -> pd.DataFrame:
    """Return where the owner worked, oldest first: from the first to the last day of months."""
    table = facts.positions.assign(
        person=told(facts).names.owner, finished=_last_days(facts.positions["finished"])
    )
    table = table.sort_values(["started", "organisation", "title"], ignore_index=True)
    return table[["person", "organisation", "title", "started", "finished"]]


def expected_papers(facts: Any, table: str) -> pd.DataFrame:
    """Return certifications, volunteering, organizations or projects: first to last day."""
    frame = getattr(facts, table)
    return frame.assign(finished=_last_days(frame["finished"]))


def expected_education(facts: Any) -> pd.DataFrame:
    """Return the owner's schools; the file names years, so from January to December."""
    table = facts.education
    first = [at if at is pd.NaT else at.replace(month=1, day=1) for at in table["started"]]
    last = [at if at is pd.NaT else at.replace(month=12, day=31) for at in table["finished"]]
    return table.assign(
        started=pd.Series(first, index=table.index, dtype=table["started"].dtype),
        finished=pd.Series(last, index=table.index, dtype=table["finished"].dtype),
    )


def expected_skills(facts: Any) -> list[str]:
    """Return the owner's skills."""
    return facts.skills["name"].tolist()


def expected_notes(facts: Any) -> pd.DataFrame:
    """Return the owner's notes about connections (by id); no era before 2026 has any."""
    return facts.notes


def expected_follows(facts: Any) -> pd.DataFrame:
    """Return whom the owner follows: name, status, moment, and whom the name means (or nobody)."""
    names = told(facts).names
    table = facts.follows[["name", "status", "at"]]
    return table.assign(person=[names.find(name) for name in table["name"]])


def expected_company_follows(facts: Any) -> pd.DataFrame:
    """Return the organisations that the owner follows, and since when."""
    return facts.company_follows


def expected_contacts(facts: Any) -> pd.DataFrame:
    """Return the named entries of the address book, and whom a name means; no e-mail, no number."""
    names = told(facts).names
    table = facts.contacts[facts.contacts["name"] != ""]
    table = table[["name", "organisation", "title", "created_at"]].reset_index(drop=True)
    who = [names.find(name, place) for name, place in _rows(table, "name", "organisation")]
    return table.assign(person=who)


def nameless_contacts(facts: Any) -> int:
    """Return how many entries of the address book are an e-mail alone: rows that are not used."""
    return int((facts.contacts["name"] == "").sum())


def expected_activity(facts: Any) -> pd.DataFrame:
    """Return what the owner did in public: which table, when; in the order of each file."""
    tables = ("comments", "reactions", "shares")
    frames = [getattr(facts, name)[["at"]].assign(table=name) for name in tables]
    return pd.concat(frames, ignore_index=True)[["table", "at"]]


def expected_interests(facts: Any) -> pd.DataFrame:
    """Return the jobs that the owner applied for and saved: table, organisation, title, minute."""
    frames = [
        getattr(facts, name).assign(table=name) for name in ("job_applications", "saved_jobs")
    ]
    return pd.concat(frames, ignore_index=True)[["table", "organisation", "title", "at"]]
