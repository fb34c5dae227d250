"""The k best paths of one question on arrays: workspace, choice of twin, order of the rows."""

from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np

from trustgraph._typing import Bools, Floats, Ints, LongInts, Singles
from trustgraph.engine import kbest, kbest_ties
from trustgraph.engine._compile import twin
from trustgraph.engine.workspace import Workspace, Workspaces

__all__ = ["NO_LIMIT", "BestPaths", "Routes", "k_best_paths", "levels_of", "onward"]

COMPILE_FROM_STEPS = 500_000
"""Steps of a graph from which compiled kernels pay for the start of the compiler."""
NO_LIMIT = np.iinfo(np.int64).max
UNFLAGGED = np.zeros(1, np.bool_)


@dataclass(frozen=True, eq=False)
class Routes:
    """A question on arrays: which steps may stand where on a path, with which factor.

    Attributes
    ----------
    out_start, out_asked, passing
        Steps by asker (CSR); ``passing * scale`` is the factor of a step between intermediaries.
    in_start, in_asker, back
        The same steps by asked person; ``back`` is `passing`, rounded up.
    scale
        See `passing`; in [0, 1].
    inferred
        Flag of each step; read only if a flag is needed.
    barred
        Who is never an intermediary.
    entry_asked, entry_factor, entry_flag
        Steps of the seeker, sorted by person.
    exit_asker, exit_target, exit_factor, exit_flag
        Steps to the targets, sorted by person, then target.
    direct_target, direct_factor, direct_flag
        Steps of the seeker to the targets.
    rooms
        Workspaces for as many people as there are.
    """

    out_start: LongInts
    out_asked: Ints
    passing: Floats
    in_start: LongInts
    in_asker: Ints
    back: Singles
    scale: float
    inferred: Bools
    barred: LongInts
    entry_asked: Ints
    entry_factor: Floats
    entry_flag: Bools
    exit_asker: Ints
    exit_target: Ints
    exit_factor: Floats
    exit_flag: Bools
    direct_target: Ints
    direct_factor: Floats
    direct_flag: Bools
    rooms: Workspaces


@dataclass(frozen=True, eq=False)
class BestPaths:
    """The k best paths, best first.

    Attributes
    ----------
    people, lengths
        ``people[i, :lengths[i]]`` are the intermediaries of path i (node numbers).
    targets, scores
        Number of the target, and score.
    ranks
        From 1; scores that are equal within a relative 1e-12 share a rank.
    unexplored
        The best score that a path not looked at can have, 0 if the work limit was not reached.
    optimal
        Whether these are proved to be the k best.
    """

    people: LongInts
    lengths: LongInts
    targets: LongInts
    scores: Floats
    ranks: LongInts
    unexplored: float
    optimal: bool


def levels_of(most: int) -> int:
    """Return for how many numbers of further intermediaries completions are swept."""
    return max(most - 1, 1)


def k_best_paths(
    routes: Routes, *, k: int, most: int, need_flag: bool = False, limit: int = NO_LIMIT
) -> BestPaths:
    """Return the k best simple paths with at most ``most`` intermediaries, exactly.

    Parameters
    ----------
    routes
        The question.
    k
        How many paths, at least 1.
    most
        Largest number of intermediaries, at least 0.
    need_flag
        Whether only paths with at least one flagged step count.
    limit
        Steps that may be read before the search gives up and returns the best it has found.

    Returns
    -------
    BestPaths
        Sorted by score; equal scores by fewer intermediaries, then by node numbers.
    """
    kernels = _kernels(routes)
    levels = levels_of(most)
    bounds, tops, counts = np.zeros(3), np.zeros(levels), np.zeros(2, np.int64)
    with routes.rooms.lent(levels) as room:
        done = _swept(kernels, routes, levels, room, limit, tops, counts)
        within = most if done == levels else min(most, done)
        shared = (
            routes.out_start,
            routes.out_asked,
            routes.passing,
            routes.scale,
            routes.inferred if need_flag else UNFLAGGED,
            routes.entry_asked,
            routes.entry_factor,
            routes.entry_flag,
            routes.exit_asker,
            routes.exit_target,
            routes.exit_factor,
            routes.exit_flag,
            routes.direct_target,
            routes.direct_factor,
            routes.direct_flag,
            levels,
            room.rest,
            room.marks,
            room.exit_at,
        )
        left = limit - int(counts[1])
        found = kernels.search(*shared, tops, within, k, need_flag, left, bounds)
        if bounds[2]:
            found = _collected(
                _kernels(routes, kbest_ties), shared, within, k, need_flag, bounds[0]
            )
        kernels.forget(levels, room.rest, room.marks, room.touched, counts[0])
    unexplored = float(bounds[1])
    if within < most:
        unexplored = max(unexplored, _unswept(routes, tops[done - 1]))
    return _ordered(*found, k=k, unexplored=unexplored)


def _collected(
    kernels: Any, shared: tuple[Any, ...], most: int, k: int, need_flag: bool, kth: float
) -> tuple[LongInts, LongInts, LongInts, Floats]:
    """Return the paths that reach the k-th score, not all of those that equal it."""
    room = 2 * k
    people = np.zeros((room, max(most, 1)), np.int64)
    lengths, targets = np.zeros(room, np.int64), np.zeros(room, np.int64)
    scores = np.zeros(room)
    number = kernels.collect(*shared, most, k, need_flag, kth, people, lengths, targets, scores)
    return people[:number], lengths[:number], targets[:number], scores[:number]


def _unswept(routes: Routes, top: float) -> float:
    """Bound the paths that have more intermediaries than the sweep has gone back."""
    first = float(routes.entry_factor.max(initial=0.0))
    return first * routes.scale * float(top)


def onward(routes: Routes, people: Ints, *, most: int) -> Floats:
    """Return the best product of what can follow after each of some first intermediaries.

    Parameters
    ----------
    routes
        The question.
    people
        Their numbers.
    most
        Largest number of intermediaries, themselves included, at least 1.

    Returns
    -------
    numpy.ndarray
        In [0, 1]; 0 where there is no way on. An upper bound, 1e-7 above the product at most.
    """
    kernels = _kernels(routes)
    levels = levels_of(most)
    tops, counts = np.zeros(levels), np.zeros(2, np.int64)
    best = np.zeros(len(people))
    with routes.rooms.lent(levels) as room:
        _swept(kernels, routes, levels, room, NO_LIMIT, tops, counts)
        kernels.furthest(
            routes.out_start,
            routes.out_asked,
            routes.passing,
            routes.scale,
            levels,
            room.rest,
            room.marks,
            people,
            most,
            best,
        )
        kernels.forget(levels, room.rest, room.marks, room.touched, counts[0])
    return best


def _kernels(routes: Routes, module: ModuleType = kbest) -> Any:
    return twin(module, work=len(routes.out_asked), worth=COMPILE_FROM_STEPS)


def _swept(
    kernels: Any,
    routes: Routes,
    levels: int,
    room: Workspace,
    limit: int,
    tops: Floats,
    counts: LongInts,
) -> int:
    return int(
        kernels.sweep(
            routes.in_start,
            routes.in_asker,
            routes.back,
            routes.scale,
            routes.barred,
            routes.exit_asker,
            routes.exit_factor,
            levels,
            limit,
            room.rest,
            room.marks,
            room.exit_at,
            room.touched,
            room.front,
            tops,
            counts,
        )
    )


def _ordered(
    people: LongInts,
    lengths: LongInts,
    targets: LongInts,
    scores: Floats,
    *,
    k: int,
    unexplored: float,
) -> BestPaths:
    """Sort by score, group scores that are equal within the tolerance, break ties, cut at k."""
    rows = np.argsort(-scores, kind="stable")
    ranked = scores[rows]
    ranks = np.arange(1, len(rows) + 1)
    if len(rows) > 1 and (ranked[1:] >= ranked[:-1] * (1.0 - kbest.TIE)).any():
        ranks = _shared_ranks(ranked)

        def place(i: int) -> tuple[int, int, tuple[int, ...], int]:
            row = rows[i]
            size = int(lengths[row])
            return int(ranks[i]), size, tuple(people[row, :size].tolist()), int(targets[row])

        final = sorted(range(len(rows)), key=place)
        rows, ranks = rows[final], ranks[final]
    rows, ranks = rows[:k], ranks[:k]
    last = scores[rows[-1]] if len(rows) == k else 0.0
    return BestPaths(
        people=people[rows],
        lengths=lengths[rows],
        targets=targets[rows],
        scores=scores[rows],
        ranks=ranks,
        unexplored=unexplored,
        optimal=unexplored == 0.0 or unexplored < last * (1.0 - kbest.TIE),
    )


def _shared_ranks(ranked: Floats) -> LongInts:
    """Return ranks from 1; scores within the tolerance of the first of their group share one."""
    ranks = np.ones(len(ranked), np.int64)
    first = 0
    for i in range(1, len(ranked)):
        if ranked[i] < ranked[first] * (1.0 - kbest.TIE):
            first = i
        ranks[i] = first + 1
    return ranks
