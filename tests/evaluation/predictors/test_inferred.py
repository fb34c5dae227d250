"""The predictor of the room above, judged like every other."""

import numpy as np
import pytest

from trustgraph.evaluation.evaluate import evaluate
from trustgraph.evaluation.metrics import interval_coverage
from trustgraph.evaluation.predictors import inferred
from trustgraph.evaluation.predictors.base import LeavesOneOut, has_shortcut
from trustgraph.evaluation.predictors.inferred import ABLATIONS, InferredPredictor

from helpers.rating_cases import random_ratings

PREDICTOR = InferredPredictor()
SOURCE, TARGET = np.array([0, 3, 5], np.int32), np.array([1, 2, 0], np.int32)


def test_each_ablation_is_another_model():
    ratings = random_ratings(3)
    whole = PREDICTOR.fit(ratings).predict(SOURCE, TARGET).value
    assert len({one.name for one in ABLATIONS}) == len(ABLATIONS)
    for ablation in ABLATIONS:
        assert not np.allclose(ablation.fit(ratings).predict(SOURCE, TARGET).value, whole)


def test_only_the_intervals_depend_on_the_question():
    ratings = random_ratings(4)
    now, later = (
        PREDICTOR.fit(ratings, future=future).predict(SOURCE, TARGET) for future in (False, True)
    )
    assert now.value.tolist() == later.value.tolist()
    assert not (np.allclose(now.low, later.low) and np.allclose(now.high, later.high))


def test_nothing_known_of_a_pair_is_no_answer():
    ratings = random_ratings(5)
    alone = ratings.take((ratings.source > 1) & (ratings.target > 1))
    found = PREDICTOR.fit(alone).predict(np.array([0, 2], np.int32), np.array([1, 0], np.int32))
    assert found.answered.tolist() == [False, bool((alone.source == 2).any())]


@pytest.mark.parametrize("seed", range(3))
def test_intervals_of_ratings_left_out_hold_nine_of_ten(seed):
    ratings = random_ratings(seed)
    found = PREDICTOR.leave_one_out(ratings)
    share = interval_coverage(ratings.rating, found.low, found.high)
    assert 0.85 <= share <= 1.0


def test_what_would_take_hours_is_sampled(monkeypatch):
    ratings = random_ratings(6)
    assert has_shortcut(PREDICTOR, LeavesOneOut, ratings)
    assert not has_shortcut(InferredPredictor(), Fair, ratings)
    monkeypatch.setattr(inferred, "MOST_OPERATIONS", 100.0)
    assert not has_shortcut(PREDICTOR, LeavesOneOut, ratings)
    found = evaluate(ratings, [PREDICTOR], protocol="leave-one-out", sample=7, resamples=0, jobs=1)
    assert found.table().loc["infer_trust", ["n", "how"]].tolist() == [7, "sampled"]


class Fair:
    """No kind of shortcut at all."""
