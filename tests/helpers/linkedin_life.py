"""Small invented archives with what an owner did besides making ties."""

from collections.abc import Mapping
from typing import Any

import trustgraph as tg

from helpers.linkedin_files import connection, connections, folder

TIES = connections(
    [
        connection("Bo Ek", "bo-ek", company="Acme"),
        connection("Al Oy", "al-1", company="Acme Inc"),
        connection("Al Oy", "al-2", company="Globex"),
    ]
)


def read(path: Any, files: Mapping[str, str | bytes], **options: Any) -> Any:
    """Return the network of an archive of Ana's with three connections and some more files."""
    archive = folder(path, {"Connections.csv": TIES, **files})
    return tg.read_linkedin(archive, **{"owner": "ana", **options})


def facts(net: Any, kind: str) -> list[tuple[str, ...]]:
    """Return person, text, organisation and the days of all facts of a kind."""
    rows = net.facts[net.facts["kind"] == kind]
    days = [rows[name].dt.strftime("%Y-%m-%d").fillna("") for name in ("at", "until")]
    return sorted(zip(rows["person"], rows["text"], rows["organisation"], *days, strict=True))


def places(net: Any, kind: str) -> list[tuple[str, ...]]:
    """Return organisation, title and the days of all places of a kind."""
    rows = net.positions[net.positions["kind"] == kind]
    days = [rows[name].dt.strftime("%Y-%m-%d").fillna("") for name in ("started", "finished")]
    return sorted(zip(rows["organisation"], rows["title"], *days, strict=True))


def texts(net: Any) -> list[tuple[str, ...]]:
    """Return kind, source, target and words of all texts."""
    rows = net.texts
    return sorted(zip(rows["kind"], rows["source"], rows["target"], rows["text"], strict=True))


def everything(net: Any) -> str:
    """Return all that a network holds, as one text."""
    return str(net.model_dump_json())
