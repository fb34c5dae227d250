"""The chance that anything arrives, for many offers at once, on the same states of all else."""

from typing import Final, NamedTuple

import numpy as np

from trustgraph._typing import Bools, Floats, LongInts
from trustgraph.engine.reliability_exact import TransferDiagrams, transfer_diagrams
from trustgraph.engine.reliability_network import TwoTerminal

__all__ = ["Arrivals", "arrivals"]

LEAST: Final = 1e-300
"""A chance that stands for none, which diagrams do not know."""
NONE: Final = 1e-200
MOST: Final = 1.0 - 1e-16
WORD: Final = 64
MOST_STATES: Final = 2_000_000_000
"""States of steps that are drawn at most, over all draws of the opinions."""


class Arrivals(NamedTuple):
    """Chances that something arrives.

    Attributes
    ----------
    value
        Shape (offers, draws).
    error
        Largest standard error of a value of the first draw; 0 if exact.
    samples
        States behind each value, 0 if exact.
    """

    value: Floats
    error: float
    samples: int


def arrivals(
    network: TwoTerminal,
    chance: Floats,
    direct: Floats,
    factor: Floats,
    *,
    samples: int,
    seed: int,
) -> Arrivals:
    """Return the chance that some path works, for each offer and draw of the opinions.

    Parameters
    ----------
    network
        Steps on admissible simple paths.
    chance
        Chance of each step in each draw without an offer, in [0, 1], shape (steps, draws).
    direct
        Chance of the direct tie in each draw, shape (draws,); no offer touches it.
    factor
        What each offer makes of the steps that leave the seeker, shape (offers, first steps).
    samples
        States in each draw if it has to be sampled; made up to a multiple of 64.
    seed
        Of the states. They are those of all steps but the first ones, and the same for all offers
        and draws: given them, what the first steps add is exact. So offers differ by themselves
        alone, and a smaller chance never gives a larger value.

    Returns
    -------
    Arrivals
        Exact where the diagram of the network is small.
    """
    if not len(chance):
        value = np.repeat(direct[None, :], len(factor), axis=0)
        return Arrivals(value, 0.0, 0)
    first = network.tail == 0
    certain = (chance == 1.0).all(axis=1)
    certain[first] &= (factor == 1.0).all(axis=0)
    diagrams = transfer_diagrams(network, certain, total_alone=True)
    if diagrams is not None:
        reached = _exact(diagrams, chance, factor, np.flatnonzero(first))
        return Arrivals(direct + (1.0 - direct) * np.where(reached < NONE, 0.0, reached), 0.0, 0)
    words = -(-samples // WORD)
    most = max(1, MOST_STATES // (WORD * chance.size))
    return _sampled(network, chance, direct, factor, words=min(words, most), seed=seed)


def _exact(diagrams: TransferDiagrams, chance: Floats, factor: Floats, first: LongInts) -> Floats:
    found = []
    for offer in factor:
        case = chance.copy()
        case[first] = np.clip(case[first] * offer[:, None], LEAST, 1.0)
        found.append(np.minimum(diagrams.total.chance(diagrams.events(case)), 1.0))
    return np.array(found)


def _sampled(
    network: TwoTerminal,
    chance: Floats,
    direct: Floats,
    factor: Floats,
    *,
    words: int,
    seed: int,
) -> Arrivals:
    first = network.tail == 0
    asked = network.head[first]
    entry = chance[first][None] * factor[:, :, None]
    missing = np.log1p(-np.clip(entry, 0.0, MOST))
    draws = chance.shape[1]
    total, square = np.zeros((len(factor), draws)), np.zeros(len(factor))
    generator = np.random.default_rng(seed)
    for _ in range(words):
        level = generator.random((int((~first).sum()), WORD))
        for draw in range(draws):
            on = _onward(network, level < chance[~first, draw, None])[asked]
            missed = np.exp(missing[:, :, draw] @ on)
            arrived = direct[draw] + (1.0 - direct[draw]) * (1.0 - missed)
            total[:, draw] += arrived.sum(axis=1)
            if draw == 0:
                square += (arrived**2).sum(axis=1)
    samples = words * WORD
    mean = total / samples
    spread = np.maximum(square / samples - mean[:, 0] ** 2, 0.0)
    return Arrivals(mean, float(np.sqrt(spread.max(initial=0.0) / samples)), samples)


def _onward(network: TwoTerminal, is_open: Bools) -> Floats:
    """Return from whom something arrives within the cap, in each state; shape (people + 2, 64)."""
    rest = network.tail > 0
    tail, head = network.tail[rest], network.head[rest]
    begins = np.flatnonzero(np.diff(tail, prepend=-1))
    words = np.packbits(is_open, axis=1).view(np.uint64).ravel()
    there = np.zeros(network.people + 2, np.uint64)
    there[-1] = ~np.uint64(0)
    for _ in range(network.most if len(begins) else 0):
        there[tail[begins]] |= np.bitwise_or.reduceat(words & there[head], begins)
    bits = np.unpackbits(there[:, None].view(np.uint8), axis=1)
    return bits.astype(np.float64)
