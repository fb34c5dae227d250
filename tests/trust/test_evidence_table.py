"""The evidence table: its defaults, its rows, its refusals."""

import pytest
from pydantic import ValidationError

from trustgraph.errors import RecordError
from trustgraph.trust import EvidenceKind, EvidenceTable

from helpers.naive_trust import (
    BOTH_ACT,
    INF,
    INFERRED,
    SOURCE_ACTS,
    SYMMETRIC,
    TABLE,
)

KINDS = EvidenceTable().kinds


@pytest.mark.parametrize("row", KINDS, ids=lambda row: row.kind)
def test_a_default_row_is_that_of_the_design(row):
    masses, caps, half_life, sign = TABLE[row.kind]
    assert (row.forward, row.backward, row.sign) == (*masses, sign)
    assert (row.cap_forward or INF, row.cap_backward or INF) == caps
    assert (row.half_life_years or INF) == half_life
    assert row.inferred == (row.kind in INFERRED)
    assert row.mutual == (row.kind in SYMMETRIC)
    expected = "both" if row.kind in BOTH_ACT else "source" if row.kind in SOURCE_ACTS else "none"
    assert row.contact == expected
    assert row.source
    assert row.confidence == "J"


def test_every_kind_of_the_design_has_a_row():
    assert {row.kind for row in KINDS} == set(TABLE)


def test_a_row_is_added_or_replaced():
    table = EvidenceTable()
    lunch = EvidenceKind(kind="lunch", forward=1)
    assert table.with_kind(lunch).kind("lunch") == lunch
    slower = table.kind("project").replace(half_life_years=20)
    changed = table.with_kind(slower)
    assert changed.kind("project").half_life_years == 20
    assert changed.names == table.names
    assert EvidenceTable.model_validate_json(changed.model_dump_json()) == changed


def test_an_unknown_kind_names_its_neighbours():
    with pytest.raises(RecordError, match="recommendation") as caught:
        EvidenceTable().kind("recomendation")
    assert caught.value.value == "recomendation"
    with pytest.raises(RecordError, match="with_kind"):
        EvidenceTable().kind("zzz")


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"kind": ""}, "at least 1"),
        ({"forward": -1}, "greater than or equal"),
        ({"cap_forward": 0}, "greater than 0"),
        ({"half_life_years": 0}, "greater than 0"),
        ({"sign": 0}, "Input should be"),
        ({"sign": -1, "contact": "source"}, "must not count as contact"),
        ({"contact": "both"}, "mutual"),
        ({"mutual": True, "forward": 1}, "both directions"),
        ({"mutual": True, "cap_backward": 1}, "both directions"),
        ({"kind": "message_day"}, "raw record"),
        ({"mass": 1}, "Extra inputs"),
    ],
)
def test_a_senseless_row_is_refused(fields, reason):
    with pytest.raises(ValidationError, match=reason):
        EvidenceKind(**{"kind": "lunch", **fields})


def test_a_senseless_table_is_refused():
    with pytest.raises(ValidationError, match="given twice: project"):
        EvidenceTable(kinds=(*KINDS, EvidenceTable().kind("project")))
    rest = tuple(row for row in KINDS if row.kind != "message_unanswered")
    with pytest.raises(ValidationError, match="message_unanswered"):
        EvidenceTable(kinds=rest)
