import datetime as dt

import pandas as pd
import pytest

from trustgraph.datasets._cells import clock_text, csv_bytes, java_text, moment_text


def times(*texts):
    return pd.Series(pd.to_datetime(list(texts), utc=True).astype("datetime64[us, UTC]"))


@pytest.mark.parametrize(
    ("moment", "plain", "padded"),
    [
        # winter: eight hours behind UTC; summer: seven
        ("2026-01-29T22:37:59Z", "1/29/26, 2:37 PM", "01/29/26, 02:37 PM"),
        ("2026-07-01T00:05:00Z", "6/30/26, 5:05 PM", "06/30/26, 05:05 PM"),
        ("2005-11-10T08:00:00Z", "11/10/05, 12:00 AM", "11/10/05, 12:00 AM"),
        ("2005-11-10T20:00:00Z", "11/10/05, 12:00 PM", "11/10/05, 12:00 PM"),
        # the hour that comes twice in November, before and after the change
        ("2026-11-01T08:30:00Z", "11/1/26, 1:30 AM", "11/01/26, 01:30 AM"),
        ("2026-11-01T09:30:00Z", "11/1/26, 1:30 AM", "11/01/26, 01:30 AM"),
    ],
)
def test_the_wall_clock_of_california(moment, plain, padded):
    assert clock_text(times(moment)) == [plain]
    assert clock_text(times(moment), padded=True) == [padded]


def test_moments_are_written_in_utc_without_saying_so():
    at = dt.datetime(2026, 3, 13, 4, 18, 54, 999_000, tzinfo=dt.timezone(dt.timedelta(hours=1)))
    assert moment_text(times(at)) == ["2026-03-13 03:18:54"]
    assert moment_text(times(None)) == [""]


def test_moments_are_written_as_java_does():
    assert java_text(times("2026-09-05T08:12:14Z")) == ["Sat Sep 05 08:12:14 UTC 2026"]


def test_a_table_quotes_only_where_it_must_or_everywhere():
    rows = [["a,b", 'say "so"', "two\nlines", ""]]
    assert csv_bytes("W,X,Y,Z", rows) == b'W,X,Y,Z\n"a,b","say ""so""","two\nlines",'
    assert csv_bytes("W,X", [["å", ""]], quote_all=True) == '"W","X"\n"å",""'.encode()
    assert csv_bytes("W,X", []) == b"W,X"
    assert csv_bytes("W,X", [["a", "b"]], line_end="\r\n") == b"W,X\r\na,b"
