"""Chances and intervals are learned from other ratings than those that they are told of."""

import numpy as np
import pytest

from trustgraph.datasets import make_ratings
from trustgraph.evaluation import Prediction, evaluate
from trustgraph.evaluation._calibrated import Calibrated, Judged, cross_calibrated, ends_of
from trustgraph.evaluation.logistic import Logistic
from trustgraph.reputation.conformal import Calibration


def drawn(m=200, seed=0):
    rng = np.random.default_rng(seed)
    rating = rng.choice([-1.0, 0.1, 0.3, 1.0], m)
    value = 0.5 * rating + 0.3 * rng.normal(size=m)
    return rating, Prediction(value, np.ones(m, bool))


def test_the_rating_itself_has_no_part_in_its_chance_and_interval():
    rating, found = drawn()
    rows = np.arange(len(rating))
    before = cross_calibrated(rows, found, rating, rating > 0, seed=1)
    tenth = np.flatnonzero(np.random.default_rng(1).permutation(len(rating)) % 10 == 3)
    new = rating.copy()
    new[tenth] = -new[tenth]
    after = cross_calibrated(rows, found, new, new > 0, seed=1)
    others = np.setdiff1d(rows, tenth)
    for name in ("probability", "low", "high"):
        one, two = getattr(before, name), getattr(after, name)
        np.testing.assert_array_equal(one[tenth], two[tenth])
    assert not np.array_equal(before.probability[others], after.probability[others])


def test_each_tenth_is_judged_by_the_other_nine():
    rating, found = drawn()
    rows = np.arange(len(rating))
    judged = cross_calibrated(rows, found, rating, rating > 0, seed=1)
    part = np.random.default_rng(1).permutation(len(rating)) % 10
    np.testing.assert_array_equal(judged.rows, rows)
    for one in range(10):
        own, others = part == one, part != one
        curve = Logistic.fit(found.value[others], rating[others] > 0)
        np.testing.assert_allclose(judged.probability[own], curve.chance(found.value[own]))
        intervals = Calibration.of(found.value[others], rating[others], level=0.9, ends=(-1.0, 1.0))
        low, high = intervals.interval(found.value[own])
        steps = np.unique([-1.0, *rating])
        below = [max(step for step in steps if step <= end + 1e-9) for end in low]
        above = [min(step for step in steps if step >= end - 1e-9) for end in high]
        np.testing.assert_array_equal(judged.low[own], below)
        np.testing.assert_array_equal(judged.high[own], above)


def test_predictions_that_differ_only_by_what_was_left_out_are_taken_as_alike():
    rating, _ = drawn()
    m = len(rating)
    means = Prediction((rating.sum() - rating) / (m - 1), np.ones(m, bool))
    judged = cross_calibrated(np.arange(m), means, rating, rating > 0, seed=0, ranks=False)
    assert not judged.ranks
    np.testing.assert_array_equal(judged.value, means.value)
    assert len(np.unique(judged.probability)) <= 10
    assert judged.probability == pytest.approx(np.full(m, (rating > 0).mean()), abs=0.05)


def test_ends_that_a_model_tells_are_kept():
    rating, found = drawn(30)
    own = Prediction(found.value, found.answered, found.value - 0.1, found.value + 0.2)
    calibrated = Calibrated.of(found.value, rating, rating > 0, ends=(-1.0, 1.0))
    judged = calibrated.judge(np.arange(30), own)
    np.testing.assert_array_equal(judged.low, own.low)
    np.testing.assert_array_equal(judged.high, own.high)


@pytest.mark.parametrize("m", [1, 2, 5])
def test_a_few_predictions_are_enough_for_an_answer(m):
    rating, found = drawn(m)
    judged = cross_calibrated(np.arange(m), found, rating, rating > 0, seed=0)
    assert ((judged.probability > 0) & (judged.probability < 1)).all()
    assert (judged.low <= judged.high).all()


def test_parts_are_joined_and_taken():
    rating, found = drawn(30)
    whole = cross_calibrated(np.arange(30), found, rating, rating > 0, seed=0)
    parts = Judged.joined([whole.take(np.arange(10)), whole.take(np.arange(10, 30))])
    np.testing.assert_array_equal(parts.probability, whole.probability)


def test_the_ends_of_nothing_are_those_of_the_scale():
    assert ends_of(np.zeros(0)) == (-1.0, 1.0)
    assert ends_of(np.array([0.2, 0.7])) == (0.2, 0.7)


@pytest.mark.parametrize("protocol", ["leave-one-out", "kfold"])
def test_a_mean_of_stars_does_not_miss_the_top_by_a_hair(protocol):
    ratings = make_ratings(60, 600, seed=4)
    stars = np.random.default_rng(0).choice([1, 2, 3, 4, 5], 600, p=[0.1, 0.1, 0.2, 0.2, 0.4])
    told = ratings.assign(rating=stars[: len(ratings)])
    found = evaluate(told, ["mean"], protocol=protocol, resamples=0)
    assert found.table().loc["mean", "coverage"] >= 0.86
    assert set(found["mean"].high) <= {0.2, 0.4, 0.6, 0.8, 1.0}


def test_ends_stay_between_ratings_where_there_are_many():
    rating = np.random.default_rng(0).normal(size=300)
    calibrated = Calibrated.of(rating / 2, rating, rating > 0, ends=ends_of(rating))
    found = Prediction(rating / 2, np.ones(300, bool))
    judged = calibrated.judge(np.arange(300), found)
    np.testing.assert_array_equal(judged.low, calibrated.intervals.interval(found.value)[0])
