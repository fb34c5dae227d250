"""The map of the circles: where each person's disc stands on the sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from trustgraph._typing import Bools, Floats, LongInts
from trustgraph.plot._circles import Circles
from trustgraph.plot._labels import Box

__all__ = ["Map", "disc", "draw_map"]

PITCHES: Final = (9.0, 8.0, 7.0, 6.2, 5.5, 4.8, 4.2, 3.7, 3.2, 2.8, 2.4, 2.0)
"""Distances between the discs of a crowd, tried from wide to narrow."""
WIDEST_OVAL: Final = 1.65
LANE: Final = 24.0
"""Least distance from one circle to the next, for discs with a name."""
BARE_LANE: Final = 13.0
"""The same where nobody has a name."""
ROOM_PER_NAME: Final = 3.0
"""What each name adds to the least distance of the first circle …"""
MOST_FOR_NAMES: Final = 0.36
"""… up to this part of the half height."""
NAME_ACROSS, NAME_UP = 62.0, 13.0
"""Room that a usual name takes."""
MANY: Final = 12
STEP_ASIDE: Final = 9.0
"""Distance from the discs with a name to the crowd behind them."""
TOP_GAP: Final = 0.07
"""Part of the full circle that stays free at the top, for the number of the circle."""
PUSHES: Final = 500
FIRM: Final = 4.0
"""How much less than others somebody moves who leads on to further people."""


@dataclass(frozen=True)
class Map:
    """Places on the sheet, by row of the circles.

    Attributes
    ----------
    x, y, radius
        Middle and radius of each disc.
    middle
        Middle of the map.
    circles
        Half width and half height of each circle, from one step on.
    """

    x: Floats
    y: Floats
    radius: Floats
    middle: tuple[float, float]
    circles: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class _Oval:
    """Half width and half height of the outermost oval; distances count in parts of it."""

    across: float
    up: float

    def arc(self, distance: float, angle: Floats) -> Floats:
        """Length of the way along an oval per radian."""
        return distance * np.hypot(self.across * np.cos(angle), self.up * np.sin(angle))


@dataclass(frozen=True)
class _Packed:
    """Distance of each circle and of each person from the middle, and where the last one ends."""

    starts: tuple[float, ...]
    distance: Floats
    end: float


def draw_map(circles: Circles, angles: Floats, named: Bools, area: Box) -> Map:
    """Give everybody a place.

    Parameters
    ----------
    circles
        The people.
    angles
        Their directions, in radians from the top.
    named
        Who shall have room for a name.
    area
        Where discs may stand.

    Returns
    -------
    Map
        People with a name stand on the oval of their number of steps, the others in rows close
        behind it.
    """
    up = (area.top - area.bottom) / 2
    oval = _Oval(min((area.right - area.left) / 2, WIDEST_OVAL * up), up)
    angle = np.pi * TOP_GAP + angles * (1 - TOP_GAP)
    packed, pitch = _packed(circles, angle, named, oval)
    radius = np.where(
        named,
        disc(circles.reach, int(named.sum())),
        0.42 * pitch * (0.6 + 0.4 * np.sqrt(circles.reach)),
    )
    firm = np.where(np.isin(np.arange(len(circles)), circles.parent), FIRM, 1.0)
    for number, start in enumerate(packed.starts, start=1):
        rows = np.flatnonzero(named & (circles.steps == number))
        angle[rows] = _apart(angle[rows], radius[rows], firm[rows], oval, start)
    across, above = (area.left + area.right) / 2, (area.bottom + area.top) / 2
    return Map(
        x=across + oval.across * packed.distance * np.sin(angle),
        y=above + oval.up * packed.distance * np.cos(angle),
        radius=radius,
        middle=(across, above),
        circles=tuple((oval.across * start, oval.up * start) for start in packed.starts),
    )


def disc(reach: Floats, names: int) -> Floats:
    """Return the radius of discs with a name; they are smaller where there are many."""
    radius: Floats = (3.5 + 6.5 * np.sqrt(reach)) * (1.0 if names <= MANY else 0.75)
    return radius


def _packed(circles: Circles, angle: Floats, named: Bools, oval: _Oval) -> tuple[_Packed, float]:
    """Pack the crowds as loosely as the sheet allows; return also the distance between discs."""
    numbers = range(1, int(circles.steps.max()) + 1)
    names = [int((named & (circles.steps == number)).sum()) for number in numbers]
    lanes = [LANE if count else BARE_LANE for count in names]
    if lanes:
        lanes[0] = LANE + min(ROOM_PER_NAME * names[0], MOST_FOR_NAMES * oval.up - LANE)
    for pitch in PITCHES:
        packed = _pack(circles, angle, named, oval, lanes, pitch)
        if packed.end <= 1.0:
            break
    if packed.end > 1.0:  # nothing fits: overlap rather than leave the sheet
        squeezed = tuple(start / packed.end for start in packed.starts)
        return _Packed(squeezed, packed.distance / packed.end, 1.0), pitch
    spare = (1.0 - packed.end) * oval.up / max(1.0, sum(lanes))
    wider = _pack(circles, angle, named, oval, [lane * (1 + spare) for lane in lanes], pitch)
    return wider, pitch


def _pack(
    circles: Circles,
    angle: Floats,
    named: Bools,
    oval: _Oval,
    lanes: Sequence[float],
    pitch: float,
) -> _Packed:
    distance, starts, end = np.zeros(len(circles)), [], 0.0
    for number, lane in enumerate(lanes, start=1):
        here = circles.steps == number
        start = end + lane / oval.up
        starts.append(start)
        distance[here & named] = start
        crowd = np.flatnonzero(here & ~named)
        crowd = crowd[np.argsort(angle[crowd], kind="stable")]
        end = start
        if len(crowd):
            first = start + (STEP_ASIDE / oval.up if (here & named).any() else 0.0)
            row = _rows_of_a_crowd(angle[crowd], oval, first, pitch)
            distance[crowd] = first + row * pitch / oval.up
            end = float(distance[crowd].max()) + pitch / oval.up
    return _Packed(tuple(starts), distance, end)


def _rows_of_a_crowd(angle: Floats, oval: _Oval, first: float, pitch: float) -> LongInts:
    """Give each disc the innermost row in which it does not touch the one before it."""
    arc = oval.arc(first, angle)
    taken_to: list[float] = []
    row = np.zeros(len(angle), np.int64)
    for place, (here, length) in enumerate(zip(angle.tolist(), arc.tolist(), strict=True)):
        free = next((r for r, end in enumerate(taken_to) if end <= here), len(taken_to))
        if free == len(taken_to):
            taken_to.append(0.0)
        grown = 1.0 + free * pitch / (first * oval.up)
        taken_to[free] = here + pitch / (length * grown)
        row[place] = free
    return row


def _apart(angle: Floats, radius: Floats, firm: Floats, oval: _Oval, distance: float) -> Floats:
    """Push discs on an oval apart, the firm ones less, so that names fit between them."""
    if len(angle) < 2:  # noqa: PLR2004 - nobody to make room for
        return angle
    order = np.argsort(angle, kind="stable")
    new, wide, light = angle[order], radius[order], 1.0 / firm[order]
    low_share = light[:-1] / (light[:-1] + light[1:])
    low, high = np.pi * TOP_GAP, np.pi * (2 - TOP_GAP)
    for _ in range(PUSHES):
        between = (new[1:] + new[:-1]) / 2
        across = np.abs(oval.across * distance * np.cos(between)) + 1e-9
        up = np.abs(oval.up * distance * np.sin(between)) + 1e-9
        need = np.minimum(NAME_ACROSS / across, NAME_UP / up)
        need = np.maximum(need, (wide[1:] + wide[:-1] + 3.0) / oval.arc(distance, between))
        need *= min(1.0, 0.95 * (high - low) / float(need.sum()))
        push = np.maximum(0.0, need - np.diff(new))
        new[1:] += push * (1 - low_share)
        new[:-1] -= push * low_share
        new = np.clip(new, low, high)
    result = angle.copy()
    result[order] = new
    return result
