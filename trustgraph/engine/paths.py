"""The k best paths of one question on arrays: workspace, choice of twin, order of the rows."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from trustgraph._typing import Floats, Ints, LongInts
from trustgraph.engine import kbest
from trustgraph.engine._compile import twin

__all__ = ["BestPaths", "Routes", "k_best_paths", "onward"]

COMPILE_FROM_STEPS = 500_000
"""Steps of a graph from which compiled kernels pay for the start of the compiler."""


@dataclass(frozen=True)
class Routes:
    """A question on arrays: which steps may stand where on a path, with which factor.

    ``out_*`` and ``in_*`` are the steps in both directions (CSR), ``further`` their factors
    between intermediaries. Entries are sorted by person, exits by person and target. A flag marks
    a step that the caller wants to tell apart (an inferred tie).
    """

    out_start: LongInts
    out_asked: Ints
    in_start: LongInts
    in_asker: Ints
    in_step: Ints
    further: Floats
    further_flag: Any
    entry_asked: Ints
    entry_factor: Floats
    entry_flag: Any
    exit_asker: Ints
    exit_target: Ints
    exit_factor: Floats
    exit_flag: Any
    direct_target: Ints
    direct_factor: Floats
    direct_flag: Any


@dataclass(frozen=True)
class BestPaths:
    """The k best paths, best first.

    ``people[i, :lengths[i]]`` are the intermediaries of path i (node numbers), ``targets[i]`` the
    number of its target, ``scores[i]`` its score, ``ranks[i]`` its rank from 1; scores that are
    equal within a relative 1e-12 share a rank.
    """

    people: LongInts
    lengths: LongInts
    targets: LongInts
    scores: Floats
    ranks: LongInts


def k_best_paths(routes: Routes, *, k: int, most: int, need_flag: bool = False) -> BestPaths:
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

    Returns
    -------
    BestPaths
        Sorted by score; equal scores by fewer intermediaries, then by node numbers.
    """
    n = len(routes.out_start) - 1
    kernels = _kernels(routes)
    remaining = _remaining(routes, routes.entry_asked, most)
    exit_start = np.searchsorted(routes.exit_asker, np.arange(n + 1)).astype(np.int64)
    need = np.int64(need_flag)
    shared = (
        routes.out_start,
        routes.out_asked,
        routes.further,
        routes.further_flag,
        routes.entry_asked,
        routes.entry_factor,
        routes.entry_flag,
        exit_start,
    )
    kth = kernels.kth_score(
        *shared,
        routes.exit_factor,
        routes.exit_flag,
        routes.direct_factor,
        routes.direct_flag,
        remaining,
        most,
        k,
        need,
    )
    room = 2 * k
    people = np.zeros((room, max(most, 1)), np.int64)
    lengths, targets = np.zeros(room, np.int64), np.zeros(room, np.int64)
    scores = np.zeros(room)
    number = kernels.collect(
        *shared,
        routes.exit_target,
        routes.exit_factor,
        routes.exit_flag,
        routes.direct_target,
        routes.direct_factor,
        routes.direct_flag,
        remaining,
        most,
        k,
        need,
        kth,
        people,
        lengths,
        targets,
        scores,
    )
    return _ordered(people[:number], lengths[:number], targets[:number], scores[:number], k)


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
        In [0, 1]; 0 where there is no way on.
    """
    return np.asarray(_remaining(routes, people, most)[:, people].max(axis=0), dtype=np.float64)


def _kernels(routes: Routes) -> Any:
    return twin(kbest, work=len(routes.out_asked), worth=COMPILE_FROM_STEPS)


def _remaining(routes: Routes, entries: Ints, most: int) -> Floats:
    remaining = np.zeros((max(most, 1), len(routes.out_start) - 1))
    _kernels(routes).sweep(
        routes.out_start,
        routes.out_asked,
        routes.further,
        routes.in_start,
        routes.in_asker,
        routes.in_step,
        entries,
        routes.exit_asker,
        routes.exit_factor,
        most,
        remaining,
    )
    return remaining


def _ordered(
    people: LongInts, lengths: LongInts, targets: LongInts, scores: Floats, k: int
) -> BestPaths:
    """Sort by score, group scores that are equal within the tolerance, break ties, cut at k."""
    order = np.argsort(-scores, kind="stable")
    ranked = scores[order]
    ranks = np.ones(len(order), np.int64)
    first = 0
    for i in range(1, len(order)):
        if ranked[i] < ranked[first] * (1.0 - kbest.TIE):
            first = i
        ranks[i] = first + 1

    def place(i: int) -> tuple[int, int, tuple[int, ...], int]:
        row = order[i]
        size = int(lengths[row])
        return int(ranks[i]), size, tuple(people[row, :size].tolist()), int(targets[row])

    final = sorted(range(len(order)), key=place)[:k]
    rows = order[final]
    return BestPaths(people[rows], lengths[rows], targets[rows], scores[rows], ranks[final])
