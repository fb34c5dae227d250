"""Rows of a user's tables: which ones can be used, and why the others cannot.

Every function takes rows of texts with the columns ``file`` and ``row``, reports the rows that
cannot be used, and returns the others as a network takes them.
"""

from collections.abc import Callable
from typing import Any, Final

import numpy as np
import pandas as pd

from trustgraph.ingest.dates import (
    DAY_MONTH_YEAR,
    ISO,
    MONTH_YEAR,
    first_and_last_day,
    parse_dates,
)
from trustgraph.ingest.journal import Journal
from trustgraph.ingest.people_named import MENDS, NO_NAME, NamedPeople, filled_ids
from trustgraph.ingest.reporting import leave_out, report
from trustgraph.models import Position, Text
from trustgraph.models.distinct import distinct
from trustgraph.models.facts import FACT_KINDS
from trustgraph.models.people import LONGEST_TEXT
from trustgraph.models.references import CERTAINTY_RANGE, TRUST_RANGE

__all__ = ["ROW_RULES", "checked_people", "text_dates"]

_YES: Final = frozenset("1 on t true x y yes".split())
_NO: Final = frozenset(["", *"0 off f false n no".split()])
_YEARS: Final = (1900, 2100)
_DATE: Final = "write dates as 2026-11-23 or 2026-11-23T10:00:00Z"
_LONG: Final = f"a text of more than {LONGEST_TEXT} characters"
_SHORTEN: Final = "shorten it"
_ISO_DAY: Final = r"\d{4}-?\d\d-?\d\d"
_MONTH: Final = r"(?:[A-Za-z]+\.? )?\d{4}"
UTC: Final = pd.DatetimeTZDtype("us", "UTC")

Rows = pd.DataFrame
Rule = Callable[[Rows, NamedPeople, Journal], Rows]


def text_dates(texts: "pd.Series[Any]", *, last: bool = False) -> "pd.Series[Any]":
    """Return the moments that a user's texts state; NaT where there is none that is certain.

    Parameters
    ----------
    texts
        ISO days and times with or without zone, ``8 Feb 2026``, ``Feb 2026``, ``2026``.
    last
        Whether a month or year means its last day, not its first.

    Returns
    -------
    pandas.Series
        In UTC; a time without zone is read as UTC. ``1/2/2026`` is no date: it may be in January
        or in February. Years before 1900 and after 2100 are none either.

    Examples
    --------
    >>> from trustgraph.ingest.checked_rows import text_dates
    >>> texts = pd.Series(["2026-11-23T10:00:00.5+01:00", "Feb 2026", "1/2/2026"])
    >>> [str(moment) for moment in text_dates(texts)]
    ['2026-11-23 09:00:00.500000+00:00', '2026-02-01 00:00:00+00:00', 'NaT']
    """
    codes, found = pd.factorize(texts.astype("str").str.strip())
    text = pd.Series(found, dtype="str")
    if text.empty:
        return pd.Series(pd.NaT, index=texts.index, dtype=UTC)
    iso = text.where(text.str.match(_ISO_DAY))
    moments = pd.to_datetime(iso, format="ISO8601", utc=True, errors="coerce").astype(UTC)
    rest = moments.isna()
    if rest.any():
        # No date is without a digit: "now" and "today" would be taken for the time of reading.
        rest &= text.str.contains(r"\d")
        moments[rest] = parse_dates(text[rest], [ISO, DAY_MONTH_YEAR])
        months = text[rest & text.str.fullmatch(_MONTH)]
        if len(months):
            parsed = parse_dates(months, [MONTH_YEAR])
            moments[months.index] = first_and_last_day(months)[1] if last else parsed
    moments = moments.where(moments.dt.year.between(*_YEARS))
    return pd.Series(moments.array.take(codes), index=texts.index)


def checked_people(rows: Rows, journal: Journal) -> Rows:
    """Return the people whom rows state: each once, with an id.

    Parameters
    ----------
    rows
        Columns file, row, id, name, organisation, position, location, url, do_not_ask.
    journal
        Told what cannot be used.

    Returns
    -------
    pandas.DataFrame
        The usable rows.
    """
    rows = rows.assign(id=filled_ids(rows))
    rows = _without_long(rows, journal, "id", "name", "organisation", "position", "location", "url")
    nameless = rows["id"].str.strip() == ""
    mend = "give every person an id, a name or an address"
    rows = leave_out(rows, nameless, journal.skip, "nothing names this person", mend=mend)
    said = rows["do_not_ask"].str.strip().str.lower()
    unclear = ~said.isin(_YES | _NO)
    reason = "do_not_ask is neither yes nor no; taken as yes: this person is not asked"
    report(rows, unclear, journal.doubt, reason, value="do_not_ask", mend="write yes or no")
    rows = rows.assign(do_not_ask=~said.isin(_NO))
    return leave_out(
        rows,
        rows["id"].duplicated(),
        journal.skip,
        "this person stands there already",
        value="id",
        mend="give every person one row, and namesakes an id each",
    )


def _without_long(rows: Rows, journal: Journal, *columns: str) -> Rows:
    for column in columns:
        long = rows[column].str.len() > LONGEST_TEXT
        rows = leave_out(rows, long, journal.skip, f"{column}: {_LONG}", mend=_SHORTEN)
    return rows


def _found(rows: Rows, known: NamedPeople, journal: Journal, *ends: str) -> Rows:
    """Put the ids of people in place of what the table calls them."""
    for end in ends:
        ids, faults = known.find(rows[end])
        for fault, mend in MENDS.items():
            odd = (faults == fault).reindex(rows.index, fill_value=False)
            reason = f"{end}: {fault}"
            rows = leave_out(rows, odd, journal.skip, reason, value=end, mend=mend)
        rows = rows.assign(**{end: ids[rows.index]})
    if len(ends) > 1:
        alike = rows[ends[0]] == rows[ends[1]]
        mend = "name two different people"
        reason = "source and target are the same person"
        rows = leave_out(rows, alike, journal.skip, reason, value=ends[0], mend=mend)
    return rows


def _dated(rows: Rows, journal: Journal, *columns: str) -> Rows:
    """Put moments in place of texts."""
    for column in columns:
        moments = text_dates(rows[column], last=column in {"finished", "until"})
        odd = moments.isna() & (rows[column].str.strip() != "")
        reason = f"{column}: not a date"
        rows = leave_out(rows, odd, journal.skip, reason, value=column, mend=_DATE)
        rows = rows.assign(**{column: moments[rows.index]})
    if len(columns) > 1:
        first, second = columns
        mend = "change them round, or correct one"
        odd = rows[second] < rows[first]
        rows = leave_out(rows, odd, journal.skip, f"{second} is before {first}", mend=mend)
    return rows


def _numbered(
    rows: Rows, journal: Journal, column: str, default: float, low: float, high: float
) -> Rows:
    text = rows[column].str.strip()
    # What is no number becomes NaN, which is in no range.
    numbers = pd.to_numeric(text.where(text != "", str(default)), errors="coerce")
    numbers = numbers.astype(np.float64)
    odd = ~numbers.between(low, high, inclusive="neither" if np.isinf(high) else "both")
    span = "a number greater than 0" if np.isinf(high) else f"a number from {low} to {high}"
    reason, mend = f"{column}: not {span}", f"write {span}, with a point and not a comma"
    rows = leave_out(rows, odd, journal.skip, reason, value=column, mend=mend)
    return rows.assign(**{column: numbers[rows.index]})


def _of_kinds(rows: Rows, journal: Journal, kinds: tuple[str, ...], default: str = "") -> Rows:
    kind = rows["kind"].str.strip()
    rows = rows.assign(kind=kind.where(kind != "", default))
    odd, mend = ~rows["kind"].isin(kinds), f"the kinds are {', '.join(kinds)}"
    return leave_out(rows, odd, journal.skip, "no such kind", value="kind", mend=mend)


def _evidence(rows: Rows, known: NamedPeople, journal: Journal) -> Rows:
    rows = rows.assign(kind=distinct(rows["kind"], str.strip))
    mend = "write the kind of evidence, for instance recommendation"
    rows = leave_out(rows, rows["kind"] == "", journal.skip, "there is no kind", mend=mend)
    rows = _found(rows, known, journal, "source", "target")
    return _numbered(_dated(rows, journal, "at"), journal, "amount", 1.0, 0.0, np.inf)


def _positions(rows: Rows, known: NamedPeople, journal: Journal) -> Rows:
    rows = _without_long(_found(rows, known, journal, "person"), journal, "title")
    mend = "write where the person worked or studied"
    nowhere = rows["organisation"] == ""
    rows = leave_out(rows, nowhere, journal.skip, "there is no organisation", mend=mend)
    kinds = _literals(Position)
    rows = _of_kinds(_dated(rows, journal, "started", "finished"), journal, kinds, kinds[0])
    # A position is dated by days.
    return rows.assign(**{name: rows[name].dt.normalize() for name in ("started", "finished")})


def _facts(rows: Rows, known: NamedPeople, journal: Journal) -> Rows:
    rows = _without_long(_found(rows, known, journal, "person"), journal, "text", "organisation")
    return _of_kinds(_dated(rows, journal, "at", "until"), journal, FACT_KINDS)


def _texts(rows: Rows, known: NamedPeople, journal: Journal) -> Rows:
    rows = _found(rows, known, journal, "source")
    ids, faults = known.find(rows["target"])
    rows = rows.assign(target=ids)
    odd = ~faults.isin(["", NO_NAME])  # some texts are written to nobody in particular
    rows = leave_out(rows, odd, journal.skip, "target: nobody can be told", mend=MENDS[NO_NAME])
    return _of_kinds(_dated(rows, journal, "at"), journal, _literals(Text))


def _judgements(rows: Rows, known: NamedPeople, journal: Journal) -> Rows:
    rows = _found(rows, known, journal, "source", "target")
    rows = _numbered(rows, journal, "trust", np.nan, *TRUST_RANGE)
    return _numbered(rows, journal, "certainty", 0.9, *CERTAINTY_RANGE)


def _literals(model: Any) -> tuple[str, ...]:
    kinds: tuple[str, ...] = model.model_fields["kind"].annotation.__args__
    return kinds


ROW_RULES: Final[dict[str, Rule]] = {
    "evidence": _evidence,
    "positions": _positions,
    "facts": _facts,
    "texts": _texts,
    "judgements": _judgements,
}
"""Name of a table -> what its rows are held to."""
