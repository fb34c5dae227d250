"""Records in columns: checked in bulk, the models being the one schema.

A million rows are checked with a few vectorised comparisons; only rows that fail one are handed
to the model, whose message becomes the error.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, TypeVar

import numpy as np
import pandas as pd
from pydantic import ValidationError

from trustgraph.errors import RecordError
from trustgraph.models.base import FrozenModel
from trustgraph.models.evidence import Evidence
from trustgraph.models.people import LONGEST_TEXT, Person, Position

__all__ = [
    "EVIDENCE_COLUMNS",
    "PEOPLE_COLUMNS",
    "POSITION_COLUMNS",
    "REPORT_COLUMNS",
    "evidence_frame",
    "people_frame",
    "positions_frame",
    "report_frame",
]

PEOPLE_COLUMNS: Final = tuple(Person.model_fields)[1:]
EVIDENCE_COLUMNS: Final = tuple(Evidence.model_fields)
POSITION_COLUMNS: Final = tuple(Position.model_fields)
REPORT_COLUMNS: Final = ("file", "row", "level", "reason", "value", "mend")
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


def _as_frame(records: Records, model: type[FrozenModel], file: str) -> pd.DataFrame:
    names = list(model.model_fields)
    if isinstance(records, pd.DataFrame):
        frame = records
        if model is Person and "id" not in frame.columns and frame.index.name == "id":
            frame = frame.reset_index()
        unknown = [str(column) for column in frame.columns if column not in names]
        if unknown:
            raise RecordError(
                "unknown columns",
                file=file,
                value=", ".join(unknown),
                mend=f"rename or drop them; known are {', '.join(names)}",
            )
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


def _text(frame: pd.DataFrame, column: str) -> "pd.Series[str]":
    if column not in frame.columns:
        return pd.Series([""] * len(frame), index=frame.index, dtype="str")
    return frame[column].astype("str").fillna("")


def _first_failure(
    frame: pd.DataFrame, bad: "pd.Series[bool]", model: type[FrozenModel], file: str
) -> None:
    if not bad.any():
        return
    position = int(np.flatnonzero(bad.to_numpy())[0])
    row = {str(name): value for name, value in frame.iloc[position].items() if not _absent(value)}
    checked(model, row, position + 1, file)
    raise RecordError(
        "the row does not fit the schema",
        file=file,
        row=position + 1,
        mend=f"correct the row; the fields of {model.__name__} are {', '.join(model.model_fields)}",
    )


def _absent(value: Any) -> bool:
    return value is None or value is pd.NaT or (isinstance(value, float) and np.isnan(value))


def people_frame(records: Records, *, file: str = "people") -> pd.DataFrame:
    """Return people as a frame indexed by id, sorted; the same id twice is an error."""
    frame = _as_frame(records, Person, file)
    if isinstance(records, pd.DataFrame):
        full = pd.DataFrame({name: _text(frame, name) for name in ("id", *PEOPLE_COLUMNS[:-1])})
        full["do_not_ask"] = _flags(frame, file)
        full["name"] = full["name"].where(full["name"] != "", full["id"])
        lacking = full["id"].str.strip() == ""
        for name in ("id", *PEOPLE_COLUMNS[:-1]):
            lacking |= full[name].str.len() > LONGEST_TEXT
        places = np.flatnonzero(lacking.to_numpy())
        rows = full.iloc[places].to_dict("records")
        filled = [
            checked(Person, {str(key): value for key, value in row.items()}, place + 1, file)
            for place, row in zip(places.tolist(), rows, strict=True)
        ]
        for name in ("id", "name"):
            column = full[name].to_numpy(dtype=object, copy=True)
            column[places] = [getattr(person, name) for person in filled]
            full[name] = pd.Series(column, index=full.index, dtype="str")
        frame = full
    twice = frame["id"].duplicated(keep="first")
    if twice.any():
        position = int(np.flatnonzero(twice.to_numpy())[0])
        raise RecordError(
            "this id stands twice",
            file=file,
            row=position + 1,
            value=str(frame["id"].iloc[position]),
            mend="give every person one row and an id of their own",
        )
    for name in ("id", *PEOPLE_COLUMNS[:-1]):
        frame[name] = frame[name].astype("str")
    frame["do_not_ask"] = frame["do_not_ask"].astype(bool)
    return frame.set_index("id").sort_index()[list(PEOPLE_COLUMNS)]


def _flags(frame: pd.DataFrame, file: str) -> "pd.Series[bool]":
    """Return do_not_ask; words are understood as the model does, missing ones mean no."""
    if "do_not_ask" not in frame.columns:
        return pd.Series(data=False, index=frame.index)
    column = frame["do_not_ask"]
    if column.dtype == bool:
        return column
    said = column[column.notna() & (column.astype("str") != "")]
    meaning = {}
    for place in np.flatnonzero(~said.duplicated().to_numpy()).tolist():
        value = said.iloc[place]
        plain = value.item() if isinstance(value, np.generic) else value
        row = {"id": "-", "do_not_ask": plain}
        meaning[value] = checked(Person, row, int(said.index[place]) + 1, file).do_not_ask
    return said.map(meaning).reindex(frame.index, fill_value=False).astype(bool)


def _utc(column: "pd.Series[Any]", file: str, name: str) -> "pd.Series[Any]":
    written = column.dtype in ("str", object)
    if pd.api.types.is_numeric_dtype(column.dtype):
        column, written = column.astype("str"), True  # a number is no date, but NaN is no number
    try:
        form = "ISO8601" if written else None
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
            value=str(column.iloc[position])[:40] if bad.any() else "",
            mend="write dates as 2026-11-23 or 2026-11-23T10:00:00Z",
        ) from error


def evidence_frame(records: Records, *, file: str = "evidence") -> pd.DataFrame:
    """Return evidence in columns: categories for kind, people and origin, times in UTC."""
    raw = _as_frame(records, Evidence, file)
    frame = pd.DataFrame(index=raw.index)
    for name in ("kind", "source", "target", "origin"):
        column = raw[name] if name in raw.columns else _text(raw, name)
        frame[name] = column if isinstance(column.dtype, pd.CategoricalDtype) else _text(raw, name)
    at = raw["at"] if "at" in raw.columns else pd.Series(pd.NaT, index=raw.index)
    frame["at"] = _utc(at, file, "at")
    amount = raw["amount"] if "amount" in raw.columns else pd.Series(1.0, index=raw.index)
    frame["amount"] = pd.to_numeric(amount.where(amount.notna(), 1.0), errors="coerce")
    frame["amount"] = frame["amount"].astype(np.float64)
    bad = ~(frame["amount"] > 0) | np.isinf(frame["amount"])
    bad |= frame["source"].astype("str") == frame["target"].astype("str")
    for name in ("kind", "source", "target"):
        bad |= frame[name].astype("str").fillna("") == ""
    _first_failure(raw if isinstance(records, pd.DataFrame) else frame, bad, Evidence, file)
    for name in ("kind", "source", "target", "origin"):
        frame[name] = _category(frame[name])
    return frame[list(EVIDENCE_COLUMNS)].reset_index(drop=True)


def _category(column: "pd.Series[Any]") -> "pd.Series[Any]":
    if isinstance(column.dtype, pd.CategoricalDtype) and not column.hasnans:
        column = column.cat.remove_unused_categories()
        column = column.cat.rename_categories(str)
        names = column.cat.categories.astype("str").sort_values()
        return column.cat.reorder_categories(names, ordered=False)
    return column.astype("str").fillna("").astype("category")


def positions_frame(records: Records, *, file: str = "positions") -> pd.DataFrame:
    """Return positions in columns; dates are days in UTC, NaT where unknown or present."""
    raw = _as_frame(records, Position, file)
    frame = pd.DataFrame({name: _text(raw, name) for name in ("person", "organisation", "title")})
    for name in ("started", "finished"):
        dates = raw[name] if name in raw.columns else pd.Series(pd.NaT, index=raw.index)
        frame[name] = _utc(pd.Series(dates, index=raw.index), file, name)
    frame["kind"] = _text(raw, "kind").replace("", "employer")
    bad = (frame["person"] == "") | (frame["organisation"] == "")
    bad |= frame["finished"] < frame["started"]
    bad |= ~frame["kind"].isin(["employer", "school"])
    bad |= frame["title"].str.len() > LONGEST_TEXT
    _first_failure(raw, bad, Position, file)
    return frame[list(POSITION_COLUMNS)].reset_index(drop=True)


def report_frame(rows: Sequence[Mapping[str, Any]] | pd.DataFrame = ()) -> pd.DataFrame:
    """Return the report of a reader as a frame, in the order given.

    Parameters
    ----------
    rows
        Mappings with some of ``file``, ``row`` (line of the file from 1, 0 for the whole file),
        ``level`` (``info``, ``warning``, ``error``), ``reason``, ``value``, ``mend``.

    Returns
    -------
    pandas.DataFrame
        Those columns; missing texts are empty, a missing row is 0.

    Examples
    --------
    >>> tg.models.report_frame([{"file": "Notes.csv", "level": "info", "reason": "ignored"}])
            file  row level   reason value mend
    0  Notes.csv    0  info  ignored
    """
    frame = pd.DataFrame(rows if isinstance(rows, pd.DataFrame) else list(rows))
    for name in REPORT_COLUMNS:
        if name not in frame.columns:
            frame[name] = 0 if name == "row" else ""
    frame = frame[list(REPORT_COLUMNS)].reset_index(drop=True)
    frame["row"] = frame["row"].fillna(0).astype(np.int64)
    for name in REPORT_COLUMNS:
        if name != "row":
            frame[name] = frame[name].astype("str").fillna("")
    return frame


def utc_time(value: dt.datetime | dt.date | str | pd.Timestamp | None) -> dt.datetime | None:
    """Return a moment in UTC.

    Parameters
    ----------
    value
        A moment or a day, or the ISO text of one; None or NaT for unknown.

    Returns
    -------
    datetime.datetime or None
        A day is its midnight, a time without zone is read as UTC.

    Examples
    --------
    >>> tg.models.utc_time("2026-11-23").isoformat()
    '2026-11-23T00:00:00+00:00'
    """
    stamp = pd.Timestamp(value) if value is not None else None
    if stamp is None or pd.isna(stamp):
        return None
    stamp = stamp.tz_localize("UTC") if stamp.tzinfo is None else stamp.tz_convert("UTC")
    return stamp.to_pydatetime(warn=False)
