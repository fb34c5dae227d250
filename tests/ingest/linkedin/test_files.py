"""What becomes of each file of an archive: read, known and not read, unknown; never lost."""

import pytest

import trustgraph as tg
from trustgraph.errors import ArchiveError

from helpers.linkedin_files import (
    MESSAGE_HEADERS,
    connection,
    connections,
    folder,
    invitation,
    invitations,
    message,
    messages,
    zipped,
)

TIES = connections([connection("Bo Ek", "bo-ek")])


def told(net):
    return dict(zip(net.report["file"], net.report["reason"], strict=True))


def test_every_file_stands_in_the_report(tmp_path):
    files = {
        "Connections.csv": TIES,
        "Votes_12345678.csv": "Date\n",
        "Jobs/Job Seeker Preferences.csv": "Locations\n",
        "coach_messages.csv": MESSAGE_HEADERS["2026"] + "\n",
        "LearningCoachMessages.csv": "No conversations found",
        "Surprise.csv": "a,b\n",
        "Articles/Articles/one.html": "<p>",
        "Articles/Articles/two.html": "<p>",
        "picture.jpg": "x",
        "Recommendations_Given.csv": "",
    }
    report = told(tg.read_linkedin(folder(tmp_path / "a", files)))
    assert report == {
        "Connections.csv": "rows read / used / not used",
        "Votes_12345678.csv": "not read: says nothing about ties between people",
        "Jobs/Job Seeker Preferences.csv": "not read: says nothing about ties between people",
        "coach_messages.csv": "not read: talks with an assistant, not between people",
        "LearningCoachMessages.csv": "not read: talks with an assistant, not between people",
        "Surprise.csv": "not read: an unknown file",
        "Articles/Articles/*.html": "not read: no tables",
        "picture.jpg": "not read: no table",
        "Recommendations_Given.csv": "an empty file",
        "a": "nothing in the archive says whose it is",
    }


def test_parts_of_a_table_are_read_together(tmp_path):
    files = {
        "Connections.csv": TIES,
        "Connections_1.csv": connections([connection("Al Oy", "al-oy")], era="2023"),
    }
    net = tg.read_linkedin(folder(tmp_path / "a", files), owner="ana")
    assert net.people.index.tolist() == ["al-oy", "ana", "bo-ek"]


@pytest.mark.parametrize("name", ["Connections.csv", "my ties 2026.csv", "export.txt"])
def test_a_single_file_is_known_by_what_it_holds(tmp_path, name):
    path = folder(tmp_path, {name: TIES}) / name
    assert tg.read_linkedin(path, owner="ana").people.index.tolist() == ["ana", "bo-ek"]


def test_other_single_files_can_be_read_too(tmp_path):
    talk = [message("Bo Ek <bo-ek>", "Ana Lima <ana>"), message("Al Oy <al-oy>", "Ana Lima <ana>")]
    asked = [invitation("Bo Ek <bo-ek>", "Ana Lima <ana>", "INCOMING")]
    files = {"talks.csv": messages(talk), "asked.csv": invitations(asked)}
    folder(tmp_path, files)
    for name in files:
        assert tg.read_linkedin(tmp_path / name).owner == "ana"


def test_a_single_file_of_something_else_is_refused(tmp_path):
    files = {
        "shopping.csv": "what,how many\nmilk,2\n",
        "guide_messages.csv": messages([message("Bo Ek <bo-ek>", "Ana <ana>")]),
        "empty.csv": "",
    }
    folder(tmp_path, files)
    with pytest.raises(ArchiveError, match=r"shopping\.csv: no line in it names the columns"):
        tg.read_linkedin(tmp_path / "shopping.csv")
    with pytest.raises(ArchiveError, match="talks with an assistant"):
        tg.read_linkedin(tmp_path / "guide_messages.csv")
    with pytest.raises(ArchiveError, match=r"empty\.csv: no line in it"):
        tg.read_linkedin(tmp_path / "empty.csv")


@pytest.mark.parametrize("name", ["Connections.csv", "messages.csv"])
def test_a_main_table_without_its_columns_is_an_error(tmp_path, name):
    files = {"Profile.csv": "First Name,Last Name,Headline\nAna,Lima,x\n", name: "a,b\n1,2\n"}
    with pytest.raises(ArchiveError, match=f"{name}: no line names the columns .*; mend: give"):
        tg.read_linkedin(folder(tmp_path / "a", files))


def test_a_lesser_table_without_its_columns_is_reported(tmp_path):
    files = {"Connections.csv": TIES, "Invitations.csv": "a,b\n1,2\n"}
    path = folder(tmp_path / "a", files)
    report = tg.read_linkedin(path).report
    row = report[report["file"] == "Invitations.csv"].iloc[0]
    assert row["level"] == "error"
    assert "from, to, sentat, direction" in row["reason"]
    with pytest.raises(ArchiveError, match=r"Invitations\.csv"):
        tg.read_linkedin(path, strict=True)


def test_several_archives_in_one_are_not_mixed(tmp_path):
    files = {"ana/Connections.csv": TIES, "bo/Connections.csv": TIES}
    for path in (folder(tmp_path / "a", files), zipped(tmp_path / "b.zip", files)):
        with pytest.raises(
            ArchiveError, match=r"several archives in one: 'ana, bo'.*list of paths"
        ):
            tg.read_linkedin(path)


def test_a_folder_of_zips_alone_is_read_as_these_archives(tmp_path):
    zipped(tmp_path / "mine.zip", {"Connections.csv": TIES})
    net = tg.read_linkedin(tmp_path, owner="ana-lima")
    assert net.people.equals(tg.read_linkedin(tmp_path / "mine.zip", owner="ana-lima").people)


def test_a_folder_with_zips_among_other_things_is_refused_with_the_way_out(tmp_path):
    zipped(tmp_path / "mine.zip", {"Connections.csv": TIES})
    (tmp_path / "notes.txt").write_text("other things", encoding="utf-8")
    with pytest.raises(
        ArchiveError, match=r"no table.*'mine\.zip'; mend: give the archives inside"
    ):
        tg.read_linkedin(tmp_path)


def test_a_zip_of_something_else_is_refused(tmp_path):
    with pytest.raises(
        ArchiveError, match="no table of a LinkedIn archive in it; mend: give the zip"
    ):
        tg.read_linkedin(zipped(tmp_path / "a.zip", {"holiday.jpg": "x"}))


def test_an_archive_without_one_usable_row_is_an_error(tmp_path):
    hidden = connections([{"Connected On": "07 Jun 2026"}] * 3)
    path = folder(tmp_path / "a", {"Connections.csv": hidden})
    with pytest.raises(
        ArchiveError, match=r"a: no row of it can be used; mend: 3 rows read; mostly"
    ):
        tg.read_linkedin(path)
    path = folder(tmp_path / "b", {"Connections.csv": connections([])})
    with pytest.raises(ArchiveError, match="ask LinkedIn for the archive with connections"):
        tg.read_linkedin(path)


def test_a_first_part_without_connections_is_an_archive_all_the_same(tmp_path):
    net = tg.read_linkedin(
        folder(tmp_path / "a", {"Profile.csv": "First Name,Last Name,Headline\nAna,Lima,x\n"})
    )
    assert net.people["name"].tolist() == ["Ana Lima"]
    assert net.owner == "Ana Lima|"


ASSISTANT = [message("", "", text="How do I write a post?") for _ in range(8)]


def test_talks_with_an_assistant_are_no_messages_whatever_the_file_is_called(tmp_path):
    """They have the form of messages, and nobody who sent them."""
    path = folder(tmp_path, {"export.csv": messages(ASSISTANT, era="2023")}) / "export.csv"
    with pytest.raises(ArchiveError, match="8 rows read; mostly: there is no sender"):
        tg.read_linkedin(path)
    empty = folder(tmp_path / "empty", {"export.csv": messages([], era="2023")}) / "export.csv"
    with pytest.raises(ArchiveError, match="no row of it can be used"):
        tg.read_linkedin(empty)
    line = folder(tmp_path / "line", {"talks.csv": "No conversations found"}) / "talks.csv"
    with pytest.raises(ArchiveError, match="no line in it names the columns"):
        tg.read_linkedin(line)


@pytest.mark.parametrize(
    "name",
    [
        "guide_messages.csv",
        "coach_messages_12345678.csv",
        "learning_coach_messages.csv",
        "learning_role_play_messages_1.csv",
        "LearningCoachMessages.csv",
        "top/coach_messages.csv",
    ],
)
def test_talks_with_an_assistant_are_recognised_in_every_place(tmp_path, name):
    talk = [message("Bo Ek <bo-ek>", "Ana Lima <ana>")]
    files = {"Connections.csv": connections([connection("Cy", "cy")]), name: messages(talk)}
    net = tg.read_linkedin(folder(tmp_path / "a", files), owner="ana")
    assert told(net)[name] == "not read: talks with an assistant, not between people"
    assert net.people.index.tolist() == ["ana", "cy"]


def test_a_table_without_rows_stands_in_the_report(tmp_path):
    files = {"Connections.csv": TIES, "Skills.csv": "Name\n", "Notes.csv": ""}
    report = tg.read_linkedin(folder(tmp_path / "a", files), owner="ana").report
    rows = dict(zip(report["file"], report["value"], strict=True))
    assert rows == {"Connections.csv": "1 / 1 / 0", "Skills.csv": "0 / 0 / 0", "Notes.csv": ""}


def test_files_of_the_same_name_outside_the_archive_are_not_its_own(tmp_path):
    files = {
        "mine/Connections.csv": TIES,
        "mine/Skills.csv": "Name\nPython\n",
        "mine/Jobs/Saved Jobs.csv": "Saved Date,Job Url,Job Title,Company Name\n,,Lead,Acme\n",
        "thesis/Notes.csv": "what,where\n1,2\n",
        "thesis/projects.csv": "Title\nThesis\n",
    }
    for path in (folder(tmp_path / "a", files), zipped(tmp_path / "b.zip", files)):
        net = tg.read_linkedin(path, owner="ana")
        report = told(net)
        for name in ("thesis/Notes.csv", "thesis/projects.csv"):
            assert report[name] == "not read: it lies outside the folder of the archive"
        assert sorted(net.facts["kind"]) == ["saved_job", "skill"]


def test_minor_tables_alone_are_an_archive_and_a_text_file_of_that_name_is_not(tmp_path):
    net = tg.read_linkedin(folder(tmp_path / "a", {"Skills.csv": "Name\nPython\n"}), owner="ana")
    assert (net.owner, net.facts["text"].tolist()) == ("ana", ["Python"])
    net = tg.read_linkedin(folder(tmp_path, {"Skills.csv": "Name\nSQL\n"}) / "Skills.csv")
    assert net.facts["text"].tolist() == ["SQL"]
    files = {"Connections.csv": TIES, "notes.txt": "Connection First Name\n"}
    report = told(tg.read_linkedin(folder(tmp_path / "b", files), owner="ana"))
    assert report["notes.txt"] == "not read: an unknown file"
