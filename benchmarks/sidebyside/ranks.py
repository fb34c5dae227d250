"""Personalised PageRank on trust-normalised edges, each library to the same true L1 error."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from sidebyside.graphs import Ties

DAMPING = 0.85
ERROR = 1e-9
REFERENCE = 180
"""Iterations of the reference: 0.85 ** 180 leaves an error below 1e-12."""


@dataclass(frozen=True)
class Standing:
    """The iteration of one network: ``x <- 0.85 (M x + lost) + 0.15 seed``."""

    matrix: csr_array
    dangling: Any
    seed: Any

    def step(self, scores: Any) -> Any:
        spread = self.matrix @ scores
        lost = scores[self.dangling].sum()
        spread += lost * self.seed
        spread *= DAMPING
        spread += (1 - DAMPING) * self.seed
        return spread

    def iterate(self, times: int) -> Any:
        scores = self.seed.copy()
        for _ in range(times):
            scores = self.step(scores)
        return scores


def standing(ties: Ties, seeds: Any) -> Standing:
    """Return the iteration whose flow goes from each person to those they trust."""
    matrix = ties.steps.copy()  # row: who is trusted; column: who trusts
    given = np.bincount(matrix.indices, weights=matrix.data, minlength=ties.people)
    matrix.data /= given[matrix.indices]
    seed = np.zeros(ties.people)
    seed[seeds] = 1 / len(seeds)
    return Standing(matrix, np.flatnonzero(given == 0), seed)


def l1(one: Any, other: Any) -> float:
    return float(np.abs(one - other).sum())


def iterations_needed(problem: Standing, truth: Any) -> int:
    """Return the smallest number of power iterations with a true L1 error of at most 1e-9."""
    scores, number = problem.seed.copy(), 0
    while l1(scores, truth) > ERROR:
        scores, number = problem.step(scores), number + 1
    return number


def loosest(solve: Callable[[float], Any], truth: Any, *, tries: int = 6) -> float:
    """Return the loosest tolerance of a few, each half the last, with a true error of 1e-9."""
    tolerance = ERROR
    for _ in range(tries):
        if l1(solve(tolerance), truth) <= ERROR:
            return tolerance
        tolerance /= 2
    return tolerance


def networkx_rank(G: Any, seeds: Any, people: int) -> Callable[[float], Any]:
    """Return scores for a step tolerance in L1 (the library multiplies its own by people)."""
    import networkx as nx

    seed = {int(one): 1 / len(seeds) for one in seeds}

    def solve(tolerance: float) -> Any:
        scores = nx.pagerank(
            G, alpha=DAMPING, personalization=seed, weight="trust",
            tol=tolerance / people, max_iter=500,
        )  # fmt: skip
        return np.fromiter((scores[one] for one in range(people)), np.float64, people)

    return solve


def igraph_rank(ties: Ties, seeds: Any) -> Callable[[None], Any]:
    """Return scores by PRPACK, whose accuracy cannot be chosen."""
    import igraph

    graph = igraph.Graph(
        n=ties.people, edges=np.column_stack([ties.source, ties.target]), directed=True
    )
    graph.es["trust"] = ties.trust
    seed = np.zeros(ties.people)
    seed[seeds] = 1 / len(seeds)
    weights = seed.tolist()

    def solve(_: Any) -> Any:
        found = graph.personalized_pagerank(
            directed=True, damping=DAMPING, reset=weights, weights="trust"
        )
        return np.array(found)

    return solve
