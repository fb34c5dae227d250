"""How many contacts somebody has in common with each of some of them."""

import numpy as np

from trustgraph._typing import Bools, Ints, LongInts
from trustgraph.graph.index import TrustIndex
from trustgraph.steps.runs import runs
from trustgraph.trust.proximity import common_neighbours

__all__ = ["mutual_contacts"]


def mutual_contacts(
    index: TrustIndex, person: int, others: Ints, *, observed_only: bool
) -> LongInts:
    """Count the contacts that a person has in common with others.

    Parameters
    ----------
    index
        The graph. A contact is whoever has a tie with somebody, in either direction.
    person
        Number of the person.
    others
        Numbers of the others.
    observed_only
        Whether to leave out inferred ties.

    Returns
    -------
    numpy.ndarray
        One number each.

    Notes
    -----
    Only the ties of the person and of the others are read.

    Examples
    --------
    >>> from trustgraph.steps.mutual import mutual_contacts
    >>> tie = {"trust": 0.8}
    >>> G = nx.DiGraph([("bo", "ana", tie), ("cy", "ana", tie), ("cy", "bo", tie)])
    >>> index = tg.TrustIndex.from_graph(G)
    >>> mutual_contacts(index, 0, np.array([1, 2]), observed_only=True).tolist()
    [1, 1]
    """
    people = np.unique(np.append(others, person)).astype(np.int64)
    keys = np.unique(
        np.concatenate(
            [_keys(index, people, away=away, observed_only=observed_only) for away in (True, False)]
        )
    )
    source, target = np.divmod(keys, max(index.n, 1))
    asked = np.asarray(others, dtype=np.int64)
    return common_neighbours(source, target, np.full_like(asked, person), asked, index.n)


def _keys(index: TrustIndex, people: LongInts, *, away: bool, observed_only: bool) -> LongInts:
    """Return the ties of some people in one direction, each as one number."""
    start = index.out_start if away else index.in_start
    sizes = np.asarray(start[people + 1] - start[people], dtype=np.int64)
    place = runs(start[people], sizes)
    other = (index.out_asked if away else index.in_asker)[place]
    own = np.repeat(people, sizes)
    if observed_only and not index.all_observed:
        seen: Bools = index.observed[place if away else index.in_step[place]]
        other, own = other[seen], own[seen]
    return own * index.n + other.astype(np.int64)
