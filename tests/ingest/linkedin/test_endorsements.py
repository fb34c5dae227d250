"""Endorsements of skills: one click each."""

import pytest

import trustgraph as tg

from helpers.linkedin_files import (
    GIVEN,
    RECEIVED,
    acts,
    balance,
    connection,
    connections,
    folder,
    reasons,
    table,
)

GOT, GAVE = "Endorsement_Received_Info.csv", "Endorsement_Given_Info.csv"
TIES = connections([connection("Zoë Ng", "zo%C3%AB-ng"), connection("Bo Ek", "bo-ek")])
AT = "2024/02/01 15:02:55 UTC"


def row(name, slug="", skill="Python", status="ACCEPTED", at=AT, who="Endorser"):
    first, _, last = name.partition(" ")
    return {
        "Endorsement Date": at,
        "Skill Name": skill,
        f"{who} First Name": first,
        f"{who} Last Name": last,
        f"{who} Public Url": f"www.linkedin.com/in/{slug}" if slug else "",
        "Endorsement Status": status,
    }


def read(tmp_path, rows, *, file=GOT, header=RECEIVED):
    texts = {"Connections.csv": TIES, file: table(header, rows)}
    return tg.read_linkedin(folder(tmp_path, texts), owner="ana")


def clicks(net):
    rows = net.evidence[net.evidence["kind"] == "skill_endorsement"]
    return list(zip(rows["source"], rows["target"], rows["amount"], strict=True))


def test_raw_slugs_without_scheme_are_the_same_person(tmp_path):
    net = read(tmp_path, [row("Zoë Ng", "zoë-ng")])
    assert acts(net, "skill_endorsement") == [("skill_endorsement", "zoë-ng", "ana", "2024-02-01")]
    assert net.evidence["at"].astype(str).tolist()[-1] == "2024-02-01 15:02:55+00:00"


def test_of_one_that_was_given_the_owner_is_the_source(tmp_path):
    net = read(tmp_path, [row("Bo Ek", "bo-ek", who="Endorsee")], file=GAVE, header=GIVEN)
    assert clicks(net) == [("ana", "bo-ek", 1.0)]


def test_before_2023_people_are_found_by_name(tmp_path):
    header = RECEIVED.replace("Endorser Public Url,", "")
    rows = [{k: v for k, v in row("BO EK").items() if k != "Endorser Public Url"}]
    assert clicks(read(tmp_path, rows, header=header)) == [("bo-ek", "ana", 1.0)]


def test_clicks_in_one_second_are_added_up(tmp_path):
    rows = [
        row("Bo Ek", "bo-ek", skill="Python"),
        row("Bo Ek", "bo-ek", skill="SQL"),
        row("Bo Ek", "bo-ek", skill="sql"),
        row("Bo Ek", "bo-ek", skill="SQL", at="2024/02/01 15:02:56 UTC"),
    ]
    net = read(tmp_path, rows)
    assert clicks(net) == [("bo-ek", "ana", 2.0), ("bo-ek", "ana", 1.0)]
    assert reasons(net, GOT) == {"the same endorsement stands twice": 1}
    assert balance(net.report)[GOT] == (4, 3, 1)


@pytest.mark.parametrize(
    ("status", "counts"),
    [("ACCEPTED", 1), ("HIDDEN", 1), ("", 1), ("PENDING", 0), ("REJECTED", 0), ("ODD", 0)],
)
def test_a_click_counts_while_it_stands(tmp_path, status, counts):
    net = read(tmp_path, [row("Bo Ek", "bo-ek", status=status)])
    assert len(clicks(net)) == counts
    assert balance(net.report)[GOT] == (1, counts, 1 - counts)


def test_a_hidden_member_is_nobody_and_an_undated_click_is_undated(tmp_path):
    net = read(tmp_path, [row("LinkedIn Member"), row("Bo Ek", "bo-ek", at="never")])
    assert acts(net, "skill_endorsement") == [("skill_endorsement", "bo-ek", "ana", "")]
    assert reasons(net, GOT) == {"a member who is hidden or has left": 1}
