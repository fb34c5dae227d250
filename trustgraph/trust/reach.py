"""Whom a question reaches something new through: an inverted U in how close a contact is."""

from typing import Literal

import numpy as np

from trustgraph._typing import Floats, LongInts
from trustgraph.models.base import FrozenModel
from trustgraph.trust.parameter import parameter

__all__ = ["ReachModel"]

RAJKUMAR = "Rajkumar et al. 2022, doi:10.1126/science.abl4476"


class ReachModel(FrozenModel):
    """What a contact gives access to, when a message is only to get through.

    Used for ``purpose="reach"`` alone, as a factor on the first step, and only if it is switched
    on.

    Parameters
    ----------
    access
        ``"none"`` (default): the factor is 1. ``"inverted_u"``: people who are moderately close
        give most access; close friends know what one knows oneself, and strangers do not share.
    best_mutual
        Mutual contacts at which access is best.
    mutual_spread
        How many times more or fewer mutual contacts make a difference.
    best_trust
        Trust of the contact in the seeker at which access is best.
    trust_spread
        How much more or less trust makes a difference.
    least
        What is left of the factor far from the best.

    Notes
    -----
    With m mutual contacts and trust t the factor is (least + (1 - least) exp(-p^2))
    (least + (1 - least) exp(-q^2)), where p = ln((1 + m) / (1 + best_mutual)) / ln(mutual_spread)
    and q = (t - best_trust) / trust_spread. It is 1 at the best of both and lies in (0, 1].

    It is **not monotone**: more trust, or one more tie, can lower it. The laws on what evidence
    does to a score hold only while it is switched off. The experiment measured new ties and
    changes of job, over years: ties with about ten mutual contacts passed on most, and by how much
    people wrote to each other it was the weakest ties that did. That this carries over to a single
    question, the shape of the curve and everything about trust are judgements.

    References
    ----------
    Rajkumar, Saint-Jacques, Bojinov, Brynjolfsson & Aral (2022), A causal test of the strength of
    weak ties, Science 377, doi:10.1126/science.abl4476.

    Examples
    --------
    >>> reach = tg.trust.ReachModel(access="inverted_u")
    >>> reach.factor(np.array([0.3, 0.3, 0.9]), np.array([10, 100, 10])).round(2).tolist()
    [1.0, 0.26, 0.39]
    >>> tg.trust.ReachModel().factor(np.array([0.9]), np.array([0])).tolist()
    [1.0]
    """

    access: Literal["none", "inverted_u"] = "none"
    best_mutual: float = parameter(
        10.0,
        "mutual contacts at which a contact gives most access",
        within=(0, 10_000),
        likely=(5, 20),
        unit="count",
        source=f"{RAJKUMAR}: inverted U in tie strength; the ten from a secondary source",
        confidence="V2",
    )
    mutual_spread: float = parameter(
        4.0,
        "how many times more or fewer mutual contacts make a difference",
        within=(1.01, 1_000),
        likely=(2, 10),
        unit="ratio",
        source=f"judgement; that there is an inverted U: {RAJKUMAR}",
    )
    best_trust: float = parameter(
        0.3,
        "trust of a contact at which they give most access",
        within=(0, 1),
        likely=(0.15, 0.5),
        unit="probability",
        source=f"judgement; that moderately weak ties pass on most: {RAJKUMAR}",
    )
    trust_spread: float = parameter(
        0.5,
        "how much more or less trust makes a difference",
        within=(0.01, 10),
        likely=(0.25, 1.0),
        unit="probability",
        source="judgement",
    )
    least: float = parameter(
        0.2,
        "what is left of each part of the factor far from the best",
        within=(0.001, 1),
        likely=(0.1, 0.5),
        unit="factor",
        source="judgement",
    )

    def factor(self, trust: Floats, mutual: LongInts | Floats) -> Floats:
        """Return what contacts give access to, relative to the best.

        Parameters
        ----------
        trust
            Trust of each contact in the seeker, in [0, 1].
        mutual
            How many contacts each has in common with the seeker, at least 0.

        Returns
        -------
        numpy.ndarray
            In (0, 1]; 1 everywhere where it is switched off.

        Examples
        --------
        >>> tg.trust.ReachModel(access="inverted_u").factor(np.array([0.3]), np.array([10]))
        array([1.])
        """
        told = np.asarray(trust, dtype=np.float64)
        if self.access == "none":
            return np.ones_like(told)
        common = np.asarray(mutual, dtype=np.float64)
        away = np.log((1 + common) / (1 + self.best_mutual)) / np.log(self.mutual_spread)
        off = (told - self.best_trust) / self.trust_spread
        return self._part(away) * self._part(off)

    def _part(self, distance: Floats) -> Floats:
        return np.asarray(self.least + (1 - self.least) * np.exp(-(distance**2)), dtype=np.float64)
