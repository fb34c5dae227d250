"""The choice of asks: coverage, greedy, exchanges, bound and proof against all sets there are."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trustgraph.planning._choose import choose, greedy, in_order, placed
from trustgraph.planning._choose_bound import upper_bound
from trustgraph.planning._choose_problem import Problem
from trustgraph.planning._exact import proved


def random_problem(seed, *, goodwill=False, most=5, targets=3, people=4, budget=3):
    """A small problem in which people, states and targets are all at odds with each other."""
    rng = np.random.default_rng(seed)
    rate, reach, person, missed = [], [], [], []
    for _ in range(targets):
        asked = np.flatnonzero(rng.random(people) < 0.7)
        states = int(rng.integers(1, 9))
        weight = rng.dirichlet(np.ones(states))
        rate.append(np.round(rng.random(len(asked)), 1 + int(rng.integers(2))))
        reach.append(rng.random((len(asked), states)) < 0.6)
        person.append(asked.astype(np.int64))
        missed.append(weight * rng.choice([1.0, 0.7]))
    capacity = rng.integers(0 if seed % 5 == 0 else 1, 3 if goodwill else 2, people)
    return Problem(
        value=rng.choice([1.0, 1.0, 2.0, 0.0], targets),
        missed=missed,
        rate=rate,
        reach=reach,
        person=person,
        capacity=capacity.astype(np.int64),
        most=np.full(targets, most),
        budget=budget,
        fade=0.7 ** np.arange(9) if goodwill else np.ones(9),
    )


def all_picks(problem):
    return [(t, o) for t in range(problem.targets) for o in range(len(problem.rate[t]))]


def allowed(problem, chosen):
    used = np.zeros(len(problem.capacity), int)
    for target, option in chosen:
        used[problem.person[target][option]] += 1
    counts = np.bincount([t for t, _ in chosen], minlength=problem.targets)
    return (
        len(chosen) <= problem.budget
        and (used <= problem.capacity).all()
        and (counts <= problem.most).all()
    )


def best_of_all(problem):
    picks = all_picks(problem)
    sets = (c for size in range(problem.budget + 1) for c in combinations(picks, size))
    return max(problem.worth(chosen) for chosen in sets if allowed(problem, chosen))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.randoms(use_true_random=False))
def test_more_asks_never_hurt_and_gain_less_and_less(seed, random):
    problem = random_problem(seed)
    picks = all_picks(problem)
    if not picks:
        return
    large = random.sample(picks, random.randint(0, len(picks) - 1))
    small = large[: random.randint(0, len(large))]
    more = random.choice([pick for pick in picks if pick not in large])
    gain_small = problem.worth([*small, more]) - problem.worth(small)
    gain_large = problem.worth([*large, more]) - problem.worth(large)
    assert gain_large >= -1e-12
    assert gain_small >= gain_large - 1e-12


@pytest.mark.parametrize("goodwill", [False, True])
@pytest.mark.parametrize("most", [1, 5])
def test_the_choice_is_allowed_and_between_the_greedy_one_and_the_bound(most, goodwill):
    for seed in range(40):
        problem = random_problem(seed, goodwill=goodwill, most=most)
        truth = best_of_all(problem)
        first, found = greedy(problem), choose(problem)
        quick = choose(problem, thorough=False)
        exact = proved(problem, found)
        for chosen in (first, found, quick, exact, placed(problem)):
            assert allowed(problem, chosen)
            assert len(set(chosen)) == len(chosen)
        assert problem.worth(exact) == pytest.approx(truth, abs=1e-12)
        assert problem.worth(first) <= problem.worth(found) + 1e-12 <= truth + 2e-12
        assert problem.worth(quick) >= problem.worth(first) - 1e-12
        assert problem.worth(proved(problem, ())) == pytest.approx(truth, abs=1e-12)
        for rounds in (1, 30):
            for start in (found, ()):
                assert upper_bound(problem, start, rounds=rounds) >= truth - 1e-9
        if not goodwill:
            share = 0.5 if most > 1 else 1 / 3
            assert problem.worth(first) >= share * truth - 1e-12
            assert problem.worth(found) >= 0.95 * truth


def test_where_only_the_budget_binds_greedy_has_its_share():
    for seed in range(30):
        problem = random_problem(seed)
        problem = replace(problem, capacity=np.full(len(problem.capacity), 9), _known={})
        assert problem.worth(greedy(problem)) >= (1 - 1 / np.e) * best_of_all(problem) - 1e-12


def test_the_bound_is_close_on_a_large_problem():
    problem = random_problem(1, targets=12, people=40, budget=12)
    found = choose(problem)
    bound = upper_bound(problem, found, rounds=200)
    assert problem.worth(found) <= bound + 1e-9
    assert problem.worth(found) >= 0.9 * bound


def fault_of_greed():
    """The one who could reach the second target is the best for the first."""
    return Problem(
        value=np.ones(2),
        missed=[np.ones(1), np.ones(1)],
        rate=[np.array([0.5, 0.45]), np.array([0.4])],
        reach=[np.ones((2, 1), bool), np.ones((1, 1), bool)],
        person=[np.array([0, 1]), np.array([0])],
        capacity=np.ones(2, np.int64),
        most=np.full(2, 5),
        budget=2,
        fade=np.ones(1),
    )


def test_exchanges_mend_the_fault_of_greed():
    problem = fault_of_greed()
    assert greedy(problem) == ((0, 0), (0, 1))
    assert placed(problem) == ((0, 1), (1, 0))
    assert choose(problem) == ((0, 1), (1, 0))
    assert proved(problem, greedy(problem)) == ((0, 1), (1, 0))


def test_a_proof_that_takes_too_long_is_none():
    problem = random_problem(2, targets=4, people=6, budget=4)
    assert proved(problem, (), most_nodes=3) is None


def test_gains_in_order_add_up_and_a_person_keeps_their_order():
    for seed in range(20):
        problem = random_problem(seed, goodwill=True, targets=4, budget=4)
        chosen = choose(problem)
        ordered = in_order(problem, chosen)
        assert sorted(pick for pick, _ in ordered) == sorted(chosen)
        assert sum(gain for _, gain in ordered) == pytest.approx(problem.worth(chosen))
        ranks = {(t, o): r for t, ranked in problem.ranked(chosen).items() for o, r in ranked}
        by_person = {}
        for (target, option), _ in ordered:
            by_person.setdefault(problem.person[target][option], []).append(ranks[target, option])
        assert all(ranks == sorted(ranks) for ranks in by_person.values())


def test_nothing_to_ask_is_an_empty_choice():
    problem = Problem(
        value=np.ones(1),
        missed=[np.ones(1)],
        rate=[np.zeros(0)],
        reach=[np.zeros((0, 1), bool)],
        person=[np.zeros(0, np.int64)],
        capacity=np.zeros(0, np.int64),
        most=np.ones(1, np.int64),
        budget=3,
        fade=np.ones(1),
    )
    assert choose(problem) == greedy(problem) == placed(problem) == proved(problem, ()) == ()
    assert upper_bound(problem, (), rounds=5) == 0
