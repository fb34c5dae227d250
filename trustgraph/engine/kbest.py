"""The k best hop-capped simple paths, exactly.

A path is ``entry x further x ... x exit``: an entry step of the seeker, steps between
intermediaries, an exit step to a target; or one direct step. Scores are products of factors in
[0, 1]. Two passes:

1. `kth_score` finds the score of the k-th best path, best-first, with exact bounds on what can
   still come (`remaining`), so that only partial paths that can be among the k best are grown.
2. `collect` lists every path above that score and, in a fixed order (fewer intermediaries, then
   node numbers), the first ones that equal it. So the answer does not depend on k nor on the
   order in which ties were met.

`remaining[j, v]` is the best product of a completion from v with exactly j further
intermediaries, met by walking; a walk that repeats a node only makes the bound less tight.

Complexity: the backward sweep reads the steps within H - 2 of an exit, one scan reads the steps
that leave an entry, and each partial path grown reads the steps of its last person.
"""

from heapq import heappop, heappush, heapreplace

import numpy as np

from trustgraph._typing import Floats, Ints, LongInts

TIE = 1e-12


def sweep(
    out_start: LongInts,
    out_asked: Ints,
    further: Floats,
    in_start: LongInts,
    in_asker: Ints,
    in_step: Ints,
    entry_asked: Ints,
    exit_asker: Ints,
    exit_factor: Floats,
    most: int,
    remaining: Floats,
) -> None:
    """Fill ``remaining[j]`` for everybody (j <= most - 2) and for the entries (j = most - 1)."""
    frontier = [np.int64(0)]
    frontier.pop()
    for x in range(len(exit_asker)):
        v = np.int64(exit_asker[x])
        if exit_factor[x] > remaining[0, v]:
            if remaining[0, v] == 0.0:
                frontier.append(v)
            remaining[0, v] = exit_factor[x]
    for j in range(1, most - 1):
        wider = [np.int64(0)]
        wider.pop()
        for w in frontier:
            for p in range(in_start[w], in_start[w + 1]):
                value = further[in_step[p]] * remaining[j - 1, w]
                v = np.int64(in_asker[p])
                if value > remaining[j, v]:
                    if remaining[j, v] == 0.0:
                        wider.append(v)
                    remaining[j, v] = value
        frontier = wider
    if most > 1:
        j = most - 1
        for a in range(len(entry_asked)):
            v = entry_asked[a]
            best = 0.0
            for p in range(out_start[v], out_start[v + 1]):
                value = further[p] * remaining[j - 1, out_asked[p]]
                best = max(best, value)
            remaining[j, v] = best


def reach_of(
    remaining: Floats,
    v: np.int64,
    j: np.int64,
) -> float:
    """Return the best completion from v with at most j further intermediaries."""
    best = 0.0
    for i in range(j + 1):
        best = max(best, remaining[i, v])
    return best


def offer(
    best: list[float],
    k: int,
    score: float,
) -> None:
    """Keep the k largest scores in a heap."""
    if len(best) < k:
        heappush(best, score)
    elif score > best[0]:
        heapreplace(best, score)


def kth_score(
    out_start: LongInts,
    out_asked: Ints,
    further: Floats,
    further_flag: LongInts,
    entry_asked: Ints,
    entry_factor: Floats,
    entry_flag: LongInts,
    exit_start: LongInts,
    exit_factor: Floats,
    exit_flag: LongInts,
    direct_factor: Floats,
    direct_flag: LongInts,
    remaining: Floats,
    most: int,
    k: int,
    need_flag: int,
) -> float:
    """Return the score of the k-th best path, 0 if there are fewer than k.

    With ``need_flag`` only paths with a flagged step count.
    """
    best = [0.0]
    best.pop()
    for d in range(len(direct_factor)):
        if direct_flag[d] >= need_flag and direct_factor[d] > 0.0:
            offer(best, k, direct_factor[d])
    # Partial paths: last person, the partial path it grew from, product, intermediaries, flag.
    person = [np.int64(0)]
    parent = [np.int64(0)]
    product = [0.0]
    length = [np.int64(0)]
    flagged = [np.int64(0)]
    heap = [(0.0, np.int64(0))]
    heap.pop()
    if most > 0:
        for a in range(len(entry_asked)):
            v = np.int64(entry_asked[a])
            flag = np.int64(entry_flag[a])
            for x in range(exit_start[v], exit_start[v + 1]):
                if (flag | exit_flag[x]) >= need_flag and exit_factor[x] > 0.0:
                    offer(best, k, entry_factor[a] * exit_factor[x])
            bound = entry_factor[a] * reach_of(remaining, v, np.int64(most - 1))
            if bound > 0.0 and (len(best) < k or bound > best[0]):
                person.append(v)
                parent.append(np.int64(0))
                product.append(entry_factor[a])
                length.append(np.int64(1))
                flagged.append(flag)
                heappush(heap, (-bound, np.int64(len(person) - 1)))
    while len(heap) > 0:
        bound, i = heappop(heap)
        if len(best) == k and -bound <= best[0]:
            break
        if length[i] == most:
            continue
        v = person[i]
        for p in range(out_start[v], out_start[v + 1]):
            if further[p] == 0.0:
                continue
            w = np.int64(out_asked[p])
            value = product[i] * further[p]
            bound = value * reach_of(remaining, w, most - length[i] - 1)
            if bound == 0.0 or (len(best) == k and bound <= best[0]):
                continue
            seen = False
            at = i
            while at != 0 and not seen:
                seen = person[at] == w
                at = parent[at]
            if seen:
                continue
            flag = flagged[i] | np.int64(further_flag[p])
            for x in range(exit_start[w], exit_start[w + 1]):
                if (flag | exit_flag[x]) >= need_flag and exit_factor[x] > 0.0:
                    offer(best, k, value * exit_factor[x])
            if length[i] + 1 < most and (len(best) < k or bound > best[0]):
                person.append(w)
                parent.append(i)
                product.append(value)
                length.append(length[i] + 1)
                flagged.append(flag)
                heappush(heap, (-bound, np.int64(len(person) - 1)))
    return best[0] if len(best) == k else 0.0


def keep(
    score: float,
    low: float,
    high: float,
    k: int,
    counts: LongInts,
) -> int:
    """Count one complete path: 1 above the k-th score, 2 equal to it, 0 not among the k best."""
    if score > high:
        counts[0] += 1
        return 1
    if score >= low and score > 0.0 and counts[1] < k:
        counts[1] += 1
        return 2
    return 0


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
    further: Floats,
    further_flag: LongInts,
    entry_asked: Ints,
    entry_factor: Floats,
    entry_flag: LongInts,
    exit_start: LongInts,
    exit_target: Ints,
    exit_factor: Floats,
    exit_flag: LongInts,
    direct_target: Ints,
    direct_factor: Floats,
    direct_flag: LongInts,
    remaining: Floats,
    most: int,
    k: int,
    need_flag: int,
    kth: float,
    people: LongInts,
    lengths: LongInts,
    targets: LongInts,
    scores: Floats,
) -> int:
    """List the paths above the k-th score, and the first k that equal it; return how many.

    Row i of ``people`` holds the intermediaries, ``lengths[i]`` of them; ``targets[i]`` is the
    number of the target and ``scores[i]`` the score. The rows need room for 2k paths.
    """
    low = kth * (1.0 - TIE)
    high = kth * (1.0 + TIE)
    counts = np.zeros(2, np.int64)
    number = 0
    for d in range(len(direct_factor)):
        if direct_flag[d] >= need_flag and keep(direct_factor[d], low, high, k, counts) > 0:
            lengths[number] = 0
            targets[number] = direct_target[d]
            scores[number] = direct_factor[d]
            number += 1
    path = np.zeros(most + 1, np.int64)
    product = np.zeros(most + 1)
    flags = np.zeros(most + 1, np.int64)
    place = np.zeros(most + 1, np.int64)
    for size in range(1, most + 1):
        for a in range(len(entry_asked)):
            v = np.int64(entry_asked[a])
            if not worth(entry_factor[a] * remaining[size - 1, v], low, high, k, counts):
                continue
            depth = 1
            path[1] = v
            product[1] = entry_factor[a]
            flags[1] = entry_flag[a]
            place[1] = out_start[v]
            while depth > 0:
                v = path[depth]
                if depth == size:
                    for x in range(exit_start[v], exit_start[v + 1]):
                        score = product[depth] * exit_factor[x]
                        if (flags[depth] | exit_flag[x]) < need_flag:
                            continue
                        if keep(score, low, high, k, counts) > 0:
                            for i in range(size):
                                people[number, i] = path[i + 1]
                            lengths[number] = size
                            targets[number] = exit_target[x]
                            scores[number] = score
                            number += 1
                    depth -= 1
                    continue
                p = place[depth]
                if p == out_start[v + 1]:
                    depth -= 1
                    continue
                place[depth] = p + 1
                if further[p] == 0.0:
                    continue
                w = np.int64(out_asked[p])
                value = product[depth] * further[p]
                left = size - depth - 1
                if not worth(value * remaining[left, w], low, high, k, counts):
                    continue
                seen = False
                for i in range(1, depth + 1):
                    if path[i] == w:
                        seen = True
                if seen:
                    continue
                flag = flags[depth] | further_flag[p]
                depth += 1
                path[depth] = w
                product[depth] = value
                flags[depth] = flag
                place[depth] = out_start[w]
    return number
