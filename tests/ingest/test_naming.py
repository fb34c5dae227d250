"""Names of organisations: which count as one, and how to put that right."""

import pytest

import trustgraph as tg
from trustgraph.errors import RecordError
from trustgraph.ingest.merging import merge_people, split_person
from trustgraph.ingest.naming import organisation_names, rename_organisations


@pytest.fixture
def net():
    people = [
        {"id": "ana", "organisation": "Acme"},
        {"id": "bo", "organisation": "Acme"},
        {"id": "cy", "organisation": "ACME GmbH"},
        {"id": "di", "organisation": "Acme Foods"},
        {"id": "eve", "organisation": ""},
        {"id": "fay", "organisation": "!!!"},
        {"id": "gus", "organisation": "???"},
    ]
    held = [
        {"person": "ana", "organisation": "Acme", "title": "Clerk"},
        {"person": "ana", "organisation": "Globex"},
        {"person": "bo", "organisation": "ACME GmbH"},
    ]
    return tg.Network.from_records(people, positions=held, as_of="2026-01-01")


def test_names_are_listed_with_those_that_count_as_one(net):
    rows = organisation_names(net).to_numpy().tolist()
    one = ("ACME GmbH", "Acme")
    assert rows == [
        ["ACME GmbH", "acme", 2, 3, one],
        ["Acme", "acme", 2, 3, one],
        ["!!!", "", 1, 1, ("!!!",)],
        ["???", "", 1, 1, ("???",)],
        ["Acme Foods", "acmefoods", 1, 1, ("Acme Foods",)],
        ["Globex", "globex", 1, 1, ("Globex",)],
    ]
    assert organisation_names(tg.Network()).empty


def test_names_are_told_apart_and_made_one_and_what_was_written_is_kept(net):
    changed = rename_organisations(net, {"ACME GmbH": "Acme Bakery", "Globex": "Acme Bakery"})
    told = organisation_names(changed).set_index("name")
    assert told["people"].to_dict() == {
        "Acme": 2,
        "Acme Bakery": 3,
        "!!!": 1,
        "???": 1,
        "Acme Foods": 1,
    }
    facts = changed.facts[["person", "kind", "organisation"]].to_numpy().tolist()
    assert facts == [["cy", "work", "ACME GmbH"]]
    assert net.person("cy").organisation == "ACME GmbH"
    assert rename_organisations(net, {}) == net


def test_the_answer_to_a_question_follows(net):
    tie = {"kind": "recommendation", "source": "cy", "target": "eve", "at": "2025-12-01"}
    net = net.replace(evidence=[tie])
    target = tg.Organisation("Acme")
    assert len(tg.find_introductions(tg.build_graph(net), "eve", target)) == 1
    apart = rename_organisations(net, {"ACME GmbH": "Bakery"})
    assert len(tg.find_introductions(tg.build_graph(apart), "eve", target)) == 0


def test_a_name_that_nobody_wrote_is_an_error_with_the_nearest(net):
    with pytest.raises(RecordError, match="ACME GmbH") as told:
        rename_organisations(net, {"Acme GmbH": "x"})
    assert told.value.row == 1
    with pytest.raises(RecordError, match="organisation_names"):
        rename_organisations(net, {"Zzzz": "x"})
    with pytest.raises(RecordError, match="empty"):
        rename_organisations(net, {"Acme": " "})


def test_names_of_a_merged_network_can_be_changed(net):
    one = merge_people(net, "ana", "cy")
    changed = rename_organisations(one, {"Acme": "Acme Bakery"})
    assert changed.person("ana").organisation == "Acme Bakery"
    assert split_person(changed, "ana") == rename_organisations(net, {"Acme": "Acme Bakery"})
