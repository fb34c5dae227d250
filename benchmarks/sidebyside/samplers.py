"""How numpy and networkx sample the chance that a path of at most four steps works.

Both cut the admissible part of the network out of the whole, draw the state of each step and ask
whether the target is reached in time. A step into or from the middle works with half its trust.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from sidebyside.graphs import Ties
from sidebyside.measure import Extrapolated
from sidebyside.peers import RETENTION, STEPS

FAR = 9
BLOCK = 2**24
"""Draws that numpy makes at once."""


@dataclass(frozen=True)
class Estimate:
    """A share of samples, and their number."""

    value: float
    samples: int


def numpy_reliability(ties: Ties, samples: int, seed: int = 0) -> Callable[[Any], Estimate]:
    """Vectorised over steps and over samples, eight samples to a byte."""
    askers = np.repeat(np.arange(ties.people, dtype=np.int32), np.diff(ties.steps.indptr))
    asked, trust = ties.steps.indices, ties.steps.data

    def distance(start: int, stop: int, source: Any, sink: Any) -> Any:
        """Steps from the start, never through ``stop``: one pass over all steps per step."""
        steps = np.full(ties.people, FAR, np.int8)
        steps[start] = 0
        front = np.zeros(ties.people, bool)
        front[start] = True
        for taken in range(1, STEPS):
            reached = sink[np.flatnonzero(front[source])]
            front[:] = False
            front[reached] = True
            front &= steps == FAR
            steps[front] = taken
            front[stop] = False
        return steps

    def call(pair: tuple[int, int]) -> Estimate:
        seeker, target = pair
        rng = np.random.default_rng(seed)
        before = distance(seeker, target, askers, asked)
        after = distance(target, seeker, asked, askers)
        kept = np.flatnonzero(before[askers] + after[asked] < STEPS)
        kept = kept[(askers[kept] != target) & (asked[kept] != seeker)]
        if not len(kept):
            return Estimate(0.0, samples)
        tail, head, chance = askers[kept], asked[kept], trust[kept]
        between = (tail != seeker) & (head != target)
        chance = np.where(between, RETENTION * chance, chance)
        order = np.argsort(head, kind="stable")
        tail, head, chance = tail[order], head[order], chance[order]
        people = np.unique(np.concatenate([tail, head]))
        tail, head = np.searchsorted(people, tail), np.searchsorted(people, head)
        works = _states(rng, chance, samples)
        reached = np.zeros((len(people), works.shape[1]), works.dtype)
        reached[np.searchsorted(people, seeker)] = ~works.dtype.type(0)
        heads, starts = np.unique(head, return_index=True)
        for _ in range(STEPS):
            arriving = np.bitwise_or.reduceat(reached[tail] & works, starts, axis=0)
            reached[heads] |= arriving
        hit = np.bitwise_count(reached[np.searchsorted(people, target)]).sum()
        return Estimate(float(hit) / samples, samples)

    return call


def _states(rng: np.random.Generator, chance: Any, samples: int) -> Any:
    """Return which steps work in which sample, packed into words; the padding does not work."""
    words = -(-samples // 64)
    works = np.zeros((len(chance), words * 8), np.uint8)
    rows = max(1, BLOCK // samples)
    for first in range(0, len(chance), rows):
        block = chance[first : first + rows, None].astype(np.float32)
        drawn = rng.random((len(block), samples), dtype=np.float32) < block
        packed = np.packbits(drawn, axis=1)
        works[first : first + rows, : packed.shape[1]] = packed
    return works.view(np.uint64)


def networkx_reliability(
    G: Any, samples: int, *, drawn: int, seed: int = 0
) -> Callable[[Any], Extrapolated]:
    """Cut out by two searches, then one graph a sample; ``drawn`` samples stand for all."""
    import networkx as nx

    backward = G.reverse(copy=False)

    def call(pair: tuple[int, int]) -> Extrapolated:
        seeker, target = pair
        rng = np.random.default_rng(seed)
        start = time.perf_counter()
        before = nx.single_source_shortest_path_length(G, seeker, cutoff=STEPS - 1)
        after = nx.single_source_shortest_path_length(backward, target, cutoff=STEPS - 1)
        edges, chance = [], []
        for one, steps in before.items():
            if one == target:
                continue
            for other, data in G[one].items():
                if steps + 1 + after.get(other, FAR) <= STEPS and other != seeker:
                    ends = one == seeker or other == target
                    edges.append((one, other))
                    chance.append(data["trust"] * (1.0 if ends else RETENTION))
        limits = np.array(chance)
        cut = time.perf_counter()
        hits = 0
        for _ in range(drawn):
            works = rng.random(len(edges)) < limits
            H = nx.DiGraph([edges[place] for place in np.flatnonzero(works)])
            if seeker in H and target in H:
                hits += target in nx.single_source_shortest_path_length(H, seeker, cutoff=STEPS)
        done = time.perf_counter()
        seconds = (cut - start) + (done - cut) * samples / drawn
        return Extrapolated(Estimate(hits / drawn, drawn), seconds)

    return call
