import numpy as np
import pytest
from scipy import optimize

from trustgraph.evaluation._tie_logistic import Pairs, fit_plain, fit_shrunk, logits


def pairs_of(n, features, seed=0):
    rng = np.random.default_rng(seed)
    source, target = np.nonzero(~np.eye(n, dtype=bool))
    x = np.column_stack([np.ones(len(source)), rng.normal(size=(len(source), features))])
    return Pairs(x, source, target, n), rng


def loss(logit, y):
    return np.logaddexp(0, logit).sum() - y @ logit


def test_one_share_has_a_closed_form():
    pairs, _ = pairs_of(4, 0)
    y = np.zeros(12)
    y[:3] = 1
    assert fit_plain(pairs, y).slope == pytest.approx([np.log(3 / 9)])


def test_two_groups_have_a_closed_form():
    pairs, _ = pairs_of(5, 0)
    group = np.arange(20) < 8
    y = np.zeros(20)
    y[:2] = y[8:17] = 1  # 2 of 8 and 9 of 12
    x = np.column_stack([np.ones(20), group])
    slope = fit_plain(Pairs(x, pairs.source, pairs.target, 5), y).slope
    assert slope == pytest.approx([np.log(9 / 3), np.log(2 / 6) - np.log(9 / 3)])


def test_the_score_equations_hold():
    pairs, rng = pairs_of(15, 4)
    y = (rng.random(len(pairs.x)) < 1 / (1 + np.exp(-pairs.x @ [-1, 1, 0, -2, 0.5]))) * 1.0
    fitted = fit_plain(pairs, y)
    score = pairs.x.T @ (y - 1 / (1 + np.exp(-logits(fitted, pairs))))
    assert np.abs(score).max() < 1e-5


def test_features_that_say_the_same_share_their_weight():
    pairs, rng = pairs_of(12, 1)
    y = (rng.random(len(pairs.x)) < 0.4) * 1.0
    once = fit_plain(pairs, y)
    twice = Pairs(pairs.x[:, [0, 1, 1]], pairs.source, pairs.target, 12)
    both = fit_plain(twice, y)
    assert both.slope == pytest.approx([once.slope[0], *[once.slope[1] / 2] * 2], abs=1e-6)


@pytest.mark.parametrize("y", [0.0, 1.0, "separated"])
def test_what_separates_does_not_run_away(y):
    pairs, _ = pairs_of(8, 2)
    y = (pairs.x[:, 1] > 0) * 1.0 if y == "separated" else np.full(len(pairs.x), y)
    plain = logits(fit_plain(pairs, y), pairs)
    assert ((plain > 0) == (y > 0)).all()
    assert np.abs(plain).max() < 1e5
    for people in (False, True):
        logit = logits(fit_shrunk(pairs, y, people=people), pairs)
        assert np.abs(logit).max() < 1e3
        assert ((logit > 0) == (y > 0)).mean() > 0.9


def test_the_shrunk_fit_is_the_mode_of_its_own_priors():
    pairs, rng = pairs_of(9, 2)
    effect = rng.normal(size=9)
    truth = pairs.x @ [-0.5, 1, 0] + 1.5 * effect[pairs.source] - effect[pairs.target]
    y = (rng.random(len(truth)) < 1 / (1 + np.exp(-truth))) * 1.0
    fitted = fit_shrunk(pairs, y, people=True)
    wide, source, target = fitted.variance
    prior = np.r_[1e-6, np.full(2, 1 / wide), np.full(9, 1 / source), np.full(9, 1 / target)]

    def height(b):
        logit = pairs.x @ b[:3] + b[3:12][pairs.source] + b[12:][pairs.target]
        return loss(logit, y) + prior @ (b * b) / 2

    best = optimize.minimize(height, np.zeros(21), method="BFGS", options={"gtol": 1e-8})
    found = np.r_[fitted.slope, fitted.source, fitted.target]
    assert found == pytest.approx(best.x, abs=1e-4)


def test_the_widths_of_the_priors_are_a_fixed_point():
    pairs, rng = pairs_of(12, 3)
    effect = rng.normal(size=12)
    truth = pairs.x @ [-0.5, 1, -1, 0.5] + 2 * effect[pairs.source]
    y = (rng.random(len(truth)) < 1 / (1 + np.exp(-truth))) * 1.0
    fitted = fit_shrunk(pairs, y, people=True)
    ends = [(pairs.source, fitted.source), (pairs.target, fitted.target)]
    design = np.hstack([pairs.x, *(np.eye(12)[numbers] for numbers, _ in ends)])
    chance = 1 / (1 + np.exp(-logits(fitted, pairs)))
    wide, source, target = fitted.variance
    prior = np.r_[1e-6, np.full(3, 1 / wide), np.full(12, 1 / source), np.full(12, 1 / target)]
    bend = (design * (chance * (1 - chance))[:, None]).T @ design + np.diag(prior)
    spread = np.diag(np.linalg.inv(bend))
    for part, at, width in (
        (slice(1, 4), fitted.slope[1:], wide),
        (slice(4, 16), fitted.source, source),
        (slice(16, 28), fitted.target, target),
    ):
        em = np.mean(at**2 + spread[part])  # the step of expectation-maximisation
        assert em == pytest.approx(width, rel=0.05, abs=0.02)


def test_effects_of_people_are_found_and_shrunk():
    pairs, rng = pairs_of(40, 1)
    effect = rng.normal(size=40)
    truth = -1 + 1.5 * effect[pairs.source]
    y = (rng.random(len(truth)) < 1 / (1 + np.exp(-truth))) * 1.0
    fitted = fit_shrunk(pairs, y, people=True)
    assert np.corrcoef(fitted.source, effect)[0, 1] > 0.95
    assert fitted.variance[1] == pytest.approx(1.5**2, rel=0.5)
    assert fitted.variance[2] < 0.1
    assert np.abs(fitted.target).max() < 0.3


def test_without_people_there_are_no_effects():
    pairs, rng = pairs_of(6, 2)
    y = (rng.random(30) < 0.5) * 1.0
    fitted = fit_shrunk(pairs, y, people=False)
    assert not fitted.source.any()
    assert not fitted.target.any()
    assert len(fitted.variance) == 1
