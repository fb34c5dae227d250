"""How a protocol has a model judged: which tasks it takes, and what to make of their answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Literal, Protocol, TypeAlias

import numpy as np

from trustgraph._typing import Bools, Floats, LongInts
from trustgraph.evaluation import protocols
from trustgraph.evaluation._calibrated import Calibrated, Judged, cross_calibrated, ends_of
from trustgraph.evaluation._tasks import Anew, LeftOut, Task, Through, joined
from trustgraph.evaluation.metrics import pcc
from trustgraph.evaluation.predictors.base import (
    LeavesOneOut,
    Prediction,
    Predictor,
    Prequential,
    has_shortcut,
)
from trustgraph.evaluation.protocols import Split
from trustgraph.graph.ratings import Ratings

__all__ = ["How", "LeaveOneOutPlan", "Plan", "PrequentialPlan", "SplitPlan"]

How: TypeAlias = Literal["exact", "sampled", "blocks"]

SAMPLE: Final = 2_000
"""Ratings that are left out one by one where that takes learning anew."""
AT_ONCE: Final = 50
"""Ratings that one task leaves out."""
BLOCKS: Final = 20
"""Parts that the time to be predicted is gone through in, where that takes learning anew."""
FEWEST: Final = 3
AGAINST: Final = -1.0 + 1e-9
"""Correlation under which predictions fall exactly as ratings rise."""


class Plan(Protocol):
    """A protocol that is being carried out."""

    def tasks(self, model: Predictor) -> list[Task]:
        """Return what has to be done to judge a model."""
        ...

    def judged(self, model: Predictor, found: Sequence[Prediction]) -> Judged:
        """Return its predictions with chances and intervals, from what the tasks found."""
        ...

    def how(self, model: Predictor) -> How:
        """Return whether every rating is predicted as the protocol has it."""
        ...


@dataclass(frozen=True, eq=False)
class SplitPlan:
    """Learn from one part, predict another; for each of several splits.

    Chances and intervals come from an inner split of what is learned from: its newest fifth
    where the future is predicted, else a fifth drawn at random.
    """

    ratings: Ratings
    positive: Bools
    splits: tuple[Split, ...]
    seed: int = 0

    @cached_property
    def inner(self) -> tuple[tuple[Split, ...], ...]:
        """The inner split of each split, or none where there is too little."""
        return tuple(
            tuple(protocols.inner_split(self.ratings, split, seed=self.seed + place))
            for place, split in enumerate(self.splits)
        )

    def tasks(self, model: Predictor) -> list[Task]:
        """Return one task for each split, and one for each inner split."""
        works = [Anew((split,)) for split in self.splits] + [Anew(inner) for inner in self.inner]
        return [Task(model, work) for work in works]

    def judged(self, model: Predictor, found: Sequence[Prediction]) -> Judged:
        """Return predictions of all splits."""
        del model
        parts = []
        outer, inner = found[: len(self.splits)], found[len(self.splits) :]
        for split, others, test, earlier in zip(self.splits, self.inner, outer, inner, strict=True):
            rows = others[0].test if others else np.zeros(0, np.int64)
            calibrated = Calibrated.of(
                earlier.value,
                self.ratings.rating[rows],
                self.positive[rows],
                ends=ends_of(self.ratings.rating[split.train]),
            )
            parts.append(calibrated.judge(split.test, test))
        return Judged.joined(parts)

    def how(self, model: Predictor) -> How:
        """Return that every rating is predicted as the protocol has it."""
        del model
        return "exact"


@dataclass(frozen=True, eq=False)
class LeaveOneOutPlan:
    """Predict each rating from all others.

    Models that cannot leave ratings out without learning anew predict a sample. Chances and
    intervals come from the other ratings, as they were predicted.
    """

    ratings: Ratings
    positive: Bools
    sample: int | None = None
    seed: int = 0

    @cached_property
    def rows(self) -> LongInts:
        """The rows that are predicted by learning anew, ascending."""
        m = self.ratings.m
        size = min(SAMPLE if self.sample is None else self.sample, m)
        return np.sort(np.random.default_rng(self.seed).permutation(m)[:size])

    def tasks(self, model: Predictor) -> list[Task]:
        """Return one task for all at once, or one for each fifty ratings."""
        if has_shortcut(model, LeavesOneOut, self.ratings):
            return [Task(model, LeftOut())]
        starts = range(0, len(self.rows), AT_ONCE)
        return [Task(model, LeftOut(self.rows[start : start + AT_ONCE])) for start in starts]

    def judged(self, model: Predictor, found: Sequence[Prediction]) -> Judged:
        """Return the predictions."""
        every_row = has_shortcut(model, LeavesOneOut, self.ratings)
        rows = np.arange(self.ratings.m) if every_row else self.rows
        rating, positive = self.ratings.rating[rows], self.positive[rows]
        every = joined(found)
        return cross_calibrated(
            rows,
            every,
            rating,
            positive,
            seed=self.seed,
            ranks=_ranks_left_out(model, every, rating),
        )

    def how(self, model: Predictor) -> How:
        """Return whether all ratings are predicted."""
        every = len(self.rows) == self.ratings.m
        every = every or has_shortcut(model, LeavesOneOut, self.ratings)
        return "exact" if every else "sampled"


@dataclass(frozen=True, eq=False)
class PrequentialPlan:
    """Go through time: predict each rating from those strictly before it.

    Models that cannot do so without learning anew learn at the beginning of each of 20 blocks.
    Chances and intervals come from what was predicted before the block of a rating, which begins
    with the newest fifth of what is not judged.
    """

    ratings: Ratings
    """In the order of time."""
    positive: Bools
    blocks: int = BLOCKS
    starts: tuple[int, ...] = field(init=False)
    before: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Find where blocks begin."""
        blocks = list(protocols.prequential(self.ratings, blocks=self.blocks))
        first = int(blocks[0].test[0])
        earlier: list[int] = []
        known = self.ratings.take(slice(first))
        if known.time is not None and len(np.unique(known.time)) > 1:
            inner = protocols.prequential(
                known, 1 - protocols.SHARE, blocks=max(self.blocks // 4, 1)
            )
            earlier = [int(split.test[0]) for split in inner]
        object.__setattr__(self, "starts", tuple(int(split.test[0]) for split in blocks))
        object.__setattr__(self, "before", tuple(earlier))

    @property
    def begin(self) -> int:
        """The first row that is predicted at all."""
        return (self.before + self.starts)[0]

    def tasks(self, model: Predictor) -> list[Task]:
        """Return one task for all at once, or one a block."""
        if has_shortcut(model, Prequential, self.ratings):
            return [Task(model, Through(self.begin))]
        return [Task(model, Anew((split,))) for split in self._splits()]

    def _splits(self) -> Iterable[Split]:
        starts = self.before + self.starts
        rows = np.arange(self.ratings.m)
        for start, end in zip(starts, (*starts[1:], self.ratings.m), strict=True):
            yield Split(rows[:start], rows[start:end], future=True)

    def judged(self, model: Predictor, found: Sequence[Prediction]) -> Judged:
        """Return the predictions from the first block on."""
        del model
        every = joined(found)
        rating, begin = self.ratings.rating, self.begin
        parts = []
        for start, end in zip(self.starts, (*self.starts[1:], self.ratings.m), strict=True):
            seen = slice(begin, start)
            calibrated = Calibrated.of(
                every.value[: start - begin],
                rating[seen],
                self.positive[seen],
                ends=ends_of(rating[:start]),
            )
            there = every.take(slice(start - begin, end - begin))
            parts.append(calibrated.judge(np.arange(start, end), there))
        return Judged.joined(parts)

    def how(self, model: Predictor) -> How:
        """Return whether each rating is predicted from all that is before it."""
        return "exact" if has_shortcut(model, Prequential, self.ratings) else "blocks"


def _ranks_left_out(model: Predictor, found: Prediction, rating: Floats) -> bool:
    """Return whether predictions of left-out ratings tell pairs apart.

    The mean of all others does not, though it moves: it falls exactly as the rating left out
    rises.
    """
    if not getattr(model, "ranks", True):
        return False
    return len(rating) < FEWEST or not pcc(rating, found.value) < AGAINST
