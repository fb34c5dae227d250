"""Columns of texts: what is asked of a text is asked once, however often the text stands there."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

__all__ = ["distinct", "mapped_ids"]


def distinct(column: "pd.Series[Any]", of: Callable[[str], str]) -> "pd.Series[str]":
    """Return a function of each text of a column, each distinct text looked at once."""
    codes, texts = pd.factorize(column.astype("str"))
    values = np.array([of(text) for text in np.asarray(texts, dtype=object)], dtype=object)
    return pd.Series(values[codes] if len(values) else [], index=column.index, dtype="str")


def mapped_ids(column: "pd.Series[Any]", ids: Mapping[str, str]) -> "pd.Series[str]":
    """Return a column with other ids; those that are not named stay."""
    return distinct(column, lambda one: ids.get(one, one))
