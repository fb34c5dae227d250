"""Seeds of random draws as numbers that can be told, and asked with again."""

import secrets
from numbers import Integral
from typing import Any

import numpy as np

from trustgraph._typing import Seed

__all__ = ["is_whole", "number_of_seed"]

BITS = 53
"""Whoever reads the number from JSON gets all of it."""


def number_of_seed(seed: Seed) -> int:
    """Return a whole number to draw with: when the draws are made does not matter then.

    Parameters
    ----------
    seed
        A whole number from 0, which is the number; a generator, which draws one; or None, then it
        is left to chance.

    Returns
    -------
    int
        The number, from 0.

    Raises
    ------
    ValueError
        If it is anything else.

    Examples
    --------
    >>> from trustgraph.steps.seed import number_of_seed
    >>> number_of_seed(7), number_of_seed(np.random.default_rng(7)) < 2**53
    (7, True)
    """
    if isinstance(seed, np.random.Generator):
        return int(seed.integers(1 << BITS))
    if seed is None:
        return secrets.randbits(BITS)
    if not is_whole(seed) or seed < 0:
        message = f"seed is {seed!r}; it must be a whole number from 0, a generator or None"
        raise ValueError(message)
    return int(seed)


def is_whole(value: Any) -> bool:
    """Return whether a value is a whole number: 2.0, True and arrays are none.

    Examples
    --------
    >>> from trustgraph.steps.seed import is_whole
    >>> is_whole(np.int64(2)), is_whole(2.0), is_whole(True)
    (True, False, False)
    """
    return isinstance(value, Integral) and not isinstance(value, bool)
