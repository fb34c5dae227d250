"""What a table says, before it is known who is who: people are numbers of the roster."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import cache, partial
from typing import Any, Final

import pandas as pd

from trustgraph.ingest.dates import UTC_DATES
from trustgraph.ingest.identity import OWNER, Roster
from trustgraph.ingest.journal import Journal

__all__ = ["Reader", "Said", "acts_said", "facts_said", "named_said", "places_said", "together"]

Types = Mapping[str, Any]

_ROW: Final[Types] = {"file": "str", "row": "int64"}
_ACTS: Final[Types] = {
    **_ROW,
    "kind": "str",
    "source": "int64",
    "target": "int64",
    "at": UTC_DATES,
    "amount": "float64",
    "words": "str",
}
_FACTS: Final[Types] = {
    **_ROW,
    "kind": "str",
    "person": "int64",
    "text": "str",
    "organisation": "str",
    "at": UTC_DATES,
    "until": UTC_DATES,
    "words": "str",
}
_NAMED: Final[Types] = {
    **_ROW,
    "kind": "str",
    "name": "str",
    "organisation": "str",
    "position": "str",
    "at": UTC_DATES,
}
_PLACES: Final[Types] = {
    "organisation": "str",
    "title": "str",
    "started": UTC_DATES,
    "finished": UTC_DATES,
    "kind": "str",
}


def _framed(types: Types, **columns: Any) -> pd.DataFrame:
    """Return a frame of these columns and types; what is not given is empty, amounts are 1."""
    given = [one for one in columns.values() if isinstance(one, pd.Series)]
    index = given[0].index if given else pd.RangeIndex(0)
    filled = {"amount": 1.0, **columns}
    frame = {
        name: pd.Series(filled.get(name, "" if kind == "str" else None), index=index, dtype=kind)
        for name, kind in types.items()
    }
    return pd.DataFrame(frame, index=index).reset_index(drop=True)


def _same_nothing(types: Types) -> Callable[[], pd.DataFrame]:
    """Return what gives an empty frame, always the same: most tables say nothing of most kinds."""
    return cache(partial(_framed, types))


@dataclass(frozen=True)
class Said:
    """What a table says.

    Attributes
    ----------
    acts
        What one person did towards another: file, row, kind, source, target (numbers of the
        roster), at, amount, words (what was written, if it is kept).
    facts
        What is told of one person: file, row, kind, person (number of the roster), text,
        organisation, at, until, words.
    places
        Where the owner worked and studied, newest first: organisation, title, started, finished,
        kind.
    named
        People told by full name alone, in tables that may name strangers: file, row, kind, name,
        organisation, position, at.
    """

    acts: pd.DataFrame = field(default_factory=_same_nothing(_ACTS))
    facts: pd.DataFrame = field(default_factory=_same_nothing(_FACTS))
    places: pd.DataFrame = field(default_factory=_same_nothing(_PLACES))
    named: pd.DataFrame = field(default_factory=_same_nothing(_NAMED))


Reader = Callable[[pd.DataFrame, Journal, Roster], Said]
"""Reads a table: its rows (with ``file`` and ``row``, the line), the journal, the roster."""


def together(said: Iterable[Said]) -> Said:
    """Return what several tables say."""
    told = list(said) or [Said()]
    return Said(
        **{one.name: _joined([getattr(part, one.name) for part in told]) for one in fields(Said)}
    )


def _joined(frames: list[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat([frame for frame in frames if len(frame)] or frames[:1], ignore_index=True)


def acts_said(rows: pd.DataFrame, kind: str, **columns: Any) -> Said:
    """Return one act a row.

    Parameters
    ----------
    rows
        Rows with ``file``, ``row`` and ``at``, perhaps ``words``.
    kind
        Kind of evidence.
    **columns
        ``source`` and ``target``: numbers of the roster.

    Returns
    -------
    Said
        The acts.
    """
    return Said(acts=_framed(_ACTS, **{**_given(rows, _ACTS), "kind": kind, **columns}))


def facts_said(rows: pd.DataFrame, kind: str, *, person: Any = OWNER) -> Said:
    """Return one fact a row.

    Parameters
    ----------
    rows
        Rows with ``file`` and ``row``, perhaps ``text``, ``organisation``, ``at``, ``until`` and
        ``words``.
    kind
        Kind of fact.
    person
        Numbers of the roster; default: the owner.

    Returns
    -------
    Said
        The facts.
    """
    return Said(facts=_framed(_FACTS, **{**_given(rows, _FACTS), "kind": kind, "person": person}))


def named_said(rows: pd.DataFrame, kind: str) -> Said:
    """Return one mention by full name a row.

    Parameters
    ----------
    rows
        Rows with ``file``, ``row``, ``name`` and ``at``, perhaps ``organisation`` and
        ``position``.
    kind
        Kind of evidence or fact that it becomes once the person is found.

    Returns
    -------
    Said
        The mentions.
    """
    return Said(named=_framed(_NAMED, **{**_given(rows, _NAMED), "kind": kind}))


def places_said(rows: pd.DataFrame, kind: str) -> Said:
    """Return one place of the owner's a row.

    Parameters
    ----------
    rows
        Rows with ``organisation``, ``title``, ``started`` and ``finished``.
    kind
        Kind of position.

    Returns
    -------
    Said
        The places.
    """
    return Said(places=_framed(_PLACES, **{**_given(rows, _PLACES), "kind": kind}))


def _given(rows: pd.DataFrame, types: Types) -> dict[str, Any]:
    return {name: rows[name] for name in types if name in rows.columns}
