"""Clarity, lift and standing by hand."""

import numpy as np
import pytest
from pydantic import ValidationError

from trustgraph.trust import ClarityModel, LiftModel, PathModel, StandingModel


def test_clarity_by_hand():
    clarity = ClarityModel()
    assert clarity.kappa(0) == pytest.approx(0.3375)  # .27 / .80
    assert clarity.kappa(0.5) == pytest.approx(0.66875)  # .535 / .80
    assert clarity.kappa(1) == 1
    with pytest.raises(ValidationError, match="unclear <= clear"):
        ClarityModel(unclear=0.9)


def test_lift_by_hand():
    # 1 + 9 x .2 + .2 x .5 = 2.9; 1 + .6 x .2 + 0 = 1.12
    assert LiftModel.descriptive().lift(0.2, 0.5) == pytest.approx(2.9)
    assert LiftModel.causal().lift(0.2, 0.5) == pytest.approx(1.12)
    many = LiftModel.descriptive().lift(np.array([0.0, 1.0]), np.zeros(2))
    assert many == pytest.approx([1, 10])
    assert LiftModel() == LiftModel.descriptive()


@pytest.mark.parametrize(
    ("match", "present", "role", "expected"),
    [
        ("exact", True, "own", 1.0),
        ("strong", True, "senior", 0.72),
        ("weak", True, "other", 0.36),
        ("exact", False, "own", 0.5),
        ("strong", False, "other", 0.27),
    ],
)
def test_standing_by_hand(match, present, role, expected):
    found = StandingModel().standing(match, present=present, role=role)
    assert found == pytest.approx(expected)


@pytest.mark.parametrize(("match", "role"), [("substring", "own"), ("exact", "boss")])
def test_no_such_standing_is_an_error(match, role):
    with pytest.raises(ValueError, match="no such standing"):
        StandingModel().standing(match, present=True, role=role)


@pytest.mark.parametrize("retention", [-0.1, 1.1])
def test_retention_is_a_share(retention):
    with pytest.raises(ValidationError):
        PathModel(retention=retention)
    assert PathModel(retention=1).retention == 1
