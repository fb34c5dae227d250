"""Ratings estimated by what is learned anew: without each, or from what came before it."""

import os
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import numpy as np

from trustgraph._typing import Floats, LongInts
from trustgraph.engine import inference
from trustgraph.graph.ratings import Ratings
from trustgraph.reputation.inference import Ledger, Lines
from trustgraph.reputation.inference_options import Components

__all__ = ["anew_operations", "leave_one_out", "through_time"]

PER_RATING: Final = 9
"""What a rating costs beside its common raters, in common raters."""
SQUARE: Final = inference.WIDTH + 2
BLOCK: Final = 256
"""Ratings for which one thread learns anew before it takes more."""


def leave_one_out(
    ratings: Ratings,
    options: Components,
    *,
    rows: LongInts | None = None,
    threads: int | None = None,
) -> Floats:
    """Return the estimate of each rating by what is learned anew from all others.

    Parameters
    ----------
    ratings
        The ratings.
    options
        Which components to use, and how.
    rows
        Places of those to estimate; default: all.
    threads
        How many share the work; default: one a processor. The numbers do not depend on it.

    Returns
    -------
    ndarray
        One estimate a row.
    """
    wanted = np.arange(ratings.m) if rows is None else np.asarray(rows, np.int64)
    ledger = Ledger(ratings, options, refits=max(len(wanted), 1))
    place = _places(ledger)[wanted]
    estimate, _ = _anew(ledger, place, _ends_without(ledger, place), threads, leaves_out=True)
    return estimate


def anew_operations(ratings: Ratings, options: Components) -> float:
    """Return about how many operations it takes to learn anew for every rating.

    Parameters
    ----------
    ratings
        The ratings.
    options
        Which components to use, and how.

    Returns
    -------
    float
        Of some ten nanoseconds each, compiled.
    """
    ledger = Ledger(ratings, options, refits=max(ratings.m, 1))
    return float(ratings.m) * (PER_RATING * ratings.m + len(ledger.pairs.first))


def through_time(
    ratings: Ratings, options: Components, first: int, *, threads: int | None = None
) -> tuple[Floats, Floats]:
    """Return the estimate of each rating by what is learned anew from those strictly before it.

    Parameters
    ----------
    ratings
        The ratings from the oldest to the newest, each with its time.
    options
        Which components to use, and how.
    first
        Number of ratings to begin with that are not estimated.
    threads
        As for `leave_one_out`.

    Returns
    -------
    estimate : ndarray
        One a row from the first on.
    described : ndarray
        What was known of each, one row of the columns of the engine.

    Raises
    ------
    ValueError
        If a rating has no time, or comes before the one above it.
    """
    if ratings.time is None or not (np.diff(ratings.time) >= 0).all():
        message = "ratings must have times and stand from the oldest to the newest; sort them"
        raise ValueError(message)
    moment = np.cumsum(np.append(True, np.diff(ratings.time) > 0))[: ratings.m]
    turn = np.asarray(moment, np.int64)
    ledger = Ledger(ratings, options, refits=max(ratings.m - first, 1), turn=turn)
    before = np.searchsorted(turn, turn[first:])  # so many ratings are known at each
    low = np.append(0.0, np.minimum.accumulate(ratings.rating))
    high = np.append(0.0, np.maximum.accumulate(ratings.rating))
    ends = low[before], high[before]
    return _anew(ledger, _places(ledger)[first:], ends, threads, leaves_out=False)


def _anew(
    ledger: Ledger,
    wanted: LongInts,
    ends: tuple[Floats, Floats],
    threads: int | None,
    *,
    leaves_out: bool,
) -> tuple[Floats, Floats]:
    """Learn anew for each rating wanted; return its estimate, and what was known of it."""
    blocks = [slice(k, k + BLOCK) for k in range(0, len(wanted), BLOCK)]
    estimate, described = np.zeros(len(wanted)), np.zeros((len(wanted), inference.WIDTH))

    def work(block: slice) -> None:
        rows, sums = described[block], np.zeros((len(wanted[block]), SQUARE, SQUARE))
        pairs = ledger.pairs
        ledger.kernels.describe_each(
            wanted[block],
            leaves_out,
            ledger.source,
            ledger.target,
            ledger.rating,
            ledger.turn,
            pairs.answer,
            pairs.start,
            pairs.first,
            pairs.second,
            pairs.own,
            *ledger.priors,
            *ledger.rounds,
            np.zeros((ledger.n, 2)),
            np.zeros((ledger.n, 3)),
            np.zeros((3, ledger.m)),
            np.zeros((ledger.m, inference.WIDTH)),
            sums,
            rows,
        )
        lines = Lines.fit(sums, ledger.options)
        found = lines.mean + lines.parts(rows).sum(axis=1)
        estimate[block] = np.clip(found, ends[0][block], ends[1][block])

    with ThreadPoolExecutor(threads or os.cpu_count() or 1) as pool:
        list(pool.map(work, blocks))
    return estimate, described


def _places(ledger: Ledger) -> LongInts:
    """Return where each rating, in the order given, stands in the ledger."""
    place = np.empty(ledger.m, np.int64)
    place[ledger.order] = np.arange(ledger.m)
    return place


def _ends_without(ledger: Ledger, wanted: LongInts) -> tuple[Floats, Floats]:
    """Return the smallest and the largest of the other ratings, 0 where there are none."""
    own = ledger.rating[wanted]
    if ledger.m <= 1:
        return np.zeros(len(wanted)), np.zeros(len(wanted))
    ranked = np.sort(ledger.rating)
    low, high = ranked[:2], ranked[-2:]
    return np.where(own == low[0], low[1], low[0]), np.where(own == high[1], high[0], high[1])
