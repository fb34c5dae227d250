import datetime as dt
import sys
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

import trustgraph as tg
from trustgraph._names import CONTRACT_VERSION, EDGE_ATTRIBUTES, GRAPH_ATTRIBUTES, NODE_ATTRIBUTES

from helpers.strategies import AS_OF, PEOPLE, evidence

TWENTY_YEARS_AGO = "2006-01-01"  # 7,305 days before AS_OF: exactly 20 years of 365.25 days


def network(*acts, people=(), **more):
    return tg.Network.from_records(people, acts, as_of=AS_OF, **more)


def act(kind, source, target, at=None, amount=1.0):
    return {"kind": kind, "source": source, "target": target, "at": at, "amount": amount}


@pytest.fixture
def small():
    return network(
        act("connection", "ana", "bo"),
        act("project", "bo", "ana", TWENTY_YEARS_AGO),
        people=[
            {"id": "ana", "name": "Ana Lima", "organisation": "Acme", "position": "CTO"},
            {"id": "bo", "name": "Bo Ek"},
            {"id": "cy", "name": "Cy Ito", "do_not_ask": True},
        ],
        owners=["ana"],
    )


def test_an_edge_carries_what_can_be_worked_out_by_hand(small):
    edge = tg.build_graph(small).edges["bo", "ana"]
    # A project has mass 1.5, cap 5 and a half-life of 10 years: after 20 years 1.5 / 4 = 0.375 is
    # left, of which the cap leaves 5 (1 - exp(-0.375 / 5)) = 0.36128. The connection adds 0.1.
    good = 5 * (1 - np.exp(-0.075)) + 0.1
    alpha, beta = good + 0.1 * 2, 0.9 * 2
    assert edge["trust"] == pytest.approx(alpha / (alpha + beta))
    assert edge["trust"] == pytest.approx(0.2687, abs=5e-5)
    assert edge["certainty"] == edge["belief"] == pytest.approx(good / (good + 2))
    # The gate opens at 6 of 9 trials, a forward at 2, the trust being Beta(alpha, beta).
    willing = stats.betabinom.sf(5, 9, alpha, beta)
    assert edge["willingness"] == pytest.approx(willing)
    assert edge["forwards"] == pytest.approx(stats.betabinom.sf(1, 9, alpha, beta))
    lifted = alpha / (alpha + beta) * stats.betabinom.sf(5, 9, alpha + 1, beta)
    assert edge["endorsed_trust"] == pytest.approx(lifted / willing)
    # Both worked on the project, on one day 7,305 days ago: 1/7306 for the own act, half of it
    # for the other's; threshold 9/365 and exponent 0.7 over a year.
    strength, threshold = (1.5 / 7306) ** 0.7, (9 / 365) ** 0.7
    recall = strength / (strength + threshold)
    assert edge["recall"] == pytest.approx(recall)
    floor = 0.12 + (0.58 - 0.12) * good / (good + 2)
    assert edge["response"] == pytest.approx(floor + (1 - floor) * recall)
    assert edge["observed"] is True
    assert edge["last_contact"] == TWENTY_YEARS_AGO
    assert edge["evidence"] == 2


def test_kinds_tell_how_often_when_and_by_whom(small):
    G = tg.build_graph(small)
    project = {"count": 1, "first": TWENTY_YEARS_AGO, "last": TWENTY_YEARS_AGO, "direction": "both"}
    connection = {"count": 1, "first": "", "last": "", "direction": "both"}
    assert G.edges["bo", "ana"]["kinds"] == {"connection": connection, "project": project}
    G = tg.build_graph(
        network(
            act("recommendation", "bo", "ana", "2024-05-01"),
            act("recommendation", "bo", "ana", "2025-05-01"),
        )
    )
    told = {"count": 2, "first": "2024-05-01", "last": "2025-05-01"}
    assert G.edges["bo", "ana"]["kinds"]["recommendation"] == {**told, "direction": "out"}
    assert G.edges["ana", "bo"]["kinds"]["recommendation"] == {**told, "direction": "in"}


def test_messages_are_told_as_what_became_of_them():
    G = tg.build_graph(
        network(
            act("message_day", "ana", "bo", "2025-03-01"),
            act("message_day", "bo", "ana", "2025-03-02"),
            act("message_day", "ana", "bo", "2025-09-01"),
        )
    )
    kinds = G.edges["ana", "bo"]["kinds"]
    assert sorted(kinds) == ["conversation_day", "message_unanswered"]
    assert kinds["conversation_day"]["count"] == 2
    assert kinds["message_unanswered"]["direction"] == "out"


def test_people_without_ties_and_people_not_to_be_asked_stay_in_the_graph(small):
    G = tg.build_graph(small)
    assert list(G) == ["ana", "bo", "cy"]
    assert G.degree("cy") == 0
    assert G.nodes["cy"]["do_not_ask"] is True
    assert G.nodes["ana"] == {
        "name": "Ana Lima",
        "organisation": "Acme",
        "position": "CTO",
        "kind": "person",
        "do_not_ask": False,
        "also": (),
        "past": (),
        "schools": (),
    }


def test_the_graph_is_plain_and_fulfils_the_contract(small):
    G = tg.build_graph(small)
    assert type(G) is nx.DiGraph
    assert tg.graph.validate_graph(G) is None
    assert set(G.graph) == set(GRAPH_ATTRIBUTES)
    assert all(set(NODE_ATTRIBUTES) <= set(held) for _, held in G.nodes(data=True))
    for _, _, held in G.edges(data=True):
        assert set(held) == set(EDGE_ATTRIBUTES)
        assert {type(value) for value in held.values()} <= {float, bool, str, int, dict}


def test_the_graph_says_how_it_was_made(small):
    model = tg.TrustModel(paths=tg.trust.PathModel(retention=0.7))
    G = tg.build_graph(small, model=model)
    assert tg.TrustModel.model_validate_json(G.graph["model"]) == model
    assert G.graph["as_of"] == "2026-01-01T00:00:00+00:00"
    assert G.graph["owners"] == ("ana",)
    assert G.graph["version"] == CONTRACT_VERSION


def test_a_graph_of_an_earlier_date_knows_nothing_later():
    net = network(
        act("recommendation", "bo", "ana", "2024-05-01"),
        act("recommendation", "cy", "ana", "2025-05-01"),
    )
    G = tg.build_graph(net, as_of=dt.date(2024, 6, 1))
    assert sorted(G.edges) == [("ana", "bo"), ("bo", "ana")]
    assert G.graph["as_of"] == "2024-06-01T00:00:00+00:00"
    assert sorted(G) == ["ana", "bo", "cy"]


def test_without_a_date_the_newest_record_counts_and_never_today():
    acts = [act("meeting_day", "ana", "bo", "2019-05-01"), act("connection", "ana", "bo")]
    net = tg.Network.from_records(evidence=acts)
    assert tg.build_graph(net).graph["as_of"].startswith("2019-05-01")
    undated = tg.Network.from_records(evidence=acts[1:])
    assert tg.build_graph(undated).graph["as_of"] == ""


def test_a_judgement_alone_is_an_edge_without_kinds():
    net = tg.Network.from_records([{"id": "ana"}, {"id": "bo"}])
    G = tg.build_graph(net.with_judgement("bo", "ana", trust=0.7))
    assert G.edges["bo", "ana"]["trust"] == pytest.approx(0.7)
    assert G.edges["bo", "ana"]["kinds"] == {}
    assert G.edges["ana", "bo"]["observed"] is False


def test_an_empty_network_is_an_empty_graph():
    G = tg.build_graph(tg.Network.from_records())
    assert (len(G), G.number_of_edges()) == (0, 0)
    assert tg.graph.validate_graph(G) is None


# ------------------------------------------------------------------------------ positions

POSITIONS = [
    {"person": "ana", "organisation": "Old Co", "title": "Clerk", "finished": "2015-01-01"},
    {"person": "ana", "organisation": "Mid Co", "title": "Buyer", "finished": "2020-01-01"},
    {"person": "ana", "organisation": "Now Co", "title": "CTO", "started": "2020-02-01"},
    {"person": "ana", "organisation": "Next Co", "title": "CEO", "started": "2027-01-01"},
    {"person": "ana", "organisation": "Uni B", "kind": "school", "finished": "2010-01-01"},
    {"person": "ana", "organisation": "Uni A", "kind": "school"},
    {"person": "ana", "organisation": "Uni A", "kind": "school", "title": "MSc"},
]


def test_former_positions_stand_newest_first_and_schools_by_name():
    G = tg.build_graph(network(people=[{"id": "ana"}], positions=POSITIONS))
    assert G.nodes["ana"]["past"] == (("Mid Co", "Buyer"), ("Old Co", "Clerk"))
    assert G.nodes["ana"]["schools"] == ("Uni A", "Uni B")


def test_a_position_still_held_at_the_date_of_the_graph_is_not_past():
    net = network(people=[{"id": "ana"}], positions=POSITIONS)
    then = tg.build_graph(net, as_of="2019-01-01").nodes["ana"]
    assert then["past"] == (("Old Co", "Clerk"),)
    assert (then["organisation"], then["position"]) == ("Mid Co", "Buyer")


def test_other_present_positions_are_kept_apart():
    board = {"person": "ana", "organisation": "Board Co", "title": "Board member"}
    net = network(people=[{"id": "ana"}], positions=[*POSITIONS, board])
    G = tg.build_graph(net)
    assert G.nodes["ana"]["organisation"] == "Now Co"
    assert G.nodes["ana"]["also"] == (("Board Co", "Board member"),)
    named = [{"id": "ana", "organisation": "Other Works"}]
    known = tg.build_graph(network(people=named, positions=[board])).nodes["ana"]
    assert known["also"] == (("Board Co", "Board member"),)
    same = [{"id": "ana", "organisation": "Board Co Inc."}]
    assert tg.build_graph(network(people=same, positions=[board])).nodes["ana"]["also"] == ()


@pytest.mark.parametrize(
    ("organisation", "expected"), [("", ("Now Co", "CTO")), ("Acme", ("Acme", "Head"))]
)
def test_a_present_position_stands_in_where_no_organisation_is_recorded(organisation, expected):
    position = "Head" if organisation else ""
    person = {"id": "ana", "organisation": organisation, "position": position}
    held = tg.build_graph(network(people=[person], positions=POSITIONS)).nodes["ana"]
    assert (held["organisation"], held["position"]) == expected


# ------------------------------------------------------------------------------ laws


@settings(max_examples=40, deadline=None)
@given(evidence(), st.randoms(use_true_random=False))
def test_the_order_of_people_and_rows_changes_nothing(acts, chance):
    people = [{"id": person, "name": person.title()} for person in PEOPLE]
    first = tg.build_graph(network(*acts, people=people))
    shuffled, others = list(acts), list(people)
    chance.shuffle(shuffled)
    chance.shuffle(others)
    second = tg.build_graph(network(*shuffled, people=others))
    assert nx.utils.graphs_equal(first, second)
    assert list(first.nodes) == list(second.nodes)
    assert list(first.edges) == list(second.edges)


@settings(max_examples=40, deadline=None)
@given(evidence(), st.permutations(PEOPLE))
def test_renaming_people_renames_the_graph_and_nothing_else(acts, names):
    new = {old: f"{name}-2" for old, name in zip(PEOPLE, names, strict=True)}
    renamed = [{**row, "source": new[row["source"]], "target": new[row["target"]]} for row in acts]
    people = [{"id": person, "name": "Somebody"} for person in PEOPLE]
    first = tg.build_graph(network(*acts, people=people))
    second = tg.build_graph(
        network(*renamed, people=[{**one, "id": new[one["id"]]} for one in people])
    )
    expected = tg.graph.edges_frame(nx.relabel_nodes(first, new))
    pd.testing.assert_frame_equal(tg.graph.edges_frame(second), expected)


@settings(max_examples=30, deadline=None)
@given(evidence())
def test_every_tie_has_both_directions_and_the_graph_is_valid(acts):
    G = tg.build_graph(network(*acts))
    assert tg.graph.validate_graph(G) is None
    assert all(G.has_edge(target, source) for source, target in G.edges)


# ------------------------------------------------------------------------------ no loop per row


def lines_run(function):
    """Count the lines of the package that run, every turn of every loop included."""
    root, count = str(Path(tg.__file__).parent), 0

    def local(frame, event, argument):
        nonlocal count
        count += event == "line"
        return local

    def trace(frame, event, argument):
        return local if frame.f_code.co_filename.startswith(root) else None

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        function()
    finally:
        sys.settrace(before)
    return count


def talk(rows, people=3000, pairs=1000):
    """Make so many message-days among the same pairs, each pair talking on many days."""
    generator = np.random.default_rng(7)
    pair = np.arange(rows) % pairs
    back = generator.random(rows) < 0.5
    one, other = 2 * pair, 2 * pair + 1
    day = np.datetime64("2020-01-01") + (np.arange(rows) // pairs).astype("timedelta64[D]")
    ids = np.array([f"p{number:05}" for number in range(people)])
    return tg.Network.from_records(
        pd.DataFrame({"id": ids}),
        pd.DataFrame(
            {
                "kind": "message_day",
                "source": ids[np.where(back, one, other)],
                "target": ids[np.where(back, other, one)],
                "at": day,
            }
        ),
        as_of="2026-01-01",
    )


def test_no_python_loop_runs_over_the_rows_of_evidence():
    few, many = talk(20_000), talk(100_000)
    used = [lines_run(lambda net=net: tg.build_graph(net)) for net in (few, many)]
    assert used[0] > 2000, "the loop over edges is seen"
    assert used[1] - used[0] < 100
    G = tg.build_graph(many)
    assert (len(G), G.number_of_edges()) == (3000, 2000)
    assert {number for _, _, number in G.edges(data="evidence")} == {100}


def test_a_graph_of_an_earlier_day_has_people_where_they_were_then():
    people = [{"id": "bo", "organisation": "Beta"}, {"id": "cy", "organisation": "Gamma"}]
    jobs = [
        {"person": "bo", "organisation": "Acme", "started": "2015-01-01", "finished": "2020-12-31"},
        {"person": "bo", "organisation": "Beta", "started": "2021-02-01"},
    ]
    net = network(people=people, positions=jobs).replace(as_of="2026-01-01")
    now, then = tg.build_graph(net), tg.build_graph(net, as_of="2018-01-01")
    before = tg.build_graph(net, as_of="2010-01-01")
    assert (now.nodes["bo"]["organisation"], now.nodes["bo"]["past"]) == ("Beta", (("Acme", ""),))
    assert (then.nodes["bo"]["organisation"], then.nodes["bo"]["past"]) == ("Acme", ())
    assert before.nodes["bo"]["organisation"] == ""
    assert then.nodes["cy"]["organisation"] == "Gamma"  # no date says otherwise
