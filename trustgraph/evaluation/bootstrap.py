"""How far chance could have moved a metric, or the difference of two models."""

from collections.abc import Iterator, Sequence
from statistics import NormalDist
from typing import Final, Literal, TypeAlias

import numpy as np
import pandas as pd

from trustgraph._typing import Floats, LongInts, Seed
from trustgraph.evaluation._counted import bins_of, mean
from trustgraph.evaluation.chances import BINS, calibration_curve
from trustgraph.evaluation.scored import METRICS, Scored
from trustgraph.steps.seed import is_whole

__all__ = [
    "Unit",
    "bootstrap_calibration",
    "bootstrap_difference",
    "bootstrap_metrics",
    "check_level",
    "check_resamples",
    "check_unit",
    "wilson",
]

Unit: TypeAlias = Literal["both", "target", "source", "rating"]

UNITS: Final = ("both", "target", "source", "rating")
AT_ONCE: Final = 2_000_000
"""Counts that are held at a time."""


def bootstrap_metrics(
    scored: Scored,
    names: Sequence[str] = tuple(METRICS),
    *,
    resamples: int = 1000,
    level: float = 0.95,
    unit: Unit = "both",
    seed: Seed = 0,
) -> pd.DataFrame:
    """Return metrics with percentile intervals of the bootstrap.

    Parameters
    ----------
    scored
        Predictions beside what came true.
    names
        Metrics, of `METRICS`.
    resamples
        Number of resamples, at least 1; 0 for no intervals.
    level
        Share of resamples that an interval holds, in (0, 1).
    unit
        What is drawn: people, once as raters and once as rated, and a rating counts as often as
        both of its people together (``"both"``); all ratings of a rated person (``"target"``), or
        of a rater (``"source"``); or each ``"rating"`` by itself. Ratings by one person, and
        ratings of one person, hang together, so all but the first make intervals that are too
        narrow; the first are a little too wide.
    seed
        Of the draws.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``metric``; columns ``value, low, high``; NaN where undefined. With fewer than
        two of what is drawn there is no interval: chance could not have drawn anything else.

    Raises
    ------
    ValueError
        If a metric is not known, or a number is out of range.

    Notes
    -----
    Efron (1979); resamples in which a metric is undefined are left out of its interval. Drawing
    whole persons is the cluster bootstrap of Field & Welsh (2007), drawing both ends of ratings
    the pigeonhole bootstrap of Owen (2007), https://doi.org/10.1214/07-AOAS122.

    Examples
    --------
    >>> from trustgraph.evaluation.bootstrap import bootstrap_metrics
    >>> told = pd.DataFrame({"source": [1, 2, 3], "target": [2, 3, 1], "rating": [1, -1, 1]})
    >>> scored = tg.evaluation.evaluate(told, ["reciprocal"], protocol="leave-one-out")[
    ...     "reciprocal"
    ... ]
    >>> bootstrap_metrics(scored, ["mae"]).round(3).values.tolist()
    [[1.0, 1.0, 1.0]]
    """
    _check_names(names)
    values = np.array([scored.metric(name) for name in names], np.float64)
    draws = _draws([scored], names, resamples=resamples, unit=unit, seed=seed)[0]
    low, high = _ends(draws, level)
    undefined = np.isnan(values)
    low[undefined], high[undefined] = np.nan, np.nan
    index = pd.Index(names, name="metric")
    return pd.DataFrame({"value": values, "low": low, "high": high}, index=index)


def bootstrap_difference(
    one: Scored,
    other: Scored,
    names: Sequence[str] = tuple(METRICS),
    *,
    resamples: int = 1000,
    level: float = 0.95,
    unit: Unit = "both",
    seed: Seed = 0,
) -> pd.DataFrame:
    """Return by how much metrics of one model exceed those of another, on the same ratings.

    Parameters
    ----------
    one, other
        Predictions of the same ratings, in the same order.
    names, resamples, level, unit, seed
        As for `bootstrap_metrics`. Both models are judged on the same resamples.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``metric``; columns ``one, other, difference, low, high`` (one less other, and
        its interval); NaN where undefined.

    Raises
    ------
    ValueError
        If the ratings are not the same, a metric is not known, or a number is out of range.

    Examples
    --------
    >>> from trustgraph.evaluation.bootstrap import bootstrap_difference
    >>> told = pd.DataFrame({"source": [1, 2, 3], "target": [2, 3, 1], "rating": [1, -1, 1]})
    >>> scored = tg.evaluation.evaluate(told, ["reciprocal"], protocol="leave-one-out")[
    ...     "reciprocal"
    ... ]
    >>> bootstrap_difference(scored, scored, ["mae"])["difference"].tolist()
    [0.0]
    """
    _check_names(names)
    if not (
        np.array_equal(one.source, other.source)
        and np.array_equal(one.target, other.target)
        and np.array_equal(one.rating, other.rating)
    ):
        message = (
            f"the models were judged on different ratings ({len(one)} and {len(other)}); evaluate "
            "them together, or with the same protocol, sample and seed"
        )
        raise ValueError(message)
    first = np.array([one.metric(name) for name in names], np.float64)
    second = np.array([other.metric(name) for name in names], np.float64)
    draws = _draws([one, other], names, resamples=resamples, unit=unit, seed=seed)
    low, high = _ends(draws[0] - draws[1], level)
    undefined = np.isnan(first - second)
    low[undefined], high[undefined] = np.nan, np.nan
    columns = {"one": first, "other": second, "difference": first - second}
    index = pd.Index(names, name="metric")
    return pd.DataFrame({**columns, "low": low, "high": high}, index=index)


def bootstrap_calibration(
    scored: Scored,
    bins: int = BINS,
    *,
    resamples: int = 1000,
    level: float = 0.95,
    unit: Unit = "both",
    seed: Seed = 0,
) -> pd.DataFrame:
    """Return how often ratings were positive beside the predicted chance, with intervals.

    Parameters
    ----------
    scored
        Predictions beside what came true.
    bins
        Number of equal parts of [0, 1], at least 1.
    resamples, level, unit, seed
        As for `bootstrap_metrics`.

    Returns
    -------
    pandas.DataFrame
        What `calibration_curve` returns, and the ends ``share_low`` and ``share_high`` of an
        interval of each share, NaN where there are no ratings, or fewer than two of what is drawn
        in all.

    Raises
    ------
    ValueError
        If a number is out of range.

    Notes
    -----
    Where all ratings of a part are of one kind every resample says the same, as if a few ratings
    made that certain; there the ends are those of the score interval of Wilson (1927),
    https://doi.org/10.1080/01621459.1927.10502953, unless those of the bootstrap are wider.

    Examples
    --------
    >>> from trustgraph.evaluation.bootstrap import bootstrap_calibration
    >>> told = pd.DataFrame({"source": [1, 2, 3], "target": [2, 3, 1], "rating": [1, -1, 1]})
    >>> scored = tg.evaluation.evaluate(told, ["mean"], protocol="leave-one-out")["mean"]
    >>> bootstrap_calibration(scored, 1)[["share", "share_low", "share_high"]].round(2)
         share  share_low  share_high
    bin
    0     0.67        0.0         1.0
    """
    curve = calibration_curve(scored.positive, scored.probability, bins=bins)
    place = bins_of(scored.probability, bins)
    positive = scored.positive.astype(np.float64)
    draws = [np.zeros((0, bins))]
    rng = np.random.default_rng(seed)
    for counts in _resamples(scored, check_resamples(resamples), unit, rng):
        parts = [counts[:, place == one] for one in range(bins)]
        shares = [mean(positive[place == one], part) for one, part in enumerate(parts)]
        draws.append(np.stack(shares, axis=1))
    low, high = _ends(np.concatenate(draws), level)
    share, n = curve["share"].to_numpy(), curve["n"].to_numpy()
    certain = ((share == 0) | (share == 1)) & ~np.isnan(low)
    below, above = wilson(share[certain], n[certain], level)
    low[certain] = np.minimum(low[certain], below)
    high[certain] = np.maximum(high[certain], above)
    return curve.assign(share_low=low, share_high=high)


def check_resamples(resamples: int) -> int:
    """Return a number of resamples; raise a `ValueError` if it is none."""
    if not is_whole(resamples) or resamples < 0:
        message = f"resamples is {resamples!r}; give a whole number from 0 (no intervals)"
        raise ValueError(message)
    return resamples


def check_unit(unit: str) -> str:
    """Return what a bootstrap draws; raise a `ValueError` if it is nothing of the kind."""
    if unit not in UNITS:
        message = f"unit is {unit!r}; name one of {', '.join(UNITS)}"
        raise ValueError(message)
    return unit


def check_level(level: float) -> float:
    """Return a share of resamples; raise a `ValueError` if it is none."""
    if not 0 < level < 1:
        message = f"level is {level!r}; give a share between 0 and 1, for instance 0.95"
        raise ValueError(message)
    return float(level)


def _check_names(names: Sequence[str]) -> None:
    if unknown := [name for name in names if name not in METRICS]:
        message = f"there is no metric {unknown[0]!r}; name some of {', '.join(METRICS)}"
        raise ValueError(message)


def _draws(
    models: Sequence[Scored], names: Sequence[str], *, resamples: int, unit: Unit, seed: Seed
) -> Floats:
    """Return metrics of resamples, shape (models, resamples, metrics)."""
    found = np.full((len(models), check_resamples(resamples), len(names)), np.nan)
    row = 0
    for counts in _resamples(models[0], resamples, unit, np.random.default_rng(seed)):
        for place, scored in enumerate(models):
            for column, name in enumerate(names):
                found[place, row : row + len(counts), column] = scored.resampled(name, counts)
        row += len(counts)
    return found


def _resamples(
    scored: Scored, resamples: int, unit: Unit, rng: np.random.Generator
) -> Iterator[Floats]:
    """Yield how often each rating counts, in blocks of resamples."""
    if not len(scored):
        return
    drawn = _drawn_from(scored, unit)
    if all(not group.any() for group in drawn):
        return
    block = max(1, AT_ONCE // len(scored))
    for start in range(0, resamples, block):
        rows = min(block, resamples - start)
        counts = np.ones((rows, len(scored)))
        for group in drawn:
            counts *= _counts(group, rows, rng)
        yield counts


def _counts(group: LongInts, rows: int, rng: np.random.Generator) -> Floats:
    """Return how often the group of each rating is drawn, shape (rows, number of ratings)."""
    groups = int(group.max()) + 1
    drawn = rng.integers(groups, size=(rows, groups)) + np.arange(rows)[:, None] * groups
    counts = np.bincount(drawn.ravel(), minlength=rows * groups).reshape(rows, groups)
    return counts[:, group].astype(np.float64)


def _drawn_from(scored: Scored, unit: Unit) -> list[LongInts]:
    """Return the number of what is drawn for each rating; twice where both of its people are."""
    if check_unit(unit) == "rating":
        return [np.arange(len(scored))]
    ends = {"target": scored.target, "source": scored.source}
    return [np.unique(ends[end], return_inverse=True)[1] for end in ends if unit in (end, "both")]


def wilson(share: Floats, n: LongInts, level: float) -> tuple[Floats, Floats]:
    """Return both ends of Wilson's score interval of shares.

    Parameters
    ----------
    share
        Shares in [0, 1], shape (m,).
    n
        Of how many, at least 1, shape (m,).
    level
        Share that the interval holds, in (0, 1).

    Returns
    -------
    tuple of ndarray
        Ends in [0, 1], shape (m,) each.

    Examples
    --------
    >>> from trustgraph.evaluation.bootstrap import wilson
    >>> [end.round(2).tolist() for end in wilson(np.array([0.5]), np.array([10]), 0.95)]
    [[0.24], [0.76]]
    """
    z2 = NormalDist().inv_cdf((1 + level) / 2) ** 2
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = np.sqrt(z2 * share * (1 - share) / n + z2**2 / (4 * n**2)) / (1 + z2 / n)
    return np.clip(middle - half, 0, 1), np.clip(middle + half, 0, 1)


def _ends(draws: Floats, level: float) -> tuple[Floats, Floats]:
    """Return both ends of the interval in each column; NaN where nothing is defined."""
    rest = (1 - check_level(level)) / 2
    ends = np.full((2, draws.shape[1]), np.nan)
    for column in range(draws.shape[1]):
        defined = draws[~np.isnan(draws[:, column]), column]
        if len(defined):
            ends[:, column] = np.quantile(defined, [rest, 1 - rest])
    return ends[0], ends[1]
