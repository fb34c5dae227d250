"""The simplest predictors: means of ratings around the pair, and the rating given back.

They are what every other model must beat. Leaving each rating out, and going through time, are
exact and take O(m log m).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from trustgraph._typing import Bools, Floats, Ints
from trustgraph.evaluation.predictors._known import Known
from trustgraph.evaluation.predictors.base import Prediction
from trustgraph.graph.ratings import Ratings

__all__ = ["LOCAL", "PSEUDO", "LocalPredictor"]

PSEUDO: Final = 2.0
"""Ratings at the mean of all that are added to those of a person: one rating alone tells little."""

Formula: TypeAlias = Callable[[Known], tuple[Floats, Bools]]


@dataclass(frozen=True)
class LocalPredictor:
    """A predictor that is a formula of what is known around a pair.

    Parameters
    ----------
    name
        What it goes by.
    formula
        From what is known to the values, and whether they are answers.
    ranks
        Whether its values tell pairs apart at all.

    Examples
    --------
    >>> told = pd.DataFrame({"source": [1, 2, 3], "target": [4, 4, 4], "rating": [1, 1, -1]})
    >>> ratings = tg.graph.Ratings.from_frame(told)
    >>> tg.evaluation.find_predictor("target_mean").leave_one_out(ratings).value.tolist()
    [0.0, 0.0, 1.0]
    """

    name: str
    formula: Formula
    ranks: bool = True

    def fit(self, ratings: Ratings, *, future: bool = False) -> "FittedLocal":
        """Learn from ratings; what is to come makes no difference."""
        del future
        return FittedLocal(self.formula, ratings)

    def leave_one_out(self, ratings: Ratings) -> Prediction:
        """Return what is predicted of each rating from all others."""
        return Prediction(*self.formula(Known.left_out(ratings)))

    def prequential(self, ratings: Ratings, first: int) -> Prediction:
        """Return what is predicted of each rating from those strictly before it."""
        return Prediction(*self.formula(Known.before(ratings).take(slice(first, None))))


@dataclass(frozen=True)
class FittedLocal:
    """A formula, and the ratings that it is asked about."""

    formula: Formula
    ratings: Ratings

    def predict(self, source: Ints, target: Ints) -> Prediction:
        """Return what to expect of ratings."""
        return Prediction(*self.formula(Known.of_pairs(self.ratings, source, target)))


def _mean_of_all(known: Known) -> Floats:
    """Return the mean of all ratings; 0 where there are none."""
    return known.every.mean(np.zeros(len(known.back)))


def mean(known: Known) -> tuple[Floats, Bools]:
    """Return the mean of all ratings."""
    return _mean_of_all(known), known.every.n > 0


def target_mean(known: Known) -> tuple[Floats, Bools]:
    """Return the mean of the ratings that the target was given; else the mean of all."""
    return known.target_in.mean(_mean_of_all(known)), known.target_in.n > 0


def target_mean_shrunk(known: Known) -> tuple[Floats, Bools]:
    """Return the same with two more ratings that are the mean of all."""
    return known.target_in.shrunk(_mean_of_all(known), PSEUDO), known.target_in.n > 0


def source_mean(known: Known) -> tuple[Floats, Bools]:
    """Return the mean of the ratings that the source gave; else the mean of all."""
    return known.source_out.mean(_mean_of_all(known)), known.source_out.n > 0


def bias(known: Known) -> tuple[Floats, Bools]:
    """Return how the target is rated plus how the source rates, both shrunk, less the mean.

    Kept in [-1, 1], which a harsh rater of somebody who is rated badly would leave.
    """
    every = _mean_of_all(known)
    target, source = known.target_in, known.source_out
    value = target.shrunk(every, PSEUDO) + source.shrunk(every, PSEUDO) - every
    return np.clip(value, -1.0, 1.0), (target.n > 0) | (source.n > 0)


def reciprocal(known: Known) -> tuple[Floats, Bools]:
    """Return the rating that the target gave the source; 0 where there is none."""
    return known.back, known.has_back


def reciprocal_or_target_mean(known: Known) -> tuple[Floats, Bools]:
    """Return the rating that the target gave the source, else the target's mean."""
    value, answered = target_mean(known)
    return np.where(known.has_back, known.back, value), known.has_back | answered


LOCAL: Final = (
    LocalPredictor("mean", mean, ranks=False),
    LocalPredictor("target_mean", target_mean),
    LocalPredictor("target_mean_shrunk", target_mean_shrunk),
    LocalPredictor("source_mean", source_mean),
    LocalPredictor("bias", bias),
    LocalPredictor("reciprocal", reciprocal),
    LocalPredictor("reciprocal_or_target_mean", reciprocal_or_target_mean),
)
"""All of them."""
