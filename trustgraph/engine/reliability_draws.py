"""The transfer of one network at many chances of its steps: exactly, or on shared samples."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from trustgraph._typing import Bools, Floats, LongInts
from trustgraph.engine import reliability
from trustgraph.engine._compile import twin
from trustgraph.engine.reliability_exact import transfer_diagrams
from trustgraph.engine.reliability_network import TwoTerminal
from trustgraph.engine.reliability_numbers import ManyTransfers
from trustgraph.engine.reliability_sampling import (
    COMPILE_FROM_OPERATIONS,
    batch_words,
    fresh_digits,
    open_words,
    row_operations,
    states_of,
)
from trustgraph.engine.reliability_stop import WORD
from trustgraph.engine.reliability_transfer import cut_to_size

__all__ = ["ManyFound", "many_transfers", "rows_of"]


@dataclass(frozen=True, eq=False)
class ManyFound:
    """Numbers in many cases and how they were found.

    Attributes
    ----------
    numbers
        Of all intermediaries.
    samples
        Samples in each case, 0 if exact.
    kept
        Whether each intermediary is still in the network.
    truncated
        Whether only the steps on the best paths were kept.
    """

    numbers: ManyTransfers
    samples: int
    kept: Bools
    truncated: bool


def many_transfers(
    network: TwoTerminal, chance: Floats, direct: Floats, *, samples: int, seed: int
) -> ManyFound:
    """Return the transfer of a network in many cases.

    Parameters
    ----------
    network
        The network; every step stands on an admissible simple path.
    chance
        Chance of each step in each case, in (0, 1], shape (steps, cases).
    direct
        Chance of the direct tie in each case, in [0, 1], shape (cases,).
    samples
        Samples in each case if it has to be sampled, at least 1; made up to whole words of 64.
    seed
        Of the samples. All cases share their random numbers, so that they differ by their chances
        and next to nothing else.

    Returns
    -------
    ManyFound
        Exact where the diagrams of the network are small.
    """
    diagrams = transfer_diagrams(network, (chance == 1.0).all(axis=1))
    if diagrams is not None:
        numbers = diagrams.numbers(chance, direct)
        return ManyFound(numbers, 0, np.ones(network.people, bool), truncated=False)
    smaller, kept = cut_to_size(network)
    if smaller is not network:
        chance = chance[rows_of(smaller, network)]
    words = -(-samples // WORD)
    numbers = _sampled(smaller, chance, direct, words, seed)
    return ManyFound(numbers, words * WORD, kept, truncated=smaller is not network)


def rows_of(part: TwoTerminal, whole: TwoTerminal) -> LongInts:
    """Return where the steps of a part stand among those of the whole; people are the same."""
    size = whole.people + 2
    keys = whole.tail.astype(np.int64) * size + whole.head
    return np.searchsorted(keys, part.tail.astype(np.int64) * size + part.head).astype(np.int64)


def _sampled(
    network: TwoTerminal, chance: Floats, direct: Floats, words: int, seed: int
) -> ManyTransfers:
    cases = chance.shape[1]
    room = batch_words(network)
    width = min(words, room)
    together = max(1, room // width)
    batches = -(-cases // together) * -(-words // width)
    work = row_operations(network) * batches
    kernels: Any = twin(reliability, work=work, worth=COMPILE_FROM_OPERATIONS)
    hits = np.zeros((4, network.people + 2, cases), np.int64)
    reached = np.zeros(cases, np.int64)
    for low in range(0, cases, together):
        part = slice(low, min(low + together, cases))
        for first in range(0, words, width):
            size = min(width, words - first)
            # The same for every part: the generators are those of the place among the samples.
            states, late, arrivals = (
                np.random.default_rng(one) for one in np.random.SeedSequence([seed, first]).spawn(3)
            )
            here = part.stop - part.start
            open_ = open_words(chance[:, part], size, states, late)
            digits = fresh_digits(network, size, arrivals, here)
            masks, sink = states_of(network, kernels, open_, digits)
            counts = np.bitwise_count(masks).reshape(4, -1, here, size)
            hits[:, :, part] += counts.sum(axis=3, dtype=np.int64)
            reached[part] += np.bitwise_count(sink).reshape(here, size).sum(axis=1, dtype=np.int64)
    removal, shapley, inflow, through = hits[:, 1:-1] / (words * WORD)
    return ManyTransfers.of_paths(
        reached / (words * WORD), removal, shapley, inflow, through, direct
    )
