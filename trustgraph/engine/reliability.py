"""Kernels of hop-capped two-terminal reliability on words of 64 samples.

A network has people 0 (the seeker), 1 … M (intermediaries) and M + 1 (the sink). Steps are sorted
by tail, then head: those that leave v are ``start[v]`` to ``start[v + 1]``; ``exit_of[v]`` is the
step from v to the sink, or -1. Row ``open_[e]`` holds, one bit a sample, whether step e works; a
row operation treats 64 samples a word. No step joins the seeker to the sink.

``back[v]`` is the smallest number of intermediaries from v, itself included, to the sink;
``most`` is the largest number of intermediaries allowed on a path.

Complexity, in row operations: `reach` and `one_path` cost at most ``most`` per step; `carry`
costs about three per admissible prefix that works in some sample, plus ``most`` per whole path.
"""

import numpy as np

from trustgraph._typing import Bools, Ints, LongInts, Words

__all__ = ["carry", "extends", "on_simple_path", "one_path", "reach"]


def reach(
    start: LongInts,
    head: Ints,
    exit_of: LongInts,
    open_: Words,
    allowed: Words,
    levels: Words,
    sink: Words,
    scratch: Words,
) -> None:
    """Fill ``levels[h, v]``: v is reached by at most h + 1 steps; and ``sink`` from the last level.

    ``allowed[v]`` holds the samples in which v may be an intermediary. A walk that repeats
    somebody can be cut short, so walks reach what simple paths reach.
    """
    last = len(start) - 1
    sink[:] = 0
    levels[0] = 0
    for e in range(start[0], start[1]):
        np.bitwise_and(open_[e], allowed[head[e]], levels[0, head[e]])
    for h in range(1, len(levels)):
        levels[h] = levels[h - 1]
        for v in range(1, last):
            for e in range(start[v], start[v + 1]):
                w = head[e]
                if w != last:
                    np.bitwise_and(levels[h - 1, v], open_[e], scratch)
                    np.bitwise_and(scratch, allowed[w], scratch)
                    np.bitwise_or(levels[h, w], scratch, levels[h, w])
    for v in range(1, last):
        if exit_of[v] >= 0:
            np.bitwise_and(levels[len(levels) - 1, v], open_[exit_of[v]], scratch)
            np.bitwise_or(sink, scratch, sink)


def one_path(
    start: LongInts,
    head: Ints,
    exit_of: LongInts,
    open_: Words,
    levels: Words,
    sink: Words,
    chosen: Words,
    current: Words,
    wanted: Words,
    scratch: Words,
) -> None:
    """Trace one working path in every sample that has one.

    ``chosen[h, v]`` says that v is the intermediary of that path first reached at level h: at
    most one a level and sample. ``current``, ``wanted`` and ``scratch`` are room to work in.
    """
    last = len(start) - 1
    top = len(levels) - 1
    chosen[:] = 0
    current[:] = 0
    wanted[0] = sink
    for v in range(1, last):
        if exit_of[v] >= 0:
            np.bitwise_and(levels[top, v], open_[exit_of[v]], scratch)
            np.bitwise_and(scratch, wanted[0], current[v])
            np.bitwise_xor(wanted[0], current[v], wanted[0])
    for h in range(top, 0, -1):
        for w in range(1, last):
            np.bitwise_and(current[w], levels[h - 1, w], scratch)
            np.bitwise_xor(current[w], scratch, chosen[h, w])
            wanted[w] = chosen[h, w]
            current[w] = scratch
        for v in range(1, last):
            for e in range(start[v], start[v + 1]):
                w = head[e]
                if w != last:
                    np.bitwise_and(levels[h - 1, v], open_[e], scratch)
                    np.bitwise_and(scratch, wanted[w], scratch)
                    np.bitwise_xor(wanted[w], scratch, wanted[w])
                    np.bitwise_or(current[v], scratch, current[v])
    chosen[0] = current


def extends(
    start: LongInts,
    head: Ints,
    exit_of: LongInts,
    back: Ints,
    taken: LongInts,
    number: int,
    place: LongInts,
    most: int,
) -> bool:
    """Whether a prefix grows into a whole simple path with at most ``most`` intermediaries.

    The prefix is ``taken[:number]``, its last person at the end; ``taken`` and ``place`` have
    room for ``most`` people and are overwritten beyond the prefix. Steps need not work.
    """
    if exit_of[taken[number - 1]] >= 0:
        return True
    depth = number
    place[depth - 1] = start[taken[depth - 1]]
    while depth >= number:
        v = taken[depth - 1]
        e = place[depth - 1]
        if e == start[v + 1] or depth == most:
            depth -= 1
            continue
        place[depth - 1] = e + 1
        w = head[e]
        if depth + back[w] > most:
            continue
        seen = False
        for i in range(depth):
            seen = seen or taken[i] == w
        if seen:
            continue
        if exit_of[w] >= 0:
            return True
        taken[depth] = w
        place[depth] = start[w]
        depth += 1
    return False


def on_simple_path(
    start: LongInts,
    head: Ints,
    exit_of: LongInts,
    back: Ints,
    in_start: LongInts,
    in_tail: Ints,
    fore: Ints,
    tail: Ints,
    most: int,
    keep: Bools,
) -> None:
    """Mark the steps between intermediaries that stand on some admissible simple path.

    Steps already marked are passed over.
    ``fore[v]`` is the smallest number of intermediaries from the seeker to v, v included;
    ``in_tail[in_start[v]:in_start[v + 1]]`` are those who can ask v, nearest to the seeker first.
    For a step u -> v every simple way from the seeker to u that avoids v is tried, from u
    backwards, until one of them goes on from v to the sink.
    """
    last = len(start) - 1
    taken = np.zeros(most + 1, np.int64)
    trail = np.zeros(most + 1, np.int64)
    whole = np.zeros(most + 1, np.int64)
    ahead = np.zeros(most + 1, np.int64)
    for e in range(len(head)):
        u = tail[e]
        v = head[e]
        if keep[e] or u == 0 or v == last:
            continue
        # taken = u and who stands before, backwards; v comes first so that it is avoided.
        taken[0] = v
        taken[1] = u
        trail[1] = in_start[u] - 1
        depth = 1
        while depth > 0:
            w = taken[depth]
            p = trail[depth]
            trail[depth] = p + 1
            if p == in_start[w] - 1:
                if fore[w] == 1 and depth + back[v] <= most:
                    for i in range(depth):
                        whole[i] = taken[depth - i]
                    whole[depth] = v
                    if extends(start, head, exit_of, back, whole, depth + 1, ahead, most):
                        keep[e] = True
                        break
                continue
            if p == in_start[w + 1] or depth + fore[in_tail[p]] + back[v] > most:
                depth -= 1
                continue
            x = in_tail[p]
            seen = False
            for i in range(depth + 1):
                seen = seen or taken[i] == x
            if not seen:
                depth += 1
                taken[depth] = x
                trail[depth] = in_start[x] - 1


def carry(
    start: LongInts,
    head: Ints,
    exit_of: LongInts,
    back: Ints,
    most: int,
    open_: Words,
    words: Words,
    scratch: Words,
    inflow: Words,
    through: Words,
) -> int:
    """Walk the working prefixes of admissible paths; return how many were met.

    Sets ``inflow[v]`` where such a prefix ends in v, ``through[v]`` where a whole working path
    holds v. Prefixes are simple and can be completed within the cap; ``words[d]`` is the room
    for the samples in which the current prefix of d people works, ``words[0]`` all samples.
    """
    last = len(start) - 1
    path = np.zeros(most + 2, np.int64)
    place = np.zeros(most + 2, np.int64)
    taken = np.zeros(most + 1, np.int64)
    trail = np.zeros(most + 1, np.int64)
    met = 0
    depth = 0
    place[0] = start[0]
    while depth >= 0:
        v = path[depth]
        e = place[depth]
        if e == start[v + 1] or depth == most:
            depth -= 1
            continue
        place[depth] = e + 1
        w = head[e]
        if w == last or depth + back[w] > most:
            continue
        seen = False
        for i in range(1, depth + 1):
            seen = seen or path[i] == w
        if seen:
            continue
        np.bitwise_and(words[depth], open_[e], words[depth + 1])
        if not words[depth + 1].any():
            continue
        depth += 1
        path[depth] = w
        place[depth] = start[w]
        for i in range(depth):
            taken[i] = path[i + 1]
        if not extends(start, head, exit_of, back, taken, depth, trail, most):
            depth -= 1
            continue
        met += 1
        np.bitwise_or(inflow[w], words[depth], inflow[w])
        if exit_of[w] >= 0:
            np.bitwise_and(words[depth], open_[exit_of[w]], scratch)
            if scratch.any():
                for i in range(1, depth + 1):
                    np.bitwise_or(through[path[i]], scratch, through[path[i]])
    return met
