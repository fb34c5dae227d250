"""Intervals of a transfer: closed forms, agreement with the transfer itself, results, words."""

import json

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from trustgraph.datasets.office import load_office
from trustgraph.errors import UnknownPersonError
from trustgraph.graph.build import build_graph
from trustgraph.graph.index import TrustIndex
from trustgraph.reputation.interval_results import INTERVAL_QUANTITIES, TransferIntervals
from trustgraph.reputation.intervals import transfer_intervals
from trustgraph.reputation.transfer import reputation_transfer
from trustgraph.trust.gate import EndorsementGate
from trustgraph.trust.opinion import OpinionModel

from helpers.transfer_cases import random_graph

seeds = st.integers(0, 10**9)


def gated(trust: float, certainty: float) -> dict[str, float]:
    """A tie with all that follows from its opinion."""
    opinion = OpinionModel().from_judgement(np.array([trust]), np.array([certainty]))
    gate = EndorsementGate()
    both = opinion.alpha, opinion.beta
    return {
        "trust": trust,
        "certainty": certainty,
        "willingness": float(gate.willingness(*both)[0]),
        "endorsed_trust": float(gate.endorsed_trust(*both)[0]),
    }


def with_opinions(G: nx.DiGraph, rng: np.random.Generator) -> nx.DiGraph:
    H = nx.DiGraph()
    H.add_nodes_from(G)
    for u, v, trust in sorted(G.edges(data="trust")):
        tie = {"trust": trust, "certainty": 0.5} if trust in (0, 1) else None
        H.add_edge(u, v, **(tie or gated(trust, rng.uniform(0.3, 0.95))))
    return H


def diamond() -> nx.DiGraph:
    G = nx.DiGraph()
    trusts = [("bo", "ana", 0.8), ("cy", "ana", 0.7), ("dee", "bo", 0.5), ("dee", "cy", 0.6)]
    for source, target, trust in [*trusts, ("dee", "ana", 0.1)]:
        G.add_edge(source, target, **gated(trust, 0.8))
    nx.set_node_attributes(G, {"bo": "Bo <Best>", "cy": "Cy Oz"}, "name")
    return G


def test_a_direct_tie_has_the_quantiles_of_its_opinion():
    G = nx.DiGraph()
    G.add_edge("bo", "ana", **gated(0.6, 0.8))
    found = transfer_intervals(G, "ana", "bo", draws=40_000)
    opinion = stats.beta(6, 4)  # alpha + beta = 2 / (1 - .8)
    assert found.total.low == pytest.approx(opinion.ppf(0.05), abs=0.01)
    assert found.total.high == pytest.approx(opinion.ppf(0.95), abs=0.01)
    assert found.total.mean == pytest.approx(0.6, abs=0.004)
    assert len(found) == 0


def test_the_mean_over_a_chain_is_the_closed_form_of_the_gate():
    G = nx.DiGraph()
    G.add_edge("bo", "ana", **gated(0.7, 0.75))
    G.add_edge("cy", "bo", **gated(0.5, 0.5))
    found = transfer_intervals(G, "ana", "cy", draws=40_000)
    # alpha + beta = 8 and 4; E[X g(X)] E[Y] with X, Y independent
    expected = float(EndorsementGate().endorsed_value(np.array([5.6]), np.array([2.4]))[0]) * 0.5
    assert found.total.mean == pytest.approx(expected, abs=4.5 * 0.2 / np.sqrt(40_000))
    bo = found[0]
    assert bo.removal == bo.shapley == bo.through == found.total
    assert bo.share_first == 1.0


def test_parallel_ways_have_the_moments_of_independent_ones():
    found = transfer_intervals(diamond(), "ana", "dee", draws=30_000, seed=2)
    moved = reputation_transfer(diamond(), "ana", "dee")
    error = 4.5 * 0.25 / np.sqrt(30_000)
    assert found.total.mean == pytest.approx(moved.total, abs=error)
    frame = found.to_frame()
    for name in INTERVAL_QUANTITIES:
        means = frame[f"{name}_mean"]
        assert (abs(means - moved.to_frame()[name].loc[means.index]) < error).all()


@settings(max_examples=15, deadline=None)
@given(seeds)
def test_the_laws_of_intervals(seed):
    G = with_opinions(random_graph(np.random.default_rng(seed)), np.random.default_rng(seed))
    moved = reputation_transfer(G, "s", "t0")
    found = transfer_intervals(G, "s", "t0", draws=400, seed=seed)
    assert (found.reason == "no_path") == (moved.reason == "no_path")
    assert {one.person for one in found} == {one.person for one in moved}
    if found.total is None:
        return
    assert 0 <= found.total.low <= found.total.high <= 1
    assert found.total.mean == pytest.approx(moved.total, abs=4.5 * 0.5 / np.sqrt(400))
    for one in found:
        for name in INTERVAL_QUANTITIES:
            assert 0 <= getattr(one, name).low <= getattr(one, name).high <= 1
        assert one.removal.high <= one.through.high + 1e-12
        assert one.through.high <= one.inflow.high + 1e-12
    if len(found):
        assert sum(one.share_first for one in found) == pytest.approx(1.0)
        total = sum(one.shapley.mean for one in found)
        assert total <= found.total.mean + 1e-9


def test_more_certainty_gives_a_narrower_interval():
    widths = []
    for certainty in (0.2, 0.6, 0.9, 0.99):
        G = nx.DiGraph()
        G.add_edge("bo", "ana", trust=0.6, certainty=certainty)
        G.add_edge("cy", "bo", trust=0.6, certainty=certainty)
        widths.append(transfer_intervals(G, "ana", "cy", draws=4_000).total.width)
    assert sorted(widths, reverse=True) == widths
    G = nx.DiGraph([("bo", "ana", {"trust": 0.6, "certainty": 1.0})])
    assert transfer_intervals(G, "ana", "bo", draws=10).total.width == 0


def test_sampled_draws_agree_with_exact_ones_and_say_so(monkeypatch):
    exact = transfer_intervals(diamond(), "ana", "dee", draws=500)
    monkeypatch.setattr("trustgraph.engine.reliability_exact.MOST_PATHS", 0)
    found = transfer_intervals(diamond(), "ana", "dee", draws=500, samples=4_096)
    assert (exact.exact, exact.samples, exact.sampling_error) == (True, 0, 0.0)
    assert (found.exact, found.samples) == (False, 4_096)
    assert 0 < found.sampling_error < 0.01
    for end in ("low", "mean", "high"):
        one, other = getattr(found.total, end), getattr(exact.total, end)
        assert abs(one - other) < 4 * found.sampling_error
    assert "estimates from 4,096 random states, the same in all draws" in found.explain()
    assert "Within each draw the numbers are exact" in exact.explain()


def test_trust_alone_has_no_interval_and_says_so():
    G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5, "certainty": 0.5})])
    found = transfer_intervals(G, "ana", "cy")
    assert (found.total, len(found), found.reason) == (None, 0, "no_certainty")
    assert "has a trust but no certainty" in found.explain()
    assert found.to_frame().empty
    assert TransferIntervals.from_dict(found.to_dict()) == found


def test_no_path_has_no_interval_and_says_so():
    found = transfer_intervals(diamond(), "dee", "ana")
    assert (found.total, found.reason) == (None, "no_path")
    assert "there is no way from dee to ana" in found.explain()
    assert "There is no interval" in found._repr_html_()


def test_the_seed_decides_and_the_index_is_as_good_as_the_graph():
    one = transfer_intervals(diamond(), "ana", "dee", draws=50, seed=3)
    assert one == transfer_intervals(
        TrustIndex.from_graph(diamond()), "ana", "dee", draws=50, seed=3
    )
    assert one.total != transfer_intervals(diamond(), "ana", "dee", draws=50, seed=4).total
    chance = transfer_intervals(diamond(), "ana", "dee", draws=50, seed=None)
    assert transfer_intervals(diamond(), "ana", "dee", draws=50, seed=chance.seed) == chance


def test_names_and_order_change_no_more_than_the_draws():
    G = diamond()
    renamed = nx.relabel_nodes(G, {"bo": "z", "cy": "a"})
    one = transfer_intervals(G, "ana", "dee", draws=20_000)
    other = transfer_intervals(renamed, "ana", "dee", draws=20_000)
    assert other.total.low == pytest.approx(one.total.low, abs=0.01)
    assert other.total.high == pytest.approx(one.total.high, abs=0.01)


def test_the_frame_and_the_dictionary_form():
    found = transfer_intervals(diamond(), "ana", "dee", draws=100)
    frame = found.to_frame()
    ends = [f"{name}_{end}" for name in INTERVAL_QUANTITIES for end in ("low", "mean", "high")]
    assert frame.columns.tolist() == ["name", *ends, "share_first"]
    assert frame.index.name == "person"
    assert frame["shapley_mean"].is_monotonic_decreasing
    assert (frame.dtypes[ends] == "float64").all()
    assert TransferIntervals.from_dict(json.loads(json.dumps(found.to_dict()))) == found
    assert found[0:2] == found.carriers
    text = found._repr_html_()
    assert "Bo &lt;Best&gt;" in text
    assert "<Best>" not in text


def test_the_words_name_people_and_what_is_covered():
    told = transfer_intervals(diamond(), "ana", "dee", draws=100).explain()
    assert told.startswith("In nine of ten draws of the opinions the total lies between")
    assert "Bo <Best>: their fair share lies between" in told
    assert "drawn 100 times" in told
    assert "do not cover the parameters of the model" in told


def test_many_people_are_told_in_one_line_and_ints_are_ids():
    G = nx.DiGraph()
    for number in range(2, 15):
        G.add_edge(number, 0, **gated(0.8, 0.9))
        G.add_edge(1, number, **gated(0.3, 0.9))
    found = transfer_intervals(G, 0, 1, draws=60)
    assert "One of the other 3 has the largest share in" in found.explain()
    assert found.to_frame().index.dtype == "int64"


def test_the_office_has_an_interval():
    G = build_graph(load_office())
    index, people = TrustIndex.from_graph(G), sorted(G)
    found = [transfer_intervals(index, people[0], one, draws=40) for one in people[1:6]]
    assert any(one.total is not None and one.total.width > 0 for one in found)
    assert all(isinstance(one.to_frame(), pd.DataFrame) for one in found)


def test_options_out_of_range_are_refused_in_words():
    for name in ("draws", "samples"):
        with pytest.raises(ValueError, match=f"{name} is 0; draw at least 1"):
            transfer_intervals(diamond(), "ana", "dee", **{name: 0})
    with pytest.raises(ValueError, match="max_intermediaries is 6"):
        transfer_intervals(diamond(), "ana", "dee", max_intermediaries=6)
    with pytest.raises(UnknownPersonError):
        transfer_intervals(diamond(), "ana", "nobody")
