"""How much any plan can be worth at most: a concave relaxation, by conditional gradients."""

from typing import Final

import numpy as np

from trustgraph._typing import Floats, LongInts
from trustgraph.planning._choose_problem import Chosen, Problem

__all__ = ["upper_bound"]

ALMOST: Final = 1.0 - 1e-12
"""A chance of 1 would have an infinite logarithm."""
CLOSE: Final = 1e-6
"""A rise that is not worth another round."""
HALVINGS: Final = 20


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
    relaxed = _Relaxed(problem, chosen)
    best = float(sum(relaxed.value[t] * problem.missed[t].sum() for t in range(problem.targets)))
    for _ in range(rounds):
        slope = relaxed.slope()
        corner = _corner(problem, slope)
        rise = float(slope[corner].sum() - slope @ relaxed.part)
        best = min(best, relaxed.worth() + max(rise, 0.0))
        if rise <= CLOSE:
            break
        relaxed.go_toward(corner)
    return best


class _Relaxed:
    """Asks that may be put in part."""

    def __init__(self, problem: Problem, chosen: Chosen) -> None:
        self.problem = problem
        self.value = problem.value
        self.cost = [-np.log1p(-np.minimum(rate, ALMOST)) for rate in problem.rate]
        self.ways = [one.astype(np.float64) for one in problem.reach]
        self.part = np.zeros(len(problem.everybody))
        for target, option in chosen:
            self.part[problem.part(target).start + option] = 1.0
        self.left = [
            missed * np.exp(-self._along(target, self.part))
            for target, missed in enumerate(problem.missed)
        ]

    def _along(self, target: int, part: Floats) -> Floats:
        return (self.cost[target] * part[self.problem.part(target)]) @ self.ways[target]

    def worth(self) -> float:
        """Return the value of the asks as far as they are put."""
        pairs = zip(self.problem.missed, self.left, strict=True)
        return sum(
            float(self.value[target] * (missed.sum() - left.sum()))
            for target, (missed, left) in enumerate(pairs)
        )

    def slope(self) -> Floats:
        """Return what a little more of each ask gains."""
        parts = [
            self.value[target] * self.cost[target] * (self.ways[target] @ left)
            for target, left in enumerate(self.left)
        ]
        return np.concatenate(parts) if parts else np.zeros(0)

    def go_toward(self, corner: LongInts) -> None:
        """Go toward a whole set of asks as long as that gains: to where the slope is 0."""
        there = np.zeros_like(self.part)
        there[corner] = 1.0
        along = [self._along(target, there - self.part) for target in range(self.problem.targets)]

        def slope(step: float) -> float:
            return sum(
                float(self.value[target] * ((left * np.exp(-step * way)) @ way))
                for target, (left, way) in enumerate(zip(self.left, along, strict=True))
            )

        low, high = 0.0, 1.0
        if slope(high) >= 0:
            low = high
        for _ in range(HALVINGS if low < high else 0):
            middle = (low + high) / 2
            low, high = (middle, high) if slope(middle) > 0 else (low, middle)
        self.part = self.part + low * (there - self.part)
        self.left = [left * np.exp(-low * way) for left, way in zip(self.left, along, strict=True)]


def _corner(problem: Problem, gain: Floats) -> LongInts:
    """Return the asks that are worth most together if each were worth its gain."""
    order = np.argsort(-gain, kind="stable")
    order = order[gain[order] > 0]
    person = problem.everybody[order]
    by = np.argsort(person, kind="stable")
    first = np.flatnonzero(np.diff(person[by], prepend=-1))
    rank = np.empty(len(by), np.int64)
    rank[by] = np.arange(len(by)) - np.repeat(first, np.diff([*first, len(by)]))
    within: LongInts = order[rank < problem.capacity[person]][: problem.budget]
    return within
