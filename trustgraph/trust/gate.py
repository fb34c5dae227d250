"""Who puts their own name behind somebody: the endorsement gate, closed under the Beta."""

from math import comb
from typing import Self

import numpy as np
from pydantic import model_validator

from trustgraph._typing import Floats
from trustgraph.models.base import FrozenModel
from trustgraph.trust.parameter import parameter

__all__ = ["EndorsementGate", "beta_binomial_tail"]


def beta_binomial_tail(trials: int, at_least: int, alpha: Floats, beta: Floats) -> Floats:
    """Return P(Y >= at_least) for Y ~ BetaBin(trials, alpha, beta).

    Parameters
    ----------
    trials
        Number of trials, at least 1.
    at_least
        Wanted successes, in [0, trials].
    alpha, beta
        Parameters of the Beta distribution, greater than 0.

    Returns
    -------
    numpy.ndarray
        Probabilities in [0, 1], one a pair (alpha, beta).

    Notes
    -----
    The probability of j successes is C(n, j) (alpha)_j (beta)_(n-j) / (alpha+beta)_n with rising
    factorials. The terms are added from the top down, each from the one above: only products and
    sums of positive numbers, no special function and no cancellation.

    Examples
    --------
    >>> from trustgraph.trust import beta_binomial_tail
    >>> beta_binomial_tail(9, 6, np.array([1.0]), np.array([1.0])).round(6).tolist()
    [0.4]
    """
    alpha, beta = np.asarray(alpha, dtype=np.float64), np.asarray(beta, dtype=np.float64)
    total = alpha + beta
    term = np.ones(np.broadcast(alpha, beta).shape)
    for step in range(trials):
        term = term * ((alpha + step) / (total + step))
    tail = term
    for successes in range(trials, at_least, -1):
        failures = trials - successes
        ratio = successes / (failures + 1)
        term = term * (ratio * (beta + failures) / (alpha + (successes - 1)))
        tail = tail + term
    return np.asarray(np.minimum(tail, 1.0), dtype=np.float64)


class EndorsementGate(FrozenModel):
    """The gate between knowing somebody and speaking for them.

    A person who trusts at level x endorses with probability g(x) = P(Bin(trials, x) >=
    endorse_at): with the defaults a smooth threshold at 0.6. Averaged over the Beta distribution
    of x it needs certainty as well as trust: whoever is unknown passes no gate.

    Parameters
    ----------
    trials, endorse_at
        Shape of the gate for an endorsement in one's own name.
    forward_at
        The same for a nominal hand-over; at most ``endorse_at``.
    min_willingness
        Below this willingness nobody is asked to endorse.

    Raises
    ------
    pydantic.ValidationError
        If not 1 <= forward_at <= endorse_at <= trials.

    Notes
    -----
    That such a gate exists is shown by Smith (2005), Marin (2012) and Trimble O'Connor (2013);
    its shape has not been measured and is a judgement.

    References
    ----------
    Marin (2012), Don't mention it, Social Networks, doi:10.1016/j.socnet.2011.11.002.

    Examples
    --------
    >>> gate = tg.trust.EndorsementGate()
    >>> gate.g(np.array([0.2, 0.6, 0.9])).round(3).tolist()
    [0.003, 0.483, 0.992]
    >>> gate.willingness(np.array([0.2]), np.array([1.8])).round(3).tolist()
    [0.039]
    """

    trials: int = parameter(
        9,
        "trials of the gate: the more, the sharper",
        within=(1, 30),
        likely=(5, 15),
        unit="count",
        source="existence: Smith 2005, Marin 2012; shape not measured",
    )
    endorse_at: int = parameter(
        6,
        "successes needed to endorse in one's own name",
        within=(1, 30),
        likely=(5, 7),
        unit="count",
        source="existence: Smith 2005, Marin 2012; shape not measured",
    )
    forward_at: int = parameter(
        2,
        "successes needed to forward without endorsing",
        within=(1, 30),
        likely=(1, 3),
        unit="count",
        source="judgement",
    )
    min_willingness: float = parameter(
        0.20,
        "willingness below which a person is no intermediary",
        within=(0, 1),
        likely=(0.1, 0.3),
        unit="probability",
        source="judgement",
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.forward_at <= self.endorse_at <= self.trials:
            message = "a gate needs forward_at <= endorse_at <= trials"
            raise ValueError(message)
        return self

    def g(self, trust: Floats) -> Floats:
        """Return the chance of an endorsement at a known level of trust.

        Parameters
        ----------
        trust
            Levels in [0, 1].

        Returns
        -------
        numpy.ndarray
            P(Bin(trials, trust) >= endorse_at), in [0, 1].

        Examples
        --------
        >>> tg.trust.EndorsementGate().g(np.array([0.0, 1.0])).tolist()
        [0.0, 1.0]
        """
        x = np.asarray(trust, dtype=np.float64)
        terms = [
            comb(self.trials, j) * x**j * (1 - x) ** (self.trials - j)
            for j in range(self.endorse_at, self.trials + 1)
        ]
        return np.asarray(np.minimum(np.sum(terms, axis=0), 1.0), dtype=np.float64)

    def willingness(self, alpha: Floats, beta: Floats) -> Floats:
        """Return the chance of an endorsement in one's own name, E[g(X)].

        Parameters
        ----------
        alpha, beta
            Opinions, X ~ Beta(alpha, beta).

        Returns
        -------
        numpy.ndarray
            Probabilities in [0, 1].

        Examples
        --------
        >>> tg.trust.EndorsementGate().willingness(np.array([6.0]), np.array([2.0])).round(3)
        array([0.769])
        """
        return beta_binomial_tail(self.trials, self.endorse_at, alpha, beta)

    def forwards(self, alpha: Floats, beta: Floats) -> Floats:
        """Return the chance of at least a nominal hand-over.

        Parameters
        ----------
        alpha, beta
            Opinions, X ~ Beta(alpha, beta).

        Returns
        -------
        numpy.ndarray
            Probabilities in [0, 1], never below the willingness.

        Examples
        --------
        >>> tg.trust.EndorsementGate().forwards(np.array([0.2]), np.array([1.8])).round(3)
        array([0.204])
        """
        return beta_binomial_tail(self.trials, self.forward_at, alpha, beta)

    def endorsed_value(self, alpha: Floats, beta: Floats) -> Floats:
        """Return the trust passed on times the chance that it is, E[X g(X)].

        Parameters
        ----------
        alpha, beta
            Opinions, X ~ Beta(alpha, beta).

        Returns
        -------
        numpy.ndarray
            In [0, willingness].

        Examples
        --------
        >>> tg.trust.EndorsementGate().endorsed_value(np.array([6.0]), np.array([2.0])).round(3)
        array([0.613])
        """
        grown = beta_binomial_tail(self.trials, self.endorse_at, alpha + 1, beta)
        return np.asarray(alpha / (alpha + beta) * grown, dtype=np.float64)

    def endorsed_trust(self, alpha: Floats, beta: Floats) -> Floats:
        """Return the trust that is passed on given an endorsement, E[X g(X)] / E[g(X)].

        Parameters
        ----------
        alpha, beta
            Opinions, X ~ Beta(alpha, beta).

        Returns
        -------
        numpy.ndarray
            In [0, 1], never below the trust alpha / (alpha + beta).

        Examples
        --------
        >>> tg.trust.EndorsementGate().endorsed_trust(np.array([6.0]), np.array([2.0])).round(3)
        array([0.796])
        """
        ratio = self.endorsed_value(alpha, beta) / self.willingness(alpha, beta)
        return np.clip(ratio, alpha / (alpha + beta), 1.0)
