"""Schools, voluntary work and memberships; employers are tested with the profile."""

import pytest

import trustgraph as tg
from trustgraph.errors import RecordError

from helpers.linkedin_files import POSITIONS, balance, reasons, table
from helpers.linkedin_life import everything, places, read

EDUCATION = "School Name,Start Date,End Date,Notes,Degree Name,Activities"
VOLUNTEERING = "Company Name,Role,Cause,Started On,Finished On,Description"
ORGANIZATIONS = "Name,Description,Position,Started On,Finished On"


def school(name, begun="", ended="", degree=""):
    return {
        "School Name": name,
        "Start Date": begun,
        "End Date": ended,
        "Degree Name": degree,
        "Notes": "in secret",
    }


def test_a_school_may_lack_either_date(tmp_path):
    rows = [
        school("Uni A", "2009", "Feb 2012", "MSc"),
        school("Uni B", "", "2008"),
        school("Uni C", "Aug 2001"),
        school("Uni D"),
    ]
    net = read(tmp_path, {"Education.csv": table(EDUCATION, rows)})
    assert places(net, "school") == [
        ("Uni A", "MSc", "2009-01-01", "2012-02-29"),
        ("Uni B", "", "", "2008-12-31"),
        ("Uni C", "", "2001-08-01", ""),
        ("Uni D", "", "", ""),
    ]
    assert set(net.positions["person"]) == {"ana"}
    assert balance(net.report)["Education.csv"] == (4, 4, 0)
    assert "secret" not in everything(net)


def test_of_a_school_an_unreadable_date_is_left_out_and_said(tmp_path):
    rows = [
        school("Uni A", "2009", "long ago"),
        school("", "2009"),
        school("Uni B", "2012", "2009"),
    ]
    files = {"Education.csv": table(EDUCATION, rows)}
    net = read(tmp_path, files)
    assert places(net, "school") == [("Uni A", "", "2009-01-01", "")]
    assert reasons(net, "Education.csv") == {
        "an education without a school": 1,
        "the time at school ends before it begins": 1,
    }
    said = net.report[net.report["reason"] == "the last date cannot be read; used without it"]
    assert said[["file", "row", "value"]].values.tolist() == [["Education.csv", 2, ""]]
    with pytest.raises(RecordError, match=r"Education\.csv, row 3"):
        read(tmp_path, files, strict=True)


@pytest.mark.parametrize("header", [VOLUNTEERING, VOLUNTEERING.removesuffix(",Description")])
def test_voluntary_work_is_no_employer(tmp_path, header):
    rows = [
        {"Company Name": "Red Hat Trick", "Role": "Coach", "Started On": "Aug 2022"},
        {"Company Name": "Soup Co", "Role": "", "Started On": "2019", "Finished On": "2020"},
        {"Company Name": "", "Role": "Ghost"},
    ]
    net = read(tmp_path, {"Volunteering.csv": table(header, rows)})
    assert places(net, "volunteering") == [
        ("Red Hat Trick", "Coach", "2022-08-01", ""),
        ("Soup Co", "", "2019-01-01", "2020-12-31"),
    ]
    assert net.person("ana").organisation == ""
    assert balance(net.report)["Volunteering.csv"] == (3, 2, 1)


def test_memberships(tmp_path):
    rows = [
        {"Name": "Guild", "Position": "Chair", "Started On": "Jan 2020"},
        {"Name": "", "Position": "Chair"},
    ]
    net = read(tmp_path, {"Organizations.csv": table(ORGANIZATIONS, rows)})
    assert places(net, "association") == [("Guild", "Chair", "2020-01-01", "")]
    assert reasons(net, "Organizations.csv") == {"a membership without an organisation": 1}


def test_a_text_without_end_is_refused_and_not_shown(tmp_path):
    rows = [school("x" * 10_001), school("Uni A")]
    net = read(tmp_path, {"Education.csv": table(EDUCATION, rows)})
    assert reasons(net, "Education.csv") == {"a text of more than 10,000 characters": 1}
    assert "xxx" not in everything(net)


def test_past_and_present_places_give_circles_where_the_dates_meet(tmp_path):
    """Connections are known to be at Acme or Globex at present, taken to be since a year ago."""
    jobs = [
        {"Company Name": "Acme", "Title": "Lead", "Started On": "Jan 2024"},
        {
            "Company Name": "Globex",
            "Title": "Junior",
            "Started On": "2009",
            "Finished On": "Feb 2012",
        },
    ]
    files = {
        "Positions.csv": table(POSITIONS, jobs),
        "Education.csv": table(EDUCATION, [school("Acme", "2001", "2005")]),
        "Volunteering.csv": table(VOLUNTEERING, [{"Company Name": "Globex", "Role": "Coach"}]),
    }
    net = read(tmp_path / "Basic_LinkedInDataExport_11-22-2026", files)
    guessed = tg.graph.infer_ties(net).evidence
    guessed = guessed[guessed["kind"].isin(["same_employer_year", "same_school"])]
    pairs = {frozenset(pair) for pair in zip(guessed["source"], guessed["target"], strict=True)}
    # Al Oy of Globex came long after Ana had left; voluntary work and schools employ nobody.
    assert pairs == {
        frozenset({"ana", "bo-ek"}),
        frozenset({"ana", "al-1"}),
        frozenset({"al-1", "bo-ek"}),
    }
    assert set(guessed["kind"]) == {"same_employer_year"}
    G = tg.build_graph(tg.graph.infer_ties(net))
    assert G.nodes["ana"]["organisation"] == "Acme"
    assert G.nodes["ana"]["past"] == (("Globex", "Junior"),)
    assert G.nodes["ana"]["schools"] == ("Acme",)
    assert not G.edges["al-1", "bo-ek"]["observed"]
    assert G.edges["ana", "bo-ek"]["observed"]  # they are connected too


def test_a_past_colleague_who_has_moved_is_met_where_both_once_were(tmp_path):
    """Two archives know their owners' past: the years at Globex that they share make a tie."""
    mine = {"Company Name": "Globex", "Started On": "2009", "Finished On": "2012"}
    hers = {"Company Name": "GLOBEX GmbH", "Started On": "2011", "Finished On": "2015"}
    for who, job in (("ana", mine), ("cy", hers)):
        read(tmp_path / who, {"Positions.csv": table(POSITIONS, [job])}, owner=who)
    net = tg.read_linkedin([tmp_path / "ana", tmp_path / "cy"], owner=["ana", "cy"])
    told = tg.graph.infer_ties(net).evidence
    told = told[(told["kind"] == "same_employer_year") & (told["source"] == "ana")]
    assert told["target"].tolist() == ["cy"]
    assert told["amount"].tolist() == pytest.approx([2.0], abs=0.01)
    assert told["at"].dt.strftime("%Y-%m-%d").tolist() == ["2012-12-31"]


def test_a_torn_row_is_not_read_shifted_and_shows_none_of_its_words(tmp_path):
    titles = "Company Name,Title,Description,Location,Started On,Finished On"
    lines = ["Globex,Lead,I build x, y,Porto,Aug 2023,", "Acme,Lead,,Oslo,Aug 2020,"]
    net = read(tmp_path, {"Positions.csv": "\n".join([titles, *lines, ""])})
    assert places(net, "employer") == [("Acme", "Lead", "2020-08-01", "")]
    assert reasons(net, "Positions.csv") == {"more fields than the header has": 1}
    assert not net.report["value"].str.contains("Porto|build").any()


def test_a_row_that_is_one_text_is_no_position(tmp_path):
    titles = "Company Name,Title,Description,Location,Started On,Finished On"
    lines = ['"Acme,Lead,my secret words, and more,Oslo,Aug 2020,"', "Acme,Lead,,Oslo,Aug 2020,"]
    net = read(tmp_path, {"Positions.csv": "\n".join([titles, *lines, ""])})
    assert len(net.positions) == 1
    assert "secret" not in net.model_dump_json()
