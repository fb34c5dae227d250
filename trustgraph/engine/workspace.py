"""Room to search in, kept from question to question: only what was touched is cleared."""

from dataclasses import dataclass

import numpy as np

from trustgraph._typing import Bytes, Floats, Ints, LongInts

__all__ = ["Workspace", "Workspaces"]


@dataclass(frozen=True, eq=False)
class Workspace:
    """Arrays for one search; ``rest`` and ``marks``, by person, are 0 before and after it.

    Attributes
    ----------
    levels
        Largest number of levels for which ``rest`` has room.
    rest, marks, exit_at, touched, front, tops, counts, bounds
        As `trustgraph.engine.kbest` describes them.
    """

    levels: int
    rest: Floats
    marks: Bytes
    exit_at: Ints
    touched: Ints
    front: Ints
    tops: Floats
    counts: LongInts
    bounds: Floats


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

    def take(self, levels: int) -> Workspace:
        """Return a cleared workspace; a search that fails must not give it back.

        Parameters
        ----------
        levels
            Levels for which there must be room.

        Returns
        -------
        Workspace
            A used one if there is one free.
        """
        # A list's pop and append are safe between threads.
        try:
            room = self._free.pop()
        except IndexError:
            return self._made(levels)
        return room if room.levels >= levels else self._made(levels)

    def give_back(self, room: Workspace) -> None:
        """Take a workspace back that is cleared again.

        Parameters
        ----------
        room
            The workspace.
        """
        self._free.append(room)

    def _made(self, levels: int) -> Workspace:
        n = self.people
        return Workspace(
            levels=levels,
            rest=np.zeros(n * levels),
            marks=np.zeros((n >> 3) + 1, np.uint8),
            exit_at=np.zeros(n, np.int32),
            touched=np.zeros(n, np.int32),
            front=np.zeros((2, n), np.int32),
            tops=np.zeros(levels),
            counts=np.zeros(2, np.int64),
            bounds=np.zeros(3),
        )

    def __reduce__(self) -> tuple[type["Workspaces"], tuple[int]]:
        """Copy and pickle without the room itself."""
        return Workspaces, (self.people,)
