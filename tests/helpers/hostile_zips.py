"""Zips byte by byte, so that every field of them can lie."""

import io
import struct
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

LOCAL, LISTED, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
END_64, PLACE_64 = b"PK\x06\x06", b"PK\x06\x07"
NOON = 12 << 11
DAY_ONE = (2026 - 1980) << 9 | 2 << 5 | 8
UTF8, ENCRYPTED, DESCRIBED = 0x800, 0x1, 0x8


@dataclass
class Entry:
    """One entry of a zip; what is None is told truly."""

    name: str | bytes
    data: bytes = b""
    method: int = zipfile.ZIP_DEFLATED
    flags: int = UTF8
    mode: int = 0
    date: int = DAY_ONE
    time: int = NOON
    packed: bytes | None = None
    crc: int | None = None
    says_unpacked: int | None = None
    says_packed: int | None = None
    says_place: int | None = None
    needs: int = 20

    @property
    def raw_name(self) -> bytes:
        """The name as it stands in the zip."""
        return self.name if isinstance(self.name, bytes) else self.name.encode("utf-8")

    @property
    def raw_data(self) -> bytes:
        """The packed bytes."""
        if self.packed is not None:
            return self.packed
        return deflated(self.data) if self.method == zipfile.ZIP_DEFLATED else self.data

    def facts(self) -> tuple[int, ...]:
        """What both headers say about the entry."""
        said = self.says_unpacked, self.says_packed, self.crc
        true = len(self.data), len(self.raw_data), zlib.crc32(self.data)
        unpacked, packed, crc = (t if s is None else s for s, t in zip(said, true, strict=True))
        clock = self.needs, self.flags, self.method, self.time, self.date
        return (*clock, crc, packed, unpacked, len(self.raw_name))

    def local(self) -> bytes:
        """The header before the data; with a descriptor sizes and checksum stand behind it."""
        *clock, crc, packed, unpacked, length = self.facts()
        if self.flags & DESCRIBED:
            crc = packed = unpacked = 0
        return struct.pack("<4s5H3L2H", LOCAL, *clock, crc, packed, unpacked, length, 0) + (
            self.raw_name
        )

    def listed(self, place: int) -> bytes:
        """The header in the list at the end."""
        *clock, crc, packed, unpacked, length = self.facts()
        said = place if self.says_place is None else self.says_place
        numbers = (length, 0, 0, 0, 0, self.mode << 16, said)
        packed_facts = struct.pack(
            "<4s6H3L5H2L", LISTED, 20 | 3 << 8, *clock, crc, packed, unpacked, *numbers
        )
        return packed_facts + self.raw_name

    def descriptor(self) -> bytes:
        """What stands behind the data when the header before it says nothing."""
        if not self.flags & DESCRIBED:
            return b""
        *_, crc, packed, unpacked, _ = self.facts()
        return struct.pack("<4s3L", b"PK\x07\x08", crc, packed, unpacked)


def deflated(data: bytes) -> bytes:
    """Return bytes as zips pack them."""
    pack = zlib.compressobj(9, zlib.DEFLATED, -15)
    return pack.compress(data) + pack.flush()


def raw_zip(
    entries: Sequence[Entry],
    *,
    before: bytes = b"",
    comment: bytes = b"",
    says_number: int | None = None,
    is_long: bool = False,
) -> bytes:
    """Return a zip of such entries; `is_long` ends it as zips of more than 4 GB end (zip64)."""
    body, listed = io.BytesIO(), []
    for entry in entries:
        listed.append(entry.listed(body.tell()))
        body.write(entry.local() + entry.raw_data + entry.descriptor())
    return before + finished(body.getvalue(), listed, comment, says_number, is_long=is_long)


def finished(
    body: bytes,
    listed: Sequence[bytes],
    comment: bytes = b"",
    says_number: int | None = None,
    *,
    is_long: bool = False,
) -> bytes:
    """Return a zip of some bytes and the list of its entries."""
    listing = b"".join(listed)
    number = len(listed) if says_number is None else says_number
    place = len(body)
    body += listing
    if is_long:
        record = struct.pack(
            "<4sQ2H2L4Q", END_64, 44, 45, 45, 0, 0, number, number, len(listing), place
        )
        body += record + struct.pack("<4sLQL", PLACE_64, 0, len(body), 1)
        number, size, place = 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF
    else:
        number, size = number & 0xFFFF, len(listing)
    end = struct.pack("<4s4H2LH", END, 0, 0, number, number, size, place, len(comment))
    return body + end + comment


def overlapping_bomb(files: int, kernel: bytes) -> bytes:
    """Return a zip whose entries share one kernel, each quoting the header of the next.

    Construction of D. Fifield, "A better zip bomb", WOOT 2019, section 4.
    """
    entries = [Entry(f"{number:04d}.csv", kernel) for number in range(files)]
    entries[-1].packed = deflated(kernel)
    parts = [entries[-1].raw_data]
    for number in range(files - 2, -1, -1):
        after = entries[number + 1]
        quoted = after.local()
        stored = struct.pack("<BHH", 0, len(quoted), len(quoted) ^ 0xFFFF)
        entries[number].data = quoted + after.data
        entries[number].packed = stored + quoted + after.raw_data
        parts.append(stored)
    body, listed = b"", []
    for entry, part in zip(entries, reversed(parts), strict=True):
        listed.append(entry.listed(len(body)))
        body += entry.local() + part
    return finished(body, listed)


def files_below(folder) -> dict[str, bytes]:
    """Return everything in a folder, to see later that nothing was written there."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
