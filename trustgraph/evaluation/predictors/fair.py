"""Fairness of raters and goodness of the rated as predictors: what the literature quotes most."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from trustgraph._typing import Bools, Floats, Ints
from trustgraph.engine.fairness import leave_one_out, solve
from trustgraph.evaluation.predictors.base import Prediction
from trustgraph.graph.ratings import Ratings

__all__ = ["FAIR", "FairnessPredictor"]


@dataclass(frozen=True)
class FairnessPredictor:
    """The goodness of the target, times the fairness of the source if asked for.

    Where nobody rated the target the prediction is 0, and no answer.

    Parameters
    ----------
    name
        What it goes by.
    fairness
        Whether goodness is multiplied by the source's fairness.

    Notes
    -----
    Kumar et al. (2016), https://doi.org/10.1109/ICDM.2016.0033. Each rating is left out by
    solving anew without it, from the solution with it, to 1e-8.

    Examples
    --------
    >>> told = pd.DataFrame({"source": [1, 2, 3], "target": [4, 4, 4], "rating": [1, 1, 1]})
    >>> fitted = tg.evaluation.find_predictor("goodness").fit(tg.graph.Ratings.from_frame(told))
    >>> fitted.predict(np.array([0]), np.array([3])).value.round(6).tolist()
    [1.0]
    """

    name: str
    fairness: bool

    def fit(self, ratings: Ratings, *, future: bool = False) -> "FittedFairness":
        """Learn from ratings; what is to come makes no difference."""
        del future
        ends = ratings.source, ratings.target
        fairness, goodness, _ = solve(*ends, ratings.rating, ratings.n)
        rated = np.bincount(ratings.target, minlength=ratings.n) > 0
        return FittedFairness(self, fairness, goodness, rated)

    def leave_one_out(self, ratings: Ratings) -> Prediction:
        """Return what is predicted of each rating from all others."""
        if not ratings.m:
            return Prediction(np.zeros(0), np.zeros(0, bool))
        ends = ratings.source, ratings.target
        fairness, goodness = leave_one_out(*ends, ratings.rating, ratings.n)
        received = np.bincount(ratings.target, minlength=ratings.n)[ratings.target]
        return self.told(fairness, goodness, received > 1)

    def told(self, fairness: Floats, goodness: Floats, rated: Bools) -> Prediction:
        """Return the prediction for pairs, from what is known of their two people."""
        return Prediction(goodness * fairness if self.fairness else goodness, rated)


@dataclass(frozen=True, eq=False)
class FittedFairness:
    """What is known of everybody, shape (n,) each."""

    model: FairnessPredictor
    fairness: Floats
    goodness: Floats
    rated: Bools

    def predict(self, source: Ints, target: Ints) -> Prediction:
        """Return what to expect of ratings."""
        return self.model.told(self.fairness[source], self.goodness[target], self.rated[target])


FAIR: Final = (
    FairnessPredictor("goodness", fairness=False),
    FairnessPredictor("fairness_goodness", fairness=True),
)
"""Both."""
