"""Smallest and other minimal sets of people who stand on every admissible path."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from trustgraph.engine.reliability_network import TwoTerminal

__all__ = ["Cuts", "minimal_cuts"]

MOST_WORK: Final = 10_000_000
"""Steps looked at, over all searches for a path: some seconds."""


@dataclass(frozen=True)
class Cuts:
    """Minimal sets of intermediaries whose refusal breaks every path.

    Attributes
    ----------
    found
        Numbers of the people, sorted; smaller sets first, then in the order of the numbers.
    complete_to
        All minimal sets of up to so many people are among them.
    at_least
        No set of fewer people breaks every path.
    """

    found: tuple[tuple[int, ...], ...]
    complete_to: int
    at_least: int


class _Spent(Exception):  # noqa: N818 - it is no error
    """The work that may be done is done."""


class _Paths:
    """Searches for admissible paths of a network that avoid some people."""

    def __init__(self, network: TwoTerminal, work: int) -> None:
        self.sink = network.people + 1
        self.most = network.most
        self.left = work
        self.next: list[list[int]] = [[] for _ in range(network.people + 2)]
        for tail, head in zip(network.tail.tolist(), network.head.tolist(), strict=True):
            self.next[tail].append(head)

    def shortest(self, avoided: frozenset[int]) -> tuple[int, ...] | None:
        """Return the people of a path with fewest intermediaries; None if none is admissible.

        A shortest walk passes nobody twice, so a walk within the cap means a simple path.
        """
        before = dict.fromkeys(avoided, -1)
        before[0] = -1
        front = [0]
        for _ in range(self.most + 1):
            wider = []
            for v in front:
                self.left -= len(self.next[v])
                for w in self.next[v]:
                    if w not in before:
                        before[w] = v
                        wider.append(w)
            if self.left < 0:
                raise _Spent
            if self.sink in before:
                return self._traced(before)
            front = wider
        return None

    def _traced(self, before: dict[int, int]) -> tuple[int, ...]:
        path = []
        v = before[self.sink]
        while v:
            path.append(v)
            v = before[v]
        return tuple(reversed(path))

    def disjoint(self, avoided: frozenset[int], most: int) -> int:
        """Return a number of paths that share nobody: each needs somebody of its own to refuse."""
        number = 0
        while number < most and (path := self.shortest(avoided)) is not None:
            avoided = avoided.union(path)
            number += 1
        return number

    def broken_by(self, chosen: frozenset[int]) -> bool:
        return self.shortest(chosen) is None


def minimal_cuts(network: TwoTerminal, *, largest: int, most: int, work: int | None = None) -> Cuts:
    """Return the minimal sets of intermediaries without whom no path is left.

    Parameters
    ----------
    network
        The network, with at least one step and none from the seeker to the sink.
    largest
        Largest size of a set, at least 1.
    most
        Largest number of sets, at least 1.
    work
        Steps that may be looked at; default: `MOST_WORK`.

    Returns
    -------
    Cuts
        Exact as far as it says.

    Notes
    -----
    A set breaks every path if each has a member in it: a hitting set. For paths with a limit on
    their length the theorem of Menger fails [1]_, so that no flow gives the smallest set; this is
    branch and bound instead. Somebody on the shortest path left must refuse: each of its people is
    tried, those tried before are then held to agree, so that no set is met twice. A branch ends
    where more paths that share nobody are left than people may still be chosen. Sizes are worked
    off from 1 on. Complexity: at most ``network.most`` to the power of the size branches, each
    with a few searches of the network.

    References
    ----------
    .. [1] Lovász, L., Neumann-Lara, V., Plummer, M. (1978). Mengerian theorems for paths of
       bounded length. Periodica Mathematica Hungarica 9, 269-276.
    """
    paths = _Paths(network, MOST_WORK if work is None else work)
    found: list[tuple[int, ...]] = []
    complete_to = 0
    at_least = 1
    try:
        at_least = paths.disjoint(frozenset(), network.people)
        complete_to = min(at_least - 1, largest)
        for size in range(at_least, largest + 1):
            room = most + 1 - len(found)
            for cut in islice(_of_size(paths, size, frozenset(), frozenset()), room):
                found.append(cut)  # noqa: PERF402 - what was found before the work is spent counts
            if len(found) > most:
                break
            complete_to = size
    except _Spent:
        pass
    smallest = min(map(len, found), default=complete_to + 1)
    ordered = sorted(found, key=lambda cut: (len(cut), cut))
    return Cuts(tuple(ordered[:most]), complete_to, max(at_least, min(smallest, complete_to + 1)))


def _of_size(
    paths: _Paths, size: int, chosen: frozenset[int], agreeing: frozenset[int]
) -> Iterator[tuple[int, ...]]:
    """Yield the minimal sets of a size that hold the chosen and nobody who agrees."""
    path = paths.shortest(chosen)
    if path is None:
        if len(chosen) == size and not any(paths.broken_by(chosen - {one}) for one in chosen):
            yield tuple(sorted(chosen))
        return
    left = size - len(chosen)
    if paths.disjoint(chosen, left + 1) > left:
        return
    for place, person in enumerate(path):
        if person not in agreeing:
            yield from _of_size(paths, size, chosen | {person}, agreeing.union(path[:place]))
