"""The steps on short walks from a seeker to targets, cut out of a large graph by the search itself.

A walk is ``entry, further …, exit`` with at most ``most`` intermediaries, none of them barred.
``hops[2 * v]`` is the smallest number of intermediaries from the seeker to v, v included,
``hops[2 * v + 1]`` that from v, itself included, to a target; 0 stands for: not met.

The search grows from both ends, always where fewer steps have to be read, until it has gone
``most - 1`` steps in all: ``fore`` from the seeker and ``rear`` from the targets. Every person of a
short walk is then met from one side at least. Who was met from one side alone learns the other
number by a second look at the steps already read (`complete`). What is read or written is what
was met: nothing of the size of the graph is looked at.

Complexity: each step read by the search is read at most ``most + 3`` times; the people kept are
sorted, O(p log p).
"""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from trustgraph._typing import Floats, Ints, LongInts, Number, Singles

Hops: TypeAlias = npt.NDArray[np.int8]

BARRED = 50
"""Number of hops of those who are never intermediaries: twice it still is a number of one byte."""
FIRST, FURTHER, LAST, DIRECT = range(4)
"""Roles of a step."""


def widen(
    start: LongInts,
    near: Ints,
    worth: Floats | Singles,
    people: Ints,
    low: int,
    high: int,
    side: int,
    last: bool,
    hops: Hops,
) -> int:
    """Go one step on from ``people[low:high]``, append whom that meets, return how many there are.

    With ``last`` only those count who were met from the other side, and they stand in its list.
    """
    size = high
    for i in range(low, high):
        v = people[i]
        hop = hops[2 * v + side] + 1
        for p in range(start[v], start[v + 1]):
            w = near[p]
            if hops[2 * w + side] == 0 and worth[p] > 0.0:
                if not last:
                    hops[2 * w + side] = hop
                    people[size] = w
                    size += 1
                elif hops[2 * w + 1 - side] != 0:
                    hops[2 * w + side] = hop
    return size


def complete(
    start: LongInts,
    near: Ints,
    worth: Floats | Singles,
    people: Ints,
    size: int,
    side: int,
    gone: int,
    most: int,
    hops: Hops,
) -> None:
    """Fill the hops to the other side of people that only this side has met.

    ``people`` are in the order of their hops on this side; the other side has gone ``gone`` steps.
    """
    other = 1 - side
    for hop in range(gone + 2, most + 1):
        for i in range(size):
            v = people[i]
            if hops[2 * v + side] + hop - 1 > most:
                break
            if hops[2 * v + other] == 0:
                for p in range(start[v], start[v + 1]):
                    if hops[2 * near[p] + other] == hop - 1 and worth[p] > 0.0:
                        hops[2 * v + other] = hop
                        break


def between(
    out_start: LongInts,
    out_asked: Ints,
    passing: Floats,
    in_start: LongInts,
    in_asker: Ints,
    in_step: Ints,
    scale: float,
    nodes: Ints,
    local: Ints,
    fore: int,
    rear: int,
    most: int,
    hops: Hops,
    place: LongInts,
    head: Ints,
    chance: Floats,
    step: LongInts,
    fill: bool,
) -> None:
    """Go through the steps between the people kept; ``place[t]`` moves on by one for each of t.

    With ``fill`` each step is written there. A step is found from its asker if
    the search from the seeker has read it, else from the asked person.
    """
    for i in range(1, len(nodes) - 1):
        v = nodes[i]
        ahead = hops[2 * v]
        if ahead <= fore:
            for p in range(out_start[v], out_start[v + 1]):
                w = out_asked[p]
                left = hops[2 * w + 1]
                if left > 0 and ahead + left <= most and passing[p] * scale > 0.0:
                    if fill:
                        head[place[i]] = local[w]
                        chance[place[i]] = passing[p] * scale
                        step[place[i]] = p
                    place[i] += 1
        left = hops[2 * v + 1]
        if left <= rear:
            for p in range(in_start[v], in_start[v + 1]):
                u = in_asker[p]
                ahead = hops[2 * u]
                if ahead > fore and ahead + left <= most:
                    s = in_step[p]
                    if passing[s] * scale > 0.0:
                        t = local[u]
                        if fill:
                            head[place[t]] = i
                            chance[place[t]] = passing[s] * scale
                            step[place[t]] = s
                        place[t] += 1


def on_walk(hops: Hops, v: Number, most: int) -> bool:
    """Whether a person stands on a short walk; never true of the barred."""
    return bool(
        hops[2 * v] > 0 and hops[2 * v + 1] > 0 and hops[2 * v] + hops[2 * v + 1] <= most + 1
    )


def kept_people(
    seeker: int,
    fronts: Ints,
    ahead: int,
    behind: int,
    most: int,
    hops: Hops,
    local: Ints,
) -> Ints:
    """Return the seeker, everybody on a short walk in order, and -1; number them in ``local``."""
    met = np.empty(ahead + behind, np.int32)
    size = 0
    for side in range(2):
        for i in range(behind if side else ahead):
            if on_walk(hops, fronts[side, i], most):
                met[size] = fronts[side, i]
                size += 1
    met = np.sort(met[:size])
    number = 0
    for i in range(size):
        if i == 0 or met[i] != met[i - 1]:
            number += 1
    nodes = np.empty(number + 2, np.int32)
    nodes[0] = seeker
    nodes[number + 1] = -1
    number = 0
    for i in range(size):
        if i == 0 or met[i] != met[i - 1]:
            number += 1
            nodes[number] = met[i]
            local[met[i]] = number
    return nodes


def search(
    out_start: LongInts,
    out_asked: Ints,
    passing: Floats,
    in_start: LongInts,
    in_asker: Ints,
    back: Singles,
    entry_asked: Ints,
    entry_factor: Floats,
    exit_asker: Ints,
    exit_factor: Floats,
    scale: float,
    most: int,
    hops: Hops,
    fronts: Ints,
    gone: LongInts,
) -> None:
    """Search from both ends; ``gone`` takes the steps gone and the people met, from each side."""
    ahead = 0
    for a in range(len(entry_asked)):
        v = entry_asked[a]
        if entry_factor[a] > 0.0 and hops[2 * v] == 0:
            hops[2 * v] = 1
            fronts[0, ahead] = v
            ahead += 1
    behind = 0
    for x in range(len(exit_asker)):
        v = exit_asker[x]
        if exit_factor[x] > 0.0 and hops[2 * v + 1] == 0:
            hops[2 * v + 1] = 1
            fronts[1, behind] = v
            behind += 1
    fore = 0
    rear = 0
    low_ahead = 0
    low_behind = 0
    for i in range(most - 1 if scale > 0.0 else 0):
        forth = 0
        for j in range(low_ahead, ahead):
            forth += out_start[fronts[0, j] + 1] - out_start[fronts[0, j]]
        aback = 0
        for j in range(low_behind, behind):
            aback += in_start[fronts[1, j] + 1] - in_start[fronts[1, j]]
        last = i == most - 2
        if forth <= aback:
            fore += 1
            high = ahead
            ahead = widen(out_start, out_asked, passing, fronts[0], low_ahead, high, 0, last, hops)
            low_ahead = high
        else:
            rear += 1
            high = behind
            behind = widen(in_start, in_asker, back, fronts[1], low_behind, high, 1, last, hops)
            low_behind = high
    if fore + rear > 0:
        complete(out_start, out_asked, passing, fronts[0], ahead, 0, rear, most, hops)
        complete(in_start, in_asker, back, fronts[1], behind, 1, fore, most, hops)
    gone[0] = fore
    gone[1] = rear
    gone[2] = ahead
    gone[3] = behind


def rows(
    place: LongInts,
    entry_asked: Ints,
    entry_factor: Floats,
    entry_step: LongInts,
    exit_asker: Ints,
    exit_target: Ints,
    exit_factor: Floats,
    exit_step: LongInts,
    direct_target: Ints,
    direct_factor: Floats,
    direct_step: LongInts,
    most: int,
    hops: Hops,
    local: Ints,
    head: Ints,
    chance: Floats,
    role: Ints,
    step: LongInts,
    target: Ints,
    fill: bool,
) -> None:
    """Go through the first, direct and last steps; ``place[t]`` moves on by one for each of t."""
    for a in range(len(entry_asked)):
        v = entry_asked[a]
        if entry_factor[a] > 0.0 and on_walk(hops, v, most):
            if fill:
                e = place[0]
                head[e] = local[v]
                chance[e] = entry_factor[a]
                role[e] = FIRST
                step[e] = entry_step[a]
            place[0] += 1
    for d in range(len(direct_factor)):
        if direct_factor[d] > 0.0:
            if fill:
                e = place[0]
                chance[e] = direct_factor[d]
                role[e] = DIRECT
                step[e] = direct_step[d]
                target[e] = direct_target[d]
            place[0] += 1
    for x in range(len(exit_asker)):
        v = exit_asker[x]
        if exit_factor[x] > 0.0 and on_walk(hops, v, most):
            if fill:
                e = place[local[v]]
                chance[e] = exit_factor[x]
                role[e] = LAST
                step[e] = exit_step[x]
                target[e] = exit_target[x]
            place[local[v]] += 1


def cut(
    out_start: LongInts,
    out_asked: Ints,
    passing: Floats,
    in_start: LongInts,
    in_asker: Ints,
    in_step: Ints,
    back: Singles,
    scale: float,
    barred: LongInts,
    seeker: int,
    entry_asked: Ints,
    entry_factor: Floats,
    entry_step: LongInts,
    exit_asker: Ints,
    exit_target: Ints,
    exit_factor: Floats,
    exit_step: LongInts,
    direct_target: Ints,
    direct_factor: Floats,
    direct_step: LongInts,
    most: int,
    hops: Hops,
    fronts: Ints,
    local: Ints,
) -> tuple[Ints, Ints, Ints, Floats, Ints, LongInts, Ints]:
    """Return nodes, tail, head, chance, role, step and target of the steps on short walks.

    Sorted by tail, head and target; without intermediaries the direct steps alone. ``hops`` is all
    0 before and after; ``fronts`` and ``local`` are room for everybody.
    """
    gone = np.zeros(4, np.int64)
    if most > 0:
        for b in range(len(barred)):
            hops[2 * barred[b]] = BARRED
            hops[2 * barred[b] + 1] = BARRED
        search(
            out_start,
            out_asked,
            passing,
            in_start,
            in_asker,
            back,
            entry_asked,
            entry_factor,
            exit_asker,
            exit_factor,
            scale,
            most,
            hops,
            fronts,
            gone,
        )
    nodes = kept_people(seeker, fronts, gone[2], gone[3], most, hops, local)
    sink = len(nodes) - 1
    graph = (out_start, out_asked, passing, in_start, in_asker, in_step, scale, nodes, local)
    search_was = (gone[0], gone[1], most, hops)
    place = np.zeros(sink + 1, np.int64)
    head = np.zeros(0, np.int32)
    chance = np.zeros(0, np.float64)
    role = np.zeros(0, np.int32)
    step = np.zeros(0, np.int64)
    target = np.zeros(0, np.int32)
    tail = np.zeros(0, np.int32)
    # The steps of each person are counted first; then everything is written where it belongs.
    for fill in (False, True):
        between(*graph, *search_was, place, head, chance, step, fill)
        rows(
            place,
            entry_asked,
            entry_factor,
            entry_step,
            exit_asker,
            exit_target,
            exit_factor,
            exit_step,
            direct_target,
            direct_factor,
            direct_step,
            most,
            hops,
            local,
            head,
            chance,
            role,
            step,
            target,
            fill,
        )
        if fill:
            break
        number = 0
        for t in range(sink + 1):
            count = place[t]
            place[t] = number
            number += count
        tail = np.zeros(number, np.int32)
        head = np.full(number, sink, np.int32)
        chance = np.zeros(number, np.float64)
        role = np.full(number, FURTHER, np.int32)
        step = np.zeros(number, np.int64)
        target = np.full(number, -1, np.int32)
    # By now the steps of t end at place[t], where those of t + 1 begin.
    for t in range(1, sink):
        for e in range(place[t - 1], place[t]):
            tail[e] = t
    forget(barred, fronts, gone, hops)
    return nodes, tail, head, chance, role, step, target


def forget(barred: LongInts, fronts: Ints, gone: LongInts, hops: Hops) -> None:
    """Clear the hops of everybody met."""
    for b in range(len(barred)):
        hops[2 * barred[b]] = 0
        hops[2 * barred[b] + 1] = 0
    for side in range(2):
        for i in range(gone[2 + side]):
            hops[2 * fronts[side, i]] = 0
            hops[2 * fronts[side, i] + 1] = 0
