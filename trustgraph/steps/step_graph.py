"""What a cut-out is: steps in local numbers."""

from dataclasses import dataclass

import numpy as np

from trustgraph._typing import Floats, Ints, LongInts
from trustgraph.engine.cutout import DIRECT, FIRST, FURTHER, LAST
from trustgraph.engine.reliability_network import TwoTerminal, two_terminal

__all__ = ["DIRECT", "FIRST", "FURTHER", "LAST", "StepGraph"]


@dataclass(frozen=True, eq=False)
class StepGraph:
    """The steps of all admissible simple paths of one question, in local numbers.

    Local number 0 is the seeker, 1 … ``people`` are the intermediaries in the order of the index,
    ``people + 1`` is the sink, in which all targets are one. Steps are sorted by tail, head and
    target; a step to each target is a step of its own.

    Attributes
    ----------
    nodes
        Number in the index of each local number; -1 for the sink.
    max_intermediaries
        Largest number of intermediaries on a path.
    tail, head
        Asker and asked person of each step, in local numbers.
    probability
        Chance that the step works, in (0, 1].
    role
        What the step is: 0 first, 1 further, 2 last, 3 direct.
    step
        Number of the step in the index; -1 where it is assumed.
    target
        Number of the target in the question for last and direct steps, else -1.

    Examples
    --------
    >>> from trustgraph.steps import admissible_subgraph, ask_question
    >>> G = nx.DiGraph()
    >>> G.add_edge("bo", "ana", trust=0.8)
    >>> G.add_edge("cy", "bo", trust=0.5)
    >>> steps = admissible_subgraph(ask_question(G, "ana", "cy"))
    >>> steps.tail.tolist(), steps.head.tolist(), steps.probability.tolist()
    ([0, 1], [1, 2], [0.8, 0.5])
    """

    nodes: Ints
    max_intermediaries: int
    tail: Ints
    head: Ints
    probability: Floats
    role: Ints
    step: LongInts
    target: Ints

    @property
    def people(self) -> int:
        """Number of intermediaries."""
        return len(self.nodes) - 2

    @property
    def direct(self) -> float:
        """Chance that the seeker reaches a target without anybody, in [0, 1]."""
        chance = self.probability[self.role == DIRECT]
        if len(chance) <= 1:
            return float(chance[0]) if len(chance) else 0.0
        return 1.0 - float(np.prod(1.0 - chance))

    def network(self) -> TwoTerminal:
        """Return the same as a network with at most one step a pair.

        Returns
        -------
        TwoTerminal
            Several last steps of one person count as one, which works if any of them does; the
            direct steps become the chance ``direct``.
        """
        direct = self.role == DIRECT
        tail, head = self.tail[~direct], self.head[~direct]
        new = np.ones(len(tail), bool)
        new[1:] = (np.diff(tail) != 0) | (np.diff(head) != 0)
        chance = _any_of(self.probability[~direct], np.flatnonzero(new))
        return two_terminal(
            tail[new],
            head[new],
            chance,
            self.people,
            self.max_intermediaries,
            direct=self.direct,
        )


def _any_of(chance: Floats, first: LongInts) -> Floats:
    """Return the chance that any of the steps of each run works; runs begin at ``first``."""
    if not len(chance):
        return np.zeros(0)
    alone = np.diff([*first, len(chance)]) == 1
    return np.where(alone, chance[first], 1.0 - np.multiply.reduceat(1.0 - chance, first))
