"""Changed trust: as a graph with that trust, and as a judgement in the network, would give it."""

import networkx as nx
import numpy as np
import pytest

from trustgraph.datasets.office import load_office
from trustgraph.errors import UnknownPersonError
from trustgraph.graph._values import NUMBERS
from trustgraph.graph.build import build_graph
from trustgraph.graph.changed import read_changes, with_trust
from trustgraph.graph.index import TrustIndex

from helpers.transfer_cases import random_graph

WAYS = ("out_start", "out_asked", "in_start", "in_asker", "in_step")


def changed(index, trust):
    return with_trust(index, read_changes(index, trust))


def assert_same(one: TrustIndex, other: TrustIndex, tolerance: float = 0.0) -> None:
    for name in WAYS:
        assert getattr(one, name).tolist() == getattr(other, name).tolist(), name
        assert getattr(one, name).dtype == getattr(other, name).dtype, name
    for name in (*NUMBERS, "observed"):
        got, wanted = getattr(one, name), getattr(other, name)
        np.testing.assert_allclose(got, wanted, rtol=0, atol=tolerance, err_msg=name)
    options = {"min_willingness": 0.2, "observed_only": True}
    got, wanted = one.passing(**options), other.passing(**options)
    np.testing.assert_allclose(got.out, wanted.out, rtol=0, atol=tolerance)


def test_trust_alone_is_just_another_trust_also_for_new_ties():
    rng = np.random.default_rng(0)
    for _ in range(30):
        G = random_graph(rng)
        people = sorted(G)
        wanted = {
            (str(u), str(v)): float(rng.random())
            for u, v in (rng.choice(people, 2, replace=False) for _ in range(5))
        }
        H = G.copy()
        H.add_edges_from((u, v, {"trust": trust}) for (u, v), trust in wanted.items())
        index = TrustIndex.from_graph(G)
        before = index.trust.copy()
        assert_same(changed(index, wanted), TrustIndex.from_graph(H))
        assert (index.trust == before).all()


def office_ties(G: nx.DiGraph, number: int):
    """Ties with an opinion that contacts and silence have formed, spread over the graph."""
    ties = [(u, v) for u, v, tie in sorted(G.edges(data=True), key=str) if tie["certainty"] > 0]
    return ties[:: max(1, len(ties) // number)]


@pytest.mark.parametrize(("trust", "certainty"), [(0.2, 0.9), (0.8, 0.9), (0.95, 0.5)])
def test_a_change_is_what_a_judgement_in_the_network_is(trust, certainty):
    net = load_office()
    G = build_graph(net)
    index = TrustIndex.from_graph(G)
    for source, target in office_ties(G, 8):
        judged = net.with_judgement(source, target, trust=trust, certainty=certainty)
        wanted = TrustIndex.from_graph(build_graph(judged))
        got = changed(index, {(source, target): (trust, certainty)})
        assert_same(got, wanted, tolerance=1e-9)


def test_a_change_to_what_is_there_changes_nothing():
    index = TrustIndex.from_graph(build_graph(load_office()))
    trust = {
        (index.labels[index.out_asked[step]], index.labels[asker]): float(index.trust[step])
        for step, asker in enumerate(index.asker_of(np.arange(index.m)).tolist())
    }
    assert_same(changed(index, trust), index, tolerance=1e-9)


def test_certainty_stays_unless_it_is_given():
    G = build_graph(load_office())
    source, target = office_ties(G, 3)[1]
    index = TrustIndex.from_graph(G)
    step = index.step(index.number(target), index.number(source))
    kept = changed(index, {(source, target): 0.9})
    assert kept.certainty[step] == index.certainty[step]
    given = changed(index, {(source, target): (0.9, 0.3)})
    assert given.certainty[step] == 0.3
    assert given.willingness[step] < 0.95


@pytest.mark.parametrize(("trust", "endorses"), [(0.0, 0.0), (1.0, 1.0)])
def test_the_ends_of_the_scale_pass_through_the_gate_as_limits(trust, endorses):
    G = build_graph(load_office())
    source, target = office_ties(G, 3)[0]
    index = TrustIndex.from_graph(G)
    step = index.step(index.number(target), index.number(source))
    for value in (trust, (trust, 1.0)):
        got = changed(index, {(source, target): value})
        assert (got.trust[step], got.willingness[step]) == (trust, endorses)
        assert (got.endorsed_trust[step], got.forwards[step]) == (trust, endorses)


def test_a_new_tie_passes_the_gate_where_others_do():
    G = build_graph(load_office())
    people = sorted(G)
    source, target = next((u, v) for u in people for v in people if u != v and not G.has_edge(u, v))
    index = TrustIndex.from_graph(G)
    got = changed(index, {(source, target): 0.8})
    step = got.step(got.number(target), got.number(source))
    assert got.m == index.m + 1
    assert got.certainty[step] == 0.9
    assert 0.7 < got.willingness[step] < 1
    assert got.recall[step] == 0
    assert 0.12 < got.response[step] < 0.58
    assert got.observed[step]


def test_a_willingness_without_certainty_asks_for_both():
    G = nx.DiGraph([("bo", "ana", {"trust": 0.8, "willingness": 0.7})])
    index = TrustIndex.from_graph(G)
    with pytest.raises(ValueError, match="has a willingness but no certainty"):
        changed(index, {("bo", "ana"): 0.5})
    assert changed(index, {("bo", "ana"): (0.5, 0.9)}).willingness[0] < 0.4


@pytest.mark.parametrize(
    ("trust", "error", "told"),
    [
        ({("bo", "ana"): 1.5}, ValueError, "a number in \\[0, 1\\]"),
        ({("bo", "ana"): True}, ValueError, "is True"),
        ({("bo", "ana"): "0.5"}, ValueError, "is '0.5'"),
        ({("bo", "ana"): (0.5, 0.5, 0.5)}, ValueError, "trust, certainty"),
        ({("bo", "ana"): float("nan")}, ValueError, "is nan"),
        ({"bo": 0.5}, ValueError, "'bo' is no tie"),
        ({("bo", "bo"): 0.5}, ValueError, "in themselves"),
        ({("bo", "ana"): 0.5, ("Bo", "ana"): 0.6}, ValueError, "named twice"),
        ([("bo", "ana", 0.5)], TypeError, "give a mapping"),
        ({("bo", "nobody"): 0.5}, UnknownPersonError, "nobody"),
    ],
)
def test_what_is_no_change_of_trust_is_refused_in_words(trust, error, told):
    G = nx.DiGraph([("bo", "ana", {"trust": 0.8})])
    G.nodes["bo"]["name"] = "Bo"
    with pytest.raises(error, match=told):
        read_changes(TrustIndex.from_graph(G), trust)


def test_what_is_stated_replaces_what_would_follow():
    G = build_graph(load_office())
    source, target = office_ties(G, 3)[0]
    index = TrustIndex.from_graph(G)
    step = index.step(index.number(target), index.number(source))
    stated = {"willingness": 0.3, "forwards": 0.9, "observed": False}
    got = changed(index, {(source, target): {"trust": 0.7, **stated}})
    follows = changed(index, {(source, target): 0.7})
    assert (got.willingness[step], got.forwards[step], got.observed[step]) == (0.3, 0.9, False)
    assert got.trust[step] == 0.7
    assert got.endorsed_trust[step] == follows.endorsed_trust[step]
    assert got.response[step] == follows.response[step]
    others = np.delete(np.arange(index.m), step)
    assert (got.willingness[others] == index.willingness[others]).all()


def test_certainty_alone_keeps_the_trust():
    G = build_graph(load_office())
    source, target = office_ties(G, 3)[0]
    got = changed(TrustIndex.from_graph(G), {(source, target): {"certainty": 0.4}})
    step = got.step(got.number(target), got.number(source))
    assert (got.trust[step], got.certainty[step]) == (G.edges[source, target]["trust"], 0.4)


def test_all_that_is_passed_on_needs_no_certainty():
    G = nx.DiGraph([("bo", "ana", {"trust": 0.8, "willingness": 0.7})])
    stated = {"trust": 0.5, "willingness": 0.4, "endorsed_trust": 0.6, "forwards": 0.9}
    got = changed(TrustIndex.from_graph(G), {("bo", "ana"): stated})
    assert {name: float(getattr(got, name)[0]) for name in stated} == stated


def test_a_recall_of_one_falls_back_on_the_model():
    tie = {"trust": 0.55, "certainty": 0.5, "willingness": 0.5, "recall": 1.0, "response": 1.0}
    index = TrustIndex.from_graph(nx.DiGraph([("bo", "ana", tie)]))
    got = changed(index, {("bo", "ana"): {"recall": 0.0}})
    assert got.response[0] == pytest.approx(0.12 + (0.58 - 0.12) * 0.5)


def test_a_tie_that_is_gone_lets_nothing_through():
    G = build_graph(load_office())
    source, target = office_ties(G, 3)[0]
    index = TrustIndex.from_graph(G)
    got = with_trust(index, read_changes(index, {}, gone=[(source, target)]))
    step = got.step(got.number(target), got.number(source))
    assert got.passing(min_willingness=0, observed_only=False).out[step] == 0
    assert got.passing(purpose="reach", min_willingness=0, observed_only=False).out[step] == 0
    assert got.trust[step] == 0
