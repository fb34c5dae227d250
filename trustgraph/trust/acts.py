"""Evidence as arrays: numbers for kinds and people, days for dates, nothing after the date."""

import datetime as dt
from dataclasses import dataclass, fields
from typing import Final

import numpy as np
import pandas as pd

from trustgraph._typing import Bools, Floats, LongInts
from trustgraph.trust.evidence_table import MESSAGE, EvidenceTable

__all__ = ["UNDATED", "Acts", "day_of", "last_moment", "read_acts"]

UNDATED: Final = int(np.iinfo(np.int64).min)
"""The day of an act whose date is unknown."""


@dataclass(frozen=True, eq=False)
class Acts:
    """Acts in columns.

    Attributes
    ----------
    kind
        Number of the kind in the table; the number after the last is the raw `message_day`.
    source, target
        Numbers of the people.
    day
        UTC days since 1 January 1970, `UNDATED` if unknown.
    amount
        Greater than 0.
    """

    kind: LongInts
    source: LongInts
    target: LongInts
    day: LongInts
    amount: Floats

    def __len__(self) -> int:
        return len(self.kind)

    def take(self, which: Bools | LongInts) -> "Acts":
        """Return some of the acts."""
        return Acts(*(getattr(self, field.name)[which] for field in fields(self)))

    def joined(self, *others: "Acts") -> "Acts":
        """Return these acts followed by others."""
        return Acts(
            *(
                np.concatenate([getattr(acts, field.name) for acts in (self, *others)])
                for field in fields(self)
            )
        )


def day_of(moment: dt.datetime) -> int:
    """Return the UTC day of a moment, in days since 1 January 1970."""
    return (moment - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)) // dt.timedelta(days=1)


def last_moment(as_of: dt.datetime) -> dt.datetime:
    """Return the last moment that belongs to a date.

    Parameters
    ----------
    as_of
        A moment in UTC. Midnight stands for the whole day, as a date without time does.

    Returns
    -------
    datetime.datetime
        The moment itself, or the end of the day.

    Examples
    --------
    >>> import datetime as dt
    >>> from trustgraph.trust.acts import last_moment
    >>> str(last_moment(dt.datetime(2026, 11, 23, tzinfo=dt.UTC)))
    '2026-11-23 23:59:59.999999+00:00'
    """
    whole_day = as_of.time() == dt.time()
    return as_of + dt.timedelta(days=1, microseconds=-1) if whole_day else as_of


def read_acts(
    evidence: pd.DataFrame,
    people: "pd.Index[str]",
    table: EvidenceTable,
    *,
    as_of: dt.datetime | None = None,
) -> Acts:
    """Return the evidence of a network as arrays.

    Parameters
    ----------
    evidence
        Columns kind, source, target (categories), at, amount.
    people
        Ids, which are numbered in this order.
    table
        The kinds that are understood.
    as_of
        Evidence after this moment is left out; None keeps all.

    Returns
    -------
    Acts
        In the order of the rows.

    Raises
    ------
    RecordError
        If a kind is not in the table; it names the first row with it and the nearest kinds.
    """
    number = {kind: position for position, kind in enumerate((*table.names, MESSAGE))}
    named = evidence["kind"].cat
    kinds = np.array([number.get(str(kind), -1) for kind in named.categories], dtype=np.int64)
    kind = kinds[named.codes.to_numpy()] if len(kinds) else np.zeros(0, dtype=np.int64)
    if (kind < 0).any():
        position = int(np.argmax(kind < 0))
        raise table.unknown(str(evidence["kind"].iloc[position]), row=position + 1)
    at = evidence["at"]
    acts = Acts(
        kind=kind,
        source=_numbers(evidence["source"], people),
        target=_numbers(evidence["target"], people),
        day=_days(at),
        amount=evidence["amount"].to_numpy(np.float64),
    )
    if as_of is None:
        return acts
    return acts.take((at.isna() | (at <= pd.Timestamp(last_moment(as_of)))).to_numpy())


def _numbers(column: "pd.Series[str]", people: "pd.Index[str]") -> LongInts:
    codes = column.cat.codes.to_numpy()
    if not len(codes):
        return np.zeros(0, dtype=np.int64)
    return people.get_indexer(column.cat.categories).astype(np.int64)[codes]


def _days(at: "pd.Series[pd.Timestamp]") -> LongInts:
    # A cast to days rounds down and keeps NaT, whose number is UNDATED.
    moments = at.dt.tz_convert(None).to_numpy("datetime64[us]")
    return moments.astype("datetime64[D]").astype(np.int64)
