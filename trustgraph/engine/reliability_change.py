"""The transfer of two networks and what differs between them, on shared random numbers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from trustgraph._typing import Floats, LongInts, Words
from trustgraph.engine import reliability
from trustgraph.engine._compile import twin
from trustgraph.engine.reliability_exact import exact_transfer
from trustgraph.engine.reliability_network import TwoTerminal, simple_steps, two_terminal
from trustgraph.engine.reliability_numbers import TransferNumbers
from trustgraph.engine.reliability_sampling import (
    COMPILE_FROM_OPERATIONS,
    batch_words,
    open_words,
    row_operations,
    states_of,
)
from trustgraph.engine.reliability_stop import WORD
from trustgraph.engine.reliability_transfer import cut_to_size

__all__ = ["COMPARED", "Compared", "World", "compare", "without_people"]

COMPARED: Final = ("removal", "shapley", "inflow", "through")
PSEUDO: Final = 0.5
"""Samples added to each of the four outcomes of a pair, so that no error is 0 for want of hits."""


@dataclass(frozen=True, eq=False)
class World:
    """A network and who its intermediaries are: increasing numbers shared by both worlds."""

    network: TwoTerminal
    people: LongInts


@dataclass(frozen=True, eq=False)
class Compared:
    """Numbers of two worlds.

    Attributes
    ----------
    people
        Numbers of all intermediaries of either world, sorted.
    before, after
        The total and then each of `COMPARED`, shape (1 + 4 x people,); 0 for who is not there.
    error
        Standard error of each difference, 0 where it is exact.
    samples
        Number of samples, 0 if both are exact.
    truncated
        Whether only the steps on the best paths were kept.
    """

    people: LongInts
    before: Floats
    after: Floats
    error: Floats
    samples: int
    truncated: bool


def without_people(world: World, people: LongInts | list[int]) -> World:
    """Return the world without some intermediaries and without those only they led to.

    Parameters
    ----------
    world
        The world.
    people
        Numbers of those who refuse, as in ``world.people``.

    Returns
    -------
    World
        Every step stands on an admissible simple path that is left.
    """
    refusing = np.flatnonzero(np.isin(world.people, people)) + 1
    if not len(refusing):
        return world
    network = world.network
    keep = ~(np.isin(network.tail, refusing) | np.isin(network.head, refusing))
    left = _kept(network, keep)
    there = np.unique(left.tail[left.tail > 0])
    number = np.zeros(network.people + 2, np.int32)
    number[there] = np.arange(1, len(there) + 1)
    number[-1] = len(there) + 1
    smaller = two_terminal(
        number[left.tail],
        number[left.head],
        left.chance,
        len(there),
        left.most,
        direct=left.direct,
    )
    return World(smaller, world.people[there - 1])


def _kept(network: TwoTerminal, keep: Any) -> TwoTerminal:
    """Return what is left on simple paths of some steps."""
    chosen = np.flatnonzero(keep)
    tail, head = network.tail[chosen], network.head[chosen]
    chosen = chosen[simple_steps(tail, head, network.people, network.most)]
    return two_terminal(
        network.tail[chosen],
        network.head[chosen],
        network.chance[chosen],
        network.people,
        network.most,
        direct=network.direct,
    )


def compare(before: World, after: World, *, samples: int, seed: int) -> Compared:
    """Return the transfer of two worlds and the standard errors of what differs.

    Parameters
    ----------
    before, after
        The worlds; every step stands on an admissible simple path.
    samples
        Samples if it has to be sampled, at least 1; made up to whole words of 64.
    seed
        Of the samples.

    Returns
    -------
    Compared
        Exact where both worlds are.

    Notes
    -----
    Both worlds are sampled with common random numbers [1]_: the same uniform number decides in both
    whether a step works, and people arrive in the same order for the Shapley values. A difference
    is the mean over samples of a difference, so its standard error is that of paired samples; half
    a sample is added to each outcome of a pair.

    References
    ----------
    .. [1] Glasserman, P., Yao, D. D. (1992). Some guidelines and guarantees for common random
       numbers. Management Science 38(6), 884-908. https://doi.org/10.1287/mnsc.38.6.884
    """
    people = np.union1d(before.people, after.people).astype(np.int64)
    exact = exact_transfer(before.network)
    changed = None if exact is None else exact_transfer(after.network)
    if exact is not None and changed is not None:
        one, other = _spread(exact, before, people), _spread(changed, after, people)
        return Compared(people, one, other, np.zeros(len(one)), 0, truncated=False)
    before, after, truncated = _cut_alike(before, after)
    words = -(-samples // WORD)
    counts = _sampled(before, after, people, words, seed)
    one, other, error = _differences(
        *counts, words * WORD, before.network.direct, after.network.direct
    )
    return Compared(people, one, other, error, words * WORD, truncated)


def _spread(numbers: TransferNumbers, world: World, people: LongInts) -> Floats:
    """Return the total and all quantities, one after the other, by the shared numbers."""
    rows = np.zeros((len(COMPARED), len(people)))
    place = np.searchsorted(people, world.people)
    for row, name in zip(rows, COMPARED, strict=True):
        row[place] = getattr(numbers, name)
    return np.concatenate([[numbers.total], rows.ravel()])


def _keys(world: World, bound: int) -> LongInts:
    """Return a number for each step that is the same in both worlds, increasing."""
    ends = np.concatenate([[-1], world.people, [bound]]).astype(np.int64) + 1
    keys: LongInts = ends[world.network.tail] * (bound + 2) + ends[world.network.head]
    return keys


def _bound(*worlds: World) -> int:
    return 1 + max(int(world.people.max(initial=0)) for world in worlds)


def _cut_alike(before: World, after: World) -> tuple[World, World, bool]:
    """Cut both worlds to the steps on the best paths of either, if one is too large to walk."""
    worlds = (before, after)
    smaller = [cut_to_size(world.network)[0] for world in worlds]
    if all(one is world.network for one, world in zip(smaller, worlds, strict=True)):
        return before, after, False
    bound = _bound(*worlds)
    kept = np.concatenate(
        [_keys(World(one, world.people), bound) for one, world in zip(smaller, worlds, strict=True)]
    )
    one, other = (
        World(_kept(world.network, np.isin(_keys(world, bound), kept)), world.people)
        for world in worlds
    )
    return one, other, True


def _sampled(
    before: World, after: World, people: LongInts, words: int, seed: int
) -> tuple[LongInts, LongInts, LongInts]:
    """Return hits of the sink and of all quantities: before, after, and in both at once."""
    worlds = (before, after)
    bound = _bound(*worlds)
    keys = [_keys(world, bound) for world in worlds]
    steps = np.union1d(*keys)
    rows = [np.searchsorted(steps, own) for own in keys]
    chance = np.zeros((len(steps), 2))
    for case, (world, own) in enumerate(zip(worlds, rows, strict=True)):
        chance[own, case] = world.network.chance
    places = [np.searchsorted(people, world.people) for world in worlds]
    width = min(words, *(batch_words(world.network) for world in worlds))
    work = sum(row_operations(world.network) for world in worlds) * -(-words // width)
    kernels: Any = twin(reliability, work=work, worth=COMPILE_FROM_OPERATIONS)
    hits = np.zeros((3, 1 + len(COMPARED) * len(people)), np.int64)
    for first in range(0, words, width):
        size = min(width, words - first)
        states, late, arrivals = (
            np.random.default_rng(one) for one in np.random.SeedSequence([seed, first]).spawn(3)
        )
        open_ = open_words(chance, size, states, late).reshape(len(steps), 2, size)
        rounds = _shared_rounds(len(people), size, arrivals)
        seen = np.zeros((2, hits.shape[1], size), np.uint64)
        for case, (world, own, place) in enumerate(zip(worlds, rows, places, strict=True)):
            works = np.ascontiguousarray(open_[own, case])
            masks, sink = states_of(world.network, kernels, works, rounds(place))
            seen[case, 0] = sink
            seen[case, 1:].reshape(len(COMPARED), len(people), size)[:, place] = masks[:, 1:-1]
        for row, mask in enumerate((*seen, seen[0] & seen[1])):
            hits[row] += np.bitwise_count(mask).sum(axis=1, dtype=np.int64)
    return hits[0], hits[1], hits[2]


def _shared_rounds(
    people: int, words: int, rng: np.random.Generator
) -> Callable[[LongInts], Callable[[int], Words]]:
    """Return digits of arrival that are the same in every world, drawn when first asked for."""
    drawn: list[Words] = []

    def of(place: LongInts) -> Callable[[int], Words]:
        def digits(number: int) -> Words:
            while len(drawn) <= number:
                shape = (people, words)
                drawn.append(rng.integers(0, 2**64 - 1, shape, np.uint64, endpoint=True))
            room = np.zeros((len(place) + 2, words), np.uint64)
            room[1:-1] = drawn[number][place]
            return room

        return digits

    return of


def _differences(
    before: LongInts,
    after: LongInts,
    both: LongInts,
    samples: int,
    direct_before: float,
    direct_after: float,
) -> tuple[Floats, Floats, Floats]:
    """Return the numbers of both worlds and the standard errors of their differences.

    Each number is ``shift + scale x share of the samples``, with what the direct tie leaves.
    """
    people = (len(before) - 1) // len(COMPARED)
    scaled = np.repeat([True, True, True, False, False], [1, people, people, people, people])
    numbers, scales = [], []
    for hits, direct in ((before, direct_before), (after, direct_after)):
        scale = np.where(scaled, 1.0 - direct, 1.0)
        values = scale * (hits / samples)
        values[0] += direct
        numbers.append(values)
        scales.append(scale)
    tries = samples + 4 * PSEUDO
    one, other = (before + 2 * PSEUDO) / tries, (after + 2 * PSEUDO) / tries
    together = (both + PSEUDO) / tries - one * other
    spread = (
        scales[0] ** 2 * one * (1.0 - one)
        + scales[1] ** 2 * other * (1.0 - other)
        - 2.0 * scales[0] * scales[1] * together
    )
    return numbers[0], numbers[1], np.sqrt(np.maximum(spread, 0.0) / tries)
