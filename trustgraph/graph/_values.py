"""Values of edges as they enter the arrays of an index, checked in bulk."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from trustgraph._typing import LongInts
from trustgraph.errors import GraphContractError

__all__ = ["NUMBERS", "TieRecords", "check_ranges", "flag"]

NUMBERS = ("trust", "certainty", "willingness", "endorsed_trust", "forwards", "recall", "response")
"""Numbers of an edge that an index holds."""


def flag(value: Any) -> bool:
    """Return a truth value; anything else is an error."""
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    message = f"{value!r} is not true or false"
    raise TypeError(message)


def check_ranges(
    columns: dict[str, Any], asker: LongInts, asked: LongInts, labels: Sequence[Any]
) -> None:
    """Raise a `GraphContractError` that lists every value outside [0, 1]."""
    faults = []
    for name in NUMBERS:
        values = columns[name]
        bad = (values < 0) | (values > 1)
        if name == "trust":
            bad |= np.isnan(values)
        for edge in np.flatnonzero(bad).tolist():
            pair = f"{labels[asked[edge]]!r} -> {labels[asker[edge]]!r}"
            faults.append(f"edge {pair}: {name} is {values[edge]:g}, it must lie in [0, 1]")
    if faults:
        raise GraphContractError(faults)


class TieRecords:
    """What a frame of edges tells of the records behind each, looked up as in a graph."""

    columns = ("last_contact", "kinds")

    def __init__(self, frame: pd.DataFrame) -> None:
        told = [name for name in self.columns if name in frame.columns]
        pairs = zip(frame["source"], frame["target"], strict=True)
        rows = zip(*(frame[name] for name in told), strict=True)
        self.edges = {
            pair: dict(zip(told, row, strict=True)) for pair, row in zip(pairs, rows, strict=True)
        }
