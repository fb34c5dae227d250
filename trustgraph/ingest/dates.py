"""Dates as the files write them, read into UTC.

English month names and AM/PM are read by our own table: what the computer's language calls a month
must not decide what a file says.
"""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
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
_FIRST: Final = np.datetime64("1930", "us")
_END: Final = np.datetime64("2101", "us")
_PIVOT = 70
Texts = npt.NDArray[np.object_]
Clock = npt.NDArray[np.datetime64]


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
    written = np.asarray(distinct, dtype=object)
    clock = pd.DatetimeIndex(_clock_times(written, forms))
    moments = clock.tz_localize("UTC")
    if zone != "UTC":
        first = np.ones(len(clock), dtype=bool)
        there = clock.tz_localize(zone, ambiguous=first, nonexistent="shift_forward")
        states_utc = np.array([_STATED.search(text) is not None for text in written])
        moments = moments.where(states_utc, there.tz_convert("UTC"))
    return pd.Series(moments.array.take(codes, allow_fill=True), index=texts.index)


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


def _clock_times(written: Texts, forms: Sequence[re.Pattern[str]]) -> Clock:
    """Return what clock and calendar showed, without a zone; NaT where a text has no such form."""
    found = np.full(len(written), np.datetime64("NaT"), dtype="datetime64[us]")
    if ISO in forms:  # by far the most frequent one, and the only one that a faster reader knows
        texts = pd.Index(written)
        read = pd.to_datetime(texts, format="%Y-%m-%d %H:%M:%S UTC", errors="coerce")
        found = read.to_numpy(dtype="datetime64[us]", copy=True)
    for at in np.flatnonzero(np.isnat(found)).tolist():
        shown = (_shown(form.match(written[at])) for form in forms)
        seconds = next((one for one in shown if one is not None), None)
        if seconds is not None:
            found[at] = np.datetime64(seconds, "s")
    found[(found < _FIRST) | (found >= _END)] = np.datetime64("NaT")
    return found


def _shown(match: re.Match[str] | None) -> int | None:
    """Return the seconds from 1970 to what a text shows; None if there is no such date or time."""
    if match is None:
        return None
    parts = match.groupdict()
    year = int(parts["year"])
    if len(parts["year"]) == 2:  # noqa: PLR2004
        year += 2000 if year < _PIVOT else 1900
    name = parts.get("month_name")
    month = int(parts.get("month") or 1) if name is None else _MONTHS.get(name.lower(), 0)
    hour = int(parts.get("hour") or 0)
    if half := parts.get("half"):
        # 13 PM is no hour, and neither is 0 AM.
        hour = hour % 12 + 12 * (half in "Pp") if 1 <= hour <= 12 else -1  # noqa: PLR2004
    day, minute = int(parts.get("day") or 1), int(parts.get("minute") or 0)
    second = int(parts.get("second") or 0)
    try:
        moment = dt.datetime(year, month, day, hour, minute, second, tzinfo=dt.UTC)
    except ValueError:
        return None
    return int(moment.timestamp())


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
    last = first.dt.tz_localize(None).to_numpy(dtype="datetime64[us]", copy=True)
    for unit, form in (("M", r"[A-Za-z]+\.? [0-9]{4}"), ("Y", "[0-9]{4}")):
        is_long = text.str.fullmatch(form).to_numpy(dtype=bool)
        after = last[is_long].astype(f"datetime64[{unit}]") + 1
        last[is_long] = after.astype("datetime64[D]") - 1
    return first, pd.Series(last, index=texts.index).dt.tz_localize("UTC")
