"""A rating nobody gave, from the ratings that others gave: learning and predicting."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Self

import numpy as np

from trustgraph._typing import Floats, Ints, LongInts
from trustgraph.engine import inference
from trustgraph.engine._compile import twin
from trustgraph.graph.ratings import Ratings
from trustgraph.reputation.inference_options import Components

__all__ = ["Learned", "Ledger", "Lines", "learn"]

COMPILE_FROM_ROWS: Final = 30_000
"""Rows times rounds from which the compiled kernels pay for the start of the compiler."""
MOST_LEVERAGE: Final = 0.99
"""So that a row which the fit goes through has a residual at all."""
LEAST_SPREAD: Final = 1e-6
"""Standard deviation under which a column is taken not to vary: squares lose half the digits."""
COLUMNS: Final = {
    "target": (inference.LEVEL, inference.BAD, inference.RATERS),
    "source": (inference.BIAS, inference.RATED),
    "paths": (inference.PATHS, inference.BAD_PATHS),
    "reciprocity": (inference.ANSWERED, inference.ANSWER),
}
"""Which columns of what describes a pair belong to which component."""


@dataclass(frozen=True, eq=False)
class Common:
    """Pairs, with the ratings that both ends have in common with a third person."""

    source: Ints
    target: Ints
    own: LongInts
    answer: LongInts
    start: LongInts
    first: LongInts
    second: LongInts


class Ledger:
    """Ratings sorted for looking up, and the kernels for their number.

    Parameters
    ----------
    ratings
        The ratings.
    options
        What to learn with.
    refits
        How often everything will be learned anew.
    turn
        When each rating becomes known; default: all at once.
    """

    def __init__(
        self,
        ratings: Ratings,
        options: Components,
        *,
        refits: int = 1,
        turn: LongInts | None = None,
    ) -> None:
        self.n, self.m = ratings.n, ratings.m
        self.options = options
        self.order = np.lexsort((ratings.target, ratings.source))
        self.source = np.ascontiguousarray(ratings.source[self.order], np.int32)
        self.target = np.ascontiguousarray(ratings.target[self.order], np.int32)
        self.rating = np.ascontiguousarray(ratings.rating[self.order], np.float64)
        self.turn = np.zeros(self.m, np.int64) if turn is None else turn[self.order]
        self.key = self.source.astype(np.int64) * self.n + self.target
        self.out_start = _starts(self.source, self.n)
        self.in_row = np.lexsort((self.source, self.target))
        self.in_source = self.source[self.in_row]
        self.in_start = _starts(self.target, self.n)
        work = self.m * (options.rounds + 2) * refits
        self.kernels: Any = twin(inference, work=work, worth=COMPILE_FROM_ROWS)

    def common(self, source: Ints, target: Ints) -> Common:
        """Return what is to be looked up of pairs."""
        ends = np.ascontiguousarray(source, np.int32), np.ascontiguousarray(target, np.int32)
        lists = (self.out_start, self.target, self.in_start, self.in_source, self.in_row)
        start = np.zeros(len(source) + 1, np.int64)
        none = np.zeros(0, np.int64)
        if not self.options.paths:
            return Common(*ends, self.row(*ends), self.row(*ends[::-1]), start, none, none)
        self.kernels.common_raters(*ends, *lists, start, none, none)
        first, second = np.zeros((2, int(start[-1])), np.int64)
        if len(first):
            self.kernels.common_raters(*ends, *lists, start, first, second)
        return Common(*ends, self.row(*ends), self.row(*ends[::-1]), start, first, second)

    @cached_property
    def pairs(self) -> Common:
        """What is to be looked up of the rated pairs themselves."""
        return self.common(self.source, self.target)

    def row(self, source: Ints, target: Ints) -> LongInts:
        """Return the row of the rating of each pair, -1 where there is none."""
        wanted = source.astype(np.int64) * self.n + target
        place = np.minimum(np.searchsorted(self.key, wanted), max(self.m - 1, 0))
        if not self.m:
            return np.full(len(wanted), -1)
        return np.where(self.key[place] == wanted, place, -1)

    @property
    def priors(self) -> tuple[float, float]:
        """Ratings that stand for what is usual: of a person, and of whom the source trusts."""
        shrunk = self.options.shrinkage
        return (self.options.prior_ratings, self.options.path_prior) if shrunk else (0.0, 0.0)

    @property
    def rounds(self) -> tuple[int, bool]:
        """How often levels and biases are told from each other, and whether ratings are mended."""
        return (self.options.rounds, True) if self.options.bias else (1, False)


class Learned:
    """What was learned from ratings.

    Parameters
    ----------
    ledger
        The ratings.
    """

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        n, m = ledger.n, ledger.m
        self._bad, self._residual, self._unbiased = np.zeros((3, m))
        self._by_source, self._by_target = np.zeros((n, 2)), np.zeros((n, 3))
        self.mean, self.share = ledger.kernels.settle(
            ledger.source,
            ledger.target,
            ledger.rating,
            ledger.turn,
            1,
            -1,
            ledger.priors[0],
            *ledger.rounds,
            self._bad,
            self._residual,
            self._unbiased,
            self._by_source,
            self._by_target,
        )
        self.rows = self._describe(ledger.pairs)
        told = np.column_stack((self.rows, ledger.rating, np.ones(m)))
        self.line = Lines.fit((told.T @ told)[None], ledger.options)
        edges = (ledger.rating.min(), ledger.rating.max()) if m else (0.0, 0.0)
        self.ends = float(edges[0]), float(edges[1])
        self.scale = (-1.0 if self.ends[0] < 0.0 else 0.0), 1.0

    def predict(self, source: Ints, target: Ints) -> tuple[Floats, Floats]:
        """Return estimates, and what each column adds to the mean.

        Parameters
        ----------
        source, target
            Numbers of both ends of each pair.

        Returns
        -------
        estimate : ndarray
            Shape (pairs,), within the range of the ratings.
        parts : ndarray
            Shape (pairs, columns); the mean and the parts of a pair sum to the estimate before it
            is cut to the range.
        """
        parts = self.line.parts(self.describe(source, target))
        return np.clip(self.line.mean[0] + parts.sum(axis=1), *self.ends), parts

    def describe(self, source: Ints, target: Ints) -> Floats:
        """Return what is known of pairs, one row each; the columns are told in the engine."""
        return self._describe(self.ledger.common(source, target))

    def left_out(self) -> Floats:
        """Return the estimate of each rating with weights that have not seen it, in sorted order.

        The row of a rating is made of the others anyway; of a ridge regression, the residual
        without a row is the residual divided by 1 less the row's leverage (Allen's PRESS).
        """
        rating = self.ledger.rating
        estimate = self.line.mean[0] + self.line.parts(self.rows).sum(axis=1)
        share = np.minimum(self.line.leverage(self.rows), MOST_LEVERAGE)
        without: Floats = rating - (rating - estimate) / (1.0 - share)
        return without.clip(*self.ends)

    def _describe(self, pairs: Common) -> Floats:
        ledger = self.ledger
        rows = np.zeros((len(pairs.source), inference.WIDTH))
        ledger.kernels.describe(
            pairs.source,
            pairs.target,
            pairs.own,
            pairs.answer,
            pairs.start,
            pairs.first,
            pairs.second,
            ledger.rating,
            self._bad,
            ledger.turn,
            1,
            -1,
            *ledger.priors,
            self.mean,
            self.share,
            self._residual,
            self._unbiased,
            self._by_source,
            self._by_target,
            rows,
        )
        return rows


@dataclass(frozen=True, eq=False)
class Lines:
    """Linear fits, one or many: coefficients by column, means of the columns and of the rating.

    ``inverse`` is that of the penalised mean products, and ``rows`` tells how many were fitted.
    """

    coefficient: Floats
    centre: Floats
    mean: Floats
    inverse: Floats
    rows: Floats

    @classmethod
    def fit(cls, sums: Floats, options: Components) -> Self:
        """Fit each by least squares with a penalty, from the moments of its rows.

        Columns are scaled to spread 1 and their coefficients drawn to 0 as by so many ratings of
        the mean (ridge regression); what does not vary tells nothing and gets 0.
        """
        width = inference.WIDTH
        rows = np.maximum(sums[:, -1, -1], 1.0)
        centre = sums[:, -1, :width] / rows[:, None]
        mean = sums[:, -1, width] / rows
        square = sums[:, :width, :width] / rows[:, None, None]
        square = square - centre[:, :, None] * centre[:, None, :]
        product = sums[:, width, :width] / rows[:, None] - centre * mean[:, None]
        spread = np.sqrt(np.maximum(np.einsum("kii->ki", square), 0.0))
        used = np.zeros(width, bool)
        for name, columns in COLUMNS.items():
            used[list(columns)] = getattr(options, name)
        varies = used & (spread > LEAST_SPREAD * np.maximum(np.abs(centre), 1.0))
        scale = np.divide(1.0, spread, out=np.zeros_like(spread), where=varies)
        square *= scale[:, :, None] * scale[:, None, :]
        penalty = options.penalty if options.shrinkage else 1e-6
        square += np.eye(width) * np.where(varies, penalty / rows[:, None], 1.0)[:, :, None]
        inverse = np.linalg.inv(square) * scale[:, :, None] * scale[:, None, :]
        solved = np.einsum("kij,kj->ki", inverse, product)
        return cls(solved, centre, mean, inverse, rows)

    def parts(self, rows: Floats) -> Floats:
        """Return what each column of each row adds to the mean; one row a fit, or one fit."""
        return (rows - self.centre) * self.coefficient

    def leverage(self, rows: Floats) -> Floats:
        """Return how much the fitted value of each row of the first fit hangs on its rating."""
        away = rows - self.centre[0]
        hold = np.einsum("ri,ij,rj->r", away, self.inverse[0], away)
        return np.asarray((1.0 + hold) / self.rows[0], np.float64)


def learn(ratings: Ratings, options: Components) -> Learned:
    """Learn from ratings.

    Parameters
    ----------
    ratings
        The ratings.
    options
        Which components to use, and how.

    Returns
    -------
    Learned
        What predicts.
    """
    return Learned(Ledger(ratings, options))


def _starts(numbers: Sequence[int] | Ints, n: int) -> LongInts:
    start = np.zeros(n + 1, np.int64)
    np.cumsum(np.bincount(numbers, minlength=n), out=start[1:])
    return start
