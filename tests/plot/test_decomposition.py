"""What stands in the picture of the parts of a score."""

import matplotlib.pyplot as plt
import pytest
from matplotlib.container import BarContainer

from trustgraph.plot import plot_decomposition

from helpers.chart_cases import made_decomposition


def words(ax):
    return [text.get_text() for text in ax.texts]


def bars(ax):
    """Left and right end of each bar, from the top down."""
    found = [bar for group in ax.containers if isinstance(group, BarContainer) for bar in group]
    return [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in found]


def test_bars_climb_from_nothing_to_the_score():
    ax = plot_decomposition(made_decomposition([0.2, 0.06], seed=0.1, returned=0.04))
    assert [end for bar in bars(ax) for end in bar] == pytest.approx(
        [0, 0.1, 0.1, 0.14, 0.14, 0.34, 0.34, 0.4, 0, 0.4]
    )
    assert words(ax)[1:6] == ["as a seed", "returned as a seed", "model_0", "model_1", "score"]
    numbers = ["+0.100 (25 %)", "+0.040 (10 %)", "+0.200 (50 %)", "+0.060 (15 %)", "0.400"]
    assert words(ax)[6:] == numbers
    assert "people who trust nobody" in words(ax)[0]


def test_parts_of_nothing_have_no_bar():
    ax = plot_decomposition(made_decomposition([0.2, 0.0]))
    assert words(ax)[1:] == ["model_0", "score", "+0.200 (100 %)", "0.200"]
    assert "trust nobody" not in words(ax)[0]


@pytest.mark.parametrize(
    ("most", "name"), [(3, "37 others"), (39, "1 other"), (40, "model_39"), (90, "model_39")]
)
def test_the_others_are_summed_in_one_bar(most, name):
    ax = plot_decomposition(made_decomposition([0.01] * 40), most=most)
    names = [word for word in words(ax)[1:] if not word.startswith(("+", "0"))]
    assert names[-2:] == [name, "score"]
    assert bars(ax)[-2][1] == pytest.approx(0.4)


@pytest.mark.parametrize("parts", [1, 5, 200])
def test_where_there_is_no_room_bars_still_add_up(parts):
    _, ax = plt.subplots(figsize=(4, 2))
    ax = plot_decomposition(made_decomposition([0.4 / parts] * parts, seed=0.1), ax=ax, most=200)
    *steps, whole = bars(ax)
    assert sum(right - left for left, right in steps) == pytest.approx(0.5)
    assert whole == pytest.approx((0, 0.5))


def test_small_scores_keep_three_digits():
    ax = plot_decomposition(made_decomposition([0.00012, 0.000003]))
    assert words(ax)[-3:] == ["+0.000120 (98 %)", "+0.000003 (2 %)", "0.000123"]


def test_a_score_of_nothing_is_answered_in_words():
    ax = plot_decomposition(made_decomposition([]))
    assert "is 0: no trust flows" in words(ax)[0]
    assert not ax.containers


def test_at_least_one_person_is_drawn():
    with pytest.raises(ValueError, match="most is 0"):
        plot_decomposition(made_decomposition([0.2]), most=0)
