"""Every metric is what an independent computation says, and undefined where there is none."""

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import trustgraph as tg

STEPS = [-1.0, -0.5, 0.1, 0.1, 0.4, 1.0]
PAIRS = st.lists(st.tuples(st.sampled_from(STEPS), st.sampled_from(STEPS)), min_size=2, max_size=9)


def drawn(seed=0, m=60):
    rng = np.random.default_rng(seed)
    rating = rng.choice(STEPS, m)
    return rating, np.round(rating + rng.normal(size=m), 1)


def test_errors_are_those_written_out():
    rating, value = drawn()
    apart = [r - v for r, v in zip(rating, value, strict=True)]
    assert tg.evaluation.rmse(rating, value) == pytest.approx(
        math.sqrt(sum(d * d for d in apart) / len(apart))
    )
    assert tg.evaluation.mae(rating, value) == pytest.approx(sum(map(abs, apart)) / len(apart))


@pytest.mark.parametrize(
    ("ours", "theirs"), [("pcc", "pearsonr"), ("spearman", "spearmanr")], ids=["pcc", "spearman"]
)
@pytest.mark.parametrize("seed", range(3))
def test_correlations_are_those_of_scipy(ours, theirs, seed):
    stats = pytest.importorskip("scipy.stats")
    rating, value = drawn(seed)
    found = getattr(tg.evaluation, ours)(rating, value)
    assert found == pytest.approx(getattr(stats, theirs)(rating, value).statistic, abs=1e-12)


@given(PAIRS)
@settings(max_examples=40)
def test_a_correlation_with_a_constant_side_is_undefined_and_no_other(pairs):
    rating, value = map(np.array, zip(*pairs, strict=True))
    constant = len(set(rating)) == 1 or len(set(value)) == 1
    for metric in (tg.evaluation.pcc, tg.evaluation.spearman):
        assert math.isnan(metric(rating, value)) == constant
        assert math.isnan(metric(rating, 7 + 0.1 * value)) == constant


@given(PAIRS)
@settings(max_examples=40)
def test_auc_is_the_share_of_pairs_in_the_right_order(pairs):
    rating, value = map(np.array, zip(*pairs, strict=True))
    positive = rating > 0
    good, bad = value[positive], value[~positive]
    found = tg.evaluation.auc(positive, value)
    if not len(good) or not len(bad):
        assert math.isnan(found)
        return
    wins = [1.0 if one > other else 0.5 * (one == other) for one, other in product(good, bad)]
    assert found == pytest.approx(np.mean(wins))


def test_auc_is_the_statistic_of_mann_and_whitney():
    stats = pytest.importorskip("scipy.stats")
    rating, value = drawn(5)
    positive = rating > 0
    u = stats.mannwhitneyu(value[positive], value[~positive]).statistic
    pairs = positive.sum() * (~positive).sum()
    assert tg.evaluation.auc(positive, value) == pytest.approx(u / pairs)


def chances(seed=0, m=80):
    rng = np.random.default_rng(seed)
    chance = rng.random(m)
    return rng.random(m) < chance**2, chance


def test_scores_of_chances_are_those_written_out():
    positive, chance = chances()
    both = list(zip(positive, chance, strict=True))
    assert tg.evaluation.brier(positive, chance) == pytest.approx(
        sum((p - s) ** 2 for s, p in both) / len(both)
    )
    assert tg.evaluation.log_loss(positive, chance) == pytest.approx(
        -sum(math.log(p if s else 1 - p) for s, p in both) / len(both)
    )


def test_a_chance_of_nothing_that_came_true_is_a_large_loss_and_not_infinite():
    assert tg.evaluation.log_loss([True], [0.0]) == pytest.approx(-math.log(1e-15))


@pytest.mark.parametrize("bins", [1, 3, 10])
def test_the_calibration_error_is_the_weighted_distance_of_the_curve(bins):
    positive, chance = chances(1)
    total = 0.0
    for k in range(bins):
        inside = [
            i for i, p in enumerate(chance) if k / bins <= p and (p < (k + 1) / bins or p == 1)
        ]
        if inside:
            apart = np.mean([chance[i] for i in inside]) - np.mean([positive[i] for i in inside])
            total += len(inside) / len(chance) * abs(apart)
    assert tg.evaluation.ece(positive, chance, bins=bins) == pytest.approx(total)
    curve = tg.evaluation.calibration_curve(positive, chance, bins=bins)
    assert curve["n"].sum() == len(chance)
    distance = ((curve["probability"] - curve["share"]).abs() * curve["n"]).sum() / len(chance)
    assert distance == pytest.approx(total)


def test_a_curve_has_all_bins_and_the_ends_belong_to_it():
    curve = tg.evaluation.calibration_curve([True, False, True], [0.0, 1.0, 1.0], bins=4)
    assert curve["n"].tolist() == [1, 0, 0, 2]
    assert curve["share"].tolist()[::3] == [1.0, 0.5]
    assert curve["share"].isna().tolist() == [False, True, True, False]


def test_intervals_hold_their_ends():
    low, high = np.array([-0.1, 0.0, 0.1]), np.array([0.2, 0.3, 0.4])
    found = tg.evaluation.interval_coverage([0.2, 0.1 + 0.2, 0.41], low, high)
    assert found == pytest.approx(2 / 3)
    assert tg.evaluation.interval_width(low, high) == pytest.approx(0.3)


@pytest.mark.parametrize(
    ("rating", "positive"),
    [
        ([-0.2, 0.0, 0.3], [False, False, True]),
        ([0.1, 0.2, 0.3, 0.4], [False, False, True, True]),
        ([0.1, 1.0, 1.0, 1.0], [False, True, True, True]),
        ([0.1, 0.1, 0.1, 1.0], [False, False, False, True]),
        ([0.4, 0.4], [True, True]),
        ([], []),
    ],
)
def test_what_is_positive_is_told_by_the_sign_or_splits_the_nearest_to_halves(rating, positive):
    assert tg.evaluation.positive_ratings(rating).tolist() == positive


@pytest.mark.parametrize("metric", ["rmse", "mae", "pcc", "spearman", "auc", "brier", "log_loss"])
def test_nothing_gives_an_undefined_metric(metric):
    assert math.isnan(getattr(tg.evaluation, metric)([], []))


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: tg.evaluation.rmse([1.0], [1.0, 2.0]), "do not pair"),
        (lambda: tg.evaluation.pcc([1.0, 0.0], [1.0, math.nan]), "1 numbers are not finite"),
        (lambda: tg.evaluation.brier([True], [1.2]), "outside"),
        (lambda: tg.evaluation.ece([True], [0.2], bins=0), "bins is 0"),
    ],
)
def test_numbers_that_make_no_sense_are_named(call, words):
    with pytest.raises(ValueError, match=words):
        call()


def test_what_is_no_number_and_what_is_no_interval_is_refused():
    for metric in (tg.evaluation.rmse, tg.evaluation.mae, tg.evaluation.pcc):
        with pytest.raises(TypeError, match=r"\['a'\] is no list of numbers"):
            metric(["a"], ["b"])
    with pytest.raises(ValueError, match="place 0: 2 to 0"):
        tg.evaluation.interval_width([2], [0])
