"""Every predictor keeps the contract: finite, of the right shape, and honest about what it saw."""

import pickle

import numpy as np
import pandas as pd
import pytest

import trustgraph as tg
from trustgraph.evaluation import LeavesOneOut, Prequential, protocols
from trustgraph.evaluation.predictors import PREDICTORS

from helpers.rating_cases import random_frame, random_ratings, refitted

MODELS = list(PREDICTORS.values())
NAMES = list(PREDICTORS)
LEAVE = [model for model in MODELS if isinstance(model, LeavesOneOut)]
GO_ON = [model for model in MODELS if isinstance(model, Prequential)]


def by_name(models):
    return pytest.mark.parametrize("model", models, ids=[model.name for model in models])


def same(found, wanted):
    np.testing.assert_allclose(found.value, wanted.value, atol=1e-9)
    np.testing.assert_array_equal(found.answered, wanted.answered)


@by_name(MODELS)
@pytest.mark.parametrize("signed", [True, False])
@pytest.mark.parametrize("future", [True, False])
def test_a_prediction_is_one_finite_number_a_pair(model, signed, future):
    ratings = random_ratings(1, signed=signed)
    source, target = np.array([0, 3, 5], np.int32), np.array([1, 2, 0], np.int32)
    found = model.fit(ratings, future=future).predict(source, target)
    assert found.value.shape == found.answered.shape == (3,)
    assert found.value.dtype == np.float64
    assert found.answered.dtype == bool
    assert np.isfinite(found.value).all()
    assert np.abs(found.value).max() <= 1.5


@by_name(MODELS)
@pytest.mark.parametrize("rows", [0, 1])
def test_next_to_nothing_to_learn_from_is_no_error(model, rows):
    ratings = random_ratings(2).take(slice(rows))
    found = model.fit(ratings).predict(np.array([0, 1], np.int32), np.array([1, 2], np.int32))
    assert np.isfinite(found.value).all()


@by_name(MODELS)
def test_no_pairs_give_no_predictions(model):
    none = np.zeros(0, np.int32)
    assert model.fit(random_ratings(2)).predict(none, none).value.shape == (0,)


@by_name(LEAVE)
@pytest.mark.parametrize("seed", range(3))
def test_leaving_out_is_learning_anew_without_the_rating(model, seed):
    ratings = random_ratings(seed, m=30, people=8)
    wanted = refitted(model, ratings, protocols.leave_one_out(ratings))
    same(model.leave_one_out(ratings), wanted)


@by_name(GO_ON)
@pytest.mark.parametrize("seed", range(3))
def test_going_through_time_is_learning_anew_from_what_is_strictly_before(model, seed):
    ratings = random_ratings(seed, m=30, people=8)
    ratings = ratings.take(protocols.in_time_order(ratings))
    first = protocols.time_cut(ratings.time, 0.2)
    wanted = refitted(model, ratings, protocols.prequential(ratings))
    same(model.prequential(ratings, first), wanted)


@by_name(MODELS)
def test_the_order_and_the_names_of_people_change_nothing(model):
    told = random_frame(3)
    names = {f"p{k}": f"q{(7 * k) % 9}" for k in range(9)}
    again = told.sample(frac=1, random_state=0).replace(names)
    pairs = [("p0", "p4"), ("p8", "p1"), ("p5", "p2")]

    def predicted(frame, pairs):
        ratings = tg.graph.Ratings.from_frame(frame)
        number = {label: k for k, label in enumerate(ratings.labels)}
        ends = np.array([[number[a], number[b]] for a, b in pairs], np.int32)
        return model.fit(ratings, future=True).predict(ends[:, 0], ends[:, 1])

    same(predicted(told, pairs), predicted(again, [(names[a], names[b]) for a, b in pairs]))


@by_name(MODELS)
def test_a_predictor_goes_to_another_process(model):
    ratings = random_ratings(1)
    ends = ratings.source[:5], ratings.target[:5]
    there = pickle.loads(pickle.dumps(model))
    same(there.fit(ratings).predict(*ends), model.fit(ratings).predict(*ends))


@by_name(MODELS)
def test_what_was_learned_from_is_not_changed(model):
    ratings = random_ratings(1)
    before = ratings.rating.copy()
    model.fit(ratings).predict(ratings.source, ratings.target)
    np.testing.assert_array_equal(ratings.rating, before)


@pytest.mark.parametrize("name", NAMES)
def test_a_predictor_is_found_by_its_name(name):
    assert tg.evaluation.find_predictor(name).name == name
    assert tg.evaluation.find_predictor(name.replace("_", "-")).name == name


def test_a_name_that_is_none_is_told_with_the_nearest():
    with pytest.raises(ValueError, match="no model 'target_man'; did you mean 'target_mean'"):
        tg.evaluation.find_predictor("target_man")


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        (([np.nan], [True]), "not finite"),
        (([1.0, 2.0], [True]), "shape"),
        (([[1.0]], [[True]]), "shape"),
        (([1.0], [True], [0.0]), "one end"),
    ],
)
def test_a_prediction_that_cannot_be_judged_is_refused(parts, words):
    with pytest.raises(ValueError, match=words):
        tg.evaluation.Prediction(*map(np.array, parts))


def test_ratings_without_times_are_learned_from_all_the_same():
    told = random_frame(0).drop(columns="time")
    ratings = tg.graph.Ratings.from_frame(pd.DataFrame(told))
    for model in MODELS:
        found = model.fit(ratings, future=True).predict(ratings.source[:2], ratings.target[:2])
        assert np.isfinite(found.value).all()
