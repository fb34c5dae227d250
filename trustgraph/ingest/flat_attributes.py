"""Attributes of graphs as files of graphs can hold them: texts, numbers, yes and no.

An attribute that holds anything else (a dictionary, a tuple, letters that XML forbids) is written
as JSON text for every person or edge, and the file says which attributes those are.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import networkx as nx
import numpy as np

from trustgraph._typing import Graph
from trustgraph.errors import ArchiveError, GraphContractError

__all__ = ["Flat", "flat_graph", "restored_graph"]

RENAMED: Final = "trustgraph_"
"""Stands before names that have a meaning of their own in a file."""
_UNFIT: Final = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010fffd]")
_LARGEST: Final = 2**63
_PLAIN: Final = frozenset({str, bool, int, float})
_DAMAGED: Final = "write the file again with trustgraph"

Records = Iterable[Mapping[Any, Any]]


@dataclass(frozen=True)
class Flat:
    """A graph that a file can hold, and what must be known to restore it."""

    graph: Graph
    told: dict[str, Any]


def flat_graph(G: "nx.Graph[Any]", reserved: Mapping[str, frozenset[str]]) -> Flat:
    """Return a graph whose attributes are texts, numbers and truth values.

    Parameters
    ----------
    G
        Any `networkx.DiGraph`.
    reserved
        ``"graph"``, ``"node"``, ``"edge"`` -> names that have a meaning of their own in the file.

    Returns
    -------
    Flat
        The graph, and ``node``, ``edge``, ``graph``: names of attributes that are JSON; ``ids``:
        whether ids are.

    Raises
    ------
    GraphContractError
        If it is another kind of graph, or a value that JSON cannot hold.
    """
    if not isinstance(G, nx.DiGraph) or G.is_multigraph():
        fault = f"a {type(G).__name__} cannot be written; make a networkx.DiGraph of it"
        raise GraphContractError([fault])
    nodes, edges = list(G.nodes(data=True)), list(G.edges(data=True))
    told: dict[str, Any] = {
        "node": _nested(data for _, data in nodes),
        "edge": _nested(data for *_, data in edges),
        "graph": _nested([G.graph]),
        "ids": not all(isinstance(one, str) and not _UNFIT.search(one) for one in G.nodes),
    }
    ids = {one: _json(one, "id") if told["ids"] else one for one in G.nodes}
    flat: Graph = nx.DiGraph(**_flat(G.graph, told["graph"], reserved["graph"]))
    node, edge = reserved["node"], reserved["edge"]
    flat.add_nodes_from((ids[one], _flat(data, told["node"], node)) for one, data in nodes)
    flat.add_edges_from((ids[u], ids[v], _flat(data, told["edge"], edge)) for u, v, data in edges)
    return Flat(flat, told)


def _nested(records: Records) -> list[str]:
    """Return names of attributes that are not of one plain type that XML can hold."""
    kinds: dict[str, set[type]] = {}
    for data in records:
        for name, value in data.items():
            kinds.setdefault(str(name), set()).add(_kind(value))
    unfit = [name for name in kinds if _UNFIT.search(name)]
    if unfit:
        raise GraphContractError([f"no file can hold an attribute named {unfit[0]!r}"])
    return sorted(name for name, found in kinds.items() if len(found) > 1 or not found <= _PLAIN)


def _kind(value: Any) -> type:
    """Return the plain type of a value; ``type(None)`` if it must be written as JSON."""
    plain = value.item() if isinstance(value, np.generic) else value
    kind = type(plain)
    is_unfit = (
        (kind is str and _UNFIT.search(plain))
        or (kind is float and not np.isfinite(plain))
        or (kind is int and not -_LARGEST <= plain < _LARGEST)
    )
    return kind if kind in _PLAIN and not is_unfit else type(None)


def _flat(
    data: Mapping[Any, Any], nested: Iterable[str], reserved: frozenset[str]
) -> dict[str, Any]:
    flat = {}
    for title, given in data.items():
        name = str(title)
        value = given.item() if isinstance(given, np.generic) else given
        is_taken = name in reserved or name.startswith(RENAMED)
        key = f"{RENAMED}{name}" if is_taken else name
        flat[key] = _json(value, name) if name in nested else value
    return flat


def _json(value: Any, name: str) -> str:
    try:
        return json.dumps(value, default=_number)
    except (TypeError, ValueError, RecursionError) as error:
        fault = f"{name}: a {type(value).__name__} cannot be written; use text, numbers or tuples"
        raise GraphContractError([fault]) from error


def _number(value: Any) -> Any:
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError


def restored_graph(G: Graph, told: Any, file: str) -> Graph:
    """Return the graph of which `flat_graph` made this one.

    Parameters
    ----------
    G
        The graph as the file holds it.
    told
        What `Flat` told, as the file holds it.
    file
        Name of the file, for messages.

    Returns
    -------
    networkx.DiGraph
        The graph; lists come back as tuples.

    Raises
    ------
    ArchiveError
        If the file was changed so that it cannot be restored.
    """
    names = {part: _names(told, part, file) for part in ("node", "edge", "graph")}
    ids = {one: _label(one, file) if told.get("ids") is True else one for one in G.nodes}
    if len(set(ids.values())) < len(ids):
        raise ArchiveError("an id stands twice", file=file, mend=_DAMAGED)
    whole: Graph = nx.DiGraph()
    whole.graph.update(_restored(G.graph, names["graph"], file))
    whole.add_nodes_from(
        (ids[one], _restored(data, names["node"], file)) for one, data in G.nodes(data=True)
    )
    for source, target, data in G.edges(data=True):
        whole.add_edge(ids[source], ids[target])
        whole.edges[ids[source], ids[target]].update(_restored(data, names["edge"], file))
    return whole


def _names(told: Any, part: str, file: str) -> frozenset[str]:
    names = told.get(part) if isinstance(told, dict) else None
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise ArchiveError("its own notes cannot be read", file=file, mend=_DAMAGED)
    return frozenset(names)


def _label(text: str, file: str) -> Any:
    label = value_of(text, file)
    if isinstance(label, str | int):
        return label
    raise ArchiveError("an id that is neither text nor a whole number", file=file, mend=_DAMAGED)


def _restored(data: Mapping[str, Any], nested: frozenset[str], file: str) -> dict[str, Any]:
    restored = {}
    for key, value in data.items():
        name = key.removeprefix(RENAMED)
        restored[name] = value_of(value, file) if name in nested else value
    return restored


def value_of(text: Any, file: str) -> Any:
    """Return what a JSON text holds, lists as tuples."""
    try:
        return _tuples(json.loads(text))
    except (TypeError, ValueError, RecursionError) as error:
        shown = str(text)[:60]
        reason = "an attribute that should be JSON"
        raise ArchiveError(reason, file=file, value=shown, mend=_DAMAGED) from error


def _tuples(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_tuples(one) for one in value)
    if isinstance(value, dict):
        return {key: _tuples(one) for key, one in value.items()}
    return value
