"""What a reader owes to any bytes whatsoever: a network whose rows add up, or a clear error."""

from collections.abc import Callable
from typing import Any

from trustgraph.errors import TrustGraphError
from trustgraph.models import Network

from helpers.linkedin_files import balance

__all__ = ["read_or_refuse"]


def read_or_refuse(read: Callable[[], Any]) -> Any:
    """Return what a reader returns, None if it refuses in words; anything else is a fault."""
    try:
        found = read()
    except TrustGraphError:
        return None
    if isinstance(found, Network):
        for file, (rows, used, unused) in balance(found.report).items():
            assert rows == used + unused, f"{file}: {rows} rows read, {used} used, {unused} not"
        found.model_dump_json()
    return found
