"""Contacts.csv and ImportedContacts.csv: people, and no ties."""

import numpy as np
import pytest

import trustgraph as tg

from helpers.linkedin_files import acts, balance, message, messages, reasons, table
from helpers.linkedin_life import everything, facts, read

CONTACTS = (
    "Source,FirstName,LastName,Companies,Title,Emails,PhoneNumbers,CreatedAt,Addresses,Sites,"
    "InstantMessageHandles,FullName,Birthday,Location,BookmarkedAt,Profiles"
)
IMPORTED = "FirstName,MiddleName,LastName,Emails,PhoneNumbers,Title,Location,CreatedAt,UpdatedAt"
PRIVATE = {
    "Emails": "secret@example.org",
    "PhoneNumbers": "+00 5EC-RET",
    "Location": "Secret Street 1",
}


def contact(first, last="", **more):
    return {
        "FirstName": first,
        "LastName": last,
        "CreatedAt": "1/29/26, 2:37 PM",
        **PRIVATE,
        **more,
    }


def book(tmp_path, rows, *, file="Contacts.csv", header=CONTACTS, owner="ana", **files):
    names = header.split(",")
    kept = [{name: text for name, text in row.items() if name in names} for row in rows]
    return read(tmp_path, {file: table(header, kept), **files}, owner=owner)


@pytest.mark.parametrize(
    ("file", "header"),
    [
        ("Contacts.csv", CONTACTS),
        ("ImportedContacts.csv", IMPORTED),
        ("Imported Contacts.csv", ",".join(sorted(IMPORTED.split(","), reverse=True))),
    ],
)
def test_columns_are_read_by_name_whatever_their_order(tmp_path, file, header):
    net = book(tmp_path, [contact("Jo", "No", MiddleName="B.")], file=file, header=header)
    name = "Jo No" if file == "Contacts.csv" else "Jo B. No"
    assert facts(net, "address_book") == [(f"{name}|", "", "", "2026-01-29", "")]
    assert net.people.loc[f"{name}|", "name"] == name
    assert balance(net.report)[file] == (1, 1, 0)
    for word in ("ecret", "5EC-RET"):
        assert word not in everything(net)


def test_a_contact_is_the_person_of_that_name_or_a_new_one_and_never_a_tie(tmp_path):
    rows = [
        contact("BO", "EK", Companies="Plumb & Co", Title="Plumber"),
        contact("Al", "Oy", Companies="acme"),
        contact("Al", "Oy"),
        contact("Jo", "No", Companies="Initech", Title="Lead"),
        contact("Jo", "No", Companies="Initech GmbH"),
        contact("", "", FullName="Jo No"),
        contact("Ana", "Lima"),
    ]
    net = book(tmp_path, rows)
    assert facts(net, "address_book") == [
        ("Ana Lima|", "", "", "2026-01-29", ""),
        ("Jo No|Initech", "", "", "2026-01-29", ""),
        ("Jo No|Initech", "", "Initech GmbH", "2026-01-29", ""),
        ("Jo No|Initech", "Lead", "Initech", "2026-01-29", ""),
        ("al-1", "", "acme", "2026-01-29", ""),
        ("bo-ek", "Plumber", "Plumb & Co", "2026-01-29", ""),
    ]
    assert reasons(net, "Contacts.csv") == {"the name fits several people": 1}
    assert set(net.evidence["kind"]) == {"connection"}
    # What a telephone says does not change what a connection says.
    assert net.people.loc["bo-ek", ["name", "organisation", "position"]].tolist() == [
        "Bo Ek",
        "Acme",
        "",
    ]
    assert net.people.loc["Jo No|Initech", ["organisation", "position"]].tolist() == [
        "Initech",
        "Lead",
    ]


def test_the_owner_s_own_card_is_not_a_contact(tmp_path):
    talk = [message("Bo Ek <bo-ek>", "Ana Lima <ana>")]
    net = book(tmp_path, [contact("Ana", "Lima")], **{"messages.csv": messages(talk)})
    assert facts(net, "address_book") == []
    assert reasons(net, "Contacts.csv") == {"it names the owner alone": 1}


def test_contacts_without_a_name_are_counted(tmp_path):
    rows = [
        contact("secret@example.org"),
        contact("+00 5EC-RET".replace("ECRET", "")[:5]),
        contact(""),
        contact("Bo", "Ek", FullName="secret@example.org"),
    ]
    net = book(tmp_path, rows)
    assert reasons(net, "Contacts.csv") == {"a contact without a name": 3}
    assert [one[0] for one in facts(net, "address_book")] == ["bo-ek"]
    assert "secret" not in everything(net)


def test_an_address_book_decides_nothing_about_ties(tmp_path):
    """A recommendation by a unique name stays one, though two contacts bear it too."""
    header = "First Name,Last Name,Company,Job Title,Text,Creation Date,Status"
    letter = 'Jo,No,Initech,Lead,x,"01/24/18, 03:00 PM",VISIBLE\n'
    files = {"Recommendations_Received.csv": f"{header}\n{letter}"}
    rows = [contact("Jo", "No", Companies="Globex"), contact("Jo", "No", Companies="Acme")]
    with_book = book(tmp_path / "with", rows, **files)
    without = read(tmp_path / "without", files)
    assert acts(with_book) == acts(without)
    assert with_book.people.loc[without.people.index].equals(without.people)


def test_people_without_ties_break_nothing(tmp_path):
    rows = [contact(f"Con {n}", "Tact", Companies="Globex") for n in range(30)]
    talk = [
        message(*pair, f"2026-03-{day:02} 10:00:00 UTC")
        for day in range(1, 20)
        for pair in (("Bo Ek <bo-ek>", "Ana <ana>"), ("Ana <ana>", "Bo Ek <bo-ek>"))
    ]
    net = book(tmp_path, rows, **{"messages.csv": messages(talk)})
    G = tg.build_graph(net)
    assert len(G) == len(net.people) == 34
    assert sum(degree == 0 for _, degree in G.degree()) == 30
    ranked = tg.rank_organisations(G, "ana").set_index("organisation")
    assert ranked["insiders"].to_dict() == {"Acme": 2, "Globex": 1}
    assert tg.find_organisations(G, "Globex")["people"].tolist() == [31]
    paths = tg.find_introductions(G, "ana", "Con 1 Tact")
    assert (len(paths), paths.reason) == (0, "no_path")
    assert tg.graph.TrustIndex.from_graph(G).n == 34
    ax = tg.plot.plot_network(G)
    told = " ".join(text.get_text() for text in ax.texts)
    assert "not reached: 30" in told
    assert np.isfinite(
        [one for child in ax.collections for one in child.get_offsets().ravel()]
    ).all()


def test_two_colleagues_pool_their_address_books(tmp_path):
    rows = [contact("Jo", "No", Companies="Initech"), contact("Mum")]
    for who in ("ana", "cy"):
        book(tmp_path / who, rows, owner=who)
    net = tg.read_linkedin([tmp_path / "ana", tmp_path / "cy"], owner=["ana", "cy"])
    told = net.facts[net.facts["kind"] == "address_book"]
    jo = told[told["person"] == "Jo No|Initech"]
    assert jo["origin"].tolist() == ["ana\ncy"]
    # Two people's mothers are two people, as far as a first name tells.
    assert set(told["person"]) == {"Jo No|Initech", "Mum||ana", "Mum||cy"}


def test_a_number_is_no_part_of_a_name(tmp_path):
    rows = [
        contact("Jo", "No"),
        contact("Mum +49 176 1234567", ""),
        contact("bob (at) x.y 01761", ""),
    ]
    net = book(tmp_path, rows)
    assert "1234567" not in net.model_dump_json()
    assert "01761" not in net.model_dump_json()
