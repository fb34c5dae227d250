"""Appleseed: by hand, against the listing of the paper and a dense solve, and at the edges."""

import sys

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trustgraph.errors import ConvergenceError, GraphContractError, UnknownPersonError
from trustgraph.graph.index import TrustIndex
from trustgraph.reputation.appleseed import appleseed

from helpers import naive_trust_metrics as naive
from helpers.naive_trust_metrics import NAMES, graph_of, trusts

FINE = 1e-11


def four() -> nx.DiGraph:
    """ana trusts bo twice as much as cy, who trusts dee."""
    return graph_of({("ana", "bo"): 0.8, ("ana", "cy"): 0.4, ("cy", "dee"): 1.0}, NAMES[:4])


def test_two_rounds_by_hand():
    # ana keeps .15 of 200 and passes 170 on, 2/3 to bo and 1/3 to cy, who keep .15 of that.
    ranks = appleseed(four(), seeds="ana", threshold=29)
    assert ranks.to_dict() == pytest.approx({"ana": 30, "bo": 17, "cy": 8.5, "dee": 0})
    assert ranks.name == "appleseed"
    assert ranks.index.name == "person"
    assert ranks.dtype == "float64"


def test_the_limit_by_hand():
    # x: ana 200 + .85 (bo + cy / 2 + dee), bo .85 ana 2/3, cy .85 ana / 3, dee .85 cy / 2.
    ana = 200 / (1 - 0.85**2 * (2 / 3 + 1 / 6) - 0.85**3 / 6)
    cy = 0.85 * ana / 3
    expected = {"ana": ana, "bo": 2 * cy, "cy": cy, "dee": 0.85 * cy / 2}
    ranks = appleseed(four(), seeds="ana", threshold=FINE)
    assert ranks.to_dict() == pytest.approx({name: 0.15 * x for name, x in expected.items()})


def test_energy_flows_to_the_trusted_not_to_the_truster():
    ranks = appleseed(nx.DiGraph([("ana", "bo", {"trust": 0.5})]), seeds="bo")
    assert ranks.to_dict() == pytest.approx({"ana": 0.0, "bo": 30.0})


def test_squares_favour_the_more_trusted():
    # 64 : 16 = 4 : 1
    ranks = appleseed(four(), seeds="ana", threshold=29, normalise="square")
    assert ranks.to_dict() == pytest.approx({"ana": 30, "bo": 20.4, "cy": 5.1, "dee": 0})


def test_trust_in_the_seed_is_replaced_by_the_backward_edge():
    G = graph_of({("ana", "bo"): 1.0, ("bo", "cy"): 0.5}, NAMES[:3])
    without = appleseed(G, seeds="ana")
    G.add_edge("bo", "ana", trust=0.1)
    pd.testing.assert_series_equal(appleseed(G, seeds="ana"), without)


@settings(max_examples=60, deadline=None)
@given(
    trusts(),
    st.sampled_from(NAMES),
    st.sampled_from([0.0, 0.5, 0.85]),
    st.sampled_from([5.0, 0.013, 1e-6]),
    st.booleans(),
)
def test_it_is_the_listing_of_the_paper(told, seed, d, threshold, square):
    ranks = appleseed(
        graph_of(told),
        seeds=seed,
        spreading=d,
        threshold=threshold,
        normalise="square" if square else "linear",
    )
    expected = naive.appleseed(told, seed, 200.0, d, threshold, square=square)
    assert ranks.to_dict() == pytest.approx(dict.fromkeys(NAMES, 0.0) | expected)


@settings(max_examples=60, deadline=None)
@given(trusts(), st.sampled_from(NAMES), st.sampled_from([1.0, 200.0]))
def test_the_limit_is_a_dense_solve_and_no_energy_is_lost(told, seed, energy):
    ranks = appleseed(graph_of(told), seeds=seed, energy=energy, threshold=FINE)
    limit = naive.appleseed_limit(told, seed, energy, 0.85)
    assert ranks.to_dict() == pytest.approx(limit, rel=1e-7, abs=1e-8)
    spreads = any(pair[0] == seed and trust > 0 for pair, trust in told.items())
    assert ranks.sum() == pytest.approx(energy if spreads else 0.15 * energy)
    # If the seed kept nothing, the others would have more, in the same proportion.
    if spreads:
        greedy = naive.appleseed_limit(told, seed, energy, 0.85, seed_keeps=False)
        factor = energy / (energy - ranks[seed])
        assert greedy == pytest.approx((ranks * factor).to_dict() | {seed: 0.0}, abs=1e-6)


@settings(max_examples=20, deadline=None)
@given(trusts())
def test_several_seeds_are_averaged_by_weight(told):
    G = graph_of(told)
    alone = {name: appleseed(G, seeds=name) for name in NAMES}
    both = appleseed(G, seeds={"ana": 3, "bo": 1})
    pd.testing.assert_series_equal(both, 0.75 * alone["ana"] + 0.25 * alone["bo"])
    pd.testing.assert_series_equal(appleseed(G, seeds=None), sum(alone.values()) / len(NAMES))


def test_how_many_seeds_are_spread_together_changes_nothing(monkeypatch):
    G = four()
    whole = appleseed(G, seeds=None)
    monkeypatch.setattr(sys.modules[appleseed.__module__], "MOST_SEEDS", 3)
    pd.testing.assert_series_equal(appleseed(G, seeds=None), whole)


@settings(max_examples=20, deadline=None)
@given(trusts(), st.permutations(NAMES))
def test_names_and_the_order_of_edges_do_not_matter(told, others):
    renamed = dict(zip(NAMES, others, strict=True))
    turned = {(renamed[u], renamed[v]): trust for (u, v), trust in reversed(told.items())}
    before = appleseed(graph_of(told), seeds="ana").rename(renamed).sort_index()
    after = appleseed(TrustIndex.from_graph(graph_of(turned)), seeds=renamed["ana"])
    pd.testing.assert_series_equal(after, before, check_names=False)


def test_51_rounds_are_enough_and_fewer_are_an_error():
    # Between two all the energy goes back and forth: the slowest case there is.
    G = nx.DiGraph([(1, 2, {"trust": 0.3})])
    appleseed(G, seeds=1, max_iterations=51)
    with pytest.raises(ConvergenceError) as caught:
        appleseed(G, seeds=1, max_iterations=50)
    assert caught.value.iterations == 50
    assert caught.value.residual == pytest.approx(0.15 * 200 * 0.85**49)
    assert caught.value.tol == 0.01


def test_ranks_at_the_edges():
    assert appleseed(nx.DiGraph(), seeds=None).empty
    one = graph_of({}, ("ana",))
    one.nodes["ana"]["name"] = "Ana Lima"
    assert appleseed(one, seeds="Ana Lima").to_dict() == pytest.approx({"ana": 30.0})
    nothing = graph_of({("ana", "bo"): 0.0, ("bo", "cy"): 0.0})
    assert appleseed(nothing, seeds="ana").sum() == pytest.approx(30.0)
    tiny = graph_of({("ana", "bo"): 1e-18}, NAMES[:2])
    assert appleseed(tiny, seeds="ana", threshold=FINE).sum() == pytest.approx(200.0)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"energy": 0}, "energy is 0; give a number above 0"),
        ({"energy": None}, "energy is None"),
        ({"spreading": 1.0}, "spreading is 1.0; give a number from 0 to below 1"),
        ({"spreading": float("nan")}, "spreading is nan"),
        ({"threshold": 0.0}, "threshold is 0.0; give a number above 0"),
        ({"normalise": "cube"}, "normalise is 'cube'; name 'linear' or 'square'"),
        ({"max_iterations": 0}, "max_iterations is 0; give a whole number from 1"),
        ({"seeds": {"ana": -1}}, "the weight of seed 'ana' is -1"),
    ],
)
def test_what_is_out_of_range_is_told(options, words):
    with pytest.raises(ValueError, match=words):
        appleseed(four(), **{"seeds": "ana"} | options)


def test_unknown_seeds_and_broken_graphs_are_errors():
    with pytest.raises(UnknownPersonError, match="zoe"):
        appleseed(four(), seeds="zoe")
    with pytest.raises(GraphContractError, match="no trust"):
        appleseed(nx.DiGraph([("ana", "bo")]), seeds="ana")
