"""The base of what analyses return: a record that is written down and read back."""

from typing import Any, Self

from trustgraph.models.base import FrozenModel

__all__ = ["ResultModel"]


class ResultModel(FrozenModel):
    """A frozen result with a dictionary form.

    Examples
    --------
    >>> from trustgraph.models.result import ResultModel
    >>> class Chance(ResultModel):
    ...     value: float
    >>> Chance.from_dict(Chance(value=0.5).to_dict())
    Chance(value=0.5)
    """

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain types that JSON can hold; `from_dict` reads it back."""
        return self.model_dump(mode="json")

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """Return the result that `to_dict` wrote.

        Parameters
        ----------
        data
            What `to_dict` returned.

        Returns
        -------
        Self
            An equal result.

        Raises
        ------
        pydantic.ValidationError
            If it is of another schema version or incomplete.

        Examples
        --------
        >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8})])
        >>> paths = tg.find_introductions(G, "ana", "bo")
        >>> tg.introductions.Introductions.from_dict(paths.to_dict()) == paths
        True
        >>> moved = tg.reputation_transfer(G, "ana", "bo")
        >>> tg.reputation.Transfer.from_dict(moved.to_dict()) == moved
        True
        >>> found = tg.reputation.reliability(G, "ana", "bo")
        >>> tg.reputation.Reliability.from_dict(found.to_dict()) == found
        True
        """
        return cls.model_validate(data)
