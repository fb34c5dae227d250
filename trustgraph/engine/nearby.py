"""What people near a source say of a target, level by level: TidalTrust and MoleTrust.

A network is held twice: by truster (``start``, ``trusted``, ``value``), and by trusted person
(``rated_start``, ``rater``, ``rating``). `spread` gives the levels around a source; both metrics
ask those who rated the target and stand on the nearest level that has such people. They share one
form: pairs sorted by source, and one spread for all pairs of a source, unless each pair is judged
as if it had no tie of its own (``left_out``). Then the target is barred from the spread: its own
tie could not matter but by way of the target itself.

A lone spread ends at the first level that has a rater of the target.

Complexity: O(n + m) for each spread, for n people and m ties, and O(ties of those who are on the
way) for each target.
"""

import numpy as np

from trustgraph._typing import Bools, Floats, Ints, LongInts

NOWHERE = -1
"""Level of who is not reached, and the number of nobody."""
EVERY = -1.0
"""Value above which every tie lies."""
FAR = 1 << 60


def spread(
    start: LongInts,
    trusted: Ints,
    value: Floats,
    source: int,
    barred: int,
    most: int,
    above: float,
    wanted: Bools,
    level: Ints,
    strength: Floats,
    queue: Ints,
) -> int:
    """Find the levels 0 to ``most`` around a source on ties of a value over ``above``.

    ``level`` starts at -1. ``strength`` becomes the largest smallest value on a shortest path,
    ``queue`` those reached, in the order of levels; return their number. Nobody ``barred`` is
    entered, and a level with somebody ``wanted`` is the last.
    """
    level[source] = 0
    strength[source] = np.inf
    queue[0] = source
    begin, number, depth = 0, 1, 0
    found = wanted[source]
    while begin < number and depth < most and not found:
        end = number
        depth += 1
        for q in range(begin, end):
            u = queue[q]
            for e in range(start[u], start[u + 1]):
                v = trusted[e]
                if value[e] <= above or v == barred:
                    continue
                if level[v] == NOWHERE:
                    level[v] = depth
                    strength[v] = 0.0
                    queue[number] = v
                    number += 1
                    found = found or wanted[v]
                if level[v] == depth:
                    strength[v] = max(strength[v], min(strength[u], value[e]))
        begin = end
    return number


def is_alone(k: int, source: LongInts, left_out: bool) -> bool:
    """Whether the spread of pair k serves this pair only."""
    before = k > 0 and source[k - 1] == source[k]
    after = k + 1 < len(source) and source[k + 1] == source[k]
    return left_out or not (before or after)


def around(
    start: LongInts,
    trusted: Ints,
    value: Floats,
    rated_start: LongInts,
    rater: Ints,
    source: int,
    target: int,
    most: int,
    above: float,
    left_out: bool,
    alone: bool,
    wanted: Bools,
    level: Ints,
    strength: Floats,
    queue: Ints,
) -> int:
    """Spread for one pair if it is alone, else for all pairs of the source."""
    barred = target if left_out else NOWHERE
    if alone:
        for e in range(rated_start[target], rated_start[target + 1]):
            wanted[rater[e]] = not (left_out and rater[e] == source)
    number = spread(
        start, trusted, value, source, barred, most, above, wanted, level, strength, queue
    )
    if alone:
        for e in range(rated_start[target], rated_start[target + 1]):
            wanted[rater[e]] = False
    return number


def nearest(
    rated_start: LongInts,
    rater: Ints,
    source: int,
    target: int,
    left_out: bool,
    level: Ints,
) -> int:
    """Return the nearest level with somebody who rated the target, `FAR` if there is none."""
    best = FAR
    for e in range(rated_start[target], rated_start[target + 1]):
        j = rater[e]
        if level[j] != NOWHERE and not (left_out and j == source):
            best = min(best, level[j])
    return best


def ebb(
    rated_start: LongInts,
    rater: Ints,
    rating: Floats,
    target: int,
    depth: int,
    level: Ints,
    strength: Floats,
    total: Floats,
    parts: Floats,
    asked: Ints,
) -> float:
    """Carry what is said of the target back from level ``depth`` to the source.

    ``total`` and ``parts`` are 0 before and after.
    """
    top = 0.0
    number = 0
    for e in range(rated_start[target], rated_start[target + 1]):
        j = rater[e]
        if level[j] == depth:
            top = max(top, strength[j])
            total[j] = rating[e]
            parts[j] = 1.0
            asked[number] = j
            number += 1
    begin = 0
    for up in range(depth - 1, -1, -1):
        end = number
        for q in range(begin, end):
            j = asked[q]
            said = total[j] / parts[j]
            total[j] = 0.0
            parts[j] = 0.0
            for e in range(rated_start[j], rated_start[j + 1]):
                i = rater[e]
                if level[i] == up and rating[e] >= top:
                    if parts[i] == 0.0:
                        asked[number] = i
                        number += 1
                    total[i] += rating[e] * said
                    parts[i] += rating[e]
        begin = end
    last = asked[begin]
    said = total[last] / parts[last]
    total[last] = 0.0
    parts[last] = 0.0
    return float(said)


def tidal(
    start: LongInts,
    trusted: Ints,
    value: Floats,
    rated_start: LongInts,
    rater: Ints,
    rating: Floats,
    source: LongInts,
    target: LongInts,
    most: int,
    left_out: bool,
    result: Floats,
) -> None:
    """Fill ``result``, NaN before, with the TidalTrust of pairs that are sorted by source.

    ``most`` is the farthest level of those who rated a target. A trust of 0 is a rating, but no
    way to others.
    """
    n = len(start) - 1
    level, queue = np.full(n, NOWHERE, np.int32), np.zeros(n, np.int32)
    asked = np.zeros(n, np.int32)
    strength, total, parts = np.zeros(n), np.zeros(n), np.zeros(n)
    wanted = np.zeros(n, np.bool_)
    number = 0
    for k in range(len(source)):
        s, t = source[k], target[k]
        alone = is_alone(k, source, left_out)
        if alone or k == 0 or source[k - 1] != s:
            for q in range(number):
                level[queue[q]] = NOWHERE
            number = around(
                start,
                trusted,
                value,
                rated_start,
                rater,
                s,
                t,
                most,
                0.0,
                left_out,
                alone,
                wanted,
                level,
                strength,
                queue,
            )
        depth = nearest(rated_start, rater, s, t, left_out, level)
        if s != t and depth < FAR:
            result[k] = ebb(
                rated_start, rater, rating, t, depth, level, strength, total, parts, asked
            )


def believe(
    rated_start: LongInts,
    rater: Ints,
    rating: Floats,
    person: int,
    depth: int,
    threshold: float,
    level: Ints,
    belief: Floats,
) -> float:
    """Return what those on a level who are trusted enough say of a person; NaN if there is none."""
    total = 0.0
    parts = 0.0
    for e in range(rated_start[person], rated_start[person + 1]):
        j = rater[e]
        if level[j] == depth and belief[j] >= threshold:
            total += belief[j] * rating[e]
            parts += belief[j]
    return total / parts if parts > 0.0 else np.nan


def mole(
    start: LongInts,
    trusted: Ints,
    value: Floats,
    rated_start: LongInts,
    rater: Ints,
    rating: Floats,
    source: LongInts,
    target: LongInts,
    most: int,
    left_out: bool,
    threshold: float,
    result: Floats,
) -> None:
    """Fill ``result``, NaN before, with the MoleTrust of pairs that are sorted by source.

    ``most`` is the farthest level of those who rated a target.
    """
    n = len(start) - 1
    level, queue = np.full(n, NOWHERE, np.int32), np.zeros(n, np.int32)
    strength, belief = np.zeros(n), np.zeros(n)
    wanted = np.zeros(n, np.bool_)
    number = 0
    for k in range(len(source)):
        s, t = source[k], target[k]
        alone = is_alone(k, source, left_out)
        if alone or k == 0 or source[k - 1] != s:
            for q in range(number):
                level[queue[q]] = NOWHERE
            number = around(
                start,
                trusted,
                value,
                rated_start,
                rater,
                s,
                t,
                most,
                EVERY,
                left_out,
                alone,
                wanted,
                level,
                strength,
                queue,
            )
            belief[s] = 1.0
            for q in range(1, number):
                v = queue[q]
                belief[v] = believe(
                    rated_start, rater, rating, v, level[v] - 1, threshold, level, belief
                )
        depth = nearest(rated_start, rater, s, t, left_out, level)
        if s != t and depth < FAR:
            result[k] = believe(rated_start, rater, rating, t, depth, threshold, level, belief)
