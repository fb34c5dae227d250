"""Appleseed: energy that spreads from a seed and stays where trust leads it (Ziegler, Lausen)."""

from typing import Final, Literal

import numpy as np
import pandas as pd

from trustgraph._typing import Floats, Graph, LongInts
from trustgraph.errors import ConvergenceError
from trustgraph.graph.index import TrustIndex
from trustgraph.reputation._given import Seeds, index_of, seed_shares, standing_series
from trustgraph.reputation._options import number_in, whole_from

__all__ = ["appleseed"]

MOST_SEEDS: Final = 64
"""Seeds that are spread together, as columns of one matrix."""
MOST_NUMBERS: Final = 4_000_000
"""Numbers that such a matrix holds at most, unless one column is longer."""


def appleseed(
    G: Graph | TrustIndex,
    *,
    seeds: Seeds,
    energy: float = 200.0,
    spreading: float = 0.85,
    threshold: float = 0.01,
    normalise: Literal["linear", "square"] = "linear",
    max_iterations: int = 1_000,
) -> pd.Series:
    """Return the trust ranks of Appleseed: where energy put into the seeds comes to rest.

    Parameters
    ----------
    G
        The graph, or its index. An edge u -> v is u's trust in v; energy flows along it.
    seeds
        Where the energy is put in: a person (id or unique full name), several, a mapping from
        people to weights, or None: everybody. Several seeds spread one by one, each in its own
        graph with its own backward edges, and the ranks are averaged by weight.
    energy
        How much is put in, above 0.
    spreading
        Part of the energy that reaches somebody and is passed on, in [0, 1).
    threshold
        The spreading ends when nobody's rank gains more than this in a round, above 0; in units
        of energy, for all of it put into one seed.
    normalise
        How people divide what they pass on: in the ratio of their trust (``"linear"``), or of its
        square (``"square"``).
    max_iterations
        Rounds after which to give up, at least 1. With the defaults 51 are enough for any graph.

    Returns
    -------
    pandas.Series
        Rank of each person, in units of energy, in [0, ``energy``]; 0 for whom no trust from the
        seeds reaches. A seed keeps its part like everybody else, so that its rank is large; who
        compares people leaves the seeds out. Indexed by ``person``, in the order of ids.

    Raises
    ------
    UnknownPersonError, AmbiguousPersonError
        If a seed is not known, or not by that name alone.
    ValueError
        If a parameter is out of range.
    ConvergenceError
        If the spreading has not ended after ``max_iterations``.
    GraphContractError
        If the graph breaks the contract.

    Notes
    -----
    In every round a person keeps the part 1 - d of the energy that reached them, d being
    ``spreading``, and passes the rest on, in the ratio of trust [1]_, [2]_. Everybody whom the
    energy reaches but the seed itself gets a virtual edge of trust 1 back to the seed, in place
    of what trust they have in it, so that nobody is a dead end. With a threshold towards 0 the
    ranks become (1 - d) x, where x = energy s + d W' x, s being the seed and W the trust with
    these edges in it, divided by row. They then sum to the energy, unless the seed trusts nobody:
    what it would pass on is lost. If the seed kept nothing, as in some implementations, all other
    ranks would grow by one common factor.

    A round takes O(n + m) for n people and m edges, and the energy on its way falls by d at least.

    References
    ----------
    .. [1] Ziegler, C.-N., Lausen, G. (2004). Spreading activation models for trust propagation.
       IEEE International Conference on e-Technology, e-Commerce and e-Service, 83-97.
       https://doi.org/10.1109/EEE.2004.1287293
    .. [2] Ziegler, C.-N., Lausen, G. (2005). Propagation models for trust and distrust in social
       networks. Information Systems Frontiers 7(4-5), 337-358.
       https://doi.org/10.1007/s10796-005-4807-3

    Examples
    --------
    >>> G = nx.DiGraph()
    >>> G.add_edge("ana", "bo", trust=0.8)
    >>> G.add_edge("ana", "cy", trust=0.4)
    >>> G.add_edge("cy", "dee", trust=1.0)
    >>> tg.reputation.appleseed(G, seeds="ana").round(1).to_dict()
    {'ana': 101.4, 'bo': 57.5, 'cy': 28.7, 'dee': 12.2}
    """
    energy = number_in("energy", energy, 0, with_low=False)
    spreading = number_in("spreading", spreading, 0, 1, with_high=False)
    threshold = number_in("threshold", threshold, 0, with_low=False)
    max_iterations = whole_from("max_iterations", max_iterations, 1)
    if normalise not in ("linear", "square"):
        message = f"normalise is {normalise!r}; name 'linear' or 'square'"
        raise ValueError(message)
    index = index_of(G)
    shares = seed_shares(index, seeds)
    chosen = np.flatnonzero(shares)
    strength = index.trust if normalise == "linear" else index.trust**2
    width = max(1, min(MOST_SEEDS, MOST_NUMBERS // max(index.n, 1)))
    ranks = np.zeros(index.n)
    for low in range(0, len(chosen), width):
        block = chosen[low : low + width]
        spread = _ranks(index, strength, block, energy, spreading, threshold, max_iterations)
        ranks += spread @ shares[block]
    return standing_series(index, ranks, "appleseed")


def _ranks(
    index: TrustIndex,
    strength: Floats,
    seeds: LongInts,
    energy: float,
    spreading: float,
    threshold: float,
    max_iterations: int,
) -> Floats:
    """Return the ranks for each seed alone, shape (n, number of seeds)."""
    from scipy.sparse import csr_array

    # Row v, column u: u's trust in v. The rows of the seeds are replaced by the backward edges.
    trust = csr_array((strength, index.out_asked, index.out_start), shape=(index.n, index.n))
    columns = np.arange(len(seeds))
    given = np.bincount(index.out_asked, strength, index.n)
    total: Floats = given[:, None] - trust[seeds].toarray().T + 1.0
    total[seeds, columns] = given[seeds]
    per_trust = np.divide(spreading, total, out=np.zeros_like(total), where=total > 0)
    ranks, running = np.zeros_like(total), np.zeros_like(total)
    running[seeds, columns] = energy
    active = columns
    for _ in range(max_iterations):
        ranks[:, active] += (1.0 - spreading) * running
        gain = (1.0 - spreading) * running.max(axis=0)
        if (gain <= threshold).all():
            return ranks
        if (gain <= threshold).any():
            running = running[:, gain > threshold]
            active = active[gain > threshold]
        passed = running * per_trust[:, active]
        running = trust @ passed
        places = seeds[active], np.arange(len(active))
        passed[places] = 0.0
        running[places] = passed.sum(axis=0)
    raise ConvergenceError(max_iterations, float(gain.max()), threshold)
