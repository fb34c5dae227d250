"""Trust metrics word for word from their definitions, on plain dicts: slow and independent."""

from functools import cache
from itertools import pairwise
from math import inf, nan
from typing import Any

import networkx as nx
import numpy as np
from hypothesis import strategies as st

Trusts = dict[tuple[Any, Any], float]
"""(who trusts, whom): how much."""
NAMES = ("ana", "bo", "cy", "dee", "eve", "fay", "gus")


@st.composite
def trusts(
    draw: st.DrawFn, values: tuple[float, ...] = (0.0, 0.2, 0.5, 0.6, 0.6, 0.8, 1.0)
) -> Trusts:
    """Draw who trusts whom among up to seven people; values are drawn from few, so they tie."""
    people = NAMES[: draw(st.integers(2, len(NAMES)))]
    pairs = [(one, other) for one in people for other in people if one != other]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=20))
    return {pair: draw(st.sampled_from(values)) for pair in chosen}


def graph_of(given: Trusts, people: tuple[Any, ...] = NAMES) -> nx.DiGraph:
    """Return the graph, everybody in it."""
    G = nx.DiGraph()
    G.add_nodes_from(people)
    for (truster, trusted), trust in given.items():
        G.add_edge(truster, trusted, trust=trust)
    return G


def all_pairs(people: tuple[Any, ...] = NAMES) -> list[tuple[Any, Any]]:
    return [(one, other) for one in people for other in people]


def distances(edges: Any, sources: Any) -> dict[Any, int]:
    """Number of edges from the nearest source, by rounds."""
    found = dict.fromkeys(sources, 0)
    while new := {v for u, v in edges if u in found} - set(found):
        found |= dict.fromkeys(new, max(found.values()) + 1)
    return found


# ------------------------------------------------------------------------------ Appleseed


def appleseed(
    given: Trusts, seed: Any, energy: float, d: float, threshold: float, *, square: bool = False
) -> dict[Any, float]:
    """Rounds as the paper lists them: people are discovered one by one, and get their edge back."""
    weights = {pair: trust**2 if square else trust for pair, trust in given.items()}
    known, rank, running = {seed}, {seed: 0.0}, {seed: energy}
    while True:
        before = dict(rank)
        arriving = dict.fromkeys(known, 0.0)
        for x in sorted(known):
            rank[x] += (1 - d) * running[x]
            for u, v in list(weights):
                if u == x and v not in known | set(arriving):
                    arriving[v] = rank[v] = 0.0
                    weights[v, seed] = 1.0
            total = sum(weight for (u, _), weight in weights.items() if u == x)
            for (u, v), weight in weights.items():
                if u == x and total > 0:
                    arriving[v] += d * running[x] * weight / total
        known, running = set(arriving), arriving
        if max(rank[x] - before.get(x, 0.0) for x in known) <= threshold:
            return rank


def appleseed_limit(
    given: Trusts, seed: Any, energy: float, d: float, *, seed_keeps: bool = True
) -> dict[Any, float]:
    """What the rounds tend to, by a dense solve."""
    n, place = len(NAMES), {name: number for number, name in enumerate(NAMES)}
    reached = distances([pair for pair, trust in given.items() if trust > 0], [seed])
    W = np.zeros((n, n))
    for (u, v), trust in given.items():
        W[place[u], place[v]] = trust
    for x in reached:
        if x != seed:
            W[place[x], place[seed]] = 1.0
    total = W.sum(axis=1, keepdims=True)
    share = np.divide(W, total, out=np.zeros_like(W), where=total > 0)
    passing = np.full(n, d)
    if not seed_keeps:
        passing[place[seed]] = 1.0
    start = np.zeros(n)
    start[place[seed]] = energy
    x = np.linalg.solve(np.eye(n) - (passing[:, None] * share).T, start)
    return dict(zip(NAMES, ((1 - passing) * x).tolist(), strict=True))


# ------------------------------------------------------------------------------ MoleTrust


def moletrust(given: Trusts, source: Any, target: Any, horizon: int, threshold: float) -> float:
    """By recursion from the target."""
    far = distances(given, [source])

    @cache
    def belief(person: Any) -> float:
        if person == source:
            return 1.0
        if far.get(person, inf) > horizon:
            return nan
        said = [
            (belief(u), trust)
            for (u, v), trust in given.items()
            if v == person and far.get(u) == far[person] - 1 and belief(u) >= threshold
        ]
        weight = sum(trusted for trusted, _ in said)
        return sum(trusted * trust for trusted, trust in said) / weight if weight > 0 else nan

    return nan if source == target else belief(target)


# ------------------------------------------------------------------------------ TidalTrust


def tidaltrust(given: Trusts, source: Any, target: Any, max_depth: float = inf) -> float:
    """By enumeration of the shortest paths."""
    if source == target:
        return nan
    if (source, target) in given:
        return given[source, target]
    ways = nx.DiGraph(pair for pair, trust in given.items() if trust > 0 and target not in pair)
    paths = [
        path
        for rater, rated in given
        if rated == target and source in ways and rater in ways and nx.has_path(ways, source, rater)
        for path in nx.all_shortest_paths(ways, source, rater)
    ]
    shortest = min(map(len, paths), default=0)
    if not paths or shortest > max_depth:
        return nan
    paths = [path for path in paths if len(path) == shortest]
    steps = [list(pairwise(path)) for path in paths]
    best = max(min(given[step] for step in way) for way in steps)

    def said(person: Any, place: int) -> float:
        if place == shortest - 1:
            return given[person, target]
        after = {path[place + 1] for path in paths if path[place] == person}
        asked = [j for j in after if given[person, j] >= best]
        told = [(given[person, j], said(j, place + 1)) for j in asked]
        told = [(trust, answer) for trust, answer in told if answer == answer]  # noqa: PLR0124
        weight = sum(trust for trust, _ in told)
        return sum(trust * answer for trust, answer in told) / weight if weight else nan

    return said(source, 0)


# ------------------------------------------------------------------------------ Advogato


def certificate_flow(
    given: Trusts, seeds: Any, capacities: tuple[int, ...], sinks: Any, level: float = 0.0
) -> int:
    """Value of the largest flow that ends in these people only."""
    edges = [pair for pair, trust in given.items() if trust >= level and trust > 0]
    far = distances(edges, seeds)
    N = nx.DiGraph()
    N.add_nodes_from(["source", "sink"])
    for seed in seeds:
        N.add_edge("source", (seed, "-"))
    for x, distance in far.items():
        capacity = capacities[min(distance, len(capacities) - 1)]
        N.add_edge((x, "-"), (x, "+"), capacity=capacity - 1)
        if x in sinks:
            N.add_edge((x, "-"), "sink", capacity=1)
    N.add_edges_from(((u, "+"), (v, "-")) for u, v in edges if u in far)
    return int(nx.maximum_flow_value(N, "source", "sink"))


def advogato(
    given: Trusts, seeds: Any, capacities: tuple[int, ...], level: float = 0.0
) -> set[Any]:
    """Take people, nearer ones first, then by name, while all who are taken can be accepted."""
    edges = [pair for pair, trust in given.items() if trust >= level and trust > 0]
    far = distances(edges, seeds)
    taken: set[Any] = set()
    for person in sorted(far, key=lambda one: (far[one], one)):
        more = taken | {person}
        if certificate_flow(given, seeds, capacities, more, level) == len(more):
            taken = more
    return taken
