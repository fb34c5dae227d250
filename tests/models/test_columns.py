import datetime as dt

import numpy as np
import pandas as pd
import pytest

import trustgraph as tg
from trustgraph.errors import RecordError
from trustgraph.models import report_frame, utc_time
from trustgraph.models.columns import evidence_frame, people_frame, positions_frame

NOON = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)


def acts(**columns):
    return pd.DataFrame(
        {"kind": "project", "source": ["ana", "bo"], "target": ["bo", "cy"], **columns}
    )


def jobs(**columns):
    return pd.DataFrame({"person": ["ana", "bo"], "organisation": ["Acme", "Beta"], **columns})


def refused(make, records):
    with pytest.raises(RecordError) as caught:
        make(records)
    return caught.value


# ------------------------------------------------------------------------------ errors


@pytest.mark.parametrize(
    ("make", "records", "row", "value", "reason"),
    [
        (evidence_frame, acts(amount=[1, -2]), 2, "-2", "greater than 0"),
        (evidence_frame, acts(amount=["1", "much"]), 2, "much", "valid number"),
        (evidence_frame, acts(amount=[np.inf, 1]), 1, "inf", "finite number"),
        (evidence_frame, acts(at=["2024-05-01", "soon"]), 2, "soon", "at: not a date"),
        (evidence_frame, acts(at=["2024-05-01", "now"]), 2, "now", "at: not a date"),
        (evidence_frame, acts(at=[2.5, np.nan]), 1, "2.5", "at: not a date"),
        (evidence_frame, acts(source=["ana", "cy"]), 2, "", "the same person"),
        (evidence_frame, acts(source=["ana", None]), 2, "", "source: Field required"),
        (evidence_frame, acts(target=["", "cy"]), 1, "", "at least 1 character"),
        (evidence_frame, acts().drop(columns="kind"), 1, "", "kind: Field required"),
        (evidence_frame, acts(weight=1), 0, "weight", "unknown columns"),
        (people_frame, pd.DataFrame({"id": ["ana", " "]}), 2, "", "needs an id"),
        (people_frame, pd.DataFrame({"id": ["ana", "ana"]}), 2, "ana", "stands twice"),
        (people_frame, pd.DataFrame({"nick": ["ana"]}), 0, "nick", "unknown columns"),
        (people_frame, pd.DataFrame({"id": ["ana"], "name": ["x" * 10_001]}), 1, "x" * 80, "name"),
        (
            people_frame,
            pd.DataFrame({"id": ["ana", "bo"], "do_not_ask": ["no", "perhaps"]}),
            2,
            "perhaps",
            "do_not_ask",
        ),
        (people_frame, [{"id": "ana"}, "bo"], 2, "bo", "a str is no record"),
        (people_frame, [{"id": "ana"}, {"id": "bo", "nick": "b"}], 2, "b", "nick: Extra inputs"),
        (positions_frame, jobs(kind=["employer", "club"]), 2, "club", "'employer', 'school'"),
        (positions_frame, jobs(person=["ana", None]), 2, "", "person: Field required"),
        (positions_frame, jobs(title=["", "x" * 10_001]), 2, "x" * 80, "title"),
        (
            positions_frame,
            jobs(started="2020-01-01", finished=["2021-01-01", "2019-01-01"]),
            2,
            "",
            "finished 2019-01-01 is before started 2020-01-01",
        ),
    ],
)
def test_a_bad_record_is_named_with_row_value_and_mend(make, records, row, value, reason):
    error = refused(make, records)
    assert error.file == make.__name__.removesuffix("_frame")
    assert (error.row, error.value) == (row, value)
    assert reason in error.reason
    assert error.mend
    assert error.mend in str(error)


def test_the_first_of_several_bad_rows_is_named():
    assert refused(evidence_frame, acts(amount=[-1, -2])).row == 1


@pytest.mark.parametrize(
    ("make", "model", "rows"),
    [
        (evidence_frame, tg.Evidence, acts(amount=[1.0, 0.0])),
        (evidence_frame, tg.Evidence, acts(target=["bo", "bo"])),
        (positions_frame, tg.Position, jobs(kind=["school", "club"])),
        (people_frame, tg.Person, pd.DataFrame({"id": ["ana", ""]})),
    ],
)
def test_frames_and_mappings_are_refused_for_the_same_reason(make, model, rows):
    of_frame = refused(make, rows)
    of_mappings = refused(make, rows.to_dict("records"))
    assert (of_frame.row, of_frame.value) == (of_mappings.row, of_mappings.value)
    assert of_frame.reason == of_mappings.reason


# ------------------------------------------------------------------------------ what is understood


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (["2024-05-01", "2024-05-01T12:00:00Z"], [NOON.replace(hour=0), NOON]),
        (pd.Series(["2024-05-01", NOON], dtype=object), [NOON.replace(hour=0), NOON]),
        ([dt.date(2024, 5, 1), None], [NOON.replace(hour=0), None]),
        ([pd.Timestamp("2024-05-01T14:00", tz="Europe/Paris"), pd.NaT], [NOON, None]),
        ([np.nan, np.nan], [None, None]),
        (["9999-12-31", "1066-10-14"], [dt.datetime(9999, 12, 31, tzinfo=dt.UTC), None]),
    ],
    ids=["text", "mixed", "days", "zone", "unknown", "far"],
)
def test_dates_are_read_as_utc(at, expected):
    column = evidence_frame(acts(at=at))["at"]
    assert column.dtype == pd.DatetimeTZDtype("us", "UTC")
    read = [None if pd.isna(one) else one.to_pydatetime() for one in column]
    assert read[0] == expected[0]
    assert expected[1] in (None, read[1])


def test_a_missing_amount_is_one_item():
    assert evidence_frame(acts(amount=[2, np.nan]))["amount"].tolist() == [2.0, 1.0]
    assert evidence_frame(acts())["amount"].tolist() == [1.0, 1.0]


@pytest.mark.parametrize(
    "said",
    [
        [True, False, None, False],
        ["yes", "no", "", "false"],
        [1, 0, 0, 0],
        pd.Series([np.True_, np.False_, None, 0], dtype=object),
    ],
)
def test_do_not_ask_is_understood_as_the_model_does(said):
    frame = people_frame(pd.DataFrame({"id": list("abcd"), "do_not_ask": said}))
    assert frame["do_not_ask"].tolist() == [True, False, False, False]
    assert frame["do_not_ask"].dtype == bool


def test_missing_text_is_empty_and_missing_ids_and_names_are_filled():
    given = {
        "id": ["ana", None, None],
        "name": [None, "Bo Ek", None],
        "organisation": [None, "Acme", None],
        "url": [None, None, "https://www.linkedin.com/in/cy"],
    }
    frame = people_frame(pd.DataFrame(given))
    assert frame.index.tolist() == ["Bo Ek|Acme", "ana", "cy"]
    assert frame["name"].tolist() == ["Bo Ek", "ana", "cy"]
    assert frame["position"].tolist() == ["", "", ""]


def test_evidence_columns_have_the_same_types_whatever_is_in_them():
    frames = [
        evidence_frame(()),
        evidence_frame(evidence_frame(())),
        evidence_frame(acts()),
        evidence_frame(acts().astype({"source": "category"})),
        evidence_frame(acts().astype({"source": pd.CategoricalDtype(["cy", "bo", "ana"], True)})),
    ]
    for frame in frames:
        for name in ("kind", "source", "target", "origin"):
            assert frame[name].cat.categories.dtype == "str"
            assert not frame[name].cat.ordered
            assert frame[name].cat.categories.is_monotonic_increasing
    assert frames[0].equals(frames[1])
    assert frames[2].equals(frames[3])
    assert frames[2].equals(frames[4])


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        (pd.NaT, None),
        ("2024-05-01", NOON.replace(hour=0)),
        (dt.date(2024, 5, 1), NOON.replace(hour=0)),
        (dt.datetime(2024, 5, 1, 12), NOON),  # noqa: DTZ001 - a time without zone is the case
        (pd.Timestamp("2024-05-01T14:00", tz="Europe/Paris"), NOON),
    ],
)
def test_a_moment_is_utc(value, expected):
    assert utc_time(value) == expected


def test_a_report_has_all_columns():
    report = report_frame([{"file": "a.csv", "reason": "odd"}, {"row": 3, "value": None}])
    assert report.columns.tolist() == ["file", "row", "level", "reason", "value", "mend"]
    assert report["row"].tolist() == [0, 3]
    assert report["value"].tolist() == ["", ""]
    assert report_frame().equals(report_frame(report_frame()))
