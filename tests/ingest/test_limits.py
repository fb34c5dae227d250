"""The limits of reading: sound by default, and a model like every other."""

import pydantic
import pytest

from trustgraph.ingest.limits import ReadLimits


@pytest.mark.parametrize("name", ReadLimits.model_fields)
def test_a_limit_is_at_least_one(name):
    assert getattr(ReadLimits(**{name: 1}), name) == 1
    with pytest.raises(pydantic.ValidationError):
        ReadLimits(**{name: 0})


def test_a_limit_that_does_not_exist_is_an_error():
    with pytest.raises(pydantic.ValidationError):
        ReadLimits(max_rows=1)


def test_limits_are_shown_and_stored_by_what_differs():
    limits = ReadLimits(max_members=7)
    assert repr(limits) == "ReadLimits(max_members=7)"
    assert ReadLimits.model_validate_json(limits.model_dump_json()) == limits


def test_an_honest_archive_is_far_below_the_limits():
    limits = ReadLimits()
    million_messages = 300 * 10**6  # bytes
    assert limits.max_member_bytes > 5 * million_messages
    assert limits.max_bytes >= 2 * limits.max_member_bytes
    assert 30 * 5 < limits.max_ratio < 1_032  # deflate's best
