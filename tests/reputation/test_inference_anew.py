"""Leaving out, and going through time, against learning anew."""

from dataclasses import replace

import numpy as np
import pytest

from trustgraph.reputation.inference import learn
from trustgraph.reputation.inference_anew import leave_one_out, through_time
from trustgraph.reputation.inference_options import Components

from helpers.invented_ratings import invented

SWITCHES = ["target", "source", "paths", "reciprocity", "bias", "shrinkage"]


@pytest.mark.parametrize("off", [None, *SWITCHES])
@pytest.mark.parametrize("signed", [True, False])
def test_leaving_out_is_learning_anew_without_it(off, signed):
    options = Components(**({off: False} if off else {}))
    _, ratings = invented(5, signed=signed)
    found = leave_one_out(ratings, options)
    for row in range(ratings.m):
        others = ratings.take(np.arange(ratings.m) != row)
        anew = learn(others, options).predict(ratings.source[[row]], ratings.target[[row]])[0]
        assert found[row] == pytest.approx(anew[0], abs=1e-10)


@pytest.mark.parametrize("signed", [True, False])
def test_going_through_time_is_learning_anew_from_what_came_before(signed):
    _, ratings = invented(6, signed=signed)
    # Several ratings share a moment: none of them knows another.
    timed = replace(ratings, time=np.sort(np.arange(30) // 4 * 10.0))
    options = Components()
    found, described = through_time(timed, options, 5)
    for row in range(5, 30):
        earlier = timed.take(timed.time < timed.time[row])
        ends = timed.source[[row]], timed.target[[row]]
        anew = learn(earlier, options)
        assert found[row - 5] == pytest.approx(anew.predict(*ends)[0][0], abs=1e-10)
        assert described[row - 5] == pytest.approx(anew.describe(*ends)[0], abs=1e-10)


def test_going_through_time_needs_the_order_of_time():
    _, ratings = invented(6)
    with pytest.raises(ValueError, match="from the oldest"):
        through_time(ratings, Components(), 0)
    with pytest.raises(ValueError, match="from the oldest"):
        through_time(replace(ratings, time=-np.arange(30.0)), Components(), 0)


def test_some_rows_are_left_out_as_all_are_and_by_any_number_of_threads():
    _, ratings = invented(7, people=20, number=300)
    options = Components()
    every = leave_one_out(ratings, options, threads=2)
    some = np.array([250, 3, 17])
    assert leave_one_out(ratings, options, rows=some, threads=1).tolist() == every[some].tolist()
