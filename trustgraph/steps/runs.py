"""The steps of several people at once."""

import numpy as np

from trustgraph._typing import LongInts

__all__ = ["runs"]


def runs(first: LongInts, length: LongInts) -> LongInts:
    """Return first[0], first[0] + 1, … (length[0] numbers), then those of the next run.

    Parameters
    ----------
    first, length
        Where each run begins, and how long it is.

    Returns
    -------
    numpy.ndarray
        All numbers, of shape (length.sum(),).

    Examples
    --------
    >>> from trustgraph.steps.runs import runs
    >>> runs(np.array([5, 0]), np.array([2, 3])).tolist()
    [5, 6, 0, 1, 2]
    """
    offset = np.cumsum(length) - length
    return np.repeat(first - offset, length) + np.arange(length.sum())
