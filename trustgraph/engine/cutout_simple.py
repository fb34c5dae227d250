"""The steps on simple paths among those on short walks, and the people left when others go."""

import numpy as np

from trustgraph._typing import Bools, Floats, Ints, LongInts
from trustgraph.engine.reliability import on_simple_path
from trustgraph.engine.reliability_reach import nearest


def simple(
    tail: Ints,
    head: Ints,
    sink: int,
    most: int,
) -> Bools:
    """Return which steps stand on a simple path, given steps on short walks, sorted by tail.

    Those of the seeker and those to the sink all do: a shortest walk through them repeats nobody.
    A step that leads to the sink may stand twice. Complexity: that of `on_simple_path`.
    """
    inner = 0
    keep = np.zeros(len(tail), np.bool_)
    exit_of = np.full(sink + 1, -1, np.int64)
    start = np.zeros(sink + 2, np.int64)
    in_start = np.zeros(sink + 3, np.int64)
    for e in range(len(tail)):
        start[tail[e] + 1] += 1
        keep[e] = tail[e] == 0 or head[e] == sink
        if head[e] == sink:
            exit_of[tail[e]] = e
        if not keep[e]:
            in_start[head[e] + 2] += 1
            inner += 1
    if inner == 0 or most < 3:  # noqa: PLR2004 - shorter walks repeat nobody
        keep[:] = True
        return keep
    for t in range(sink + 1):
        start[t + 1] += start[t]
        in_start[t + 2] += in_start[t + 1]
    fore = nearest(tail, head, 0, sink, most)
    back = nearest(head, tail, sink, sink, most)
    in_tail = np.zeros(inner, np.int32)
    for hop in range(1, most):
        for e in range(len(tail)):
            if not keep[e] and fore[tail[e]] == hop:
                in_tail[in_start[head[e] + 1]] = tail[e]
                in_start[head[e] + 1] += 1
    on_simple_path(
        start, head, exit_of, back, in_start[: sink + 2], in_tail, fore, tail, most, keep
    )
    return keep


def only(
    keep: Bools,
    nodes: Ints,
    tail: Ints,
    head: Ints,
    chance: Floats,
    role: Ints,
    step: LongInts,
    target: Ints,
) -> tuple[Ints, Ints, Ints, Floats, Ints, LongInts, Ints]:
    """Leave steps out, and the people whom no step leaves any more; O(steps)."""
    sink = len(nodes) - 1
    number = np.zeros(sink + 1, np.int32)
    for e in range(len(tail)):
        if keep[e]:
            number[tail[e]] = 1
    people = 0
    for t in range(1, sink):
        if number[t] > 0:
            people += 1
            number[t] = people
            nodes[people] = nodes[t]
    nodes[people + 1] = -1
    number[0] = 0
    number[sink] = people + 1
    size = 0
    for e in range(len(tail)):
        if keep[e]:
            tail[size] = number[tail[e]]
            head[size] = number[head[e]]
            chance[size] = chance[e]
            role[size] = role[e]
            step[size] = step[e]
            target[size] = target[e]
            size += 1
    return (
        nodes[: people + 2],
        tail[:size],
        head[:size],
        chance[:size],
        role[:size],
        step[:size],
        target[:size],
    )


def pruned(
    nodes: Ints,
    tail: Ints,
    head: Ints,
    chance: Floats,
    role: Ints,
    step: LongInts,
    target: Ints,
    most: int,
) -> tuple[Ints, Ints, Ints, Floats, Ints, LongInts, Ints]:
    """Return what `trustgraph.engine.cutout.cut` gave, cut down to the simple paths."""
    keep = simple(tail, head, len(nodes) - 1, most)
    return only(keep, nodes, tail, head, chance, role, step, target)
