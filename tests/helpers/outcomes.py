"""What a reader of damaged files may do: read, or refuse in words."""

from collections.abc import Callable
from typing import Any

from trustgraph.errors import ArchiveError

__all__ = ["read_or_refused"]


def read_or_refused(read: Callable[[], Any]) -> tuple[Any, ArchiveError | None]:
    """Return what is read, or why it is refused; the other is None."""
    try:
        return read(), None
    except ArchiveError as error:
        return None, error
