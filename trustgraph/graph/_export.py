"""From the arrays of an index back to a graph."""

from collections.abc import Iterator
from typing import Any, Final

import networkx as nx
import numpy as np

from trustgraph._names import CONTRACT_VERSION
from trustgraph._typing import Bools, Floats, Graph
from trustgraph.graph._lookup import IndexArrays
from trustgraph.graph._passing import is_constant
from trustgraph.graph._people import SILENT
from trustgraph.graph._records import record
from trustgraph.graph._values import NUMBERS

__all__ = ["as_networkx"]

BLOCK: Final = 65_536
"""Edges that are made at a time: as Python objects they take far more room than as arrays."""


def as_networkx(index: IndexArrays) -> Graph:
    """Return the graph that a `TrustIndex` stands for; see `TrustIndex.to_networkx`."""
    told: dict[str, Any] = {
        "model": index.model and index.model.model_dump_json(),
        "as_of": index.as_of,
        "owners": index.owners,
    }
    G: Graph = nx.DiGraph(**{name: value for name, value in told.items() if value})
    G.graph["version"] = CONTRACT_VERSION
    G.add_nodes_from(_people(index))
    for low in range(0, index.m, BLOCK):
        G.add_edges_from(_edges(index, low, min(low + BLOCK, index.m)))
    return G


def _people(index: IndexArrays) -> Iterator[tuple[Any, dict[str, Any]]]:
    columns = {name: index._people.column(name) for name in index._people.known}  # noqa: SLF001
    for number, label in enumerate(index.labels):
        told = {name: values[number] for name, values in columns.items()}
        yield label, {name: value for name, value in told.items() if value is not SILENT}


def _edges(index: IndexArrays, low: int, high: int) -> Iterator[tuple[Any, Any, dict[str, Any]]]:
    """Yield edges by source, then target: as the incoming steps stand."""
    step = index.in_step[low:high]
    columns = {}
    for name in (*NUMBERS, "observed"):
        values = getattr(index, name)
        is_trust = name == "endorsed_trust" and values is index.trust
        if is_constant(values) or (is_trust and name not in index._silent):  # noqa: SLF001
            continue
        given = _given(index, name, values)[step]
        columns[name] = [
            value if known else SILENT
            for value, known in zip(values[step].tolist(), given.tolist(), strict=True)
        ]
    labels = index.labels
    records = index._records  # noqa: SLF001
    told_of = records if records is not None and records.names else None
    ends = zip(index.out_asked[step].tolist(), index.in_asker[low:high].tolist(), strict=True)
    for place, (source, target) in enumerate(ends):
        told = {name: values[place] for name, values in columns.items()}
        told = {name: value for name, value in told.items() if value is not SILENT}
        if told_of is not None:
            told |= record(told_of, int(step[place]))
        yield labels[source], labels[target], told


def _given(index: IndexArrays, name: str, values: Floats) -> Bools:
    """Return at which steps the index was given a value."""
    if name in ("certainty", "recall"):
        return ~np.isnan(values)
    silent = index._silent.get(name)  # noqa: SLF001
    if silent is None:
        return np.ones(len(values), bool)
    return ~np.unpackbits(silent, count=len(values)).astype(bool)
