"""The order of rows of paths: by score, equal scores by fewer intermediaries, then by numbers.

Complexity: O(r log r) for r rows, O(g^1.3) for a group of g equal scores.
"""

import numpy as np

from trustgraph._typing import Floats, LongInts, Number
from trustgraph.engine.kbest import FIRST, LENGTH, RANK, TARGET, TIE


def precedes(
    rows: LongInts,
    one: Number,
    other: Number,
) -> bool:
    """Whether one row stands before another row of the same score."""
    if rows[one, LENGTH] != rows[other, LENGTH]:
        return bool(rows[one, LENGTH] < rows[other, LENGTH])
    for i in range(FIRST, FIRST + rows[one, LENGTH]):
        if rows[one, i] != rows[other, i]:
            return bool(rows[one, i] < rows[other, i])
    return bool(rows[one, TARGET] < rows[other, TARGET])


def settle(
    rows: LongInts,
    places: LongInts,
    first: int,
    last: int,
) -> None:
    """Sort the places from first to last, rows of the same score, by shell sort."""
    gap = (last - first) // 2
    while gap > 0:
        for i in range(first + gap, last):
            row = places[i]
            at = i
            while at >= first + gap and precedes(rows, row, places[at - gap]):
                places[at] = places[at - gap]
                at -= gap
            places[at] = row
        gap //= 2


def ranked(
    scores: Floats,
) -> LongInts:
    """Return the ranks of falling scores, from 1.

    Scores that are equal, within the tolerance, to the first of their group share its rank.
    """
    ranks = np.empty(len(scores), np.int64)
    first = 0
    for i in range(len(scores)):
        if scores[i] < scores[first] * (1.0 - TIE):
            first = i
        ranks[i] = first + 1
    return ranks


def ordered(
    rows: LongInts,
    scores: Floats,
    k: int,
) -> tuple[LongInts, Floats]:
    """Return the first k rows in order, with their ranks from 1, and their scores."""
    places = np.argsort(-scores, kind="mergesort")
    ranks = ranked(scores[places])
    first = 0
    for i in range(1, len(places) + 1):
        if i == len(places) or ranks[i] != ranks[first]:
            settle(rows, places, first, i)
            for at in range(first, i):
                rows[places[at], RANK] = ranks[first]
            first = i
    places = places[:k]
    return rows[places], scores[places]
