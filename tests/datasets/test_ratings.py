import codecs
import gzip
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import trustgraph as tg
from trustgraph.datasets import load_bitcoin_otc, load_ratings
from trustgraph.errors import ArchiveError, RecordError
from trustgraph.ingest.limits import ReadLimits

from helpers.published import published

ROWS = [["1", "2", "10", "1000"], ["2", "1", "-3.5", "2000"], ["1", "3", "0", "3000.25"]]
READ = [[1, 2, 10.0, 1000.0], [2, 1, -3.5, 2000.0], [1, 3, 0.0, 3000.25]]


@pytest.fixture
def read(tmp_path):
    def of(content, **options):
        path = tmp_path / "told.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return load_ratings(path, **options)

    return of


def text_of(rows, mark=",", end="\n"):
    return "".join(mark.join(row) + end for row in rows)


def report_of(frame):
    return pd.DataFrame(frame.attrs["report"])


def unused(frame):
    report = report_of(frame)
    report = report[report["reason"].str.startswith("not used") & (report["row"] > 0)]
    return dict(zip(report["row"], report["reason"].str.removeprefix("not used: "), strict=True))


def balance(frame):
    report = report_of(frame)
    text = report.loc[report["reason"] == "rows read / used / not used", "value"].item()
    return [int(part) for part in text.split(" / ")]


# ------------------------------------------------------------------------------ forms of files


@pytest.mark.parametrize("mark", [",", ";", "\t", " ", "  ", " \t "])
@pytest.mark.parametrize("title", ["", "source target rating time", "From TO Feature TimeStamp"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_separator_title_and_line_end_gives_the_same(read, mark, title, end):
    rows = [title.split(), *ROWS] if title else ROWS
    frame = read(text_of(rows, mark, end))
    assert frame.to_numpy().tolist() == READ
    assert list(frame.columns) == ["source", "target", "rating", "time"]
    assert [str(kind) for kind in frame.dtypes] == ["int64", "int64", "float64", "float64"]
    assert frame.index.tolist() == [0, 1, 2]


@pytest.mark.parametrize(
    "changed",
    [
        lambda text: codecs.BOM_UTF8 + text.encode(),
        lambda text: text.encode("utf-16"),
        lambda text: gzip.compress(text.encode()),
        lambda text: b"\n\n" + text.encode() + b"\n\n",
        lambda text: text.rstrip("\n").encode(),
        lambda text: ('"' + text.strip().replace(",", '","').replace("\n", '"\n"') + '"').encode(),
        lambda text: b"# SNAP\n# FromNodeId,ToNodeId\n" + text.encode(),
        lambda text: b"% asym signed\n\n  % 3 2 2\n" + text.encode(),
    ],
    ids="bom utf16 gzip blank-lines no-last-end quotes comments konect".split(),
)
def test_every_dress_of_a_file_gives_the_same(read, changed):
    assert read(changed(text_of(ROWS))).to_numpy().tolist() == READ


@pytest.mark.parametrize("mark", [",", "\t", " "])
@pytest.mark.parametrize("title", ["", "source target rating\n"])
def test_whoever_is_called_like_a_comment_keeps_what_she_rated(read, mark, title):
    text = f"# who whom how\n{title}bo #anna 3\n#anna bo 5\n%x bo -1\n"
    if title:
        text = text.replace("bo #anna 3\n", "") + "bo #anna 3\n"
    frame = read(text.replace(" ", mark))
    rows = {("#anna", "bo", 5.0), ("%x", "bo", -1.0), ("bo", "#anna", 3.0)}
    assert set(frame.itertuples(index=False, name=None)) == rows
    report = report_of(frame)
    comments = report.loc[report["reason"].str.startswith("lines of comment"), "value"]
    assert comments.tolist() == ["1"]


def test_columns_stand_in_any_order_and_others_are_not_read(read):
    frame = read("note,date,sign,ratee,rater\nhello,1970-01-01,-1,bo,ana\n")
    assert frame.to_dict("records") == [
        {"source": "ana", "target": "bo", "rating": -1.0, "time": 0.0}
    ]


def test_a_file_without_times_has_no_such_column(read):
    assert list(read("1,2,3\n2,1,4\n").columns) == ["source", "target", "rating"]


def test_the_user_names_the_columns(read):
    frame = read("5 x 1 2\n4 y 2 1\n", columns=["rating", "", "target", "source"])
    assert frame.to_numpy().tolist() == [[2, 1, 5.0], [1, 2, 4.0]]
    named = read("wer,wen,wie\n7,8,9\n", columns=["source", "target", "rating"])
    assert named.to_numpy().tolist() == [[7, 8, 9.0]]


@pytest.mark.parametrize(
    "columns",
    [["source", "target"], ["source", "target", "rating", "mood"], "str", ["source"] * 3],
)
def test_columns_that_cannot_be_meant_are_refused(read, columns):
    with pytest.raises(ValueError, match="name source, target and rating once each"):
        read("1,2,3\n", columns=columns)


def test_more_columns_than_the_file_has_are_refused(read):
    with pytest.raises(ArchiveError, match="the first row has 3 fields, but columns names 4"):
        read("1,2,3\n", columns=["source", "target", "rating", "time"])


# ------------------------------------------------------------------------------ ids


@pytest.mark.parametrize(
    ("ids", "kept"),
    [
        (["1", "2", "3"], [1, 2, 3]),
        (["0", "-4", "9223372036854775807"], [0, -4, 2**63 - 1]),
        (["1", "2", "9223372036854775808"], ["1", "2", "9223372036854775808"]),
        (["1", "02", "3"], ["1", "02", "3"]),
        (["1", "2.0", "3"], ["1", "2.0", "3"]),
        (["1", "+2", "3"], ["1", "+2", "3"]),
        (["ana", "Zoë", "3"], ["ana", "Zoë", "3"]),
        (["word", "1", "2"], ["word", "1", "2"]),
    ],
)
def test_ids_are_whole_numbers_only_if_all_are_written_so(read, ids, kept):
    one, two, three = ids
    frame = read(f"source,target,rating\n{one},{two},1\n{two},{three},1\n")
    assert frame[["source", "target"]].to_numpy().tolist() == [kept[:2], kept[1:]]
    assert {str(kind) for kind in frame.dtypes[:2]} == {
        "str" if str in map(type, kept) else "int64"
    }


def test_007_and_7_are_two_people(read):
    assert read("007,7,1\n7,007,2\n").to_numpy().tolist() == [["007", "7", 1.0], ["7", "007", 2.0]]


# ------------------------------------------------------------------------------ what is left out


def test_rows_that_cannot_be_used_are_told_by_line_reason_and_value(read):
    frame = read(
        "source,target,rating\n1,2,5\n,2,5\n1,,5\n1,2,high\n1,3,\n1,4,inf\n1,4,nan\n1,4,1e999\n"
        "nan,4,1\n1,2\n1\n1,2,3,4\n2,2,1\n"
    )
    assert frame.to_numpy().tolist() == [[1, 2, 5.0]]
    told = unused(frame)
    assert set(told) == set(range(3, 15))
    assert told[3] == told[10] == "nobody is named as source"
    assert told[4] == "nobody is named as target"
    assert told[5] == told[6] == told[7] == told[8] == told[9] == "the rating is no number"
    assert told[14] == "a rating of oneself"
    report = report_of(frame)
    assert report.loc[report["row"] == 5, "value"].item() == "high"
    assert balance(frame) == [13, 1, 12]


@pytest.mark.parametrize("row", ["1,2,x", ",2,1", "1,,1", "1,1,1", "1,2", "1,2,3,4"])
def test_strict_stops_at_the_first_bad_row(read, row):
    with pytest.raises(RecordError, match="told.csv, row 3"):
        read(f"source,target,rating\n1,3,1\n{row}\n4,3,1\n", strict=True)


def test_repeated_pairs_are_no_fault_even_when_strict(read):
    frame = read("1,2,5\n2,1,1\n1,2,4\n", strict=True)
    assert frame.to_numpy().tolist() == [[2, 1, 1.0], [1, 2, 4.0]]
    assert unused(frame) == {1: "the same pair is rated again later"}
    assert balance(frame) == [3, 2, 1]


def test_the_newest_rating_of_a_pair_counts_and_the_last_of_equals(read):
    frame = read("1,2,1,300\n1,2,2,100\n1,3,3,50\n1,3,4,50\n1,4,5,\n1,4,6,10\n1,4,7,\n")
    assert frame.to_numpy().tolist() == [[1, 2, 1, 300], [1, 3, 4, 50], [1, 4, 6, 10]]
    assert unused(frame).keys() == {2, 3, 5, 7}


def test_no_row_that_can_be_used_is_an_error_that_says_why(read):
    with pytest.raises(ArchiveError, match="no row can be used as a rating.*no number"):
        read("source,target,rating\n1,2,x\n2,3,y\n")
    with pytest.raises(ArchiveError, match="no row can be used"):
        read("source,target,rating\n")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "the file holds no rows"),
        ("\n\n# nothing\n", "the file holds no rows"),
        ("source,target\n1,2\n", "there is no column rating, only source, target"),
        ("1,2\n", "its columns cannot be told"),
        ("1,2,3,4,5\n", "its columns cannot be told"),
        ("wer,wen,wie\n1,2,3\n", "its columns cannot be told"),
        (b"PK\x03\x04zip", "workbook or a zip"),
        (gzip.compress(b"1,2,3\n" * 999, mtime=0)[:-20], "cannot be read to its end"),
    ],
)
def test_a_file_that_is_none_of_ratings_is_refused_with_a_reason(read, content, reason):
    with pytest.raises(ArchiveError, match=reason) as raised:
        read(content)
    assert str(raised.value).startswith("told.csv")
    assert raised.value.mend


def test_a_missing_file_and_a_folder_are_told(tmp_path):
    cases = {tmp_path / "none.csv": "there is no such file", tmp_path: "this is a folder"}
    for path, words in cases.items():
        with pytest.raises(ArchiveError, match=words):
            load_ratings(path)


def test_a_file_larger_than_allowed_is_refused(read):
    with pytest.raises(ArchiveError, match="larger than what is read"):
        read(text_of(ROWS * 1000), limits=ReadLimits(max_member_bytes=1000))


# ------------------------------------------------------------------------------ times


@pytest.mark.parametrize(
    ("texts", "seconds"),
    [
        (["1289241911.72836", "1289241941.5"], [1289241911.72836, 1289241941.5]),
        (["1289241911728", "1289241941000"], [1289241911.728, 1289241941.0]),
        (["1289241911728000", "1289241941000000"], [1289241911.728, 1289241941.0]),
        (["1289241911000000000", "1289241941000000000"], [1289241911.0, 1289241941.0]),
        (["2010-11-08", "2010-11-08T18:45:11+00:00"], [1289174400.0, 1289241911.0]),
        (["2010-11-08 18:45:11.5", "2010-11-08T19:45:11+01:00"], [1289241911.5, 1289241911.0]),
        (["8 Nov 2010", "1289241911"], [1289174400.0, 1289241911.0]),
        (["-86400", "0"], [-86400.0, 0.0]),
    ],
)
def test_times_are_read_as_seconds(read, texts, seconds):
    frame = read(f"source,target,rating,time\n1,2,1,{texts[0]}\n2,1,1,{texts[1]}\n")
    assert frame["time"].tolist() == pytest.approx(seconds, abs=1e-5)


def test_a_time_that_cannot_be_read_is_left_empty_and_told(read):
    frame = read("source,target,rating,time\n1,2,1,1000\n2,1,1,soon\n2,3,1,\n")
    assert frame["time"].tolist()[0] == 1000.0
    assert np.isnan(frame["time"].tolist()[1:]).all()
    report = report_of(frame).set_index("row")
    assert report.loc[3, "reason"] == "the time cannot be read; left empty"
    assert report.loc[3, "value"] == "soon"
    assert "rows without a time" in report["reason"].tolist()
    with pytest.raises(RecordError, match="row 3: the time cannot be read"):
        read("source,target,rating,time\n1,2,1,1000\n2,1,1,soon\n", strict=True)


# ------------------------------------------------------------------------------ the frame


def test_frames_with_a_report_can_be_joined_copied_and_added(read):
    one, other = read("1,2,3\n1,1,1\n"), read("3,2,3\n")
    assert len(pd.concat([one, other])) == 2
    assert (one + one.copy())["rating"].tolist() == [6.0]
    assert one[one["rating"] > 0].attrs["report"] == one.attrs["report"]


def test_many_rows_of_one_reason_are_counted(read):
    frame = read("1,2,3\n" + "1,1,1\n" * 2500)
    report = report_of(frame)
    own = report[report["reason"].str.contains("oneself")]
    assert (own["row"] > 0).sum() == 1000
    further = own[own["row"] == 0]
    assert sum(map(int, further["value"])) == 1500


def test_more_than_one_chunk_gives_the_same_people(read, monkeypatch):
    text = "".join(f"{n % 50},{(n * 7 + 1) % 50},{n % 5},{n}\n" for n in range(3000)) + "x,1,1,1\n"
    whole = read(text)
    monkeypatch.setattr("trustgraph.datasets._rows_read._ROWS", 100)
    pd.testing.assert_frame_equal(read(text), whole)
    assert set(whole["source"]) == {str(n) for n in range(50)} | {"x"}


def test_the_frame_is_taken_by_ratings(read):
    ratings = tg.graph.Ratings.from_frame(read(text_of(ROWS)))
    assert ratings.scale == 10.0
    assert ratings.rating.tolist() == [1.0, -0.35, 0.0]


@settings(max_examples=40)
@given(
    pairs=st.dictionaries(
        st.tuples(st.integers(0, 9), st.integers(10, 19)),
        st.tuples(st.floats(-100, 100), st.integers(0, 10**10)),
        min_size=1,
        max_size=20,
    ),
    words=st.booleans(),
    mark=st.sampled_from([",", ";", "\t", " "]),
)
def test_what_is_written_is_read(pairs, words, mark, tmp_path_factory):
    name = "p{}" if words else "{}"
    rows = [
        [name.format(one), name.format(other), repr(rating), str(time)]
        for (one, other), (rating, time) in pairs.items()
    ]
    path = tmp_path_factory.mktemp("told") / "told.txt"
    path.write_text(text_of([["source", "target", "rating", "time"], *rows], mark))
    frame = load_ratings(path, strict=True)
    kind = str if words else int
    assert frame["source"].tolist() == [kind(row[0]) for row in rows]
    assert frame["target"].tolist() == [kind(row[1]) for row in rows]
    assert all(map(math.isclose, frame["rating"], [float(row[2]) for row in rows]))
    assert frame["time"].tolist() == [float(row[3]) for row in rows]


# ------------------------------------------------------------------------------ Bitcoin OTC


def test_bitcoin_otc_is_as_published():
    home = published("bitcoin_otc/soc-sign-bitcoinotc.csv")
    ratings = load_bitcoin_otc(home)
    assert len(ratings) == 35_592
    assert ratings["rating"].between(-10, 10).all()
    assert not (ratings["rating"] == 0).any()
    assert 0.89 < (ratings["rating"] > 0).mean() < 0.91
    days = pd.to_datetime(ratings["time"], unit="s")
    assert [str(day.date()) for day in (days.min(), days.max())] == ["2010-11-08", "2016-01-25"]
    assert balance(ratings) == [35_592, 35_592, 0]


def test_nothing_is_no_path():
    with pytest.raises(TypeError, match="path is None; name the file"):
        load_ratings(None)
