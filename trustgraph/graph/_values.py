"""Values of edges as they enter the arrays of an index, checked in bulk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from trustgraph._typing import Graph, Ints
from trustgraph.errors import GraphContractError

__all__ = ["NUMBERS", "Columns", "Ties", "check_ranges", "frame_columns", "graph_ties"]

NUMBERS: Final = (
    "trust",
    "certainty",
    "willingness",
    "endorsed_trust",
    "forwards",
    "recall",
    "response",
)
"""Numbers of an edge that an index holds."""

Columns = Mapping[str, npt.NDArray[Any] | None]
"""Name of an attribute -> its values by edge, NaN where an edge is silent; None: all are."""

BLOCK = 512
"""Edges that are read together: so few stay in the cache of a processor for all attributes."""
LISTED = 20
"""Values out of range that are told one by one."""


@dataclass(frozen=True, eq=False)
class Ties:
    """The edges of a graph: both ends as numbers, values, names of all attributes, and these."""

    source: Ints
    target: Ints
    columns: Columns
    names: frozenset[str]
    edges: Sequence[Mapping[str, Any]]


def graph_ties(G: Graph, numbers: Mapping[Any, int] | None, n: int) -> Ties:
    """Read the edges of a graph, each once.

    Parameters
    ----------
    G
        The graph.
    numbers
        Id -> number; None: ids are numbers.
    n
        Number of people.

    Returns
    -------
    Ties
        The edges in the order of the graph.

    Raises
    ------
    TypeError, ValueError
        If a value is not of its type.
    """
    sources, length = np.empty(n, np.int32), np.empty(n, np.int64)
    targets: list[Any] = []
    edges: list[Mapping[str, Any]] = []
    for place, (source, ties) in enumerate(G.adjacency()):
        sources[place] = source if numbers is None else numbers[source]
        length[place] = len(ties)
        targets.extend(ties)
        edges.extend(ties.values())
    found = targets if numbers is None else map(numbers.__getitem__, targets)
    ends = np.repeat(sources, length), np.fromiter(found, np.int32, len(targets))
    return Ties(*ends, *_read(edges), edges)


def _read(edges: Sequence[Mapping[str, Any]]) -> tuple[Columns, frozenset[str]]:
    m = len(edges)
    columns: dict[str, npt.NDArray[Any]] = {}
    known = {*NUMBERS, "observed"}
    names: set[str] = set()
    for low in range(0, m, BLOCK):
        block = edges[low : low + BLOCK]
        here = set().union(*block)
        names |= here
        for name in known & here:
            if name not in columns:
                columns[name] = np.full(m, np.nan)
            columns[name][low : low + len(block)] = _values(name, block)
    return {name: columns.get(name) for name in (*NUMBERS, "observed")}, frozenset(names)


def _values(name: str, block: Sequence[Mapping[str, Any]]) -> npt.NDArray[Any]:
    try:
        values = list(map(itemgetter(name), block))
    except KeyError:
        values = [attributes.get(name, np.nan) for attributes in block]
        if name == "observed":
            given = [attributes["observed"] for attributes in block if "observed" in attributes]
            _check_flags(given)
    else:
        if name == "observed":
            _check_flags(values)
    return np.array(values, np.float64)


def _check_flags(values: Sequence[Any]) -> None:
    if not set(map(type, values)) <= {bool, np.bool_}:
        message = "a value of observed is not true or false"
        raise TypeError(message)


def frame_columns(edges: pd.DataFrame) -> Columns:
    """Read the values of a frame of edges.

    Parameters
    ----------
    edges
        One row an edge.

    Returns
    -------
    Columns
        The values by row.

    Raises
    ------
    GraphContractError
        If a column does not hold numbers, or ``observed`` not truth values.
    """
    columns: dict[str, npt.NDArray[Any] | None] = {}
    faults = []
    for name in (*NUMBERS, "observed"):
        if name not in edges.columns:
            columns[name] = None
            continue
        try:
            columns[name] = (_flags if name == "observed" else _numbers)(edges[name])
        except (TypeError, ValueError):
            told = "True or False" if name == "observed" else "numbers"
            faults.append(f"the column {name!r} of the edges must hold {told}")
    if faults:
        raise GraphContractError(faults)
    return columns


def _numbers(column: "pd.Series[Any]") -> npt.NDArray[Any]:
    if isinstance(column.dtype, np.dtype):
        return column.to_numpy(np.float64)
    return column.to_numpy(np.float64, na_value=np.nan)


def _flags(column: "pd.Series[Any]") -> npt.NDArray[Any]:
    if column.dtype == bool:
        return column.to_numpy()
    given = column[column.notna()]
    _check_flags(given.tolist())
    values = np.full(len(column), np.nan)
    values[column.notna().to_numpy()] = given.to_numpy(bool)
    return values


def check_ranges(columns: Columns, asker: Ints, asked: Ints, labels: Sequence[Any]) -> None:
    """Raise a `GraphContractError` that tells the values outside [0, 1].

    Parameters
    ----------
    columns
        Values by edge.
    asker, asked
        Numbers of the ends of each edge: whom it trusts, and who trusts.
    labels
        Ids by number.
    """
    number = 0
    faults: list[str] = []
    for name in NUMBERS:
        bad = _outside(columns[name], required=name == "trust", m=len(asker))
        number += len(bad)
        values = columns[name]
        for edge in bad[: LISTED - len(faults)].tolist():
            value = np.nan if values is None else values[edge]
            pair = f"{labels[asked[edge]]!r} -> {labels[asker[edge]]!r}"
            faults.append(f"edge {pair}: {name} is {value:g}, it must lie in [0, 1]")
    if number > len(faults):
        faults.insert(0, f"{number} values lie outside [0, 1], the first {len(faults)} are told")
    if faults:
        raise GraphContractError(faults)


def _outside(values: npt.NDArray[Any] | None, *, required: bool, m: int) -> npt.NDArray[np.intp]:
    if values is None:
        return np.arange(m if required else 0)
    if not m:
        return np.arange(0)
    low, high = np.fmin.reduce(values), np.fmax.reduce(values)
    if required:
        low = values.min()  # not a number if one value is not
    if (low >= 0 and high <= 1) or (not required and np.isnan(low)):
        return np.arange(0)
    bad = (values < 0) | (values > 1)
    if required:
        bad |= np.isnan(values)
    return np.flatnonzero(bad)
