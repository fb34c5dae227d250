"""One set of drawn opinions, shared by all offers, and what it makes of single ties."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from trustgraph._typing import Bools, Floats, LongInts
from trustgraph.steps.drawn import draw_opinions, endorsed_worth, is_gated
from trustgraph.steps.question import Question
from trustgraph.steps.told import told

__all__ = ["Draws"]


@dataclass(frozen=True, eq=False)
class Draws:
    """Opinions on some ties.

    Attributes
    ----------
    question
        The question.
    ties
        Numbers of the steps that stand on them, sorted.
    opinion
        Shape (ties, draws); None: nothing is drawn, and every number is what is expected.
    gated
        Whether each tie passes on more or less than its trust.
    """

    question: Question
    ties: LongInts
    opinion: Floats | None
    gated: Bools

    @classmethod
    def expected(cls, question: Question) -> Self:
        """Return the one draw in which everything is as expected."""
        return cls(question, np.zeros(0, np.int64), None, np.zeros(0, bool))

    @classmethod
    def of(cls, question: Question, ties: LongInts, count: int, seed: int) -> Self:
        """Draw opinions on some ties, each of known certainty."""
        own = np.unique(ties)
        drawn = draw_opinions(question, own, count, np.random.default_rng(seed))
        return cls(question, own, drawn, is_gated(question, own))

    @property
    def count(self) -> int:
        """Number of draws."""
        return 1 if self.opinion is None else self.opinion.shape[1]

    def willing(self, steps: LongInts) -> Floats:
        """Return the chance of an endorsement on some steps, shape (steps, draws)."""
        gate = self.question.model.gate
        return self._chance("willingness", steps, gate.endorse_at)

    def forwards(self, steps: LongInts) -> Floats:
        """Return the chance of at least a nominal hand-over on some steps, likewise."""
        gate = self.question.model.gate
        return self._chance("forwards", steps, gate.forward_at)

    def _chance(self, name: str, steps: LongInts, at_least: float) -> Floats:
        expected = told(self.question.index, name, steps)[:, None]
        if self.opinion is None:
            return expected
        place = np.searchsorted(self.ties, steps)
        # Of whoever has trust alone nothing but that trust is uncertain.
        shape = self.question.model.gate.replace(endorse_at=at_least)
        return np.where(self.gated[place, None], shape.g(self.opinion[place]), expected)

    def factors(self, steps: LongInts, factor: Floats, between: Bools) -> Floats:
        """Return the factors of some steps in each draw, shape (steps, draws).

        ``between``: whether each is a step to an intermediary; -1 is the number of an assumed one.
        """
        found = np.repeat(factor[:, None], self.count, axis=1)
        if self.opinion is None or self.question.ask.purpose == "reach":
            return found
        own = np.flatnonzero((steps >= 0) & (factor > 0))
        place = np.searchsorted(self.ties, steps[own])
        worth = self.opinion[place]
        expected = self.question.index.trust[steps[own]].astype(np.float64)
        gated = self.gated[place] & between[own]
        worth[gated] *= self.question.model.gate.g(worth[gated])
        expected[gated] = endorsed_worth(self.question, steps[own][gated])
        # A factor is linear in what a tie is worth; all else in it stays as it is.
        found[own] = np.clip((factor[own] / expected)[:, None] * worth, 0.0, 1.0)
        return found
