"""Transfer by Monte-Carlo: every quantity from the same sampled states, 64 a word."""

from collections.abc import Callable
from itertools import count
from typing import Any

import numpy as np

from trustgraph._typing import Floats, LongInts, Words
from trustgraph.engine import reliability
from trustgraph.engine._compile import twin
from trustgraph.engine.reliability_network import TwoTerminal, walk_counts
from trustgraph.engine.reliability_numbers import TransferNumbers
from trustgraph.engine.reliability_stop import WORD, further_draws, most_needed, share_error

__all__ = [
    "batch_words",
    "fresh_digits",
    "open_words",
    "row_operations",
    "sampled_transfer",
    "states_of",
]

FULL = np.uint64(0xFFFF_FFFF_FFFF_FFFF)
MOST_BYTES = 1 << 25
"""Room for the rows of one batch of samples."""
MOST_WORDS = 256
"""Words a batch: a row then stays in the first-level cache."""
BLOCK_WORDS = 1 << 15
"""Words whose steps are drawn together, so that the work stays in the second-level cache."""
DENSE_ROUNDS = 7
"""Digits after which so few words are left open that only these are drawn on."""
ROUNDS = 20
"""Typical number of times that the arrivals of `_pivots` are split, for the estimate of work."""
COMPILE_FROM_OPERATIONS = 700_000
"""Row operations from which the compiled twin pays for the start of the compiler."""


def open_words(
    chance: Floats, words: int, rng: np.random.Generator, late: np.random.Generator | None = None
) -> Words:
    """Draw whether each step works, 64 samples a word.

    Parameters
    ----------
    chance
        Chance of each step, in [0, 1], shape (steps,); or in several cases, shape (steps, cases).
    words
        Words a step and case.
    rng
        Source of randomness.
    late
        Source of the few digits after the first `DENSE_ROUNDS`; default: the same. With one of its
        own, what ``rng`` gives to a step does not depend on the chances.

    Returns
    -------
    numpy.ndarray
        One row a step, one case after the other, shape (steps, cases x words); a bit is set with
        exactly the chance given. All cases share their random numbers: in each sample a step that
        works at a chance works at any larger one.

    Notes
    -----
    A uniform number is compared with the chance digit by digit, from the first binary digit on,
    in 64 samples at once; a sample is settled at the first digit that differs, two digits on
    average. All digits of the chance count, at a fraction of the random bits of 64 floats.
    """
    cases = chance[:, None] if chance.ndim == 1 else chance
    rows = np.zeros((*cases.shape, words), np.uint64)
    block = max(1, BLOCK_WORDS // (words * cases.shape[1]))
    for first in range(0, len(chance), block):
        part = slice(first, first + block)
        _settle(cases[part], rows[part], rng, late or rng)
    rows[cases >= 1.0] = FULL
    return rows.reshape(len(chance), cases.shape[1] * words)


def _settle(
    chance: Floats, rows: Words, rng: np.random.Generator, late: np.random.Generator
) -> None:
    """Draw some rows: at first all words a round, then only those not settled in every case."""
    digits = np.where(chance < 1.0, chance, 0.0)
    undecided = np.full(rows.shape, FULL)
    shape = (len(rows), 1, rows.shape[2])
    for _ in range(DENSE_ROUNDS):
        ones = _next_digit(digits)[:, :, None]
        differs = _drawn(rng, shape) ^ ones
        # Where the digit of the chance is 1 and the one drawn is 0, the number is smaller.
        rows |= undecided & differs & ones
        undecided &= ~differs
    step, word = np.nonzero(undecided.any(axis=1))
    digits, undecided = digits[step], undecided[step, :, word]
    while len(step):
        ones = _next_digit(digits)
        differs = _drawn(late, (len(step), 1)) ^ ones
        rows[step, :, word] |= undecided & differs & ones
        undecided &= ~differs
        left = ((undecided != 0) & (digits > 0.0)).any(axis=1)
        step, word, digits, undecided = step[left], word[left], digits[left], undecided[left]


def _next_digit(digits: Floats) -> Words:
    """Shift the next binary digit out; all bits set where it is 1."""
    digits *= 2.0
    one = digits >= 1.0
    digits -= one
    return np.where(one, FULL, np.uint64(0))


def fresh_digits(
    network: TwoTerminal, words: int, rng: np.random.Generator, cases: int = 1
) -> Callable[[int], Words]:
    """Return random digits for `states_of`, the same for every case."""

    def digits(_: int) -> Words:
        return np.tile(_drawn(rng, (network.people + 2, words)), cases)

    return digits


def _drawn(rng: np.random.Generator, shape: tuple[int, ...]) -> Words:
    return rng.integers(0, FULL, size=shape, dtype=np.uint64, endpoint=True)


def sampled_transfer(
    network: TwoTerminal,
    samples: int,
    rng: np.random.Generator,
    *,
    precision: float | None = None,
) -> TransferNumbers:
    """Estimate the transfer of a network.

    Parameters
    ----------
    network
        The network; every step stands on an admissible simple path.
    samples
        Number of sampled states, at least 1; the largest number if ``precision`` is given.
    rng
        Source of randomness.
    precision
        Standard error of the total at which to stop, above 0.

    Returns
    -------
    TransferNumbers
        Estimates and their standard errors.

    Notes
    -----
    Direct steps share nothing with the paths, so they are not sampled: with d their chance, the
    total is ``d + (1 - d) R'`` and removal and shapley are ``1 - d`` times those of the paths.
    Each quantity is the share of samples with a property, and the properties imply each other
    (lost without m, then a working path holds m, then a working prefix ends in m), so the laws
    hold sample by sample. Standard errors are binomial, with two hits and two misses added [1]_, so
    that they are not 0 where no sample hit or all did. Samples of through are samples of inflow:
    the delta method then gives retained the binomial error of a share of the inflow samples.

    References
    ----------
    .. [1] Agresti, A., Coull, B. A. (1998). Approximate is better than "exact" for interval
       estimation of binomial proportions. The American Statistician 52(2), 119-126.
       https://doi.org/10.1080/00031305.1998.10480550
    """
    batch = batch_words(network)
    expected = -(-most_needed(samples, precision) // WORD)
    work = row_operations(network) * -(-expected // batch)
    kernels = twin(reliability, work=work, worth=COMPILE_FROM_OPERATIONS)
    hits = np.zeros((4, network.people + 2), np.int64)
    total = drawn = 0
    while more := further_draws(total, drawn, samples, precision, 1.0 - network.direct):
        width = min(batch, -(-more // WORD))
        more = min(more, width * WORD)
        lanes = np.full(width, FULL)
        if more % WORD:
            lanes[-1] = np.uint64((1 << (more % WORD)) - 1)
        open_ = open_words(network.chance, width, rng)
        open_[: network.start[1]] &= lanes
        masks, sink = states_of(network, kernels, open_, fresh_digits(network, width, rng))
        hits += np.bitwise_count(masks).sum(axis=2, dtype=np.int64)
        total += int(np.bitwise_count(sink).sum())
        drawn += more
    return _numbers(network, total, hits[:, 1:-1], drawn)


def row_operations(network: TwoTerminal) -> float:
    """Estimate the row operations of one batch."""
    whole, prefixes = walk_counts(network)
    rounds = ROUNDS + network.most + 1
    return (3.0 * len(network.tail) * rounds + whole) * network.most + 10.0 * prefixes


def batch_words(network: TwoTerminal) -> int:
    """Return how many words a batch may have."""
    rows = len(network.tail) + (2 * network.most + 10) * (network.people + 2)
    return max(1, min(MOST_WORDS, MOST_BYTES // (8 * rows)))


def states_of(
    network: TwoTerminal, kernels: Any, open_: Words, digits: Callable[[int], Words]
) -> tuple[Words, Words]:
    """Return what holds in sampled states.

    Parameters
    ----------
    network
        The network; every step stands on an admissible simple path.
    kernels
        Those of `trustgraph.engine.reliability`, plain or compiled.
    open_
        States in which each step works, shape (steps, words).
    digits
        Round -> random words, shape (people + 2, words): the binary digits of the times at which
        people arrive, in the order of the rounds.

    Returns
    -------
    masks, sink : numpy.ndarray
        States of removal, pivot, inflow and through by person, shape (4, people + 2, words), and
        those that connect.
    """
    size, width = network.people + 2, open_.shape[1]
    shape = (network.start, network.head, network.exit_of)
    levels = np.zeros((max(network.most, 1), size, width), np.uint64)
    masks = np.zeros((4, size, width), np.uint64)
    sink, scratch = np.zeros(width, np.uint64), np.zeros(width, np.uint64)
    removal, pivot, inflow, through = masks
    room = np.full((network.most + 2, width), FULL)
    kernels.carry(*shape, network.back, network.most, open_, room, scratch, inflow, through)
    allowed = np.full((size, width), FULL)
    kernels.reach(*shape, open_, allowed, levels, sink, scratch)
    chosen = np.zeros_like(levels)
    current, wanted = np.zeros((size, width), np.uint64), np.zeros((size, width), np.uint64)
    kernels.one_path(*shape, open_, levels, sink, chosen, current, wanted, scratch)
    without = np.zeros(width, np.uint64)
    for on_path in chosen:
        kernels.reach(*shape, open_, ~on_path, levels, without, scratch)
        removal |= on_path & ~without
    pivot[:] = _pivots(shape, kernels, open_, levels, through & sink, digits)
    return masks, sink


def _pivots(
    shape: tuple[LongInts, Any, LongInts],
    kernels: Any,
    open_: Words,
    levels: Words,
    level: Words,
    digits: Callable[[int], Words],
) -> Words:
    """Return in which samples each person is the pivot when people arrive in random order.

    Arrival times are uniform and drawn digit by digit. The time at which the sink is first
    reached is found digit by digit too: with everybody who is surely before it (``before``) and
    those whose next digit is 0, is the sink reached? Those who agree with all digits so far
    (``level``, at first everybody on a working path) thin out until one is left, the pivot.
    """
    before = np.zeros_like(level)
    reached, scratch = np.zeros_like(level[0]), np.zeros_like(level[0])
    for place in count():
        if not _crowded(level):
            break
        late = digits(place)
        early = level & ~late
        kernels.reach(*shape, open_, before | early, levels, reached, scratch)
        before |= early & ~reached
        level &= late ^ reached
    return level


def _crowded(level: Words) -> bool:
    """Whether two people are set in some sample."""
    met = np.bitwise_or.accumulate(level[:-1], axis=0)
    return bool((met & level[1:]).any())


def _numbers(network: TwoTerminal, total: int, hits: LongInts, samples: int) -> TransferNumbers:
    indirect = 1.0 - network.direct
    removal, shapley, inflow, through = hits / samples
    errors = share_error(hits, np.full(1, samples))
    met = hits[2] > 0
    retained = np.divide(hits[3], hits[2], out=np.full(len(met), np.nan), where=met)
    retained_error = np.where(met, share_error(hits[3], np.maximum(hits[2], 1)), np.nan)
    return TransferNumbers(
        total=network.direct + indirect * (total / samples),
        total_error=indirect * float(share_error(np.array([total]), np.array([samples]))[0]),
        removal=indirect * removal,
        shapley=indirect * shapley,
        inflow=inflow,
        through=through,
        retained=retained,
        removal_error=indirect * errors[0],
        shapley_error=indirect * errors[1],
        inflow_error=errors[2],
        through_error=errors[3],
        retained_error=retained_error,
        samples=samples,
    )
