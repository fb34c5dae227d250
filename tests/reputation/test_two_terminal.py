"""Reliability from graphs: against enumeration and the transfer, choice of method, words."""

import json
from html.parser import HTMLParser

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trustgraph.graph.index import TrustIndex
from trustgraph.models.ask import Ask, Organisation
from trustgraph.reputation.results import Reliability
from trustgraph.reputation.transfer import reputation_transfer
from trustgraph.reputation.two_terminal import reliability
from trustgraph.steps import subgraph

from helpers.brute_transfer import all_paths, brute_transfer, factors, pairs_of
from helpers.transfer_cases import random_graph, steps_of

seeds = st.integers(min_value=0, max_value=10**9)


def crowd(people: int = 30) -> nx.DiGraph:
    """So many ways that no exact answer is tried."""
    rng = np.random.default_rng(0)
    names = ["s", *(f"p{number}" for number in range(people)), "t"]
    G = nx.DiGraph()
    for one in names:
        for other in names:
            if one != other and rng.random() < 0.5:
                G.add_edge(one, other, trust=rng.random() / 2)
    return G


def diamond() -> nx.DiGraph:
    """ana asks bo (.8) or cy (.5); dee believes bo (.5), cy (.6) and ana (.1): R = .622."""
    G = nx.DiGraph()
    trusts = [("bo", "ana", 0.8), ("cy", "ana", 0.5), ("dee", "bo", 0.5), ("dee", "cy", 0.6)]
    G.add_weighted_edges_from([*trusts, ("dee", "ana", 0.1)], weight="trust")
    return G


def few_states(steps, most: int) -> bool:
    chance = factors(steps)
    used = {pair for path in all_paths(steps, most) for pair in pairs_of(path)}
    return sum(chance[pair] < 1 for pair in used) <= 11


@pytest.mark.parametrize("most", range(6))
def test_exact_and_sampled_values_agree_with_enumeration(most, monkeypatch):
    rng = np.random.default_rng(70 + most)
    checked = paths = 0
    while checked < 15:
        G = random_graph(rng, people=int(rng.integers(2, 6)), density=rng.choice([0.2, 0.35, 0.5]))
        targets = rng.choice([{"t0"}, {"t0", "t1"}])
        steps = steps_of(G, targets)
        if not few_states(steps, most) or len(all_paths(steps, most)) < checked % (1 + 2 * most):
            continue
        brute = brute_transfer(steps, most)
        found = reliability(G, "s", targets, max_intermediaries=most, exact=True)
        assert found.value == pytest.approx(brute.total, abs=1e-12)
        assert found.direct == pytest.approx(brute.direct, abs=1e-12)
        assert (found.exact, found.method, found.samples) == (True, "decision_diagram", 0)
        answers = []
        for large_from in (10**9, 0):
            with monkeypatch.context() as patched:
                patched.setattr(subgraph, "COMPILE_FROM_STEPS", large_from)
                answers.append(
                    reliability(
                        G, "s", targets, max_intermediaries=most, exact=False, samples=2_000
                    )
                )
        plain, large = answers
        assert plain == large
        assert abs(plain.value - brute.total) <= 4 * plain.standard_error + 1e-12
        checked += 1
        paths += len(brute.paths)
    assert paths > 5


@settings(max_examples=40, deadline=None)
@given(seeds, st.integers(0, 4))
def test_it_is_the_total_of_the_transfer(seed, most):
    G = random_graph(np.random.default_rng(seed))
    moved = reputation_transfer(G, "s", "t0", max_intermediaries=most)
    found = reliability(G, "s", "t0", max_intermediaries=most, exact=True)
    assert found.value == pytest.approx(moved.total, abs=1e-12)
    assert found.direct == moved.direct
    assert found.reason == moved.reason


@settings(max_examples=40, deadline=None)
@given(seeds)
def test_another_tie_or_more_trust_never_lowers_it(seed):
    rng = np.random.default_rng(seed)
    G = random_graph(rng)
    before = reliability(G, "s", "t0", exact=True).value
    source, target = rng.choice(sorted(G), 2, replace=False)
    trust = G.edges[source, target]["trust"] if G.has_edge(source, target) else 0.0
    G.add_edge(str(source), str(target), trust=trust + (1 - trust) * rng.random())
    assert reliability(G, "s", "t0", exact=True).value >= before - 1e-12


def test_the_method_is_the_quicker_one_unless_told():
    assert reliability(diamond(), "ana", "dee").exact
    assert not reliability(diamond(), "ana", "dee", exact=False).exact
    found = reliability(crowd(), "s", "t")
    assert (found.exact, found.method, found.samples) == (False, "monte_carlo", 10_000)
    with pytest.raises(ValueError, match="the exact value would take too long: the paths run over"):
        reliability(crowd(), "s", "t", exact=True)


def test_a_large_graph_is_sampled_where_compiled_code_is_quicker(monkeypatch):
    monkeypatch.setattr(subgraph, "COMPILE_FROM_STEPS", 0)
    assert not reliability(diamond(), "ana", "dee").exact
    precise = reliability(diamond(), "ana", "dee", precision=1e-5)
    assert precise.exact
    assert precise.value == pytest.approx(0.622)


def test_draws_stop_at_the_precision_or_at_the_limit():
    found = reliability(crowd(), "s", "t", precision=0.004)
    assert found.standard_error <= 0.004
    assert 0 < found.samples < 16_384
    short = reliability(crowd(), "s", "t", precision=0.0004, samples=2_000)
    assert short.samples == 2_000
    assert "less precise than asked for (a standard error of 0.0004)" in short.explain()
    assert "less precise" not in found.explain()


def test_the_transfer_stops_at_a_precision_too():
    G = crowd(20)
    moved = reputation_transfer(G, "s", "t", max_intermediaries=2, precision=0.006)
    assert not moved.exact
    assert moved.standard_error <= 0.006
    assert 1_024 <= moved.samples < 16_384
    other = reputation_transfer(G, "s", "t", max_intermediaries=2, precision=1e-4, samples=500)
    assert other.samples == 500
    assert "less precise than asked for" in other.explain()
    alone = reliability(G, "s", "t", max_intermediaries=2, samples=200_000, exact=False)
    error = np.hypot(moved.standard_error, alone.standard_error)
    assert abs(alone.value - moved.total) < 4 * error


def test_the_seed_decides_the_draws():
    def found(seed):
        return reliability(diamond(), "ana", "dee", exact=False, samples=500, seed=seed)

    assert found(1) == found(1)
    assert found(1).value != found(2).value
    assert found(np.random.default_rng(1)).value == found(1).value
    assert found(np.random.default_rng(1)).seed is None
    left_to_chance = found(None)
    assert found(left_to_chance.seed) == left_to_chance


def test_a_direct_tie_alone_needs_no_draws():
    found = reliability(diamond(), "ana", "dee", max_intermediaries=0, exact=False)
    assert found.value == found.direct == pytest.approx(0.1)
    assert (found.exact, found.samples, found.reason) == (True, 0, "")


def test_no_path_is_an_answer():
    found = reliability(diamond(), "dee", "ana")
    assert (found.value, found.direct, found.exact, found.reason) == (0.0, 0.0, True, "no_path")
    assert found.explain().startswith("Nothing arrives: there is no way from dee to ana")
    assert "Nothing arrives" in found._repr_html_()


def test_the_explanation_tells_how_much_and_how_exact():
    told = reliability(diamond(), "ana", "dee").explain().splitlines()
    assert told[0].startswith("With 62 % (0.622) at least one way from ana to dee works")
    assert told[1] == "The direct tie alone gives 0.100; other people add 0.522."
    assert told[2] == "Clarity of the ask: 1.00 of 1."
    assert told[3].startswith("Assumed: every step works or fails by itself")
    assert told[4] == "Under that assumption the numbers are exact."
    ask = Ask(seeker="ana", target="dee", purpose="reach")
    text = reliability(diamond(), ask, exact=False).explain()
    assert "nobody puts their name behind it" in text
    assert "estimates from 10,000 random draws" in text


def test_the_result_survives_json_and_reads_as_a_number():
    for exact in (True, False):
        found = reliability(diamond(), "ana", "dee", exact=exact)
        again = Reliability.from_dict(json.loads(json.dumps(found.to_dict())))
        assert again == found
        assert float(again) == found.value
    G = nx.relabel_nodes(diamond(), {"dee": "<dee>"})
    text = reliability(G, "ana", "<dee>")._repr_html_()
    assert "&lt;dee&gt;" in text
    assert "<dee>" not in text
    HTMLParser().feed(text)


def test_several_targets_and_organisations_are_one_sink():
    G = diamond()
    G.nodes["cy"]["organisation"] = "Acme"
    found = reliability(G, "ana", Organisation("Acme"))
    assert found.value == pytest.approx(reputation_transfer(G, "ana", Organisation("Acme")).total)
    both = reliability(TrustIndex.from_graph(G), "ana", ["dee", "cy"], exact=False, samples=50_000)
    exact = reliability(G, "ana", ["dee", "cy"], exact=True)
    assert abs(both.value - exact.value) < 4 * both.standard_error


@pytest.mark.parametrize("ask", [reliability, reputation_transfer])
@pytest.mark.parametrize("precision", [0, -0.1, float("nan"), 1e-200, 2, "0.1"])
def test_options_out_of_range_are_refused_in_words(ask, precision):
    with pytest.raises(ValueError, match="the standard error to stop at must be a number"):
        ask(diamond(), "ana", "dee", precision=precision)
    with pytest.raises(ValueError, match="samples is 0; draw at least 1"):
        ask(diamond(), "ana", "dee", samples=0)
    with pytest.raises(ValueError, match="max_intermediaries is 6, it must be a whole number"):
        ask(diamond(), "ana", "dee", max_intermediaries=6)


@pytest.mark.parametrize("samples", [0, 2.0, 1.5, "3", True])
@pytest.mark.parametrize("ask", [reliability, reputation_transfer])
def test_samples_are_whole_numbers(ask, samples):
    with pytest.raises(ValueError, match="whole number"):
        ask(diamond(), "ana", "dee", samples=samples)


def test_a_sure_direct_tie_needs_no_draws():
    G = diamond()
    G.add_edge("dee", "ana", trust=1.0)
    found = reliability(G, "ana", "dee", exact=False)
    assert (found.value, found.exact, found.samples) == (1.0, True, 0)
