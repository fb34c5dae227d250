"""The curve is the likeliest one, and never certain."""

import numpy as np
import pytest

from trustgraph.evaluation.logistic import Logistic


def test_no_other_curve_is_likelier():
    optimize = pytest.importorskip("scipy.optimize")
    rng = np.random.default_rng(0)
    value = rng.normal(size=200)
    positive = rng.random(200) < 1 / (1 + np.exp(-(0.5 + 2 * value)))
    n = positive.sum()
    aim = np.where(positive, (n + 1) / (n + 2), 1 / (200 - n + 2))

    def loss(at):
        chance = 1 / (1 + np.exp(-(at[0] + at[1] * value)))
        return -(aim * np.log(chance) + (1 - aim) * np.log(1 - chance)).sum()

    wanted = optimize.minimize(loss, np.zeros(2), tol=1e-12).x
    found = Logistic.fit(value, positive)
    assert [found.intercept, found.slope] == pytest.approx(wanted, abs=1e-4)


@pytest.mark.parametrize("scale", [1e-6, 1.0, 1e6])
def test_groups_that_are_apart_are_told_apart_but_never_for_certain(scale):
    value = scale * np.array([-1.0, -0.9, 0.9, 1.0])
    chance = Logistic.fit(value, value > 0).chance(value)
    assert (np.diff(chance) > 0).all() or chance[0] < 0.5 < chance[-1]
    assert 0 < chance.min() < 0.3
    assert 0.7 < chance.max() < 1


def test_one_value_for_all_gives_the_share_for_all():
    chance = Logistic.fit(np.full(98, 0.3), np.arange(98) < 49).chance(np.array([0.1, 0.9]))
    assert chance == pytest.approx([0.5, 0.5])


def test_nothing_to_learn_from_gives_a_half():
    none = np.zeros(0)
    assert Logistic.fit(none, none > 0).chance(np.array([5.0])).tolist() == [0.5]


def test_all_of_one_kind_gives_nearly_that():
    chance = Logistic.fit(np.array([0.1, 0.5, 0.4]), np.ones(3, bool)).chance(np.array([0.3]))
    assert chance == pytest.approx([4 / 5], abs=1e-3)


def test_far_values_overflow_nothing():
    chance = Logistic(0.0, 1e9).chance(np.array([-1e9, 1e9]))
    assert chance.tolist() == pytest.approx([0.0, 1.0])
