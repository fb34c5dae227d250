"""`trustgraph.reputation.infer_trust` as a predictor, whole and with parts switched off."""

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from trustgraph._typing import Bools, Floats, Ints
from trustgraph.engine import inference
from trustgraph.evaluation.predictors.base import Prediction
from trustgraph.graph.ratings import Ratings
from trustgraph.reputation.conformal import Calibration
from trustgraph.reputation.infer import calibration
from trustgraph.reputation.inference import Learned, learn
from trustgraph.reputation.inference_anew import (
    anew_operations,
    leave_one_out,
    through_time,
)
from trustgraph.reputation.inference_options import Components

__all__ = ["ABLATIONS", "INFERRED", "InferredPredictor"]

LEVEL: Final = 0.9
MOST_OPERATIONS: Final = 1e11
"""Of learning anew for every rating: a quarter of an hour of one core or so."""
PARTS: Final = 5
"""Parts of the ratings of which each gets its intervals from the others."""
KNOWN: Final = (inference.RATERS, inference.RATED, inference.ANSWERED)
"""Columns of which one is above 0 if anything is known of a pair."""


@dataclass(frozen=True)
class InferredPredictor:
    """What others say of the target, biases, paths and the answer, weighted by least squares.

    Parameters
    ----------
    name
        What it goes by.
    components
        What it uses.

    Examples
    --------
    >>> told = pd.DataFrame({"source": [1, 2, 3], "target": [4, 4, 4], "rating": [1, 1, 1]})
    >>> fitted = tg.evaluation.find_predictor("infer_trust").fit(tg.graph.Ratings.from_frame(told))
    >>> fitted.predict(np.array([0]), np.array([3])).value.round(6).tolist()
    [1.0]
    """

    name: str = "infer_trust"
    components: Components = field(default_factory=Components)

    def fit(self, ratings: Ratings, *, future: bool = False) -> "FittedInference":
        """Learn from ratings; for the future, the newest of them tell how wide intervals are."""
        learned = learn(ratings, self.components)
        wanted = None if future else False
        known = calibration(ratings, learned, self.components, future=wanted, level=LEVEL)
        return FittedInference(learned, known)

    def affords(self, ratings: Ratings) -> bool:
        """Return whether learning anew for every rating takes minutes, not hours."""
        return anew_operations(ratings, self.components) <= MOST_OPERATIONS

    def leave_one_out(self, ratings: Ratings) -> Prediction:
        """Return what is predicted of each rating after learning anew without it."""
        value = leave_one_out(ratings, self.components)
        learned = learn(ratings, self.components)
        answered = np.empty(ratings.m, bool)
        answered[learned.ledger.order] = _answered(learned.rows)
        return Prediction(value, answered, *_from_others(value, ratings.rating, learned.scale))

    def prequential(self, ratings: Ratings, first: int) -> Prediction:
        """Return what is predicted of each rating after learning anew from those before it."""
        value, rows = through_time(ratings, self.components, first)
        return Prediction(value, _answered(rows))


@dataclass(frozen=True, eq=False)
class FittedInference:
    """What was learned, and how far off it is."""

    learned: Learned
    calibration: Calibration

    def predict(self, source: Ints, target: Ints) -> Prediction:
        """Return what to expect of ratings, with intervals."""
        value, _ = self.learned.predict(source, target)
        answered = _answered(self.learned.describe(source, target))
        return Prediction(value, answered, *self.calibration.interval(value))


def _from_others(value: Floats, rating: Floats, ends: tuple[float, float]) -> tuple[Floats, Floats]:
    """Return intervals of each fifth of the ratings, as wide as the other four say."""
    low, high = np.empty(len(value)), np.empty(len(value))
    part = np.arange(len(value)) % PARTS
    for one in range(PARTS):
        here, there = part == one, part != one
        known = Calibration.of(value[there], rating[there], level=LEVEL, ends=ends)
        low[here], high[here] = known.interval(value[here])
    return low, high


def _answered(rows: Floats) -> Bools:
    raters, rated, answered = (rows[:, column] > 0.0 for column in KNOWN)
    return raters | rated | answered


INFERRED: Final = (InferredPredictor(),)
ABLATIONS: Final = tuple(
    InferredPredictor(f"without {name}", Components.model_validate({name: False}))
    for name in ("target", "source", "paths", "reciprocity", "bias", "shrinkage")
)
"""The same with one component switched off."""
