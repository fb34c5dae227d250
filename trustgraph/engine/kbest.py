"""The k best hop-capped simple paths, exactly.

A path is ``entry x further x ... x exit``: an entry step of the seeker, steps between
intermediaries, an exit step to a target; or one direct step. Scores are products of factors in
[0, 1]; the factor of step p between intermediaries is ``passing[p] * scale``.

`search` grows partial paths from the seeker, best bound first, so that only those that can be
among the k best are grown; the bounds are those of `trustgraph.engine.kbest_sweep`.

Complexity: the steps of each partial path grown are read (long rows are searched where only a
last person is wanted); every step read costs O(levels), every partial path kept O(log).
"""

from heapq import heappop, heappush, heapreplace

import numpy as np

from trustgraph._typing import Bools, Bytes, Floats, Ints, LongInts, Number
from trustgraph.engine.kbest_sweep import BARRED

TIE = 1e-12
RANK, LENGTH, TARGET, FIRST = range(4)
"""Columns of a path as a row of numbers; from the last one on stand the intermediaries."""
DEEPER = 1e-6
"""How much a bound gains an intermediary in the order of growth, so that of equal ones the longest
partial path is grown first; no bound is made smaller."""
PROBES = 8
"""What a look-up in a row costs, in steps read."""
FEW = 4
"""Exits up to which it is looked whether they are all used up."""
STRICT = 1.0 + 1e-15
"""Factor above a score for those that are larger, rounding apart."""


def next_exit(
    out_asked: Ints,
    p: Number,
    end: Number,
    exit_asker: Ints,
    x: int,
) -> tuple[Number, int]:
    """Return the next step p of a row that leads to somebody with an exit, and the exit after it.

    Row and exits are sorted: each exit from x on is looked up by bisection.
    """
    while x < len(exit_asker):
        w = exit_asker[x]
        x += 1
        low = p
        high = end
        while low < high:
            middle = (low + high) >> 1
            if out_asked[middle] < w:
                low = middle + 1
            else:
                high = middle
        p = low
        if p == end or out_asked[p] == w:
            return p, x
    return end, x


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


def spent(
    person: list[np.int64],
    parent: list[np.int64],
    record: np.int64,
    exit_asker: Ints,
) -> bool:
    """Whether everybody with an exit already stands on a partial path, where these are few."""
    if len(exit_asker) > FEW:
        return False
    for x in range(len(exit_asker)):
        at = record
        while at > 0 and person[at] != exit_asker[x]:
            at = parent[at]
        if at == 0:
            return False
    return True


def complete(
    exit_asker: Ints,
    exit_factor: Floats,
    exit_flag: Bools,
    exit_at: Ints,
    w: Number,
    value: float,
    flag: bool,
    record: np.int64,
    k: int,
    low: float,
    slack: float,
    best: list[float],
    scores: list[float],
    records: list[np.int64],
    exits: list[np.int64],
) -> float:
    """Offer the whole paths that end in exits of w; return the score that counts from now on."""
    x = exit_at[w]
    while x < len(exit_asker) and exit_asker[x] == w:
        score = value * exit_factor[x]
        if score > 0.0 and score >= low and (flag or exit_flag[x]):
            offer(best, k, score)
            scores.append(score)
            records.append(record)
            exits.append(np.int64(x))
            if len(best) == k:
                low = max(low, best[0] * slack)
        x += 1
    return low


def still_kept(
    scores: list[float],
    records: list[np.int64],
    exits: list[np.int64],
    kth: float,
    ties: int,
) -> None:
    """Drop complete paths below the k-th score, and of those that equal it all but ``ties``."""
    number = 0
    for i in range(len(scores)):
        if scores[i] < kth * (1.0 - TIE) or (scores[i] <= kth * (1.0 + TIE) and ties == 0):
            continue
        if scores[i] <= kth * (1.0 + TIE):
            ties -= 1
        scores[number] = scores[i]
        records[number] = records[i]
        exits[number] = exits[i]
        number += 1
    while len(scores) > number:
        scores.pop()
        records.pop()
        exits.pop()


def enter(
    entry_asked: Ints,
    entry_factor: Floats,
    entry_flag: Bools,
    exit_asker: Ints,
    exit_factor: Floats,
    exit_flag: Bools,
    direct_factor: Floats,
    direct_flag: Bools,
    levels: int,
    rest: Floats,
    exit_at: Ints,
    beyond: float,
    most: int,
    k: int,
    need_flag: bool,
    slack: float,
    best: list[float],
    person: list[np.int64],
    parent: list[np.int64],
    product: list[float],
    length: list[np.int64],
    flagged: list[bool],
    heap: list[tuple[float, np.int64]],
    scores: list[float],
    records: list[np.int64],
    exits: list[np.int64],
) -> float:
    """Offer direct paths and those with one intermediary, and begin a partial path with each.

    What follows after exactly ``levels`` more people is only bounded, by ``beyond``, until the
    path is grown. Returns the score that counts from now on.
    """
    low = 0.0
    for d in range(len(direct_factor)):
        score = direct_factor[d]
        if score > 0.0 and score >= low and (direct_flag[d] or not need_flag):
            offer(best, k, score)
            scores.append(score)
            records.append(np.int64(0))
            exits.append(np.int64(-1 - d))
            if len(best) == k:
                low = best[0] * slack
    for a in range(len(entry_asked) if most > 0 else 0):
        v = np.int64(entry_asked[a])
        value = entry_factor[a]
        if rest[v * levels] >= BARRED or value == 0.0:
            continue
        flag = entry_flag[a] or not need_flag
        record = np.int64(len(person))
        person.append(v)
        parent.append(np.int64(0))
        product.append(value)
        length.append(np.int64(1))
        flagged.append(flag)
        if value * rest[v * levels] > 0.0:
            low = complete(
                exit_asker,
                exit_factor,
                exit_flag,
                exit_at,
                v,
                value,
                flag,
                record,
                k,
                low,
                slack,
                best,
                scores,
                records,
                exits,
            )
        further = beyond
        for j in range(1, min(most, levels)):
            further = max(further, rest[v * levels + j])
        if value * further > 0.0 and value * further >= low:
            heappush(heap, (-value * further * (1.0 + DEEPER), record))
    return low


def search(
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
    strict: bool,
    limit: int,
    bounds: Floats,
) -> tuple[LongInts, Floats]:
    """Return the paths that may be the k best as rows, and their scores.

    A row holds rank (0 yet), number of intermediaries, number of the target, and the
    intermediaries. These are all paths that reach the k-th best score, in no order. ``bounds``
    takes that score (0 if there are fewer), the best score that a path left out by the limit can
    have, and 1 if the search was given up because too many paths equal the k-th. If ``strict``,
    it goes on and of those that equal the k-th any will do. With ``need_flag`` only paths with a
    flagged step count.
    """
    room = 8 * k + 256
    slack = STRICT if strict else 1.0 - TIE
    flooded = False
    unexplored = 0.0
    work = 0
    best = [0.0]
    best.pop()
    # Partial paths: last person, the partial path it grew from, product, intermediaries, flag.
    person = [np.int64(-1)]
    parent = [np.int64(0)]
    product = [1.0]
    length = [np.int64(0)]
    flagged = [not need_flag]
    heap = [(0.0, np.int64(0))]
    heap.pop()
    # Complete paths: score, partial path, exit (-1 - d for the direct path d).
    scores = [0.0]
    records = [np.int64(0)]
    exits = [np.int64(0)]
    scores.pop()
    records.pop()
    exits.pop()
    low = enter(
        entry_asked, entry_factor, entry_flag, exit_asker, exit_factor, exit_flag, direct_factor,
        direct_flag, levels, rest, exit_at, scale * tops[levels - 1] if most > levels else 0.0,
        most, k, need_flag, slack, best, person, parent, product, length, flagged, heap, scores,
        records, exits,
    )  # fmt: skip
    while len(heap) > 0:
        key, i = heappop(heap)
        if -key < low:
            break
        bound = -key / (1.0 + DEEPER * length[i])
        if bound < low:
            continue
        v = person[i]
        left = most - length[i] - 1
        p = out_start[v] - 1
        end = out_start[v + 1]
        x = 0
        # Who must be the last is looked up in a long row rather than met in it.
        look_up = left == 0 and len(exit_asker) * PROBES < end - p
        work += len(exit_asker) * PROBES if look_up else end - p
        if work > limit:
            unexplored = -key
            break
        while True:
            if look_up:
                p, x = next_exit(out_asked, p + 1, end, exit_asker, x)
            else:
                p += 1
            if p == end:
                break
            w = np.int64(out_asked[p])
            if (marks[w >> 3] & (1 << (w & 7))) == 0:
                continue
            value = product[i] * (passing[p] * scale)
            ending = value * rest[w * levels]
            further = 0.0
            for j in range(1, left + 1):
                further = max(further, value * rest[w * levels + j])
            if max(ending, further) < low or max(ending, further) == 0.0:
                continue
            seen = rest[w * levels] >= BARRED
            at = i
            while at > 0 and not seen:
                seen = person[at] == w
                at = parent[at]
            if seen:
                continue
            person.append(w)
            parent.append(i)
            product.append(value)
            length.append(length[i] + 1)
            flagged.append(flagged[i] or (need_flag and inferred[p]))
            record = np.int64(len(person) - 1)
            if ending > 0.0:
                low = complete(
                    exit_asker, exit_factor, exit_flag, exit_at, w, value, flagged[record], record,
                    k, low, slack, best, scores, records, exits,
                )  # fmt: skip
            if further > 0.0 and further >= low and not spent(person, parent, record, exit_asker):
                heappush(heap, (-further * (1.0 + DEEPER * length[record]), record))
        if len(scores) > room:
            still_kept(scores, records, exits, best[0], k if strict else len(scores))
            if len(scores) > room // 2 and not strict:
                flooded = True
                break
    kth = best[0] if len(best) == k else 0.0
    bounds[0] = kth
    bounds[1] = unexplored
    bounds[2] = 1.0 if flooded else 0.0
    return told(
        person, parent, length, scores, records, exits, exit_target, direct_target, most, kth
    )


def told(
    person: list[np.int64],
    parent: list[np.int64],
    length: list[np.int64],
    scores: list[float],
    records: list[np.int64],
    exits: list[np.int64],
    exit_target: Ints,
    direct_target: Ints,
    most: int,
    kth: float,
) -> tuple[LongInts, Floats]:
    """Return the complete paths that reach the k-th score as rows, and their scores."""
    still_kept(scores, records, exits, kth, len(scores))
    rows = np.zeros((len(scores), FIRST + max(most, 1)), np.int64)
    values = np.zeros(len(scores))
    for row in range(len(scores)):
        values[row] = scores[row]
        if exits[row] < 0:
            rows[row, TARGET] = direct_target[-1 - exits[row]]
            continue
        rows[row, TARGET] = exit_target[exits[row]]
        at = records[row]
        rows[row, LENGTH] = length[at]
        for i in range(length[at] - 1, -1, -1):
            rows[row, FIRST + i] = person[at]
            at = parent[at]
    return rows, values
