"""All numbers of a trust model in one frame, and back."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np
import pandas as pd
from pydantic.fields import FieldInfo

from trustgraph._text import near
from trustgraph.models.base import FrozenModel
from trustgraph.trust.evidence_table import EvidenceTable
from trustgraph.trust.reaction import NO_EFFECT, Reaction

__all__ = ["PARAMETER_COLUMNS", "changed_parameters", "parameters_frame"]

PARAMETER_COLUMNS: Final = ("value", "unit", "low", "high", "source", "confidence", "meaning")
MIRROR: Final = {
    "forward": "backward",
    "backward": "forward",
    "cap_forward": "cap_backward",
    "cap_backward": "cap_forward",
}


def parameters_frame(model: FrozenModel) -> pd.DataFrame:
    """Return every number of a model, with what must be said about it.

    Parameters
    ----------
    model
        A tree of models whose numbers are declared with a unit.

    Returns
    -------
    pandas.DataFrame
        Indexed by dotted ``name``; columns ``value`` (infinity: no limit), ``unit``, ``low`` and
        ``high`` (the range to sweep), ``source``, ``confidence``, ``meaning``. Rows of the
        evidence table and of the norms, for which no source gives a range, have half and double
        their effect, within what is allowed.
    """
    rows = list(_rows(model, ""))
    columns = ("name", *PARAMETER_COLUMNS)
    return pd.DataFrame(rows, columns=columns).set_index("name")


def _rows(model: FrozenModel, prefix: str) -> Iterator[tuple[Any, ...]]:
    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        if isinstance(value, FrozenModel):
            yield from _rows(value, f"{prefix}{name}.")
        elif isinstance(model, EvidenceTable) and name == "kinds":
            for row in value:
                yield from _rows(row, f"{prefix}{row.kind}.")
        elif isinstance(field.json_schema_extra, dict) and "unit" in field.json_schema_extra:
            yield (prefix + name, *_described(model, name, field, value))


def _described(
    model: FrozenModel, name: str, field: FieldInfo, value: float | None
) -> tuple[Any, ...]:
    about: dict[str, Any] = dict(field.json_schema_extra)  # type: ignore[arg-type]
    number = np.inf if value is None else float(value)
    low, high = about["likely"] if "likely" in about else _around(field, number)
    source, confidence = _origin(model, name, field, value)
    return number, about["unit"], float(low), float(high), source, confidence, field.description


def _origin(
    model: FrozenModel, name: str, field: FieldInfo, value: float | None
) -> tuple[str, str]:
    about: dict[str, Any] = dict(field.json_schema_extra)  # type: ignore[arg-type]
    if "source" in about:
        return about["source"], about["confidence"]
    if isinstance(model, Reaction):
        origin = model.origin(name)
        return origin.source, origin.confidence
    if value == field.default:
        return NO_EFFECT, "J"
    return getattr(model, "source", ""), getattr(model, "confidence", "")


def _around(field: FieldInfo, value: float) -> tuple[float, float]:
    """Return half and double the effect, which is the distance from the neutral default."""
    if np.isinf(value):
        return value, value
    neutral = field.default or 0.0
    most = [bound.le for bound in field.metadata if hasattr(bound, "le")]
    ends = (neutral + factor * (value - neutral) for factor in (0.5, 2.0))
    low, high = sorted(max(0.0, min([end, *most])) for end in ends)
    return low, high


def changed_parameters(model: FrozenModel, values: Mapping[str, float]) -> dict[str, Any]:
    """Return the contents of a model with some numbers changed.

    Parameters
    ----------
    model
        The model.
    values
        New values by dotted name, as in `parameters_frame`. In a mutual kind of evidence both
        directions change together.

    Returns
    -------
    dict
        To be validated as a model again.

    Raises
    ------
    ValueError
        If a name is not a parameter; it names the nearest ones.
    """
    known = {row[0] for row in _rows(model, "")}
    contents = model.model_dump()
    for name, value in values.items():
        if name not in known:
            alike = " or ".join(near(name, sorted(known))) or "one of parameters().index"
            message = f"no such parameter: {name!r}; did you mean {alike}?"
            raise ValueError(message)
        *parts, last = name.split(".")
        place: dict[str, Any] = contents
        for part in parts:
            place = _inside(place, part)
        number = None if np.isinf(value) else value
        if "origins" in place and place[last] != number:  # no source states the new number
            source = f"set by the user; it was {place[last]:g}"
            place["origins"][last] = {"source": source, "confidence": "J"}
        place[last] = number
        if place.get("mutual") and last in MIRROR:
            place[MIRROR[last]] = number
    return contents


def _inside(place: dict[str, Any], part: str) -> dict[str, Any]:
    if part in place:
        return dict.__getitem__(place, part)
    return next(row for row in place["kinds"] if row["kind"] == part)
