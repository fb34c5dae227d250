"""The past of a network as closed windows: who was in contact before, and who acted again."""

import datetime as dt
from dataclasses import dataclass
from typing import Final, Self, TypeAlias

import numpy as np
import pandas as pd

from trustgraph._text import counted
from trustgraph._typing import Bools, Floats, LongInts
from trustgraph.models.columns import utc_time
from trustgraph.models.network import Network
from trustgraph.trust.acts import UNDATED, Acts, day_of, last_moment, read_acts
from trustgraph.trust.contact import ContactDays, contact_days, derive_contacts
from trustgraph.trust.evidence_table import EvidenceTable
from trustgraph.trust.pairs import Pairs

__all__ = ["DAY", "TODAY", "ContactRecord", "Past", "When", "Window", "as_record", "closed_windows"]

DAY: Final = 86_400.0
"""Seconds of a day."""
TODAY: Final = -1
"""The last day before a window begins; days are counted from its beginning."""
COLUMNS: Final = ("source", "target", "time")
LATEST: Final = 1e11
"""Seconds since 1970 beyond which a time is no time of ours: the year 5138."""
LEAST_PAST: Final = 0.5
"""What must lie before the first window, in windows."""

Past: TypeAlias = "Network | pd.DataFrame | ContactRecord"
When: TypeAlias = dt.datetime | dt.date | str | float | None


@dataclass(frozen=True, eq=False)
class Window:
    """What was known when a window began, and who acted in it.

    Attributes
    ----------
    days
        Days of contact before the window; its first day has the number 0.
    pairs
        All ordered pairs of people between whom there was contact, in either direction.
    again
        Whether the source of each pair acted towards the target in the window.
    """

    days: ContactDays
    pairs: Pairs
    again: Bools


@dataclass(frozen=True, eq=False)
class ContactRecord:
    """Acts of contact, sorted by time.

    Attributes
    ----------
    people
        Number of people.
    source, target
        Numbers of the people: the source acted towards the target.
    time
        Seconds since 1970 (UTC).
    """

    people: int
    source: LongInts
    target: LongInts
    time: Floats

    @classmethod
    def from_frame(cls, contacts: pd.DataFrame) -> Self:
        """Return the acts of a table.

        Parameters
        ----------
        contacts
            Columns ``source``, ``target`` and ``time`` (seconds since 1970), as of
            `trustgraph.datasets.load_contacts`; rows may repeat and stand in any order.

        Raises
        ------
        ValueError
            If a column is missing, there is no row, or a row cannot be used.
        """
        if missing := [name for name in COLUMNS if name not in contacts.columns]:
            message = (
                f"contacts have no column {missing[0]!r}; give source, target and time (seconds "
                "since 1970), as tg.datasets.load_contacts does"
            )
            raise ValueError(message)
        if not len(contacts):
            raise ValueError("there is no contact; give at least one row")
        if pd.api.types.is_datetime64_any_dtype(contacts["time"]):
            message = "time holds dates; give seconds since 1970, as tg.datasets.load_contacts does"
            raise ValueError(message)
        time = pd.to_numeric(contacts["time"], errors="coerce").to_numpy(np.float64)
        _refuse(contacts, "time", ~np.isfinite(time), "no time in seconds since 1970")
        late = np.abs(time) > LATEST
        _refuse(contacts, "time", late, "no time in seconds, rather one in milliseconds or less")
        number, _ = pd.factorize(pd.concat([contacts["source"], contacts["target"]]))
        source, target = np.split(number.astype(np.int64), 2)
        _refuse(contacts, "source", source < 0, "nobody")
        _refuse(contacts, "target", target < 0, "nobody")
        _refuse(contacts, "target", source == target, "a contact with oneself")
        order = np.argsort(time, kind="stable")
        return cls(int(number.max()) + 1, source[order], target[order], time[order])

    @property
    def first(self) -> float:
        """Time of the first act."""
        return float(self.time[0])

    @property
    def end(self) -> float:
        """The second after the last act."""
        return float(self.time[-1]) + 1.0

    def days(self, at: float) -> ContactDays:
        """Return the days of contact before a time, the day from it on having the number 0."""
        known = slice(0, int(np.searchsorted(self.time, at)))
        day = np.floor((self.time[known] - at) / DAY).astype(np.int64)
        return ContactDays.plain(self.source[known], self.target[known], day, people=self.people)

    def window(self, at: float, horizon_days: float) -> Window:
        """Return the window that begins at a time and is so long; that time is in it."""
        days = self.days(at)
        pairs = Pairs.between(days.actor, days.other, people=self.people)
        begin, end = np.searchsorted(self.time, [at, at + horizon_days * DAY])
        place, known = pairs.locate(self.source[begin:end], self.target[begin:end])
        again = np.bincount(place[known], minlength=len(pairs)) > 0
        return Window(days, pairs, again)


@dataclass(frozen=True, eq=False)
class EvidenceRecord(ContactRecord):
    """The evidence of a network: a message is a conversation only once it has an answer."""

    acts: Acts
    table: EvidenceTable

    @classmethod
    def from_network(cls, net: Network, table: EvidenceTable) -> Self:
        """Return the dated acts of contact of a network."""
        people = len(net.people)
        acts = read_acts(net.evidence, net.people.index, table)
        acts = acts.take(acts.day != UNDATED)
        # A raw message, whose number is the one after the last, is an act of its writer.
        acted = np.array([row.contact != "none" for row in table.kinds] + [True])[acts.kind]
        mutual = np.array([row.contact == "both" for row in table.kinds] + [False])[acts.kind]
        acts = acts.take(acted)
        back = acts.take(mutual[acted])
        day = np.concatenate([acts.day, back.day])
        order = np.argsort(day, kind="stable")
        if not len(day):
            message = (
                f"the network has {counted(len(net.evidence), 'act')}, but no dated contact, and "
                "recall is learnt from days of contact: read messages, or keep RecallModel()"
            )
            raise ValueError(message)
        return cls(
            people,
            np.concatenate([acts.source, back.target])[order],
            np.concatenate([acts.target, back.source])[order],
            day[order] * DAY,
            acts,
            table,
        )

    def days(self, at: float) -> ContactDays:
        """Return the days of contact as they were known before a day began."""
        start = int(at // DAY)
        known = self.acts.take(self.acts.day < start)
        days = contact_days(
            derive_contacts(known, self.table, people=self.people), self.table, people=self.people
        )
        return ContactDays(days.actor, days.other, days.day - start, days.answered)


def as_record(past: object, table: EvidenceTable | None = None) -> ContactRecord:
    """Return a network or a table of contacts as a record.

    Parameters
    ----------
    past
        A network, a table with ``source``, ``target`` and ``time``, or a record.
    table
        What the kinds of evidence of a network say; default: `EvidenceTable()`.

    Raises
    ------
    ValueError
        If there is no dated contact, or the table cannot be used.
    TypeError
        If it is none of these.
    """
    if isinstance(past, ContactRecord):
        return past
    if isinstance(past, pd.DataFrame):
        return ContactRecord.from_frame(past)
    if isinstance(past, Network):
        return EvidenceRecord.from_network(past, table or EvidenceTable())
    message = (
        f"recall is learnt from a Network or a table of contacts, not from {type(past).__name__}"
    )
    raise TypeError(message)


def closed_windows(
    past: Past,
    record: ContactRecord,
    *,
    horizon_days: float,
    number: int,
    as_of: When,
) -> list[Window]:
    """Return the last windows that were over at a date, the newest first.

    Parameters
    ----------
    past
        What the record was made of; a network may have a date of its own.
    record
        The contacts.
    horizon_days
        Length of a window.
    number
        How many windows, back to back; fewer if the past is too short.
    as_of
        Date at which the last window is over: seconds since 1970, or a date, whose whole day
        belongs to it. Default: the date of the network, else the last contact.

    Raises
    ------
    ValueError
        If there is no closed window with something before it, or the number is none.
    """
    if number < 1 or number != int(number):
        raise ValueError(f"windows is {number!r}; give a whole number from 1")
    end = _end(past, record, as_of)
    width = horizon_days * DAY
    starts = [end - place * width for place in range(1, int(number) + 1)]
    if isinstance(record, EvidenceRecord):
        starts = [start // DAY * DAY for start in starts]
    usable = [start for start in starts if start - record.first >= LEAST_PAST * width]
    if not usable:
        span = max(0.0, (end - record.first) / DAY)
        message = (
            f"the past is too short to learn from: {span:.1f} days of contact, and a window of "
            f"{horizon_days:g} days with something before it needs "
            f"{(1 + LEAST_PAST) * horizon_days:g}; choose a shorter horizon_days"
        )
        raise ValueError(message)
    return [record.window(start, horizon_days) for start in usable]


def _end(past: Past, record: ContactRecord, as_of: When) -> float:
    if isinstance(as_of, (int, float, np.number)):
        if not np.isfinite(as_of):
            raise ValueError(f"as_of is {as_of!r}; give seconds since 1970, or a date")
        return float(as_of)
    moment = utc_time(as_of)
    if moment is None and isinstance(past, Network):
        moment = past.as_of
    if isinstance(record, EvidenceRecord):
        return record.end // DAY * DAY + DAY if moment is None else (day_of(moment) + 1) * DAY
    return record.end if moment is None else last_moment(moment).timestamp()


def _refuse(contacts: pd.DataFrame, column: str, wrong: Bools, reason: str) -> None:
    """Raise a `ValueError` at the first row that cannot be used."""
    if wrong.any():
        row = int(np.argmax(wrong))
        value = contacts[column].iloc[row]
        message = (
            f"{counted(int(wrong.sum()), 'contact')} cannot be used, the first in row {row + 1}: "
            f"{column} {str(value)[:40]!r} is {reason}; leave such rows out"
        )
        raise ValueError(message)
