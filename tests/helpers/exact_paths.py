"""The search for the k best paths against plain enumeration, for every cap and several k."""

import numpy as np

from trustgraph.engine import paths
from trustgraph.engine.paths import BestPaths, k_best_paths

from helpers.random_routes import best_rows, enumerate_paths, random_routes

CAPS = range(6)
NUMBERS = (1, 2, 3, 7, 50)


def told(best: BestPaths) -> list[tuple[tuple[int, ...], int]]:
    """Return intermediaries and target of every path."""
    return [
        (tuple(best.people[row, : best.lengths[row]].tolist()), int(best.targets[row]))
        for row in range(len(best.scores))
    ]


def check_paths(seed: int, *, compiled: bool) -> int:
    """Compare one random question in all ways; return how many paths it has."""
    generator = np.random.default_rng(seed)
    routes = random_routes(generator, n=int(generator.integers(1, 8)))
    worth, paths.COMPILE_FROM_STEPS = paths.COMPILE_FROM_STEPS, 0 if compiled else 10**9
    number = 0
    try:
        for most in CAPS:
            rows = enumerate_paths(routes, most)
            number += len(rows)
            for need_flag in (False, True):
                whole = best_rows(rows, max(NUMBERS), need_flag=need_flag)
                for k in NUMBERS:
                    best = k_best_paths(routes, k=k, most=most, need_flag=need_flag)
                    wanted = whole[:k]
                    if told(best) != [(row[1], row[2]) for row in wanted] or not best.optimal:
                        message = f"seed {seed}, k = {k}, cap {most}: other paths"
                        raise AssertionError(message)
                    np.testing.assert_allclose(best.scores, [row[0] for row in wanted], rtol=1e-12)
    finally:
        paths.COMPILE_FROM_STEPS = worth
    return number
