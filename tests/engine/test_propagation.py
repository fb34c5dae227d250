import numpy as np
import pytest

from trustgraph.engine import propagation, propagation_arrays
from trustgraph.engine._compile import compiled
from trustgraph.engine.flow import shares

from helpers.random_flows import random_ties

TWINS = {
    "plain": propagation,
    "compiled": compiled(propagation),
    "arrays": propagation_arrays,
}
twins = pytest.mark.parametrize("kernels", TWINS.values(), ids=TWINS)


def case(seed):
    """Edges as the kernels take them, P as a matrix of rows, and vectors to work on."""
    rng = np.random.default_rng(seed)
    n, source, target, trust = random_ties(rng)
    flow = shares(source, target, trust, n)
    start = flow.start.view(np.uint64)
    edges = start[:-1], start[1:], flow.source.view(np.uint32), flow.share
    P = np.zeros((n, n))
    np.add.at(P, (flow.source, np.repeat(np.arange(n), np.diff(flow.start))), flow.share)
    return n, edges, P, rng.standard_normal((9, n))


def bounds(kernels, n, cut):
    """All rows at once, or in two blocks where the kernels can."""
    middle = 0 if kernels is propagation_arrays else min(cut, n)
    return [(np.uint64(0), np.uint64(middle)), (np.uint64(middle), np.uint64(n))][middle == 0 :]


@twins
@pytest.mark.parametrize("seed", range(40))
def test_the_image_is_what_the_formula_says(kernels, seed):
    n, edges, P, vectors = case(seed)
    mass, giveback, shadow, image = vectors[:4]
    done = [
        kernels.pull(*block, *edges, 0.85, 0.3, mass, giveback, shadow, image)
        for block in bounds(kernels, n, seed % 5)
    ]
    expected = mass - 0.85 * (P.T @ mass + 0.3 * giveback)
    np.testing.assert_allclose(image, expected, rtol=1e-12, atol=1e-14)
    products = [expected @ shadow, expected @ mass, expected @ expected]
    np.testing.assert_allclose(np.sum(done, axis=0), products, rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize("kernels", [propagation, TWINS["compiled"]], ids=["plain", "compiled"])
@pytest.mark.parametrize("seed", range(20))
def test_four_columns_give_what_one_by_one_gives(kernels, seed):
    n, edges, _, vectors = case(seed)
    masses, received = np.ascontiguousarray(vectors[:4].T), np.zeros((4, n))
    giveback, shadow, image, alone = vectors[4:8]
    for block in bounds(kernels, n, seed % 5):
        kernels.pull_four(*block, *edges, masses, received)
    for j in range(4):
        mass = masses[:, j].copy()
        arguments = 0.85, 0.3, mass, giveback, shadow
        done = kernels.close(np.uint64(0), np.uint64(n), *arguments, received[j], image)
        expected = kernels.pull(np.uint64(0), np.uint64(n), *edges, *arguments, alone)
        np.testing.assert_array_equal(image, alone)
        assert done == expected


@twins
@pytest.mark.parametrize("seed", range(20))
def test_the_steps_are_what_the_formula_says(kernels, seed):
    n, _, _, (first, second, shadow, direction, residual, scores, *_) = case(seed)
    was, towards, stood = residual.copy(), direction.copy(), scores.copy()
    blocks = bounds(kernels, n, seed % 5)
    halved = sum(kernels.halve(*block, 0.7, first, residual) for block in blocks)
    half = was - 0.7 * first
    np.testing.assert_allclose(residual, half, rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(halved, np.abs(half).sum(), rtol=1e-12)
    arguments = 0.7, -0.4, 0.3, first, second, shadow, direction, residual, scores
    left = np.sum([kernels.advance(*block, *arguments) for block in blocks], axis=0)
    after = half + 0.4 * second
    np.testing.assert_allclose(scores, stood + 0.7 * towards - 0.4 * half, rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(residual, after, rtol=1e-12, atol=1e-14)
    turned = after + 0.3 * (towards + 0.4 * first)
    np.testing.assert_allclose(direction, turned, rtol=1e-12, atol=1e-14)
    sums = [np.abs(after).sum(), after @ shadow]
    np.testing.assert_allclose(left, sums, rtol=1e-12, atol=1e-13)
