"""Reading the files of an archive with nothing but the standard library."""

import csv
import io
import zipfile
from pathlib import Path
from typing import NamedTuple


class Table(NamedTuple):
    """One file: its text, its header and its records."""

    text: str
    header: list[str]
    rows: list[dict[str, str]]


def table(path: Path, name: str) -> Table:
    """Return one file of the zip; the notes above the header are left out of the records."""
    with zipfile.ZipFile(path) as archive:
        text = archive.read(name).decode("utf-8")
    body = text.split("\n\n", 1)[1] if text.startswith("Notes:\n") else text
    records = list(csv.reader(io.StringIO(body, newline=""), strict=True))
    header = records[0]
    return Table(text, header, [dict(zip(header, row, strict=True)) for row in records[1:]])


def entries(path: Path) -> list[tuple[str, tuple[int, ...], int, int, int, int]]:
    """Return what is in a zip, whatever the version of zlib that packed it."""
    with zipfile.ZipFile(path) as archive:
        return [
            (
                one.filename,
                one.date_time,
                one.CRC,
                one.file_size,
                one.compress_type,
                one.external_attr,
            )
            for one in archive.infolist()
        ]
