"""Which asks to put: the value of a set of asks, a greedy choice, and exchanges that improve it.

The chance that a target is reached is that of a union of events, one for every ask: a coverage
function, monotone and submodular in the set of asks whatever their dependence. So the greedy choice
has at least half the value of the best one where each person is asked once (a partition matroid cut
off at the budget is a matroid; Fisher, Nemhauser & Wolsey 1978, doi:10.1007/BFb0121195), 1 - 1/e of
it where the budget alone binds (Nemhauser, Wolsey & Fisher 1978, doi:10.1007/BF01588971), and a
third where the calendar limits the asks for one target too. Goodwill makes several asks to one
person depend on each other: then nothing is guaranteed, and the bound tells how good the plan is.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final

import numpy as np

from trustgraph._typing import Bools, Floats, LongInts

__all__ = ["Chosen", "Problem", "choose", "greedy", "improved", "in_order", "placed"]

LEAST_GAIN: Final = 1e-12
"""A gain under this is none: sums of products of numbers in [0, 1] are as exact as that."""

Pick = tuple[int, int]
Chosen = tuple[Pick, ...]
"""Target and option of each ask, sorted."""
Ranks = tuple[tuple[int, int], ...]
"""Options of one target, each with its rank among the asks to that person, sorted."""
Ranked = tuple[int, Ranks]


@dataclass(eq=False)
class Problem:
    """What can be asked now, on arrays; everything of a target is indexed by its place.

    Attributes
    ----------
    value
        Value of each target, at least 0.
    missed
        Chance weight that each target is still missed in each state, with the asks that are under
        way already, shapes (states,).
    rate
        Chance that each option works at its first step, if it is the first ask to that person.
    reach
        In which states the target is then reached, shapes (options, states).
    person
        Whom each option asks, as a place in ``capacity``.
    capacity
        How many asks each person may still get.
    most
        How many asks may still be put for each target.
    budget
        How many asks may still be put in all.
    fade
        What is left of the chance of an answer at the first, second, ... ask to one person.
    """

    value: Floats
    missed: list[Floats]
    rate: list[Floats]
    reach: list[Bools]
    person: list[LongInts]
    capacity: LongInts
    most: LongInts
    budget: int
    fade: Floats
    _known: dict[Ranked, tuple[float, Floats]] = field(default_factory=dict)
    _ways: list[Floats] = field(default_factory=list)

    @property
    def targets(self) -> int:
        """Number of targets."""
        return len(self.value)

    def after(self, target: int, ranks: Ranks) -> tuple[float, Floats]:
        """Return what is missed of a target after some asks, and the gain of each further one."""
        found = self._known.get((target, ranks))
        if found is None:
            if not self._ways:
                self._ways = [one.astype(np.float64) for one in self.reach]
            left = self.missed[target]
            for option, rank in ranks:
                chance = self.rate[target][option] * self.fade[rank]
                left = left * (1.0 - chance * self._ways[target][option])
            gains = self.value[target] * self.rate[target] * (self._ways[target] @ left)
            gains[[option for option, _ in ranks]] = 0.0
            found = float(left.sum()), gains
            self._known[target, ranks] = found
        return found

    def alone(self, pick: Pick) -> float:
        """Return the value of one ask by itself."""
        return float(self.after(pick[0], ())[1][pick[1]])

    def worth(self, chosen: Iterable[Pick]) -> float:
        """Return the expected value of a set of asks, beyond that of the asks under way.

        Several asks to one person are put in the order of their value alone.
        """
        total = 0.0
        for target, ranked in self.ranked(chosen).items():
            missed = self.after(target, ())[0] - self.after(target, ranked)[0]
            total += float(self.value[target]) * missed
        return total

    def ranked(self, chosen: Iterable[Pick]) -> dict[int, Ranks]:
        """Return target -> its options with their rank among the asks to that person."""
        chosen = sorted(chosen)
        rank = dict.fromkeys(chosen, 0)
        if len(self.fade) > 1:
            by_person: dict[int, list[Pick]] = {}
            for pick in chosen:
                by_person.setdefault(int(self.person[pick[0]][pick[1]]), []).append(pick)
            for asks in by_person.values():
                asks.sort(key=lambda pick: (-self.alone(pick), pick))
                rank.update({pick: place for place, pick in enumerate(asks)})
        found: dict[int, list[tuple[int, int]]] = {}
        for target, option in chosen:
            found.setdefault(target, []).append((option, rank[target, option]))
        return {target: tuple(ranks) for target, ranks in found.items()}


class _Filling:
    """A set of asks that grows, with the gain of every further one."""

    def __init__(self, problem: Problem, chosen: Iterable[Pick] = ()) -> None:
        self.problem = problem
        self.chosen: list[Pick] = []
        self.used = np.zeros(len(problem.capacity), np.int64)
        self.ranks: list[Ranks] = [()] * problem.targets
        for target, ranks in problem.ranked(chosen).items():
            self.ranks[target] = ranks
            for option, _ in ranks:
                self._count(target, option)

    def _count(self, target: int, option: int) -> None:
        self.chosen.append((target, option))
        self.used[self.problem.person[target][option]] += 1

    def gains(self, target: int) -> Floats:
        """Return the gain of each option of a target by itself, fresh goodwill assumed."""
        return self.problem.after(target, self.ranks[target])[1]

    def full(self, target: int) -> bool:
        """Whether no further ask may be put for a target."""
        return len(self.ranks[target]) >= self.problem.most[target]

    def open_gains(self, target: int) -> Floats:
        """Return the gain of each option of a target that may be asked now, else 0."""
        problem = self.problem
        person = problem.person[target]
        if self.full(target) or not len(person):
            return np.zeros(len(person))
        used = self.used[person]
        faded = problem.fade[np.minimum(used, len(problem.fade) - 1)]
        return np.where(used < problem.capacity[person], self.gains(target) * faded, 0.0)

    def best(self, targets: Iterable[int] | None = None) -> tuple[float, Pick | None]:
        """Return the ask that gains most, and its gain."""
        top: tuple[float, Pick | None] = (LEAST_GAIN, None)
        for target in range(self.problem.targets) if targets is None else targets:
            gains = self.open_gains(target)
            if len(gains):
                option = int(gains.argmax())
                if gains[option] > top[0]:
                    top = (float(gains[option]), (target, option))
        return top

    def add(self, pick: Pick) -> None:
        """Put one more ask."""
        target, option = pick
        rank = int(self.used[self.problem.person[target][option]])
        self.ranks[target] = tuple(sorted((*self.ranks[target], (option, rank))))
        self._count(target, option)

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
        for other in _neighbours(problem, best, pairs=pairs):
            found = problem.worth(other)
            if found > value + LEAST_GAIN:
                best, value = other, found
                break
        else:
            break
    return best


def _neighbours(problem: Problem, chosen: Chosen, *, pairs: bool) -> Iterator[Chosen]:
    if len(chosen) < problem.budget:
        yield greedy(problem, chosen)
    for out in chosen:
        rest = [pick for pick in chosen if pick != out]
        yield greedy(problem, rest)
        yield from _moved(problem, rest, out)
    if pairs:
        for two in combinations(chosen, 2):
            yield greedy(problem, [pick for pick in chosen if pick not in two])


def _moved(problem: Problem, rest: Sequence[Pick], out: Pick) -> Iterator[Chosen]:
    """Yield sets in which the person of one ask is asked for another target."""
    target, option = out
    who = problem.person[target][option]
    filling = _Filling(problem, rest)
    for other in range(problem.targets):
        if other == target or problem.most[other] < 1:
            continue
        for place in np.flatnonzero(problem.person[other] == who):
            pick = (other, int(place))
            if pick in rest or filling.gains(other)[place] <= LEAST_GAIN:
                continue
            held = [*rest, pick]
            if filling.full(other):
                # The target has all the asks it may have: one of them makes room.
                held.remove(_weakest(problem, [one for one in rest if one[0] == other]))
            yield _refilled(problem, held, target)
            if len(held) == problem.budget and len(held) > 1:
                weakest = _weakest(problem, [one for one in held if one != pick])
                yield _refilled(problem, [one for one in held if one != weakest], target)


def _refilled(problem: Problem, held: Sequence[Pick], target: int) -> Chosen:
    """Fill a set up, at first with the best ask for one target."""
    filling = _Filling(problem, held)
    _, pick = filling.best([target])
    if pick is not None and len(filling.chosen) < problem.budget:
        filling.add(pick)
    return filling.fill()


def _weakest(problem: Problem, picks: Sequence[Pick]) -> Pick:
    return min(picks, key=lambda pick: (problem.alone(pick), pick))


def choose(problem: Problem, *, start: Chosen | None = None, thorough: bool = True) -> Chosen:
    """Return the best set of asks found from several starts.

    Parameters
    ----------
    problem
        What can be asked.
    start
        Asks that were planned before and are still possible: one more start.
    thorough
        Whether to try exchanges of any two asks too.

    Returns
    -------
    Chosen
        Never worth less than the greedy choice.
    """
    starts = [greedy(problem), placed(problem)]
    if start is not None:
        starts.append(greedy(problem, start))
    starts = [one for place, one in enumerate(starts) if one not in starts[:place]]
    found = [improved(problem, one, pairs=thorough) for one in starts]
    return max(found, key=lambda one: (problem.worth(one), tuple(-n for p in one for n in p)))


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
            gains.append((-float(problem.value[target]) * chance * hit, (target, option), chance))
        gain, pick, chance = min(gains)
        left[pick[0]] = left[pick[0]] * (1.0 - chance * problem.reach[pick[0]][pick[1]])
        waiting.remove(pick)
        found.append((pick, -gain))
    return found
