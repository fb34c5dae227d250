"""The best introduction of one seeker to each of many targets, from the labels of `reach.spread`.

Every last step to a target is joined to the label of its asker. Equal scores (within a relative
1e-12) are told apart as everywhere: fewer intermediaries, then node numbers, then targets. Where
the labels do not decide, the target is left to a search of its own.

Complexity: the last steps of each target are read twice, each in O(labels of a person).
"""

from trustgraph._typing import Bools, Bytes, Floats, Ints, LongInts, Number
from trustgraph.engine.reach import NEAR, SAME, holds, precedes

NOBODY = 255
"""More intermediaries than there are."""
NOTHING, FOUND, DOUBTED = range(3)
"""What is known of a target: no way there, the best one, or that a search has to find it."""


def ends_at(
    record: Number,
    low: Number,
    high: Number,
    barred: LongInts,
    person: Ints,
    parent: Ints,
) -> bool:
    """Whether one of the targets ``barred[low:high]`` is on the path of a record."""
    found = False
    for b in range(low, high):
        found = found or holds(record, barred[b], person, parent)
    return found


def comes_first(
    record: Number,
    target: Number,
    other: Number,
    other_target: Number,
    person: Ints,
    parent: Ints,
    level: Bytes,
) -> bool:
    """Whether the path of a record and a last step stands before another one of equal score."""
    size = level[record] if record >= 0 else 0
    other_size = level[other] if other >= 0 else 0
    if size != other_size:
        return bool(size < other_size)
    if record != other:
        return precedes(record, other, person, parent)
    return bool(target < other_target)


def pick(
    seeker: int,
    goal_start: LongInts,
    exit_asker: Ints,
    exit_target: Ints,
    exit_factor: Floats,
    exit_direct: Floats,
    barred_start: LongInts,
    barred: LongInts,
    slot: Ints,
    person: Ints,
    value: Floats,
    parent: Ints,
    earlier: Ints,
    level: Bytes,
    doubt: Bools,
    state: Bytes,
    scores: Floats,
    lengths: Ints,
    targets: Ints,
    people: Ints,
) -> None:
    """Fill ``state``, score, number of intermediaries, target and intermediaries for each goal.

    Goal g has the last steps ``goal_start[g]`` to ``goal_start[g + 1]``, of which those of the
    seeker are direct steps with the score ``exit_direct``; its targets end a path.
    """
    for g in range(len(goal_start) - 1):
        low, high = barred_start[g], barred_start[g + 1]
        top = 0.0
        for x in range(goal_start[g], goal_start[g + 1]):
            if exit_asker[x] == seeker:
                top = max(top, exit_direct[x])
                continue
            r = slot[exit_asker[x]] - 1
            while r >= 0:
                if not ends_at(r, low, high, barred, person, parent):
                    top = max(top, value[r] * exit_factor[x])
                    break
                r = earlier[r]
        # -1 stands for a direct step.
        chosen, last, found, doubted = -1, -1, False, False
        blocked = NOBODY
        for x in range(goal_start[g], goal_start[g + 1]):
            r = slot[exit_asker[x]] - 1
            direct = exit_asker[x] == seeker
            while r >= 0 or direct:
                score = exit_direct[x] if direct else value[r] * exit_factor[x]
                if score == 0.0 or score < top * (1.0 - NEAR):
                    break
                if not direct and ends_at(r, low, high, barred, person, parent):
                    blocked = min(blocked, level[r])
                    doubted = doubted or score > top * (1.0 + SAME)
                    r = earlier[r]
                    continue
                record = -1 if direct else r
                doubted = doubted or score < top * (1.0 - SAME) or (not direct and doubt[r])
                if not found or comes_first(
                    record, exit_target[x], chosen, last, person, parent, level
                ):
                    found = True
                    chosen, last = record, exit_target[x]
                    scores[g] = score
                break
        size = level[chosen] if chosen >= 0 else 0
        if doubted or (blocked < NOBODY and (not found or blocked <= size)):
            state[g] = DOUBTED
        elif found:
            state[g] = FOUND
            lengths[g] = size
            targets[g] = last
            for i in range(size - 1, -1, -1):
                people[g, i] = person[chosen]
                chosen = parent[chosen]
