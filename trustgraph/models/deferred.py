"""Results some of whose fields are worked out when first looked at."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, Self

from pydantic import PrivateAttr, SerializerFunctionWrapHandler, model_serializer

from trustgraph.models.result import ResultModel

__all__ = ["DeferredModel", "Source"]


class Source(Protocol):
    """What knows the values of deferred fields. It must give equal ones whenever it is asked."""

    def field(self, name: str) -> Any:
        """Return the value of a field."""


class DeferredModel(ResultModel):
    """A frozen record that may work out some of its fields when they are first looked at.

    What compares, shows, copies, pickles or writes the record works out all of them first, so
    that nobody can tell it from one that was made with all its values.

    Examples
    --------
    >>> from trustgraph.models.deferred import DeferredModel
    >>> class Answer(DeferredModel):
    ...     later = {"text": ""}
    ...     question: str
    ...     text: str
    >>> class Thinker:
    ...     def field(self, name):
    ...         print("thinking")
    ...         return "42"
    >>> answer = Answer.deferred(Thinker(), question="?")
    >>> answer.text, answer.text
    thinking
    ('42', '42')
    """

    later: ClassVar[Mapping[str, Any]] = {}
    """Fields that can be deferred, each with any value that is allowed there."""

    _source: Source | None = PrivateAttr(default=None)

    @classmethod
    def deferred(cls, source: Source, **known: Any) -> Self:
        """Return a record that asks a source for the fields that can be deferred.

        Parameters
        ----------
        source
            What to ask; it is let go when all fields are there.
        **known
            All other fields, validated as ever.

        Returns
        -------
        Self
            The record.

        Raises
        ------
        pydantic.ValidationError
            If a value is not allowed.
        """
        made = cls(**known, **cls.later)
        for name in cls.later:
            del made.__dict__[name]
        made._source = source
        return made

    def settle(self) -> None:
        """Work out all fields now that would be worked out when first looked at.

        What they are worked out from is let go.

        Examples
        --------
        >>> index = tg.TrustIndex.from_graph(nx.DiGraph([("bo", "ana", {"trust": 0.8})]))
        >>> paths = tg.find_introductions(index, "ana", "bo")
        >>> "items" in vars(paths)
        False
        >>> paths.settle()
        >>> "items" in vars(paths)
        True
        """
        if self._source is not None:
            # The order of the fields is that of a record made at once: it shows when written.
            fields = {name: getattr(self, name) for name in type(self).model_fields}
            object.__setattr__(self, "__dict__", fields)
            self._source = None

    if not TYPE_CHECKING:  # for a type checker every name would exist

        def __getattr__(self, name: str) -> Any:
            """Ask for a deferred field; it is then there."""
            if name not in type(self).later:
                return super().__getattr__(name)
            source = self._source
            if source is not None:
                self.__dict__.setdefault(name, source.field(name))
                if all(one in self.__dict__ for one in type(self).later):
                    self.settle()
            try:
                return self.__dict__[name]
            except KeyError:
                message = f"{type(self).__name__!r} object has no attribute {name!r}"
                raise AttributeError(message) from None

    def __eq__(self, other: object) -> bool:
        """Compare the fields, deferred or not."""
        if type(other) is not type(self):
            return NotImplemented
        self.settle()
        other.settle()
        return self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        """Hash the fields, deferred or not."""
        self.settle()
        return hash(tuple(self.__dict__.values()))

    def __repr_args__(self) -> Any:
        """Show the fields, deferred or not."""
        self.settle()
        yield from super().__repr_args__()

    def __copy__(self) -> Self:
        """Copy all fields."""
        self.settle()
        return super().__copy__()

    def __deepcopy__(self, memo: dict[int, Any] | None = None) -> Self:
        """Copy all fields, and not what they are worked out from."""
        self.settle()
        return super().__deepcopy__(memo)

    def __getstate__(self) -> dict[Any, Any]:
        """Pickle all fields, and not what they are worked out from."""
        self.settle()
        return super().__getstate__()

    @model_serializer(mode="wrap")
    def _settled(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        self.settle()
        written: dict[str, Any] = write(self)
        return written
