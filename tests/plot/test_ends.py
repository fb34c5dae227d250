"""Names at the ends of lines."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trustgraph.plot._chart import open_chart
from trustgraph.plot._ends import End, fit_ends, spread

from helpers.pictures import collisions, drawn, outside, texts_of

PLACES = st.lists(st.floats(-50, 150), min_size=1, max_size=12)


@settings(max_examples=100, deadline=None)
@given(PLACES)
def test_places_lie_apart_inside_and_in_order(wanted):
    found = spread(np.array(wanted), 5.0, 0.0, 100.0)
    assert found.min() >= -1e-9
    assert found.max() <= 100 + 1e-9
    assert (np.diff(np.sort(found)) >= 5 - 1e-9).all()
    # who wants to be higher is higher
    for one, place in zip(wanted, found, strict=True):
        assert all(place < other for high, other in zip(wanted, found, strict=True) if one < high)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(0, 100), min_size=2, max_size=5), st.integers(0, 10**6))
def test_no_other_places_are_nearer_to_the_wanted_ones(wanted, seed):
    aim = np.array(wanted)
    found = spread(aim, 5.0, -1000.0, 1000.0)
    rng = np.random.default_rng(seed)
    for _ in range(30):
        moved = found + rng.normal(scale=3.0, size=len(found))
        order = np.argsort(found)
        if (np.diff(moved[order]) >= 5).all():
            assert ((moved - aim) ** 2).sum() >= ((found - aim) ** 2).sum() - 1e-9


def test_places_that_are_free_stay_where_they_are():
    assert spread(np.array([80.0, 10.0, 40.0]), 5.0, 0.0, 100.0).tolist() == [80, 10, 40]


def test_without_room_places_still_lie_apart():
    assert spread(np.array([5.0, 5.0, 5.0]), 5.0, 0.0, 6.0).tolist() == [10, 5, 0]


@pytest.mark.parametrize("count", [1, 5, 60])
def test_names_stand_right_of_the_ends_and_those_without_room_are_counted(count):
    _, ax = plt.subplots(figsize=(5, 3))
    chart = open_chart(ax, "A title", notes=["A note."])
    fitted = fit_ends(chart, [End(1.0, 0.5, f"line {n}", "×2", "red") for n in range(count)])
    chart.across(0.0, 1.0, right=fitted.width)
    chart.up(0.0, 1.0)
    fitted.draw(chart)
    drawn(ax)
    names = [text for text in ax.texts if text.get_text() != "A note."]
    assert collisions(texts_of(ax)) == []
    assert outside(ax) == []
    end = ax.transData.transform((1.0, 0.5))[0]
    assert all(name.get_window_extent().x0 > end for name in names)
    if count == 60:
        assert names[-1].get_text() == f"and {count - len(names) + 1} more"
    else:
        assert [name.get_text() for name in names] == [f"line {n} ×2" for n in range(count)]
