"""The transfer of reputation as a waterfall: what is left after each intermediary."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from trustgraph.plot._axes import NOTEBOOK_SIZE, axes_or_new
from trustgraph.plot._labels import readable, shorten, wrap
from trustgraph.plot._sheet import blank_sheet
from trustgraph.plot._style import BLUE, VERMILLION, Theme, mix, theme_of
from trustgraph.plot._writing import TITLE_SIZE, literal, points_per_pixel, width_of, write_title
from trustgraph.reputation.results import Transfer, TransferIntervals

__all__ = ["plot_transfer"]

NAME_SIZE: Final = 9.5
NOTE_SIZE: Final = 8.5
BAR: Final = 0.62
ROW_INCHES: Final = 0.36
MOST_TICKS: Final = 5
NAMES_SHARE: Final = 0.4
"""Greatest width of the names in parts of the axes' width."""
GAP: Final = 14.0
"""Space between the longest bar and the numbers, in points."""
ERRORS_SHOWN: Final = 2


@dataclass(frozen=True)
class _Row:
    """One bar from ``after`` to ``before``; ``alone``: what is left if only this person refuses.

    ``ends`` are those of the whisker at the end of the bar, if it has one.
    """

    name: str
    person: Any
    before: float
    after: float
    ends: tuple[float, float] | None = None
    alone: float | None = None
    whole: bool = False


def plot_transfer(
    moved: Transfer,
    *,
    intervals: TransferIntervals | None = None,
    ax: Axes | None = None,
    most: int = 8,
) -> Axes:
    """Draw who carries the reputation: a waterfall from everybody's help down to nobody's.

    Parameters
    ----------
    moved
        What `trustgraph.reputation_transfer` found.
    intervals
        What `trustgraph.reputation.transfer_intervals` found for the same question: whiskers then
        show where the end of each bar lies in nine of ten draws of the opinions, given the bars
        above it.
    ax
        Axes to draw on; default: a new figure.
    most
        Greatest number of people with a bar of their own, the largest share first; at least 1.
        The others are summed in one bar.

    Returns
    -------
    matplotlib.axes.Axes
        The first bar is the total, a chance in [0, 1]. Each person takes their fair share (the
        Shapley value) off it; the last bar is what needs nobody, the direct tie. A diamond shows
        what would be left if this person alone refused. Whiskers of two standard errors stand
        where the numbers are sampled and no intervals are given. If nothing arrives, the axes say
        why.

    Raises
    ------
    ValueError
        If ``most`` is less than 1, or the intervals are those of another question.

    Examples
    --------
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
    >>> ax = tg.plot.plot_transfer(tg.reputation_transfer(G, "ana", "cy"))
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['with everybody', 'bo', 'with nobody']
    """
    if most < 1:
        raise ValueError(f"most is {most}; draw at least 1 person")
    if intervals is not None and intervals.ask != moved.ask:
        message = "the intervals are those of another question; ask both with the same Ask"
        raise ValueError(message)
    rows = _rows(moved, most, intervals)
    wide, high = NOTEBOOK_SIZE
    ax = axes_or_new(ax, figsize=(wide, min(high, 1.5 + ROW_INCHES * len(rows))))
    if not moved.total > 0:
        ends = moved.seeker_name, moved.target_name
        sheet = blank_sheet(ax, "No reputation arrives from {} at {}", *ends)
        sheet.say(moved.explain().splitlines())
        return ax
    theme = theme_of(ax)
    _write_names(ax, theme, rows)
    _draw_bars(ax, theme, rows)
    _draw_frame(ax, theme)
    _write_numbers(ax, theme, rows)
    _write_notes(ax, theme, moved, intervals)
    write_title(ax, theme, "Reputation from {} to {}", moved.seeker_name, moved.target_name)
    return ax


def _rows(moved: Transfer, most: int, intervals: TransferIntervals | None) -> list[_Row]:
    known = intervals if intervals is not None and intervals.total is not None else None
    left = moved.total
    ends = _around(left, moved.standard_error)
    if known is not None and known.total is not None:
        ends = known.total.low, known.total.high
    shares = {one.person: one.shapley for one in known} if known is not None else {}
    rows = [_Row("with everybody", "", left, 0.0, ends, whole=True)]
    for carrier in moved.carriers[:most]:
        alone = max(0.0, moved.total - carrier.removal)
        after = max(0.0, left - carrier.shapley)
        ends = _around(after, carrier.shapley_error)
        if share := shares.get(carrier.person):
            ends = max(0.0, left - share.high), max(0.0, left - share.low)
        rows.append(_Row(carrier.name, carrier.person, left, after, ends, alone))
        left = after
    if rest := moved.carriers[most:]:
        name = "1 other" if len(rest) == 1 else f"{len(rest)} others"
        rows.append(_Row(name, "", left, moved.direct))
    name = "the direct tie" if moved.direct else "with nobody"
    return [*rows, _Row(name, "", moved.direct, 0.0, whole=True)]


def _around(value: float, error: float) -> tuple[float, float] | None:
    """Return the ends of a whisker of standard errors; None if there is none."""
    if error <= 0:
        return None
    return value - ERRORS_SHOWN * error, value + ERRORS_SHOWN * error


def _write_names(ax: Axes, theme: Theme, rows: list[_Row]) -> None:
    width = NAMES_SHARE * ax.get_window_extent().width * points_per_pixel(ax)

    def name(row: _Row) -> str:
        text = readable(row.name, row.person, theme.characters)
        return shorten(text, width, lambda part: width_of(ax, theme, part, NAME_SIZE))

    style: dict[str, Any] = {"color": theme.ink, **literal(theme)}
    labels = [name(row) for row in rows]
    ax.set_yticks(range(len(rows)), labels=labels, fontsize=NAME_SIZE, **style)


def _draw_bars(ax: Axes, theme: Theme, rows: list[_Row]) -> None:
    for place, row in enumerate(rows):
        colour = mix(theme.ink, theme.paper, 0.45) if row.whole else BLUE
        if not row.whole and row.alone is None:
            colour = mix(BLUE, theme.paper, 0.45)
        width = row.before - row.after
        ax.barh(place, width, left=row.after, height=BAR, color=colour, zorder=2)
        down = row.before if row.whole else row.after
        if place + 1 < len(rows):
            ends = [place + BAR / 2, place + 1 - BAR / 2]
            ax.plot([down, down], ends, color=theme.muted, linewidth=0.8, zorder=1)
        if row.ends is not None:
            whisker: dict[str, Any] = {"ecolor": theme.ink, "elinewidth": 1.2, "capsize": 3}
            middle, half = sum(row.ends) / 2, (row.ends[1] - row.ends[0]) / 2
            ax.errorbar(middle, place, xerr=half, fmt="none", zorder=4, **whisker)
    alone = [(row.alone, place) for place, row in enumerate(rows) if row.alone is not None]
    if alone:
        edge: dict[str, Any] = {"edgecolors": theme.paper, "linewidths": 0.8, "zorder": 5}
        left, places = np.array(alone).T
        ax.scatter(left, places, s=34, marker="D", color=VERMILLION, **edge)


def _draw_frame(ax: Axes, theme: Theme) -> None:
    ax.invert_yaxis()
    ax.set_axisbelow(True)
    ax.xaxis.set_major_locator(MaxNLocator(MOST_TICKS))
    ax.grid(axis="x", color=theme.faint, linewidth=0.8)
    ax.spines[:].set_visible(False)
    ax.tick_params(length=0)
    ax.tick_params(axis="x", labelsize=NOTE_SIZE)
    ax.set_xlabel("\n", fontsize=NOTE_SIZE)
    ax.set_title(" ", loc="left", fontsize=TITLE_SIZE)
    figure = ax.get_figure(root=True)
    if figure is not None:
        figure.draw_without_rendering()  # settles the width, which the texts below depend on


def _write_numbers(ax: Axes, theme: Theme, rows: list[_Row]) -> None:
    """Write a column of numbers at the right, where no bar reaches."""
    texts = [
        _number(row.before) if row.whole else f"−{_number(row.before - row.after)}" for row in rows
    ]
    column = GAP + max(width_of(ax, theme, text, NAME_SIZE) for text in texts)
    width = ax.get_window_extent().width * points_per_pixel(ax)
    farthest = max(row.ends[1] if row.ends else row.before for row in rows)
    end = farthest / max(0.5, 1 - column / width)
    ax.set_xlim(0, end)
    for place, text in enumerate(texts):
        style: dict[str, Any] = {"color": theme.ink, "ha": "right", "va": "center"}
        ax.text(end, place, text, fontsize=NAME_SIZE, **style, **literal(theme))


def _number(value: float) -> str:
    """Three digits, or the first one that is not 0."""
    if value <= 0 or value >= 0.0005:  # noqa: PLR2004 - rounds to 0.001
        return f"{max(value, 0.0):.3f}"
    return f"{value:.0e}"


def _write_notes(
    ax: Axes, theme: Theme, moved: Transfer, intervals: TransferIntervals | None
) -> None:
    """Say under the axis what is measured and what the marks mean."""
    notes = ["chance that at least one way works; each bar takes off that person's fair share"]
    if moved.carriers:
        notes.append("◆ what is left if this person alone refuses")
    if intervals is not None and intervals.total is not None:
        notes[-1] += "; whiskers: nine of ten draws of the opinions"
    elif not moved.exact:
        notes[-1] += f"; whiskers: ±{ERRORS_SHOWN} standard errors"
    if intervals is not None and intervals.reason == "no_certainty":
        notes.append("no intervals: a tie has a trust but no certainty")
    if moved.truncated:
        notes.append("only the best ways are counted: the true total is higher")
    width = ax.get_window_extent().width * points_per_pixel(ax)

    def measure(part: str) -> float:
        return width_of(ax, theme, part, NOTE_SIZE)

    lines = [line for note in notes for line in wrap(note, width, measure, lines=3)]
    ax.set_xlabel("\n".join(lines), fontsize=NOTE_SIZE, color=theme.muted, **literal(theme))
