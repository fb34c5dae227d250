"""Overlap of circles against NetworkX and sets."""

import time

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import trustgraph.trust.proximity as room
from trustgraph.trust import ProximityModel
from trustgraph.trust.pairs import Pairs


def pairs_of(edges: list[tuple[int, int]], people: int) -> Pairs:
    source, target = (np.array([edge[side] for edge in edges], dtype=np.int64) for side in (0, 1))
    return Pairs.between(source, target, people=people)


def overlaps(edges, tied, people) -> dict[tuple[int, int], float]:
    pairs = pairs_of(edges, people)
    flags = np.array(
        [(u, v) in tied or (v, u) in tied for u, v in zip(pairs.source, pairs.target, strict=True)],
        dtype=bool,
    )
    found = room.neighbourhood_overlap(pairs, flags)
    return {(int(u), int(v)): o for u, v, o in zip(pairs.source, pairs.target, found, strict=True)}


def test_a_triangle_with_a_tail_by_hand():
    edges = [(0, 1), (1, 2), (0, 2), (2, 3)]
    found = overlaps(edges, set(edges), 4)
    # 0 and 1 know two people each, one besides each other, the same: 1 / (1 + 1 - 1) = 1
    assert found[0, 1] == found[1, 0] == 1
    # 0 (1 other) and 2 (2 others) share one: 1 / (1 + 2 - 1) = .5
    assert found[0, 2] == 0.5
    # 3 knows nobody else
    assert found[2, 3] == 0


EDGES = st.lists(
    st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda edge: edge[0] < edge[1]),
    max_size=25,
    unique=True,
)


@settings(max_examples=150, deadline=None)
@given(EDGES, st.data())
def test_overlap_is_that_of_sets_of_neighbours(edges, data):
    tied = {edge for edge in edges if data.draw(st.booleans())}
    graph = nx.Graph(tied)
    graph.add_nodes_from(range(8))
    for (u, v), found in overlaps(edges, tied, 8).items():
        mine, yours = set(graph[u]) - {v}, set(graph[v]) - {u}
        every = mine | yours
        assert found == (len(mine & yours) / len(every) if every else 0)


@pytest.mark.parametrize("at_once", [1, 5, 7])
def test_looking_up_in_pieces_changes_nothing(monkeypatch, at_once):
    edges = [(u, v) for u in range(8) for v in range(u + 1, 8) if (u * v) % 3]
    whole = overlaps(edges, set(edges), 8)
    monkeypatch.setattr(room, "LOOKED_UP_AT_ONCE", at_once)
    assert overlaps(edges, set(edges), 8) == whole


def test_a_hub_of_thirty_thousand_is_no_burden():
    hub = 30_000
    spokes = np.arange(1, hub + 1)
    # Everybody knows the hub and the next one round the rim.
    pairs = Pairs.between(
        np.concatenate([np.zeros(hub, dtype=np.int64), spokes]),
        np.concatenate([spokes, spokes % hub + 1]),
        people=hub + 1,
    )
    start = time.perf_counter()
    found = room.neighbourhood_overlap(pairs, np.ones(len(pairs), dtype=bool))
    assert time.perf_counter() - start < 5  # about .05 s
    # A spoke knows two others, both known to the hub: 2 / (29999 + 2 - 2).
    of_hub = found[pairs.source == 0]
    assert of_hub == pytest.approx(2 / (hub - 1))
    # Neighbours on the rim share the hub alone: 1 / (2 + 2 - 1).
    assert found[pairs.source > 0][pairs.target[pairs.source > 0] > 0] == pytest.approx(1 / 3)


def test_a_shared_organisation_is_half_the_way_left():
    found = ProximityModel().proximity(np.array([0.0, 0.2, 0.2]), np.array([True, True, False]))
    assert found == pytest.approx([0.5, 0.6, 0.2])
