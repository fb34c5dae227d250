"""Whether predicted chances come true: the share of positive ratings by predicted chance."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from trustgraph._text import counted
from trustgraph.plot._axes import axes_or_new
from trustgraph.plot._chart import NOTE_SIZE, Chart, open_chart
from trustgraph.plot._ends import End, fit_ends
from trustgraph.plot._sheet import blank_sheet
from trustgraph.plot._style import BLUE, GREEN, ORANGE, VERMILLION, mix

__all__ = ["plot_calibration"]

TITLE: Final = "Do predicted chances come true?"
COLUMNS: Final = ("low", "high", "n", "probability", "share")
INTERVAL: Final = ("share_low", "share_high")
LOOKS: Final = (
    (BLUE, "o", "-"),
    (VERMILLION, "s", "--"),
    (GREEN, "^", "-."),
    (ORANGE, "D", ":"),
)
TICKS: Final = tuple(fifth / 5 for fifth in range(6))
BARS: Final = (-0.26, -0.06)
"""Where the bars of counts stand, under the curve."""
FILLED: Final = 0.8
"""Width of the bars of a part, in parts of its own."""


def plot_calibration(
    curves: pd.DataFrame | Mapping[str, pd.DataFrame], *, ax: Axes | None = None
) -> Axes:
    """Draw how often ratings were positive beside the chance that was predicted.

    Parameters
    ----------
    curves
        What `trustgraph.evaluation.calibration_curve` returned; for several models: one each, by
        their names. Intervals of the shares may stand in columns ``share_low`` and
        ``share_high``, in [0, 1].
    ax
        Axes to draw on; default: a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        A point for each part of [0, 1] that holds ratings: their mean predicted chance, and the
        share that was positive. On the diagonal chances come true; under it they are too high.
        Bars below count the ratings of each part. If there are none, the axes say so.

    Raises
    ------
    ValueError
        If a frame lacks columns.

    Notes
    -----
    Sizes are measured on the figure as it is: set its size before, not after.

    Examples
    --------
    >>> curve = tg.evaluation.calibration_curve([True, False, True], [0.9, 0.2, 0.4], bins=2)
    >>> ax = tg.plot.plot_calibration(curve)
    >>> ax.lines[1].get_xydata().round(3).tolist()
    [[0.3, 0.5], [0.9, 1.0]]
    """
    several = {"": curves} if isinstance(curves, pd.DataFrame) else curves
    given = [(str(name), curve) for name, curve in several.items()]
    for name, curve in given:
        _check(name, curve)
    told = [(name, curve[curve["n"] > 0]) for name, curve in given if curve["n"].any()]
    ax = axes_or_new(ax)
    if not told:
        sheet = blank_sheet(ax, TITLE)
        sheet.say(["No ratings were predicted."])
        return ax
    ax.set_ylim(BARS[0], 1.0)
    ax.set_yticks(TICKS, labels=[f"{tick:g}" for tick in TICKS])
    notes = [_note([curve for _, curve in told], len(given))]
    chart = open_chart(ax, TITLE, notes=notes, foot="predicted chance that a rating is positive")
    ends = [
        End(float(curve["probability"].iloc[-1]), float(curve["share"].iloc[-1]), name, "", colour)
        for (name, curve), (colour, *_) in zip(told, _looks(len(told)), strict=True)
        if name
    ]
    fitted = fit_ends(chart, ends)
    chart.across(0.0, 1.0, left=6.0, right=fitted.width if ends else 6.0)
    chart.up(BARS[0], 1.0, below=2.0)
    chart.mark(TICKS, [f"{tick:g}" for tick in TICKS])
    _draw_ground(chart)
    for (_, curve), look in zip(told, _looks(len(told)), strict=True):
        _draw_curve(chart, curve, *look)
    _draw_bars(chart, [curve for _, curve in told])
    fitted.draw(chart)
    return ax


def _check(name: str, curve: Any) -> None:
    whose = f" of {name!r}" if name else ""
    if not isinstance(curve, pd.DataFrame):
        raise TypeError(
            f"the curve{whose} is a {type(curve).__name__}; give what calibration_curve returns"
        )
    if missing := [column for column in COLUMNS if column not in curve.columns]:
        raise ValueError(
            f"the curve{whose} lacks {', '.join(missing)}; give what calibration_curve returns"
        )


def _looks(count: int) -> list[tuple[str, str, str]]:
    """Return colour, marker and line of so many curves."""
    return [LOOKS[number % len(LOOKS)] for number in range(count)]


def _note(curves: list[pd.DataFrame], given: int) -> str:
    most = max(int(curve["n"].max()) for curve in curves)
    parts = ["points: share of positive ratings", "diagonal: they do"]
    parts.append(f"bars: number of ratings, at most {most:,}")
    if any(set(INTERVAL) <= set(curve.columns) for curve in curves):
        parts.append("whiskers: intervals")
    if less := given - len(curves):
        parts.append(f"{counted(less, 'model')} predicted nothing")
    return "; ".join(parts)


def _draw_ground(chart: Chart) -> None:
    faint: dict[str, Any] = {"color": chart.theme.faint, "linewidth": 0.8, "zorder": 0}
    chart.ax.hlines(TICKS, 0.0, 1.0, **faint)
    chart.ax.plot([0, 1], [0, 1], color=chart.theme.muted, linewidth=1.0, zorder=1)


def _draw_curve(chart: Chart, curve: pd.DataFrame, colour: str, marker: str, line: str) -> None:
    chance, share = curve["probability"].to_numpy(), curve["share"].to_numpy()
    if set(INTERVAL) <= set(curve.columns):
        low, high = (curve[end].to_numpy() for end in INTERVAL)
        chart.ax.vlines(chance, low, high, color=colour, linewidth=1.0 * chart.unit, zorder=2)
    look: dict[str, Any] = {"color": colour, "marker": marker, "linestyle": line}
    look |= {"markersize": 5 * chart.unit, "linewidth": 1.6 * chart.unit}
    chart.ax.plot(chance, share, zorder=3, **look)


def _draw_bars(chart: Chart, curves: list[pd.DataFrame]) -> None:
    """Draw how many ratings there are; with their numbers if they have room."""
    theme, (bottom, top) = chart.theme, BARS
    per_x, per_y = chart.per_unit
    texts = [[f"{n:,}" for n in curve["n"]] for curve in curves]
    widths = [chart.width_of(max(row, key=len), size=NOTE_SIZE) * per_x for row in texts]
    parts = min(float((curve["high"] - curve["low"]).min()) for curve in curves)
    numbered = len(curves) == 1 and widths[0] < parts
    room = top - bottom - (1.3 * NOTE_SIZE * per_y if numbered else 0.0)
    most = max(float(curve["n"].max()) for curve in curves)
    for place, (curve, look) in enumerate(zip(curves, _looks(len(curves)), strict=True)):
        low, width = curve["low"].to_numpy(), (curve["high"] - curve["low"]).to_numpy()
        each = FILLED * width / len(curves)
        left = low + (1 - FILLED) / 2 * width + place * each
        height = max(room, 0.2 * (top - bottom)) * curve["n"].to_numpy() / most
        colour = mix(look[0], theme.paper, 0.35)
        chart.ax.bar(left, height, each, bottom=bottom, align="edge", color=colour, zorder=2)
        if numbered:
            middle = (low + width / 2).tolist()
            for x, y, text in zip(middle, (bottom + height).tolist(), texts[0], strict=True):
                style: dict[str, Any] = {"va": "bottom", "size": NOTE_SIZE}
                chart.text(x, y + per_y, text, **style)
    line: dict[str, Any] = {"color": theme.muted, "linewidth": 0.8, "zorder": 2}
    chart.ax.plot(np.array([0, 1]), np.array([bottom, bottom]), **line)
