"""Metrics of ratings that count more than once: a row of counts is a resample.

Each function takes arrays of one number a rating, shape (m,), and counts, shape (b, m); it returns
the metric of each row, shape (b,), NaN where that is undefined.
"""

from typing import Final

import numpy as np

from trustgraph._typing import Bools, Floats, LongInts

__all__ = ["auc", "bins_of", "ece", "log_losses", "mean", "pcc", "rmse", "share", "spearman"]

SURE: Final = 1e-15
"""Chances are kept this far from 0 and 1, where the logarithm has no value."""
NOTHING: Final = 1e-12
"""Share of the mean square under which a variance is rounding."""


def mean(numbers: Floats, counts: Floats) -> Floats:
    """Return means."""
    return share(_sums(counts, numbers), counts.sum(axis=1))


def rmse(rating: Floats, value: Floats, counts: Floats) -> Floats:
    """Return roots of mean squared errors."""
    return np.sqrt(mean((rating - value) ** 2, counts))


def pcc(one: Floats, other: Floats, counts: Floats) -> Floats:
    """Return correlations of Pearson."""
    if not len(one):
        return np.full(len(counts), np.nan)
    # Numbers near their mean keep the digits that differences of large sums would lose.
    one, other = one - one.mean(), other - other.mean()
    x, y, xx, yy, xy = (
        mean(moment, counts) for moment in (one, other, one * one, other * other, one * other)
    )
    spread_x, spread_y = xx - x * x, yy - y * y
    defined = (spread_x > NOTHING * xx) & (spread_y > NOTHING * yy)
    found = np.full(len(counts), np.nan)
    found[defined] = (xy - x * y)[defined] / np.sqrt(spread_x[defined] * spread_y[defined])
    return np.asarray(np.clip(found, -1.0, 1.0), np.float64)


def spearman(one: Floats, other: Floats, counts: Floats) -> Floats:
    """Return correlations of ranks; O(m) a resample after sorting once."""
    ones, first = np.unique(one, return_inverse=True)
    others, second = np.unique(other, return_inverse=True)
    found = np.empty(len(counts))
    for row, count in enumerate(counts):
        ranks = _ranks(first, count, len(ones)), _ranks(second, count, len(others))
        found[row] = pcc(ranks[0][first], ranks[1][second], count[None])[0]
    return found


def auc(positive: Bools, value: Floats, counts: Floats) -> Floats:
    """Return chances that a positive one is higher; O(m) a resample after sorting once."""
    values, group = np.unique(value, return_inverse=True)
    found = np.empty(len(counts))
    for row, count in enumerate(counts):
        good = np.bincount(group, count * positive, len(values))
        bad = np.bincount(group, count, len(values)) - good
        pairs = good.sum() * bad.sum()
        higher = (good * (np.cumsum(bad) - bad / 2)).sum()
        found[row] = higher / pairs if pairs else np.nan
    return found


def log_losses(positive: Bools, chance: Floats) -> Floats:
    """Return -ln(chance given to what came true) of each rating, shape (m,)."""
    chance = np.clip(chance, SURE, 1 - SURE)
    losses: Floats = -np.log(np.where(positive, chance, 1 - chance))
    return losses


def ece(positive: Bools, chance: Floats, counts: Floats, bins: int) -> Floats:
    """Return expected calibration errors."""
    place, apart = bins_of(chance, bins), chance - positive
    total = np.zeros(len(counts))
    for one in range(bins):
        there = place == one
        total += np.abs(_sums(counts[:, there], apart[there]))
    return share(total, counts.sum(axis=1))


def bins_of(chance: Floats, bins: int) -> LongInts:
    """Return the number of the part of [0, 1] that each chance lies in."""
    place: LongInts = np.minimum((chance * bins).astype(np.int64), bins - 1)
    return place


def share(part: Floats, whole: Floats) -> Floats:
    """Return part / whole; NaN where the whole is 0."""
    whole = np.broadcast_to(whole, part.shape)
    shares = np.full(part.shape, np.nan)
    np.divide(part, whole, out=shares, where=whole > 0)
    return shares


def _sums(counts: Floats, numbers: Floats) -> Floats:
    """Return the sum of each row, without BLAS: its threads make the last digit differ."""
    sums: Floats = np.einsum("bm,m->b", counts, numbers)
    return sums


def _ranks(group: LongInts, count: Floats, groups: int) -> Floats:
    """Return the mean rank of each group of equal numbers."""
    n = np.bincount(group, count, groups)
    ranks: Floats = np.cumsum(n) - (n - 1) / 2
    return ranks
