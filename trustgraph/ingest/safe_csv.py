"""CSV files that are safe to open in a spreadsheet.

A spreadsheet takes a cell that begins with ``=``, ``+``, ``-`` or ``@`` for a formula, which may
send what stands in other cells to a stranger. Such a cell gets an apostrophe before it, which makes
it a text; so does one that begins with apostrophes or quotation marks and then such a sign, so that
the original can always be told. The same holds after a line break, a tab or a semicolon within a
cell: where semicolons separate fields by custom, what follows one may be read as a cell of its
own.
"""

import csv
import os
import re
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from trustgraph.errors import RecordError
from trustgraph.ingest.whole_files import write_new
from trustgraph.models.distinct import distinct

__all__ = ["plain_text", "safe_csv", "safe_text", "write_safe_csv"]

_START: Final = r"(?:^|(?<=[;\t\r\n]))"
_SIGN: Final = r"['\"]*[=+\-@\t\r\n＝＋－＠]"
_FORMULA: Final = re.compile(rf"{_START}(?={_SIGN})")
_MARKED: Final = re.compile(rf"{_START}'(?={_SIGN})")
_UNFIT: Final = re.compile("[\0\ud800-\udfff]")


def safe_text(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula.

    Parameters
    ----------
    text
        What a cell says.

    Returns
    -------
    str
        The text, with an apostrophe wherever a formula could begin.

    Examples
    --------
    >>> from trustgraph.ingest.safe_csv import plain_text, safe_text
    >>> safe_text("=1+1"), safe_text("'=1+1"), safe_text("Acme")
    ("'=1+1", "''=1+1", 'Acme')
    >>> plain_text(safe_text("'=1+1"))
    "'=1+1"
    """
    return _FORMULA.sub("'", text)


def plain_text(text: str) -> str:
    """Return the text that `safe_text` made safe.

    Parameters
    ----------
    text
        What a cell of the file says.

    Returns
    -------
    str
        The text without the apostrophes that were put in.

    Examples
    --------
    >>> from trustgraph.ingest.safe_csv import plain_text
    >>> plain_text("'=1+1"), plain_text("O'Hara")
    ('=1+1', "O'Hara")
    """
    return _MARKED.sub("", text)


def safe_csv(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table whose texts no spreadsheet takes for formulas; numbers and dates stay.

    Parameters
    ----------
    frame
        Any table, for instance ``paths.to_frame()``.

    Returns
    -------
    pandas.DataFrame
        A copy. Titles and texts are safe, and so are texts within lists, which become texts.

    Examples
    --------
    >>> from trustgraph.ingest.safe_csv import safe_csv
    >>> safe_csv(pd.DataFrame({"name": ["=cmd()", "Ana"], "change": [-1, 2]})).values.tolist()
    [["'=cmd()", -1], ['Ana', 2]]
    """
    columns = [_safe_column(frame.iloc[:, number]) for number in range(frame.shape[1])]
    safe = pd.concat(columns, axis=1) if columns else frame.copy()
    safe.columns = pd.Index([safe_text(str(title)) for title in frame.columns])
    if not _is_harmless(frame.index.dtype):
        safe.index = pd.Index([_safe_cell(label) for label in frame.index], name=frame.index.name)
    return safe


def _is_harmless(dtype: Any) -> bool:
    return bool(
        pd.api.types.is_numeric_dtype(dtype)
        or pd.api.types.is_bool_dtype(dtype)
        or pd.api.types.is_datetime64_any_dtype(dtype)
        or pd.api.types.is_timedelta64_dtype(dtype)
    )


def _safe_column(column: "pd.Series[Any]") -> "pd.Series[Any]":
    if _is_harmless(column.dtype):
        return column
    if isinstance(column.dtype, pd.CategoricalDtype):
        column = column.astype(column.cat.categories.dtype)
        return _safe_column(column)
    if isinstance(column.dtype, pd.StringDtype) and not column.hasnans:
        return distinct(column, safe_text)
    cells = [_safe_cell(value) for value in column]
    return pd.Series(cells, index=column.index, name=column.name, dtype=object)


def _safe_cell(value: Any) -> Any:
    is_number = isinstance(value, int | float | np.number | np.bool_)
    if value is None or value is pd.NaT or value is pd.NA or is_number:
        return value
    return safe_text(str(value))


def write_safe_csv(
    frame: pd.DataFrame, path: str | os.PathLike[str], *, overwrite: bool = False
) -> None:
    """Write a table, for instance a result's, to a CSV file that is safe to open in a spreadsheet.

    Parameters
    ----------
    frame
        The table; its index is not written.
    path
        Where to; UTF-8, every cell in quotation marks, lines end in LF.
    overwrite
        Whether a file that is there already may be replaced.

    Raises
    ------
    ArchiveError
        If the file is there already, or nothing can be written there.
    RecordError
        If a text holds what no text file can: a NUL, or half a character.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> from trustgraph.ingest.safe_csv import write_safe_csv
    >>> G = tg.build_graph(tg.datasets.load_office())
    >>> file = pathlib.Path(tempfile.mkdtemp(), "paths.csv")
    >>> write_safe_csv(tg.find_introductions(G, "ana", "kofi").to_frame(), file)
    >>> file.read_text(encoding="utf-8").startswith('"rank",')
    True
    """
    file = Path(path).expanduser()
    safe = safe_csv(frame)
    _check_fit(safe, file.name)
    text = safe.to_csv(index=False, lineterminator="\n", quoting=csv.QUOTE_ALL)
    write_new(file, text.encode(), overwrite=overwrite)


def _check_fit(frame: pd.DataFrame, name: str) -> None:
    for number, title in enumerate(frame.columns):
        column = frame.iloc[:, number]
        if _is_harmless(column.dtype):
            continue
        odd = np.array(
            [isinstance(cell, str) and bool(_UNFIT.search(cell)) for cell in column], dtype=bool
        )
        if odd.any():
            raise RecordError(
                f"{title}: a NUL or half a character, which no text file can hold",
                file=name,
                row=int(np.flatnonzero(odd)[0]) + 1,
                mend="take it out, or write the network with write_json",
            )
