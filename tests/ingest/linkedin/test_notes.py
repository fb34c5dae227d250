"""Notes.csv: that the owner took a note about a connection, and what it says if that is kept."""

import pytest

from helpers.linkedin_files import balance, reasons, table
from helpers.linkedin_life import everything, facts, read, texts

NOTES = (
    "Connection First Name,Connection Last Name,Connection Profile URL,Note,Created On,Edited On"
)
U = "https://www.linkedin.com/in/"


def note(name, slug="", at="2026-03-13 03:18:54 UTC"):
    first, _, last = name.partition(" ")
    return {
        "Connection First Name": first,
        "Connection Last Name": last,
        "Connection Profile URL": U + slug if slug else "",
        "Note": "met in secret,\nowes me lunch",
        "Created On": at,
        "Edited On": at,
    }


@pytest.mark.parametrize(
    ("at", "day"),
    [
        ("2026-03-13 03:18:54 UTC", "2026-03-13"),
        ("2025-11-01", "2025-11-01"),
        ("30 Jul 2025", "2025-07-30"),
        ("Sat Sep 05 08:12:14 UTC 2026", "2026-09-05"),
        ("1/29/26, 8:37 PM", "2026-01-30"),
        ("some day", ""),
    ],
)
def test_every_form_of_date_is_read(tmp_path, at, day):
    net = read(tmp_path, {"Notes.csv": table(NOTES, [note("Bo Ek", "bo-ek", at)])})
    assert facts(net, "note") == [("bo-ek", "", "", day, "")]
    assert balance(net.report)["Notes.csv"] == (1, 1, 0)
    assert "secret" not in everything(net)


def test_the_address_says_who_it_is_and_else_the_unique_name(tmp_path):
    rows = [note("Al Oy", "al-2"), note("BO EK"), note("Al Oy"), note("LinkedIn Member")]
    net = read(tmp_path, {"Notes.csv": table(NOTES, rows)})
    assert [one[0] for one in facts(net, "note")] == ["al-2", "bo-ek"]
    assert reasons(net, "Notes.csv") == {
        "the name fits several people": 1,
        "a member who is hidden or has left": 1,
    }


def test_a_former_connection_is_a_person_without_a_tie(tmp_path):
    net = read(tmp_path, {"Notes.csv": table(NOTES, [note("Zoë Ng", "zo%C3%AB-ng")])})
    assert net.people.loc["zoë-ng", "name"] == "Zoë Ng"
    assert "zoë-ng" not in {*net.evidence["source"], *net.evidence["target"]}


def test_a_torn_note_names_nobody(tmp_path):
    text = f"{NOTES}\nBo,Ek,{U}bo-ek,first line,2025-11-01,\nmet in secret\n"
    net = read(tmp_path, {"Notes.csv": text})
    assert facts(net, "note") == [("bo-ek", "", "", "2025-11-01", "")]
    assert sum(reasons(net, "Notes.csv").values()) == 1
    assert "secret" not in everything(net)


def test_words_are_kept_where_the_user_asks_for_them(tmp_path):
    rows = [note("Bo Ek", "bo-ek"), note("Al Oy")]
    net = read(tmp_path, {"Notes.csv": table(NOTES, rows)}, keep_text=True)
    assert texts(net) == [("note", "ana", "bo-ek", "met in secret,\nowes me lunch")]
