"""People and the positions they hold."""

import datetime as dt
from typing import Annotated, Any, Final, Literal, Self

from pydantic import Field, model_validator

from trustgraph._text import clean, slug_of
from trustgraph.models.base import FrozenModel

__all__ = ["LONGEST_TEXT", "Person", "Position", "person_id"]

LONGEST_TEXT: Final = 10_000
Text = Annotated[str, Field(max_length=LONGEST_TEXT)]


def person_id(name: str, organisation: str = "", url: str = "") -> str:
    """Return the id that a person gets when none is given.

    Parameters
    ----------
    name, organisation
        Full name and present organisation.
    url
        Profile address, if known.

    Returns
    -------
    str
        The decoded slug of the address, else ``name|organisation``.

    Examples
    --------
    >>> tg.models.person_id("Zoë Ng", "Acme", "https://www.linkedin.com/in/zo%C3%AB-ng")
    'zoë-ng'
    >>> tg.models.person_id("Zoë Ng", "Acme")
    'Zoë Ng|Acme'
    """
    return slug_of(url) or f"{clean(name)}|{clean(organisation)}"


class Person(FrozenModel):
    """Somebody, as of the newest record about them.

    Parameters
    ----------
    id
        Stable id. Default: the decoded slug of ``url``, else ``name|organisation``.
    name
        Full name. Default: the id.
    organisation, position, location
        Where they work, as what, where they live; empty when unknown.
    url
        Address of their profile; empty when unknown.
    do_not_ask
        Whether they must never be an intermediary. They may still be a target.

    Raises
    ------
    pydantic.ValidationError
        If neither an id, a name nor an address is given.

    Examples
    --------
    >>> tg.Person(name="Ana Lima", organisation="Acme").id
    'Ana Lima|Acme'
    """

    id: Text = ""
    name: Text = ""
    organisation: Text = ""
    position: Text = ""
    location: Text = ""
    url: Text = ""
    do_not_ask: bool = False

    @model_validator(mode="before")
    @classmethod
    def _fill(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        filled = dict(data)
        name, url = filled.get("name") or "", filled.get("url") or ""
        if not filled.get("id") and (name or url):
            filled["id"] = person_id(name, filled.get("organisation") or "", url)
        if not name and filled.get("id"):
            filled["name"] = filled["id"]
        return filled

    @model_validator(mode="after")
    def _known(self) -> Self:
        if not self.id.strip():
            message = "a person needs an id, a name or the address of a profile"
            raise ValueError(message)
        return self


class Position(FrozenModel):
    """A place where somebody worked or studied.

    Parameters
    ----------
    person
        Id of the person.
    organisation
        Employer or school.
    title
        What they were there.
    started, finished
        First and last day known; ``finished=None`` means at present.
    kind
        ``"employer"``, ``"school"``, ``"volunteering"`` or ``"association"`` (a membership).

    Raises
    ------
    pydantic.ValidationError
        If it finished before it started.

    Examples
    --------
    >>> import datetime as dt
    >>> tg.Position(person="ana", organisation="Acme", started=dt.date(2020, 1, 1)).present
    True
    """

    person: Annotated[str, Field(min_length=1)]
    organisation: Annotated[str, Field(min_length=1)]
    title: Text = ""
    started: dt.date | None = None
    finished: dt.date | None = None
    kind: Literal["employer", "school", "volunteering", "association"] = "employer"

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.started and self.finished and self.finished < self.started:
            message = f"finished {self.finished} is before started {self.started}"
            raise ValueError(message)
        return self

    @property
    def present(self) -> bool:
        """Whether the position is held at present."""
        return self.finished is None
