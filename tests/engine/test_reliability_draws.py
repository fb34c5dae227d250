"""Many chances of one network: each case against the network with these chances alone."""

import numpy as np
import pytest

from trustgraph.engine import reliability_draws, reliability_sampling
from trustgraph.engine.reliability_draws import many_transfers, rows_of
from trustgraph.engine.reliability_exact import exact_transfer
from trustgraph.engine.reliability_network import two_terminal
from trustgraph.engine.reliability_sampling import open_words

from helpers.transfer_cases import network_of, pooled, random_steps

QUANTITIES = ("removal", "shapley", "inflow", "through")


def with_chances(network, chance, direct):
    return two_terminal(
        network.tail, network.head, chance, network.people, network.most, direct=direct
    )


@pytest.fixture
def no_diagrams(monkeypatch):
    monkeypatch.setattr("trustgraph.engine.reliability_exact.MOST_PATHS", 0)


def cases_of(network, rng, cases):
    chance = rng.random((len(network.tail), cases)) * 0.98 + 0.01
    chance[rng.random(len(chance)) < 0.2] = 1.0
    return chance, rng.random(cases)


def test_every_case_equals_the_network_of_that_case():
    rng = np.random.default_rng(1)
    compared = 0
    for _ in range(40):
        _, network = network_of(random_steps(rng), int(rng.integers(0, 4)))
        chance, direct = cases_of(network, rng, 7)
        found = many_transfers(network, chance, direct, samples=64, seed=0)
        assert found.samples == 0
        assert found.kept.all()
        for case in range(7):
            alone = exact_transfer(with_chances(network, chance[:, case], direct[case]))
            assert found.numbers.total[case] == pytest.approx(alone.total, abs=1e-12)
            for name in QUANTITIES:
                expected = getattr(alone, name)
                assert getattr(found.numbers, name)[:, case] == pytest.approx(expected, abs=1e-12)
                compared += len(expected)
    assert compared > 1_000


def test_cases_worked_off_in_blocks_are_the_same(monkeypatch):
    _, network = network_of(pooled(3), 3)
    chance, direct = cases_of(network, np.random.default_rng(2), 9)
    whole = many_transfers(network, chance, direct, samples=64, seed=0).numbers
    monkeypatch.setattr("trustgraph.engine.reliability_exact.CASES_AT_ONCE", 10)
    monkeypatch.setattr("trustgraph.engine.reliability_diagram.MOST_VALUES", 1_000)
    parts = many_transfers(network, chance, direct, samples=64, seed=0).numbers
    for name in ("total", *QUANTITIES):
        assert getattr(parts, name) == pytest.approx(getattr(whole, name), abs=1e-13)


def test_sampled_cases_agree_with_exact_ones_and_keep_the_laws(no_diagrams, monkeypatch):
    _, network = network_of(pooled(1), 3)
    chance, direct = cases_of(network, np.random.default_rng(3), 5)
    found = many_transfers(network, chance, direct, samples=6_400, seed=4)
    numbers = found.numbers
    assert found.samples == 6_400
    monkeypatch.undo()
    exact = many_transfers(network, chance, direct, samples=1, seed=0).numbers
    worst = 4.5 * 0.5 / np.sqrt(6_400)
    for name in ("total", *QUANTITIES):
        assert abs(getattr(numbers, name) - getattr(exact, name)).max() < worst
    assert (numbers.removal <= numbers.through).all()
    assert (numbers.shapley <= numbers.through).all()
    assert (numbers.through <= numbers.inflow).all()
    assert numbers.shapley.sum(axis=0) == pytest.approx(numbers.total - direct, abs=1e-12)


@pytest.mark.parametrize("most_words", [3, 256])
def test_cases_share_their_states(no_diagrams, monkeypatch, most_words):
    """The same chances give the same numbers, wherever they stand; larger ones no smaller total."""
    monkeypatch.setattr(reliability_sampling, "MOST_WORDS", most_words)
    _, network = network_of(pooled(2), 3)
    rng = np.random.default_rng(5)
    one = rng.random(len(network.tail)) * 0.8
    chance = np.stack([one, one + 0.1, one, one + 0.2, *[one] * 30], axis=1)
    numbers = many_transfers(network, chance, np.zeros(34), samples=300, seed=1).numbers
    assert (numbers.total[4:] == numbers.total[0]).all()
    assert (numbers.shapley[:, 2] == numbers.shapley[:, 0]).all()
    assert numbers.total[0] < numbers.total[1] < numbers.total[3]


def test_both_twins_give_the_same_numbers(no_diagrams, monkeypatch):
    _, network = network_of(pooled(4), 3)
    chance, direct = cases_of(network, np.random.default_rng(6), 3)
    found = []
    for worth in (np.inf, 0):
        monkeypatch.setattr(reliability_draws, "COMPILE_FROM_OPERATIONS", worth)
        found.append(many_transfers(network, chance, direct, samples=128, seed=2).numbers)
    for name in ("total", *QUANTITIES):
        assert (getattr(found[0], name) == getattr(found[1], name)).all()


def test_a_network_too_large_keeps_its_best_steps(no_diagrams, monkeypatch):
    monkeypatch.setattr("trustgraph.engine.reliability_transfer.MOST_PREFIXES", 30.0)
    _, network = network_of(pooled(1), 3)
    chance, direct = cases_of(network, np.random.default_rng(7), 3)
    found = many_transfers(network, chance, direct, samples=64, seed=0)
    assert found.truncated
    assert 0 < found.kept.sum() < network.people
    assert (found.numbers.through[~found.kept] == 0).all()


def test_rows_of_a_part_are_those_of_the_whole():
    _, network = network_of(pooled(1), 3)
    kept = np.arange(0, len(network.tail), 3)
    part = two_terminal(
        network.tail[kept], network.head[kept], network.chance[kept], network.people, 3
    )
    assert rows_of(part, network).tolist() == kept.tolist()


def test_cases_of_one_step_are_coupled_and_each_has_its_chance():
    chance = np.array([[0.3, 0.31, 0.9, 0.0, 1.0]])
    rows = open_words(chance, 1_000, np.random.default_rng(8)).reshape(5, 1_000)
    shares = np.bitwise_count(rows).sum(axis=1) / 64_000
    assert shares == pytest.approx(chance[0], abs=4.5 * 0.5 / np.sqrt(64_000))
    assert shares[3:].tolist() == [0.0, 1.0]
    for smaller, larger in ((0, 1), (1, 2)):
        assert not (rows[smaller] & ~rows[larger]).any()


def test_late_digits_of_their_own_leave_the_early_ones_alone():
    one, other = (
        open_words(np.full(500, p), 100, np.random.default_rng(9), np.random.default_rng(1))
        for p in (0.4, 0.405)
    )
    apart = np.bitwise_count(one ^ other).mean() / 64
    assert apart == pytest.approx(0.005, abs=0.012)  # independent rows would be .48 apart
