"""The trust of an index as ties by truster and by trusted person."""

from trustgraph.engine.nearby_pairs import Ties
from trustgraph.graph.index import TrustIndex

__all__ = ["ties_in"]


def ties_in(index: TrustIndex) -> Ties:
    """Return who trusts whom: a step stands on the trust of the asked person in the asker.

    Examples
    --------
    >>> from trustgraph.reputation._nearby import ties_in
    >>> ties = ties_in(tg.TrustIndex.from_graph(nx.DiGraph([("bo", "ana", {"trust": 0.8})])))
    >>> ties.trusted[ties.start[1] : ties.start[2]].tolist(), ties.rater.tolist()
    ([0], [1])
    """
    return Ties(
        start=index.in_start,
        trusted=index.in_asker,
        value=index.trust[index.in_step],
        rated_start=index.out_start,
        rater=index.out_asked,
        rating=index.trust,
    )
