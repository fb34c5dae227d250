"""Which asks to put: the value of a set of asks, a greedy choice, and exchanges that improve it.

The chance that a target is reached is that of a union of events, one for every ask: a coverage
function, monotone and submodular in the set of asks whatever their dependence. So the greedy choice
has at least half the value of the best one where each person is asked once (a partition matroid cut
off at the budget is a matroid; Fisher, Nemhauser & Wolsey 1978, doi:10.1007/BFb0121195), 1 - 1/e of
it where the budget alone binds (Nemhauser, Wolsey & Fisher 1978, doi:10.1007/BF01588971), and a
third where the calendar limits the asks for one target too. Goodwill makes several asks to one
person depend on each other: then nothing is guaranteed, and the bound tells how good the plan is.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np

from trustgraph._typing import Floats
from trustgraph.planning._choose_problem import (
    DIGITS,
    LEAST_GAIN,
    Chosen,
    Pick,
    Problem,
    Ranks,
)

__all__ = ["choose", "greedy", "improved", "in_order", "placed"]


class _Filling:
    """A set of asks that grows, with the gain of every further one."""

    def __init__(self, problem: Problem, chosen: Iterable[Pick] = ()) -> None:
        self.problem = problem
        self.chosen: list[Pick] = []
        self.used = np.zeros(len(problem.capacity), np.int64)
        self.ranks: list[Ranks] = [()] * problem.targets
        self.flat = problem.fresh.copy()
        self.may = problem.free.copy()
        for target, ranks in problem.ranked(chosen).items():
            self.ranks[target] = ranks
            for option, _ in ranks:
                self._count(target, option)
            self._refresh(target)

    def _count(self, target: int, option: int) -> None:
        self.chosen.append((target, option))
        who = self.problem.person[target][option]
        self.used[who] += 1
        self.may[who] = self.problem.may(who, self.used[who])

    def _refresh(self, target: int) -> None:
        part = self.problem.part(target)
        if self.full(target):
            self.flat[part] = 0.0
        else:
            self.flat[part] = self.problem.after(target, self.ranks[target])[1]

    def gains(self, target: int) -> Floats:
        """Return the gain of each option of a target by itself, fresh goodwill assumed."""
        return self.problem.after(target, self.ranks[target])[1]

    def full(self, target: int) -> bool:
        """Whether no further ask may be put for a target."""
        return len(self.ranks[target]) >= int(self.problem.most[target])

    def best(self, target: int | None = None) -> tuple[float, Pick | None]:
        """Return the ask that gains most, of all or of those for one target, and its gain."""
        problem = self.problem
        part = slice(0, len(self.flat)) if target is None else problem.part(target)
        gains = self.flat[part] * self.may[problem.everybody[part]]
        if not len(gains):
            return 0.0, None
        place = int(gains.argmax())
        gain = float(gains[place])
        return gain, (problem.pick(part.start + place) if gain > LEAST_GAIN else None)

    def best_without(self, target: int, who: int) -> float:
        """Return the best gain for one target of all but one person."""
        part = self.problem.part(target)
        everybody = self.problem.everybody[part]
        gains = self.flat[part] * self.may[everybody] * (everybody != who)
        return float(gains.max(initial=0.0))

    def add(self, pick: Pick) -> None:
        """Put one more ask."""
        target, option = pick
        rank = int(self.used[self.problem.person[target][option]])
        self.ranks[target] = tuple(sorted((*self.ranks[target], (option, rank))))
        self._count(target, option)
        self._refresh(target)

    def fill(self) -> Chosen:
        """Add the ask that gains most until the budget is spent or nothing gains."""
        while len(self.chosen) < self.problem.budget:
            _, pick = self.best()
            if pick is None:
                break
            self.add(pick)
        return tuple(sorted(self.chosen))


def greedy(problem: Problem, chosen: Iterable[Pick] = ()) -> Chosen:
    """Return a set of asks to which, one by one, the ask that gains most was added.

    Only the gains of the target that was added to change, so only these are counted again, which
    is what lazy evaluation saves (Minoux 1978, doi:10.1007/BFb0006528). Complexity: O(options x
    states) and O(options of a target x states) for every ask.
    """
    return _Filling(problem, chosen).fill()


def placed(problem: Problem) -> Chosen:
    """Return the best set with one ask a target and a person, filled up greedily.

    A linear assignment of people to targets by what each ask is worth alone.
    """
    from scipy.optimize import linear_sum_assignment

    worth = np.zeros((problem.targets, len(problem.capacity)))
    option = np.full(worth.shape, -1)
    free = problem.capacity > 0
    for target in range(problem.targets):
        if problem.most[target] < 1:
            continue
        person = problem.person[target]
        alone = _Filling(problem).gains(target)
        for place in np.argsort(alone, kind="stable"):
            if free[person[place]] and alone[place] > LEAST_GAIN:
                worth[target, person[place]] = alone[place]
                option[target, person[place]] = place
    rows, columns = linear_sum_assignment(worth, maximize=True)
    picks = [
        (float(worth[row, column]), (int(row), int(option[row, column])))
        for row, column in zip(rows, columns, strict=True)
        if option[row, column] >= 0
    ]
    picks.sort(key=lambda one: (-one[0], one[1]))
    return greedy(problem, [pick for _, pick in picks[: problem.budget]])


def improved(problem: Problem, chosen: Chosen, *, pairs: bool = True, rounds: int = 50) -> Chosen:
    """Return a set of asks that no exchange improves any more.

    Tried are: one ask for another, one person moved to another target with somebody else in their
    place, and, with ``pairs``, any two asks for the two that then gain most. Every exchange that
    is made raises the value, so the search ends.
    """
    best, value = chosen, problem.worth(chosen)
    for _ in range(rounds):
        for other in _neighbours(problem, best, value, pairs=pairs):
            found = problem.worth(other)
            if found > value + LEAST_GAIN:
                best, value = other, found
                break
        else:
            break
    return best


def _neighbours(problem: Problem, chosen: Chosen, value: float, *, pairs: bool) -> Iterator[Chosen]:
    if len(chosen) < problem.budget:
        yield greedy(problem, chosen)
    rests = {out: tuple(pick for pick in chosen if pick != out) for out in chosen}
    losses = {out: value - problem.worth(rest) for out, rest in rests.items()}
    for out, rest in rests.items():
        yield greedy(problem, rest)
        yield from _moved(problem, rest, out, losses)
    if pairs:
        for two in combinations(chosen, 2):
            yield greedy(problem, [pick for pick in chosen if pick not in two])


def _moved(
    problem: Problem, rest: Chosen, out: Pick, losses: Mapping[Pick, float]
) -> Iterator[Chosen]:
    """Yield sets in which the person of one ask is asked for another target.

    Somebody else takes their place, and where the budget is spent the weakest ask is dropped.
    Moves that cannot gain by the sum of their parts are passed over.
    """
    target, option = out
    who = problem.person[target][option]
    filling = _Filling(problem, rest)
    instead = filling.best_without(target, int(who))
    weakest = min(rest, key=lambda pick: (losses[pick], pick), default=None)
    for place in np.flatnonzero(problem.everybody == who):
        pick = problem.pick(int(place))
        gain = float(filling.flat[place])
        if pick[0] == target or pick in rest or gain <= LEAST_GAIN:
            continue
        if gain > losses[out]:
            yield _refilled(problem, [*rest, pick], target)
        if weakest is not None and gain + instead > losses[out] + losses[weakest]:
            fewer = [one for one in rest if one != weakest]
            yield _refilled(problem, [*fewer, pick], target)


def _refilled(problem: Problem, held: Sequence[Pick], target: int) -> Chosen:
    """Fill a set up, at first with the best ask for one target."""
    filling = _Filling(problem, held)
    _, pick = filling.best(target)
    if pick is not None and len(filling.chosen) < problem.budget:
        filling.add(pick)
    return filling.fill()


def choose(problem: Problem, *, start: Chosen | None = None, thorough: bool = True) -> Chosen:
    """Return the best set of asks found from several starts.

    Parameters
    ----------
    problem
        What can be asked.
    start
        Asks that were planned before and are still possible: one more start.
    thorough
        Whether to improve every start, with exchanges of any two asks too; else only the best.

    Returns
    -------
    Chosen
        Never worth less than the greedy choice.
    """
    starts = [greedy(problem), placed(problem)]
    if start is not None:
        starts.append(greedy(problem, start))
    starts.sort(key=lambda one: (-problem.worth(one), one))
    if not thorough:
        return improved(problem, starts[0], pairs=False)
    different = dict.fromkeys(starts)
    found = [improved(problem, one) for one in different]
    return min(found, key=lambda one: (-problem.worth(one), one))


def in_order(problem: Problem, chosen: Chosen) -> list[tuple[Pick, float]]:
    """Return the asks in the order in which they gain most, each with its gain.

    Several asks to one person keep the order of their value alone, on which their goodwill rests.
    """
    ranks = {
        (target, option): rank
        for target, ranked in problem.ranked(chosen).items()
        for option, rank in ranked
    }
    left = list(problem.missed)
    waiting, found = set(chosen), []
    while waiting:
        gains = []
        for target, option in waiting:
            who, rank = problem.person[target][option], ranks[target, option]
            if any(problem.person[t][o] == who and ranks[t, o] < rank for t, o in waiting):
                continue
            chance = float(problem.rate[target][option] * problem.fade[rank])
            hit = float(left[target][problem.reach[target][option]].sum())
            gain = round(float(problem.value[target]) * chance * hit, DIGITS)
            gains.append((-gain, (target, option), chance))
        gain, pick, chance = min(gains)
        left[pick[0]] = left[pick[0]] * (1.0 - chance * problem.reach[pick[0]][pick[1]])
        waiting.remove(pick)
        found.append((pick, -gain))
    return found
