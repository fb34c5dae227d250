"""Random graphs on arrays, with everything that trust may flow through or be caught in."""

import numpy as np


def random_ties(rng, n=None):
    """Nodes, source, target and trust: self-loops, parallel edges, trust 0, nodes without edges."""
    n = int(rng.integers(1, 12)) if n is None else n
    m = int(rng.integers(0, 4 * n))
    source, target = rng.integers(0, n, (2, m))
    trust = rng.random(m) * (rng.random(m) < 0.8)
    return n, source, target, trust


def random_seeds(rng, n, columns=None):
    """Seeds of one column, or of several: some a single node, some spread out."""
    spread = rng.random((n, columns or 1)) ** int(rng.integers(1, 8))
    spread[:, ::2] *= rng.random((n, 1)) < 0.4
    spread[int(rng.integers(n))] += 0.1
    spread /= spread.sum(axis=0)
    return spread if columns else spread[:, 0]


def by_dense_solve(n, source, target, trust, seed, damping):
    """The scores of one column of seeds, from the definition."""
    given = np.zeros((n, n))
    np.add.at(given, (source, target), trust)
    total = given.sum(axis=1)
    leak = total == 0.0
    P = np.divide(given, total[:, None], out=np.zeros_like(given), where=~leak[:, None])
    P[leak] = seed
    return np.linalg.solve(np.eye(n) - damping * P.T, (1.0 - damping) * seed)
