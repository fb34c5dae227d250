"""The flow of certificates: both twins, and that what is accepted can be."""

import numpy as np
import pytest

from trustgraph.engine import certify
from trustgraph.engine._compile import compiled
from trustgraph.engine.nearby_pairs import ties_of

TWINS = {"plain": certify, "compiled": compiled(certify)}


def accepted_by(kernels, seed):
    """A random network, its flow, and who is accepted."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 25))
    source, target = np.nonzero(rng.random((n, n)) < rng.uniform(0.05, 0.4))
    source, target = source[source != target], target[source != target]
    m = len(source)
    by_trusted = np.lexsort((source, target))
    number = np.empty(m, np.int32)
    number[by_trusted] = np.arange(m)
    ties = ties_of(n, source, target, number)
    step = ties.value.astype(np.int32)
    there = rng.random(m) < 0.8
    seeds = np.unique(rng.integers(n, size=2))
    room = rng.integers(0, 5, n)
    distance, queue = np.full(n, -1, np.int32), np.zeros(n, np.int32)
    reached = kernels.distances(ties.start, ties.trusted, step, there, seeds, distance, queue)
    order = queue[:reached].copy()
    flow, passed, accepted = np.zeros(m, np.int64), np.zeros(n, np.int64), np.zeros(n, np.bool_)
    kernels.accept(
        *(ties.start, ties.trusted, step, ties.rated_start, ties.rater),
        *(there, order, distance, room, flow, passed, accepted),
    )
    ends = source[by_trusted], target[by_trusted]
    return ends, there, seeds, room, flow, passed, accepted, distance, order


@pytest.mark.parametrize("seed", range(40))
def test_both_twins_do_the_same(seed):
    results = [accepted_by(kernels, seed) for kernels in TWINS.values()]
    for plain, fast in zip(*results, strict=True):
        np.testing.assert_array_equal(plain, fast)


@pytest.mark.parametrize("seed", range(40))
def test_the_flow_is_one(seed):
    ends, there, seeds, room, flow, passed, accepted, distance, order = accepted_by(certify, seed)
    source, target = ends
    assert (flow >= 0).all()
    assert (flow[~there] == 0).all()
    assert ((passed >= 0) & (passed <= room)).all()
    np.testing.assert_array_equal(np.bincount(source, flow, len(room)), passed)
    # What arrives is passed on or accepts; only seeds may have more than arrives.
    missing = passed + accepted - np.bincount(target, flow, len(room))
    others = np.setdiff1d(np.arange(len(room)), seeds)
    assert (missing[others] == 0).all()
    assert (missing[seeds] >= 0).all()
    assert accepted[seeds].all()
    assert (np.diff(distance[order]) >= 0).all()
    assert not accepted[distance < 0].any()
