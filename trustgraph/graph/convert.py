"""Any NetworkX graph as a trust graph."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import networkx as nx
import numpy as np

from trustgraph._names import CONTRACT_VERSION
from trustgraph._typing import Graph
from trustgraph.errors import GraphContractError
from trustgraph.graph.contract import is_number, require_graph, shown, sorted_labels, validate_graph

__all__ = ["from_networkx"]

Tie = tuple[Any, Any, dict[str, Any]]

SILENT: Final = {"organisation": "", "position": "", "kind": "person"}


def from_networkx(
    G: "nx.Graph[Any]",
    *,
    trust: str | float | Mapping[tuple[Any, Any], float] = "trust",
    maximum: float = 1.0,
    signed: bool = False,
) -> Graph:
    """Return a trust graph made of any NetworkX graph; the one given stays as it is.

    Parameters
    ----------
    G
        Directed or not, with parallel edges or not. An edge from one person to another is taken
        as the trust of the first in the second; an undirected edge stands for both directions.
        If your edges point from the trusted to the truster, hand in ``G.reverse()``.
    trust
        Where the values come from: the name of an edge attribute (it becomes ``trust`` and is
        not kept under its old name), a mapping (source, target) -> value, or one number for
        every edge.
    maximum
        The value that means full trust, greater than 0; values are divided by it.
    signed
        Whether values are ratings from -maximum to maximum. The scaled value is then kept as
        ``rating`` in [-1, 1], and trust is max(rating, 0).

    Returns
    -------
    networkx.DiGraph
        A graph under the contract, people and edges in sorted order. People without a ``name``
        are called by their label. Other attributes are kept; of parallel edges those of the
        edge with the largest value.

    Raises
    ------
    GraphContractError
        If an edge has no value, a value is not a number or out of range, somebody has an edge to
        themselves, or a kept attribute breaks the contract; it lists all faults.
    ValueError
        If ``maximum`` is not a positive number.

    Examples
    --------
    >>> G = nx.Graph()
    >>> G.add_edge("ana", "bo", closeness=4)
    >>> H = tg.graph.from_networkx(G, trust="closeness", maximum=5)
    >>> sorted(H.edges(data="trust"))
    [('ana', 'bo', 0.8), ('bo', 'ana', 0.8)]
    >>> votes = nx.DiGraph([("bo", "ana", {"vote": -1})])
    >>> tg.graph.from_networkx(votes, trust="vote", signed=True).edges["bo", "ana"]
    {'rating': -1.0, 'trust': 0.0}
    """
    require_graph(G)
    if not (is_number(maximum) and 0 < maximum < np.inf):
        message = f"maximum is {shown(maximum)}; it must be a positive number"
        raise ValueError(message)
    faults: list[str] = []
    best: dict[tuple[Any, Any], tuple[float, dict[str, Any]]] = {}
    for source, target, attributes in _directed(G):
        value, complaint = _value(trust, source, target, attributes, directed=G.is_directed())
        complaint = complaint or _out_of_range(value, maximum, signed=signed)
        if complaint:
            faults.append(f"edge {shown(source)} -> {shown(target)} {complaint}")
        elif (source, target) not in best or value > best[source, target][0]:
            best[source, target] = value, attributes
    if faults:
        raise GraphContractError(faults)
    H: Graph = nx.DiGraph(**{**G.graph, "version": CONTRACT_VERSION})
    labels = sorted_labels(G)
    H.add_nodes_from((label, {"name": str(label), **SILENT, **G.nodes[label]}) for label in labels)
    number = {label: position for position, label in enumerate(labels)}
    for source, target in sorted(best, key=lambda edge: (number[edge[0]], number[edge[1]])):
        value, attributes = best[source, target]
        H.add_edge(source, target, **_scaled(attributes, trust, value / maximum, signed=signed))
    validate_graph(H)
    return H


def _directed(G: "nx.Graph[Any]") -> Iterator[Tie]:
    for source, target, attributes in G.edges(data=True):
        yield source, target, attributes
        if not G.is_directed() and source != target:
            yield target, source, attributes


def _value(
    trust: str | float | Mapping[tuple[Any, Any], float],
    source: Any,
    target: Any,
    attributes: Mapping[str, Any],
    *,
    directed: bool,
) -> tuple[Any, str]:
    """Return the value of an edge, or what is wrong."""
    if isinstance(trust, str):
        if trust in attributes:
            return attributes[trust], ""
        known = ", ".join(repr(name) for name in sorted(map(str, attributes))) or "none"
        return None, f"has no {trust!r}; name one of its attributes with trust= (it has {known})"
    if not isinstance(trust, Mapping):
        return trust, ""
    if (source, target) in trust:
        return trust[source, target], ""
    if not directed and (target, source) in trust:
        return trust[target, source], ""
    return None, "is not in the mapping; give it a value"


def _out_of_range(value: Any, maximum: float, *, signed: bool) -> str:
    low = -maximum if signed else 0.0
    if not is_number(value) or np.isnan(value):
        return f"has the value {shown(value)}, which is not a number"
    if low <= value <= maximum:
        return ""
    mend = "set signed=True for ratings" if value < 0 and not signed else "set maximum higher"
    return f"has the value {shown(value)}, not in [{low:g}, {maximum:g}]; {mend}"


def _scaled(
    attributes: Mapping[str, Any], trust: Any, share: float, *, signed: bool
) -> dict[str, Any]:
    kept = {str(name): value for name, value in attributes.items() if name != trust}
    if signed:
        kept["rating"] = float(share)
    return {**kept, "trust": max(float(share), 0.0)}
