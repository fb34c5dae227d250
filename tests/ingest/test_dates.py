"""Dates as the files write them."""

import datetime as dt
from itertools import product
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trustgraph.ingest.dates import (
    DAY_MONTH_YEAR,
    ISO,
    JAVA,
    MONTH_DAY_YEAR,
    MONTH_YEAR,
    PACIFIC,
    US_MINUTES,
    first_and_last_day,
    is_no_date,
    parse_dates,
)

ALL = [ISO, DAY_MONTH_YEAR, US_MINUTES, JAVA, MONTH_DAY_YEAR, MONTH_YEAR]
MOMENTS = st.datetimes(dt.datetime(2003, 5, 5), dt.datetime(2099, 12, 31))  # noqa: DTZ001


def parsed(text, forms=ALL, zone="UTC"):
    moment = parse_dates(pd.Series([text]), forms, zone=zone).iloc[0]
    return "" if moment is pd.NaT else moment.strftime("%Y-%m-%d %H:%M:%S")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("08 Feb 2026", "2026-02-08 00:00:00"),
        ("8 feb 2026", "2026-02-08 00:00:00"),
        ("08 February 2026", "2026-02-08 00:00:00"),
        ("4-Apr-21", "2021-04-04 00:00:00"),
        ("2026-03-13 03:18:54 UTC", "2026-03-13 03:18:54"),
        ("2024/02/01 15:02:55 UTC", "2024-02-01 15:02:55"),
        ("2026-03-13T03:18:54Z", "2026-03-13 03:18:54"),
        ("2026-03-13 03:18", "2026-03-13 03:18:00"),
        ("2024-03-15", "2024-03-15 00:00:00"),
        ("1/29/26, 2:37 PM", "2026-01-29 14:37:00"),
        ("01/24/18, 03:00 PM", "2018-01-24 15:00:00"),
        ("11/22/16, 12:05 AM", "2016-11-22 00:05:00"),
        ("11/22/16, 12:05 PM", "2016-11-22 12:05:00"),
        ("11/22/2016, 1:05\u202fam", "2016-11-22 01:05:00"),
        (" 08 Feb 2026 ", "2026-02-08 00:00:00"),
        ("11/22/16, 10:31 AM", "2016-11-22 10:31:00"),
        ("06/12/24 09:39 AM UTC", "2024-06-12 09:39:00"),
        ("Sat Sep 05 08:12:14 UTC 2026", "2026-09-05 08:12:14"),
        ("Thu Sep 5 08:12:14 GMT 2024", "2024-09-05 08:12:14"),
        ("2020-12-29 14:24 UTC", "2020-12-29 14:24:00"),
        ("2025-12-06 10:05:49", "2025-12-06 10:05:49"),
        ("Dec 11, 2019", "2019-12-11 00:00:00"),
        ("Aug 2022", "2022-08-01 00:00:00"),
        ("2009", "2009-01-01 00:00:00"),
    ],
)
def test_every_documented_form_is_read(text, expected):
    assert parsed(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "31 Feb 2026",
        "08 Foo 2026",
        "2026-13-01 00:00:00 UTC",
        "2026-03-13 25:00:00 UTC",
        "1/29/26, 13:37 PM",
        "1/29/26, 0:37 PM",
        "29/1/26, 2:37 PM",
        "01 Jan 0001",
        "31 Dec 9999",
        "08 Feb 2026 or so",
        "N/A",
        "0001-01-01 00:00:00 UTC",
        "9999-12-31 23:59:59 UTC",
        "9999",
        "0000-00-00 00:00:00 UTC",
        "99999999999999999999",
        "12/31/9999, 11:59 PM",
        "Sat Sep 05 08:12:14 UTC 9999",
        "Sat Sep 05 08:12:14 PST 2026",
        "Dec 11, 0001",
        "31 Dec 0000",
        "٢٠٢٤-٠٣-١٣",
        "08 Février 2026",
        "08 März 2026",
        "03/04/2026",
        "2026-03-13 03:18:54 UTC\n2026-03-13",
        "\0\ufffd",
    ],
)
def test_what_is_no_date_is_no_date(text):
    assert parsed(text) == ""


@settings(deadline=None)
@given(MOMENTS)
def test_written_and_read_again_a_moment_is_the_same(moment):
    whole = moment.replace(microsecond=0)
    stamp = f"{whole:%Y-%m-%d %H:%M:%S}"
    assert parsed(stamp + " UTC") == stamp
    assert parsed(stamp.replace("-", "/") + " UTC") == stamp
    hour = f"{(whole.hour + 11) % 12 + 1}:{whole:%M} {'PM' if whole.hour >= 12 else 'AM'}"
    short = f"{whole.month}/{whole.day}/{whole.year}, {hour}"
    assert parsed(short) == f"{whole:%Y-%m-%d %H:%M}:00"


@settings(deadline=None)
@given(MOMENTS)
def test_a_pacific_clock_is_read_as_the_standard_library_reads_it(moment):
    local = moment.replace(second=0, microsecond=0, tzinfo=ZoneInfo(PACIFIC))
    back = local.astimezone(dt.UTC).astimezone(ZoneInfo(PACIFIC))
    if back.replace(tzinfo=None) != local.replace(tzinfo=None):
        return  # an hour that the clock leaves out in spring
    text = f"{local.month}/{local.day}/{local.year}, {local:%I:%M %p}"
    assert parsed(text, zone=PACIFIC) == f"{local.astimezone(dt.UTC):%Y-%m-%d %H:%M:%S}"


def test_the_hour_that_comes_twice_is_its_first_and_the_missing_hour_moves_on():
    # 1 November 2026, 2 AM PDT = 1 AM PST; PDT is UTC-7, so the first 1:30 AM is 8:30 UTC.
    assert parsed("11/1/26, 1:30 AM", zone=PACIFIC) == "2026-11-01 08:30:00"
    # 8 March 2026, the clock goes from 2 AM PST to 3 AM PDT, which is 10:00 UTC.
    assert parsed("3/8/26, 2:30 AM", zone=PACIFIC) == "2026-03-08 10:00:00"


@pytest.mark.parametrize(
    "text",
    ["2026-01-29 22:37:00 UTC", "2026-01-29T22:37Z", "1/29/26, 10:37 PM UTC", "1/29/26, 2:37 PM"],
)
def test_a_zone_that_is_written_counts_and_no_other(text):
    assert parsed(text, zone=PACIFIC) == "2026-01-29 22:37:00"


def test_what_says_that_there_is_no_date_is_told_from_what_cannot_be_read():
    texts = pd.Series(["N/A", "Not Available", " n/a ", "", "soon", "2024-06-12"])
    assert is_no_date(texts).tolist() == [True] * 4 + [False] * 2


@pytest.mark.parametrize("zone", ["UTC", PACIFIC])
@pytest.mark.parametrize("forms", [[form] for form in ALL] + [ALL])
def test_no_text_makes_a_reader_of_dates_fail(forms, zone):
    parts = product(("0001", "1677", "2262", "9999"), (0, 2, 13), (0, 30, 32), (0, 24))
    odd = [f"{year}-{month}-{day} {hour}:00:00 UTC" for year, month, day, hour in parts]
    odd += [text.replace("-", "/") for text in odd] + ["0", "-1", "1e999", "inf", "NaT", "nan"]
    odd += [f"{n}/{n}/{n:02}, {n}:{n:02} PM" for n in range(100)]
    dates = parse_dates(pd.Series(odd), forms, zone=zone)
    assert str(dates.dtype) == "datetime64[us, UTC]"
    assert dates.dropna().dt.year.between(1930, 2100).all()


def test_the_index_and_repeats_are_kept():
    texts = pd.Series(["08 Feb 2026", "x", "08 Feb 2026"], index=[5, 7, 9])
    dates = parse_dates(texts, ALL)
    assert dates.index.tolist() == [5, 7, 9]
    assert dates.isna().tolist() == [False, True, False]
    assert str(dates.dtype) == "datetime64[us, UTC]"
    assert str(parse_dates(pd.Series([], dtype="str"), ALL).dtype) == "datetime64[us, UTC]"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Aug 2022", "2022-08-01", "2022-08-31"),
        ("Feb 2024", "2024-02-01", "2024-02-29"),
        ("2009", "2009-01-01", "2009-12-31"),
        ("2019-05-07", "2019-05-07", "2019-05-07"),
        ("", "NaT", "NaT"),
        ("sometime", "NaT", "NaT"),
    ],
)
def test_a_month_or_year_has_a_first_and_a_last_day(text, first, last):
    one, other = first_and_last_day(pd.Series([text]))
    assert [str(one.iloc[0])[:10], str(other.iloc[0])[:10]] == [first, last]
