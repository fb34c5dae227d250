"""What people with a tie to somebody hold of them, now and later: the common form."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from trustgraph._typing import Bools, Floats, LongInts
from trustgraph.trust.recall import RecallModel

__all__ = ["HALF", "Memories", "day_below_half", "is_of_the_pair"]

HALF: Final = 0.5
FURTHEST_DAYS: Final = 36_525
"""So far ahead is looked for the day on which recall falls under one half: a century."""


@dataclass(frozen=True, eq=False)
class Memories:
    """What each person with a tie to somebody holds of them; one row a person.

    Attributes
    ----------
    people, names
        Ids and full names, in the order of the ids.
    recall, willingness
        At each moment, shape (people, moments); recall is NaN where it is not known.
    half
        Days from now to the first day on which recall is under one half; NaN if it already is,
        if that takes more than a century, or if it is not known.
    first, last
        Days of the first and the last contact, in days since 1970; NaN where not known.
    days
        Number of days of contact, 0 where not known.
    trust
        Now, in [0, 1].
    """

    people: list[Any]
    names: list[str]
    recall: Floats
    willingness: Floats
    half: Floats
    first: Floats
    last: Floats
    days: LongInts
    trust: Floats


def day_below_half(recall_at: Callable[[LongInts], Floats], people: int) -> Floats:
    """Return on which day ahead the recall of each person first falls under one half.

    Parameters
    ----------
    recall_at
        Days ahead of each person, shape (people,) -> recall, falling in them.
    people
        Number of people.

    Returns
    -------
    numpy.ndarray
        Days, at least 1; NaN where recall is under one half already, not known, or stays above
        for a century.

    Notes
    -----
    Bisection: 17 evaluations.

    Examples
    --------
    >>> from trustgraph.planning._memory_ties import day_below_half
    >>> day_below_half(lambda days: np.array([3.0, 0.1]) / (4 + days), 2).tolist()
    [3.0, nan]
    """
    low, high = np.zeros(people, np.int64), np.full(people, FURTHEST_DAYS)

    def above(days: LongInts) -> Bools:
        enough: Bools = recall_at(days) >= HALF
        return enough

    open_ = above(low) & (recall_at(high) < HALF)
    while (high - low > 1).any():
        middle = (low + high) // 2
        still = above(middle)
        low, high = np.where(still, middle, low), np.where(still, high, middle)
    return np.where(open_, high, np.nan)


def is_of_the_pair(model: RecallModel) -> bool:
    """Return whether recall depends on nothing but what two people did towards each other.

    Examples
    --------
    >>> from trustgraph.planning._memory_ties import is_of_the_pair
    >>> model = tg.trust.RecallModel()
    >>> is_of_the_pair(model), is_of_the_pair(model.replace(shared_circles=0.3))
    (True, False)
    """
    return model.shared_circles == 0 and model.silence == 0
