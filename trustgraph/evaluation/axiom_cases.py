"""A world in which something is compared, and the smallest one that shows the same."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final, Self

from trustgraph.evaluation.axiom_worlds import World

__all__ = ["Broken", "Case", "Change", "shrink"]

ROUND: Final = (1.0, 0.5)
"""Ratings that are simpler than all others; then come those with one decimal."""


@dataclass(frozen=True)
class Change:
    """One rating before and after; None where there is none."""

    source: str
    target: str
    before: float | None
    after: float | None


@dataclass(frozen=True)
class Broken:
    """How a case breaks an axiom: a sentence, about whom, and both numbers (NaN: no answer)."""

    claim: str
    person: str | None
    before: float
    after: float


@dataclass(frozen=True)
class Case:
    """A world, and what is changed in it.

    Parameters
    ----------
    world
        The world; with a change, the one before it.
    change
        One rating that changes, or None.
    even
        Whether it is a chain of equal trust, and has to stay one.

    Examples
    --------
    >>> from trustgraph.evaluation.axiom_cases import Case, Change
    >>> from trustgraph.evaluation.axiom_worlds import even_chain
    >>> case = Case(even_chain(0.5, 1), Change("p0", "p1", 0.5, 0.8))
    >>> case.changed.edges
    (('p0', 'p1', 0.8),)
    """

    world: World
    change: Change | None = None
    even: bool = False

    @property
    def changed(self) -> World:
        """The world after the change."""
        if self.change is None:
            return self.world
        return self.world.rated(self.change.source, self.change.target, self.change.after)

    def simpler(self) -> Iterator[Self]:
        """Yield the cases that are one step simpler: fewer people or ties, rounder numbers."""
        yield from self._shorter() if self.even else self._smaller()
        yield from self._rounder()

    def plain(self) -> Self:
        """Return the same case with the people called p0, p1 and so on, in the order of ids."""
        names = {one: f"p{place}" for place, one in enumerate(sorted(self.world.people))}
        # Renaming tells the world from back to front: twice is as before.
        world = self.world.renamed(names).renamed({name: name for name in names.values()})
        change = self.change and replace(
            self.change, source=names[self.change.source], target=names[self.change.target]
        )
        return replace(self, world=world, change=change)

    def _shorter(self) -> Iterator[Self]:
        if len(self.world.edges) > 1:
            yield replace(self, world=self.world.without(self.world.people[-1]))

    def _smaller(self) -> Iterator[Self]:
        changed = () if self.change is None else (self.change.source, self.change.target)
        for person in self.world.people:
            if person != self.world.seed and person not in changed:
                yield replace(self, world=self.world.without(person))
        for source, target, _ in self.world.edges:
            if (source, target) != changed:
                yield replace(self, world=self.world.rated(source, target, None))

    def _rounder(self) -> Iterator[Self]:
        edges = self.world.edges
        if self.even:
            for trust in _rounder_than(edges[0][2], full=False) if edges else ():
                even = tuple((*edge[:2], trust) for edge in edges)
                yield replace(self, world=replace(self.world, edges=even))
            return
        for source, target, rating in edges:
            for rounder in _rounder_than(rating):
                world = self.world.rated(source, target, rounder)
                change = self.change
                if change and (change.source, change.target) == (source, target):
                    change = replace(change, before=rounder)
                yield replace(self, world=world, change=change)
        if self.change and self.change.after is not None:
            for rounder in _rounder_than(self.change.after):
                yield replace(self, change=replace(self.change, after=rounder))


def shrink(case: Case, breaks: Callable[[Case], Broken | None]) -> tuple[Case, Broken]:
    """Return the simplest case on the way down from one that breaks an axiom, and how it does.

    Parameters
    ----------
    case
        A case that breaks it.
    breaks
        Tells how a case breaks the axiom, None if it does not.

    Returns
    -------
    case, broken
        A case of which no simpler one breaks the axiom, and how it does.

    Raises
    ------
    ValueError
        If the case given does not break it.

    Examples
    --------
    >>> from trustgraph.evaluation.axiom_cases import Broken, Case, shrink
    >>> from trustgraph.evaluation.axiom_worlds import even_chain
    >>> def has_ties(case):
    ...     return Broken("there are ties", None, 0.0, 1.0) if case.world.edges else None
    >>> shrink(Case(even_chain(0.37, 5)), has_ties)[0].world.edges
    (('p1', 'p2', 1.0),)
    """
    broken = breaks(case)
    if broken is None:
        message = "this case breaks nothing"
        raise ValueError(message)
    going = True
    while going:
        going = False
        for simpler in case.simpler():
            found = breaks(simpler)
            if found is not None:
                case, broken, going = simpler, found, True
                break
    plain = case.plain()
    return (case, broken) if (found := breaks(plain)) is None else (plain, found)


def _rounder_than(rating: float, *, full: bool = True) -> Iterator[float]:
    """Yield ratings of the same sign that are written with less, the shortest first."""
    sign = -1.0 if rating < 0 else 1.0
    size = abs(rating)
    if size == 0.0:
        return
    for simple in ROUND if full else ROUND[1:]:
        if size == simple:
            return
        yield sign * simple
    tenth = round(size, 1)
    if tenth not in (0.0, 1.0, size):
        yield sign * tenth
