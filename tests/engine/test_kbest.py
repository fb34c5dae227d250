from itertools import pairwise, permutations

import networkx as nx
import numpy as np
import pytest

from trustgraph.engine import kbest, kbest_order, kbest_run, paths
from trustgraph.engine._compile import _fingerprint, compiled
from trustgraph.engine.paths import k_best_paths
from trustgraph.engine.workspace import Workspaces
from trustgraph.graph.index import TrustIndex
from trustgraph.introductions._paths import routes_of
from trustgraph.steps import ask_question

from helpers.exact_paths import check_paths, told
from helpers.random_routes import best_rows, enumerate_paths, random_routes

GRAPHS, BLOCK = 1_000, 25


@pytest.mark.parametrize("twin", ["plain", "compiled"])
@pytest.mark.parametrize("first", range(0, GRAPHS, BLOCK))
def test_the_k_best_paths_equal_enumeration_for_every_k_and_cap(first: int, twin: str) -> None:
    seeds = range(first, first + BLOCK)
    assert sum(check_paths(seed, compiled=twin == "compiled") for seed in seeds) > BLOCK


def test_the_answer_for_a_smaller_k_is_the_beginning_of_that_for_a_larger_one() -> None:
    generator = np.random.default_rng(7)
    for _ in range(40):
        routes = random_routes(generator, n=7)
        many = told(k_best_paths(routes, k=40, most=3))
        for k in (1, 2, 5, 11):
            assert told(k_best_paths(routes, k=k, most=3)) == many[:k]


def test_equal_scores_share_a_rank_and_the_next_rank_counts_them() -> None:
    generator = np.random.default_rng(3)
    seen = False
    for _ in range(30):
        best = k_best_paths(random_routes(generator, n=6), k=30, most=2)
        for row, rank in enumerate(best.ranks.tolist()):
            close = np.isclose(best.scores, best.scores[row], rtol=1e-12, atol=0)
            assert rank == int(np.flatnonzero(close)[0]) + 1
            seen |= int(close.sum()) > 1
    assert seen


def test_a_thousand_equal_paths_do_not_have_to_be_listed() -> None:
    n = 30
    asker, asked = np.nonzero(~np.eye(n, dtype=bool))
    back = np.argsort(asked, kind="stable")
    everybody = np.arange(n, dtype=np.int32)
    routes = paths.Routes(
        out_start=np.searchsorted(asker, np.arange(n + 1)).astype(np.int64),
        out_asked=asked.astype(np.int32),
        in_start=np.searchsorted(asked[back], np.arange(n + 1)).astype(np.int64),
        in_asker=asker[back].astype(np.int32),
        in_step=back.astype(np.int32),
        passing=np.ones(len(asker)),
        back=np.ones(len(asker), np.float32),
        scale=1.0,
        inferred=np.zeros(len(asker), bool),
        barred=np.zeros(0, np.int64),
        entry_asked=everybody,
        entry_factor=np.full(n, 0.5),
        entry_flag=np.zeros(n, bool),
        exit_asker=everybody,
        exit_target=np.zeros(n, np.int32),
        exit_factor=np.ones(n),
        exit_flag=np.zeros(n, bool),
        direct_target=np.zeros(0, np.int32),
        direct_factor=np.zeros(0),
        direct_flag=np.zeros(0, bool),
        workspaces=Workspaces(n),
    )
    best = k_best_paths(routes, k=n + 2, most=4)
    assert told(best) == [((i,), 0) for i in range(n)] + [((0, 1), 0), ((0, 2), 0)]
    assert set(best.ranks.tolist()) == {1}


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("k", [1, 3, 40])
def test_more_equal_paths_than_there_is_room_for_are_told_in_their_fixed_order(k, seed) -> None:
    routes = random_routes(np.random.default_rng(seed), n=8)
    n, m = 8, len(routes.passing)
    alike = routes._replace(
        passing=np.ones(m),
        back=np.ones(m, np.float32),
        scale=1.0,
        entry_factor=np.where(np.arange(len(routes.entry_factor)) == 0, 1.0, 0.5),
        exit_factor=np.ones(len(routes.exit_factor)),
        barred=np.zeros(0, np.int64),
        out_start=np.arange(0, n * n + 1, n),
        out_asked=np.tile(np.arange(n, dtype=np.int32), n),
        in_start=np.arange(0, n * n + 1, n),
        in_asker=np.tile(np.arange(n, dtype=np.int32), n),
        in_step=np.arange(n * n, dtype=np.int32).reshape(n, n).T.ravel(),
    )
    alike = alike._replace(
        passing=np.ones(n * n), back=np.ones(n * n, np.float32), inferred=np.zeros(n * n, bool)
    )
    best = k_best_paths(alike, k=k, most=4)
    assert told(best) == [(row[1], row[2]) for row in best_rows(enumerate_paths(alike, 4), k)]


@pytest.mark.parametrize("seed", range(150))
def test_a_search_cut_short_tells_an_honest_bound_on_what_it_has_not_seen(seed) -> None:
    generator = np.random.default_rng(seed)
    routes = random_routes(generator, n=int(generator.integers(4, 8)))
    k, most = int(generator.choice([1, 3, 10])), int(generator.integers(0, 6))
    rows = enumerate_paths(routes, most)
    worth = {(people, target): score for score, people, target, _ in rows}
    wanted = [row[0] for row in best_rows(rows, k)]
    for limit in (0, 1, 3, 10, 30, 100, 1000, 10**6):
        best = k_best_paths(routes, k=k, most=most, limit=limit)
        found = told(best)
        assert len(set(found)) == len(found) <= k
        np.testing.assert_allclose(best.scores, [worth[path] for path in found], rtol=1e-12)
        others = [score for path, score in worth.items() if path not in set(found)]
        kth = best.scores[-1] if len(found) == k else 0.0
        assert max(others, default=0.0) <= max(kth, best.unexplored) * (1 + 1e-12)
        if best.optimal:
            np.testing.assert_allclose(best.scores, wanted, rtol=1e-12)
    assert best.optimal
    assert best.unexplored == 0


def test_a_limit_does_cut_a_search_short() -> None:
    limits = [
        k_best_paths(random_routes(np.random.default_rng(seed), n=7), k=5, most=4, limit=limit)
        for seed in range(10)
        for limit in (0, 5, 20)
    ]
    assert {best.optimal for best in limits} == {True, False}


@pytest.mark.parametrize("kernels", [kbest_order, compiled(kbest_order)], ids=["plain", "compiled"])
def test_equal_scores_share_the_rank_of_the_first_of_them(kernels):
    scores = np.array([0.9, 0.9 * (1 - 1e-13), 0.5, 0.5, 0.5 * (1 - 3e-9), 0.1])
    assert kernels.ranked(scores).tolist() == [1, 1, 3, 3, 5, 6]
    assert kernels.ranked(scores[:0]).tolist() == []


def layered(width: int, trust: float):
    """Three layers between seeker and target, everybody asking everybody of the next layer."""
    layers = [["s"], *[[f"{name}{i:02}" for i in range(width)] for name in "abc"], ["t"]]
    G = nx.DiGraph()
    for askers, asked in pairwise(layers):
        G.add_edges_from((b, a, {"trust": trust}) for a in askers for b in asked)
    return TrustIndex.from_graph(G)


@pytest.mark.parametrize("worth", [0, 10**9], ids=["compiled", "plain"])
@pytest.mark.parametrize("trust", [0.5, 0.7, 0.9, 0.1])
def test_equal_trust_is_not_searched_path_by_path(trust, worth, monkeypatch) -> None:
    monkeypatch.setattr(paths, "COMPILE_FROM_STEPS", worth)
    monkeypatch.setattr(paths, "PLAIN_STEPS", 10**9)
    index = layered(20, trust)
    routes = routes_of(ask_question(index, "s", "t"))
    # There are 8,000 equal paths over 840 steps.
    best = k_best_paths(routes, k=5, most=3, limit=10 * index.m)
    assert best.optimal
    assert [index.labels[number] for number in best.people[4]] == ["a00", "b00", "c04"]
    assert set(best.ranks.tolist()) == {1}


def test_a_hard_question_on_a_small_graph_is_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    routes = routes_of(ask_question(layered(4, 0.7), "s", "t"))
    wanted = told(k_best_paths(routes, k=9, most=3))
    asked = []

    def noted(module):
        asked.append(module)
        return compiled(module)

    monkeypatch.setattr(paths, "compiled", noted)
    assert told(k_best_paths(routes, k=9, most=3)) == wanted
    assert not asked
    monkeypatch.setattr(paths, "PLAIN_STEPS", 5)
    assert told(k_best_paths(routes, k=9, most=3)) == wanted
    assert asked == [kbest_run]
    assert not k_best_paths(routes, k=9, most=3, limit=4).optimal
    assert asked == [kbest_run]


def test_whoever_must_be_last_and_is_passed_already_ends_a_search() -> None:
    # Everybody knows the hub; nobody else knows the target.
    G = nx.DiGraph()
    people = [f"p{number:02}" for number in range(40)]
    for one, other in permutations([*people, "hub"], 2):
        G.add_edge(one, other, trust=(int(one[-1] + other[-1], 36) % 7 + 3) / 10)
    G.add_edge("t", "hub", trust=0.9)
    G.add_edge("hub", "s", trust=0.9)
    index = TrustIndex.from_graph(G)
    best = k_best_paths(routes_of(ask_question(index, "s", "t")), k=5, most=5, limit=5 * index.m)
    assert best.optimal
    assert len(best.scores) == 1


def test_ctrl_c_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_):
        raise SystemError("a result with an exception set") from KeyboardInterrupt()

    routes = random_routes(np.random.default_rng(2), n=5)
    monkeypatch.setattr(kbest_run, "k_best", interrupted)
    with pytest.raises(KeyboardInterrupt):
        k_best_paths(routes, k=1, most=2)


def test_the_cache_of_every_kernel_depends_on_all_sources() -> None:
    assert len(_fingerprint()) == 8
    for module in (kbest, kbest_order, kbest_run):
        for kernel in vars(compiled(module)).values():
            assert kernel.py_func.__qualname__.endswith(_fingerprint())
