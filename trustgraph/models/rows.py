"""Rows in columns: the steps by which every table of records is checked in bulk.

A million rows are checked with a few vectorised comparisons; only rows that fail one are handed
to the model, whose message becomes the error.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeVar

import numpy as np
import pandas as pd
from pydantic import ValidationError

from trustgraph.errors import RecordError
from trustgraph.models.base import FrozenModel

__all__ = [
    "UTC",
    "Records",
    "absent",
    "as_category",
    "as_frame",
    "as_utc",
    "checked",
    "first_failure",
    "text_column",
    "whole_text",
    "whole_texts",
]

_HALF: Final = re.compile("[\ud800-\udfff]")
UTC: Final = pd.DatetimeTZDtype("us", "UTC")

Model = TypeVar("Model", bound=FrozenModel)
Records = pd.DataFrame | Iterable[FrozenModel | Mapping[str, Any]]


def _reason(error: ValidationError) -> tuple[str, str]:
    first = error.errors(include_url=False)[0]
    field = ".".join(str(part) for part in first["loc"])
    value = "" if isinstance(first.get("input"), dict) else str(first.get("input", ""))[:80]
    message = first["msg"].removeprefix("Value error, ")
    return (f"{field}: {message}" if field else message), value


def checked(model: type[Model], row: Mapping[str, Any], number: int, file: str) -> Model:
    """Return one row as a model, or raise a `RecordError` that names row, value and mend."""
    try:
        return model(**row)
    except (ValidationError, TypeError) as error:
        reason, value = _reason(error) if isinstance(error, ValidationError) else (str(error), "")
        fields = ", ".join(model.model_fields)
        raise RecordError(
            reason,
            file=file,
            row=number,
            value=value,
            mend=f"correct the row; the fields of {model.__name__} are {fields}",
        ) from error


def as_frame(records: Records, model: type[FrozenModel], file: str) -> pd.DataFrame:
    """Return records as a frame of the fields of their model; unknown fields are an error."""
    names = list(model.model_fields)
    if isinstance(records, pd.DataFrame):
        frame = records
        if frame.index.name in names and frame.index.name not in frame.columns:
            frame = frame.reset_index()
        unknown = [str(column) for column in frame.columns if column not in names]
        if unknown:
            raise RecordError(
                "unknown columns",
                file=file,
                value=", ".join(unknown),
                mend=f"rename or drop them; known are {', '.join(names)}",
            )
        # Where pandas keeps texts in pyarrow, half a character cannot even become a text.
        whole_texts(frame, [name for name in frame.columns if frame[name].dtype == object], file)
        return frame.reset_index(drop=True)
    models = [
        record
        if isinstance(record, model)
        else checked(model, _fields(record, model, n, file), n, file)
        for n, record in enumerate(records, start=1)
    ]
    return pd.DataFrame(
        {name: [getattr(one, name) for one in models] for name in names}, columns=names
    )


def _fields(record: Any, model: type[FrozenModel], number: int, file: str) -> dict[str, Any]:
    if isinstance(record, Mapping | FrozenModel):
        return dict(record)
    raise RecordError(
        f"a {type(record).__name__} is no record",
        file=file,
        row=number,
        value=str(record)[:80],
        mend=f"give {model.__name__} models, mappings or a frame",
    )


def text_column(frame: pd.DataFrame, column: str) -> "pd.Series[str]":
    """Return a column as texts, empty where it or a value is missing."""
    if column not in frame.columns:
        return pd.Series([""] * len(frame), index=frame.index, dtype="str")
    return frame[column].astype("str").fillna("")


def whole_text(text: str) -> str:
    """Return a text with U+FFFD for each half character (lone surrogate)."""
    return text if text.isascii() else _HALF.sub("\ufffd", text)


def whole_texts(frame: pd.DataFrame, columns: Iterable[str], file: str) -> None:
    """Raise a `RecordError` at the first text with half a character, which no file can hold."""
    for name in columns:
        column = frame[name]
        is_category = isinstance(column.dtype, pd.CategoricalDtype)
        for place, text in enumerate(column.cat.categories if is_category else column):
            if not isinstance(text, str) or text.isascii() or not _HALF.search(text):
                continue
            first = column.cat.codes.tolist().index(place) if is_category else place
            raise RecordError(
                f"{name}: half a character (a lone surrogate)",
                file=file,
                row=first + 1,
                value=text[:80],
                mend='replace it: text.encode("utf-8", "replace").decode("utf-8")',
            )


def first_failure(
    frame: pd.DataFrame, bad: "pd.Series[bool]", model: type[FrozenModel], file: str
) -> None:
    """Raise a `RecordError` at the first bad row, in the words of its model."""
    if not bad.any():
        return
    position = int(np.flatnonzero(bad.to_numpy())[0])
    row = {str(name): value for name, value in frame.iloc[position].items() if not absent(value)}
    checked(model, row, position + 1, file)
    raise RecordError(
        "the row does not fit the schema",
        file=file,
        row=position + 1,
        mend=f"correct the row; the fields of {model.__name__} are {', '.join(model.model_fields)}",
    )


def absent(value: Any) -> bool:
    """Tell whether a value is missing."""
    return value is None or value is pd.NaT or (isinstance(value, float) and np.isnan(value))


def as_utc(column: "pd.Series[Any]", file: str, name: str) -> "pd.Series[Any]":
    """Return moments in UTC, NaT where missing; what is no date is an error with its row."""
    written = column.dtype in ("str", object)
    if pd.api.types.is_numeric_dtype(column.dtype):
        column, written = column.astype("str"), True  # a number is no date, but NaN is no number
    given = column
    try:
        form = "ISO8601" if written else None
        if written:
            # Words for the time of reading: pandas knows them, a record has no use for them.
            column = column.mask(column.isin(["now", "today"]), "no date")
        return pd.to_datetime(column, utc=True, format=form).astype(UTC)
    except (ValueError, TypeError, OverflowError) as error:
        form = "ISO8601" if written else None
        single = pd.to_datetime(column, utc=True, errors="coerce", format=form)
        bad = single.isna() & column.notna()
        position = int(np.flatnonzero(bad.to_numpy())[0]) if bad.any() else -1
        raise RecordError(
            f"{name}: not a date",
            file=file,
            row=position + 1,
            value=str(given.iloc[position])[:40] if bad.any() else "",
            mend="write dates as 2026-11-23 or 2026-11-23T10:00:00Z",
        ) from error


def as_category(column: "pd.Series[Any]") -> "pd.Series[Any]":
    """Return texts as categories in the order of the alphabet."""
    if isinstance(column.dtype, pd.CategoricalDtype) and not column.hasnans:
        column = column.cat.remove_unused_categories()
        column = column.cat.rename_categories(str)
        names = column.cat.categories.astype("str").sort_values()
        return column.cat.reorder_categories(names, ordered=False)
    return column.astype("str").fillna("").astype("category")
