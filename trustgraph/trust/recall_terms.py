"""Optional terms of recall: a steady rhythm, circles that met recently, people who fell silent."""

import numpy as np

from trustgraph._typing import Floats
from trustgraph.trust.contact import ContactDays, ends
from trustgraph.trust.pairs import Pairs
from trustgraph.trust.proximity import common_neighbours

__all__ = ["circle_factor", "rhythm_factor", "silence"]


def rhythm_factor(days: ContactDays, pairs: Pairs, *, exponent: float, slow_days: float) -> Floats:
    """Return how much a steady rhythm of contact strengthens recall.

    Parameters
    ----------
    days
        Days on which people acted towards each other.
    pairs
        The pairs to fill.
    exponent
        At least 0; .13 to .21 were measured.
    slow_days
        Mean gap in days from which a rhythm no longer helps.

    Returns
    -------
    numpy.ndarray
        (slow / gap)^exponent with the mean gap between own days kept in [1, slow]; 1 for people
        who acted only once.

    Notes
    -----
    The one term that is not monotone: an old contact that comes to light lengthens the mean gap.
    The clamp bounds what it can take away to a factor of slow^exponent.
    """
    factor = np.ones(len(pairs))
    if not len(days.day):
        return factor
    last = np.flatnonzero(ends(days.actor * pairs.people + days.other))
    first = np.append(0, last[:-1] + 1)
    number = last - first
    several = number > 0
    gap = (days.day[last] - days.day[first])[several] / number[several]
    actor, other = days.actor[last][several], days.other[last][several]
    there, known = pairs.locate(actor, other)
    factor[there[known]] = (slow_days / np.clip(gap, 1, slow_days))[known] ** exponent
    return factor


def circle_factor(days: ContactDays, pairs: Pairs, *, exponent: float, since: int) -> Floats:
    """Return how much recent contact with the same people strengthens recall.

    Parameters
    ----------
    days
        Days on which people acted towards each other.
    pairs
        The pairs to fill.
    exponent
        At least 0; about .3 was measured.
    since
        First day that counts as recent.

    Returns
    -------
    numpy.ndarray
        (1 + n)^exponent, at least 1, where both of a pair had contact with n others recently.
    """
    recent = days.day >= since
    met = Pairs.between(days.actor[recent], days.other[recent], people=pairs.people)
    common = common_neighbours(met.source, met.target, pairs.source, pairs.target, pairs.people)
    return np.asarray((1.0 + common) ** exponent, dtype=np.float64)


def silence(days: ContactDays, pairs: Pairs, *, today: int) -> Floats:
    """Return for how long both people of each pair have been silent towards everybody.

    Parameters
    ----------
    days
        Days on which people acted towards each other.
    pairs
        The pairs to fill.
    today
        Day at which ages are counted.

    Returns
    -------
    numpy.ndarray
        ln(1 + days since the last act of or towards the source) + the same of the target, at
        least 0; 0 for somebody without any, who has no strength to lose.

    Notes
    -----
    A contact of either person with anybody can only shorten it: recall stays monotone.
    """
    newest = np.full(pairs.people, np.iinfo(np.int64).min)
    np.maximum.at(newest, days.actor, days.day)
    np.maximum.at(newest, days.other, days.day)
    known = newest > np.iinfo(np.int64).min
    alone = np.log1p(np.where(known, today - np.where(known, newest, today), 0))
    return np.asarray(alone[pairs.source] + alone[pairs.target], dtype=np.float64)
