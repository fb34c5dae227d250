"""What records say about one person, and what people wrote: no ties, but worth keeping."""

import datetime as dt
from typing import Annotated, Literal, Self, get_args

from pydantic import Field, field_validator, model_validator

from trustgraph.models.base import FrozenModel
from trustgraph.models.evidence import in_utc
from trustgraph.models.people import LONGEST_TEXT

__all__ = ["FACT_KINDS", "Fact", "FactKind", "Text"]

Id = Annotated[str, Field(min_length=1)]
Short = Annotated[str, Field(max_length=LONGEST_TEXT)]

FactKind = Literal[
    "skill",
    "certification",
    "project",
    "company_follow",
    "job_application",
    "saved_job",
    "share",
    "comment",
    "reaction",
    "address_book",
    "note",
    "name",
    "work",
    "location",
]
FACT_KINDS: tuple[str, ...] = get_args(FactKind)


class Fact(FrozenModel):
    """Something that a record says about one person; it ties them to nobody.

    Parameters
    ----------
    person
        Id of the person.
    kind
        What they can do (``"skill"``, ``"certification"``, ``"project"``), what they are
        interested in (``"company_follow"``, ``"job_application"``, ``"saved_job"``), when they
        were active (``"share"``, ``"comment"``, ``"reaction"``: dates only), where else they are
        mentioned (``"address_book"`` of the origin, a ``"note"`` that the origin took about
        them), or what else an archive says of their ``"name"``, ``"work"`` or ``"location"``
        where archives differ.
    text
        Name of the skill, certificate, project or job; the other name, position or place.
    organisation
        Organisation that it is about; empty if none is.
    at, until
        When it was, began and ended, or was recorded, in UTC; None when unknown.
    origin
        Whose archive says so, as in `Evidence`.

    Raises
    ------
    pydantic.ValidationError
        If the kind is unknown, or it ended before it began.

    Examples
    --------
    >>> tg.models.Fact(person="ana", kind="skill", text="Python")
    Fact(person='ana', kind='skill', text='Python')
    """

    person: Id
    kind: FactKind
    text: Short = ""
    organisation: Short = ""
    at: dt.datetime | None = None
    until: dt.datetime | None = None
    origin: str = ""

    _in_utc = field_validator("at", "until", mode="after")(in_utc)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.at and self.until and self.until < self.at:
            message = f"until {self.until} is before at {self.at}"
            raise ValueError(message)
        return self


class Text(FrozenModel):
    """Something that one person wrote; kept only where the user asks for texts.

    Parameters
    ----------
    kind
        ``"message"``, ``"invitation"``, ``"recommendation"``, ``"note"``, ``"share"`` or
        ``"comment"``.
    source, target
        Ids of the writer and of whom it was written to or about; ``target`` is empty where that
        is nobody in particular.
    at
        When, in UTC; None when unknown.
    text
        The words.
    origin
        Whose archive says so, as in `Evidence`.

    Raises
    ------
    pydantic.ValidationError
        If the kind is unknown or nobody wrote it.

    Examples
    --------
    >>> tg.models.Text(kind="message", source="ana", target="bo", text="Hello").target
    'bo'
    """

    kind: Literal["message", "invitation", "recommendation", "note", "share", "comment"]
    source: Id
    target: str = ""
    at: dt.datetime | None = None
    text: str
    origin: str = ""

    _in_utc = field_validator("at", mode="after")(in_utc)
