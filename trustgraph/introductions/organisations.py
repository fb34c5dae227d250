"""Where a seeker can get in at all."""

from typing import Final

import numpy as np
import pandas as pd

from trustgraph._text import circle_key, match_organisation
from trustgraph._typing import Floats, Graph, LongInts
from trustgraph.engine import reach as reach_kernels
from trustgraph.engine._compile import twin
from trustgraph.engine.paths import COMPILE_FROM_STEPS
from trustgraph.graph.index import TrustIndex
from trustgraph.models.ask import Ask, Organisation
from trustgraph.steps.question import Question, ask_question
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
        scores are those of a complete ask (clarity 1). Places of the seeker's own are left out.

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
    # The target only fixes the clarity here: what is wanted are the steps before the last one.
    nowhere = Ask(seeker=str(seeker), target=Organisation("nowhere in particular"), clarity=1.0)
    question = ask_question(G, nowhere, model=model)
    best, parent = _reach(question, max_intermediaries)
    insiders = _insiders(question, interest)
    hop = best.argmax(axis=0)
    insiders["score"] = best.max(axis=0)[insiders["node"]] * insiders["standing"]
    insiders = insiders.sort_values(["key", "score", "node"], ascending=[True, False, True])
    top = insiders.groupby("key", sort=True, as_index=False).first()
    known = insiders.groupby("key")["node"].nunique()
    rows = []
    columns = [top[name].tolist() for name in ("node", "spelled", "score")]
    for node, spelled, score, number in zip(*columns, known[top["key"]].tolist(), strict=True):
        way = _way(parent, int(hop[node]), node) if score > 0 else []
        rows.append(_row(question, spelled, score, way, number))
    frame = pd.DataFrame(rows, columns=list(COLUMNS[1:]))
    frame = frame.sort_values(["score", "organisation"], ascending=[False, True], ignore_index=True)
    frame.insert(0, "rank", frame["score"].rank(method="min", ascending=False).astype(np.int64))
    return frame


def _reach(question: Question, most: int) -> tuple[Floats, LongInts]:
    index = question.index
    best = np.zeros((most, index.n))
    parent = np.full((most, index.n), -1, np.int64)
    twin(reach_kernels, work=index.m, worth=COMPILE_FROM_STEPS).reach(
        index.out_start,
        index.out_asked,
        question.passing.out,
        question.scale,
        question.barred,
        question.entry_asked,
        question.entry_factor,
        best,
        parent,
    )
    return best, parent


def _insiders(question: Question, interest: str) -> pd.DataFrame:
    """Return one row a person and place: present organisation or a former one, with standing."""
    nodes = question.index.nodes
    standing = question.model.standing
    rows = [
        (node, organisation, title, True)
        for node, (organisation, title) in enumerate(
            zip(nodes["organisation"], nodes["position"], strict=True)
        )
    ]
    rows += [
        (node, organisation, title, places == "also")
        for places in ("also", "past")
        for node, held in enumerate(nodes[places])
        for organisation, title in held
    ]
    seeker = nodes.iloc[question.seeker]
    own = {circle_key(name) for name in (seeker["organisation"], *dict(seeker["also"]))}
    frame = pd.DataFrame(rows, columns=["node", "organisation", "title", "present"])
    frame = frame[(frame["organisation"] != "") & (frame["node"] != question.seeker)]
    keys = {name: circle_key(name) for name in frame["organisation"].unique()}
    frame["key"] = frame["organisation"].map(keys)
    frame = frame[(frame["key"] != "") & ~frame["key"].isin(own)]
    common = frame.groupby("key")["organisation"].agg(lambda names: names.mode().iloc[0])
    frame["spelled"] = frame["key"].map(common)
    places = list(
        zip(frame["spelled"], frame["organisation"], frame["title"], frame["present"], strict=True)
    )
    # Few places differ; each is judged once.
    worth = {
        place: standing.standing(
            match_organisation(place[0], place[1]) or "weak",
            present=place[3],
            role=role_tier(place[2], interest),
        )
        for place in set(places)
    }
    frame["standing"] = [worth[place] for place in places]
    return frame


def _way(parent: LongInts, hop: int, node: int) -> list[int]:
    way = [node]
    for j in range(hop, 0, -1):
        way.append(int(parent[j, way[-1]]))
    return way[::-1]


def _row(
    question: Question, organisation: str, score: float, way: list[int], insiders: int
) -> tuple[object, ...]:
    index = question.index
    names = index.nodes["name"]
    told = tuple(str(names.iloc[node]) for node in (question.seeker, *way)) if way else ()
    introducer = index.labels[way[0]] if way else ""
    insider = index.labels[way[-1]] if way else ""
    return organisation, score, len(way) + 1 if way else 0, introducer, insider, insiders, told
