"""What happens when the seeker offers something: two norms, neither of them hidden."""

from dataclasses import dataclass
from typing import Any, Final, Self

import numpy as np
from pydantic import Field, model_validator

from trustgraph._typing import Floats
from trustgraph.models.ask import Incentive
from trustgraph.models.base import FrozenModel

__all__ = ["IncentiveEffect", "Norms", "Reaction"]

JUDGED: Final = "judgement"


def _factor(default: float, meaning: str, *, most: float = 1.0) -> Any:
    about = {"unit": "factor"}
    return Field(default, ge=0, le=most, description=meaning, json_schema_extra=about)  # type: ignore[arg-type]


class Reaction(FrozenModel):
    """What one offer does.

    Parameters
    ----------
    response
        Factor on the chance of an answer, in [0, 2]; the product is at most 1.
    endorsement
        Factor on the chance of an endorsement in one's own name, in [0, 1]: nothing that is
        offered can raise it.
    forwards
        What is added to a nominal hand-over, times the unwillingness, in [0, 1].
    carried, carried_disclosed
        Factor on the reputation that arrives, in [0, 1]; the second when the target is told.
    source, confidence
        Where the numbers come from.

    Examples
    --------
    >>> tg.trust.Reaction(endorsement=0.64)
    Reaction(endorsement=0.64)
    """

    response: float = _factor(1.0, "on the chance of an answer", most=2.0)
    endorsement: float = _factor(1.0, "on the chance of an endorsement")
    forwards: float = _factor(0.0, "added to a nominal hand-over, times the unwillingness")
    carried: float = _factor(1.0, "on the reputation that arrives, offer not disclosed")
    carried_disclosed: float = _factor(1.0, "on the reputation that arrives, offer disclosed")
    source: str = JUDGED
    confidence: str = "J"


@dataclass(frozen=True, eq=False)
class IncentiveEffect:
    """What is left of each first step after an offer.

    Attributes
    ----------
    response
        Chance of an answer, in [0, 1].
    endorsement
        Factor on willingness and endorsed trust, in [0, 1].
    forwards
        Chance of at least a nominal hand-over, in [0, 1].
    carried
        Factor on the reputation that arrives, once a path, in [0, 1].

    Examples
    --------
    >>> effect = tg.trust.Norms().effect(
    ...     tg.Incentive(kind="gift"), np.array([0.5]), np.array([0.4]), np.array([0.8])
    ... )
    >>> effect.response.tolist(), effect.endorsement.tolist()
    ([0.585], [1.0])
    """

    response: Floats
    endorsement: Floats
    forwards: Floats
    carried: Floats


_GIFT = {
    "response": 1.17,
    "source": "Falk 2007, Econometrica: +17 % donations after a small gift",
    "confidence": "V",
}
_PAYMENT = {
    "forwards": 0.3,
    "carried_disclosed": 0.7,
    "source": "Ryu & Feick 2007, doi:10.1509/jmkg.71.1.84 (weak ties refer more); Verlegh et al. "
    "2013, doi:10.1007/s11747-013-0327-8 (paid advice believed less); sizes judged",
}
_TOKEN = {
    **_PAYMENT,
    "endorsement": 0.64,
    "source": "endorsement: Gneezy & Rustichini 2000, QJE, effort 154 / 239 under token pay; "
    "rest as a larger payment",
}
_ESSAY = "the essay on networking that this library models; sizes judged"


class Norms(FrozenModel):
    """How people take an offer, by its kind and size.

    Parameters
    ----------
    name
        What these norms are called.
    gift_token, gift_modest, gift_large
        Reaction to a gift.
    payment_token, payment_modest, payment_large
        Reaction to money.

    Raises
    ------
    pydantic.ValidationError
        If a payment raises the chance of an answer: money buys forwards, not attention.

    Notes
    -----
    No norm lets an offer open the gate: the factor on endorsements is at most 1 by construction,
    and whether somebody is an intermediary at all is decided before it.

    Examples
    --------
    >>> tg.trust.Norms.literature().name, tg.trust.Norms.essay().payment_large.carried
    ('literature', 0.5)
    """

    name: str = "literature"
    gift_token: Reaction = Reaction(**_GIFT)
    gift_modest: Reaction = Reaction(**_GIFT)
    gift_large: Reaction = Reaction(**_GIFT)
    payment_token: Reaction = Reaction(**_TOKEN)
    payment_modest: Reaction = Reaction(**_PAYMENT)
    payment_large: Reaction = Reaction(**_PAYMENT)

    @model_validator(mode="after")
    def _no_bought_attention(self) -> Self:
        for size in ("token", "modest", "large"):
            if getattr(self, f"payment_{size}").response > 1:
                message = f"payment_{size}: a payment must not raise the chance of an answer"
                raise ValueError(message)
        return self

    @classmethod
    def literature(cls) -> Self:
        """Return the norms that research supports, with its uncertainty.

        Returns
        -------
        Norms
            A gift makes an answer likelier. A token payment lowers endorsements, a larger one
            does not. Any payment buys nominal forwards from the unwilling, and if the target
            hears of it, less is believed.

        Examples
        --------
        >>> tg.trust.Norms.literature().payment_token.endorsement
        0.64
        """
        return cls()

    @classmethod
    def essay(cls) -> Self:
        """Return the norms of the essay, a hypothesis.

        Returns
        -------
        Norms
            A small payment is an insult, a large one an obligation that reads as distrust, and so
            is a large gift; a modest gift is welcome.

        Examples
        --------
        >>> tg.trust.Norms.essay().gift_modest.response
        1.17
        """

        def judged(**numbers: float) -> Reaction:
            return Reaction(**numbers, source=_ESSAY)

        insult = judged(response=0.64, endorsement=0.64, forwards=0, carried_disclosed=0.7)
        return cls(
            name="essay",
            gift_token=judged(),
            gift_modest=judged(response=1.17),
            gift_large=judged(carried=0.7, carried_disclosed=0.7),
            payment_token=insult,
            payment_modest=judged(
                response=0.8, endorsement=0.8, forwards=0.3, carried=0.8, carried_disclosed=0.6
            ),
            payment_large=judged(forwards=0.3, carried=0.5, carried_disclosed=0.35),
        )

    def reaction(self, incentive: Incentive) -> Reaction:
        """Return the reaction to one offer.

        Parameters
        ----------
        incentive
            What is offered.

        Returns
        -------
        Reaction
            A neutral one if nothing is offered.

        Examples
        --------
        >>> tg.trust.Norms().reaction(tg.Incentive(kind="gift", size="modest")).response
        1.17
        """
        if incentive.kind == "none":
            return Reaction()
        reaction: Reaction = getattr(self, f"{incentive.kind}_{incentive.size}")
        return reaction

    def effect(
        self, incentive: Incentive, response: Floats, willingness: Floats, forwards: Floats
    ) -> IncentiveEffect:
        """Return what an offer makes of the first steps.

        Parameters
        ----------
        incentive
            What is offered to the introducer.
        response, willingness, forwards
            Of each introducer towards the seeker, in [0, 1].

        Returns
        -------
        IncentiveEffect
            Arrays of the same length.

        Examples
        --------
        >>> paid = tg.trust.Norms().effect(
        ...     tg.Incentive(kind="payment", size="large", disclosed=True),
        ...     np.array([0.5]),
        ...     np.array([0.1]),
        ...     np.array([0.4]),
        ... )
        >>> paid.endorsement.tolist(), paid.forwards.round(3).tolist(), paid.carried.tolist()
        ([1.0], [0.508], [0.7])
        """
        answer = np.asarray(response, dtype=np.float64)
        willing = np.asarray(willingness, dtype=np.float64)
        handed = np.asarray(forwards, dtype=np.float64)
        reaction = self.reaction(incentive)
        carried = reaction.carried_disclosed if incentive.disclosed else reaction.carried
        return IncentiveEffect(
            response=np.minimum(answer * reaction.response, 1.0),
            endorsement=np.full_like(answer, reaction.endorsement),
            forwards=np.minimum(handed * (1 + reaction.forwards * (1 - willing)), 1.0),
            carried=np.full_like(answer, carried),
        )
