"""The endorsement gate against scipy, against quadrature and against its own laws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from scipy.integrate import quad
from scipy.stats import beta as beta_law
from scipy.stats import betabinom

from trustgraph.trust import EndorsementGate, OpinionModel, beta_binomial_tail

GATE = EndorsementGate()
SHAPES = st.floats(0.05, 400)


@given(st.integers(1, 30), st.data(), SHAPES, SHAPES)
def test_the_tail_is_that_of_the_beta_binomial(trials, data, alpha, beta):
    at_least = data.draw(st.integers(0, trials))
    found = beta_binomial_tail(trials, at_least, np.array([alpha]), np.array([beta]))[0]
    assert found == pytest.approx(betabinom.sf(at_least - 1, trials, alpha, beta), abs=1e-9)


def test_the_tail_by_hand():
    # Beta(1, 1): all 10 numbers of successes of 9 trials are equally likely; 6..9 are four.
    # Beta(2, 1), one trial: P(success) = 2/3. Beta(1, 2), two of two: (1/3)(2/4) = 1/6.
    ones = np.ones(1)
    assert beta_binomial_tail(9, 6, ones, ones)[0] == pytest.approx(0.4)
    assert beta_binomial_tail(1, 1, 2 * ones, ones)[0] == pytest.approx(2 / 3)
    assert beta_binomial_tail(2, 2, ones, 2 * ones)[0] == pytest.approx(1 / 6)
    assert beta_binomial_tail(5, 0, ones, ones)[0] == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("alpha", "beta"), [(0.2, 1.8), (0.3, 1.8), (1.7, 1.8), (16, 4), (0.5, 0.5), (5.8, 3.3)]
)
def test_means_over_the_opinion_equal_quadrature(alpha, beta):
    # Integrated over the quantiles, where the density cannot blow up.
    def mean(function) -> float:
        return quad(lambda q: function(beta_law.ppf(q, alpha, beta)), 0, 1, limit=400)[0]

    a, b = np.array([alpha]), np.array([beta])
    willingness, value = mean(GATE.g), mean(lambda x: x * GATE.g(x))
    assert GATE.willingness(a, b)[0] == pytest.approx(willingness, abs=2e-7)
    assert GATE.endorsed_value(a, b)[0] == pytest.approx(value, abs=2e-7)
    assert GATE.endorsed_trust(a, b)[0] == pytest.approx(value / willingness, abs=1e-6)


def test_the_gate_is_a_smooth_threshold():
    # P(Bin(9, .5) >= 6) = (84 + 36 + 9 + 1) / 512
    assert GATE.g(np.array([0.5]))[0] == pytest.approx(130 / 512)
    levels = np.linspace(0, 1, 101)
    assert (np.diff(GATE.g(levels)) >= 0).all()
    assert GATE.g(levels)[0] == 0
    assert GATE.g(levels)[-1] == 1
    # Its density is that of Beta(6, 4), so the threshold has mean 6 / 10.
    assert 1 - GATE.g(levels).mean() == pytest.approx(0.6, abs=0.006)


@given(SHAPES, SHAPES, st.floats(0.001, 20))
def test_more_trust_opens_the_gate_and_more_doubt_closes_it(alpha, beta, more):
    a, b = np.array([alpha, alpha + more, alpha]), np.array([beta, beta, beta + more])
    for measure in (GATE.willingness, GATE.forwards, GATE.endorsed_value, GATE.endorsed_trust):
        plain, better, worse = measure(a, b)
        assert worse - 1e-12 <= plain <= better + 1e-12
    assert (GATE.willingness(a, b) <= GATE.forwards(a, b)).all()
    assert (GATE.endorsed_trust(a, b) >= a / (a + b)).all()
    assert (GATE.endorsed_value(a, b) <= GATE.willingness(a, b) + 1e-15).all()


def test_who_is_unknown_passes_no_gate_however_well_spoken_of():
    # Nine good observations of ten, each of so many: none, one, two, ... two hundred in all.
    known = np.array([0.0, 1.0, 2.0, 20.0, 200.0])
    opinions = OpinionModel().from_evidence(0.9 * known, 0.1 * known)
    willing = GATE.willingness(opinions.alpha, opinions.beta)
    assert (np.diff(willing) > 0).all()
    assert willing[0] < GATE.min_willingness / 2


@pytest.mark.parametrize(
    "shape",
    [{"trials": 5}, {"forward_at": 7}, {"trials": 31}, {"endorse_at": 0}, {"min_willingness": 1.1}],
)
def test_an_impossible_gate_is_refused(shape):
    with pytest.raises(ValidationError):
        EndorsementGate(**shape)


def test_no_opinions_give_no_chances():
    none = np.zeros(0)
    assert GATE.willingness(none, none).shape == (0,)
    assert GATE.endorsed_trust(none, none).shape == (0,)
