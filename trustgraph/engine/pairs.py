"""The k best introductions of many pairs of seeker and target in one call.

The pairs of one target share its sweep (`trustgraph.engine.kbest`): bounds that still count ways
through the seeker are only less tight. Each pair has its own search, in the order of single ones.

Complexity: one sweep a target, one search a pair.
"""

import numpy as np

from trustgraph._typing import Bools, Bytes, Floats, Ints, LongInts, Singles
from trustgraph.engine.kbest import FIRST, LENGTH, RANK, TARGET
from trustgraph.engine.kbest_run import best_rows
from trustgraph.engine.kbest_sweep import BARRED, forget, sweep

NO_LIMIT = np.iinfo(np.int64).max


def introduce(
    out_start: LongInts,
    out_asked: Ints,
    passing: Floats,
    scale: float,
    kappa: float,
    inferred: Bools,
    in_start: LongInts,
    in_asker: Ints,
    in_step: Ints,
    back: Singles,
    goal_start: LongInts,
    exit_asker: Ints,
    exit_target: Ints,
    exit_factor: Floats,
    exit_flag: Bools,
    exit_direct: Floats,
    barred_start: LongInts,
    barred: LongInts,
    pair_start: LongInts,
    pair_seeker: Ints,
    most: int,
    k: int,
    need_flag: bool,
    rest: Floats,
    marks: Bytes,
    exit_at: Ints,
    touched: Ints,
    front: Ints,
    found: LongInts,
    scores: Floats,
    ranks: Ints,
    lengths: Ints,
    targets: Ints,
    people: Ints,
) -> None:
    """Fill the number of paths of each pair, and for its first k paths all there is to know.

    The pairs of goal g are ``pair_start[g]`` to ``pair_start[g + 1]``; a goal has the last steps
    ``goal_start[g]`` to ``goal_start[g + 1]``, of which those of the seeker are direct steps with
    the score ``exit_direct``. Flags are read only if one is needed.
    """
    levels = max(most - 1, 1)
    tops = np.zeros(levels)
    held = np.zeros(levels)
    counts = np.zeros(2, np.int64)
    bounds = np.zeros(3)
    for g in range(len(goal_start) - 1):
        if pair_start[g] == pair_start[g + 1]:
            continue
        leave = slice(goal_start[g], goal_start[g + 1])
        askers, ends, factors = exit_asker[leave], exit_target[leave], exit_factor[leave]
        directs, flags = exit_direct[leave], exit_flag[leave]
        sweep(
            in_start,
            in_asker,
            in_step,
            passing,
            back,
            True,
            scale,
            barred[barred_start[g] : barred_start[g + 1]],
            askers,
            factors,
            levels,
            NO_LIMIT,
            rest,
            marks,
            exit_at,
            touched,
            front,
            tops,
            counts,
        )
        for i in range(pair_start[g], pair_start[g + 1]):
            s = pair_seeker[i]
            own = out_start[s] + np.flatnonzero(passing[out_start[s] : out_start[s + 1]] > 0.0)
            own = own if most > 0 else own[:0]
            entries, worths = out_asked[own], passing[own] * kappa
            entry_flags = inferred[own] if need_flag else np.zeros(len(own), np.bool_)
            at = slice(
                np.searchsorted(askers, s, side="left"), np.searchsorted(askers, s, side="right")
            )
            for j in range(levels):
                held[j] = rest[s * levels + j]
                rest[s * levels + j] = BARRED
            rows, values = best_rows(
                out_start, out_asked, passing, scale, inferred, entries, worths, entry_flags,
                askers, ends, factors, flags, ends[at], directs[at], flags[at], levels, rest,
                marks, exit_at, tops, most, k, need_flag, True, NO_LIMIT, bounds,
            )  # fmt: skip
            for j in range(levels):
                rest[s * levels + j] = held[j]
            found[i] = len(values)
            for a in range(len(values)):
                scores[i, a] = values[a]
                ranks[i, a] = rows[a, RANK]
                lengths[i, a] = rows[a, LENGTH]
                targets[i, a] = rows[a, TARGET]
                for j in range(rows[a, LENGTH]):
                    people[i, a, j] = rows[a, FIRST + j]
        forget(levels, rest, marks, touched, counts[0])
