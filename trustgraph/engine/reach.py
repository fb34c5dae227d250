"""The best product of factors from the entries to everybody, hop-capped.

With factors in [0, 1] the best walk within a number of intermediaries is matched by a simple path
within that number: cutting out a loop never lowers a product. So no path needs to be kept apart.

Complexity: the steps that leave people within ``most - 1`` of an entry are read once each a hop.
"""

import numpy as np

from trustgraph._typing import Floats, Ints, LongInts

BARRED = 2.0
"""Mark of those who are never intermediaries: no product reaches it."""


def reach(
    out_start: LongInts,
    out_asked: Ints,
    passing: Floats,
    scale: float,
    barred: LongInts,
    entry_asked: Ints,
    entry_factor: Floats,
    best: Floats,
    parent: LongInts,
) -> None:
    """Fill ``best[j, v]`` and ``parent[j, v]`` for v as the intermediary number j + 1.

    ``best`` has a row for each intermediary and starts at 0; ``parent`` names the intermediary
    before, -1 for an entry. Who is barred is never an intermediary.
    """
    for b in barred:
        best[:, b] = BARRED
    frontier = [np.int64(0)]
    frontier.pop()
    for a in range(len(entry_asked)):
        v = np.int64(entry_asked[a])
        if entry_factor[a] > best[0, v]:
            best[0, v] = entry_factor[a]
            parent[0, v] = -1
            frontier.append(v)
    for j in range(1, len(best)):
        wider = [np.int64(0)]
        wider.pop()
        for v in frontier:
            for p in range(out_start[v], out_start[v + 1]):
                value = best[j - 1, v] * (passing[p] * scale)
                w = np.int64(out_asked[p])
                if value > best[j, w]:
                    if best[j, w] == 0.0:
                        wider.append(w)
                    best[j, w] = value
                    parent[j, w] = v
        frontier = wider
    for b in barred:
        best[:, b] = 0.0
