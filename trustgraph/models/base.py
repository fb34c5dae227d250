"""The frozen base of every model."""

from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict

__all__ = ["FrozenModel"]


class FrozenModel(BaseModel):
    """A frozen record: unknown fields are refused, a changed copy is validated again.

    Examples
    --------
    >>> person = tg.Person(id="ana", name="Ana Lima")
    >>> person.replace(organisation="Acme")
    Person(id='ana', name='Ana Lima', organisation='Acme')
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(
        frozen=True,
        extra="forbid",
        arbitrary_types_allowed=True,
        allow_inf_nan=True,
        defer_build=True,  # most validators are never needed: `import trustgraph` stays quick
    )

    def replace(self, **changes: Any) -> Self:
        """Return a copy with some fields changed, validated like a new one.

        Parameters
        ----------
        **changes
            Fields and their new values.

        Returns
        -------
        Self
            The changed copy.

        Raises
        ------
        pydantic.ValidationError
            If a field is unknown or a value is not allowed.

        Examples
        --------
        >>> tg.Organisation("Acme").replace(role="data lead").role
        'data lead'
        """
        kept = {name: getattr(self, name) for name in self.model_fields_set}
        return type(self)(**{**kept, **changes})

    def __repr_args__(self) -> Any:
        """Show only what differs from the default."""
        fields = type(self).model_fields
        for name, value in super().__repr_args__():
            field = fields.get(name or "")
            if (
                field is None
                or field.is_required()
                or value != field.get_default(call_default_factory=True, validated_data={})
            ):
                yield name, value
