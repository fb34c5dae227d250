"""The ordered pairs of people between whom something is known, in both directions."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from trustgraph._typing import Bools, LongInts

__all__ = ["Pairs"]


@dataclass(frozen=True, eq=False)
class Pairs:
    """Ordered pairs, sorted by source and target; with each pair stands its reverse.

    Attributes
    ----------
    source, target
        Numbers of the people.
    people
        Number of people.
    """

    source: LongInts
    target: LongInts
    people: int

    @classmethod
    def between(cls, source: LongInts, target: LongInts, *, people: int) -> "Pairs":
        """Return the pairs of these people, once each and in both directions."""
        low, high = np.minimum(source, target), np.maximum(source, target)
        low, high = np.divmod(np.unique(low * people + high), max(people, 1))
        key = np.sort(np.concatenate([low * people + high, high * people + low]))
        return cls(*np.divmod(key, max(people, 1)), people)

    def __len__(self) -> int:
        return len(self.source)

    @cached_property
    def _key(self) -> LongInts:
        return self.source * self.people + self.target

    @cached_property
    def reverse(self) -> LongInts:
        """Position of the reverse of each pair."""
        return np.searchsorted(self._key, self.target * self.people + self.source).astype(np.int64)

    def locate(self, source: LongInts, target: LongInts) -> tuple[LongInts, Bools]:
        """Return the positions of some pairs, and which of them are there at all."""
        wanted = source * self.people + target
        position = np.searchsorted(self._key, wanted).astype(np.int64)
        known = np.append(self._key, -1)[position] == wanted
        return position, known
