"""Personalised PageRank: how often a walk along trust that starts anew at the seeds meets each."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from trustgraph._typing import Graph
from trustgraph.graph.index import TrustIndex
from trustgraph.models.people import Person
from trustgraph.reputation._flow import check_solver, in_range, settled
from trustgraph.reputation._given import (
    Seeds,
    index_of,
    number_of,
    seed_shares,
    standing_series,
)

__all__ = ["check_damping", "pagerank_from_each", "personalised_pagerank"]


def personalised_pagerank(
    G: Graph | TrustIndex,
    *,
    seeds: Seeds = None,
    damping: float = 0.85,
    tolerance: float = 1e-9,
    max_iterations: int = 1_000,
) -> "pd.Series[float]":
    """Return the personalised PageRank of each person.

    Parameters
    ----------
    G
        The graph, or its index (compile it once for many questions). An edge u -> v is u's trust
        in v, and the walk follows it from u to v.
    seeds
        Where the walk starts anew: a person (id or unique full name), several, a mapping from
        people to weights, or None: anywhere, which is plain PageRank.
    damping
        Chance that the walk goes on rather than starts anew, in [0, 1).
    tolerance
        Largest sum over people of the distance from the exact scores, above 0.
    max_iterations
        Passes over the edges after which to give up, at least 1.

    Returns
    -------
    pandas.Series
        Indexed by ``person``, in the order of ids; in [0, 1], sum 1. Empty for an empty graph.

    Raises
    ------
    UnknownPersonError, AmbiguousPersonError
        If a seed is not known, or not by that name alone.
    ValueError
        If ``damping`` is not in [0, 1), or a weight, the tolerance or the number of iterations is
        out of range.
    ConvergenceError
        If the tolerance is not met within ``max_iterations``.
    GraphContractError
        If the graph breaks the contract.

    See Also
    --------
    eigentrust : the same system; its ``alpha`` is ``1 - damping``.
    pagerank_from_each : from many people at once, each alone.
    decompose : which edges and ways make up a score.

    Notes
    -----
    From u the walk [1]_ goes on to v in proportion to u's trust in v; from somebody who trusts
    nobody it starts anew. It starts at a seed in proportion to its weight [2]_. The scores are
    those of `networkx.pagerank` with ``personalization`` the seeds, ``weight="trust"`` and
    ``dangling`` left out, solved to a true error. An edge of trust 0 is not walked along, and a
    tie to oneself is left out.

    References
    ----------
    .. [1] Page, L., Brin, S., Motwani, R., Winograd, T. (1999). The PageRank citation ranking:
       bringing order to the web. Technical report 1999-66, Stanford InfoLab.
    .. [2] Haveliwala, T. H. (2002). Topic-sensitive PageRank. Proceedings of the 11th
       International Conference on World Wide Web, 517-526.
       https://doi.org/10.1145/511446.511513

    Examples
    --------
    >>> G = nx.DiGraph()
    >>> G.add_edge("ana", "bo", trust=0.9)
    >>> G.add_edge("ana", "cy", trust=0.3)
    >>> G.add_edge("bo", "ana", trust=0.5)
    >>> tg.reputation.personalised_pagerank(G, seeds="ana").round(4).to_dict()
    {'ana': 0.5405, 'bo': 0.3446, 'cy': 0.1149}
    """
    check_damping(damping)
    check_solver(tolerance, max_iterations)
    index = index_of(G)
    restart = seed_shares(index, seeds)
    if not index.n:
        return standing_series(index, restart, "personalised_pagerank")
    found = settled(
        index, restart, damping=damping, tolerance=tolerance, max_iterations=max_iterations
    )
    return standing_series(index, found.scores, "personalised_pagerank")


def pagerank_from_each(
    G: Graph | TrustIndex,
    people: Any,
    *,
    damping: float = 0.85,
    tolerance: float = 1e-9,
    max_iterations: int = 1_000,
) -> pd.DataFrame:
    """Return the personalised PageRank of everybody as each of several people sees it.

    Parameters
    ----------
    G
        The graph, or its index.
    people
        The seeds (ids, unique full names or `Person` objects), each once; or one alone.
    damping, tolerance, max_iterations
        As in `personalised_pagerank`; the tolerance holds for each column.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``person``, one column a seed (``seed``), in the order given: what
        `personalised_pagerank` gives from that seed alone. It takes 8 bytes a person and seed,
        and on a large graph four seeds share a pass over the edges.

    Raises
    ------
    UnknownPersonError, AmbiguousPersonError
        If a person is not known, or not by that name alone.
    TypeError
        If one of them is no person.
    ValueError
        If a person is named twice or a parameter is out of range.
    ConvergenceError
        If the tolerance is not met within ``max_iterations``.
    GraphContractError
        If the graph breaks the contract.

    Examples
    --------
    >>> G = nx.DiGraph([("ana", "bo", {"trust": 0.9}), ("bo", "ana", {"trust": 0.5})])
    >>> tg.reputation.pagerank_from_each(G, ["ana", "bo"]).round(4)
    seed       ana      bo
    person
    ana     0.5405  0.4595
    bo      0.4595  0.5405
    """
    check_damping(damping)
    check_solver(tolerance, max_iterations)
    index = index_of(G)
    alone = isinstance(people, (str, Person))
    named = list(people) if isinstance(people, Iterable) and not alone else [people]
    numbers = [number_of(index, person) for person in named]
    if len(set(numbers)) < len(numbers):
        twice = next(
            one for one, number in zip(named, numbers, strict=True) if numbers.count(number) > 1
        )
        message = f"{twice!r} is named twice; name each person once"
        raise ValueError(message)
    seeds = np.zeros((index.n, len(numbers)))
    seeds[numbers, range(len(numbers))] = 1.0
    scores = seeds
    if numbers:
        scores = settled(
            index, seeds, damping=damping, tolerance=tolerance, max_iterations=max_iterations
        ).scores
    return pd.DataFrame(scores, index=index.ids, columns=index.ids[numbers].rename("seed"))


def check_damping(damping: Any) -> None:
    """Raise a ValueError if the chance to go on is not in [0, 1).

    Examples
    --------
    >>> from trustgraph.reputation.pagerank import check_damping
    >>> check_damping(1)
    Traceback (most recent call last):
        ...
    ValueError: damping is 1; the chance to go on must be in [0, 1): at 1 the seeds would ...
    """
    if not in_range(damping, 0.0, 1.0):
        message = (
            f"damping is {damping!r}; the chance to go on must be in [0, 1): at 1 the seeds would "
            "not count, and there need not be one answer"
        )
        raise ValueError(message)
