import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustgraph.engine import csr
from trustgraph.engine._compile import compiled
from trustgraph.graph import _arrays
from trustgraph.graph._arrays import both_ways

TWINS = pytest.mark.parametrize("kernels", [csr, compiled(csr)], ids=["plain", "compiled"])
LISTS = st.integers(1, 12).flatmap(
    lambda n: st.tuples(
        st.just(n), st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=60)
    )
)


def ends(pairs):
    table = np.array(pairs, np.int32).reshape(-1, 2)
    return table[:, 0].copy(), table[:, 1].copy()


@TWINS
@given(LISTS)
def test_counting_sorts_as_comparing_does(kernels, case):
    n, pairs = case
    key, other = ends(pairs)
    start, steps = np.zeros(n + 1, np.int64), np.empty(len(key), np.int64)
    kernels.group(key, other, start, steps)
    order = np.lexsort((np.arange(len(key)), key))
    np.testing.assert_array_equal(steps & csr.LOWER, order)
    np.testing.assert_array_equal(steps >> csr.HALF, other[order])
    np.testing.assert_array_equal(start, np.searchsorted(key[order], np.arange(n + 1)))

    turned_start, turned = np.zeros(n + 1, np.int64), np.empty(len(key), np.int64)
    place = np.empty(len(key), np.int32)
    kernels.turn(start, steps, turned_start, turned, place)
    order = np.lexsort((np.arange(len(key)), key, other))
    np.testing.assert_array_equal(turned & csr.LOWER, order)
    np.testing.assert_array_equal(turned >> csr.HALF, key[order])
    np.testing.assert_array_equal(turned_start, np.searchsorted(other[order], np.arange(n + 1)))
    np.testing.assert_array_equal(
        turned[place], (key[steps & csr.LOWER].astype(int) << csr.HALF) | (steps & csr.LOWER)
    )


@TWINS
def test_the_largest_numbers_fit_into_their_half_of_a_word(kernels):
    key, other = np.zeros(1, np.int32), np.array([2**31 - 1], np.int32)
    steps = np.empty(1, np.int64)
    kernels.group(key, other, np.zeros(2, np.int64), steps)
    assert (int(steps[0]) >> csr.HALF, int(steps[0]) & csr.LOWER) == (2**31 - 1, 0)


@pytest.mark.parametrize("way", ["digits", "plain", "compiled"])
@pytest.mark.parametrize(("n", "m"), [(1, 0), (5, 3), (40, 300), (150_000, 3_000)])
def test_steps_stand_sorted_in_both_directions(monkeypatch, way, n, m):
    if way != "digits":
        monkeypatch.setattr(_arrays, "COMPILE_FROM_STEPS", 0)
    if way == "plain":
        monkeypatch.setattr(_arrays, "compiled", lambda module: module)
    rng = np.random.default_rng(m)
    asker, asked = rng.integers(0, n, (2, m)).astype(np.int32)
    ways = both_ways(asker, asked, n)
    order = np.lexsort((asked, asker))  # stable, so edges that stand twice keep their order
    np.testing.assert_array_equal(ways.edge, order)
    np.testing.assert_array_equal(ways.out_asked, asked[order])
    np.testing.assert_array_equal(ways.out_start, np.searchsorted(asker[order], np.arange(n + 1)))
    back = np.lexsort((asker[order], asked[order]))
    np.testing.assert_array_equal(ways.in_step, back)
    np.testing.assert_array_equal(ways.in_asker, asker[order][back])
    into = np.searchsorted(asked[order][back], np.arange(n + 1))
    np.testing.assert_array_equal(ways.in_start, into)
    kinds = [getattr(ways, name).dtype for name in ("out_start", "in_start")]
    assert kinds == [np.int64] * 2
    for name in ("out_asked", "in_asker", "in_step", "edge"):
        assert getattr(ways, name).dtype == np.int32
