"""The small file in which a colleague sends the ties that one question needs."""

import io
import json
import zipfile
from pathlib import Path
from typing import Final

import pandas as pd
from pydantic import ValidationError

from trustgraph._text import fold, slug_of
from trustgraph.errors import ArchiveError, RecordError
from trustgraph.ingest.archives import Archive, Member
from trustgraph.ingest.journal import Journal
from trustgraph.ingest.told import Told
from trustgraph.models.network import Network

__all__ = ["EXCERPT", "SHARED_FILE", "find_shared", "read_shared", "write_shared"]

SHARED_FILE: Final = "trustgraph-share.json"
"""Name of the one file in the zip."""
EXCERPT: Final = "shared for one question, with no other ties than it needs: "
"""How the report tells a shared file; what the question is about follows, the value is whose."""
SCHEMA: Final = "trustgraph-share"
VERSION: Final = 1
_MOST_BYTES: Final = 200_000_000
_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)  # when it was written is nobody's business
_AGAIN: Final = "ask for the file again; `trustgraph share` writes it"
_TABLES: Final = ("people", "evidence", "positions")


def write_shared(net: Network, out: Path, *, to: str) -> None:
    """Write a network as a file to send; a file that is there already is left as it is.

    Parameters
    ----------
    net
        What to write.
    out
        Where.
    to
        What the question is about.

    Raises
    ------
    ArchiveError
        If there is a file already, or none can be written there.
    """
    # One record a row, indented: whoever sends it can read what they send.
    records = net.model_dump(mode="json")
    told = {"schema": SCHEMA, "version": VERSION, "to": to, "network": records}
    text = json.dumps(told, ensure_ascii=False, allow_nan=False, indent=1)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        entry = zipfile.ZipInfo(SHARED_FILE, _EARLIEST)
        entry.compress_type = zipfile.ZIP_DEFLATED
        file.writestr(entry, text.encode())
    try:
        with out.open("xb") as opened:
            opened.write(content.getvalue())
    except FileExistsError as error:
        mend = "name another file, or move this one away"
        raise ArchiveError("there is a file already", file=out.name, mend=mend) from error
    except OSError as error:
        reason = f"it cannot be written ({error.strerror})"
        raise ArchiveError(reason, file=out.name, mend="name a place that exists") from error


def find_shared(archive: Archive) -> Member | None:
    """Return the file of an archive that a colleague shared, if it is one."""
    return next((one for one in archive.members if one.name == SHARED_FILE), None)


def read_shared(member: Member, archive: str, stated: str | None, journal: Journal) -> Told:
    """Return what a shared file says.

    Parameters
    ----------
    member
        The file.
    archive
        Name of what it came in.
    stated
        Whose the user says it is; None for nothing.
    journal
        Told what was used.

    Returns
    -------
    Told
        The owner, some people, and the acts between them and the owner.

    Raises
    ------
    ArchiveError
        If it is damaged, of another version, or not that owner's.
    """
    net, to = _opened(member, archive)
    owner = net.person(net.owner)
    if stated is not None and owner.id != slug_of(stated) and fold(owner.name) != fold(stated):
        mend = f"it is the file of {owner.id!r}"
        raise ArchiveError(
            "it is the file of somebody else, not of the stated owner",
            file=archive,
            value=stated,
            mend=mend,
        )
    acts = net.evidence
    own = (acts["source"] == owner.id) | (acts["target"] == owner.id)
    journal.read(member.path, sum(len(getattr(net, name)) for name in _TABLES))
    journal.used(member.path, len(net.people) + len(net.positions) + int(own.sum()))
    journal.leave(
        member.path,
        "an act in which the owner of the file has no part",
        [number + 1 for number in acts.index[~own]],
        values=acts.loc[~own, "kind"],
        mend=_AGAIN,
    )
    journal.say(member.path, f"{EXCERPT}{to}", value=owner.id)
    return Told(
        name=archive,
        is_archive=True,
        owners=(owner.id,),
        unknown=(),
        as_of=net.as_of,
        people=net.people.reset_index(),
        evidence=acts[own].assign(origin=owner.id),
        facts=net.facts.iloc[:0],
        texts=net.texts.iloc[:0],
        positions=net.positions,
        judgements=net.judgements.iloc[:0],
        merged=net.merged.iloc[:0],
        report=pd.DataFrame(columns=list(net.report.columns)),
    )


def _opened(member: Member, archive: str) -> tuple[Network, str]:
    with member.open() as file:
        content = file.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        raise ArchiveError("the shared file is too large", file=archive, mend=_AGAIN)
    try:
        told = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ArchiveError("the shared file is damaged", file=archive, mend=_AGAIN) from error
    if not isinstance(told, dict) or told.get("schema") != SCHEMA:
        raise ArchiveError("this is no shared file", file=archive, mend=_AGAIN)
    if told.get("version") != VERSION:
        version = str(told.get("version"))[:20]
        mend = "bring trustgraph up to date, here or there, and share again"
        raise ArchiveError(
            "a shared file of another version", file=archive, value=version, mend=mend
        )
    try:
        net = Network(**(told.get("network") or {}))
    except (RecordError, ValidationError, ValueError, TypeError, AttributeError) as error:
        where = f" ({error.file}, row {error.row})" if isinstance(error, RecordError) else ""
        reason = f"the shared file is damaged{where}"
        raise ArchiveError(reason, file=archive, mend=_AGAIN) from error
    if len(net.owners) != 1:
        raise ArchiveError("a shared file is one person's", file=archive, mend=_AGAIN)
    return net, str(told.get("to", ""))
