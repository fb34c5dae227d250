"""What two intermediaries do together: second differences of the total."""

from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import Any, Final

import numpy as np

from trustgraph._typing import Floats, Words
from trustgraph.engine import reliability
from trustgraph.engine._compile import twin
from trustgraph.engine.reliability_exact import transfer_diagrams
from trustgraph.engine.reliability_network import TwoTerminal
from trustgraph.engine.reliability_sampling import (
    COMPILE_FROM_OPERATIONS,
    batch_words,
    open_words,
)
from trustgraph.engine.reliability_stop import WORD

__all__ = ["PairNumbers", "second_differences"]

FULL: Final = np.uint64(0xFFFF_FFFF_FFFF_FFFF)
PSEUDO: Final = 1.0
"""Samples added to each of two outcomes and their opposites, so that no error is 0."""


@dataclass(frozen=True, eq=False)
class PairNumbers:
    """Second differences by place in the list of people, symmetric; NaN on the diagonal.

    ``error`` holds standard errors, 0 where exact; ``samples`` is the number of samples.
    """

    value: Floats
    error: Floats
    samples: int


def second_differences(
    network: TwoTerminal, people: list[int], *, samples: int, seed: int
) -> PairNumbers:
    """Return R - R(-i) - R(-j) + R(-i, -j) for all pairs of some people.

    Parameters
    ----------
    network
        The network; every step stands on an admissible simple path.
    people
        Intermediaries, by number, each once.
    samples
        Samples if it has to be sampled, at least 1; made up to whole words of 64.
    seed
        Of the samples.

    Returns
    -------
    PairNumbers
        Exact where the diagram of the paths is small.

    Notes
    -----
    In a state both are needed if the sink is reached and neither can be missed (+1); they stand in
    for each other if each can be missed and not both (-1); else the difference is 0.
    """
    diagrams = transfer_diagrams(network, network.chance == 1.0, total_alone=True)
    pairs = list(combinations(range(len(people)), 2))
    indirect = 1.0 - network.direct
    if diagrams is not None:
        values = _exact(diagrams.totals, network, people, pairs)
        return PairNumbers(
            _square(indirect * values, pairs, len(people)),
            _square(np.zeros(len(pairs)), pairs, len(people)),
            0,
        )
    words = -(-samples // WORD)
    needed, spare = _sampled(network, people, pairs, words, seed)
    tries = words * WORD
    values = (needed - spare) / tries
    one, other = ((hits + PSEUDO) / (tries + 4.0) for hits in (needed, spare))
    error = np.sqrt((one + other - (one - other) ** 2) / (tries + 4.0))
    return PairNumbers(
        _square(indirect * values, pairs, len(people)),
        _square(indirect * error, pairs, len(people)),
        tries,
    )


def _square(values: Floats, pairs: list[tuple[int, int]], size: int) -> Floats:
    square = np.full((size, size), np.nan)
    for (one, other), value in zip(pairs, values.tolist(), strict=True):
        square[one, other] = square[other, one] = value
    return square


def _exact(
    totals: Any, network: TwoTerminal, people: list[int], pairs: list[tuple[int, int]]
) -> Floats:
    """Return the differences of the paths alone: everybody, without one, without two."""
    many = len(people)
    taking_part = np.ones((network.people, 1 + many + len(pairs)))
    for place, person in enumerate(people):
        taking_part[person - 1, 1 + place] = 0.0
    for case, (one, other) in enumerate(pairs, start=1 + many):
        taking_part[people[one] - 1, case] = taking_part[people[other] - 1, case] = 0.0
    found = totals(network.chance, taking_part)
    alone, both = found[1 : 1 + many], found[1 + many :]
    ends = np.array(pairs, np.int64).reshape(-1, 2)
    difference: Floats = found[0] - alone[ends[:, 0]] - alone[ends[:, 1]] + both
    return difference


def _sampled(
    network: TwoTerminal, people: list[int], pairs: list[tuple[int, int]], words: int, seed: int
) -> tuple[Floats, Floats]:
    """Return the samples in which both are needed, and in which they stand in for each other."""
    width = min(words, batch_words(network))
    runs = (1 + len(people) + len(pairs)) * -(-words // width)
    work = 3.0 * len(network.tail) * max(network.most, 1) * runs
    kernels: Any = twin(reliability, work=work, worth=COMPILE_FROM_OPERATIONS)
    rng = np.random.default_rng(seed)
    needed, spare = np.zeros((2, len(pairs)))
    for first in range(0, words, width):
        room = min(width, words - first)
        open_ = open_words(network.chance, room, rng)
        reached = partial(_reached, network, kernels, open_)
        whole = reached()
        alone = [reached(person) for person in people]
        for place, (one, other) in enumerate(pairs):
            both = reached(people[one], people[other])
            needed[place] += np.bitwise_count(whole & ~alone[one] & ~alone[other]).sum()
            spare[place] += np.bitwise_count(alone[one] & alone[other] & ~both).sum()
    return needed, spare


def _reached(network: TwoTerminal, kernels: Any, open_: Words, *gone: int) -> Words:
    """Return the samples in which the sink is reached without some people."""
    size, room = network.people + 2, open_.shape[1]
    levels = np.zeros((max(network.most, 1), size, room), np.uint64)
    sink, scratch = np.zeros((2, room), np.uint64)
    allowed = np.full((size, room), FULL)
    allowed[list(gone)] = 0
    shape = (network.start, network.head, network.exit_of)
    kernels.reach(*shape, open_, allowed, levels, sink, scratch)
    return sink
