"""Fairness and goodness on arrays: against the definition, and each rating left out."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trustgraph.engine import fairness, fairness_without
from trustgraph.engine.fairness import leave_one_out, solve
from trustgraph.errors import ConvergenceError

from helpers.fair_raters import from_the_definition, random_ratings
from helpers.otc import otc_ratings

draws = st.integers(0, 2**32 - 1).map(np.random.default_rng)


@pytest.fixture(params=["plain", "compiled"])
def kernels(request, monkeypatch):
    monkeypatch.setattr(fairness, "COMPILE_FROM_WORK", 0 if request.param == "compiled" else np.inf)
    return request.param


@settings(max_examples=60)
@given(draws)
def test_the_solution_is_that_of_the_definition(rng):
    ratings = random_ratings(rng)
    found = solve(*ratings)
    expected = from_the_definition(*ratings)
    np.testing.assert_allclose(found[0], expected[0], rtol=0, atol=1e-12)
    np.testing.assert_allclose(found[1], expected[1], rtol=0, atol=1e-12)
    assert (found[0] >= 0).all()
    assert (found[0] <= 1).all()
    assert (np.abs(found[1]) <= 1).all()


@settings(max_examples=40)
@given(draws, st.sampled_from([1e-1, 1e-3, 1e-6]))
def test_no_number_is_further_from_the_solution_than_told(rng, tolerance):
    ratings = random_ratings(rng)
    exact = solve(*ratings, tolerance=1e-15)
    start = rng.uniform(-1, 1, ratings[3])
    for found in (solve(*ratings, tolerance=tolerance), solve(*ratings, start=start)):
        assert np.abs(found[0] - exact[0]).max() <= tolerance
        assert np.abs(found[1] - exact[1]).max() <= tolerance


def test_two_people_who_rate_each_other_by_hand():
    """g = f w and f = 1 - |w - g| / 2 with w = 1: f = 1. With w = -1: f = 1 - (1 - f) / 2 too."""
    ends = np.array([0, 1], np.int32), np.array([1, 0], np.int32)
    for rating in (1.0, -1.0):
        fair, good, _ = solve(*ends, np.full(2, rating), 2)
        np.testing.assert_allclose(fair, 1.0, atol=1e-12)
        np.testing.assert_allclose(good, rating, atol=1e-12)


def test_three_raters_of_one_person_by_hand():
    """g = (f1 + .8 f2 - f3) / 3 with f = .5 + g/2, .6 + g/2 and .5 - g/2: g = .3."""
    source, target = np.array([0, 1, 2], np.int32), np.full(3, 3, np.int32)
    fair, good, _ = solve(source, target, np.array([1.0, 0.8, -1.0]), 4)
    np.testing.assert_allclose(fair, [0.65, 0.75, 0.35, 1.0], atol=1e-12)
    np.testing.assert_allclose(good, [0, 0, 0, 0.3], atol=1e-12)


def test_nobody_and_nothing_to_solve():
    none = np.array([], np.int32)
    for n in (0, 1, 3):
        fair, good, _ = solve(none, none, np.array([]), n)
        assert fair.tolist() == [1.0] * n
        assert good.tolist() == [0.0] * n
        assert [len(one) for one in leave_one_out(none, none, np.array([]), n)] == [0, 0]


def test_too_few_rounds_are_told():
    ratings = random_ratings(np.random.default_rng(3), 8)
    with pytest.raises(ConvergenceError) as caught:
        solve(*ratings, max_iterations=2)
    assert caught.value.iterations == 2
    assert caught.value.residual > caught.value.tol


def test_too_few_rounds_without_a_rating_are_told(monkeypatch):
    ratings = random_ratings(np.random.default_rng(3), 8)
    all_told = solve(*ratings)
    monkeypatch.setattr(fairness, "MOST_ROUNDS", 1)
    monkeypatch.setattr(fairness, "solve", lambda *_, **__: all_told)
    with pytest.raises(ConvergenceError):
        leave_one_out(*ratings)


def refitted(source, target, rating, n, row):
    """The two people of a rating, from a cold start without it."""
    kept = np.arange(len(source)) != row
    fair, good, _ = solve(source[kept], target[kept], rating[kept], n, tolerance=1e-13)
    return fair[source[row]], good[target[row]]


@pytest.mark.parametrize("seed", range(6))
def test_a_rating_left_out_leaves_no_trace(kernels, seed):
    rng = np.random.default_rng(seed)
    source, target, rating, n = random_ratings(rng)
    fair, good = leave_one_out(source, target, rating, n)
    for row in range(len(source)):
        expected = refitted(source, target, rating, n, row)
        np.testing.assert_allclose((fair[row], good[row]), expected, rtol=0, atol=1e-8)
        # Whatever the rating was, nothing of it is in the answer.
        other = rating.copy()
        other[row] = -1.0 if rating[row] > 0 else 1.0
        again = leave_one_out(source, target, other, n, rows=np.array([row]))
        np.testing.assert_allclose(np.ravel(again), expected, rtol=0, atol=1e-8)


@pytest.mark.parametrize("number", [1, 15, 16, 17, 40])
def test_blocks_do_not_change_what_is_found(kernels, number):
    rng = np.random.default_rng(number)
    source, target, rating, n = random_ratings(rng, 12, 60)
    rows = rng.integers(0, len(source), number)
    fair, good = leave_one_out(source, target, rating, n, rows=rows)
    assert fair.shape == good.shape == (number,)
    for i in {0, number // 2, number - 1}:
        expected = refitted(source, target, rating, n, rows[i])
        np.testing.assert_allclose((fair[i], good[i]), expected, rtol=0, atol=1e-8)


def test_both_twins_find_equal_numbers(monkeypatch):
    ratings = random_ratings(np.random.default_rng(8), 14, 70)
    answers = []
    for worth in (0, np.inf):
        monkeypatch.setattr(fairness, "COMPILE_FROM_WORK", worth)
        answers.append(np.array(leave_one_out(*ratings)))
    np.testing.assert_allclose(answers[0], answers[1], rtol=0, atol=1e-14)


@pytest.mark.parametrize("tolerance", [1e-2, 1e-4, 1e-12])
def test_without_a_rating_no_number_is_further_off_than_told(tolerance):
    ratings = random_ratings(np.random.default_rng(4), 14, 70)
    exact = np.array(leave_one_out(*ratings, tolerance=1e-14))
    found = np.array(leave_one_out(*ratings, tolerance=tolerance))
    assert np.abs(found - exact).max() <= tolerance


def test_the_only_rating_of_a_person_leaves_nothing():
    source, target = np.array([0, 2], np.int32), np.array([1, 1], np.int32)
    fair, good = leave_one_out(source[:1], target[:1], np.array([-0.7]), 3)
    assert (fair.tolist(), good.tolist()) == ([fairness.UNPROVEN], [fairness.UNRATED])


def test_a_block_holds_several_questions():
    assert fairness_without.BLOCK > 1


def test_ratings_of_traders_left_out_equal_a_cold_start():
    ratings = otc_ratings()
    rows = np.random.default_rng(0).choice(ratings.m, 30, replace=False)
    told = ratings.source, ratings.target, ratings.rating, ratings.n
    found = np.transpose(leave_one_out(*told, rows=rows))
    expected = [refitted(*told, row) for row in rows]
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-8)
