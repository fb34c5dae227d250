"""What stands in the table of rank correlations."""

import itertools

import numpy as np
import pytest
from matplotlib.collections import PatchCollection
from matplotlib.colors import to_rgb

from trustgraph.plot import plot_comparison
from trustgraph.plot.comparison import chain

from helpers.chart_cases import made_comparison, some_models

UP = [1, 2, 3, 4, 5]
NEARLY = [1, 2, 3, 5, 4]
DOWN = [5, 4, 3, 2, 1]
FLAT = [1, 1, 1, 1, 1]


def words(ax):
    return [text.get_text() for text in ax.texts]


def cells(ax):
    """Luminance of each cell of the lower half, row by row."""
    (found,) = [one for one in ax.collections if isinstance(one, PatchCollection)]
    return found.get_facecolor()[:, :3] @ (0.2126, 0.7152, 0.0722)


def test_each_two_models_have_a_cell_with_their_correlation():
    ax = plot_comparison(made_comparison([UP, DOWN, NEARLY]))
    # up and nearly: 1 - 6 * 2 / (5 * 24) = 0.9
    assert words(ax)[1:4] == ["1 model_0", "2 model_2", "3 model_1"]
    assert words(ax)[4:] == ["1", "0.90", "2", "−1.00", "−0.90", "3"]
    assert "from −1.00 to 0.90" in words(ax)[0]
    assert "undefined" not in words(ax)[0]


def test_the_more_alike_the_darker():
    ax = plot_comparison(made_comparison([UP, DOWN, NEARLY]))
    shade = cells(ax)
    assert shade[1] < shade[4] < shade[3] < shade[0]  # 0.90, −0.90, −1.00 and the diagonal


def test_numbers_stand_out_from_their_cells_without_any_colour():
    ax = plot_comparison(made_comparison(some_models(8)))
    shade = [float(value) for value in cells(ax)]
    told = words(ax)[9:]
    ink = [float(np.dot(to_rgb(text.get_color()), (0.2126, 0.7152, 0.0722))) for text in ax.texts]
    assert len(told) == len(shade)
    assert all(abs(one - other) > 0.25 for one, other in zip(shade, ink[9:], strict=True))


def test_kendalls_tau_can_be_asked_for():
    ax = plot_comparison(made_comparison([UP, NEARLY]), measure="kendall")
    assert words(ax)[-2] == "0.80"  # one of ten pairs is turned
    assert "Kendall's tau" in words(ax)[0]


def test_a_model_that_tells_nobody_apart_has_dashes_and_comes_last():
    ax = plot_comparison(made_comparison([FLAT, UP, DOWN]))
    assert words(ax)[3] == "3 model_0"
    assert words(ax)[-3:] == ["–", "–", "3"]
    assert "undefined" in words(ax)[0]


def test_if_nothing_can_be_compared_the_note_says_so():
    ax = plot_comparison(made_comparison([FLAT, FLAT]))
    assert "undefined" in words(ax)[0]
    assert words(ax)[-3:] == ["1", "–", "2"]


def test_small_cells_have_no_numbers():
    ax = plot_comparison(made_comparison(some_models(100)))
    assert not any("." in word for word in words(ax)[1:])
    assert any(word.startswith("and ") for word in words(ax))


def test_numbers_without_room_lose_their_nought():
    ax = plot_comparison(made_comparison(some_models(40)))
    numbers = [word for word in words(ax)[1:] if "." in word]
    assert len(numbers) == 40 * 39 / 2
    assert not any(number.lstrip("−").startswith("0") for number in numbers)


@pytest.mark.parametrize("rows", [[], [UP]])
def test_one_model_is_answered_in_words(rows):
    ax = plot_comparison(made_comparison(rows))
    assert "two models" in words(ax)[0]


def test_an_unknown_measure_is_named_with_those_there_are():
    with pytest.raises(ValueError, match="no measure 'pearson'; name one of spearman, kendall"):
        plot_comparison(made_comparison([UP, DOWN]), measure="pearson")


def test_the_chain_grows_at_the_end_that_is_more_alike():
    table = np.array(
        [
            [1.0, 0.9, 0.1, 0.7],
            [0.9, 1.0, 0.8, 0.2],
            [0.1, 0.8, 1.0, 0.3],
            [0.7, 0.2, 0.3, 1.0],
        ]
    )
    assert chain(table) == [3, 0, 1, 2]


def test_models_on_a_line_are_found_in_their_order():
    places = np.array([3.0, 0.0, 4.1, 1.0, 2.1])
    table = 1 - np.abs(places[:, None] - places) / 5
    order = places[chain(table)].tolist()
    assert order in (sorted(places), sorted(places, reverse=True))


def test_the_order_holds_everybody_and_does_not_hang_on_the_diagonal():
    for seed, n in itertools.product(range(5), (2, 3, 9)):
        table = np.corrcoef(some_models(n, seed=seed))
        order = chain(table)
        assert sorted(order) == list(range(n))
        blank = table.copy()
        np.fill_diagonal(blank, np.nan)
        assert chain(blank) == order


def test_models_that_are_all_alike_stay_in_their_order():
    assert chain(np.ones((4, 4))) == [0, 1, 2, 3]
    assert chain(np.full((3, 3), np.nan)) == [0, 1, 2]
