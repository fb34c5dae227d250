"""The frame of an answer: one row a path."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from trustgraph.introductions.introduction import Introduction

__all__ = ["COLUMNS", "columns_of", "frame_of"]

COLUMNS: dict[str, Any] = {
    "rank": np.int64,
    "score": np.float64,
    "delivery": np.float64,
    "carried": np.float64,
    "hops": np.int64,
    "path": object,
    "introducer": "id",
    "target": "id",
    "forward_only": np.float64,
    "nothing": np.float64,
    "lift": np.float64,
    "weakest": "text",
    "observed_steps": np.int64,
    "trust_low": np.float64,
    "trust_mean": np.float64,
    "trust_high": np.float64,
    "share_first": np.float64,
    "block": "text",
}
"""Columns of the frame and their types, in order; ids are what the graph has, text as a rule."""
TEXT = pd.StringDtype(na_value=np.nan)


def columns_of(items: Sequence[Introduction]) -> dict[str, list[Any]]:
    """Return the columns of a frame of paths as lists."""
    rows = [item.to_row() for item in items]
    return {name: [row[name] for row in rows] for name in COLUMNS}


def frame_of(columns: Mapping[str, Any]) -> pd.DataFrame:
    """Return the frame of these columns, which are arrays that nobody else holds, or lists.

    They are made ready here, so that pandas neither looks into them nor copies them.
    """
    size = len(columns["path"])
    ready: dict[str, Any] = dict.fromkeys(COLUMNS)
    texts = []
    for name, kind in COLUMNS.items():
        values = columns[name]
        if name == "path":
            # An array that is filled: one made of equally long paths would have two dimensions.
            ready[name] = np.empty(size, object)
            ready[name][:] = values
        elif kind == "text" or (kind == "id" and _is_text(values)):
            texts.append(name)
        elif kind == "id":
            ready[name] = values or np.empty(0, object)
        else:
            ready[name] = np.asarray(values, kind)
    # To make an array of text is dear, to cut it is not.
    joined = pd.array([value for name in texts for value in columns[name]], dtype=TEXT)
    for place, name in enumerate(texts):
        ready[name] = joined[place * size : (place + 1) * size]
    return pd.DataFrame(ready, index=pd.RangeIndex(size), copy=False)


def _is_text(values: Sequence[Any]) -> bool:
    return bool(values) and all(isinstance(value, str) for value in values)
