"""What can be asked, on arrays, and what a set of asks is worth."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from trustgraph._typing import Bools, Floats, LongInts

__all__ = ["DIGITS", "LEAST_GAIN", "Chosen", "Pick", "Problem", "Ranks"]

LEAST_GAIN: Final = 1e-12
"""A gain under this is none: sums of products of numbers in [0, 1] are as exact as that."""

DIGITS: Final = 13
"""Digits of a gain that count: sums in another order differ behind them."""

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
        same = {place for place, one in enumerate(rate) if one is self.rate[place]}
        known = {key: one for key, one in self._known.items() if key[0] in same}
        return replace(self, rate=rate, _known=known)

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
            gains = np.round(gains, DIGITS)  # what is equal stays equal, whatever the order of sums
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
