"""Recommendations: people are found by full name, and not guessed."""

import pytest

import trustgraph as tg
from trustgraph.errors import RecordError

from helpers.linkedin_files import (
    RECOMMENDATIONS,
    acts,
    balance,
    connection,
    connections,
    folder,
    reasons,
    table,
)

GOT, GAVE = "Recommendations_Received.csv", "Recommendations_Given.csv"
TIES = connections(
    [
        connection("Bo Ek", "bo-ek", company="Acme"),
        connection("Al Oy", "al-1", company="Acme Inc"),
        connection("Al Oy", "al-2", company="Globex"),
        connection("Al Oy", "al-3", company="Globex"),
    ]
)


def row(name, company="", status="VISIBLE", at="01/24/18, 03:00 PM"):
    first, _, last = name.partition(" ")
    return {
        "First Name": first,
        "Last Name": last,
        "Company": company,
        "Job Title": "Lead",
        "Text": "The best\nof all, in secret",
        "Creation Date": at,
        "Status": status,
    }


def read(tmp_path, rows, *, file=GOT, **options):
    texts = {"Connections.csv": TIES, file: table(RECOMMENDATIONS, rows)}
    return tg.read_linkedin(folder(tmp_path, texts), owner="ana", **options)


@pytest.mark.parametrize("name", [GOT, "Recommendations Received.csv"])
def test_the_writer_is_the_source(tmp_path, name):
    net = read(tmp_path, [row("BO EK")], file=name)
    # 3 PM in California in winter is 11 PM in UTC.
    assert acts(net, "recommendation") == [("recommendation", "bo-ek", "ana", "2018-01-24")]


def test_of_one_that_was_given_the_owner_is_the_source(tmp_path):
    net = read(tmp_path, [row("Bo Ek")], file=GAVE)
    assert acts(net, "recommendation") == [("recommendation", "ana", "bo-ek", "2018-01-24")]


def test_of_namesakes_the_company_decides_or_nobody_is_taken(tmp_path):
    rows = [row("Al Oy", "ACME"), row("Al Oy", "Globex"), row("Al Oy", "Initech"), row("Al Oy")]
    net = read(tmp_path, rows)
    assert [source for _, source, *_ in acts(net, "recommendation")] == ["al-1"]
    assert reasons(net, GOT) == {"the name fits several people": 3}
    left = net.report[net.report["reason"].str.contains("fits several")]
    assert left["value"].tolist() == ["Al Oy"] * 3
    assert left["level"].tolist() == ["warning"] * 3
    assert left["row"].tolist() == [4, 6, 8]


def test_a_unique_name_is_enough_whatever_the_company(tmp_path):
    net = read(tmp_path, [row("Bo Ek", "Elsewhere")])
    assert acts(net, "recommendation")[0][1] == "bo-ek"
    assert net.people.loc["bo-ek", "organisation"] == "Acme"


def test_somebody_unknown_is_known_by_name_and_company(tmp_path):
    net = read(
        tmp_path, [row("Jo No", "Initech"), row("Jo No", "Initech GmbH", at="02/24/18, 03:00 PM")]
    )
    assert net.people.loc["Jo No|Initech", ["organisation", "position"]].tolist() == [
        "Initech",
        "Lead",
    ]
    assert len(acts(net, "recommendation")) == 2


def test_pending_ones_are_not_given_and_hidden_ones_are(tmp_path):
    rows = [
        row("Bo Ek", status="PENDING"),
        row("Bo Ek", status="HIDDEN"),
        row("Bo Ek", status="ODD"),
    ]
    net = read(tmp_path, rows)
    assert len(acts(net, "recommendation")) == 1
    assert reasons(net, GOT) == {
        "a pending recommendation": 1,
        "an unknown status of a recommendation": 1,
    }
    assert balance(net.report)[GOT] == (3, 1, 2)


def test_an_unquoted_date_is_put_together_again(tmp_path):
    text = RECOMMENDATIONS + "\nBo,Ek,Acme,Lead,x,01/24/18, 03:00 PM,VISIBLE\n"
    path = folder(tmp_path, {"Connections.csv": TIES, GOT: text})
    net = tg.read_linkedin(path, owner="ana")
    assert acts(net, "recommendation") == [("recommendation", "bo-ek", "ana", "2018-01-24")]
    mended = net.report[(net.report["file"] == GOT) & (net.report["row"] == 2)]
    assert len(mended) == 1
    with pytest.raises(RecordError, match="row 2"):
        tg.read_linkedin(path, owner="ana", strict=True)


def test_texts_are_not_kept(tmp_path):
    net = read(tmp_path, [row("Bo Ek"), row("Al Oy"), row("Bo Ek", at="x")])
    for frame in (net.people.reset_index(), net.evidence, net.report):
        assert "secret" not in frame.to_csv()
