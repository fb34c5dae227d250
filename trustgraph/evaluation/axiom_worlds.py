"""Small made-up graphs of trust, in which models are put to the test."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, Self, TypeAlias

import networkx as nx
import numpy as np

from trustgraph._typing import Graph

__all__ = ["World", "designed_worlds", "even_chain", "random_world", "some_worlds"]

Edge: TypeAlias = tuple[str, str, float]
"""Who rates whom, and how, in [-1, 1]."""
FEWEST: Final = 3
MOST: Final = 7
"""People in a random world."""


@dataclass(frozen=True)
class World:
    """A small graph of ratings, and somebody from whom it is looked at.

    Parameters
    ----------
    people
        Ids.
    edges
        (who rates, whom, rating in [-1, 1]).
    seed
        The person who is trusted beforehand, or None: nobody in particular.

    Examples
    --------
    >>> from trustgraph.evaluation.axiom_worlds import World
    >>> World(("a", "b"), (("a", "b", -0.5),), "a").graph().edges["a", "b"]
    {'trust': 0.0, 'rating': -0.5}
    """

    people: tuple[str, ...]
    edges: tuple[Edge, ...]
    seed: str | None

    def graph(self) -> Graph:
        """Return the world as a graph under the contract; trust is the rating, at least 0."""
        G: Graph = nx.DiGraph()
        G.add_nodes_from(self.people)
        for source, target, rating in self.edges:
            G.add_edge(source, target, trust=max(rating, 0.0), rating=rating)
        return G

    def rating(self, source: str, target: str) -> float | None:
        """Return how somebody rates somebody, None if they do not."""
        told = (rating for one, other, rating in self.edges if (one, other) == (source, target))
        return next(told, None)

    def rated(self, source: str, target: str, rating: float | None) -> Self:
        """Return the world with one rating given, changed, or (None) taken away."""
        edges = [
            (one, other, rating if (one, other) == (source, target) else told)
            for one, other, told in self.edges
        ]
        if rating is not None and self.rating(source, target) is None:
            edges.append((source, target, rating))
        kept = tuple((one, other, told) for one, other, told in edges if told is not None)
        return replace(self, edges=kept)

    def without(self, person: str) -> Self:
        """Return the world without a person and their ties."""
        return replace(
            self,
            people=tuple(one for one in self.people if one != person),
            edges=tuple(edge for edge in self.edges if person not in edge[:2]),
        )

    def renamed(self, names: Mapping[str, str]) -> Self:
        """Return the same world with other ids, told from back to front."""
        return replace(
            self,
            people=tuple(names[one] for one in reversed(self.people)),
            edges=tuple(
                (names[one], names[other], rating) for one, other, rating in reversed(self.edges)
            ),
            seed=None if self.seed is None else names[self.seed],
        )


def random_world(rng: np.random.Generator) -> World:
    """Return 3 to 7 people with ratings at random: about one in five is distrust.

    Examples
    --------
    >>> from trustgraph.evaluation.axiom_worlds import random_world
    >>> len(random_world(np.random.default_rng(0)).people) >= 3
    True
    """
    people = _people(int(rng.integers(FEWEST, MOST + 1)))
    density = rng.choice([0.25, 0.4, 0.6])
    edges = tuple(
        (source, target, _rating(rng))
        for source in people
        for target in people
        if source != target and rng.random() < density
    )
    return World(people, edges, str(rng.choice(people)))


def designed_worlds() -> Iterator[World]:
    """Yield the worlds in which models are most often caught.

    Nobody knows anybody; a chain that ends, and one that ends in a fork; a star in and out; a
    ring; two ways to one person; somebody apart; somebody who trusts nobody; ratings of 0;
    distrust; full trust.

    Examples
    --------
    >>> from trustgraph.evaluation.axiom_worlds import designed_worlds
    >>> len(list(designed_worlds()))
    12
    """
    a, b, c, d, e = people = _people(5)
    fork = World((*people, "p5"), (*even_chain(1.0, 3).edges, (d, e, 1.0), (d, "p5", 1.0)), a)
    yield World((a,), (), a)
    yield World(people[:3], (), a)
    yield even_chain(0.5, 3)
    yield fork
    yield World(people[:4], ((b, a, 0.5), (c, a, 0.8), (d, a, 1.0)), b)
    yield World(people[:4], ((a, b, 0.5), (a, c, 0.8), (a, d, -0.5)), a)
    yield World(people[:4], ((a, b, 0.9), (b, c, 0.4), (c, d, 0.7), (d, a, 1.0)), a)
    yield World(people, ((a, b, 0.9), (a, c, 0.3), (b, d, 0.2), (c, d, 1.0), (e, a, 0.5)), a)
    yield World(people, ((a, b, 0.8), (b, a, 0.8), (c, d, 0.6), (d, c, 0.6)), a)
    yield World(people[:4], ((a, b, 0.0), (b, c, 0.5), (c, a, 0.0)), a)
    yield World(people[:4], ((a, b, 0.6), (b, c, -1.0), (a, c, -0.5), (c, d, 0.9)), a)
    yield World(people[:4], ((a, b, 1.0), (b, c, 1.0), (c, a, 1.0), (b, d, 1.0)), a)


def some_worlds(rng: np.random.Generator, number: int) -> list[World]:
    """Return the designed worlds, then so many random ones.

    Examples
    --------
    >>> from trustgraph.evaluation.axiom_worlds import some_worlds
    >>> len(some_worlds(np.random.default_rng(0), 4))
    16
    """
    return [*designed_worlds(), *(random_world(rng) for _ in range(number))]


def even_chain(trust: float, steps: int) -> World:
    """Return a chain of equal trust, looked at from its beginning.

    Examples
    --------
    >>> from trustgraph.evaluation.axiom_worlds import even_chain
    >>> even_chain(0.5, 2).edges
    (('p0', 'p1', 0.5), ('p1', 'p2', 0.5))
    """
    people = _people(steps + 1)
    edges = pairwise(people)
    return World(people, tuple((*edge, trust) for edge in edges), people[0])


def _people(number: int) -> tuple[str, ...]:
    return tuple(f"p{place}" for place in range(number))


def _rating(rng: np.random.Generator) -> float:
    if rng.random() < 0.3:  # noqa: PLR2004 - the ends of the scale, where models break
        return float(rng.choice([-1.0, 0.0, 1.0, 1.0]))
    return round(float(rng.uniform(-0.2, 1.0)), 2)
