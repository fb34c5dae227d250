"""Ranks, and how far two of them agree; NaN (no answer) is a tie at the bottom."""

from typing import Final

import numpy as np

from trustgraph._typing import Bools, Floats, LongInts

__all__ = ["kendall", "levels", "overlap", "places", "spearman", "top"]

SAME: Final = 1e-9
"""Relative difference of scores that counts as none: some of them come from iterations."""


def levels(scores: Floats) -> LongInts:
    """Return the level of each score, from 0 for the lowest; equal scores share one.

    Parameters
    ----------
    scores
        Scores, shape (n,); NaN is lower than all of them.

    Returns
    -------
    ndarray
        Whole numbers without gaps, shape (n,).

    Examples
    --------
    >>> from trustgraph.reputation._ranks import levels
    >>> levels(np.array([0.5, np.nan, 0.1, 0.5])).tolist()
    [2, 0, 1, 2]
    """
    values = np.where(np.isnan(scores), -np.inf, scores)
    order = np.argsort(values, kind="stable")
    low, high = values[order][:-1], values[order][1:]
    size = np.maximum(np.abs(low), np.abs(high))
    with np.errstate(invalid="ignore"):
        rises = (high > low) & ~(high - low <= SAME * np.where(np.isinf(size), 0.0, size))
    found = np.zeros(len(values), np.int64)
    found[order[1:]] = np.cumsum(rises)
    return found


def places(scores: Floats) -> LongInts:
    """Return the rank of each score from 1, the highest; equal scores share the better rank.

    Examples
    --------
    >>> from trustgraph.reputation._ranks import places
    >>> places(np.array([0.5, np.nan, 0.1, 0.5])).tolist()
    [1, 4, 3, 1]
    """
    level = levels(scores)
    higher = np.cumsum(np.bincount(level)[::-1])[::-1]
    return 1 + np.append(higher, 0)[level + 1]


def spearman(one: Floats, other: Floats) -> float:
    """Return Spearman's rank correlation, with mean ranks for ties; NaN if one is constant.

    Examples
    --------
    >>> from trustgraph.reputation._ranks import spearman
    >>> round(spearman(np.array([1.0, 2.0, 3.0]), np.array([1.0, 3.0, 2.0])), 3)
    0.5
    """
    x, y = _mean_ranks(levels(one)), _mean_ranks(levels(other))
    x, y = x - x.mean() if len(x) else x, y - y.mean() if len(y) else y
    spread = float(np.sqrt((x @ x) * (y @ y)))
    return float(np.clip(x @ y / spread, -1.0, 1.0)) if spread > 0 else float("nan")


def kendall(one: Floats, other: Floats) -> float:
    """Return Kendall's tau-b, exact with ties; NaN if one of them is constant.

    Notes
    -----
    Pairs in opposite order are counted by the bits of the levels, O(n log n) like Knight (1966),
    https://doi.org/10.1080/01621459.1966.10480879.

    Examples
    --------
    >>> from trustgraph.reputation._ranks import kendall
    >>> round(kendall(np.array([1.0, 2.0, 3.0]), np.array([1.0, 3.0, 2.0])), 3)
    0.333
    """
    x, y = levels(one), levels(other)
    pairs = len(x) * (len(x) - 1) // 2
    told_x, told_y = pairs - _tied(x), pairs - _tied(y)
    if not told_x or not told_y:
        return float("nan")
    both = _tied(x * (int(y.max()) + 1) + y)
    opposite = _inversions(y[np.lexsort((y, x))])
    excess = pairs - _tied(x) - _tied(y) + both - 2 * opposite
    return float(np.clip(excess / np.sqrt(float(told_x)) / np.sqrt(float(told_y)), -1.0, 1.0))


def top(scores: Floats, k: int) -> Bools:
    """Return who is among the first k; equal ranks are in or out together, in if one of them is.

    Examples
    --------
    >>> from trustgraph.reputation._ranks import top
    >>> top(np.array([0.5, np.nan, 0.1, 0.5]), 1).tolist()
    [True, False, False, True]
    """
    return (places(scores) <= k) & ~np.isnan(scores)


def overlap(one: Floats, other: Floats, k: int) -> float:
    """Return the share of those at the top of either who are at the top of both; NaN if nobody.

    Examples
    --------
    >>> from trustgraph.reputation._ranks import overlap
    >>> round(overlap(np.array([3.0, 2.0, 1.0]), np.array([3.0, 1.0, 2.0]), 2), 3)
    0.333
    """
    first, second = top(one, k), top(other, k)
    either = int((first | second).sum())
    return int((first & second).sum()) / either if either else float("nan")


def _mean_ranks(level: LongInts) -> Floats:
    count = np.bincount(level)
    return (np.cumsum(count) - (count - 1) / 2.0)[level] if len(level) else np.empty(0)


def _tied(level: LongInts) -> int:
    """Return the number of pairs on the same level."""
    _, count = np.unique(level, return_counts=True)
    return int((count * (count - 1) // 2).sum())


def _inversions(level: LongInts) -> int:
    """Return the number of pairs in which the earlier one is on the higher level.

    Such a pair differs first in one bit, and shares all higher ones: for each bit, ones before
    zeros are counted within groups of equal higher bits, which stand together in their order.
    """
    found = 0
    order = level
    for bit in range(int(level.max(initial=0)).bit_length() - 1, -1, -1):
        group = order >> (bit + 1)
        ones = (order >> bit) & 1
        before = np.cumsum(ones) - ones
        start = np.searchsorted(group, group)
        found += int(((before - before[start]) * (1 - ones)).sum())
        order = order[np.argsort(order >> bit, kind="stable")]
    return found
