"""The candidates that add most, found by bounds so that few have to be worked out in full."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from trustgraph._typing import Floats
from trustgraph.planning._ties_reach import Offers, Reach, TargetReach

__all__ = ["Choice", "best_of"]

NOTHING: Final = 1e-12
"""A gain up to which there is none but rounding."""


@dataclass(frozen=True, eq=False)
class Choice:
    """The best candidates.

    Attributes
    ----------
    places
        Their places among the offers, the best first.
    gains
        For each of them what it adds for each target.
    evaluated
        Number of offers that were worked out in full.
    """

    places: tuple[int, ...]
    gains: tuple[tuple[Reach, ...], ...]
    evaluated: int


def best_of(reaches: Sequence[TargetReach], offers: Offers, k: int, *, by_score: bool) -> Choice:
    """Return the k best offers.

    Parameters
    ----------
    reaches
        The targets.
    offers
        What might be.
    k
        How many, at most.
    by_score
        Whether the sum of the best scores counts, which is known of all, and not the expected
        number of targets reached.

    Returns
    -------
    Choice
        Those that add something; of equal ones the first by number.

    Notes
    -----
    In the order of their bounds offers are worked out target by target, until what is known and
    what is left to bound fall short of the k best so far; when the bound alone does, all that
    follow do.
    """
    if by_score:
        gain = sum((one.scores - one.score for one in reaches), np.zeros(len(offers)))
        found = [(float(gain[place]), place) for place in range(len(offers))]
        order = _sorted(offers, [one for one in found if one[0] > NOTHING])[:k]
        parts = {place: _in_full(reaches, place) for _, place in order}
        return Choice(tuple(parts), tuple(parts[place] for place in parts), len(parts))
    bounds = np.array([one.bounds for one in reaches]).reshape(len(reaches), len(offers))
    total = bounds.sum(axis=0)
    best: list[tuple[float, int]] = []
    known: dict[int, tuple[Reach, ...]] = {}
    evaluated = 0
    for place in np.argsort(-total, kind="stable").tolist():
        least = best[-1][0] if len(best) == k else NOTHING
        if total[place] < least - NOTHING or total[place] <= NOTHING:
            break
        gains = _unless_short(reaches, place, bounds[:, place], least - NOTHING)
        if gains is None:
            continue
        evaluated += 1
        value = sum(one.value for one in gains)
        if value > NOTHING:
            known[place] = gains
            best = _sorted(offers, [*best, (value, place)])[:k]
    places = tuple(place for _, place in best)
    return Choice(places, tuple(known[place] for place in places), evaluated)


def _sorted(offers: Offers, found: list[tuple[float, int]]) -> list[tuple[float, int]]:
    return sorted(found, key=lambda one: (-round(one[0], 12), int(offers.person[one[1]])))


def _in_full(reaches: Sequence[TargetReach], place: int) -> tuple[Reach, ...]:
    return tuple(one.gain(place) for one in reaches)


def _unless_short(
    reaches: Sequence[TargetReach], place: int, bounds: Floats, least: float
) -> tuple[Reach, ...] | None:
    """Return what an offer adds for each target; None as soon as it is seen to fall short."""
    gains = [Reach(0.0, 0.0)] * len(reaches)
    left = float(bounds.sum())
    for target in np.argsort(-bounds, kind="stable").tolist():
        if bounds[target] <= 0:
            break
        gains[target] = reaches[target].gain(place)
        left += gains[target].value - float(bounds[target])
        if left < least:
            return None
    return tuple(gains)
