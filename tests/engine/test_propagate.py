import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustgraph.engine import propagate as module
from trustgraph.engine import propagation, propagation_arrays
from trustgraph.engine._compile import compiled
from trustgraph.engine.flow import shares
from trustgraph.engine.propagate import propagate
from trustgraph.errors import ConvergenceError

from helpers.random_flows import by_dense_solve, random_seeds, random_ties

DAMPINGS = [0.0, 0.3, 0.85, 0.99]
chances = st.integers(0, 2**32 - 1).map(np.random.default_rng)
dampings = st.floats(0.0, 0.99)


@pytest.fixture(params=["plain", "compiled", "arrays"])
def kernels(request, monkeypatch):
    """Run the solver on each form of the kernels, in several blocks of rows where it can."""
    monkeypatch.setattr(module, "COMPILE_FROM_EDGES", np.inf if request.param == "arrays" else 0)
    monkeypatch.setattr(module, "BLOCK_EDGES", 5)
    if request.param == "plain":
        monkeypatch.setattr(module, "compiled", lambda plain: plain)
    return request.param


def flow_of(ties):
    n, source, target, trust = ties
    return shares(source, target, trust, n)


@pytest.mark.parametrize("damping", DAMPINGS)
@pytest.mark.parametrize("seed", range(15))
def test_scores_equal_a_dense_solve_and_the_bound_holds(kernels, damping, seed):
    rng = np.random.default_rng(seed)
    ties = random_ties(rng)
    seeds = random_seeds(rng, ties[0])
    exact = by_dense_solve(*ties, seeds, damping)
    for tolerance in (1e-2, 1e-6, 1e-10):
        found = propagate(flow_of(ties), seeds, damping=damping, tolerance=tolerance)
        assert found.error_bound <= tolerance
        error = np.abs(found.scores - exact).sum()
        assert error <= found.error_bound + 1e-13 / (1.0 - damping)
        assert found.scores.sum() == pytest.approx(1.0, abs=1e-13)
        assert (found.scores >= 0.0).all()


@pytest.mark.parametrize("seed", range(15))
def test_the_residual_is_that_of_the_scores_returned(kernels, seed):
    rng = np.random.default_rng(seed)
    n, source, target, trust = random_ties(rng)
    seeds = random_seeds(rng, n)
    found = propagate(shares(source, target, trust, n), seeds, tolerance=1e-3)
    given_away = np.bincount(source, trust, n)
    share = trust / np.where(given_away, given_away, 1.0)[source]
    leak = found.scores[given_away == 0.0].sum()
    received = np.bincount(target, share * found.scores[source], n)
    once_more = 0.85 * (received + leak * seeds) + 0.15 * seeds
    residual = np.abs(found.scores - once_more).sum()
    assert float(found.residual) == pytest.approx(residual, rel=1e-9, abs=1e-14)
    assert float(found.error_bound) == pytest.approx(residual / 0.15, rel=1e-9, abs=1e-13)


@pytest.mark.parametrize("columns", [1, 3, 4, 6, 9])
def test_several_columns_give_what_each_gives_alone(kernels, columns):
    rng = np.random.default_rng(columns)
    ties = random_ties(rng, 30)
    seeds = random_seeds(rng, 30, columns)
    together = propagate(flow_of(ties), seeds, tolerance=1e-13)
    assert together.scores.shape == (30, columns)
    assert together.residual.shape == together.error_bound.shape == (columns,)
    alone = [propagate(flow_of(ties), seed, tolerance=1e-13) for seed in seeds.T]
    for j, single in enumerate(alone):
        assert single.scores.shape == (30,)
        assert type(single.residual) is type(single.error_bound) is float
        np.testing.assert_allclose(together.scores[:, j], single.scores, rtol=0, atol=1e-13)
    # The sums of one pass are added up in another order: a column may need a round more.
    assert abs(together.iterations - max(single.iterations for single in alone)) <= 4


def test_all_forms_of_the_kernels_give_equal_scores(monkeypatch):
    rng = np.random.default_rng(5)
    flow, seeds = flow_of(random_ties(rng, 60)), random_seeds(rng, 60, 5)
    monkeypatch.setattr(module, "COMPILE_FROM_EDGES", 0)
    scores = []
    for kernels in (propagation, compiled(propagation), propagation_arrays):
        monkeypatch.setattr(module, "compiled", lambda _, kernels=kernels: kernels)
        monkeypatch.setattr(module, "FOUR", 4 if kernels is not propagation_arrays else 6)
        scores.append(propagate(flow, seeds, tolerance=1e-14).scores)
    np.testing.assert_allclose(scores[1], scores[0], rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(scores[2], scores[0], rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("columns", [1, 5])
def test_the_number_of_threads_does_not_change_a_digit(monkeypatch, columns):
    monkeypatch.setattr(module, "COMPILE_FROM_EDGES", 0)
    monkeypatch.setattr(module, "BLOCK_EDGES", 20)
    rng = np.random.default_rng(11)
    flow, seeds = flow_of(random_ties(rng, 200)), random_seeds(rng, 200, columns)
    one, *others = (propagate(flow, seeds, threads=threads) for threads in (1, 2, 3, 50, None))
    for other in others:
        np.testing.assert_array_equal(other.scores, one.scores)
        assert other.iterations == one.iterations


@pytest.mark.parametrize("damping", [0.5, 0.85])
def test_scores_are_the_personalised_pagerank_of_networkx(damping):
    rng = np.random.default_rng(2)
    G = nx.gnp_random_graph(80, 0.03, seed=4, directed=True)
    for edge in G.edges.values():
        edge["trust"] = rng.random()
    assert nx.number_of_isolates(G) or not all(degree for _, degree in G.out_degree())
    seeds = np.zeros(80)
    seeds[[3, 9, 40]] = 0.5, 0.2, 0.3
    ranks = nx.pagerank(
        G,
        alpha=damping,
        personalization=dict(enumerate(seeds)),
        weight="trust",
        tol=1e-14,
        max_iter=1_000,
    )
    source, target = np.array(G.edges).T
    flow = shares(source, target, [trust for *_, trust in G.edges(data="trust")], 80)
    found = propagate(flow, seeds, damping=damping, tolerance=1e-12)
    np.testing.assert_allclose(found.scores, [ranks[v] for v in range(80)], rtol=0, atol=1e-11)


@given(chances, dampings)
def test_scores_are_shares_of_the_mass_and_nobody_out_of_reach_gets_any(rng, damping):
    ties = random_ties(rng)
    n, source, target, trust = ties
    seeds = random_seeds(rng, n)
    found = propagate(flow_of(ties), seeds, damping=damping)
    assert (found.scores >= 0.0).all()
    assert found.scores.sum() == pytest.approx(1.0, abs=1e-12)
    G = nx.DiGraph()
    G.add_nodes_from(range(n))
    G.add_edges_from(np.column_stack([source, target])[trust > 0.0].tolist())
    reached = set(np.flatnonzero(seeds)).union(*(nx.descendants(G, v) for v in seeds.nonzero()[0]))
    assert not found.scores[sorted(set(range(n)) - reached)].any()


@given(chances, dampings, st.floats(0.0, 1.0))
def test_before_mass_is_given_back_scores_are_linear_in_the_seeds(rng, damping, part):
    ties = random_ties(rng)
    one, other = random_seeds(rng, ties[0], 2).T
    given_away = np.bincount(ties[1], ties[3], ties[0])

    def raw(seeds):
        scores = propagate(flow_of(ties), seeds, damping=damping, tolerance=1e-12).scores
        return scores / (1.0 - damping + damping * scores[given_away == 0.0].sum())

    mixed = raw(part * one + (1.0 - part) * other)
    np.testing.assert_allclose(mixed, part * raw(one) + (1.0 - part) * raw(other), atol=1e-8)


@given(chances, dampings)
def test_new_numbers_for_the_nodes_change_nothing(rng, damping):
    ties = random_ties(rng)
    n, source, target, trust = ties
    seeds, new = random_seeds(rng, n), rng.permutation(n)
    renumbered = np.empty(n)
    renumbered[new] = seeds
    found = propagate(flow_of(ties), seeds, damping=damping, tolerance=1e-12).scores
    other = propagate(
        shares(new[source], new[target], trust, n), renumbered, damping=damping, tolerance=1e-12
    ).scores
    np.testing.assert_allclose(other[new], found, rtol=0, atol=2e-12)


@given(chances, st.floats(0.01, 100.0))
def test_the_scale_of_trust_does_not_matter(rng, scale):
    n, source, target, trust = random_ties(rng)
    seeds = random_seeds(rng, n)
    found = propagate(shares(source, target, trust, n), seeds, tolerance=1e-12).scores
    other = propagate(shares(source, target, trust * scale, n), seeds, tolerance=1e-12).scores
    np.testing.assert_allclose(other, found, rtol=0, atol=2e-12)


def two_rings():
    """Two slow rings joined by one edge: plain rounds need long at a high damping."""
    ring = np.arange(40)
    source = np.concatenate([ring, ring + 40, [0]])
    target = np.concatenate([np.roll(ring, -1), np.roll(ring, -1) + 40, [40]])
    return 80, source, target, np.ones(81)


@pytest.mark.parametrize(
    ("name", "value"), [("BREAKDOWN", 2.0), ("WORSE", 0.0)], ids=["breakdown", "divergence"]
)
def test_where_acceleration_fails_plain_rounds_still_converge(monkeypatch, name, value):
    monkeypatch.setattr(module, name, value)
    ties = two_rings()
    seeds = np.eye(80)[0]
    found = propagate(flow_of(ties), seeds)
    assert found.error_bound <= 1e-9
    assert np.abs(found.scores - by_dense_solve(*ties, seeds, 0.85)).sum() <= 1e-9


@pytest.mark.parametrize("poison", [np.nan, 1e300, -3.0, 1e-4])
def test_whatever_acceleration_proposes_the_answer_is_tested(monkeypatch, poison):
    class Poisoned:
        pull = staticmethod(propagation_arrays.pull)
        halve = staticmethod(propagation_arrays.halve)
        product = staticmethod(propagation_arrays.product)

        @staticmethod
        def advance(*arguments):
            arguments[-1][7] += poison
            return 0.0, 0.0

    monkeypatch.setattr(module, "propagation_arrays", Poisoned)
    ties = two_rings()
    seeds = np.eye(80)[0]
    found = propagate(flow_of(ties), seeds)
    assert found.error_bound <= 1e-9
    assert np.abs(found.scores - by_dense_solve(*ties, seeds, 0.85)).sum() <= 1e-9


def test_acceleration_saves_most_of_the_rounds(monkeypatch):
    flow, seeds = flow_of(two_rings()), np.eye(80)[0]
    quick = propagate(flow, seeds, damping=0.99)
    monkeypatch.setattr(module, "BREAKDOWN", 2.0)
    slow = propagate(flow, seeds, damping=0.99, max_iterations=5_000)
    assert quick.iterations < slow.iterations / 3


def test_an_iteration_that_does_not_settle_says_how_far_it_came():
    flow = flow_of(two_rings())
    with pytest.raises(ConvergenceError, match="no convergence after 4 iterations") as caught:
        propagate(flow, np.eye(80)[0], max_iterations=4)
    assert caught.value.iterations == 4
    assert 1e-9 < caught.value.residual <= 2.0
    assert caught.value.tol == pytest.approx(1e-9 * 0.15)


def test_a_tolerance_beyond_rounding_is_refused_close_to_it(kernels):
    rng = np.random.default_rng(0)
    flow, seeds = flow_of(random_ties(rng, 50)), random_seeds(rng, 50)
    with pytest.raises(ConvergenceError) as caught:
        propagate(flow, seeds, tolerance=1e-300)
    assert 0.0 < caught.value.residual < 1e-15


@pytest.mark.parametrize("damping", [0.85, 0.99])
def test_a_tolerance_near_rounding_is_met(damping):
    rng = np.random.default_rng(8)
    source, target = (5_000 * rng.random((2, 50_000)) ** 2).astype(np.int64)
    flow = shares(source, target, rng.random(50_000), 5_000)
    found = propagate(flow, np.eye(5_000)[0], damping=damping, tolerance=1e-13 / (1.0 - damping))
    assert found.residual <= 1e-13
    assert found.iterations < 100


@pytest.mark.parametrize(
    ("seeds", "options", "message"),
    [
        ([1.0, 0.0, 0.0], {}, "shape"),
        ([[[1.0]], [[0.0]]], {}, "shape"),
        ([0.5, 0.4], {}, "sum to 1"),
        ([1.5, -0.5], {}, "at least 0"),
        ([np.nan, 1.0], {}, "at least 0"),
        ([[1.0, 1.0], [0.0, 1.0]], {}, "sum to 1"),
        ([1.0, 0.0], {"damping": 1.0}, "damping"),
        ([1.0, 0.0], {"damping": -0.1}, "damping"),
        ([1.0, 0.0], {"damping": np.nan}, "damping"),
        ([1.0, 0.0], {"tolerance": 0.0}, "tolerance"),
        ([1.0, 0.0], {"tolerance": np.inf}, "tolerance"),
        ([1.0, 0.0], {"max_iterations": 0}, "max_iterations"),
        ([1.0, 0.0], {"threads": 0}, "threads"),
    ],
)
def test_what_cannot_be_solved_is_refused(seeds, options, message):
    with pytest.raises(ValueError, match=message):
        propagate(shares([0], [1], [0.5], 2), seeds, **options)


def test_seeds_are_left_as_they_are():
    seeds = np.array([1.0, 0.0])
    propagate(shares([0], [1], [0.5], 2), seeds)
    assert seeds.tolist() == [1.0, 0.0]


def test_no_questions_have_no_answers():
    found = propagate(shares([0], [1], [0.5], 2), np.zeros((2, 0)))
    assert found.scores.shape == (2, 0)
    assert found.iterations == 0
