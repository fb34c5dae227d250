"""Room to search in, kept from question to question: only what was touched is cleared."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from trustgraph._typing import Bytes, Floats, Ints

__all__ = ["Workspace", "Workspaces"]


@dataclass(frozen=True, eq=False)
class Workspace:
    """Arrays by person for one search; all but ``exit_at``, ``touched`` and ``front`` start at 0.

    Attributes
    ----------
    levels
        Largest number of levels for which ``rest`` has room.
    rest, marks, exit_at, touched, front
        As `trustgraph.engine.kbest` describes them.
    """

    levels: int
    rest: Floats
    marks: Bytes
    exit_at: Ints
    touched: Ints
    front: Ints


class Workspaces:
    """Workspaces for one graph, one for each thread that searches at the same time.

    Parameters
    ----------
    people
        Number of people of the graph.
    """

    def __init__(self, people: int) -> None:
        self.people = people
        self._free: list[Workspace] = []

    @contextmanager
    def lent(self, levels: int) -> Iterator[Workspace]:
        """Lend a cleared workspace; a search that fails does not give it back."""
        room = self._taken(levels)
        yield room
        self._free.append(room)

    def _taken(self, levels: int) -> Workspace:
        # A list's pop and append are safe between threads.
        try:
            room = self._free.pop()
        except IndexError:
            return self._made(levels)
        return room if room.levels >= levels else self._made(levels)

    def _made(self, levels: int) -> Workspace:
        n = self.people
        return Workspace(
            levels=levels,
            rest=np.zeros(n * levels),
            marks=np.zeros((n >> 3) + 1, np.uint8),
            exit_at=np.zeros(n, np.int32),
            touched=np.zeros(n, np.int32),
            front=np.zeros((2, n), np.int32),
        )

    def __reduce__(self) -> tuple[type["Workspaces"], tuple[int]]:
        """Copy and pickle without the room itself."""
        return Workspaces, (self.people,)
