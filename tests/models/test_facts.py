import datetime as dt

import pandas as pd
import pydantic
import pytest

import trustgraph as tg
from trustgraph.errors import RecordError
from trustgraph.models.columns import facts_frame, texts_frame

FACTS = [
    tg.models.Fact(person="ana", kind="skill", text="Python", origin="ana"),
    tg.models.Fact(
        person="ana",
        kind="certification",
        text="Data",
        organisation="Acme",
        at=dt.datetime(2024, 5, 1, tzinfo=dt.UTC),
        until=dt.datetime(2026, 5, 31, tzinfo=dt.UTC),
    ),
]
TEXTS = [
    tg.models.Text(kind="message", source="ana", target="bo", text="Hello\nBo"),
    tg.models.Text(kind="share", source="ana", text="To all", at="2024-05-01T00:00:00"),
]


@pytest.fixture
def net():
    return tg.Network.from_records([{"id": "ana"}, {"id": "bo"}], facts=FACTS, texts=TEXTS)


def test_facts_and_texts_are_kept_in_columns(net):
    assert net.facts["text"].tolist() == ["Python", "Data"]
    assert net.facts["person"].tolist() == ["ana", "ana"]
    assert net.texts["target"].tolist() == ["bo", ""]
    # A time without zone is read as UTC.
    assert net.texts["at"].isna().tolist() == [True, False]
    assert str(net.texts["at"][1]) == "2024-05-01 00:00:00+00:00"


def test_frames_mappings_and_models_make_the_same_tables(net):
    again = tg.Network.from_records(net.people, facts=net.facts, texts=net.texts)
    assert again == net
    said = [one.model_dump() for one in FACTS]
    assert tg.Network.from_records(net.people, facts=said, texts=net.texts) == net


def test_a_fact_that_stands_twice_is_kept_once():
    assert len(facts_frame([*FACTS, *FACTS])) == 2


def test_texts_that_are_the_same_are_all_kept():
    assert len(texts_frame([*TEXTS, *TEXTS])) == 4


def test_a_network_with_facts_and_texts_survives_json(net):
    assert tg.Network.model_validate_json(net.model_dump_json()) == net


@pytest.mark.parametrize(
    ("make", "row", "reason"),
    [
        (facts_frame, {"person": "ana", "kind": "hobby"}, "kind"),
        (facts_frame, {"person": "", "kind": "skill"}, "person"),
        (facts_frame, {"person": "ana", "kind": "skill", "text": "x" * 10_001}, "text"),
        (
            facts_frame,
            {"person": "ana", "kind": "project", "at": "2024-02-01", "until": "2024-01-01"},
            "until 2024-01-01 00:00:00+00:00 is before at 2024-02-01",
        ),
        (texts_frame, {"kind": "song", "source": "ana", "text": ""}, "kind"),
        (texts_frame, {"kind": "message", "source": "", "text": ""}, "source"),
    ],
)
def test_a_bad_row_is_named(make, row, reason):
    good = {"person": "ana", "kind": "skill"}
    if make is texts_frame:
        good = {"kind": "message", "source": "ana", "text": ""}
    for records in ([good, row], pd.DataFrame([good, row])):
        with pytest.raises(RecordError) as caught:
            make(records)
        assert caught.value.row == 2
        assert reason in caught.value.reason
        assert make.__name__.removesuffix("_frame") == caught.value.file


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"facts": [FACTS[0].replace(person="zoe")]}, "facts.person"),
        ({"texts": [TEXTS[0].replace(source="zoe")]}, "texts.source"),
        ({"texts": [TEXTS[1], TEXTS[0].replace(target="zoe")]}, "texts.target"),
    ],
)
def test_facts_and_texts_are_about_known_people(net, changes, place):
    with pytest.raises(RecordError, match="unknown person") as caught:
        net.replace(**changes)
    assert (caught.value.file, caught.value.value) == (place, "zoe")


def test_a_text_needs_its_words():
    with pytest.raises(pydantic.ValidationError, match="text"):
        tg.models.Text(kind="message", source="ana")
