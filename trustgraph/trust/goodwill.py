"""What an ask costs: part of the goodwill of the person asked, which comes back with time."""

import numpy as np

from trustgraph._typing import Floats
from trustgraph.models.base import FrozenModel
from trustgraph.trust.parameter import parameter

__all__ = ["GoodwillModel"]


class GoodwillModel(FrozenModel):
    """How asks wear out the readiness of one person to answer the next one.

    Parameters
    ----------
    spent
        Share of the chance of an answer that one ask takes from the next.
    regained_days
        Days after which half of that is back.

    Notes
    -----
    The chance of an answer to an ask is multiplied by (1 - spent)^n, where every earlier ask of
    the same seeker to the same person counts 2^(-days / regained_days) in n. That favours are
    drawn from a store which empties and fills again is a picture, not a measurement: both numbers
    are judgements.

    Examples
    --------
    >>> goodwill = tg.trust.GoodwillModel()
    >>> goodwill.left(np.array([])), goodwill.left(np.array([0.0]))
    (1.0, 0.75)
    >>> round(goodwill.left(np.array([60.0])), 3)
    0.866
    """

    spent: float = parameter(
        0.25,
        "share of the chance of an answer that an ask takes from the next to the same person",
        within=(0, 0.99),
        likely=(0.1, 0.5),
        unit="factor",
        source="judgement",
    )
    regained_days: float = parameter(
        60.0,
        "days after which half of the goodwill that an ask has spent is back",
        within=(0.1, 3650),
        likely=(30, 180),
        unit="days",
        source="judgement",
    )

    def left(self, days: Floats) -> float:
        """Return the share of goodwill that is left.

        Parameters
        ----------
        days
            Days since each earlier ask to the same person, at least 0.

        Returns
        -------
        float
            Factor on the chance of an answer, in (0, 1]; 1 if there was no ask.

        Examples
        --------
        >>> tg.trust.GoodwillModel(spent=0).left(np.array([1.0, 2.0]))
        1.0
        """
        waited = np.asarray(days, dtype=np.float64)
        return float((1.0 - self.spent) ** np.exp2(-waited / self.regained_days).sum())
