import copy
import pickle
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from trustgraph.engine import kbest_run, paths
from trustgraph.engine.paths import k_best_paths
from trustgraph.engine.workspace import Workspaces

from helpers.exact_paths import told
from helpers.random_routes import random_routes


def test_a_workspace_is_used_again_and_is_clear_after_every_search():
    routes = random_routes(np.random.default_rng(1), n=7)
    for most in (0, 1, 2, 5, 3):
        k_best_paths(routes, k=3, most=most)
        room = routes.workspaces.take(1)
        assert not room.rest.any()
        assert not room.marks.any()
        routes.workspaces.give_back(room)
    assert routes.workspaces.take(4) is not routes.workspaces.take(4)


def test_a_small_workspace_makes_way_for_a_larger_one():
    workspaces = Workspaces(3)
    small = workspaces.take(1)
    workspaces.give_back(small)
    assert workspaces.take(2) is not small


def test_copies_begin_without_workspaces():
    workspaces = Workspaces(3)
    workspaces.give_back(workspaces.take(2))
    for twin in (copy.copy(workspaces), pickle.loads(pickle.dumps(workspaces))):
        assert twin.people == 3
        assert twin.take(1) is not workspaces.take(1)


def test_a_search_that_fails_leaves_no_trace_behind(monkeypatch: pytest.MonkeyPatch):
    routes = random_routes(np.random.default_rng(2), n=7)
    wanted = told(k_best_paths(routes, k=9, most=3))

    def interrupted(*_args):
        room = routes.workspaces.take(2)
        room.rest[:] = 0.5
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(kbest_run, "search", interrupted)
        with pytest.raises(KeyboardInterrupt):
            k_best_paths(routes, k=9, most=3)
    assert told(k_best_paths(routes, k=9, most=3)) == wanted


@pytest.mark.parametrize("worth", [0, 10**9], ids=["compiled", "plain"])
def test_searches_at_the_same_time_do_not_meet(worth, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(paths, "COMPILE_FROM_STEPS", worth)
    routes = random_routes(np.random.default_rng(3), n=7)
    jobs = [(k, most) for k in (1, 5, 40) for most in range(6)] * 20

    def answer(job):
        return told(k_best_paths(routes, k=job[0], most=job[1]))

    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(answer, jobs))
    assert together == [answer(job) for job in jobs]
