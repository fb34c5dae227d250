"""Opinions by hand, and back again."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustgraph.errors import RecordError
from trustgraph.trust import OpinionModel, TrustModel, trust_from_evidence
from trustgraph.trust.opinion import saturated

MODEL = OpinionModel()
MASSES = st.floats(0, 1000)


def test_a_stranger_has_the_base_rate_and_no_certainty():
    stranger = MODEL.from_evidence(np.zeros(1))
    assert stranger.alpha[0] == pytest.approx(0.2)
    assert stranger.beta[0] == pytest.approx(1.8)
    assert (stranger.trust[0], stranger.certainty[0], stranger.belief[0]) == (0.1, 0, 0)


def test_observations_by_hand():
    # r = 3, s = 1: alpha = 3.2, beta = 2.8, trust = 3.2 / 6, certainty = 4 / 6, belief = 3 / 6
    opinion = MODEL.from_evidence(np.array([3.0]), np.array([1.0]))
    assert opinion.trust[0] == pytest.approx(3.2 / 6)
    assert opinion.certainty[0] == pytest.approx(4 / 6)
    assert opinion.belief[0] == pytest.approx(1 / 2)


@given(MASSES, MASSES)
def test_trust_and_certainty_give_the_opinion_back(good, bad):
    made = MODEL.from_evidence(np.array([good]), np.array([bad]))
    back = MODEL.from_judgement(made.trust, made.certainty)
    for name in ("alpha", "beta", "belief", "certainty", "trust"):
        assert getattr(back, name) == pytest.approx(getattr(made, name), rel=1e-9, abs=1e-9), name


@given(MASSES, MASSES, st.floats(0.001, 50))
def test_good_raises_trust_and_bad_lowers_it(good, bad, more):
    r, s = np.array([good, good + more, good]), np.array([bad, bad, bad + more])
    plain, better, worse = MODEL.from_evidence(r, s).trust
    assert worse <= plain <= better


@given(st.floats(0.001, 0.999), st.floats(0, 0.99))
def test_a_judgement_keeps_what_was_stated(trust, certainty):
    stated = MODEL.from_judgement(np.array([trust]), np.array([certainty]))
    assert stated.trust[0] == pytest.approx(trust)
    # alpha + beta = W / (1 - certainty)
    assert stated.alpha[0] + stated.beta[0] == pytest.approx(2 / (1 - certainty))
    assert 0 <= stated.belief[0] <= certainty


def test_trust_that_rests_on_nothing_is_not_belief():
    stated = MODEL.from_judgement(np.array([0.9, 0.05]), np.array([0.0, 0.5]))
    assert stated.belief.tolist() == [0.0, 0.0]


def test_a_cap_bounds_without_bending_the_first_item_much():
    masses = np.array([0.0, 0.01, 8.0, 1e9])
    assert saturated(masses, 10.0) == pytest.approx([0, 0.009995, 5.50671, 10], abs=1e-5)
    assert saturated(masses, np.inf).tolist() == masses.tolist()
    assert (saturated(masses, 10.0) <= masses).all()


def test_one_kind_alone_by_hand():
    model = TrustModel()
    # r = 1.2 (1 - exp(-.9 / 1.2)) = .633160: trust = .833160 / 2.633160 = .316411
    found = trust_from_evidence(model, "same_employer_year", np.array([3.0]))
    assert found[0] == pytest.approx(0.316411, abs=1e-6)
    # s = 8 (1 - exp(-4 / 8)) = 3.147755: trust = .2 / 5.147755
    found = trust_from_evidence(model, "endorsement_failed", np.array([1.0]))
    assert found[0] == pytest.approx(0.2 / 5.147755, abs=1e-6)
    with pytest.raises(RecordError, match="unknown kind"):
        trust_from_evidence(model, "lunch", np.ones(1))
