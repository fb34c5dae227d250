"""Tables that are safe to open in a spreadsheet, and that give back what they hold."""

import io
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import trustgraph as tg
from trustgraph.errors import ArchiveError, RecordError
from trustgraph.ingest.safe_csv import plain_text, safe_csv, safe_text, write_safe_csv

LETTERS = st.text(st.sampled_from("'\"=+-@;\t\r\n,a |＝"), max_size=10)


@given(LETTERS)
def test_a_safe_text_begins_no_formula_and_gives_back_the_original(text):
    safe = safe_text(text)
    assert plain_text(safe) == text
    assert safe.lstrip('"')[:1] not in set("=+-@＝\t\r")


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("", ""),
        ("Acme", "Acme"),
        ("O'Hara", "O'Hara"),
        ("a=b", "a=b"),
        ("=HYPERLINK(A1)", "'=HYPERLINK(A1)"),
        ("+49 30", "'+49 30"),
        ("-", "'-"),
        ("@ana", "'@ana"),
        ("\tx", "'\tx"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
        ('"=1"', '\'"=1"'),
        ("x;=1", "x;'=1"),
        ("x\n-y", "x\n'-y"),
        ("'x", "'x"),
    ],
)
def test_only_what_could_be_a_formula_is_changed(text, safe):
    assert safe_text(text) == safe
    assert plain_text(safe) == text


def test_numbers_and_dates_stay_and_all_else_becomes_safe():
    frame = pd.DataFrame(
        {
            "=title": ["=1", "b"],
            "number": [-1, 2],
            "share": [-0.5, np.nan],
            "flag": [True, False],
            "day": pd.to_datetime(["2024-05-01", None]),
            "word": pd.Categorical(["@x", "y"]),
            "path": [("=a", "b"), None],
            "label": [-3, "-x"],
        },
        index=["=one", "two"],
    )
    safe = safe_csv(frame)
    assert safe.columns[0] == "'=title"
    assert safe.index.tolist() == ["'=one", "two"]
    assert safe.iloc[:, 0].tolist() == ["'=1", "b"]
    assert safe["word"].tolist() == ["'@x", "y"]
    assert safe["path"].tolist()[0] == "('=a', 'b')"
    assert safe["label"].tolist() == [-3, "'-x"]
    pd.testing.assert_frame_equal(
        safe[["number", "share", "flag", "day"]].reset_index(drop=True),
        frame[["number", "share", "flag", "day"]].reset_index(drop=True),
    )
    assert frame.columns[0] == "=title"


def test_an_empty_table_stays_empty():
    assert safe_csv(pd.DataFrame()).empty
    assert safe_csv(pd.DataFrame({"a": []})).columns.tolist() == ["a"]


def test_the_paths_of_an_answer_are_written(tmp_path):
    G = tg.build_graph(tg.datasets.load_office())
    G.nodes["ben"]["name"] = "=cmd|' /C calc'!A0"
    frame = tg.find_introductions(G, "ana", "kofi").to_frame()
    file = tmp_path / "paths.csv"
    write_safe_csv(frame, file)
    again = pd.read_csv(io.BytesIO(file.read_bytes()))
    assert again["score"].tolist() == pytest.approx(frame["score"].tolist(), rel=1e-15)
    assert again.shape == frame.shape
    assert b"\r" not in file.read_bytes()
    with pytest.raises(ArchiveError, match="overwrite=True"):
        write_safe_csv(frame, Path(file))


@pytest.mark.parametrize("text", ["a\0b", "a\ud800"])
def test_what_no_text_file_can_hold_is_an_error(tmp_path, text):
    frame = pd.DataFrame({"name": pd.Series(["Ana", text], dtype=object)})
    with pytest.raises(RecordError, match="t.csv, row 2: name: a NUL or half a character"):
        write_safe_csv(frame, tmp_path / "t.csv")
    assert not list(tmp_path.iterdir())
