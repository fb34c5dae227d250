"""EigenTrust against dense linear algebra, a known answer, and its laws."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import trustgraph as tg
from trustgraph.errors import ConvergenceError
from trustgraph.reputation import eigentrust

from helpers.random_trust import random_trust, renamed
from helpers.standing_cases import dense_standing, random_shares

chances = st.integers(0, 2**32 - 1).map(np.random.default_rng)


@pytest.mark.parametrize("alpha", [1e-6, 0.01, 0.1, 0.5, 1.0])
@pytest.mark.parametrize("seed", range(12))
def test_scores_equal_a_dense_solve(seed, alpha):
    rng = np.random.default_rng(seed)
    G = random_trust(rng)
    seeds = random_shares(rng, G)
    expected = dense_standing(G, seeds, 1.0 - alpha)
    found = eigentrust(G, seeds=seeds, alpha=alpha)
    assert found.index.name == "person"
    assert found.name == "eigentrust"
    assert sum(abs(found[person] - expected[person]) for person in G) <= 1.1e-9


def test_scores_are_those_of_another_implementation():
    # From the README of go-eigentrust (Karma3 Labs), with its alpha of a half: 3 peers.
    G = nx.DiGraph()
    G.add_edge("ek", "sd", trust=1.0)
    G.add_edge("vm", "sd", trust=1.0)
    G.add_edge("ek", "vm", trust=0.75)
    found = eigentrust(G, seeds={"ek": 50, "vm": 100}, alpha=0.5)
    expected = {"ek": 0.2170542, "sd": 0.3023255, "vm": 0.4806202}
    assert found.to_dict() == pytest.approx(expected, abs=1e-7)


def test_the_rounds_of_the_paper_end_in_the_same_scores():
    # C and the rounds as in Algorithm 2, person by person.
    G = random_trust(np.random.default_rng(12), people=7, density=0.3)
    seeds = {"p2": 0.5, "p4": 0.5}
    p = {person: seeds.get(person, 0.0) for person in G}
    t = dict(p)
    for _ in range(400):
        rounds = {person: 0.1 * p[person] for person in G}
        for i in G:
            total = sum(trust for _, _, trust in G.out_edges(i, data="trust"))
            for j in G:
                c = G.edges[i, j]["trust"] / total if total and G.has_edge(i, j) else 0.0
                rounds[j] += 0.9 * t[i] * (c if total else p[j])
        t = rounds
    assert eigentrust(G, seeds=["p2", "p4"]).to_dict() == pytest.approx(t, abs=1e-9)


def test_a_collective_that_nobody_trusts_gets_nothing():
    G = nx.DiGraph([("ana", "bo", {"trust": 0.5}), ("bo", "ana", {"trust": 0.2})])
    G.add_edge("liar", "thief", trust=1.0)
    G.add_edge("thief", "liar", trust=1.0)
    found = eigentrust(G, seeds="ana", alpha=0.05)
    assert found[["liar", "thief"]].tolist() == [0.0, 0.0]
    assert eigentrust(G, alpha=0.05)["liar"] > 0.2


# ------------------------------------------------------------------------------ laws


@given(chances, st.sampled_from([0.05, 0.3, 1.0]))
def test_scores_are_shares_and_what_is_no_matter_changes_nothing(rng, alpha):
    G = random_trust(rng)
    seeds = random_shares(rng, G)
    found = eigentrust(G, seeds=seeds, alpha=alpha)
    assert found.between(0.0, 1.0).all()
    assert found.sum() == pytest.approx(1.0, abs=1e-12)
    assert list(found.index) == sorted(G)
    # Seeds keep what is theirs beforehand, and nobody else gets anything from nowhere.
    trusting = nx.subgraph_view(G, filter_edge=lambda u, v: G.edges[u, v]["trust"] > 0)
    reached = set(seeds).union(*(nx.descendants(trusting, seed) for seed in seeds))
    for person in G:
        assert found[person] >= alpha * seeds.get(person, 0.0) - 1e-9
        assert person in reached or found[person] == 0.0
    # Names, the order of edges, and how much everybody trusts in all.
    H, names = renamed(G)
    for tie in H.edges.values():
        tie["trust"] *= 0.3
    again = eigentrust(
        H, seeds={names[one]: 7 * share for one, share in seeds.items()}, alpha=alpha
    )
    assert {person: again[names[person]] for person in G} == pytest.approx(
        found.to_dict(), abs=2.1e-9
    )


def test_only_seeds_count_where_alpha_is_1():
    G = nx.DiGraph([("ana", "bo", {"trust": 0.5})])
    assert eigentrust(G, seeds={"ana": 3, "bo": 1}, alpha=1).to_dict() == {"ana": 0.75, "bo": 0.25}


# ------------------------------------------------------------------------------ what is given


def test_a_graph_of_nobody_has_no_scores():
    found = eigentrust(nx.DiGraph())
    assert found.empty
    assert found.dtype == np.float64
    assert found.index.name == "person"


@pytest.mark.parametrize("trust", [None, 0.0])
def test_where_nobody_trusts_anybody_seeds_keep_everything(trust):
    G = nx.DiGraph()
    G.add_nodes_from([3, 1, 2])
    if trust is not None:
        G.add_edge(1, 2, trust=trust)
    assert eigentrust(G, seeds=[1, 3]).to_dict() == {1: 0.5, 2: 0.0, 3: 0.5}
    assert eigentrust(G).to_dict() == pytest.approx(dict.fromkeys((1, 2, 3), 1 / 3))


def test_one_person_has_it_all():
    G = nx.DiGraph()
    G.add_node("ana")
    assert eigentrust(G).to_dict() == {"ana": 1.0}


def test_a_graph_and_its_index_give_the_same_and_people_may_be_named():
    G = random_trust(np.random.default_rng(5), people=6, density=0.5)
    G.nodes["p1"]["name"] = "Ana Lima"
    index = tg.TrustIndex.from_graph(G)
    pd.testing.assert_series_equal(eigentrust(G, seeds="Ana Lima"), eigentrust(index, seeds=["p1"]))


@pytest.mark.parametrize("alpha", [0, -0.1, 1.1, 1e-320, np.nan, np.inf, "a tenth", None])
def test_a_weight_of_the_seeds_out_of_range_is_named(alpha):
    with pytest.raises(ValueError, match="alpha is .* must be in"):
        eigentrust(nx.DiGraph(), alpha=alpha)


def test_a_weight_of_0_is_refused_with_its_reason():
    with pytest.raises(ValueError, match="for ever.*A small weight, such as 0.001"):
        eigentrust(nx.DiGraph(), alpha=0)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"tolerance": 0}, "tolerance is 0"),
        ({"tolerance": "fine"}, "tolerance is 'fine'"),
        ({"tolerance": np.inf}, "tolerance is inf"),
        ({"max_iterations": 0}, "max_iterations is 0"),
        ({"max_iterations": 2.5}, "max_iterations is 2.5"),
        ({"seeds": []}, "seeds name nobody"),
        ({"seeds": {"a": -1}}, "the weight of seed 'a' is -1"),
    ],
)
def test_what_is_out_of_range_is_named(given, said):
    with pytest.raises(ValueError, match=said):
        eigentrust(nx.DiGraph([("a", "b", {"trust": 0.5})]), **given)


def test_who_is_unknown_is_named():
    with pytest.raises(tg.errors.UnknownPersonError, match="'zoe'"):
        eigentrust(nx.DiGraph([("ana", "bo", {"trust": 0.5})]), seeds="zoe")


def test_too_few_iterations_are_an_error():
    G = random_trust(np.random.default_rng(1), people=30, density=0.2)
    with pytest.raises(ConvergenceError, match="no convergence after 2 iterations"):
        eigentrust(G, seeds="p0", alpha=0.01, max_iterations=2)
