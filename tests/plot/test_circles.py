"""The circles against plain shortest paths, and the directions against the family tree."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trustgraph.graph import TrustIndex
from trustgraph.plot._circles import FARTHEST, angles_of, circles_around

from helpers.pictures import made_graph


def brute_circles(G, middle):
    """Steps and best product of trusts of everybody, over all shortest ways, by networkx."""
    ways = nx.DiGraph()
    ways.add_nodes_from(G)
    ways.add_edges_from((asker, asked) for asked, asker, t in G.edges(data="trust") if t > 0)
    steps = nx.single_source_shortest_path_length(ways, middle)
    best = {
        person: max(
            np.prod([G.edges[asked, asker]["trust"] for asker, asked in nx.utils.pairwise(way)])
            for way in nx.all_shortest_paths(ways, middle, person)
        )
        for person, number in steps.items()
        if number <= FARTHEST
    }
    return steps, best


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 14), st.floats(0.05, 0.4))
def test_steps_and_reach_are_those_of_the_best_shortest_ways(seed, people, density):
    rng = np.random.default_rng(seed)
    G = nx.gnp_random_graph(people, density, seed=seed, directed=True)
    nx.set_edge_attributes(G, {e: float(rng.choice([0, 0.2, 0.5, 1])) for e in G.edges}, "trust")
    steps, best = brute_circles(G, 0)
    circles = circles_around(TrustIndex.from_graph(G), 0)
    assert dict(zip(circles.person.tolist(), circles.reach.tolist(), strict=True)) == (
        pytest.approx(best)
    )
    assert circles.steps.tolist() == [steps[person] for person in circles.person.tolist()]
    assert circles.apart == people - len(steps)
    assert sum(circles.sizes) == len(steps)
    assert circles.sizes[-1] == sum(number > FARTHEST for number in steps.values())


def chain():
    """Ana knows bo and cy; both know dee, cy better: 0.8 * 0.5 = 0.40 against 0.6 * 0.6 = 0.36."""
    return nx.DiGraph(
        [
            ("bo", "ana", {"trust": 0.6}),
            ("cy", "ana", {"trust": 0.8}),
            ("dee", "bo", {"trust": 0.6}),
            ("dee", "cy", {"trust": 0.5, "observed": False}),
        ]
    )


def test_the_parent_is_the_one_with_the_greatest_product_of_trusts():
    circles = circles_around(TrustIndex.from_graph(chain()), 0)
    assert circles.person.tolist() == [0, 1, 2, 3]
    assert circles.parent.tolist() == [-1, 0, 0, 2]
    assert circles.trust.tolist() == [1.0, 0.6, 0.8, 0.5]
    assert circles.observed.tolist() == [True, True, True, False]


def test_weight_is_the_reach_of_everybody_behind():
    circles = circles_around(TrustIndex.from_graph(chain()), 0)
    assert circles.weight == pytest.approx([1 + 0.6 + 0.8 + 0.4, 0.6, 0.8 + 0.4, 0.4])


def test_the_strongest_people_keep_their_way_to_the_middle():
    circles = circles_around(TrustIndex.from_graph(chain()), 0).strongest(3)
    assert circles.person.tolist() == [0, 1, 2]
    far = circles_around(TrustIndex.from_graph(made_graph(300)), 0)
    fewer = far.strongest(40)
    assert len(fewer) == 40
    assert (fewer.parent[1:] >= 0).all()
    assert (fewer.steps[fewer.parent[1:]] == fewer.steps[1:] - 1).all()
    assert fewer.sizes == far.sizes


@pytest.mark.parametrize("people", [1, 2, 30, 400])
def test_directions_keep_families_and_organisations_together(people):
    circles = circles_around(TrustIndex.from_graph(made_graph(people)), 0)
    firms = [f"Firm {person % 5}" for person in circles.person.tolist()]
    angle = angles_of(circles, firms, np.random.default_rng(3))
    assert ((angle >= 0) & (angle <= 2 * np.pi)).all()
    for number in range(2, FARTHEST + 1):
        rows = np.flatnonzero(circles.steps == number)
        parents = circles.parent[rows[np.argsort(angle[rows])]]
        changes = int((np.diff(parents) != 0).sum())
        assert changes == max(0, len(set(parents.tolist())) - 1)
    for parent in set(circles.parent[1:].tolist()):
        rows = np.flatnonzero(circles.parent == parent)
        order = [firms[row] for row in rows[np.argsort(angle[rows])].tolist()]
        assert sum(a != b for a, b in nx.utils.pairwise(order)) == len(set(order)) - 1


def test_the_generator_decides_the_order_of_the_organisations():
    circles = circles_around(TrustIndex.from_graph(made_graph(100)), 0)
    firms = [f"Firm {person % 7}" for person in circles.person.tolist()]
    first, again, other = (
        angles_of(circles, firms, np.random.default_rng(seed)) for seed in (1, 1, 2)
    )
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)
