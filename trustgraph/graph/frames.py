"""A graph as two frames, and back."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

import networkx as nx
import numpy as np
import pandas as pd

from trustgraph._names import CONTRACT_VERSION
from trustgraph._typing import Graph
from trustgraph.errors import GraphContractError
from trustgraph.graph.contract import EDGE_NUMBERS, shown, sorted_labels, validate_graph

__all__ = ["edges_frame", "graph_from_frames", "nodes_frame"]

Default = Callable[[Any], Any]

NODE_COLUMNS: Final[Mapping[str, tuple[str, Default]]] = {
    "name": ("str", str),
    "organisation": ("str", lambda _: ""),
    "position": ("str", lambda _: ""),
    "kind": ("str", lambda _: "person"),
    "do_not_ask": ("bool", lambda _: False),
    "also": ("object", lambda _: ()),
    "past": ("object", lambda _: ()),
    "schools": ("object", lambda _: ()),
}
"""Column -> its type, and what it holds for a person of whom the graph says nothing."""

EDGE_COLUMNS: Final[Mapping[str, tuple[str, Default]]] = {
    **dict.fromkeys(EDGE_NUMBERS, ("float64", lambda _: np.nan)),
    "rating": ("float64", lambda _: np.nan),
    "observed": ("bool", lambda _: True),
    "last_contact": ("str", lambda _: ""),
    "evidence": ("int64", lambda _: 0),
    "kinds": ("object", lambda _: {}),
}

_MISSING: Final = object()


def nodes_frame(G: Graph) -> pd.DataFrame:
    """Return the people of a graph, one row each.

    Parameters
    ----------
    G
        A graph under the contract.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``person`` (the label), sorted. Columns, with what stands where the graph is
        silent: ``name`` (the label as text), ``organisation`` and ``position`` (empty), ``kind``
        (``"person"``), ``do_not_ask`` (False), ``also``, ``past`` and ``schools`` (empty
        tuples).

    Raises
    ------
    GraphContractError
        If the graph breaks the contract; it lists all faults.

    Examples
    --------
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8})])
    >>> tg.graph.nodes_frame(G)[["name", "kind"]]
           name    kind
    person
    ana     ana  person
    bo       bo  person
    """
    validate_graph(G)
    labels = sorted_labels(G)
    rows = [(label, G.nodes[label]) for label in labels]
    columns = _columns(rows, NODE_COLUMNS)
    return pd.DataFrame(columns, index=pd.Index(labels, name="person", dtype=_label_type(labels)))


def edges_frame(G: Graph) -> pd.DataFrame:
    """Return the trust edges of a graph, one row each.

    Parameters
    ----------
    G
        A graph under the contract.

    Returns
    -------
    pandas.DataFrame
        Sorted by ``source`` (who trusts) and ``target`` (whom), which are its first columns; then
        ``trust``, ``certainty``, ``belief``, ``willingness``, ``endorsed_trust``, ``forwards``,
        ``recall``, ``response``, ``proximity`` in [0, 1] and ``rating`` in [-1, 1], NaN where
        the graph is silent; ``observed`` (True where it is silent), ``last_contact`` (empty),
        ``evidence`` (0) and ``kinds`` (empty).

    Raises
    ------
    GraphContractError
        If the graph breaks the contract; it lists all faults.

    Examples
    --------
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8})])
    >>> tg.graph.edges_frame(G)[["source", "target", "trust", "recall", "observed"]]
      source target  trust  recall  observed
    0     bo    ana    0.8     NaN      True
    """
    validate_graph(G)
    labels = sorted_labels(G)
    number = {label: position for position, label in enumerate(labels)}
    rows = sorted(G.edges(data=True), key=lambda edge: (number[edge[0]], number[edge[1]]))
    columns = _columns([(edge, edge[2]) for edge in rows], EDGE_COLUMNS)
    kind = _label_type(labels)
    ends = {
        name: pd.Series([edge[place] for edge in rows], dtype=kind)
        for place, name in enumerate(("source", "target"))
    }
    return pd.DataFrame({**ends, **columns})


def graph_from_frames(
    nodes: pd.DataFrame | None,
    edges: pd.DataFrame,
    *,
    attributes: Mapping[str, Any] | None = None,
) -> Graph:
    """Return the graph that two frames describe; the way back from `nodes_frame`, `edges_frame`.

    Parameters
    ----------
    nodes
        People, indexed by label or with a column ``person``; None: those named by the edges.
    edges
        Columns ``source``, ``target``, ``trust`` in [0, 1] and any other edge attribute; where a
        value is missing the edge does not get that attribute.
    attributes
        Attributes of the graph itself, for instance ``G.graph`` of the graph that the frames
        were made of.

    Returns
    -------
    networkx.DiGraph
        A graph under the contract, people and edges in sorted order.

    Raises
    ------
    GraphContractError
        If a column is missing, a person or an edge stands twice, an edge names somebody who is
        not among the people, or a value is not allowed; it lists all faults.

    Notes
    -----
    A graph made by `build_graph` comes back equal. A sparser one comes back with the defaults
    that the frames show.

    Examples
    --------
    >>> G = tg.build_graph(tg.datasets.load_office())
    >>> H = tg.graph.graph_from_frames(
    ...     tg.graph.nodes_frame(G), tg.graph.edges_frame(G), attributes=G.graph
    ... )
    >>> nx.utils.graphs_equal(G, H)
    True
    """
    lacking = [name for name in ("source", "target", "trust") if name not in edges.columns]
    if lacking:
        raise GraphContractError([f"the frame of edges has no column {name!r}" for name in lacking])
    ties = [(row.pop("source", None), row.pop("target", None), row) for row in _records(edges)]
    people = _people(nodes, ties)
    faults = [*_frame_faults(people, ties)]
    if faults:
        raise GraphContractError(faults)
    G: Graph = nx.DiGraph(**{"version": CONTRACT_VERSION, **(attributes or {})})
    rows = dict(people)
    G.add_nodes_from((label, _with_defaults(label, rows[label])) for label in sorted_labels(rows))
    number = {label: position for position, label in enumerate(G)}
    G.add_edges_from(sorted(ties, key=lambda tie: (number[tie[0]], number[tie[1]])))
    validate_graph(G)
    return G


def _columns(
    rows: Sequence[tuple[Any, Mapping[str, Any]]], declared: Mapping[str, tuple[str, Default]]
) -> dict[str, Any]:
    columns = {}
    for name, (kind, default) in declared.items():
        values = [
            attributes[name] if name in attributes else default(label) for label, attributes in rows
        ]
        if kind == "object":
            # An array of lists or tuples of one length would become a matrix.
            columns[name] = np.fromiter(map(_own, values), dtype=object, count=len(values))
        else:
            columns[name] = pd.array(values, dtype=kind)  # type: ignore[call-overload]
    return columns


def _own(value: Any) -> Any:
    """Return a value that the frame does not share with the graph."""
    if isinstance(value, Mapping):
        return {key: _own(inner) for key, inner in value.items()}
    return tuple(map(_own, value)) if isinstance(value, list | tuple) else value


def _label_type(labels: list[Any]) -> str:
    types = {type(label) for label in labels}
    if types <= {str}:
        return "str"
    return "int64" if types <= {int} else "object"


def _with_defaults(label: Any, attributes: Mapping[str, Any]) -> dict[str, Any]:
    silent = {name: default(label) for name, (_, default) in NODE_COLUMNS.items()}
    return {**silent, **attributes}


def _people(
    nodes: pd.DataFrame | None, ties: list[tuple[Any, Any, dict[str, Any]]]
) -> list[tuple[Any, dict[str, Any]]]:
    if nodes is None:
        return [(label, {}) for label in dict.fromkeys(end for tie in ties for end in tie[:2])]
    if "person" in nodes.columns:
        nodes = nodes.set_index("person")
    return list(zip(nodes.index.tolist(), _records(nodes), strict=True))


def _records(frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Yield the rows of a frame as plain Python values, without those that are missing."""
    columns = [_present(frame.iloc[:, place]) for place in range(frame.shape[1])]
    names = [str(name) for name in frame.columns]
    for row in range(len(frame)):
        yield {
            name: values[row]
            for name, values in zip(names, columns, strict=True)
            if values[row] is not _MISSING
        }


def _present(column: "pd.Series[Any]") -> list[Any]:
    values = column.tolist()
    if column.dtype == object:
        values = list(map(_own, values))
    for place in np.flatnonzero(column.isna().to_numpy()).tolist():
        values[place] = _MISSING
    return values


def _frame_faults(
    people: list[tuple[Any, dict[str, Any]]], ties: list[tuple[Any, Any, dict[str, Any]]]
) -> Iterator[str]:
    known: set[Any] = set()
    for label, _ in people:
        if label in known:
            yield f"person {shown(label)} stands twice; keep one row per person"
        known.add(label)
    edges: set[tuple[Any, Any]] = set()
    for position, (source, target, _) in enumerate(ties, start=1):
        if source is None or target is None:
            yield f"row {position} of the edges does not name both people; fill source and target"
            continue
        edge = f"edge {shown(source)} -> {shown(target)}"
        if (source, target) in edges:
            yield f"{edge} stands twice; keep one row per edge"
        edges.add((source, target))
        for end in {source, target} - known:
            yield f"{edge}: nobody is labelled {shown(end)}; add this person to the people"
