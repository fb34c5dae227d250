"""Several ids of one person: the tables as they were told, and as they read when joined."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import numpy as np
import pandas as pd

from trustgraph.errors import RecordError
from trustgraph.models.acts import acts_once, mapped_origins

__all__ = ["MERGED_COLUMNS", "joined_tables", "merged_frame"]

MERGED_COLUMNS: Final = ("alias", "person")
_ENDS: Final = {
    "evidence": ("source", "target"),
    "positions": ("person",),
    "facts": ("person",),
    "texts": ("source", "target"),
    "judgements": ("source", "target"),
}


def merged_frame(
    merged: pd.DataFrame | Iterable[Mapping[str, Any]] | None, known: "pd.Index[Any]"
) -> pd.DataFrame:
    """Return which ids are other ids of whom: each alias once, none of them a person of its own.

    Parameters
    ----------
    merged
        Rows of ``alias`` and ``person``.
    known
        All ids.

    Returns
    -------
    pandas.DataFrame
        Columns alias, person; sorted. Aliases of aliases are those of the person.

    Raises
    ------
    RecordError
        If an id is unknown, an alias stands twice, or people are aliases of each other.
    """
    frame = pd.DataFrame(
        merged if isinstance(merged, pd.DataFrame) else list(merged or ()),
        columns=list(MERGED_COLUMNS),
    ).astype("str")
    person_of = dict(zip(frame["alias"], frame["person"], strict=True))
    for row, (alias, person) in enumerate(
        zip(frame["alias"], frame["person"], strict=True), start=1
    ):
        for name, one in (("alias", alias), ("person", person)):
            if one not in known:
                mend = "name ids that the people have"
                raise RecordError(
                    "unknown person", file=f"merged.{name}", row=row, value=one, mend=mend
                )
        last, seen = person, {alias}
        while last in person_of and last not in seen:
            seen.add(last)
            last = person_of[last]
        if last in seen:
            raise RecordError(
                "people are merged into each other",
                file="merged",
                row=row,
                value=alias,
                mend="leave one of them a person of their own",
            )
        person_of[alias] = last
    if frame["alias"].duplicated().any():
        row = int(np.flatnonzero(frame["alias"].duplicated().to_numpy())[0])
        value = str(frame["alias"].iloc[row])
        mend = "name each alias once"
        raise RecordError(
            "this id is merged twice", file="merged", row=row + 1, value=value, mend=mend
        )
    pairs = sorted(person_of.items())
    return pd.DataFrame(pairs, columns=list(MERGED_COLUMNS), dtype="str")


def joined_tables(told: Mapping[str, pd.DataFrame], merged: pd.DataFrame) -> dict[str, Any]:
    """Return the tables with each person under one id, each act and fact once.

    Parameters
    ----------
    told
        The tables as records told them: people, evidence, positions, facts, texts, judgements.
    merged
        Which ids are other ids of whom.

    Returns
    -------
    dict
        Name of the table -> frame.
    """
    ids = dict(zip(merged["alias"], merged["person"], strict=True))
    tables = {"people": _people(told["people"], ids)}
    for name, columns in _ENDS.items():
        frame = told[name].copy()
        for column in columns:
            frame[column] = _mapped(frame[column], ids)
        if "origin" in frame:
            frame["origin"] = mapped_origins(frame["origin"], ids)
        if len(columns) > 1:
            frame = frame[frame["source"] != frame["target"]]
        tables[name] = frame.reset_index(drop=True)
    tables["evidence"] = acts_once(tables["evidence"])
    tables["positions"] = tables["positions"].drop_duplicates(ignore_index=True)
    tables["facts"] = tables["facts"].drop_duplicates(ignore_index=True)
    tables["texts"] = tables["texts"].drop_duplicates(ignore_index=True)
    tables["judgements"] = tables["judgements"].drop_duplicates(
        ["source", "target"], keep="last", ignore_index=True
    )
    return tables


def _mapped(column: "pd.Series[Any]", ids: Mapping[str, str]) -> "pd.Series[Any]":
    codes, texts = pd.factorize(column.astype("str"))
    new = np.array([ids.get(text, text) for text in texts], dtype=object)
    return pd.Series(new[codes] if len(new) else [], index=column.index, dtype="str")


def _people(people: pd.DataFrame, ids: Mapping[str, str]) -> pd.DataFrame:
    """Return one row a person: what the row of their own id leaves out, the others fill in."""
    joined = people[~people.index.isin(list(ids))].copy()
    for alias, person in sorted(ids.items()):
        row, other = joined.loc[person], people.loc[alias]
        nameless = row["name"] in {"", person}
        for column in ("location", "url"):
            if not row[column]:
                joined.loc[person, column] = other[column]
        if nameless and other["name"] != alias:
            joined.loc[person, "name"] = other["name"]
        if not row["organisation"] and not row["position"]:
            joined.loc[person, ["organisation", "position"]] = other[["organisation", "position"]]
        joined.loc[person, "do_not_ask"] = bool(row["do_not_ask"] or other["do_not_ask"])
    return joined
