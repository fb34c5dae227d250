from dataclasses import replace

import networkx as nx
import numpy as np
import pytest

from trustgraph.graph.index import TrustIndex
from trustgraph.steps.question import ask_question
from trustgraph.steps.subgraph import (
    DIRECT,
    FIRST,
    FURTHER,
    LAST,
    StepGraph,
    admissible_subgraph,
    check_max_intermediaries,
)

from helpers.brute_transfer import SEEKER, all_paths, pairs_of
from helpers.transfer_cases import random_graph, steps_of


def subgraph(G: nx.DiGraph, targets=("t0",), most: int = 3) -> tuple[StepGraph, TrustIndex]:
    question = ask_question(G, "s", targets)
    return admissible_subgraph(question, most), question.index


def named(steps: StepGraph, index: TrustIndex, targets) -> dict[tuple[str, str], float]:
    """Its steps by name, with what they are worth."""
    ids = sorted(targets)
    people = [SEEKER, *(index.labels[node] for node in steps.nodes[1:-1])]
    ends = zip(steps.tail, steps.head, steps.target, steps.probability, strict=True)
    return {
        (people[tail], ids[target] if head == steps.people + 1 else people[head]): factor
        for tail, head, target, factor in ends
    }


@pytest.mark.parametrize("most", range(6))
def test_the_subgraph_is_the_union_of_all_admissible_simple_paths(most):
    rng = np.random.default_rng(most)
    found = 0
    for _ in range(60):
        G = random_graph(rng, people=int(rng.integers(2, 7)), density=rng.choice([0.15, 0.3, 0.5]))
        targets = rng.choice([{"t0"}, {"t0", "t1"}])
        plain = steps_of(G, targets)
        expected = {pair for path in all_paths(plain, most) for pair in pairs_of(path)}
        steps, index = subgraph(G, targets, most)
        got = named(steps, index, targets)
        assert set(got) == expected
        worth = {(SEEKER, m): f for m, f in (plain.first | plain.direct).items()}
        worth |= plain.further | plain.last
        assert all(factor == pytest.approx(worth[pair]) for pair, factor in got.items())
        found += len(got)
    assert found > 0


def test_a_step_on_walks_alone_is_left_out():
    # s asks a, a asks b, b asks a again, a asks t: the step b -> a needs a twice.
    G = nx.DiGraph()
    for asker, asked in [("s", "a"), ("a", "b"), ("b", "a"), ("a", "t")]:
        G.add_edge(asked, asker, trust=0.5)
    steps, _ = subgraph(G, "t", 5)
    assert steps.tail.tolist() == [0, 1]
    assert steps.head.tolist() == [1, 2]


def test_a_step_that_needs_a_detour_is_kept():
    # s -> a -> b -> c -> t and a -> t, b -> a. The step b -> a is on a simple path only if
    # somebody else than a leads to b: s -> d -> b -> a -> t.
    G = nx.DiGraph()
    chain = [("s", "a"), ("a", "b"), ("b", "c"), ("c", "t"), ("a", "t"), ("b", "a")]
    for asker, asked in chain:
        G.add_edge(asked, asker, trust=0.5)
    steps, index = subgraph(G, "t", 3)
    assert ("b", "a") not in named(steps, index, {"t"})
    G.add_edge("d", "s", trust=0.5)
    G.add_edge("b", "d", trust=0.5)
    steps, index = subgraph(G, "t", 3)
    assert ("b", "a") in named(steps, index, {"t"})


def test_roles_targets_and_step_numbers_lead_back_to_the_index():
    G = nx.DiGraph()
    trusts = [
        ("a", "s", 0.8),
        ("b", "a", 0.6),
        ("t0", "b", 0.4),
        ("t1", "b", 0.2),
        ("t1", "s", 0.1),
    ]
    G.add_weighted_edges_from(trusts, weight="trust")
    steps, index = subgraph(G, {"t0", "t1"}, 2)
    assert steps.role.tolist() == [FIRST, DIRECT, FURTHER, LAST, LAST]
    assert steps.target.tolist() == [-1, 1, -1, 0, 1]
    # a further step keeps half of the trust: 0.6 x 0.5 = 0.3
    assert steps.probability.tolist() == pytest.approx([0.8, 0.1, 0.3, 0.4, 0.2])
    pairs = zip(index.asker_of(steps.step), index.out_asked[steps.step], strict=True)
    assert [(index.labels[one], index.labels[other]) for one, other in pairs] == [
        ("s", "a"),
        ("s", "t1"),
        ("a", "b"),
        ("b", "t0"),
        ("b", "t1"),
    ]


def test_two_targets_of_one_person_count_as_one_step_that_works_if_either_does():
    G = nx.DiGraph()
    trusts = [
        ("a", "s", 0.8),
        ("t0", "a", 0.4),
        ("t1", "a", 0.2),
        ("t0", "s", 0.3),
        ("t1", "s", 0.1),
    ]
    G.add_weighted_edges_from(trusts, weight="trust")
    network = subgraph(G, {"t0", "t1"})[0].network()
    # 1 - 0.6 x 0.8 = 0.52 and 1 - 0.7 x 0.9 = 0.37
    assert network.chance.tolist() == pytest.approx([0.8, 0.52])
    assert network.direct == pytest.approx(0.37)


def test_without_intermediaries_only_the_direct_tie_is_left():
    G = random_graph(np.random.default_rng(3), density=1.0)
    G.edges["t0", "s"]["trust"] = 0.4
    steps, _ = subgraph(G, "t0", 0)
    assert steps.role.tolist() == [DIRECT]
    assert steps.people == 0


def test_no_path_gives_an_empty_subgraph():
    G = nx.DiGraph()
    G.add_nodes_from(["s", "t"])
    steps, _ = subgraph(G, "t")
    assert len(steps.tail) == steps.people == 0
    assert steps.nodes.tolist() == [0, -1]


def test_steps_beyond_the_reach_of_the_search_are_never_read():
    G = nx.DiGraph()
    for asker, asked in [("s", "a"), ("a", "b"), ("b", "c"), ("c", "t")]:
        G.add_edge(asked, asker, trust=0.5)
    nx.add_path(G, [f"far{number}" for number in range(50)], trust=0.5)
    question = ask_question(G, "s", "t")
    read = []

    class Noted(np.ndarray):
        def __getitem__(self, key):
            read.extend(np.atleast_1d(key))
            return np.asarray(self)[key]

    noted = replace(question.passing, out=question.passing.out.view(Noted))
    question = replace(question, passing=noted)
    admissible_subgraph(question, 3)
    assert 0 < len(read) < 10


@pytest.mark.parametrize("most", [-1, 6, 2.5, True, "3", None])
def test_a_limit_out_of_range_is_refused_in_words(most):
    with pytest.raises(ValueError, match="whole number from 0"):
        check_max_intermediaries(most)
