import numpy as np
import pytest

from trustgraph.engine.flow import shares

from helpers.random_flows import random_ties


def dense(flow):
    """P of the flow in the caller's node numbers: giver by receiver."""
    P = np.zeros((flow.n, flow.n))
    for v in range(flow.n):
        for e in range(flow.start[v], flow.start[v + 1]):
            P[flow.order[flow.source[e]], flow.order[v]] += flow.share[e]
    return P


@pytest.mark.parametrize("seed", range(40))
def test_shares_are_in_proportion_to_trust(seed):
    n, source, target, trust = random_ties(np.random.default_rng(seed))
    given = np.zeros((n, n))
    np.add.at(given, (source, target), trust)
    flow = shares(source, target, trust, n)
    expected = given / np.where(given.sum(axis=1), given.sum(axis=1), 1.0)[:, None]
    np.testing.assert_allclose(dense(flow), expected, atol=1e-15)
    assert flow.m == (trust > 0.0).sum()
    nobody = np.flatnonzero(given.sum(axis=1) == 0.0)
    assert sorted(flow.order[flow.leaky].tolist()) == nobody.tolist()


@pytest.mark.parametrize("seed", range(10))
def test_rows_are_sorted_by_how_many_edges_they_receive(seed):
    flow = shares(*_rotated(random_ties(np.random.default_rng(seed))))
    assert (np.diff(flow.start, n=2) <= 0).all()
    assert sorted(flow.order.tolist()) == list(range(flow.n))


def test_the_types_are_as_small_as_they_can_be():
    flow = shares([0, 1], [1, 0], [1, 1], 2)
    types = flow.start.dtype, flow.source.dtype, flow.share.dtype, flow.leaky.dtype
    assert types == (np.int64, np.int32, np.float64, np.int32)


def test_the_order_of_the_edges_does_not_matter():
    n, source, target, trust = random_ties(np.random.default_rng(3), 9)
    # Parallel edges with different trust may change places.
    _, one = np.unique(source * n + target, return_index=True)
    flow = shares(source[one], target[one], trust[one], n)
    other = shares(source[one[::-1]], target[one[::-1]], trust[one[::-1]], n)
    for name in ("start", "source", "leaky", "order"):
        np.testing.assert_array_equal(getattr(flow, name), getattr(other, name))
    np.testing.assert_allclose(flow.share, other.share, rtol=1e-15)


def test_a_graph_without_edges_or_nodes_is_a_flow():
    assert shares([], [], [], 3).leaky.tolist() == [0, 1, 2]
    assert shares([], [], [], 0).n == 0


@pytest.mark.parametrize(
    ("source", "target", "trust", "message"),
    [
        ([0, 1], [1], [0.5, 0.5], "one entry an edge"),
        ([0], [1], [0.5, 0.5], "one entry an edge"),
        ([0], [2], [0.5], "numbers from 0 to 1"),
        ([-1], [0], [0.5], "numbers from 0 to 1"),
        ([0], [1], [-0.5], "at least 0 and finite"),
        ([0], [1], [np.nan], "at least 0 and finite"),
        ([0], [1], [np.inf], "at least 0 and finite"),
    ],
)
def test_what_cannot_flow_is_refused(source, target, trust, message):
    with pytest.raises(ValueError, match=message):
        shares(source, target, trust, 2)


def _rotated(ties):
    n, source, target, trust = ties
    return source, target, trust, n
