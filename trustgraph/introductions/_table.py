"""The best paths of a question as arrays: all numbers there are to tell of them and their steps."""

from bisect import bisect_left
from dataclasses import dataclass
from typing import Any

import numpy as np

from trustgraph._typing import Bools, Floats, LongInts
from trustgraph.engine.paths import BestPaths
from trustgraph.steps.question import Question
from trustgraph.steps.told import told

__all__ = ["PathTable", "table_of"]


@dataclass(frozen=True, eq=False)
class PathTable:
    """Paths by row; arrays of steps have one column for each place on a path.

    Attributes
    ----------
    question, best
        The question and its best paths.
    step
        Number of each step; -1 where it is assumed, and after the last one.
    factor
        What each step contributes to the score; infinite after the last one.
    passes
        Chance that the asked person answers and, if between, endorses; 1 for a last step, where
        nobody passes anything on, and after it.
    delivery, carried, forward_only
        Outcomes of each path, in [0, 1].
    lift
        Success of each path over a cold application; NaN where nobody vouches.
    weakest
        Place of the step with the smallest factor.
    observed_steps
        How many steps a record states.
    """

    question: Question
    best: BestPaths
    step: LongInts
    factor: Floats
    passes: Floats
    delivery: Floats
    carried: Floats
    forward_only: Floats
    lift: Floats
    weakest: LongInts
    observed_steps: LongInts

    def __len__(self) -> int:
        """Return the number of paths."""
        return len(self.best.scores)

    def people(self, row: int) -> list[int]:
        """Return the numbers of the intermediaries of a path."""
        people: list[int] = self.best.people[row, : self.best.lengths[row]].tolist()
        return people

    def ids(self) -> list[tuple[Any, ...]]:
        """Return the ids along each path, from the seeker to the target."""
        labels, targets = self.question.index.labels, self.question.targets
        seeker = labels[self.question.seeker]
        rows = zip(
            self.best.people.tolist(),
            self.best.lengths.tolist(),
            self.best.targets.tolist(),
            strict=True,
        )
        return [
            (seeker, *[labels[node] for node in people[:length]], targets[target].id)
            for people, length, target in rows
        ]


def table_of(question: Question, best: BestPaths) -> PathTable:
    """Return everything that arrays can tell of the best paths of a question."""
    lengths = best.lengths
    via = lengths.nonzero()[0]
    inside = np.arange(int(lengths.max(initial=0)) + 1) < lengths[:, None]
    step = np.full(inside.shape, -1)
    factor = np.full(inside.shape, np.inf)
    passes = np.ones(inside.shape)
    _find_between(question, best, via, inside, step, factor)
    _find_last(question, best, via, step, factor)
    if len(via) < len(lengths):
        _find_direct(question, best, step, factor, passes)
    delivery, forward_only = _outcomes(question, best, via, inside, step, passes)
    lift = np.full(len(lengths), np.nan)
    if question.ask.purpose != "reach":
        lift[:] = question.model.lift.lift(best.scores, forward_only)
    on_record = step >= 0
    if not question.index.all_observed:
        on_record[on_record] = question.index.observed[step[on_record]]
    return PathTable(
        question=question,
        best=best,
        step=step,
        factor=factor,
        passes=passes,
        delivery=delivery,
        carried=best.scores / delivery,
        forward_only=forward_only,
        lift=lift,
        weakest=factor.argmin(axis=1),
        observed_steps=on_record.sum(axis=1),
    )


def _find_between(
    question: Question,
    best: BestPaths,
    via: LongInts,
    inside: Bools,
    step: LongInts,
    factor: Floats,
) -> None:
    """Find the steps to intermediaries and what they are worth."""
    index = question.index
    first = question.entry_asked.searchsorted(best.people[via, 0])
    step[via, 0] = question.entry_step[first]
    rows, places = inside[:, 1:].nonzero()
    if len(rows):
        asker, asked = best.people[rows, places], best.people[rows, places + 1]
        # For a few steps, looking each one up beats all array operations together.
        view = index.out_asked.data
        step[rows, places + 1] = [
            bisect_left(view, wanted, low, high)
            for wanted, low, high in zip(
                asked.tolist(),
                index.out_start[asker].tolist(),
                index.out_start[asker + 1].tolist(),
                strict=True,
            )
        ]
        factor[inside] = question.passing.out[step[inside]] * question.scale
    factor[via, 0] = question.entry_factor[first]


def _find_last(
    question: Question, best: BestPaths, via: LongInts, step: LongInts, factor: Floats
) -> None:
    """Find the steps of intermediaries to targets and what they are worth."""
    last = best.lengths[via]
    asker, several = best.people[via, last - 1], len(question.targets)
    if several == 1:
        place = question.exit_asker.searchsorted(asker)
    else:
        keys = question.exit_asker * np.int64(several) + question.exit_target
        place = keys.searchsorted(asker * several + best.targets[via])
    step[via, last] = question.exit_step[place]
    factor[via, last] = question.exit_factor[place]


def _find_direct(
    question: Question, best: BestPaths, step: LongInts, factor: Floats, passes: Floats
) -> None:
    """Find the direct steps and what they are worth."""
    direct = (best.lengths == 0).nonzero()[0]
    place = question.direct_target.searchsorted(best.targets[direct])
    step[direct, 0] = question.direct_step[place]
    factor[direct, 0] = question.direct_factor[place]
    passes[direct, 0] = question.direct_passes[place]


def _outcomes(
    question: Question,
    best: BestPaths,
    via: LongInts,
    inside: Bools,
    step: LongInts,
    passes: Floats,
) -> tuple[Floats, Floats]:
    """Fill in what intermediaries pass on.

    Return the chance that all of them do, and the chance that all but the last one do and that one
    only forwards.
    """
    index, ask, kappa = question.index, question.ask, question.kappa
    number, lengths = step[inside], best.lengths
    response, forwards, willing = (
        told(index, name, number) for name in ("response", "forwards", "willingness")
    )
    if ask.incentive.kind != "none":
        first = inside.nonzero()[1] == 0
        effect = question.model.norms.effect(
            ask.incentive, response[first], willing[first], forwards[first]
        )
        response[first], forwards[first] = effect.response, effect.forwards
        willing[first] *= effect.endorsement
    reach = ask.purpose == "reach"
    passes[inside] = response * kappa * (forwards if reach else willing)
    before = np.ones(len(lengths))
    # In order, so that the product does not depend on how long other paths are.
    for place in range(1, inside.shape[1] - 1):
        np.multiply(before, passes[:, place - 1], out=before, where=inside[:, place])
    forward_only = np.zeros(len(lengths))
    if reach:  # what is carried is no trust: all that arrives counts
        return best.scores.copy(), forward_only
    delivery = before * passes[np.arange(len(lengths)), np.maximum(lengths - 1, 0)]
    last = lengths[via].cumsum() - 1
    handed = np.maximum(0.0, forwards[last] - willing[last])
    forward_only[via] = before[via] * response[last] * kappa * handed
    # What is told is rounded, scores are not: nothing arrives with more than full trust.
    return np.maximum(delivery, best.scores), forward_only
