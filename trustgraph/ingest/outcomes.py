"""The list of asks that a user keeps in a spreadsheet, as a CSV file."""

import csv
import datetime as dt
import io
import os
import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import pandas as pd

from trustgraph._text import clean
from trustgraph.errors import ArchiveError, RecordError
from trustgraph.ingest.archives import Member
from trustgraph.ingest.dates import DAY_MONTH_YEAR, ISO, MONTH_DAY_YEAR, parse_dates
from trustgraph.ingest.decoding import CleanStream, decoded
from trustgraph.ingest.headers import missing_columns
from trustgraph.ingest.journal import NOT_USED, Journal
from trustgraph.ingest.paths import shown
from trustgraph.ingest.safe_csv import plain_text, write_safe_csv
from trustgraph.ingest.tables import Header, Table, find_header, read_whole
from trustgraph.ingest.whole_files import read_bounded
from trustgraph.models.columns import REPORT_COLUMNS
from trustgraph.models.outcome import OUTCOME_EVENTS, Outcome
from trustgraph.models.outcomes import OUTCOME_COLUMNS, Outcomes
from trustgraph.models.rows import checked

__all__ = ["read_outcomes", "write_outcomes"]

_NEEDED: Final = ("introducer", "target", "asked")
_DAYS: Final = ("asked", *OUTCOME_EVENTS)
_TABLE: Final = Table("outcomes", _NEEDED, tuple(n for n in OUTCOME_COLUMNS if n not in _NEEDED))
_FORMS: Final = (ISO, DAY_MONTH_YEAR, MONTH_DAY_YEAR)
_YEARS: Final = range(1930, 2101)
_EITHER: Final = re.compile(r"[0-9]{1,2}[./-][0-9]{1,2}[./-](?:[0-9]{2}|[0-9]{4})")
_SEPARATOR: Final = re.compile(r"[./-]")
_MONTHS: Final = 12
_CENTURY: Final = 100
_PIVOT: Final = 70
_WRITE_DAY: Final = "write days as 2026-03-02"
_AS_TEXT: Final = f"say day_first=True or day_first=False, or {_WRITE_DAY}"
_LONGEST_LINE: Final = 100_000


def read_outcomes(
    path: str | os.PathLike[str], *, strict: bool = False, day_first: bool | None = None
) -> Outcomes:
    r"""Read the list of asks that a user keeps in a spreadsheet.

    Parameters
    ----------
    path
        CSV file with the columns ``introducer``, ``target`` and ``asked``, and perhaps ``passed``,
        ``endorsed``, ``forwarded``, ``declined``, ``silent``, ``met``, ``hired`` (days),
        ``seeker``, ``purpose``, ``clarity``, ``incentive`` and ``note``, in any order and case.
    strict
        Whether the first row that cannot be used is an error; otherwise it is reported.
    day_first
        Whether ``1/2/2026`` is the first of February, as a spreadsheet may write a day when it
        saves the file again; None: nobody can tell.

    Returns
    -------
    Outcomes
        The asks in the order of the file. ``report`` names each row that is not used, with the
        reason, the value and what to do. Columns of the user's own are kept as they are, for
        `write_outcomes`. A file with titles alone is an empty list.

    Raises
    ------
    ArchiveError
        If the file is not there, cannot be read, lacks one of the three columns, or has rows none
        of which can be used.
    RecordError
        With ``strict``, at the first row that cannot be used.

    Notes
    -----
    Days are ISO days (the day of an ISO time), ``2 Mar 2026`` or ``Mar 2, 2026``, from 1930 to
    2100. Of ``13/2/2026`` and ``2/13/2026`` the month is clear; ``1/2/2026``, and every such day
    whose year has two digits, is refused unless ``day_first`` says what it means. A row of the same
    seeker, introducer, target and day as one above is reported and not used. Spaces around a cell
    are taken off, except in ``note``, and so is the apostrophe that keeps a spreadsheet from taking
    a cell for a formula.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> file = pathlib.Path(tempfile.mkdtemp(), "asks.csv")
    >>> _ = file.write_text(
    ...     "Target,Introducer,Asked,Declined\ncy,bo,2026-03-02,\ncy,di,1/2/2026,\n"
    ... )
    >>> asks = tg.ingest.read_outcomes(file)
    >>> [(one.introducer, one.state) for one in asks]
    [('bo', 'open')]
    >>> asks.report.query("level == 'error'")[["row", "reason", "value"]].values.tolist()
    [[3, 'not used: asked: the day cannot be told from the month', '1/2/2026']]
    """
    file = Path(path).expanduser()
    content = read_bounded(file)
    member = Member(shown(file.name), lambda: io.BytesIO(content))
    header = _header(member, content)
    journal = Journal(strict=strict)
    titles = _own_titles(member, header, journal)
    keys = tuple(titles)
    form = Table(_TABLE.name, _TABLE.required, _TABLE.optional + keys)
    rows = read_whole(member, form, header, journal).map(plain_text)
    found = _outcomes(rows, member.path, journal, day_first=day_first)
    journal.used(member.path, len(found))
    if len(rows) and not found:
        raise ArchiveError(
            "none of its rows can be used", file=member.path, mend=journal.advice(file=member.path)
        )
    report = journal.frame()
    return Outcomes(
        items=tuple(found.values()),
        extra_columns=tuple(titles.values()),
        extra=tuple(tuple(rows.loc[line, list(keys)]) for line in found) if keys else (),
        told=tuple(report[list(REPORT_COLUMNS)].itertuples(index=False, name=None)),
    )


def _header(member: Member, content: bytes) -> Header:
    header = None
    with suppress(csv.Error):  # a stray line end or an endless field: then no line is a header
        header = find_header(member, _TABLE)
    if header is not None:
        return header
    if content.startswith(b"PK"):
        mend = "save the sheet as CSV, and give that"
        raise ArchiveError("this is a workbook or a zip", file=member.path, mend=mend)
    reason = "no line names the columns"
    with suppress(csv.Error):
        reason = missing_columns(member, _TABLE)
    mend = f"write a first line with {', '.join(_NEEDED)}; write_outcomes([], path) writes one"
    raise ArchiveError(reason, file=member.path, mend=mend)


def _own_titles(member: Member, header: Header, journal: Journal) -> dict[str, str]:
    """Return key and title of the columns that are the user's own; report what is not kept."""
    with member.open() as stream:
        lines = CleanStream(stream, member).lines(_LONGEST_LINE)
        line = next(text for number, (text, _) in enumerate(lines, 1) if number == header.line)
    titles = next(csv.reader([decoded(line)[0]], delimiter=header.delimiter))
    own: dict[str, str] = {}
    lost: list[str] = []
    for place, (key, title) in enumerate(zip(header.keys, titles, strict=True)):
        if key in header.keys[:place] or not key:
            lost.append(clean(title) or "(no title)")
        elif key not in _TABLE.columns:
            own[key] = clean(plain_text(title))
    if lost:
        reason = "columns without a title, or with one that stands there already; not read"
        mend = "give every column a title of its own"
        journal.say(member.path, reason, level="warning", value=", ".join(lost), mend=mend)
    if own:
        reason = "columns of your own; kept as they are"
        journal.say(member.path, reason, value=", ".join(own.values()))
    return own


def _outcomes(
    rows: pd.DataFrame, file: str, journal: Journal, *, day_first: bool | None
) -> dict[int, Outcome]:
    """Return the outcome that each line states, for those that state one."""
    texts = rows.assign(**{n: rows[n].str.strip() for n in OUTCOME_COLUMNS if n != "note"})
    # No day is without a digit: "now" and "today" would be taken for the time of reading.
    days = {
        name: parse_dates(texts[name].where(texts[name].str.contains(r"[0-9]"), ""), _FORMS)
        for name in _DAYS
    }
    found: dict[int, Outcome] = {}
    first: dict[tuple[Any, ...], int] = {}
    for line, row in zip(texts.index.tolist(), texts.to_dict("records"), strict=True):
        stated: dict[str, Any] = {n: row[n] for n in OUTCOME_COLUMNS if row[n]}
        for name in ("purpose", "incentive"):
            if name in stated:
                stated[name] = stated[name].lower()
        stated |= {n: days[n][line].date() for n in _DAYS if not pd.isna(days[n][line])}
        try:
            outcome = _checked(stated, line, file, day_first=day_first)
        except RecordError as fault:
            journal.skip(file, fault.reason, [line], values=[fault.value], mend=fault.mend)
            continue
        earlier = first.setdefault(
            (outcome.seeker, outcome.introducer, outcome.target, outcome.asked), line
        )
        if earlier == line:
            found[line] = outcome
        else:
            reason = "the same ask of the same day stands there already"
            mend = "keep one row for each ask, and write what became of it there"
            journal.skip(file, reason, [line], values=[f"row {earlier}"], mend=mend)
    return found


def _checked(stated: dict[str, Any], line: int, file: str, *, day_first: bool | None) -> Outcome:
    """Return the outcome, or raise a `RecordError` that names the value and the mend."""
    for name in _NEEDED:
        if name not in stated:
            raise RecordError(f"there is no {name}", mend=f"fill in {', '.join(_NEEDED)}")
    for name in _DAYS:
        text = stated.get(name)
        if isinstance(text, str):
            day = _numbered_day(text, day_first=day_first)
            if day is not None:
                stated[name] = day
                continue
            if day_first is None and _EITHER.fullmatch(text):
                reason = f"{name}: the day cannot be told from the month"
                raise RecordError(reason, value=text, mend=_AS_TEXT)
            raise RecordError(f"{name}: not a day", value=text, mend=_WRITE_DAY)
    return checked(Outcome, stated, line, file)


def _numbered_day(text: str, *, day_first: bool | None) -> dt.date | None:
    """Return the day of ``13/2/2026`` and the like; None if it is none, or nobody can tell."""
    if not _EITHER.fullmatch(text):
        return None
    first, second, year = (int(part) for part in _SEPARATOR.split(text))
    if day_first is None:
        if year < _CENTURY or (max(first, second) <= _MONTHS and first != second):
            return None
        day_first = first > _MONTHS
    if year < _CENTURY:
        year += 2000 if year < _PIVOT else 1900
    day, month = (first, second) if day_first else (second, first)
    with suppress(ValueError):
        return dt.date(year, month, day) if year in _YEARS else None
    return None


def write_outcomes(
    outcomes: Iterable[Outcome], path: str | os.PathLike[str], *, overwrite: bool = False
) -> None:
    """Write a list of asks to a CSV file that is safe to open in a spreadsheet.

    Parameters
    ----------
    outcomes
        The asks; none for a file of titles alone, to begin with.
    path
        Where to; UTF-8, every cell in quotation marks, lines end in LF.
    overwrite
        Whether a file that is there already may be replaced; it is, in one step.

    Raises
    ------
    ArchiveError
        If the file is there already, if nothing can be written there, or if it holds rows that
        `read_outcomes` could not use and that would be lost.
    RecordError
        If a value would not come back: a name with spaces around it, a day before 1930 or after
        2100, a NUL or half a character.
    TypeError, ValueError
        If something is no `Outcome`, or an ask is given twice.

    Notes
    -----
    `read_outcomes` gives back what was written (a carriage return by itself as a line feed), with
    the columns of the user's own.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> file = pathlib.Path(tempfile.mkdtemp(), "asks.csv")
    >>> tg.ingest.write_outcomes([], file)
    >>> asks = tg.ingest.read_outcomes(file)
    >>> asks = asks.with_outcome(tg.Outcome(introducer="bo", target="cy", asked="2026-03-02"))
    >>> tg.ingest.write_outcomes(asks, file, overwrite=True)
    >>> tg.ingest.read_outcomes(file).items == asks.items
    True
    """
    asks = outcomes if isinstance(outcomes, Outcomes) else _gathered(outcomes)
    file = Path(path).expanduser()
    if overwrite and file.exists():
        _check_nothing_is_lost(asks, shown(file.name))
    for number, outcome in enumerate(asks, start=1):
        _check_comes_back(outcome, number, file.name)
    cells: dict[str, Any] = {
        name: pd.Series([_cell(getattr(one, name)) for one in asks], dtype="str")
        for name in OUTCOME_COLUMNS
    }
    frame = pd.DataFrame(cells)
    for place, title in enumerate(asks.extra_columns):
        column = pd.Series([row[place] for row in asks.extra], dtype="str")
        frame.insert(len(frame.columns), title, column)
    write_safe_csv(frame, file, overwrite=overwrite)


def _gathered(outcomes: Iterable[Any]) -> Outcomes:
    items = tuple(outcomes)
    for one in items:
        if not isinstance(one, Outcome):
            message = f"a {type(one).__name__} is no Outcome: {one!r:.60}; give tg.Outcome(...)"
            raise TypeError(message)
    return Outcomes(items=items)


def _check_nothing_is_lost(asks: Outcomes, name: str) -> None:
    lost = [row for row in asks.told if row[0] == name and row[1] and row[3].startswith(NOT_USED)]
    if lost:
        raise ArchiveError(
            "rows of this file could not be used when it was read, and would be lost",
            file=name,
            row=lost[0][1],
            value=f"{len(lost)} rows" if len(lost) > 1 else "",
            mend="correct them in the file and read it again, or give another name",
        )


def _check_comes_back(outcome: Outcome, number: int, file: str) -> None:
    for name in ("introducer", "target", "seeker"):
        text = getattr(outcome, name)
        if text != text.strip():
            mend = "take them off"
            reason = f"{name}: spaces around it, which do not come back"
            raise RecordError(reason, file=file, row=number, value=text, mend=mend)
    for name in _DAYS:
        day = getattr(outcome, name)
        if day is not None and day.year not in _YEARS:
            raise RecordError(
                f"{name}: before 1930 or after 2100",
                file=file,
                row=number,
                value=str(day),
                mend="correct the day",
            )


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, dt.date) else str(value)
