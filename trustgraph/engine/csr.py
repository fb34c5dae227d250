"""Steps by person, by counting: no comparison is made.

Steps by person (CSR) are held as ``start`` of shape (n + 1,), where each person's steps begin, and
one word a step: the other person in the upper half, the edge that the step stands on in the lower
one. To move one word costs half of moving two numbers, for it is the access that costs. Each sort
is stable. Complexity: O(n + m) for n people and m steps.
"""

import numpy as np

from trustgraph._typing import Ints, LongInts

__all__ = ["group", "turn"]

HALF = 32
LOWER = 0xFFFFFFFF


def group(key: Ints, other: Ints, start: LongInts, steps: LongInts) -> None:
    """Sort edges by one end.

    ``start``, zeros of shape (n + 1,), and ``steps`` of shape (m,) become the steps by ``key``;
    the edge of a step is its place in ``key`` and ``other``.
    """
    n = len(start) - 1
    for k in range(len(key)):
        start[key[k] + 1] += 1
    for i in range(n):
        start[i + 1] += start[i]
    free = start[:-1].copy()
    for k in range(len(key)):
        put = free[key[k]]
        free[key[k]] = put + 1
        steps[put] = (np.int64(other[k]) << HALF) | k


def turn(
    start: LongInts, steps: LongInts, turned_start: LongInts, turned: LongInts, place: Ints
) -> None:
    """Sort steps by the other person; within these they stand in the order of the first one.

    ``turned_start``, zeros of shape (n + 1,), and ``turned`` of shape (m,) become the steps by
    the other person; ``place[k]`` becomes the number that step k has among them.
    """
    n = len(start) - 1
    for k in range(len(steps)):
        turned_start[(steps[k] >> HALF) + 1] += 1
    for i in range(n):
        turned_start[i + 1] += turned_start[i]
    free = turned_start[:-1].copy()
    for i in range(n):
        for k in range(start[i], start[i + 1]):
            other = steps[k] >> HALF
            put = free[other]
            free[other] = put + 1
            turned[put] = (np.int64(i) << HALF) | (steps[k] & LOWER)
            place[k] = put
