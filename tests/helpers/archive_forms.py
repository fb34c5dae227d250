"""The bytes in an archive."""

import zipfile
from pathlib import Path


def contents(path: Path) -> dict[str, bytes]:
    """Return what is in a zip, by name."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
