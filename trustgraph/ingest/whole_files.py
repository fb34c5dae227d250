"""Files that are read and written in one piece: not too large, and never replaced unasked."""

import gzip
import io
import os
import zlib
from pathlib import Path
from typing import Final

from trustgraph.errors import ArchiveError

__all__ = ["MAX_BYTES", "check_free", "read_bounded", "write_new"]

MAX_BYTES: Final = 2**30
"""Most bytes of an unpacked file that is read in one piece, unless the user says otherwise."""
_GZIP: Final = b"\x1f\x8b"
_TAKEN: Final = "there is already such a file"
_OVERWRITE: Final = "give another name, or overwrite=True"


def read_bounded(path: Path, max_bytes: int = MAX_BYTES) -> bytes:
    """Return what is in a file; unpacked, if it is a gzip.

    Parameters
    ----------
    path
        The file.
    max_bytes
        Most bytes it may hold, packed or not.

    Returns
    -------
    bytes
        Its content.

    Raises
    ------
    ArchiveError
        If the file is not there, cannot be read, is damaged or larger than allowed.
    """
    try:
        with path.open("rb") as stream:
            content = stream.read(max_bytes + 1)
        if content.startswith(_GZIP):
            with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
                content = packed.read(max_bytes + 1)
    except FileNotFoundError as error:
        raise ArchiveError(
            "there is no such file", file=path.name, mend="check the path"
        ) from error
    except (OSError, EOFError, zlib.error) as error:
        mend = "check that it is a file that you may read, or get it again"
        raise ArchiveError(
            "the file cannot be read to its end", file=path.name, mend=mend
        ) from error
    if len(content) > max_bytes:
        mend = "if you trust the file, allow more with max_bytes="
        reason = f"the file holds more than {max_bytes} bytes"
        raise ArchiveError(reason, file=path.name, mend=mend)
    return content


def write_new(path: Path, content: bytes, *, overwrite: bool) -> None:
    """Write a file; packed as a gzip if its name ends in ``.gz``.

    Parameters
    ----------
    path
        Where to.
    content
        What to write.
    overwrite
        Whether a file that is there already may be replaced.

    Raises
    ------
    ArchiveError
        If the file is there already, or nothing can be written there.
    """
    packed = (
        gzip.compress(content, compresslevel=5, mtime=0)
        if path.suffix.lower() == ".gz"
        else content
    )
    try:
        if overwrite and path.exists():
            # Put in its place, so that a link that stands there leads nothing elsewhere.
            fresh = path.with_name(f".{path.name}.new")
            fresh.unlink(missing_ok=True)
            _write(fresh, packed)
            fresh.replace(path)
        else:
            _write(path, packed)
    except FileExistsError as error:
        raise ArchiveError(_TAKEN, file=path.name, mend=_OVERWRITE) from error
    except OSError as error:
        reason = f"nothing can be written there ({os.strerror(error.errno or 0).lower()})"
        raise ArchiveError(reason, file=path.name, mend="check the folder") from error


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as stream:
        stream.write(content)


def check_free(folder: Path, names: list[str], *, overwrite: bool) -> None:
    """Make a folder for files, none of which may be there already unless it may be replaced.

    Parameters
    ----------
    folder
        Where the files will be; made if it is not there.
    names
        Names of the files.
    overwrite
        Whether files that are there already may be replaced.

    Raises
    ------
    ArchiveError
        If a file is there already, or the folder cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        mend = "give the path of a folder, not of a file"
        raise ArchiveError("the folder cannot be made", file=folder.name, mend=mend) from error
    taken = [name for name in names if (folder / name).exists()]
    if taken and not overwrite:
        raise ArchiveError(_TAKEN, file=f"{folder.name}/{taken[0]}", mend=_OVERWRITE)
