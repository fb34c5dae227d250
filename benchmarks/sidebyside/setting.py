"""One network of a run, with everything that is built from it once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from sidebyside import graphs, ours, peers
from sidebyside.measure import LARGEST_BUFFER

MILLION = 1_000_000
TEN_MILLION = 10 * MILLION
LARGEST_NETWORKX = 1_500_000
"""Edges up to which networkx is built: ten million would take 5 GB and a minute."""


@dataclass(frozen=True)
class Options:
    """How much to measure."""

    runs: int = 7
    pairs: int = 100
    hubs: int = 20
    targets: int = 1000
    samples: int = 10_000
    patience: float = 1.0
    """Budgets in seconds are multiplied by this."""

    buffer: int = LARGEST_BUFFER
    missing: Mapping[str, str] = field(default_factory=dict)

    @property
    def clock(self) -> dict[str, int]:
        return {"runs": self.runs, "buffer": self.buffer}

    def has(self, peer: str, edges: int = 0) -> bool:
        """Whether a peer is installed and bears a network of this size."""
        fits = peer != "networkx" or edges <= LARGEST_NETWORKX
        return fits and peer not in self.missing


@dataclass(frozen=True)
class Setting:
    """A network, its pairs, our index and the graphs of the peers."""

    edges: int
    options: Options
    seed: int = 0
    _graphs: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def ties(self) -> graphs.Ties:
        return graphs.make_ties(self.edges, seed=self.seed)

    @cached_property
    def index(self) -> Any:
        return ours.index_of(self.ties)

    @cached_property
    def rehearsal(self) -> tuple[Any, Any]:
        """Another index of at most a million edges, and a pair in it."""
        ties = graphs.make_ties(min(self.edges, MILLION), seed=self.seed + 1)
        return ours.index_of(ties), graphs.random_pairs(ties, 1)[0]

    @cached_property
    def scorer(self) -> peers.Scorer:
        return peers.Scorer(self.ties)

    @cached_property
    def pairs(self) -> list[tuple[int, int]]:
        large = self.edges >= MILLION
        return graphs.random_pairs(self.ties, self.options.pairs if large else self.small)

    @property
    def small(self) -> int:
        """Pairs of a network that only shows the growth of costs."""
        return min(self.options.pairs, 30)

    @cached_property
    def hubs(self) -> list[tuple[int, int]]:
        return graphs.hub_pairs(self.ties, self.options.hubs)

    @cached_property
    def seekers(self) -> list[int]:
        """People to start from who are not themselves the extreme of the network."""
        return [seeker for seeker, _ in self.pairs[: 3 if self.edges >= TEN_MILLION else 9]]

    @cached_property
    def batches(self) -> list[tuple[int, Any]]:
        """One seeker and many targets each, all of them known by somebody."""
        rng = np.random.default_rng(3)
        known = np.flatnonzero(np.diff(self.ties.askers.indptr) > 0)
        found = []
        for seeker in self.seekers:
            others = known[known != seeker]
            number = min(self.options.targets, len(others))
            found.append((seeker, np.sort(rng.choice(others, number, replace=False))))
        return found

    @cached_property
    def costs(self) -> Any:
        return peers.costs(self.ties)

    def graph(self, peer: str) -> Any:
        """Return a peer's graph, built once."""
        if peer not in self._graphs:
            self._graphs[peer] = peers.BUILDERS[peer](self.ties)
        return self._graphs[peer]

    def drop(self) -> None:
        """Forget the peers' graphs."""
        self._graphs.clear()
