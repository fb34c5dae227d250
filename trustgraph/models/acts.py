"""An act counts once, however many archives tell it."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import pandas as pd

from trustgraph.models.distinct import distinct
from trustgraph.models.evidence import join_origins, split_origins

__all__ = ["ACT", "acts_once", "mapped_origins", "told_once"]

ACT: Final = ["kind", "source", "target", "at"]
"""What makes two records one act."""


def acts_once(acts: pd.DataFrame) -> pd.DataFrame:
    """Return each act once: the largest amount, and all owners whose archives say it.

    A connection has no direction of its own: what two owners say of one tie is one act, dated at
    the earlier of their dates. An act of somebody towards themselves is none.

    Parameters
    ----------
    acts
        Columns kind, source, target, at, amount, origin. If there is a column ``told``, acts of
        which it says the same were told side by side: alike as they are, they are several (two
        undated projects, say), and only those told elsewhere are the same ones again.

    Returns
    -------
    pandas.DataFrame
        The columns kind, source, target, at, amount, origin; sorted.
    """
    people = pd.CategoricalDtype(sorted({*acts["source"].unique(), *acts["target"].unique()}))
    rows = acts.astype({"source": people, "target": people, "kind": "category"})
    source, target = rows["source"].cat.codes, rows["target"].cat.codes
    is_tie = rows["kind"] == "connection"
    one = np.where(is_tie, np.minimum(source, target), source)
    other = np.where(is_tie, np.maximum(source, target), target)
    rows = rows.assign(one=one, other=other, when=rows["at"].where(~is_tie), nth=0)
    rows = rows[source != target].sort_values([*ACT, "origin"], kind="stable")
    rows = rows.sort_values("at", kind="stable")  # of a tie the earliest date comes first
    same = ["kind", "one", "other", "when", "nth"]
    if "told" in rows:
        rows["nth"] = _place_among_alike(rows, [*same[:-1], "told"])
    group = rows.groupby(same, dropna=False, observed=True, sort=False).ngroup()
    rows["amount"] = rows.groupby(group)["amount"].transform("max")
    rows["origin"] = _joined(rows["origin"], group)
    once = rows.drop_duplicates(same).astype({"origin": "category"})
    once = once.sort_values([*ACT, "nth"], ignore_index=True, kind="stable")
    return once[[*ACT, "amount", "origin"]]


def _place_among_alike(rows: pd.DataFrame, alike: list[str]) -> "pd.Series[int]":
    """Return which of several alike acts told side by side each is; of ties there is only one."""
    several = rows.duplicated(alike, keep=False) & (rows["kind"] != "connection")
    larger_first = rows[several].sort_values("amount", ascending=False, kind="stable")
    places = larger_first.groupby(alike, dropna=False, observed=True, sort=False).cumcount()
    return places.reindex(rows.index, fill_value=0)


def _joined(origin: "pd.Series[Any]", group: "pd.Series[int]") -> "pd.Series[Any]":
    """Return for each row the owners of its whole group, as one text."""
    pairs = pd.DataFrame({"group": group, "origin": origin.astype("str")}).drop_duplicates()
    several = pairs[pairs.duplicated("group", keep=False)]
    texts = several.groupby("group")["origin"].agg(
        lambda told: join_origins(one for text in told for one in split_origins(text))
    )
    return group.map(texts).astype(object).fillna(origin.astype("str"))


def told_once(rows: pd.DataFrame) -> pd.DataFrame:
    """Return each record once, with all owners whose archives say it.

    Parameters
    ----------
    rows
        Records with a column ``origin``; two that differ in nothing else are one.

    Returns
    -------
    pandas.DataFrame
        The same columns; the first of each in the order given.
    """
    same = [name for name in rows.columns if name != "origin"]
    group = rows.groupby(same, dropna=False, sort=False).ngroup()
    joined = rows.assign(origin=_joined(rows["origin"], group).astype("str"))
    return joined.drop_duplicates(same, ignore_index=True)


def mapped_origins(origin: "pd.Series[Any]", ids: Mapping[str, str]) -> "pd.Series[str]":
    """Return origins with other ids of the owners."""
    return distinct(
        origin, lambda text: join_origins(ids.get(one, one) for one in split_origins(text))
    )
