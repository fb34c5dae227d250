"""Ids of one person: what is handed out is joined, what was told is kept."""

import json

import pytest

import trustgraph as tg
from trustgraph.errors import RecordError

SAME = [{"alias": "bo-2", "person": "bo"}]


@pytest.fixture
def net():
    return tg.Network.from_records(
        [
            {"id": "ana", "name": "Ana Lima"},
            {"id": "bo", "url": "u"},
            {"id": "bo-2", "name": "Bo Ek", "organisation": "Acme", "location": "Oslo"},
            {"id": "cy"},
        ],
        [
            {"kind": "connection", "source": "ana", "target": "bo", "at": "2024-01-02"},
            {"kind": "connection", "source": "bo-2", "target": "ana", "at": "2023-01-02"},
            {"kind": "message_day", "source": "bo", "target": "bo-2", "at": "2024-01-02"},
            {"kind": "project", "source": "bo-2", "target": "cy", "origin": "bo-2"},
        ],
        positions=[
            {"person": person, "organisation": "Acme", "started": "2020-01-01"}
            for person in ("bo", "bo-2")
        ],
        facts=[{"person": person, "kind": "skill", "text": "SQL"} for person in ("bo", "bo-2")],
        texts=[
            {"kind": "message", "source": "bo", "target": "bo-2", "text": "to myself"},
            {"kind": "message", "source": "bo-2", "target": "ana", "text": "to Ana"},
        ],
        owners=["ana", "bo-2"],
    )


@pytest.fixture
def joined(net):
    return net.replace(merged=SAME)


def test_a_merged_person_has_one_row_that_the_aliases_complete(joined):
    assert joined.people.index.tolist() == ["ana", "bo", "cy"]
    row = joined.people.loc["bo"]
    assert row.tolist() == ["Bo Ek", "Acme", "", "Oslo", "u", False]


def test_acts_facts_and_texts_are_those_of_one_person(joined):
    acts = joined.evidence
    assert acts[["kind", "source", "target", "origin"]].values.tolist() == [
        ["connection", "bo", "ana", ""],
        ["project", "bo", "cy", "bo"],
    ]
    assert str(acts["at"].iloc[0].date()) == "2023-01-02"
    assert len(joined.positions) == len(joined.facts) == 1
    assert joined.texts[["source", "target"]].values.tolist() == [["bo", "ana"]]
    assert joined.owners == ("ana", "bo")


def test_a_merge_is_taken_back_without_loss(net, joined):
    assert joined != net
    assert joined.replace(merged=None) == net


def test_a_merge_survives_json(joined):
    again = tg.Network(**json.loads(joined.model_dump_json()))
    assert again == joined
    assert again.evidence.equals(joined.evidence)


def test_what_is_said_of_a_merged_person_holds_for_all_their_ids(net, joined):
    spared = joined.without_asking("bo")
    assert spared.people["do_not_ask"].tolist() == [False, True, False]
    assert spared.replace(merged=None).people["do_not_ask"].tolist() == [False, True, True, False]
    judged = net.with_judgement("bo-2", "ana", trust=0.2).replace(merged=SAME)
    again = judged.with_judgement("bo", "ana", trust=0.8)
    assert again.judgements["trust"].tolist() == [0.8]


def test_of_two_judgements_of_one_tie_the_later_counts(net):
    judged = net.with_judgement("bo", "ana", trust=0.2).with_judgement("bo-2", "ana", trust=0.8)
    assert judged.replace(merged=SAME).judgements["trust"].tolist() == [0.8]


def test_a_table_replaced_by_hand_makes_the_merge_last(joined):
    changed = joined.replace(people=joined.people.assign(location="Bergen"))
    assert changed.merged.empty
    assert changed.people.index.tolist() == ["ana", "bo", "cy"]
    assert changed.evidence.equals(joined.evidence)
    assert changed.owners == joined.owners


def test_aliases_of_aliases_are_those_of_the_person(net):
    chain = [{"alias": "cy", "person": "bo-2"}, *SAME]
    joined = net.replace(merged=chain)
    # The chain is kept, so that it can be taken back link by link.
    assert joined.merged.values.tolist() == [["bo-2", "bo"], ["cy", "bo-2"]]
    assert joined.people.index.tolist() == ["ana", "bo"]


@pytest.mark.parametrize(
    ("rows", "reason", "row"),
    [
        ([{"alias": "zoe", "person": "bo"}], "unknown person", 1),
        ([*SAME, {"alias": "cy", "person": "zoe"}], "unknown person", 2),
        ([{"alias": "bo", "person": "bo"}], "into each other", 1),
        ([*SAME, {"alias": "bo", "person": "bo-2"}], "into each other", 1),
        ([*SAME, {"alias": "bo-2", "person": "cy"}], "merged twice", 2),
    ],
)
def test_merges_that_make_no_sense_are_refused(net, rows, reason, row):
    with pytest.raises(RecordError, match=reason) as caught:
        net.replace(merged=rows)
    assert caught.value.row == row
