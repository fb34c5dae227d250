"""How strong contact is: a sum over days, weighed by their age and by what is known around them."""

from typing import TYPE_CHECKING

import numpy as np

from trustgraph._typing import Floats
from trustgraph.trust.contact import ContactDays
from trustgraph.trust.pairs import Pairs
from trustgraph.trust.recall_terms import circle_factor, rhythm_factor, silence

if TYPE_CHECKING:
    from trustgraph.trust.recall import RecallModel

__all__ = ["contact_strength", "standing_factor"]


def contact_strength(
    days: ContactDays, pairs: Pairs, model: "RecallModel", *, today: int
) -> Floats:
    """Return the strength S of the contact of each ordered pair.

    Parameters
    ----------
    days
        Days on which people acted towards each other.
    pairs
        The pairs to fill.
    model
        Decay and what days count.
    today
        Day at which ages are counted.

    Returns
    -------
    numpy.ndarray
        At least 0; 0 where the source never acted towards the target, unless the model says
        otherwise (``incoming_alone``).
    """
    there, known = pairs.locate(days.actor, days.other)
    counted = np.where(days.answered, 1.0, model.unanswered_weight)
    age = (today - days.day).astype(np.float64)
    value = counted * (1.0 + age) ** -model.decay
    if model.loss_per_day > 0:
        value = value * np.exp(-model.loss_per_day * age)
    own = np.bincount(there[known], weights=value[known], minlength=len(pairs))
    total = own + model.incoming_weight * own[pairs.reverse]
    if model.silence > 0:
        total = total * np.exp(-model.silence * silence(days, pairs, today=today))
    return total * standing_factor(days, pairs, model, today=today)


def standing_factor(days: ContactDays, pairs: Pairs, model: "RecallModel", *, today: int) -> Floats:
    """Return what the strength of each pair is multiplied by, apart from decay and silence.

    Parameters
    ----------
    days, pairs, model, today
        As for `contact_strength`.

    Returns
    -------
    numpy.ndarray
        At least 0: rhythm and circles where they are on, and what contact counts where the
        source never acted.
    """
    there, known = pairs.locate(days.actor, days.other)
    acted = np.bincount(there[known], minlength=len(pairs)) > 0
    factor = np.where(acted, 1.0, model.incoming_alone)
    if model.rhythm > 0:
        steady = rhythm_factor(days, pairs, exponent=model.rhythm, slow_days=model.slow_days)
        factor = factor * steady
    if model.shared_circles > 0:
        since = int(today - model.circle_days)
        factor = factor * circle_factor(days, pairs, exponent=model.shared_circles, since=since)
    return factor
