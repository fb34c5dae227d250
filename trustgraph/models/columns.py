"""Records in columns: checked in bulk, the models being the one schema.

A million rows are checked with a few vectorised comparisons; only rows that fail one are handed
to the model, whose message becomes the error.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final, get_args

import numpy as np
import pandas as pd

from trustgraph.errors import RecordError
from trustgraph.models.evidence import Evidence
from trustgraph.models.facts import FACT_KINDS, Fact, Text
from trustgraph.models.people import LONGEST_TEXT, Person, Position
from trustgraph.models.rows import (
    Records,
    as_category,
    as_frame,
    as_utc,
    checked,
    first_failure,
    text_column,
    whole_text,
    whole_texts,
)

__all__ = [
    "EVIDENCE_COLUMNS",
    "FACT_COLUMNS",
    "PEOPLE_COLUMNS",
    "POSITION_COLUMNS",
    "REPORT_COLUMNS",
    "TEXT_COLUMNS",
    "evidence_frame",
    "facts_frame",
    "people_frame",
    "positions_frame",
    "report_frame",
    "texts_frame",
    "utc_time",
]

PEOPLE_COLUMNS: Final = tuple(Person.model_fields)[1:]
EVIDENCE_COLUMNS: Final = tuple(Evidence.model_fields)
POSITION_COLUMNS: Final = tuple(Position.model_fields)
FACT_COLUMNS: Final = tuple(Fact.model_fields)
TEXT_COLUMNS: Final = tuple(Text.model_fields)
REPORT_COLUMNS: Final = ("file", "row", "level", "reason", "value", "mend")
_POSITION_KINDS: Final = get_args(Position.model_fields["kind"].annotation)
_TEXT_KINDS: Final = get_args(Text.model_fields["kind"].annotation)


def people_frame(records: Records, *, file: str = "people") -> pd.DataFrame:
    """Return people as a frame indexed by id, sorted; the same id twice is an error."""
    frame = as_frame(records, Person, file)
    if isinstance(records, pd.DataFrame):
        full = pd.DataFrame(
            {name: text_column(frame, name) for name in ("id", *PEOPLE_COLUMNS[:-1])}
        )
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
    whole_texts(frame, ("id", *PEOPLE_COLUMNS[:-1]), file)
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


def evidence_frame(records: Records, *, file: str = "evidence") -> pd.DataFrame:
    """Return evidence in columns: categories for kind, people and origin, times in UTC."""
    raw = as_frame(records, Evidence, file)
    frame = pd.DataFrame(index=raw.index)
    for name in ("kind", "source", "target", "origin"):
        column = raw[name] if name in raw.columns else text_column(raw, name)
        frame[name] = (
            column if isinstance(column.dtype, pd.CategoricalDtype) else text_column(raw, name)
        )
    at = raw["at"] if "at" in raw.columns else pd.Series(pd.NaT, index=raw.index)
    frame["at"] = as_utc(at, file, "at")
    amount = raw["amount"] if "amount" in raw.columns else pd.Series(1.0, index=raw.index)
    frame["amount"] = pd.to_numeric(amount.where(amount.notna(), 1.0), errors="coerce")
    frame["amount"] = frame["amount"].astype(np.float64)
    bad = ~(frame["amount"] > 0) | np.isinf(frame["amount"])
    bad |= frame["source"].astype("str") == frame["target"].astype("str")
    for name in ("kind", "source", "target"):
        bad |= frame[name].astype("str").fillna("") == ""
    first_failure(raw if isinstance(records, pd.DataFrame) else frame, bad, Evidence, file)
    for name in ("kind", "source", "target", "origin"):
        frame[name] = as_category(frame[name])
    whole_texts(frame, ("kind", "source", "target", "origin"), file)
    return frame[list(EVIDENCE_COLUMNS)].reset_index(drop=True)


def positions_frame(records: Records, *, file: str = "positions") -> pd.DataFrame:
    """Return positions in columns; dates are days in UTC, NaT where unknown or present."""
    raw = as_frame(records, Position, file)
    frame = pd.DataFrame(
        {name: text_column(raw, name) for name in ("person", "organisation", "title")}
    )
    for name in ("started", "finished"):
        frame[name] = _times(raw, name, file)
    frame["kind"] = text_column(raw, "kind").replace("", "employer")
    bad = (frame["person"] == "") | (frame["organisation"] == "")
    bad |= frame["finished"] < frame["started"]
    bad |= ~frame["kind"].isin(_POSITION_KINDS)
    bad |= frame["title"].str.len() > LONGEST_TEXT
    first_failure(raw, bad, Position, file)
    whole_texts(frame, ("person", "organisation", "title"), file)
    return frame[list(POSITION_COLUMNS)].reset_index(drop=True)


def facts_frame(records: Records, *, file: str = "facts") -> pd.DataFrame:
    """Return facts in columns; the same one twice is kept once."""
    raw = as_frame(records, Fact, file)
    names = ("person", "kind", "text", "organisation", "origin")
    frame = pd.DataFrame({name: text_column(raw, name) for name in names})
    for name in ("at", "until"):
        frame[name] = _times(raw, name, file)
    bad = (frame["person"] == "") | ~frame["kind"].isin(FACT_KINDS)
    bad |= frame["until"] < frame["at"]
    for name in ("text", "organisation"):
        bad |= frame[name].str.len() > LONGEST_TEXT
    first_failure(raw, bad, Fact, file)
    whole_texts(frame, names, file)
    return frame[list(FACT_COLUMNS)].drop_duplicates(ignore_index=True)


def texts_frame(records: Records, *, file: str = "texts") -> pd.DataFrame:
    """Return in columns what people wrote."""
    raw = as_frame(records, Text, file)
    names = ("kind", "source", "target", "text", "origin")
    frame = pd.DataFrame({name: text_column(raw, name) for name in names})
    frame["at"] = _times(raw, "at", file)
    bad = (frame["source"] == "") | ~frame["kind"].isin(_TEXT_KINDS)
    first_failure(raw, bad, Text, file)
    whole_texts(frame, names, file)
    return frame[list(TEXT_COLUMNS)].reset_index(drop=True)


def _times(raw: pd.DataFrame, name: str, file: str) -> "pd.Series[Any]":
    times = raw[name] if name in raw.columns else pd.NaT
    return as_utc(pd.Series(times, index=raw.index), file, name)


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
            # A report quotes what it could not read: that must not make it unreadable itself.
            texts = frame[name].astype("str").fillna("")
            frame[name] = texts.map(whole_text).astype("str")
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
    try:
        stamp = pd.Timestamp(value) if value is not None else None
    except (ValueError, OverflowError) as error:
        mend = "write dates as 2026-11-23 or 2026-11-23T10:00:00Z"
        raise RecordError("not a date", value=str(value)[:40], mend=mend) from error
    if stamp is None or pd.isna(stamp):
        return None
    stamp = stamp.tz_localize("UTC") if stamp.tzinfo is None else stamp.tz_convert("UTC")
    return stamp.to_pydatetime(warn=False)
