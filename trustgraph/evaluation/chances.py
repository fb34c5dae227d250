"""How far predicted chances that a rating is positive are from what came true."""

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from trustgraph._typing import Floats, LongInts
from trustgraph.evaluation import _counted as counted
from trustgraph.evaluation._given import checked_chances, of_all
from trustgraph.steps.seed import is_whole

__all__ = ["BINS", "brier", "calibration_curve", "ece", "log_loss"]

BINS: Final = 10


def brier(positive: npt.ArrayLike, probability: npt.ArrayLike) -> float:
    """Return the mean squared error of chances (Brier 1950).

    Parameters
    ----------
    positive
        Whether each rating is positive (`positive_ratings`), shape (m,).
    probability
        Predicted chance of that, in [0, 1], shape (m,).

    Returns
    -------
    float
        In [0, 1]; NaN where there are no ratings.

    Raises
    ------
    ValueError
        If lengths differ, or a chance lies outside [0, 1].

    Examples
    --------
    >>> tg.evaluation.brier([True, False], [1.0, 0.5])
    0.125
    """
    sign, chance = checked_chances(positive, probability)
    return of_all(counted.mean, (chance - sign) ** 2)


def log_loss(positive: npt.ArrayLike, probability: npt.ArrayLike) -> float:
    """Return the mean of -ln(chance given to what came true).

    Parameters
    ----------
    positive, probability
        As for `brier`; chances are kept 1e-15 away from 0 and 1.

    Returns
    -------
    float
        At least 0, in nats; NaN where there are no ratings.

    Raises
    ------
    ValueError
        If lengths differ, or a chance lies outside [0, 1].

    Examples
    --------
    >>> round(tg.evaluation.log_loss([True, False], [0.5, 0.5]), 3)
    0.693
    """
    sign, chance = checked_chances(positive, probability)
    return of_all(counted.mean, counted.log_losses(sign, chance))


def ece(positive: npt.ArrayLike, probability: npt.ArrayLike, *, bins: int = BINS) -> float:
    r"""Return the expected calibration error: how far chances are from shares, on average.

    Parameters
    ----------
    positive, probability
        As for `brier`.
    bins
        Number of equal parts of [0, 1] that ratings are put into by their chance, at least 1.

    Returns
    -------
    float
        Mean of \|mean chance - share of positive ratings\| over the parts, weighted by their
        ratings; in [0, 1]; NaN where there are no ratings.

    Raises
    ------
    ValueError
        If lengths differ, a chance lies outside [0, 1], or there are no bins.

    Examples
    --------
    >>> round(tg.evaluation.ece([True, False, False, False], [0.35, 0.35, 0.35, 0.35]), 3)
    0.1
    """
    sign, chance = checked_chances(positive, probability)
    _checked_bins(bins)
    return float(counted.ece(sign, chance, np.ones((1, len(chance))), bins)[0])


def calibration_curve(
    positive: npt.ArrayLike, probability: npt.ArrayLike, *, bins: int = BINS
) -> pd.DataFrame:
    """Return how often ratings were positive beside the chance that was predicted.

    Parameters
    ----------
    positive, probability
        As for `brier`.
    bins
        Number of equal parts of [0, 1], at least 1.

    Returns
    -------
    pandas.DataFrame
        One row a part, indexed by ``bin`` from 0: ``low, high`` (its ends), ``n`` (ratings in
        it), ``probability`` (their mean chance) and ``share`` (of positive ones); NaN in the
        last two where there are none.

    Raises
    ------
    ValueError
        If lengths differ, a chance lies outside [0, 1], or there are no bins.

    Examples
    --------
    >>> tg.evaluation.calibration_curve([True, False], [0.8, 0.6], bins=2)
         low  high  n  probability  share
    bin
    0    0.0   0.5  0          NaN    NaN
    1    0.5   1.0  2          0.7    0.5
    """
    sign, chance = checked_chances(positive, probability)
    place = counted.bins_of(chance, _checked_bins(bins))
    n = np.bincount(place, minlength=bins)
    edges = np.linspace(0, 1, bins + 1)
    columns = {
        "low": edges[:-1],
        "high": edges[1:],
        "n": n,
        "probability": _means_of(place, chance, n),
        "share": _means_of(place, sign.astype(np.float64), n),
    }
    return pd.DataFrame(columns, index=pd.RangeIndex(bins, name="bin"))


def _checked_bins(bins: int) -> int:
    """Return a number of bins; raise a `ValueError` if it is none."""
    if not is_whole(bins) or bins < 1:
        message = f"bins is {bins!r}; give a whole number from 1"
        raise ValueError(message)
    return bins


def _means_of(place: LongInts, numbers: Floats, n: LongInts) -> Floats:
    """Return the mean of the numbers in each place."""
    sums = np.bincount(place, numbers, len(n)).astype(np.float64)
    return counted.share(sums, n.astype(np.float64))
