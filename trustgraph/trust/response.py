"""Whether an ask is answered: by friends, strangers, who comes to mind; less after silence."""

from typing import Self

import numpy as np
from pydantic import model_validator

from trustgraph._typing import Floats, LongInts
from trustgraph.models.base import FrozenModel
from trustgraph.trust.parameter import parameter

__all__ = ["ResponseModel"]


class ResponseModel(FrozenModel):
    """Chance that somebody answers.

    Parameters
    ----------
    cold, friend
        Chance of an answer without recall, from a stranger and from a sure friend.
    patience_days
        After so many days of unanswered messages that chance is halved.
    silence_after_days
        A message is unanswered for good after so many days.

    Raises
    ------
    pydantic.ValidationError
        If strangers answer more often than friends.

    Notes
    -----
    response(y, x) = rho + (1 - rho) recall(y, x), with rho = (cold + (friend - cold) belief(y, x))
    p / (p + n), where n counts the days on which x wrote to y more than ``silence_after_days``
    days ago without any sign of y since, and p is the patience.

    References
    ----------
    Roghanizad & Bohns (2017), Ask in person: you're less persuasive than you think over email,
    Journal of Experimental Social Psychology.

    Examples
    --------
    >>> answers = tg.trust.ResponseModel()
    >>> answers.response(np.zeros(3), np.array([0.0, 1.0, 1.0]), np.array([0, 0, 5])).round(2)
    array([0.12, 0.58, 0.29])
    """

    cold: float = parameter(
        0.12,
        "chance that a stranger answers",
        within=(0, 1),
        likely=(0.02, 0.3),
        unit="probability",
        source="Roghanizad & Bohns 2017: strangers by e-mail .03, face to face .5; between them",
        confidence="J",
    )
    friend: float = parameter(
        0.58,
        "chance that a friend answers whose thoughts are elsewhere",
        within=(0, 1),
        likely=(0.4, 0.8),
        unit="probability",
        source="Roghanizad & Bohns: fewer than 3 of 5 friends, other than face to face",
        confidence="V2",
    )
    patience_days: float = parameter(
        5.0,
        "days of unanswered messages that halve the chance of an answer",
        within=(0.1, 1000),
        likely=(2, 10),
        unit="days",
        source="judgement",
    )
    silence_after_days: int = parameter(
        30,
        "days after which a message counts as unanswered for good",
        within=(0, 3650),
        likely=(14, 60),
        unit="days",
        source="judgement",
    )

    @model_validator(mode="after")
    def _friends_first(self) -> Self:
        if self.friend < self.cold:
            message = "friends answer at least as often as strangers: cold <= friend"
            raise ValueError(message)
        return self

    def response(self, recall: Floats, belief: Floats, unanswered: Floats | LongInts) -> Floats:
        """Return the chance that an ask is answered.

        Parameters
        ----------
        recall
            Of the one asked towards the asker, in [0, 1].
        belief
            Of the one asked in the asker, in [0, 1].
        unanswered
            Days of unanswered messages of the asker, at least 0.

        Returns
        -------
        numpy.ndarray
            In [0, 1]; rises with recall and belief, falls with silence.

        Examples
        --------
        >>> tg.trust.ResponseModel().response(np.array([0.5]), np.zeros(1), np.zeros(1)).round(2)
        array([0.56])
        """
        base = self.cold + (self.friend - self.cold) * np.asarray(belief, dtype=np.float64)
        waited = np.asarray(unanswered, dtype=np.float64)
        base = base * (self.patience_days / (self.patience_days + waited))
        return np.asarray(base + (1 - base) * recall, dtype=np.float64)
