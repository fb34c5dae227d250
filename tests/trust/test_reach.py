"""Access: the inverted U by hand, and where it is 1."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from trustgraph.trust import ReachModel, TrustModel

ON = ReachModel(access="inverted_u")


def test_by_hand():
    # 2 mutual contacts: p = ln(3 / 11) / ln 4; trust .8: q = (.8 - .3) / .5 = 1
    p = math.log(3 / 11) / math.log(4)
    wanted = (0.2 + 0.8 * math.exp(-(p**2))) * (0.2 + 0.8 * math.exp(-1))
    assert ON.factor(np.array([0.8]), np.array([2]))[0] == pytest.approx(wanted)


def test_off_it_is_one_everywhere():
    assert ReachModel().factor(np.array([0.0, 1.0]), np.array([0, 900])).tolist() == [1, 1]


@given(st.floats(0, 1), st.integers(0, 100_000))
def test_it_is_a_share_and_best_at_the_best(trust, mutual):
    found = ON.factor(np.array([trust]), np.array([mutual]))[0]
    assert 0 < found <= 1
    assert found <= ON.factor(np.array([ON.best_trust]), np.array([ON.best_mutual]))[0] == 1


def test_it_rises_up_to_the_best_and_falls_after_it():
    mutual = ON.factor(np.full(41, 0.3), np.arange(41))
    assert (np.diff(mutual[:11]) > 0).all()
    assert (np.diff(mutual[10:]) < 0).all()
    trust = ON.factor(np.linspace(0, 1, 11), np.full(11, 10))
    assert (np.diff(trust[:4]) > 0).all()
    assert (np.diff(trust[3:]) < 0).all()


def test_it_is_a_part_of_the_model_and_says_what_is_judged():
    frame = TrustModel().parameters()
    assert frame.loc["reach.best_mutual", ["value", "low", "high", "confidence"]].tolist() == [
        10, 5, 20, "V2"
    ]  # fmt: skip
    rest = frame.loc[frame.index.str.startswith("reach.")].drop("reach.best_mutual")
    assert set(rest["confidence"]) == {"J"}
    assert len(rest) == 4


@pytest.mark.parametrize("wrong", [{"access": "u"}, {"least": 0.0}, {"mutual_spread": 1.0}])
def test_what_is_out_of_range_is_refused(wrong):
    with pytest.raises(ValidationError):
        ReachModel(**wrong)
