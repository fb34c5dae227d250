"""One recorded act that says something about trust or recall."""

import datetime as dt
from typing import Annotated, Self

from pydantic import Field, field_validator, model_validator

from trustgraph.models.base import FrozenModel

__all__ = ["Evidence"]

Id = Annotated[str, Field(min_length=1)]


class Evidence(FrozenModel):
    """One act of ``source`` towards ``target``.

    What it says about trust in either direction is the business of the evidence table of the
    trust model, not of the record.

    Parameters
    ----------
    kind
        A kind of the evidence table, for instance ``"connection"``, ``"conversation_day"``,
        ``"recommendation"``, or the raw ``"message_day"`` (source wrote to target on that UTC
        day), from which conversation-days and unanswered messages are derived at the date of
        the graph.
    source, target
        Ids of the doer and of the other person.
    at
        When, in UTC; a time without zone is read as UTC; None when unknown.
    amount
        How much of it, greater than 0: 1 is one whole item (one day, one year, one click).
    origin
        Whose archive says so (id of its owner); empty when stated by hand.

    Raises
    ------
    pydantic.ValidationError
        If source and target are the same person, or a value is out of range.

    Examples
    --------
    >>> tg.Evidence(kind="recommendation", source="bo", target="ana")
    Evidence(kind='recommendation', source='bo', target='ana')
    """

    kind: Id
    source: Id
    target: Id
    at: dt.datetime | None = None
    amount: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 1.0
    origin: str = ""

    @field_validator("at", mode="after")
    @classmethod
    def _in_utc(cls, at: dt.datetime | None) -> dt.datetime | None:
        if at is None:
            return None
        return at.replace(tzinfo=dt.UTC) if at.tzinfo is None else at.astimezone(dt.UTC)

    @model_validator(mode="after")
    def _two_people(self) -> Self:
        if self.source == self.target:
            message = "source and target are the same person"
            raise ValueError(message)
        return self
