"""Zip files that depend on nothing but what goes into them."""

import datetime as dt
import io
import zipfile
from collections.abc import Mapping

__all__ = ["zip_bytes"]

_UNIX = 3
_PLAIN_FILE = 0o100644 << 16


def zip_bytes(files: Mapping[str, bytes], at: dt.datetime) -> bytes:
    """Return the files as a zip, in the order of their names, all built at the same moment.

    The bytes are the same on every system with the same zlib.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files, key=str.lower):
            entry = zipfile.ZipInfo(name, at.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = _UNIX
            entry.external_attr = _PLAIN_FILE
            archive.writestr(entry, files[name])
    return out.getvalue()
