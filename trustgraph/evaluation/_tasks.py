"""Pieces of work that learn and predict, and the processes that do them."""

import multiprocessing
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from os import cpu_count
from types import ModuleType
from typing import Any, Final, Self, TypeAlias

import numpy as np

from trustgraph._typing import LongInts
from trustgraph.evaluation.predictors.base import Prediction, Predictor
from trustgraph.evaluation.protocols import Split, leave_one_out
from trustgraph.graph.ratings import Ratings
from trustgraph.steps.seed import is_whole

__all__ = ["Anew", "LeftOut", "Task", "Through", "Workers", "check_jobs", "is_of_script", "joined"]

MOST_JOBS: Final = 256
DIGITS: Final = 12
"""Decimals of a prediction that are kept."""


@dataclass(frozen=True, eq=False)
class Anew:
    """Learn anew for each split, and predict its test."""

    splits: tuple[Split, ...]

    def do(self, model: Predictor, ratings: Ratings) -> Prediction:
        """Return the predictions, split after split."""
        return joined([_learned_and_asked(model, ratings, split) for split in self.splits])


@dataclass(frozen=True, eq=False)
class LeftOut:
    """Predict ratings from all others: those of some rows by learning anew, or all at once.

    All at once takes a `LeavesOneOut`.
    """

    rows: LongInts | None = None

    def do(self, model: Any, ratings: Ratings) -> Prediction:
        """Return the predictions, in the order of rows."""
        if self.rows is None:
            found: Prediction = model.leave_one_out(ratings)
            return found
        splits = leave_one_out(ratings, rows=self.rows.tolist())
        return joined([_learned_and_asked(model, ratings, split) for split in splits])


@dataclass(frozen=True, eq=False)
class Through:
    """Let a `Prequential` go through time: predict each rating from those strictly before it."""

    first: int

    def do(self, model: Any, ratings: Ratings) -> Prediction:
        """Return the predictions of the rows from the first on."""
        found: Prediction = model.prequential(ratings, self.first)
        return found


Work: TypeAlias = Anew | LeftOut | Through


@dataclass(frozen=True, eq=False)
class Task:
    """A piece of work of one model."""

    model: Predictor
    work: Work


def _learned_and_asked(model: Predictor, ratings: Ratings, split: Split) -> Prediction:
    fitted = model.fit(ratings.take(split.train), future=split.future)
    found = fitted.predict(ratings.source[split.test], ratings.target[split.test])
    if len(found.value) != len(split.test):
        message = (
            f"{model.name} gave {len(found.value)} predictions for {len(split.test)} pairs; a "
            "model must predict each pair it is asked about, in their order"
        )
        raise ValueError(message)
    return found


def joined(parts: Sequence[Prediction]) -> Prediction:
    """Return predictions one after the other."""
    if not parts:
        return Prediction(np.zeros(0), np.zeros(0, bool))
    with_ends = all(part.low is not None for part in parts)
    return Prediction(
        np.concatenate([part.value for part in parts]),
        np.concatenate([part.answered for part in parts]),
        np.concatenate([part.low for part in parts if part.low is not None]) if with_ends else None,
        np.concatenate([part.high for part in parts if part.high is not None])
        if with_ends
        else None,
    )


# ------------------------------------------------------------------------------ processes


_HERE: Final[list[Ratings]] = []
"""What a process works on; given once, not with every task."""


def _settle(ratings: Ratings) -> None:
    _HERE[:] = [ratings]


def _timed(task: Task, ratings: Ratings) -> tuple[Prediction, float]:
    start = time.process_time()
    found = _rounded(task.work.do(task.model, ratings))
    return found, time.process_time() - start


def _rounded(found: Prediction) -> Prediction:
    """Return predictions without the digits that are rounding, which would order equal ones."""
    low = None if found.low is None else np.round(found.low, DIGITS)
    high = None if found.high is None else np.round(found.high, DIGITS)
    return Prediction(np.round(found.value, DIGITS), found.answered, low, high)


def _timed_there(task: Task) -> tuple[Prediction, float]:
    return _timed(task, _HERE[0])


@contextmanager
def _without_script() -> Iterator[None]:
    """Start processes that do not run the user's script again, as they would to find its names.

    So a script needs no ``if __name__ == "__main__":``.
    """
    script = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = script


def is_of_script(model: Predictor) -> bool:
    """Whether a model is made by the user's script or notebook, which no other process knows."""
    return type(model).__module__ == "__main__"


@dataclass
class Workers:
    """Processes that hold the same ratings; with one job, this process alone."""

    ratings: Ratings
    jobs: int = 1
    _pool: ProcessPoolExecutor | None = field(default=None, repr=False)

    @classmethod
    @contextmanager
    def open(cls, ratings: Ratings, jobs: int) -> "Iterator[Self]":
        """Start them, and end them whatever happens."""
        workers = cls(ratings, jobs)
        if jobs == 1:
            yield workers
            return
        # A fresh interpreter is the same on every system; a fork may copy a lock that is held.
        pool = ProcessPoolExecutor(
            jobs,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_settle,
            initargs=(ratings,),
        )
        workers._pool = pool
        try:
            yield workers
        except BrokenProcessPool as error:
            message = (
                "a process ended before its work was done, perhaps for want of memory; pass jobs=1"
            )
            raise RuntimeError(message) from error
        finally:
            pool.shutdown(cancel_futures=True)

    def run(self, tasks: Sequence[Task], done: Callable[[], Any]) -> list[tuple[Prediction, float]]:
        """Return what each task found and its seconds, in the order of tasks.

        ``done`` is called after each.
        """
        if self._pool is None:
            found = []
            for task in tasks:
                found.append(_timed(task, self.ratings))
                done()
            return found
        with _without_script():
            futures = [self._pool.submit(_timed_there, task) for task in tasks]
        return self._collected(futures, done)

    def map(
        self, function: Callable[..., Any], given: Sequence[Any], done: Callable[[], Any]
    ) -> list[Any]:
        """Return what a function of a module makes of each of the things given, in their order."""
        if self._pool is None:
            found = []
            for one in given:
                found.append(function(one))
                done()
            return found
        with _without_script():
            futures = [self._pool.submit(function, one) for one in given]
        return self._collected(futures, done)

    def _collected(self, futures: list[Future[Any]], done: Callable[[], Any]) -> list[Any]:
        for future in futures:
            future.add_done_callback(lambda _: done())
        return [future.result() for future in futures]


def check_jobs(jobs: int | None) -> int:
    """Return a number of processes; None: one a processor.

    Raises
    ------
    ValueError
        If it is none.

    Examples
    --------
    >>> from trustgraph.evaluation._tasks import check_jobs
    >>> check_jobs(3)
    3
    """
    if jobs is None:
        return cpu_count() or 1
    if not is_whole(jobs) or not 1 <= jobs <= MOST_JOBS:
        message = f"jobs is {jobs!r}; give a whole number of processes from 1 to {MOST_JOBS}"
        raise ValueError(message)
    return int(jobs)
