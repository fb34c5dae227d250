"""Fairness and goodness from the definition, person by person, and random ratings to try it on."""

import numpy as np


def random_ratings(rng, n=None, most=None):
    """Who rates whom, and how: nobody themselves, nobody twice; some people without ratings."""
    n = int(rng.integers(2, 9)) if n is None else n
    ends = [(u, v) for u in range(n) for v in range(n) if u != v]
    count = int(rng.integers(1, min(len(ends), most or 4 * n) + 1))
    chosen = rng.permutation(len(ends))[:count]
    source, target = np.array([ends[k] for k in chosen], np.int32).T
    levels = rng.choice([rng.uniform(-1, 1, count), rng.choice([-1.0, -0.3, 0.1, 1.0], count)])
    return source.copy(), target.copy(), levels, n


def from_the_definition(source, target, rating, n, rounds=120):
    """Fairness and goodness by the plain iteration of the paper."""
    told = list(zip(source.tolist(), target.tolist(), rating.tolist(), strict=True))
    fairness, goodness = [1.0] * n, [1.0] * n
    for _ in range(rounds):
        for person in range(n):
            got = [fairness[u] * w for u, v, w in told if v == person]
            goodness[person] = sum(got) / len(got) if got else 0.0
        for person in range(n):
            off = [abs(w - goodness[v]) for u, v, w in told if u == person]
            fairness[person] = 1 - sum(off) / len(off) / 2 if off else 1.0
    return np.array(fairness), np.array(goodness)
