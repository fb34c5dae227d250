"""What is told of the records behind a tie; looked up, never counted with."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

from trustgraph._typing import Ints, LongInts
from trustgraph.errors import IndexFileError
from trustgraph.graph._index_file import AGAIN

__all__ = [
    "RECORDS",
    "FrameRecords",
    "GraphRecords",
    "Records",
    "TextRecords",
    "plain",
    "record",
]

Array = npt.NDArray[Any]

RECORDS: Final = ("belief", "proximity", "rating", "last_contact", "evidence", "kinds")
"""Attributes of an edge that no array of an index holds."""


class Records(Protocol):
    """Something that knows what is told of ties; ``names`` are those of `RECORDS` that it knows."""

    names: frozenset[str]

    def of(self, step: int) -> dict[str, Any]:
        """Return the attributes of the edge that the step stands on."""

    def all_of(self, name: str) -> list[Any]:
        """Return one attribute of every edge, by step; None where it is not told."""


class GraphRecords:
    """The records that the edges of a graph hold: every attribute, as it is when asked for.

    Parameters
    ----------
    edges
        Attributes of each edge, those of the graph itself: they outlive the edge in the graph.
    row
        Place of each step's edge among them, shape (m,).
    names
        Attributes that some edge has.
    """

    def __init__(
        self, edges: Sequence[Mapping[str, Any]], row: Ints, names: frozenset[str]
    ) -> None:
        self._edges = edges
        self._row = row
        self.names = names.intersection(RECORDS)

    def of(self, step: int) -> dict[str, Any]:
        """Return all attributes of the edge."""
        return dict(self._edges[int(self._row[step])])

    def all_of(self, name: str) -> list[Any]:
        """Return one attribute of every edge, by step."""
        return [self._edges[row].get(name) for row in self._row.tolist()]


class FrameRecords:
    """The records that a frame of edges holds, in the order of its rows.

    Parameters
    ----------
    frame
        Columns out of `RECORDS`.
    row
        Row of each step, shape (m,).
    """

    def __init__(self, frame: pd.DataFrame, row: Ints) -> None:
        self._frame = frame
        self._row = row
        self.names = frozenset(map(str, frame.columns))

    def of(self, step: int) -> dict[str, Any]:
        """Return what the row of the edge tells, without what is missing."""
        row = int(self._row[step])
        told = {str(name): self._frame[name].iloc[row] for name in self._frame.columns}
        return {name: plain(value) for name, value in told.items() if not _is_missing(value)}

    def all_of(self, name: str) -> list[Any]:
        """Return one attribute of every edge, by step."""
        told: list[Any] = self._frame[name].iloc[self._row].tolist()
        return [None if _is_missing(value) else value for value in told]


class TextRecords:
    """The records of a file: one text in JSON a step, parsed when it is asked for.

    Parameters
    ----------
    file
        The file, for messages.
    held
        The texts, one after the other.
    start
        Where each begins, shape (m + 1,).
    names
        Which of `RECORDS` they tell.
    """

    def __init__(self, file: str, held: Array, start: LongInts, names: Iterable[str]) -> None:
        self._file = file
        self._held = held
        self._start = start
        self.names = frozenset(names).intersection(RECORDS)

    def of(self, step: int) -> dict[str, Any]:
        """Return what the record of the step tells."""
        text = bytes(self._held[self._start[step] : self._start[step + 1]])
        try:
            return dict(json.loads(text))
        except (TypeError, ValueError, RecursionError) as error:
            reason = "a record behind a tie cannot be read"
            raise IndexFileError(self._file, reason, mend=AGAIN) from error

    def all_of(self, name: str) -> list[Any]:
        """Return one attribute of every edge, by step."""
        return [self.of(step).get(name) for step in range(len(self._start) - 1)]


def plain(value: Any) -> Any:
    """Return a value as plain Python; NumPy's numbers become Python's."""
    return value.item() if isinstance(value, np.generic) else value


def _is_missing(value: Any) -> bool:
    return value is None or (pd.api.types.is_scalar(value) and bool(pd.isna(value)))


def record(records: Records, step: int) -> dict[str, Any]:
    """Return which of `RECORDS` are told of a step."""
    told = records.of(step)
    return {name: told[name] for name in RECORDS if name in told}
