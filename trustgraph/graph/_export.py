"""From the arrays of an index back to a graph."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

import networkx as nx
import numpy as np
import numpy.typing as npt

from trustgraph._names import CONTRACT_VERSION
from trustgraph._typing import Bools, Floats, Graph
from trustgraph.graph._lookup import IndexArrays
from trustgraph.graph._passing import is_constant
from trustgraph.graph._people import SILENT, People
from trustgraph.graph._records import Records, record
from trustgraph.graph._values import NUMBERS

__all__ = ["as_networkx"]

Silent: TypeAlias = Mapping[str, npt.NDArray[np.uint8]]
BLOCK: Final = 65_536
"""Edges that are made at a time: as Python objects they take far more room than as arrays."""


def as_networkx(
    index: IndexArrays, *, people: People, silent: Silent, records: Records | None
) -> Graph:
    """Return the graph that a `TrustIndex` stands for; see `TrustIndex.to_networkx`."""
    told: dict[str, Any] = {
        "model": index.model and index.model.model_dump_json(),
        "as_of": index.as_of,
        "owners": index.owners,
    }
    G: Graph = nx.DiGraph(**{name: value for name, value in told.items() if value})
    G.graph["version"] = CONTRACT_VERSION
    G.add_nodes_from(_nodes(index.labels, people))
    for low in range(0, index.m, BLOCK):
        here = slice(low, min(low + BLOCK, index.m))
        G.add_edges_from(_edges(index, here, silent, records))
    return G


def _nodes(labels: Sequence[Any], people: People) -> Iterator[tuple[Any, dict[str, Any]]]:
    columns = {name: people.column(name) for name in people.known}
    for number, label in enumerate(labels):
        told = {name: values[number] for name, values in columns.items()}
        yield label, {name: value for name, value in told.items() if value is not SILENT}


def _edges(
    index: IndexArrays, here: slice, silent: Silent, records: Records | None
) -> Iterator[tuple[Any, Any, dict[str, Any]]]:
    """Yield edges by source, then target: as the incoming steps stand."""
    step = index.in_step[here]
    columns = {}
    for name in (*NUMBERS, "observed"):
        values = getattr(index, name)
        is_trust = name == "endorsed_trust" and values is index.trust
        if is_constant(values) or (is_trust and name not in silent):
            continue
        given = _given(name, values, silent)[step]
        columns[name] = [
            value if known else SILENT
            for value, known in zip(values[step].tolist(), given.tolist(), strict=True)
        ]
    labels = index.labels
    told_of = records if records is not None and records.names else None
    ends = zip(index.out_asked[step].tolist(), index.in_asker[here].tolist(), strict=True)
    for place, (source, target) in enumerate(ends):
        told = {name: values[place] for name, values in columns.items()}
        told = {name: value for name, value in told.items() if value is not SILENT}
        if told_of is not None:
            told |= record(told_of, int(step[place]))
        yield labels[source], labels[target], told


def _given(name: str, values: Floats, silent: Silent) -> Bools:
    """Return at which steps the index was given a value."""
    if name in ("certainty", "recall"):
        return ~np.isnan(values)
    if name not in silent:
        return np.ones(len(values), bool)
    return ~np.unpackbits(silent[name], count=len(values)).astype(bool)
