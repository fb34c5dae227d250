"""Who is accepted by a flow of certificates from seeds (Advogato).

Every person x is split in two: x- receives, x+ passes on. From x- one unit may leave to the
supersink, which accepts x, and as many as x has room for beyond that to x+; from x+ any number to
the x- of those whom x trusts. The seeds' x- receive any number from the source.

The sets of people that can be accepted together are the independent sets of a matroid (a
gammoid). Taking people in a given order, each if an augmenting path leads to them, therefore gives
the one set that is first in that order among the largest: no choice of paths changes it, and
nobody who was taken is given up. A half of a person that no residual path from the source reaches
will never be reached, for augmenting stays among those reached: it is marked ``dead`` once.

Complexity: O(n + m) for each person accepted, and O(n + m) for all others together.
"""

import numpy as np

from trustgraph._typing import Bools, Ints, LongInts

NOWHERE = -1
UNSEEN = -2


def distances(
    start: LongInts,
    trusted: Ints,
    step: Ints,
    there: Bools,
    seeds: LongInts,
    distance: Ints,
    queue: Ints,
) -> int:
    """Fill ``distance``, -1 before, on ties that are there; return how many people are reached.

    ``queue`` becomes those reached, nearer ones first.
    """
    number = 0
    for s in range(len(seeds)):
        distance[seeds[s]] = 0
        queue[number] = seeds[s]
        number += 1
    begin = 0
    while begin < number:
        u = queue[begin]
        begin += 1
        for e in range(start[u], start[u + 1]):
            v = trusted[e]
            if there[step[e]] and distance[v] == NOWHERE:
                distance[v] = distance[u] + 1
                queue[number] = v
                number += 1
    return number


def trace(
    start: LongInts,
    trusted: Ints,
    step: Ints,
    rated_start: LongInts,
    rater: Ints,
    there: Bools,
    person: int,
    distance: Ints,
    room: LongInts,
    flow: LongInts,
    passed: LongInts,
    dead: Bools,
    onward: Ints,
    queue: Ints,
    found: Ints,
) -> int:
    """Search a residual path to x- of a person, backwards; return how many halves were seen.

    Half 2x is x-, half 2x + 1 is x+. ``found[0]`` becomes the first half on the path, or -1, and
    ``onward``, `UNSEEN` before, the next one of each half seen. These are the first in ``queue``;
    seen without success they are dead.
    """
    queue[0] = 2 * person
    onward[2 * person] = NOWHERE
    begin, number = 0, 1
    first = NOWHERE
    while begin < number and first == NOWHERE:
        half = queue[begin]
        begin += 1
        x = half >> 1
        if half & 1 == 0:
            if distance[x] == 0:
                first = half
                continue
            for k in range(rated_start[x], rated_start[x + 1]):
                before = 2 * rater[k] + 1
                if there[k] and onward[before] == UNSEEN and not dead[before]:
                    onward[before] = half
                    queue[number] = before
                    number += 1
            before = half + 1
            if passed[x] > 0 and onward[before] == UNSEEN and not dead[before]:
                onward[before] = half
                queue[number] = before
                number += 1
            continue
        before = half - 1
        if passed[x] < room[x] and onward[before] == UNSEEN and not dead[before]:
            onward[before] = half
            queue[number] = before
            number += 1
        for e in range(start[x], start[x + 1]):
            before = 2 * trusted[e]
            if flow[step[e]] > 0 and onward[before] == UNSEEN and not dead[before]:
                onward[before] = half
                queue[number] = before
                number += 1
    if first == NOWHERE:
        for q in range(number):
            dead[queue[q]] = True
    found[0] = first
    return number


def find_step(rated_start: LongInts, rater: Ints, truster: int, trusted: int) -> int:
    """Return the number of the tie between two people, who have one."""
    low, high = rated_start[trusted], rated_start[trusted + 1]
    while low < high:
        middle = (low + high) >> 1
        if rater[middle] < truster:
            low = middle + 1
        else:
            high = middle
    return int(low)


def augment(
    rated_start: LongInts,
    rater: Ints,
    first: int,
    onward: Ints,
    flow: LongInts,
    passed: LongInts,
) -> None:
    """Send one unit along the path that starts at a half."""
    half = first
    while onward[half] != NOWHERE:
        after = onward[half]
        x, y = half >> 1, after >> 1
        if x == y:
            passed[x] += 1 if after & 1 else -1
        elif half & 1:
            flow[find_step(rated_start, rater, x, y)] += 1
        else:
            flow[find_step(rated_start, rater, y, x)] -= 1
        half = after


def accept(
    start: LongInts,
    trusted: Ints,
    step: Ints,
    rated_start: LongInts,
    rater: Ints,
    there: Bools,
    order: Ints,
    distance: Ints,
    room: LongInts,
    flow: LongInts,
    passed: LongInts,
    accepted: Bools,
) -> None:
    """Fill ``accepted``, ``flow`` by tie and ``passed`` by person; all start at 0.

    Ties are held by truster (``start``, ``trusted``, number ``step``) and, in the order of their
    numbers, by trusted person and then rater (``rated_start``, ``rater``); those that are not
    ``there`` do not count. ``order`` are the people to be taken, best first, seeds at distance 0,
    and ``room`` is what each of them can pass on.
    """
    n = len(start) - 1
    dead = np.zeros(2 * n, np.bool_)
    onward, queue = np.full(2 * n, UNSEEN, np.int32), np.zeros(2 * n, np.int32)
    found = np.zeros(1, np.int32)
    for o in range(len(order)):
        person = order[o]
        if dead[2 * person]:
            continue
        seen = trace(
            start,
            trusted,
            step,
            rated_start,
            rater,
            there,
            person,
            distance,
            room,
            flow,
            passed,
            dead,
            onward,
            queue,
            found,
        )
        if found[0] != NOWHERE:
            augment(rated_start, rater, found[0], onward, flow, passed)
            accepted[person] = True
        for q in range(seen):
            onward[queue[q]] = UNSEEN
