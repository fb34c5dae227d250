"""The fast clock: who comes to mind, from the days on which people acted towards each other."""

from collections.abc import Sequence
from typing import Any, Self

import numpy as np

from trustgraph._typing import Floats
from trustgraph.models.base import FrozenModel
from trustgraph.models.network import Network
from trustgraph.trust.parameter import parameter
from trustgraph.trust.recall_learn import learn_from
from trustgraph.trust.recall_past import Past, When
from trustgraph.trust.recall_strength import contact_strength

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
    incoming_alone
        What all of it counts where only the other ever acted. Nothing (0) by default; all of it
        (1) where every act of everybody is on record.
    silence
        Exponent of the days since either of the two acted or was acted towards at all. Off (0) by
        default: it means something only where every act of everybody is on record.
    loss_per_day
        Share of its hold that a day of contact loses each day, besides its decay. Off (0).

    Notes
    -----
    S(u, v) = sum over days of u towards v of (1 + age)^(-decay), plus the incoming weight times
    the same over days of v towards u; 0 unless u ever acted towards v. Recall is
    S^b / (S^b + theta^b), with theta = theta_over_horizon / horizon_days. Between 14, 30 and 90
    days b is interpolated linearly in the logarithm of the horizon.

    `full_record` is the model for data in which every act of everybody is on record, as in the
    archive of a mail server or a telephone company; the default is for the archive of one member.
    `fit` learns from the past of a network.

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

    incoming_alone: float = parameter(
        0.0,
        "what contact counts where only the other ever acted",
        within=(0, 1),
        likely=(0, 1),
        unit="factor",
        source="judgement: 1 where every act of everybody is on record",
    )
    silence: float = parameter(
        0.0,
        "exponent of the days since either was in contact with anybody; 0: off",
        within=(0, 1),
        likely=(0, 0.3),
        unit="exponent",
        source="measured on one contact data set, .24; 0 to .1 in invented steady ones",
        confidence="D",
    )
    loss_per_day: float = parameter(
        0.0,
        "share of its hold that contact loses a day besides its decay; 0: off",
        within=(0, 0.2),
        likely=(0, 0.02),
        unit="1/day",
        source="judgement: none unless learnt",
    )

    @classmethod
    def full_record(cls, **changes: float) -> Self:
        """Return the model for data in which every act of everybody is on record.

        Parameters
        ----------
        **changes
            Fields and other values for them.

        Returns
        -------
        RecallModel
            Who was only written to may write too, a day counts with or without an answer, and
            people who fell silent towards everybody come to mind less.

        Examples
        --------
        >>> tg.trust.RecallModel.full_record(horizon_days=7)
        RecallModel(horizon_days=7.0, unanswered_weight=1.0, incoming_alone=1.0, silence=0.2)
        """
        usual: dict[str, Any] = {"unanswered_weight": 1.0, "incoming_alone": 1.0, "silence": 0.2}
        return cls(**{**usual, **changes})

    @classmethod
    def fit(
        cls,
        past: Past,
        *,
        horizon_days: float = 30.0,
        windows: int = 4,
        learn: Sequence[str] | None = None,
        prior: "RecallModel | None" = None,
        as_of: When = None,
    ) -> "RecallModel":
        """Learn from the past of a network; `fit_recall` tells how well that went.

        Parameters
        ----------
        past
            A network, or a table of contacts with the columns ``source``, ``target`` and ``time``
            in seconds since 1970, as of `trustgraph.datasets.load_contacts`, in which every act
            of everybody is on record.
        horizon_days
            Length of the windows in which people were in contact again or not, from 1 to 3650.
        windows
            How many of them at most, back to back up to the date.
        learn
            What is learnt, of ``theta, slope, decay, silence, loss, incoming``. Default: theta and
            slope of a network, all of a table.
        prior
            Where nothing is known. Default: ``RecallModel()`` for a network,
            ``RecallModel.full_record()`` for a table.
        as_of
            Date at which the last window is over: seconds since 1970, or a date, whose whole day
            belongs to it. Default: the date of the network, else the last contact.

        Returns
        -------
        RecallModel
            With the ``horizon_days`` of the prior: theta is learnt at the horizon of the windows
            and stored times that horizon, the slopes change in proportion.

        Raises
        ------
        ValueError
            If there are fewer than twenty pairs that had contact again, or that had none, in
            closed windows; or something is out of range.
        TypeError
            If the past is neither a network nor a table.

        Examples
        --------
        >>> rng = np.random.default_rng(1)
        >>> ends = rng.permuted(np.tile(np.arange(20), (600, 1)), axis=1)[:, :2]
        >>> contacts = pd.DataFrame(ends, columns=["source", "target"])
        >>> contacts["time"] = np.sort(rng.uniform(0, 90 * 86400, 600))
        >>> model = tg.trust.RecallModel.fit(contacts, horizon_days=14)
        >>> model.horizon_days, 0.1 < model.decay < 1
        (365.0, True)
        """
        start = prior or (cls() if isinstance(past, Network) else cls.full_record())
        return learn_from(
            past, start, horizon_days=horizon_days, windows=windows, names=learn, as_of=as_of
        ).model

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
