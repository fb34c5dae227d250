"""Trust transitivity against the definition by enumeration, its laws, and the law of the paper."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import trustgraph as tg
from trustgraph.engine._compile import compiled
from trustgraph.reputation import transitivity as module
from trustgraph.reputation import trust_transitivity

from helpers.random_trust import random_trust, renamed

chances = st.integers(0, 2**32 - 1).map(np.random.default_rng)


@pytest.fixture(params=["plain", "compiled"])
def kernels(request, monkeypatch):
    """Run on each form of the kernels."""
    chosen = compiled if request.param == "compiled" else lambda plain: plain
    monkeypatch.setattr(module, "twin", lambda plain, **_: chosen(plain))


def every_pair(G):
    return [(u, v) for u in sorted(G) for v in sorted(G)]


def best_product(G, source, person):
    """The largest product of trust over all ways that meet nobody twice."""
    if source == person:
        return 1.0
    ways = nx.all_simple_edge_paths(G, source, person)
    return max((np.prod([G.edges[e]["trust"] for e in way]) for way in ways), default=0.0)


def by_definition(G, source, target):
    if source == target:
        return 1.0
    rest = nx.subgraph_view(G, filter_node=lambda person: person != target)
    known = [(best_product(rest, source, m), G.edges[m, target]["trust"]) for m in G.pred[target]]
    total = sum(w for w, _ in known)
    return sum(w * w * c for w, c in known) / total if total else 0.0


@pytest.mark.parametrize("seed", range(60))
def test_every_pair_equals_the_definition_by_enumeration(kernels, seed):
    G = random_trust(np.random.default_rng(seed))
    found = trust_transitivity(G, every_pair(G))
    assert found.index.names == ["source", "target"]
    wanted = [by_definition(G, u, v) for u, v in every_pair(G)]
    np.testing.assert_allclose(found.to_numpy(), wanted, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("seed", range(30))
def test_without_the_direct_tie_each_pair_is_that_of_the_graph_without_it(kernels, seed):
    G = random_trust(np.random.default_rng(seed), people=6)
    pairs = [(u, v) for u, v in every_pair(G) if u != v]
    wanted = []
    for u, v in pairs:
        H = G.copy()
        H.remove_edges_from([(u, v)])
        wanted.append(trust_transitivity(H, [(u, v)]).iloc[0])
    found = trust_transitivity(G, pairs, direct=False).to_numpy()
    np.testing.assert_allclose(found, wanted, rtol=1e-12, atol=1e-15)


def test_the_kernels_agree_to_the_last_digit_on_a_larger_graph(monkeypatch):
    rng = np.random.default_rng(3)
    G = random_trust(rng, people=60, density=0.06)
    found = []
    for form in (compiled, lambda plain: plain):
        monkeypatch.setattr(module, "twin", lambda plain, form=form, **_: form(plain))
        found.append(trust_transitivity(G, every_pair(G)).to_numpy())
    np.testing.assert_array_equal(*found)
    assert (found[0] > 0).mean() > 0.5


def test_a_larger_graph_equals_searches_without_the_target():
    rng = np.random.default_rng(8)
    G = random_trust(rng, people=40, density=0.08)
    for tie in G.edges.values():
        tie["trust"] = max(tie["trust"], 0.05)
        tie["length"] = -np.log(tie["trust"])
    pairs = [(u, v) for u, v in every_pair(G) if u != v]
    wanted = []
    for target in sorted(G):
        rest = nx.subgraph_view(G, filter_node=lambda person, out=target: person != out)
        far = dict(nx.all_pairs_dijkstra_path_length(rest, weight="length"))
        for source in sorted(set(G) - {target}):
            w = np.array([np.exp(-far[source].get(m, np.inf)) for m in G.pred[target]])
            c = np.array([G.edges[m, target]["trust"] for m in G.pred[target]])
            value = (w * w * c).sum() / w.sum() if w.sum() else 0.0
            wanted.append((source, target, value))
    expected = pd.Series({(u, v): value for u, v, value in wanted})
    found = trust_transitivity(G, pairs)
    np.testing.assert_allclose(found.to_numpy(), expected[pairs].to_numpy(), rtol=1e-9)


# ------------------------------------------------------------------------------ known answers


def test_direct_trust_decides_where_nobody_else_is_reached():
    G = nx.DiGraph([("a", "b", {"trust": 0.7}), ("x", "b", {"trust": 0.1})])
    assert trust_transitivity(G, [("a", "b")]).iloc[0] == 0.7


def test_a_chain_multiplies_and_squares_what_leads_to_the_last_tie():
    G = nx.DiGraph([("a", "b", {"trust": 0.8}), ("b", "c", {"trust": 0.5})])
    assert trust_transitivity(G, [("a", "c")]).iloc[0] == pytest.approx(0.8 * 0.5)


def test_no_way_leads_through_the_target():
    # Ana reaches cy through bo alone: what cy says of bo is nothing to her.
    G = nx.DiGraph()
    G.add_edge("ana", "bo", trust=0.4)
    G.add_edge("bo", "cy", trust=1.0)
    G.add_edge("cy", "bo", trust=1.0)
    assert trust_transitivity(G, [("ana", "bo")]).iloc[0] == 0.4
    G.add_edge("ana", "cy", trust=0.3)
    expected = (0.4 + 0.3**2 * 1.0) / 1.3
    assert trust_transitivity(G, [("ana", "bo")]).iloc[0] == pytest.approx(expected)


def test_a_tie_of_trust_0_is_a_voice_against():
    G = nx.DiGraph([("a", "t", {"trust": 0.8}), ("a", "b", {"trust": 1.0})])
    before = trust_transitivity(G, [("a", "t")]).iloc[0]
    G.add_edge("b", "t", trust=0.0)
    after = trust_transitivity(G, [("a", "t")]).iloc[0]
    assert (before, after) == (0.8, 0.4)


def test_products_too_small_to_square_still_count():
    G = nx.DiGraph([(i, i + 1, {"trust": 1e-100}) for i in range(2)])
    assert trust_transitivity(G, [(0, 2)]).iloc[0] == pytest.approx(1e-200)


# ------------------------------------------------------------------------------ laws


@given(chances)
def test_values_are_trust_and_names_and_order_make_no_difference(rng):
    G = random_trust(rng)
    H, names = renamed(G)
    pairs = every_pair(G)
    found = trust_transitivity(G, pairs)
    assert found.between(0.0, 1.0 + 1e-12).all()
    again = trust_transitivity(H, [(names[u], names[v]) for u, v in pairs])
    np.testing.assert_allclose(again.to_numpy(), found.to_numpy(), rtol=1e-12)
    shuffled = [pairs[i] for i in rng.permutation(len(pairs))]
    alone = trust_transitivity(tg.TrustIndex.from_graph(G), shuffled)
    assert list(alone.index) == shuffled
    np.testing.assert_array_equal(alone.to_numpy(), found[shuffled].to_numpy())


@given(chances)
def test_absolute_trust_everywhere_is_absolute_between_all_who_are_joined(rng):
    G = random_trust(rng)
    nx.set_edge_attributes(G, 1.0, "trust")
    found = trust_transitivity(G, every_pair(G))
    joined = {u: {u} | nx.descendants(G, u) for u in G}
    assert found.tolist() == pytest.approx([float(v in joined[u]) for u, v in every_pair(G)])


def average_trust(people, absolute):
    """Average over pairs from 30 people, in a random graph with three ties a person."""
    rng = np.random.default_rng(people)
    G = nx.gnp_random_graph(people, 3.0 / people, seed=people, directed=True)
    for tie in G.edges.values():
        tie["trust"] = 1.0 if rng.random() < absolute else 0.5
    sources = rng.choice(people, 30, replace=False).tolist()
    pairs = [(u, v) for u in sources for v in range(people) if u != v]
    return trust_transitivity(G, pairs).mean()


def test_average_trust_vanishes_in_large_graphs_unless_absolute_trust_hangs_together():
    # Absolute ties hang together where there is more than one of them a person: from a third on.
    few, more_few = average_trust(100, 0.1), average_trust(900, 0.1)
    many, more_many = average_trust(100, 0.8), average_trust(900, 0.8)
    assert more_few < 0.5 * few
    assert more_many == pytest.approx(many, rel=0.1)
    assert many > 0.7


# ------------------------------------------------------------------------------ what is given


def test_a_graph_of_nobody_has_no_pairs():
    found = trust_transitivity(nx.DiGraph(), [])
    assert found.empty
    assert found.dtype == np.float64
    assert found.index.names == ["source", "target"]


@pytest.mark.parametrize("trust", [0.0, 0.5])
def test_people_without_ties_and_ties_without_trust(trust):
    G = nx.DiGraph([("a", "b", {"trust": trust})])
    G.add_node("alone")
    found = trust_transitivity(G, [("a", "b"), ("a", "alone"), ("alone", "b"), ("b", "b")])
    assert found.tolist() == [trust, 0.0, 0.0, 1.0]


def test_pairs_come_in_any_form_with_ids_or_names():
    G = nx.DiGraph([(1, 2, {"trust": 0.5}), (2, 3, {"trust": 1.0})])
    nx.set_node_attributes(G, {1: "Ana Lima", 3: "Cy Ng"}, "name")
    frame = pd.DataFrame({"source": [1, 2, 1], "target": [3, 3, 3]})
    by_id = trust_transitivity(G, frame)
    by_name = trust_transitivity(G, [("Ana Lima", "Cy Ng"), (2, "Cy Ng"), (1, 3)])
    by_index = trust_transitivity(G, pd.MultiIndex.from_frame(frame))
    assert by_id.tolist() == [0.5, 1.0, 0.5]
    assert list(by_id.index) == [(1, 3), (2, 3), (1, 3)]
    pd.testing.assert_series_equal(by_id, by_name)
    pd.testing.assert_series_equal(by_id, by_index)


def test_who_is_unknown_is_named():
    G = nx.DiGraph([("ana", "bo", {"trust": 0.5})])
    with pytest.raises(tg.errors.UnknownPersonError, match="nobody is known as 'zoe'"):
        trust_transitivity(G, [("ana", "zoe")])
