"""The endorsement gate against scipy, against quadrature and against its own laws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from scipy.integrate import quad
from scipy.special import betainc, betaln
from scipy.stats import beta as beta_law
from scipy.stats import betabinom

from trustgraph.trust import EndorsementGate, OpinionModel, TrustModel, beta_binomial_tail
from trustgraph.trust.gate import beta_survival, threshold_law

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


# ------------------------------------------------------------ thresholds between whole numbers


def summed(trials: int, at_least: float, alpha: float, beta: float) -> float:
    """The same chance as a series of positive terms: the upper tail of X, averaged term by term."""
    a, b = at_least, trials - at_least + 1
    i = np.arange(60_000)
    ratio = np.log((alpha + beta + i) / (beta + 1 + i))
    ratio += np.log((b + beta + i) / (alpha + beta + a + b + i))
    first = betaln(a + alpha, b + beta) - np.log(beta) - betaln(alpha, beta) - betaln(a, b)
    return float(np.exp(first + np.concatenate([[0.0], np.cumsum(ratio)])).sum())


@pytest.mark.parametrize("at_least", [4.5, 5.3, 5.999, 7.5, 8.99])
@pytest.mark.parametrize(
    ("alpha", "beta"), [(0.2, 1.8), (0.05, 0.05), (5.8, 3.3), (16, 4), (0.3, 12), (40, 3)]
)
def test_between_wholes_the_tail_is_its_series(at_least, alpha, beta):
    found = beta_binomial_tail(9, at_least, np.array([alpha]), np.array([beta]))[0]
    assert found == pytest.approx(summed(9, at_least, alpha, beta), abs=1e-12)


@given(st.integers(1, 30), st.data(), SHAPES, SHAPES)
def test_the_quadrature_is_exact_where_a_closed_form_is(trials, data, alpha, beta):
    whole = data.draw(st.integers(1, trials))
    a, b = np.array([alpha]), np.array([beta])
    step = min(0.07, 0.49 / np.sqrt(1 + trials + alpha + beta))
    rest, weights = threshold_law(whole, trials - whole + 1, step=step)
    found = (beta_survival(a, b, rest) @ weights)[0]
    assert found == pytest.approx(beta_binomial_tail(trials, whole, a, b)[0], abs=1e-12)


@given(SHAPES, SHAPES, st.floats(2, 9), st.floats(2, 9), st.floats(0.001, 20))
def test_between_wholes_the_gate_keeps_its_laws(alpha, beta, one, other, more):
    low, high = sorted((one, other))
    a, b = np.array([alpha, alpha + more, alpha]), np.array([beta, beta, beta + more])
    easy, hard = EndorsementGate(endorse_at=low), EndorsementGate(endorse_at=high)
    assert (hard.willingness(a, b) <= easy.willingness(a, b) + 1e-12).all()
    for measure in (hard.willingness, hard.forwards, hard.endorsed_value):
        plain, better, worse = measure(a, b)
        assert worse - 1e-12 <= plain <= better + 1e-12
    assert (hard.willingness(a, b) <= hard.forwards(a, b) + 1e-12).all()
    levels = np.linspace(0, 1, 21)
    assert (np.diff(hard.g(levels)) >= -1e-15).all()
    assert (hard.g(levels) <= easy.g(levels) + 1e-12).all()


def test_a_threshold_between_wholes_lies_between_its_neighbours():
    levels = np.array([0.2, 0.55, 0.9])
    gates = [EndorsementGate(endorse_at=k) for k in (5, 5.5, 6)]
    low, middle, high = (gate.g(levels) for gate in gates)
    assert ((low > middle) & (middle > high)).all()
    assert middle == pytest.approx(betainc(5.5, 4.5, levels))
    # The law of the threshold is Beta(5.5, 4.5): trust known for sure passes as g says.
    known = 1e5 * levels
    found = gates[1].willingness(known, 1e5 - known)
    assert found == pytest.approx(middle, abs=1e-4)


def test_a_whole_threshold_is_exact_however_it_is_written():
    a, b = np.array([0.3, 5.8]), np.array([1.8, 3.3])
    written = EndorsementGate(endorse_at=6.0, forward_at=2.0)
    for name in ("willingness", "forwards", "endorsed_value", "endorsed_trust"):
        assert getattr(written, name)(a, b).tolist() == getattr(GATE, name)(a, b).tolist()
    assert written.g(a / 6).tolist() == GATE.g(a / 6).tolist()
    assert GATE.model_dump_json() == EndorsementGate(endorse_at=6).model_dump_json()
    assert '"endorse_at":6,' in GATE.model_dump_json()


def test_a_model_with_a_threshold_between_wholes_travels():
    model = TrustModel().with_parameters({"gate.endorse_at": 5.25, "gate.forward_at": 1.5})
    assert TrustModel.model_validate_json(model.model_dump_json()) == model
    assert model.parameters().loc["gate.endorse_at", "value"] == pytest.approx(5.25)


def test_opinions_of_any_shape_are_answered_in_it():
    a = np.array([[0.2, 5.8, 0.2], [16.0, 5.8, 0.2]])
    b = np.array([[1.8, 3.3, 1.8], [4.0, 3.3, 1.8]])
    found = beta_binomial_tail(9, 5.5, a, b)
    assert found.shape == (2, 3)
    assert found[0, 0] == found[0, 2] == found[1, 2]
    assert beta_binomial_tail(9, 5.5, np.zeros(0), np.zeros(0)).shape == (0,)
