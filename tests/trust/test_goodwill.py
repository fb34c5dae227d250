"""What asks cost, and how it comes back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

import trustgraph as tg
from trustgraph.trust import GoodwillModel

DAYS = st.lists(st.floats(0, 1000), max_size=5)


def test_an_ask_costs_its_share_and_half_is_back_after_the_half_life():
    goodwill = GoodwillModel(spent=0.4, regained_days=30)
    assert goodwill.left(np.array([])) == 1
    assert goodwill.left(np.array([0.0])) == pytest.approx(0.6)
    assert goodwill.left(np.array([30.0])) == pytest.approx(0.6**0.5)
    assert goodwill.left(np.array([0.0, 30.0])) == pytest.approx(0.6**1.5)


@given(DAYS, st.floats(0, 1000), st.floats(0, 100))
def test_every_ask_costs_and_time_heals(days, more, later):
    goodwill = GoodwillModel()
    left = goodwill.left(np.array(days))
    assert 0 < goodwill.left(np.array([*days, more])) <= left <= 1
    assert goodwill.left(np.array(days) + later) >= left - 1e-12


def test_it_is_part_of_the_trust_model_and_told_with_its_range():
    frame = tg.TrustModel().parameters()
    assert frame.loc["goodwill.spent", ["value", "low", "high"]].tolist() == [0.25, 0.1, 0.5]
    assert frame.loc["goodwill.regained_days", ["value", "low", "high"]].tolist() == [60, 30, 180]
    assert (frame.loc[["goodwill.spent", "goodwill.regained_days"], "confidence"] == "J").all()
    assert tg.TrustModel().with_parameters({"goodwill.spent": 0.5}).goodwill.spent == 0.5


@pytest.mark.parametrize("wrong", [{"spent": 1.0}, {"spent": -0.1}, {"regained_days": 0}])
def test_impossible_numbers_are_refused(wrong):
    with pytest.raises(ValidationError):
        GoodwillModel(**wrong)
