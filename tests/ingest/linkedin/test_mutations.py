"""Every file of an archive, spoilt in many ways: right, or reported with its row, or refused."""

import io
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

import trustgraph as tg
from trustgraph.errors import ArchiveError
from trustgraph.ingest.archives import Archive, Member, open_archive
from trustgraph.ingest.journal import Journal
from trustgraph.ingest.linkedin.names import file_key
from trustgraph.ingest.linkedin.part import Reading, read_part
from trustgraph.ingest.linkedin.registry import FILES

from helpers.linkedin_files import balance
from helpers.mutations import HARMLESS, WAYS, records_of, spoilt

ERAS = (2020, 2022, 2023, 2025, 2026)
SEEDS = range(40)  # of each file of each era: 200 ways in all
# An act is of one record, but a record may be of several acts: a message to a group of five.
ACTS_OF_A_RECORD = 4


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
    """Return what files say: acts, facts and positions with how often, and the report."""
    journal = Journal()
    part = read_part(in_memory(files), owner, journal, Reading())
    said = Counter()
    for frame in (part.evidence, part.facts, part.positions):
        said.update(frame.astype("str").itertuples(index=False, name=None))
    return said, journal.frame()


def tried(files, owner):
    """Return why files are refused, and what they say if they are not."""
    try:
        return None, read(files, owner)
    except ArchiveError as error:
        return error, (Counter(), None)


def tables_of(era, folder):
    return [
        path
        for path in made(folder, era)[1]
        if path.endswith(".csv") and file_key(path.rpartition("/")[2]) in FILES
    ]


def spoil_and_check(files, path, owner, seed):
    context = {name: files[name] for name in ("Connections.csv", path)}
    before, report = read(context, owner)
    rows = balance(report).get(path, (0, 0, 0))[0]
    way, changed = spoilt(context[path], seed)
    refusal, (after, report) = tried({**context, path: changed.content}, owner)
    if refusal is not None:
        assert refusal.file, way
        assert refusal.mend, way
        assert way not in HARMLESS, (way, str(refusal))
        return
    counts = balance(report)
    assert (report.loc[report["level"] == "error", "file"] != "").all()
    if path not in counts:
        told = report[(report["file"] == path) & (report["row"] == 0)]
        assert len(told), f"{way}: nothing is said about the file"
        assert way not in HARMLESS, (way, told["reason"].tolist())
        return
    if way in HARMLESS:
        assert after == before, way
    elif not changed.columns:
        # No record is swallowed, and no more are changed than were spoilt.
        assert counts[path][0] >= rows - changed.removed - changed.touched, way
        touched = ACTS_OF_A_RECORD * (changed.touched + changed.removed)
        assert (after - before).total() <= touched, (way, after - before)
        reported = sum(unused for _, _, unused in counts.values())
        lost = (before - after).total()
        assert lost <= ACTS_OF_A_RECORD * reported + touched, (way, before - after)


@pytest.mark.slow
@pytest.mark.parametrize("era", ERAS)
def test_a_spoilt_file_is_read_right_or_reported_or_refused(folder_of_eras, era):
    owner, files = made(folder_of_eras, era)
    faults = []
    for path in tables_of(era, folder_of_eras):
        for seed in SEEDS:
            try:
                spoil_and_check(files, path, owner, seed)
            except AssertionError as error:
                faults.append(f"{path}, seed {seed}: {error}")
    assert not faults, "\n".join(faults)


def test_the_ways_spoil_as_they_say(folder_of_eras):
    _, files = made(folder_of_eras, 2026)
    content = files["messages.csv"]
    total = len(records_of(content)[1])
    ways = dict(spoilt(content, seed) for seed in range(len(WAYS)))
    assert len(records_of(ways["a record gone"].content)[1]) == total - 1
    assert (
        len(records_of(ways["a column gone"].content)[1][0]) == len(records_of(content)[1][0]) - 1
    )
    assert ways["a quote gone"].content.count(b'"') == content.count(b'"') - 1
    assert len(ways["a byte gone"].content) == len(content) - 1
    assert ways["UTF-16"].content.decode("utf-16") == content.decode()
