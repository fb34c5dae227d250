"""Rank correlations against scipy, and against counting all pairs."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from trustgraph.reputation._ranks import kendall, levels, overlap, places, spearman, top

numbers = st.one_of(st.integers(-3, 3).map(float), st.just(np.nan))
pairs_of_scores = st.lists(st.tuples(numbers, numbers), max_size=12)


def split(rows):
    table = np.array(rows, np.float64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def at_the_bottom(scores):
    return np.where(np.isnan(scores), -100.0, scores)


@pytest.mark.parametrize("ways", [1, 2, 5, 50])
def test_correlations_are_those_of_scipy(ways):
    rng = np.random.default_rng(ways)
    told = 0
    for _ in range(60):
        n = int(rng.integers(2, 40))
        one, other = rng.integers(0, ways, (2, n)).astype(float)
        if len(set(one)) == 1 or len(set(other)) == 1:
            assert np.isnan([spearman(one, other), kendall(one, other)]).all()
            continue
        told += 1
        assert spearman(one, other) == pytest.approx(stats.spearmanr(one, other).statistic)
        assert kendall(one, other) == pytest.approx(stats.kendalltau(one, other).statistic)
    assert told > (-1 if ways == 1 else 30)


@given(pairs_of_scores)
@settings(max_examples=60)
def test_tau_is_what_counting_all_pairs_gives(rows):
    one, other = map(at_the_bottom, split(rows))
    signs = [
        (np.sign(one[i] - one[j]), np.sign(other[i] - other[j]))
        for i, j in combinations(range(len(rows)), 2)
    ]
    spread = np.sqrt(sum(x != 0 for x, _ in signs)) * np.sqrt(sum(y != 0 for _, y in signs))
    expected = sum(x * y for x, y in signs) / spread if spread else np.nan
    assert kendall(*split(rows)) == pytest.approx(expected, nan_ok=True)


@given(pairs_of_scores)
@settings(max_examples=60)
def test_ranks_are_those_of_scipy_with_no_answer_last(rows):
    scores, _ = split(rows)
    expected = stats.rankdata(-at_the_bottom(scores), method="min")
    assert places(scores).tolist() == expected.tolist()


def test_scores_that_differ_by_rounding_are_equal():
    scores = np.array([0.1 + 0.2, 0.3, 0.3 + 1e-6, np.nan])
    assert levels(scores).tolist() == [1, 1, 2, 0]
    assert places(scores).tolist() == [2, 2, 1, 4]


def test_the_same_ranks_agree_wholly_and_turned_ones_not_at_all():
    scores = np.array([3.0, 1.0, 2.0, 5.0])
    assert [spearman(scores, scores), kendall(scores, scores)] == [1.0, 1.0]
    assert [spearman(scores, -scores), kendall(scores, -scores)] == [-1.0, -1.0]


def test_nobody_is_told_from_anybody():
    for scores in (np.empty(0), np.ones(1), np.full(3, np.nan)):
        assert np.isnan([spearman(scores, scores), kendall(scores, scores)]).all()
    assert np.isnan(overlap(np.full(3, np.nan), np.full(3, np.nan), 2))
    assert overlap(np.empty(0), np.empty(0), 1) != overlap(np.ones(2), np.ones(2), 1) == 1.0


def test_tops_hold_all_of_equal_rank_and_nobody_without_an_answer():
    assert top(np.array([2.0, 2.0, 1.0, np.nan]), 1).tolist() == [True, True, False, False]
    assert top(np.array([2.0, 2.0, 1.0, np.nan]), 2).tolist() == [True, True, False, False]
    assert top(np.array([2.0, 2.0, 1.0, np.nan]), 9).tolist() == [True, True, True, False]
    assert overlap(np.array([2.0, 2.0, 1.0]), np.array([1.0, 2.0, 0.0]), 1) == 0.5
