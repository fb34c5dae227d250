"""An act counts once, however many archives tell it."""

from typing import Any, Final

import numpy as np
import pandas as pd

from trustgraph.models.evidence import join_origins, split_origins

__all__ = ["ACT", "acts_once", "mapped_origins"]

ACT: Final = ["kind", "source", "target", "at"]
"""What makes two records one act."""


def acts_once(acts: pd.DataFrame) -> pd.DataFrame:
    """Return each act once: the largest amount, and all owners whose archives say it.

    A connection has no direction of its own: what two owners say of one tie is one act, dated at
    the earlier of their dates. An act of somebody towards themselves is none.

    Parameters
    ----------
    acts
        Columns kind, source, target, at, amount, origin.

    Returns
    -------
    pandas.DataFrame
        The same columns, sorted.
    """
    people = pd.CategoricalDtype(sorted({*acts["source"], *acts["target"]}))
    rows = acts.astype({"source": people, "target": people, "kind": "category"})
    source, target = rows["source"].cat.codes, rows["target"].cat.codes
    is_tie = rows["kind"] == "connection"
    one = np.where(is_tie, np.minimum(source, target), source)
    other = np.where(is_tie, np.maximum(source, target), target)
    rows = rows.assign(one=one, other=other, when=rows["at"].where(~is_tie))
    rows = rows[source != target].sort_values([*ACT, "origin"], kind="stable")
    rows = rows.sort_values("at", kind="stable")  # of a tie the earliest date comes first
    same = ["kind", "one", "other", "when"]
    group = rows.groupby(same, dropna=False, observed=True, sort=False).ngroup()
    rows["amount"] = rows.groupby(group)["amount"].transform("max")
    rows["origin"] = _joined(rows["origin"], group)
    once = rows.drop_duplicates(same).astype({"origin": "category"})
    once = once.sort_values([*ACT, "origin"], ignore_index=True, kind="stable")
    return once[[*ACT, "amount", "origin"]]


def _joined(origin: "pd.Series[Any]", group: "pd.Series[int]") -> "pd.Series[Any]":
    """Return for each row the owners of its whole group, as one text."""
    pairs = pd.DataFrame({"group": group, "origin": origin.astype("str")}).drop_duplicates()
    several = pairs[pairs.duplicated("group", keep=False)]
    texts = several.groupby("group")["origin"].agg(
        lambda told: join_origins(one for text in told for one in split_origins(text))
    )
    return group.map(texts).astype(object).fillna(origin.astype("str"))


def mapped_origins(origin: "pd.Series[Any]", ids: dict[str, str]) -> "pd.Series[Any]":
    """Return origins with other ids of the owners."""
    codes, texts = pd.factorize(origin.astype("str"))
    new = [join_origins(ids.get(one, one) for one in split_origins(text)) for text in texts]
    values: Any = np.array(new, dtype=object)[codes] if new else []
    return pd.Series(values, index=origin.index, dtype="str")
