"""Dates as the files write them, read into UTC.

English month names and AM/PM are read by our own table: what the computer's language calls a month
must not decide what a file says.
"""

import re
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

__all__ = [
    "DAY_MONTH_YEAR",
    "ISO",
    "JAVA",
    "MONTH_DAY_YEAR",
    "MONTH_YEAR",
    "PACIFIC",
    "US_MINUTES",
    "first_and_last_day",
    "is_no_date",
    "parse_dates",
]

PACIFIC: Final = "America/Los_Angeles"
UTC_DATES: Final = pd.DatetimeTZDtype("us", "UTC")
_MONTHS: Final = {
    month: number
    for number, month in enumerate(
        "jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1
    )
}
# Digits are those of ASCII alone: \d would also take those of other alphabets.
_CLOCK: Final = r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.[0-9]+)?)?"
_ZONE: Final = r"(?P<zone> ?(?:UTC|GMT|Z))"
_YEAR: Final = r"(?P<year>[0-9]{4}|[0-9]{2})"
_NAME: Final = r"(?P<month_name>[A-Za-z]{3})[a-z]*"

DAY_MONTH_YEAR: Final = re.compile(rf"^(?P<day>[0-9]{{1,2}})[ -]{_NAME}[ -]{_YEAR}$")
"""``08 Feb 2026``, and ``8-Feb-26`` after a spreadsheet has saved the file again."""
ISO: Final = re.compile(
    rf"^(?P<year>[0-9]{{4}})[-/](?P<month>[0-9]{{1,2}})[-/](?P<day>[0-9]{{1,2}})"
    rf"(?:[ T]{_CLOCK}{_ZONE}?)?$"
)
"""``2026-03-13 03:18:54 UTC``, ``2024/02/01 15:02:55 UTC``, ``2026-03-13``."""
JAVA: Final = re.compile(
    rf"^[A-Z][a-z]{{2}} {_NAME} (?P<day>[0-9]{{1,2}}) {_CLOCK}{_ZONE} (?P<year>[0-9]{{4}})$"
)
"""``Sat Sep 05 08:12:14 UTC 2026``."""
US_MINUTES: Final = re.compile(
    rf"^(?P<month>[0-9]{{1,2}})/(?P<day>[0-9]{{1,2}})/{_YEAR},? "
    rf"(?P<hour>[0-9]{{1,2}}):(?P<minute>[0-9]{{2}})\s?(?P<half>[AaPp])\.?[Mm]\.?{_ZONE}?$"
)
"""``1/29/26, 2:37 PM``, ``01/24/18, 03:00 PM`` and ``06/12/24 09:39 AM UTC``."""
MONTH_DAY_YEAR: Final = re.compile(rf"^{_NAME}\.? (?P<day>[0-9]{{1,2}}), (?P<year>[0-9]{{4}})$")
"""``Dec 11, 2019``."""
MONTH_YEAR: Final = re.compile(rf"^(?:{_NAME}\.? )?(?P<year>[0-9]{{4}})$")
"""``Aug 2022`` and ``2009``."""

_NO_DATE: Final = frozenset({"", "n/a", "not available"})
_STATED: Final = re.compile(r"[0-9APMapm. ](?:UTC|GMT|Z)(?: [0-9]{4})?$")
_FIRST_YEAR, _LAST_YEAR = 1930, 2100
_PIVOT = 70


def parse_dates(
    texts: "pd.Series[Any]", forms: Sequence[re.Pattern[str]], *, zone: str = "UTC"
) -> "pd.Series[Any]":
    """Return the moments that texts state, in UTC; NaT where a text has none of the forms.

    Parameters
    ----------
    texts
        The texts as they stand in the file.
    forms
        Forms that the column is known to have, tried in this order.
    zone
        Time zone of the clock times that do not say ``UTC``; days without a clock time are midnight
        there.

    Returns
    -------
    pandas.Series
        datetime64[us, UTC], with the index of ``texts``. In the hour that the clock repeats in
        autumn, the first of the two moments.

    Examples
    --------
    >>> from trustgraph.ingest.dates import PACIFIC, US_MINUTES, parse_dates
    >>> parse_dates(pd.Series(["1/29/26, 2:37 PM", "soon"]), [US_MINUTES], zone=PACIFIC).tolist()
    [Timestamp('2026-01-29 22:37:00+0000', tz='UTC'), NaT]
    """
    if texts.empty:
        return pd.Series([], index=texts.index, dtype=UTC_DATES)
    codes, distinct = pd.factorize(texts.astype("str").str.strip())
    written = pd.Series(distinct, dtype="str")
    clock = _parse(written, forms)
    moments = clock.dt.tz_localize("UTC")
    if zone != "UTC":
        first = np.ones(len(clock), dtype=bool)
        there = clock.dt.tz_localize(zone, ambiguous=first, nonexistent="shift_forward")
        moments = moments.where(written.str.contains(_STATED), there.dt.tz_convert("UTC"))
    taken = moments.astype(UTC_DATES).array.take(codes, allow_fill=True)
    return pd.Series(taken, index=texts.index)


def is_no_date(texts: "pd.Series[Any]") -> "pd.Series[bool]":
    """Tell which texts say that there is no date, which is no fault.

    Parameters
    ----------
    texts
        The texts as they stand in the file.

    Returns
    -------
    pandas.Series
        True for nothing, ``N/A`` and ``Not Available``.

    Examples
    --------
    >>> from trustgraph.ingest.dates import is_no_date
    >>> is_no_date(pd.Series(["N/A", "soon", ""])).tolist()
    [True, False, True]
    """
    return texts.astype("str").str.strip().str.lower().isin(_NO_DATE)


def _parse(texts: "pd.Series[str]", forms: Sequence[re.Pattern[str]]) -> "pd.Series[Any]":
    found = pd.Series(pd.NaT, index=texts.index, dtype="datetime64[us]")
    if ISO in forms:
        found = pd.to_datetime(texts, format="%Y-%m-%d %H:%M:%S UTC", errors="coerce").astype(
            "datetime64[us]"
        )
    for form in forms:
        rest = texts[found.isna()]
        if rest.empty:
            break
        found = found.fillna(_from_parts(rest.str.extract(form)))
    year = found.dt.year
    return found.where(year.between(_FIRST_YEAR, _LAST_YEAR))


def _from_parts(parts: pd.DataFrame) -> "pd.Series[Any]":
    numbers = pd.DataFrame(index=parts.index)
    for name, default in (("year", np.nan), ("month", 1), ("day", 1)):
        column = parts.get(name, pd.Series(np.nan, index=parts.index))
        numbers[name] = pd.to_numeric(column).fillna(default)
    if "month_name" in parts:
        named = parts["month_name"].str.lower()
        # An unknown name is month 0, which is no date.
        numbers["month"] = named.map(_MONTHS).fillna(0).where(named.notna(), numbers["month"])
    short = parts["year"].str.len() == 2  # noqa: PLR2004
    numbers["year"] += short * np.where(numbers["year"] < _PIVOT, 2000, 1900)
    for name, most in (("hour", 23), ("minute", 59), ("second", 59)):
        column = parts.get(name, pd.Series(np.nan, index=parts.index))
        number = pd.to_numeric(column).fillna(0)
        numbers[name] = number.where(number <= most)
    if "half" in parts:
        afternoon = parts["half"].str.lower() == "p"
        good = numbers["hour"].between(1, 12)
        numbers["hour"] = (numbers["hour"] % 12 + 12 * afternoon).where(good, np.nan)
    return pd.to_datetime(numbers, errors="coerce").astype("datetime64[us]")


def first_and_last_day(texts: "pd.Series[Any]") -> tuple["pd.Series[Any]", "pd.Series[Any]"]:
    """Return the first and the last day of the months or years that texts name.

    Parameters
    ----------
    texts
        ``"Aug 2022"``, ``"2009"``, or a full date.

    Returns
    -------
    tuple of pandas.Series
        Midnight UTC of the first and of the last day; NaT where there is no date.

    Examples
    --------
    >>> from trustgraph.ingest.dates import first_and_last_day
    >>> first, last = first_and_last_day(pd.Series(["Feb 2024", "2009"]))
    >>> last.dt.date.astype(str).tolist()
    ['2024-02-29', '2009-12-31']
    """
    text = texts.astype("str").str.strip()
    first = parse_dates(text, [MONTH_YEAR, ISO, DAY_MONTH_YEAR, MONTH_DAY_YEAR])
    is_year, is_month = text.str.fullmatch("[0-9]{4}"), text.str.fullmatch(r"[A-Za-z]+\.? [0-9]{4}")
    last = first.where(~is_month, first + pd.offsets.MonthEnd(0))
    last = last.where(~is_year, first + pd.offsets.YearEnd(0))
    return first, last.astype(UTC_DATES)
