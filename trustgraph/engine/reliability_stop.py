"""When enough has been drawn: a target for the standard error, and a limit."""

import math
from typing import Any, Final

import numpy as np

from trustgraph._typing import LongInts

__all__ = ["further_draws", "most_needed", "share_error"]

FIRST_DRAWS: Final = 1_024
"""Draws before the first look at the standard error."""
MOST_AT_ONCE: Final = 1 << 22
WORD: Final = 64


def share_error(hits: LongInts | int, tries: LongInts | int) -> Any:
    """Return the standard error of hits / tries with two hits and two misses added.

    Parameters
    ----------
    hits, tries
        Numbers of draws; tries at least 1.

    Returns
    -------
    numpy.ndarray or numpy.float64
        In (0, 0.5]; not 0 where no draw hit or all did.
    """
    share = (hits + 2.0) / (tries + 4.0)
    return np.sqrt(share * (1.0 - share) / (tries + 4.0))


def further_draws(hits: int, drawn: int, most: int, precision: float | None, worth: float) -> int:
    """Return how many more draws to make before the next look; 0 if these are enough.

    Parameters
    ----------
    hits, drawn
        What has been drawn so far.
    most
        Largest number of draws.
    precision
        Target for the standard error, above 0; None to make all draws.
    worth
        Part of the total that a draw stands for, in [0, 1].

    Returns
    -------
    int
        At most what is left.

    Notes
    -----
    To stop as soon as the error looks small favours draws that happen to look so. The looks are
    few: as many draws are added as the target takes if the share stays what it is, at most as many
    again; and two hits and two misses are added, so that the first draws cannot look certain.
    """
    left = min(most - drawn, MOST_AT_ONCE)
    if precision is None or left <= 0:
        return left
    if drawn == 0:
        return min(left, FIRST_DRAWS)
    error = worth * float(share_error(hits, drawn))
    if error <= precision:
        return 0
    wanted = math.ceil(min(drawn * ((error / precision) ** 2 - 1.0), drawn))
    return min(left, max(wanted + -wanted % WORD, WORD))


def most_needed(samples: int, precision: float | None) -> int:
    """Return how many draws it takes at most: shares of one half take the most.

    Parameters
    ----------
    samples
        Largest number of draws.
    precision
        Target for the standard error; None to make all draws.

    Returns
    -------
    int
        At most ``samples``.
    """
    if precision is None:
        return samples
    return int(min(samples, max(FIRST_DRAWS, 0.25 / precision**2)))
