"""Answers by hand and by law."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from trustgraph.trust import ResponseModel

SHARES = st.floats(0, 1)


def test_answers_by_hand():
    # rho = (.12 + .46 x .5) x 5 / (5 + 5) = .175; response = .175 + .825 x .4 = .505
    found = ResponseModel().response(np.array([0.4]), np.array([0.5]), np.array([5]))
    assert found[0] == pytest.approx(0.505)


@given(SHARES, SHARES, st.integers(0, 1000), SHARES)
def test_answers_rise_with_recall_and_belief_and_fall_with_silence(recall, belief, silence, more):
    model = ResponseModel()
    up_recall, up_belief = min(1, recall + more), min(1, belief + more)
    plain, recalled, believed, silent = model.response(
        np.array([recall, up_recall, recall, recall]),
        np.array([belief, belief, up_belief, belief]),
        np.array([silence, silence, silence, silence + 1]),
    )
    assert 0 <= silent <= plain + 1e-15
    assert plain <= recalled + 1e-15 <= 1 + 1e-12
    assert plain <= believed + 1e-15
    assert plain >= recall - 1e-15


def test_strangers_do_not_answer_more_than_friends():
    with pytest.raises(ValidationError, match="friends"):
        ResponseModel(cold=0.6)
