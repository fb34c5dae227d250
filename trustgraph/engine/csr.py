"""Steps by person, by counting: no comparison is made.

A list of steps by person (CSR) is held as ``start`` of shape (n + 1,) and the other person of each
step; each sort is stable. Complexity: O(n + m) for n people and m steps.
"""

from trustgraph._typing import Ints, LongInts

__all__ = ["group", "turn"]


def group(key: Ints, other: Ints, start: LongInts, people: Ints, edge: Ints) -> None:
    """Sort steps by one end.

    ``start``, zeros of shape (n + 1,), becomes where each person's steps begin; ``people`` and
    ``edge`` of shape (m,) become the other end of each step and the place it had before.
    """
    n = len(start) - 1
    for k in range(len(key)):
        start[key[k] + 1] += 1
    for i in range(n):
        start[i + 1] += start[i]
    free = start[:-1].copy()
    for k in range(len(key)):
        place = free[key[k]]
        free[key[k]] = place + 1
        people[place] = other[k]
        edge[place] = k


def turn(
    start: LongInts,
    people: Ints,
    edge: Ints,
    turned_start: LongInts,
    turned_people: Ints,
    turned_edge: Ints,
    place: Ints,
) -> None:
    """Sort steps by their other end; within it they stand in the order of this end.

    ``turned_start``, zeros of shape (n + 1,), ``turned_people`` and ``turned_edge`` become the
    list by the other end; ``place[k]`` becomes the number that step k has in it.
    """
    n = len(start) - 1
    for k in range(len(people)):
        turned_start[people[k] + 1] += 1
    for i in range(n):
        turned_start[i + 1] += turned_start[i]
    free = turned_start[:-1].copy()
    for i in range(n):
        for k in range(start[i], start[i + 1]):
            put = free[people[k]]
            free[people[k]] = put + 1
            turned_people[put] = i
            turned_edge[put] = edge[k]
            place[k] = put
