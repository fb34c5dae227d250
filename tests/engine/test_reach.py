import numpy as np
import pytest

from trustgraph.engine import reach as module
from trustgraph.engine._compile import compiled, twin

from helpers.random_routes import random_routes


def by_enumeration(routes, most):
    """Best product of each person as the last intermediary of a simple path, by its length."""
    n = len(routes.out_start) - 1
    barred = set(routes.barred.tolist())
    best = np.zeros((most, n))

    def grow(people, product):
        size = len(people) - 1
        best[size, people[-1]] = max(best[size, people[-1]], product)
        if len(people) < most:
            for p in range(routes.out_start[people[-1]], routes.out_start[people[-1] + 1]):
                if routes.out_asked[p] not in people and routes.out_asked[p] not in barred:
                    step = routes.passing[p] * routes.scale
                    grow((*people, int(routes.out_asked[p])), product * step)

    for person, factor in zip(routes.entry_asked, routes.entry_factor, strict=True):
        if person not in barred:
            grow((int(person),), factor)
    return best


@pytest.mark.parametrize("kernels", [module, compiled(module)], ids=["plain", "compiled"])
@pytest.mark.parametrize("seed", range(60))
def test_the_best_product_to_everybody_equals_enumeration(kernels, seed):
    routes = random_routes(np.random.default_rng(seed), n=6)
    most = 4
    best, parent = np.zeros((most, 6)), np.full((most, 6), -1, np.int64)
    kernels.reach(
        routes.out_start,
        routes.out_asked,
        routes.passing,
        routes.scale,
        routes.barred,
        routes.entry_asked,
        routes.entry_factor,
        best,
        parent,
    )
    # A walk may be longer than it need be, so the best within each cap is what must agree.
    wanted = np.maximum.accumulate(by_enumeration(routes, most), axis=0)
    np.testing.assert_allclose(np.maximum.accumulate(best, axis=0), wanted, rtol=1e-12)


def test_the_twin_is_compiled_only_when_the_work_is_worth_it():
    assert twin(module, work=10, worth=100) is module
    assert twin(module, work=100, worth=100) is compiled(module)
