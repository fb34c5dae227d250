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
from dataclasses import dataclass, field, replace
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
    everybody: LongInts = field(init=False)
    fresh: Floats = field(init=False)
    free: Floats = field(init=False)
    _starts: list[int] = field(init=False)
    _owner: LongInts = field(init=False)
    _ways: list[Floats] = field(init=False)
    _known: dict[Ranked, tuple[float, Floats]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Lay the options of all targets side by side."""
        sizes = [len(one) for one in self.person]
        self._starts = [0, *np.cumsum(sizes).tolist()]
        self.everybody = np.concatenate(self.person) if sizes else np.zeros(0, np.int64)
        self._owner = np.repeat(np.arange(len(sizes)), sizes)
        self._ways = [one.astype(np.float64) for one in self.reach]
        every = [self.after(target, ())[1] for target in range(self.targets)]
        open_ = [
            gains if most > 0 else np.zeros(len(gains))
            for gains, most in zip(every, self.most, strict=True)
        ]
        self.fresh = np.concatenate(open_) if open_ else np.zeros(0)
        self.free = np.where(self.capacity > 0, 1.0, 0.0)

    @property
    def targets(self) -> int:
        """Number of targets."""
        return len(self.value)

    def with_rates(self, rate: list[Floats]) -> "Problem":
        """Return the same problem with other chances of the first steps."""
        other = replace(self, rate=rate, _known={})
        same = {place for place, one in enumerate(rate) if one is self.rate[place]}
        other._known.update({key: one for key, one in self._known.items() if key[0] in same})
        return other

    def part(self, target: int) -> slice:
        """Return where the options of a target stand among all."""
        return slice(self._starts[target], self._starts[target + 1])

    def pick(self, place: int) -> Pick:
        """Return target and option of one of all options."""
        target = int(self._owner[place])
        return target, place - self._starts[target]

    def may(self, who: int, used: int) -> float:
        """Return what is left of the answer of somebody who gets so many asks, 0 for no more."""
        return (
            0.0 if used >= self.capacity[who] else float(self.fade[min(used, len(self.fade) - 1)])
        )

    def after(self, target: int, ranks: Ranks) -> tuple[float, Floats]:
        """Return what is missed of a target after some asks, and the gain of each further one."""
        found = self._known.get((target, ranks))
        if found is None:
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

    def open_alone(self, pick: Pick) -> float:
        """Return the value of one ask by itself, 0 if it may not be put at all."""
        target, option = pick
        return float(self.fresh[self._starts[target] + option]) * float(
            self.capacity[self.person[target][option]] > 0
        )

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
        asks: dict[int, list[Pick]] = {}
        for pick in chosen:
            asks.setdefault(int(self.person[pick[0]][pick[1]]), []).append(pick)
        found: dict[int, list[tuple[int, int]]] = {}
        for mine in asks.values():
            if len(mine) > 1:
                mine.sort(key=lambda pick: (-self.alone(pick), pick))
            for rank, (target, option) in enumerate(mine):
                found.setdefault(target, []).append((option, rank))
        return {target: tuple(sorted(ranks)) for target, ranks in sorted(found.items())}


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
        return len(self.ranks[target]) >= self.problem.most[target]

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
            gains.append((-float(problem.value[target]) * chance * hit, (target, option), chance))
        gain, pick, chance = min(gains)
        left[pick[0]] = left[pick[0]] * (1.0 - chance * problem.reach[pick[0]][pick[1]])
        waiting.remove(pick)
        found.append((pick, -gain))
    return found
