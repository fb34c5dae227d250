"""The baselines are what anybody would compute by hand, and reproduce what is known of them."""

import numpy as np
import pandas as pd
import pytest

import trustgraph as tg
from trustgraph.evaluation import find_predictor, pcc, protocols, rmse

from helpers.otc import otc_ratings

TOLD = pd.DataFrame(
    [("a", "t", 1.0), ("b", "t", -0.5), ("t", "a", 0.4), ("b", "a", 0.1)],
    columns=["source", "target", "rating"],
)
MEAN = 0.25


@pytest.mark.parametrize(
    ("name", "pair", "value", "answered"),
    [
        ("mean", ("a", "b"), MEAN, True),
        ("target_mean", ("b", "t"), 0.25, True),
        ("target_mean", ("a", "b"), MEAN, False),
        ("target_mean_shrunk", ("a", "a"), (0.5 + 2 * MEAN) / 4, True),
        ("source_mean", ("b", "t"), -0.2, True),
        ("bias", ("b", "a"), (0.5 + 2 * MEAN) / 4 + (-0.4 + 2 * MEAN) / 4 - MEAN, True),
        ("reciprocal", ("a", "t"), 0.4, True),
        ("reciprocal", ("a", "b"), 0.1, True),
        ("reciprocal", ("t", "b"), -0.5, True),
        ("reciprocal_or_target_mean", ("a", "b"), 0.1, True),
    ],
)
def test_a_baseline_is_what_its_name_says(name, pair, value, answered):
    ratings = tg.graph.Ratings.from_frame(TOLD)
    ends = [np.array([ratings.labels.index(person)], np.int32) for person in pair]
    found = find_predictor(name).fit(ratings).predict(*ends)
    assert found.value == pytest.approx([value])
    assert found.answered.tolist() == [answered]


def test_who_is_not_answered_is_zero():
    ratings = tg.graph.Ratings.from_frame(TOLD.iloc[:2])
    model = find_predictor("reciprocal")
    assert isinstance(model, tg.evaluation.LeavesOneOut)
    found = model.leave_one_out(ratings)
    assert found.value.tolist() == [0.0, 0.0]
    assert not found.answered.any()


# Measured by other code than this: root mean squared error and correlation; leave-one-out, the
# mean of five shares of 10 % held out, and the newest fifth.
KNOWN = {
    "mean": (0.356, None, 0.357, None, 0.386, None),
    "target_mean": (0.319, 0.474, 0.315, 0.490, 0.385, 0.176),
    "target_mean_shrunk": (0.310, 0.494, 0.307, 0.512, 0.383, 0.173),
    "source_mean": (0.319, 0.463, 0.319, 0.465, 0.385, 0.155),
    "bias": (0.295, 0.579, 0.291, 0.592, 0.376, 0.251),
    "reciprocal": (0.325, 0.461, 0.330, 0.429, 0.392, 0.048),
    "reciprocal_or_target_mean": (0.300, 0.588, 0.298, 0.573, None, None),
    "goodness": (None, None, 0.312, 0.488, 0.375, 0.224),
    "fairness_goodness": (None, None, 0.309, 0.498, 0.375, 0.223),
    "linear": (None, None, 0.263, 0.677, 0.371, 0.263),
}


@pytest.mark.parametrize("name", KNOWN)
def test_the_figures_on_bitcoin_otc_are_the_known_ones(name):
    ratings, model = otc_ratings(), find_predictor(name)
    found: list = []
    if KNOWN[name][0] is not None and isinstance(model, tg.evaluation.LeavesOneOut):
        value = model.leave_one_out(ratings).value
        found += [rmse(ratings.rating, value), pcc(ratings.rating, value)]
    else:
        found += [None, None]
    for protocol in (protocols.hold_out, protocols.chronological):
        figures = []
        for split in protocol(ratings):
            test = ratings.take(split.test)
            fitted = model.fit(ratings.take(split.train), future=split.future)
            value = fitted.predict(test.source, test.target).value
            figures.append((rmse(test.rating, value), pcc(test.rating, value)))
        found += list(np.mean(figures, axis=0))
    for ours, known in zip(found, KNOWN[name], strict=True):
        if known is not None:
            assert ours == pytest.approx(known, abs=0.0105)
