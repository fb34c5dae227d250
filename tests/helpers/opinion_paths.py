"""Subjective logic over a graph, path by path with single opinions, and graphs to try it on."""

from itertools import pairwise
from math import isnan, prod

import networkx as nx

from trustgraph.reputation import Opinion, averaging_fusion, cumulative_fusion, discount

BASE_RATE = 0.1


def opinion_graph(rng, people=6, density=0.5, *, levels=False, silent=0.3):
    """Opinions of every kind: from evidence, impossible ones, dogmatic ones, without certainty."""
    G = nx.DiGraph()
    names = [f"p{k}" for k in range(people)]
    G.add_nodes_from(names)
    for one in names:
        for other in names:
            if one == other or rng.random() > density:
                continue
            if levels:  # powers of 2: equal strengths are equal to the last digit
                G.add_edge(one, other, trust=float(rng.choice([0.0, 0.25, 0.5, 1.0])))
            else:
                G.add_edge(one, other, trust=rng.random() * float(rng.random() > 0.1))
                if rng.random() > silent:
                    G.edges[one, other]["certainty"] = float(rng.choice([rng.random(), 0.0, 1.0]))
    return G


def edge_opinion(tie):
    """The opinion of an edge; one that no evidence gives keeps its expectation."""
    known = tie.get("certainty", float("nan"))
    known = 1.0 if isnan(known) else known
    belief = min(max(tie["trust"] - BASE_RATE * (1 - known), 0.0), known)
    base_rate = BASE_RATE
    if known < 1:
        base_rate = min(max((tie["trust"] - belief) / (1 - known), 0.0), 1.0)
    return Opinion(
        belief=belief, disbelief=known - belief, uncertainty=1 - known, base_rate=base_rate
    )


def brute_opinion(G, source, target, most, *, by="belief", fusion=cumulative_fusion):
    """The opinion, the paths it was made of, and the number of all paths."""
    tie = {pair: edge_opinion(data) for *pair, data in G.edges(data=True) for pair in [tuple(pair)]}
    ways = []
    for path in nx.all_simple_paths(G, source, target, cutoff=most + 1):
        *first, last = (tie[pair] for pair in pairwise(path))
        shares = [one.belief if by == "belief" else one.expectation for one in first]
        strength = prod(shares) * (1 - last.uncertainty)
        if strength > 0:
            arrived = last
            for one in reversed(first):
                arrived = discount(one, arrived, by=by)
            ways.append((round(-strength, 12), len(path), path, arrived))
    spent, used = set(), []
    for _, _, path, arrived in sorted(ways, key=lambda way: way[:3]):
        pairs = set(pairwise(path))
        if not pairs & spent:
            spent |= pairs
            used.append((path, arrived))
    vacuous = Opinion(belief=0, disbelief=0, uncertainty=1, base_rate=BASE_RATE)
    fused = fusion(*(arrived for _, arrived in used)) if used else vacuous
    return fused, [path for path, _ in used], len(ways)


FUSED = {"cumulative": cumulative_fusion, "averaging": averaging_fusion}
