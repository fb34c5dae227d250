"""TidalTrust and MoleTrust on arrays: both twins, leave-one-out, any non-negative network."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trustgraph.engine import nearby_pairs
from trustgraph.engine.nearby_pairs import mole_values, tidal_values, ties_of

from helpers import naive_trust_metrics as naive
from helpers.naive_trust_metrics import NAMES, trusts

NUMBER = {name: number for number, name in enumerate(NAMES)}
METRICS = {
    "tidal": lambda *given, **options: tidal_values(*given, max_depth=4, **options),
    "mole": lambda *given, **options: mole_values(*given, threshold=0.5, **options),
}
each_metric = pytest.mark.parametrize("metric", METRICS)


def network_of(told):
    ends = np.array([[NUMBER[u], NUMBER[v]] for u, v in told], np.int64).reshape(-1, 2)
    return ties_of(len(NAMES), ends[:, 0], ends[:, 1], list(told.values()))


def values_of(metric, ties, source, target, *, fast=False, **options):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nearby_pairs, "COMPILE_FROM_TIES", 0 if fast else 1e18)
        return METRICS[metric](ties, source, target, **options)


def every_pair():
    return np.divmod(np.arange(len(NAMES) ** 2), len(NAMES))


@each_metric
@settings(max_examples=40, deadline=None)
@given(told=trusts(), left_out=st.booleans(), data=st.data())
def test_both_twins_say_the_same(metric, told, left_out, data):
    ties = network_of(told)
    chosen = data.draw(st.lists(st.integers(0, len(NAMES) ** 2 - 1), max_size=12))
    pairs = [ends[chosen] for ends in every_pair()]
    plain, fast = (
        values_of(metric, ties, *pairs, fast=f, left_out=left_out) for f in (False, True)
    )
    np.testing.assert_array_equal(plain, fast)


@each_metric
@settings(max_examples=40, deadline=None)
@given(told=trusts())
def test_left_out_is_as_if_the_tie_did_not_exist(metric, told):
    source, target = every_pair()
    found = values_of(metric, network_of(told), source, target, left_out=True)
    for s, t, value in zip(source.tolist(), target.tolist(), found.tolist(), strict=True):
        rest = {pair: trust for pair, trust in told.items() if pair != (NAMES[s], NAMES[t])}
        expected = values_of(metric, network_of(rest), [s], [t])
        np.testing.assert_allclose(value, expected[0], rtol=1e-12)


@each_metric
@settings(max_examples=20, deadline=None)
@given(told=trusts())
def test_a_pair_alone_has_the_value_that_it_has_among_others(metric, told):
    source, target = every_pair()
    ties = network_of(told)
    together = values_of(metric, ties, source, target)
    alone = [values_of(metric, ties, [s], [t])[0] for s, t in zip(source, target, strict=True)]
    np.testing.assert_allclose(together, alone, rtol=1e-12)


@settings(max_examples=30, deadline=None)
@given(trusts(values=(0.0, 0.5, 3.0, 7.5, 10.0)))
def test_tidaltrust_takes_ratings_on_any_scale_from_0(told):
    source, target = every_pair()
    found = tidal_values(network_of(told), source, target)
    pairs = [(NAMES[s], NAMES[t]) for s, t in zip(source, target, strict=True)]
    np.testing.assert_allclose(found, [naive.tidaltrust(told, *pair) for pair in pairs], rtol=1e-12)


def test_ties_are_sorted_both_ways():
    ties = ties_of(3, [2, 0, 0], [0, 2, 1], [0.3, 0.2, 0.1])
    assert [part.tolist() for part in ties] == [
        [0, 2, 2, 3],
        [1, 2, 0],
        [0.1, 0.2, 0.3],
        [0, 1, 2, 3],
        [2, 0, 0],
        [0.3, 0.1, 0.2],
    ]


@each_metric
def test_networks_without_people_ties_or_pairs(metric):
    assert METRICS[metric](ties_of(0, [], [], []), [], []).tolist() == []
    ties = ties_of(2, [], [], [])
    np.testing.assert_array_equal(METRICS[metric](ties, [0, 1], [1, 1]), [np.nan, np.nan])


@pytest.mark.parametrize("value", [-0.1, float("nan")])
def test_values_below_0_or_none_are_refused(value):
    with pytest.raises(ValueError, match="a value of a tie is negative or none"):
        ties_of(2, [0], [1], [value])
