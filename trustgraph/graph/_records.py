"""What is told of the records behind a tie; looked up, never counted with."""

from collections.abc import Callable, Iterator
from typing import Any, Final, Protocol

import numpy as np
import pandas as pd

from trustgraph._typing import Graph, Ints

__all__ = [
    "RECORDS",
    "FrameRecords",
    "GraphRecords",
    "Records",
    "TextRecords",
    "plain",
    "record",
    "records_of",
]

RECORDS: Final = ("belief", "proximity", "rating", "last_contact", "evidence", "kinds")
"""Attributes of an edge that no array of an index holds."""


class Records(Protocol):
    """Something that knows what is told of a tie.

    ``told`` says whether there is any of `RECORDS` at all.
    """

    told: bool

    def of(self, step: int, source: Any, target: Any) -> dict[str, Any]:
        """Return the attributes of the edge source -> target, which the step stands on."""


class GraphRecords:
    """The records that a graph holds: every attribute of its edges.

    Parameters
    ----------
    G
        The graph.
    names
        Attributes that some edge has.
    """

    def __init__(self, G: Graph, names: frozenset[str]) -> None:
        self._graph = G
        self.told = not names.isdisjoint(RECORDS)

    def of(self, step: int, source: Any, target: Any) -> dict[str, Any]:  # noqa: ARG002
        """Return all attributes of the edge."""
        return dict(self._graph.edges[source, target])


class FrameRecords:
    """The records that a frame of edges holds, in the order of its rows.

    Parameters
    ----------
    frame
        Columns out of `RECORDS`.
    row
        Row of each step, shape (m,).
    """

    told = True

    def __init__(self, frame: pd.DataFrame, row: Ints) -> None:
        self._frame = frame
        self._row = row

    def of(self, step: int, source: Any, target: Any) -> dict[str, Any]:  # noqa: ARG002
        """Return what the row of the edge tells, without what is missing."""
        row = int(self._row[step])
        told = {str(name): self._frame[name].iloc[row] for name in self._frame.columns}
        return {name: plain(value) for name, value in told.items() if not _is_missing(value)}


class TextRecords:
    """The records of a file: one text in JSON a step, parsed when it is asked for.

    Parameters
    ----------
    parse
        Returns what the record of a step tells, by the step's number.
    """

    told = True

    def __init__(self, parse: Callable[[int], dict[str, Any]]) -> None:
        self._parse = parse

    def of(self, step: int, source: Any, target: Any) -> dict[str, Any]:  # noqa: ARG002
        """Return what the record of the step tells."""
        return self._parse(step)


def plain(value: Any) -> Any:
    """Return a value as plain Python; NumPy's numbers become Python's."""
    return value.item() if isinstance(value, np.generic) else value


def _is_missing(value: Any) -> bool:
    return value is None or (pd.api.types.is_scalar(value) and bool(pd.isna(value)))


def record(index: Any, step: int, asker: int) -> dict[str, Any]:
    """Return what a `TrustIndex` knows of the records behind a step."""
    labels, asked = index.labels, int(index.out_asked[step])
    told = index._records.of(step, labels[asked], labels[asker])  # noqa: SLF001
    return {name: told[name] for name in RECORDS if name in told}


def records_of(index: Any) -> Iterator[dict[str, Any]]:
    """Yield what a `TrustIndex` knows of the records behind every step."""
    for asker in range(index.n):
        for step in range(int(index.out_start[asker]), int(index.out_start[asker + 1])):
            yield record(index, step, asker)
