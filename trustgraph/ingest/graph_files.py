"""Trust graphs in GraphML and GEXF, the files of other network programs."""

import html
import io
import json
import os
import re
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import networkx as nx

from trustgraph._typing import Graph
from trustgraph.errors import ArchiveError
from trustgraph.ingest.flat_attributes import flat_graph, restored_graph, value_of
from trustgraph.ingest.safe_xml import Outline, outline_of
from trustgraph.ingest.whole_files import read_bounded, write_new

__all__ = ["read_gexf", "read_graphml", "write_gexf", "write_graphml"]

Source = str | os.PathLike[str]

MAX_GRAPH_BYTES: Final = 2**28
_NOTES: Final = "trustgraph_notes"
"""Name of the attribute of a GraphML graph that tells how to restore it."""
_GRAPHML: Final[dict[str, frozenset[str]]] = {
    "graph": frozenset({"id", "node_default", "edge_default"}),
    "node": frozenset(),
    "edge": frozenset({"id", "key"}),
}
_GEXF: Final[dict[str, frozenset[str]]] = {
    "graph": frozenset(),
    "node": frozenset("id label pid start end spells slices parents viz key".split()),
    "edge": frozenset("id label weight type start end spells slices viz key networkx_key".split()),
}
_META: Final = re.compile(rb'<meta lastmodifieddate="[^"]*">\s*<creator>[^<]*</creator>')
_FAILURES: Final = (
    nx.NetworkXException,
    ArithmeticError,
    AttributeError,
    LookupError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
)
"""What NetworkX raises at a file that is well-formed XML and no graph."""


def read_graphml(
    path: Source, *, trust: str | None = "trust", max_bytes: int = MAX_GRAPH_BYTES
) -> Graph:
    """Read a trust graph from a GraphML file.

    Parameters
    ----------
    path
        The file, packed as a gzip or not.
    trust
        Name of the attribute of the edges that holds trust in [0, 1]; it becomes ``trust`` and is
        not kept under its old name. None: attributes stay as they are, for
        `trustgraph.graph.from_networkx`, which reads other scales and ratings.
    max_bytes
        Most bytes that the file may hold.

    Returns
    -------
    networkx.DiGraph
        The edge from one person to another is the trust of the first in the second. An undirected
        edge stands for both directions. Ids are texts, unless `write_graphml` wrote others. A
        person without a ``name`` is called by their ``label``, if they have one; numbers of edges
        are not kept.

    Raises
    ------
    ArchiveError
        If the file is not there, too large, no GraphML, declares a document type or an entity, is
        nested too deeply, has parallel edges or people that are not declared; if an edge has no
        trust, or one that is not in [0, 1].

    Examples
    --------
    >>> import pathlib, tempfile
    >>> from trustgraph.ingest.graph_files import read_graphml, write_graphml
    >>> file = pathlib.Path(tempfile.mkdtemp(), "office.graphml")
    >>> G = tg.build_graph(tg.datasets.load_office())
    >>> write_graphml(G, file)
    >>> H = read_graphml(file)
    >>> nx.utils.graphs_equal(G, H)
    True
    """
    file, content = _content(path, max_bytes)
    G, _ = _graph(content, file.name, "graphml", nx.read_graphml)
    notes = G.graph.pop(_NOTES, None)
    return _finished(G, notes and value_of(notes, file.name), file.name, trust)


def read_gexf(
    path: Source, *, trust: str | None = "trust", max_bytes: int = MAX_GRAPH_BYTES
) -> Graph:
    """Read a trust graph from a GEXF file.

    Parameters
    ----------
    path
        The file, packed as a gzip or not.
    trust
        Name of the attribute of the edges that holds trust in [0, 1], for instance ``"weight"``;
        see `read_graphml`.
    max_bytes
        Most bytes that the file may hold.

    Returns
    -------
    networkx.DiGraph
        As `read_graphml`.

    Raises
    ------
    ArchiveError
        As `read_graphml`.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> from trustgraph.ingest.graph_files import read_gexf, write_gexf
    >>> file = pathlib.Path(tempfile.mkdtemp(), "office.gexf")
    >>> G = tg.build_graph(tg.datasets.load_office())
    >>> write_gexf(G, file)
    >>> nx.utils.graphs_equal(G, read_gexf(file))
    True
    """
    file, content = _content(path, max_bytes)
    G, outline = _graph(content, file.name, "gexf", nx.read_gexf)
    told = None
    if outline.description.startswith('{"trustgraph":'):
        told = value_of(outline.description, file.name)
        values = told.get("values")
        G.graph = dict(values) if isinstance(values, dict) else {}
        for _, data in G.nodes(data=True):
            data.pop("label", None)
        for _, _, data in G.edges(data=True):
            data.pop("id", None)
    elif G.graph.get("mode") == "static":
        del G.graph["mode"]
    return _finished(G, told, file.name, trust)


def _content(path: Source, max_bytes: int) -> tuple[Path, bytes]:
    file = Path(path).expanduser()
    return file, read_bounded(file, max_bytes)


def _graph(content: bytes, name: str, kind: str, read: Callable[..., Any]) -> tuple[Graph, Outline]:
    """Return the graph in a file, both ways where it has no direction."""
    outline = outline_of(content, name)
    mend = f"check that it is a whole {kind} file; save it again"
    if not outline.counts[kind]:
        raise ArchiveError(f"this is no {kind} file", file=name, mend=mend)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of drawings and ports, which say nothing here
            G = read(io.BytesIO(content), node_type=str)
        _check_whole(G, outline, name)
        defaults = [G.graph.pop(key, {}) for key in ("node_default", "edge_default")]
        for default, records in zip(defaults, (G.nodes, G.edges), strict=True):
            for element in records:
                records[element].update({**default, **records[element]})
        return G.to_directed(), outline
    except _FAILURES as error:
        if isinstance(error, ArchiveError):
            raise
        reason = f"NetworkX cannot read it ({str(error)[:200] or type(error).__name__})"
        raise ArchiveError(reason, file=name, mend=mend) from error


def _check_whole(G: Any, outline: Outline, name: str) -> None:
    """Refuse a graph that holds less than its file, or people that the file does not name."""
    edges, nodes = outline.counts["edge"] + outline.mutual, outline.counts["node"]
    if G.is_multigraph() or G.number_of_edges() != edges:
        raise ArchiveError(
            f"of {edges} edges some are parallel, or not in the main graph",
            file=name,
            mend="leave one edge from each person to each other one, and one graph in the file",
        )
    if len(G) != nodes:
        raise ArchiveError(
            f"{nodes} people are declared and {len(G)} are named",
            file=name,
            mend="declare each person once, in the main graph",
        )


def _finished(G: Graph, told: Any, name: str, trust: str | None) -> Graph:
    if told:
        told = {key: list(one) if isinstance(one, tuple) else one for key, one in told.items()}
        G = restored_graph(G, told, name)
    else:
        for _, _, data in G.edges(data=True):
            data.pop("id", None)
        for person, data in G.nodes(data=True):
            _call(person, data)
    if trust is not None:
        for source, target, data in G.edges(data=True):
            _take_trust(data, trust, f"{source} -> {target}", name)
    return G


def _call(person: str, data: dict[str, Any]) -> None:
    """Call a person by their label, if they have no name."""
    if "name" not in data and data.get("label"):
        data["name"] = str(data.pop("label"))
    elif data.get("label") in (None, person, data.get("name")):
        data.pop("label", None)


def _take_trust(data: dict[str, Any], name: str, edge: str, file: str) -> None:
    scale = "read it with trust=None, and give it to tg.graph.from_networkx, which knows scales"
    if name not in data:
        known = ", ".join(map(repr, sorted(data))) or "none"
        mend = f"name the attribute that holds it with trust= (the edge has {known})"
        raise ArchiveError(f"an edge has no {name!r}", file=file, value=edge[:60], mend=mend)
    value = data[name]
    if name != "trust" and "trust" in data:
        reason = f"an edge has both {name!r} and 'trust'"
        raise ArchiveError(reason, file=file, value=edge[:60], mend="leave one of them")
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        reason = f"{name}: {str(value)[:40]!r} is no trust from 0 to 1"
        raise ArchiveError(reason, file=file, value=edge[:60], mend=scale)
    data["trust"] = float(value)
    if name != "trust":
        del data[name]


def write_graphml(G: Graph, path: Source, *, overwrite: bool = False) -> None:
    """Write a graph to a GraphML file that `read_graphml` reads back with all attributes.

    Parameters
    ----------
    G
        Any `networkx.DiGraph`.
    path
        Where to; packed as a gzip if the name ends in ``.gz``.
    overwrite
        Whether a file that is there already may be replaced.

    Raises
    ------
    ArchiveError
        If the file is there already, or nothing can be written there.
    GraphContractError
        If it is another kind of graph, or an attribute holds what JSON cannot.

    Notes
    -----
    Attributes that are no texts, numbers or truth values (``kinds``, ``past``, …), or hold letters
    that XML forbids, are written as JSON text; lists come back as tuples.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> from trustgraph.ingest.graph_files import read_graphml, write_graphml
    >>> file = pathlib.Path(tempfile.mkdtemp(), "small.graphml")
    >>> write_graphml(nx.DiGraph([("bo", "ana", {"trust": 0.8, "since": (2020, 5)})]), file)
    >>> read_graphml(file).edges["bo", "ana"]["since"]
    (2020, 5)
    """
    flat = flat_graph(G, _GRAPHML)
    flat.graph.graph[_NOTES] = json.dumps(flat.told)
    buffer = io.BytesIO()
    nx.write_graphml_xml(flat.graph, buffer)
    write_new(Path(path).expanduser(), buffer.getvalue() + b"\n", overwrite=overwrite)


def write_gexf(G: Graph, path: Source, *, overwrite: bool = False) -> None:
    """Write a graph to a GEXF file that `read_gexf` reads back with all attributes.

    Parameters
    ----------
    G
        Any `networkx.DiGraph`.
    path
        Where to; packed as a gzip if the name ends in ``.gz``.
    overwrite
        Whether a file that is there already may be replaced.

    Raises
    ------
    ArchiveError, GraphContractError
        As `write_graphml`.

    Notes
    -----
    As `write_graphml`. People are labelled by name. Attributes of the graph itself, for which GEXF
    has no place, stand as JSON text in the description; attributes whose name has a meaning of its
    own in GEXF (``start``, ``weight``, …) are written as ``trustgraph_start``, ….

    Examples
    --------
    >>> import pathlib, tempfile
    >>> from trustgraph.ingest.graph_files import write_gexf
    >>> file = pathlib.Path(tempfile.mkdtemp(), "small.gexf")
    >>> write_gexf(nx.DiGraph([("bo", "ana", {"trust": 0.8})]), file)
    >>> 'title="trust"' in file.read_text()
    True
    """
    flat = flat_graph(G, _GEXF)
    told = {"trustgraph": 1, **flat.told, "values": dict(flat.graph.graph)}
    flat.graph.graph.clear()
    names = set(flat.told["node"])
    for person, data in flat.graph.nodes(data=True):
        name = data.get("name")
        data["label"] = name if isinstance(name, str) and name and "name" not in names else person
    buffer = io.BytesIO()
    nx.write_gexf(flat.graph, buffer)
    notes = html.escape(json.dumps(told), quote=False)
    meta = f"<meta><creator>trustgraph</creator><description>{notes}</description>".encode()
    content = _META.sub(lambda _: meta, buffer.getvalue(), count=1)
    write_new(Path(path).expanduser(), content + b"\n", overwrite=overwrite)
