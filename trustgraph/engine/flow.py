"""Who receives which share of whose trust, on arrays."""

from dataclasses import dataclass
from math import inf

import numpy as np
import numpy.typing as npt

from trustgraph._typing import Floats, Ints, LongInts

__all__ = ["Flow", "shares"]


@dataclass(frozen=True)
class Flow:
    """Who receives which share from whom (CSR), made by `shares`.

    Nodes are renumbered by the number of edges that they receive, most first: rows of one length
    follow each other and the entries that are read most lie together, which makes a pass over the
    edges 1.1 to 1.4 times as fast.

    Parameters
    ----------
    start
        Row v owns the edges ``start[v]`` to ``start[v + 1]``; one more than there are nodes.
    source
        The giver of each edge, as a row number.
    share
        Fraction of the giver's mass that flows along the edge, in (0, 1]; the shares of one giver
        sum to 1.
    leaky
        Rows without an edge out.
    order
        The node that each row stands for.

    Examples
    --------
    >>> from trustgraph.engine.flow import Flow
    >>> empty = np.zeros(0, np.int32)
    >>> one = np.zeros(1, np.int32)
    >>> Flow(np.zeros(2, np.int64), empty, np.zeros(0), leaky=one, order=one).n
    1
    """

    start: LongInts
    source: Ints
    share: Floats
    leaky: Ints
    order: Ints

    @property
    def n(self) -> int:
        """Number of nodes."""
        return len(self.order)

    @property
    def m(self) -> int:
        """Number of edges that carry something."""
        return len(self.source)


def shares(source: npt.ArrayLike, target: npt.ArrayLike, trust: npt.ArrayLike, n: int) -> Flow:
    """Divide what each source has among its targets in proportion to its trust in them.

    Parameters
    ----------
    source, target
        Node numbers of the edges, in [0, n); parallel edges add up, self-loops keep what flows
        along them.
    trust
        Of each edge, at least 0 and finite. An edge with trust 0 carries nothing.
    n
        Number of nodes.

    Returns
    -------
    Flow
        The shares by receiver.

    Raises
    ------
    ValueError
        If arrays differ in length, a number is no node, or a trust is negative or not finite.

    Examples
    --------
    >>> from trustgraph.engine.flow import shares
    >>> flow = shares(np.array([0, 0, 1]), np.array([1, 2, 2]), np.array([0.2, 0.6, 0.5]), 3)
    >>> flow.order
    array([2, 1, 0], dtype=int32)
    >>> flow.share
    array([1.  , 0.75, 0.25])
    """
    source, target = _numbers(source), _numbers(target)
    trust = np.asarray(trust, np.float64)
    if not len(source) == len(target) == len(trust):
        raise ValueError("source, target and trust must have one entry an edge each")
    for ends in (source, target):
        if len(ends) and not 0 <= ends.min() <= ends.max() < n:
            raise ValueError(f"the nodes of an edge must be numbers from 0 to {n - 1}")
    if not np.all((trust >= 0.0) & (trust < inf)):
        raise ValueError("trust must be at least 0 and finite")
    if not trust.all():
        source, target, trust = (array[trust > 0.0] for array in (source, target, trust))
    given = np.bincount(source, trust, n)
    received = np.bincount(target, minlength=n)
    order = np.argsort(-received, kind="stable").astype(np.int32)
    row = np.empty(n, np.int32)
    row[order] = np.arange(n, dtype=np.int32)
    by_row = np.argsort(row[target].astype(np.int64) * n + row[source])
    start = np.zeros(n + 1, np.int64)
    np.cumsum(received[order], out=start[1:])
    giver = source[by_row]
    return Flow(
        start,
        row[giver],
        trust[by_row] / given[giver],
        leaky=np.sort(row[given == 0.0]),
        order=order,
    )


def _numbers(ends: npt.ArrayLike) -> npt.NDArray[np.integer]:
    """Return node numbers as an array; an empty list would make one of floats."""
    numbers = np.asarray(ends)
    return numbers if len(numbers) else numbers.astype(np.int32)
