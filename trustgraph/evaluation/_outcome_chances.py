"""What the trust model expects of asks, as a function of the numbers that are refitted."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import asinh, log, pi, sqrt
from typing import Final

import numpy as np

from trustgraph._typing import Bools, Floats, LongInts
from trustgraph.evaluation._outcome_asks import (
    ANSWERED,
    DECLINED,
    ENDORSED,
    FORWARDED,
    PASSED,
    SILENT,
    Asks,
    Ties,
)
from trustgraph.trust.gate import beta_survival, threshold_law
from trustgraph.trust.response import ResponseModel

__all__ = ["Expected", "GateMeans", "answer_chances", "gate_chances", "log_endings"]

Values = Mapping[str, float]
"""Name of a parameter -> its value."""

MOST_TRIALS: Final = 30
FINE: Final = 0.6
"""Step of the quadrature, times the root of trials and observations: good to nine digits."""
LEAST: Final = 1e-12
"""No ending is impossible to the last digit: rounding must not forbid what was seen."""


@dataclass(frozen=True, eq=False)
class GateMeans:
    """Means of gates of any shape over opinions: one table, from which each shape is a product.

    Attributes
    ----------
    survival
        Chance that each opinion exceeds each point, shape (m, p).
    step, reach
        Of the points.
    """

    survival: Floats
    step: float
    reach: float

    @classmethod
    def of(cls, ties: Ties) -> "GateMeans":
        """Return the table of some opinions."""
        most = float((ties.alpha + ties.beta).max(initial=2.0))
        step = min(0.07, FINE / sqrt(1 + MOST_TRIALS + most))
        # Far enough for the widest threshold there is, of a gate of the most trials.
        reach = asinh((42.0 + (MOST_TRIALS + 1) * log(2)) / pi)
        rest, _ = threshold_law(1.0, 1.0, step=step, reach=reach)
        return cls(beta_survival(ties.alpha, ties.beta, rest), step, reach)

    def mean(self, trials: float, at_least: float) -> Floats:
        """Return the mean of I_X(k, n - k + 1) over each opinion."""
        _, weights = threshold_law(
            at_least, trials - at_least + 1, step=self.step, reach=self.reach
        )
        # Without BLAS, whose threads make the last digit differ.
        return np.asarray(np.einsum("mp,p->m", self.survival, weights), np.float64)

    def take(self, places: LongInts | Bools) -> "GateMeans":
        """Return the table of some of the opinions."""
        return GateMeans(self.survival[places], self.step, self.reach)


@dataclass(frozen=True, eq=False)
class Expected:
    """Chances of what can become of asks, shape (m,) each.

    Attributes
    ----------
    answered
        That there is an answer.
    endorsed, passed
        Given an answer: that it is an endorsement, and at least a nominal hand-over.
    """

    answered: Floats
    endorsed: Floats
    passed: Floats


def answer_chances(asks: Asks, values: Values) -> Floats:
    """Return the chance of an answer to each ask."""
    answers = ResponseModel(
        cold=values["response.cold"],
        friend=values["response.friend"],
        patience_days=values["response.patience_days"],
    )
    ties = asks.ties
    response = answers.response(ties.recall, ties.belief, ties.unanswered)
    return np.asarray(np.minimum(response * asks.eager, 1.0) * asks.kappa, np.float64)


def gate_chances(asks: Asks, means: GateMeans, values: Values) -> tuple[Floats, Floats]:
    """Return the chances of an endorsement, and of passing on, given an answer."""
    trials = values["gate.trials"]
    willing = means.mean(trials, values["gate.endorse_at"])
    handed = means.mean(trials, values["gate.forward_at"])
    passed = np.minimum(handed * (1 + asks.handing * (1 - willing)), 1.0)
    return np.minimum(willing * asks.reluctant, passed), passed


def log_endings(asks: Asks, expected: Expected) -> tuple[Floats, Floats]:
    """Return the logarithms of the chances of what came true.

    Returns
    -------
    tuple of numpy.ndarray
        Of whether there was an answer, and of what it was, given one; 0 where that says nothing.
    """
    answered = np.where(asks.ending == SILENT, 1 - expected.answered, expected.answered)
    what = np.ones(len(asks))
    plain = ~asks.direct
    merely = np.where(asks.reach, expected.passed, expected.passed - expected.endorsed)
    vouched = np.where(asks.reach, expected.passed, expected.endorsed)
    for ending, chance in (
        (DECLINED, 1 - expected.passed),
        (FORWARDED, merely),
        (ENDORSED, vouched),
        (PASSED, expected.passed),
    ):
        what = np.where(plain & (asks.ending == ending), chance, what)
    what = np.where(asks.ending == ANSWERED, 1.0, what)
    return np.log(np.maximum(answered, LEAST)), np.log(np.maximum(what, LEAST))
