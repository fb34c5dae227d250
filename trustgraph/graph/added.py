"""An index with people added to whom nobody has a tie yet."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np

from trustgraph.errors import GraphContractError
from trustgraph.graph._labels import label_faults
from trustgraph.graph._people import NODE_DEFAULTS, SILENT, Held, People
from trustgraph.graph.contract import sorted_labels
from trustgraph.graph.index import TrustIndex
from trustgraph.models.people import Person

__all__ = ["Newcomers", "read_newcomers", "with_people"]

Newcomers = Mapping[Any, Mapping[str, Any]]
"""Id -> what is known of the person."""
OF_A_PERSON: Final = ("name", "organisation", "position", "do_not_ask")


def read_newcomers(add: Any) -> Newcomers:
    """Return people to be added by id, with what is known of them.

    Parameters
    ----------
    add
        An id or a `Person`, several of these, or a mapping from ids to mappings from ``name``,
        ``organisation``, ``position``, ``do_not_ask``, ``also``, ``past`` and ``schools``.

    Returns
    -------
    dict
        Id -> what is known.

    Raises
    ------
    TypeError
        If one of them is no person.
    ValueError
        If something is told that no person has, or somebody is named twice.

    Examples
    --------
    >>> from trustgraph.graph.added import read_newcomers
    >>> read_newcomers("eve"), read_newcomers({"eve": {"organisation": "Acme"}})
    ({'eve': {}}, {'eve': {'organisation': 'Acme'}})
    """
    if isinstance(add, Mapping):
        pairs = list(add.items())
    else:
        alone = isinstance(add, (str, Person)) or not isinstance(add, Iterable)
        pairs = [_told(one) for one in ((add,) if alone else add)]
    found: dict[Any, Mapping[str, Any]] = {}
    for label, told in pairs:
        if label in found:
            message = f"{label!r} is to be added twice; name everybody once"
            raise ValueError(message)
        if not isinstance(told, Mapping) or not set(told) <= set(NODE_DEFAULTS):
            names = ", ".join(NODE_DEFAULTS)
            message = f"of {label!r} {told!r} is told; give a mapping from some of {names}"
            raise ValueError(message)
        found[label] = dict(told)
    return found


def _told(person: Any) -> tuple[Any, dict[str, Any]]:
    if isinstance(person, Person):
        return person.id, {name: getattr(person, name) for name in OF_A_PERSON}
    if isinstance(person, (str, int)) and not isinstance(person, bool):
        return person, {}
    message = f"{person!r} is no person to be added; give an id or a Person"
    raise TypeError(message)


def with_people(index: TrustIndex, people: Newcomers) -> TrustIndex:
    """Return an index with people added; the given one stays as it is.

    Parameters
    ----------
    index
        The graph.
    people
        As `read_newcomers` returns them.

    Returns
    -------
    TrustIndex
        A new index; the people are in the order of their ids, the new ones have no tie.

    Raises
    ------
    ValueError
        If somebody is there already.
    GraphContractError
        If an id is no id, or could be mistaken for another.

    Examples
    --------
    >>> from trustgraph.graph.added import with_people
    >>> index = tg.TrustIndex.from_graph(nx.DiGraph([("bo", "ana", {"trust": 0.8})]))
    >>> with_people(index, {"axl": {"organisation": "Acme"}}).labels
    ('ana', 'axl', 'bo')
    """
    if not people:
        return index
    if known := [label for label in people if label in set(index.labels)]:
        message = f"{known[0]!r} is in the graph already; nobody is added twice"
        raise ValueError(message)
    labels = sorted_labels([*index.labels, *people])
    if faults := label_faults(labels):
        raise GraphContractError(faults)
    number = {label: place for place, label in enumerate(labels)}
    place = np.array([number[label] for label in index.labels], dtype=np.int64)
    return replace(
        index,
        labels=tuple(labels),
        _people=_joined(index, people, labels, place),
        out_start=_starts(index.out_start, place, len(labels)),
        out_asked=place[index.out_asked].astype(np.int32),
        in_start=_starts(index.in_start, place, len(labels)),
        in_asker=place[index.in_asker].astype(np.int32),
    )


def _starts(start: Any, place: Any, n: int) -> Any:
    counts = np.zeros(n + 1, np.int64)
    counts[place + 1] = np.diff(start)
    return np.cumsum(counts)


def _joined(index: TrustIndex, people: Newcomers, labels: Sequence[Any], place: Any) -> People:
    """Return the columns of all people by their new number."""
    columns = {}
    for name in index.nodes.columns:
        values: list[Any] = [SILENT] * len(labels)
        for row, value in zip(place.tolist(), index.nodes[name].tolist(), strict=True):
            values[row] = value
        for row, label in enumerate(labels):
            if name in people.get(label, {}):
                values[row] = people[label][name]
        columns[name] = Held(values)
    return People(labels, columns)
