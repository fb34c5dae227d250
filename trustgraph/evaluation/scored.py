"""Predictions beside what came true, and every metric of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Final, Self

import numpy as np

from trustgraph._typing import Bools, Floats, Ints, LongInts
from trustgraph.evaluation import _counted as counted
from trustgraph.evaluation.chances import BINS
from trustgraph.evaluation.metrics import inside

__all__ = ["METRICS", "RANKING", "Scored"]


@dataclass(frozen=True, eq=False)
class Scored:
    """Ratings that were predicted, and what was predicted; arrays of shape (k,).

    Parameters
    ----------
    rows
        Numbers of the ratings, among all that there are.
    source, target
        Numbers of who rated, and who was rated.
    rating
        What came true, in [-1, 1].
    positive
        Whether that counts as positive.
    value
        What was predicted.
    probability
        Predicted chance that the rating is positive, in [0, 1].
    low, high
        Ends of the interval that was to hold the rating.
    answered
        Whether the model had an answer of its own.
    ranks
        Whether the model tells pairs apart at all; metrics of order are undefined where it does
        not, whatever a leave-one-out makes of it.
    """

    rows: LongInts
    source: Ints
    target: Ints
    rating: Floats
    positive: Bools
    value: Floats
    probability: Floats
    low: Floats
    high: Floats
    answered: Bools
    ranks: bool = True

    def __len__(self) -> int:
        """Return the number of ratings."""
        return len(self.rating)

    def take(self, places: LongInts | Bools) -> Self:
        """Return some of the predictions."""
        arrays = {
            one.name: getattr(self, one.name)[places] for one in fields(self) if one.name != "ranks"
        }
        return type(self)(**arrays, ranks=self.ranks)

    def common_with(self, other: "Scored") -> Self:
        """Return the predictions of ratings that another model predicted too, by their numbers."""
        if np.array_equal(self.rows, other.rows):
            return self
        _, places, _ = np.intersect1d(self.rows, other.rows, return_indices=True)
        return self.take(places)

    def metric(self, name: str) -> float:
        """Return a metric of `METRICS`; NaN where it is undefined."""
        return float(self.resampled(name, np.ones((1, len(self))))[0])

    def resampled(self, name: str, counts: Floats) -> Floats:
        """Return a metric of resamples.

        Parameters
        ----------
        name
            Which, of `METRICS`.
        counts
            How often each rating counts, shape (b, k).

        Returns
        -------
        ndarray
            The metric of each resample, shape (b,); NaN where it is undefined.
        """
        if name in RANKING and not self.ranks:
            return np.full(len(counts), np.nan)
        return METRICS[name](self, counts)


METRICS: Final[Mapping[str, Callable[[Scored, Floats], Floats]]] = {
    "rmse": lambda s, counts: counted.rmse(s.rating, s.value, counts),
    "mae": lambda s, counts: counted.mean(np.abs(s.rating - s.value), counts),
    "pcc": lambda s, counts: counted.pcc(s.rating, s.value, counts),
    "spearman": lambda s, counts: counted.spearman(s.rating, s.value, counts),
    "auc": lambda s, counts: counted.auc(s.positive, s.value, counts),
    "brier": lambda s, counts: counted.mean((s.probability - s.positive) ** 2, counts),
    "log_loss": lambda s, counts: counted.mean(
        counted.log_losses(s.positive, s.probability), counts
    ),
    "ece": lambda s, counts: counted.ece(s.positive, s.probability, counts, BINS),
    "coverage": lambda s, counts: counted.mean(
        inside(s.rating, s.low, s.high).astype(np.float64), counts
    ),
    "width": lambda s, counts: counted.mean(s.high - s.low, counts),
    "answered": lambda s, counts: counted.mean(s.answered.astype(np.float64), counts),
}
"""Every metric, in the order of tables."""
RANKING: Final = frozenset({"pcc", "spearman", "auc"})
"""Metrics of the order of predictions alone."""
