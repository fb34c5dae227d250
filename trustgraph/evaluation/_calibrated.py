"""What earlier predictions teach about later ones: chances and intervals."""

from dataclasses import dataclass, replace
from typing import Final, Self

import numpy as np

from trustgraph._typing import Bools, Floats, LongInts
from trustgraph.evaluation.logistic import Logistic
from trustgraph.evaluation.predictors.base import Prediction
from trustgraph.reputation.conformal import Calibration

__all__ = ["LEVEL", "Calibrated", "Judged", "cross_calibrated", "ends_of"]

LEVEL: Final = 0.9
"""Share of ratings that intervals are to hold."""
PARTS: Final = 10
MOST_VALUES: Final = 25
"""Different ratings up to which they are taken for the steps of a scale."""
ROUNDING: Final = 1e-12


@dataclass(frozen=True, eq=False)
class Judged:
    """Predictions with chances and intervals, and the rows they are of; shape (k,) each."""

    rows: LongInts
    value: Floats
    answered: Bools
    probability: Floats
    low: Floats
    high: Floats
    ranks: bool = True
    """Whether the predictions tell pairs apart."""

    @classmethod
    def joined(cls, parts: "list[Judged]") -> "Judged":
        """Return parts one after the other."""
        return cls(
            np.concatenate([part.rows for part in parts]),
            np.concatenate([part.value for part in parts]),
            np.concatenate([part.answered for part in parts]),
            np.concatenate([part.probability for part in parts]),
            np.concatenate([part.low for part in parts]),
            np.concatenate([part.high for part in parts]),
        )

    def take(self, places: LongInts) -> "Judged":
        """Return the predictions in these places."""
        return Judged(
            self.rows[places],
            self.value[places],
            self.answered[places],
            self.probability[places],
            self.low[places],
            self.high[places],
            self.ranks,
        )


@dataclass(frozen=True, eq=False)
class Calibrated:
    """How often, and how far off, earlier predictions were right.

    Parameters
    ----------
    curve
        From a prediction to the chance that the rating is positive.
    intervals
        From a prediction to the interval that holds the rating in 90 % of cases.
    steps
        The ratings that there are, ascending, to which ends of intervals are moved outward: a
        prediction that hardly moves misses them by a hair else. Empty where there are many.
    """

    curve: Logistic
    intervals: Calibration
    steps: Floats

    @classmethod
    def of(
        cls, value: Floats, rating: Floats, positive: Bools, *, ends: tuple[float, float]
    ) -> Self:
        """Learn from predictions of ratings that the model had not seen.

        Parameters
        ----------
        value, rating, positive
            Predictions, what came true, and whether that was positive; shape (k,) each.
        ends
            Smallest and largest rating that can be given.
        """
        steps = np.unique([*rating, *ends])
        return cls(
            Logistic.fit(value, positive),
            Calibration.of(value, rating, level=LEVEL, ends=ends),
            steps if len(steps) <= MOST_VALUES else np.zeros(0),
        )

    def judge(self, rows: LongInts, found: Prediction) -> Judged:
        """Return predictions with chances, and intervals where the model has none of its own."""
        if found.low is None or found.high is None:
            low, high = self._outward(*self.intervals.interval(found.value))
        else:
            low, high = found.low, found.high
        chance = self.curve.chance(found.value)
        return Judged(rows, found.value, found.answered, chance, low, high)

    def _outward(self, low: Floats, high: Floats) -> tuple[Floats, Floats]:
        """Return ends moved outward to the nearest ratings that there are."""
        if not len(self.steps):
            return low, high
        last = len(self.steps) - 1
        below = np.searchsorted(self.steps, low + ROUNDING, side="right") - 1
        above = np.searchsorted(self.steps, high - ROUNDING, side="left")
        return self.steps[np.maximum(below, 0)], self.steps[np.minimum(above, last)]


def cross_calibrated(
    rows: LongInts,
    found: Prediction,
    rating: Floats,
    positive: Bools,
    *,
    seed: int,
    ranks: bool = True,
) -> Judged:
    """Judge predictions that each left out their rating, by the other predictions.

    Parameters
    ----------
    rows, found
        Rows and their predictions, shape (k,) each.
    rating, positive
        What came true.
    seed
        Of the tenths into which predictions are drawn; each is judged by the other nine.
    ranks
        Whether predictions tell pairs apart. Those that do not are taken to be all alike: the
        little by which they differ gives away the rating that was left out.
    """
    if not ranks:
        alike = Prediction(np.full(len(rows), found.value.mean()), found.answered)
        judged_alike = cross_calibrated(rows, alike, rating, positive, seed=seed)
        return replace(judged_alike, value=found.value, ranks=False)
    k = len(rows)
    parts = max(min(PARTS, k), 1)
    part = np.random.default_rng(seed).permutation(k) % parts
    judged, places = [], []
    for one in range(parts):
        own, others = np.flatnonzero(part == one), np.flatnonzero(part != one)
        told = rating[others]
        calibrated = Calibrated.of(found.value[others], told, positive[others], ends=ends_of(told))
        judged.append(calibrated.judge(rows[own], found.take(own)))
        places.append(own)
    back = np.argsort(np.concatenate(places), kind="stable")
    joined = Judged.joined(judged)
    return joined.take(back)


def ends_of(rating: Floats) -> tuple[float, float]:
    """Return the smallest and the largest rating; -1 and 1 where there are none."""
    return (float(rating.min()), float(rating.max())) if len(rating) else (-1.0, 1.0)
