"""A network with more on record, and both its graphs."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pandas as pd

from trustgraph.graph.added import Newcomers
from trustgraph.graph.build import build_graph
from trustgraph.graph.index import TrustIndex
from trustgraph.models.evidence import Evidence
from trustgraph.models.network import Network
from trustgraph.models.people import Person
from trustgraph.trust.acts import last_moment
from trustgraph.trust.model import TrustModel

__all__ = ["as_records", "both_indexes"]


def both_indexes(
    net: Network, evidence: Any, newcomers: Newcomers, model: TrustModel | None
) -> tuple[TrustIndex, TrustIndex, int]:
    """Return the graph of a network, the graph with more evidence, and how much more it is.

    Parameters
    ----------
    net
        The network.
    evidence
        Records, one or several, or a frame.
    newcomers
        People who are added to both.
    model
        Trust model; default: the default model.

    Returns
    -------
    tuple
        Before, after (the same object if there is no evidence), and the number of records.

    Raises
    ------
    RecordError
        If a record does not fit, or names somebody unknown.
    ValueError
        If a record is of a later day than the network: it would be left out.

    Examples
    --------
    >>> from trustgraph.reputation._more_evidence import both_indexes
    >>> net = tg.Network.from_records([{"id": "ana"}, {"id": "bo"}])
    >>> act = tg.Evidence(kind="recommendation", source="bo", target="ana")
    >>> [one.m for one in both_indexes(net, [act], {}, None)[:2]]
    [0, 2]
    """
    before = net
    if newcomers:
        people = [Person(id=str(one), **_of(one, told)) for one, told in newcomers.items()]
        more = Network.from_records(people)
        before = net.replace(people=pd.concat([net.people, more.people]))
    date = before.as_of or before.evidence["at"].max()
    when = None if pd.isna(date) else pd.Timestamp(date).to_pydatetime()
    index = TrustIndex.from_graph(build_graph(before, model=model, as_of=when))
    several = as_records(evidence)
    if not len(several):
        return index, index, 0
    added = Network.from_records(before.people, several).evidence
    if when is not None:
        _check_dates(added, when)
    after = before.replace(evidence=pd.concat([before.evidence, added], ignore_index=True))
    graph = build_graph(after, model=model, as_of=when)
    return index, TrustIndex.from_graph(graph), len(added)


def as_records(evidence: Any) -> Any:
    """Return evidence as something that has a length: a frame, or a list of records.

    Examples
    --------
    >>> from trustgraph.reputation._more_evidence import as_records
    >>> len(as_records({"kind": "connection", "source": "ana", "target": "bo"}))
    1
    """
    if isinstance(evidence, pd.DataFrame):
        return evidence
    return [evidence] if isinstance(evidence, (Evidence, Mapping)) else list(evidence)


def _of(person: Any, told: Mapping[str, Any]) -> dict[str, Any]:
    if others := set(told) - set(Person.model_fields):
        message = (
            f"of {person!r} {min(others)!r} is told, which a network holds among its positions; "
            "add the person and their positions to the network with Network.replace, or pass the "
            "graph"
        )
        raise ValueError(message)
    return dict(told)


def _check_dates(added: pd.DataFrame, when: dt.datetime) -> None:
    late = added[added["at"] > pd.Timestamp(last_moment(when))]
    if len(late):
        row = late.iloc[0]
        message = (
            f"the {row['kind']} of {row['source']!r} and {row['target']!r} is of "
            f"{row['at']:%Y-%m-%d}, after the network's {when:%Y-%m-%d}, and would count for "
            "nothing; date it up to then, or give the network a later as_of"
        )
        raise ValueError(message)
