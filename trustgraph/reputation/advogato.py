"""Advogato: who is accepted when certificates can pass on only so much (Levien)."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from trustgraph._typing import Bools, Graph, LongInts
from trustgraph.engine import certify
from trustgraph.engine._compile import twin
from trustgraph.graph.index import TrustIndex
from trustgraph.reputation._given import Seeds, index_of, seed_shares, standing_series
from trustgraph.reputation._options import number_in, whole_from

__all__ = ["advogato"]

COMPILE_FROM_OPERATIONS: Final = 5_000_000
"""Ties times people accepted, at most, from which the start of the compiler pays."""


def advogato(
    G: Graph | TrustIndex,
    *,
    seeds: Seeds,
    capacities: Sequence[int] = (800, 200, 50, 12, 4, 2, 1),
    levels: Sequence[float] | None = None,
) -> pd.Series:
    """Return who is accepted by Levien's attack-resistant trust metric, and at which level.

    Parameters
    ----------
    G
        The graph, or its index. An edge u -> v, u's trust in v, is a certificate of u for v.
    seeds
        Whom to trust beforehand: a person (id or unique full name), several, a mapping from
        people to weights, or None: everybody. Advogato knows no weights: all above 0 are alike.
    capacities
        How many people somebody can let in, themselves included, by their distance from the
        nearest seed; whole numbers, at least 1. The last one holds for everybody farther off.
    levels
        Trusts in (0, 1] that a certificate must reach. At each level the metric is computed anew,
        on the certificates that reach it. Default: one level, which any trust above 0 reaches.

    Returns
    -------
    pandas.Series
        Highest level at which each person is accepted, 0 if at none; without levels 1 or 0.
        Indexed by ``person``, in the order of ids.

    Raises
    ------
    UnknownPersonError, AmbiguousPersonError
        If a seed is not known, or not by that name alone.
    ValueError
        If a capacity or a level is out of range, or none is given.
    GraphContractError
        If the graph breaks the contract.

    Notes
    -----
    Each person x of capacity c is split in x- and x+, with an edge of capacity c - 1 between them
    and one of capacity 1 from x- to the supersink; a certificate is an edge of unlimited capacity
    from x+ to the y- of the certified person [1]_, [2]_. A largest flow from the seeds to the
    supersink accepts whose edge to it is used. People beyond a few confused ones, however many
    identities they invent, are accepted at most as often as the confused ones have capacity.

    How many are accepted is the value of the largest flow. Which ones, the flow leaves open where
    the capacities are short; here it is the people nearer to the seeds who come first, then those
    with the smaller id, person by person. This makes one set, whatever way the flow is found, and
    it depends on ids only among people at one distance.

    References
    ----------
    .. [1] Levien, R., Aiken, A. (1998). Attack-resistant trust metrics for public key
       certification. Proceedings of the 7th USENIX Security Symposium, 229-242.
    .. [2] Levien, R. (2009). Attack-resistant trust metrics. In: Computing with Social Trust,
       Springer, 121-132. https://doi.org/10.1007/978-1-84800-356-9_5

    Examples
    --------
    >>> G = nx.DiGraph()
    >>> G.add_edge("ana", "bo", trust=0.9)
    >>> G.add_edge("ana", "cy", trust=0.5)
    >>> G.add_edge("cy", "dee", trust=0.9)
    >>> tg.reputation.advogato(G, seeds="ana", capacities=(3, 2, 1)).to_dict()
    {'ana': 1.0, 'bo': 1.0, 'cy': 1.0, 'dee': 0.0}
    >>> tg.reputation.advogato(G, seeds="ana", levels=[0.4, 0.8]).to_dict()
    {'ana': 0.8, 'bo': 0.8, 'cy': 0.4, 'dee': 0.4}
    """
    index = index_of(G)
    chosen = np.flatnonzero(seed_shares(index, seeds))
    given = [whole_from("a capacity", one, 1) for one in _several("capacities", capacities)]
    room = np.array([min(one - 1, index.n) for one in given], np.int64)
    highest = np.zeros(index.n)
    if levels is None:
        highest[_accepted(index, index.trust > 0, chosen, room)] = 1.0
    else:
        several = _several("levels", levels)
        for level in sorted(number_in("a level", one, 0, 1, with_low=False) for one in several):
            highest[_accepted(index, index.trust >= level, chosen, room)] = level
    return standing_series(index, highest, "advogato")


def _accepted(index: TrustIndex, there: Bools, seeds: LongInts, room: LongInts) -> Bools:
    """Return who is accepted on the certificates that are there."""
    most = min(index.n, len(seeds) * (int(room[0]) + 1))
    kernels = twin(certify, work=float(most) * index.m, worth=COMPILE_FROM_OPERATIONS)
    by_truster = index.in_start, index.in_asker, index.in_step
    distance, queue = np.full(index.n, -1, np.int32), np.zeros(index.n, np.int32)
    number = kernels.distances(*by_truster, there, seeds, distance, queue)
    order = queue[:number]
    order = order[np.lexsort((order, distance[order]))]
    accepted = np.zeros(index.n, np.bool_)
    kernels.accept(
        *by_truster,
        index.out_start,
        index.out_asked,
        there,
        order,
        distance,
        room[np.clip(distance, 0, len(room) - 1)],
        np.zeros(index.m, np.int64),
        np.zeros(index.n, np.int64),
        accepted,
    )
    return accepted


def _several(name: str, values: Any) -> list[Any]:
    """Return the values of an option that takes several, in their order."""
    given = list(values) if isinstance(values, Iterable) and not isinstance(values, str) else []
    if not given:
        message = f"{name} is {values!r}; give several numbers, at least one"
        raise ValueError(message)
    return given
