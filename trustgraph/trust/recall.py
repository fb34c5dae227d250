"""The fast clock: who comes to mind, from the days on which people acted towards each other."""

import numpy as np

from trustgraph._typing import Floats
from trustgraph.models.base import FrozenModel
from trustgraph.trust.contact import ContactDays
from trustgraph.trust.pairs import Pairs
from trustgraph.trust.parameter import parameter
from trustgraph.trust.recall_terms import circle_factor, rhythm_factor

__all__ = ["RecallModel", "contact_strength"]

FITTED = "measured on four contact data sets, {}; power law: Anderson & Schooler 1991"


class RecallModel(FrozenModel):
    """Chance that somebody comes to mind within a horizon.

    Parameters
    ----------
    horizon_days
        Within how many days somebody should come to mind.
    theta_over_horizon
        Strength at which the chance is one half, times the horizon.
    decay
        Exponent of the age of a day.
    incoming_weight
        What a day on which the other acted counts, against an own one.
    unanswered_weight
        What a day counts on which all that happened was a message without an answer.
    slope_short, slope_month, slope_long
        Slope b up to a horizon of 14 days, at 30 days and from 90 days on.
    rhythm, slow_days
        Exponent of the mean gap between days of contact, and the gap from which on it no longer
        helps. Off (0) by default; the one term that is not monotone.
    shared_circles, circle_days
        Exponent of one plus the number of people with whom both had contact within so many days.
        Off (0) by default.

    Notes
    -----
    S(u, v) = sum over days of u towards v of (1 + age)^(-decay), plus the incoming weight times
    the same over days of v towards u; 0 unless u ever acted towards v. Recall is
    S^b / (S^b + theta^b), with theta = theta_over_horizon / horizon_days. Between 14, 30 and 90
    days b is interpolated linearly in the logarithm of the horizon.

    Contact is not thinking of somebody: no data set observes recall itself.

    References
    ----------
    Anderson & Schooler (1991), doi:10.1111/j.1467-9280.1991.tb00174.x.

    Examples
    --------
    >>> recall = tg.trust.RecallModel()
    >>> recall.recall(np.array([0.0, 9 / 365, 1.0])).round(3).tolist()
    [0.0, 0.5, 0.93]
    """

    horizon_days: float = parameter(
        365.0,
        "horizon within which somebody should come to mind",
        within=(1, 3650),
        likely=(30, 730),
        unit="days",
        source="judgement: the length of a search",
    )
    theta_over_horizon: float = parameter(
        9.0,
        "strength at which recall is one half, times the horizon",
        within=(0.01, 1000),
        likely=(6, 14),
        unit="contact days x days",
        source=FITTED.format("horizons of 7 to 30 days"),
        confidence="D",
    )
    decay: float = parameter(
        1.0,
        "exponent of the age of a contact",
        within=(0.1, 3),
        likely=(0.7, 1.5),
        unit="exponent",
        source=FITTED.format(".7 to 1.5 defensible"),
        confidence="D",
    )
    incoming_weight: float = parameter(
        0.5,
        "what a day of the other counts against an own one",
        within=(0, 1),
        likely=(0.25, 0.5),
        unit="factor",
        source=FITTED.format(".25 to .5 equal"),
        confidence="D",
    )
    unanswered_weight: float = parameter(
        0.25,
        "what a day with nothing but an unanswered message counts",
        within=(0, 1),
        likely=(0, 0.5),
        unit="factor",
        source="judgement",
    )
    slope_short: float = parameter(
        1.0,
        "slope at horizons up to 14 days",
        within=(0.1, 3),
        likely=(0.8, 1.2),
        unit="exponent",
        source=FITTED.format("horizon 7 days"),
        confidence="D",
    )
    slope_month: float = parameter(
        0.75,
        "slope at a horizon of 30 days",
        within=(0.1, 3),
        likely=(0.65, 0.85),
        unit="exponent",
        source=FITTED.format("horizon 30 days"),
        confidence="D",
    )
    slope_long: float = parameter(
        0.7,
        "slope at horizons from 90 days on",
        within=(0.1, 3),
        likely=(0.6, 0.8),
        unit="exponent",
        source=FITTED.format("horizon 90 days; longer ones extrapolated"),
        confidence="D",
    )

    rhythm: float = parameter(
        0.0,
        "exponent of the rhythm of contact; 0: off",
        within=(0, 1),
        likely=(0, 0.21),
        unit="exponent",
        source=FITTED.format(".13 to .21"),
        confidence="D",
    )
    slow_days: float = parameter(
        30.0,
        "mean gap from which a rhythm no longer helps",
        within=(1, 3650),
        likely=(14, 90),
        unit="days",
        source="judgement",
    )
    shared_circles: float = parameter(
        0.0,
        "exponent of common recent contacts; 0: off",
        within=(0, 1),
        likely=(0, 0.3),
        unit="exponent",
        source=FITTED.format("about .3"),
        confidence="D",
    )
    circle_days: float = parameter(
        30.0,
        "days within which a common contact is recent",
        within=(1, 3650),
        likely=(14, 90),
        unit="days",
        source=FITTED.format("30 days"),
        confidence="D",
    )

    @property
    def theta(self) -> float:
        """Strength at which recall is one half, greater than 0."""
        return self.theta_over_horizon / self.horizon_days

    @property
    def slope(self) -> float:
        """Slope b at the horizon."""
        known = np.log([14, 30, 90])
        slopes = (self.slope_short, self.slope_month, self.slope_long)
        return float(np.interp(np.log(self.horizon_days), known, slopes))

    def recall(self, strength: Floats) -> Floats:
        """Return the chance to come to mind at a strength of contact.

        Parameters
        ----------
        strength
            S, at least 0.

        Returns
        -------
        numpy.ndarray
            In [0, 1), rising in S, 0 at 0.

        Examples
        --------
        >>> tg.trust.RecallModel(horizon_days=9).recall(np.array([1.0, 3.0])).tolist()
        [0.5, 0.75]
        """
        ratio = np.power(np.asarray(strength, dtype=np.float64) / self.theta, self.slope)
        return np.asarray(ratio / (1 + ratio), dtype=np.float64)


def contact_strength(days: ContactDays, pairs: Pairs, model: RecallModel, *, today: int) -> Floats:
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
        At least 0; 0 where the source never acted towards the target.
    """
    there, known = pairs.locate(days.actor, days.other)
    counted = np.where(days.answered, 1.0, model.unanswered_weight)
    value = counted * (1.0 + (today - days.day)) ** -model.decay
    own = np.bincount(there[known], weights=value[known], minlength=len(pairs))
    acted = np.bincount(there[known], minlength=len(pairs)) > 0
    total = own + model.incoming_weight * own[pairs.reverse]
    if model.rhythm > 0:
        total = total * rhythm_factor(days, pairs, exponent=model.rhythm, slow_days=model.slow_days)
    if model.shared_circles > 0:
        since = int(today - model.circle_days)
        total = total * circle_factor(days, pairs, exponent=model.shared_circles, since=since)
    return np.where(acted, total, 0.0)
