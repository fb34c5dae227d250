"""What stands in the picture of calibration."""

from typing import Any

import pytest
from matplotlib.container import BarContainer

from trustgraph.evaluation import calibration_curve
from trustgraph.plot import plot_calibration

from helpers.chart_cases import made_curve

CURVE = calibration_curve([True, False, True, True], [0.1, 0.3, 0.8, 1.0], bins=4)


def words(ax):
    return [text.get_text() for text in ax.texts]


def curves(ax):
    return [line for line in ax.lines if line.get_marker() != "None"]


def bars(ax):
    return [bar for group in ax.containers if isinstance(group, BarContainer) for bar in group]


def test_points_are_mean_chances_and_shares_of_the_parts_that_hold_ratings():
    (line,) = curves(plot_calibration(CURVE))
    assert line.get_xydata().ravel().tolist() == pytest.approx([0.1, 1.0, 0.3, 0.0, 0.9, 1.0])


def test_the_diagonal_is_drawn():
    ax = plot_calibration(CURVE)
    assert any(line.get_xydata().tolist() == [[0, 0], [1, 1]] for line in ax.lines)


def test_bars_under_the_curve_count_the_ratings_of_each_part():
    ax = plot_calibration(CURVE)
    found = bars(ax)
    heights = [bar.get_height() for bar in found]
    middles = [bar.get_x() + bar.get_width() / 2 for bar in found]
    assert middles == pytest.approx([0.125, 0.375, 0.875])
    assert heights == pytest.approx([max(heights) / 2, max(heights) / 2, max(heights)])
    assert max(bar.get_y() + bar.get_height() for bar in found) < 0
    assert words(ax)[1:] == ["1", "1", "2"]


def test_numbers_without_room_are_left_out_and_the_largest_is_told():
    ax = plot_calibration(made_curve(n=5000, bins=80))
    assert len(ax.texts) == 1
    assert f"at most {made_curve(n=5000, bins=80)['n'].max()}" in words(ax)[0].replace("\n", " ")


def test_several_models_have_a_line_and_a_name_each_and_look_different():
    ax = plot_calibration({name: made_curve(n) for n, name in enumerate("abcd")})
    looks = {(line.get_marker(), line.get_linestyle(), line.get_color()) for line in curves(ax)}
    assert len(looks) == 4
    assert words(ax)[1:] == list("abcd")
    assert len(bars(ax)) == sum(int((made_curve(n)["n"] > 0).sum()) for n in range(4))


def test_intervals_are_drawn_if_they_are_there():
    curve = CURVE.assign(share_low=CURVE["share"] - 0.2, share_high=CURVE["share"] + 0.1)
    ax = plot_calibration(curve)
    spans = [
        [segment[:, 1].tolist() for segment in one.get_segments()]
        for one in ax.collections
        if hasattr(one, "get_segments") and len(one.get_segments()) == 3
    ]
    assert spans == [[pytest.approx([0.8, 1.1]), pytest.approx([-0.2, 0.1]), [0.8, 1.1]]]
    assert "whiskers" in words(ax)[0]
    assert "whiskers" not in words(plot_calibration(CURVE))[0]


def test_a_model_that_predicted_nothing_is_counted():
    ax = plot_calibration({"a": CURVE, "b": made_curve(n=0)})
    assert len(curves(ax)) == 1
    assert "1 model predicted nothing" in words(ax)[0].replace("\n", " ")


def test_without_ratings_the_axes_say_so():
    assert words(plot_calibration(made_curve(n=0))) == ["No ratings were predicted."]
    assert words(plot_calibration({})) == ["No ratings were predicted."]


def test_a_frame_without_the_columns_is_an_error():
    with pytest.raises(ValueError, match="the curve lacks n, share; give what"):
        plot_calibration(CURVE.drop(columns=["n", "share"]))
    with pytest.raises(ValueError, match="the curve of 'b' lacks n"):
        plot_calibration({"a": CURVE, "b": CURVE.drop(columns="n")})


def test_what_is_no_frame_is_an_error():
    strange: Any = {"a": [0.5]}
    with pytest.raises(TypeError, match="the curve of 'a' is a list"):
        plot_calibration(strange)
