"""From a network and a trust model to a plain graph under the contract."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, Final

import networkx as nx
import pandas as pd

from trustgraph._names import CONTRACT_VERSION, EDGE_ATTRIBUTES
from trustgraph._text import circle_key
from trustgraph._typing import Graph
from trustgraph.models.columns import utc_time
from trustgraph.models.network import Network
from trustgraph.trust.acts import last_moment
from trustgraph.trust.model import TrustModel
from trustgraph.trust.ties import TieScores, score_ties

__all__ = ["build_graph"]

TIE_ATTRIBUTES: Final = tuple(name for name in EDGE_ATTRIBUTES if name != "kinds")
PEOPLE_TEXTS: Final = ("name", "organisation", "position")

Places = dict[str, tuple[tuple[str, str], ...]]
"""Person -> (organisation, title) pairs."""


def build_graph(
    net: Network,
    *,
    model: TrustModel | None = None,
    as_of: dt.datetime | dt.date | str | None = None,
) -> Graph:
    """Return the trust graph of a network at a date.

    Parameters
    ----------
    net
        People, acts, positions and judgements.
    model
        How records become trust; default: `TrustModel()`. It travels with the graph.
    as_of
        Date of the graph; a date without time is the whole day. Later evidence is left out.
        Default: the date of the network, else its newest evidence; never today.

    Returns
    -------
    networkx.DiGraph
        All people, also those without ties, and an edge in both directions for every tie. The
        edge from one person to another is the trust of the first in the second. Attributes are
        plain Python values, people and edges are in the order of their ids.

    Raises
    ------
    RecordError
        If a kind of evidence is not in the table of the model.

    Notes
    -----
    People carry ``name``, ``organisation``, ``position``, ``kind`` (``"person"``),
    ``do_not_ask`` (never to be an intermediary; they stay in the graph and may be a target),
    ``also`` and ``past`` ((organisation, title) of other present positions, and of those left by
    the date of the graph, the newest first) and ``schools``. Whoever has no organisation of record
    is at that of the present position begun last. In a graph of an earlier day than the network's,
    dated positions say where people were; records without a date (an organisation, a judgement,
    an act) count at every date.

    Edges carry ``trust``, ``certainty``, ``belief``, ``willingness``, ``endorsed_trust``,
    ``forwards``, ``recall``, ``response`` and ``proximity``, all in [0, 1]; ``observed`` (bool);
    ``last_contact`` (ISO date, empty if unknown); ``evidence`` (number of acts between the two);
    and ``kinds``: kind -> ``count``, ``first`` and ``last`` (ISO dates, empty if unknown) and
    ``direction`` (``"out"``: done by the source of the edge, ``"in"``: by its target,
    ``"both"``).

    The graph carries ``model`` (JSON), ``as_of`` (ISO time in UTC, empty if nothing has a date),
    ``owners`` and ``version`` of the contract. What all this means: `validate_graph`.

    Examples
    --------
    >>> net = tg.Network.from_records(
    ...     evidence=[
    ...         {"kind": "recommendation", "source": "bo", "target": "ana", "at": "2026-01-01"}
    ...     ]
    ... )
    >>> G = tg.build_graph(net)
    >>> round(G.edges["bo", "ana"]["trust"], 3)
    0.76
    >>> G.edges["bo", "ana"]["kinds"]["recommendation"]["direction"]
    'out'
    """
    in_force = model or TrustModel()
    ties = score_ties(net, in_force, as_of)
    G: Graph = nx.DiGraph(
        model=in_force.model_dump_json(),
        as_of=ties.as_of.isoformat() if ties.as_of else "",
        owners=net.owners,
        version=CONTRACT_VERSION,
    )
    G.add_nodes_from(_people(net, ties.as_of, back=_goes_back(net, as_of)))
    G.add_edges_from(_edges(ties))
    return G


def _goes_back(net: Network, as_of: dt.datetime | dt.date | str | None) -> bool:
    """Whether a graph is asked for at an earlier day than that of the network."""
    asked, own = utc_time(as_of), net.as_of or utc_time(net.evidence["at"].max())
    return asked is not None and own is not None and asked.date() < own.date()


def _people(
    net: Network, as_of: dt.datetime | None, *, back: bool
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the people; ``back``: where they were then, not where the records leave them."""
    people, positions = net.people, _by_date(net.positions, as_of)
    at_school, at_work = positions["kind"] == "school", positions["kind"] == "employer"
    left = positions["finished"].notna()
    dated = _dated(net.positions) if back else frozenset()
    past = _places(positions[at_work & left])
    present = _places(positions[at_work & ~left])
    schools = _places(positions[at_school])
    columns = [people[name].tolist() for name in (*PEOPLE_TEXTS, "do_not_ask")]
    for person, name, organisation, position, do_not_ask in zip(
        people.index.tolist(), *columns, strict=True
    ):
        held = present.get(person, ())
        place = (organisation, position)
        if person in dated or not organisation:
            # Where a date decides, the record of today does not.
            place = held[0] if held else (("", "") if person in dated else place)
        here = circle_key(place[0])
        yield (
            person,
            {
                "name": name,
                "organisation": place[0],
                "position": place[1],
                "kind": "person",
                "do_not_ask": do_not_ask,
                "also": tuple(one for one in held if circle_key(one[0]) != here),
                "past": past.get(person, ()),
                "schools": tuple(sorted({school for school, _ in schools.get(person, ())})),
            },
        )


def _dated(positions: pd.DataFrame) -> frozenset[str]:
    """Return the people of whose employers at least one has a date."""
    known = positions["started"].notna() | positions["finished"].notna()
    return frozenset(positions.loc[known & (positions["kind"] == "employer"), "person"])


def _by_date(positions: pd.DataFrame, as_of: dt.datetime | None) -> pd.DataFrame:
    """Return the positions as they were known at a date, the newest of each person first."""
    if as_of is not None:
        today = pd.Timestamp(last_moment(as_of))
        positions = positions[~(positions["started"] > today)]
        positions = positions.assign(
            finished=positions["finished"].where(positions["finished"] <= today)
        )
    return positions.sort_values(
        ["person", "finished", "started", "organisation", "title"],
        ascending=[True, False, False, True, True],
    )


def _places(positions: pd.DataFrame) -> Places:
    places: defaultdict[str, dict[tuple[str, str], None]] = defaultdict(dict)
    for person, *place in _rows(positions, ("person", "organisation", "title")):
        places[person][place[0], place[1]] = None
    return {person: tuple(held) for person, held in places.items()}


def _edges(ties: TieScores) -> Iterator[tuple[str, str, dict[str, Any]]]:
    days = ties.frame["last_contact"].dt.strftime("%Y-%m-%d").fillna("")
    frame = ties.frame.assign(last_contact=days)
    kinds = _kinds(ties.kinds)
    for source, target, *values in _rows(frame, ("source", "target", *TIE_ATTRIBUTES)):
        attributes = dict(zip(TIE_ATTRIBUTES, values, strict=True))
        attributes["kinds"] = kinds.get((source, target), {})
        yield source, target, attributes


def _kinds(kinds: pd.DataFrame) -> dict[tuple[str, str], dict[str, dict[str, Any]]]:
    """Return kind -> facts for each edge; one row of the frame is one kind of one edge."""
    facts = ("count", "first", "last", "direction")
    found: defaultdict[tuple[str, str], dict[str, dict[str, Any]]] = defaultdict(dict)
    for source, target, kind, *values in _rows(kinds, ("source", "target", "kind", *facts)):
        found[source, target][kind] = dict(zip(facts, values, strict=True))
    return found


def _rows(frame: pd.DataFrame, columns: Iterable[str]) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a frame as plain Python values."""
    return zip(*(frame[name].tolist() for name in columns), strict=True)
