"""The k best introductions of many pairs of seeker and target in one call.

The pairs of one target share its sweep (`trustgraph.engine.kbest`): bounds that still count ways
through the seeker are only less tight. Each pair has its own search, in the order of single ones.

Complexity: one sweep a target, one search a pair.
"""

from heapq import heappop, heappush, heapreplace

import numpy as np

from trustgraph._typing import Bools, Bytes, Floats, Ints, LongInts, Singles
from trustgraph.engine.kbest import (
    BARRED,
    STRICT,
    TIE,
    ahead,
    complete,
    forget,
    note,
    offer,
    search,
    still_kept,
    sweep,
    told,
)
from trustgraph.engine.kbest_ties import collect, keep, worth

# What the searches call is compiled with them, so it has to be known here too.
NEEDED = (STRICT, ahead, complete, heappop, heappush, heapreplace, keep, note, offer)
NEEDED_TOO = (still_kept, told, worth)
NO_LIMIT = np.iinfo(np.int64).max


def shared_ranks(ranked: Floats) -> LongInts:
    """Return ranks from 1; scores within the tolerance of the first of their group share one."""
    ranks = np.ones(len(ranked), np.int64)
    first = 0
    for i in range(1, len(ranked)):
        if ranked[i] < ranked[first] * (1.0 - TIE):
            first = i
        ranks[i] = first + 1
    return ranks


def in_order(
    people: LongInts,
    lengths: LongInts,
    targets: LongInts,
    scores: Floats,
    ranks: LongInts,
) -> LongInts:
    """Return the rows by score; equal ones by fewer intermediaries, numbers, target."""
    rows = np.argsort(-scores, kind="mergesort")
    ranks[:] = shared_ranks(scores[rows])
    if not np.any(ranks[1:] == ranks[:-1]):
        return rows
    by_row = np.zeros(len(rows), np.int64)
    by_row[rows] = ranks
    # From the last criterion to the first, each time keeping the order so far.
    rows = np.argsort(targets, kind="mergesort")
    for i in range(people.shape[1] - 1, -1, -1):
        rows = rows[np.argsort(people[rows, i], kind="mergesort")]
    rows = rows[np.argsort(lengths[rows], kind="mergesort")]
    return rows[np.argsort(by_row[rows], kind="mergesort")]


def paths_of(
    out_start: LongInts,
    out_asked: Ints,
    passing: Floats,
    scale: float,
    inferred: Bools,
    entries: Ints,
    worths: Floats,
    entry_flags: Bools,
    askers: Ints,
    ends: Ints,
    factors: Floats,
    flags: Bools,
    direct_ends: Ints,
    directs: Floats,
    direct_flags: Bools,
    levels: int,
    rest: Floats,
    marks: Bytes,
    exit_at: Ints,
    tops: Floats,
    most: int,
    k: int,
    need_flag: bool,
) -> tuple[LongInts, LongInts, LongInts, Floats]:
    """Return the paths of one pair that may be among the k best, as `kbest.search` does."""
    bounds = np.zeros(3)
    rows = search(
        out_start,
        out_asked,
        passing,
        scale,
        inferred,
        entries,
        worths,
        entry_flags,
        askers,
        ends,
        factors,
        flags,
        direct_ends,
        directs,
        direct_flags,
        levels,
        rest,
        marks,
        exit_at,
        tops,
        most,
        k,
        need_flag,
        NO_LIMIT,
        bounds,
    )
    if bounds[2] > 0.0:
        room = (
            np.zeros((2 * k, max(most, 1)), np.int64),
            np.zeros(2 * k, np.int64),
            np.zeros(2 * k, np.int64),
            np.zeros(2 * k),
        )
        number = collect(
            out_start,
            out_asked,
            passing,
            scale,
            inferred,
            entries,
            worths,
            entry_flags,
            askers,
            ends,
            factors,
            flags,
            direct_ends,
            directs,
            direct_flags,
            levels,
            rest,
            marks,
            exit_at,
            most,
            k,
            need_flag,
            bounds[0],
            room[0],
            room[1],
            room[2],
            room[3],
        )
        rows = (room[0][:number], room[1][:number], room[2][:number], room[3][:number])
    return rows


def introduce(
    out_start: LongInts,
    out_asked: Ints,
    passing: Floats,
    scale: float,
    kappa: float,
    inferred: Bools,
    in_start: LongInts,
    in_asker: Ints,
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
    for g in range(len(goal_start) - 1):
        if pair_start[g] == pair_start[g + 1]:
            continue
        leave = slice(goal_start[g], goal_start[g + 1])
        askers, ends, factors = exit_asker[leave], exit_target[leave], exit_factor[leave]
        directs, flags = exit_direct[leave], exit_flag[leave]
        sweep(
            in_start,
            in_asker,
            back,
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
            rows = paths_of(
                out_start,
                out_asked,
                passing,
                scale,
                inferred,
                entries,
                worths,
                entry_flags,
                askers,
                ends,
                factors,
                flags,
                ends[at],
                directs[at],
                flags[at],
                levels,
                rest,
                marks,
                exit_at,
                tops,
                most,
                k,
                need_flag,
            )
            for j in range(levels):
                rest[s * levels + j] = held[j]
            places = np.ones(len(rows[3]), np.int64)
            order = in_order(rows[0], rows[1], rows[2], rows[3], places)[:k]
            found[i] = len(order)
            for a in range(len(order)):
                row = order[a]
                scores[i, a] = rows[3][row]
                ranks[i, a] = places[a]
                lengths[i, a] = rows[1][row]
                targets[i, a] = rows[2][row]
                for j in range(rows[1][row]):
                    people[i, a, j] = rows[0][row, j]
        forget(levels, rest, marks, touched, counts[0])
