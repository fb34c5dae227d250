"""What an index knows of people besides their ties: columns by number, made when asked for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import pandas as pd

from trustgraph._text import clean
from trustgraph._typing import Bools, Graph, LongInts

__all__ = ["NODE_DEFAULTS", "SILENT", "People"]

SILENT: Final = None
"""Stands where nothing is known of a person; no attribute of a person may be None."""

NODE_DEFAULTS: Final[Mapping[str, Any]] = {
    "name": "",
    "organisation": "",
    "position": "",
    "do_not_ask": False,
    "also": (),
    "past": (),
    "schools": (),
}
"""Column of ``TrustIndex.nodes`` -> what it holds for a person of whom nothing is known."""

TEXTS: Final = ("name", "organisation", "position", "kind")
KEPT: Final = (*NODE_DEFAULTS, "kind")

Column = Callable[[], Sequence[Any]]
"""Returns the values of a column by number, `SILENT` where nothing is known."""


class People:
    """Columns of people by number; a column that is known of nobody is absent.

    Parameters
    ----------
    labels
        Ids by number.
    columns
        Name -> a function that returns the values by number.
    """

    def __init__(self, labels: Sequence[Any], columns: Mapping[str, Column]) -> None:
        self._labels = labels
        self._makers = columns
        self._made: dict[str, Sequence[Any]] = {}

    @classmethod
    def from_graph(cls, G: Graph, labels: Sequence[Any]) -> "People":
        """Return what a graph tells of its people now; later changes of the graph do not count."""
        rows = [G.nodes[label] for label in labels]
        known = set().union(*filter(None, rows))
        if "do_not_ask" in known:
            _check_flags([row.get("do_not_ask", SILENT) for row in rows])
        columns = {
            name: Held([row.get(name, SILENT) for row in rows]) for name in KEPT if name in known
        }
        return cls(labels, columns)

    @classmethod
    def from_frame(
        cls, people: pd.DataFrame | None, numbers: LongInts, labels: Sequence[Any]
    ) -> "People":
        """Return what a frame tells of the people whose numbers its rows stand for."""
        if people is None:
            return cls(labels, {})
        columns = {
            name: Spread(people[name], numbers, len(labels))
            for name in KEPT
            if name in people.columns
        }
        return cls(labels, columns)

    @property
    def known(self) -> tuple[str, ...]:
        """Names of the columns, in the order of the contract."""
        return tuple(name for name in KEPT if name in self._makers)

    def column(self, name: str) -> Sequence[Any]:
        """Return the values of a known column by number, `SILENT` where nothing is known."""
        if name not in self._made:
            values = self._makers[name]()
            if name in TEXTS:
                values = [value if isinstance(value, str) else SILENT for value in values]
            self._made[name] = values
        return self._made[name]

    @cached_property
    def names(self) -> list[str]:
        """Full names by number; the id where no name is known, or none that can be seen."""
        if "name" not in self._makers:
            return list(map(str, self._labels))
        pairs = zip(self.column("name"), self._labels, strict=True)
        return [name if name and _is_seen(name) else str(label) for name, label in pairs]

    @cached_property
    def frame(self) -> pd.DataFrame:
        """One row a person, the columns of `NODE_DEFAULTS`."""
        columns: dict[str, Any] = {"name": self.names}
        for name, default in NODE_DEFAULTS.items():
            if name in self._makers and name != "name":
                known = self.column(name)
                columns[name] = [default if value is SILENT else value for value in known]
            elif name != "name":
                columns[name] = [default] * len(self._labels)
        return pd.DataFrame(columns)

    @cached_property
    def spared(self) -> Bools:
        """Who is not to be asked, by number."""
        if "do_not_ask" not in self._makers:
            return np.zeros(len(self._labels), bool)
        return np.fromiter(map(bool, self.column("do_not_ask")), bool, len(self._labels))


def _is_seen(name: str) -> bool:
    """Tell whether a name shows anything; most begin with a plain letter, which is soon told."""
    return (name[:1].isascii() and name[:1].isalnum()) or bool(clean(name))


def _check_flags(values: Sequence[Any]) -> None:
    if not set(map(type, values)) <= {bool, np.bool_, type(SILENT)}:  # text would all be true
        message = "a value of do_not_ask is not true or false"
        raise TypeError(message)


@dataclass(frozen=True, eq=False)
class Held:
    """A column by number, as it is."""

    values: Sequence[Any]

    def __call__(self) -> Sequence[Any]:
        """Return the values by number."""
        return self.values


@dataclass(frozen=True, eq=False)
class Spread:
    """A column of a frame whose rows stand for the people of some numbers, out of n."""

    column: "pd.Series[Any]"
    numbers: LongInts
    n: int

    def __call__(self) -> Sequence[Any]:
        """Return the values by number."""
        spread = np.full(self.n, SILENT, object)
        known = self.column.notna().to_numpy()
        spread[self.numbers[known]] = self.column.to_numpy(object)[known]
        return list(spread)
