"""Skills, certificates and projects of the owner."""

from helpers.linkedin_files import balance, reasons, table
from helpers.linkedin_life import everything, facts, read

CERTIFICATIONS = "Name,Url,Authority,Started On,Finished On,License Number"
PROJECTS = "Title,Description,Url,Started On,Finished On"


def test_skills(tmp_path):
    rows = [{"Name": "Python"}, {"Name": " SQL "}, {"Name": "x" * 10_001}]
    net = read(tmp_path, {"Skills.csv": table("Name", rows)})
    assert facts(net, "skill") == [("ana", "Python", "", "", ""), ("ana", "SQL", "", "", "")]
    assert reasons(net, "Skills.csv") == {"a text of more than 10,000 characters": 1}
    assert balance(net.report)["Skills.csv"] == (3, 2, 1)
    assert set(net.facts["origin"]) == {"ana"}


def test_certificates_have_an_authority_and_dates(tmp_path):
    rows = [
        {
            "Name": "Sailing",
            "Authority": "Guild",
            "Started On": "Aug 2022",
            "Finished On": "2024",
            "License Number": "S-3CR3T",
            "Url": "https://example.org/secret",
        },
        {"Name": "Diving", "Started On": "2024", "Finished On": "2019"},
        {"Name": "Flying", "Started On": "once"},
        {"Authority": "Guild"},
    ]
    net = read(tmp_path, {"Certifications.csv": table(CERTIFICATIONS, rows)})
    assert facts(net, "certification") == [
        ("ana", "Diving", "", "", ""),
        ("ana", "Flying", "", "", ""),
        ("ana", "Sailing", "Guild", "2022-08-01", "2024-12-31"),
    ]
    said = net.report[(net.report["file"] == "Certifications.csv") & (net.report["row"] > 0)]
    assert said[["row", "reason", "value"]].values.tolist() == [
        [3, "it ends before it begins; used without dates", "2019"],
        [4, "the date cannot be read; used without it", ""],
        [5, "not used: a certificate without a name", ""],
    ]
    assert balance(net.report)["Certifications.csv"] == (4, 3, 1)
    assert "S-3CR3T" not in everything(net)
    assert "secret" not in everything(net)


def test_projects(tmp_path):
    rows = [
        {"Title": "Atlas", "Description": "in secret", "Started On": "Jan 2020"},
        {"Description": "in secret"},
    ]
    net = read(tmp_path, {"Projects.csv": table(PROJECTS, rows)})
    assert facts(net, "project") == [("ana", "Atlas", "", "2020-01-01", "")]
    assert reasons(net, "Projects.csv") == {"a project without a title": 1}
    assert "secret" not in everything(net)
