"""Several kinds of ties between the same people."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd

from trustgraph._text import listed
from trustgraph._typing import Bools, Graph
from trustgraph.errors import GraphContractError
from trustgraph.graph.contract import is_label, shown

__all__ = ["Layers"]

ENDS = ["source", "target"]
NAMED = 3
"""Rows that a message names."""


@dataclass(frozen=True, eq=False, repr=False)
class Layers:
    """People, and several kinds of ties between them.

    Parameters
    ----------
    people
        Indexed by id: text or whole numbers; columns are attributes.
    ties
        Name of a kind of tie -> frame with the columns ``source`` and ``target``, one row a tie:
        the source names the target as somebody of that kind, for instance as somebody whose advice
        is sought. Nobody has a tie to themselves, or twice to the same person.

    Raises
    ------
    GraphContractError
        If ids are missing, unusable or unknown, or a tie stands there twice or leads from a person
        to themselves.

    Examples
    --------
    >>> people = pd.DataFrame({"age": [33, 42, 40]}, index=["ana", "bo", "cy"])
    >>> asks = pd.DataFrame({"source": ["ana", "bo"], "target": ["bo", "cy"]})
    >>> firm = tg.datasets.Layers(people, {"advice": asks})
    >>> firm
    Layers(people=3, advice=2)
    >>> firm.matrix("advice").astype(int).tolist()
    [[0, 1, 0], [0, 0, 1], [0, 0, 0]]
    """

    people: pd.DataFrame
    ties: Mapping[str, pd.DataFrame]

    def __post_init__(self) -> None:
        """Check the people and the ties, and keep copies."""
        people = self.people.rename_axis(index="person")
        if faults := _people_faults(people.index):
            raise GraphContractError(faults)
        faults = [
            f"{name}: {fault}"
            for name, frame in self.ties.items()
            for fault in _tie_faults(frame, people.index)
        ]
        if faults:
            raise GraphContractError(faults)
        kept = {name: frame[ENDS].reset_index(drop=True) for name, frame in self.ties.items()}
        object.__setattr__(self, "people", people)
        object.__setattr__(self, "ties", MappingProxyType(kept))

    def matrix(self, name: str) -> Bools:
        """Return who has a tie to whom.

        Parameters
        ----------
        name
            Kind of tie.

        Returns
        -------
        ndarray
            Shape (n, n), in the order of ``people``: row the source, column the target.

        Raises
        ------
        ValueError
            If there is no such kind of tie.

        Examples
        --------
        >>> tie = pd.DataFrame({"source": [1], "target": [2]})
        >>> firm = tg.datasets.Layers(pd.DataFrame(index=[1, 2]), {"friendship": tie})
        >>> firm.matrix("friendship").tolist()
        [[False, True], [False, False]]
        """
        frame = self._layer(name)
        found: Bools = np.zeros((len(self.people), len(self.people)), bool)
        source, target = (self.people.index.get_indexer(pd.Index(frame[end])) for end in ENDS)
        found[source, target] = True
        return found

    def to_networkx(self, name: str) -> Graph:
        """Return one kind of tie as a trust graph: each tie is full trust of source in target.

        Parameters
        ----------
        name
            Kind of tie.

        Returns
        -------
        networkx.DiGraph
            All people with their attributes, also those without a tie; ``trust`` 1 on every edge.

        Raises
        ------
        ValueError
            If there is no such kind of tie.

        Examples
        --------
        >>> tie = pd.DataFrame({"source": [1], "target": [2]})
        >>> firm = tg.datasets.Layers(pd.DataFrame(index=[1, 2, 3]), {"advice": tie})
        >>> firm.to_networkx("advice").edges(data=True)
        OutEdgeDataView([(1, 2, {'trust': 1.0})])
        """
        frame = self._layer(name)
        G: nx.DiGraph[Any] = nx.DiGraph()
        records = self.people.to_dict("records")
        G.add_nodes_from(zip(self.people.index.tolist(), records, strict=True))
        G.add_edges_from(
            zip(frame["source"].tolist(), frame["target"].tolist(), strict=True), trust=1.0
        )
        return G

    def __repr__(self) -> str:
        """Show the size, never the people."""
        sizes = "".join(f", {name}={len(frame)}" for name, frame in self.ties.items())
        return f"Layers(people={len(self.people)}{sizes})"

    def _layer(self, name: str) -> pd.DataFrame:
        if name not in self.ties:
            known = listed([repr(one) for one in self.ties]) if self.ties else "none"
            message = f"there is no kind of tie {name!r}; there is {known}"
            raise ValueError(message)
        return self.ties[name]


def _people_faults(people: "pd.Index[Any]") -> list[str]:
    faults = [
        f"person {shown(one)}: the id is no text and no whole number"
        for one in people
        if not is_label(one)
    ]
    twice = people[people.duplicated()]
    return faults + [f"person {shown(one)} stands twice among the people" for one in twice]


def _tie_faults(frame: pd.DataFrame, people: "pd.Index[Any]") -> list[str]:
    if lacking := [end for end in ENDS if end not in frame.columns]:
        return [f"the frame has no column {listed([repr(end) for end in lacking])}"]
    source, target = (pd.Index(frame[end]) for end in ENDS)
    kinds = {
        "somebody has a tie to themselves; leave it out": source == target,
        "a tie stands there again; keep one": frame.duplicated(ENDS).to_numpy(),
        "an end is not among the people; add them": (people.get_indexer(source) < 0)
        | (people.get_indexer(target) < 0),
    }
    faults = []
    for reason, is_bad in kinds.items():
        rows = np.flatnonzero(is_bad)
        if len(rows):
            told = ", ".join(
                f"row {row + 1}: {shown(source[row])} -> {shown(target[row])}"
                for row in rows[:NAMED].tolist()
            )
            faults.append(f"{reason} ({told}{', …' if len(rows) > NAMED else ''})")
    return faults
