"""The search kernels against the search by whole arrays, plain and compiled, for every cap."""

from dataclasses import fields

import networkx as nx
import numpy as np
import pytest

from trustgraph.engine import cutout, cutout_simple
from trustgraph.engine._compile import compiled
from trustgraph.graph.index import TrustIndex
from trustgraph.models.ask import Organisation
from trustgraph.steps import subgraph
from trustgraph.steps.question import ask_question
from trustgraph.steps.subgraph import StepGraph, admissible_subgraph, short_walks

from helpers.transfer_cases import random_graph

CAPS = range(6)


def assert_equal(one: StepGraph, other: StepGraph) -> None:
    for field in fields(StepGraph):
        left, right = getattr(one, field.name), getattr(other, field.name)
        assert np.array_equal(left, right), field.name
        assert np.asarray(left).dtype == np.asarray(right).dtype, field.name


def crowd(seed: int, people: int = 60, degree: int = 4) -> nx.DiGraph:
    """Some people around two hubs; some of the ties are worth nothing."""
    rng = np.random.default_rng(seed)
    names = [f"p{number:02}" for number in range(people)]
    G = nx.DiGraph()
    G.add_nodes_from(["s", "t0", "t1", *names], organisation="Acme")
    for name in names:
        G.nodes[name]["organisation"] = str(rng.choice(["Acme", ""], p=[0.1, 0.9]))
        G.nodes[name]["do_not_ask"] = rng.random() < 0.1
        for other in rng.choice(names, degree, replace=False):
            if other != name:
                G.add_edge(name, str(other), trust=rng.choice([0.0, rng.random(), rng.random()]))
    for hub in names[:2]:
        for name in names[2:40]:
            G.add_edge(*((hub, name) if rng.random() < 0.5 else (name, hub)), trust=rng.random())
    for name in rng.choice(names, 4, replace=False):
        G.add_edge(str(name), "s", trust=0.5)
    for target, number in (("t0", 2), ("t1", 12)):
        for name in rng.choice(names, number, replace=False):
            G.add_edge(target, str(name), trust=0.5, observed=bool(rng.random() < 0.8))
    if rng.random() < 0.5:
        G.add_edge("t1", "s", trust=0.1)
    return G


def questions(rng):
    for seed in range(30):
        target = ({"t0"}, {"t1"}, {"t0", "t1"}, Organisation("Acme"))[seed % 4]
        yield ask_question(crowd(seed), "s", target)
    for _ in range(40):
        G = random_graph(rng, people=int(rng.integers(1, 8)), density=rng.choice([0.1, 0.3, 0.6]))
        yield ask_question(G, "s", rng.choice([{"t0"}, {"t0", "t1"}]))


@pytest.mark.parametrize("kernels", ["plain", "compiled"])
def test_the_kernel_cuts_out_what_whole_arrays_do(kernels, monkeypatch):
    search = cutout if kernels == "plain" else compiled(cutout)
    prune = cutout_simple if kernels == "plain" else compiled(cutout_simple)
    found = np.zeros(len(CAPS), int)
    for question in questions(np.random.default_rng(1)):
        for most in CAPS:
            by_arrays = short_walks(question, most)
            by_kernel = subgraph._cut_by_kernel(question, most, search)
            assert_equal(by_kernel, by_arrays)
            pruned = prune.pruned(*subgraph._arrays(by_kernel), most)
            assert_equal(subgraph._step_graph(pruned, most), admissible_subgraph(question, most))
            found[most] += len(by_arrays.tail)
        assert not question.index.workspaces.take(1).rest.any()
    assert (np.diff(found) > 0).all()


def test_a_large_graph_is_searched_by_the_compiled_kernel(monkeypatch):
    for seed in range(8):
        question = ask_question(crowd(seed, 40), "s", {"t0", "t1"})
        by_arrays = [admissible_subgraph(question, most) for most in CAPS]
        monkeypatch.setattr(subgraph, "COMPILE_FROM_STEPS", 0)
        for most, expected in enumerate(by_arrays):
            assert_equal(admissible_subgraph(question, most), expected)
        monkeypatch.undo()


def test_simple_steps_drop_only_what_repeats_somebody():
    steps = 0
    for seed in range(30):
        question = ask_question(crowd(seed), "s", "t1")
        walks, paths = short_walks(question, 4), admissible_subgraph(question, 4)
        assert set(paths.step.tolist()) <= set(walks.step.tolist())
        steps += len(walks.step) - len(paths.step)
    assert steps > 0


def test_a_factor_of_nothing_after_the_first_step_leaves_paths_of_one():
    question = ask_question(crowd(3), "s", "t1")
    object.__setattr__(question, "scale", 0.0)
    for kernels in (cutout, compiled(cutout)):
        found = subgraph._cut_by_kernel(question, 3, kernels)
        assert_equal(found, short_walks(question, 3))
        assert not (found.role == subgraph.FURTHER).any()


def test_what_lies_beyond_the_search_is_not_read():
    """Whoever the search does not meet may stand there with impossible values."""
    rng = np.random.default_rng(5)
    G = crowd(5)
    nx.add_path(G, [f"far{number}" for number in range(30)], trust=0.5)
    index = TrustIndex.from_graph(G)
    question = ask_question(index, "s", "t0")
    whole = subgraph._cut_by_kernel(question, 3, cutout)
    far = np.array([str(label).startswith("far") for label in index.labels])
    beyond = far[index.out_asked]
    index.out_asked[beyond] = rng.integers(10**6, 10**9, int(beyond.sum()))
    index.in_asker[far[index.in_asker]] = 10**9
    assert_equal(subgraph._cut_by_kernel(question, 3, cutout), whole)
