"""The k best paths where more paths equal the k-th than it is worth to list.

`trustgraph.engine.kbest` finds the score of the k-th best path. `collect` then walks the paths in
their final order (fewer intermediaries, then node numbers), keeps those above that score and the
first ones that equal it, and leaves branches that can add nothing. So the answer does not depend
on the order in which ties are met.

Complexity: the steps of each partial path whose bound reaches the k-th score, until k ties are met.
"""

import numpy as np

from trustgraph._typing import Bools, Bytes, Floats, Ints, LongInts
from trustgraph.engine.kbest import FIRST, LENGTH, TARGET, TIE
from trustgraph.engine.kbest_sweep import BARRED, ahead


def keep(
    score: float,
    low: float,
    high: float,
    k: int,
    counts: LongInts,
) -> bool:
    """Whether a complete path is above the k-th score, or one of the first that equal it."""
    if score > high:
        counts[0] += 1
        return True
    if score >= low and score > 0.0 and counts[1] < k:
        counts[1] += 1
        return True
    return False


def worth(
    bound: float,
    low: float,
    high: float,
    k: int,
    counts: LongInts,
) -> bool:
    """Whether a branch with this bound can still add a path to the answer."""
    return bound > high or (bound >= low and bound > 0.0 and counts[1] < k)


def collect(
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
    most: int,
    k: int,
    need_flag: bool,
    kth: float,
    limit: int,
    rows: LongInts,
    scores: Floats,
) -> int:
    """List the paths above the k-th score, and the first k that equal it; return how many.

    In a fixed order (fewer intermediaries, then numbers), so that not all equal paths have to be
    met. The rows need room for 2k paths. Returns -1 if more than ``limit`` steps have to be read.
    """
    low = kth * (1.0 - TIE)
    high = kth * (1.0 + TIE)
    counts = np.zeros(2, np.int64)
    number = 0
    work = 0
    for d in range(len(direct_factor)):
        if (direct_flag[d] or not need_flag) and keep(direct_factor[d], low, high, k, counts):
            rows[number, TARGET] = direct_target[d]
            scores[number] = direct_factor[d]
            number += 1
    path = np.zeros(most + 1, np.int64)
    product = np.zeros(most + 1)
    flags = np.zeros(most + 1, np.bool_)
    place = np.zeros(most + 1, np.int64)
    for size in range(1, most + 1):
        for a in range(len(entry_asked)):
            v = np.int64(entry_asked[a])
            if rest[v * levels] >= BARRED:
                continue
            bound = ahead(out_start, out_asked, passing, scale, levels, rest, marks, v, size - 1)
            if not worth(entry_factor[a] * bound, low, high, k, counts):
                continue
            depth = 1
            path[1] = v
            product[1] = entry_factor[a]
            flags[1] = entry_flag[a] or not need_flag
            place[1] = out_start[v]
            while depth > 0:
                v = path[depth]
                if depth == size:
                    x = exit_at[v]
                    while x < len(exit_asker) and exit_asker[x] == v:
                        score = product[depth] * exit_factor[x]
                        if (flags[depth] or exit_flag[x]) and keep(score, low, high, k, counts):
                            for i in range(size):
                                rows[number, FIRST + i] = path[i + 1]
                            rows[number, LENGTH] = size
                            rows[number, TARGET] = exit_target[x]
                            scores[number] = score
                            number += 1
                        x += 1
                    depth -= 1
                    continue
                p = place[depth]
                if p == out_start[v + 1]:
                    depth -= 1
                    continue
                place[depth] = p + 1
                work += 1
                if work > limit:
                    return -1
                w = np.int64(out_asked[p])
                onward = rest[w * levels + size - depth - 1]
                value = product[depth] * (passing[p] * scale)
                if onward >= BARRED or not worth(value * onward, low, high, k, counts):
                    continue
                seen = False
                for i in range(1, depth + 1):
                    if path[i] == w:
                        seen = True
                if seen:
                    continue
                flags[depth + 1] = flags[depth] or (need_flag and inferred[p])
                depth += 1
                path[depth] = w
                product[depth] = value
                place[depth] = out_start[w]
    return number
