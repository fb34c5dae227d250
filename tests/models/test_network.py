import copy
import datetime as dt
import pickle

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

import trustgraph as tg
from trustgraph.errors import (
    AmbiguousPersonError,
    RecordError,
    SeveralOwnersError,
    UnknownPersonError,
)

from helpers.strategies import AS_OF, evidence

PEOPLE = [
    tg.Person(id="ana", name="Ana Lima", organisation="Acme"),
    tg.Person(id="bo", name="Bo Ek"),
    tg.Person(id="bo-2", name="Bo Ek", do_not_ask=True),
]
ACTS = [
    tg.Evidence(kind="connection", source="ana", target="bo"),
    tg.Evidence(kind="project", source="bo-2", target="ana", at="2024-05-01", amount=2),
]
JOBS = [tg.Position(person="ana", organisation="Acme", started=dt.date(2020, 1, 1))]


@pytest.fixture
def net():
    return tg.Network.from_records(PEOPLE, ACTS, positions=JOBS, owners=["ana"], as_of=AS_OF)


def as_mappings(records):
    return [record.model_dump() for record in records]


def as_frame(records):
    return pd.DataFrame(as_mappings(records))


@pytest.mark.parametrize("form", [as_mappings, as_frame, iter])
def test_models_mappings_and_frames_make_the_same_network(net, form):
    other = tg.Network.from_records(
        form(PEOPLE), form(ACTS), positions=form(JOBS), owners=["ana"], as_of=AS_OF
    )
    assert other == net


def test_its_own_tables_make_the_same_network(net):
    other = tg.Network.from_records(
        net.people,
        net.evidence,
        positions=net.positions,
        owners=net.owners,
        as_of=net.as_of,
        report=net.report,
    )
    assert other == net


def test_records_are_handed_out_as_the_models_they_were(net):
    assert list(net.iter_people()) == PEOPLE
    assert list(net.iter_evidence()) == ACTS
    assert list(net.iter_positions()) == JOBS
    assert net.person("Ana Lima") == PEOPLE[0]


@settings(max_examples=30, deadline=None)
@given(evidence())
def test_evidence_goes_in_and_out_unchanged(acts):
    given_acts = [tg.Evidence(**act) for act in acts]
    assert list(tg.Network.from_records(evidence=given_acts).iter_evidence()) == given_acts


def test_without_people_everybody_in_the_evidence_is_one():
    net = tg.Network.from_records(evidence=ACTS)
    assert net.people.index.tolist() == ["ana", "bo", "bo-2"]
    assert net.people["name"].tolist() == ["ana", "bo", "bo-2"]


def test_tables_have_their_declared_columns(net):
    people = ["name", "organisation", "position", "location", "url", "do_not_ask"]
    assert (net.people.index.name, net.people.columns.tolist()) == ("id", people)
    acts = ["kind", "source", "target", "at", "amount", "origin"]
    assert net.evidence.columns.tolist() == acts
    jobs = ["person", "organisation", "title", "started", "finished", "kind"]
    assert net.positions.columns.tolist() == jobs
    assert net.judgements.columns.tolist() == ["source", "target", "trust", "certainty"]
    report = ["file", "row", "level", "reason", "value", "mend"]
    assert net.report.columns.tolist() == report
    empty = tg.Network.from_records()
    for table in ("people", "evidence", "positions", "judgements", "report"):
        whole, none = getattr(net, table), getattr(empty, table)
        assert whole.columns.tolist() == none.columns.tolist()
        assert [dtype.name for dtype in whole.dtypes] == [dtype.name for dtype in none.dtypes]


# ------------------------------------------------------------------------------ references


@pytest.mark.parametrize(
    ("changes", "file", "row", "value"),
    [
        ({"evidence": [*ACTS, ACTS[0].replace(target="zoe")]}, "evidence.target", 3, "zoe"),
        ({"evidence": [ACTS[0].replace(source="zoe")]}, "evidence.source", 1, "zoe"),
        ({"positions": [*JOBS, JOBS[0].replace(person="zoe")]}, "positions.person", 2, "zoe"),
        ({"owners": ["ana", "zoe"]}, "owners", 2, "zoe"),
    ],
)
def test_an_unknown_person_is_named_with_table_and_row(net, changes, file, row, value):
    with pytest.raises(RecordError, match="unknown person") as caught:
        net.replace(**changes)
    assert (caught.value.file, caught.value.row, caught.value.value) == (file, row, value)
    assert "add this person" in caught.value.mend


def test_people_are_found_by_id_or_by_a_full_name_that_is_unique(net):
    assert net.resolve("ana") == net.resolve("Ana Lima") == net.resolve("  Ana   Lima ") == "ana"


def test_an_unknown_person_is_told_the_nearest_names(net):
    for ask in (net.resolve, net.person):
        with pytest.raises(UnknownPersonError) as caught:
            ask("Anna Lima")
        assert (caught.value.person, caught.value.near) == ("Anna Lima", ("Ana Lima",))


def test_a_name_that_several_bear_is_told_their_ids(net):
    with pytest.raises(AmbiguousPersonError) as caught:
        net.resolve("Bo Ek")
    assert (caught.value.person, caught.value.candidates) == ("Bo Ek", ("bo", "bo-2"))


def test_the_owner_is_the_only_one_or_an_error_with_all_of_them(net):
    assert net.owner == "ana"
    assert net.replace(owners=["ana", "ana"]).owner == "ana"
    for owners in (("ana", "bo"), ()):
        with pytest.raises(SeveralOwnersError) as caught:
            _ = net.replace(owners=owners).owner
        assert caught.value.owners == owners


# ------------------------------------------------------------------------------ nothing changes


def spoil(frame):
    """Write into a frame in every way that pandas lets one write."""
    for name in frame.columns:
        values = frame[name].to_numpy()
        if values.flags.writeable and len(values) > 1:
            values[0] = values[-1]
    frame.iloc[0] = frame.iloc[-1]
    frame.index = frame.index[::-1]
    del frame[frame.columns[0]]


@pytest.mark.parametrize("table", ["people", "evidence", "positions", "judgements", "report"])
def test_tables_are_copies_that_may_be_spoilt(net, table):
    net = net.with_judgement("bo", "ana", trust=0.5).with_judgement("bo-2", "ana", trust=0.6)
    net = net.replace(
        positions=[*JOBS, JOBS[0].replace(person="bo", organisation="Beta")],
        report=[{"file": "a.csv"}, {"file": "b.csv"}],
    )
    before = copy.deepcopy(net)
    spoil(getattr(net, table))
    assert net == before


@pytest.mark.parametrize("table", ["people", "evidence"])
def test_a_network_does_not_change_with_the_frame_it_was_made_of(table):
    frame = as_frame(PEOPLE if table == "people" else ACTS)
    parts = {"people": as_frame(PEOPLE), "evidence": as_frame(ACTS), table: frame}
    net = tg.Network.from_records(**parts)
    before = copy.deepcopy(net)
    spoil(frame)
    assert net == before


def test_a_network_is_frozen(net):
    with pytest.raises(ValueError, match="frozen"):
        net.owners = ()
    with pytest.raises(TypeError, match="unhashable"):
        hash(net)


def test_a_network_survives_pickle_and_copy(net):
    assert pickle.loads(pickle.dumps(net)) == copy.deepcopy(net) == net


def test_the_repr_shows_no_people(net):
    assert repr(net) == "Network(people=3, evidence=2, owners=('ana',), as_of='2026-01-01')"


@pytest.mark.parametrize(
    "changes",
    [
        {"people": [*PEOPLE, tg.Person(id="zoe")]},
        {"people": [PEOPLE[0].replace(position="CTO"), *PEOPLE[1:]]},
        {"evidence": ACTS[:1]},
        {"evidence": ACTS[::-1]},
        {"positions": ()},
        {"report": [{"file": "a.csv"}]},
        {"owners": ()},
        {"as_of": None},
        {
            "judgements": pd.DataFrame(
                [["bo", "ana", 0.5, 0.5]], columns=["source", "target", "trust", "certainty"]
            )
        },
    ],
    ids=str,
)
def test_networks_that_differ_in_anything_are_not_equal(net, changes):
    assert net.replace(**changes) != net
    assert net.replace() == net
    assert net != "net"


def test_a_changed_network_is_checked_like_a_new_one(net):
    with pytest.raises(RecordError, match="people, row 2: this id stands twice: 'ana'"):
        net.replace(people=[PEOPLE[0], PEOPLE[0]])
    with pytest.raises(RecordError, match="amount: Input should be greater than 0"):
        net.replace(evidence=net.evidence.assign(amount=-1.0))
    with pytest.raises(TypeError, match="peple"):
        net.replace(peple=[])


# ------------------------------------------------------------------------------ judgements


def test_a_judgement_is_kept_and_a_later_one_replaces_it(net):
    judged = net.with_judgement("Ana Lima", "bo", trust=0.8)
    assert judged.judgements.to_numpy().tolist() == [["ana", "bo", 0.8, 0.9]]
    judged = judged.with_judgement("bo", "ana", trust=0.1, certainty=0.2)
    again = judged.with_judgement("ana", "bo", trust=0.6, certainty=0)
    assert again.judgements.to_numpy().tolist() == [
        ["bo", "ana", 0.1, 0.2],
        ["ana", "bo", 0.6, 0.0],
    ]
    assert len(net.judgements) == 0


@pytest.mark.parametrize(
    "numbers",
    [{"trust": 0}, {"trust": 1}, {"trust": np.nan}, {"trust": 0.5, "certainty": 0.995}],
    ids=str,
)
def test_a_judgement_is_within_its_range(net, numbers):
    with pytest.raises(ValueError, match=r"a judged (trust|certainty) must lie in \["):
        net.with_judgement("ana", "bo", **numbers)


def test_a_judgement_is_about_two_known_people(net):
    with pytest.raises(ValueError, match="about somebody else"):
        net.with_judgement("ana", "ana", trust=0.5)
    with pytest.raises(UnknownPersonError):
        net.with_judgement("ana", "zoe", trust=0.5)
    with pytest.raises(RecordError, match="unknown person"):
        net.with_judgement("bo", "ana", trust=0.5).replace(
            people=PEOPLE[:1], evidence=(), positions=()
        )
    with pytest.raises(RecordError, match="judgements: columns are missing: 'certainty'"):
        net.replace(judgements=pd.DataFrame({"source": [], "target": [], "trust": []}))


def test_people_not_to_be_asked_are_marked_and_stay(net):
    changed = net.without_asking("Ana Lima", "bo")
    assert changed.people["do_not_ask"].tolist() == [True, True, True]
    assert net.people["do_not_ask"].tolist() == [False, False, True]
    assert net.without_asking() == net
    with pytest.raises(AmbiguousPersonError):
        net.without_asking("Bo Ek")


def test_a_network_survives_json_with_all_its_tables():
    net = tg.Network.from_records(
        [tg.Person(id="ana"), tg.Person(id="bo", organisation="Acme")],
        [
            tg.Evidence(kind="connection", source="ana", target="bo"),
            tg.Evidence(kind="meeting_day", source="ana", target="bo", at="2025-03-04T05:06:07Z"),
        ],
        positions=[{"person": "bo", "organisation": "Acme", "started": "2020-01-01"}],
        owners=["ana"],
        as_of="2026-01-01",
        report=[{"file": "a.csv", "row": 3, "level": "warning", "reason": "odd"}],
    ).with_judgement("bo", "ana", trust=0.8)
    assert tg.Network.model_validate_json(net.model_dump_json()) == net
    assert tg.Network(**net.model_dump()) == net
