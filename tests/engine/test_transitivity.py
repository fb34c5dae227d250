"""Best products of trust: the heap, one sweep, and a sweep with one person removed."""

import networkx as nx
import numpy as np
import pytest

from trustgraph.engine import transitivity
from trustgraph.engine._compile import compiled

from helpers.random_trust import random_trust


@pytest.fixture(params=["plain", "compiled"])
def kernels(request):
    return compiled(transitivity) if request.param == "compiled" else transitivity


def both_ways(G):
    """Edges by giver and by receiver: (start, other, trust) each."""
    people = {person: number for number, person in enumerate(sorted(G))}
    ties = [(people[u], people[v], t) for u, v, t in G.edges(data="trust")]
    made = []
    for here, there in ((0, 1), (1, 0)):
        rows = sorted(ties, key=lambda tie, here=here, there=there: (tie[here], tie[there]))
        counts = np.bincount([tie[here] for tie in rows], minlength=len(G)).astype(np.int64)
        start = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        other = np.array([tie[there] for tie in rows], np.int32)
        made.append((start, other, np.array([tie[2] for tie in rows], np.float64)))
    return made


def by_enumeration(G, source, removed=None):
    """The best product to everybody over all ways that leave one person out."""
    rest = nx.subgraph_view(G, filter_node=lambda person: person != removed)
    best = np.zeros(len(G))
    for number, person in enumerate(sorted(G)):
        if person == source:
            best[number] = 1.0
        elif person != removed:
            ways = nx.all_simple_edge_paths(rest, source, person)
            products = [np.prod([G.edges[e]["trust"] for e in way]) for way in ways]
            best[number] = max(products, default=0.0)
    return best


def swept(kernels, G, source):
    n = len(G)
    best, parent = np.full(n, 7.0), np.full(n, 7, np.int32)
    place = np.zeros(n, np.int32)
    kernels.spread(source, *both_ways(G)[0], best, parent, np.zeros(n, np.int32), place)
    assert not place.any()
    return best, parent


def test_people_leave_the_heap_in_the_order_of_their_values(kernels):
    rng = np.random.default_rng(1)
    for n in (1, 2, 3, 20, 50):
        value = rng.integers(0, 9, n) / 8.0
        heap, place, size = np.zeros(n, np.int32), np.zeros(n, np.int32), 0
        for person in rng.permutation(n).astype(np.int32):
            size = kernels.push(person, size, heap, place, value)
        raised = rng.integers(0, n, n // 2).astype(np.int32)
        for person in raised:
            value[person] += rng.random()
            assert kernels.push(person, size, heap, place, value) == size
        left = []
        while size > 0:
            size = kernels.pop(size, heap, place, value)
            left.append(int(heap[size]))
        assert sorted(left) == list(range(n))
        assert value[left].tolist() == sorted(value, reverse=True)
        assert not place.any()


@pytest.mark.parametrize("seed", range(25))
def test_a_sweep_finds_the_best_products_and_their_tree(kernels, seed):
    G = random_trust(np.random.default_rng(seed))
    for source, person in enumerate(sorted(G)):
        best, parent = swept(kernels, G, source)
        np.testing.assert_allclose(best, by_enumeration(G, person), rtol=1e-12)
        assert parent[source] == -1
        people = sorted(G)
        for other in range(len(G)):
            assert (parent[other] >= 0) == (other != source and best[other] > 0)
            if parent[other] >= 0:
                trust = G.edges[people[parent[other]], people[other]]["trust"]
                assert best[other] == best[parent[other]] * trust


@pytest.mark.parametrize("seed", range(25))
def test_who_stands_behind_somebody_is_reached_without_them_if_at_all(kernels, seed):
    G = random_trust(np.random.default_rng(seed), people=7, density=0.35)
    out_ways, in_ways = both_ways(G)
    n, people = len(G), sorted(G)
    best, parent = swept(kernels, G, 0)
    child, sibling = np.zeros(n, np.int32), np.zeros(n, np.int32)
    kernels.hang(parent, child, sibling)
    tree = nx.DiGraph([(int(above), person) for person, above in enumerate(parent) if above >= 0])
    tree.add_nodes_from(range(n))
    for removed in range(1, n):
        below, marks = np.zeros(n, np.int32), np.zeros(n, np.uint8)
        number = kernels.gather(removed, child, sibling, below, marks)
        behind = nx.descendants(tree, removed)
        assert sorted(below[:number].tolist()) == sorted(behind)
        assert set(np.flatnonzero(marks).tolist()) == behind
        again, place = np.zeros(n), np.zeros(n, np.int32)
        room = np.zeros(n, np.int32)
        # All are wanted, so the search goes on to the end.
        marks[marks > 0] = 2
        kernels.without(
            removed, number, below, marks, number, *out_ways, *in_ways, best, again, room, place
        )
        assert not place.any()
        wanted = by_enumeration(G, people[0], people[removed])
        found = np.where(marks > 0, again, best)
        found[removed] = 0.0
        np.testing.assert_allclose(found, wanted, rtol=1e-12)
