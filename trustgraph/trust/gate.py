"""Who puts their own name behind somebody: the endorsement gate, closed under the Beta."""

from math import asinh, comb, log, pi, sqrt
from typing import Final, Self

import numpy as np
from pydantic import model_validator

from trustgraph._typing import Floats
from trustgraph.models.base import FrozenModel
from trustgraph.trust.parameter import parameter

__all__ = ["EndorsementGate", "beta_binomial_tail", "beta_survival", "threshold_law"]

WIDEST: Final = 0.07
"""Step of the quadrature where opinions are vague."""
NARROW: Final = 0.49
"""Step of the quadrature where they are sharp, times the root of trials and observations."""
FINEST: Final = 0.002
NEGLIGIBLE: Final = 42.0
"""Minus the logarithm of what may be left out at the ends, against the mode."""


def beta_binomial_tail(trials: int, at_least: float, alpha: Floats, beta: Floats) -> Floats:
    """Return P(Y >= at_least) for Y ~ BetaBin(trials, alpha, beta).

    Parameters
    ----------
    trials
        Number of trials, at least 1.
    at_least
        Wanted successes k, in [0, trials]. Between whole numbers P(Bin(n, x) >= k) means the
        regularised incomplete beta function I_x(k, n - k + 1), which it is at whole ones.
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
    sums of positive numbers, no special function and no cancellation. Between whole numbers it is
    the chance that X ~ Beta(alpha, beta) exceeds an independent threshold ~ Beta(k, n - k + 1),
    by double exponential quadrature, to about 1e-13.

    References
    ----------
    Takahasi & Mori (1974), Double exponential formulas for numerical integration, Publications of
    RIMS 9, 721-741, doi:10.2977/prims/1195192451.

    Examples
    --------
    >>> from trustgraph.trust import beta_binomial_tail
    >>> one = np.ones(1)
    >>> [beta_binomial_tail(9, k, one, one).round(6).item() for k in (6, 5.5, 5)]
    [0.4, 0.45, 0.5]
    """
    alpha, beta = np.asarray(alpha, dtype=np.float64), np.asarray(beta, dtype=np.float64)
    if not float(at_least).is_integer():
        return _between_wholes(trials, at_least, alpha, beta)
    at_least = int(at_least)
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


def _between_wholes(trials: int, at_least: float, alpha: Floats, beta: Floats) -> Floats:
    shape = np.broadcast(alpha, beta).shape
    both = np.stack([np.broadcast_to(one, shape).ravel() for one in (alpha, beta)], axis=1)
    # Many ties of a network are alike; each opinion is integrated once.
    opinions, place = np.unique(both, axis=0, return_inverse=True)
    found = np.zeros(len(opinions))
    level = np.ceil(np.log2(1 + trials + opinions.sum(axis=1)))
    for one in np.unique(level):
        here = level == one
        step = min(WIDEST, max(FINEST, NARROW / sqrt(2.0**one)))
        nodes, weights = threshold_law(at_least, trials - at_least + 1, step=step)
        found[here] = beta_survival(opinions[here, 0], opinions[here, 1], nodes) @ weights
    return np.minimum(found, 1.0)[place.ravel()].reshape(shape)


def threshold_law(
    a: float, b: float, *, step: float = WIDEST, reach: float | None = None
) -> tuple[Floats, Floats]:
    """Return points and weights of a threshold ~ Beta(a, b).

    Parameters
    ----------
    a, b
        Parameters of the law, greater than 0.
    step
        Distance of the points, in the variable of the double exponential rule.
    reach
        How far out the points go; default: as far as the law has mass. Laws of the same step and
        reach have the same points.

    Returns
    -------
    tuple of numpy.ndarray
        One minus each point, shape (p,), which keeps the digits of points close to 1; and the
        weights, shape (p,), which sum to 1.

    Examples
    --------
    >>> from trustgraph.trust.gate import threshold_law
    >>> rest, weights = threshold_law(6, 4)
    >>> round(float(weights @ (1 - rest)), 12)
    0.6
    """
    top = a * log(a / (a + b)) + b * log(b / (a + b))
    end = asinh((NEGLIGIBLE - top) / (pi * min(a, b))) if reach is None else reach
    count = int(np.ceil(end / step))
    t = np.arange(-count, count + 1) * step
    log_odds = pi * np.sinh(t)
    below, above = -np.logaddexp(0.0, -log_odds), -np.logaddexp(0.0, log_odds)
    logarithm = a * below + b * above + np.log(np.cosh(t))
    weights = np.exp(logarithm - logarithm.max())
    return np.exp(above), weights / weights.sum()


def beta_survival(alpha: Floats, beta: Floats, rest: Floats) -> Floats:
    """Return the chance that opinions exceed some points.

    Parameters
    ----------
    alpha, beta
        Opinions X ~ Beta(alpha, beta), shape (m,).
    rest
        One minus each point, shape (p,).

    Returns
    -------
    numpy.ndarray
        P(X > point), shape (m, p).

    Examples
    --------
    >>> from trustgraph.trust.gate import beta_survival
    >>> beta_survival(np.ones(1), np.ones(1), np.array([0.25])).tolist()
    [[0.25]]
    """
    from scipy.special import betainc

    return np.asarray(betainc(beta[:, None], alpha[:, None], rest[None, :]), dtype=np.float64)


class EndorsementGate(FrozenModel):
    """The gate between knowing somebody and speaking for them.

    A person who trusts at level x endorses with probability g(x) = P(Bin(trials, x) >=
    endorse_at): with the defaults a smooth threshold at 0.6. Averaged over the Beta distribution
    of x it needs certainty as well as trust: whoever is unknown passes no gate.

    Parameters
    ----------
    trials, endorse_at
        Shape of the gate for an endorsement in one's own name. Between whole numbers of
        successes g(x) is the regularised incomplete beta function, which it is at whole ones.
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
    endorse_at: int | float = parameter(
        6,
        "successes needed to endorse in one's own name",
        within=(1, 30),
        likely=(5, 7),
        unit="count",
        source="existence: Smith 2005, Marin 2012; shape not measured",
    )
    forward_at: int | float = parameter(
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
        if not float(self.endorse_at).is_integer():
            from scipy.special import betainc

            between = betainc(self.endorse_at, self.trials - self.endorse_at + 1, x)
            return np.asarray(between, dtype=np.float64)
        terms = [
            comb(self.trials, j) * x**j * (1 - x) ** (self.trials - j)
            for j in range(int(self.endorse_at), self.trials + 1)
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
