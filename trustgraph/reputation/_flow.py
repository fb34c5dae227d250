"""What EigenTrust and personalised PageRank share: trust that flows on from seeds."""

from math import inf
from numbers import Real
from typing import Any

import numpy as np

from trustgraph._typing import Floats
from trustgraph.engine.flow import shares
from trustgraph.engine.propagate import Propagated, propagate
from trustgraph.graph.index import TrustIndex
from trustgraph.steps.seed import is_whole

__all__ = ["check_solver", "in_range", "passed_on", "settled"]


def in_range(value: Any, low: float, high: float) -> bool:
    """Return whether a value is a number from ``low`` on and under ``high``; True is none.

    Examples
    --------
    >>> from trustgraph.reputation._flow import in_range
    >>> in_range(0, 0, 1), in_range(1.0, 0, 1), in_range("0", 0, 1), in_range(True, 0, 2)
    (True, False, False, False)
    """
    return not isinstance(value, bool) and isinstance(value, Real) and low <= float(value) < high


def check_solver(tolerance: Any, max_iterations: Any) -> None:
    """Raise a ValueError if the tolerance or the number of iterations is out of range."""
    if not in_range(tolerance, 0.0, inf) or tolerance == 0:
        message = f"tolerance is {tolerance!r}; give the largest error allowed, a number above 0"
        raise ValueError(message)
    if not is_whole(max_iterations) or max_iterations < 1:
        message = f"max_iterations is {max_iterations!r}; give a whole number of at least 1"
        raise ValueError(message)


def settled(
    index: TrustIndex,
    seeds: Floats,
    *,
    damping: float,
    tolerance: float,
    max_iterations: int,
) -> Propagated:
    """Return where the trust of the seeds comes to rest.

    Parameters
    ----------
    index
        The graph, with somebody in it.
    seeds
        Shares of shape (n,), or (n, s) for s questions, each column with the sum 1.
    damping
        Part that flows on, in [0, 1).
    tolerance, max_iterations
        See `trustgraph.engine.propagate.propagate`.

    Returns
    -------
    Propagated
        The scores and how exact they are.

    Raises
    ------
    ConvergenceError
        If the tolerance is not met within ``max_iterations``.
    """
    trusted = np.repeat(np.arange(index.n, dtype=np.int32), np.diff(index.out_start))
    return propagate(
        shares(index.out_asked, trusted, index.trust, index.n),
        seeds,
        damping=damping,
        tolerance=tolerance,
        max_iterations=max_iterations,
    )


def passed_on(index: TrustIndex) -> Floats:
    """Return what share of the asked person's trust goes to the asker, per step.

    Shape (m,), in [0, 1]: the trust of each edge by all trust that its source gives, 0 where that
    is nothing.

    Examples
    --------
    >>> from trustgraph.reputation._flow import passed_on
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.6}), ("bo", "cy", {"trust": 0.2})])
    >>> passed_on(tg.TrustIndex.from_graph(G)).round(6).tolist()
    [0.75, 0.25]
    """
    given = np.bincount(index.out_asked, index.trust, index.n)[index.out_asked]
    return np.divide(index.trust, given, out=np.zeros(index.m), where=given > 0.0)
