"""What a caller gives besides a graph, held against what is meant."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any, Final

import pandas as pd

from trustgraph.errors import GraphContractError
from trustgraph.graph._people import NODE_DEFAULTS
from trustgraph.graph._records import RECORDS, plain
from trustgraph.graph._values import NUMBERS
from trustgraph.graph.contract import GRAPH_CHECKS, NODE_CHECKS, is_label, shown
from trustgraph.trust.model import TrustModel

__all__ = ["check_frames", "day_of", "owners_of"]

REQUIRED: Final = ("source", "target", "trust")
READ: Final = (*REQUIRED, *NUMBERS[1:], "observed", *RECORDS)
CHECKED: Final = ("do_not_ask", "also", "past", "schools")
"""Columns of people whose values are looked at; what is no text in a column of texts is none."""
LISTED: Final = 20
"""Values of people that are told one by one."""


def check_frames(edges: Any, people: Any, model: Any) -> None:
    """Raise an error that tells what is wrong with frames before their values are read.

    Parameters
    ----------
    edges, people, model
        As `TrustIndex.from_frame` was given them.

    Raises
    ------
    TypeError
        If one is of another type altogether.
    GraphContractError
        If a column is missing or stands twice, or holds of people what it may not.
    """
    wanted: dict[str, tuple[Any, type[Any]]] = {"edges": (edges, pd.DataFrame)}
    wanted |= {} if people is None else {"people": (people, pd.DataFrame)}
    wanted |= {} if model is None else {"model": (model, TrustModel)}
    for name, (given, kind) in wanted.items():
        if not isinstance(given, kind):
            message = f"{name} is of type {type(given).__name__}; give a {kind.__name__}"
            raise TypeError(message)
    faults = [
        f"the frame of edges has no column {name!r}"
        for name in REQUIRED
        if name not in edges.columns
    ]
    faults += [*_twice(edges, "edges", READ)]
    if people is not None:
        faults += [*_twice(people, "people", (*NODE_DEFAULTS, "kind"))]
    if not faults and people is not None:
        faults = _about_people(people)
    if faults:
        raise GraphContractError(faults)


def _twice(frame: pd.DataFrame, told: str, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        if (frame.columns == name).sum() > 1:
            yield f"the frame of {told} has several columns {name!r}; keep one"


def _about_people(people: pd.DataFrame) -> list[str]:
    faults: list[str] = []
    number = 0
    for name in CHECKED:
        if name not in people.columns or people[name].dtype == bool:
            continue
        given = people[name].dropna()
        for label, value in zip(given.index, given.tolist(), strict=True):
            complaint = "" if value == () else NODE_CHECKS[name](value)
            if complaint:
                number += 1
                if len(faults) < LISTED:
                    faults.append(f"person {shown(label)}: {name} is {shown(value)}, {complaint}")
    if number > len(faults):
        faults.insert(0, f"{number} values of people are wrong, the first {LISTED} are told")
    return faults


def day_of(as_of: Any) -> str:
    """Return a date or time as ISO text.

    Parameters
    ----------
    as_of
        A date, a time, or text.

    Returns
    -------
    str
        The text.

    Raises
    ------
    GraphContractError
        If it is no date.
    """
    text = as_of.isoformat() if isinstance(as_of, dt.date) else as_of
    if complaint := GRAPH_CHECKS["as_of"](text):
        raise GraphContractError([f"as_of is {shown(as_of)}, {complaint}"])
    return str(text)


def owners_of(owners: Any) -> tuple[Any, ...]:
    """Return the ids of owners; a single id is one owner.

    Parameters
    ----------
    owners
        Ids, or one id.

    Returns
    -------
    tuple
        The ids.

    Raises
    ------
    GraphContractError
        If one is no id.
    """
    alone = isinstance(owners, str) or is_label(owners) or not isinstance(owners, Iterable)
    given = tuple(map(plain, (owners,) if alone else owners))
    if complaint := GRAPH_CHECKS["owners"](given):
        raise GraphContractError([f"owners is {shown(given)}, {complaint}"])
    return given
