"""The kernels of propagation in whole arrays: quick without a compiler, for all rows at once.

Names, arguments and results are those of :mod:`trustgraph.engine.propagation`; ``lo`` is 0 and
``hi`` the number of nodes. A pull makes room for one product an edge.
"""

import numpy as np

from trustgraph._typing import Floats
from trustgraph.engine.propagation import Nodes, Positions

__all__ = ["advance", "halve", "product", "pull"]


def pull(
    lo: int,
    hi: int,
    start: Positions,
    stop: Positions,
    source: Nodes,
    share: Floats,
    damping: float,
    leak: float,
    mass: Floats,
    seed: Floats,
    shadow: Floats,
    image: Floats,
) -> tuple[float, float, float]:
    """Fill the ``image`` of ``mass``; return its products with ``shadow``, ``mass`` and itself."""
    received = np.zeros(len(image))
    # reduceat gives an element where a row is empty, and not 0.
    rows = np.flatnonzero(start < stop)
    if len(rows):
        first = start[rows].astype(np.int64)
        received[rows] = np.add.reduceat(share * mass[source], first)
    image[lo:hi] = mass - damping * (received + leak * seed)
    return product(image, shadow), product(image, mass), product(image, image)


def halve(lo: int, hi: int, alpha: float, image: Floats, residual: Floats) -> float:
    """Take ``alpha`` images off the residual; return the sum of its absolute values."""
    residual[lo:hi] -= alpha * image
    return float(np.abs(residual).sum())


def advance(
    lo: int,
    hi: int,
    alpha: float,
    omega: float,
    beta: float,
    first: Floats,
    second: Floats,
    shadow: Floats,
    direction: Floats,
    residual: Floats,
    scores: Floats,
) -> tuple[float, float]:
    """Step along the direction and the residual, and turn the direction."""
    scores[lo:hi] += alpha * direction + omega * residual
    residual[lo:hi] -= omega * second
    direction[lo:hi] = residual + beta * (direction - omega * first)
    return float(np.abs(residual).sum()), product(residual, shadow)


def product(one: Floats, other: Floats) -> float:
    """Return the inner product, without the threads of BLAS, which wait for each other."""
    return float(np.einsum("i,i->", one, other))
