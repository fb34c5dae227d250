"""What an index tells of its steps, as it was given."""

import numpy as np
import numpy.typing as npt

from trustgraph._typing import Floats, Ints, LongInts
from trustgraph.graph.index import TrustIndex

__all__ = ["told"]

DECIMALS = (7, 8, 9, 10)
"""Of most numbers in [0, 1] that are held in single precision, the shortest form has so many."""


def told(index: TrustIndex, name: str, steps: Ints | LongInts) -> Floats:
    """Return a column of an index for some steps, in double precision.

    A number held in single precision is told as the shortest decimal that reads back as it: 0.36
    and not 0.36000001430511475. What was given with up to six digits is told as it was given.

    Parameters
    ----------
    index
        The graph.
    name
        A column of numbers, such as ``"response"``.
    steps
        Numbers of steps, of any shape.

    Returns
    -------
    numpy.ndarray
        A new array of the same shape; in [0, 1], or NaN where the graph is silent.

    Examples
    --------
    >>> from trustgraph.steps.told import told
    >>> index = tg.TrustIndex.from_graph(nx.DiGraph([("bo", "ana", {"trust": 0.36})]))
    >>> told(index, "trust", np.array([0])).tolist()
    [0.36]
    """
    values = getattr(index, name)[steps]
    return _shortest(values) if values.dtype == np.float32 else values


def _shortest(single: npt.NDArray[np.float32]) -> Floats:
    """Return the shortest decimals that read back as numbers in single precision."""
    # The nearest decimal of so many places: one that reads back is the shortest that does.
    values = single.astype(np.float64)
    left = ~np.isnan(values)
    for places in DECIMALS:
        if not left.any():
            return values
        near = np.round(single[left].astype(np.float64), places)
        values[left] = near
        left[left] = near.astype(np.float32) != single[left]
    values[left] = [float(str(value)) for value in single[left]]
    return values
