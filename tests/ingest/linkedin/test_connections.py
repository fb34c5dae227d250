"""Connections.csv in every form it has had."""

import pytest

import trustgraph as tg
from trustgraph.errors import RecordError

from helpers.linkedin_files import acts, balance, connection, connections, folder, reasons

FILE = "Connections.csv"


def read(tmp_path, text, **options):
    folder(tmp_path, {FILE: text})
    return tg.read_linkedin(tmp_path / FILE, **{"owner": "ana", **options})


@pytest.mark.parametrize("era", ["2016", "2020", "2022", "2023"])
def test_every_era_is_read(tmp_path, era):
    on = "11/22/16, 10:31 AM" if era == "2016" else "22 Nov 2016"
    rows = [connection("Bo Ek", "bo-ek", company="Acme", position="Lead", on=on)]
    net = read(tmp_path, connections(rows, era=era))
    person = "bo-ek" if era == "2023" else "Bo Ek|Acme"
    assert acts(net) == [("connection", "ana", person, "2016-11-22")]
    row = net.people.loc[person]
    assert row[["name", "organisation", "position"]].tolist() == ["Bo Ek", "Acme", "Lead"]
    assert row["url"] == ("https://www.linkedin.com/in/bo-ek" if era == "2023" else "")
    told_by_name = net.report["reason"].str.contains("people are told by name").any()
    assert told_by_name == (era != "2023")


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("08 Feb 2026", "8-Feb-26"),
        lambda text: text.partition("\n\n")[2],
        lambda text: "\n\nRead me\n" * 40 + text,
        lambda text: text.rstrip("\n"),
    ],
    ids=["mark", "windows", "spreadsheet", "no notes", "long notes", "no last line end"],
)
def test_a_file_saved_again_says_the_same(tmp_path, change):
    text = connections([connection("Bo Ek", "bo-ek"), connection("Zoë Ng", "zo%C3%AB-ng")])
    one = read(tmp_path / "one", text)
    other = read(tmp_path / "other", change(text))
    assert one.people.equals(other.people)
    assert one.evidence.equals(other.evidence)


def test_hidden_members_are_counted_and_are_nobody(tmp_path):
    rows = [connection("Bo Ek", "bo-ek")] + [{"Connected On": "07 Jun 2026"}] * 2 + [{}]
    net = read(tmp_path, connections(rows))
    assert net.people.index.tolist() == ["ana", "bo-ek"]
    assert reasons(net, FILE) == {
        "a member who is hidden or has left: only a date is given": 2,
        "an empty row": 1,
    }
    assert balance(net.report) == {FILE: (4, 1, 3)}


def test_names_are_cleaned_and_slugs_decoded(tmp_path):
    rows = [connection("Zoë\u200b  Ng, PhD ", "ZO%C3%AB-Ng", company="\u00a0Acme\u00a0 Inc ")]
    net = read(tmp_path, connections(rows))
    assert net.people.loc["zoë-ng"].tolist()[:2] == ["Zoë Ng, PhD", "Acme Inc"]
    assert net.people.loc["zoë-ng", "url"] == "https://www.linkedin.com/in/zo%C3%AB-ng"


def test_an_address_without_slug_is_no_address(tmp_path):
    row = connection("Bo Ek", company="Acme") | {"URL": "https://www.linkedin.com/in"}
    assert "Bo Ek|Acme" in read(tmp_path, connections([row])).people.index


def test_an_address_without_name_is_a_person(tmp_path):
    net = read(tmp_path, connections([connection("", "bo-ek")]))
    assert net.people.loc["bo-ek", "name"] == "bo-ek"


def test_a_company_without_a_person_is_malformed(tmp_path):
    rows = [connection("Bo Ek", "bo-ek"), {"Company": "Acme", "Connected On": "07 Jun 2026"}]
    text = connections(rows)
    net = read(tmp_path, text)
    assert reasons(net, FILE) == {"neither a name nor an address": 1}
    bad = net.report[net.report["row"] > 0]
    # Three lines of notes (the second is one line), a blank one, the header, Bo, then this.
    assert bad["row"].tolist() == [6]
    with pytest.raises(
        RecordError, match=r"Connections\.csv, row 6: neither a name nor an address"
    ):
        read(tmp_path, text, strict=True)


def test_a_date_that_cannot_be_read_leaves_an_undated_connection(tmp_path):
    text = connections([connection("Bo Ek", "bo-ek", on="31 Feb 2026")])
    net = read(tmp_path, text)
    assert acts(net) == [("connection", "ana", "bo-ek", "")]
    row = net.report[net.report["row"] > 0].iloc[0]
    assert (row["row"], row["level"], row["value"]) == (5, "warning", "31 Feb 2026")
    assert balance(net.report) == {FILE: (1, 1, 0)}
    with pytest.raises(RecordError, match="31 Feb 2026"):
        read(tmp_path, text, strict=True)


def test_a_row_that_stands_twice_counts_once_and_the_newest_facts_count(tmp_path):
    rows = [
        connection("Bo Ek", "bo-ek", company="Old", on="08 Feb 2024"),
        connection("Bo Ek", "BO-EK", company="New", on="09 Feb 2024"),
    ]
    for number, order in enumerate((rows, rows[::-1])):
        net = read(tmp_path / str(number), connections(order))
        assert net.people.loc["bo-ek", "organisation"] == "New"
        assert acts(net) == [("connection", "ana", "bo-ek", "2024-02-09")]
        assert balance(net.report) == {FILE: (2, 1, 1)}


def test_namesakes_at_one_company_stay_two_people(tmp_path):
    rows = [
        connection("Bo Ek", company="Acme", on="08 Feb 2020"),
        connection("Bo Ek", company="Acme", on="09 Feb 2020"),
        connection("Bo Ek", company="Globex", on="09 Feb 2020"),
    ]
    net = read(tmp_path, connections(rows, era="2020"))
    assert net.people.index.drop("ana").tolist() == [
        "Bo Ek|Acme|2020-02-08",
        "Bo Ek|Acme|2020-02-09",
        "Bo Ek|Globex",
    ]


def test_addresses_of_mail_are_not_kept(tmp_path):
    row = connection("Bo Ek", "bo-ek") | {"Email Address": "bo@example.org"}
    net = read(tmp_path, connections([row]))
    for frame in (net.people.reset_index(), net.evidence, net.report):
        assert "example.org" not in frame.to_csv()


def test_a_word_in_the_place_of_the_address_is_nobody_s_address(tmp_path):
    """A comma too few moves the fields: a company must not become somebody's address."""
    text = connections([]) + "Bo,Ek,Acme,Lead,08 Feb 2026\n"
    net = read(tmp_path, text + "Cy,Yun,https://www.linkedin.com/in/cy-yun,,,,08 Feb 2026\n")
    assert net.people.index.tolist() == ["ana", "cy-yun"]
    assert balance(net.report)[FILE] == (2, 1, 1)


def test_dates_of_a_spreadsheet_are_read_and_said(tmp_path):
    net = read(tmp_path, connections([connection("Bo Ek", "bo-ek", on="4-Apr-21")]))
    assert acts(net) == [("connection", "ana", "bo-ek", "2021-04-04")]
    told = net.report[net.report["reason"].str.startswith("dates as a spreadsheet")]
    assert told[["file", "value"]].to_numpy().tolist() == [[FILE, "1"]]
