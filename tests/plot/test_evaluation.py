"""What stands in the picture of an evaluation."""

import matplotlib.pyplot as plt
import pytest
from matplotlib.collections import PathCollection

from trustgraph.evaluation.scored import METRICS as ALL_METRICS
from trustgraph.plot import plot_evaluation
from trustgraph.plot.evaluation import METRICS

from helpers.chart_cases import made_evaluation


def words(ax):
    return [text.get_text() for text in ax.texts]


def dots(ax):
    """Places of the dots, and whether they are hollow."""
    return [
        (*dot.get_offsets()[0].tolist(), bool((dot.get_facecolor()[0][:3] == 1).all()))
        for dot in ax.collections
        if isinstance(dot, PathCollection)
    ]


def test_every_metric_of_an_evaluation_can_be_drawn():
    assert list(METRICS) == list(ALL_METRICS)


def test_the_least_error_is_on_top_and_undefined_models_are_last():
    ax = plot_evaluation(made_evaluation([0.3, None, 0.2, 0.4]))
    names = ["model_2", "model_0", "model_3", "model_1"]
    assert words(ax)[1:] == [*names, "0.200", "0.300", "0.400", "undefined"]
    assert dots(ax) == [(0.2, 0, False), (0.3, 1, False), (0.4, 2, False)]
    assert ax.yaxis_inverted()


@pytest.mark.parametrize(
    ("metric", "order"),
    [("mae", "012"), ("auc", "210"), ("answered", "210"), ("coverage", "102"), ("width", "012")],
)
def test_best_is_lowest_highest_or_nearest_to_what_was_promised(metric, order):
    values = {"coverage": [0.86, 0.91, 0.97]}.get(metric, [0.5, 0.6, 0.7])
    ax = plot_evaluation(made_evaluation(values, metric=metric), metric=metric)
    assert words(ax)[1:4] == [f"model_{n}" for n in order]


def test_equal_models_stand_in_the_order_of_their_names():
    ax = plot_evaluation(made_evaluation([0.3] * 3, names=["c", "a", "b"]))
    assert words(ax)[1:4] == ["a", "b", "c"]
    low, high = ax.get_xlim()
    assert low < 0.28
    assert high > 0.32


def test_whiskers_are_the_bootstrap_intervals():
    ax = plot_evaluation(made_evaluation([0.3], half=0.05))
    _, whisker, _ = ax.collections  # after the guides, before the dot
    assert whisker.get_paths()[0].vertices[:, 0].tolist() == pytest.approx([0.25, 0.35])
    assert "95 % bootstrap intervals" in words(ax)[0].replace("\n", " ")


def test_without_intervals_none_are_promised():
    ax = plot_evaluation(made_evaluation([0.3, 0.4], half=None))
    assert "bootstrap" not in words(ax)[0]


def test_models_judged_on_a_sample_are_hollow():
    ax = plot_evaluation(made_evaluation([0.3, 0.2], sampled=[0]))
    assert [hollow for *_, hollow in dots(ax)] == [False, True]
    assert "hollow" in words(ax)[0]
    assert "hollow" not in words(plot_evaluation(made_evaluation([0.3])))[0]


@pytest.mark.parametrize(
    ("metric", "line"), [("pcc", 0), ("auc", 0.5), ("coverage", 0.9), ("rmse", None)]
)
def test_a_dashed_line_shows_what_to_compare_to(metric, line):
    ax = plot_evaluation(made_evaluation([0.6], metric=metric), metric=metric)
    dashed = [
        one.get_segments()[0][0, 0]
        for one in ax.collections
        if hasattr(one, "get_segments") and one.get_linestyle()[0][1] is not None
    ]
    assert dashed == ([] if line is None else [line])


def test_without_any_value_models_are_still_named():
    ax = plot_evaluation(made_evaluation([None, None]))
    assert words(ax)[1:] == ["model_0", "model_1", "undefined", "undefined"]


def test_a_metric_that_a_result_lacks_is_undefined():
    ax = plot_evaluation(made_evaluation([0.3], metric="mae"), metric="rmse")
    assert words(ax)[-1] == "undefined"


def test_models_that_have_no_room_are_counted():
    _, ax = plt.subplots(figsize=(6, 4))
    shown = words(plot_evaluation(made_evaluation([0.01 * n for n in range(60)]), ax=ax))
    (last,) = [word for word in shown if word.startswith("and ")]
    drawn_rows = sum(word.startswith("model_") for word in shown)
    assert last == f"and {60 - drawn_rows} models for which there is no room"
    assert shown[1] == "model_0"


def test_an_unknown_metric_is_named_with_those_there_are():
    with pytest.raises(ValueError, match="no metric 'rsme'; name one of rmse, mae"):
        plot_evaluation(made_evaluation([0.3]), metric="rsme")
