"""Personalised PageRank against NetworkX and dense linear algebra, and its laws."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import trustgraph as tg
from trustgraph.errors import ConvergenceError
from trustgraph.reputation import eigentrust, pagerank_from_each, personalised_pagerank

from helpers.random_trust import random_trust, renamed
from helpers.standing_cases import dense_standing, random_shares

chances = st.integers(0, 2**32 - 1).map(np.random.default_rng)


@pytest.mark.parametrize("damping", [0.3, 0.85])
@pytest.mark.parametrize("seed", range(15))
def test_scores_are_those_of_networkx(seed, damping):
    rng = np.random.default_rng(seed)
    G = random_trust(rng, people=int(rng.integers(1, 25)), density=0.12)
    seeds = random_shares(rng, G)
    expected = nx.pagerank(
        G, alpha=damping, personalization=seeds, weight="trust", tol=1e-13, max_iter=1_000
    )
    found = personalised_pagerank(G, seeds=seeds, damping=damping)
    assert found.to_dict() == pytest.approx(expected, abs=2e-9)
    assert found.name == "personalised_pagerank"


def test_without_seeds_it_is_plain_pagerank():
    G = random_trust(np.random.default_rng(2), people=20, density=0.15)
    expected = nx.pagerank(G, weight="trust", tol=1e-13, max_iter=1_000)
    assert personalised_pagerank(G).to_dict() == pytest.approx(expected, abs=2e-9)


@pytest.mark.parametrize("damping", [0.0, 0.5, 0.999])
def test_scores_equal_a_dense_solve(damping):
    for seed in range(10):
        rng = np.random.default_rng(seed)
        G = random_trust(rng)
        seeds = random_shares(rng, G)
        found = personalised_pagerank(G, seeds=seeds, damping=damping)
        expected = dense_standing(G, seeds, damping)
        assert found.to_dict() == pytest.approx(expected, abs=1.1e-9)


@given(chances, st.floats(0.0, 0.95))
def test_scores_are_shares_and_names_make_no_difference(rng, damping):
    G = random_trust(rng)
    seeds = random_shares(rng, G)
    found = personalised_pagerank(G, seeds=seeds, damping=damping)
    assert found.between(0.0, 1.0).all()
    assert found.sum() == pytest.approx(1.0, abs=1e-12)
    H, names = renamed(G)
    again = personalised_pagerank(
        H, seeds={names[one]: share for one, share in seeds.items()}, damping=damping
    )
    same = {person: again[names[person]] for person in G}
    assert same == pytest.approx(found.to_dict(), abs=2.1e-9)
    alike = eigentrust(G, seeds=seeds, alpha=1.0 - damping)
    assert alike.to_dict() == pytest.approx(found.to_dict(), abs=2.1e-9)


def test_a_walk_from_two_seeds_is_the_mean_of_both_where_everybody_trusts_somebody():
    G = random_trust(np.random.default_rng(4), people=7, density=0.6)
    nx.set_edge_attributes(G, 0.5, "trust")
    assert min(degree for _, degree in G.out_degree()) > 0
    each = pagerank_from_each(G, ["p1", "p5"])
    both = personalised_pagerank(G, seeds={"p1": 3, "p5": 1})
    mean = 0.75 * each["p1"] + 0.25 * each["p5"]
    np.testing.assert_allclose(mean, both, rtol=0, atol=2.1e-9)


# ------------------------------------------------------------------------------ many at once


def test_each_column_is_what_its_seed_gives_alone():
    G = random_trust(np.random.default_rng(9), people=15, density=0.2)
    G.nodes["p3"]["name"] = "Ana Lima"
    people = ["p9", "Ana Lima", "p0", "p14", "p7", "p1"]
    frame = pagerank_from_each(G, people, damping=0.7)
    assert list(frame.columns) == ["p9", "p3", "p0", "p14", "p7", "p1"]
    assert (frame.index.name, frame.columns.name) == ("person", "seed")
    for person, column in frame.items():
        alone = personalised_pagerank(G, seeds=person, damping=0.7)
        np.testing.assert_allclose(column, alone, rtol=0, atol=2.1e-9)


def test_nobody_asks_nothing():
    frame = pagerank_from_each(nx.DiGraph([("a", "b", {"trust": 0.5})]), [])
    assert frame.shape == (2, 0)
    assert pagerank_from_each(nx.DiGraph(), []).shape == (0, 0)


def test_a_name_alone_is_one_person_and_nobody_is_asked_twice():
    G = nx.DiGraph([("ana", "bo", {"trust": 0.5})])
    assert list(pagerank_from_each(G, "ana").columns) == ["ana"]
    with pytest.raises(ValueError, match="'ana' is named twice"):
        pagerank_from_each(G, ["ana", "bo", "ana"])


# ------------------------------------------------------------------------------ what is given


def test_a_graph_of_nobody_has_no_scores():
    found = personalised_pagerank(nx.DiGraph())
    assert found.empty
    assert found.index.name == "person"


def test_people_in_parts_that_do_not_hang_together():
    G = nx.DiGraph([(1, 2, {"trust": 1.0}), (2, 1, {"trust": 1.0})])
    G.add_edge(3, 4, trust=0.0)
    G.add_node(5)
    found = personalised_pagerank(tg.TrustIndex.from_graph(G), seeds=1)
    assert found.to_dict() == pytest.approx({1: 1 / 1.85, 2: 0.85 / 1.85, 3: 0, 4: 0, 5: 0})
    expected = nx.pagerank(G, weight="trust", tol=1e-13, max_iter=1_000)
    assert personalised_pagerank(G).to_dict() == pytest.approx(expected, abs=2e-9)


@pytest.mark.parametrize("damping", [1, 1.0, -0.1, np.nan, "much", None])
@pytest.mark.parametrize(
    "ask", [personalised_pagerank, lambda G, **o: pagerank_from_each(G, [], **o)]
)
def test_a_damping_out_of_range_is_named(ask, damping):
    with pytest.raises(ValueError, match="damping is .* must be in"):
        ask(nx.DiGraph(), damping=damping)


def test_who_is_unknown_is_named():
    G = nx.DiGraph([("ana", "bo", {"trust": 0.5})])
    with pytest.raises(tg.errors.UnknownPersonError, match="'zoe'"):
        personalised_pagerank(G, seeds={"zoe": 1})
    with pytest.raises(tg.errors.UnknownPersonError, match="'zoe'"):
        pagerank_from_each(G, ["ana", "zoe"])


def test_too_few_iterations_are_an_error():
    G = random_trust(np.random.default_rng(1), people=30, density=0.2)
    with pytest.raises(ConvergenceError):
        personalised_pagerank(G, seeds="p0", max_iterations=2)


def test_seeds_come_as_a_series_too():
    G = nx.DiGraph([("ana", "bo", {"trust": 0.5}), ("bo", "ana", {"trust": 0.5})])
    told = pd.Series({"ana": 2.0, "bo": 1.0})
    pd.testing.assert_series_equal(
        personalised_pagerank(G, seeds=told), personalised_pagerank(G, seeds=told.to_dict())
    )
