"""Intervals hold what they promise on new numbers from the same source."""

import numpy as np
import pytest

from trustgraph.reputation.conformal import Calibration


@pytest.mark.parametrize("level", [0.5, 0.9])
def test_the_share_that_is_held_is_the_share_promised(level):
    rng = np.random.default_rng(1)
    held = []
    for _ in range(200):
        estimate = rng.uniform(-0.5, 0.5, 1200)
        rating = np.clip(estimate + rng.exponential(0.1 + estimate**2) - 0.1, -1, 1)
        learned = Calibration.of(estimate[:600], rating[:600], level=level, ends=(-1, 1))
        low, high = learned.interval(estimate[600:])
        held.append(np.mean((low <= rating[600:]) & (rating[600:] <= high)))
    assert np.mean(held) == pytest.approx(level, abs=0.02)
    assert np.mean(held) >= level - 0.003


def test_each_group_is_calibrated_apart():
    rng = np.random.default_rng(2)
    estimate = rng.uniform(0, 1, 5000)
    rating = estimate + rng.normal(0, np.where(estimate < 0.5, 0.01, 0.3))
    found = Calibration.of(estimate, rating, level=0.9, ends=(-9, 9))
    low, high = found.interval(np.array([0.1, 0.9]))
    narrow, wide = (high - low).tolist()
    assert narrow < 0.1
    assert wide > 0.5


def test_both_ends_are_the_ranked_residuals():
    off = np.arange(1, 100) / 100 - 0.5
    found = Calibration.of(np.zeros(99), off, level=0.9, ends=(-1, 1))
    low, high = found.interval(np.zeros(1))
    assert (low[0], high[0]) == pytest.approx((off[4], off[-5]))


def test_with_too_few_residuals_the_interval_is_the_whole_range():
    found = Calibration.of(np.zeros(5), np.zeros(5), level=0.9, ends=(-1, 0.8))
    assert [end.tolist() for end in found.interval(np.zeros(1))] == [[-1.0], [0.8]]
    nothing = Calibration.of(np.zeros(0), np.zeros(0), level=0.9, ends=(0, 1))
    assert [end.tolist() for end in nothing.interval(np.array([0.3]))] == [[0.0], [1.0]]
