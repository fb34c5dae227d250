"""Ways that share no edge: against the enumeration of all simple paths, in both twins."""

from itertools import pairwise

import networkx as nx
import numpy as np
import pytest

from trustgraph.engine import disjoint
from trustgraph.engine._compile import compiled


@pytest.fixture(params=["plain", "compiled"])
def kernels(request):
    return disjoint if request.param == "plain" else compiled(disjoint)


def random_ways(rng, n, *, levels):
    """Edges, and what each lets through; some nothing."""
    density = rng.choice([0.3, 0.5, 0.8])
    edges = np.argwhere((rng.random((n, n)) < density) & ~np.eye(n, dtype=bool)).astype(np.int32)
    if levels:
        share, known = rng.choice([0.0, 0.25, 0.5, 1.0], (2, len(edges)))
    else:
        share, known = rng.random((2, len(edges))) * (rng.random((2, len(edges))) > 0.1)
    return edges, share, known


def arrays(n, edges):
    """Edges by who they lead to, numbered as they stand, and by who they start from."""
    edges = edges[np.lexsort(edges.T)]
    by_start = np.lexsort(edges.T[::-1]).astype(np.int32)
    out_start = np.searchsorted(edges[by_start, 0], np.arange(n + 1))
    in_start = np.searchsorted(edges[:, 1], np.arange(n + 1))
    out = out_start, edges[by_start, 1].copy(), by_start
    return edges, (*out, in_start, edges[:, 0].copy())


def found_by(kernels, n, starts, share, known, source, target, most):
    m = len(share)
    value = np.zeros((most + 1, n))
    marks = np.full(m, -1), np.full(n, -1)
    room = np.empty((m + 1, most), np.int32)
    people, touched = np.empty(n, np.int32), np.empty((most + 1, n), np.int32)
    work = *marks, 7, value, people, touched, room
    number = kernels.disjoint_ways(source, target, most, *starts, share, known, *work)
    assert not value.any()
    ends, last = np.zeros(n, np.int64), np.zeros(n, np.int64)
    total = kernels.count_ways(source, target, most, *starts, share, known, ends, last)
    assert not ends.any()
    assert not last.any()
    return [way[way >= 0].tolist() for way in room[:number]], total


def expected_by(n, edges, share, known, source, target, most):
    G = nx.DiGraph()
    G.add_nodes_from(range(n))
    G.add_edges_from((u, v, {"number": k}) for k, (u, v) in enumerate(edges.tolist()))
    ways = []
    for path in nx.all_simple_paths(G, source, target, cutoff=most):
        way = [G.edges[pair]["number"] for pair in pairwise(path)]
        strength = share[way[:-1]].prod() * known[way[-1]]
        if strength > 0:
            ways.append((round(-strength, 13), len(way), path, way))
    chosen, spent = [], set()
    for *_, way in sorted(ways):
        if not spent & set(way):
            chosen.append(way)
            spent |= set(way)
    return chosen, len(ways)


@pytest.mark.parametrize("levels", [False, True])
@pytest.mark.parametrize("most", range(1, 7))
def test_ways_are_those_of_the_enumeration(kernels, most, levels):
    rng = np.random.default_rng(10 * most + levels)
    several = 0
    for _ in range(25):
        n = int(rng.integers(4, 8))
        edges, share, known = random_ways(rng, n, levels=levels)
        edges, starts = arrays(n, edges)
        source, target = rng.choice(n, 2, replace=False)
        question = share, known, int(source), int(target), most
        expected = expected_by(n, edges, *question)
        assert found_by(kernels, n, starts, *question) == expected
        several += len(expected[0]) > 1
    assert most == 1 or several > 1


@pytest.mark.parametrize("most", [2, 4, 6])
def test_equal_strengths_go_by_length_and_then_by_numbers(kernels, most):
    rng = np.random.default_rng(most)
    for _ in range(10):
        n = 7
        edges, *_ = random_ways(rng, n, levels=True)
        edges, starts = arrays(n, edges)
        ones = np.ones(len(edges))
        question = ones, ones, 0, n - 1, most
        assert found_by(kernels, n, starts, *question) == expected_by(n, edges, *question)


def test_a_loop_that_rounding_hides_is_cut_out(kernels):
    """0 -> 1 -> 2 -> 1 -> 3 would be a walk; its loop lets all but nothing less through."""
    edges = np.array([[0, 1], [1, 2], [2, 1], [1, 3]])
    edges, starts = arrays(4, edges)
    out_start, out_person, out_edge, *_ = starts
    number = {tuple(pair): k for k, pair in enumerate(edges.tolist())}
    share, known = np.ones(4), np.zeros(4)
    known[number[1, 3]] = 1.0
    value = np.zeros((5, 4))
    value[1, 1], value[2, 2], value[3, 1], value[4, 0] = 1.0, 1.0, 1.0, 1.0
    way = np.full(4, -1, np.int32)
    edges_found = kernels.walk(
        0,
        3,
        4,
        out_start,
        out_person,
        out_edge,
        share,
        known,
        np.full(4, -1),
        0,
        value,
        np.empty(5, np.int32),
        way,
    )
    assert way[:edges_found].tolist() == [number[0, 1], number[1, 3]]


def test_both_twins_find_the_same_ways():
    rng = np.random.default_rng(0)
    n = 40
    edges, share, known = random_ways(rng, n, levels=False)
    edges, starts = arrays(n, edges)
    for most in (2, 3, 4):
        question = n, starts, share, known, 3, 17, most
        assert found_by(disjoint, *question) == found_by(compiled(disjoint), *question)
