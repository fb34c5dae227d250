import dataclasses

import numpy as np
import pytest

from trustgraph.engine import batches
from trustgraph.engine.batches import labels_from, reach_everyone

from helpers.random_ground import goals_to, paths_from, random_ground, rows_to
from helpers.random_routes import best_rows

TWINS = pytest.mark.parametrize("fast", [False, True], ids=["plain", "compiled"])


@TWINS
@pytest.mark.parametrize("seed", range(80))
def test_the_label_of_everybody_is_the_first_of_the_best_paths(fast, seed):
    generator = np.random.default_rng(seed)
    ground, _ = random_ground(generator, n=int(generator.integers(2, 7)))
    seeker = int(generator.integers(ground.n))
    for most in range(6):
        labels = labels_from(ground, seeker, most=most, compiled=fast)
        assert labels.complete
        ways = paths_from(ground, seeker, most)
        for person in set(range(ground.n)) - {seeker}:
            rows = [(value, way, 0, flag) for way, (value, flag) in ways.items()]
            wanted = best_rows([row for row in rows if row[1][-1] == person], 1)
            assert labels.way(person) == (wanted[0][1] if wanted else ())
            assert labels.best[person] == pytest.approx(wanted[0][0] if wanted else 0.0, rel=1e-12)


def everybody(ground, trust, seeker, most, fast, monkeypatch):
    monkeypatch.setattr(batches, "WORTH", 0 if fast else 1e18)
    own = slice(ground.out_start[seeker], ground.out_start[seeker + 1])
    labels = labels_from(ground, seeker, most=most)
    return reach_everyone(
        ground, labels, trust=trust, observed=np.zeros(0, bool), direct=trust[own] / 2
    )


@TWINS
@pytest.mark.parametrize("consistent", [False, True])
@pytest.mark.parametrize("seed", range(80))
def test_the_best_score_of_everybody_equals_enumeration(fast, consistent, seed, monkeypatch):
    generator = np.random.default_rng(seed)
    ground, trust = random_ground(generator, n=int(generator.integers(2, 7)), consistent=consistent)
    seeker = int(generator.integers(ground.n))
    for most in range(6):
        scores, between, doubtful = everybody(ground, trust, seeker, most, fast, monkeypatch)
        goals = goals_to(ground, trust, [[person] for person in range(ground.n)], seeker)
        for person in set(range(ground.n)) - {seeker, *doubtful.tolist()}:
            wanted = best_rows(rows_to(ground, goals, person, seeker, most), 1)
            assert scores[person] == pytest.approx(wanted[0][0] if wanted else 0.0, rel=1e-12)
            assert between[person] == (len(wanted[0][1]) if wanted else 0)
        assert (scores[seeker], between[seeker]) == (0.0, 0)


def chain(fast, monkeypatch, *, last):
    """0 asks 1, 1 asks 2, 2 asks 1; ``last`` are the factors of these as last steps."""
    ground, _ = random_ground(np.random.default_rng(0), n=3)
    ground = dataclasses.replace(
        ground,
        out_start=np.array([0, 1, 2, 3]),
        out_asked=np.array([1, 2, 1], np.int32),
        passing=np.full(3, 0.5),
        scale=1.0,
        kappa=1.0,
    )
    return everybody(ground, np.array(last), 0, 3, fast, monkeypatch)


@TWINS
def test_a_way_through_the_target_itself_puts_it_in_doubt_only_if_it_would_win(fast, monkeypatch):
    scores, between, doubtful = chain(fast, monkeypatch, last=[0.6, 0.5, 0.7])
    assert (scores.tolist(), between.tolist()) == ([0.0, 0.3, 0.25], [0, 0, 1])
    assert doubtful.tolist() == []
    # 0, 1, 2, 1 would be worth .25 x .7 = .175, but the path ends at 1 with .2 / 2.
    assert chain(fast, monkeypatch, last=[0.2, 0.5, 0.7])[2].tolist() == [1]


@TWINS
def test_nearly_equal_scores_are_left_to_a_search_of_their_own(fast, monkeypatch):
    ground, _ = random_ground(np.random.default_rng(0), n=4)
    for difference, doubt in ((0.0, []), (1e-13, [3]), (2e-12, [3]), (1e-11, [])):
        ground = dataclasses.replace(
            ground,
            out_start=np.array([0, 2, 3, 4, 4]),
            out_asked=np.array([1, 2, 3, 3], np.int32),
            passing=np.array([0.5, 0.5, 0.5, 0.5]),
        )
        last = np.array([0.5, 0.5, 0.5, 0.5 * (1 + difference)])
        assert everybody(ground, last, 0, 2, fast, monkeypatch)[2].tolist() == doubt


@TWINS
def test_labelling_stops_at_the_limit_and_says_so(fast):
    ground, _ = random_ground(np.random.default_rng(3), n=6)
    full = labels_from(ground, 0, most=4, compiled=fast)
    assert full.complete
    assert not labels_from(ground, 0, most=4, limit=1, compiled=fast).complete


def test_compiled_kernels_are_for_large_graphs_and_much_work():
    ground, _ = random_ground(np.random.default_rng(3), n=6)
    assert not batches.is_worth(ground, 1_000)
    assert batches.is_worth(ground, 10**8)
