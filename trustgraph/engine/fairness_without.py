"""Fairness and goodness without each of some ratings, several questions in one pass.

A pass over the ratings serves a whole block of questions, whose numbers for a person lie together:
it costs little more than a pass for one. All have the same ratings but for the one that each
leaves out, and of that only two people learn at first hand.
"""

import numpy as np

from trustgraph._typing import Floats, Ints, LongInts, Number

__all__ = ["BLOCK", "without_each"]

BLOCK = 16
"""Questions that share a pass."""


def mean_rating(
    rated: Number,
    rater: Number,
    start: LongInts,
    raters: Ints,
    ratings: Floats,
    fairness: Floats,
    unrated: float,
) -> float:
    """Return the goodness of a person without one rater. Complexity: O(ratings received)."""
    others = start[rated + 1] - start[rated] - 1
    total = 0.0
    for k in range(start[rated], start[rated + 1]):
        if raters[k] != rater:
            total += fairness[raters[k]] * ratings[k]
    return total / others if others > 0 else unrated


def mean_distance(
    rater: Number,
    rated: Number,
    start: LongInts,
    people: Ints,
    ratings: Floats,
    goodness: Floats,
    unproven: float,
) -> float:
    """Return the fairness of a person without one rating. Complexity: O(ratings given)."""
    others = start[rater + 1] - start[rater] - 1
    total = 0.0
    for k in range(start[rater], start[rater + 1]):
        if people[k] != rated:
            total += abs(ratings[k] - goodness[people[k]])
    return 1.0 - 0.5 * total / others if others > 0 else unproven


def without_each(
    rater: Ints,
    rated: Ints,
    out_start: LongInts,
    out_person: Ints,
    out_rating: Floats,
    in_start: LongInts,
    in_person: Ints,
    in_rating: Floats,
    fairness: Floats,
    goodness: Floats,
    unproven: float,
    unrated: float,
    tolerance: float,
    most_rounds: int,
    fairness_found: Floats,
    goodness_found: Floats,
) -> float:
    """Solve without the rating of each ``rated`` by its ``rater``; return the worst last change.

    Ratings given by person i stand at ``out_start[i]`` to ``out_start[i + 1]``, ratings received
    likewise; ``fairness`` and ``goodness`` are those with all ratings. The last change is at most
    ``tolerance``, but for those who need more than ``most_rounds``. O(n + m) a question and round.
    """
    n = len(fairness)
    f, g = np.empty((n, BLOCK)), np.empty((n, BLOCK))
    total = np.empty(BLOCK)
    worst = 0.0
    for first in range(0, len(rater), BLOCK):
        wide = min(BLOCK, len(rater) - first)
        for x in range(n):
            for b in range(BLOCK):
                f[x, b] = fairness[x]
                g[x, b] = goodness[x]
        for b in range(wide):
            u, v = rater[first + b], rated[first + b]
            f[u, b] = mean_distance(u, v, out_start, out_person, out_rating, g[:, b], unproven)
        change = np.inf
        rounds = 0
        while change > tolerance and rounds < most_rounds:
            rounds += 1
            change = 0.0
            for x in range(n):
                received = in_start[x + 1] - in_start[x]
                if received == 0:
                    continue
                for b in range(BLOCK):
                    total[b] = 0.0
                for k in range(in_start[x], in_start[x + 1]):
                    y, rating = in_person[k], in_rating[k]
                    for b in range(BLOCK):
                        total[b] += f[y, b] * rating
                for b in range(BLOCK):
                    total[b] /= received
                for b in range(wide):
                    if rated[first + b] == x:
                        u = rater[first + b]
                        fair = f[:, b]
                        total[b] = mean_rating(x, u, in_start, in_person, in_rating, fair, unrated)
                for b in range(wide):
                    change = max(change, abs(total[b] - g[x, b]))
                for b in range(BLOCK):
                    g[x, b] = total[b]
            for x in range(n):
                given = out_start[x + 1] - out_start[x]
                if given == 0:
                    continue
                for b in range(BLOCK):
                    total[b] = 0.0
                for k in range(out_start[x], out_start[x + 1]):
                    y, rating = out_person[k], out_rating[k]
                    for b in range(BLOCK):
                        total[b] += abs(rating - g[y, b])
                for b in range(BLOCK):
                    f[x, b] = 1.0 - 0.5 * total[b] / given
            for b in range(wide):
                u, v = rater[first + b], rated[first + b]
                f[u, b] = mean_distance(u, v, out_start, out_person, out_rating, g[:, b], unproven)
        worst = max(worst, change)
        for b in range(wide):
            fairness_found[first + b] = min(max(f[rater[first + b], b], 0.0), 1.0)
            goodness_found[first + b] = min(max(g[rated[first + b], b], -1.0), 1.0)
    return worst
