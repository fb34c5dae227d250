"""Where a seeker can get in at all."""

from typing import Final

import numpy as np
import pandas as pd

from trustgraph._text import circle_key, match_organisation
from trustgraph._typing import Graph
from trustgraph.engine import batches
from trustgraph.engine.kbest_order import ranked
from trustgraph.graph.index import TrustIndex
from trustgraph.steps.many import ground_of
from trustgraph.steps.roles import role_tier
from trustgraph.trust.model import TrustModel

__all__ = ["rank_organisations"]

COLUMNS: Final = (
    "rank",
    "organisation",
    "score",
    "hops",
    "introducer",
    "insider",
    "insiders",
    "way",
)


def rank_organisations(
    G: Graph | TrustIndex,
    seeker: str,
    *,
    interest: str = "",
    max_intermediaries: int = 3,
    model: TrustModel | None = None,
) -> pd.DataFrame:
    """Return the organisations of the graph, the easiest to get into first.

    Parameters
    ----------
    G
        The graph, or its index.
    seeker
        Id or unique full name.
    interest
        What is sought, in words; people of that function count fully as insiders.
    max_intermediaries
        Largest number of intermediaries, 1 to 5; the insider is one of them.
    model
        Trust model; default: the one of the graph, else the default model.

    Returns
    -------
    pandas.DataFrame
        One row an organisation: ``rank`` (equal scores share one), ``organisation`` (the most
        common spelling), ``score`` of the best introduction (clarity 1) in [0, 1], 0 where there
        is none, its ``hops``, the ids of its ``introducer`` and of its ``insider`` (empty at score
        0), the number of known ``insiders``, and ``way``: the names on the best path. Spellings
        that differ in legal form, case or punctuation count as one organisation; names that match
        only weakly do not, so `find_introductions`, which marks them, may know more ways. The
        scores are those of a complete ask (clarity 1). Places of the seeker's own are left out,
        and people without any tie, such as those who stand in nothing but an address book.

    Raises
    ------
    UnknownPersonError, AmbiguousPersonError
        If the seeker is not known, or not by that name alone.
    ValueError
        If max_intermediaries is out of range.

    Examples
    --------
    >>> G = tg.build_graph(tg.datasets.load_office())
    >>> bool(tg.rank_organisations(G, "ana")["score"].is_monotonic_decreasing)
    True
    """
    if not 1 <= max_intermediaries <= 5:  # noqa: PLR2004 - the limit of find_introductions
        message = f"max_intermediaries is {max_intermediaries}; it must be 1 to 5"
        raise ValueError(message)
    index = G if isinstance(G, TrustIndex) else TrustIndex.from_graph(G)
    in_force = model or index.model or TrustModel()
    number = index.number(seeker)
    labels = batches.labels_from(
        ground_of(index, in_force, observed_only=True), number, most=max_intermediaries
    )
    insiders = _insiders(index, number, interest, in_force)
    score = np.where(labels.slot > 0, labels.best, 0.0)  # the seeker has no record, only a mark
    insiders["score"] = score[insiders["node"]] * insiders["standing"]
    insiders = insiders.sort_values(["key", "score", "node"], ascending=[True, False, True])
    top = insiders.groupby("key", sort=True, as_index=False).first()
    known = insiders.groupby("key")["node"].nunique()
    rows = []
    columns = [top[name].tolist() for name in ("node", "spelled", "score")]
    for node, spelled, value, there in zip(*columns, known[top["key"]].tolist(), strict=True):
        way = labels.way(node) if value > 0 else ()
        rows.append(_row(index, spelled, value, (number, *way), there))
    frame = pd.DataFrame(rows, columns=list(COLUMNS[1:]))
    frame = frame.sort_values("score", ascending=False, kind="stable", ignore_index=True)
    frame.insert(0, "rank", ranked(frame["score"].to_numpy()))
    return frame.sort_values(["rank", "organisation"], ignore_index=True)


def _insiders(index: TrustIndex, seeker: int, interest: str, model: TrustModel) -> pd.DataFrame:
    """Return one row a person and place: present organisation or a former one, with standing."""
    nodes = index.nodes
    here = pd.DataFrame(
        {
            "node": np.arange(index.n),
            "organisation": nodes["organisation"].to_numpy(),
            "title": nodes["position"].to_numpy(),
            "present": True,
        }
    )
    rows = [
        (node, organisation, title, places == "also")
        for places in ("also", "past")
        for node, held in enumerate(nodes[places])
        for organisation, title in held
    ]
    frame = pd.concat([here, pd.DataFrame(rows, columns=list(here))]) if rows else here
    own = (nodes["organisation"].iloc[seeker], *dict(nodes["also"].iloc[seeker]))
    tied = np.diff(index.out_start) + np.diff(index.in_start) > 0
    frame = frame[(frame["organisation"] != "") & (frame["node"] != seeker)]
    frame = frame[tied[frame["node"]]]
    keys = {name: circle_key(name) for name in frame["organisation"].unique()}
    frame["key"] = frame["organisation"].map(keys)
    frame = frame[(frame["key"] != "") & ~frame["key"].isin({circle_key(name) for name in own})]
    frame["spelled"] = frame["key"].map(_common(frame))
    columns = (frame[name].tolist() for name in ("spelled", "organisation", "title", "present"))
    places = list(zip(*columns, strict=True))
    # Few places differ, and fewer titles; each is judged once.
    roles = {title: role_tier(title, interest) for title in {place[2] for place in places}}
    worth = {
        place: model.standing.standing(
            match_organisation(place[0], place[1]) or "weak", present=place[3], role=roles[place[2]]
        )
        for place in set(places)
    }
    frame["standing"] = [worth[place] for place in places]
    return frame


def _common(frame: pd.DataFrame) -> pd.Series:
    """Return the most common spelling of each organisation, by key."""
    counts = frame.groupby(["key", "organisation"]).size().reset_index(name="people")
    counts = counts.sort_values(["people", "organisation"], ascending=[False, True])
    return counts.groupby("key")["organisation"].first()


def _row(
    index: TrustIndex, organisation: str, score: float, way: tuple[int, ...], insiders: int
) -> tuple[object, ...]:
    if len(way) == 1:
        return organisation, score, 0, "", "", insiders, ()
    told = tuple(index.names[node] for node in way)
    ends = (index.labels[way[1]], index.labels[way[-1]])
    return (organisation, score, len(way), *ends, insiders, told)
