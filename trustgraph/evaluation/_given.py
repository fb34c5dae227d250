"""Numbers as they are handed to a metric, and a metric of all of them."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from trustgraph._typing import Bools, Floats

__all__ = ["checked_chances", "number_pairs", "of_all"]


def of_all(metric: Callable[..., Floats], *numbers: Floats | Bools) -> float:
    """Return the metric of numbers that count once each."""
    return float(metric(*numbers, np.ones((1, len(numbers[0]))))[0])


def number_pairs(one: npt.ArrayLike, other: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Return two arrays of equal length and finite numbers."""
    first, second = _numbers(one), _numbers(other)
    if first.ndim != 1 or first.shape != second.shape:
        message = f"shapes {first.shape} and {second.shape} do not pair; give one number a rating"
        raise ValueError(message)
    wrong = np.flatnonzero(~(np.isfinite(first) & np.isfinite(second)))
    if len(wrong):
        row = int(wrong[0])
        message = (
            f"{len(wrong)} numbers are not finite (place {row}: {first[row]:g} and "
            f"{second[row]:g}); leave these ratings out, or predict a number"
        )
        raise ValueError(message)
    return first, second


def checked_chances(positive: npt.ArrayLike, probability: npt.ArrayLike) -> tuple[Bools, Floats]:
    """Return signs and chances."""
    sign, chance = number_pairs(np.asarray(positive, bool), probability)
    outside = np.flatnonzero((chance < 0) | (chance > 1))
    if len(outside):
        row = int(outside[0])
        message = f"{len(outside)} chances lie outside [0, 1] (place {row}: {chance[row]:g})"
        raise ValueError(message)
    return sign > 0, chance


def _numbers(given: npt.ArrayLike) -> Floats:
    try:
        return np.asarray(given, np.float64)
    except (TypeError, ValueError) as error:
        message = f"{given!r:.60} is no list of numbers; give one number a rating"
        raise TypeError(message) from error
