"""Small files of a published set of data, read as texts in one piece."""

import io
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pandas as pd
from pandas.errors import EmptyDataError, ParserError, ParserWarning

from trustgraph._text import listed
from trustgraph.errors import ArchiveError
from trustgraph.ingest.whole_files import read_bounded

__all__ = ["numbers", "small_table"]

MOST_BYTES: Final = 50_000_000
_MEND: Final = "get the file again, as it was published"


def small_table(path: Path, required: Sequence[str]) -> pd.DataFrame:
    """Return the rows of a CSV file as texts; empty where there is nothing.

    Parameters
    ----------
    path
        The file, or a gzip of it.
    required
        Columns that it must have.

    Returns
    -------
    pandas.DataFrame
        All columns as text, without blanks around; NA and NaN are nothing.

    Raises
    ------
    ArchiveError
        If it cannot be read, or lacks a column or a value in a required one.
    """
    content = io.BytesIO(read_bounded(path, MOST_BYTES))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", ParserWarning)  # fields that would be left out
            table = pd.read_csv(content, dtype="str", encoding="utf-8-sig", index_col=False)
    except (EmptyDataError, ParserError, ParserWarning, ValueError) as error:
        reason = "the file is no table in a CSV file"
        raise ArchiveError(reason, file=path.name, mend=_MEND) from error
    table = pd.DataFrame({name: table[name].fillna("").str.strip() for name in table.columns})
    if lacking := [name for name in required if name not in table.columns]:
        reason = f"there is no column {listed(lacking)}"
        raise ArchiveError(reason, file=path.name, value=", ".join(table.columns[:12]), mend=_MEND)
    for name in required:
        blank = table.index[table[name] == ""]
        if len(blank):
            reason = f"there is no {name}"
            raise ArchiveError(reason, file=path.name, row=int(blank[0]) + 2, mend=_MEND)
    return table


def numbers(texts: "pd.Series[str]", *, file: str) -> "pd.Series[float]":
    """Return a column as numbers, NaN where there is nothing.

    Parameters
    ----------
    texts
        The column.
    file
        Name of its file, for messages.

    Returns
    -------
    pandas.Series
        Numbers.

    Raises
    ------
    ArchiveError
        If a text is no number.
    """
    found = pd.to_numeric(texts.mask(texts == ""), errors="coerce").astype("float64")
    wrong = texts.index[found.isna() & (texts != "")]
    if len(wrong):
        first = wrong[0]
        raise ArchiveError(
            f"{texts.name} is no number",
            file=file,
            row=int(first) + 2,
            value=str(texts[first]),
            mend=_MEND,
        )
    return found
