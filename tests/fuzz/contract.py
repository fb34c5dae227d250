"""What a reader owes to any bytes whatsoever: a network whose rows add up, or a clear error."""

from collections.abc import Callable
from typing import Any

from trustgraph.errors import TrustGraphError
from trustgraph.models import Network

from helpers.linkedin_files import balance

__all__ = ["read_or_refuse"]


def read_or_refuse(read: Callable[[], Any], *, is_counted: bool = True) -> Any:
    """Return what a reader returns, None if it refuses in words; anything else is a fault.

    A reader that has the report from the file itself has counted nothing.
    """
    try:
        found = read()
    except TrustGraphError:
        return None
    if isinstance(found, Network):
        if is_counted:
            balance(found.report)
        found.model_dump_json()
    return found
