"""Exact and sampled transfer of small networks against enumeration; both twins of the kernels."""

import itertools

import numpy as np
import pytest

from trustgraph.engine import reliability_network, reliability_sampling
from trustgraph.engine.reliability_exact import exact_transfer
from trustgraph.engine.reliability_network import simple_steps, strongest_steps, walk_counts
from trustgraph.engine.reliability_numbers import QUANTITIES
from trustgraph.engine.reliability_sampling import open_words, sampled_transfer
from trustgraph.engine.reliability_transfer import transfer

from helpers.brute_transfer import SEEKER, Steps, brute_transfer, same
from helpers.transfer_cases import network_of, pooled, random_steps, star_of

DIAMOND = Steps(
    {"a": 0.8, "b": 0.5}, {("a", "b"): 0.5}, {("a", "t"): 0.5, ("b", "t"): 0.6}, {"t": 0.1}
)


@pytest.fixture
def patient(monkeypatch):
    """Exact answers for as long as it takes."""
    monkeypatch.setattr("trustgraph.engine.reliability_exact.MOST_WORK", 600_000)


def numbers_of(found, names, person):
    place = names.index(person)
    return {quantity: getattr(found, quantity)[place] for quantity in QUANTITIES}


@pytest.mark.parametrize("most", range(4))
def test_the_exact_transfer_equals_enumeration_of_all_states(most):
    rng = np.random.default_rng(10 + most)
    for _ in range(40):
        steps = random_steps(rng)
        names, network = network_of(steps, most)
        brute, found = brute_transfer(steps, most), exact_transfer(network)
        assert same(found.total, brute.total)
        assert same(network.direct, brute.direct)
        assert names == sorted(brute.people)
        for person, expected in brute.people.items():
            got = numbers_of(found, names, person)
            assert all(same(got[key], expected[key]) for key in QUANTITIES), (steps, person)


def test_the_diamond_by_hand():
    """s -> a .8, s -> b .5, a -> b .5, a -> t .5, b -> t .6, s -> t .1; at most two between."""
    names, network = network_of(DIAMOND, 2)
    found = exact_transfer(network)
    # b is reached by .5 or through a: given a, 1 - .5 x .5 = .75; without a, .5.
    # The paths work: with a (.8): 1 - (1 - .5)(1 - .75 x .6) = 1 - .5 x .55 = .725;
    #                 without a (.2): .5 x .6 = .3.       .8 x .725 + .2 x .3 = .64
    # The direct tie: .1 + .9 x .64 = .676
    assert found.total == pytest.approx(0.676)
    a, b = numbers_of(found, names, "a"), numbers_of(found, names, "b")
    # Alone: a .8 x .5 = .4, b .5 x .6 = .3; both .64. The direct tie leaves .9 of each.
    assert a["removal"] == pytest.approx(0.9 * (0.64 - 0.3))
    assert b["removal"] == pytest.approx(0.9 * (0.64 - 0.4))
    assert a["shapley"] == pytest.approx(0.9 * (0.4 + 0.64 - 0.3) / 2)
    assert b["shapley"] == pytest.approx(0.9 * (0.3 + 0.64 - 0.4) / 2)
    # Inflow: a .8; b .8 x .75 + .2 x .5 = .7.
    assert a["inflow"] == pytest.approx(0.8)
    assert b["inflow"] == pytest.approx(0.7)
    # Through a: .8 x (1 - .5 x (1 - .5 x .6)) = .8 x .65 = .52; through b: .7 x .6 = .42.
    assert a["through"] == pytest.approx(0.52)
    assert b["through"] == pytest.approx(0.42)
    assert a["retained"] == pytest.approx(0.52 / 0.8)
    assert b["retained"] == pytest.approx(0.6)


def test_inflow_counts_prefixes_that_could_go_on_whether_or_not_they_do():
    # s -> a -> b -> c -> t: with two between there is no path at all; with three all are met.
    chain = Steps({"a": 0.5}, {("a", "b"): 0.5, ("b", "c"): 0.5}, {("c", "t"): 0.01}, {})
    assert network_of(chain, 2)[1].people == 0
    names, network = network_of(chain, 3)
    inflow = exact_transfer(network).inflow
    assert inflow == pytest.approx([0.5, 0.25, 0.125])
    assert names == ["a", "b", "c"]


def test_a_prefix_that_only_a_repeated_person_could_complete_is_no_inflow():
    # x -> y -> x -> t would repeat x; y is reached by s -> x -> y only, so it is on no path.
    steps = Steps({"x": 0.9}, {("x", "y"): 0.9, ("y", "x"): 0.9}, {("x", "t"): 0.5}, {})
    names, network = network_of(steps, 3)
    assert names == ["x"]
    assert exact_transfer(network).inflow == pytest.approx([0.9])
    # With a second way in, z -> y, y is on s -> z -> y -> x -> t, and s -> x -> y still is not.
    steps.first["z"], steps.further["z", "y"] = 0.5, 0.5
    names, network = network_of(steps, 3)
    sampled = sampled_transfer(network, 20_000, np.random.default_rng(0))
    for found in (exact_transfer(network), sampled):
        assert numbers_of(found, names, "y")["inflow"] == pytest.approx(0.25, abs=0.02)


def test_independent_routes_have_their_closed_form():
    steps = star_of(40)
    names, network = network_of(steps, 3)
    found = exact_transfer(network)
    route = np.array([steps.first[name] * steps.last[name, "t"] for name in names])
    assert found.total == pytest.approx(1 - np.prod(1 - route), abs=1e-12)
    assert found.through == pytest.approx(route, abs=1e-12)
    others = np.array([np.prod(1 - np.delete(route, place)) for place in range(len(route))])
    assert found.removal == pytest.approx(route * others, abs=1e-12)
    assert found.shapley.sum() == pytest.approx(found.total, abs=1e-12)
    # Shapley of independent routes: the mean over t of route x prod over others (1 - t route).
    t = (np.arange(200_000) + 0.5) / 200_000
    first = route[0] * np.prod(1 - np.outer(t, route[1:]), axis=1)
    assert found.shapley[0] == pytest.approx(first.mean(), abs=1e-9)


def test_a_small_score_keeps_its_digits():
    steps = Steps({"a": 1e-7}, {}, {("a", "t"): 1e-6}, {})
    found = exact_transfer(network_of(steps, 3)[1])
    assert found.total == found.through[0] == pytest.approx(1e-13, rel=1e-12)


def test_more_work_than_allowed_is_refused_and_sampled_instead():
    dense = np.random.default_rng(0)
    people = [f"m{number}" for number in range(25)]
    steps = Steps(
        {person: dense.random() for person in people},
        {(one, other): dense.random() for one in people for other in people if one != other},
        {(person, "t"): dense.random() / 5 for person in people},
        {},
    )
    network = network_of(steps, 2)[1]
    assert exact_transfer(network) is None
    assert exact_transfer(network_of(steps, 3)[1]) is None
    found = transfer(network, samples=500, rng=np.random.default_rng(1))
    assert (found.method, found.samples, found.truncated) == ("monte_carlo", 500, False)


def test_a_budget_that_runs_out_gives_no_exact_answer_wherever_that_happens(monkeypatch):
    network = network_of(pooled(1), 3)[1]

    def answered(work):
        monkeypatch.setattr("trustgraph.engine.reliability_exact.MOST_WORK", work)
        return exact_transfer(network) is not None

    # The least work that is enough: one product less, and the last diagram is not finished.
    few, enough = 0, 600_000
    while enough - few > 1:
        middle = (few + enough) // 2
        few, enough = (few, middle) if answered(middle) else (middle, enough)
    assert answered(enough)
    assert not any(answered(work) for work in (0, enough // 3, enough // 2, enough - 1))


@pytest.mark.parametrize("steps", [pooled(1, hubs=2), pooled(2, hubs=3), star_of(30)])
def test_sampling_agrees_with_the_exact_numbers_within_four_standard_errors(steps, patient):
    network = network_of(steps, 3)[1]
    exact = exact_transfer(network)
    found = sampled_transfer(network, 16_384, np.random.default_rng(7))
    assert abs(found.total - exact.total) < 4 * found.total_error
    for quantity in QUANTITIES:
        off = np.abs(getattr(found, quantity) - getattr(exact, quantity))
        assert (off < 4 * getattr(found, f"{quantity}_error")).all(), quantity


def test_standard_errors_are_calibrated():
    """Over many seeds about 95 % of estimates lie within two standard errors, for each quantity."""
    network = network_of(pooled(3, hubs=1, inside=3, around=2), 3)[1]
    exact = exact_transfer(network)
    z = {quantity: [] for quantity in (*QUANTITIES, "total")}
    for seed in range(300):
        found = sampled_transfer(network, 1_000, np.random.default_rng(seed))
        for quantity, scores in z.items():
            error = getattr(found, f"{quantity}_error")
            scores.append((getattr(found, quantity) - getattr(exact, quantity)) / error)
    for quantity, scores in z.items():
        inside = np.mean(np.abs(scores) < 2)
        assert 0.925 < inside < 0.985, quantity
        assert 0.85 < np.std(scores) < 1.1, quantity


def test_the_errors_stay_calibrated_when_the_draws_stop_at_a_precision():
    """The stop looks at the data; coverage of the total and of all quantities stays near 95 %."""
    network = network_of(pooled(3, hubs=1, inside=3, around=2), 3)[1]
    exact = exact_transfer(network)
    inside = {quantity: [] for quantity in (*QUANTITIES, "total")}
    drawn = set()
    for seed in range(300):
        rng = np.random.default_rng(seed)
        found = sampled_transfer(network, 100_000, rng, precision=0.008)
        assert found.total_error <= 0.008
        drawn.add(found.samples)
        for quantity, hits in inside.items():
            off = np.abs(getattr(found, quantity) - getattr(exact, quantity))
            hits.append(off < 1.96 * getattr(found, f"{quantity}_error"))
    assert 1 < len(drawn) < 300
    for quantity, hits in inside.items():
        assert 0.92 < np.mean(hits) < 0.985, quantity


def test_a_precision_out_of_reach_stops_at_the_largest_number_of_draws():
    network = network_of(pooled(3), 3)[1]
    found = sampled_transfer(network, 5_000, np.random.default_rng(0), precision=1e-6)
    assert found.samples == 5_000
    assert found.total_error > 1e-6
    easy = sampled_transfer(network, 5_000, np.random.default_rng(0), precision=10.0)
    assert easy.samples == 1_024


@pytest.mark.parametrize("samples", [1, 63, 64, 1000])
def test_the_laws_hold_for_the_samples_themselves(samples):
    rng = np.random.default_rng(samples)
    for seed in range(25):
        network = network_of(random_steps(rng, uncertain=14), int(rng.integers(0, 5)))[1]
        found = sampled_transfer(network, samples, np.random.default_rng(seed))
        assert (found.removal <= found.through).all()
        assert (found.shapley <= found.through).all()
        assert (found.through <= found.inflow).all()
        assert found.inflow.max(initial=0) <= 1
        assert found.shapley.sum() == pytest.approx(found.total - network.direct, abs=1e-12)


def test_batches_of_words_change_the_draws_and_not_the_laws(monkeypatch, patient):
    network = network_of(pooled(5), 3)[1]
    monkeypatch.setattr(reliability_sampling, "MOST_WORDS", 3)
    found = sampled_transfer(network, 1_000, np.random.default_rng(0))
    exact = exact_transfer(network)
    assert abs(found.total - exact.total) < 4 * found.total_error
    assert found.shapley.sum() == pytest.approx(found.total - network.direct, abs=1e-12)


def test_the_same_seed_gives_the_same_numbers():
    network = network_of(pooled(4), 3)[1]
    one, other = (sampled_transfer(network, 500, np.random.default_rng(3)) for _ in range(2))
    assert all(np.array_equal(one.__dict__[key], other.__dict__[key]) for key in one.__dict__)


def test_both_twins_of_the_kernels_give_the_same_bits(monkeypatch):
    def answers(worth):
        monkeypatch.setattr(reliability_sampling, "COMPILE_FROM_OPERATIONS", worth)
        monkeypatch.setattr(reliability_network, "COMPILE_FROM_STEPS", worth)
        rng = np.random.default_rng(11)
        for seed in range(40):
            steps = random_steps(rng, uncertain=20)
            network = network_of(steps, int(rng.integers(0, 6)))[1]
            yield network, sampled_transfer(network, 300, np.random.default_rng(seed))

    for (plain, one), (compiled, other) in zip(answers(np.inf), answers(0), strict=True):
        assert np.array_equal(plain.tail, compiled.tail)
        assert np.array_equal(plain.head, compiled.head)
        for key in one.__dict__:
            assert np.array_equal(one.__dict__[key], other.__dict__[key], equal_nan=True), key


def test_a_step_works_with_exactly_its_chance():
    chance = np.array([0.0, 2.0**-40, 0.25, 1 / 3, 0.9, 1.0])
    share = np.bitwise_count(open_words(chance, 20_000, np.random.default_rng(0))).sum(axis=1)
    samples = 64 * 20_000
    error = np.sqrt(chance * (1 - chance) / samples)
    assert (np.abs(share / samples - chance) <= 4 * error + 1e-6).all()
    assert share[0] == 0
    assert share[-1] == samples


def test_steps_are_drawn_independently_of_each_other_and_of_the_next_sample():
    rows = open_words(np.full(2, 0.3), 30_000, np.random.default_rng(1))
    one, other = (np.unpackbits(row.view(np.uint8)) for row in rows)
    assert abs(np.corrcoef(one, other)[0, 1]) < 0.004
    assert abs(np.corrcoef(one[1:], one[:-1])[0, 1]) < 0.004


def test_a_network_too_large_is_cut_to_its_best_paths_and_says_so(patient):
    steps = pooled(6)
    names, network = network_of(steps, 3)
    whole = exact_transfer(network)
    smaller = strongest_steps(network, 20)
    assert walk_counts(smaller)[1] <= 20
    assert 0.5 * whole.total < exact_transfer(smaller).total < whole.total
    best = max(brute_paths(steps))[1]
    kept = set(zip(smaller.tail.tolist(), smaller.head.tolist(), strict=True))
    people = [SEEKER, *names, "t"]
    assert set(itertools.pairwise(best)) <= {(people[u], people[v]) for u, v in kept}
    simple = simple_steps(smaller.tail, smaller.head, smaller.people, smaller.most)
    assert simple.all()


def brute_paths(steps):
    """Score and path of all paths with one or two people between."""
    for person, factor in steps.first.items():
        if (person, "t") in steps.last:
            yield factor * steps.last[person, "t"], (SEEKER, person, "t")
        for (one, other), further in steps.further.items():
            if one == person and (other, "t") in steps.last:
                score = factor * further * steps.last[other, "t"]
                yield score, (SEEKER, one, other, "t")


def test_a_cut_network_lists_only_the_people_that_are_left(monkeypatch):
    network = network_of(pooled(6), 3)[1]
    monkeypatch.setattr("trustgraph.engine.reliability_exact.MOST_PATHS", 0)
    monkeypatch.setattr("trustgraph.engine.reliability_transfer.MOST_PREFIXES", 20)
    found = transfer(network, samples=200, rng=np.random.default_rng(0))
    assert found.truncated
    assert 0 < found.kept.sum() < network.people
    assert (found.numbers.inflow[~found.kept] == 0).all()


def test_walk_counts_bound_the_paths_and_are_exact_for_two_between():
    steps = pooled(6)
    assert walk_counts(network_of(steps, 2)[1])[0] == len(list(brute_paths(steps)))
