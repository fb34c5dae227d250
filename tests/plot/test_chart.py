"""Charts: room for texts beside the data."""

from itertools import pairwise

import matplotlib.pyplot as plt
import pytest

from trustgraph.plot._chart import NOTE_SIZE, axes_for_rows, number_words, open_chart

from helpers.pictures import LONG, drawn


def chart_of(size=(6, 4), **options):
    _, ax = plt.subplots(figsize=size)
    return open_chart(ax, "A title", **options)


def test_data_lie_between_the_columns_and_under_the_notes():
    chart = chart_of(notes=["First.", "Second."])
    chart.across(10.0, 20.0, left=50.0, right=30.0)
    chart.up(0.0, 1.0, below=12.0)
    to_units = 72 / chart.ax.figure.dpi / chart.unit
    corner = chart.ax.get_window_extent().min
    low, high = (chart.ax.transData.transform(at) - corner for at in [(10, 0), (20, 1)])
    assert (low * to_units).tolist() == pytest.approx([50, 12])
    assert (high * to_units).tolist() == pytest.approx(
        [chart.width - 30, chart.height - chart.head]
    )
    assert chart.per_unit[0] == pytest.approx(10 / (chart.width - 80))


def test_rows_go_from_the_top_down():
    chart = chart_of()
    chart.rows(4)
    assert chart.ax.get_ylim() == (3.5, -0.5)


def test_columns_wider_than_the_chart_leave_some_room_for_the_data():
    chart = chart_of()
    chart.across(0.0, 1.0, left=2 * chart.width)
    low, high = chart.ax.get_xlim()
    assert (low < 0, high) == (True, 1)


def test_notes_that_have_no_room_are_left_out():
    notes = ["A sentence that is long enough for some lines in a narrow chart."] * 9
    chart = chart_of((2, 2), notes=notes)
    assert chart.head < 0.6 * chart.height
    assert len(chart.ax.texts[0].get_text().splitlines()) < 9


def test_rows_get_smaller_until_nobody_could_read_them():
    chart = chart_of()
    assert chart.row_size(2) > chart.row_size(25)
    assert chart.row_size(chart.most_rows) >= 6.0 > chart.row_size(chart.most_rows + 1)


def test_long_names_are_cut_and_lost_ones_replaced_by_the_id():
    chart = chart_of()
    long, lost = chart.fit_people([(LONG, "p1"), ("𓀀𓀁", "p2")], size=9.5)
    assert long.endswith("…")
    assert chart.width_of(long, size=9.5) <= 0.4 * chart.width
    assert lost == "p2"


@pytest.mark.parametrize("high", [1.0, 1e-7, 123_456.0])
@pytest.mark.parametrize("room", [350.0, 120.0, 20.0])
def test_labels_of_an_axis_never_meet(high, room):
    chart = chart_of()
    chart.across(0.0, high, left=chart.width - room)
    chart.rows(3)
    chart.ticks(0.0, high, -0.5, 2.5)
    drawn(chart.ax)
    boxes = [label.get_window_extent() for label in chart.ax.get_xticklabels()]
    assert boxes
    assert all(one.x1 < other.x0 for one, other in pairwise(boxes))


def test_of_labels_that_meet_the_last_ones_stay():
    chart = chart_of()
    chart.across(0.0, 1.0)
    near = 2 * chart.width_of("7", size=NOTE_SIZE) * chart.per_unit[0] / 4
    chart.mark([0.0, 0.5 - near, 0.5], ["5", "6", "7"])
    assert [label.get_text() for label in chart.ax.get_xticklabels()] == ["5", "7"]


def test_numbers_of_a_column_have_as_many_digits_as_the_largest_needs():
    assert number_words([12.5, 0.25]) == ["12.500", "0.250"]
    assert number_words([0.0123, 0.0001]) == ["0.0123", "0.0001"]
    assert number_words([0.0, 0.0]) == ["0.000", "0.000"]
    assert number_words([]) == []


@pytest.mark.parametrize(("rows", "height"), [(0, 2.18), (10, 4.9), (100, 9.0)])
def test_a_new_figure_is_as_high_as_its_rows_need(rows, height):
    ax = axes_for_rows(None, rows)
    assert ax.figure.get_size_inches().tolist() == pytest.approx([9.0, height])
