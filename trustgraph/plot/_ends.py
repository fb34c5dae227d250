"""Names at the right ends of lines, none over another."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from trustgraph._typing import Floats
from trustgraph.plot._chart import GAP, PITCH, Chart

__all__ = ["End", "Ends", "fit_ends", "spread"]

LEAD: Final = 16.0
"""Width of the lines from ends to names, in units."""


@dataclass(frozen=True)
class End:
    """Where a line ends, its name, what is told after the name, and its colour."""

    x: float
    y: float
    name: str
    told: str
    colour: str


@dataclass(frozen=True)
class Ends:
    """Names that fit beside a chart.

    Attributes
    ----------
    ends
        Those that get a name.
    texts
        The names; a last one more counts those without.
    size
        Font size, in units.
    width
        Width of the column that they need, in units.
    """

    ends: tuple[End, ...]
    texts: tuple[str, ...]
    size: float
    width: float

    def draw(self, chart: Chart) -> None:
        """Write the names at the right of the chart, each near the end of its line."""
        if not self.ends:
            return
        right = chart.ax.get_xlim()[1]
        per_x, per_y = chart.per_unit
        pitch, bottom = PITCH * self.size, chart.ax.get_ylim()[0]
        wanted = [(end.y - bottom) / per_y for end in self.ends]
        wanted += [0.0] * (len(self.texts) - len(wanted))
        room = pitch / 2, chart.height - chart.head - pitch / 2
        places = bottom + per_y * spread(np.array(wanted), pitch, *room)
        left = right - (self.width - LEAD - GAP / 2) * per_x
        style: dict[str, Any] = {"ha": "left", "va": "center", "size": self.size}
        colours = [chart.theme.ink for _ in self.ends] + [chart.theme.muted]
        for text, y, colour in zip(self.texts, places.tolist(), colours, strict=False):
            chart.text(left, y, text, color=colour, **style)
        for end, y in zip(self.ends, places.tolist(), strict=False):
            thin: dict[str, Any] = {"color": end.colour, "linewidth": 0.8, "zorder": 1}
            chart.ax.plot([end.x, left - GAP / 4 * per_x], [end.y, y], **thin)


def fit_ends(chart: Chart, ends: Sequence[End]) -> Ends:
    """Return the names of lines as they fit; if there are too many, of the first ones.

    Parameters
    ----------
    chart
        The chart; its limits need not be set yet.
    ends
        The lines, the most important first.

    Returns
    -------
    Ends
        To be drawn once the limits are set.
    """
    most = chart.most_rows
    named, more = tuple(ends), []
    if len(ends) > most:
        named = tuple(ends[: most - 1])
        more = [f"and {len(ends) - len(named)} more"]
    size = chart.row_size(len(named) + len(more))
    names = chart.fit_names([end.name for end in named], size=size)
    texts = [" ".join(filter(None, (name, e.told))) for name, e in zip(names, named, strict=True)]
    texts += more
    return Ends(named, tuple(texts), size, LEAD + GAP / 2 + chart.column(texts, size=size))


def spread(wanted: Floats, pitch: float, low: float, high: float) -> Floats:
    """Return places that lie apart and as near as can be to where they should be.

    Parameters
    ----------
    wanted
        Where they should be, shape (n,).
    pitch
        Least distance of two.
    low, high
        Least and greatest place; (n - 1) pitches fit between them, else they are exceeded upwards.

    Returns
    -------
    numpy.ndarray
        Places of least squared distance to the wanted ones, shape (n,), in the same order;
        of equals the first is highest.

    Examples
    --------
    >>> from trustgraph.plot._ends import spread
    >>> spread(np.array([5.0, 5.0, 9.0]), 2.0, 0.0, 10.0).tolist()
    [6.0, 4.0, 9.0]
    """
    n = len(wanted)
    order = np.lexsort((-np.arange(n), wanted))
    steps = pitch * np.arange(n)
    blocks: list[tuple[float, int]] = []
    for value in (wanted[order] - steps).tolist():
        mean, size = value, 1
        while blocks and blocks[-1][0] > mean:
            before, count = blocks.pop()
            mean, size = (before * count + mean * size) / (count + size), count + size
        blocks.append((mean, size))
    level = np.repeat([mean for mean, _ in blocks], [size for _, size in blocks])
    found = np.empty(n)
    found[order] = np.clip(level, low, max(low, high - pitch * (n - 1))) + steps
    return found
