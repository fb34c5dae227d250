"""Transfer from graphs: against enumeration built from the step factors, laws, results, words."""

import json
from html.parser import HTMLParser

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trustgraph.graph.index import TrustIndex
from trustgraph.introductions.find import find_introductions
from trustgraph.models.ask import Ask, Organisation
from trustgraph.reputation.results import QUANTITIES, Transfer
from trustgraph.reputation.transfer import reputation_transfer
from trustgraph.steps.frame import step_factors

from helpers.brute_transfer import Steps, all_paths, brute_transfer, factors, pairs_of, same
from helpers.transfer_cases import random_graph, steps_of

seeds = st.integers(min_value=0, max_value=10**9)


def assert_equals_enumeration(moved: Transfer, steps: Steps, most: int) -> int:
    """Compare everything; return the number of paths."""
    brute = brute_transfer(steps, most)
    assert same(moved.total, brute.total)
    assert same(moved.direct, brute.direct)
    frame = moved.to_frame()
    assert set(frame.index) == set(brute.people)
    for person, expected in brute.people.items():
        assert all(same(frame.loc[person, key], expected[key]) for key in QUANTITIES), person
    return len(brute.paths)


def has_size(steps: Steps, most: int, *, paths: int, uncertain: int = 11) -> bool:
    """Whether there are at least so many paths, and few enough states to enumerate."""
    chance = factors(steps)
    found = all_paths(steps, most)
    used = {pair for path in found for pair in pairs_of(path)}
    return len(found) >= paths and sum(chance[pair] < 1 for pair in used) <= uncertain


@pytest.mark.parametrize("most", range(4))
def test_transfer_equals_enumeration_on_graphs_with_trust_alone(most):
    rng = np.random.default_rng(20 + most)
    checked = paths = 0
    while checked < 40:
        G = random_graph(rng, people=int(rng.integers(2, 6)), density=rng.choice([0.2, 0.35, 0.5]))
        targets = rng.choice([{"t0"}, {"t0", "t1"}])
        steps = steps_of(G, targets)
        if not has_size(steps, most, paths=checked % (1 + 2 * most)):
            continue
        moved = reputation_transfer(G, "s", targets, max_intermediaries=most)
        paths += assert_equals_enumeration(moved, steps, most)
        checked += 1
    assert paths > (10, 60, 120, 180)[most]


def contract_graph(rng: np.random.Generator) -> nx.DiGraph:
    """A graph with everything that a step factor looks at, somebody not to be asked included."""
    G = random_graph(rng, people=4, density=0.5)
    for _, _, data in G.edges(data=True):
        data |= {
            "willingness": rng.choice([0.1, rng.random(), rng.random()]),
            "endorsed_trust": rng.random(),
            "response": rng.random(),
            "forwards": rng.random(),
            "observed": rng.random() < 0.8,
        }
    for person in G:
        G.nodes[person]["organisation"] = str(rng.choice(["Acme", "Acme Inc.", "Borealis", ""]))
    G.nodes["p0"]["do_not_ask"] = rng.random() < 0.3
    return G


def steps_from(frame: pd.DataFrame) -> Steps:
    """The frame of `step_factors` as plain dicts."""
    steps = Steps({}, {}, {}, {})
    for row in frame.itertuples():
        if row.first > 0:
            steps.first[row.asked] = row.first
        if row.further > 0:
            steps.further[row.asker, row.asked] = row.further
        if row.last > 0 and row.asker == "s":
            steps.direct[row.asked] = row.last
        elif row.last > 0:
            steps.last[row.asker, row.asked] = row.last
    return steps


@pytest.mark.parametrize("purpose", ["vouch", "reach"])
@pytest.mark.parametrize("target", [("t0", "t1"), Organisation("Acme")])
@pytest.mark.parametrize("observed_only", [True, False])
def test_transfer_equals_enumeration_built_from_step_factors(purpose, target, observed_only):
    rng = np.random.default_rng(len(purpose) + observed_only)
    checked = paths = 0
    while checked < 8:
        G = contract_graph(rng)
        ask = Ask(seeker="s", target=target, purpose=purpose, clarity=rng.random())
        frame = step_factors(G, ask)
        steps = steps_from(frame[frame["observed"]] if observed_only else frame)
        if not has_size(steps, 3, paths=checked, uncertain=12):
            continue
        moved = reputation_transfer(G, ask, observed_only=observed_only)
        paths += assert_equals_enumeration(moved, steps, 3)
        checked += 1
    assert paths > 30


@settings(max_examples=40, deadline=None)
@given(seeds, st.integers(0, 4))
def test_the_laws_of_transfer(seed, most):
    G = random_graph(np.random.default_rng(seed))
    moved = reputation_transfer(G, "s", "t0", max_intermediaries=most)
    best = find_introductions(G, "s", "t0", k=1, max_intermediaries=most)
    assert (best[0].score if best else 0.0) <= moved.total + 1e-12
    assert moved.direct <= moved.total <= 1 + 1e-12
    assert (moved.removal <= moved.through + 1e-12).all()
    assert (moved.shapley <= moved.through + 1e-12).all()
    assert (moved.through <= moved.inflow + 1e-12).all()
    assert (moved.removal >= 0).all()
    assert (moved.inflow <= 1).all()
    assert moved.shapley.sum() == pytest.approx(moved.total - moved.direct, abs=1e-12)
    retained = moved.retained.to_numpy()
    assert retained == pytest.approx((moved.through / moved.inflow).to_numpy())
    assert bool(moved.reason) == (not best)


@settings(max_examples=40, deadline=None)
@given(seeds)
def test_more_trust_never_lowers_the_total(seed):
    rng = np.random.default_rng(seed)
    G = random_graph(rng)
    before = reputation_transfer(G, "s", "t0").total
    source, target = sorted(G.edges)[rng.integers(G.number_of_edges())]
    G.edges[source, target]["trust"] += (1 - G.edges[source, target]["trust"]) * rng.random()
    assert reputation_transfer(G, "s", "t0").total >= before - 1e-12


@settings(max_examples=30, deadline=None)
@given(seeds)
def test_names_and_order_change_nothing(seed):
    rng = np.random.default_rng(seed)
    G = random_graph(rng)
    ids = [f"id{number}" for number in range(len(G))]
    rng.shuffle(ids)
    renamed = dict(zip(G, ids, strict=True))
    nodes = rng.permutation(sorted(G)).tolist()
    H = nx.DiGraph()
    H.add_nodes_from(renamed[node] for node in nodes)
    edges = sorted(G.edges(data="trust"))
    for place in rng.permutation(len(edges)):
        source, target, trust = edges[place]
        H.add_edge(renamed[source], renamed[target], trust=trust)
    one = reputation_transfer(G, "s", "t0")
    other = reputation_transfer(H, renamed["s"], renamed["t0"])
    assert other.total == pytest.approx(one.total, abs=1e-12)
    numbers = one.to_frame().drop(columns="name").rename(index=renamed)
    same_rows = other.to_frame().drop(columns="name").loc[numbers.index]
    pd.testing.assert_frame_equal(same_rows, numbers, rtol=0, atol=1e-12)


def diamond() -> nx.DiGraph:
    """ana asks bo (.8) or cy (.5); dee believes bo (.5), cy (.6) and ana (.1)."""
    G = nx.DiGraph()
    trusts = [("bo", "ana", 0.8), ("cy", "ana", 0.5), ("dee", "bo", 0.5), ("dee", "cy", 0.6)]
    G.add_weighted_edges_from([*trusts, ("dee", "ana", 0.1)], weight="trust")
    nx.set_node_attributes(G, {"bo": "Bo <Best>", "cy": "Cy Oz"}, "name")
    return G


def test_the_diamond_by_hand():
    moved = reputation_transfer(diamond(), "ana", "dee")
    # Routes: bo .8 x .5 = .4, cy .5 x .6 = .3; direct .1.
    # R = 1 - .6 x .7 x .9 = .622
    assert moved.total == pytest.approx(0.622)
    assert moved.direct == pytest.approx(0.1)
    # Without bo 1 - .7 x .9 = .37, without cy 1 - .6 x .9 = .46
    assert moved.removal.to_dict() == pytest.approx({"bo": 0.252, "cy": 0.162})
    # First of the two: .9 x .4 and .9 x .3; second: the removal; the mean of both
    assert moved.shapley.to_dict() == pytest.approx({"bo": 0.306, "cy": 0.216})
    assert moved.inflow.to_dict() == pytest.approx({"bo": 0.8, "cy": 0.5})
    assert moved.through.to_dict() == pytest.approx({"bo": 0.4, "cy": 0.3})
    assert moved.retained.to_dict() == pytest.approx({"bo": 0.5, "cy": 0.6})
    assert (moved.exact, moved.method, moved.standard_error) == (True, "decision_diagram", 0.0)


@pytest.fixture
def sampled(monkeypatch):
    monkeypatch.setattr("trustgraph.engine.reliability_exact.MOST_PATHS", 0)
    return reputation_transfer(diamond(), "ana", "dee", seed=5)


def test_a_sampled_answer_says_so_and_agrees_with_the_exact_one(sampled):
    assert (sampled.exact, sampled.method, sampled.samples) == (False, "monte_carlo", 16_384)
    assert 0 < sampled.standard_error < 0.005
    assert abs(sampled.total - 0.622) < 4 * sampled.standard_error
    assert sampled.direct == pytest.approx(0.1)
    errors = sampled.standard_errors
    assert errors.columns.tolist() == list(QUANTITIES)
    assert errors.index.equals(sampled.people.index)
    assert (errors > 0).all(axis=None)
    assert (
        abs(sampled.shapley - pd.Series({"bo": 0.306, "cy": 0.216})) < 4 * errors["shapley"]
    ).all()
    assert "estimates from 16,384 random draws" in sampled.explain()
    assert Transfer.from_dict(sampled.to_dict()) == sampled


def test_the_seed_decides_the_draws(monkeypatch):
    monkeypatch.setattr("trustgraph.engine.reliability_exact.MOST_PATHS", 0)

    def total(seed):
        return reputation_transfer(diamond(), "ana", "dee", samples=500, seed=seed)

    assert total(1) == total(1)
    assert total(1).total != total(2).total
    assert total(np.random.default_rng(1)).total == total(1).total
    assert total(np.random.default_rng(1)).seed is None
    left_to_chance = total(None)
    assert total(left_to_chance.seed) == left_to_chance


def test_the_frame_has_its_columns_rows_and_order():
    frame = reputation_transfer(diamond(), "ana", "dee").to_frame()
    assert frame.columns.tolist() == ["name", *QUANTITIES]
    assert frame.index.name == "person"
    assert frame.index.tolist() == ["bo", "cy"]
    assert frame["name"].tolist() == ["Bo <Best>", "Cy Oz"]
    assert (frame.dtypes[list(QUANTITIES)] == "float64").all()


def test_equal_shares_are_in_the_order_of_ids():
    G = nx.DiGraph()
    for person in ("zoe", "abe", "max"):
        G.add_edge(person, "s", trust=0.3)
        G.add_edge("t", person, trust=0.3)
    assert reputation_transfer(G, "s", "t").to_frame().index.tolist() == ["abe", "max", "zoe"]


def test_the_result_is_a_sequence_that_survives_json():
    moved = reputation_transfer(diamond(), "ana", "dee")
    assert len(moved) == 2
    assert [carrier.person for carrier in moved] == ["bo", "cy"]
    assert moved[0].shapley == moved.shapley["bo"]
    assert moved[1:] == (moved[1],)
    again = Transfer.from_dict(json.loads(json.dumps(moved.to_dict())))
    assert again == moved
    assert again.to_dict()["schema_version"] == 1
    assert {"samples", "seed", "max_intermediaries", "observed_only"} <= set(moved.to_dict())


def test_names_are_escaped_in_a_notebook():
    text = reputation_transfer(diamond(), "ana", "dee")._repr_html_()
    assert "Bo &lt;Best&gt;" in text
    assert "<Best>" not in text
    HTMLParser().feed(text)


def test_the_explanation_tells_who_carries_what_and_what_is_assumed():
    told = reputation_transfer(diamond(), "ana", "dee").explain().splitlines()
    assert told[0].startswith("With 62 % (0.622) at least one way from ana to dee works")
    assert told[1] == "The direct tie alone gives 0.100; other people add 0.522."
    assert told[2] == (
        "1. Bo <Best>: if Bo <Best> refuses, the total falls from 0.622 to 0.370. Their fair share "
        "of what others bring is 59 % (0.306 of 0.522). With 80 % it gets as "
        "far as them and they pass it on; from there it goes all the way with 50 %."
    )
    assert told[4].startswith("The losses do not add up")
    assert any(line.startswith("Assumed: every step works or fails by itself") for line in told)
    assert "Under that assumption the numbers are exact." in told
    assert "Clarity of the ask: 1.00 of 1." in told


def test_someone_who_cannot_be_replaced_is_named_as_such():
    G = nx.DiGraph()
    G.add_weighted_edges_from([("bo", "ana", 0.8), ("dee", "bo", 0.5)], weight="trust")
    told = reputation_transfer(G, "ana", "dee").explain()
    assert "There is no direct tie that counts" in told
    assert "if bo refuses, nothing arrives." in told
    assert "add up" not in told
    G.add_edge("dee", "ana", trust=0.2)
    assert (
        "if bo refuses, only the direct tie is left."
        in reputation_transfer(G, "ana", "dee").explain()
    )


def test_someone_whom_others_replace_is_told_so():
    G = nx.DiGraph()
    G.add_weighted_edges_from(
        [("bo", "ana", 1), ("dee", "bo", 1), ("cy", "ana", 0.5), ("dee", "cy", 0.5)], weight="trust"
    )
    assert (
        "if cy refuses, next to nothing is lost" in reputation_transfer(G, "ana", "dee").explain()
    )


def test_many_intermediaries_are_told_in_one_line():
    G = nx.DiGraph()
    for number in range(13):
        G.add_edge(f"m{number:02}", "s", trust=0.5)
        G.add_edge("t", f"m{number:02}", trust=0.2)
    told = reputation_transfer(G, "s", "t").explain()
    assert "10. m09" in told
    assert "11. m10" not in told
    assert "The other 3 together carry" in told


def test_assumed_last_steps_are_told():
    G = nx.DiGraph()
    G.add_edge("bo", "ana", trust=0.8)
    G.add_node("bo", organisation="Acme")
    moved = reputation_transfer(G, "ana", Organisation("Acme"))
    assert moved.assumed_last_steps == 1
    assert "1 last step is assumed from where people work" in moved.explain()


def test_a_cut_network_is_told_to_be_a_lower_bound(monkeypatch):
    monkeypatch.setattr("trustgraph.engine.reliability_exact.MOST_PATHS", 0)
    monkeypatch.setattr("trustgraph.engine.reliability_transfer.MOST_PREFIXES", 1.0)
    moved = reputation_transfer(diamond(), "ana", "dee")
    assert moved.truncated
    assert moved.to_frame().index.tolist() == ["bo"]
    assert "the true total is higher" in moved.explain()


def test_reaching_somebody_puts_nobodys_name_at_stake():
    ask = Ask(seeker="ana", target="dee", purpose="reach")
    assert "nobody puts their name behind it" in reputation_transfer(diamond(), ask).explain()


def test_no_path_is_an_answer():
    moved = reputation_transfer(diamond(), "dee", "ana")
    assert (len(moved), moved.total, moved.direct, moved.reason) == (0, 0.0, 0.0, "no_path")
    assert moved.to_frame().columns.tolist() == ["name", *QUANTITIES]
    assert moved.shapley.empty
    assert moved.explain().startswith(
        "Nothing arrives: there is no way from dee to ana, with at most 3 people between"
    )
    assert "Nothing arrives" in moved._repr_html_()
    assert Transfer.from_dict(moved.to_dict()) == moved


def test_a_direct_tie_alone_has_no_reason_and_no_people():
    moved = reputation_transfer(diamond(), "ana", "dee", max_intermediaries=0)
    assert (len(moved), moved.reason) == (0, "")
    assert moved.total == moved.direct == pytest.approx(0.1)
    assert "All of it is the direct tie" in moved.explain()


def test_an_index_gives_the_same_answer_as_its_graph():
    G = diamond()
    assert reputation_transfer(TrustIndex.from_graph(G), "ana", "dee") == reputation_transfer(
        G, "ana", "dee"
    )


def test_options_out_of_range_are_refused_in_words():
    with pytest.raises(ValueError, match="max_intermediaries is 6, it must be a whole number"):
        reputation_transfer(diamond(), "ana", "dee", max_intermediaries=6)
    with pytest.raises(ValueError, match="samples is 0"):
        reputation_transfer(diamond(), "ana", "dee", samples=0)
