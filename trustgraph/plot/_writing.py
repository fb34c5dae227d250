"""Texts that stand as they are: no formula is read into a name, no character is missing."""

from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.text import Text

from trustgraph.plot._labels import drawable, shorten
from trustgraph.plot._style import Theme

__all__ = ["TITLE_SIZE", "literal", "points_per_pixel", "width_of", "write_title"]

TITLE_SIZE: Final = 12.0


def literal(theme: Theme) -> dict[str, Any]:
    """Return the properties of a text that is written as it is, in the fonts of the theme."""
    return {"fontfamily": list(theme.fonts), "parse_math": False, "usetex": False}


def points_per_pixel(ax: Axes) -> float:
    """Return the size of a pixel, in points."""
    figure = ax.get_figure(root=True)
    return 72 / (100.0 if figure is None else figure.dpi)


def width_of(ax: Axes, theme: Theme, text: str, size: float) -> float:
    """Return the width of one line of text, in points.

    Parameters
    ----------
    ax
        Axes that it is meant for; nothing is added to them.
    theme
        The fonts.
    text
        The line.
    size
        Font size, in points.

    Returns
    -------
    float
        The width; 0 for no text.
    """
    figure = ax.get_figure(root=True)
    if figure is None or not text:
        return 0.0
    scratch = Text(0, 0, text, fontsize=size, **literal(theme))
    scratch.set_figure(figure)
    return float(scratch.get_window_extent().width) * points_per_pixel(ax)


def write_title(ax: Axes, theme: Theme, title: str, *names: str, size: float = TITLE_SIZE) -> None:
    """Write a title over the axes; names in it are cut with … where it is wider than they are.

    Parameters
    ----------
    ax
        Axes whose size is settled.
    theme
        Its colours and fonts.
    title
        What is seen, with {} for each name.
    *names
        The names.
    size
        Font size, in points.
    """

    def measure(part: str) -> float:
        return width_of(ax, theme, part, size)

    room = ax.get_window_extent().width * points_per_pixel(ax)
    shown = [drawable(name, theme.characters) for name in names]
    if measure(title.format(*shown)) > room and shown:
        spare = room - measure(title.format(*[""] * len(shown)))
        short = [name for name in shown if measure(name) <= spare / len(shown)]
        spare -= sum(map(measure, short))
        each = spare / max(1, len(shown) - len(short))
        shown = [name if name in short else shorten(name, each, measure) for name in shown]
    text = shorten(title.format(*shown), room, measure)
    ax.set_title(text, loc="left", fontsize=size, color=theme.ink, **literal(theme))
