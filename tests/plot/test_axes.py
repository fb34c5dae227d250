"""Axes of the caller, or of a new figure."""

import matplotlib.pyplot as plt

from trustgraph.plot._axes import axes_or_new


def test_given_axes_come_back():
    _, ax = plt.subplots()
    assert axes_or_new(ax) is ax


def test_a_new_figure_has_the_size_of_a_notebook_and_lays_itself_out():
    ax = axes_or_new(None)
    assert ax.figure.get_size_inches().tolist() == [9.0, 5.5]
    assert ax.figure.get_layout_engine() is not None
    assert axes_or_new(None, figsize=(3, 2)).figure.get_size_inches().tolist() == [3.0, 2.0]
