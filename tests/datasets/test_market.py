"""The invented market looks like one, and its truth can be found in it."""

import numpy as np
import pandas as pd
import pytest

import trustgraph as tg

TOLD = tg.datasets.make_ratings(seed=3)


def test_the_ratings_are_ratings():
    assert TOLD.columns.tolist() == ["source", "target", "rating", "time"]
    assert TOLD["rating"].between(-10, 10).all()
    assert (TOLD["rating"] != 0).all()
    assert TOLD["time"].is_monotonic_increasing
    ratings = tg.graph.Ratings.from_frame(TOLD)
    assert ratings.scale == 10
    assert 2_500 < ratings.m < 6_000


def test_a_seed_is_a_market():
    pd.testing.assert_frame_equal(tg.datasets.make_ratings(seed=3), TOLD)
    assert not tg.datasets.make_ratings(seed=4).equals(TOLD)


def test_crooks_are_rated_badly_by_the_honest_and_well_by_each_other():
    crooks = TOLD.attrs["crooks"]
    bad, by_bad = TOLD["target"].isin(crooks), TOLD["source"].isin(crooks)
    assert TOLD.loc[bad & ~by_bad, "rating"].mean() < -3
    assert TOLD.loc[bad & by_bad, "rating"].mean() > 3
    assert TOLD.loc[~bad, "rating"].mean() > 1


def test_many_ratings_are_answered_in_kind():
    ratings = tg.graph.Ratings.from_frame(TOLD)
    answered = ratings.reciprocal >= 0
    assert 0.3 < answered.mean() < 0.9
    both = ratings.rating[answered], ratings.rating[ratings.reciprocal[answered]]
    assert np.corrcoef(*both)[0, 1] > 0.1


@pytest.mark.parametrize(
    "wrong", [{"people": 9}, {"deals": 0}, {"crooks": 0.6}, {"crooks": np.nan}, {"people": 20.5}]
)
def test_numbers_out_of_range_are_named(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        tg.datasets.make_ratings(**wrong)


def test_the_smallest_market():
    assert len(tg.datasets.make_ratings(10, 1, crooks=0)) <= 2
