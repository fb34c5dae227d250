"""What is known about a table before it is read, and how large a table may be."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

__all__ = ["LONGEST_ROW", "MOST_COLUMNS", "Repair", "Table"]

MOST_COLUMNS: Final = 1_000
"""Columns that a header may have; the widest table of an archive has 20."""
LONGEST_ROW: Final = 2_000_000
"""Bytes that a row may have; the longest message takes some ten thousand."""

Repair = Literal["spilled_lines", "unquoted_date", "unquoted_last"]


@dataclass(frozen=True)
class Table:
    """What is known about a table before it is read.

    Attributes
    ----------
    name
        Name for messages.
    required
        Keys of the columns without which the table cannot be read.
    optional
        Keys of the other columns that are read.
    plain
        Keys of columns whose texts seldom repeat.
    also
        Other names of columns: key in the file -> key here.
    date
        Key of a column that holds a date in every row; empty for none. It tells where a row begins
        after a broken one, and whether the fields of a short row stand in their places.
    forms
        Forms of that date, as in `trustgraph.ingest.dates`.
    repairs
        Faults that files of this table are known to have; see `trustgraph.ingest.repairs`.
    """

    name: str
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    also: Mapping[str, str] = field(default_factory=dict)
    date: str = ""
    forms: tuple[re.Pattern[str], ...] = ()
    repairs: tuple[Repair, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns that are read."""
        return self.required + self.optional
