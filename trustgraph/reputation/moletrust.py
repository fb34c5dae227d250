"""MoleTrust: trust carried outwards from a source, level by level (Massa, Avesani)."""

import pandas as pd

from trustgraph._typing import Graph
from trustgraph.engine.nearby_pairs import mole_values
from trustgraph.graph.index import TrustIndex
from trustgraph.reputation._given import Pairs, index_of, pair_numbers, pair_series
from trustgraph.reputation._nearby import ties_in
from trustgraph.reputation._options import number_in, whole_from

__all__ = ["moletrust"]


def moletrust(
    G: Graph | TrustIndex, pairs: Pairs, *, horizon: int = 3, threshold: float = 0.6
) -> pd.Series:
    """Return the trust of people in others, predicted by MoleTrust.

    Parameters
    ----------
    G
        The graph, or its index. An edge u -> v is u's trust in v.
    pairs
        (who trusts, whom), ids or unique full names; or a frame with columns ``source`` and
        ``target``, or an index of two levels.
    horizon
        Largest distance from the source at which trust is predicted, at least 1.
    threshold
        Predicted trust that somebody needs for being listened to, in [0, 1].

    Returns
    -------
    pandas.Series
        Trust in [0, 1], one row a pair, in the order of the pairs; the trust of the edge where
        there is one. NaN beyond the horizon, where nobody who comes before the target is trusted
        enough, and of a person in themselves. Indexed by ``source, target``.

    Raises
    ------
    UnknownPersonError, AmbiguousPersonError
        If a person is not known, or not by that name alone.
    ValueError
        If something given is no pair, or ``horizon`` or ``threshold`` is out of range.
    GraphContractError
        If the graph breaks the contract.

    Notes
    -----
    First all edges are dropped but those that lead from one distance from the source to the next
    one, so that no cycle is left [1]_, [2]_. Then, the source having trust 1, the trust in each
    person, the nearer ones first, is the mean of the edges to them, weighted by the trust in
    those who state them, if it reaches the threshold. Distances count every edge, of a trust of 0
    too: it is a statement that others answer to.

    All pairs of one source share one search of O(n + m) for n people and m edges.

    References
    ----------
    .. [1] Massa, P., Avesani, P. (2005). Controversial users demand local trust metrics: An
       experimental study on Epinions.com community. Proceedings of the 20th National Conference
       on Artificial Intelligence (AAAI), 121-126.
    .. [2] Massa, P., Avesani, P. (2007). Trust metrics on controversial users: Balancing between
       tyranny of the majority and echo chambers. International Journal on Semantic Web and
       Information Systems 3(1), 39-64.

    Examples
    --------
    >>> G = nx.DiGraph()
    >>> G.add_edge("ana", "bo", trust=0.9)
    >>> G.add_edge("ana", "cy", trust=0.6)
    >>> G.add_edge("bo", "dee", trust=0.5)
    >>> G.add_edge("cy", "dee", trust=1.0)
    >>> tg.reputation.moletrust(G, [("ana", "dee"), ("bo", "cy")])
    source  target
    ana     dee       0.7
    bo      cy        NaN
    Name: moletrust, dtype: float64
    """
    horizon = whole_from("horizon", horizon, 1)
    threshold = number_in("threshold", threshold, 0, 1)
    index = index_of(G)
    source, target = pair_numbers(index, pairs)
    ties = ties_in(index)
    found = mole_values(ties, source, target, horizon=horizon, threshold=threshold)
    return pair_series(index, source, target, found, "moletrust")
