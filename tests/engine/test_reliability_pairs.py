"""Second differences against enumeration with one and with two people gone."""

from itertools import combinations

import numpy as np
import pytest

from trustgraph.engine import reliability_pairs
from trustgraph.engine.reliability_pairs import second_differences

from helpers.brute_transfer import Steps, brute_transfer, same
from helpers.transfer_cases import network_of, pooled, random_steps


def total(steps: Steps, *gone: str) -> float:
    left = Steps(
        {one: p for one, p in steps.first.items() if one not in gone},
        {pair: p for pair, p in steps.further.items() if not {*pair} & {*gone}},
        {pair: p for pair, p in steps.last.items() if pair[0] not in gone},
        dict(steps.direct),
    )
    return brute_transfer(left, 3).total


def test_the_difference_equals_enumeration():
    rng = np.random.default_rng(1)
    compared = 0
    while compared < 60:
        steps = random_steps(rng, uncertain=8)
        names, network = network_of(steps, 3)
        found = second_differences(network, [*range(1, len(names) + 1)], samples=64, seed=0)
        assert found.samples == 0
        assert np.isnan(np.diag(found.value)).all()
        for one, other in combinations(range(len(names)), 2):
            a, b = names[one], names[other]
            expected = total(steps) - total(steps, a) - total(steps, b) + total(steps, a, b)
            assert same(found.value[one, other], expected)
            assert found.value[one, other] == found.value[other, one]
            compared += 1


def test_sampled_differences_agree_with_exact_ones_and_twins_with_each_other(monkeypatch):
    _, network = network_of(pooled(1, inside=5, around=5), 3)
    people = [3, 1, 5, 9]
    exact = second_differences(network, people, samples=64, seed=0)
    monkeypatch.setattr("trustgraph.engine.reliability_exact.MOST_PATHS", 0)
    found = []
    for worth in (np.inf, 0):
        monkeypatch.setattr(reliability_pairs, "COMPILE_FROM_OPERATIONS", worth)
        found.append(second_differences(network, people, samples=20_000, seed=2))
    assert exact.samples == 0
    assert found[0].samples == 20_032
    pairs = np.triu_indices(4, 1)
    for name in ("value", "error"):
        assert (getattr(found[0], name)[pairs] == getattr(found[1], name)[pairs]).all()
    assert (abs(found[0].value - exact.value)[pairs] < 4.5 * found[0].error[pairs]).all()
    assert (exact.error[pairs] == 0).all()


@pytest.mark.parametrize("people", [[], [2]])
def test_fewer_than_two_people_make_no_pair(people):
    _, network = network_of(pooled(1), 3)
    assert second_differences(network, people, samples=64, seed=0).value.shape == (len(people),) * 2
