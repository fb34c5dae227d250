"""How well a seeker can be introduced to everybody."""

from typing import Any

import numpy as np
import pandas as pd

from trustgraph._typing import Bools, Floats, Graph, LongInts
from trustgraph.engine import batches
from trustgraph.graph.index import TrustIndex
from trustgraph.steps.many import Goal, goals_at, ground_of, last_steps
from trustgraph.steps.subgraph import check_max_intermediaries
from trustgraph.steps.told import told
from trustgraph.trust.model import TrustModel

__all__ = ["introduction_reach"]

AT_ONCE = 10_000


def introduction_reach(
    G: Graph | TrustIndex,
    seeker: Any,
    *,
    max_intermediaries: int = 3,
    observed_only: bool = True,
    model: TrustModel | None = None,
) -> pd.DataFrame:
    """Return the best score, and its number of steps, from one seeker to everybody.

    Parameters
    ----------
    G
        The graph, or its index.
    seeker
        Id or unique full name.
    max_intermediaries
        Largest number of intermediaries, 0 to 5.
    observed_only
        Whether to use only ties on record. Otherwise those who cannot be reached by them get
        their best path with an inferred tie.
    model
        Trust model; default: the one of the graph, else the default model.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``person`` (id), in the order of the index, everybody once: ``score`` of the
        best introduction in [0, 1], 0 where there is none within the cap and for the seeker;
        ``hops``, its steps (a direct tie has 1), 0 likewise; ``inferred``, whether it needs a tie
        that is only guessed.

    Raises
    ------
    UnknownPersonError, AmbiguousPersonError
        If the seeker is not known, or not by that name alone.
    ValueError
        If max_intermediaries is out of range.
    GraphContractError
        If the graph breaks the contract.

    See Also
    --------
    best_introductions : The paths themselves, to some targets.

    Notes
    -----
    Score and steps are those of ``find_introductions(G, seeker, person, k=1)``, to 1e-12, for
    each person. The steps of everybody within the cap are read about once, however many people
    are reached.

    Examples
    --------
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
    >>> tg.introductions.introduction_reach(G, "ana")
            score  hops  inferred
    person
    ana       0.0     0     False
    bo        0.8     1     False
    cy        0.4     2     False
    """
    most = check_max_intermediaries(max_intermediaries)
    index = G if isinstance(G, TrustIndex) else TrustIndex.from_graph(G)
    in_force = model or index.model or TrustModel()
    number = index.number(seeker)
    score, hops = _reached(index, in_force, number, most=most)
    inferred = np.zeros(index.n, bool)
    if not (observed_only or index.all_observed):
        wider, further = _reached(index, in_force, number, most=most, inferred=True)
        inferred = (score == 0) & (wider > 0)
        score, hops = np.where(inferred, wider, score), np.where(inferred, further, hops)
    return pd.DataFrame(
        {"score": score, "hops": hops, "inferred": inferred}, index=index.ids, copy=False
    )


def _reached(
    index: TrustIndex, model: TrustModel, seeker: int, *, most: int, inferred: bool = False
) -> tuple[Floats, LongInts]:
    ground = ground_of(index, model, observed_only=not inferred)
    own = np.arange(index.out_start[seeker], index.out_start[seeker + 1])
    answered = told(index, "response", own) * ground.kappa
    score, between, doubtful = batches.reach_everyone(
        ground,
        batches.labels_from(ground, seeker, most=most),
        trust=index.trust,
        observed=_usable(index, inferred=inferred),
        direct=answered * last_steps(index, observed_only=not inferred, step=own),
    )
    hops = between.astype(np.int64)
    hops += score > 0
    compiled = batches.is_worth(ground, len(doubtful) * batches.spread_work(ground, 2))
    for low in range(0, len(doubtful), AT_ONCE):
        people = doubtful[low : low + AT_ONCE]
        goals = [Goal(one, nodes=(one,), ids=(one,)) for one in people.tolist()]
        found = batches.best_of_pairs(
            ground,
            goals_at(index, goals, [seeker], kappa=ground.kappa, observed_only=not inferred),
            np.arange(len(people) + 1),
            np.full(len(people), seeker, np.int32),
            k=1,
            most=most,
            compiled=compiled,
        )
        score[people] = found.scores[:, 0]
        hops[people] = np.where(found.found > 0, found.lengths[:, 0] + 1, 0)
    return score, hops


def _usable(index: TrustIndex, *, inferred: bool) -> Bools:
    if inferred or index.all_observed:
        return np.zeros(0, bool)
    return np.ascontiguousarray(index.observed)
