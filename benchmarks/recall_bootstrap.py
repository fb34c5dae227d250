"""Figures of chances that are foreseen, and of resamples in which pairs of people count anew."""

from dataclasses import dataclass
from typing import Self

import numpy as np

import trustgraph as tg
from trustgraph._typing import Bools, Floats, LongInts
from trustgraph.trust.recall_fit import equal_count_bins, equal_count_ece

__all__ = ["LEVEL", "METRICS", "Judged", "ends", "number", "poisson_draws"]

METRICS = ("auc", "ap", "log_loss", "ece")
LEVEL = 0.95


@dataclass(frozen=True)
class Judged:
    """What a model says of rows, in the form in which a resample is quick.

    Only what is ranked needs a pass over all rows; losses and calibration add up by pair of people.
    """

    true: Bools
    chance: Floats
    value: Floats
    people: LongInts  # the pair of people of each row
    order: LongInts  # rows from the highest value to the lowest
    last: LongInts  # places in that order at which equal values end
    by_pair: Floats  # shape (1 + 10, pairs): log loss, and how far chances are off in each bin
    rows: Floats  # number of rows of each pair

    @classmethod
    def of(cls, true: Bools, chance: Floats, value: Floats, people: LongInts) -> Self:
        """Return the rows, sorted and summed up once."""
        pairs = int(people.max()) + 1
        order = np.argsort(-value, kind="stable")
        ranked = value[order]
        sure = np.clip(chance, 1e-15, 1 - 1e-15)
        apart = chance - true
        parts = [np.bincount(people, -np.log(np.where(true, sure, 1 - sure)), pairs)]
        parts += [
            np.bincount(people[part], apart[part], pairs) for part in equal_count_bins(chance)
        ]
        return cls(
            true=true,
            chance=chance,
            value=value,
            people=people,
            order=order,
            last=np.flatnonzero(np.append(ranked[1:] != ranked[:-1], True)),
            by_pair=np.stack(parts),
            rows=np.bincount(people, minlength=pairs).astype(np.float64),
        )

    def figures(self) -> Floats:
        """Return the figures themselves."""
        return np.array(
            [
                tg.evaluation.auc(self.true, self.value),
                self._ranked(np.ones(len(self.rows)))[1],
                tg.evaluation.log_loss(self.true, self.chance),
                equal_count_ece(self.true, self.chance),
            ]
        )

    def resampled(self, draws: Floats) -> Floats:
        """Return the figures when pairs count so often, shape (resamples, figures)."""
        sums = draws @ self.by_pair.T
        rows = np.maximum(draws @ self.rows, 1)
        ranked = np.array([self._ranked(draw) for draw in draws])
        return np.column_stack([ranked, sums[:, 0] / rows, np.abs(sums[:, 1:]).sum(axis=1) / rows])

    def _ranked(self, draw: Floats) -> tuple[float, float]:
        """Return area under the curve, and average precision; equal values are found together."""
        weight = draw[self.people[self.order]]
        every = np.cumsum(weight)[self.last]
        good = np.cumsum(weight * self.true[self.order])[self.last]
        bad = every - good
        if not good[-1] or not bad[-1]:
            return float("nan"), float("nan")
        gained = np.diff(good, prepend=0.0)
        lower = bad[-1] - bad + np.diff(bad, prepend=0.0) / 2
        precision = np.divide(good, every, out=np.zeros(len(good)), where=every > 0)
        area = (gained * lower).sum() / (good[-1] * bad[-1])
        return float(area), float((gained * precision).sum() / good[-1])


def poisson_draws(pairs: int, resamples: int, rng: np.random.Generator) -> Floats:
    """Return how often each pair counts in each resample (the Poisson bootstrap)."""
    return rng.poisson(1.0, (resamples, pairs)).astype(np.float64)


def number(value: float) -> float | None:
    """Return a number, or None where it is undefined."""
    return float(value) if np.isfinite(value) else None


def ends(draws: Floats) -> list[float | None]:
    """Return both ends of the interval of resamples."""
    defined = draws[np.isfinite(draws)]
    if not len(defined):
        return [None, None]
    rest = (1 - LEVEL) / 2
    return [float(end) for end in np.quantile(defined, [rest, 1 - rest])]
