"""Small random trust graphs with everything a model of reputation may stumble over."""

import networkx as nx

VALUES = (0.0, 0.2, 0.5, 0.5, 0.8, 1.0)


def random_trust(rng, *, people=None, density=None):
    """Ties with equal and different trust, some 0 and some 1; people without any tie."""
    people = int(rng.integers(1, 8)) if people is None else people
    density = rng.choice([0.15, 0.3, 0.6]) if density is None else density
    G = nx.DiGraph()
    G.add_nodes_from(f"p{i}" for i in rng.permutation(people))
    for u in list(G):
        for v in list(G):
            if u != v and rng.random() < density:
                trust = rng.choice(VALUES) if rng.random() < 0.6 else rng.random()
                G.add_edge(u, v, trust=float(trust))
    return G


def renamed(G):
    """The same graph under names in the opposite order, edges added backwards; and the names."""
    names = {person: f"q{len(G) - place:03d}" for place, person in enumerate(sorted(G))}
    H = nx.DiGraph()
    H.add_nodes_from(reversed([names[person] for person in G]))
    for u, v, tie in reversed(list(G.edges(data=True))):
        H.add_edge(names[u], names[v], **tie)
    return H, names
