"""The owner's profile and positions."""

import pytest

import trustgraph as tg
from trustgraph.errors import RecordError

from helpers.linkedin_files import (
    POSITIONS,
    PROFILE,
    balance,
    folder,
    reasons,
    table,
)

ME = {
    "First Name": "Ana ",
    "Last Name": "Lima",
    "Headline": "Dreamer | Doer",
    "Geo Location": "Lisbon, Portugal",
    "Birth Date": "Feb 29",
    "Address": "Secret Street 1",
}


def position(company, title="", begun="", ended=""):
    return {"Company Name": company, "Title": title, "Started On": begun, "Finished On": ended}


def read(tmp_path, held, *, me=(ME,), **options):
    files = {"Profile.csv": table(PROFILE, me), "Positions.csv": table(POSITIONS, held)}
    return tg.read_linkedin(folder(tmp_path, files), **options)


def held(net):
    rows = net.positions
    days = [rows[name].dt.strftime("%Y-%m-%d").fillna("") for name in ("started", "finished")]
    return list(zip(rows["organisation"], rows["title"], *days, strict=True))


def test_the_owner_is_where_the_present_position_is_and_not_what_the_headline_says(tmp_path):
    rows = [
        position("Initech", "Lead", "Aug 2022"),
        position("Side Co", "Adviser", "2015"),
        position("Old Co", "Junior", "2009", "Feb 2012"),
    ]
    net = read(tmp_path, rows)
    me = net.person(net.owner)
    assert (me.name, me.organisation, me.position) == ("Ana Lima", "Initech", "Lead")
    assert me.location == "Lisbon, Portugal"
    assert net.owner == "Ana Lima|Initech"
    assert held(net) == [
        ("Old Co", "Junior", "2009-01-01", "2012-02-29"),
        ("Side Co", "Adviser", "2015-01-01", ""),
        ("Initech", "Lead", "2022-08-01", ""),
    ]
    assert set(net.positions["person"]) == {net.owner}


def test_birth_date_address_and_headline_are_not_kept(tmp_path):
    net = read(tmp_path, [])
    for frame in (net.people.reset_index(), net.report):
        text = frame.to_csv()
        assert "Secret" not in text
        assert "Feb 29" not in text
        assert "Dreamer" not in text


def test_without_a_present_position_there_is_no_organisation(tmp_path):
    net = read(tmp_path, [position("Old Co", "Junior", "2009", "2010")])
    assert net.person(net.owner).organisation == ""


def test_malformed_positions_are_reported_each(tmp_path):
    rows = [
        position("Initech", "Lead", "Aug 2022"),
        position("", "Ghost", "2009"),
        position("Odd Co", "", "2012", "2009"),
        position("Vague Co", "", "2012", "long ago"),
        position("Undated Co", "", "once"),
    ]
    net = read(tmp_path, rows)
    assert [row[0] for row in held(net)] == ["Initech", "Undated Co"]
    assert reasons(net, "Positions.csv") == {
        "a position without a company": 1,
        "the position ends before it begins": 1,
        "the date of leaving cannot be read": 1,
    }
    assert balance(net.report)["Positions.csv"] == (5, 2, 3)
    with pytest.raises(RecordError, match=r"Positions\.csv, row 3"):
        read(tmp_path, rows, strict=True)


def test_a_second_profile_and_a_nameless_one_are_reported(tmp_path):
    other = {"First Name": "Bo", "Last Name": "Ek"}
    net = read(tmp_path, [], me=({"Headline": "x"}, ME, other))
    assert net.person(net.owner).name == "Ana Lima"
    assert balance(net.report)["Profile.csv"] == (3, 1, 2)
