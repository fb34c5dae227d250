"""One archive, from its files to what it says: how the tables are read and joined."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

import pandas as pd
from tqdm import tqdm

from trustgraph.errors import ArchiveError
from trustgraph.ingest.archives import Archive
from trustgraph.ingest.identity import CONNECTION, OwnerFacts, Roster
from trustgraph.ingest.journal import Journal
from trustgraph.ingest.linkedin.files import TableFile, find_tables
from trustgraph.ingest.linkedin.invitations import Invited, read_invitations
from trustgraph.ingest.linkedin.mailbox import Mailbox, Numbers
from trustgraph.ingest.linkedin.messages import message_days, seen_in_talks
from trustgraph.ingest.linkedin.owner import Clues, find_owner
from trustgraph.ingest.linkedin.profile import Profile, read_profile
from trustgraph.ingest.linkedin.registry import ENTRIES, forms
from trustgraph.ingest.linkedin.resolve import Records, resolved
from trustgraph.ingest.linkedin.said import Said, together
from trustgraph.ingest.pooling import Part
from trustgraph.ingest.tables import Table, read_chunks, read_whole

__all__ = ["Reading", "read_part"]

_AHEAD: Final = dt.timedelta(days=2)
_WHOLE: Final = "ask LinkedIn for the archive with connections and messages, and give it whole"
_NEWER: Final = "archives since July 2023 tell the addresses: ask LinkedIn for a new one"
_LASTING: Final = frozenset({"skill", "certification", "project"})


@dataclass(frozen=True)
class Reading:
    """How archives are read.

    Attributes
    ----------
    keep_text
        Whether what people wrote is kept.
    headers
        Titles of columns in another language -> those that LinkedIn gives them in English.
    progress
        Whether to show a progress bar.
    """

    keep_text: bool = False
    headers: Mapping[str, str] | None = None
    progress: bool = False


@dataclass(frozen=True)
class _Tables:
    """What the tables of an archive say, before it is known who is who."""

    profile: Profile
    said: Said
    invited: Invited
    mailbox: Mailbox
    roster: Roster
    met: Numbers


def read_part(archive: Archive, stated: str | None, journal: Journal, how: Reading) -> Part:
    """Return what one archive says.

    Parameters
    ----------
    archive
        The archive, open for reading.
    stated
        Whose the user says it is; None for nothing.
    journal
        Told about everything that is not used.
    how
        How it is read.

    Returns
    -------
    Part
        People, evidence, positions, facts, texts and the report.

    Raises
    ------
    ArchiveError
        If no row can be used, or a file cannot be read.
    RecordError
        If the journal is strict and a row is malformed.
    """
    tables = forms(keep_text=how.keep_text)
    found = find_tables(archive, tables, journal, headers=how.headers)
    hidden = None if how.progress else True  # None: where nobody watches a terminal
    with tqdm(desc=archive.name, unit=" rows", delay=1, leave=False, disable=hidden) as bar:
        reader = _Files(found, tables, journal, bar.update, archive.limits.max_row_bytes)
        read = _read_tables(reader, journal, keep_text=how.keep_text)
    owner = _owner(archive, read, stated, journal)
    identities = read.roster.resolve(owner)
    talks = message_days(read.mailbox, read.met, read.invited.notes, identities, journal)
    records = resolved(read.said, talks, identities, owner, journal)
    if not journal.used_in_all():
        mend = journal.advice(_WHOLE)
        raise ArchiveError("no row of it can be used", file=archive.name, mend=mend)
    for name in identities.kept_apart:
        journal.say(
            archive.name,
            "a connection of this name may be one of several people met elsewhere; kept apart",
            level="warning",
            value=name,
            mend=_NEWER,
        )
    as_of = _as_of(archive, records, journal)
    return Part(
        archive=archive.name,
        owner=owner.id,
        is_owner_known=owner.known,
        as_of=as_of,
        people=records.people,
        evidence=records.evidence,
        positions=read.said.places.assign(person=owner.id),
        facts=records.facts,
        texts=records.texts if how.keep_text else records.texts.iloc[:0],
        report=journal.frame(),
    )


@dataclass(frozen=True)
class _Files:
    """Reads the files of the tables.

    Attributes
    ----------
    found
        Name of a table -> its files.
    forms
        Name of a table -> its columns.
    journal
        Told about rows that cannot be read.
    advance
        Told how many rows were read, for a progress bar.
    longest
        How many bytes a row may have.
    """

    found: Mapping[str, list[TableFile]]
    forms: Mapping[str, Table]
    journal: Journal
    advance: Callable[[int], object]
    longest: int

    def whole(self, name: str) -> pd.DataFrame:
        """Return all rows of a table: its columns, ``file`` and ``row``."""
        table = self.forms[name]
        frames = []
        for file in self.found.get(name, []):
            rows = read_whole(file.member, table, file.header, self.journal, longest=self.longest)
            path = pd.Series(file.member.path, index=rows.index, dtype="str")
            frames.append(rows.assign(file=path, row=rows.index).reset_index(drop=True))
            self.advance(len(rows))
        if not frames:
            columns = dict.fromkeys((*table.columns, "file"), "str") | {"row": "int64"}
            return pd.DataFrame({name: [] for name in columns}).astype(columns)
        return frames[0] if len(frames) == 1 else pd.concat(frames, ignore_index=True)

    def chunks(self, name: str) -> Iterator[tuple[TableFile, pd.DataFrame]]:
        """Yield rows of a long table, some at a time, and the file they are from."""
        table = self.forms[name]
        for file in self.found.get(name, []):
            for chunk in read_chunks(
                file.member, table, file.header, self.journal, longest=self.longest
            ):
                yield file, chunk.assign(file=file.member.path).reset_index()
                self.advance(len(chunk))


def _read_tables(files: _Files, journal: Journal, *, keep_text: bool) -> _Tables:
    """Read all tables; the messages come last, when the notes of invitations are known."""
    roster = Roster()
    profile = read_profile(files.whole("profile"), journal)
    invited = read_invitations(files.whole("invitations"), journal, roster)
    said = [
        entry.read(files.whole(entry.name), journal, roster)
        for entry in ENTRIES
        if entry.read is not None and entry.name in files.found
    ]
    mailbox = Mailbox(journal, invited.notes["text"], keep_text=keep_text)
    for file, chunk in files.chunks("messages"):
        mailbox.take(chunk, file.header)
    met = mailbox.people(roster)
    return _Tables(profile, together([invited.said, *said]), invited, mailbox, roster, met)


def _owner(archive: Archive, tables: _Tables, stated: str | None, journal: Journal) -> OwnerFacts:
    jobs = tables.said.places[tables.said.places["kind"] == "employer"]
    present = jobs[jobs["finished"].isna()]
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


def _as_of(archive: Archive, records: Records, journal: Journal) -> dt.datetime | None:
    """Return when the archive was made, but not before its newest record; else that record's date.

    The clock in a zip has no time zone, so that records may seem to be some hours ahead of it.
    """
    dates = records.evidence["at"].dropna()
    if dates.empty:  # nothing was done between people: what the owner did alone tells the time
        dates = records.facts.loc[~records.facts["kind"].isin(_LASTING), "at"].dropna()
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
