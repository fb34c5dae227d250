"""From archives to a network: the one way in for everything that LinkedIn gives."""

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from trustgraph.errors import ArchiveError
from trustgraph.ingest.archives import ReadLimits, open_archive
from trustgraph.ingest.journal import Journal
from trustgraph.ingest.linkedin.part import Reading, read_part
from trustgraph.ingest.pooling import Part, pool
from trustgraph.ingest.shared_files import find_shared, read_shared
from trustgraph.ingest.told import Told
from trustgraph.models import Network

__all__ = ["archives_in", "read_linkedin"]

Source = str | os.PathLike[str]
Owner = str | Sequence[str | None] | Mapping[str, str] | None

_ONE_EACH: Final = "give a list with one owner (or None) for each archive, or a mapping"
_NOTHING: Final = "give the path of an archive, a folder or a Connections.csv, or a list of them"


def read_linkedin(
    source: Source | Iterable[Source],
    *,
    owner: Owner = None,
    strict: bool = False,
    keep_text: bool = False,
    headers: Mapping[str, str] | None = None,
    limits: ReadLimits | None = None,
    progress: bool = False,
) -> Network:
    r"""Read one or several people's LinkedIn archives as one network.

    Parameters
    ----------
    source
        A zip as LinkedIn sends it, a folder (unpacked, whatever its name, or one of zips alone), a
        single ``Connections.csv``, or a list of these from several people, pooled by identity.
        Nothing is unpacked to disk.
    owner
        Whose archive it is: address of the profile, slug or full name. Default: found from the
        archive. For several archives a list in the same order (None: to be found), or a mapping
        from the path or the name of an archive to its owner.
    strict
        Whether the first malformed row is an error; otherwise it is reported.
    keep_text
        Whether what people wrote is kept, in ``Network.texts``: messages between people, notes of
        invitations, recommendations, the owner's own notes, posts and comments. By default their
        words are kept nowhere.
    headers
        Titles of columns in your files -> those that LinkedIn gives them in English, for instance
        ``{"Vorname": "First Name"}``, where they are in another language.
    limits
        How much of an archive is read before it is taken for an attack; default `ReadLimits`.
    progress
        Whether to show a progress bar of the rows read, where there is a terminal to show it on and
        reading takes more than a second.

    Returns
    -------
    Network
        People by the decoded slug of their address, else ``name|organisation``; acts of the kinds
        `connection`, `follow`, `invitation`, `message_day`, `recommendation` and
        `skill_endorsement`, each with the owner of the archive that says so as ``origin``; the
        owners' positions (employers, schools, voluntary work, memberships); facts (see `Fact`);
        ``as_of``, when the newest archive was made (else its newest record). ``report`` says for
        each file how many rows were read, used and not used, and why.

    Raises
    ------
    ArchiveError
        If a source is not there, damaged, encrypted, or has no usable row; if the owners do not
        fit the archives.
    RecordError
        With ``strict``, at the first malformed row.

    Notes
    -----
    ``Connected On`` is a UTC date, ``Sent At`` the clock of the US Pacific coast; messages and
    endorsements are in UTC. Adverts, drafts, spam, hidden members, and the notes of invitations
    that appear among the messages make no ties. In a group of n people, at most five, the sender
    wrote to each of the others, counted as 1/(n - 1). Invitations reach back 180 days: that there
    is none means nothing.

    Posts, comments and reactions are dates, a job applied for or saved is a job and its company:
    facts about the owner. People in the address book are people, and tied to nobody; whom the
    owner follows counts as `follow`, which says nothing about trust, if the archive names them
    elsewhere. Where nothing tells whose archive it is (a
    Connections.csv alone), the owner is a person with the id ``"me"``.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> file = pathlib.Path(tempfile.mkdtemp(), "Connections.csv")
    >>> _ = file.write_text(
    ...     "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    ...     "Bo,Ek,https://www.linkedin.com/in/bo-ek,,Acme,Engineer,08 Feb 2026\n"
    ... )
    >>> from trustgraph.ingest import read_linkedin
    >>> net = read_linkedin(file, owner="https://www.linkedin.com/in/ana-lima")
    >>> net.evidence[["kind", "source", "target"]].values.tolist()
    [['connection', 'ana-lima', 'bo-ek']]
    """
    sources = _sources(source)
    owners = _owners(sources, owner)
    how = Reading(keep_text=keep_text, headers=headers, progress=progress)
    return pool(
        [
            _read(one, stated, Journal(strict=strict), how, limits, prefix=prefix)
            for one, stated, prefix in zip(sources, owners, _prefixes(sources), strict=True)
        ]
    )


def _sources(source: Source | Iterable[Source]) -> list[Path]:
    if isinstance(source, str | os.PathLike):
        return archives_in(Path(source).expanduser())
    if not isinstance(source, Iterable):
        raise ArchiveError("this is no path", value=type(source).__name__, mend=_NOTHING)
    sources = [one for given in source for one in archives_in(Path(given).expanduser())]
    if not sources:
        raise ArchiveError("there is no archive to read", mend=_NOTHING)
    return sources


def archives_in(source: Path) -> list[Path]:
    """Return the archives in a folder that holds nothing but zips, else the source itself."""
    try:
        if not source.is_dir():
            return [source]
        files = sorted(path for path in source.iterdir() if not path.name.startswith("."))
        zips = [path for path in files if path.is_file() and path.suffix.lower() == ".zip"]
    except OSError:
        return [source]  # opening it tells why it cannot be read
    return zips if zips and len(zips) == len(files) else [source]


def _owners(sources: list[Path], owner: Owner) -> list[str | None]:
    if owner is None:
        return [None] * len(sources)
    if isinstance(owner, str):
        if len(sources) > 1:
            raise ArchiveError("one owner for several archives", value=owner, mend=_ONE_EACH)
        return [owner]
    if isinstance(owner, Mapping):
        stated = {str(Path(key).expanduser()): one for key, one in owner.items()}
        return _mapped(sources, stated)
    owners = list(owner)
    if len(owners) != len(sources):
        reason = f"{len(owners)} owners for {len(sources)} archives"
        raise ArchiveError(reason, mend=_ONE_EACH)
    return owners


def _mapped(sources: list[Path], owner: dict[str, str]) -> list[str | None]:
    known = {name for one in sources for name in (str(one), one.name)}
    unknown = sorted(set(owner) - known)
    if unknown:
        mend = "name the archives as they are given, by path or by name"
        reason = "an owner is named for an archive that is not given"
        raise ArchiveError(reason, value=unknown[0], mend=mend)
    return [owner.get(str(one), owner.get(one.name)) for one in sources]


def _prefixes(sources: list[Path]) -> list[str]:
    """Return what stands before the names of files in the report: which archive they are from."""
    if len(sources) == 1:
        return [""]
    names = Counter(one.name for one in sources)
    labels = [
        one.name if names[one.name] == 1 else f"{one.parent.name}/{one.name}" for one in sources
    ]
    return [f"{label}: " for label in labels]


def _read(
    source: Path,
    stated: str | None,
    journal: Journal,
    how: Reading,
    limits: ReadLimits | None,
    *,
    prefix: str,
) -> Part | Told:
    with open_archive(source, limits=limits) as archive:
        shared = find_shared(archive)
        if shared is not None:
            told = read_shared(shared, archive.name, stated, journal)
            return replace(told, report=journal.frame(prefix=prefix))
        part = read_part(archive, stated, journal, how)
    return replace(part, report=journal.frame(prefix=prefix))
