"""The product of trust along the best path: the plainest way to trust somebody through others."""

from typing import TYPE_CHECKING

import numpy as np

from trustgraph._typing import Floats, Graph, Ints
from trustgraph.graph.index import TrustIndex
from trustgraph.reputation._given import Pairs, index_of, pair_numbers, pair_series

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["best_path"]

BLOCK = 256
"""Sources that are answered at once: a row of distances each."""


def best_path(G: Graph | TrustIndex, pairs: Pairs) -> "pd.Series[float]":
    """Return the trust of each source in each target along the path that carries most of it.

    Parameters
    ----------
    G
        The graph, or its index (compile it once for many questions).
    pairs
        (who trusts, whom), ids or unique full names; or a frame with columns ``source`` and
        ``target``.

    Returns
    -------
    pandas.Series
        Trust in [0, 1], indexed by ``source`` and ``target`` in the order of the pairs: the
        largest product of trust along a path from source to target. NaN where there is no path
        on which everybody trusts the next one a little, and of a person in themselves.

    Raises
    ------
    UnknownPersonError, AmbiguousPersonError
        If a person is not known, or not by that name alone.
    ValueError
        If something given is no pair.
    GraphContractError
        If the graph breaks the contract.

    Notes
    -----
    Shortest paths over -ln(trust), of any length; O((m + n) log n) a source. Another path never
    adds anything, and neither do any number of identities behind one tie.

    Examples
    --------
    >>> G = nx.DiGraph([("ana", "bo", {"trust": 0.8}), ("bo", "cy", {"trust": 0.5})])
    >>> tg.reputation.best_path(G, [("ana", "cy"), ("cy", "ana")]).round(3).to_dict()
    {('ana', 'cy'): 0.4, ('cy', 'ana'): nan}
    """
    index = index_of(G)
    source, target = pair_numbers(index, pairs)
    values = np.full(len(source), np.nan)
    asked, place = np.unique(source, return_inverse=True)
    for low in range(0, len(asked), BLOCK):
        here = np.flatnonzero((place >= low) & (place < low + BLOCK))
        trust = _best_from(index, asked[low : low + BLOCK])
        values[here] = trust[place[here] - low, target[here]]
    values[(source == target) | (values == 0.0)] = np.nan
    return pair_series(index, source, target, values, "best_path")


def _best_from(index: TrustIndex, sources: Ints) -> Floats:
    """Return the best product from each source to everybody, 0 where there is no path."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    kept = index.trust > 0
    asker = np.repeat(np.arange(index.n), np.diff(index.out_start))[kept]
    # Zeros are stored on purpose: full trust is an edge of length 0, not a missing one.
    lengths = csr_array(
        (-np.log(index.trust[kept]), (index.out_asked[kept], asker)), shape=(index.n, index.n)
    )
    found: Floats = np.exp(-dijkstra(lengths, indices=sources))
    return found
