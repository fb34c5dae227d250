"""What is said of a pair of people by the ties of others and of their own, as matrices.

A feature is an n x n matrix: row the source, column the target. Counts enter as square roots: a
tenth shared friend says less than the first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np

from trustgraph._typing import Bools, Floats

__all__ = ["Dyads"]


@dataclass(frozen=True)
class Dyads:
    """All pairs of some people.

    Attributes
    ----------
    aim
        Who has a tie of the kind to be predicted, shape (n, n).
    using
        Who has a tie of the other kinds, shape (n, n) each.
    """

    aim: Bools
    using: tuple[Bools, ...]

    @property
    def n(self) -> int:
        """Number of people."""
        return len(self.aim)

    @cached_property
    def direct(self) -> Floats:
        """The ties of the other kinds between the two, both ways, shape (n, n, k)."""
        return _stacked(self._steps)

    @cached_property
    def paths(self) -> Floats:
        """These, the ways of two such ties between the two, and the numbers of their ties."""
        ways = [np.sqrt(one @ other) for one, other in product(self._steps, repeat=2)]
        return _stacked([*self._steps, *ways, *_numbers(self._steps)])

    @cached_property
    def _steps(self) -> list[Floats]:
        return [step for layer in self.using for step in _both_ways(layer.astype(np.float64))]

    def known(self, seen: Bools) -> Floats:
        """Return what the ties to be predicted say of other pairs, as far as they are known.

        Parameters
        ----------
        seen
            For which pairs it is known whether there is a tie, shape (n, n). What is said of a
            pair never depends on whether that pair has one.

        Returns
        -------
        ndarray
            Shape (n, n, k): `paths`, the tie of the target to the source, ways of two ties, and
            ways of one such tie and one of another kind; an unknown tie counts as the mean.
        """
        known = (self.aim & seen).astype(np.float64)
        mean = known.sum() / max(int(seen.sum()), 1)
        # An unknown tie counts as the mean, so that whoever hides theirs seems no loner.
        ties = np.where(seen | np.eye(self.n, dtype=bool), known, mean)
        back = ties.T
        own = [np.sqrt(one @ other) for one, other in product([ties, ties.T], repeat=2)]
        mixed = [np.sqrt(way) for step in self._steps for way in (step @ ties, ties @ step)]
        return np.concatenate([self.paths, _stacked([back, *own, *mixed])], axis=2)

    def shares(self, seen: Bools) -> Floats:
        """Return to which share of others the source has a tie, and of how many the target has one.

        Parameters
        ----------
        seen
            As for `known`; the pair itself is not counted.

        Returns
        -------
        ndarray
            Shape (n, n, 2); the overall share where nothing is known.
        """
        ties, told = (self.aim & seen).astype(np.float64), seen.astype(np.float64)
        mean = ties.sum() / max(told.sum(), 1.0)
        found = []
        for axis in (1, 0):
            number = told.sum(axis=axis, keepdims=True) - told
            part = ties.sum(axis=axis, keepdims=True) - ties
            found.append(np.where(number > 0, part / np.maximum(number, 1.0), mean))
        return _stacked(found)


def _both_ways(layer: Floats) -> Iterator[Floats]:
    yield layer
    if not np.array_equal(layer, layer.T):
        yield layer.T


def _numbers(steps: Sequence[Floats]) -> Iterator[Floats]:
    """Yield the numbers of ties of the source and of the target."""
    for step in steps:
        number = np.sqrt(step.sum(axis=1))
        yield np.broadcast_to(number[:, None], step.shape)
        yield np.broadcast_to(number, step.shape)


def _stacked(features: Sequence[Floats]) -> Floats:
    return np.stack(list(features), axis=2)
