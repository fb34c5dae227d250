"""Trust transitivity: what somebody may believe of another, by the best ways to those who know."""

from typing import TYPE_CHECKING, Final

import numpy as np

from trustgraph._typing import Floats, Graph, Ints, LongInts
from trustgraph.engine import transitivity
from trustgraph.engine._compile import twin
from trustgraph.graph.index import TrustIndex
from trustgraph.reputation._given import Pairs, index_of, pair_numbers, pair_series
from trustgraph.reputation._options import true_or_false

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["trust_transitivity"]

COMPILE_FROM_EDGES: Final = 300_000
"""People and edges times sources from which compiled kernels pay for the start of the compiler."""


def trust_transitivity(
    G: Graph | TrustIndex, pairs: Pairs, *, direct: bool = True
) -> "pd.Series[float]":
    """Return the trust of each source in its target that the ties between people support.

    Parameters
    ----------
    G
        The graph, or its index (compile it once for many questions). An edge u -> v is u's trust
        in v.
    pairs
        (who trusts, whom): ids or unique full names; or a frame with columns ``source`` and
        ``target``, or a MultiIndex. Pairs of one source share a search, so give them at once.
    direct
        Whether the source's own trust in the target counts among the others'. Without it this is
        exactly what the graph without the edge from source to target gives, for every pair at
        once: no way to those asked leads over that edge.

    Returns
    -------
    pandas.Series
        Indexed by ``source`` and ``target`` in the order of the pairs, in [0, 1]; 1 for somebody
        and themselves (the t_uu = 1 of the paper; other pairwise models have no answer there),
        0 where nobody who knows the target is reached.

    Raises
    ------
    UnknownPersonError, AmbiguousPersonError
        If a person is not known, or not by that name alone.
    TypeError
        If ``direct`` is not True or False.
    ValueError
        If something given is no pair.
    GraphContractError
        If the graph breaks the contract.

    Notes
    -----
    The pervasive trust of Richters and Peixoto [1]_. Let w_m be the largest product of trust
    along a way from the source u to m that does not lead through the target v (w_u = 1, and 0
    where there is no way), and c_mv the trust of m in v, the sums going over everybody with an
    edge to v:

        t_uv = Σ_m w_m² · c_mv / Σ_m w_m

    Those who know v are averaged, each weighted with how far u may trust them, and what each says
    is discounted by the same trust. So direct trust is one voice among others: it decides alone
    only where nobody else is reached, and an edge with trust 0 is a voice against. In large random
    networks the average over pairs vanishes unless enough ties have trust 1 that these alone hang
    together.

    One search a source finds all w_m; for a target through whom some of them lead, only the people
    behind it are searched anew. Products under 1e-308 count as 0.

    References
    ----------
    .. [1] Richters, O., Peixoto, T. P. (2011). Trust transitivity in social networks. PLoS ONE
       6(4), e18384. https://doi.org/10.1371/journal.pone.0018384

    Examples
    --------
    Ana trusts bo by 0.8 and cy by 0.5; both know dee, and (0.8² · 0.5 + 0.5² · 1) / 1.3 = 0.438:

    >>> G = nx.DiGraph()
    >>> G.add_edge("ana", "bo", trust=0.8)
    >>> G.add_edge("ana", "cy", trust=0.5)
    >>> G.add_edge("bo", "dee", trust=0.5)
    >>> G.add_edge("cy", "dee", trust=1.0)
    >>> tg.reputation.trust_transitivity(G, [("ana", "dee"), ("dee", "ana")]).round(3)
    source  target
    ana     dee       0.438
    dee     ana       0.000
    Name: trust_transitivity, dtype: float64
    """
    direct = true_or_false("direct", direct)
    index = index_of(G)
    source, target = pair_numbers(index, pairs)
    values = _values(index, source, target, direct=direct)
    return pair_series(index, source, target, values, "trust_transitivity")


def _values(index: TrustIndex, source: Ints, target: Ints, *, direct: bool) -> Floats:
    """Return the trust of each pair: pairs are brought in the order of sources, then back."""
    order = np.argsort(source, kind="stable")
    sources, first = np.unique(source[order], return_index=True)
    pair_start: LongInts = np.append(first, len(order)).astype(np.int64)
    n, found = index.n, np.zeros(len(order))
    work = float(len(sources)) * (n + index.m)
    twin(transitivity, work=work, worth=COMPILE_FROM_EDGES).transitive_trust(
        sources,
        pair_start,
        target[order],
        direct,
        index.in_start,
        index.in_asker,
        index.trust[index.in_step],
        index.out_start,
        index.out_asked,
        index.trust,
        np.zeros(n),
        np.zeros(n),
        *(np.zeros(n, np.int32) for _ in range(6)),
        np.zeros(n, np.uint8),
        found,
    )
    values = np.empty_like(found)
    values[order] = found
    return values
