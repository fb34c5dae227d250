"""What a trust graph must look like, and the check that reports every fault at once."""

import datetime as dt
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from numbers import Integral, Real
from typing import Any, Final

import networkx as nx
import numpy as np

from trustgraph._names import CONTRACT_VERSION
from trustgraph._typing import Graph
from trustgraph.errors import GraphContractError
from trustgraph.trust.model import TrustModel

__all__ = [
    "EDGE_NUMBERS",
    "is_label",
    "is_number",
    "require_graph",
    "shown",
    "sorted_labels",
    "validate_graph",
]

EDGE_NUMBERS: Final = (
    "trust",
    "certainty",
    "belief",
    "willingness",
    "endorsed_trust",
    "forwards",
    "recall",
    "response",
    "proximity",
)
"""Edge attributes in [0, 1]; all but ``trust`` may be absent."""

DIRECTIONS: Final = ("out", "in", "both")
RATING_TOLERANCE: Final = 1e-9
LONGEST_VALUE: Final = 60

Check = Callable[[Any], str]
"""Says what is wrong with a value and how to mend it; nothing if all is well."""


def validate_graph(G: Graph) -> None:
    """Check that a graph can be used as a trust graph; report all faults at once.

    Any `networkx.DiGraph` whose edges carry ``trust`` in [0, 1] passes. What else the contract
    names may be absent, but where it is present it must be of the right type and range.

    Parameters
    ----------
    G
        The graph to check.

    Raises
    ------
    GraphContractError
        If the graph breaks the contract. Its ``faults`` are sentences that name the person or
        the edge, the attribute, the value and the mend.

    Notes
    -----
    The edge from one person to another is the trust of the first in the second.

    ==================  ==========================================================================
    people              label: text or a whole number; ``name``, ``organisation``, ``position``,
                        ``kind``: text; ``do_not_ask``: bool; ``also``, ``past``: (organisation,
                        title) pairs; ``schools``: texts
    edges               ``trust`` in [0, 1], required; ``certainty``, ``belief``,
                        ``willingness``, ``endorsed_trust``, ``forwards``, ``recall``,
                        ``response``, ``proximity`` in [0, 1]; ``rating`` in [-1, 1], then trust
                        is max(rating, 0); ``observed``: bool; ``last_contact``: ISO date or
                        empty; ``evidence``: count; ``kinds``: kind -> count, first, last,
                        direction. Nobody has an edge to themselves.
    graph               ``model``: JSON of a `TrustModel`; ``as_of``: ISO date or time;
                        ``owners``: tuple of labels; ``version``: int
    ==================  ==========================================================================

    Examples
    --------
    >>> G = nx.DiGraph()
    >>> G.add_edge("bo", "ana", trust=0.8)
    >>> tg.graph.validate_graph(G)
    >>> G.add_edge("ana", "bo", trust=1.8)
    >>> tg.graph.validate_graph(G)
    Traceback (most recent call last):
        ...
    trustgraph.errors.GraphContractError: 1 fault: edge 'ana' -> 'bo': trust is 1.8, ...
    """
    require_graph(G)
    faults = [*_form_faults(G), *_graph_faults(G.graph), *_node_faults(G), *_edge_faults(G)]
    if faults:
        raise GraphContractError(faults)


def require_graph(G: object) -> None:
    """Raise a `GraphContractError` if something is no NetworkX graph at all."""
    if not isinstance(G, nx.Graph):
        fault = (
            f"this is a {type(G).__name__}, not a networkx.DiGraph; make a graph with "
            "tg.build_graph or tg.graph.graph_from_frames"
        )
        raise GraphContractError([fault])


def sorted_labels(labels: Iterable[Any]) -> list[Any]:
    """Return labels in their natural order; mixed types are sorted by type, then as text.

    Parameters
    ----------
    labels
        Labels of people.

    Returns
    -------
    list
        The labels, sorted.

    Examples
    --------
    >>> from trustgraph.graph.contract import sorted_labels
    >>> sorted_labels([10, 9, 2]), sorted_labels(["b", 2, "a", 10])
    ([2, 9, 10], [10, 2, 'a', 'b'])
    """
    found = list(labels)
    try:
        return sorted(found)
    except TypeError:
        return sorted(found, key=lambda label: (type(label).__name__, str(label)))


def shown(value: Any) -> str:
    """Return a value as text for a message, cut to a decent length.

    Parameters
    ----------
    value
        Any value.

    Returns
    -------
    str
        Its repr; a NumPy number reads like a Python one.

    Examples
    --------
    >>> from trustgraph.graph.contract import shown
    >>> shown(np.float64(1.5))
    '1.5'
    """
    text = repr(value.item() if isinstance(value, np.generic) else value)
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"


def is_number(value: Any) -> bool:
    """Whether a value is a real number; True and False are not."""
    return isinstance(value, Real) and not isinstance(value, bool | np.bool_)


def is_label(value: Any) -> bool:
    """Whether a value can name a person: text that is not blank, or a whole number.

    True and False cannot: they are equal to 1 and 0.
    """
    if isinstance(value, str):
        return bool(value.strip())
    return isinstance(value, Integral) and not isinstance(value, bool)


def _within(value: Any, low: float, high: float) -> str:
    if type(value) is float and low <= value <= high:
        return ""  # nearly always, and several times faster than what follows
    if not is_number(value):
        return f"not a number; give one in [{low:g}, {high:g}]"
    if math.isnan(value):
        return f"not a number; give one in [{low:g}, {high:g}] (all but trust may be left out)"
    return "" if low <= value <= high else f"it must lie in [{low:g}, {high:g}]"


def _probability(value: Any) -> str:
    return _within(value, 0.0, 1.0)


def _rating(value: Any) -> str:
    return _within(value, -1.0, 1.0)


def _flag(value: Any) -> str:
    return "" if isinstance(value, bool | np.bool_) else "it must be True or False"


def _text(value: Any) -> str:
    return "" if isinstance(value, str) else "it must be text; write '' where it is unknown"


def _count(value: Any) -> str:
    whole = isinstance(value, Integral) and not isinstance(value, bool)
    return "" if whole and value >= 0 else "it must be a whole number from 0"


def _moment(value: Any) -> str:
    complaint = "it must be a date as 2026-11-23, or '' where it is unknown"
    if not isinstance(value, str):
        return complaint
    try:
        dt.datetime.fromisoformat(value or "2000-01-01")
    except ValueError:
        return complaint
    return ""


def _pairs(value: Any) -> str:
    good = isinstance(value, tuple | list) and all(
        isinstance(pair, tuple | list) and len(pair) == 2 and all(isinstance(p, str) for p in pair)  # noqa: PLR2004
        for pair in value
    )
    return "" if good else "it must be a tuple of (organisation, title) pairs"


def _texts(value: Any) -> str:
    good = isinstance(value, tuple | list) and all(isinstance(one, str) for one in value)
    return "" if good else "it must be a tuple of texts"


def _labels(value: Any) -> str:
    good = isinstance(value, tuple | list) and all(is_label(one) for one in value)
    return "" if good else "it must be a tuple of labels of people"


def _kinds(value: Any) -> str:
    good = isinstance(value, Mapping) and all(
        isinstance(kind, str) and isinstance(facts, Mapping) and _is_summary(facts)
        for kind, facts in value.items()
    )
    return "" if good else "it must map kind -> {count, first, last, direction}"


def _is_summary(facts: Mapping[Any, Any]) -> bool:
    return (
        not _count(facts.get("count"))
        and not _moment(facts.get("first"))
        and not _moment(facts.get("last"))
        and facts.get("direction") in DIRECTIONS
    )


def _model(value: Any) -> str:
    mend = "set it to model.model_dump_json(), or remove it for the default model"
    if not isinstance(value, str):
        return f"not the JSON text of a TrustModel; {mend}"
    try:
        if value:
            TrustModel.model_validate_json(value)
    except ValueError as error:
        reason = str(error).splitlines()
        return f"not the JSON text of a TrustModel ({' '.join(reason[1:3]).strip()}); {mend}"
    return ""


def _version(value: Any) -> str:
    if _count(value):
        return _count(value)
    newer = value > CONTRACT_VERSION
    return f"this trustgraph knows versions to {CONTRACT_VERSION}; update it" if newer else ""


NODE_CHECKS: Final[Mapping[str, Check]] = {
    "name": _text,
    "organisation": _text,
    "position": _text,
    "kind": _text,
    "do_not_ask": _flag,
    "also": _pairs,
    "past": _pairs,
    "schools": _texts,
}
EDGE_CHECKS: Final[Mapping[str, Check]] = {
    **dict.fromkeys(EDGE_NUMBERS, _probability),
    "rating": _rating,
    "observed": _flag,
    "last_contact": _moment,
    "evidence": _count,
    "kinds": _kinds,
}
GRAPH_CHECKS: Final[Mapping[str, Check]] = {
    "model": _model,
    "as_of": _moment,
    "owners": _labels,
    "version": _version,
}


def _form_faults(G: Graph) -> Iterator[str]:
    if G.is_multigraph() or not G.is_directed():
        form = "has parallel edges" if G.is_multigraph() else "is undirected"
        yield (
            f"a {type(G).__name__} {form}; trust has one direction and one value: make a "
            "DiGraph with tg.graph.from_networkx(G)"
        )


def _graph_faults(attributes: Mapping[str, Any]) -> Iterator[str]:
    for name, value, complaint in _complaints(attributes, GRAPH_CHECKS):
        yield f"graph: {name} is {value}, {complaint}"


def _node_faults(G: Graph) -> Iterator[str]:
    for label, attributes in G.nodes(data=True):
        if not is_label(label):
            yield (
                f"person {shown(label)}: the label is of type {type(label).__name__}; label "
                "people by text or whole numbers, for instance with nx.relabel_nodes"
            )
        for name, value, complaint in _complaints(attributes, NODE_CHECKS):
            yield f"person {shown(label)}: {name} is {value}, {complaint}"


def _edge_faults(G: Graph) -> Iterator[str]:
    for source, target, attributes in G.edges(data=True):
        for fault in _tie_faults(source, target, attributes):
            yield f"edge {shown(source)} -> {shown(target)}{fault}"


def _tie_faults(source: Any, target: Any, attributes: Mapping[str, Any]) -> Iterator[str]:
    if source == target:
        yield " leads from a person to themselves; remove it"
    if "trust" not in attributes:
        yield f" {_without_trust(attributes)}"
    for name, value, complaint in _complaints(attributes, EDGE_CHECKS):
        yield f": {name} is {value}, {complaint}"
    if "rating" in attributes and _disagree(attributes):
        yield (
            f": trust is {shown(attributes['trust'])}, but the rating is "
            f"{shown(attributes['rating'])}; set trust to max(rating, 0)"
        )


def _without_trust(attributes: Mapping[str, Any]) -> str:
    for other in ("weight", "rating"):
        if other in attributes:
            return (
                f"has {other!r} but no trust; say what it means: "
                f"tg.graph.from_networkx(G, trust={other!r}, …)"
            )
    return "has no trust; give it a number in [0, 1]"


def _disagree(attributes: Mapping[str, Any]) -> bool:
    trust, rating = attributes.get("trust"), attributes.get("rating")
    if _probability(trust) or _rating(rating):
        return False
    return abs(float(trust) - max(float(rating), 0.0)) > RATING_TOLERANCE  # type: ignore[arg-type]


def _complaints(
    attributes: Mapping[str, Any], checks: Mapping[str, Check]
) -> Iterator[tuple[str, str, str]]:
    for name, check in checks.items():
        if name in attributes and (complaint := check(attributes[name])):
            yield name, shown(attributes[name]), complaint
