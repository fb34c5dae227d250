"""TidalTrust: what the most trusted people on the shortest paths say of a target (Golbeck)."""

import pandas as pd

from trustgraph._typing import Graph
from trustgraph.engine.nearby_pairs import tidal_values
from trustgraph.graph.index import TrustIndex
from trustgraph.reputation._given import Pairs, index_of, pair_numbers, pair_series
from trustgraph.reputation._nearby import ties_in
from trustgraph.reputation._options import whole_from

__all__ = ["tidaltrust"]


def tidaltrust(G: Graph | TrustIndex, pairs: Pairs, *, max_depth: int | None = None) -> pd.Series:
    """Return the trust of people in others, inferred by TidalTrust.

    Parameters
    ----------
    G
        The graph, or its index. An edge u -> v is u's trust in v.
    pairs
        (who trusts, whom), ids or unique full names; or a frame with columns ``source`` and
        ``target``, or an index of two levels.
    max_depth
        Largest number of edges on a path, at least 1; default: no limit.

    Returns
    -------
    pandas.Series
        Trust in [0, 1], one row a pair, in the order of the pairs; the trust of the edge where
        there is one, NaN where there is no path, and of a person in themselves. Indexed by
        ``source, target``.

    Raises
    ------
    UnknownPersonError, AmbiguousPersonError
        If a person is not known, or not by that name alone.
    ValueError
        If something given is no pair, or ``max_depth`` is out of range.
    GraphContractError
        If the graph breaks the contract.

    Notes
    -----
    Only shortest paths from the source to the target count [1]_, [2]_. The strength of a path is
    the smallest trust on it up to the person who rated the target, and ``max`` the largest
    strength of them all. From those raters back to the source, everybody's trust in the target is
    the mean of what the next people on the paths say, weighted by the trust in these, of whom
    only those trusted at least ``max`` are asked. Who is trusted 0 is not asked, so no path leads
    there; a trust of 0 in the target is a rating like others.

    All pairs of one source share one search of O(n + m) for n people and m edges.

    References
    ----------
    .. [1] Golbeck, J. (2005). Computing and Applying Trust in Web-based Social Networks. PhD
       thesis, University of Maryland.
    .. [2] Golbeck, J., Hendler, J. (2006). FilmTrust: Movie recommendations using trust in
       web-based social networks. IEEE Consumer Communications and Networking Conference, 282-286.
       https://doi.org/10.1109/CCNC.2006.1593032

    Examples
    --------
    >>> G = nx.DiGraph()
    >>> G.add_edge("ana", "bo", trust=0.9)
    >>> G.add_edge("ana", "cy", trust=0.5)
    >>> G.add_edge("bo", "dee", trust=0.6)
    >>> G.add_edge("cy", "dee", trust=1.0)
    >>> tg.reputation.tidaltrust(G, [("ana", "dee"), ("ana", "cy")])
    source  target
    ana     dee       0.6
            cy        0.5
    Name: tidaltrust, dtype: float64
    """
    if max_depth is not None:
        max_depth = whole_from("max_depth", max_depth, 1, otherwise=", or None for no limit")
    index = index_of(G)
    source, target = pair_numbers(index, pairs)
    found = tidal_values(ties_in(index), source, target, max_depth=max_depth)
    return pair_series(index, source, target, found, "tidaltrust")
