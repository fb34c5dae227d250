"""The frame of an answer: one row a path."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.internals import (  # type: ignore[import-not-found] # the stubs lack it
    create_dataframe_from_blocks,
)

from trustgraph.introductions.introduction import Introduction

__all__ = ["COLUMNS", "columns_of", "frame_of"]

COLUMNS: dict[str, str] = {
    "rank": "int64",
    "score": "float64",
    "delivery": "float64",
    "carried": "float64",
    "hops": "int64",
    "path": "object",
    "introducer": "object",
    "target": "object",
    "forward_only": "float64",
    "nothing": "float64",
    "lift": "float64",
    "weakest": "str",
    "observed_steps": "int64",
    "trust_low": "float64",
    "trust_mean": "float64",
    "trust_high": "float64",
    "share_first": "float64",
    "block": "str",
}
"""Columns of the frame and their types, in order; whatever type the ids of a graph have."""
HEAD = pd.Index(list(COLUMNS))
NUMBERS = {
    kind: [name for name, of in COLUMNS.items() if of == kind] for kind in ("int64", "float64")
}
PLACES = {name: np.array([place]) for place, name in enumerate(COLUMNS)} | {
    kind: np.array([list(COLUMNS).index(name) for name in names]) for kind, names in NUMBERS.items()
}
TEXT = pd.StringDtype(na_value=np.nan)


def columns_of(items: Sequence[Introduction]) -> dict[str, list[Any]]:
    """Return the columns of a frame of paths."""
    rows = [item.to_row() for item in items]
    return {name: [row[name] for row in rows] for name in COLUMNS}


def frame_of(columns: Mapping[str, Any]) -> pd.DataFrame:
    """Return the frame of columns that are arrays or, for all that is no number, lists.

    It is made of blocks of one type each: the usual constructor looks at every column by itself,
    which costs 0.1 ms, as much as all the rest of an answer.
    """
    size = len(columns["path"])
    blocks: list[tuple[Any, Any]] = [
        (np.array([columns[name] for name in names], dtype=kind), PLACES[kind])
        for kind, names in NUMBERS.items()
    ]
    texts = []
    for name, kind in COLUMNS.items():
        if kind == "str":
            texts.append(name)
        elif kind == "object":
            row = np.empty((1, size), object)
            row[0] = columns[name]
            blocks.append((row, PLACES[name]))
    # To make an array of text is dear, to cut it is not.
    text = pd.array([value for name in texts for value in columns[name]], dtype=TEXT)
    for number, name in enumerate(texts):
        blocks.append((text[number * size : (number + 1) * size], PLACES[name]))
    frame: pd.DataFrame = create_dataframe_from_blocks(
        blocks,
        index=pd.RangeIndex(size),
        columns=HEAD.copy(),  # its owner may give it a name
    )
    return frame
