"""Files of contacts: who turned to whom, and when."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from trustgraph.datasets._home import Home, Published
from trustgraph.datasets._rows_form import Form
from trustgraph.datasets._rows_read import read_rows, told_frame
from trustgraph.ingest.limits import ReadLimits

__all__ = ["load_collegemsg", "load_contacts"]

FORM: Final = Form(
    name="contacts",
    required=("source", "target", "time"),
    optional=(),
    plain=("time",),
    by_number={
        3: ("source", "target", "time"),
        4: ("source", "target", "(2)", "time"),
    },
)
COLLEGEMSG: Final = Published(
    title="CollegeMsg",
    folder="collegemsg",
    origin="https://snap.stanford.edu/data/CollegeMsg.html",
    terms="no explicit licence; SNAP asks to cite Panzarasa, Opsahl & Carley 2009",
    counts={"person": 1_899, "contact": 59_835, "pair": 20_296},
)


def load_contacts(
    path: str | os.PathLike[str],
    *,
    columns: Sequence[str] | None = None,
    strict: bool = False,
    limits: ReadLimits | None = None,
) -> pd.DataFrame:
    r"""Read who turned to whom, and when, from a text file.

    Parameters
    ----------
    path
        A file of one contact a line, or a gzip of it; separators and comments as for
        `load_ratings`.
    columns
        What stands in the columns, in their order: ``"source"``, ``"target"``, ``"time"``, or
        ``""`` for what is not read. Default: told by the titles in the first line; without titles
        source, target, time, or source, target, something else, time.
    strict
        Whether the first row that cannot be used is an error; otherwise it is reported.
    limits
        How much is read at most; default: 2 GiB, unpacked.

    Returns
    -------
    pandas.DataFrame
        One row a contact, in the order of the file: ``source`` and ``target``, whole numbers if
        every id is written as one, else text; ``time`` in seconds since 1970 (UTC). Contacts that
        repeat are kept: they are events. ``frame.attrs["report"]`` lists what was not used and
        why, as for `load_ratings`.

    Raises
    ------
    ArchiveError
        If the file is not there, cannot be read, its columns cannot be told, or no row can be
        used.
    RecordError
        With ``strict``, at the first row that cannot be used.
    ValueError
        If ``columns`` cannot be understood.

    Notes
    -----
    Contacts of people with themselves are left out and reported. Times as for `load_ratings`.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> path = pathlib.Path(tempfile.mkdtemp()) / "contacts.txt"
    >>> _ = path.write_text("# sender receiver time\n1 2 1082040961\n1 2 1082040999\n")
    >>> tg.datasets.load_contacts(path).values.tolist()
    [[1.0, 2.0, 1082040961.0], [1.0, 2.0, 1082040999.0]]
    """
    told = read_rows(Path(path).expanduser(), FORM, columns=columns, strict=strict, limits=limits)
    own = told.source == told.target
    if own.any():
        rows = np.flatnonzero(own)
        reason, mend = "a contact with oneself", "leave it out, or check the ids"
        told.journal.skip(told.file, reason, told.row[rows], values=told.names(rows), mend=mend)
        told.keep(~own)
    return told_frame(told, "contact")


def load_collegemsg(data_home: Home = None, *, verify: bool = True) -> pd.DataFrame:
    """Load private messages between students of one university, from a local file.

    Parameters
    ----------
    data_home
        The folder that holds ``collegemsg/CollegeMsg.txt`` (or that file itself, or a gzip of
        it); default: the folder that the environment variable TRUSTGRAPH_DATA names. Nothing is
        ever downloaded.
    verify
        Whether the file must hold the 1,899 people and 59,835 messages between 20,296 ordered
        pairs that were published.

    Returns
    -------
    pandas.DataFrame
        Columns ``source`` (who wrote), ``target``, ``time`` as of `load_contacts`; April to
        October 2004.

    Raises
    ------
    ArchiveError
        If no folder is named, the file is not there, or it holds something else; the message says
        where to get it.

    Notes
    -----
    From the Stanford Network Analysis Project (SNAP), without an explicit licence; cite [1]_.

    References
    ----------
    .. [1] Panzarasa, P., Opsahl, T. & Carley, K. M. (2009). Patterns and dynamics of users'
       behavior and interaction: Network analysis of an online community. Journal of the American
       Society for Information Science and Technology 60(5), 911-932. doi:10.1002/asi.21015

    Examples
    --------
    >>> tg.datasets.load_collegemsg("no such folder")
    Traceback (most recent call last):
        ...
    trustgraph.errors.ArchiveError: data_home names no folder that is there: 'no such folder'; ...
    """
    path = COLLEGEMSG.find("CollegeMsg.txt", data_home)
    contacts = load_contacts(path)
    if verify:
        ends = contacts[["source", "target"]]
        people = pd.concat([ends["source"], ends["target"]]).nunique()
        pairs = len(ends.drop_duplicates())
        COLLEGEMSG.check(path.name, {"person": people, "contact": len(contacts), "pair": pairs})
    return contacts
