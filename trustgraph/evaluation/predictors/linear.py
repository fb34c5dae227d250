"""Least squares on what is known around a pair: the supervised reference."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from trustgraph._typing import Floats, Ints, LongInts
from trustgraph.evaluation.predictors._known import Known
from trustgraph.evaluation.predictors.base import Prediction
from trustgraph.graph.ratings import Ratings

__all__ = ["LINEAR", "LinearPredictor"]

RIDGE: Final = 1e-6
"""Added to the squares, so that features that say the same share one coefficient."""


@dataclass(frozen=True)
class LinearPredictor:
    """Least squares on eight local features.

    The means, both ways, of what target and source gave and were given, shrunk by ``pseudo``
    ratings; the rating given back and whether there is one; the logarithms of how many ratings
    the target was given and the source gave.

    The features of a rating to learn from never hold that rating: they are made of all others,
    or, where the future is to be predicted, of those strictly before it.

    Parameters
    ----------
    name
        What it goes by.
    pseudo
        Ratings at the mean of all that are added to those of a person.

    Examples
    --------
    >>> told = pd.DataFrame({"source": [1, 2, 3], "target": [4, 4, 4], "rating": [1, 1, 1]})
    >>> fitted = tg.evaluation.find_predictor("linear").fit(tg.graph.Ratings.from_frame(told))
    >>> fitted.predict(np.array([0]), np.array([3])).value.round(6).tolist()
    [1.0]
    """

    name: str = "linear"
    pseudo: float = 2.0

    def fit(self, ratings: Ratings, *, future: bool = False) -> "FittedLinear":
        """Learn from ratings, as they were known before each where the future is asked about."""
        timed = future and ratings.time is not None
        known = Known.before(ratings) if timed else Known.left_out(ratings)
        x = self.features(known)
        coefficients = _least_squares(x.T @ x, x.T @ ratings.rating, ratings.m)
        return FittedLinear(self, ratings, coefficients)

    def prequential(self, ratings: Ratings, first: int) -> Prediction:
        """Return what is predicted of each rating from those strictly before it.

        What was known before a rating stays so: its features serve both to predict it and, later,
        to learn from it, and sums over them are all that least squares needs.
        """
        known = Known.before(ratings)
        x, y = self.features(known), ratings.rating
        # Of ratings of one moment none is before another.
        time = np.zeros(ratings.m) if ratings.time is None else ratings.time
        start = np.searchsorted(time, time[first:])
        width = x.shape[1]
        value = np.zeros(ratings.m - first)
        seen, square, product = 0, np.zeros((width, width)), np.zeros(width)
        for end, rows in _runs(start):
            new = x[seen:end]
            square, product, seen = square + new.T @ new, product + new.T @ y[seen:end], end
            there = slice(first + rows.start, first + rows.stop)
            value[rows] = x[there] @ _least_squares(square, product, seen)
        return self.told(value, known.take(slice(first, None)))

    def told(self, value: Floats, known: Known) -> Prediction:
        """Return the prediction for what is known of pairs."""
        near = (known.target_in, known.target_out, known.source_in, known.source_out)
        answered = np.logical_or.reduce([tally.n > 0 for tally in near])
        return Prediction(np.clip(value, -1.0, 1.0), answered)

    def features(self, known: Known) -> Floats:
        """Return a row of features for each pair, the first is 1; shape (k, 9)."""
        every = known.every.mean(np.zeros(len(known.back)))
        return np.column_stack(
            [
                np.ones(len(every)),
                known.target_in.shrunk(every, self.pseudo),
                known.target_out.shrunk(every, self.pseudo),
                known.source_in.shrunk(every, self.pseudo),
                known.source_out.shrunk(every, self.pseudo),
                known.back,
                known.has_back,
                np.log1p(known.target_in.n),
                np.log1p(known.source_out.n),
            ]
        )


@dataclass(frozen=True, eq=False)
class FittedLinear:
    """Coefficients, and the ratings that features are made of."""

    model: LinearPredictor
    ratings: Ratings
    coefficients: Floats

    def predict(self, source: Ints, target: Ints) -> Prediction:
        """Return what to expect of ratings."""
        known = Known.of_pairs(self.ratings, source, target)
        return self.model.told(self.model.features(known) @ self.coefficients, known)


def _least_squares(square: Floats, product: Floats, m: int) -> Floats:
    """Return coefficients from the sums of m ratings."""
    held = square + RIDGE * max(m, 1) * np.eye(len(product))
    return np.asarray(np.linalg.solve(held, product), np.float64)


def _runs(start: LongInts) -> Iterator[tuple[int, slice]]:
    """Yield each number of ratings that are known, and the run of places that know so many."""
    ends = np.append(np.flatnonzero(np.diff(start)) + 1, len(start))
    low = 0
    for high in ends.tolist():
        if high > low:
            yield int(start[low]), slice(low, high)
        low = high


LINEAR: Final = (LinearPredictor(),)
