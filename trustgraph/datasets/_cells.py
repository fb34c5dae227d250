"""How an archive writes tables, dates and addresses."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from trustgraph.datasets._facts import ArchiveFacts

__all__ = [
    "clock_text",
    "csv_bytes",
    "day_text",
    "fact_of",
    "java_text",
    "moment_text",
    "month_text",
    "slashed_text",
]

_MONTHS: Final = tuple("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split())
_WEEKDAYS: Final = tuple("Mon Tue Wed Thu Fri Sat Sun".split())
_ZONE: Final = "America/Los_Angeles"


def csv_bytes(
    header: str,
    rows: Iterable[Sequence[Any]],
    *,
    preamble: str = "",
    quote_all: bool = False,
    line_end: str = "\n",
) -> bytes:
    """Return a table as the archive writes it: UTF-8, no line end after the last row."""
    out = io.BytesIO()
    text = io.TextIOWrapper(out, encoding="utf-8", newline="")
    text.write(preamble)
    writer = csv.writer(
        text, quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL, lineterminator=line_end
    )
    writer.writerow(header.split(","))
    writer.writerows(rows)
    text.flush()
    out.truncate(out.tell() - len(line_end))
    return out.getvalue()


def fact_of(facts: ArchiveFacts, people: "pd.Series[Any]", name: str) -> list[str]:
    """Return one fact about each person, empty where nobody is named."""
    return facts.people[name].reindex(people).fillna("").tolist()


def day_text(times: "pd.Series[Any]") -> list[str]:
    """Return days as ``08 Feb 2026``."""
    days = times.dt
    return [
        f"{day:02d} {_MONTHS[month - 1]} {year}"
        for day, month, year in zip(
            days.day.tolist(), days.month.tolist(), days.year.tolist(), strict=True
        )
    ]


def month_text(times: "pd.Series[Any]") -> list[str]:
    """Return months as ``Feb 2026``, empty where there is none."""
    return [f"{_MONTHS[one.month - 1]} {one.year}" if one is not pd.NaT else "" for one in times]


def moment_text(times: "pd.Series[Any]") -> list[str]:
    """Return moments as ``2026-03-13 03:18:54``, in UTC and without saying so; empty for none."""
    moments = times.dt.tz_convert(None).to_numpy()
    texts = np.datetime_as_string(moments, unit="s").tolist()
    return ["" if text == "NaT" else text.replace("T", " ") for text in texts]


def slashed_text(times: "pd.Series[Any]") -> list[str]:
    """Return moments as ``2024/02/01 15:02:55 UTC``."""
    return [f"{text.replace('-', '/')} UTC" for text in moment_text(times)]


def java_text(times: "pd.Series[Any]") -> list[str]:
    """Return moments as ``Sat Sep 05 08:12:14 UTC 2026``."""
    return [
        f"{_WEEKDAYS[at.weekday()]} {_MONTHS[at.month - 1]} {at:%d %H:%M:%S} UTC {at.year}"
        for at in times
    ]


def clock_text(times: "pd.Series[Any]", *, padded: bool = False) -> list[str]:
    """Return moments as the wall clock of California shows them: ``1/29/26, 2:37 PM``."""
    local = times.dt.tz_convert(_ZONE).dt
    width = 2 if padded else 1
    parts = zip(
        local.month.tolist(),
        local.day.tolist(),
        (local.year % 100).tolist(),
        local.hour.tolist(),
        local.minute.tolist(),
        strict=True,
    )
    return [
        f"{month:0{width}d}/{day:0{width}d}/{year:02d}, "
        f"{(hour + 11) % 12 + 1:0{width}d}:{minute:02d} {'AM' if hour < 12 else 'PM'}"  # noqa: PLR2004
        for month, day, year, hour, minute in parts
    ]
