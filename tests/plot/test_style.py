"""Shades, inks and fonts."""

import itertools

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_rgb

from trustgraph.plot._style import BLUE, GREEN, ORANGE, VERMILLION, mix, theme_of


def lightness(colour):
    return float(np.dot(to_rgb(colour), (0.2126, 0.7152, 0.0722)))


def theme(style="default"):
    with plt.style.context(style):
        _, ax = plt.subplots()
        return theme_of(ax)


@pytest.mark.parametrize(("style", "sign"), [("default", -1), ("dark_background", 1)])
def test_more_is_always_farther_from_the_paper(style, sign):
    shades = [lightness(theme(style).shade(value)) for value in np.linspace(0, 1, 11)]
    assert all(sign * (after - before) > 0 for before, after in itertools.pairwise(shades))
    assert lightness(theme(style).paper) * -sign > shades[0] * -sign


def test_values_out_of_range_are_clipped():
    page = theme()
    assert page.shade(-1) == page.shade(0)
    assert page.shade(7) == page.shade(1)
    assert page.shades(np.array([0.1, 0.9])) == [page.shade(0.1), page.shade(0.9)]


def test_accents_differ_in_lightness_from_the_paper():
    assert all(lightness(colour) < 0.7 for colour in (BLUE, GREEN, ORANGE, VERMILLION))


def test_a_mixture_lies_between():
    assert mix("black", "white", 0) == "#000000"
    assert mix("black", "white", 1) == "#ffffff"


def test_axes_without_ground_take_that_of_the_figure():
    figure, ax = plt.subplots(facecolor="#102030")
    ax.set_facecolor("none")
    assert theme_of(ax).paper == "#102030"
    figure.set_facecolor("none")
    assert theme_of(ax).paper == "#ffffff"


def test_the_bundled_font_draws_names_of_several_alphabets():
    characters = theme().characters
    assert all(ord(letter) in characters for letter in "Aéß…□◆▼–−Жעم")


def test_fonts_of_the_user_come_first():
    with mpl.rc_context({"font.family": ["serif"]}):
        _, ax = plt.subplots()
        assert theme_of(ax).fonts[0] == "serif"
