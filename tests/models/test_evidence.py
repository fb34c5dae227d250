import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

import trustgraph as tg


def act(**fields):
    return tg.Evidence(**{"kind": "project", "source": "bo", "target": "ana", **fields})


@pytest.mark.parametrize(
    "at", ["2024-05-01T10:00:00", "2024-05-01T10:00:00Z", "2024-05-01T12:00:00+02:00"]
)
def test_times_are_utc(at):
    assert act(at=at).at == dt.datetime(2024, 5, 1, 10, tzinfo=dt.UTC)
    assert act(at=at).at.tzinfo is dt.UTC


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"target": "bo"}, "source and target are the same person"),
        ({"amount": 0}, "greater than 0"),
        ({"amount": -1}, "greater than 0"),
        ({"amount": float("inf")}, "finite number"),
        ({"amount": float("nan")}, "number"),
        ({"kind": ""}, "at least 1 character"),
        ({"source": ""}, "at least 1 character"),
        ({"at": "soon"}, "valid datetime"),
        ({"weight": 1}, "Extra inputs are not permitted"),
    ],
)
def test_evidence_that_makes_no_sense_is_refused(fields, reason):
    with pytest.raises(ValidationError, match=reason):
        act(**fields)
    with pytest.raises(ValidationError, match=reason):
        act().replace(**fields)


@given(
    st.builds(
        act,
        at=st.none() | st.datetimes(timezones=st.just(dt.UTC)),
        amount=st.floats(0, 1e9, exclude_min=True),
        origin=st.text(max_size=9),
    )
)
def test_evidence_comes_back_from_json(evidence):
    assert tg.Evidence.model_validate_json(evidence.model_dump_json()) == evidence
