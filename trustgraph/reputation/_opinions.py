"""Opinions of subjective logic as arrays, and what is made of them."""

from typing import Literal, NamedTuple, TypeAlias

import numpy as np

from trustgraph._typing import Floats, LongInts

__all__ = ["Masses", "Share", "averaged", "cumulated", "discounted", "share_of"]

Share: TypeAlias = Literal["belief", "expectation"]
"""How much of an opinion is taken over from somebody: the belief in them, or the trust."""


class Masses(NamedTuple):
    """Opinions, one a place of the arrays; the first three sum to 1."""

    belief: Floats
    disbelief: Floats
    uncertainty: Floats
    base_rate: Floats

    @property
    def expectation(self) -> Floats:
        """Expected trust, in [0, 1]."""
        return self.belief + self.base_rate * self.uncertainty


def share_of(trust: Masses, by: Share) -> Floats:
    """Return how much of what somebody says is taken over, in [0, 1]."""
    if by not in ("belief", "expectation"):
        message = f"by is {by!r}; name 'belief' or 'expectation'"
        raise ValueError(message)
    return trust.belief if by == "belief" else trust.expectation


def discounted(share: Floats, opinion: Masses) -> Masses:
    """Return opinions of which only a share is taken over; what is not is uncertain."""
    return Masses(
        share * opinion.belief,
        share * opinion.disbelief,
        (1.0 - share) + share * opinion.uncertainty,
        opinion.base_rate,
    )


def cumulated(opinions: Masses, group: LongInts, groups: int, base_rate: float) -> Masses:
    """Return what independent opinions of each group amount to: their evidence is added up.

    A group without opinions knows nothing, at the base rate given. Opinions without uncertainty
    outweigh all others, and weigh alike.
    """
    weight, least, number = _weights(opinions, group, groups)
    good = np.bincount(group, weight * opinions.belief, groups)
    bad = np.bincount(group, weight * opinions.disbelief, groups)
    total = least + good + bad
    evidence = weight * (opinions.belief + opinions.disbelief)
    # Where nobody has any evidence, base rates weigh alike.
    evidence = np.where((good + bad == 0)[group], 1.0, evidence)
    rates = np.full(groups, base_rate)
    sums = np.bincount(group, evidence * opinions.base_rate, groups)
    np.divide(sums, np.bincount(group, evidence, groups), out=rates, where=number > 0)
    return Masses(good / total, bad / total, least / total, rates)


def averaged(opinions: Masses, group: LongInts, groups: int, base_rate: float) -> Masses:
    """Return what opinions of each group on the same evidence amount to: its mean.

    Groups without opinions and opinions without uncertainty are as in `cumulated`.
    """
    weight, least, number = _weights(opinions, group, groups)
    total = np.where(number > 0, np.bincount(group, weight, groups), 1.0)
    rates = np.full(groups, base_rate)
    np.divide(np.bincount(group, opinions.base_rate, groups), number, out=rates, where=number > 0)
    return Masses(
        np.bincount(group, weight * opinions.belief, groups) / total,
        np.bincount(group, weight * opinions.disbelief, groups) / total,
        np.where(number > 0, number * least, 1.0) / total,
        rates,
    )


def _weights(opinions: Masses, group: LongInts, groups: int) -> tuple[Floats, Floats, LongInts]:
    """Return the least uncertainty of each group over that of each opinion, it, and how many.

    Evidence is mass over uncertainty. In units of the least uncertainty it stays finite, and where
    that is 0 what is left are the opinions without any: the limit, without a special case.
    """
    least = np.ones(groups)
    np.minimum.at(least, group, opinions.uncertainty)
    weight = np.ones(len(group))
    uncertain = opinions.uncertainty > 0
    np.divide(least[group], opinions.uncertainty, out=weight, where=uncertain)
    return weight, least, np.bincount(group, minlength=groups)
