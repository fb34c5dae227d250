"""Colours and fonts: fit for the colour-blind, and for dark pages as for light ones.

Accents are of the palette of Okabe and Ito (2008). No colour carries a message alone: what it says
is also said by size, width, line style or a word.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb, to_rgba
from matplotlib.font_manager import FontProperties, findfont, fontManager, get_font

from trustgraph._typing import Floats

__all__ = ["BLUE", "GREEN", "ORANGE", "VERMILLION", "Theme", "mix", "theme_of"]

BLUE: Final = "#0072B2"
GREEN: Final = "#009E73"
ORANGE: Final = "#E69F00"
VERMILLION: Final = "#D55E00"

# The bundled font knows Latin, Greek, Cyrillic, Hebrew and Arabic. For other alphabets the first of
# these that is installed helps out.
OTHER_ALPHABETS: Final = (
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "Noto Sans SC",
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "Yu Gothic",
    "Malgun Gothic",
    "Apple SD Gothic Neo",
    "Noto Sans Devanagari",
    "Nirmala UI",
    "Noto Sans Thai",
    "Leelawadee UI",
    "Arial Unicode MS",
    "DejaVu Sans",
)


def mix(one: str, other: str, share: float) -> str:
    """Return the colour that lies ``share`` of the way from one to the other.

    Parameters
    ----------
    one, other
        Colours that matplotlib knows.
    share
        From 0 (``one``) to 1 (``other``).

    Returns
    -------
    str
        The colour as ``#rrggbb``.

    Examples
    --------
    >>> from trustgraph.plot._style import mix
    >>> mix("black", "white", 0.5)
    '#808080'
    """
    return to_hex(tuple((1 - share) * np.array(to_rgb(one)) + share * np.array(to_rgb(other))))


@dataclass(frozen=True)
class Theme:
    """Colours of the page that is drawn on, and the fonts for names.

    Attributes
    ----------
    ink, paper
        Colour of text and of the ground.
    muted, faint
        Ink for notes, and for lines that only guide the eye.
    fonts
        Names of font families, in the order in which they are tried for a character.
    characters
        Code points that one of the fonts can draw.
    """

    ink: str
    paper: str
    muted: str
    faint: str
    fonts: tuple[str, ...]
    characters: frozenset[int]

    def shade(self, value: float) -> str:
        """Return the shade for a value in [0, 1]: the more, the farther from the ground.

        Parameters
        ----------
        value
            A trust, a chance or a factor; outside [0, 1] it is clipped.

        Returns
        -------
        str
            The colour as ``#rrggbb``.
        """
        clipped = min(max(float(value), 0.0), 1.0)
        middle = 0.5
        if clipped < middle:
            return mix(mix(self.paper, BLUE, 0.25), BLUE, clipped / middle)
        return mix(BLUE, mix(BLUE, self.ink, 0.6), (clipped - middle) / (1 - middle))

    def shades(self, values: Floats) -> list[str]:
        """Return the shade of each value."""
        return [self.shade(value) for value in values.tolist()]

    def text_on(self, ground: str) -> str:
        """Return ink or paper, whichever stands out more from the ground."""
        light = _luminance(ground) + 0.05
        return max(
            (self.ink, self.paper),
            key=lambda colour: abs(np.log((_luminance(colour) + 0.05) / light)),
        )


def _luminance(colour: str) -> float:
    """Relative luminance in [0, 1], as the Web Content Accessibility Guidelines define it."""
    parts = np.array(to_rgb(colour))
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)  # noqa: PLR2004 - sRGB
    return float(linear @ (0.2126, 0.7152, 0.0722))


@lru_cache(maxsize=64)
def _characters_of(path: Any) -> frozenset[int]:
    """Code points of a font file."""
    return frozenset(get_font(path).get_charmap())


def theme_of(ax: Axes) -> Theme:
    """Return the theme of the page that these axes lie on.

    Parameters
    ----------
    ax
        Axes; they are only looked at.

    Returns
    -------
    Theme
        Ink and fonts as the user's style sets them, the ground as it is behind the axes.
    """
    ink, ground = to_hex(mpl.rcParams["text.color"]), to_rgba(ax.get_facecolor())
    figure = ax.get_figure(root=True)
    if ground[3] == 0 and figure is not None:
        ground = to_rgba(figure.get_facecolor())
    paper = "#ffffff" if ground[3] == 0 else to_hex(ground)
    families = list(mpl.rcParams["font.family"])
    installed = set(fontManager.get_font_names())
    fonts = (*families, *(name for name in OTHER_ALPHABETS if name in installed))
    found = (_characters_of(findfont(FontProperties(family=[name]))) for name in fonts)
    return Theme(
        ink=ink,
        paper=paper,
        muted=mix(ink, paper, 0.38),
        faint=mix(ink, paper, 0.84),
        fonts=tuple(dict.fromkeys(fonts)),
        characters=frozenset().union(*found),
    )
