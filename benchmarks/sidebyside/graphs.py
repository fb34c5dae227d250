"""Invented networks of a given number of trust edges, and pairs of people to ask about.

Degrees have a power-law tail, two in five ties are drawn within communities, 92 % are mutual, trust
is drawn from Beta(2, 4), and the mean out-degree is 10. Everything is vectorised: ten million edges
take seconds.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

MEAN_DEGREE = 10
MUTUAL = 0.92
COMMUNITY = 200
"""People of a community; WITHIN is the share of ties that are drawn inside one."""

WITHIN = 0.4
EXPONENT = 0.7
HEAD = 5
DISTANCES = (2, 3, 4)


@dataclass(frozen=True)
class Ties:
    """Trust edges between people 0 to ``people - 1``: ``source`` trusts ``target`` this much."""

    people: int
    source: Any
    target: Any
    trust: Any

    @property
    def edges(self) -> int:
        return len(self.source)

    def frame(self) -> pd.DataFrame:
        """Return one row a trust edge."""
        return pd.DataFrame({"source": self.source, "target": self.target, "trust": self.trust})

    @cached_property
    def steps(self) -> csr_array:
        """Trust of the asked person in the asker, in row asker, column asked."""
        shape = (self.people, self.people)
        places = (self.target.astype(np.int32), self.source.astype(np.int32))
        matrix = csr_array((self.trust, places), shape=shape)
        matrix.sort_indices()
        assert matrix.indices.dtype == np.int32  # half the memory, and quicker for scipy
        return matrix

    @cached_property
    def askers(self) -> csr_array:
        """The same by asked person: row asked, column asker."""
        matrix = self.steps.T.tocsr()
        matrix.sort_indices()
        return matrix


def contract_columns(ties: Ties) -> dict[str, Any]:
    """Return every attribute of the graph's contract that an index holds, by edge."""
    rng = np.random.default_rng(4)
    numbers = ("certainty", "willingness", "endorsed_trust", "forwards", "recall", "response")
    drawn = {name: rng.random(ties.edges) for name in numbers}
    return {"trust": ties.trust, **drawn, "observed": np.ones(ties.edges, bool)}


def make_ties(edges: int, *, seed: int = 0) -> Ties:
    """Return a network of this many trust edges; a tenth as many people."""
    rng = np.random.default_rng(seed)
    people = max(edges // MEAN_DEGREE, 20)
    mutual = round(edges * MUTUAL / 2)
    wanted = edges - mutual
    place = rng.permutation(people)
    pairs = np.empty(0, np.int64)
    while len(pairs) < wanted:
        drawn = _draw_pairs(rng, place, int(1.2 * wanted) + 100)
        pairs = np.unique(np.concatenate([pairs, drawn]))
    pairs = rng.permutation(pairs)[:wanted]
    one, other = pairs // people, pairs % people
    turned = rng.random(wanted) < 1 / 2
    one, other = np.where(turned, other, one), np.where(turned, one, other)
    source = np.concatenate([one, other[:mutual]])
    target = np.concatenate([other, one[:mutual]])
    order = rng.permutation(edges)
    return Ties(people, source[order], target[order], rng.beta(2, 4, edges))


def _draw_pairs(rng: np.random.Generator, place: Any, number: int) -> Any:
    """Return unordered pairs as smaller number * people + larger number."""
    people = len(place)
    one = place[_by_rank(rng, people, number)]
    near = one // COMMUNITY * COMMUNITY + rng.integers(0, COMMUNITY, number)
    far = place[_by_rank(rng, people, number)]
    other = np.where(rng.random(number) < WITHIN, np.minimum(near, people - 1), far)
    kept = one != other
    one, other = one[kept], other[kept]
    return np.minimum(one, other) * people + np.maximum(one, other)


def _by_rank(rng: np.random.Generator, people: int, number: int) -> Any:
    """Draw ranks with chance (rank + HEAD) ** -EXPONENT, by the inverse of the distribution."""
    power = 1 - EXPONENT
    low, high = HEAD**power, (people + HEAD) ** power
    drawn = (low + (high - low) * rng.random(number)) ** (1 / power) - HEAD
    return np.clip(drawn.astype(np.int64), 0, people - 1)


def neighbours(matrix: csr_array, people: Any) -> Any:
    """Return everybody in the rows of these people, with repeats."""
    start, end = matrix.indptr[people], matrix.indptr[people + 1]
    size = end - start
    ends = np.cumsum(size)
    total = int(ends[-1]) if len(ends) else 0
    return matrix.indices[np.arange(total) + np.repeat(start - ends + size, size)]


def rings(matrix: csr_array, person: int, most: int) -> list[Any]:
    """Return who is at distance 0, 1, ... ``most`` from a person."""
    seen = np.zeros(matrix.shape[0], bool)
    seen[person] = True
    found = [np.array([person])]
    for _ in range(most):
        ring = np.unique(neighbours(matrix, found[-1]))
        ring = ring[~seen[ring]]
        seen[ring] = True
        found.append(ring)
    return found


def random_pairs(ties: Ties, number: int, *, seed: int = 1) -> list[tuple[int, int]]:
    """Return seekers and targets at distance 2, 3 and 4 in turn."""
    rng = np.random.default_rng(seed)
    able = np.flatnonzero(np.diff(ties.steps.indptr) > 0)
    pairs: list[tuple[int, int]] = []
    while len(pairs) < number:
        seeker = int(rng.choice(able))
        target = _at_distance(ties, seeker, DISTANCES[len(pairs) % len(DISTANCES)], rng)
        if target >= 0:
            pairs.append((seeker, target))
    return pairs


def _at_distance(ties: Ties, seeker: int, distance: int, rng: np.random.Generator) -> int:
    """Return a random person at this distance, -1 if none is found quickly."""
    found = rings(ties.steps, seeker, min(distance, 3))
    if distance < len(found):
        return int(rng.choice(found[distance])) if len(found[distance]) else -1
    near = np.zeros(ties.people, bool)
    near[np.concatenate(found)] = True
    last = np.zeros(ties.people, bool)
    last[found[-1]] = True
    for target in rng.integers(0, ties.people, 300).tolist():
        if not near[target] and last[neighbours(ties.askers, np.array([target]))].any():
            return target
    beyond = rings(ties.steps, seeker, distance)[distance]
    return int(rng.choice(beyond)) if len(beyond) else -1


def hub_pairs(ties: Ties, number: int, *, seed: int = 2) -> list[tuple[int, int]]:
    """Return pairs among the 40 people with the most ties."""
    rng = np.random.default_rng(seed)
    degree = np.diff(ties.steps.indptr) + np.diff(ties.askers.indptr)
    hubs = np.argsort(-degree, kind="stable")[:40]
    chosen = [rng.choice(hubs, 2, replace=False).tolist() for _ in range(number)]
    return [(one, other) for one, other in chosen]


def walks_between(ties: Ties, seeker: int, target: int, most_steps: int = 4) -> float:
    """Return how many walks lead from seeker to target: a limit on what a peer will enumerate."""
    count = np.zeros(ties.people)
    count[seeker] = 1.0
    pattern = csr_array(
        (np.ones(len(ties.askers.indices)), ties.askers.indices, ties.askers.indptr),
        shape=ties.askers.shape,
    )
    total = 0.0
    for _ in range(most_steps):
        count = pattern @ count
        total += float(count[target])
        count[target] = 0.0
    return total
