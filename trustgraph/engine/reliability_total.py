"""The total of a network: exactly where that takes less time than sampling, else by sampling."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from trustgraph._typing import Floats, Ints
from trustgraph.engine import reliability_reach
from trustgraph.engine._compile import twin
from trustgraph.engine.reliability_exact import MOST_PATHS, MOST_WORK, exact_total
from trustgraph.engine.reliability_network import TwoTerminal, walk_counts
from trustgraph.engine.reliability_stop import WORD, further_draws, most_needed, share_error

__all__ = [
    "BEGINNING",
    "Sampled",
    "exact_total_within",
    "forced_exact_total",
    "sampled_total",
    "sampling_time",
]

FULL: Final = np.uint64(0xFFFF_FFFF_FFFF_FFFF)
COMPILE_FROM_WORDS: Final = 20_000
"""Words of 64 states of a step from which the compiled twin pays for the start of the compiler."""
# Microseconds, measured on networks cut out of 1e6 ties: the sampler per word of a step, and the
# diagram to begin with, per path and per product looked at. Compiled sampling wins at 10,000 draws.
WORD_COMPILED, WORD_PLAIN = 0.012, 30.0
BEGINNING, PER_PATH, PER_PRODUCT = 350.0, 40.0, 1.2
COMPILER: Final = 300_000.0
"""Microseconds to load compiled kernels, where nothing else has loaded them."""
FORCED: Final = 100
"""How many times the usual work an exact answer may take when it is asked for."""


@dataclass(frozen=True)
class Sampled:
    """An estimate of the total, its standard error, and the draws behind it."""

    value: float
    error: float
    samples: int


def uses_compiled(steps: int, samples: int, *, large: bool) -> bool:
    """Return whether the compiled sampler runs; on a ``large`` graph others already do."""
    return large or steps * -(-samples // WORD) >= COMPILE_FROM_WORDS


def sampling_time(steps: int, *, samples: int, precision: float | None, large: bool) -> float:
    """Return how long sampling is expected to take at most, in microseconds.

    Parameters
    ----------
    steps
        Number of steps of the network.
    samples, precision
        What would be sampled.
    large
        Whether compiled kernels are in use anyway.

    Returns
    -------
    float
        By a model of the cost that was fitted to measurements.
    """
    draws = most_needed(samples, precision)
    compiled = uses_compiled(steps, draws, large=large)
    start = COMPILER if compiled and not large else 0.0
    return start + steps * (draws / WORD) * (WORD_COMPILED if compiled else WORD_PLAIN)


def exact_total_within(network: TwoTerminal, microseconds: float) -> float | None:
    """Return the exact total, or None where that is expected to take longer.

    Parameters
    ----------
    network
        The network; its steps may stand on walks alone.
    microseconds
        The time that it may take.

    Returns
    -------
    float or None
        Exact up to rounding.
    """
    left = microseconds - BEGINNING - PER_PATH * walk_counts(network)[0]
    if left <= 0.0:
        return None
    work = int(min(left / PER_PRODUCT, MOST_WORK))
    return exact_total(network, most_paths=MOST_PATHS, most_work=work)


def forced_exact_total(network: TwoTerminal) -> float | None:
    """Return the exact total, or None where it would take more than some seconds.

    Parameters
    ----------
    network
        The network; its steps may stand on walks alone.

    Returns
    -------
    float or None
        Exact up to rounding.
    """
    return exact_total(network, most_paths=2 * MOST_PATHS, most_work=FORCED * MOST_WORK)


def sampled_total(
    tail: Ints,
    head: Ints,
    chance: Floats,
    *,
    sink: int,
    most: int,
    direct: float,
    samples: int,
    precision: float | None,
    rng: np.random.Generator,
    large: bool,
) -> Sampled:
    """Estimate the total by drawing states, 64 at a time.

    Parameters
    ----------
    tail, head, chance
        Steps sorted by tail, then head; several may lead from a person to the sink, and those of
        the seeker to the sink are left out.
    sink, most
        Number of the sink, and how many intermediaries a path may have.
    direct
        Chance that the seeker reaches the sink without anybody.
    samples
        Largest number of draws, at least 1.
    precision
        Standard error at which to stop, above 0; None to make all draws.
    rng
        Source of the generator's state.
    large
        Whether compiled kernels are in use anyway.

    Returns
    -------
    Sampled
        The estimate.

    Notes
    -----
    Direct steps share nothing with the paths, so they are not sampled: with d their chance, the
    total is ``d + (1 - d) R'``.
    """
    draws = most_needed(samples, precision)
    compiled = uses_compiled(len(tail), draws, large=large)
    kernels: Any = twin(reliability_reach, work=compiled, worth=True)
    state = rng.integers(0, FULL, size=4, dtype=np.uint64, endpoint=True)
    hits = drawn = 0
    while more := further_draws(hits, drawn, samples, precision, 1.0 - direct):
        words = np.zeros(-(-more // WORD), np.uint64)
        with np.errstate(over="ignore"):  # words wrap around
            kernels.reached(tail, head, chance, sink, most, state, words)
        if more % WORD:
            words[-1] &= np.uint64((1 << (more % WORD)) - 1)
        hits += int(np.bitwise_count(words).sum())
        drawn += more
    error = float(share_error(hits, drawn))
    return Sampled(direct + (1.0 - direct) * hits / drawn, (1.0 - direct) * error, drawn)
