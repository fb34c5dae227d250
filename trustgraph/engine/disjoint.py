"""Ways between two people that share no edge, the strongest first, and how many ways there are.

A way is a path of at most ``most`` edges. Its strength is the product of the ``share`` of all its
edges but the last and of the ``known`` of the last one. Both lie in [0, 1], so a walk is never
stronger than the path that is left when its loops are cut out, and what is searched for are walks.
A way ends where it first meets the target, and never returns to its source.

People are numbered. Edges by who they start from (*out*) come with their numbers; edges by whom
they lead to (*in*) are numbered as they stand. `strengths` keeps, in ``value[h, x]``, the strength
of the strongest walk of exactly h edges from x to the target, h at most ``most``. Walks of up to
``back`` edges are found from the target, longer ones from the source, so that only people are
visited who are near one of the two.
"""

import numpy as np

from trustgraph._typing import Floats, Ints, LongInts, Number

__all__ = ["count_ways", "disjoint_ways"]

SAME = 1e-12
"""Strengths that differ by less, relatively, are equal."""
ENOUGH = 2
"""Edges of a way that are counted without walking them."""


def near_source(
    source: Number,
    target: Number,
    depth: Number,
    out_start: LongInts,
    out_person: Ints,
    out_edge: Ints,
    share: Floats,
    people: Ints,
    level: LongInts,
    mark: LongInts,
    stamp: Number,
) -> None:
    """List people within ``depth`` edges of the source, nearest first, without the target.

    Those within d edges are the first ``level[d]`` of ``people``. O(edges of people listed).
    """
    people[0] = source
    mark[source] = stamp
    end = 1
    first = 0
    level[0] = 1
    for d in range(1, depth + 1):
        last = end
        for i in range(first, last):
            x = people[i]
            for k in range(out_start[x], out_start[x + 1]):
                y = out_person[k]
                if y != target and mark[y] != stamp and share[out_edge[k]] > 0.0:
                    mark[y] = stamp
                    people[end] = y
                    end += 1
        first = last
        level[d] = end


def strengths(
    source: Number,
    target: Number,
    most: Number,
    back: Number,
    out_start: LongInts,
    out_person: Ints,
    out_edge: Ints,
    in_start: LongInts,
    in_person: Ints,
    share: Floats,
    known: Floats,
    spent: LongInts,
    stamp: Number,
    value: Floats,
    people: Ints,
    level: LongInts,
    touched: Ints,
    touched_end: LongInts,
) -> None:
    """Fill ``value`` from edges that are not spent. O(edges of people visited, once a length).

    People with a value of h edges, h up to ``back``, are those of ``touched[h]`` up to
    ``touched_end[h]``; of more edges, those whom `near_source` lists.
    """
    end = 0
    for k in range(in_start[target], in_start[target + 1]):
        if spent[k] != stamp and known[k] > 0.0:
            value[1, in_person[k]] = known[k]
            touched[1, end] = in_person[k]
            end += 1
    touched_end[1] = end
    for h in range(2, back + 1):
        end = 0
        for i in range(touched_end[h - 1]):
            y = touched[h - 1, i]
            if y == source:
                continue
            for k in range(in_start[y], in_start[y + 1]):
                x = in_person[k]
                if x == target or spent[k] == stamp:
                    continue
                strength = share[k] * value[h - 1, y]
                if strength > value[h, x]:
                    if value[h, x] == 0.0:
                        touched[h, end] = x
                        end += 1
                    value[h, x] = strength
        touched_end[h] = end
    for h in range(back + 1, most + 1):
        for i in range(level[most - h]):
            x = people[i]
            best = 0.0
            for k in range(out_start[x], out_start[x + 1]):
                y = out_person[k]
                if y not in (target, source) and spent[out_edge[k]] != stamp:
                    best = max(best, share[out_edge[k]] * value[h - 1, y])
            value[h, x] = best


def forget(
    most: Number,
    back: Number,
    value: Floats,
    people: Ints,
    level: LongInts,
    touched: Ints,
    touched_end: LongInts,
) -> None:
    """Set all values to 0 again. Complexity: O(people visited)."""
    for h in range(1, back + 1):
        for i in range(touched_end[h]):
            value[h, touched[h, i]] = 0.0
    for h in range(back + 1, most + 1):
        for i in range(level[most - h]):
            value[h, people[i]] = 0.0


def walk(
    source: Number,
    target: Number,
    length: Number,
    out_start: LongInts,
    out_person: Ints,
    out_edge: Ints,
    share: Floats,
    known: Floats,
    spent: LongInts,
    stamp: Number,
    value: Floats,
    on_way: Ints,
    way: Ints,
) -> int:
    """Write the edges of the first of the strongest walks to ``way``; return how many.

    Of equally strong walks of that length it is the first by the numbers of its people. Loops,
    which strengths that are the same but for rounding may hide, are cut out. O(edges of people on
    the way).
    """
    on_way[0] = source
    at = 0
    x = source
    for h in range(length, 0, -1):
        for k in range(out_start[x], out_start[x + 1]):
            y = out_person[k]
            e = out_edge[k]
            if spent[e] == stamp or (y == target) != (h == 1) or y == source:
                continue
            strength = known[e] if h == 1 else share[e] * value[h - 1, y]
            if strength > 0.0 and strength >= value[h, x] * (1.0 - SAME):
                way[at] = e
                at += 1
                for i in range(at):
                    if on_way[i] == y:
                        at = i
                        break
                on_way[at] = y
                x = y
                break
    return at


def disjoint_ways(
    source: Number,
    target: Number,
    most: Number,
    out_start: LongInts,
    out_person: Ints,
    out_edge: Ints,
    in_start: LongInts,
    in_person: Ints,
    share: Floats,
    known: Floats,
    spent: LongInts,
    mark: LongInts,
    stamp: Number,
    value: Floats,
    people: Ints,
    touched: Ints,
    ways: Ints,
) -> int:
    """Write ways without a common edge to the rows of ``ways``; return how many.

    Each is the strongest that shares no edge with those before it: of equally strong ones the
    shortest, of these the first by the numbers of its people. No way is left that shares none.
    Rows hold the numbers of edges from the source on, then -1. The workspace is: ``spent`` and
    ``mark`` without ``stamp`` in them, ``value`` of zeros, shape (most + 1, n), left so;
    ``people`` of shape (n,), ``touched`` of shape (most + 1, n).

    Complexity: O(ways found x edges of people visited x most).
    """
    back = (most + 1) // 2
    level = np.zeros(most + 1, np.int64)
    touched_end = np.zeros(most + 1, np.int64)
    on_way = np.empty(most + 1, np.int32)
    near_source(
        source,
        target,
        most - back - 1 if most > back else 0,
        out_start,
        out_person,
        out_edge,
        share,
        people,
        level,
        mark,
        stamp,
    )
    found = 0
    looking = True
    while looking:
        strengths(
            source,
            target,
            most,
            back,
            out_start,
            out_person,
            out_edge,
            in_start,
            in_person,
            share,
            known,
            spent,
            stamp,
            value,
            people,
            level,
            touched,
            touched_end,
        )
        best = 0.0
        for h in range(1, most + 1):
            best = max(best, value[h, source])
        looking = best > 0.0
        if looking:
            length = 1
            while value[length, source] < best * (1.0 - SAME):
                length += 1
            way = ways[found]
            edges = walk(
                source,
                target,
                length,
                out_start,
                out_person,
                out_edge,
                share,
                known,
                spent,
                stamp,
                value,
                on_way,
                way,
            )
            for i in range(edges):
                spent[way[i]] = stamp
            way[edges:] = -1
            found += 1
        forget(most, back, value, people, level, touched, touched_end)
    return found


def leads_to(
    x: Number, y: Number, out_start: LongInts, out_person: Ints, out_edge: Ints, share: Floats
) -> bool:
    """Whether an edge with a share leads from x to y. Complexity: O(log(edges of x))."""
    low, high = out_start[x], out_start[x + 1]
    while low < high:
        middle = (low + high) // 2
        if out_person[middle] < y:
            low = middle + 1
        else:
            high = middle
    return bool(low < out_start[x + 1] and out_person[low] == y and share[out_edge[low]] > 0.0)


def count_ways(
    source: Number,
    target: Number,
    most: Number,
    out_start: LongInts,
    out_person: Ints,
    out_edge: Ints,
    in_start: LongInts,
    in_person: Ints,
    share: Floats,
    known: Floats,
    ends: LongInts,
    last: LongInts,
) -> int:
    """Return the number of all ways, whatever edges they share.

    All but the last two edges are walked; ``ends``, zeros of shape (n,) and left so, counts the
    ways to go on with two from a person, ``last`` (the same) whether there is one with one.

    Complexity: O(edges within ``most - 2`` edges of the source, once for each way to get there).
    """
    for k in range(in_start[target], in_start[target + 1]):
        y = in_person[k]
        if known[k] > 0.0:
            last[y] = 1
            if y != source:
                for j in range(in_start[y], in_start[y + 1]):
                    if share[j] > 0.0:
                        ends[in_person[j]] += 1
    total = last[source]
    if most >= ENOUGH:
        total += ends[source]
    on_way = np.empty(most + 1, np.int64)
    place = np.empty(most + 1, np.int64)
    on_way[0] = source
    place[0] = out_start[source]
    at = 0 if most > ENOUGH else -1
    while at >= 0:
        x = on_way[at]
        if place[at] == out_start[x + 1]:
            at -= 1
            continue
        k = place[at]
        place[at] += 1
        y = out_person[k]
        new = y != target and share[out_edge[k]] > 0.0
        for i in range(at + 1):
            if on_way[i] == y:
                new = False
        if not new:
            continue
        total += ends[y]
        for i in range(1, at + 1):  # who is on the way already is not gone to again
            z = on_way[i]
            if last[z] and leads_to(y, z, out_start, out_person, out_edge, share):
                total -= 1
        if at + 1 < most - ENOUGH:
            at += 1
            on_way[at] = y
            place[at] = out_start[y]
    for k in range(in_start[target], in_start[target + 1]):
        y = in_person[k]
        last[y] = 0
        for j in range(in_start[y], in_start[y + 1]):
            ends[in_person[j]] = 0
    return int(total)
