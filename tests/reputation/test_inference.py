"""The predictor against its definition."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import trustgraph as tg
from trustgraph._typing import Floats
from trustgraph.engine import inference
from trustgraph.engine._compile import compiled
from trustgraph.reputation.inference import Learned, Ledger, learn
from trustgraph.reputation.inference_options import Components

from helpers import naive_inference
from helpers.invented_ratings import invented

SWITCHES = ["target", "source", "paths", "reciprocity", "bias", "shrinkage"]


def estimates(
    ratings: tg.graph.Ratings, pairs: list[tuple[Any, Any]], options: Components
) -> Floats:
    """Estimates of pairs of names."""
    numbers = {label: number for number, label in enumerate(ratings.labels)}
    ends = np.array([[numbers[u], numbers[v]] for u, v in pairs], np.int32)
    return learn(ratings, options).predict(ends[:, 0], ends[:, 1])[0]


@pytest.mark.parametrize("off", [None, *SWITCHES])
@pytest.mark.parametrize("signed", [True, False])
def test_estimates_follow_the_definition(off, signed):
    options = Components(**({off: False} if off else {}), penalty=1.0)
    told, ratings = invented(3, signed=signed)
    pairs = [(u, v) for u in range(8) for v in range(8) if u != v]
    expected = [naive_inference.estimate(told, pair, options) for pair in pairs]
    assert estimates(ratings, pairs, options) == pytest.approx(expected, abs=1e-9)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), number=st.integers(1, 40))
def test_estimates_follow_the_definition_on_any_ratings(seed, number):
    options = Components()
    told, ratings = invented(seed, number=number)
    pairs = [pair for pair in told if pair[0] % 2] or list(told)
    expected = [naive_inference.estimate(told, pair, options) for pair in pairs]
    assert estimates(ratings, pairs, options) == pytest.approx(expected, abs=1e-9)


def test_both_twins_give_the_same():
    _, ratings = invented(11, people=12, number=60)
    plain, fast = (Ledger(ratings, Components()) for _ in range(2))
    assert plain.kernels is inference
    fast.kernels = compiled(inference)
    both = Learned(plain), Learned(fast)
    assert both[0].rows == pytest.approx(both[1].rows, abs=1e-14)
    assert both[0].line.coefficient == pytest.approx(both[1].line.coefficient, abs=1e-12)
    out = [np.zeros((2, 60, 11, 11)), np.zeros((2, 60, 9))]
    for which, ledger in enumerate((plain, fast)):
        pairs = ledger.pairs
        ledger.kernels.describe_each(
            np.arange(60),
            True,
            ledger.source,
            ledger.target,
            ledger.rating,
            ledger.turn,
            pairs.answer,
            pairs.start,
            pairs.first,
            pairs.second,
            pairs.own,
            *ledger.priors,
            *ledger.rounds,
            np.zeros((ledger.n, 2)),
            np.zeros((ledger.n, 3)),
            np.zeros((3, 60)),
            np.zeros((60, 9)),
            out[0][which],
            out[1][which],
        )
    for one in out:
        assert one[0] == pytest.approx(one[1], abs=1e-12)


def test_order_and_names_do_not_matter():
    told, ratings = invented(13)
    options = Components()
    pairs = list(told)[:10]
    expected = estimates(ratings, pairs, options)
    frame = ratings.to_frame().sample(frac=1, random_state=1)
    frame["source"] = "p" + (9 - frame["source"]).astype(str)
    frame["target"] = "p" + (9 - frame["target"]).astype(str)
    turned = tg.graph.Ratings.from_frame(frame, scale=10)
    renamed = [(f"p{9 - u}", f"p{9 - v}") for u, v in pairs]
    assert estimates(turned, renamed, options) == pytest.approx(expected, abs=1e-12)


def test_what_does_not_vary_is_not_told_apart_by_rounding():
    ratings = [("p2", "p1", 0.98), ("p3", "p0", 0.87), ("p3", "p2", 0.91)]
    turned = {f"p{k}": f"p{3 - k}" for k in range(4)}
    found = []
    for names in ({name: name for name in turned}, turned):
        told = [(names[u], names[v], rating) for u, v, rating in ratings]
        frame = pd.DataFrame(told, columns=["source", "target", "rating"])
        asked = [(names["p1"], names["p0"])]
        found += estimates(tg.graph.Ratings.from_frame(frame), asked, Components()).tolist()
    assert found[0] == pytest.approx(found[1], abs=1e-12)


def test_the_moments_are_those_of_the_other_rows():
    rng = np.random.default_rng(0)
    rows, rating = rng.normal(size=(20, inference.WIDTH)), rng.normal(size=20)
    sums = np.zeros((inference.WIDTH + 2, inference.WIDTH + 2))
    turn = np.arange(20)
    inference.moments(rows, rating, turn, 17, 4, sums)
    kept = (turn < 17) & (turn != 4)
    told = np.column_stack((rows, rating, np.ones(20)))[kept]
    assert sums == pytest.approx(told.T @ told, abs=1e-12)


def test_a_generous_rater_is_told_from_a_good_person():
    # Both targets have one rating of 0.8; one comes from somebody who gives everybody that.
    told = [("kind", x, 0.8) for x in "abcdef"] + [("harsh", x, -0.4) for x in "abcde"]
    told += [("harsh", "star", 0.8), ("kind", "dull", 0.8)]
    frame = pd.DataFrame(told, columns=["source", "target", "rating"])
    ratings = tg.graph.Ratings.from_frame(frame)
    star, dull = (ratings.labels.index(name) for name in ("star", "dull"))
    anybody = np.full(2, ratings.labels.index("f"), np.int32)
    known = learn(ratings, Components()).describe(anybody, np.array([star, dull], np.int32))
    assert known[0, inference.LEVEL] > known[1, inference.LEVEL] + 0.2
    naive = learn(ratings, Components(bias=False)).describe(anybody, np.array([star, dull]))
    assert naive[0, inference.LEVEL] == pytest.approx(naive[1, inference.LEVEL])


@pytest.mark.parametrize("number", [12, 40])
def test_weights_without_a_row_are_those_fitted_to_the_other_rows(number):
    _, ratings = invented(17, number=number)
    options = Components(penalty=3.0)
    learned = learn(ratings, options)
    rows, rating = learned.rows, learned.ledger.rating
    spread = rows.std(axis=0)
    used = spread > 1e-6
    found = learned.left_out()
    for row in range(number):
        kept = np.arange(number) != row
        # The same scaling and penalty; weights and the intercept have not seen the row.
        z = (rows[:, used] - rows[:, used].mean(axis=0)) / spread[used]
        design = np.column_stack((np.ones(number), z))
        hold = 3.0 * np.diag([0.0] + [1.0] * used.sum())
        square = design[kept].T @ design[kept] + hold
        weights = np.linalg.solve(square, design[kept].T @ rating[kept])
        guess = np.clip(design[row] @ weights, rating.min(), rating.max())
        assert found[row] == pytest.approx(guess, abs=1e-8)
