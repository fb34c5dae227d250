"""Clocks: alternating runs, medians and ranges, emptied caches, and what the machine can do."""

import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

CACHES = Path("/sys/devices/system/cpu/cpu0/cache")
LARGEST_BUFFER = 512 * 2**20
UNITS = {"K": 2**10, "M": 2**20, "G": 2**30}
FEWEST_RUNS = 3


@dataclass(frozen=True)
class Times:
    """Seconds by run (rows) and by case (columns); NaN where a contender was not asked."""

    seconds: Any

    @property
    def by_case(self) -> Any:
        """Median over the runs of each case that was asked, NaN for the others."""
        asked = ~np.isnan(self.seconds).all(axis=0)
        medians = np.full(self.seconds.shape[1], np.nan)
        medians[asked] = np.nanmedian(self.seconds[:, asked], axis=0)
        return medians

    @property
    def median(self) -> float:
        """Median over cases of the median over runs."""
        return float(np.nanmedian(self.by_case))

    @property
    def p95(self) -> float:
        """95th percentile over cases of the median over runs."""
        return float(np.nanpercentile(self.by_case, 95))

    @property
    def by_run(self) -> Any:
        """Median over the cases of each run."""
        asked = self.seconds[~np.isnan(self.seconds).all(axis=1)]
        return np.nanmedian(asked, axis=1)

    @property
    def cases(self) -> int:
        return int((~np.isnan(self.by_case)).sum())

    @property
    def runs(self) -> int:
        return len(self.by_run)


@dataclass(frozen=True)
class Ratio:
    """How many times longer the one takes; lowest and highest of the runs."""

    value: float
    low: float
    high: float


def ratio(slow: Times, fast: Times) -> Ratio:
    """Return the ratio of medians over the cases that both were asked.

    Its range is that of the runs of ``slow``, each against the medians of ``fast`` for the same
    cases.
    """
    both = ~np.isnan(slow.by_case) & ~np.isnan(fast.by_case)
    value = np.median(slow.by_case[both]) / np.median(fast.by_case[both])
    runs = []
    for run in slow.seconds:
        asked = ~np.isnan(run) & both
        if asked.any():
            runs.append(np.median(run[asked]) / np.median(fast.by_case[asked]))
    return Ratio(float(value), float(min(runs)), float(max(runs)))


@dataclass(frozen=True)
class Contender:
    """Something to time: ``call(case)``, then ``digest(answer)`` outside the clock.

    ``budget`` is the number of seconds that all its runs together should take; a slow contender
    is asked fewer cases in each run, and goes on in the next one where it stopped. With ``cold``
    the caches are emptied before each call. ``rehearse`` is called after that, outside the clock:
    on other data it brings the program back into the cache, and not the network.
    """

    name: str
    call: Callable[[Any], Any]
    digest: Callable[[Any], Any] = lambda answer: answer
    budget: float = 20.0
    cold: bool = True
    rehearse: Callable[[], Any] | None = None


@dataclass(frozen=True)
class Measured:
    """Times of a contender, and its digested answers by number of the case."""

    times: Times
    answers: dict[int, Any]


class _Turns:
    """The runs of one contender: where it stopped, what it took, what it answered."""

    def __init__(self, one: Contender, cases: Sequence[Any], runs: int) -> None:
        self.one, self.cases, self.runs = one, cases, runs
        self.seconds = np.full((runs, len(cases)), np.nan)
        self.answers: dict[int, Any] = {}
        self.next, self.spent = 0, 0.0
        one.call(cases[0])  # whatever compiles or loads does so now

    def run(self, number: int, evict: Callable[[], Any]) -> None:
        """Ask case after case, until all are asked or the share of the budget is used up."""
        if number >= FEWEST_RUNS and self.spent >= self.one.budget:
            return
        enough = self.spent + self.one.budget / self.runs
        for _ in range(len(self.cases)):
            case = self.next
            self.next = (self.next + 1) % len(self.cases)
            if self.one.cold:
                evict()
            if self.one.rehearse is not None:
                self.one.rehearse()
            took, answer = clock(self.one.call, self.cases[case])
            self.seconds[number, case] = took
            self.spent += took
            if case not in self.answers:
                self.answers[case] = self.one.digest(answer)
            del answer
            if self.spent >= enough:
                break


def alternate(
    contenders: Sequence[Contender],
    cases: Sequence[Any],
    *,
    runs: int,
    buffer: int = LARGEST_BUFFER,
) -> dict[str, Measured]:
    """Time all contenders in turn, ``runs`` times over; each is warmed up by one untimed call."""
    evict = Evictor(buffer if any(one.cold for one in contenders) else 0)
    turns = [_Turns(one, cases, runs) for one in contenders]
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        for run in range(runs):
            first = run % len(turns)
            for turn in (*turns[first:], *turns[:first]):
                turn.run(run, evict)
                gc.collect(0)
    finally:
        gc.enable()
        gc.unfreeze()
    return {turn.one.name: Measured(Times(turn.seconds), turn.answers) for turn in turns}


def clock(call: Callable[[Any], Any], case: Any) -> tuple[float, Any]:
    """Return the seconds of one call and its answer."""
    start = time.perf_counter_ns()
    answer = call(case)
    took = (time.perf_counter_ns() - start) / 1e9
    if isinstance(answer, Extrapolated):
        return answer.seconds, answer.answer
    return took, answer


@dataclass(frozen=True)
class Extrapolated:
    """An answer from a part of the work, and the seconds that all of it would take."""

    answer: Any
    seconds: float


# ------------------------------------------------------------------------------ the machine


def cache_bytes() -> int:
    """Return the size of the largest cache that the system tells of, 32 MB if it tells nothing."""
    sizes = [text.read_text().strip() for text in CACHES.glob("index*/size")]
    known = [int(size[:-1]) * UNITS[size[-1]] for size in sizes if size[-1:] in UNITS]
    return max(known, default=32 * 2**20)


class Evictor:
    """Empties the caches by streaming through twice the size of the last one, at most 512 MB."""

    def __init__(self, largest: int = LARGEST_BUFFER) -> None:
        size = min(2 * cache_bytes(), largest)
        self.buffer = np.ones(size // 8)

    def __call__(self) -> float:
        return float(self.buffer.sum())


@dataclass(frozen=True)
class Machine:
    """What the hardware allows: the bounds that measured times are set against."""

    stream_gb_per_s: float
    gather_cached_ns: float
    gather_memory_ns: float
    chase_memory_ns: float
    cache_mb: float
    buffer_mb: float


def measure_machine(*, quick: bool = False) -> Machine:
    """Return stream bandwidth, independent random reads (cached and not) and dependent ones."""
    from numba import njit

    @njit
    def gather(values: Any, places: Any) -> float:
        total = 0.0
        for place in places:
            total += values[place]
        return total

    @njit
    def chase(following: Any, steps: int) -> int:
        place = 0
        for _ in range(steps):
            place = following[place, 0]
        return place

    rng = np.random.default_rng(0)
    size = (16 if quick else 512) * 2**20
    buffer = np.ones(size // 8)
    lines = size // 64
    order = rng.permutation(lines)
    following = np.zeros((lines, 8), np.int64)
    following[order, 0] = np.roll(order, -1)
    small = np.ones(100_000)
    reads = 2**16 if quick else 2**21
    near = rng.integers(0, len(small), reads)
    far = rng.integers(0, len(buffer), reads)
    gather(small, near[:9])
    chase(following, 9)
    best = _best_of
    return Machine(
        stream_gb_per_s=size / 1e9 / best(buffer.sum),
        gather_cached_ns=best(lambda: gather(small, near)) / reads * 1e9,
        gather_memory_ns=best(lambda: gather(buffer, far)) / reads * 1e9,
        chase_memory_ns=best(lambda: chase(following, reads // 4)) / (reads // 4) * 1e9,
        cache_mb=cache_bytes() / 2**20,
        buffer_mb=min(2 * cache_bytes(), LARGEST_BUFFER) / 2**20,
    )


def _best_of(call: Callable[[], Any], times: int = 5) -> float:
    return min(clock(lambda _: call(), None)[0] for _ in range(times))
