"""A user's own frames: the first row that cannot be used is named."""

import datetime as dt

import pandas as pd
import pytest

import trustgraph as tg
from trustgraph.errors import RecordError
from trustgraph.ingest.frames import from_frames

PEOPLE = pd.DataFrame({"id": ["ana", "bo"], "name": ["Ana Lima", "Bo Ek"]})


def acts(**columns):
    return pd.DataFrame(
        {"kind": "project", "source": ["ana", "bo"], "target": ["bo", "ana"]} | columns
    )


def test_the_tables_of_a_network_make_the_same_network():
    net = tg.datasets.load_office()
    again = from_frames(
        net.people, net.evidence, positions=net.positions, owners=net.owners, as_of=net.as_of
    )
    assert again == net


def test_nothing_makes_an_empty_network():
    assert from_frames() == tg.Network()
    assert from_frames(pd.DataFrame(), pd.DataFrame()) == tg.Network()


def test_columns_are_found_by_name_and_people_by_what_they_are_called():
    given = acts(source=["Ana Lima", "BO EK"]).rename(columns={"source": "From", "target": "TO"})
    net = from_frames(PEOPLE.set_index("id"), given, owners=["Bo Ek"])
    assert net.evidence["source"].tolist() == ["ana", "bo"]
    assert net.owner == "bo"


def test_whole_numbers_are_ids_too():
    people = pd.DataFrame({"id": [1, 2], "name": ["Ana", "Bo"]})
    net = from_frames(people, pd.DataFrame({"kind": ["p"], "source": [1], "target": [2]}))
    assert net.evidence["target"].tolist() == ["2"]


def test_dates_may_be_texts_days_or_moments():
    times = ["May 2024", dt.date(2024, 5, 1)]
    net = from_frames(PEOPLE, acts(at=times))
    assert net.evidence["at"].dt.date.tolist() == [dt.date(2024, 5, 1)] * 2
    net = from_frames(PEOPLE, acts(at=["2024-05-01", ""]))
    assert net.evidence["at"].isna().tolist() == [False, True]
    net = from_frames(PEOPLE, acts(at=pd.to_datetime(["2024-05-01", None])))
    assert net.evidence["at"].isna().tolist() == [False, True]


def test_without_people_everybody_who_is_named_is_one():
    given = {"kind": ["p"], "source": ["https://www.linkedin.com/in/ana"], "target": ["bo"]}
    net = from_frames(None, pd.DataFrame(given))
    assert net.people["url"].to_dict() == {"ana": "https://www.linkedin.com/in/ana", "bo": ""}


@pytest.mark.parametrize(
    ("people", "evidence", "message"),
    [
        (PEOPLE, acts(target=["bo", "zoe"]), "evidence, row 2: target: nobody is known.*'zoe'"),
        (PEOPLE, acts(target=["bo", None]), "evidence, row 2: target: nobody is named"),
        (PEOPLE.assign(name="Ana"), acts(source=["Ana", "bo"]), "row 1: source: several people"),
        (PEOPLE, acts(amount=[1, -1]), "evidence, row 2: .*greater than 0"),
        (
            PEOPLE,
            acts(at=["2024-05-01", "1/2/2024"]),
            "evidence, row 2: at: not a date: '1/2/2024'",
        ),
        (PEOPLE, acts(at=["today", "now"]), "evidence, row 1: at: not a date"),
        (PEOPLE, acts(target=["bo", "bo"]), "evidence, row 2: .*the same person"),
        (PEOPLE, acts(mood="good"), "evidence: columns that say nothing here.*'mood'"),
        (PEOPLE, acts(to="bo"), "evidence: columns that say nothing here.*'to'"),
        (PEOPLE, acts().drop(columns="kind"), "evidence, row 1: kind"),
        (PEOPLE, acts().drop(columns="source"), "evidence, row 1: source"),
        (PEOPLE.assign(id="ana"), acts(), "people, row 2: this id stands twice"),
        (PEOPLE.assign(id="", name=""), acts(), "people, row 1: a person needs an id"),
    ],
)
def test_the_first_row_that_fails_is_named(people, evidence, message):
    with pytest.raises(RecordError, match=message):
        from_frames(people, evidence)


@pytest.mark.parametrize("table", ["people", "evidence"])
def test_half_a_character_is_named_with_its_row(table):
    tables = {
        "people": {"id": ["ana", "bo"], "name": ["Ana", "Bo"]},
        "evidence": {"kind": ["project"], "source": ["ana"], "target": ["bo"], "at": [None]},
    }
    last = list(tables[table])[1]
    tables[table][last][-1] = "b\ud800"
    frames = {name: pd.DataFrame(told, dtype=object) for name, told in tables.items()}
    row = len(tables[table][last])
    with pytest.raises(RecordError, match=rf"{table}, row {row}: {last}: half a character"):
        from_frames(**frames)
    with pytest.raises(RecordError, match=rf"{table}, row {row}: {last}: half a character"):
        tg.Network(**frames)
