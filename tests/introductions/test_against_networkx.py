"""Introductions against the simple-path searches of NetworkX, where these apply.

On a graph that has nothing but trust, the factor of a step depends on who asks whom only: trust in
the asker, halved between two intermediaries. So each step has one cost, and both searches answer
the same question: one lists all paths within the cap, the other lists paths by cost without cap.
"""

import itertools
import math

import networkx as nx
import numpy as np
import pytest

import trustgraph as tg

RETENTION = 0.5
K = 12


def question(seed):
    """A random graph with hubs and ties in score, and its steps with factors, as a graph."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(4, 13))
    coarse = rng.random() < 0.4
    G, steps = nx.DiGraph(), nx.DiGraph()
    people = [f"p{number:02}" for number in range(n)]
    G.add_nodes_from(people)
    steps.add_nodes_from(people)
    density = rng.uniform(0.15, 0.6, n)  # by person: some are hubs
    for (i, asked), (j, asker) in itertools.permutations(enumerate(people), 2):
        if rng.random() < (density[i] + density[j]) / 2:
            trust = float(rng.choice([0.2, 0.5, 1.0]) if coarse else rng.random())
            G.add_edge(asked, asker, trust=trust)
            between = asker != people[0] and asked != people[-1]
            factor = trust * RETENTION if between else trust
            steps.add_edge(asker, asked, factor=factor, cost=-math.log(factor))
    return G, steps, people[0], people[-1]


def score(steps, path):
    return math.prod(steps.edges[pair]["factor"] for pair in itertools.pairwise(path))


@pytest.mark.parametrize("most", range(5))
@pytest.mark.parametrize("seed", range(40))
def test_the_k_best_are_those_of_all_simple_paths(seed, most):
    G, steps, seeker, target = question(seed)
    every = {
        tuple(path): score(steps, path)
        for path in nx.all_simple_paths(steps, seeker, target, cutoff=most + 1)
    }
    found = tg.find_introductions(G, seeker, target, k=K, max_intermediaries=most)
    assert len(found) == min(K, len(every))
    wanted = sorted(every.values(), reverse=True)[:K]
    np.testing.assert_allclose([path.score for path in found], wanted, rtol=1e-12)
    np.testing.assert_allclose([every[path.path] for path in found], wanted, rtol=1e-12)


@pytest.mark.parametrize("seed", range(60))
def test_the_k_best_are_the_first_short_ones_of_shortest_simple_paths(seed):
    G, steps, seeker, target = question(1_000 + seed)
    most = seed % 4
    wanted = []
    if nx.has_path(steps, seeker, target):
        for path in nx.shortest_simple_paths(steps, seeker, target, weight="cost"):
            if len(path) <= most + 2:
                wanted.append(score(steps, path))
            if len(wanted) == K:
                break
    found = tg.find_introductions(G, seeker, target, k=K, max_intermediaries=most)
    np.testing.assert_allclose([path.score for path in found], wanted, rtol=1e-9)
