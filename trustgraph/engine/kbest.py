"""The k best hop-capped simple paths, exactly.

A path is ``entry x further x ... x exit``: an entry step of the seeker, steps between
intermediaries, an exit step to a target; or one direct step. Scores are products of factors in
[0, 1]; the factor of step p between intermediaries is ``passing[p] * scale``.

`sweep` walks from the exits backwards and fills ``rest[v * levels + j]``: the best product of a
completion from v with exactly j further intermediaries, met by walking; a walk that repeats a
node only makes the bound less tight. ``back`` is `passing` by asked person, rounded up to single
precision, so it is a bound, too. `search` then grows partial paths from the seeker, best bound
first, so that only those that can be among the k best are grown.

Nothing of the size of the graph is cleared or filled: a sweep notes whom it ``touched``, and a bit
for each (``marks``) tells the search in a small part of the cache whom it may pass over.

Complexity: the sweep reads the steps into people within ``most - 2`` steps of an exit, the search
those of each partial path grown; every step read costs O(levels), every partial path kept O(log).
"""

from heapq import heappop, heappush, heapreplace

import numpy as np

from trustgraph._typing import Bools, Bytes, Floats, Ints, LongInts, Number, Singles

TIE = 1e-12
BARRED = 2.0
"""Mark of those who are never intermediaries: no product reaches it."""
STRICT = 1.0 + 1e-15
"""Factor above a score for those that are larger, rounding apart."""


def note(
    v: Number,
    marks: Bytes,
    touched: Ints,
    number: int,
) -> int:
    """Mark a person that is met for the first time; return how many there are now."""
    bit = 1 << (v & 7)
    if (marks[v >> 3] & bit) == 0:
        marks[v >> 3] = marks[v >> 3] | bit
        touched[number] = v
        return number + 1
    return number


def sweep(
    in_start: LongInts,
    in_asker: Ints,
    back: Singles,
    scale: float,
    barred: LongInts,
    exit_asker: Ints,
    exit_factor: Floats,
    levels: int,
    limit: int,
    rest: Floats,
    marks: Bytes,
    exit_at: Ints,
    touched: Ints,
    front: Ints,
    tops: Floats,
    counts: LongInts,
) -> int:
    """Fill ``rest`` for everybody and ``exit_at``, the first exit of each; return the levels done.

    ``tops[j]`` takes the largest ``rest`` of a level, ``counts`` how many people were touched and
    how many steps were read. With more than ``limit`` steps to read, the level at which that
    happens and those above are left out.
    """
    number = 0
    for b in range(len(barred)):
        number = note(barred[b], marks, touched, number)
        for j in range(levels):
            rest[barred[b] * levels + j] = BARRED
    size = 0
    for x in range(len(exit_asker)):
        v = exit_asker[x]
        if exit_factor[x] > rest[v * levels]:
            if rest[v * levels] == 0.0:
                number = note(v, marks, touched, number)
                exit_at[v] = x
                front[0, size] = v
                size += 1
            rest[v * levels] = exit_factor[x]
    steps = 0
    done = 1
    for j in range(levels):
        tops[j] = 0.0
    for i in range(size):
        tops[0] = max(tops[0], rest[front[0, i] * levels])
    for j in range(1, levels):
        for i in range(size):
            v = front[(j - 1) & 1, i]
            steps += in_start[v + 1] - in_start[v]
        if steps > limit:
            break
        wider = 0
        for i in range(size):
            w = front[(j - 1) & 1, i]
            onward = scale * rest[w * levels + j - 1]
            for p in range(in_start[w], in_start[w + 1]):
                value = onward * back[p]
                place = in_asker[p] * levels + j
                if value > rest[place]:
                    if rest[place] == 0.0:
                        number = note(in_asker[p], marks, touched, number)
                        front[j & 1, wider] = in_asker[p]
                        wider += 1
                    rest[place] = value
                    tops[j] = max(tops[j], value)
        size = wider
        done += 1
    counts[0] = number
    counts[1] = steps
    return done


def forget(
    levels: int,
    rest: Floats,
    marks: Bytes,
    touched: Ints,
    number: int,
) -> None:
    """Clear what a sweep has written."""
    for i in range(number):
        v = touched[i]
        marks[v >> 3] = 0
        for j in range(levels):
            rest[v * levels + j] = 0.0


def ahead(
    out_start: LongInts,
    out_asked: Ints,
    passing: Floats,
    scale: float,
    levels: int,
    rest: Floats,
    marks: Bytes,
    v: Number,
    j: int,
) -> float:
    """Return the best completion from v with exactly j further intermediaries, j <= levels."""
    if j < levels:
        return float(rest[v * levels + j])
    best = 0.0
    for p in range(out_start[v], out_start[v + 1]):
        w = out_asked[p]
        if marks[w >> 3] & (1 << (w & 7)):
            value = rest[w * levels + j - 1]
            if value < BARRED:
                best = max(best, passing[p] * scale * value)
    return best


def furthest(
    out_start: LongInts,
    out_asked: Ints,
    passing: Floats,
    scale: float,
    levels: int,
    rest: Floats,
    marks: Bytes,
    people: Ints,
    most: int,
    best: Floats,
) -> None:
    """Fill ``best`` with the best completion from each of some first intermediaries."""
    for i in range(len(people)):
        v = people[i]
        if rest[v * levels] < BARRED:
            for j in range(most):
                value = ahead(out_start, out_asked, passing, scale, levels, rest, marks, v, j)
                best[i] = max(best[i], value)


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
    limit: int,
    bounds: Floats,
) -> tuple[LongInts, LongInts, LongInts, Floats]:
    """Return intermediaries, their number, target and score of the paths that may be the k best.

    These are all paths that reach the k-th best score, in no order. ``bounds`` takes that score (0
    if there are fewer), the best score that a path left out by the limit can have, and 1 if so
    many paths equal the k-th that not all are returned. With ``need_flag`` only paths with a
    flagged step count.
    """
    room = 8 * k + 256
    slack = 1.0 - TIE
    low = 0.0
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
        person.append(v)
        parent.append(np.int64(0))
        product.append(value)
        length.append(np.int64(1))
        flagged.append(entry_flag[a] or not need_flag)
        record = np.int64(len(person) - 1)
        if value * rest[v * levels] > 0.0:
            low = complete(
                exit_asker,
                exit_factor,
                exit_flag,
                exit_at,
                v,
                value,
                flagged[record],
                record,
                k,
                low,
                slack,
                best,
                scores,
                records,
                exits,
            )
        # What follows after exactly ``levels`` more people is only bounded until v is grown.
        further = scale * tops[levels - 1] if most > levels else 0.0
        for j in range(1, min(most, levels)):
            further = max(further, rest[v * levels + j])
        if value * further > 0.0 and value * further >= low:
            heappush(heap, (-value * further, record))
    while len(heap) > 0:
        bound, i = heappop(heap)
        if -bound < low:
            break
        v = person[i]
        work += out_start[v + 1] - out_start[v]
        if work > limit:
            unexplored = -bound
            break
        left = most - length[i] - 1
        for p in range(out_start[v], out_start[v + 1]):
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
                    exit_asker,
                    exit_factor,
                    exit_flag,
                    exit_at,
                    w,
                    value,
                    flagged[record],
                    record,
                    k,
                    low,
                    slack,
                    best,
                    scores,
                    records,
                    exits,
                )
            if further > 0.0 and further >= low:
                heappush(heap, (-further, record))
        if len(scores) > room:
            still_kept(scores, records, exits, best[0], k if flooded else len(scores))
            if len(scores) > room // 2 and not flooded:
                flooded = True
                slack = STRICT
                low = best[0] * slack
    kth = best[0] if len(best) == k else 0.0
    bounds[0] = kth
    bounds[1] = unexplored
    bounds[2] = 1.0 if flooded and unexplored == 0.0 else 0.0
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
) -> tuple[LongInts, LongInts, LongInts, Floats]:
    """Return the complete paths that reach the k-th score as arrays."""
    still_kept(scores, records, exits, kth, len(scores))
    number = len(scores)
    people = np.zeros((number, max(most, 1)), np.int64)
    lengths = np.zeros(number, np.int64)
    targets = np.zeros(number, np.int64)
    values = np.zeros(number)
    for row in range(number):
        values[row] = scores[row]
        if exits[row] < 0:
            targets[row] = direct_target[-1 - exits[row]]
            continue
        targets[row] = exit_target[exits[row]]
        at = records[row]
        lengths[row] = length[at]
        for i in range(length[at] - 1, -1, -1):
            people[row, i] = person[at]
            at = parent[at]
    return people, lengths, targets, values
