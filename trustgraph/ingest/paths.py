"""Paths as archives write them: shown so that they cannot mislead, refused where they lead out."""

import re
from collections.abc import Iterable
from typing import Final

from trustgraph._text import nfc
from trustgraph.ingest.members import Note, Notes

__all__ = ["fault_of", "note_alike", "plain_path", "shown"]

# Embeddings, overrides and isolates: what stands after them is shown in another order.
_BIDI: Final = "\u202a-\u202e\u2066-\u2069"
_MISLEADING: Final = re.compile(rf"[\x00-\x1f\x7f-\x9f\u2028\u2029{_BIDI}\ud800-\udfff]")
_DRIVE: Final = re.compile(r"[A-Za-z]:")
_SHOWN: Final = 200


def shown(path: str) -> str:
    r"""Return a path as it can be shown: what cannot be seen or misleads is written as an escape.

    Parameters
    ----------
    path
        Any path.

    Returns
    -------
    str
        At most some 200 characters; the middle of a longer path is left out.

    Examples
    --------
    >>> from trustgraph.ingest.paths import shown
    >>> print(shown("evil\u202evsc.exe"))
    evil\u202evsc.exe
    """
    text = _MISLEADING.sub(_escape, path)
    half = _SHOWN // 2
    return text if len(text) <= _SHOWN else f"{text[:half]}…{text[-half:]}"


def _escape(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode("ascii")


def plain_path(path: str) -> str:
    """Return a path with slashes and without steps that lead nowhere.

    Parameters
    ----------
    path
        Path as a zip writes it; some programs write it with backslashes.

    Returns
    -------
    str
        The same path; one that begins at the root stays as it is.

    Examples
    --------
    >>> from trustgraph.ingest.paths import plain_path
    >>> plain_path("./Jobs//Saved Jobs.csv")
    'Jobs/Saved Jobs.csv'
    """
    path = path.replace("\\", "/")
    if path.startswith("/"):
        return path
    return "/".join(part for part in path.split("/") if part not in {"", "."})


def fault_of(path: str, longest: int) -> str:
    """Return why a file of this path is not read; empty when nothing is wrong with it.

    Parameters
    ----------
    path
        Path inside an archive, with slashes.
    longest
        Most characters.

    Returns
    -------
    str
        A reason for the report.

    Examples
    --------
    >>> from trustgraph.ingest.paths import fault_of
    >>> fault_of("../../secret.csv", 1_000)
    'not read: its path leads out of the archive'
    """
    if not path:
        return "not read: it has no name"
    if len(path) > longest:
        return f"not read: its path is longer than {longest:,} characters"
    if _MISLEADING.search(path):
        return "not read: its name holds characters that cannot be seen, or that mislead"
    if path.startswith("/") or _DRIVE.match(path):
        return "not read: its path begins at the root of a disk"
    if ".." in path.split("/"):
        return "not read: its path leads out of the archive"
    return ""


def note_alike(paths: Iterable[str], notes: Notes) -> None:
    """Say which files would be one on a Mac or on Windows.

    Parameters
    ----------
    paths
        Paths of the files that are read.
    notes
        Told about those that differ only in case, or in how accents are written.
    """
    first: dict[str, str] = {}
    for path in paths:
        other = first.setdefault(nfc(path).casefold(), path)
        if other != path:
            reason = "one file with another on a Mac or on Windows; both are read here"
            notes.add(Note(path, reason, value=other))
