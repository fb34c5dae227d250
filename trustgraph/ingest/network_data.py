"""A network as plain lists and dictionaries, and back: nothing is lost, nothing is believed.

One list a column, not one dictionary a row: a million acts are six lists. Texts that repeat, and
all times, are written once each, with a list of their places.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, NoReturn

import numpy as np
import pandas as pd

from trustgraph.errors import ArchiveError, RecordError
from trustgraph.models import Network
from trustgraph.models.columns import (
    EVIDENCE_COLUMNS,
    FACT_COLUMNS,
    PEOPLE_COLUMNS,
    POSITION_COLUMNS,
    REPORT_COLUMNS,
    TEXT_COLUMNS,
)
from trustgraph.models.merged import MERGED_COLUMNS
from trustgraph.models.references import JUDGEMENT_COLUMNS

__all__ = [
    "FORMAT",
    "SCHEMA",
    "TABLE_COLUMNS",
    "network_from_dict",
    "network_from_tables",
    "network_to_dict",
    "tables_of",
]

FORMAT: Final = "trustgraph-network"
SCHEMA: Final = 1
"""Version of the form; a reader refuses what is newer than itself."""
TABLE_COLUMNS: Final = {
    "people": ("id", *PEOPLE_COLUMNS),
    "evidence": EVIDENCE_COLUMNS,
    "positions": POSITION_COLUMNS,
    "facts": FACT_COLUMNS,
    "texts": TEXT_COLUMNS,
    "judgements": JUDGEMENT_COLUMNS,
    "merged": MERGED_COLUMNS,
    "report": REPORT_COLUMNS,
}
"""Every table of a network and its columns."""

_TIMES: Final = frozenset({"at", "until", "started", "finished"})
_PLAIN: Final[dict[str, tuple[frozenset[type], type[np.generic], str]]] = {
    "amount": (frozenset({int, float}), np.float64, "a number"),
    "trust": (frozenset({int, float}), np.float64, "a number"),
    "certainty": (frozenset({int, float}), np.float64, "a number"),
    "row": (frozenset({int}), np.int64, "a whole number"),
    "do_not_ask": (frozenset({bool}), np.bool_, "true or false"),
}
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z", re.ASCII)
_FIRST_TIME: Final = np.datetime64("0001-01-01", "us")
_NO_TIME: Final = np.array(["NaT"], dtype="datetime64[us]")
_WRITE_AGAIN: Final = "write the network again with trustgraph"
_SHOWN: Final = 60


def tables_of(net: Network) -> tuple[dict[str, pd.DataFrame], tuple[str, ...]]:
    """Return all tables of a network as records told them, and its owners.

    Parameters
    ----------
    net
        The network.

    Returns
    -------
    tuple
        Name of the table -> frame, in the order of `TABLE_COLUMNS`; ids of the owners.
    """
    told = net if net.merged.empty else net.replace(merged=None)
    frames = {name: getattr(told, name) for name in TABLE_COLUMNS}
    frames |= {"people": told.people.reset_index(), "merged": net.merged, "report": net.report}
    return {
        name: frames[name][list(columns)] for name, columns in TABLE_COLUMNS.items()
    }, told.owners


def network_from_tables(
    tables: Mapping[str, pd.DataFrame], owners: Iterable[str], as_of: Any
) -> Network:
    """Return the network that has these tables; what is wrong with them is an `ArchiveError`."""
    try:
        return Network(**{**tables, "owners": owners, "as_of": as_of})
    except RecordError:
        raise
    except (ValueError, TypeError, OverflowError) as error:
        raise ArchiveError(str(error).split("\n", 1)[0], mend=_WRITE_AGAIN) from error


def network_to_dict(net: Network) -> dict[str, Any]:
    """Return everything that a network holds, as types that JSON can hold.

    Parameters
    ----------
    net
        The network.

    Returns
    -------
    dict
        ``format``, ``schema``, ``owners``, ``as_of`` (ISO text or None) and ``tables``: name ->
        column -> values. Values are a list, or, for texts that repeat and for all times, a
        dictionary: ``values`` and ``codes``, the place of each in ``values`` (-1: unknown).

    Examples
    --------
    >>> from trustgraph.ingest.network_data import network_from_dict, network_to_dict
    >>> net = tg.datasets.load_office()
    >>> data = network_to_dict(net)
    >>> data["format"], data["schema"], data["tables"]["evidence"]["kind"]["values"][:2]
    ('trustgraph-network', 1, ['connection', 'help_given'])
    >>> network_from_dict(data) == net
    True
    """
    tables, owners = tables_of(net)
    return {
        "format": FORMAT,
        "schema": SCHEMA,
        "owners": list(owners),
        "as_of": _time_texts(np.array([net.as_of.replace(tzinfo=None)], "datetime64[us]"))[0]
        if net.as_of
        else None,
        "tables": {
            name: {str(column): _plain(values) for column, values in frame.items()}
            for name, frame in tables.items()
        },
    }


def _plain(column: "pd.Series[Any]") -> Any:
    if column.name in _TIMES:
        codes, times = pd.factorize(column.dt.tz_convert(None))
        return {"values": _time_texts(times.to_numpy("datetime64[us]")), "codes": codes.tolist()}
    if column.name in _PLAIN:
        return column.tolist()
    if isinstance(column.dtype, pd.CategoricalDtype):
        texts, codes = column.cat.categories, column.cat.codes.to_numpy()
    else:
        codes, texts = pd.factorize(column)
    if 2 * len(texts) > len(column):
        return column.tolist()
    return {"values": list(texts), "codes": codes.tolist()}


def _time_texts(times: Any) -> list[str]:
    return [f"{text}Z" for text in np.datetime_as_string(times, unit="us").tolist()]


def network_from_dict(data: Any) -> Network:
    """Return the network that `network_to_dict` wrote.

    Parameters
    ----------
    data
        What `network_to_dict` returned. Tables and columns that may be empty may be absent.

    Returns
    -------
    Network
        An equal network.

    Raises
    ------
    ArchiveError
        If it is something else, of a newer schema, or a value is of a wrong type; the error names
        the table and column and the row.
    RecordError
        If a record does not fit its model, names an unknown person or stands twice.

    Examples
    --------
    >>> from trustgraph.ingest.network_data import network_from_dict
    >>> network_from_dict({"format": "trustgraph-network", "schema": 2})
    Traceback (most recent call last):
        ...
    trustgraph.errors.ArchiveError: written by a newer trustgraph (schema 2, this one reads 1); ...
    """
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        _refuse("", "this is no network that trustgraph wrote")
    check_schema(data.get("schema"))
    for key in data:
        if key not in {"format", "schema", "owners", "as_of", "tables"}:
            _refuse("", "an unknown part", str(key))
    owners = _texts("owners", data.get("owners", []))
    as_of = data.get("as_of")
    told = None if as_of is None else pd.Timestamp(_times("as_of", [as_of])[0], tz="UTC")
    tables = data.get("tables", {})
    if not isinstance(tables, dict):
        _refuse("tables", "not a table of tables")
    return network_from_tables(
        {str(name): _table(str(name), columns) for name, columns in tables.items()}, owners, told
    )


def check_schema(schema: Any) -> None:
    """Raise an `ArchiveError` unless the schema is one that this version reads."""
    if type(schema) is int and schema > SCHEMA:
        reason = f"written by a newer trustgraph (schema {schema}, this one reads {SCHEMA})"
        raise ArchiveError(reason, mend="install the newest trustgraph")
    if type(schema) is not int or schema < 1:
        _refuse("schema", "not a version", schema)


def _refuse(place: str, reason: str, value: Any = "", row: int = 0) -> NoReturn:
    shown = value if isinstance(value, str) else type(value).__name__
    raise ArchiveError(reason, file=place, row=row, value=shown[:_SHOWN], mend=_WRITE_AGAIN)


def _table(name: str, columns: Any) -> pd.DataFrame:
    if name not in TABLE_COLUMNS:
        _refuse("", "an unknown table", name)
    if not isinstance(columns, dict):
        _refuse(name, "not a table of columns")
    read: dict[str, Any] = {}
    for column, told in columns.items():
        place = f"{name}.{column}"
        if column not in TABLE_COLUMNS[name]:
            _refuse(name, "an unknown column", str(column))
        try:
            read[str(column)] = _column(place, str(column), told, as_category=name == "evidence")
        except UnicodeEncodeError:  # not everywhere: it depends on how pandas keeps texts
            _refuse(place, "half a character, which is no text")
        if len(read[str(column)]) != len(next(iter(read.values()))):
            _refuse(place, "not as long as the column before it")
    frame = pd.DataFrame({column: values for column, values in read.items() if values is not None})
    if frame.empty and not read:
        return pd.DataFrame({column: [] for column in TABLE_COLUMNS[name]})
    return frame


def _column(place: str, column: str, told: Any, *, as_category: bool) -> Any:
    if column in _PLAIN:
        return _numbers(place, told, *_PLAIN[column])
    coded = isinstance(told, dict)
    if coded and set(told) != {"values", "codes"}:
        _refuse(place, "neither a list nor values and codes")
    values = told["values"] if coded else told
    if column in _TIMES:
        if coded:
            times = _times(f"{place}.values", values)
            codes = _codes(f"{place}.codes", told["codes"], len(times), least=-1)
            times = np.concatenate([times, _NO_TIME])[codes]
        else:
            times = _times(place, values, known=False)
        return pd.Series(times).dt.tz_localize("UTC")
    texts = np.array(_texts(place, values), dtype=object)
    if not coded:
        return pd.Series(texts, dtype="str")
    codes = _codes(f"{place}.codes", told["codes"], len(texts), least=0)
    if as_category:
        if len(set(values)) < len(values):
            _refuse(f"{place}.values", "a text stands twice")
        return pd.Series(pd.Categorical.from_codes(codes, categories=values))
    return pd.Series(texts[codes], dtype="str")


def _checked(place: str, items: Any, kinds: frozenset[type], what: str) -> list[Any]:
    """Return a list if all of it is of these types, else name the first that is not."""
    if not isinstance(items, list):
        _refuse(place, "not a list")
    if not set(map(type, items)) <= kinds:
        row = next(number for number, item in enumerate(items) if type(item) not in kinds)
        _refuse(place, f"not {what}", items[row], row + 1)
    return items


def _texts(place: str, items: Any) -> list[str]:
    return _checked(place, items, frozenset({str}), "a text")


def _numbers(
    place: str, items: Any, kinds: frozenset[type], dtype: type[np.generic], what: str
) -> "pd.Series[Any]":
    try:
        return pd.Series(np.array(_checked(place, items, kinds, what), dtype=dtype))
    except OverflowError:
        row = next(n for n, item in enumerate(items) if abs(item) >= 2**63)
        return _refuse(place, "a number that is too large", "", row + 1)


def _codes(place: str, items: Any, number: int, *, least: int) -> Any:
    codes = _numbers(place, items, frozenset({int}), np.int64, "a whole number").to_numpy()
    wrong = np.flatnonzero((codes < least) | (codes >= number))
    if len(wrong):
        row = int(wrong[0])
        _refuse(place, f"not from {least} to {number - 1}", str(codes[row]), row + 1)
    return codes


def _times(place: str, items: Any, *, known: bool = True) -> Any:
    """Return moments; the texts of unknown ones are None, if they may be."""
    nothing = type(None)
    texts = _checked(place, items, frozenset({str} if known else {str, nothing}), "a time")
    for row, text in enumerate(texts, start=1):
        if text is not None and not _TIME.fullmatch(text):
            _refuse(place, "not a time like 2026-11-23T10:00:00Z", text, row)
    bare = ["NaT" if text is None else text[:-1] for text in texts]
    for row, text in enumerate(_impossible(bare), start=1):
        if text:
            _refuse(place, "no such time", text, row)
    return np.array(bare, dtype="datetime64[us]")


def _impossible(texts: list[str]) -> list[str]:
    """Return the texts that name no moment, empty where all is well; nothing if all are."""
    try:
        if not (np.array(texts, dtype="datetime64[us]") < _FIRST_TIME).any():
            return []
    except ValueError:
        pass
    found = []
    for text in texts:
        try:
            moment = np.datetime64(text, "us")
        except ValueError:
            found.append(text)
        else:
            found.append(text if moment < _FIRST_TIME else "")
    return found
