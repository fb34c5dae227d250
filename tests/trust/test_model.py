"""The tree of models: its numbers, its JSON, its changed copies."""

import math
from typing import Any

import pandas as pd
import pytest
from pydantic import ValidationError

from trustgraph.models.base import FrozenModel
from trustgraph.trust import EvidenceKind, LiftModel, Norms, PathModel, RecallModel, TrustModel

LABELS = {"sign"}  # numbers that are no quantities


def numbers(contents: dict[str, Any], prefix: str = "") -> dict[str, float]:
    """Walk what a model dumps, independently of how its fields are declared."""
    found: dict[str, float] = {}
    for name, value in contents.items():
        if isinstance(value, dict):
            found |= numbers(value, f"{prefix}{name}.")
        elif isinstance(value, (list, tuple)):
            for row in value:
                found |= numbers(row, f"{prefix}{row['kind']}.")
        elif value is None:
            found[prefix + name] = math.inf
        elif isinstance(value, (int, float)) and not isinstance(value, bool) and name not in LABELS:
            found[prefix + name] = float(value)
    return found


@pytest.mark.parametrize("norms", [Norms.literature(), Norms.essay()], ids=lambda norms: norms.name)
def test_every_number_is_listed_once_with_what_must_be_said_about_it(norms):
    model = TrustModel(norms=norms)
    frame = model.parameters()
    assert frame["value"].to_dict() == numbers(model.model_dump())
    assert frame.index.is_unique
    assert list(frame.columns) == [
        "value", "unit", "low", "high", "source", "confidence", "meaning"
    ]  # fmt: skip
    for column in ("unit", "source", "confidence", "meaning"):
        assert (frame[column].str.len() > 0).all(), column
    assert set(frame["confidence"]) <= {"V", "V2", "D", "M", "J"}
    assert (frame["low"] <= frame["value"]).all()
    assert (frame["value"] <= frame["high"]).all()


def test_both_ends_of_every_range_are_allowed():
    model = TrustModel()
    together = {"gate.endorse_at", "gate.forward_at", "gate.trials"}  # bounded by each other
    for name, row in model.parameters().iterrows():
        for value in {row["low"], row["high"]} - {math.inf}:
            if name in together:
                continue
            changed = model.with_parameters({str(name): value})
            assert changed.parameters().loc[str(name), "value"] == value


def test_a_mutual_kind_changes_in_both_directions():
    changed = TrustModel().with_parameters({"evidence.meeting_day.forward": 0.7})
    row = changed.evidence.kind("meeting_day")
    assert (row.forward, row.backward) == (0.7, 0.7)
    one_way = TrustModel().with_parameters({"evidence.help_given.forward": 0.7})
    row = one_way.evidence.kind("help_given")
    assert (row.forward, row.backward) == (0.7, 1.2)


def test_a_limit_can_be_taken_away():
    changed = TrustModel().with_parameters({"evidence.help_given.cap_forward": math.inf})
    assert changed.evidence.kind("help_given").cap_forward is None


def test_an_unknown_parameter_names_its_neighbours():
    with pytest.raises(ValueError, match=r"paths\.retention"):
        TrustModel().with_parameters({"paths.retension": 1})
    with pytest.raises(ValidationError):
        TrustModel().with_parameters({"paths.retention": 2})


@pytest.mark.parametrize(
    "model",
    [
        TrustModel(),
        TrustModel(norms=Norms.essay(), lift=LiftModel.causal()),
        TrustModel(recall=RecallModel(horizon_days=30), paths=PathModel(retention=1)),
        TrustModel().replace(
            evidence=TrustModel().evidence.with_kind(EvidenceKind(kind="lunch", forward=1))
        ),
    ],
    ids=["default", "presets", "parts", "own kind"],
)
def test_json_gives_the_model_back(model):
    back = TrustModel.model_validate_json(model.model_dump_json())
    assert back == model
    pd.testing.assert_frame_equal(back.parameters(), model.parameters())


def test_a_kind_of_ones_own_is_listed():
    model = TrustModel()
    lunch = EvidenceKind(kind="lunch", forward=1, source="our own survey", confidence="D")
    frame = model.replace(evidence=model.evidence.with_kind(lunch)).parameters()
    row = frame.loc["evidence.lunch.forward"]
    assert (row["value"], row["source"], row["confidence"]) == (1, "our own survey", "D")


def test_the_model_is_frozen_and_closed():
    model = TrustModel()
    with pytest.raises(ValidationError):
        model.gate = None  # type: ignore[assignment]
    with pytest.raises(ValidationError):
        TrustModel(gait=1)
    assert isinstance(model, FrozenModel)
    assert repr(model.replace(paths=PathModel(retention=1))) == (
        "TrustModel(paths=PathModel(retention=1.0))"
    )
