"""EigenTrust: standing in the whole network, as the trust of everybody settles it."""

from math import inf
from typing import TYPE_CHECKING, Any

from trustgraph._typing import Graph
from trustgraph.graph.index import TrustIndex
from trustgraph.reputation._flow import check_solver, in_range, settled
from trustgraph.reputation._given import Seeds, index_of, seed_shares, standing_series

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["check_alpha", "eigentrust"]


def eigentrust(
    G: Graph | TrustIndex,
    *,
    seeds: Seeds = None,
    alpha: float = 0.1,
    tolerance: float = 1e-9,
    max_iterations: int = 1_000,
) -> "pd.Series[float]":
    """Return the global trust of each person: EigenTrust.

    Parameters
    ----------
    G
        The graph, or its index (compile it once for many questions). An edge u -> v is u's trust
        in v, and trust flows along it from u to v.
    seeds
        Who is trusted beforehand: a person (id or unique full name), several, a mapping from
        people to weights, or None: everybody alike.
    alpha
        Weight of the trust given beforehand, in (0, 1].
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
        If ``alpha`` is not in (0, 1], or a weight, the tolerance or the number of iterations is
        out of range.
    ConvergenceError
        If the tolerance is not met within ``max_iterations``.
    GraphContractError
        If the graph breaks the contract.

    See Also
    --------
    personalised_pagerank : the same system under another name for its parameter.
    decompose : which edges and ways make up a score.

    Notes
    -----
    Person i divides their trust among those they trust [1]_: c_ij = s_ij / Σ_j s_ij, Eq. (1) of
    the paper with s_ij the trust of the edge i -> j. Somebody who trusts nobody counts as
    trusting the seeds: c_ij = p_j, with p the shares of the seeds (Section 4.5). The scores t
    solve

        t = (1 - alpha) · C^T t + alpha · p

    which is where the rounds of Algorithm 2 (Basic EigenTrust) end. They are solved to a true
    error, not until they change little. How much somebody trusts in all makes no difference, only
    how they divide it; an edge of trust 0 carries nothing.

    There is no ``alpha = 0``: then the rounds need not settle at all (two people who trust only
    each other swap their scores for ever), and where they do, a circle that trusts nobody outside
    takes everything, which is what the paper brings ``alpha`` in against. A small one, 0.001, is
    nearly the plain average over the long run and has one solution on any graph.

    References
    ----------
    .. [1] Kamvar, S. D., Schlosser, M. T., Garcia-Molina, H. (2003). The EigenTrust algorithm for
       reputation management in P2P networks. Proceedings of the 12th International Conference on
       World Wide Web, 640-651. https://doi.org/10.1145/775152.775242

    Examples
    --------
    Ana trusts bo three times as much as cy; both trust dee, who trusts nobody:

    >>> G = nx.DiGraph()
    >>> G.add_edge("ana", "bo", trust=0.9)
    >>> G.add_edge("ana", "cy", trust=0.3)
    >>> G.add_edge("bo", "dee", trust=0.5)
    >>> G.add_edge("cy", "dee", trust=0.8)
    >>> tg.reputation.eigentrust(G, seeds="ana", alpha=0.2).round(4).to_dict()
    {'ana': 0.4098, 'bo': 0.2459, 'cy': 0.082, 'dee': 0.2623}
    """
    check_alpha(alpha)
    check_solver(tolerance, max_iterations)
    index = index_of(G)
    pretrust = seed_shares(index, seeds)
    if not index.n:
        return standing_series(index, pretrust, "eigentrust")
    found = settled(
        index,
        pretrust,
        damping=1.0 - alpha,
        tolerance=tolerance,
        max_iterations=max_iterations,
    )
    return standing_series(index, found.scores, "eigentrust")


def check_alpha(alpha: Any) -> None:
    """Raise a ValueError if the weight of the seeds is not in (0, 1].

    Examples
    --------
    >>> from trustgraph.reputation.eigentrust import check_alpha
    >>> check_alpha(0)
    Traceback (most recent call last):
        ...
    ValueError: alpha is 0; the weight of the trust given beforehand must be in (0, 1]. ...
    """
    if in_range(alpha, 0.0, inf) and 0.0 <= 1.0 - alpha < 1.0:
        return
    message = f"alpha is {alpha!r}; the weight of the trust given beforehand must be in (0, 1]."
    if in_range(alpha, 0.0, 1.0):
        message += (
            " Without any, circles of people swap their scores for ever, or keep everything: "
            "there is no one answer. A small weight, such as 0.001, comes close to it"
        )
    raise ValueError(message)
