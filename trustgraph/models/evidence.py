"""One recorded act that says something about trust or recall."""

import datetime as dt
from collections.abc import Iterable
from typing import Annotated, Self

from pydantic import Field, field_validator, model_validator

from trustgraph.models.base import FrozenModel

__all__ = ["Evidence", "in_utc", "join_origins", "split_origins"]

Id = Annotated[str, Field(min_length=1)]
_BETWEEN_ORIGINS = "\n"


def in_utc(at: dt.datetime | None) -> dt.datetime | None:
    """Return a moment in UTC; one without zone is read as UTC."""
    if at is None:
        return None
    return at.replace(tzinfo=dt.UTC) if at.tzinfo is None else at.astimezone(dt.UTC)


def split_origins(origin: str) -> tuple[str, ...]:
    """Return the owners whose archives say something; the text holds one a line."""
    return tuple(origin.split(_BETWEEN_ORIGINS)) if origin else ()


def join_origins(owners: Iterable[str]) -> str:
    """Return the text that `split_origins` takes apart: each owner once, sorted."""
    return _BETWEEN_ORIGINS.join(sorted({owner for owner in owners if owner}))


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
        Whose archive says so (id of its owner); one owner a line where several do; empty when
        stated by hand.

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

    _in_utc = field_validator("at", mode="after")(in_utc)

    @property
    def origins(self) -> tuple[str, ...]:
        """Ids of the owners whose archives say so."""
        return split_origins(self.origin)

    @model_validator(mode="after")
    def _two_people(self) -> Self:
        if self.source == self.target:
            message = "source and target are the same person"
            raise ValueError(message)
        return self
