"""The ways of one ask in a trial: which steps work, and from whom the target is reached."""

from dataclasses import dataclass

import numpy as np

from trustgraph._typing import Bools, Floats
from trustgraph.graph.index import TrustIndex
from trustgraph.models.ask import Ask, Organisation, Prospect
from trustgraph.steps.drawn import endorsed_worth, is_gated
from trustgraph.steps.question import Question, ask_question
from trustgraph.steps.step_graph import DIRECT, FURTHER, LAST, StepGraph
from trustgraph.steps.subgraph import admissible_subgraph
from trustgraph.steps.told import told
from trustgraph.trust.model import TrustModel

__all__ = ["First", "Ways", "find_ways"]


@dataclass(frozen=True)
class First:
    """What the person who is asked does, if it were decided by their opinion X of the seeker.

    Attributes
    ----------
    step
        Number of the step on which X stands; -1 if the tie is assumed.
    answers
        Chance of an answer, the clarity of the ask included, with all goodwill.
    endorses
        Factor on g(X), 0 for who is no intermediary.
    forwards
        Factor on the chance of a nominal hand-over at X.
    believed
        Factor on X.
    direct
        Whether the target itself is asked.
    assumed
        Stands for X where the tie is assumed.
    """

    step: int
    answers: float
    endorses: float
    forwards: float
    believed: float
    direct: bool = False
    assumed: float = 1.0


@dataclass(frozen=True, eq=False)
class Ways:
    """One ask: its question, all steps of its admissible paths, and the name of its target."""

    question: Question
    steps: StepGraph
    target: str

    @property
    def reach(self) -> bool:
        """Whether nobody's name is at stake."""
        return self.question.ask.purpose == "reach"

    def introducers(self) -> list[int]:
        """Return who can be asked, by number; the target itself where there is a direct tie."""
        first = self.steps.head[(self.steps.tail == 0) & (self.steps.role != DIRECT)]
        people = {int(person) for person in self.steps.nodes[first]}
        for target in self.question.direct_target:
            people.add(self.question.targets[target].node)
        return sorted(people)

    def first(self, person: int) -> First | None:
        """Return what decides the answer of somebody; None if there is no tie."""
        question = self.question
        for place, target in enumerate(question.direct_target):
            if question.targets[target].node == person:
                return self._direct(place)
        if person < 0:
            return None
        index = question.index
        step = index.step(question.seeker, person)
        if step < 0:
            return None
        one = np.array([step])
        response, willing, forwards = (
            told(index, name, one) for name in ("response", "willingness", "forwards")
        )
        effect = question.model.norms.effect(question.ask.incentive, response, willing, forwards)
        entry = person in question.entry_asked
        return First(
            step=step,
            answers=float(effect.response[0]) * question.kappa,
            endorses=float(effect.endorsement[0]) if entry else 0.0,
            forwards=float(effect.forwards[0] / forwards[0]) if forwards[0] else 0.0,
            believed=float(effect.carried[0]),
        )

    def _direct(self, place: int) -> First:
        question = self.question
        passes, factor = question.direct_passes[place], question.direct_factor[place]
        return First(
            step=int(question.direct_step[place]),
            answers=float(passes),
            endorses=1.0,
            forwards=0.0,
            believed=1.0,
            direct=True,
            assumed=float(factor / passes) if passes else 0.0,
        )

    def chances(self, opinions: Floats) -> Floats:
        """Return the chance of every step but the first and the direct ones, those being 1.

        Parameters
        ----------
        opinions
            Trust of the asked person in the asker that is true of each step of the index, shape
            (steps of the index,) or (steps of the index, draws).

        Returns
        -------
        numpy.ndarray
            In [0, 1], shape (steps of the ask,) or (steps of the ask, draws).
        """
        question, steps = self.question, self.steps
        shape = (len(steps.role), *opinions.shape[1:])
        made = np.ones(shape)
        assumed = np.flatnonzero((steps.role == LAST) & (steps.step < 0))
        known = np.flatnonzero((steps.role == LAST) & (steps.step >= 0))
        further = np.flatnonzero(steps.role == FURTHER)
        column = (slice(None), *(None for _ in shape[1:]))
        made[assumed] = steps.probability[assumed][column]
        if self.reach:
            made[known] = steps.probability[known][column]
            made[further] = steps.probability[further][column]
            return made
        made[known] = opinions[steps.step[known]]
        tie = steps.step[further]
        gated = is_gated(question, tie)
        worth = opinions[tie]
        worth[gated] *= question.model.gate.g(worth[gated])
        expected = np.where(gated, endorsed_worth(question, tie), question.index.trust[tie])
        made[further] = (steps.probability[further] / expected)[column] * worth
        return np.clip(made, 0.0, 1.0)

    def from_whom(self, works: Bools) -> Bools:
        """Return from which of the people on the way the target is reached.

        Parameters
        ----------
        works
            Which steps work, shape (steps,) or (steps, draws).

        Returns
        -------
        numpy.ndarray
            By local number, shape (people + 2,) or (people + 2, draws): whether whoever is the
            introducer is joined to the target by steps that work, over so few others that no
            admissible path is exceeded.
        """
        steps = self.steps
        shape = (len(steps.nodes), *works.shape[1:])
        reached = np.zeros(shape, bool)
        last = steps.role == LAST
        np.logical_or.at(reached, steps.tail[last], works[last])
        there = reached.copy()
        further = steps.role == FURTHER
        tail, head, working = steps.tail[further], steps.head[further], works[further]
        for _ in range(steps.max_intermediaries - 1):
            after = there.copy()
            np.logical_or.at(after, tail, working & there[head])
            there = after
        return there


def find_ways(index: TrustIndex, ask: Ask, *, model: TrustModel, most: int) -> Ways:
    """Return the ways of one ask.

    Parameters
    ----------
    index
        The graph.
    ask
        Whom to reach.
    model
        Trust model in force.
    most
        Largest number of intermediaries.

    Returns
    -------
    Ways
        Its steps, which may be none.
    """
    question = ask_question(index, ask, model=model)
    return Ways(question, admissible_subgraph(question, most), _name(question))


def _name(question: Question) -> str:
    target = question.ask.target
    if isinstance(target, (Organisation, Prospect)):
        return target.name
    return "; ".join(str(one.id) for one in question.targets)
