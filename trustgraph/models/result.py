"""The bases of what analyses return: a record that is written down and read back, or a list."""

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from typing import Any, Generic, Self, TypeVar, overload

from trustgraph.models.base import FrozenModel

__all__ = ["ResultModel", "SequenceResult"]

T = TypeVar("T")


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


class SequenceResult(ResultModel, Generic[T]):
    """A result that behaves as a sequence of what it holds.

    Examples
    --------
    >>> from trustgraph.models.result import SequenceResult
    >>> class Chances(SequenceResult[float]):
    ...     values: tuple[float, ...]
    ...
    ...     def held(self) -> tuple[float, ...]:
    ...         return self.values
    >>> found = Chances(values=(0.5, 0.25))
    >>> len(found), list(found), found[-1], found[:1]
    (2, [0.5, 0.25], 0.25, (0.5,))
    """

    @abstractmethod
    def held(self) -> tuple[T, ...]:
        """Return what the sequence consists of, in its order."""

    def __len__(self) -> int:
        """Return how much it holds."""
        return len(self.held())

    def __iter__(self) -> Iterator[T]:  # type: ignore[override]
        """Yield what it holds, in its order."""
        return iter(self.held())

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[T]: ...
    def __getitem__(self, place: int | slice) -> T | Sequence[T]:
        """Return one or several by place."""
        return self.held()[place]
