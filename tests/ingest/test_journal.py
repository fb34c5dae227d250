"""What a reader says about rows, and the balance it keeps."""

import pytest

from trustgraph.errors import RecordError
from trustgraph.ingest.journal import BALANCE, FURTHER, NOT_USED, Journal

from helpers.linkedin_files import balance


def test_rows_read_are_rows_used_and_rows_not_used():
    journal = Journal()
    journal.read("a.csv", 10)
    journal.used("a.csv", 5)
    journal.skip_alike("a.csv", "an advert", [2, 3])
    journal.skip_alike("a.csv", "an advert", [4])
    journal.skip("a.csv", "no date", [7], values=["soon"], mend="write a date")
    journal.leave("a.csv", "fits several", [9], values=["Bo Ek"])
    report = journal.frame()
    assert balance(report) == {"a.csv": (10, 5, 5)}
    assert report.loc[report["reason"] == NOT_USED + "an advert", "value"].tolist() == ["3"]
    bad = report[report["row"] == 7].iloc[0]
    assert bad[["level", "reason", "value", "mend"]].tolist() == [
        "error",
        NOT_USED + "no date",
        "soon",
        "write a date",
    ]
    assert report.loc[report["row"] == 9, "level"].tolist() == ["warning"]


def test_a_doubtful_row_is_reported_and_used():
    journal = Journal()
    journal.read("a.csv", 1)
    journal.used("a.csv", 1)
    journal.doubt("a.csv", "no date", [2], values=["x"])
    assert balance(journal.frame()) == {"a.csv": (1, 1, 0)}
    assert journal.frame()["reason"].tolist() == [BALANCE, "no date"]


@pytest.mark.parametrize("way", ["skip", "doubt"])
def test_strict_stops_at_the_first_malformed_row(way):
    journal = Journal(strict=True)
    with pytest.raises(RecordError) as raised:
        getattr(journal, way)("a.csv", "no date", [9, 4], values=["x", "y"], mend="write one")
    error = raised.value
    assert (error.file, error.row, error.value, error.mend) == ("a.csv", 4, "y", "write one")


def test_strict_does_not_stop_at_what_is_no_fault():
    journal = Journal(strict=True)
    journal.skip_alike("a.csv", "an advert", [2])
    journal.leave("a.csv", "fits several", [3])
    journal.skip("a.csv", "no date", [])
    assert len(journal.frame()) == 2


def test_of_too_many_rows_of_one_reason_the_rest_is_counted():
    journal = Journal()
    journal.read("a.csv", 24_000)
    for start in (1, 8_001, 16_001):
        rows = range(start, start + 8_000)
        journal.skip("a.csv", "no date", rows, values=map(str, rows), mend="write one")
    report = journal.frame()
    listed = report[report["row"] > 0]
    assert len(listed) < 11_000
    assert listed["value"].tolist() == [str(row) for row in listed["row"]]
    further = report[report["reason"] == NOT_USED + "no date" + FURTHER]
    assert further[["level", "mend"]].to_numpy().tolist() == [["error", "write one"]]
    assert len(listed) + int(further["value"].iloc[0]) == 24_000
    assert balance(report) == {"a.csv": (24_000, 0, 24_000)}


def test_the_report_is_sorted_and_shows_no_long_values():
    journal = Journal()
    journal.say("b.csv", "late", value="x" * 500)
    journal.say("a.csv", "later", row=2)
    journal.say("a.csv", "early", row=1)
    report = journal.frame(prefix="mine.zip: ")
    assert report["file"].tolist() == ["mine.zip: a.csv"] * 2 + ["mine.zip: b.csv"]
    assert report["reason"].tolist() == ["early", "later", "late"]
    assert report["value"].str.len().max() == 60


def test_the_advice_names_what_stood_in_the_way_most_often():
    journal = Journal()
    assert journal.advice("say more") == "say more"
    assert "LinkedIn" not in journal.advice()
    journal.read("a.csv", 5)
    journal.skip_alike("a.csv", "an advert", [1, 2])
    journal.skip("a.csv", "no date", [3, 4, 5], mend="write a date")
    assert journal.advice() == "5 rows read; mostly: no date (write a date)"
