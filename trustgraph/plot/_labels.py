"""Names as labels: every character one that can be drawn, cut with a sign, and placed apart."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from trustgraph._html import shown
from trustgraph._text import clean
from trustgraph._typing import Floats

__all__ = ["Box", "Spot", "drawable", "place_labels", "readable", "shorten", "wrap"]

Measure = Callable[[str], float]
"""Gives the width of a text in points."""

UNKNOWN: Final = "□"
CUT: Final = "…"
ACCENTS_AND_TONES: Final = ("Mn", "Me", "Sk")
MOSTLY: Final = 0.5
FEW: Final = 3
"""A word is torn only if at least so many letters stay on the line."""
IDEOGRAPHS: Final = 0x2E80
"""From here on, characters of East Asia, where no hyphen is written."""


def drawable(text: str, characters: frozenset[int]) -> str:
    """Return the text with each character that no font can draw as an empty box.

    Parameters
    ----------
    text
        A name, as people write them: emoji, any alphabet, line breaks.
    characters
        Code points that can be drawn.

    Returns
    -------
    str
        One line; all else stands as it was.

    Examples
    --------
    >>> from trustgraph.plot._labels import drawable
    >>> drawable("Ana 🚀 Lima", frozenset(range(0x250)))
    'Ana □ Lima'
    """
    known = []
    for character in clean(shown(text)):
        if ord(character) in characters:
            known.append(character)
        elif unicodedata.category(character) not in ACCENTS_AND_TONES:
            known.append(UNKNOWN)
    return "".join(known)


def readable(name: str, person: Any, characters: frozenset[int]) -> str:
    """Return the name as it can be drawn, or the id where hardly any of the name can.

    Parameters
    ----------
    name
        Full name.
    person
        Id of the same person.
    characters
        Code points that can be drawn.

    Returns
    -------
    str
        Never empty, unless both are.

    Examples
    --------
    >>> from trustgraph.plot._labels import readable
    >>> readable("王小明", "xiaoming-wang", frozenset(range(0x250)))
    'xiaoming-wang'
    """
    shown, instead = drawable(name, characters), drawable(str(person), characters)
    if not shown:
        return instead
    lost = shown.count(UNKNOWN) / len(shown)
    return instead if lost > MOSTLY and UNKNOWN not in instead else shown


def shorten(text: str, width: float, measure: Measure) -> str:
    """Return the text, cut with … where it is wider than allowed.

    Parameters
    ----------
    text
        One line.
    width
        Greatest width, in points.
    measure
        Gives the width of a text, in points.

    Returns
    -------
    str
        The text, or as much of it as fits with … at its end; at least …

    Examples
    --------
    >>> from trustgraph.plot._labels import shorten
    >>> shorten("Maximiliane", 5, len), shorten("Max", 5, len)
    ('Maxi…', 'Max')
    """
    if measure(text) <= width:
        return text
    low, high = 0, len(text)
    while low + 1 < high:
        middle = (low + high) // 2
        if measure(_cut(text, middle)) <= width:
            low = middle
        else:
            high = middle
    return _cut(text, low)


def _cut(text: str, length: int) -> str:
    return text[:length].rstrip(" ,;-–") + CUT


def wrap(text: str, width: float, measure: Measure, *, lines: int = 2) -> list[str]:
    """Return the text in lines of a greatest width, the last one cut with … where need be.

    Parameters
    ----------
    text
        One line.
    width
        Greatest width, in points.
    measure
        Gives the width of a text, in points.
    lines
        Greatest number of lines.

    Returns
    -------
    list of str
        At least one line.

    Examples
    --------
    >>> from trustgraph.plot._labels import wrap
    >>> wrap("Ana-Maria de Lima Santos", 9, len)
    ['Ana-Maria', 'de Lima…']
    >>> wrap("Maximiliane", 8, len)
    ['Maximil-', 'iane']
    """
    done: list[str] = []
    rest = text
    while len(done) < lines - 1 and measure(rest) > width:
        head = _head_that_fits(rest, width, measure)
        if not head:
            head = shorten(rest, width, measure).removesuffix(CUT)
            if len(head) < FEW:
                break
        rest = rest[len(head) :]
        torn = head[-1].isalpha() and rest[:1].isalpha() and ord(head[-1]) < IDEOGRAPHS
        done.append(head.rstrip() + ("-" if torn else ""))
        rest = rest.lstrip()
    return [*done, shorten(rest, width, measure)]


def _head_that_fits(text: str, width: float, measure: Measure) -> str:
    """Longest beginning that ends at a space or after a hyphen and fits; empty if none does."""
    best = ""
    for place, character in enumerate(text):
        if character in " -–/" and place:
            head = text[: place + (character != " ")]
            if measure(head) > width:
                break
            best = text[: place + 1]
    return best


@dataclass(frozen=True)
class Box:
    """A rectangle, in points."""

    left: float
    bottom: float
    right: float
    top: float

    def meets(self, other: "Box") -> bool:
        """Tell whether two rectangles overlap."""
        across = self.left < other.right and other.left < self.right
        return across and self.bottom < other.top and other.bottom < self.top

    def holds(self, other: "Box") -> bool:
        """Tell whether the other rectangle lies within this one."""
        across = self.left <= other.left and other.right <= self.right
        return across and self.bottom <= other.bottom and other.top <= self.top


@dataclass(frozen=True)
class Spot:
    """A disc that wants a label: its middle, its radius and the size of the label, in points."""

    x: float
    y: float
    radius: float
    width: float
    height: float


def place_labels(
    spots: Sequence[Spot],
    *,
    inside: Box,
    taken: Iterable[Box] = (),
    dots: Floats | None = None,
    away_from: tuple[float, float] = (0.0, 0.0),
) -> list[tuple[Box, bool] | None]:
    """Give each disc a place for its label, the first ones first; none where there is no room.

    Parameters
    ----------
    spots
        The discs, the most important first.
    inside
        Where labels may stand.
    taken
        Where none may stand.
    dots
        Smaller discs that had better stay uncovered: rows of x, y and radius.
    away_from
        The middle of the picture; labels lean outwards from it.

    Returns
    -------
    list
        A box for each disc and whether it stands off, so that a line must lead to it; or None.
    """
    blocked = [
        *taken,
        *(Box(s.x - s.radius, s.y - s.radius, s.x + s.radius, s.y + s.radius) for s in spots),
    ]
    small = np.zeros((0, 3)) if dots is None else dots
    found: list[tuple[Box, bool] | None] = []
    for spot in spots:
        best: tuple[float, Box, bool] | None = None
        for box, off in _candidates(spot):
            if not inside.holds(box) or any(box.meets(other) for other in blocked):
                continue
            cost = _cost(box, spot, off, small, away_from)
            if best is None or cost < best[0]:
                best = (cost, box, off > 0)
        found.append(None if best is None else best[1:])
        if best is not None:
            blocked.append(best[1])
    return found


DIRECTIONS: Final = tuple(
    (float(np.cos(angle)), float(np.sin(angle))) for angle in np.arange(16) * np.pi / 8
)
DISTANCES: Final = (0.0, 10.0, 20.0, 32.0)
GAP: Final = 2.5


def _candidates(spot: Spot) -> Iterable[tuple[Box, float]]:
    """Boxes around a disc, in sixteen directions and from near to far."""
    for off in DISTANCES:
        for across, up in DIRECTIONS:
            reach = spot.radius + GAP + off
            x = spot.x + across * (reach + spot.width / 2)
            y = spot.y + up * (reach + spot.height / 2)
            half = spot.width / 2, spot.height / 2
            yield Box(x - half[0], y - half[1], x + half[0], y + half[1]), off


def _cost(box: Box, spot: Spot, off: float, dots: Floats, away_from: tuple[float, float]) -> float:
    """Cost of a place: far off, over dots, or inwards."""
    x, y = (box.left + box.right) / 2, (box.bottom + box.top) / 2
    covered = (
        (np.abs(dots[:, 0] - x) < dots[:, 2] + spot.width / 2)
        & (np.abs(dots[:, 1] - y) < dots[:, 2] + spot.height / 2)
    ).sum()
    outwards = np.array([spot.x - away_from[0], spot.y - away_from[1]])
    towards = np.array([x - spot.x, y - spot.y])
    size = float(np.linalg.norm(outwards) * np.linalg.norm(towards))
    leaning = float(outwards @ towards) / size if size else 0.0
    return min(0.5 * float(covered), 6.0) + 0.3 * off - 3.0 * leaning
