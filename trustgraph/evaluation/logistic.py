"""A predicted value becomes the chance that the rating is positive."""

from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from trustgraph._typing import Bools, Floats

__all__ = ["Logistic"]

MOST_STEPS: Final = 100
SETTLED: Final = 1e-10
STEEPEST: Final = 500.0
"""Beyond this logit a chance is 0 or 1 to double precision."""


@dataclass(frozen=True)
class Logistic:
    """The curve 1 / (1 + exp(-(intercept + slope x value))), fitted to what came true before.

    Parameters
    ----------
    intercept, slope
        Of the logit.

    References
    ----------
    .. [1] Platt, J. C. (1999). Probabilistic outputs for support vector machines and comparisons
       to regularized likelihood methods. Advances in Large Margin Classifiers, MIT Press, 61-74.

    Examples
    --------
    >>> from trustgraph.evaluation.logistic import Logistic
    >>> Logistic(0.0, 0.0).chance(np.array([0.3])).tolist()
    [0.5]
    """

    intercept: float
    slope: float

    @classmethod
    def fit(cls, value: Floats, positive: Bools) -> Self:
        """Fit the curve by maximum likelihood.

        Parameters
        ----------
        value
            Predictions of ratings that the model had not seen, shape (k,).
        positive
            Whether these were positive.

        Returns
        -------
        Logistic
            The curve. As in [1]_ the aims are (n₊ + 1)/(n₊ + 2) and 1/(n₋ + 2) in place of 1
            and 0, so that no sample makes anything certain. Without ratings: always a half.
        """
        good = int(positive.sum())
        bad = len(positive) - good
        aim = np.where(positive, (good + 1) / (good + 2), 1 / (bad + 2))
        if not len(aim):
            return cls(0.0, 0.0)
        share = float(aim.mean())
        even = float(np.log(share / (1 - share)))
        centre, spread = float(value.mean()), float(value.std())
        if not spread > SETTLED * max(1.0, abs(centre)):
            return cls(even, 0.0)
        x = np.column_stack([np.ones(len(value)), (value - centre) / spread])
        at = np.array([even, 0.0])
        loss = _loss(x @ at, aim)
        for _ in range(MOST_STEPS):
            chance = _chance(x @ at)
            slope = x.T @ (chance - aim)
            bend = (x * (chance * (1 - chance))[:, None]).T @ x + SETTLED * np.eye(2)
            step = np.linalg.solve(bend, slope)
            while (new := _loss(x @ (at - step), aim)) > loss and np.abs(step).max() > SETTLED:
                step /= 2
            at, loss = at - step, min(new, loss)
            if np.abs(step).max() <= SETTLED:
                break
        return cls(float(at[0] - at[1] * centre / spread), float(at[1] / spread))

    def chance(self, value: Floats) -> Floats:
        """Return the chance that each rating is positive, in [0, 1].

        Parameters
        ----------
        value
            Predictions, shape (k,).

        Returns
        -------
        ndarray
            Chances, shape (k,).
        """
        return _chance(self.intercept + self.slope * value)


def _chance(logit: Floats) -> Floats:
    return 1 / (1 + np.exp(-np.clip(logit, -STEEPEST, STEEPEST)))


def _loss(logit: Floats, aim: Floats) -> float:
    """Return minus the logarithm of the likelihood."""
    return float((np.logaddexp(0.0, logit) - aim * logit).sum())
