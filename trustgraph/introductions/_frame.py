"""The frame of an answer: one row a path."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from trustgraph.introductions.introduction import Introduction

__all__ = ["COLUMNS", "columns_of", "frame_of"]

COLUMNS = (
    "rank",
    "score",
    "delivery",
    "carried",
    "hops",
    "path",
    "introducer",
    "target",
    "forward_only",
    "nothing",
    "lift",
    "weakest",
    "observed_steps",
    "trust_low",
    "trust_mean",
    "trust_high",
    "share_first",
    "block",
)
"""Columns of the frame, in order; those of text are listed below, the others hold numbers."""
IDS = ("introducer", "target")
TEXTS = ("weakest", "block")
WHOLE = ("rank", "hops", "observed_steps")
TEXT = pd.StringDtype(na_value=np.nan)


def columns_of(items: Sequence[Introduction]) -> dict[str, list[Any]]:
    """Return the columns of a frame of paths as lists."""
    rows = [item.to_row() for item in items]
    return {name: [row[name] for row in rows] for name in COLUMNS}


def frame_of(columns: Mapping[str, Any]) -> pd.DataFrame:
    """Return the frame of these columns, which are arrays that nobody else holds, or lists.

    Columns are made ready one by one, so that pandas neither looks into them nor copies them.
    """
    ready: dict[str, Any] = {}
    for name in COLUMNS:
        values = columns[name]
        if name == "path":
            # An array that is filled: one made of equally long paths would have two dimensions.
            ready[name] = np.empty(len(values), object)
            ready[name][:] = values
        elif name in TEXTS:
            ready[name] = pd.array(values, dtype=TEXT)
        elif name in IDS:
            ready[name] = _ids(values)
        else:
            ready[name] = np.asarray(values, np.int64 if name in WHOLE else np.float64)
    return pd.DataFrame(ready, index=pd.RangeIndex(len(ready["path"])), copy=False)


def _ids(values: list[Any]) -> Any:
    """Return ids as a column of text, of numbers or of objects, as pandas makes it of rows."""
    if not values:
        return np.empty(0, object)
    return pd.array(values, dtype=TEXT) if all(isinstance(one, str) for one in values) else values
