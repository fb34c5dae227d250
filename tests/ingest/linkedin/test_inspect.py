import json

import pytest

import trustgraph as tg
from trustgraph.errors import ArchiveError
from trustgraph.ingest import Inspection, inspect_archive

from helpers.linkedin_files import (
    connection,
    connections,
    folder,
    invitation,
    invitations,
    zipped,
)

ME, BO = "Ana Lima <ana-lima>", "Bo Ek <bo-ek>"


@pytest.fixture
def small(tmp_path):
    return zipped(
        tmp_path / "Basic_LinkedInDataExport_11-22-2026.zip",
        {
            "Connections.csv": connections([connection("Bo Ek", "bo-ek"), connection("Cy Yun")]),
            "Invitations.csv": invitations([invitation(ME, BO, "OUTGOING")]),
            "Logins.csv": "Login Date\n",
            "coach_messages.csv": "FROM,TO,DATE,CONTENT\n",
            "Surprise.csv": "a,b\n1,2\n",
        },
    )


def test_each_file_is_listed_with_its_rows_or_why_it_is_not_read(small):
    found = inspect_archive(small).to_frame().set_index("file")
    assert found.loc["Connections.csv", ["table", "rows", "used", "unused"]].tolist() == [
        "connections",
        2,
        2,
        0,
    ]
    notes = found["note"]
    assert "assistant" in notes["coach_messages.csv"]
    assert "unknown" in notes["Surprise.csv"]
    assert "ties" in notes["Logins.csv"]
    assert (notes[["Connections.csv", "Invitations.csv"]] == "").all()


def test_what_it_tells_is_summed_up(small):
    found = inspect_archive(small)
    assert (found.owner, found.is_owner_known) == ("ana-lima", True)
    assert (found.people, found.ties) == (2, 2)
    assert (str(found.first), str(found.last)) == ("2026-02-07", "2026-02-08")
    assert str(found.made) == "2026-11-22 09:00:00+00:00"


def test_what_is_missing_is_said_with_how_to_get_it(small):
    found = inspect_archive(small)
    missing = [one.table for one in found.missing]
    assert missing[0] == "messages"
    assert not {"connections", "invitations"} & set(missing)
    told = found.explain()
    assert "Missing: messages. It would tell who talks with whom" in told
    assert "Get a copy of your data" in told


def test_a_whole_archive_lacks_nothing_that_tells_trust(tmp_path):
    made = tg.datasets.make_archive(tmp_path, connections=30, messages=60)
    missing = {one.table for one in inspect_archive(made.path).missing}
    assert not {"connections", "messages", "invitations", "positions"} & missing


def test_an_archive_that_cannot_be_read_is_described_all_the_same(tmp_path):
    path = folder(tmp_path / "a", {"Connections.csv": "no header\n", "Logins.csv": "x\n"})
    found = inspect_archive(path)
    assert "no line names the columns" in found.problem
    assert [file.file for file in found.files] == ["Connections.csv", "Logins.csv"]
    assert "cannot be read as it is" in found.explain()


def test_what_is_no_archive_is_refused(tmp_path):
    with pytest.raises(ArchiveError, match="no such file"):
        inspect_archive(tmp_path / "none.zip")


def test_an_inspection_is_written_down_and_read_back(small):
    found = inspect_archive(small)
    assert Inspection.from_dict(json.loads(json.dumps(found.to_dict()))) == found


def test_names_of_files_are_escaped_in_a_notebook(tmp_path):
    name = "<script>alert(1)</script>.csv".replace("/", "∕")
    path = zipped(
        tmp_path / "a.zip",
        {"Connections.csv": connections([connection("Bo Ek", "bo-ek")]), name: "a\n"},
    )
    shown = inspect_archive(path)._repr_html_()
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown
