"""Who may be one person under two ids."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import trustgraph as tg
from trustgraph._text import fold
from trustgraph.ingest.merging import merge_people
from trustgraph.ingest.proposals import MOST_BEARERS, possible_duplicates

from helpers.linkedin_files import connection, connections, folder, message, messages

U = "https://www.linkedin.com/in/"


def person(one, organisation="", name="Bo Ek"):
    url = "" if "|" in one else U + one
    return {"id": one, "name": name, "organisation": organisation, "url": url}


def tie(other, day="2024-05-01", owner="ana"):
    return {"kind": "connection", "source": owner, "target": other, "at": day, "origin": owner}


def proposed(people, acts=(), owners=("ana", "di")):
    everyone = [*people, {"id": "ana", "name": "Ana"}, {"id": "di", "name": "Di"}]
    frame = possible_duplicates(tg.Network.from_records(everyone, acts, owners=owners))
    return list(frame[["person", "other", "certainty"]].itertuples(index=False, name=None))


@pytest.mark.parametrize(
    ("people", "acts", "expected"),
    [
        # The same owner, name and day: an address that was changed.
        (
            [person("bo-1"), person("bo-2")],
            [tie("bo-1"), tie("bo-2")],
            [("bo-1", "bo-2", "likely")],
        ),
        (
            [person("bo-1", "Acme"), person("bo-2", "ACME Inc")],
            [tie("bo-1"), tie("bo-2")],
            [("bo-1", "bo-2", "very likely")],
        ),
        # The one with an address is the one to keep.
        (
            [person("Bo Ek|Acme", "Acme"), person("bo-2", "Globex")],
            [tie("Bo Ek|Acme"), tie("bo-2")],
            [("bo-2", "Bo Ek|Acme", "likely")],
        ),
        # Another day, another owner, another name or no date: nothing, but for the place.
        ([person("bo-1"), person("bo-2")], [tie("bo-1"), tie("bo-2", "2024-05-02")], []),
        ([person("bo-1"), person("bo-2")], [tie("bo-1"), tie("bo-2", owner="di")], []),
        ([person("bo-1"), person("bo-2")], [tie("bo-1", None), tie("bo-2", None)], []),
        ([person("bo-1"), person("bo-2", name="Bo Eks")], [tie("bo-1"), tie("bo-2")], []),
        (
            [person("bo-1", "Acme Inc."), person("bo-2", "acme")],
            [tie("bo-1"), tie("bo-2", owner="di")],
            [("bo-1", "bo-2", "possible")],
        ),
        ([person("bo-1", "Freelance"), person("bo-2", "Freelance")], [], []),
        # Two whom one owner met on different days are two, and so are those who know each other.
        (
            [person("bo-1", "Acme"), person("bo-2", "Acme")],
            [tie("bo-1"), tie("bo-2", "2024-05-02")],
            [],
        ),
        (
            [person("bo-1", "Acme"), person("bo-2", "Acme")],
            [{"kind": "message_day", "source": "bo-2", "target": "bo-1", "at": "2024-05-01"}],
            [],
        ),
        # Known by name only, or under an anonymous address.
        (
            [person("bo-1", "Globex"), person("Bo Ek|Acme", "Acme")],
            [],
            [("bo-1", "Bo Ek|Acme", "possible")],
        ),
        ([person("bo-1"), person("acoaab12")], [], [("bo-1", "acoaab12", "possible")]),
        (
            [person("bo-1", "Acme"), person("acoaab12", "Acme")],
            [],
            [("bo-1", "acoaab12", "likely")],
        ),
        (
            [person("bo-1"), person("bo-2"), person("Bo Ek|Acme", "Acme")],
            [],
            [("bo-1", "Bo Ek|Acme", "possible"), ("bo-2", "Bo Ek|Acme", "possible")],
        ),
        # Nobody has a name.
        ([person("bo-1", "Acme", ""), person("bo-2", "Acme", "")], [], []),
    ],
)
def test_people_are_proposed_with_reasons(people, acts, expected):
    assert proposed(people, acts) == expected


def test_the_reason_and_what_agrees_are_told():
    net = tg.Network.from_records(
        [person("bo-1", "Acme"), person("bo-2", "Acme Ltd"), {"id": "ana", "name": "Ana"}],
        [tie("bo-1"), tie("bo-2")],
    )
    row = possible_duplicates(net).iloc[0]
    assert row["reason"] == "same full name, connected to the same owner on the same day"
    assert row["evidence"] == "both connected to ana on 2024-05-01; both at Acme Ltd"


def test_a_name_that_many_bear_says_nothing_by_itself():
    people = [person(f"bo-{n}") for n in range(MOST_BEARERS)]
    assert len(proposed([*people[1:], person("Bo Ek|", "")])) == MOST_BEARERS - 1
    assert proposed([*people, person("Bo Ek|", "")]) == []


def test_who_is_merged_is_proposed_no_more():
    net = tg.Network.from_records([person("bo-1", "Acme"), person("bo-2", "Acme")])
    assert len(possible_duplicates(net)) == 1
    assert possible_duplicates(merge_people(net, "bo-1", "bo-2")).empty
    assert possible_duplicates(tg.Network()).empty


def archive(path, rows, more=None):
    return folder(path, {"Connections.csv": connections(rows), **(more or {})})


def test_a_changed_address_is_proposed_in_the_report_of_the_pool_and_not_merged(tmp_path):
    one = archive(tmp_path / "1", [connection("Bo Ek", "bo-old", company="Acme")])
    two = archive(tmp_path / "2", [connection("Bo Ek", "bo-new", company="Acme")])
    for order in itertools.permutations([one, two]):
        net = tg.read_linkedin(order, owner=["ana-lima", "ana-lima"])
        assert {"bo-old", "bo-new"} <= set(net.people.index)
        rows = net.report[net.report["reason"].str.startswith("very likely one person")]
        assert rows["value"].tolist() == ["bo-new / bo-old"]
        assert rows["mend"].tolist() == ["if they are: merge_people(net, 'bo-new', 'bo-old')"]


def test_two_of_a_name_in_one_archive_are_not_proposed_in_the_report(tmp_path):
    rows = [connection("Bo Ek", slug, company="Acme") for slug in ("bo-1", "bo-2")]
    one, two = archive(tmp_path / "1", rows), archive(tmp_path / "2", rows)
    net = tg.read_linkedin([one, two], owner=["ana-lima", "ana-lima"])
    assert not net.report["reason"].str.contains("one person").any()


def test_possible_pairs_are_counted_in_the_report(tmp_path):
    talk = messages([message("Ana Lima <ana-lima>", "Bo Ek <acoaab12>")])
    one = archive(tmp_path / "1", [connection("Cy Yun", "cy")], {"messages.csv": talk})
    two = archive(tmp_path / "2", [connection("Bo Ek", "bo-ek")])
    net = tg.read_linkedin([one, two], owner=["ana-lima", "di-wu"])
    rows = net.report[net.report["reason"].str.contains("possibly one person")]
    assert rows["value"].tolist() == ["1"]
    assert possible_duplicates(net)["other"].tolist() == ["acoaab12"]


PERSON = st.builds(
    person,
    st.sampled_from(["a-1", "a-2", "acoa-3", "a-4", "Bo Ek|", "Bo Ek|Acme", "Cy|Acme"]),
    st.sampled_from(["", "Acme", "ACME Inc", "Globex"]),
    st.sampled_from(["Bo Ek", "bo ek", "Cy"]),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(PERSON, max_size=7, unique_by=lambda one: one["id"]), st.data())
def test_every_proposal_has_its_reason_and_the_order_does_not_matter(people, data):
    acts = data.draw(
        st.lists(
            st.builds(
                tie,
                st.sampled_from([one["id"] for one in people] or ["x"]),
                st.sampled_from([None, "2024-05-01", "2024-05-02"]),
                st.sampled_from(["ana", "di"]),
            ),
            max_size=8 if people else 0,
        )
    )
    found = proposed(people, acts)
    assert found == proposed(people[::-1], acts[::-1])
    names = {one["id"]: fold(one["name"]) for one in people}
    pairs = [frozenset(pair[:2]) for pair in found]
    assert len(set(pairs)) == len(pairs)
    assert all(names[one] == names[other] for one, other, _ in found)


def test_of_two_addresses_the_one_in_use_is_the_one_to_keep():
    tie = {"kind": "connection", "source": "ana", "at": "2024-05-01", "origin": "ana"}
    talk = {"kind": "message_day", "source": "ana", "at": "2026-05-01", "origin": "ana"}
    people = [{"id": "ana"}, *({"id": one, "name": "Bo Ek"} for one in ("bo-a", "bo-z"))]
    acts = [{**tie, "target": "bo-a"}, {**tie, "target": "bo-z"}]
    for used, former in (("bo-a", "bo-z"), ("bo-z", "bo-a")):
        net = tg.Network.from_records(people, [*acts, {**talk, "target": used}], owners=["ana"])
        (row,) = possible_duplicates(net).to_dict("records")
        assert (row["person"], row["other"]) == (used, former)
