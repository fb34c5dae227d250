"""A chart: real axes whose names, numbers and notes all stand inside, where no layout cuts them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from trustgraph.plot._axes import NOTEBOOK_SIZE, axes_or_new
from trustgraph.plot._labels import shorten
from trustgraph.plot._sheet import Sheet, sheet_of
from trustgraph.plot._writing import TITLE_SIZE, literal, write_title

__all__ = ["NAME_SIZE", "NOTE_SIZE", "Chart", "axes_for_rows", "number_words", "open_chart"]

NAME_SIZE: Final = 9.5
NOTE_SIZE: Final = 8.5
SMALLEST_NAME: Final = 6.0
"""Under this size nobody reads a name: rather fewer of them."""
PITCH: Final = 1.3
"""Height of a row, or of a line, in parts of the size of its text."""
WANTED: Final = 330.0
NAMES_SHARE: Final = 0.4
"""Greatest width of names in parts of the chart's."""
LEAST_SHARE: Final = 0.2
"""Least width and height of what is drawn, in parts of the chart's."""
NOTES_SHARE: Final = 0.4
"""Greatest height of the notes in parts of the chart's."""
GAP: Final = 8.0
"""Space between names or numbers and what is drawn, in units."""
MOST_TICKS: Final = 5
APART: Final = 4.0
"""Least space between two labels of an axis, in units."""
ROW_INCHES: Final = 0.34
MOST_DIGITS: Final = 6


def axes_for_rows(ax: Axes | None, rows: int) -> Axes:
    """Return the given axes, or those of a new figure that is as high as so many rows need."""
    wide, _ = NOTEBOOK_SIZE
    return axes_or_new(ax, figsize=(wide, min(wide, 1.5 + ROW_INCHES * max(2, rows))))


@dataclass(frozen=True)
class Chart(Sheet):
    """Axes with data on them, and how many units there are for texts beside the data.

    Attributes
    ----------
    head
        Height of the notes at the top, in units; nothing else stands there.
    """

    head: float = 0.0

    @property
    def most_rows(self) -> int:
        """Number of rows that can be read."""
        return max(1, int((self.height - self.head) / (PITCH * SMALLEST_NAME)))

    def row_size(self, rows: int) -> float:
        """Return the size of texts in so many rows."""
        return min(NAME_SIZE, (self.height - self.head) / (PITCH * max(1, rows)))

    def fit_names(self, names: Sequence[str], *, size: float) -> list[str]:
        """Return the names of models as they can be drawn; cut with … where they are too wide."""
        return self.fit_people([(name, name) for name in names], size=size)

    def fit_people(self, people: Sequence[tuple[str, Any]], *, size: float) -> list[str]:
        """Return names, each with its id, as they can be drawn; cut with … where too wide."""
        width = NAMES_SHARE * self.width
        shown = [self.name(name, person) for name, person in people]
        return [shorten(one, width, lambda part: self.width_of(part, size=size)) for one in shown]

    def column(self, texts: Sequence[str], *, size: float) -> float:
        """Return the width of the widest text and of the space beside it."""
        return GAP + max((self.width_of(text, size=size) for text in texts), default=0.0)

    def across(self, low: float, high: float, *, left: float = 0.0, right: float = 0.0) -> None:
        """Lay data from low to high across the chart, with columns for texts at both sides."""
        per = (high - low) / max(LEAST_SHARE * self.width, self.width - left - right)
        self.ax.set_xlim(low - left * per, high + right * per)
        first, last = self.ax.get_xlim()
        self.ax.xaxis.label.set_x(((low + high) / 2 - first) / (last - first))

    def up(self, low: float, high: float, *, below: float = 0.0) -> None:
        """Lay data from low, at the bottom, to high, under the notes."""
        per = (high - low) / max(LEAST_SHARE * self.height, self.height - self.head - below)
        self.ax.set_ylim(low - below * per, high + self.head * per)

    def rows(self, count: int) -> None:
        """Lay rows 0 to count - 1 from the top down."""
        self.up(count - 0.5, -0.5)

    @property
    def per_unit(self) -> tuple[float, float]:
        """How much of the data one unit is, across and upwards."""
        (left, right), (bottom, top) = self.ax.get_xlim(), self.ax.get_ylim()
        return (right - left) / self.width, (top - bottom) / self.height

    def write_rows(
        self, names: Sequence[str], numbers: Sequence[str], *, size: float, muted: Any = ()
    ) -> None:
        """Write names at the left end of the rows and numbers at their right end.

        Parameters
        ----------
        names, numbers
            From the top down; they fit.
        size
            Font size, in units.
        muted
            Rows that are notes, not data.
        """
        left, right = self.ax.get_xlim()
        for row, name in enumerate(names):
            colour = self.theme.muted if row in muted else self.theme.ink
            self.text(left, row, name, size=size, color=colour, ha="left", va="center_baseline")
        for row, number in enumerate(numbers):
            if number:
                style: dict[str, Any] = {"ha": "right", "va": "center_baseline"}
                self.text(right, row, number, size=size, **style)

    def ticks(self, low: float, high: float, bottom: float, top: float) -> None:
        """Mark round numbers from low to high, with lines to guide the eye from bottom to top."""
        kept, labels = self._round(low, high, MOST_TICKS)
        for most in range(MOST_TICKS - 1, 0, -1):
            if len(self._apart(kept, labels)) < len(kept):
                kept, labels = self._round(low, high, most)
        self.mark(kept, labels)
        self.ax.vlines(kept, bottom, top, color=self.theme.faint, linewidth=0.8, zorder=0)

    def mark(self, places: Sequence[float], labels: Sequence[str]) -> None:
        """Write labels under places along the horizontal axis, as many as stand apart."""
        apart = self._apart(places, labels)
        self.ax.set_xticks([places[n] for n in apart], labels=[labels[n] for n in apart])

    def _round(self, low: float, high: float, most: int) -> tuple[list[float], list[str]]:
        """Return round numbers from low to high, and how they are written."""
        found = np.asarray(MaxNLocator(most).tick_values(low, high))
        slack = 1e-9 * (high - low)
        kept = found[(found >= low - slack) & (found <= high + slack)].tolist()
        return kept, [f"{tick:.12g}".replace("-", "−") for tick in kept]

    def _apart(self, places: Sequence[float], labels: Sequence[str]) -> list[int]:
        """Return the numbers of the labels that do not meet, from the last one backwards."""
        per, kept, taken = self.per_unit[0], [], np.inf
        for number in range(len(places) - 1, -1, -1):
            half = self.width_of(labels[number], size=NOTE_SIZE) / 2
            if places[number] / per + half + APART <= taken:
                kept.append(number)
                taken = places[number] / per - half
        return kept[::-1]


def open_chart(
    ax: Axes, title: str, *names: str, notes: Sequence[str] = (), foot: str = ""
) -> Chart:
    """Turn axes into a chart under a title.

    Parameters
    ----------
    ax
        Axes; ticks at the left side have to be there already, since they decide the width.
    title
        What is seen, with {} for each name.
    *names
        The names; cut with … where the title is wider than the axes.
    notes
        What has to be known to read the chart, a line or a few each; as much as there is room for.
    foot
        What the horizontal axis tells.

    Returns
    -------
    Chart
        The chart; its limits are to be set.
    """
    ax.spines[:].set_visible(False)
    ax.tick_params(length=0, labelsize=NOTE_SIZE)
    ax.set_xlabel(foot, fontsize=NOTE_SIZE)
    sheet = sheet_of(ax, wanted=WANTED)
    theme, unit = sheet.theme, sheet.unit
    ax.tick_params(labelsize=NOTE_SIZE * unit)
    (foot,) = sheet.fit(foot, sheet.width, size=NOTE_SIZE)
    ax.set_xlabel(foot, fontsize=NOTE_SIZE * unit, color=theme.ink, **literal(theme))
    write_title(ax, theme, title, *names, size=TITLE_SIZE * unit)
    room = int(NOTES_SHARE * sheet.height / (PITCH * NOTE_SIZE))
    lines = [
        line for note in notes for line in sheet.fit(note, sheet.width, size=NOTE_SIZE, lines=4)
    ][:room]
    style: dict[str, Any] = {"ha": "left", "va": "top", "color": theme.muted}
    if lines:
        place: dict[str, Any] = {"transform": ax.transAxes}
        sheet.text(0.0, 1.0, "\n".join(lines), size=NOTE_SIZE, **style, **place)
    head = PITCH * NOTE_SIZE * len(lines) + (GAP if lines else 0.0)
    return Chart(ax, theme, sheet.width, sheet.height, unit, head)


def number_words(values: Sequence[float]) -> list[str]:
    """Return numbers with as many digits as the largest one needs to show three.

    Parameters
    ----------
    values
        Finite numbers.

    Returns
    -------
    list of str
        All with the same number of decimals, from 3 to 6; powers of ten where that is not enough.

    Examples
    --------
    >>> from trustgraph.plot._chart import number_words
    >>> number_words([0.5, -0.25]), number_words([0.00123, 0.0004]), number_words([1e-7])
    (['0.500', '−0.250'], ['0.00123', '0.00040'], ['1.00e−07'])
    """
    largest = max((abs(value) for value in values), default=0.0)
    digits = 3 if largest == 0 else max(3, 2 - int(np.floor(np.log10(largest))))
    form = f".{digits}f" if digits <= MOST_DIGITS else ".2e"
    return [f"{value:{form}}".replace("-", "−") for value in values]
