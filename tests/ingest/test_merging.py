"""People who turn out to be one, and apart again."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import trustgraph as tg
from trustgraph.errors import AmbiguousPersonError, RecordError, UnknownPersonError
from trustgraph.ingest.merging import merge_people, split_person

PEOPLE = [
    {"id": "ana", "name": "Ana Lima"},
    {"id": "bo", "name": "Bo Ek", "organisation": "Acme"},
    {"id": "bo-2", "name": "Bo Eklund", "organisation": "Globex", "position": "Head"},
    {"id": "cy", "name": "Cy Yun"},
    {"id": "cy-2", "name": "Cy Yun", "location": "Oslo", "do_not_ask": True},
]


def act(kind, source, target, at="2026-01-01", origin="ana", amount=1.0):
    return {
        "kind": kind,
        "source": source,
        "target": target,
        "at": at or None,
        "origin": origin,
        "amount": amount,
    }


ACTS = [
    act("connection", "ana", "bo", "2024-05-01"),
    act("connection", "bo-2", "ana", "2024-04-01", origin="bo-2"),
    act("recommendation", "bo", "ana"),
    act("recommendation", "bo-2", "ana", origin="bo-2"),
    act("project", "ana", "cy", ""),
    act("project", "ana", "cy", ""),
    act("message_day", "bo", "bo-2"),
]


@pytest.fixture
def net():
    return tg.Network.from_records(
        PEOPLE, ACTS, owners=["ana", "bo-2"], as_of="2026-02-01"
    ).with_judgement("bo-2", "ana", trust=0.8)


def told(net):
    rows = net.evidence
    days = rows["at"].dt.strftime("%Y-%m-%d").fillna("")
    return sorted(
        rows.assign(at=days)[["kind", "source", "target", "at", "origin"]].itertuples(
            index=False, name=None
        )
    )


def test_merged_people_are_one_person_everywhere(net):
    one = merge_people(net, "bo", "bo-2")
    assert one.people.index.tolist() == ["ana", "bo", "cy", "cy-2"]
    assert one.owners == ("ana", "bo")
    assert one.judgements.to_numpy().tolist() == [["bo", "ana", 0.8, 0.9]]
    assert told(one) == [
        ("connection", "bo", "ana", "2024-04-01", "ana\nbo"),
        # What was told as two is two; an act towards oneself is none.
        ("project", "ana", "cy", "", "ana"),
        ("project", "ana", "cy", "", "ana"),
        ("recommendation", "bo", "ana", "2026-01-01", "ana\nbo"),
    ]


def test_what_the_other_id_says_otherwise_is_kept_as_a_fact(net):
    facts = merge_people(net, "bo", "bo-2").facts
    rows = facts[["person", "kind", "text", "organisation"]].to_numpy().tolist()
    assert rows == [["bo", "name", "Bo Eklund", ""], ["bo", "work", "Head", "Globex"]]


def test_what_one_id_leaves_out_the_other_fills_in(net):
    cy = merge_people(net, "cy", "cy-2").person("cy")
    assert (cy.location, cy.do_not_ask) == ("Oslo", True)


def test_all_ids_and_names_of_a_person_are_understood(net):
    one = merge_people(net, "bo", "bo-2")
    for name in ("bo", "bo-2", "Bo Ek", "Bo Eklund"):
        assert one.resolve(name) == "bo"
    with pytest.raises(AmbiguousPersonError):
        one.resolve("Cy Yun")
    assert merge_people(one, "cy", "cy-2").resolve("Cy Yun") == "cy"
    assert one.person("bo-2").id == "bo"
    judged = one.with_judgement("ana", "bo-2", trust=0.5)
    assert judged.judgements["target"].tolist() == ["ana", "bo"]


def test_names_may_be_used_and_merging_twice_changes_nothing(net):
    once = merge_people(net, "Bo Ek", "Bo Eklund")
    assert once == merge_people(net, "bo", "bo-2", "bo-2")
    assert merge_people(once, "bo", "bo-2") == once
    assert merge_people(net, "bo", "bo") == net


def test_chains_are_one_person_and_come_apart_link_by_link(net):
    first = merge_people(net, "bo", "bo-2")
    chain = merge_people(first, "cy", "bo")
    assert chain.resolve("bo-2") == "cy"
    assert chain.merged.to_numpy().tolist() == [["bo", "cy"], ["bo-2", "bo"]]
    assert split_person(chain, "cy", "bo") == first
    assert split_person(chain, "cy") == net
    assert split_person(chain, "bo-2").resolve("bo-2") == "bo-2"
    assert split_person(chain, "bo-2").resolve("bo") == "cy"


def test_what_cannot_be_merged_or_split_is_told(net):
    with pytest.raises(UnknownPersonError, match="nobody at all"):
        merge_people(net, "bo", "nobody at all")
    with pytest.raises(ValueError, match="nobody else is named"):
        merge_people(net, "bo")
    with pytest.raises(UnknownPersonError):
        split_person(net, "zoe")
    with pytest.raises(ValueError, match="was not merged"):
        split_person(net, "bo")
    one = merge_people(net, "bo", "bo-2")
    with pytest.raises(ValueError, match="'cy' is no other id of 'bo'"):
        split_person(one, "bo", "cy")
    with pytest.raises(UnknownPersonError):
        split_person(one, "bo", "zoe")


def test_a_split_keeps_what_was_added_since(net):
    changed = merge_people(net, "bo", "bo-2").without_asking("bo")
    apart = split_person(changed, "bo")
    assert apart.people.loc[["bo", "bo-2"], "do_not_ask"].tolist() == [True, True]


@pytest.mark.parametrize(
    ("merged", "reason"),
    [
        ([("bo", "zoe")], "unknown person"),
        ([("zoe", "bo")], "unknown person"),
        ([("bo", "cy"), ("bo", "ana")], "merged twice"),
        ([("bo", "cy"), ("cy", "bo")], "into each other"),
        ([("bo", "bo")], "into each other"),
        ([("bo", "cy"), ("cy", "ana"), ("ana", "bo"), ("bo-2", "bo")], "into each other"),
    ],
)
def test_a_list_of_aliases_that_makes_no_sense_is_an_error(net, merged, reason):
    with pytest.raises(RecordError, match=reason):
        net.replace(merged=[{"alias": a, "person": p} for a, p in merged])


IDS = ["a", "b", "c", "d", "e"]


@st.composite
def networks(draw):
    ids = st.sampled_from(IDS)
    pairs = draw(st.lists(st.tuples(ids, ids), max_size=8))
    days = st.one_of(st.none(), st.sampled_from([1, 2]))
    kinds = st.sampled_from(["connection", "message_day", "project"])
    acts = [
        {
            "kind": draw(kinds),
            "source": one,
            "target": other,
            "at": (day := draw(days)) and dt.datetime(2026, 1, day, tzinfo=dt.UTC),
            "amount": draw(st.sampled_from([1.0, 2.0])),
            "origin": draw(st.sampled_from(["", "a", "b", "a\nb"])),
        }
        for one, other in pairs
        if one != other
    ]
    owners = draw(st.lists(ids, max_size=2, unique=True))
    people = [
        {
            "id": one,
            "name": draw(st.sampled_from(["", "Bo Ek", "Cy Yun"])),
            "organisation": draw(st.sampled_from(["", "Acme", "Acme Inc", "Globex"])),
        }
        for one in IDS
    ]
    return tg.Network.from_records(people, acts, owners=owners)


@settings(max_examples=25, deadline=None)
@given(networks(), st.lists(st.lists(st.sampled_from(IDS), min_size=2, max_size=4), max_size=4))
def test_a_split_takes_a_merge_back_whatever_was_merged_before(net, merges):
    for person, *others in merges:
        kept = net.resolve(person)
        joined = {net.resolve(other) for other in others} - {kept}
        after = merge_people(net, person, *others)
        assert tg.Network.model_validate_json(after.model_dump_json()) == after
        if joined:
            assert split_person(after, kept, *joined) == net
        assert len(after.people) == len(net.people) - len(joined)
        assert not set(after.evidence["source"]) & joined
        net = after
    undone = net
    for person in sorted(set(net.merged["person"]) & set(net.people.index)):
        undone = split_person(undone, person)
    assert undone == net.replace(merged=None)
    assert undone.people.index.tolist() == IDS


@settings(max_examples=20, deadline=None)
@given(networks())
def test_a_merge_changes_nothing_between_other_people(net):
    after = merge_people(net, "a", "b")
    columns = ["kind", "source", "target", "at", "amount"]
    told = []
    for rows in (net.evidence, after.evidence):
        others = ~rows["source"].isin(["a", "b"]) & ~rows["target"].isin(["a", "b"])
        told.append(rows.loc[others, columns].astype("str").to_numpy().tolist())
    assert told[0] == told[1]
