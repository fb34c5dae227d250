"""Fairness of those who rate and goodness of those who are rated, and both without one rating.

The goodness of a person is the mean of the ratings received, each times the fairness of who gave
it; the fairness of a person is 1 less half the mean distance of the ratings given from the
goodness of who got them (Kumar et al. 2016). One round of both halves every distance between two
goodnesses, so the solution is unique and what is left of the error can be told.
"""

from typing import Final

import numpy as np

from trustgraph._typing import Floats, Ints, LongInts
from trustgraph.engine import fairness_without
from trustgraph.engine._compile import twin
from trustgraph.errors import ConvergenceError

__all__ = ["UNPROVEN", "UNRATED", "leave_one_out", "solve"]

UNPROVEN: Final = 1.0
"""Fairness of people who rate nobody: what the iteration starts from."""
UNRATED: Final = 0.0
"""Goodness of people whom nobody rates: neither good nor bad."""
MOST_ROUNDS: Final = 100
"""Rounds after which nothing changes any more, but for rounding."""
COMPILE_FROM_WORK: Final = 200_000
"""Ratings times ratings left out from which the compiled kernel pays for the compiler."""


def solve(
    source: Ints,
    target: Ints,
    rating: Floats,
    n: int,
    *,
    start: Floats | None = None,
    tolerance: float = 1e-12,
    max_iterations: int = MOST_ROUNDS,
) -> tuple[Floats, Floats, int]:
    """Return fairness and goodness of everybody.

    Parameters
    ----------
    source, target
        Who rates whom, numbers below n, shape (m,).
    rating
        In [-1, 1], shape (m,).
    n
        Number of people.
    start
        Goodness to start from, shape (n,), in [-1, 1]; default: 1, as in the paper. It does not
        change the solution.
    tolerance
        Largest distance of any number from the exact solution, above 0.
    max_iterations
        Rounds after which to give up; 2 + log2(1 / tolerance) are always enough.

    Returns
    -------
    fairness
        In [0, 1], shape (n,); `UNPROVEN` for those who rate nobody.
    goodness
        In [-1, 1], shape (n,); `UNRATED` for those whom nobody rates.
    iterations
        Rounds made.

    Raises
    ------
    ConvergenceError
        If the tolerance is not met within ``max_iterations``.

    Notes
    -----
    A round costs O(n + m).

    Examples
    --------
    >>> from trustgraph.engine.fairness import solve
    >>> ends = np.array([0, 1], np.int32), np.array([2, 2], np.int32)
    >>> fairness, goodness, _ = solve(*ends, np.array([1.0, 0.5]), 3)
    >>> fairness.round(4).tolist(), goodness.round(4).tolist()
    ([0.8214, 0.9286, 1.0], [0.0, 0.0, 0.6429])
    """
    given = np.bincount(source, minlength=n)
    received = np.bincount(target, minlength=n)
    rates, rated = given > 0, received > 0
    half = np.zeros(n)
    np.divide(0.5, given, out=half, where=rates)
    share = np.zeros(n)
    np.divide(1.0, received, out=share, where=rated)
    goodness = np.where(rated, 1.0 if start is None else start, UNRATED)
    change = np.inf
    for iterations in range(1, max_iterations + 1):
        away = np.bincount(source, np.abs(rating - goodness[target]), n)
        fairness = np.clip(UNPROVEN - half * away, 0.0, 1.0)
        after = share * np.bincount(target, fairness[source] * rating, n)
        after[~rated] = UNRATED
        # Each round halves the distance: what is left is at most what was changed.
        change = float(np.abs(after - goodness).max(initial=0.0))
        goodness = np.clip(after, -1.0, 1.0)
        if change <= tolerance:
            return fairness, goodness, iterations
    raise ConvergenceError(max_iterations, change, tolerance)


def leave_one_out(
    source: Ints,
    target: Ints,
    rating: Floats,
    n: int,
    *,
    rows: LongInts | None = None,
    tolerance: float = 1e-8,
) -> tuple[Floats, Floats]:
    """Return, for each rating, its two people as they are without it.

    Parameters
    ----------
    source, target, rating, n
        The ratings, as for `solve`.
    rows
        Places of the ratings to leave out, one at a time, shape (k,); default: every one.
    tolerance
        Largest distance of any number from the solution without the rating, above 0.

    Returns
    -------
    fairness
        Fairness of who gave each rating, had they not given it, in [0, 1], shape (k,).
    goodness
        Goodness of who got it, had they not got it, in [-1, 1], shape (k,).

    Raises
    ------
    ConvergenceError
        If the tolerance cannot be met, for it is finer than rounding allows.

    Notes
    -----
    Each question starts from the solution with all ratings, and is solved anew by passes over all
    other ratings, so that nothing is left of the one left out. A pass serves 16 questions and
    costs O(n + m) for each; about log2(1 / tolerance) / 3 are needed on networks, and never more
    than log2(2 / tolerance) + 1. The kernel lets other threads run: rows can be shared out.

    Examples
    --------
    >>> from trustgraph.engine.fairness import leave_one_out
    >>> ends = np.array([0, 1], np.int32), np.array([2, 2], np.int32)
    >>> fairness, goodness = leave_one_out(*ends, np.array([1.0, 0.5]), 3)
    >>> fairness.tolist(), goodness.round(4).tolist()
    ([1.0, 1.0], [0.5, 1.0])
    """
    rows = np.arange(len(source)) if rows is None else np.asarray(rows, np.int64)
    fairness, goodness, _ = solve(source, target, rating, n, tolerance=tolerance)
    by_source, by_target = np.argsort(source, kind="stable"), np.argsort(target, kind="stable")
    given, received = np.bincount(source, minlength=n), np.bincount(target, minlength=n)
    found = np.empty(len(rows)), np.empty(len(rows))
    kernels = twin(fairness_without, work=len(rows) * float(len(source)), worth=COMPILE_FROM_WORK)
    change = kernels.without_each(
        np.asarray(source[rows], np.int32),
        np.asarray(target[rows], np.int32),
        np.concatenate([[0], np.cumsum(given)]),
        np.asarray(target[by_source], np.int32),
        np.asarray(rating[by_source], np.float64),
        np.concatenate([[0], np.cumsum(received)]),
        np.asarray(source[by_target], np.int32),
        np.asarray(rating[by_target], np.float64),
        fairness,
        goodness,
        UNPROVEN,
        UNRATED,
        tolerance,
        MOST_ROUNDS,
        *found,
    )
    if change > tolerance:
        raise ConvergenceError(MOST_ROUNDS, change, tolerance)
    return found
