"""What became of one ask, as its seeker writes it down."""

import datetime as dt
from numbers import Integral
from typing import Annotated, Any, Final, Literal, Self

import pandas as pd
from pydantic import Field, field_validator, model_validator

from trustgraph.models.base import FrozenModel

__all__ = ["OUTCOME_EVENTS", "AskState", "Outcome"]

OUTCOME_EVENTS: Final = (
    "passed",
    "endorsed",
    "forwarded",
    "declined",
    "silent",
    "met",
    "hired",
)
"""What can happen to an ask, in the order of the columns of a file of outcomes."""

AskState = Literal["open", "silent", "declined", "passed", "forwarded", "endorsed"]
"""What the person who was asked has done so far."""

Id = Annotated[str, Field(min_length=1)]


class Outcome(FrozenModel):
    """One ask and what became of it: days, as far as they are known to have come.

    Parameters
    ----------
    introducer
        Id of the person who was asked; for an ask straight to a person, that person.
    target
        Id of the person to be reached, or the name of the organisation.
    asked
        UTC day of the ask.
    passed
        Day on which the introducer passed it on, in whatever way; filled in from ``endorsed`` or
        ``forwarded`` if it is not given.
    endorsed
        Day on which they did so in their own name.
    forwarded
        Day on which they merely handed it over.
    declined
        Day on which they said no.
    silent
        Day on which the seeker gave up waiting.
    met
        Day on which the target answered or met the seeker.
    hired
        Day on which the goal itself was reached.
    seeker
        Id of who asked; empty for the owner of the archive.
    purpose, clarity, incentive
        Of the ask: ``"vouch"`` or ``"reach"``; in [0, 1]; ``"none"``, ``"gift"`` or ``"payment"``.
    note
        For the seeker's own eyes.

    Raises
    ------
    pydantic.ValidationError
        If a day lies before the ask, or two outcomes exclude each other; the message names both.

    Examples
    --------
    >>> tg.Outcome(introducer="bo", target="cy", asked="2026-03-02", endorsed="2026-03-05").state
    'endorsed'
    >>> tg.Outcome(introducer="bo", target="cy", asked="2026-03-02").state
    'open'
    """

    introducer: Id
    target: Id
    asked: dt.date
    passed: dt.date | None = None
    endorsed: dt.date | None = None
    forwarded: dt.date | None = None
    declined: dt.date | None = None
    silent: dt.date | None = None
    met: dt.date | None = None
    hired: dt.date | None = None
    seeker: str = ""
    purpose: Literal["vouch", "reach"] = "vouch"
    clarity: Annotated[float, Field(ge=0, le=1)] = 1.0
    incentive: Literal["none", "gift", "payment"] = "none"
    note: str = ""

    @field_validator("introducer", "target", "seeker", mode="before")
    @classmethod
    def _as_text(cls, person: Any) -> Any:
        """Take people by whole number too, as an ask does."""
        return str(person) if isinstance(person, Integral) else person

    @field_validator("asked", *OUTCOME_EVENTS, mode="before")
    @classmethod
    def _as_day(cls, moment: Any) -> Any:
        """Take the UTC day of a moment; what a frame holds where there is none is no day."""
        if moment is pd.NaT:
            return None
        if not isinstance(moment, dt.datetime):
            return moment
        return (moment.astimezone(dt.UTC) if moment.tzinfo else moment).date()

    @model_validator(mode="after")
    def _possible(self) -> Self:
        for event in OUTCOME_EVENTS:
            day = getattr(self, event)
            if day is not None and day < self.asked:
                message = f"{event} on {day}, before it was asked on {self.asked}"
                raise ValueError(message)
        for one in ("declined", "silent"):
            for other in ("passed", "endorsed", "forwarded"):
                self._not_both(one, other)
        self._not_both("declined", "silent")
        self._not_both("endorsed", "forwarded")
        if self.passed is None:
            # The model is frozen and this day follows from its fields: not a change of it.
            self.__dict__["passed"] = self.endorsed or self.forwarded
        return self

    def _not_both(self, one: str, other: str) -> None:
        if getattr(self, one) is not None and getattr(self, other) is not None:
            message = f"both {one} and {other}: an ask ends in one of them; clear the other day"
            raise ValueError(message)

    @property
    def state(self) -> AskState:
        """What the introducer has done so far."""
        for state in ("endorsed", "forwarded", "passed", "declined", "silent"):
            if getattr(self, state) is not None:
                return state
        return "open"

    @property
    def reached(self) -> bool:
        """Whether the target was reached: met, or hired at once."""
        return self.met is not None or self.hired is not None
