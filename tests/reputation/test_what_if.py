"""What if: against the transfer of a graph that was changed by hand; laws, results, words."""

import json

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import trustgraph as tg
from trustgraph.datasets.office import load_office
from trustgraph.errors import GraphContractError, RecordError, UnknownPersonError
from trustgraph.graph.build import build_graph
from trustgraph.graph.index import TrustIndex
from trustgraph.reputation.change_results import CHANGES, WhatIf
from trustgraph.reputation.transfer import reputation_transfer
from trustgraph.reputation.what_if import what_if
from trustgraph.trust.model import TrustModel

from helpers.transfer_cases import random_graph

seeds = st.integers(0, 10**9)


def diamond() -> nx.DiGraph:
    G = nx.DiGraph()
    trusts = [("bo", "ana", 0.8), ("cy", "ana", 0.5), ("dee", "bo", 0.5), ("dee", "cy", 0.6)]
    G.add_edges_from((u, v, {"trust": trust}) for u, v, trust in [*trusts, ("dee", "ana", 0.1)])
    nx.set_node_attributes(G, {"bo": "Bo <Best>", "cy": "Cy Oz"}, "name")
    return G


@pytest.fixture
def no_diagrams(monkeypatch):
    monkeypatch.setattr("trustgraph.engine.reliability_exact.MOST_PATHS", 0)


@settings(max_examples=40, deadline=None)
@given(seeds)
def test_a_change_is_the_difference_of_two_transfers(seed):
    rng = np.random.default_rng(seed)
    G = random_graph(rng)
    people = sorted(set(G) - {"s", "t0"})
    gone = [one for one in people if rng.random() < 0.25]
    trust = {
        (str(u), str(v)): float(rng.random())
        for u, v in (rng.choice(sorted(G), 2, replace=False) for _ in range(2))
    }
    H = G.copy()
    H.add_edges_from((u, v, {"trust": value}) for (u, v), value in trust.items())
    nx.set_node_attributes(H, dict.fromkeys(gone, True), "do_not_ask")
    kept = nx.to_dict_of_dicts(G)
    found = what_if(G, "s", "t0", remove=gone, trust=trust)
    assert nx.to_dict_of_dicts(G) == kept
    one, other = (reputation_transfer(graph, "s", "t0") for graph in (G, H))
    assert found.exact
    assert found.total.before == pytest.approx(one.total, abs=1e-12)
    assert found.total.after == pytest.approx(other.total, abs=1e-12)
    assert (found.direct.before, found.direct.after) == pytest.approx((one.direct, other.direct))
    assert {each.person for each in found.carriers} == {each.person for each in (*one, *other)}
    for quantity in CHANGES:
        frame = found.to_frame(quantity)
        for column, moved in (("before", one), ("after", other)):
            wanted = moved.to_frame()[quantity].reindex(frame.index).fillna(0.0)
            assert frame[column].to_numpy() == pytest.approx(wanted.to_numpy(), abs=1e-12)
        assert (frame["change"] == frame["low"]).all()
        assert (frame["standard_error"] == 0).all()


def test_the_diamond_by_hand():
    found = what_if(diamond(), "ana", "dee", remove="bo")
    # With bo .622, without 1 - .7 x .9 = .37
    assert (found.total.before, found.total.after) == pytest.approx((0.622, 0.37))
    assert found.change == pytest.approx(-0.252)
    # Alone, cy brings all of .27 that the direct tie leaves.
    cy = found.to_frame().loc["cy"]
    assert (cy["before"], cy["after"]) == pytest.approx((0.216, 0.27))
    assert found.to_frame("through").loc["bo", "after"] == 0
    assert found.removed == ("bo",)


@settings(max_examples=20, deadline=None)
@given(seeds)
def test_nothing_changed_changes_nothing_and_more_trust_never_lowers_the_total(seed):
    rng = np.random.default_rng(seed)
    G = random_graph(rng)
    nothing = what_if(G, "s", "t0")
    assert nothing.change == 0
    assert all(getattr(one, name).change == 0 for one in nothing.carriers for name in CHANGES)
    source, target = sorted(G.edges)[rng.integers(G.number_of_edges())]
    trust = G.edges[source, target]["trust"]
    more = trust + (1 - trust) * rng.random()
    assert what_if(G, "s", "t0", trust={(source, target): more}).change >= -1e-12
    people = sorted(set(G) - {"s", "t0"})
    assert what_if(G, "s", "t0", remove=people[:2]).change <= 1e-12


def test_the_same_holds_sample_by_sample(no_diagrams):
    for seed in range(5):
        rng = np.random.default_rng(seed)
        G = random_graph(rng, density=0.6)
        same = what_if(G, "s", "t0", samples=640)
        assert same.change == 0
        assert same.total.standard_error == 0
        source, target = sorted(G.edges)[rng.integers(G.number_of_edges())]
        more = what_if(G, "s", "t0", trust={(source, target): 1.0}, samples=640)
        assert more.change >= 0
        assert what_if(G, "s", "t0", remove="p1", samples=640).change <= 0


def test_more_trust_in_a_graph_of_records_never_lowers_the_total():
    G = build_graph(load_office())
    people = sorted(G)
    index = TrustIndex.from_graph(G)
    rng = np.random.default_rng(0)
    edges = sorted(G.edges)
    moved = 0
    for _ in range(30):
        seeker, target = rng.choice(people, 2, replace=False)
        source, whom = edges[rng.integers(len(edges))]
        higher = G.edges[source, whom]["trust"] * 0.3 + 0.7
        found = what_if(index, str(seeker), str(target), trust={(source, whom): higher})
        assert found.change >= -1e-12
        moved += found.change > 0
    assert moved > 0


def test_the_interval_of_a_sampled_change_holds_the_true_one(no_diagrams, monkeypatch):
    found = what_if(diamond(), "ana", "dee", remove="bo", samples=4_096, seed=2)
    assert not found.exact
    assert found.samples == 4_096
    assert found.total.low < -0.252 < found.total.high
    assert 0 < found.total.standard_error < 0.01
    assert "from the same 4,096 random draws" in found.explain()
    assert WhatIf.from_dict(found.to_dict()) == found
    assert what_if(diamond(), "ana", "dee", remove="bo", samples=4_096, seed=2) == found
    assert what_if(diamond(), "ana", "dee", remove="bo", samples=4_096, seed=3) != found


def test_a_new_tie_can_open_a_way():
    G = nx.DiGraph([("bo", "ana", {"trust": 0.8})])
    G.add_node("dee")
    found = what_if(G, "ana", "dee", trust={("dee", "bo"): 0.5})
    assert (found.total.before, found.total.after) == (0.0, 0.4)
    assert found.trust[0].before is None
    assert found.explain().startswith(
        "If dee trusted bo at 0.50, the total rises from 0.000 to 0.400, by 0.400."
    )
    assert not G.has_edge("dee", "bo")


def test_the_words():
    G = diamond()
    told = what_if(G, "ana", "dee", remove=["bo"], trust={("dee", "cy"): 0.9}).explain()
    assert told.startswith("If Bo <Best> refuses and dee trusted Cy Oz at 0.90 instead of 0.60,")
    assert "Cy Oz: their fair share rises from 0.216 to" in told
    assert "Both totals are exact" in told
    assert what_if(G, "ana", "dee").explain().startswith("Nothing was changed: the total is 0.622.")
    assert "stays 0.622" in what_if(G, "ana", "dee", trust={("bo", "cy"): 0.0}).explain()
    assert "hardly moves" in what_if(G, "ana", "dee", trust={("dee", "cy"): 0.6001}).explain()
    assert "Bo <Best> and Cy Oz refuse" in what_if(G, "ana", "dee", remove=["cy", "bo"]).explain()


def test_many_changed_shares_are_told_in_one_line():
    G = nx.DiGraph()
    for number in range(9):
        G.add_edge(f"m{number}", "s", trust=0.5)
        G.add_edge("t", f"m{number}", trust=0.5)
    assert "Shares of 3 others change by less." in what_if(G, "s", "t", remove="m0").explain()


def test_results_survive_json_and_a_notebook():
    found = what_if(diamond(), "ana", "dee", remove="cy", trust={("dee", "bo"): 0.7})
    assert WhatIf.from_dict(json.loads(json.dumps(found.to_dict()))) == found
    frame = found.to_frame()
    assert frame.columns.tolist() == [
        *("name", "before", "after", "change", "standard_error", "low", "high")
    ]
    assert frame.index.name == "person"
    text = found._repr_html_()
    assert "Bo &lt;Best&gt;" in text
    assert "<Best>" not in text
    index = TrustIndex.from_graph(diamond())
    assert what_if(index, "ana", "dee", remove="cy", trust={("dee", "bo"): 0.7}) == found


def test_nothing_before_and_nothing_after():
    found = what_if(diamond(), "dee", "ana", remove="bo")
    assert (found.total.before, found.total.after, found.carriers) == (0.0, 0.0, ())
    assert found.to_frame().empty


def test_ints_are_ids_too():
    G = nx.DiGraph([(2, 1, {"trust": 0.8}), (3, 2, {"trust": 0.5})])
    assert what_if(G, 1, 3, remove=2).change == pytest.approx(-0.4)
    assert what_if(G, 1, 3, trust={(3, 2): 1}).change == pytest.approx(0.4)


def test_what_cannot_be_asked_is_refused_in_words():
    with pytest.raises(ValueError, match="'ana' is the seeker, who is no intermediary"):
        what_if(diamond(), "ana", "dee", remove="ana")
    with pytest.raises(ValueError, match="'dee' is the target, who is no intermediary"):
        what_if(diamond(), "ana", "dee", remove=["dee"])
    with pytest.raises(UnknownPersonError):
        what_if(diamond(), "ana", "dee", remove="nobody")
    with pytest.raises(ValueError, match="samples is 0"):
        what_if(diamond(), "ana", "dee", samples=0)
    with pytest.raises(TypeError, match="give a mapping"):
        what_if(diamond(), "ana", "dee", trust=[0.5])
    with pytest.raises(ValueError, match="there is no quantity 'x'"):
        what_if(diamond(), "ana", "dee").to_frame("x")


# --------------------------------------------------------------------------------- any edit


@settings(max_examples=30, deadline=None)
@given(seeds)
def test_any_edit_is_what_the_edited_graph_says(seed):
    rng = np.random.default_rng(seed)
    G = random_graph(rng)
    ties = sorted(G.edges)
    ended = [ties[number] for number in rng.choice(len(ties), min(2, len(ties)), replace=False)]
    rest = [tie for tie in ties if tie not in ended]
    source, target = rest[rng.integers(len(rest))] if rest else ("p1", "s")
    stated = {
        "trust": float(rng.random()),
        "response": float(rng.random()),
        "willingness": float(rng.random()),
        "endorsed_trust": float(rng.random()),
    }
    person = min(set(G) - {"s", "t0"})
    trust = {
        (source, target): stated,
        ("new", "s"): float(rng.random()),
        ("t0", "new"): float(rng.random()),
    }
    H = G.copy()
    H.remove_edges_from(ended)
    H.add_edge(source, target, **stated)
    H.add_edge("new", "s", trust=trust["new", "s"])
    H.add_edge("t0", "new", trust=trust["t0", "new"])
    H.nodes[person]["do_not_ask"] = True
    found = what_if(G, "s", "t0", remove=[person, *ended], trust=trust, add="new")
    one, other = (reputation_transfer(graph, "s", "t0") for graph in (G, H))
    assert found.total.before == pytest.approx(one.total, abs=1e-12)
    assert found.total.after == pytest.approx(other.total, abs=1e-12)
    assert {each.person for each in found.carriers} == {each.person for each in (*one, *other)}
    wanted = other.to_frame()["shapley"].reindex(found.to_frame().index).fillna(0.0)
    assert found.to_frame()["after"].to_numpy() == pytest.approx(wanted.to_numpy(), abs=1e-12)
    instead = what_if(G, "s", "t0", instead=H)
    assert instead.total == found.total
    assert {one.person: one.through for one in instead.carriers} == {
        one.person: one.through for one in found.carriers
    }


def test_another_recall_changes_the_response_with_it():
    net = load_office()
    model = TrustModel()
    G = build_graph(net, model=model)
    index = TrustIndex.from_graph(G)
    source, target = next(
        (u, v) for u, v, tie in sorted(G.edges(data=True), key=str) if 0 < tie["recall"] < 0.9
    )
    tie = dict(G.edges[source, target])
    base = (tie["response"] - tie["recall"]) / (1 - tie["recall"])
    H = G.copy()
    H.edges[source, target].update(recall=0.95, response=base + (1 - base) * 0.95)
    found = what_if(index, target, source, trust={(source, target): {"recall": 0.95}})
    assert found.total.after == pytest.approx(reputation_transfer(H, target, source).total)
    assert found.change > 0
    assert found.ties[0].before == tie["recall"]
    told = f"comes to the mind of {index.names[index.number(source)]} were 0.95 instead of"
    assert told in found.explain()


def test_more_evidence_is_read_as_the_network_reads_it():
    net = load_office()
    day = build_graph(net).graph["as_of"][:10]
    more = [
        {"kind": "recommendation", "source": "eve", "target": "ana", "at": day},
        {"kind": "project", "source": "hana", "target": "eve", "at": day},
    ]
    known = tg.Network.from_records(
        pd.concat([net.people, tg.Network.from_records([tg.Person(id="eve")]).people])
    )
    edited = net.replace(
        people=known.people,
        evidence=pd.concat(
            [net.evidence, tg.Network.from_records(known.people, more).evidence], ignore_index=True
        ),
    )
    found = what_if(net, "ana", "hana", add=tg.Person(id="eve"), evidence=more)
    when = build_graph(net).graph["as_of"]
    wanted = reputation_transfer(build_graph(edited, as_of=when), "ana", "hana")
    assert found.total.before == pytest.approx(
        reputation_transfer(build_graph(net), "ana", "hana").total
    )
    assert found.total.after == pytest.approx(wanted.total)
    assert found.change > 0
    assert found.explain().startswith("If eve joined and 2 acts more had happened, the total rises")
    assert WhatIf.from_dict(json.loads(json.dumps(found.to_dict()))) == found
    one = tg.Evidence(kind="connection", source="ana", target="ben")
    assert what_if(net, "ana", "hana", evidence=one).evidence == 1
    assert what_if(net, "ana", "hana").change == 0


def test_ties_that_end_and_newcomers_in_words():
    G = diamond()
    found = what_if(G, "ana", "dee", remove=["bo", ("dee", "cy")], add={"eve": {"name": "Eve X"}})
    # Only the direct tie is left.
    assert found.total.after == pytest.approx(0.1)
    assert found.explain().startswith(
        "If Eve X joined, Bo <Best> refuses and dee no longer had a tie to Cy Oz, the total falls"
    )
    assert found.added_names == ("Eve X",)
    two = what_if(G, "ana", "dee", remove=("bo", "cy"))
    assert two.removed == ("bo", "cy")
    guessed = what_if(G, "ana", "dee", trust={("dee", "bo"): {"observed": False}})
    assert "were only guessed" in guessed.explain()
    assert guessed.change < 0
    assert what_if(G, "ana", "dee", instead=G).explain().startswith("If all were as in the other")


def test_a_newcomer_keeps_ids_of_whole_numbers_in_order():
    G = nx.DiGraph([(2, 1, {"trust": 0.8}), (9, 2, {"trust": 0.5})])
    found = what_if(G, 1, 9, add=[5], trust={(5, 1): 1.0, (9, 5): 0.5})
    assert found.total.after == pytest.approx(1 - 0.6 * 0.5)
    assert [one.person for one in found.carriers] == [5, 2]


@pytest.mark.parametrize(
    ("options", "error", "told"),
    [
        ({"remove": [("ana", "bo")]}, ValueError, "there is no tie"),
        ({"remove": [("bo", "ana")], "trust": {("bo", "ana"): 1}}, ValueError, "named twice"),
        ({"trust": {("bo", "ana"): {"weight": 1}}}, ValueError, "no tie has a 'weight'"),
        ({"trust": {("bo", "ana"): {"recall": 2}}}, ValueError, "the recall of .* is 2"),
        ({"trust": {("bo", "ana"): {"observed": 1}}}, ValueError, "True or False"),
        ({"trust": {("bo", "ana"): {}}}, ValueError, "nothing is stated"),
        ({"trust": {("bo", "ana"): {"recall": 0.5}}}, ValueError, "has no recall"),
        ({"trust": {("cy", "bo"): {"response": 1}}}, ValueError, "give its trust too"),
        ({"trust": {("eve", "bo"): 1}}, UnknownPersonError, "eve"),
        ({"add": "bo"}, ValueError, "in the graph already"),
        ({"add": ["eve", "eve"]}, ValueError, "twice"),
        ({"add": 0.5}, TypeError, "is no person to be added"),
        ({"add": {"eve": {"weight": 1}}}, ValueError, "of 'eve'"),
        ({"add": " "}, GraphContractError, "blank"),
        ({"evidence": [{"kind": "connection"}]}, TypeError, "pass the Network"),
    ],
)
def test_edits_that_cannot_be_made_are_refused_in_words(options, error, told):
    with pytest.raises(error, match=told):
        what_if(diamond(), "ana", "dee", **options)


def test_evidence_that_would_not_count_is_refused():
    net = load_office()
    late = tg.Evidence(kind="connection", source="ana", target="ben", at="2999-01-01")
    with pytest.raises(ValueError, match="2999-01-01, after the network's"):
        what_if(net, "ana", "hana", evidence=[late])
    with pytest.raises(RecordError):
        what_if(net, "ana", "hana", evidence={"kind": "connection", "source": "ana", "target": "x"})
    with pytest.raises(ValueError, match="among its positions"):
        what_if(net, "ana", "hana", add={"eve": {"schools": ("X",)}})


def test_who_refuses_in_another_graph_is_found_there():
    G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("dee", "bo", {"trust": 0.5})])
    H = G.copy()
    # People before bo by id, so that numbers differ, and one who is in the other graph alone.
    H.add_edge("al", "ana", trust=0.9)
    H.add_edge("dee", "al", trust=0.5)
    found = what_if(G, "ana", "dee", instead=H, remove="al")
    assert (found.total.before, found.total.after) == pytest.approx((0.4, 0.4))
    assert found.removed == ("al",)
    without_bo = what_if(G, "ana", "dee", instead=H, remove="bo")
    assert without_bo.total.after == pytest.approx(0.45)
