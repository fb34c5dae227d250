"""What the texts of a file of ratings or contacts say: ids, numbers and moments, many at once.

Texts that repeat are looked at once; nothing here takes a step of Python for every row.
"""

import re
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from trustgraph._text import clean
from trustgraph._typing import Bools, Floats, LongInts
from trustgraph.ingest.dates import DAY_MONTH_YEAR, ISO, MONTH_DAY_YEAR, parse_dates

__all__ = ["Ids", "numbers_of", "seconds_of", "unit_of"]

MISSING: Final = frozenset({"", "nan", "NaN", "NA", "N/A", "n/a", "null", "NULL"})
"""Texts that name nobody and state nothing."""
_WHOLE: Final = re.compile(r"0|-?[1-9][0-9]*")
_COMMA: Final = re.compile(r"^([+-]?[0-9]+),([0-9]+)$")
_UNITS: Final = (
    (1e17, 1e9, "nanoseconds"),
    (1e14, 1e6, "microseconds"),
    (1e11, 1e3, "milliseconds"),
)
"""From which size on times are of which unit: as seconds they would lie after the year 5000."""


class Ids:
    """Gives numbers to the ids of people, the same for the same id in every chunk of a file."""

    def __init__(self) -> None:
        self._number: dict[str, int] = {}

    def numbers(self, column: "pd.Series[Any]") -> LongInts:
        """Return the number of each id, -1 where there is none.

        Parameters
        ----------
        column
            Texts.

        Returns
        -------
        ndarray
            Numbers from 0, shape (m,).
        """
        codes, texts = _distinct(column)
        known = self._number
        found = [
            -1 if text in MISSING else known.setdefault(text, len(known))
            for text in map(clean, texts)
        ]
        return np.asarray(np.array(found or [-1], np.int64)[codes], np.int64)

    def labels(self) -> "pd.Series[Any]":
        """Return the ids by number: whole numbers if all are written as such, else texts."""
        texts = list(self._number)
        if all(map(_WHOLE.fullmatch, texts)):
            whole = list(map(int, texts))
            if all(-(2**63) <= one < 2**63 for one in whole):
                return pd.Series(whole, dtype="int64")
        return pd.Series(texts, dtype="str")


def numbers_of(column: "pd.Series[Any]") -> Floats:
    """Return numbers; NaN where a text states none, or none that is finite.

    Parameters
    ----------
    column
        Texts; a comma may stand before the decimals.

    Returns
    -------
    ndarray
        Numbers, shape (m,).
    """
    codes, texts = _distinct(column)
    return _numbers(texts)[codes] if len(texts) else np.full(len(column), np.nan)


def seconds_of(column: "pd.Series[Any]") -> tuple[Floats, Bools]:
    """Return moments as numbers, and which of them were written as numbers.

    Parameters
    ----------
    column
        Texts: numbers since 1970, or dates; dates without a zone are UTC.

    Returns
    -------
    tuple of ndarray
        Seconds where a date was written, else the number itself; NaN where there is none. And
        whether it was a number.
    """
    texts = column.astype("str").str.strip()
    number = pd.to_numeric(texts, errors="coerce").to_numpy(np.float64, na_value=np.nan).copy()
    number[~np.isfinite(number)] = np.nan
    is_number = ~np.isnan(number)
    rest = np.flatnonzero(~is_number)
    if len(rest):
        codes, dates = _distinct(texts.iloc[rest])
        number[rest] = _dates(dates)[codes]
    return number, is_number


def unit_of(number: Floats) -> tuple[float, str]:
    """Return how many units of time make a second, judged by the middle one of many times.

    Parameters
    ----------
    number
        Times since 1970, none of them NaN.

    Returns
    -------
    tuple
        1 and "seconds", or 1,000 and "milliseconds", and so on.
    """
    middle = float(np.median(np.abs(number))) if len(number) else 0.0
    for least, units, word in _UNITS:
        if middle >= least:
            return units, word
    return 1.0, "seconds"


def _distinct(column: "pd.Series[Any]") -> tuple[LongInts, Sequence[str]]:
    """Return the place of each text among the distinct ones, and these."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        codes = column.cat.codes.to_numpy().astype(np.int64)
        # A chunk's categories are those of its file, or more: only what stands in it counts.
        used = np.bincount(codes, minlength=len(column.cat.categories)) > 0
        texts = column.cat.categories.to_numpy(dtype=object)[used]
        return (np.cumsum(used) - 1)[codes], texts.tolist()
    places, found = pd.factorize(column.astype("str"))
    return np.asarray(places, np.int64), np.asarray(found, dtype=object).tolist()


def _numbers(texts: Sequence[str]) -> Floats:
    plain = pd.Series([text.strip() for text in texts], dtype="str")
    plain = plain.str.replace(_COMMA, r"\1.\2", regex=True)
    number = pd.to_numeric(plain, errors="coerce").to_numpy(np.float64, na_value=np.nan).copy()
    number[~np.isfinite(number)] = np.nan
    return number


def _dates(texts: Sequence[str]) -> Floats:
    written = pd.Series(list(texts), dtype="str")
    moments = pd.to_datetime(written, utc=True, errors="coerce", format="ISO8601")
    moments = moments.astype("datetime64[us, UTC]")
    moments = moments.fillna(parse_dates(written, [ISO, DAY_MONTH_YEAR, MONTH_DAY_YEAR]))
    micro = moments.astype("int64").to_numpy()
    return np.where(moments.isna(), np.nan, micro / 1e6)
