"""The best set of asks, proved: branch and bound over all options."""

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from trustgraph.planning._choose_problem import LEAST_GAIN, Chosen, Pick, Problem

__all__ = ["FEW_OPTIONS", "MOST_NODES", "proved"]

FEW_OPTIONS: Final = 25
"""Options up to which the best set is proved without being asked for."""
MOST_NODES: Final = 200_000
"""Sets that are looked at before the search gives up."""


def proved(problem: Problem, start: Chosen, *, most_nodes: int = MOST_NODES) -> Chosen | None:
    """Return the best set of asks, or None if too many sets would have to be looked at.

    Parameters
    ----------
    problem
        What can be asked.
    start
        A good set: what is not better than it is not looked at.
    most_nodes
        Sets to look at before giving up.

    Returns
    -------
    Chosen or None
        A set that no set within the limits exceeds by more than rounding.

    Notes
    -----
    A set can gain no more than the sum of the largest gains of single further asks within the
    limits, since gains only shrink as the set grows: fresh goodwill is assumed for them, which can
    only raise the bound. Complexity: exponential in the number of options; O(options) a set.
    """
    search = _Search(problem, start, problem.worth(start), most_nodes)
    picks = [problem.pick(int(place)) for place in np.argsort(-problem.fresh, kind="stable")]
    picks = [pick for pick in picks if problem.open_alone(pick) > LEAST_GAIN]
    search.grow((), picks, 0.0)
    return None if search.nodes > most_nodes else search.best


@dataclass
class _Search:
    problem: Problem
    best: Chosen
    value: float
    most_nodes: int
    nodes: int = field(default=0)

    def grow(self, chosen: Chosen, picks: list[Pick], worth: float) -> None:
        """Look at all sets that hold these asks and any of the picks."""
        self.nodes += 1
        if worth > self.value + LEAST_GAIN:
            self.best, self.value = chosen, worth
        if self.nodes > self.most_nodes or len(chosen) >= self.problem.budget:
            return
        gains = self._gains(chosen, picks)
        open_ = [place for place, gain in enumerate(gains) if gain > LEAST_GAIN]
        order = sorted(open_, key=lambda place: (-gains[place], picks[place]))
        for rank, place in enumerate(order):
            rest = order[rank:]
            if worth + self._most(chosen, picks, gains, rest) <= self.value + LEAST_GAIN:
                return
            more = tuple(sorted((*chosen, picks[place])))
            later = [picks[other] for other in rest[1:]]
            self.grow(more, later, self.problem.worth(more))

    def _gains(self, chosen: Chosen, picks: list[Pick]) -> list[float]:
        """Return what each further ask gains at most, 0 where it may not be put."""
        problem = self.problem
        ranked = problem.ranked(chosen)
        used: dict[int, int] = {}
        for target, option in chosen:
            who = int(problem.person[target][option])
            used[who] = used.get(who, 0) + 1
        found = []
        for target, option in picks:
            who = int(problem.person[target][option])
            ranks = ranked.get(target, ())
            open_ = len(ranks) < problem.most[target] and used.get(who, 0) < problem.capacity[who]
            found.append(float(problem.after(target, ranks)[1][option]) if open_ else 0.0)
        return found

    def _most(
        self, chosen: Chosen, picks: list[Pick], gains: list[float], places: list[int]
    ) -> float:
        """Return what further asks can gain at most together."""
        problem = self.problem
        used: dict[int, int] = {}
        for target, option in chosen:
            who = int(problem.person[target][option])
            used[who] = used.get(who, 0) + 1
        left, total = problem.budget - len(chosen), 0.0
        for place in places:
            target, option = picks[place]
            who = int(problem.person[target][option])
            if left and used.get(who, 0) < problem.capacity[who]:
                used[who] = used.get(who, 0) + 1
                left -= 1
                total += gains[place]
        return total
