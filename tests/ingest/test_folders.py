"""Folders that point elsewhere, hold what is no file, or never end."""

import os
import socket
import sys

import pytest

import trustgraph as tg
from trustgraph.errors import ArchiveError
from trustgraph.ingest.archives import open_archive
from trustgraph.ingest.limits import ReadLimits

from helpers.hostile_zips import files_below
from helpers.linkedin_files import connection, connections, folder

TABLE = connections([connection("Bo Ek", "bo-ek")])
posix = pytest.mark.skipif(sys.platform == "win32", reason="such files do not exist there")


@pytest.fixture
def mine(tmp_path):
    """A folder that holds what it held, once the test is over; beside it is what is not ours."""
    folder(tmp_path / "outside", {"messages.csv": "secret"})
    path = folder(tmp_path / "mine", {"Connections.csv": TABLE, "Jobs/Saved Jobs.csv": "Saved"})
    before = files_below(tmp_path)
    yield path
    assert before.items() <= files_below(tmp_path).items()


def read(path, limits=None):
    """Return the paths of the members, and what was noted: file, reason, value."""
    with open_archive(path, limits=limits) as archive:
        for member in archive.members:
            with member.open() as stream:
                assert b"secret" not in stream.read()
        paths = [member.path for member in archive.members]
        return paths, [(note.file, note.reason, note.value) for note in archive.notes]


OWN = ["Connections.csv", "Jobs/Saved Jobs.csv"]


def test_all_files_are_found_however_deep(mine):
    folder(mine, {"a/b/c/d/e/f/g.csv": "x"})
    assert read(mine) == (["Connections.csv", "Jobs/Saved Jobs.csv", "a/b/c/d/e/f/g.csv"], [])


@posix
def test_links_that_lead_out_are_not_followed_and_said(mine):
    (mine / "messages.csv").symlink_to(mine.parent / "outside" / "messages.csv")
    (mine / "Jobs" / "more").symlink_to(mine.parent / "outside")
    paths, notes = read(mine)
    assert paths == OWN
    reason = "not read: a link that leads out of the folder"
    assert sorted(notes) == [("Jobs/more", reason, ""), ("messages.csv", reason, "")]


@posix
def test_links_inside_are_not_followed_for_their_goal_is_read_itself(mine):
    (mine / "Connections_2.csv").symlink_to(mine / "Connections.csv")
    (mine / "Work").symlink_to("Jobs")
    paths, notes = read(mine)
    assert paths == OWN
    reason = "not read: a link to something in the folder, which is read in its own place"
    assert sorted(notes) == [("Connections_2.csv", reason, ""), ("Work", reason, "")]
    assert len(tg.read_linkedin(mine, owner="ana").evidence) == 1


@posix
def test_links_in_a_circle_and_to_nothing_are_said(mine):
    (mine / "a.csv").symlink_to("b.csv")
    (mine / "b.csv").symlink_to("a.csv")
    (mine / "c.csv").symlink_to("nothing.csv")
    (mine / "up").symlink_to(".")
    paths, notes = read(mine)
    assert paths == OWN
    assert {file: reason.partition(": ")[2] for file, reason, _ in notes} == {
        "a.csv": "a link that leads nowhere, or in a circle",
        "b.csv": "a link that leads nowhere, or in a circle",
        "c.csv": "a link that leads nowhere, or in a circle",
        "up": "a link to something in the folder, which is read in its own place",
    }


@posix
def test_a_link_to_an_archive_is_read_when_it_is_what_is_given(mine):
    link = mine.parent / "link"
    link.symlink_to(mine)
    assert read(link) == (OWN, [])


@posix
def test_pipes_and_sockets_are_not_opened(mine):
    os.mkfifo(mine / "messages.csv")
    home = os.open(mine, os.O_RDONLY)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(f"/proc/self/fd/{home}/Invitations.csv" if sys.platform == "linux" else "x")
        paths, notes = read(mine)
    os.close(home)
    assert paths == OWN
    reason = "not read: a device, and no file"
    assert sorted(notes) == [("Invitations.csv", reason, ""), ("messages.csv", reason, "")]


@posix
@pytest.mark.parametrize("source", ["pipe", "null"])
def test_what_is_neither_file_nor_folder_is_a_clear_error(source, tmp_path):
    os.mkfifo(tmp_path / "pipe.zip")
    path = {"pipe": tmp_path / "pipe.zip", "null": "/dev/zero"}[source]
    with pytest.raises(ArchiveError, match="this is neither a file nor a folder; mend: check"):
        tg.read_linkedin(path)


@posix
@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"a\nb.csv", "a\\nb.csv"),
        ("a\u202evsc.exe".encode(), "a\\u202evsc.exe"),
        (b"\xe9.csv", "\\udce9.csv"),
    ],
)
def test_a_name_that_misleads_is_left_out_and_said(name, shown, mine):
    try:
        with open(os.fsencode(mine) + b"/" + name, "wb"):  # noqa: PTH123 - a name of raw bytes
            pass
    except OSError:
        pytest.skip("this disk takes no such name")
    paths, notes = read(mine)
    assert paths == OWN
    reason = "not read: its name holds characters that cannot be seen, or that mislead"
    assert notes == [(shown, reason, "")]
    assert tg.read_linkedin(mine, owner="ana").people.index.tolist() == ["ana", "bo-ek"]


def test_a_path_that_is_too_long_is_left_out_and_said(mine):
    folder(mine, {"a" * 30 + "/b.csv": "x"})
    paths, notes = read(mine, ReadLimits(max_path_chars=35))
    assert paths == OWN
    reason = "not read: its path is longer than 35 characters"
    assert notes == [("a" * 30 + "/b.csv", reason, "")]


def test_names_that_differ_in_case_are_said(mine):
    folder(mine, {"connections.CSV": "x"})
    if len(list(mine.iterdir())) == 2:
        pytest.skip("they are one file here")
    paths, notes = read(mine)
    assert len(paths) == 3
    ((file, reason, value),) = notes
    assert {file, value} == {"connections.CSV", "Connections.csv"}
    assert reason == "one file with another on a Mac or on Windows; both are read here"


def test_a_folder_of_too_many_files_is_a_clear_error(mine):
    assert read(mine, ReadLimits(max_members=3))[0] == OWN  # a folder and two files
    with pytest.raises(ArchiveError, match="mine: it holds too many files: 'over 2'; mend: give"):
        read(mine, ReadLimits(max_members=2))


def test_files_of_a_folder_are_read_up_to_the_limits(mine):
    (mine / "messages.csv").write_bytes(bytes(1_000))
    assert len(read(mine, ReadLimits(max_member_bytes=1_000))[0]) == 3
    with pytest.raises(ArchiveError, match="mine/messages.csv: the file is larger than what is"):
        read(mine, ReadLimits(max_member_bytes=999))
    total = sum(map(len, files_below(mine).values()))
    assert len(read(mine, ReadLimits(max_bytes=total))[0]) == 3
    with pytest.raises(ArchiveError, match="mine/messages.csv: the files of the archive together"):
        read(mine, ReadLimits(max_bytes=total - 1))


def test_a_single_file_is_read_up_to_the_limits(mine):
    with pytest.raises(ArchiveError, match=r"^Connections.csv: the file is larger than what is"):
        read(mine / "Connections.csv", ReadLimits(max_member_bytes=10))


def test_a_file_that_goes_away_is_a_clear_error(mine):
    with open_archive(mine) as archive:
        (mine / "Connections.csv").rename(mine / "gone.csv")
        with pytest.raises(ArchiveError, match="mine/Connections.csv: the file cannot be opened"):
            archive.members[0].open()
    (mine / "gone.csv").rename(mine / "Connections.csv")


class Locked:
    """What a system says to those who may not read a file; the tests may run as one who may."""

    def __init__(self, monkeypatch, name):
        self.name = name
        monkeypatch.setattr(os, "access", lambda path, _: name not in str(path))
        scan = os.scandir
        monkeypatch.setattr(os, "scandir", lambda path: self.refuse(path) or scan(path))

    def refuse(self, path):
        if str(path).endswith(self.name):
            raise PermissionError(13, "Permission denied", str(path))


def test_a_file_that_may_not_be_read_is_said(mine, monkeypatch):
    Locked(monkeypatch, "Connections.csv")
    assert read(mine)[1] == [("Connections.csv", "you may not read this file", "")]


def test_a_folder_that_may_not_be_listed_is_said(mine, monkeypatch):
    Locked(monkeypatch, "Jobs")
    denied = ("Jobs/", "the folder cannot be listed", "Permission denied")
    assert read(mine) == (["Connections.csv"], [denied])


def test_an_archive_that_may_not_be_listed_is_a_clear_error(mine, monkeypatch):
    Locked(monkeypatch, "mine")
    with pytest.raises(ArchiveError, match="mine: the folder cannot be listed: 'Permission denied"):
        read(mine)
