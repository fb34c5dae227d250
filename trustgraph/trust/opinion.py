"""From evidence to an opinion: the Beta reputation of subjective logic, on arrays."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from trustgraph._typing import Bools, Floats
from trustgraph.models.base import FrozenModel
from trustgraph.trust.evidence_table import EvidenceTable
from trustgraph.trust.parameter import parameter

__all__ = ["OpinionModel", "Opinions", "saturated", "trust_from_evidence"]


@dataclass(frozen=True, eq=False)
class Opinions:
    """Opinions X ~ Beta(alpha, beta), one a place of the arrays.

    Attributes
    ----------
    alpha, beta
        Parameters of the Beta distribution, greater than 0.
    belief
        Part of the opinion that is sure and good, in [0, certainty].
    certainty
        One minus the uncertainty, in [0, 1).

    Examples
    --------
    >>> tg.trust.OpinionModel().from_evidence(np.array([2.0])).trust.tolist()
    [0.55]
    """

    alpha: Floats
    beta: Floats
    belief: Floats
    certainty: Floats

    @property
    def trust(self) -> Floats:
        """Expected trust alpha / (alpha + beta), in (0, 1)."""
        return np.asarray(self.alpha / (self.alpha + self.beta), dtype=np.float64)

    def replaced(self, where: Bools, other: "Opinions") -> "Opinions":
        """Return these opinions with some places taken from others.

        Parameters
        ----------
        where
            Which places to take.
        other
            Opinions of the same length.

        Returns
        -------
        Opinions
            The mixture.

        Examples
        --------
        >>> model = tg.trust.OpinionModel()
        >>> weak, strong = model.from_evidence(np.zeros(1)), model.from_evidence(np.ones(1))
        >>> weak.replaced(np.array([True]), strong).trust.tolist() == strong.trust.tolist()
        True
        """
        return Opinions(
            *(
                np.where(where, getattr(other, name), getattr(self, name))
                for name in ("alpha", "beta", "belief", "certainty")
            )
        )


class OpinionModel(FrozenModel):
    """How evidence becomes an opinion.

    Parameters
    ----------
    prior_weight
        Weight W of the prior, in observations.
    base_rate
        Trust a in somebody of whom nothing is known.
    undated_age_years
        Age given to undated evidence of a kind that ages.

    Notes
    -----
    With r good and s bad observations: alpha = r + a W, beta = s + (1 - a) W, trust =
    alpha / (alpha + beta), certainty = (r + s) / (r + s + W), belief = r / (r + s + W), so that
    trust = belief + a (1 - certainty).

    References
    ----------
    Jøsang & Ismail (2002), The Beta reputation system. Jøsang (2016), Subjective Logic,
    doi:10.1007/978-3-319-42337-1.

    Examples
    --------
    >>> opinions = tg.trust.OpinionModel().from_evidence(np.array([0.0, 4.0]))
    >>> opinions.trust.round(3).tolist(), opinions.certainty.round(3).tolist()
    ([0.1, 0.7], [0.0, 0.667])
    """

    prior_weight: float = parameter(
        2.0,
        "weight of the prior",
        within=(0.01, 100),
        likely=(1, 4),
        unit="observations",
        source="Jøsang 2016: non-informative prior weight of a binary opinion",
        confidence="M",
    )
    base_rate: float = parameter(
        0.1,
        "trust in somebody of whom nothing is known",
        within=(0.001, 0.999),
        likely=(0.05, 0.2),
        unit="probability",
        source="judgement: strangers are not vouched for",
    )
    undated_age_years: float = parameter(
        5.0,
        "age given to undated evidence of a kind that ages",
        within=(0, 100),
        likely=(2, 10),
        unit="years",
        source="judgement",
    )

    def from_evidence(self, good: Floats, bad: Floats | None = None) -> Opinions:
        """Return the opinions that follow from observations.

        Parameters
        ----------
        good, bad
            Observations r and s, at least 0; ``bad`` default: none.

        Returns
        -------
        Opinions
            One a place.

        Examples
        --------
        >>> tg.trust.OpinionModel().from_evidence(np.array([3.0]), np.array([3.0])).trust.tolist()
        [0.4]
        """
        r = np.asarray(good, dtype=np.float64)
        s = np.zeros_like(r) if bad is None else np.asarray(bad, dtype=np.float64)
        prior = self.prior_weight
        total = r + s + prior
        return Opinions(
            alpha=r + self.base_rate * prior,
            beta=s + (1 - self.base_rate) * prior,
            belief=r / total,
            certainty=(r + s) / total,
        )

    def from_judgement(self, trust: Floats, certainty: Floats) -> Opinions:
        """Return the opinions that somebody states, or that an edge of a graph carries.

        Parameters
        ----------
        trust
            Expected trust, in (0, 1).
        certainty
            In [0, 1).

        Returns
        -------
        Opinions
            With alpha + beta = W / (1 - certainty) and alpha = trust (alpha + beta). Belief is
            trust - a (1 - certainty), kept within [0, certainty]: what trust exceeds the prior
            without being known is not belief. For opinions that come from evidence this gives
            back exactly what they were made of.

        Examples
        --------
        >>> stated = tg.trust.OpinionModel().from_judgement(np.array([0.8]), np.array([0.9]))
        >>> stated.alpha.round(6).tolist(), stated.beta.round(6).tolist(), stated.belief.round(6)
        ([16.0], [4.0], array([0.79]))
        """
        x, known = np.asarray(trust, dtype=np.float64), np.asarray(certainty, dtype=np.float64)
        total = self.prior_weight / (1 - known)
        belief = np.clip(x - self.base_rate * (1 - known), 0.0, known)
        return Opinions(alpha=x * total, beta=(1 - x) * total, belief=belief, certainty=known)


def saturated(total: Floats, cap: Floats | float) -> Floats:
    """Return what a sum of masses is worth under a cap, cap (1 - exp(-total / cap)).

    Parameters
    ----------
    total
        Sums, at least 0.
    cap
        Most that they can be worth; infinity for no cap.

    Returns
    -------
    numpy.ndarray
        In [0, cap), and never above the sum.

    Examples
    --------
    >>> from trustgraph.trust.opinion import saturated
    >>> saturated(np.array([1.0, 8.0]), 10.0).round(3).tolist(), saturated(np.ones(1), np.inf)
    ([0.952, 5.507], array([1.]))
    """
    amount = np.asarray(total, dtype=np.float64)
    limit = np.broadcast_to(np.asarray(cap, dtype=np.float64), amount.shape)
    bounded = np.isfinite(limit)
    scale = np.where(bounded, limit, 1.0)
    return np.where(bounded, -scale * np.expm1(-amount / scale), amount)


class _HasTable(Protocol):
    @property
    def evidence(self) -> EvidenceTable: ...

    @property
    def opinion(self) -> OpinionModel: ...


def trust_from_evidence(model: _HasTable, kind: str, amounts: Floats) -> Floats:
    """Return the doer's trust in the other that fresh evidence of one kind alone would give.

    Parameters
    ----------
    model
        A trust model.
    kind
        Kind of evidence.
    amounts
        Amounts of it, at least 0.

    Returns
    -------
    numpy.ndarray
        Trust in (0, 1), one an amount.

    Raises
    ------
    RecordError
        If there is no such kind.

    Examples
    --------
    >>> from trustgraph.trust.opinion import trust_from_evidence
    >>> trust_from_evidence(tg.TrustModel(), "same_school", np.array([0.0, 1.0])).round(3).tolist()
    [0.1, 0.134]
    """
    row = model.evidence.kind(kind)
    cap = np.inf if row.cap_forward is None else row.cap_forward
    mass = saturated(row.forward * np.asarray(amounts, dtype=np.float64), cap)
    none = np.zeros_like(mass)
    good, bad = (mass, none) if row.sign > 0 else (none, mass)
    return model.opinion.from_evidence(good, bad).trust
