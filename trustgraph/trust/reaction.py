"""What one offer does, and where its numbers come from."""

from dataclasses import dataclass
from typing import Any, Final

from pydantic import Field

from trustgraph._typing import Floats
from trustgraph.models.base import FrozenModel

__all__ = ["EFFECTS", "NO_EFFECT", "IncentiveEffect", "Origin", "Origins", "Reaction"]

JUDGED: Final = "judgement"
NO_EFFECT: Final = "judgement: none assumed"
EFFECTS: Final = ("response", "endorsement", "forwards", "carried", "carried_disclosed")


def _factor(default: float, meaning: str, *, most: float = 1.0) -> Any:
    about = {"unit": "factor"}
    return Field(default, ge=0, le=most, description=meaning, json_schema_extra=about)  # type: ignore[arg-type]


class Origin(FrozenModel):
    """Where one number comes from.

    Parameters
    ----------
    source
        The study, or the judgement.
    confidence
        V, V2, D, M or J, as in `TrustModel.parameters`.

    Examples
    --------
    >>> tg.trust.Origin(source="our own survey", confidence="D").confidence
    'D'
    """

    source: str = ""
    confidence: str = ""


class Origins(FrozenModel):
    """Where the numbers of a reaction come from, for those that have a source of their own.

    Parameters
    ----------
    response, endorsement, forwards, carried, carried_disclosed
        One each; empty: that of the whole reaction.

    Examples
    --------
    >>> tg.trust.Norms().payment_token.origins.endorsement.confidence
    'D'
    """

    response: Origin = Origin()
    endorsement: Origin = Origin()
    forwards: Origin = Origin()
    carried: Origin = Origin()
    carried_disclosed: Origin = Origin()


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
        Factor on the reputation that arrives, in [0, 1]; the second when the target is told,
        which never adds any: then the smaller of the two counts.
    source, confidence
        Where the numbers come from.
    origins
        The same for single numbers, where they differ in it.

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
    origins: Origins = Origins()

    def origin(self, effect: str) -> Origin:
        """Return where one of the numbers comes from.

        Parameters
        ----------
        effect
            ``"response"``, ``"endorsement"``, ``"forwards"``, ``"carried"`` or
            ``"carried_disclosed"``.

        Returns
        -------
        Origin
            Its own one, else that of the reaction; that of a number that changes nothing is a
            judgement.

        Raises
        ------
        ValueError
            If there is no such number.

        Examples
        --------
        >>> tg.trust.Reaction(endorsement=0.5).origin("carried").source
        'judgement: none assumed'
        """
        if effect not in EFFECTS:
            message = f"there is no effect {effect!r}; name one of {', '.join(EFFECTS)}"
            raise ValueError(message)
        own: Origin = getattr(self.origins, effect)
        if own.source:
            return own
        if getattr(self, effect) == type(self).model_fields[effect].default:
            return Origin(source=NO_EFFECT, confidence="J")
        return Origin(source=self.source, confidence=self.confidence)


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
