"""Options of models of reputation, checked."""

from math import inf
from typing import Any

import numpy as np

from trustgraph.graph.contract import is_number
from trustgraph.steps.seed import is_whole

__all__ = ["number_in", "true_or_false", "whole_from"]


def number_in(
    name: str,
    value: Any,
    low: float,
    high: float = inf,
    *,
    with_low: bool = True,
    with_high: bool = True,
) -> float:
    """Return a number that lies in a range.

    Parameters
    ----------
    name, value
        The option as it was passed.
    low, high
        The range; without a largest number it has no end.
    with_low, with_high
        Whether they belong to it.

    Returns
    -------
    float
        The number.

    Raises
    ------
    ValueError
        If it is none, or lies outside.

    Examples
    --------
    >>> from trustgraph.reputation._options import number_in
    >>> number_in("threshold", 1, 0, 1)
    1.0
    >>> number_in("energy", 0, 0, with_low=False)
    Traceback (most recent call last):
        ...
    ValueError: energy is 0; give a number above 0
    """
    number = float(value) if is_number(value) else -inf
    above = number >= low if with_low else number > low
    below = number < inf and (number <= high if with_high else number < high)
    if above and below:
        return number
    bounds = f"{'from' if with_low else 'above'} {low:g}"
    if high < inf:
        bounds += f" {'to' if with_high else 'to below'} {high:g}"
    message = f"{name} is {value!r}; give a number {bounds}"
    raise ValueError(message)


def whole_from(name: str, value: Any, least: int, *, otherwise: str = "") -> int:
    """Return a whole number of at least so much.

    Parameters
    ----------
    name, value
        The option as it was passed.
    least
        The smallest number allowed.
    otherwise
        What else could have been passed, for the message.

    Returns
    -------
    int
        The number.

    Raises
    ------
    ValueError
        If it is none, or too small.

    Examples
    --------
    >>> from trustgraph.reputation._options import whole_from
    >>> whole_from("horizon", 2.5, 1)
    Traceback (most recent call last):
        ...
    ValueError: horizon is 2.5; give a whole number from 1
    """
    if is_whole(value) and value >= least:
        return int(value)
    message = f"{name} is {value!r}; give a whole number from {least}{otherwise}"
    raise ValueError(message)


def true_or_false(name: str, value: Any) -> bool:
    """Return a truth value that is one.

    Parameters
    ----------
    name, value
        The option as it was passed.

    Returns
    -------
    bool
        The value.

    Raises
    ------
    TypeError
        If it is something else.

    Examples
    --------
    >>> from trustgraph.reputation._options import true_or_false
    >>> true_or_false("direct", "no")
    Traceback (most recent call last):
        ...
    TypeError: direct is 'no'; give True or False
    """
    if isinstance(value, bool | np.bool_):
        return bool(value)
    message = f"{name} is {value!r}; give True or False"
    raise TypeError(message)
