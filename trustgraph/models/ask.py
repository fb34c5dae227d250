"""What is asked for: the target, the ask and what is offered in return."""

from collections.abc import Callable, Iterable
from numbers import Integral, Real
from typing import Annotated, Any, Final, Literal, Self

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer, model_validator

from trustgraph.models.base import FrozenModel

__all__ = ["CLARITY_WEIGHTS", "Ask", "Incentive", "Organisation", "Prospect", "score_of"]

CLARITY_WEIGHTS: Final = {
    "interest": 0.3,
    "role": 0.2,
    "why_me": 0.2,
    "organisation": 0.1,
    "location": 0.1,
    "timing": 0.1,
}
"""Share of the clarity of an ask that each filled field gives; they sum to 1 (a judgement)."""


def score_of(scorer: Any, ask: Any) -> float:
    """Return what a scorer of clarity says of an ask, a number in [0, 1].

    Parameters
    ----------
    scorer
        Takes an ask, returns its clarity.
    ask
        The ask.

    Returns
    -------
    float
        In [0, 1].

    Raises
    ------
    TypeError
        If the scorer cannot be called, or returns no number.
    ValueError
        If it returns a number outside [0, 1].

    Examples
    --------
    >>> from trustgraph.models.ask import score_of
    >>> score_of(lambda ask: 1, tg.Ask(seeker="ana", target="bo"))
    1.0
    """
    if not callable(scorer):
        message = f"scorer is {scorer!r}; pass a function that takes an Ask and returns its clarity"
        raise TypeError(message)
    found = scorer(ask)
    name = getattr(scorer, "__name__", type(scorer).__name__)
    if type(found) is bool or not isinstance(found, Real):
        message = f"the scorer {name} returned {found!r}; clarity must be a number from 0 to 1"
        raise TypeError(message)
    if not 0 <= float(found) <= 1:
        message = f"the scorer {name} returned {found!r}; clarity must lie in [0, 1]"
        raise ValueError(message)
    return float(found)


class Organisation(FrozenModel):
    """An organisation to get into.

    Parameters
    ----------
    name
        Its name; matched whole (exact, strong or weak), never as a substring.
    role
        The role sought there, or the role of the person to reach.

    Examples
    --------
    >>> tg.Organisation("Acme", role="data lead")
    Organisation(name='Acme', role='data lead')
    """

    name: Annotated[str, Field(min_length=1)]
    role: str = ""

    def __init__(self, name: str = "", **fields: Any) -> None:
        super().__init__(**{"name": name, **fields})


class Prospect(FrozenModel):
    """A person who is in no archive.

    Parameters
    ----------
    name
        Their name.
    organisation, position
        Where they work and as what.
    school
        Where they studied.

    Examples
    --------
    >>> tg.Prospect("Ines Roth", organisation="Acme", position="CTO").organisation
    'Acme'
    """

    name: Annotated[str, Field(min_length=1)]
    organisation: str = ""
    position: str = ""
    school: str = ""

    def __init__(self, name: str = "", **fields: Any) -> None:
        super().__init__(**{"name": name, **fields})


class Incentive(FrozenModel):
    """What the seeker offers the introducer.

    Parameters
    ----------
    kind
        ``"none"``, ``"gift"`` or ``"payment"``.
    size
        ``"token"``, ``"modest"`` or ``"large"``.
    disclosed
        Whether the target is told.

    Examples
    --------
    >>> tg.Incentive(kind="payment", size="large", disclosed=True).size
    'large'
    """

    kind: Literal["none", "gift", "payment"] = "none"
    size: Literal["token", "modest", "large"] = "modest"
    disclosed: bool = False


TargetLike = str | Organisation | Prospect


class Ask(FrozenModel):
    """Who wants to be introduced to whom, and what for.

    Parameters
    ----------
    seeker
        Id or unique full name of the person who wants the introduction.
    target
        A person (id or unique full name), several people, an `Organisation` or a `Prospect`.
    interest, role, organisation, location, timing, why_me
        What the ask says, in words; each filled field makes it clearer.
    incentive
        What the introducer is offered.
    purpose
        ``"vouch"``: be endorsed; ``"reach"``: only get a message there
        (`trustgraph.planning.advise_purpose` says which of the two an ask needs).
    clarity
        In [0, 1]. Default: the sum of the weights of the filled fields (interest .3, role .2,
        why_me .2, organisation .1, location .1, timing .1); naming an organisation or a role in
        the target fills that field too.

    Raises
    ------
    pydantic.ValidationError
        If the target is empty or the clarity out of range.

    Examples
    --------
    >>> ask = tg.Ask(seeker="ana", target=tg.Organisation("Acme"), interest="data lead")
    >>> round(ask.clarity, 2), ask.missing
    (0.4, ('role', 'why_me', 'location', 'timing'))
    """

    seeker: Annotated[str, Field(min_length=1)]
    target: str | Organisation | Prospect | tuple[Annotated[str, Field(min_length=1)], ...]
    interest: str = ""
    role: str = ""
    organisation: str = ""
    location: str = ""
    timing: str = ""
    why_me: str = ""
    incentive: Incentive = Incentive()
    purpose: Literal["vouch", "reach"] = "vouch"
    clarity: Annotated[float, Field(ge=0, le=1)] = 0.0

    @model_validator(mode="before")
    @classmethod
    def _as_text(cls, data: Any) -> Any:
        """Take people by whole number too, and several of them in any form."""
        if not isinstance(data, dict):
            return data
        told = {**data}
        for name in ("seeker", "target"):
            if isinstance(told.get(name), Integral):
                told[name] = str(told[name])
        target = told.get("target")
        if isinstance(target, Iterable) and not isinstance(
            target, (str, dict, Organisation, Prospect)
        ):
            people = {str(one) if isinstance(one, Integral) else one for one in target}
            told["target"] = tuple(sorted(people, key=str))
        return told

    @model_validator(mode="after")
    def _count_clarity(self) -> Self:
        if self.target in ("", ()):
            message = "an ask needs a target"
            raise ValueError(message)
        if "clarity" not in self.model_fields_set:
            clear = sum(CLARITY_WEIGHTS.values()) - sum(CLARITY_WEIGHTS[f] for f in self.missing)
            # The model is frozen and this value follows from its fields: not a change of it.
            self.__dict__["clarity"] = round(clear, 12)
        return self

    @model_serializer(mode="wrap")
    def _without_counted_clarity(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Leave out a clarity that was counted: it would come back as a stated one."""
        fields: dict[str, Any] = write(self)
        if "clarity" not in self.model_fields_set:
            fields.pop("clarity", None)
        return fields

    @property
    def missing(self) -> tuple[str, ...]:
        """Fields that would make the ask clearer, the most telling first."""
        return tuple(name for name in CLARITY_WEIGHTS if not self._says(name))

    def scored(self, scorer: Callable[[Self], float]) -> Self:
        """Return the same ask with the clarity that a scorer of one's own gives it.

        Parameters
        ----------
        scorer
            Takes the ask, returns its clarity in [0, 1].

        Returns
        -------
        Ask
            With that clarity stated, so that every analysis uses it.

        Raises
        ------
        TypeError
            If the scorer cannot be called, or returns no number.
        ValueError
            If it returns a number outside [0, 1].

        Examples
        --------
        >>> ask = tg.Ask(seeker="ana", target="bo", interest="data lead")
        >>> ask.scored(lambda ask: 1.0 if "lead" in ask.interest else 0.5).clarity
        1.0
        """
        return self.replace(clarity=score_of(scorer, self))

    def _says(self, field: str) -> bool:
        if getattr(self, field).strip():
            return True
        if field == "organisation":
            return isinstance(self.target, Organisation)
        return field == "role" and isinstance(self.target, Organisation) and bool(self.target.role)
