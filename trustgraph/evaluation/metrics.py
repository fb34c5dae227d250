"""How far predictions of ratings are from what came true."""

from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from trustgraph._typing import Bools, Floats
from trustgraph.evaluation import _counted as counted
from trustgraph.evaluation._given import number_pairs, of_all

__all__ = [
    "auc",
    "inside",
    "interval_coverage",
    "interval_width",
    "mae",
    "pcc",
    "positive_ratings",
    "rmse",
    "spearman",
]

Numbers: TypeAlias = npt.ArrayLike

ROUNDING: Final = 1e-12


def rmse(rating: Numbers, value: Numbers) -> float:
    """Return the root of the mean squared error.

    Parameters
    ----------
    rating
        What came true, shape (m,).
    value
        What was predicted, shape (m,).

    Returns
    -------
    float
        At least 0; NaN where there are no ratings.

    Raises
    ------
    ValueError
        If lengths differ, or a number is not finite.

    Examples
    --------
    >>> tg.evaluation.rmse([0.0, 1.0], [0.0, 0.0]) ** 2
    0.5000000000000001
    """
    rating, value = number_pairs(rating, value)
    return of_all(counted.rmse, rating, value)


def mae(rating: Numbers, value: Numbers) -> float:
    """Return the mean absolute error.

    Parameters
    ----------
    rating, value
        As for `rmse`.

    Returns
    -------
    float
        At least 0; NaN where there are no ratings.

    Raises
    ------
    ValueError
        If lengths differ, or a number is not finite.

    Examples
    --------
    >>> tg.evaluation.mae([0.0, 1.0], [0.0, 0.5])
    0.25
    """
    rating, value = number_pairs(rating, value)
    return of_all(counted.mean, np.abs(rating - value))


def pcc(rating: Numbers, value: Numbers) -> float:
    """Return the correlation of Pearson.

    Parameters
    ----------
    rating, value
        As for `rmse`.

    Returns
    -------
    float
        In [-1, 1]; NaN, undefined, where one side is the same everywhere.

    Raises
    ------
    ValueError
        If lengths differ, or a number is not finite.

    Examples
    --------
    >>> tg.evaluation.pcc([0.0, 1.0, 2.0], [0.0, 2.0, 4.0]), tg.evaluation.pcc([0, 1], [3, 3])
    (1.0, nan)
    """
    rating, value = number_pairs(rating, value)
    return of_all(counted.pcc, rating, value)


def spearman(rating: Numbers, value: Numbers) -> float:
    """Return the rank correlation of Spearman; equal numbers share their mean rank.

    Parameters
    ----------
    rating, value
        As for `rmse`.

    Returns
    -------
    float
        In [-1, 1]; NaN, undefined, where one side is the same everywhere.

    Raises
    ------
    ValueError
        If lengths differ, or a number is not finite.

    Examples
    --------
    >>> tg.evaluation.spearman([0.0, 1.0, 2.0], [0.0, 0.1, 7.0])
    1.0
    """
    rating, value = number_pairs(rating, value)
    return of_all(counted.spearman, rating, value)


def auc(positive: npt.ArrayLike, value: Numbers) -> float:
    """Return the chance that a positive rating was predicted higher than one that is not.

    Parameters
    ----------
    positive
        Whether each rating is positive (`positive_ratings`), shape (m,).
    value
        As for `rmse`.

    Returns
    -------
    float
        In [0, 1], equal predictions count a half; NaN, undefined, where all ratings are of one
        kind.

    Raises
    ------
    ValueError
        If lengths differ, or a number is not finite.

    Examples
    --------
    >>> tg.evaluation.auc([True, False, False], [0.5, 0.5, 0.1])
    0.75
    """
    sign, value = number_pairs(np.asarray(positive, bool), value)
    return of_all(counted.auc, sign > 0, value)


def interval_coverage(rating: Numbers, low: Numbers, high: Numbers) -> float:
    """Return the share of ratings that lie in their intervals, ends included.

    Parameters
    ----------
    rating
        What came true, shape (m,).
    low, high
        Ends of the intervals, shape (m,).

    Returns
    -------
    float
        In [0, 1]; NaN where there are no ratings.

    Raises
    ------
    ValueError
        If lengths differ, or a number is not finite.

    Examples
    --------
    >>> tg.evaluation.interval_coverage([0.0, 1.0], [0.0, 0.0], [0.5, 0.5])
    0.5
    """
    rating, low = number_pairs(rating, low)
    rating, high = number_pairs(rating, high)
    return of_all(counted.mean, inside(rating, low, high).astype(np.float64))


def interval_width(low: Numbers, high: Numbers) -> float:
    """Return the mean width of intervals.

    Parameters
    ----------
    low, high
        Ends of the intervals, shape (m,).

    Returns
    -------
    float
        At least 0; NaN where there are no intervals.

    Raises
    ------
    ValueError
        If lengths differ, a number is not finite, or an interval ends before it begins.

    Examples
    --------
    >>> tg.evaluation.interval_width([0.0, 0.0], [0.5, 1.0])
    0.75
    """
    low, high = number_pairs(low, high)
    crossed = np.flatnonzero(low > high + ROUNDING)
    if len(crossed):
        row = int(crossed[0])
        message = (
            f"{len(crossed)} intervals end before they begin (place {row}: {low[row]:g} to "
            f"{high[row]:g}); give low before high"
        )
        raise ValueError(message)
    return of_all(counted.mean, high - low)


def positive_ratings(rating: Numbers) -> Bools:
    """Return which ratings count as positive.

    Parameters
    ----------
    rating
        Ratings, shape (m,).

    Returns
    -------
    ndarray
        Truth values, shape (m,). Where some rating is negative: those above 0. Else those from
        the one of the given ratings on that splits all of them the nearest to halves.

    Raises
    ------
    ValueError
        If a rating is not finite.

    Examples
    --------
    >>> tg.evaluation.positive_ratings([-0.1, 0.1]).tolist()
    [False, True]
    >>> tg.evaluation.positive_ratings([0.2, 0.4, 1.0, 1.0]).tolist()
    [False, False, True, True]
    """
    rating, _ = number_pairs(rating, rating)
    if not len(rating) or rating.min() < 0:
        return np.asarray(rating > 0)
    values, n = np.unique(rating, return_counts=True)
    from_here = np.cumsum(n[::-1])[::-1] / len(rating)
    cut = values[int(np.argmin(np.abs(from_here - 0.5)))]
    high: Bools = rating >= cut
    return high


def inside(rating: Floats, low: Floats, high: Floats) -> Bools:
    """Return which ratings lie in their intervals; an end may miss its rating by rounding."""
    within: Bools = (low - ROUNDING <= rating) & (rating <= high + ROUNDING)
    return within
