"""How much any plan can be worth at most: a concave relaxation, by conditional gradients."""

from typing import Final

import numpy as np

from trustgraph._typing import Floats
from trustgraph.planning._choose import Chosen, Problem

__all__ = ["upper_bound"]

ALMOST: Final = 1.0 - 1e-12
"""A chance of 1 would have an infinite logarithm."""
CLOSE: Final = 1e-6


def upper_bound(problem: Problem, chosen: Chosen, *, rounds: int) -> float:
    """Return a value that no set of asks exceeds.

    Parameters
    ----------
    problem
        What can be asked.
    chosen
        A good set, from which the search for the bound starts.
    rounds
        Number of steps, at least 1: more of them lower the bound.

    Returns
    -------
    float
        At least the value of the best set.

    Notes
    -----
    With x_i in [0, 1] the part of ask i, the chance that a target is missed in a state is the
    product of (1 - p_i)^x_i over the asks that would reach it there. That is the truth where all
    x are whole, and the value is concave in x. So at any x it can be exceeded by no more than its
    gradient promises within the limits on budget and people, and conditional gradients (Frank &
    Wolfe 1956, doi:10.1002/nav.3800030109) bring x near the best. Goodwill that repeated asks
    cost, and the limit of the calendar on one target, are left out, which can only raise the
    bound. Complexity: O(options x states) a round.
    """
    cost = [-np.log1p(-np.minimum(rate, ALMOST)) for rate in problem.rate]
    ways = [one.astype(np.float64) for one in problem.reach]
    part = [np.zeros(len(rate)) for rate in problem.rate]
    for target, option in chosen:
        part[target][option] = 1.0
    ranks = np.concatenate([np.arange(len(rate)) for rate in problem.rate]).astype(np.int64)
    owner = np.repeat(np.arange(problem.targets), [len(rate) for rate in problem.rate])
    person = np.concatenate(problem.person) if len(owner) else ranks
    best = np.inf
    for _ in range(rounds):
        left = [
            missed * np.exp(-((cost * part) @ way))
            for missed, cost, part, way in zip(problem.missed, cost, part, ways, strict=True)
        ]
        value = sum(
            float(worth * (missed.sum() - after.sum()))
            for worth, missed, after in zip(problem.value, problem.missed, left, strict=True)
        )
        slope = [
            worth * cost * (way @ after)
            for worth, cost, way, after in zip(problem.value, cost, ways, left, strict=True)
        ]
        gain = np.concatenate(slope) if slope else np.zeros(0)
        corner = _corner(problem, gain, person)
        rise = float(gain[corner].sum()) - sum(
            float(one @ two) for one, two in zip(slope, part, strict=True)
        )
        best = min(best, value + max(rise, 0.0))
        if rise <= CLOSE:
            break
        toward = [np.zeros(len(one)) for one in part]
        for place in corner:
            toward[owner[place]][ranks[place]] = 1.0
        step = _step(problem, cost, ways, part, toward, left)
        part = [one + step * (two - one) for one, two in zip(part, toward, strict=True)]
    return min(
        best, sum(float(v * m.sum()) for v, m in zip(problem.value, problem.missed, strict=True))
    )


def _corner(problem: Problem, gain: Floats, person: Floats) -> Floats:
    """Return the asks that are worth most together if each were worth its gain."""
    order = np.lexsort((np.arange(len(gain)), -gain))
    order = order[gain[order] > 0]
    of = person[order]
    by = np.argsort(of, kind="stable")
    first = np.flatnonzero(np.diff(of[by], prepend=-1))
    sizes = np.diff([*first, len(by)])
    rank = np.empty(len(by), np.int64)
    rank[by] = np.arange(len(by)) - np.repeat(first, sizes)
    return order[rank < problem.capacity[of]][: problem.budget]


def _step(problem, cost, ways, part, toward, left) -> float:
    """Return how far to go: the best of the way by bisection on the slope."""
    along = [(c * (b - a)) @ way for c, a, b, way in zip(cost, part, toward, ways, strict=True)]

    def slope(step: float) -> float:
        return sum(
            float(v * (m * np.exp(-step * d)) @ d)
            for v, m, d in zip(problem.value, left, along, strict=True)
        )

    low, high = 0.0, 1.0
    if slope(1.0) >= 0:
        return 1.0
    for _ in range(20):
        middle = (low + high) / 2
        low, high = (middle, high) if slope(middle) > 0 else (low, middle)
    return low
