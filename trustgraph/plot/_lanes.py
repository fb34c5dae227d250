"""Where the people and steps of found paths stand: one lane a path, neighbours merged."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from trustgraph.introductions.results import Introduction
from trustgraph.plot._labels import Box

__all__ = ["Arrow", "Lanes", "Place", "gap_between", "kinds_of", "lay_out", "wanted_width"]

RANKS: Final = 22.0
SCORES: Final = 68.0
ARROW_SHARE: Final = 0.62
"""Length of a step in parts of the width of a box."""
WIDEST: Final = 132.0
ROOMY: Final = 92.0
"""Width that a column wants."""
TALLEST: Final = 76.0
PADDING: Final = 6.0
BLOCK_GAP: Final = 20.0


@dataclass(frozen=True)
class Place:
    """One person's box; it may span the lanes of several paths.

    Attributes
    ----------
    person, name
        Who.
    column
        0 for the seeker, then by number of steps; -1 for the target.
    lanes
        First and last lane.
    box
        Rectangle, in units of the sheet.
    """

    person: Any
    name: str
    column: int
    lanes: tuple[int, int]
    box: Box


@dataclass(frozen=True)
class Arrow:
    """One step, drawn along its lane from box to box.

    Attributes
    ----------
    factor
        What the step contributes to the score, in [0, 1].
    kind
        ``"on record"``, ``"inferred"`` or ``"assumed"``.
    weakest
        Whether it is the weakest of several steps of its path.
    start, end, y
        Ends at the boxes, and height.
    """

    factor: float
    kind: str
    weakest: bool
    start: float
    end: float
    y: float


@dataclass(frozen=True)
class Lanes:
    """The whole diagram.

    Attributes
    ----------
    places, arrows
        Boxes and steps.
    middles
        Height of each lane, in units of the sheet, from the first path down.
    left, right
        Edges of the diagram between the ranks and the scores.
    """

    places: tuple[Place, ...]
    arrows: tuple[Arrow, ...]
    middles: tuple[float, ...]
    left: float
    right: float


def kinds_of(path: Introduction) -> list[str]:
    """Return for each step whether it is on record, inferred or assumed."""
    return [
        "assumed" if step.assumed else "on record" if step.observed else "inferred"
        for step in path.steps
    ]


def wanted_width(paths: Sequence[Introduction]) -> float:
    """Return the width with which every name has room for two or three words."""
    return RANKS + SCORES + ROOMY * max(path.hops for path in paths)


def gap_between(paths: Sequence[Introduction], width: float) -> float:
    """Return the length of the shortest step on a sheet of that width."""
    return _box_width(paths, width) * ARROW_SHARE


def _box_width(paths: Sequence[Introduction], width: float) -> float:
    steps = max(path.hops for path in paths)
    return min(WIDEST, (width - RANKS - SCORES) / (steps + 1 + steps * ARROW_SHARE))


def lay_out(paths: Sequence[Introduction], area: Box) -> Lanes:
    """Give every person and step of the paths a place.

    Parameters
    ----------
    paths
        The paths, best first, those with inferred ties last.
    area
        Where the diagram may stand, in units of the sheet.

    Returns
    -------
    Lanes
        The diagram: seeker left, target right, introducers in one column.
    """
    columns = max(path.hops for path in paths) + 1
    left, right = area.left + RANKS, area.right - SCORES
    width = _box_width(paths, area.right - area.left)
    pitch = (right - left - width) / (columns - 1)
    middles, tall = _middles(paths, area)

    def span(column: int, first: int, last: int) -> Box:
        start = right - width if column < 0 else left + column * pitch
        half = tall / 2
        return Box(start, middles[last] - half, start + width, middles[first] + half)

    places = []
    for column in [*range(columns - 1), -1]:
        for person, name, first, last in _runs(paths, column):
            places.append(Place(person, name, column, (first, last), span(column, first, last)))
    arrows = [
        Arrow(
            factor=step.factor,
            kind=kind,
            weakest=path.hops > 1 and step is path.weakest,
            start=left + number * pitch + width,
            end=right - width if number == path.hops - 1 else left + (number + 1) * pitch,
            y=middles[lane],
        )
        for lane, path in enumerate(paths)
        for number, (step, kind) in enumerate(zip(path.steps, kinds_of(path), strict=True))
    ]
    return Lanes(tuple(places), tuple(arrows), tuple(middles), left, right)


def _middles(paths: Sequence[Introduction], area: Box) -> tuple[list[float], float]:
    """Heights of the lanes, and the height of a box."""
    blocks = sum(a.block != b.block for a, b in pairwise(paths))
    room = area.top - area.bottom - blocks * BLOCK_GAP
    lane = min(TALLEST, room / len(paths))
    top = area.top - (room - lane * len(paths)) / 2
    middles: list[float] = []
    for number, path in enumerate(paths):
        if number and path.block != paths[number - 1].block:
            top -= BLOCK_GAP
        middles.append(top - lane / 2)
        top -= lane
    return middles, lane - 2 * PADDING


def _runs(paths: Sequence[Introduction], column: int) -> list[tuple[Any, str, int, int]]:
    """People of a column with the first and the last lane of each run of neighbours."""
    runs: list[tuple[Any, str, int, int]] = []
    for lane, path in enumerate(paths):
        if column >= path.hops:
            continue
        person, name = path.path[column], path.names[column]
        apart = lane and path.block != paths[lane - 1].block and column > 0
        if runs and runs[-1][0] == person and runs[-1][3] == lane - 1 and not apart:
            runs[-1] = (person, name, runs[-1][2], lane)
        else:
            runs.append((person, name, lane, lane))
    return runs
