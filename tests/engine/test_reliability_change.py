"""Two worlds compared: exactly, and on shared samples whose errors are calibrated."""

import numpy as np
import pytest

from trustgraph.engine import reliability_change, reliability_sampling
from trustgraph.engine.reliability_change import COMPARED, World, compare, without_people
from trustgraph.engine.reliability_exact import exact_transfer
from trustgraph.engine.reliability_network import two_terminal

from helpers.brute_transfer import Steps, brute_transfer, same
from helpers.transfer_cases import network_of, pooled, random_steps


@pytest.fixture
def no_diagrams(monkeypatch):
    monkeypatch.setattr("trustgraph.engine.reliability_exact.MOST_PATHS", 0)


def world_of(steps, most=3, names=None):
    known, network = network_of(steps, most)
    numbers = {name: place for place, name in enumerate(names or known)}
    return World(network, np.array([numbers[name] for name in known], np.int64))


def without(steps: Steps, person: str) -> Steps:
    return Steps(
        {one: p for one, p in steps.first.items() if one != person},
        {pair: p for pair, p in steps.further.items() if person not in pair},
        {pair: p for pair, p in steps.last.items() if person not in pair},
        dict(steps.direct),
    )


def names_of(steps: Steps) -> list[str]:
    return network_of(steps, 3)[0]


def test_people_are_removed_exactly():
    rng = np.random.default_rng(0)
    compared = 0
    for _ in range(60):
        steps = random_steps(rng)
        names, network = network_of(steps, 3)
        if not names:
            continue
        person = int(rng.integers(len(names)))
        world = without_people(World(network, np.arange(len(names)) * 2), [person * 2])
        left = exact_transfer(world.network)
        brute = brute_transfer(without(steps, names[person]), 3)
        assert same(left.total, brute.total)
        assert [names[one // 2] for one in world.people] == sorted(brute.people)
        for place, name in enumerate(sorted(brute.people)):
            for quantity in COMPARED:
                assert same(getattr(left, quantity)[place], brute.people[name][quantity])
                compared += 1
    assert compared > 200


def pair_of_worlds(seed=1):
    """Pooled archives before and after: one person less, one new step, one step worth more."""
    steps = pooled(seed, inside=5, around=5)
    changed = without(steps, "h0")
    pair = next(iter(sorted(changed.last)))
    changed.last[pair] = min(1.0, changed.last[pair] * 1.5)
    changed.further["y0", "x0"] = 0.5
    names = sorted({*names_of(steps), *names_of(changed)})
    return world_of(steps, 3, names), world_of(changed, 3, names)


def test_sampled_changes_agree_with_exact_ones(monkeypatch):
    before, after = pair_of_worlds()
    exact = compare(before, after, samples=1, seed=0)
    monkeypatch.setattr("trustgraph.engine.reliability_exact.MOST_PATHS", 0)
    found = compare(before, after, samples=20_000, seed=3)
    assert (exact.samples, found.samples) == (0, 20_032)
    assert (exact.error == 0).all()
    assert found.people.tolist() == exact.people.tolist()
    difference = (found.after - found.before) - (exact.after - exact.before)
    assert (abs(difference) < 4.5 * found.error).all()
    for one, other in ((found.before, exact.before), (found.after, exact.after)):
        assert abs(one - other).max() < 4.5 * 0.5 / np.sqrt(20_000)


def test_shared_numbers_make_the_change_far_surer_than_the_totals(no_diagrams):
    steps = pooled(1)
    more = Steps(dict(steps.first), dict(steps.further), dict(steps.last), dict(steps.direct))
    pair = min(more.last)
    more.last[pair] += 0.02
    found = compare(world_of(steps), world_of(more), samples=8_000, seed=0)
    apart = 0.5 / np.sqrt(8_000) * np.sqrt(2)
    assert found.error[0] < apart / 3
    assert found.after[0] >= found.before[0]


def test_the_errors_of_changes_are_calibrated(monkeypatch):
    before, after = pair_of_worlds(2)
    exact = compare(before, after, samples=1, seed=0)
    monkeypatch.setattr("trustgraph.engine.reliability_exact.MOST_PATHS", 0)
    assert exact.samples == 0
    wanted = exact.after - exact.before
    z = np.array(
        [
            ((found.after - found.before) - wanted) / found.error
            for found in (compare(before, after, samples=640, seed=seed) for seed in range(60))
        ]
    )
    assert 0.7 < z[:, 0].std() < 1.3
    assert abs(z[:, 0].mean()) < 0.5
    assert 0.6 < z.std() < 1.2


def test_equal_worlds_do_not_differ_in_any_sample(no_diagrams):
    world = world_of(pooled(1))
    found = compare(world, world, samples=2_000, seed=0)
    assert (found.before == found.after).all()


def test_both_twins_and_smaller_batches(no_diagrams, monkeypatch):
    before, after = pair_of_worlds(3)
    found = []
    for worth in (np.inf, 0):
        monkeypatch.setattr(reliability_change, "COMPILE_FROM_OPERATIONS", worth)
        found.append(compare(before, after, samples=320, seed=5))
    for name in ("before", "after", "error"):
        assert (getattr(found[0], name) == getattr(found[1], name)).all()
    monkeypatch.setattr(reliability_sampling, "MOST_WORDS", 2)
    other = compare(before, after, samples=320, seed=5)
    assert other.samples == 320
    assert (other.before != found[0].before).any()


def test_worlds_too_large_to_walk_keep_the_same_steps(no_diagrams, monkeypatch):
    monkeypatch.setattr("trustgraph.engine.reliability_transfer.MOST_PREFIXES", 25.0)
    before, after = pair_of_worlds(1)
    found = compare(before, after, samples=640, seed=0)
    assert found.truncated
    same_world = compare(before, before, samples=640, seed=0)
    assert (same_world.before == same_world.after).all()


def test_no_people_at_all():
    empty = two_terminal(
        np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0), 0, 3, direct=0.25
    )
    world = World(empty, np.zeros(0, np.int64))
    found = compare(world, world, samples=64, seed=0)
    assert (found.before.tolist(), found.after.tolist()) == ([0.25], [0.25])
