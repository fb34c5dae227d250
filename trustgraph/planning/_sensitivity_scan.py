"""Over which part of its range a parameter leaves a ranking as it is."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from trustgraph._typing import Floats
from trustgraph.planning._sensitivity_asked import Ranking
from trustgraph.planning._sensitivity_parameters import Parameter

__all__ = ["CRITERIA", "Base", "Scan", "latin_hypercube", "scan", "tau"]

CRITERIA: Final = ("first", "order", "answer")
EQUAL: Final = 1e-12
"""Scores closer than this, relative, share a rank."""
At = Callable[[float], Ranking | None]
"""The ranking at a value; None where the model does not allow it."""


@dataclass(frozen=True, eq=False)
class Base:
    """The ranking at the defaults, and what has to stay of it.

    Attributes
    ----------
    ranking
        All rows.
    k
        The first so many have to stay.
    complete
        Whether these are all there is, so that one more would be another answer.
    """

    ranking: Ranking
    k: int
    complete: bool

    @property
    def keys(self) -> list[Hashable]:
        """The first k."""
        return list(self.ranking)[: self.k]

    def holds(self, criterion: str, ranking: Ranking) -> bool:
        """Return whether another ranking keeps the first, the order or the set of the first k."""
        keys = self.keys
        if not keys or not ranking:
            return not keys and not ranking
        most = max(ranking.values())
        if criterion == "first":
            return keys[0] in ranking and ranking[keys[0]] >= most * (1 - EQUAL)
        if any(key not in ranking for key in keys):
            return False
        if self.complete and len(ranking) > len(keys):
            return False
        scores = [ranking[key] for key in keys]
        kept = set(keys)
        other = max((score for key, score in ranking.items() if key not in kept), default=0.0)
        if other > min(scores) * (1 + EQUAL):
            return False
        falling = all(after <= before * (1 + EQUAL) for before, after in pairwise(scores))
        return criterion == "answer" or falling


@dataclass(frozen=True, eq=False)
class Scan:
    """What a scan of one parameter found.

    Attributes
    ----------
    spans
        For each criterion the range around the default in which it holds.
    below, above
        What is first where another than the first of the base takes over; None where none does.
    allowed
        The part of the range that the model allows around the default.
    scores
        Smallest and largest score of whatever is first, and those at both ends.
    taus
        Kendall's tau between the order at each end and that of the base; NaN for fewer than two.
    evaluations
        Values at which the question was asked.
    """

    spans: dict[str, tuple[float, float]]
    below: tuple[Hashable | None, ...] | None
    above: tuple[Hashable | None, ...] | None
    allowed: tuple[float, float]
    scores: tuple[float, float, float, float]
    taus: tuple[float, float]
    evaluations: int


def scan(parameter: Parameter, base: Base, at: At, *, grid: int, halvings: int) -> Scan:
    """Scan the range of a parameter and narrow down the nearest change on either side.

    Parameters
    ----------
    parameter
        The parameter.
    base
        What has to stay.
    at
        Asks the question at a value.
    grid
        Values over the range.
    halvings
        Halvings of the gap between the last value that holds and the first that does not.

    Returns
    -------
    Scan
        Nothing is taken to be monotone: the whole grid is looked at, and the nearest change on
        either side counts. A change and its contrary within one gap of the grid go unseen.
    """
    known: dict[float, Ranking | None] = {}

    def ranked(value: float) -> Ranking | None:
        if value not in known:
            known[value] = at(value)
        return known[value]

    points = parameter.points(grid)
    start = parameter.near(parameter.value)
    for value in points:
        ranked(value)
    spans: dict[str, tuple[float, float]] = {}
    takers: dict[int, tuple[Hashable | None, ...] | None] = {}
    for criterion in CRITERIA:
        ends = []
        for way in (-1, 1):
            side = [one for one in points if (one - start) * way > 0][::way]
            end, beyond = _edge(parameter, base, ranked, (start, *side), criterion, halvings)
            ends.append(end)
            if criterion == "first":
                takers[way] = beyond
        spans[criterion] = (ends[0], ends[1])
    allowed = [value for value in points if _connected(points, start, value, ranked)]
    first = {
        value: max(ranking.values(), default=0.0)
        for value, ranking in known.items()
        if ranking is not None
    }
    low, high = allowed[0], allowed[-1]
    return Scan(
        spans=spans,
        below=takers[-1],
        above=takers[1],
        allowed=(low, high),
        scores=(min(first.values()), max(first.values()), first[low], first[high]),
        taus=(tau(base.ranking, ranked(low) or {}), tau(base.ranking, ranked(high) or {})),
        evaluations=len(known),
    )


def _connected(points: list[float], start: float, value: float, at: At) -> bool:
    """Whether the model allows a value and all of the grid between it and the default."""
    low, high = min(start, value), max(start, value)
    return all(at(one) is not None for one in points if low <= one <= high)


def _edge(
    parameter: Parameter,
    base: Base,
    at: At,
    values: Sequence[float],
    criterion: str,
    halvings: int,
) -> tuple[float, tuple[Hashable | None, ...] | None]:
    """Return the last value that holds on the way from the default, and what is first beyond."""

    def holds(value: float) -> bool | None:
        ranking = at(value)
        return None if ranking is None else base.holds(criterion, ranking)

    inside = values[0]
    outside: float | None = None
    for value in values[1:]:
        kept = holds(value)
        if kept is None:
            return inside, None
        if not kept:
            outside = value
            break
        inside = value
    if outside is None:
        return inside, None
    for _ in range(halvings):
        middle = parameter.near((inside + outside) / 2)
        if middle in (inside, outside):
            break
        kept = holds(middle)
        if kept is None:
            break
        inside, outside = (middle, outside) if kept else (inside, middle)
    return inside, (next(iter(at(outside) or {}), None),)


def tau(one: Ranking, other: Ranking) -> float:
    """Return Kendall's tau-b between two rankings; who is missing in one comes last there.

    Parameters
    ----------
    one, other
        Rankings.

    Returns
    -------
    float
        In [-1, 1]; NaN for fewer than two keys, or where all are equal in one of them.

    Examples
    --------
    >>> from trustgraph.planning._sensitivity_scan import tau
    >>> tau({"a": 0.9, "b": 0.5}, {"b": 0.8, "a": 0.4}), tau({"a": 0.9, "b": 0.5}, {"a": 0.1})
    (-1.0, 1.0)
    """
    keys = list({**one, **other})
    sides = []
    for ranking in (one, other):
        scores = np.array([ranking.get(key, 0.0) for key in keys], dtype=np.float64)
        # Scores that are equal but for rounding share a rank.
        close = EQUAL * np.maximum.outer(np.abs(scores), np.abs(scores))
        apart = np.subtract.outer(scores, scores)
        sides.append(np.where(np.abs(apart) <= close, 0.0, np.sign(apart)))
    pairs = np.sqrt((sides[0] ** 2).sum() * (sides[1] ** 2).sum())
    return float((sides[0] * sides[1]).sum() / pairs) if pairs > 0 else float("nan")


def latin_hypercube(
    parameters: Sequence[Parameter], draws: int, rng: np.random.Generator
) -> Floats:
    """Return draws over all ranges at once, each range cut into as many equal parts as draws.

    Parameters
    ----------
    parameters
        The parameters.
    draws
        How many.
    rng
        Source of randomness.

    Returns
    -------
    numpy.ndarray
        Shape (draws, parameters); uniform over each range (McKay et al. 1979).
    """
    columns = [rng.permutation(draws) for _ in parameters]
    parts = np.array(columns, dtype=np.float64).T.reshape(draws, len(parameters))
    low = np.array([one.low for one in parameters])
    span = np.array([one.high - one.low if one.high > one.low else 0.0 for one in parameters])
    drawn: Floats = low + (parts + rng.random(parts.shape)) / max(draws, 1) * span
    return drawn
