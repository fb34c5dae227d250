"""Kernels of trust that flows along the edges of a graph, for rows ``lo`` to ``hi``.

Node v receives along the edges ``start[v]`` to ``stop[v]``: from ``source[e]`` the fraction
``share[e]`` of what it has. With P the matrix of shares, ``leak`` the mass of the nodes that have
no edge out and ``seed`` where this mass returns to, the *image* of a vector x is

    x - damping · (P^T x + leak · seed)

so that the scores sought are the vector whose image is ``(1 - damping) · seed``.

All positions are unsigned: compiled code then need not ask at each access whether an index counts
from the end, which would make a pass over the edges take twice as long.

Complexity: `pull` and `pull_four` read each edge once, and ``mass`` at a random place for each;
the others read each row once. :mod:`trustgraph.engine.propagation_arrays` says the same in whole
arrays.
"""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from trustgraph._typing import Floats

__all__ = ["Nodes", "Positions", "advance", "close", "halve", "pull", "pull_four"]

Nodes: TypeAlias = npt.NDArray[np.uint32]
Positions: TypeAlias = npt.NDArray[np.uint64]


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
    by_shadow = 0.0
    by_mass = 0.0
    by_image = 0.0
    for v in range(lo, hi):
        received = 0.0
        for e in range(start[v], stop[v]):
            received += share[e] * mass[source[e]]
        value = mass[v] - damping * (received + leak * seed[v])
        image[v] = value
        by_shadow += value * shadow[v]
        by_mass += value * mass[v]
        by_image += value * value
    return by_shadow, by_mass, by_image


def pull_four(
    lo: int,
    hi: int,
    start: Positions,
    stop: Positions,
    source: Nodes,
    share: Floats,
    mass: Floats,
    received: Floats,
) -> None:
    """Fill ``received[j]`` with P^T times column j of ``mass``, which has four columns."""
    for v in range(lo, hi):
        a = 0.0
        b = 0.0
        c = 0.0
        d = 0.0
        for e in range(start[v], stop[v]):
            fraction = share[e]
            given = mass[source[e]]
            a += fraction * given[0]
            b += fraction * given[1]
            c += fraction * given[2]
            d += fraction * given[3]
        received[0, v] = a
        received[1, v] = b
        received[2, v] = c
        received[3, v] = d


def close(
    lo: int,
    hi: int,
    damping: float,
    leak: float,
    mass: Floats,
    seed: Floats,
    shadow: Floats,
    received: Floats,
    image: Floats,
) -> tuple[float, float, float]:
    """Fill the ``image`` from what was ``received``; return the products of `pull`."""
    by_shadow = 0.0
    by_mass = 0.0
    by_image = 0.0
    for v in range(lo, hi):
        value = mass[v] - damping * (received[v] + leak * seed[v])
        image[v] = value
        by_shadow += value * shadow[v]
        by_mass += value * mass[v]
        by_image += value * value
    return by_shadow, by_mass, by_image


def halve(lo: int, hi: int, alpha: float, image: Floats, residual: Floats) -> float:
    """Take ``alpha`` images off the residual; return the sum of its absolute values."""
    total = 0.0
    for v in range(lo, hi):
        value = residual[v] - alpha * image[v]
        residual[v] = value
        total += abs(value)
    return total


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
    """Step along the direction and the residual, and turn the direction.

    ``first`` is the image of the direction, ``second`` that of the residual after `halve`.
    Returns the sum of the absolute values of the new residual, and its product with the shadow.
    """
    total = 0.0
    by_shadow = 0.0
    for v in range(lo, hi):
        before = residual[v]
        scores[v] += alpha * direction[v] + omega * before
        value = before - omega * second[v]
        residual[v] = value
        direction[v] = value + beta * (direction[v] - omega * first[v])
        total += abs(value)
        by_shadow += value * shadow[v]
    return total, by_shadow
