"""Pairs of closed windows in columns, with the days of contact behind each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

from trustgraph._typing import Bools, Floats, LongInts
from trustgraph.trust.recall_past import TODAY, Window
from trustgraph.trust.recall_strength import standing_factor
from trustgraph.trust.recall_terms import silence

if TYPE_CHECKING:
    from trustgraph.trust.recall import RecallModel

__all__ = ["Rows"]


@dataclass(frozen=True, eq=False)
class Rows:
    """The pairs of some windows, and the days of contact behind each.

    Attributes
    ----------
    place, counted, when
        Of each day of contact its pair, what it counts, and the place of its age among the ages.
    ages
        All ages in days, each once.
    reverse
        Of each pair its reverse.
    factor
        What the strength of each pair is multiplied by besides; rows without any are left out.
    silent
        For how long its people have been silent, as logarithms (`silence`).
    again
        Whether the source acted in the window.
    people
        A number for the two people of each pair, whatever their order.
    """

    place: LongInts
    counted: Floats
    when: LongInts
    ages: Floats
    reverse: LongInts
    factor: Floats
    silent: Floats
    again: Bools
    people: LongInts

    @classmethod
    def of(cls, windows: Sequence[Window], model: "RecallModel") -> Self:
        """Return the rows of windows; the model says what days count."""
        parts, start = [], 0
        for window in windows:
            days, pairs = window.days, window.pairs
            low = np.minimum(pairs.source, pairs.target)
            high = np.maximum(pairs.source, pairs.target)
            parts.append(
                (
                    start + pairs.locate(days.actor, days.other)[0],
                    np.where(days.answered, 1.0, model.unanswered_weight),
                    TODAY - days.day,
                    start + pairs.reverse,
                    standing_factor(days, pairs, model, today=TODAY),
                    silence(days, pairs, today=TODAY),
                    window.again,
                    low * pairs.people + high,
                )
            )
            start += len(pairs)
        place, counts, age, reverse, factor, silent, again, people = (
            np.concatenate(column) for column in zip(*parts, strict=True)
        )
        ages, when = np.unique(age, return_inverse=True)
        return cls(
            place=place,
            counted=counts,
            when=when.astype(np.int64),
            ages=ages.astype(np.float64),
            reverse=reverse,
            factor=factor,
            silent=silent,
            again=again,
            people=people,
        )

    def summed(self, by_age: Floats, incoming: float) -> Floats:
        """Return the sum over the days of each pair of a number by age; the other's count less."""
        own = np.bincount(self.place, self.counted * by_age[self.when], len(self.again))
        return np.asarray(own + incoming * own[self.reverse], dtype=np.float64)

    def told(self, model: "RecallModel") -> Bools:
        """Whether the model says anything but 0 about each pair."""
        total = self.summed(np.ones(len(self.ages)), model.incoming_weight)
        return np.asarray((total > 0) & (self.factor > 0))
