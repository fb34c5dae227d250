"""A network from a user's own frames."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Final

import numpy as np
import pandas as pd

from trustgraph.errors import RecordError
from trustgraph.ingest.checked_rows import text_dates
from trustgraph.ingest.named_columns import named_columns
from trustgraph.ingest.network_data import TABLE_COLUMNS
from trustgraph.ingest.people_named import MENDS, NamedPeople, filled_ids, people_in
from trustgraph.models import Network
from trustgraph.models.columns import people_frame
from trustgraph.models.rows import whole_texts

__all__ = ["from_frames"]

_ENDS: Final = {
    "evidence": ("source", "target"),
    "positions": ("person",),
    "facts": ("person",),
}
_TIMES: Final = ("at", "until", "started", "finished")


def from_frames(
    people: pd.DataFrame | None = None,
    evidence: pd.DataFrame | None = None,
    *,
    positions: pd.DataFrame | None = None,
    facts: pd.DataFrame | None = None,
    owners: str | Iterable[str] = (),
    as_of: dt.datetime | dt.date | str | None = None,
) -> Network:
    """Return a network made of a user's own frames.

    Parameters
    ----------
    people
        One row a person: ``id``, ``name`` or ``url``, and perhaps ``organisation``,
        ``position``, ``location``, ``do_not_ask``. The index may hold the ids if it is named so.
        Default: everybody whom the other frames name.
    evidence
        One row an act: ``kind``, ``source``, ``target``, and perhaps ``at``, ``amount``,
        ``origin``.
    positions
        ``person``, ``organisation``, and perhaps ``title``, ``started``, ``finished``, ``kind``.
    facts
        ``person``, ``kind``, and perhaps ``text``, ``organisation``, ``at``, ``until``,
        ``origin``.
    owners
        Whose records these are, by id, address or unique full name.
    as_of
        The moment that the records describe; default: their newest.

    Returns
    -------
    Network
        As `read_csv` makes it from files: columns are found by their titles, people by id, by
        address or by a full name that only one of them has.

    Raises
    ------
    RecordError
        At the first row that cannot be used, with its position from 1; if a column means nothing
        here, since a misspelt one would be lost.

    See Also
    --------
    trustgraph.models.Network.from_records : The same with the exact columns, or with models.

    Examples
    --------
    >>> from trustgraph.ingest.frames import from_frames
    >>> people = pd.DataFrame({"Name": ["Ana Lima", "Bo Ek"], "Company": ["Acme", "Beta"]})
    >>> acts = pd.DataFrame({"from": ["Bo Ek"], "to": ["Ana Lima"], "kind": ["recommendation"]})
    >>> net = from_frames(people, acts, owners="Ana Lima")
    >>> net.owner, net.evidence["source"].tolist()
    ('Ana Lima|Acme', ['Bo Ek|Beta'])
    >>> from_frames(people, acts.assign(to="Zoe"))
    Traceback (most recent call last):
        ...
    trustgraph.errors.RecordError: evidence, row 1: target: nobody is known by ...
    """
    given = {"people": people, "evidence": evidence, "positions": positions, "facts": facts}
    tables = {
        name: _titled(frame, name)
        for name, frame in given.items()
        if frame is not None and not (frame.empty and not len(frame.columns))
    }
    tables["people"] = _people(tables)
    known = NamedPeople(tables["people"])
    for name, ends in _ENDS.items():
        if name in tables:
            tables[name] = _found(tables[name], known, name, ends)
    told: dict[str, Any] = {**tables, "owners": known.owners(owners), "as_of": as_of}
    return Network(**told)


def _titled(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    """Return a frame whose columns have their names; dates are moments."""
    if frame.index.name is not None and frame.index.name not in frame.columns:
        columns = named_columns(table, [frame.index.name])
        frame = frame.reset_index(drop=not any(columns.values()))
    columns = named_columns(table, frame.columns)
    unknown = [title for title, column in columns.items() if not column]
    if unknown or len(columns) < len(frame.columns):
        raise RecordError(
            "columns that say nothing here, or again",
            file=table,
            value=", ".join(unknown)[:200],
            mend=f"rename or drop them; the columns are {', '.join(TABLE_COLUMNS[table])}",
        )
    frame = frame.set_axis(list(columns.values()), axis=1).reset_index(drop=True)
    whole_texts(frame, [name for name in frame.columns if frame[name].dtype == object], table)
    for name in _TIMES:
        if name in frame and frame[name].dtype in ("str", object):
            frame = frame.assign(**{name: _moments(frame[name], table)})
    return frame


def _moments(column: "pd.Series[Any]", table: str) -> "pd.Series[Any]":
    """Return moments for texts; dates of Python's are left to the models."""
    is_text = column.map(lambda value: isinstance(value, str)).to_numpy(dtype=bool)
    texts = column[is_text]
    moments = text_dates(texts, last=column.name in {"finished", "until"})
    odd = moments.isna() & (texts.str.strip() != "")
    if odd.any():
        row = int(odd.index[odd.to_numpy()][0])
        raise RecordError(
            f"{column.name}: not a date",
            file=table,
            row=row + 1,
            value=str(column[row])[:60],
            mend="write dates as 2026-11-23 or 2026-11-23T10:00:00Z",
        )
    if is_text.all():
        return moments
    mixed = column.astype(object)
    mixed[is_text] = moments.astype(object)
    return mixed


def _people(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the people with ids, names and addresses as texts."""
    if "people" not in tables:
        return people_in(
            tables[name][end].dropna().astype("str")
            for name, ends in _ENDS.items()
            if name in tables
            for end in ends
            if end in tables[name]
        )
    frame = tables["people"].copy()
    for name in ("id", "name", "organisation", "url"):
        given = frame[name] if name in frame else pd.Series("", index=frame.index)
        frame[name] = given.astype("str").fillna("")
    frame["id"] = filled_ids(frame)
    return people_frame(frame).reset_index()


def _found(
    frame: pd.DataFrame, known: NamedPeople, table: str, ends: tuple[str, ...]
) -> pd.DataFrame:
    for end in ends:
        if end not in frame:
            continue
        ids, faults = known.find(frame[end])
        wrong = np.flatnonzero((faults != "").to_numpy())
        if len(wrong):
            row = int(wrong[0])
            raise RecordError(
                f"{end}: {faults.iloc[row]}",
                file=table,
                row=row + 1,
                value=str(frame[end].iloc[row])[:60],
                mend=MENDS[faults.iloc[row]],
            )
        frame = frame.assign(**{end: ids})
    return frame
