"""Invented LinkedIn archives of any size, with the truth about them."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from trustgraph._typing import Seed
from trustgraph.datasets._draw import ArchiveMix, draw_facts
from trustgraph.datasets._eras import EraYear, era_of
from trustgraph.datasets._facts import ArchiveFacts
from trustgraph.datasets._form import files_of
from trustgraph.datasets._zip import zip_bytes

__all__ = ["MadeArchive", "archive_name", "make_archive", "write_archive"]


@dataclass(frozen=True, eq=False, kw_only=True)
class MadeArchive(ArchiveFacts):
    """An invented archive on disk and the truth about it.

    The fields are those of the facts (``owner``, ``people``, ``connections``, ``messages``,
    ``invitations``, ``recommendations``, ``endorsements``, ``positions``, ``follows``,
    ``contacts``, …) and ``path``. Wherever a path is asked for, it stands for its own.

    Parameters
    ----------
    path
        The zip.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     made = tg.datasets.make_archive(folder, connections=20, messages=50)
    >>> made.path.name, len(made.messages), made.owner.id
    ('Complete_LinkedInDataExport_11-22-2026.zip', 50, 'maren-oakquill')
    """

    path: Path

    def __fspath__(self) -> str:
        """Stand for its path, so that a reader takes it as it is."""
        return str(self.path)

    def __str__(self) -> str:
        """Stand for its path on a command line too."""
        return str(self.path)

    def __repr__(self) -> str:
        """Show the place and the size, never the people."""
        return f"MadeArchive({self.path.name!r}, people={len(self.people)})"


def archive_name(as_of: dt.datetime) -> str:
    """Return the name that a Complete archive of that day has."""
    return f"Complete_LinkedInDataExport_{as_of:%m-%d-%Y}.zip"


def _free(path: Path) -> Path:
    """Return a path that nothing stands at, numbered as browsers number downloads."""
    number, free = 0, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem} ({number}){path.suffix}")
    return free


def write_archive(folder: Path | str, facts: ArchiveFacts) -> MadeArchive:
    """Write the facts as a Complete archive of their era.

    Parameters
    ----------
    folder
        Where to write; made if it is missing.
    facts
        What is true.

    Returns
    -------
    MadeArchive
        The facts and the path of the zip.
    """
    path = _free(Path(folder) / archive_name(facts.as_of))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(zip_bytes(files_of(facts), facts.as_of))
    return MadeArchive(path=path, **vars(facts))


def make_archive(
    folder: Path | str,
    *,
    seed: Seed = 0,
    connections: int = 300,
    messages: int = 2_000,
    owner_name: str = "Maren Oakquill",
    as_of: dt.datetime | dt.date | str | None = None,
    mix: ArchiveMix = ArchiveMix(),  # noqa: B008 - a frozen model
    era: EraYear = 2026,
) -> MadeArchive:
    """Write an invented LinkedIn archive in the exact form of a Complete archive of its era.

    Parameters
    ----------
    folder
        Where to write the zip; made if it is missing.
    seed
        Seed or generator; the same arguments give the same bytes.
    connections
        Rows of ``Connections.csv``, hidden members included (>= 0).
    messages
        Rows of ``messages.csv``, adverts, drafts and notes of invitations included (>= 0).
    owner_name
        Full name of the member whose archive it is.
    as_of
        When the archive was built, in UTC; everything in it is older. Default: a day of the era,
        22 November (in 2023: October).
    mix
        Shares of hidden members, adverts, groups, people who left, drafts, and namesakes.
    era
        The year whose form the archive has: 2020 (connections, recipients and endorsers without
        address), 2022 (notes above the connections), 2023 (addresses, but not in invitations; with
        ``as_of`` before October numbers stand there), 2025 (addresses throughout) or 2026 (all
        messages quoted, the member's number in names of files, ``Notes.csv``).

    Returns
    -------
    MadeArchive
        Path of the zip and the truth in frames, to compare with what a reader finds.

    Raises
    ------
    ValueError
        If a number is negative, or no form is known for the era.

    Notes
    -----
    All people, organisations and texts are invented. What no file of an era tells is left out of
    the truth, but for addresses: who is who stands in it also where the files give names alone.
    30,000 connections with 1,000,000 messages take some 15 seconds. The bytes also depend on the
    versions of numpy and zlib. With fewer than two connections there are no groups.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     made = tg.datasets.make_archive(folder, seed=7, connections=50, messages=100)
    ...     made.path.exists(), len(made.connections), int(made.messages["advert"].sum())
    (True, 50, 11)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     tg.datasets.make_archive(folder, connections=5, messages=20, era=2020).path.name
    'Complete_LinkedInDataExport_11-22-2020.zip'
    """
    form = era_of(era)
    if connections < 0 or messages < 0:
        message = f"connections and messages count rows, not {min(connections, messages)}"
        raise ValueError(message)
    moment = pd.Timestamp(form.built if as_of is None else as_of).floor("s")
    moment = moment.tz_localize("UTC") if moment.tzinfo is None else moment.tz_convert("UTC")
    facts = draw_facts(
        np.random.default_rng(seed),
        connections=connections,
        messages=messages,
        owner_name=owner_name,
        as_of=moment,
        mix=mix,
        era=form,
    )
    return write_archive(folder, facts)
