"""One question from start to end: sweep, search, ties, order, and the workspace cleared.

One kernel, because a call into compiled code costs as much as a short search.

Complexity: that of a sweep and a search, twice where very many paths are equal.
"""

import numpy as np

from trustgraph._typing import Bools, Bytes, Floats, Ints, LongInts, Singles
from trustgraph.engine.kbest import FIRST, search
from trustgraph.engine.kbest_order import ordered
from trustgraph.engine.kbest_sweep import forget, sweep
from trustgraph.engine.kbest_ties import collect


def best_rows(
    out_start: LongInts,
    out_asked: Ints,
    passing: Floats,
    scale: float,
    inferred: Bools,
    entry_asked: Ints,
    entry_factor: Floats,
    entry_flag: Bools,
    exit_asker: Ints,
    exit_target: Ints,
    exit_factor: Floats,
    exit_flag: Bools,
    direct_target: Ints,
    direct_factor: Floats,
    direct_flag: Bools,
    levels: int,
    rest: Floats,
    marks: Bytes,
    exit_at: Ints,
    tops: Floats,
    most: int,
    k: int,
    need_flag: bool,
    exact: bool,
    limit: int,
    bounds: Floats,
) -> tuple[LongInts, Floats]:
    """Return the k best paths after a sweep, in order, as rows of numbers, and their scores.

    Where very many paths equal the k-th, the sweep has to have been ``exact``; if it was not,
    ``bounds[2]`` is 1 and the rows are of no use.
    """
    rows, scores = search(
        out_start, out_asked, passing, scale, inferred, entry_asked, entry_factor, entry_flag,
        exit_asker, exit_target, exit_factor, exit_flag, direct_target, direct_factor, direct_flag,
        levels, rest, marks, exit_at, tops, most, k, need_flag, False, limit, bounds,
    )  # fmt: skip
    if exact and bounds[2] > 0.0:
        rows, scores = search(
            out_start, out_asked, passing, scale, inferred, entry_asked, entry_factor, entry_flag,
            exit_asker, exit_target, exit_factor, exit_flag, direct_target, direct_factor,
            direct_flag, levels, rest, marks, exit_at, tops, most, k, need_flag, True, limit,
            bounds,
        )  # fmt: skip
        if bounds[1] == 0.0:
            every, values = np.zeros((2 * k, FIRST + max(most, 1)), np.int64), np.zeros(2 * k)
            number = collect(
                out_start, out_asked, passing, scale, inferred, entry_asked, entry_factor,
                entry_flag, exit_asker, exit_target, exit_factor, exit_flag, direct_target,
                direct_factor, direct_flag, levels, rest, marks, exit_at, most, k, need_flag,
                bounds[0], limit, every, values,
            )  # fmt: skip
            if number >= 0:
                rows, scores = every[:number], values[:number]
            else:
                # The scores are proved; which of the equal paths come first is not.
                bounds[1] = bounds[0]
    return ordered(rows, scores, k)


def k_best(
    out_start: LongInts,
    out_asked: Ints,
    passing: Floats,
    in_start: LongInts,
    in_asker: Ints,
    in_step: Ints,
    back: Singles,
    scale: float,
    inferred: Bools,
    barred: LongInts,
    entry_asked: Ints,
    entry_factor: Floats,
    entry_flag: Bools,
    exit_asker: Ints,
    exit_target: Ints,
    exit_factor: Floats,
    exit_flag: Bools,
    direct_target: Ints,
    direct_factor: Floats,
    direct_flag: Bools,
    levels: int,
    rest: Floats,
    marks: Bytes,
    exit_at: Ints,
    touched: Ints,
    front: Ints,
    tops: Floats,
    counts: LongInts,
    bounds: Floats,
    most: int,
    k: int,
    need_flag: bool,
    limit: int,
) -> tuple[LongInts, Floats]:
    """Return the k best paths in order, as rows of numbers, and their scores.

    Rows and arguments are those of `trustgraph.engine.kbest`. ``bounds[1]`` becomes the best score
    that a path left out by the limit can have.
    """
    exact = False
    while True:
        done = sweep(
            in_start, in_asker, in_step, passing, back, exact, scale, barred, exit_asker,
            exit_factor, levels, limit, rest, marks, exit_at, touched, front, tops, counts,
        )  # fmt: skip
        within = most if done == levels else min(most, done)
        rows, scores = best_rows(
            out_start, out_asked, passing, scale, inferred, entry_asked, entry_factor, entry_flag,
            exit_asker, exit_target, exit_factor, exit_flag, direct_target, direct_factor,
            direct_flag, levels, rest, marks, exit_at, tops, within, k, need_flag, exact,
            limit - counts[1], bounds,
        )  # fmt: skip
        forget(levels, rest, marks, touched, counts[0])
        if exact or bounds[2] == 0.0:
            break
        # Where paths are equal, bounds that are a little loose cut nothing off.
        exact = True
    if within < most:
        # A longer path has its last people among those swept; the first step leads to them.
        first = 0.0
        for a in range(len(entry_factor)):
            first = max(first, entry_factor[a])
        bounds[1] = max(bounds[1], first * scale * tops[done - 1])
    return rows, scores
