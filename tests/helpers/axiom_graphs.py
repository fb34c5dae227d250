"""Small random trust graphs, and reputation models that are simple enough to check by hand."""

from typing import Any

import networkx as nx
import numpy as np

TRUST = (0.0, 0.1, 0.3, 0.5, 0.8, 0.9, 1.0)


def random_trust(rng: np.random.Generator, *, people: int, density: float) -> nx.DiGraph:
    """Return a graph with trust alone, full trust and none of it among the values."""
    G = nx.DiGraph()
    G.add_nodes_from(f"p{i}" for i in range(people))
    for u in G:
        for v in G:
            if u != v and rng.random() < density:
                G.add_edge(u, v, trust=float(rng.choice(TRUST)))
    return G


def walk_rank(G: nx.DiGraph, *, seeds: Any = None) -> dict[Any, float]:
    """Personalised PageRank by networkx."""
    start = (
        None if seeds is None else dict.fromkeys([seeds] if isinstance(seeds, str) else seeds, 1)
    )
    return nx.pagerank(G, weight="trust", personalization=start, tol=1e-13, max_iter=1000)


def loved(G: nx.DiGraph) -> dict[Any, float]:
    """Trust that a person is given by all others together."""
    return dict(G.in_degree(weight="trust"))
