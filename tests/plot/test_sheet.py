"""A sheet in points, texts measured as they are drawn, titles that fit."""

import matplotlib.pyplot as plt
import pytest

from trustgraph.plot._sheet import blank_sheet
from trustgraph.plot._style import theme_of
from trustgraph.plot._writing import points_per_pixel, width_of, write_title

from helpers.pictures import LONG, drawn


def sheet_of(size=(6, 4), **options):
    _, ax = plt.subplots(figsize=size)
    return blank_sheet(ax, "A picture", **options)


def test_a_unit_is_a_point():
    sheet = sheet_of()
    extent = sheet.ax.get_window_extent()
    assert sheet.width == pytest.approx(extent.width * 0.72)
    assert sheet.ax.get_xlim() == (0, sheet.width)
    assert sheet.ax.get_ylim() == (0, sheet.height)
    assert sheet.box.right == sheet.width


def test_a_small_sheet_has_smaller_units_and_smaller_texts():
    sheet = sheet_of((3, 2), wanted=200.0)
    assert sheet.unit == pytest.approx(3 * 72 * 0.775 / 200)
    assert sheet.text(10, 10, "a", size=10).get_fontsize() == pytest.approx(10 * sheet.unit)
    assert sheet_of((2, 2), wanted=1000.0).unit == 0.7
    assert sheet_of((9, 6), wanted=200.0).unit == 1.0


@pytest.mark.parametrize("text", ["Ana Lima", LONG, "$x_1$", "אביגיל", "iiii", ""])
def test_a_text_is_as_wide_as_measured(text):
    sheet = sheet_of((3, 2), wanted=200.0)
    written = sheet.text(10, 10, text, size=9)
    drawn(sheet.ax)
    width = written.get_window_extent().width * points_per_pixel(sheet.ax) / sheet.unit
    assert sheet.width_of(text, size=9) == pytest.approx(width if text else 0.0)


def test_measuring_leaves_nothing_behind():
    _, ax = plt.subplots()
    before = len(ax.get_children()), len(ax.figure.get_children())
    assert width_of(ax, theme_of(ax), "Ana", 9) > 0
    assert (len(ax.get_children()), len(ax.figure.get_children())) == before


@pytest.mark.parametrize("names", [("Ana", "Bo"), (LONG, "Bo"), ("Ana", LONG), (LONG, LONG)])
@pytest.mark.parametrize("inches", [3, 9])
def test_a_title_keeps_its_words_and_shortens_the_longer_names(names, inches):
    _, ax = plt.subplots(figsize=(inches, 3))
    write_title(ax, theme_of(ax), "From {} to {}", *names)
    title = ax.get_title(loc="left")
    assert title.startswith("From ")
    assert " to " in title
    assert width_of(ax, theme_of(ax), title, 12) <= ax.get_window_extent().width * 0.72
    short = [name for name in names if len(name) < 5]
    assert all(name in title for name in short)


def test_a_title_that_cannot_fit_is_cut_with_a_sign():
    _, ax = plt.subplots(figsize=(1.2, 1.2))
    write_title(ax, theme_of(ax), "Introductions from {} to {}", LONG, LONG)
    assert ax.get_title(loc="left").endswith("…")


def test_names_with_braces_are_no_places_for_names():
    _, ax = plt.subplots()
    write_title(ax, theme_of(ax), "From {} to {}", "{0}", "{nobody}")
    assert ax.get_title(loc="left") == "From {0} to {nobody}"


def test_words_that_have_no_room_are_cut_with_a_sign():
    sheet = sheet_of((3, 1.5))
    sheet.say(["A sentence that is long enough for two lines, at the least."] * 9)
    (text,) = sheet.ax.texts
    drawn(sheet.ax)
    assert text.get_text().endswith("…")
    assert text.get_window_extent().height <= sheet.ax.get_window_extent().height


def test_words_that_have_room_are_whole():
    sheet = sheet_of()
    sheet.say(["One.", "Two."])
    assert [text.get_text() for text in sheet.ax.texts] == ["One.\n\nTwo."]
