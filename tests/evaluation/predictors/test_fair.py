"""Fairness and goodness predict what their equations say, and leave out what is to be predicted."""

import numpy as np
import pandas as pd
import pytest

import trustgraph as tg
from trustgraph.evaluation import find_predictor

TOLD = pd.DataFrame(
    [("a", "t", 1.0), ("b", "t", 0.5), ("b", "u", -0.5), ("c", "u", 0.2)],
    columns=["source", "target", "rating"],
)


def iterated(told, rounds=200):
    """Fairness and goodness by the plain iteration of the paper."""
    people = sorted(set(told["source"]) | set(told["target"]))
    fairness = dict.fromkeys(people, 1.0)
    goodness = dict.fromkeys(people, 0.0)
    for _ in range(rounds):
        for person, got in told.groupby("target"):
            goodness[person] = np.mean([fairness[r.source] * r.rating for r in got.itertuples()])
        for person, gave in told.groupby("source"):
            apart = [abs(r.rating - goodness[r.target]) / 2 for r in gave.itertuples()]
            fairness[person] = 1 - np.mean(apart)
    return fairness, goodness


@pytest.mark.parametrize("name", ["goodness", "fairness_goodness"])
def test_predictions_are_those_of_the_plain_iteration(name):
    ratings = tg.graph.Ratings.from_frame(TOLD, scale=1)
    fairness, goodness = iterated(TOLD)
    number = {label: place for place, label in enumerate(ratings.labels)}
    pairs = [("a", "u"), ("c", "t"), ("t", "a")]
    ends = np.array([[number[one], number[other]] for one, other in pairs], np.int32)
    found = find_predictor(name).fit(ratings).predict(ends[:, 0], ends[:, 1])
    wanted = [
        goodness[target] * (fairness[source] if name == "fairness_goodness" else 1.0)
        for source, target in pairs
    ]
    assert found.value == pytest.approx(wanted, abs=1e-9)
    assert found.answered.tolist() == [True, True, False]
