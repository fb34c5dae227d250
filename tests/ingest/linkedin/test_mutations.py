"""Every file of an archive, spoilt in many ways: right, or reported with its row, or refused."""

import io
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache, cached_property
from math import ceil
from pathlib import Path

import pytest

import trustgraph as tg
from trustgraph.ingest.archives import Archive, Member, open_archive
from trustgraph.ingest.journal import Journal
from trustgraph.ingest.linkedin.names import file_key
from trustgraph.ingest.linkedin.part import Reading, read_part
from trustgraph.ingest.linkedin.registry import FILES
from trustgraph.ingest.tables import column_key

from helpers.linkedin_files import balance
from helpers.mutations import HARMLESS, WAYS, records_of, spoilt
from helpers.outcomes import read_or_refused

ERAS = (2020, 2022, 2023, 2025, 2026)
TIMES = 200  # that each kind of file is spoilt, in all eras together
# An act is of one record, but a record may be of several acts: a message to a group of five.
ACTS_OF_A_RECORD = 4
# What these say is about the owner and tells nobody from anybody else, so that one of them can be
# spoilt together with files of any other kinds.
RIDERS = (
    "certifications",
    "comments",
    "company_follows",
    "education",
    "job_applications",
    "organizations",
    "positions",
    "profile",
    "projects",
    "reactions",
    "saved_jobs",
    "shares",
    "skills",
    "volunteering",
)


@pytest.fixture(scope="session")
def folder_of_eras(tmp_path_factory):
    return tmp_path_factory.mktemp("eras")


@cache
def made(folder: Path, era: int):
    """Return a small archive of an era: its owner and its files."""
    archive = tg.datasets.make_archive(folder, era=era, connections=12, messages=30)
    with open_archive(archive.path) as opened:
        files = {member.path: member.open().read() for member in opened.members}
    return archive.owner.id, files


def in_memory(files):
    members = [
        Member(path, lambda content=content: io.BytesIO(content))
        for path, content in sorted(files.items())
    ]
    return Archive("a", tuple(members))


def read(files, owner):
    """Return what files say: acts, facts and positions by kind, with how often; and the report."""
    journal = Journal()
    part = read_part(in_memory(files), owner, journal, Reading())
    said = defaultdict(Counter)
    for name in ("evidence", "facts", "positions"):
        frame = getattr(part, name)
        for kind, record in zip(
            frame["kind"], frame.astype("str").itertuples(index=False, name=None), strict=True
        ):
            said[name, kind][record] += 1
    return said, journal.frame()


def tried(files, owner):
    """Return why files are refused, and what they say if they are not."""
    said, refusal = read_or_refused(lambda: read(files, owner))
    return refusal, said or (None, None)


def entry_of(path):
    return FILES.get(file_key(path.rpartition("/")[2]))


def of_kinds(said, kinds):
    return sum((said[kind] for kind in kinds), Counter())


@dataclass(frozen=True)
class Sound:
    """A file as it was, read beside the connections alone."""

    said: dict
    counts: dict


class Era:
    """An archive of an era, and what each of its tables says."""

    def __init__(self, folder, era):
        self.name = str(era)
        self.owner, files = made(folder, era)
        self.tables = {
            path: content
            for path, content in files.items()
            if path.endswith(".csv") and entry_of(path)
        }
        self.core = {"Connections.csv": files["Connections.csv"]}

    @cached_property
    def sound(self):
        found = {}
        for path, content in self.tables.items():
            said, report = read({**self.core, path: content}, self.owner)
            found[path] = Sound(said, balance(report))
        return found

    @cached_property
    def kinds(self):
        """What each table adds to what the connections say."""
        alone = self.sound["Connections.csv"].said
        return {
            path: {kind for kind in sound.said if sound.said[kind] != alone[kind]}
            for path, sound in self.sound.items()
        }

    def check(self, numbers):
        """Spoil a file and what rides along, each in the way of its number, and check each."""
        spoils = {
            path: spoilt(self.tables[path], number, f"{self.name} {path}")
            for path, number in numbers.items()
        }
        files = {path: changed.content for path, (_, changed) in spoils.items()}
        refusal, (said, report) = tried({**self.core, **files}, self.owner)
        if refusal is not None and len(spoils) > 1:
            for path, number in numbers.items():
                self.check({path: number})
            return
        kinds = set(said or ()) | {kind for path in spoils for kind in self.sound[path].said}
        riders = {path for path in spoils if len(spoils) > 1 and entry_of(path).name in RIDERS}
        for path, (way, changed) in spoils.items():
            if refusal is not None:
                assert refusal.file, (path, way)
                assert refusal.mend, (path, way)
                assert way not in HARMLESS, (path, way, str(refusal))
            else:
                others = set().union(*(self.kinds[rider] for rider in riders))
                own = self.kinds[path] if path in riders else kinds - others
                self._check_read(path, own, way, changed, said, report)

    def _check_read(self, path, kinds, way, changed, said, report):
        sound, counts = self.sound[path], balance(report)
        told = report[(report["file"] == path) & (report["row"] == 0)]
        assert (report.loc[report["level"] == "error", "file"] != "").all(), (path, way)
        if path not in counts:
            assert len(told), f"{path}, {way}: nothing is said about the file"
            assert way not in HARMLESS, (path, way, told["reason"].tolist())
            return
        before, after = of_kinds(sound.said, kinds), of_kinds(said, kinds)
        if way in HARMLESS:
            assert after == before, (path, way)
        elif changed.columns:
            lacking = {column_key(title) for title in changed.columns}
            lacking &= set(entry_of(path).table.columns)
            is_lost = lacking and sound.counts[path][0]
            assert not is_lost or told["reason"].str.startswith("columns that").any(), path
        else:
            # No record is swallowed, and no more are changed than were spoilt.
            rows = sound.counts[path][0]
            assert counts[path][0] >= rows - changed.removed - changed.touched, (path, way)
            touched = ACTS_OF_A_RECORD * (changed.touched + changed.removed)
            assert (after - before).total() <= touched, (path, way, after - before)
            reported = sum(
                counts[one][2] - sound.counts[one][2] for one in {path, "Connections.csv"}
            )
            most = ACTS_OF_A_RECORD * max(0, reported) + touched
            assert (before - after).total() <= most, (path, way, before - after)


@pytest.fixture(scope="session")
def eras(folder_of_eras):
    return [Era(folder_of_eras, era) for era in ERAS]


@pytest.mark.slow
@pytest.mark.parametrize("at", range(len(ERAS)), ids=map(str, ERAS))
def test_a_spoilt_file_is_read_right_or_reported_or_refused(eras, at):
    kinds = Counter(entry_of(path).name for era in eras for path in era.tables)
    turns, riders = [], []
    for path in eras[at].tables:
        name = entry_of(path).name
        numbers = range(ceil(TIMES / kinds[name]))
        (riders if name in RIDERS else turns).extend((path, number) for number in numbers)
    faults = []
    for first, turn in enumerate(turns):
        # All numbers of a file lie closer together than this: no two of it ride at once.
        both = [turn, *riders[first :: len(turns)]]
        assert len({entry_of(path).name for path, _ in both}) == len(both)
        try:
            eras[at].check(dict(both))
        except AssertionError as error:
            faults.append(f"{both}: {error}")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("at", range(len(ERAS)), ids=map(str, ERAS))
def test_files_that_are_spoilt_together_say_different_things(eras, at):
    era = eras[at]
    riders = {path for path in era.tables if entry_of(path).name in RIDERS}
    for one in riders:
        others = {path for path in era.tables if entry_of(path) is not entry_of(one)}
        for other in others:
            assert era.kinds[one].isdisjoint(era.kinds[other]), (one, other)


def test_the_ways_spoil_as_they_say(folder_of_eras):
    _, files = made(folder_of_eras, 2026)
    content = files["messages.csv"]
    total = len(records_of(content)[1])
    ways = dict(spoilt(content, number, "") for number in range(len(WAYS)))
    assert len(records_of(ways["a record gone"].content)[1]) == total - 1
    assert (
        len(records_of(ways["a column gone"].content)[1][0]) == len(records_of(content)[1][0]) - 1
    )
    assert ways["a quote gone"].content.count(b'"') == content.count(b'"') - 1
    assert len(ways["a byte gone"].content) == len(content) - 1
    assert ways["UTF-16"].content.decode("utf-16") == content.decode()
