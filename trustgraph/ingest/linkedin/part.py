"""One archive, from its files to what it says: how the tables are read and joined."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd
from tqdm import tqdm

from trustgraph.errors import ArchiveError
from trustgraph.ingest.archives import Archive
from trustgraph.ingest.identity import CONNECTION, Identities, OwnerFacts, Roster
from trustgraph.ingest.journal import Journal
from trustgraph.ingest.linkedin.connections import read_connections
from trustgraph.ingest.linkedin.endorsements import read_endorsements
from trustgraph.ingest.linkedin.files import FORMS, FoundFile, find_tables
from trustgraph.ingest.linkedin.invitations import Invited, read_invitations
from trustgraph.ingest.linkedin.mailbox import Mailbox, Numbers
from trustgraph.ingest.linkedin.messages import message_days, seen_in_talks
from trustgraph.ingest.linkedin.owner import Clues, find_owner
from trustgraph.ingest.linkedin.profile import Profile, read_positions, read_profile
from trustgraph.ingest.linkedin.recommendations import read_recommendations
from trustgraph.ingest.linkedin.rows import leave_out
from trustgraph.ingest.pooling import Part
from trustgraph.ingest.tables import read_chunks, read_whole
from trustgraph.models.columns import FACT_COLUMNS, TEXT_COLUMNS

__all__ = ["read_part"]

_ACT: Final = ["kind", "source", "target", "at"]
_AHEAD: Final = dt.timedelta(days=2)
_NEWER: Final = "archives since July 2023 tell the addresses: ask LinkedIn for a new one"


@dataclass(frozen=True)
class _Tables:
    """What the tables of an archive say, before it is known who is who."""

    profile: Profile
    positions: pd.DataFrame
    invited: Invited
    acts: pd.DataFrame
    mailbox: Mailbox
    roster: Roster
    met: Numbers


def read_part(
    archive: Archive, stated: str | None, journal: Journal, *, progress: bool = False
) -> Part:
    """Return what one archive says.

    Parameters
    ----------
    archive
        The archive, open for reading.
    stated
        Whose the user says it is; None for nothing.
    journal
        Told about everything that is not used.
    progress
        Whether to show a progress bar.

    Returns
    -------
    Part
        People, evidence, positions and the report.

    Raises
    ------
    ArchiveError
        If no row can be used, or a file cannot be read.
    RecordError
        If the journal is strict and a row is malformed.
    """
    found = find_tables(archive, journal)
    hidden = None if progress else True  # None: where nobody watches a terminal
    with tqdm(desc=archive.name, unit=" rows", delay=1, leave=False, disable=hidden) as bar:
        tables = _read_tables(found, journal, bar.update)
    owner = _owner(archive, tables, stated, journal)
    identities = tables.roster.resolve(owner)
    evidence = _evidence(tables, identities, journal)
    if not journal.used_in_all():
        raise ArchiveError("no row of it can be used", file=archive.name, mend=journal.advice())
    positions = tables.positions.assign(person=owner.id, kind="employer")
    # Whoever is met in nothing that counts (a large group, say) is nobody's tie.
    named = {owner.id, *evidence["source"], *evidence["target"]}
    people = identities.people[identities.people["id"].isin(named)]
    for name in identities.kept_apart:
        journal.say(
            archive.name,
            "a connection of this name may be one of several people met elsewhere; kept apart",
            level="warning",
            value=name,
            mend=_NEWER,
        )
    as_of = _as_of(archive, evidence, journal)
    return Part(
        archive=archive.name,
        owner=owner.id,
        is_owner_known=owner.known,
        as_of=as_of,
        people=people,
        evidence=evidence,
        positions=positions,
        facts=pd.DataFrame(columns=list(FACT_COLUMNS)),
        texts=pd.DataFrame(columns=list(TEXT_COLUMNS)),
        report=journal.frame(),
    )


def _read_tables(
    found: dict[str, list[FoundFile]], journal: Journal, advance: Callable[[int], object]
) -> _Tables:
    """Read all tables; those that say most about people come first."""

    def whole(table: str) -> pd.DataFrame:
        frame = _whole(found.get(table, []), table, journal)
        advance(len(frame))
        return frame

    roster = Roster()
    profile = read_profile(whole("profile"), journal)
    positions = read_positions(whole("positions"), journal)
    acts = [read_connections(whole("connections"), journal, roster)]
    invited = read_invitations(whole("invitations"), journal, roster)
    acts.append(invited.acts)
    for way, received in (("received", True), ("given", False)):
        clicks, letters = whole(f"endorsements_{way}"), whole(f"recommendations_{way}")
        acts.append(read_endorsements(clicks, journal, roster, received=received))
        acts.append(read_recommendations(letters, journal, roster, received=received))
    mailbox = Mailbox(journal, invited.notes["text"])
    for file in found.get("messages", []):
        for chunk in read_chunks(file.member, FORMS["messages"], file.header, journal):
            mailbox.take(chunk.assign(file=file.member.path).reset_index(), file.header)
            advance(len(chunk))
    met = mailbox.people(roster)
    together = pd.concat(acts, ignore_index=True)
    return _Tables(profile, positions, invited, together, mailbox, roster, met)


def _whole(files: list[FoundFile], table: str, journal: Journal) -> pd.DataFrame:
    """Return all rows of a table: its columns, ``file`` and ``row``."""
    columns = dict.fromkeys((*FORMS[table].columns, "file"), "str") | {"row": "int64"}
    frames = [pd.DataFrame({name: [] for name in columns}).astype(columns)]
    for file in files:
        rows = read_whole(file.member, FORMS[table], file.header, journal)
        frames.append(rows.assign(file=file.member.path).reset_index())
    return pd.concat(frames, ignore_index=True)


def _owner(archive: Archive, tables: _Tables, stated: str | None, journal: Journal) -> OwnerFacts:
    present = tables.positions[tables.positions["finished"].isna()]
    organisation, position = (
        (str(present["organisation"].iloc[0]), str(present["title"].iloc[0]))
        if len(present)
        else ("", "")
    )
    people = tables.roster.mentions()
    seen = seen_in_talks(tables.mailbox, tables.met)
    talks = seen.join(people[["slug", "name", "key"]], on="person")
    clues = Clues(
        archive=archive.name,
        profile=tables.profile.name,
        organisation=organisation,
        invited=tables.invited.own,
        talks=talks,
        connections=people.loc[people["rank"] == CONNECTION, ["slug", "key"]],
    )
    return replace(
        find_owner(clues, stated, journal),
        organisation=organisation,
        position=position,
        location=tables.profile.location,
    )


def _evidence(tables: _Tables, identities: Identities, journal: Journal) -> pd.DataFrame:
    source, target = tables.acts["source"].to_numpy(), tables.acts["target"].to_numpy()
    other = np.maximum(source, target)  # the owner's number is the lowest
    acts = tables.acts.assign(
        source=identities.ids[source], target=identities.ids[target], who=identities.names[other]
    )
    acts = leave_out(
        acts,
        (acts["source"] == "") | (acts["target"] == ""),
        journal.leave,
        "the name fits several people",
        value="who",
        mend=_NEWER,
    )
    acts = leave_out(
        acts, acts["source"] == acts["target"], journal.skip_alike, "it names the owner alone"
    )
    for file, part in acts.groupby("file"):
        journal.used(str(file), len(part))
    acts = _added_up(acts)
    days = message_days(tables.mailbox, tables.met, tables.invited.notes, identities, journal)
    return pd.concat([acts, days.assign(kind="message_day")], ignore_index=True)


def _added_up(acts: pd.DataFrame) -> pd.DataFrame:
    """Return each act once; clicks for several skills in one second are added up."""
    amount = acts.groupby(_ACT, dropna=False)["amount"].transform("sum")
    amount = amount.where(acts["kind"] == "skill_endorsement", 1.0)
    return acts.assign(amount=amount).drop_duplicates(_ACT)[[*_ACT, "amount"]]


def _as_of(archive: Archive, evidence: pd.DataFrame, journal: Journal) -> dt.datetime | None:
    """Return when the archive was made, but not before its newest record; else that record's date.

    The clock in a zip has no time zone, so that records may seem to be some hours ahead of it.
    """
    dates = evidence["at"].dropna()
    if archive.made is not None:
        late = dates > archive.made + _AHEAD
        if late.any():
            journal.say(
                archive.name,
                "acts are dated after the archive was made; they count only at a later date",
                level="warning",
                value=str(int(late.sum())),
                mend="check the dates, and the date in the name of the archive",
            )
        dates = dates[~late]
    newest = None if dates.empty else dates.max().to_pydatetime(warn=False)
    return max((date for date in (archive.made, newest) if date is not None), default=None)
