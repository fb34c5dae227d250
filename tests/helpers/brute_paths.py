"""All admissible simple paths by plain enumeration, from the frame of step factors."""

from collections import defaultdict
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd


def all_paths(steps: pd.DataFrame, seeker: Any, most: int) -> dict[tuple[Any, ...], float]:
    """Return every admissible simple path with its score, read off the frame alone."""
    factors: dict[str, dict[Any, dict[Any, float]]] = {
        place: defaultdict(dict) for place in ("first", "further", "last")
    }
    for row in steps.itertuples(index=False):
        for place, table in factors.items():
            value = getattr(row, place)
            if not np.isnan(value) and value > 0:
                table[row.asker][row.asked] = value
    found: dict[tuple[Any, ...], float] = {
        (seeker, target): score for target, score in factors["last"][seeker].items()
    }
    stack: list[tuple[tuple[Any, ...], float]] = []
    if most > 0:
        stack = [((seeker, one), score) for one, score in factors["first"][seeker].items()]
    while stack:
        path, score = stack.pop()
        for target, value in factors["last"][path[-1]].items():
            found[(*path, target)] = score * value
        if len(path) - 1 < most:
            stack += [
                ((*path, one), score * value)
                for one, value in factors["further"][path[-1]].items()
                if one not in path
            ]
    return found


def random_graph(generator: np.random.Generator, *, n: int, density: float) -> nx.DiGraph:
    """Return a small graph with ties in score, zero and one factors, missing attributes."""
    G = nx.DiGraph()
    people = [f"p{number:02d}" for number in range(n)]
    G.add_nodes_from(people)
    values = [0.0, 0.25, 0.5, 0.5, 1.0]
    full = generator.random() < 0.6
    for source in people:
        for target in people:
            if source == target or generator.random() > density:
                continue
            coarse = generator.random() < 0.5
            trust = float(generator.choice(values)) if coarse else float(generator.random())
            G.add_edge(source, target, trust=trust)
            if full:
                tie = G[source][target]
                tie["willingness"] = float(generator.random())
                tie["endorsed_trust"] = float(max(trust, generator.random()))
                tie["response"] = float(generator.choice([0.25, 0.5, 1.0]))
                tie["forwards"] = float(max(tie["willingness"], generator.random()))
    return G
