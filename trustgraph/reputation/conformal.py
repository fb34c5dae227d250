"""Intervals for estimates, from how far earlier estimates were off."""

from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from trustgraph._typing import Floats

__all__ = ["Calibration"]

MOST_GROUPS: Final = 5
"""Groups of estimates that are calibrated apart."""
LEAST: Final = 100
"""Residuals a group needs: 5 % of them are then at least five."""


ROUNDING: Final = 1e-9
"""So that 5 % of 100 are 5."""


@dataclass(frozen=True, eq=False)
class Calibration:
    """How far ratings lay below and above estimates like it.

    Parameters
    ----------
    edges
        Estimates at which a new group begins.
    low, high
        What to add to an estimate of each group, for the ends of its interval.
    ends
        Smallest and largest rating that can be given.

    Notes
    -----
    Split conformal prediction [1]_, with the residuals of estimates that did not see their rating.
    Groups of estimates of one size are calibrated apart (Mondrian [2]_), and both ends apart,
    since most ratings that are far off are so in one direction. If new residuals come from where
    the old ones came from, an interval holds at least its share of the ratings of every group.

    References
    ----------
    .. [1] Vovk, V., Gammerman, A., Shafer, G. (2005). Algorithmic Learning in a Random World.
       Springer. https://doi.org/10.1007/b106715
    .. [2] Section 4.5 there.
    """

    edges: Floats
    low: Floats
    high: Floats
    ends: tuple[float, float]

    @classmethod
    def of(
        cls, estimate: Floats, rating: Floats, *, level: float, ends: tuple[float, float]
    ) -> Self:
        """Learn from estimates and the ratings that they did not see.

        Parameters
        ----------
        estimate, rating
            One each a pair.
        level
            Share of ratings that an interval is to hold, in (0, 1).
        ends
            Smallest and largest rating that can be given.

        Returns
        -------
        Calibration
            The offsets; with too few residuals for the level the intervals are the whole range.
        """
        groups = int(np.clip(len(estimate) // LEAST, 1, MOST_GROUPS))
        edges = np.zeros(0)
        if groups > 1:
            edges = np.unique(np.quantile(estimate, np.arange(1, groups) / groups))
        group = np.searchsorted(edges, estimate, side="right")
        off = rating - estimate
        parts = [np.sort(off[group == one]) for one in range(len(edges) + 1)]
        tail = (1.0 - level) / 2.0
        low = np.array([_outside(part, tail) for part in parts])
        high = np.array([-_outside(-part[::-1], tail) for part in parts])
        return cls(edges, low, high, ends)

    def interval(self, estimate: Floats) -> tuple[Floats, Floats]:
        """Return both ends of the interval of each estimate, within the range of ratings."""
        group = np.searchsorted(self.edges, estimate, side="right")
        low, high = estimate + self.low[group], estimate + self.high[group]
        return np.clip(low, *self.ends), np.clip(high, *self.ends)


def _outside(residuals: Floats, tail: float) -> float:
    """Return a number with at most this share of future residuals below it.

    With n residuals the next one lies below the k-th smallest with chance k / (n + 1) at most.
    """
    k = int(np.floor(tail * (len(residuals) + 1) + ROUNDING))
    return float(residuals[k - 1]) if k >= 1 else -np.inf
