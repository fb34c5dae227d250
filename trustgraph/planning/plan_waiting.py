"""Which asks had better wait for the answers to others."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from trustgraph._typing import Floats
from trustgraph.planning._choose_problem import Pick, Problem

__all__ = ["better_later"]

WORTH_WAITING: Final = 0.1
"""Share of an ask's gain that waiting must add (a judgement): below it, time is worth more."""


def better_later(problem: Problem, ordered: Sequence[tuple[Pick, float]]) -> dict[Pick, int]:
    """Return the asks that had better wait, each with the target whose answer it waits for.

    Parameters
    ----------
    problem
        What can be asked.
    ordered
        The planned asks and their gains.

    Returns
    -------
    dict
        Empty unless the budget is spent: then an ask of small gain may be worth more where an
        ask of larger gain has failed. It waits if the chance of that, times what is gained over
        it then, is more than a tenth of its own gain.
    """
    if len(ordered) < problem.budget:
        return {}
    spare = _spare(problem, [pick for pick, _ in ordered])
    firsts: dict[int, Pick] = {}
    for pick, _ in ordered:
        firsts.setdefault(pick[0], pick)
    found: dict[Pick, int] = {}
    for pick, gain in ordered[1:]:  # the best one waits for nobody
        if firsts[pick[0]] != pick:
            continue  # it waits for its own target anyway
        best = WORTH_WAITING * gain
        for target, first in firsts.items():
            more = _gained(problem, first, gain, spare) if target != pick[0] else 0.0
            if more > best:
                best, found[pick] = more, target
    return found


def _gained(problem: Problem, first: Pick, gain: float, spare: Floats) -> float:
    """Return what is gained by asking again for a target where the first ask there fails.

    Over an ask of this gain that is given up for it, times the chance of the failure.
    """
    target, option = first
    before = problem.after(target, ())[0]
    left, gains = problem.after(target, ((option, 0),))
    instead = float((gains * spare[problem.part(target)]).max(initial=0.0))
    return (instead - left * gain) / before if before > 0 else 0.0


def _spare(problem: Problem, chosen: Sequence[Pick]) -> Floats:
    """Return which options are not planned and could be, 1 or 0."""
    used = np.zeros(len(problem.capacity), np.int64)
    for target, option in chosen:
        used[problem.person[target][option]] += 1
    free = (used < problem.capacity)[problem.everybody].astype(np.float64)
    for target, option in chosen:
        free[problem.part(target).start + option] = 0.0
    return free
