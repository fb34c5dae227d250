"""Who stands how far from whom: the tree of the shortest and most trusted ways to one person."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Self

import numpy as np

from trustgraph._typing import Bools, Floats, LongInts
from trustgraph.graph.index import TrustIndex

__all__ = ["FARTHEST", "Circles", "angles_of", "circles_around"]

FARTHEST: Final = 3
"""Greatest number of steps that is drawn."""
LEAST_SAY: Final = 0.1
"""Least say of a circle in how wide a slice a family gets."""


@dataclass(frozen=True)
class Circles:
    """The people within a few steps of one person, nearest circle first.

    Rows are people, the one in the middle first; a row's parent stands in a row before it.

    Attributes
    ----------
    person
        Number of each person in the index, shape (n,).
    steps
        Number of steps from the middle, from 0.
    parent
        Row of the person one step nearer who passes them on best; -1 in the middle.
    trust
        Trust in the parent, in [0, 1]; 1 in the middle.
    observed
        Whether a record states that tie.
    reach
        Product of the trusts along the way to the middle, in [0, 1].
    weight
        Own reach plus that of all who are reached through this person.
    sizes
        Number of people by number of steps, drawn or not; the last one counts all farther ones.
    apart
        Number of people whom no chain of trust joins to the middle.
    """

    person: LongInts
    steps: LongInts
    parent: LongInts
    trust: Floats
    observed: Bools
    reach: Floats
    weight: Floats
    sizes: tuple[int, ...]
    apart: int

    def __len__(self) -> int:
        """Return the number of people in the rows."""
        return len(self.person)

    def strongest(self, most: int) -> Self:
        """Return the circles with the people of greatest weight only; ways stay whole."""
        if len(self) <= most:
            return self
        kept = np.sort(np.argsort(-self.weight, kind="stable")[:most])
        row = np.full(len(self), -1)
        row[kept] = np.arange(most)
        names = ("person", "steps", "trust", "observed", "reach", "weight")
        parent = np.where(self.parent[kept] < 0, -1, row[self.parent[kept]])
        return replace(self, parent=parent, **{name: getattr(self, name)[kept] for name in names})


def circles_around(index: TrustIndex, middle: int) -> Circles:
    """Find the circles around a person.

    Parameters
    ----------
    index
        The graph. Ties without any trust lead nowhere.
    middle
        Number of the person in the middle.

    Returns
    -------
    Circles
        Everybody who can be asked in at most three steps. Of several ways with as few steps, the
        one with the greatest product of trusts counts.

    Examples
    --------
    >>> from trustgraph.plot._circles import circles_around
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
    >>> circles = circles_around(tg.TrustIndex.from_graph(G), 0)
    >>> circles.steps.tolist(), circles.reach.tolist()
    ([0, 1, 2], [1.0, 0.8, 0.4])
    """
    distance = _distances(index, middle)
    person, steps, parent = [np.array([middle])], [np.zeros(1, int)], [np.full(1, -1)]
    trust, observed, reach = [np.ones(1)], [np.ones(1, bool)], [np.ones(1)]
    row_of = np.full(index.n, -1)
    row_of[middle] = 0
    for number in range(1, FARTHEST + 1):
        step = _steps_from(index, person[-1])
        step = step[(distance[index.out_asked[step]] == number) & (index.trust[step] > 0)]
        asked, above = index.out_asked[step], row_of[index.asker_of(step)]
        worth = np.concatenate(reach)[above] * index.trust[step]
        order = np.lexsort((above, -worth, asked))
        best = order[np.unique(asked[order], return_index=True)[1]]
        row_of[asked[best]] = sum(map(len, person)) + np.arange(len(best))
        person.append(asked[best].astype(np.int64))
        steps.append(np.full(len(best), number))
        parent.append(above[best])
        trust.append(index.trust[step][best])
        observed.append(index.observed[step][best])
        reach.append(worth[best])
    tree, own = np.concatenate(parent), np.concatenate(reach)
    counts = np.bincount(np.minimum(distance[distance >= 0], FARTHEST + 1), minlength=FARTHEST + 2)
    return Circles(
        person=np.concatenate(person),
        steps=np.concatenate(steps),
        parent=tree,
        trust=np.concatenate(trust),
        observed=np.concatenate(observed),
        reach=own,
        weight=_summed_up(own, tree),
        sizes=tuple(counts.tolist()),
        apart=int((distance < 0).sum()),
    )


def _steps_from(index: TrustIndex, askers: LongInts) -> LongInts:
    """Return the numbers of all steps that leave these people."""
    start = index.out_start[askers]
    length = index.out_start[askers + 1] - start
    offset = np.repeat(start - np.cumsum(length) + length, length)
    return offset + np.arange(length.sum())


def _distances(index: TrustIndex, middle: int) -> LongInts:
    """Return the number of steps to everybody, -1 where no chain of trust leads."""
    distance = np.full(index.n, -1)
    distance[middle] = 0
    frontier = np.array([middle])
    while len(frontier):
        step = _steps_from(index, frontier)
        asked = index.out_asked[step[index.trust[step] > 0]]
        number = distance[frontier[0]] + 1
        frontier = np.unique(asked[distance[asked] < 0]).astype(np.int64)
        distance[frontier] = number
    return distance


def _summed_up(own: Floats, parent: LongInts) -> Floats:
    """Return each own number plus those of all who are reached through a row."""
    total = own.copy()
    for row in range(len(own) - 1, 0, -1):
        total[parent[row]] += total[row]
    return total


def _own_slices(circles: Circles) -> Floats:
    """Return the part of the full circle that each person needs, so that no circle is crowded."""
    count = np.bincount(circles.steps, minlength=FARTHEST + 1).astype(float)
    length = np.maximum(np.arange(FARTHEST + 1), 1)
    need = count / length
    say = np.where(count > 0, np.maximum(need / max(1.0, need[1:].sum()), LEAST_SAY), 0.0)
    own: Floats = (say / np.maximum(count, 1))[circles.steps]
    return own


def angles_of(circles: Circles, groups: Sequence[str], rng: np.random.Generator) -> Floats:
    """Give everybody a direction, so that families and groups stay together.

    Parameters
    ----------
    circles
        The people.
    groups
        Group of each row, for instance the organisation; empty for none.
    rng
        Decides the order of the groups.

    Returns
    -------
    numpy.ndarray
        Angles in radians, from the top; each row lies within the slice of its parent.
    """
    named = [group or f"\0{row}" for row, group in enumerate(groups)]
    kinds, kind = np.unique(np.array(named, dtype=object).astype(str), return_inverse=True)
    rank = rng.permutation(len(kinds))[kind]
    weight = _summed_up(_own_slices(circles), circles.parent)
    start, span = np.zeros(len(circles)), np.full(len(circles), 2 * np.pi)
    for number in range(1, FARTHEST + 1):
        rows = np.flatnonzero(circles.steps == number)
        above = circles.parent[rows]
        order = np.lexsort((rank[rows], above, start[above]))
        rows, above = rows[order], above[order]
        family = np.zeros(len(circles))
        np.add.at(family, above, weight[rows])
        span[rows] = weight[rows] / family[above] * span[above]
        before = np.cumsum(span[rows]) - span[rows]
        first = np.r_[True, above[1:] != above[:-1]][: len(rows)]
        base = np.maximum.accumulate(np.where(first, before, 0.0)) if len(rows) else before
        start[rows] = start[above] + before - base
    return start + span / 2
