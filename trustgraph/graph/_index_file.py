"""A file of named arrays and a few facts: versioned, checksummed, read without copying.

=====================  ==========================================================================
place                  what stands there, little-endian
=====================  ==========================================================================
bytes 0 to 7           ``TRUSTIDX``
bytes 8 to 15          version of this layout
bytes 16 to 23         length of the header in bytes
bytes 24 to 31         length of the file in bytes
bytes 32 to 63         SHA-256 of the header
from byte 64           header: JSON, filled up with blanks to a multiple of 64 bytes
after it               the arrays, each filled up with zeros to a multiple of 64 bytes
=====================  ==========================================================================

The header lists each array with its type, shape, place and the CRC-32 of its bytes, those that fill
it up included: so there is no byte of a file that may change unseen.
"""

import hashlib
import json
import os
import struct
import tempfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np
import numpy.typing as npt

from trustgraph.errors import IndexFileError

__all__ = ["read_arrays", "write_arrays"]

Array = npt.NDArray[Any]

MAGIC: Final = b"TRUSTIDX"
VERSION: Final = 1
PREFIX: Final = struct.Struct("<8sQQQ32s")
ALIGNED: Final = 64
"""Bytes to a multiple of which everything is filled up: a line of a processor's cache."""
TYPES: Final = frozenset({"|b1", "|u1", "<i4", "<i8", "<f4", "<f8"})

AGAIN: Final = "make the index of the graph again and save it"


def write_arrays(
    path: str | os.PathLike[str], arrays: Mapping[str, Array], facts: Mapping[str, Any]
) -> None:
    """Write arrays and facts to a file; it appears whole or not at all.

    Parameters
    ----------
    path
        The file; one of that name is replaced, or the one that a link of that name leads to.
        Where the system knows owners of files, only the owner may read it.
    arrays
        One-dimensional arrays by name.
    facts
        What else is to be told, as JSON knows it.

    Raises
    ------
    IndexFileError
        If it is a folder, or a file that may not be replaced.
    """
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise IndexFileError(str(path), "it is a folder", mend="name a file")
    kept = {name: _little(array) for name, array in arrays.items()}
    listed = [
        {
            "name": name,
            "dtype": array.dtype.str,
            "shape": list(array.shape),
            "checksum": _checksum(_bytes(array)),
        }
        for name, array in kept.items()
    ]
    header = json.dumps({"facts": facts, "arrays": listed}).encode()
    header += b" " * (-len(header) % ALIGNED)
    length = PREFIX.size + len(header) + sum(_filled(array.nbytes) for array in kept.values())
    digest = hashlib.sha256(header).digest()
    number, part = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    try:
        with os.fdopen(number, "wb") as file:
            file.write(PREFIX.pack(MAGIC, VERSION, len(header), length, digest) + header)
            for array in kept.values():
                file.write(_bytes(array))
                file.write(b"\0" * (-array.nbytes % ALIGNED))
            file.flush()
            os.fsync(file.fileno())
        try:
            Path(part).replace(target)
        except PermissionError as error:
            raise IndexFileError(
                str(path),
                "it may not be replaced; perhaps an index that was loaded from it is in use",
                mend="close what uses the file, or save under another name",
            ) from error
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise


def read_arrays(
    path: str | os.PathLike[str], *, verify: bool
) -> tuple[dict[str, Array], dict[str, Any]]:
    """Return the arrays and facts of a file; the arrays stay in the file until they are used.

    Parameters
    ----------
    path
        A file that `write_arrays` wrote.
    verify
        Whether every byte is read once and held against its checksum.

    Returns
    -------
    tuple of dict
        Arrays by name, and the facts. What is written into an array never reaches the file.

    Raises
    ------
    IndexFileError
        If it is no such file, of a newer version, cut off, or a byte of it has changed.
    """
    file = str(path)
    if not Path(path).is_file():
        reason = "it is a folder" if Path(path).is_dir() else "there is no such file"
        raise IndexFileError(file, reason, mend="name a file that was saved")
    with Path(path).open("rb") as opened:  # once: the file of that name may be replaced meanwhile
        header, start = _header(opened, file, os.fstat(opened.fileno()).st_size)
        held: Array = np.asarray(np.memmap(opened, np.uint8, mode="c"))
    arrays: dict[str, Array] = {}
    try:
        for one in header["arrays"]:
            name, (places,) = str(one["name"]), one["shape"]
            if one["dtype"] not in TYPES or type(places) is not int or places < 0:
                raise IndexFileError(file, f"the array {name!r} is none", mend=AGAIN)
            size = places * np.dtype(one["dtype"]).itemsize
            end = start + _filled(size)
            if end > len(held):
                raise IndexFileError(file, f"the array {name!r} is misplaced", mend=AGAIN)
            if verify and zlib.crc32(held[start:end].data) != one["checksum"]:
                raise IndexFileError(
                    file, f"the array {name!r} has changed since it was saved", mend=AGAIN
                )
            arrays[name] = _native(held[start : start + size].view(one["dtype"]))
            start = end
        facts = dict(header["facts"])
    except (KeyError, TypeError, ValueError) as error:
        if isinstance(error, IndexFileError):
            raise
        raise IndexFileError(file, "its table of arrays makes no sense", mend=AGAIN) from error
    if start != len(held):
        raise IndexFileError(file, "it holds more than its table tells of", mend=AGAIN)
    return arrays, facts


def _header(opened: BinaryIO, file: str, size: int) -> tuple[dict[str, Any], int]:
    """Return the header of a file, and where its arrays begin."""
    prefix = opened.read(PREFIX.size)
    if prefix[: len(MAGIC)] != MAGIC:
        raise IndexFileError(
            file, "this is no file of an index", mend="name one that TrustIndex.save wrote"
        )
    if len(prefix) < PREFIX.size:
        raise IndexFileError(file, "it is cut off", mend=AGAIN)
    _, version, length, told, digest = PREFIX.unpack(prefix)
    if version != VERSION:
        raise IndexFileError(
            file,
            f"it has version {version}, this trustgraph reads version {VERSION}",
            mend=f"update trustgraph, or {AGAIN}",
        )
    if told != size:
        cut = "is cut off" if size < told else "goes on after its end"
        raise IndexFileError(file, f"it {cut}: {size} bytes instead of {told}", mend=AGAIN)
    header = opened.read(min(length, size))
    if hashlib.sha256(header).digest() != digest:
        raise IndexFileError(file, "its header has changed since it was saved", mend=AGAIN)
    try:
        return dict(json.loads(header)), PREFIX.size + length
    except (TypeError, ValueError, RecursionError, MemoryError) as error:
        raise IndexFileError(file, "its header cannot be read", mend=AGAIN) from error


def _filled(size: int) -> int:
    return size + -size % ALIGNED


def _little(array: Array) -> Array:
    return np.ascontiguousarray(array, array.dtype.newbyteorder("<"))


def _native(array: Array) -> Array:
    return array.astype(array.dtype.newbyteorder("="), copy=False)


def _bytes(array: Array) -> memoryview:
    return array.view(np.uint8).data


def _checksum(held: memoryview) -> int:
    return zlib.crc32(b"\0" * (-len(held) % ALIGNED), zlib.crc32(held))
