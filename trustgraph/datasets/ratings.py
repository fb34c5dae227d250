"""Files of ratings: who rated whom, how, and when."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from trustgraph.datasets._home import Home, Published
from trustgraph.datasets._rows_form import Form
from trustgraph.datasets._rows_read import Told, read_rows, told_frame
from trustgraph.ingest.limits import ReadLimits

__all__ = ["load_bitcoin_otc", "load_ratings"]

FORM: Final = Form(
    name="ratings",
    required=("source", "target", "rating"),
    optional=("time",),
    plain=("time",),
    by_number={
        3: ("source", "target", "rating"),
        4: ("source", "target", "rating", "time"),
    },
)
BITCOIN_OTC: Final = Published(
    title="Bitcoin OTC",
    folder="bitcoin_otc",
    origin="https://snap.stanford.edu/data/soc-sign-bitcoin-otc.html",
    terms="no explicit licence; SNAP asks to cite Kumar et al. 2016 and 2018",
    counts={"person": 5_881, "rating": 35_592},
)


def load_ratings(
    path: str | os.PathLike[str],
    *,
    columns: Sequence[str] | None = None,
    strict: bool = False,
    limits: ReadLimits | None = None,
) -> pd.DataFrame:
    r"""Read who rated whom, how and when from a text file.

    Parameters
    ----------
    path
        A file of one rating a line, or a gzip of it. Commas, semicolons, tabs or blanks separate
        the fields. Lines above the titles, or the first rating, that begin with # or % are
        comments; further down such a line is a rating like others.
    columns
        What stands in the columns, in their order: ``"source"``, ``"target"``, ``"rating"``,
        ``"time"``, or ``""`` for what is not read. Default: told by the titles in the first line,
        of which many are known (from, rater, src; to, ratee, dst; score, trust, weight, value,
        sign; timestamp, date; and more); without titles, by their number: source, target, rating,
        and perhaps time.
    strict
        Whether the first row that cannot be used is an error; otherwise it is reported.
    limits
        How much is read at most; default: 2 GiB, unpacked.

    Returns
    -------
    pandas.DataFrame
        One row a rating, in the order of the file: ``source`` (who rates) and ``target`` (who is
        rated), whole numbers if every id is written as one, else text; ``rating``, as told, on any
        scale, signed or not; ``time`` in seconds since 1970 (UTC), NaN where the row states none,
        absent if no column states it. ``frame.attrs["report"]`` lists what was not used and why,
        as records of file, row, level, reason, value and mend; ``pd.DataFrame`` makes a table of
        them.

    Raises
    ------
    ArchiveError
        If the file is not there, cannot be read, its columns cannot be told, or no row can be
        used.
    RecordError
        With ``strict``, at the first row that cannot be used. Ratings that are given again later
        are no fault.
    ValueError
        If ``columns`` cannot be understood.
    TypeError
        If ``path`` is none.

    Notes
    -----
    Ratings of oneself are left out. Of several ratings of one person by another the newest counts,
    and the last in the file where they are of the same time or of none. Times are seconds,
    milli-, micro- or nanoseconds since 1970, told from the middle one of all, or dates as
    2026-11-23, 2026-11-23T10:00:00+02:00, 23 Nov 2026, without a zone in UTC. All of it is
    reported. To use the ratings: `trustgraph.graph.Ratings.from_frame`.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> path = pathlib.Path(tempfile.mkdtemp()) / "ratings.csv"
    >>> _ = path.write_text("rater,ratee,score\nana,bo,5\nbo,ana,-1\nbo,bo,5\nana,bo,4\n")
    >>> ratings = tg.datasets.load_ratings(path)
    >>> ratings.values.tolist()
    [['bo', 'ana', -1.0], ['ana', 'bo', 4.0]]
    >>> pd.DataFrame(ratings.attrs["report"]).query("row > 0")[["row", "reason"]].values.tolist()
    [[2, 'not used: the same pair is rated again later'], [4, 'not used: a rating of oneself']]
    """
    try:
        file = Path(path).expanduser()
    except TypeError as error:
        message = f"path is {path!r}; name the file of ratings"
        raise TypeError(message) from error
    told = read_rows(file, FORM, columns=columns, strict=strict, limits=limits)
    _leave_out_own(told)
    _keep_newest(told)
    return told_frame(told, "rating")


def load_bitcoin_otc(data_home: Home = None, *, verify: bool = True) -> pd.DataFrame:
    """Load the trust ratings that traders of Bitcoin OTC gave each other, from a local file.

    Parameters
    ----------
    data_home
        The folder that holds ``bitcoin_otc/soc-sign-bitcoinotc.csv`` (or that file itself, or a
        gzip of it); default: the folder that the environment variable TRUSTGRAPH_DATA names.
        Nothing is ever downloaded.
    verify
        Whether the file must hold the 5,881 people and 35,592 ratings that were published.

    Returns
    -------
    pandas.DataFrame
        Columns ``source, target, rating, time`` as of `load_ratings`: ratings from -10 (total
        distrust) to 10 (total trust), never 0; 8 November 2010 to 25 January 2016.

    Raises
    ------
    ArchiveError
        If no folder is named, the file is not there, or it holds something else; the message says
        where to get it.

    Notes
    -----
    From the Stanford Network Analysis Project (SNAP), without an explicit licence; cite [1]_ and
    [2]_.

    References
    ----------
    .. [1] Kumar, S., Spezzano, F., Subrahmanian, V. S. & Faloutsos, C. (2016). Edge weight
       prediction in weighted signed networks. IEEE ICDM. doi:10.1109/ICDM.2016.0033
    .. [2] Kumar, S., Hooi, B., Makhija, D., Kumar, M., Faloutsos, C. & Subrahmanian, V. S. (2018).
       REV2: Fraudulent user prediction in rating platforms. WSDM. doi:10.1145/3159652.3159729

    Examples
    --------
    >>> tg.datasets.load_bitcoin_otc("no such folder")
    Traceback (most recent call last):
        ...
    trustgraph.errors.ArchiveError: data_home names no folder that is there: 'no such folder'; ...
    """
    path = BITCOIN_OTC.find("soc-sign-bitcoinotc.csv", data_home)
    ratings = load_ratings(path)
    if verify:
        people = pd.concat([ratings["source"], ratings["target"]]).nunique()
        BITCOIN_OTC.check(path.name, {"person": people, "rating": len(ratings)})
    return ratings


def _leave_out_own(told: Told) -> None:
    own = told.source == told.target
    if own.any():
        rows = np.flatnonzero(own)
        told.journal.skip(
            told.file,
            "a rating of oneself",
            told.row[rows],
            values=told.names(rows),
            mend="leave it out, or check the ids",
        )
        told.keep(~own)


def _keep_newest(told: Told) -> None:
    """Keep the newest rating of each pair."""
    pair = told.source * max(len(told.labels), 1) + told.target
    if not pd.Series(pair).duplicated().any():
        return
    time = np.zeros(len(pair)) if told.time is None else np.nan_to_num(told.time, nan=-np.inf)
    order = np.lexsort((told.row, time, pair))
    kept = np.zeros(len(pair), bool)
    kept[order] = np.append(pair[order][1:] != pair[order][:-1], True)
    rows = np.flatnonzero(~kept)
    told.journal.leave(
        told.file,
        "the same pair is rated again later",
        told.row[rows],
        values=told.names(rows),
    )
    told.keep(kept)
