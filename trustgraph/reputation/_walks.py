"""The strongest walks along which trust flows from seeds to one person."""

import heapq
from dataclasses import dataclass
from itertools import count
from typing import TypeAlias

import numpy as np

from trustgraph._typing import Floats
from trustgraph.graph.index import TrustIndex

__all__ = ["Walks", "strongest_walks"]

Option: TypeAlias = tuple[float, float, int]
"""The most that a walk can be worth before here, the factor of the step, and whose it is; or -1."""
END = -1
"""In place of a person: the walk begins here."""


@dataclass(frozen=True)
class Walks:
    """The strongest walks, and what all of them together are worth.

    Attributes
    ----------
    people
        The people of each walk by number, from the seed on; the strongest walk first.
    values
        Seed times the factors of all steps, for each walk.
    within
        Sum over all walks with at most the steps allowed, listed or not.
    """

    people: tuple[tuple[int, ...], ...]
    values: tuple[float, ...]
    within: float


def strongest_walks(
    index: TrustIndex, factor: Floats, seeds: Floats, goal: int, *, most: int, top: int
) -> Walks:
    """Return the ``top`` strongest walks from seeds to a person, exactly.

    Parameters
    ----------
    index
        The graph.
    factor
        What a walk that goes along the trust edge behind each step is multiplied with, in [0, 1],
        shape (m,).
    seeds
        What a walk that begins with each person starts from, at least 0, shape (n,).
    goal
        Number of the person at the end.
    most
        Largest number of steps of a walk; it may meet people again.
    top
        Number of walks, at least 0.

    Returns
    -------
    Walks
        Fewer than ``top`` if there are no more of a value above 0. Of equal walks (to about 12
        digits) those with fewer steps come first, then those whose people have the smaller
        numbers; which of them are left out at the end is not settled.

    Notes
    -----
    Walks are grown backwards from their end, best first, each bounded by the best that it can
    become: the largest value of a walk from a seed to where it has got, with the steps that are
    left. That is found beforehand by one pass over the edges for each step, and it is exact, so
    that every walk that is taken up ends among the strongest. Time: O(most · m) for the passes,
    and at most ``top · (most + 1)`` growths, each of which sorts the edges to a person once.
    """
    reach, within = _levels(index, factor, seeds, goal, most)
    options: dict[tuple[int, int], list[Option]] = {}
    tie = count()

    def options_at(walk: tuple[int, ...]) -> list[Option]:
        # From some number of steps on, more of them make no walk better.
        left = min(most + 1 - len(walk), len(reach))
        if (walk[0], left) not in options:
            before = reach[left - 1] if left else None
            options[walk[0], left] = _options(index, factor, seeds, walk[0], before)
        return options[walk[0], left]

    found: list[tuple[float, tuple[int, ...]]] = []
    heap: list[tuple[float, int, int, float, float, tuple[int, ...], int]] = []

    def grow(bound: float, value: float, walk: tuple[int, ...], rank: int) -> None:
        choices = options_at(walk)
        if rank < len(choices):
            # The first choice is what the bound stands for: it keeps it to the last digit, and
            # so a walk that is taken up is grown to its end before any that is as good.
            promise = bound * (choices[rank][0] / choices[0][0]) if rank else bound
            heapq.heappush(heap, (-promise, -len(walk), next(tie), bound, value, walk, rank))

    if top:
        grow(float(reach[-1][goal]), 1.0, (goal,), 0)
    while heap and len(found) < top:
        promise, _, _, bound, value, walk, rank = heapq.heappop(heap)
        grow(bound, value, walk, rank + 1)
        worth, step, giver = options_at(walk)[rank]
        if giver != END:
            grow(-promise, value * step, (giver, *walk), 0)
        else:
            found.append((value * worth, walk))
    found.sort(key=lambda one: (-float(f"{one[0]:.12g}"), len(one[1]), one[1]))
    return Walks(tuple(walk for _, walk in found), tuple(value for value, _ in found), within)


def _levels(
    index: TrustIndex, factor: Floats, seeds: Floats, goal: int, most: int
) -> tuple[list[Floats], float]:
    """Return the best values of walks to everybody, and the sum of all walks to the goal.

    Entry j of the list is for walks of at most j steps; the last one holds for any more as well.
    """
    trusted = np.repeat(np.arange(index.n, dtype=np.int32), np.diff(index.out_start))
    rows = np.flatnonzero(np.diff(index.out_start))
    first = index.out_start[rows]
    reach, settled = [seeds], False
    flow, within = seeds, float(seeds[goal])
    for _ in range(most):
        if not settled:
            best = seeds.copy()
            if len(rows):
                arriving = np.maximum.reduceat(factor * reach[-1][index.out_asked], first)
                best[rows] = np.maximum(best[rows], arriving)
            settled = np.array_equal(best, reach[-1])
            if not settled:
                reach.append(best)
        flow = np.asarray(np.bincount(trusted, factor * flow[index.out_asked], index.n), np.float64)
        within += float(flow[goal])
        if settled and not flow.any():
            break
    return reach, within


def _options(
    index: TrustIndex, factor: Floats, seeds: Floats, person: int, before: Floats | None
) -> list[Option]:
    """Return how a walk can get to a person, the best first; no step is left if there is none."""
    options: list[Option] = []
    if seeds[person] > 0.0:
        options.append((float(seeds[person]), 1.0, END))
    if before is not None:
        low, high = index.out_start[person], index.out_start[person + 1]
        givers, steps = index.out_asked[low:high], factor[low:high]
        worth = steps * before[givers]
        options += [
            (float(worth[k]), float(steps[k]), int(givers[k])) for k in np.flatnonzero(worth > 0.0)
        ]
    return sorted(options, key=lambda option: (-option[0], option[2]))
