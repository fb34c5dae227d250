"""Paths that share nobody: the best one, then the best of those left, and so on."""

import numpy as np

from trustgraph.engine import kbest, kbest_order
from trustgraph.engine.paths import BestPaths, Routes, k_best_paths
from trustgraph.introductions.results import Diversity

__all__ = ["diverse_paths"]


def diverse_paths(
    routes: Routes, *, k: int, most: int, need_flag: bool, limit: int, diversity: Diversity
) -> BestPaths:
    """Return the best path, then the best that shares nobody with those before, up to k.

    Each is found by an exact search of its own in which those already used are taken out. Greedy:
    not the k disjoint paths with the largest sum.

    Parameters
    ----------
    routes
        The question.
    k, most, need_flag, limit
        As for `k_best_paths`; the limit holds for each search.
    diversity
        What no two paths share: the ``"introducer"``, or any ``"intermediary"``. Direct ties
        share nobody with anybody.

    Returns
    -------
    BestPaths
        At most k paths, in the order in which they are found.
    """
    searches = []
    for _ in range(k):
        best = k_best_paths(routes, k=1, most=most, need_flag=need_flag, limit=limit)
        searches.append(best)
        if not len(best.scores):
            break
        routes = _taken_out(routes, best, diversity)
    return _joined(searches, width=max(most, 1))


def _taken_out(routes: Routes, best: BestPaths, diversity: Diversity) -> Routes:
    used = best.people[0, : best.lengths[0]]
    if not len(used):
        left = routes.direct_target != best.targets[0]
        return routes._replace(
            direct_target=routes.direct_target[left],
            direct_factor=routes.direct_factor[left],
            direct_flag=routes.direct_flag[left],
        )
    if diversity == "intermediary":
        return routes._replace(barred=np.concatenate([routes.barred, used]))
    left = routes.entry_asked != used[0]
    return routes._replace(
        entry_asked=routes.entry_asked[left],
        entry_factor=routes.entry_factor[left],
        entry_flag=routes.entry_flag[left],
    )


def _joined(searches: list[BestPaths], *, width: int) -> BestPaths:
    scores = np.concatenate([best.scores for best in searches])
    rows = np.zeros((len(scores), kbest.FIRST + width), np.int64)
    # A search that is cut short may have left out the longer paths, and with them columns.
    for row, best in enumerate(searches[: len(scores)]):
        rows[row, : best.rows.shape[1]] = best.rows[0]
    rows[:, kbest.RANK] = kbest_order.ranked(scores)
    unexplored = max(best.unexplored for best in searches)
    return BestPaths(rows, scores, unexplored, all(best.optimal for best in searches))
