"""The k best paths of one question on arrays: workspace, choice of twin, order of the rows."""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from trustgraph._typing import Bools, Floats, Ints, LongInts, Singles
from trustgraph.engine import kbest, kbest_run, kbest_sweep
from trustgraph.engine._compile import compiled, twin
from trustgraph.engine.workspace import Workspaces

__all__ = ["NO_LIMIT", "UNFLAGGED", "BestPaths", "Routes", "k_best_paths", "levels_of", "onward"]

COMPILE_FROM_STEPS = 500_000
"""Steps of a graph from which compiled kernels pay for the start of the compiler."""
PLAIN_STEPS = 300_000
"""Steps read after which a plain search gives way to a compiled one: about half a second."""
NO_LIMIT = np.iinfo(np.int64).max
UNFLAGGED = np.zeros(1, np.bool_)


class Routes(NamedTuple):
    """A question on arrays: which steps may stand where on a path, with which factor.

    The fields, but for the last, are the first arguments of the kernel, in its order.

    Attributes
    ----------
    out_start, out_asked, passing
        Steps by asker (CSR); ``passing * scale`` is the factor of a step between intermediaries.
    in_start, in_asker, in_step, back
        The same steps by asked person, with their numbers; ``back`` is `passing`, rounded up.
    scale
        See `passing`; in [0, 1].
    inferred
        Flag of each step; read only if a flag is needed, else `UNFLAGGED` will do.
    barred
        Who is never an intermediary.
    entry_asked, entry_factor, entry_flag
        Steps of the seeker, sorted by person.
    exit_asker, exit_target, exit_factor, exit_flag
        Steps to the targets, sorted by person, then target.
    direct_target, direct_factor, direct_flag
        Steps of the seeker to the targets.
    workspaces
        Workspaces for as many people as there are.
    """

    out_start: LongInts
    out_asked: Ints
    passing: Floats
    in_start: LongInts
    in_asker: Ints
    in_step: Ints
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
    workspaces: Workspaces


@dataclass(eq=False, slots=True)
class BestPaths:
    """The k best paths, best first.

    Attributes
    ----------
    rows
        One row a path: rank, number of intermediaries, number of the target, intermediaries.
    scores
        One a path.
    unexplored
        The best score that a path not looked at can have, 0 if the work limit was not reached.
    optimal
        Whether these are proved to be the k best.
    """

    rows: LongInts
    scores: Floats
    unexplored: float
    optimal: bool

    @property
    def ranks(self) -> LongInts:
        """From 1; scores that are equal within a relative 1e-12 share a rank."""
        return self.rows[:, kbest.RANK]

    @property
    def lengths(self) -> LongInts:
        """Numbers of intermediaries."""
        return self.rows[:, kbest.LENGTH]

    @property
    def targets(self) -> LongInts:
        """Numbers of the targets."""
        return self.rows[:, kbest.TARGET]

    @property
    def people(self) -> LongInts:
        """Intermediaries: node numbers, as many in a row as ``lengths`` says."""
        return self.rows[:, kbest.FIRST :]


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
    if len(routes.out_asked) >= COMPILE_FROM_STEPS:
        return _searched(compiled(kbest_run), routes, k, most, need_flag, limit)
    # A hard question on a small graph is worth the start of the compiler after all.
    patience = min(limit, PLAIN_STEPS)
    best = _searched(kbest_run, routes, k, most, need_flag, patience)
    if best.unexplored == 0.0 or patience == limit:
        return best
    return _searched(compiled(kbest_run), routes, k, most, need_flag, limit)


def _searched(
    kernels: Any, routes: Routes, k: int, most: int, need_flag: bool, limit: int
) -> BestPaths:
    levels = levels_of(most)
    room = routes.workspaces.take(levels)
    try:
        rows, scores = kernels.k_best(
            *routes[:-1],
            levels,
            room.rest,
            room.marks,
            room.exit_at,
            room.touched,
            room.front,
            room.tops,
            room.counts,
            room.bounds,
            most,
            k,
            need_flag,
            limit,
        )
    except SystemError as error:
        # This is what compiled code makes of Ctrl-C.
        if isinstance(error.__cause__ or error.__context__, KeyboardInterrupt):
            raise KeyboardInterrupt from error
        raise
    unexplored = float(room.bounds[1])
    routes.workspaces.give_back(room)
    last = float(scores[-1]) if len(scores) == k else 0.0
    optimal = unexplored == 0.0 or unexplored < last * (1.0 - kbest.TIE)
    return BestPaths(rows, scores, unexplored, optimal)


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
    kernels = twin(kbest_sweep, work=len(routes.out_asked), worth=COMPILE_FROM_STEPS)
    levels = levels_of(most)
    best = np.zeros(len(people))
    room = routes.workspaces.take(levels)
    kernels.sweep(
        routes.in_start,
        routes.in_asker,
        routes.in_step,
        routes.passing,
        routes.back,
        False,
        routes.scale,
        routes.barred,
        routes.exit_asker,
        routes.exit_factor,
        levels,
        NO_LIMIT,
        room.rest,
        room.marks,
        room.exit_at,
        room.touched,
        room.front,
        room.tops,
        room.counts,
    )
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
    kernels.forget(levels, room.rest, room.marks, room.touched, room.counts[0])
    routes.workspaces.give_back(room)
    return best
