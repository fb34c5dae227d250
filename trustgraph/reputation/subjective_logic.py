"""Opinions of subjective logic: belief, disbelief and uncertainty, and how they are combined."""

from math import inf
from typing import Annotated, Any, Final, Self

import numpy as np
from pydantic import Field, model_validator

from trustgraph.models.base import FrozenModel
from trustgraph.reputation._opinions import (
    Masses,
    Share,
    averaged,
    cumulated,
    discounted,
    share_of,
)

__all__ = ["Opinion", "averaging_fusion", "cumulative_fusion", "discount"]

SLACK: Final = 1e-9
"""How far the masses of an opinion may be from a sum of 1."""

Chance = Annotated[float, Field(ge=0, le=1)]


class Opinion(FrozenModel):
    """What somebody thinks of somebody, and how much of it they know.

    Parameters
    ----------
    belief
        Part that is known and good, in [0, 1].
    disbelief
        Part that is known and bad, in [0, 1].
    uncertainty
        Part that is not known, in [0, 1]. The three sum to 1. With none an opinion is *dogmatic*,
        with nothing else *vacuous*.
    base_rate
        Trust in somebody of whom nothing is known, in [0, 1]; 0.1 in graphs made by default, 0.5
        in most examples of the literature.

    Notes
    -----
    A binomial opinion [1]_. With r good and s bad observations and a prior that weighs W of them,
    belief = r / (r + s + W), disbelief = s / (r + s + W), uncertainty = W / (r + s + W): the
    opinion stands for Beta(r + a W, s + (1 - a) W), whose mean is the expectation.

    References
    ----------
    .. [1] Jøsang, A. (2016). Subjective Logic: A Formalism for Reasoning Under Uncertainty.
       Springer. https://doi.org/10.1007/978-3-319-42337-1

    Examples
    --------
    >>> known = tg.reputation.Opinion(belief=0.6, disbelief=0.2, uncertainty=0.2, base_rate=0.5)
    >>> known.expectation
    0.7
    """

    belief: Chance
    disbelief: Chance
    uncertainty: Chance
    base_rate: Chance

    @model_validator(mode="after")
    def _check_sum(self) -> Self:
        total = self.belief + self.disbelief + self.uncertainty
        if abs(total - 1) > SLACK:
            message = f"belief, disbelief and uncertainty sum to {total:.10g}; they must sum to 1"
            raise ValueError(message)
        return self

    @classmethod
    def from_evidence(
        cls, good: float, bad: float, *, base_rate: float, prior_weight: float = 2.0
    ) -> Self:
        """Return the opinion that follows from observations.

        Parameters
        ----------
        good, bad
            Numbers of good and of bad observations, at least 0; they need not be whole.
        base_rate
            Trust in somebody of whom nothing is known, in [0, 1].
        prior_weight
            Weight of the prior, in observations, above 0.

        Returns
        -------
        Opinion
            Never dogmatic.

        Raises
        ------
        ValueError
            If a number is out of its range.

        Examples
        --------
        >>> tg.reputation.Opinion.from_evidence(6, 2, base_rate=0.5)
        Opinion(belief=0.6, disbelief=0.2, uncertainty=0.2, base_rate=0.5)
        """
        _check_weight(prior_weight)
        for name, number in (("good", good), ("bad", bad)):
            if not 0 <= number < inf:
                message = f"{name} is {number!r}, it must be a finite number, at least 0"
                raise ValueError(message)
        total = good + bad + prior_weight
        return cls(
            belief=good / total,
            disbelief=bad / total,
            uncertainty=prior_weight / total,
            base_rate=base_rate,
        )

    @property
    def expectation(self) -> float:
        """Expected trust in [0, 1]: belief + base rate x uncertainty."""
        return min(self.belief + self.base_rate * self.uncertainty, 1.0)

    def evidence(self, prior_weight: float = 2.0) -> tuple[float, float]:
        """Return the observations that an opinion stands for.

        Parameters
        ----------
        prior_weight
            Weight of the prior, in observations, above 0.

        Returns
        -------
        good, bad : float
            Numbers of observations, at least 0.

        Raises
        ------
        ValueError
            If the opinion is dogmatic: it stands for endless evidence.

        Examples
        --------
        >>> tg.reputation.Opinion.from_evidence(6, 2, base_rate=0.1).evidence()
        (6.0, 2.0)
        """
        _check_weight(prior_weight)
        if self.uncertainty == 0:
            message = (
                "a dogmatic opinion (uncertainty 0) stands for endless evidence; give it some "
                "uncertainty"
            )
            raise ValueError(message)
        each = prior_weight / self.uncertainty
        return self.belief * each, self.disbelief * each

    def beta_parameters(self, prior_weight: float = 2.0) -> tuple[float, float]:
        """Return the parameters of the Beta distribution that an opinion stands for.

        Parameters
        ----------
        prior_weight
            Weight of the prior, in observations, above 0.

        Returns
        -------
        alpha, beta : float
            At least 0; the mean alpha / (alpha + beta) is the expectation.

        Raises
        ------
        ValueError
            If the opinion is dogmatic: it has no distribution, but one value, its belief.

        Examples
        --------
        >>> tg.reputation.Opinion.from_evidence(6, 2, base_rate=0.5).beta_parameters()
        (7.0, 3.0)
        """
        good, bad = self.evidence(prior_weight)
        prior = self.base_rate * prior_weight
        return good + prior, bad + prior_weight - prior


def discount(trust: Opinion, opinion: Opinion, *, by: Share = "belief") -> Opinion:
    """Return what is left of an opinion that comes from somebody who is trusted so far.

    Parameters
    ----------
    trust
        A's opinion of B.
    opinion
        B's opinion of X.
    by
        How much A takes over from B: A's ``"belief"`` in B, or A's trust in B, the
        ``"expectation"``, which counts part of what A does not know in favour of B.

    Returns
    -------
    Opinion
        A's opinion of X, as far as it comes from B. The base rate is B's.

    Raises
    ------
    TypeError
        If one of both is no opinion.
    ValueError
        If there is no such way.

    Notes
    -----
    With t the share taken over and (b, d, u) B's opinion, A's is (t b, t d, 1 - t + t u). By belief
    this is the uncertainty-favouring operator of [1]_ [2]_: distrust in B leaves A knowing nothing,
    it is no evidence against what B says. By expectation it is the base-rate sensitive operator of
    [2]_, the trust discounting of [3]_.

    References
    ----------
    .. [1] Jøsang, A., Hayward, R., Pope, S. (2006). Trust network analysis with subjective logic.
       29th Australasian Computer Science Conference, 85-94.
    .. [2] Jøsang, A., Marsh, S., Pope, S. (2006). Exploring different types of trust propagation.
       Trust Management, LNCS 3986, 179-192. https://doi.org/10.1007/11755593_14
    .. [3] Jøsang, A. (2016). Subjective Logic: A Formalism for Reasoning Under Uncertainty.
       Springer. https://doi.org/10.1007/978-3-319-42337-1

    Examples
    --------
    >>> half = tg.reputation.Opinion(belief=0.5, disbelief=0.1, uncertainty=0.4, base_rate=0.5)
    >>> told = tg.reputation.Opinion(belief=0.8, disbelief=0.2, uncertainty=0.0, base_rate=0.5)
    >>> tg.reputation.discount(half, told)
    Opinion(belief=0.4, disbelief=0.1, uncertainty=0.5, base_rate=0.5)
    """
    return _single(discounted(share_of(_masses([trust]), by), _masses([opinion])))


def cumulative_fusion(*opinions: Opinion) -> Opinion:
    """Return what opinions on independent evidence amount to: the evidence is added up.

    Parameters
    ----------
    *opinions
        One or more opinions of the same person, each from evidence of its own.

    Returns
    -------
    Opinion
        The order does not matter. Vacuous opinions change nothing. Dogmatic opinions outweigh all
        others, and weigh alike. Base rates weigh as much as the evidence.

    Raises
    ------
    TypeError
        If something given is no opinion.
    ValueError
        If no opinion is given.

    Notes
    -----
    The aleatory cumulative fusion of [1]_, chapter 12, for any number of sources as in [2]_
    corrected by [3]_; of two it is the consensus operator of earlier work. An opinion that comes
    on several ways is counted several times: use `averaging_fusion` for opinions on the same
    evidence.

    References
    ----------
    .. [1] Jøsang, A. (2016). Subjective Logic: A Formalism for Reasoning Under Uncertainty.
       Springer. https://doi.org/10.1007/978-3-319-42337-1
    .. [2] Jøsang, A., Wang, D., Zhang, J. (2017). Multi-source fusion in subjective logic. 20th
       International Conference on Information Fusion. https://doi.org/10.23919/ICIF.2017.8009820
    .. [3] van der Heijden, R. W., Kopp, H., Kargl, F. (2018). Multi-source fusion operations in
       subjective logic. 21st International Conference on Information Fusion, 1990-1997.
       arXiv:1805.01388.

    Examples
    --------
    >>> few = tg.reputation.Opinion.from_evidence(2, 0, base_rate=0.1)
    >>> many = tg.reputation.Opinion.from_evidence(5, 3, base_rate=0.1)
    >>> tuple(round(n, 9) for n in tg.reputation.cumulative_fusion(few, many).evidence())
    (7.0, 3.0)
    """
    return _single(cumulated(*_one_group(opinions)))


def averaging_fusion(*opinions: Opinion) -> Opinion:
    """Return what opinions on the same evidence amount to: the mean of the evidence.

    Parameters
    ----------
    *opinions
        One or more opinions of the same person, all from the same evidence.

    Returns
    -------
    Opinion
        The order does not matter; equal opinions give that opinion. Dogmatic opinions outweigh all
        others, and weigh alike. The base rate is the mean.

    Raises
    ------
    TypeError
        If something given is no opinion.
    ValueError
        If no opinion is given.

    Notes
    -----
    The averaging belief fusion of Jøsang (2016), https://doi.org/10.1007/978-3-319-42337-1,
    chapter 12; for more than two see `cumulative_fusion`. It is not associative: three opinions
    weigh alike only if they are fused at once.

    Examples
    --------
    >>> few = tg.reputation.Opinion.from_evidence(2, 0, base_rate=0.1)
    >>> many = tg.reputation.Opinion.from_evidence(5, 3, base_rate=0.1)
    >>> tuple(round(n, 9) for n in tg.reputation.averaging_fusion(few, many).evidence())
    (3.5, 1.5)
    """
    return _single(averaged(*_one_group(opinions)))


def _check_weight(prior_weight: float) -> None:
    if not 0 < prior_weight < inf:
        message = f"prior_weight is {prior_weight!r}, it must be a finite number above 0"
        raise ValueError(message)


def _masses(opinions: Any) -> Masses:
    for one in opinions:
        if not isinstance(one, Opinion):
            message = f"{one!r} is no opinion; give an Opinion"
            raise TypeError(message)
    columns = ([getattr(one, name) for one in opinions] for name in Masses._fields)
    return Masses(*(np.array(column, np.float64) for column in columns))


def _one_group(opinions: tuple[Opinion, ...]) -> tuple[Masses, Any, int, float]:
    if not opinions:
        message = "there is no opinion to fuse; give one or more"
        raise ValueError(message)
    return _masses(opinions), np.zeros(len(opinions), np.int64), 1, 0.0


def _single(masses: Masses) -> Opinion:
    # Rounding may leave a mass a hair outside its range.
    return Opinion(**{k: min(max(float(v[0]), 0.0), 1.0) for k, v in masses._asdict().items()})
