"""What a reader says about each file and row, so that nothing is lost in silence.

The balance that every reader keeps, per file: rows read = rows used + rows not used, and every row
that is not used stands in the report, by itself or in the count of its reason.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from trustgraph._text import counted
from trustgraph.errors import RecordError
from trustgraph.models.columns import REPORT_COLUMNS

__all__ = ["BALANCE", "FURTHER", "NOT_USED", "Journal", "Lines"]

BALANCE: Final = "rows read / used / not used"
"""Reason of the one summary row a file; its value is ``"120 / 100 / 20"``."""
NOT_USED: Final = "not used: "
"""How the reason of every row begins that was not used."""
FURTHER: Final = " (further rows, counted)"
"""How a reason ends where too many rows have it to list each; the value is their number."""
_SHOWN: Final = 60
_LISTED: Final = 10_000

Lines = Sequence[int] | npt.NDArray[Any] | pd.Index
"""Lines in a file, counted from 1."""


class Journal:
    """Collects the report of one archive.

    Parameters
    ----------
    strict
        Whether a malformed row is an error at once.
    """

    def __init__(self, *, strict: bool = False) -> None:
        self.strict = strict
        self._frames: list[pd.DataFrame] = []
        self._read: Counter[str] = Counter()
        self._used: Counter[str] = Counter()
        self._unused: Counter[str] = Counter()
        self._alike: dict[tuple[str, str, str], int] = {}
        self._listed_of: Counter[tuple[str, str]] = Counter()
        self._further: Counter[tuple[str, str, str, str]] = Counter()

    def say(
        self,
        file: str,
        reason: str,
        *,
        row: int = 0,
        level: str = "info",
        value: str = "",
        mend: str = "",
    ) -> None:
        """Say something about a file, or about a row that is used all the same."""
        facts = (file, row, level, reason, _short(value), mend)
        self._frames.append(pd.DataFrame([facts], columns=list(REPORT_COLUMNS)))

    def read(self, file: str, number: int) -> None:
        """Count rows that were read."""
        self._read[file] += number

    def used(self, file: str, number: int) -> None:
        """Count rows that were used."""
        self._used[file] += number

    def skip_alike(
        self,
        file: str,
        reason: str,
        rows: Lines,
        *,
        values: Iterable[Any] | None = None,
        mend: str = "",
    ) -> None:
        """Count rows that are of no use as they should be: one row of the report for all."""
        del values  # they are many and alike
        number = len(rows)
        if number:
            key = (file, reason, mend)
            self._alike[key] = self._alike.get(key, 0) + number
            self._unused[file] += number

    def skip(
        self,
        file: str,
        reason: str,
        rows: Lines,
        *,
        values: Iterable[Any] | None = None,
        mend: str = "",
    ) -> None:
        """Report malformed rows, each by itself; with ``strict`` the first is an error.

        Parameters
        ----------
        file
            Name of the file.
        reason
            What is wrong with these rows.
        rows
            Their lines in the file, counted from 1.
        values
            The offending value of each.
        mend
            What to do about it.

        Raises
        ------
        RecordError
            With ``strict``, for the first of the rows.
        """
        frame = self._listed(file, reason, rows, values=values, mend=mend)
        if self.strict and len(frame):
            first = frame.sort_values("row").iloc[0]
            raise RecordError(
                reason, file=file, row=int(first["row"]), value=str(first["value"]), mend=mend
            )
        self._unused[file] += len(rows)
        self._keep(frame, len(rows), (file, "error", NOT_USED + reason, mend))

    def leave(
        self,
        file: str,
        reason: str,
        rows: Lines,
        *,
        values: Iterable[Any] | None = None,
        mend: str = "",
    ) -> None:
        """Report rows that are well formed but cannot be told to whom they belong."""
        frame = self._listed(file, reason, rows, values=values, mend=mend)
        self._unused[file] += len(rows)
        self._keep(frame, len(rows), (file, "warning", NOT_USED + reason, mend))

    def doubt(
        self,
        file: str,
        reason: str,
        rows: Lines,
        *,
        values: Iterable[Any] | None = None,
        mend: str = "",
    ) -> None:
        """Report rows that are used although a part of them is malformed; strict as `skip`."""
        frame = self._listed(file, reason, rows, values=values, mend=mend)
        if self.strict and len(frame):
            self.skip(file, reason, rows, values=values, mend=mend)
        self._keep(frame, len(rows), (file, "warning", reason, mend))

    def _keep(self, frame: pd.DataFrame, number: int, kind: tuple[str, str, str, str]) -> None:
        """Keep the rows that are listed, and count those beyond 10,000 of a reason together."""
        _, level, reason, _ = kind
        if len(frame):
            self._frames.append(frame.assign(level=level, reason=reason))
        if number > len(frame):
            self._further[kind] += number - len(frame)

    def _listed(
        self,
        file: str,
        reason: str,
        rows: Lines,
        *,
        values: Iterable[Any] | None,
        mend: str,
    ) -> pd.DataFrame:
        room = max(0, _LISTED - self._listed_of[file, reason])
        lines = np.asarray(rows[:room], dtype=np.int64)
        self._listed_of[file, reason] += len(lines)
        some = [""] * len(lines) if values is None else islice(values, len(lines))
        texts = [_short(str(value)) for value in some]
        return pd.DataFrame(
            {
                "file": file,
                "row": lines,
                "level": "",
                "reason": "",
                "value": texts,
                "mend": mend,
            },
            columns=list(REPORT_COLUMNS),
        )

    def used_in_all(self) -> int:
        """Return how many rows of all files were used."""
        return sum(self._used.values())

    def advice(self, otherwise: str = "give a file that holds rows", *, file: str = "") -> str:
        """Return what to do when no row was used: what stood in the way most often, else words.

        Parameters
        ----------
        otherwise
            What to do if there was no row at all.
        file
            The file that is meant; by default all of them.

        Returns
        -------
        str
            How many rows there were, and the commonest reason with its mend.
        """
        mends: Counter[tuple[str, str]] = Counter()
        for (name, reason, mend), number in self._alike.items():
            if file in {"", name}:
                mends[reason, mend] += number
        for frame in self._frames:
            told = frame[frame["reason"].str.startswith(NOT_USED)]
            told = told[told["file"] == file] if file else told
            mends.update(zip(told["reason"].str.removeprefix(NOT_USED), told["mend"], strict=True))
        read = self._read[file] if file else sum(self._read.values())
        if not mends:
            return otherwise
        reason, mend = mends.most_common(1)[0][0]
        return f"{counted(read, 'row')} read; mostly: {reason}" + (f" ({mend})" if mend else "")

    def frame(self, *, prefix: str = "") -> pd.DataFrame:
        """Return the report, sorted by file, row and reason.

        Parameters
        ----------
        prefix
            What to put before the names of the files, where several archives are read.

        Returns
        -------
        pandas.DataFrame
            Columns file, row, level, reason, value, mend.
        """
        rows: list[tuple[Any, ...]] = [
            (file, 0, "info", NOT_USED + reason, str(number), mend)
            for (file, reason, mend), number in self._alike.items()
        ]
        for (file, level, reason, mend), number in self._further.items():
            rows.append((file, 0, level, reason + FURTHER, str(number), mend))
        for file, read in self._read.items():
            counts = f"{read} / {self._used[file]} / {self._unused[file]}"
            rows.append((file, 0, "info", BALANCE, counts, ""))
        summary = pd.DataFrame(rows, columns=list(REPORT_COLUMNS))
        frame = pd.concat([summary, *self._frames], ignore_index=True)
        if prefix:
            frame["file"] = prefix + frame["file"].astype("str")
        return frame.sort_values(list(REPORT_COLUMNS), ignore_index=True, kind="stable")


def _short(value: str) -> str:
    return value if len(value) <= _SHOWN else value[: _SHOWN - 1] + "…"
