"""Predicted chances of asks beside what came true, before and after a fit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from trustgraph._typing import Bools, Floats, LongInts
from trustgraph.evaluation._outcome_asks import ENDORSED, FORWARDED, PASSED, SILENT
from trustgraph.evaluation._outcome_fit import Data, Scale, expected, refit
from trustgraph.evaluation.scored import Scored

__all__ = ["EVENTS", "EventName", "Predicted", "out_of_sample", "predictions", "scored_of"]

EventName = Literal["answered", "passed", "endorsed", "met"]

EVENTS: Final[Mapping[EventName, str]] = {
    "answered": "that an ask is answered",
    "passed": "that an ask is passed on, in whatever way",
    "endorsed": "that an ask is endorsed in the introducer's own name",
    "met": "that the target is met once the introducer has endorsed",
}
"""What is predicted of asks, in words."""


@dataclass(frozen=True, eq=False)
class Predicted:
    """Chances of one event, shape (k,) each: of which asks, what came true, what was expected."""

    ask: LongInts
    came_true: Bools
    chance: Floats


def predictions(data: Data, values: Mapping[str, float]) -> dict[EventName, Predicted]:
    """Return what some numbers of the model lead one to expect, by event."""
    asks, ways = data.asks, data.ways
    found = expected(data, values)
    passed = np.isin(asks.ending, (FORWARDED, ENDORSED, PASSED))
    through = ~asks.direct
    told = through & ~asks.reach & (asks.ending != PASSED)
    return {
        "answered": _some(np.ones(len(asks), bool), asks.ending != SILENT, found.answered),
        "passed": _some(through, passed, found.answered * found.passed),
        "endorsed": _some(told, asks.ending == ENDORSED, found.answered * found.endorsed),
        "met": Predicted(ways.ask, ways.met, np.clip(ways.chances(values), 0.0, 1.0)),
    }


def _some(which: Bools, came_true: Bools, chance: Floats) -> Predicted:
    return Predicted(np.flatnonzero(which), came_true[which], chance[which])


def out_of_sample(
    data: Data,
    scales: Mapping[str, Scale],
    parts: Sequence[str],
    *,
    folds: int,
    rng: np.random.Generator,
) -> dict[EventName, Predicted]:
    """Return what refitted numbers lead one to expect of asks that they have not seen.

    Parameters
    ----------
    data
        The asks.
    scales
        Scales of all numbers.
    parts
        What is refitted.
    folds
        Into how many shares the introducers are drawn; all asks of one are predicted by a model
        that has seen none of them.
    rng
        For the shares.

    Returns
    -------
    dict
        By event, in the order of `predictions`.
    """
    people = int(data.asks.introducer.max()) + 1
    fold = (rng.permutation(people) % folds)[data.asks.introducer]
    before = {name: scale.before for name, scale in scales.items()}
    found = predictions(data, before)
    chances = {event: one.chance.copy() for event, one in found.items()}
    for number in range(folds):
        values = refit(data.take(fold != number), scales, parts).numbers
        for event, one in predictions(data, values).items():
            here = fold[one.ask] == number
            chances[event][here] = one.chance[here]
    return {
        event: Predicted(one.ask, one.came_true, chances[event]) for event, one in found.items()
    }


def scored_of(predicted: Predicted, introducer: LongInts) -> Scored:
    """Return predictions in the form that metrics take; the target of each is its introducer."""
    chance, positive = predicted.chance, predicted.came_true
    k = len(chance)
    return Scored(
        rows=predicted.ask,
        source=np.zeros(k, np.int32),
        target=introducer[predicted.ask].astype(np.int32),
        rating=positive.astype(np.float64),
        positive=positive,
        value=chance,
        probability=chance,
        low=chance,
        high=chance,
        answered=np.ones(k, bool),
    )
