"""The linear models of standing, from their definition by dense linear algebra."""

import numpy as np


def shares_of(G, people):
    """The matrix of shares, rows by giver; the rows of those who trust nobody are 0."""
    place = {person: i for i, person in enumerate(people)}
    given = np.zeros((len(people), len(people)))
    for u, v, trust in G.edges(data="trust"):
        given[place[u], place[v]] = trust
    total = given.sum(axis=1, keepdims=True)
    return np.divide(given, total, out=np.zeros_like(given), where=total > 0)


def dense_standing(G, seeds, damping):
    """Scores by person; ``seeds`` maps people to shares."""
    people = sorted(G)
    P = shares_of(G, people)
    seed = np.array([seeds.get(person, 0.0) for person in people])
    P[P.sum(axis=1) == 0.0] = seed
    scores = np.linalg.solve(np.eye(len(people)) - damping * P.T, (1.0 - damping) * seed)
    return dict(zip(people, scores.tolist(), strict=True))


def random_shares(rng, people):
    """Seeds with shares: one person, some, or all."""
    chosen = rng.choice(sorted(people), int(rng.integers(1, len(people) + 1)), replace=False)
    weights = rng.random(len(chosen)) + 0.01
    return dict(zip(chosen.tolist(), (weights / weights.sum()).tolist(), strict=True))
