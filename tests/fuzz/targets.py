"""The readers that take files from strangers, each as a function of bytes."""

import io
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final

from fuzz.contract import read_or_refuse

import trustgraph as tg
from trustgraph.ingest.archives import Archive, Member
from trustgraph.ingest.journal import Journal
from trustgraph.ingest.linkedin.part import Reading, read_part
from trustgraph.ingest.pooling import pool

__all__ = ["FILES", "TARGETS"]

FILES: Final = (
    "Connections.csv",
    "messages.csv",
    "Invitations.csv",
    "Recommendations_Received.csv",
    "Endorsement_Received_Info.csv",
    "Positions.csv",
    "Profile.csv",
    "Education.csv",
    "Skills.csv",
    "Certifications.csv",
    "Volunteering.csv",
    "Organizations.csv",
    "Projects.csv",
    "Comments.csv",
    "Reactions.csv",
    "Shares.csv",
    "Notes.csv",
    "Member_Follows.csv",
    "Company Follows.csv",
    "Jobs/Job Applications.csv",
    "Jobs/Saved Jobs.csv",
    "Contacts.csv",
    "ImportedContacts.csv",
)
"""The first byte of an input to `tables` says which of these the rest is."""
_CONNECTIONS: Final = (
    b"First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    b"Bo,Ek,https://www.linkedin.com/in/bo-ek,,Acme,Engineer,08 Feb 2026\n"
)


@contextmanager
def _file(content: bytes, name: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(content)
        yield path


def archive(content: bytes) -> None:
    """Read bytes as a zip."""
    with _file(content, "archive.zip") as path:
        read_or_refuse(lambda: tg.read_linkedin(path, owner="ana-lima"))


def tables(content: bytes) -> None:
    """Read bytes as one file of an archive."""
    if not content:
        return
    files = {"Connections.csv": _CONNECTIONS, FILES[content[0] % len(FILES)]: content[1:]}
    members = tuple(Member(path, partial(io.BytesIO, text)) for path, text in sorted(files.items()))
    read_or_refuse(
        lambda: pool([read_part(Archive("archive.zip", members), "ana-lima", Journal(), Reading())])
    )


def csv(content: bytes) -> None:
    """Read bytes as people and as evidence."""
    with _file(content, "records.csv") as path:
        read_or_refuse(lambda: tg.ingest.read_csv(path))
        read_or_refuse(lambda: tg.ingest.read_csv(path, path))


def json(content: bytes) -> None:
    """Read bytes as a network in JSON."""
    with _file(content, "network.json") as path:
        read_or_refuse(lambda: tg.ingest.read_json(path), is_counted=False)


def graphml(content: bytes) -> None:
    """Read bytes as a graph in GraphML."""
    with _file(content, "graph.graphml") as path:
        read_or_refuse(lambda: tg.ingest.read_graphml(path))


def gexf(content: bytes) -> None:
    """Read bytes as a graph in GEXF."""
    with _file(content, "graph.gexf") as path:
        read_or_refuse(lambda: tg.ingest.read_gexf(path))


def mail(content: bytes) -> None:
    """Read bytes as a mailbox and as a single mail."""
    for name in ("mail.mbox", "mail.eml"):
        with _file(content, name) as path:
            read_or_refuse(lambda: tg.ingest.read_mail(path, owner="ana@example.org"))


TARGETS: Final[dict[str, Callable[[bytes], None]]] = {
    "archive": archive,
    "tables": tables,
    "csv": csv,
    "json": json,
    "graphml": graphml,
    "gexf": gexf,
    "mail": mail,
}
