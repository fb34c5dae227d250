"""A blank sheet: axes measured in points, on which texts can be measured before they stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.text import Text

from trustgraph.plot._labels import Box, drawable, readable, wrap
from trustgraph.plot._style import Theme, theme_of
from trustgraph.plot._writing import TITLE_SIZE, literal, points_per_pixel, width_of, write_title

__all__ = ["Sheet", "blank_sheet", "sheet_of"]

SMALLEST: Final = 0.7
"""Unit under which texts could not be read."""
LINE: Final = 1.32
"""Height of a line in parts of the font size."""


@dataclass(frozen=True)
class Sheet:
    """Axes without frame or ticks, measured from the lower left corner.

    The unit is one point; on axes that are too small for what they have to show it is less, and
    every text shrinks with it.

    Attributes
    ----------
    ax
        The axes.
    theme
        Its colours and fonts.
    width, height
        Size in units, as the figure stands now.
    unit
        Points per unit, at most 1.
    """

    ax: Axes
    theme: Theme
    width: float
    height: float
    unit: float = 1.0

    @property
    def box(self) -> Box:
        """The whole sheet."""
        return Box(0.0, 0.0, self.width, self.height)

    def text(self, x: float, y: float, text: str, *, size: float, **style: Any) -> Text:
        """Write a text as it is, without reading formulas into it.

        Parameters
        ----------
        x, y
            Place, in units.
        text
            The text; what no font can draw becomes an empty box.
        size
            Font size, in units.
        **style
            Properties of a matplotlib text.

        Returns
        -------
        matplotlib.text.Text
            The text, inside the axes.
        """
        style = {"color": self.theme.ink, "ha": "center", "va": "center", **style}
        lines = [drawable(line, self.theme.characters) for line in text.split("\n")]
        style |= {"fontsize": size * self.unit, "linespacing": 1.15}
        return self.ax.text(x, y, "\n".join(lines), **literal(self.theme), **style)

    def name(self, name: str, person: Any) -> str:
        """Return a person's name as it can be drawn."""
        return readable(name, person, self.theme.characters)

    def width_of(self, text: str, *, size: float) -> float:
        """Return the width of one line of text, in units."""
        return width_of(self.ax, self.theme, text, size * self.unit) / self.unit

    def fit(self, text: str, width: float, *, size: float, lines: int = 1) -> list[str]:
        """Return the text in at most so many lines of that width, cut with … where need be."""
        shown = drawable(text, self.theme.characters)
        return wrap(shown, width, lambda part: self.width_of(part, size=size), lines=lines)

    def say(self, paragraphs: Sequence[str], *, size: float = 10.0) -> None:
        """Fill the sheet with words instead of a picture.

        Parameters
        ----------
        paragraphs
            What to say; what has no room is cut with …
        size
            Font size, in units.
        """
        room = max(1, int((self.height - 2 * size) / (LINE * size)))
        width = 0.86 * self.width
        lines = [
            line
            for paragraph in paragraphs
            for line in ("", *self.fit(paragraph, width, size=size, lines=room))
        ][1:]
        told = "\n".join(lines[:room]).rstrip()
        if len(lines) > room:
            told = told.rstrip(".…") + "…"
        self.text(0.07 * self.width, self.height / 2, told, size=size, ha="left")


def blank_sheet(ax: Axes, title: str, *names: str, wanted: float = 0.0) -> Sheet:
    """Turn axes into a blank sheet under a title.

    Parameters
    ----------
    ax
        Axes; frame and ticks go, the limits become their size.
    title
        What is seen, with {} for each name.
    *names
        The names; cut with … where the title is wider than the axes.
    wanted
        Width in points that everything needs at its usual size.

    Returns
    -------
    Sheet
        The sheet.
    """
    ax.set_axis_off()
    sheet = sheet_of(ax, wanted=wanted)
    ax.set(xlim=(0, sheet.width), ylim=(0, sheet.height))
    write_title(ax, sheet.theme, title, *names, size=TITLE_SIZE * sheet.unit)
    return sheet


def sheet_of(ax: Axes, *, wanted: float = 0.0) -> Sheet:
    """Return axes as a sheet, once the room for a title is taken and their size is settled.

    Parameters
    ----------
    ax
        Axes; frame, ticks and limits stay.
    wanted
        Width in points that everything needs at its usual size.

    Returns
    -------
    Sheet
        The sheet.
    """
    ax.set_title(" ", loc="left", fontsize=TITLE_SIZE)
    figure = ax.get_figure(root=True)
    if figure is not None:
        figure.draw_without_rendering()  # settles the size of the axes
    extent, points = ax.get_window_extent(), points_per_pixel(ax)
    unit = min(1.0, max(SMALLEST, extent.width * points / wanted)) if wanted else 1.0
    scale = points / unit
    return Sheet(ax, theme_of(ax), extent.width * scale, extent.height * scale, unit)
