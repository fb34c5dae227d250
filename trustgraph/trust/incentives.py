"""What happens when the seeker offers something: two norms, neither of them hidden."""

from typing import Any, Final, Self

import numpy as np
import pandas as pd
from pydantic import model_validator

from trustgraph._typing import Floats
from trustgraph.models.ask import Incentive
from trustgraph.models.base import FrozenModel
from trustgraph.trust.reaction import EFFECTS, IncentiveEffect, Origin, Origins, Reaction

__all__ = ["Norms"]

OFFERS: Final = tuple(
    f"{kind}_{size}" for kind in ("gift", "payment") for size in ("token", "modest", "large")
)


_GIFT = {
    "response": 1.17,
    "source": "Falk 2007, Econometrica: +17 % donations after a small gift",
    "confidence": "V",
}
_PAID_FORWARDS = Origin(
    source="Ryu & Feick 2007, doi:10.1509/jmkg.71.1.84: paying raises referrals by weak ties; "
    "size judged",
    confidence="J",
)
_PAID_CARRIED = Origin(
    source="Verlegh et al. 2013, doi:10.1007/s11747-013-0327-8, Stockman et al. 2017: advice known "
    "to be paid is believed less; size judged",
    confidence="J",
)
_PAID_ENDORSEMENT = Origin(
    source="Ryu & Feick 2007, doi:10.1509/jmkg.71.1.84: paying does nothing to strong ties; that "
    "it is exactly nothing is judged",
    confidence="J",
)
_TOKEN_ENDORSEMENT = Origin(
    source="Gneezy & Rustichini 2000, doi:10.1162/003355300554917: effort 154 / 239 under token "
    "pay, in another domain",
    confidence="D",
)
_PAYMENT = {
    "forwards": 0.3,
    "carried_disclosed": 0.7,
    "source": "Ryu & Feick 2007, doi:10.1509/jmkg.71.1.84; Verlegh et al. 2013, "
    "doi:10.1007/s11747-013-0327-8; sizes judged",
    "origins": Origins(
        endorsement=_PAID_ENDORSEMENT, forwards=_PAID_FORWARDS, carried_disclosed=_PAID_CARRIED
    ),
}
_TOKEN = {
    **_PAYMENT,
    "endorsement": 0.64,
    "source": "endorsement: Gneezy & Rustichini 2000, doi:10.1162/003355300554917; rest as a "
    "larger payment",
    "origins": Origins(
        endorsement=_TOKEN_ENDORSEMENT, forwards=_PAID_FORWARDS, carried_disclosed=_PAID_CARRIED
    ),
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

    def to_frame(self, *others: "Norms") -> pd.DataFrame:
        """Return every number of the norms, and of others beside them, with its source.

        Parameters
        ----------
        *others
            Other norms, each with a name of its own.

        Returns
        -------
        pandas.DataFrame
            One row an ``offer`` and ``effect`` (the index). Columns of two levels, ``norms`` and
            ``about``: for each of the norms ``value``, ``confidence`` (J: a judgement, never a
            finding) and ``source``; last ``("", "meaning")``.

        Raises
        ------
        ValueError
            If two have the same name.

        Examples
        --------
        >>> literature, essay = tg.trust.Norms.literature(), tg.trust.Norms.essay()
        >>> frame = literature.to_frame(essay)
        >>> frame.loc[("payment_token", "endorsement")].xs("confidence", level="about").to_dict()
        {'literature': 'D', 'essay': 'J'}
        """
        told = (self, *others)
        names = [norms.name for norms in told]
        if len(set(names)) < len(names):
            message = f"norms beside each other need names of their own, these are {names}"
            raise ValueError(message)
        rows = [(offer, effect) for offer in OFFERS for effect in EFFECTS]
        columns: dict[tuple[str, str], list[Any]] = {}
        for norms in told:
            numbers = [getattr(getattr(norms, offer), effect) for offer, effect in rows]
            origins = [getattr(norms, offer).origin(effect) for offer, effect in rows]
            columns[norms.name, "value"] = numbers
            columns[norms.name, "confidence"] = [one.confidence for one in origins]
            columns[norms.name, "source"] = [one.source for one in origins]
        columns["", "meaning"] = [Reaction.model_fields[effect].description for _, effect in rows]
        frame = pd.DataFrame(columns, index=pd.MultiIndex.from_tuples(rows))
        frame.index.names, frame.columns.names = ["offer", "effect"], ["norms", "about"]
        return frame

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
        answered = reaction.response
        if incentive.kind == "payment":  # a law, also of norms that were changed unchecked
            answered = min(answered, 1.0)
        carried = reaction.carried
        if incentive.disclosed:  # to tell the target never adds reputation, whatever the norms say
            carried = min(carried, reaction.carried_disclosed)
        return IncentiveEffect(
            response=np.minimum(answer * answered, 1.0),
            endorsement=np.full_like(answer, min(reaction.endorsement, 1.0)),
            forwards=np.minimum(handed * (1 + reaction.forwards * (1 - willing)), 1.0),
            carried=np.full_like(answer, carried),
        )
