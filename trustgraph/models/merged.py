"""Several ids of one person: the tables as they were told, and as they read when joined."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import numpy as np
import pandas as pd

from trustgraph.errors import RecordError
from trustgraph.models.acts import acts_once, mapped_origins, told_once
from trustgraph.models.conflicts import other_facts
from trustgraph.models.distinct import mapped_ids

__all__ = ["MERGED_COLUMNS", "joined_tables", "merged_frame", "person_of_alias"]

MERGED_COLUMNS: Final = ("alias", "person")
_ENDS: Final = {
    "evidence": ("source", "target"),
    "positions": ("person",),
    "facts": ("person",),
    "texts": ("source", "target"),
    "judgements": ("source", "target"),
}
_KNOWN: Final = "name ids that the people have"
_ONCE: Final = "name each alias once"
_ONE_STAYS: Final = "leave one of them a person of their own"


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
        Columns alias, person; sorted by alias. A person may be an alias of another in turn, so
        that a merge of merged people can be taken back; `person_of_alias` follows the chain.

    Raises
    ------
    RecordError
        If an id is unknown, an alias stands twice, or people are aliases of each other.
    """
    frame = pd.DataFrame(
        merged if isinstance(merged, pd.DataFrame) else list(merged or ()),
        columns=list(MERGED_COLUMNS),
    ).astype("str")
    for name in MERGED_COLUMNS:
        _refuse(frame, name, ~frame[name].isin(known), "unknown person", _KNOWN)
    _refuse(frame, "alias", frame["alias"].duplicated(), "this id is merged twice", _ONCE)
    circular = ~frame["alias"].isin(list(person_of_alias(frame)))
    _refuse(frame, "alias", circular, "people are merged into each other", _ONE_STAYS)
    return frame.sort_values("alias", ignore_index=True)


def _refuse(
    frame: pd.DataFrame, column: str, bad: "pd.Series[bool]", reason: str, mend: str
) -> None:
    """Raise a `RecordError` at the first bad row."""
    rows = np.flatnonzero(bad.to_numpy())
    if len(rows):
        row = int(rows[0])
        file, value = f"merged.{column}", str(frame[column].iloc[row])
        raise RecordError(reason, file=file, row=row + 1, value=value, mend=mend)


def person_of_alias(merged: pd.DataFrame) -> dict[str, str]:
    """Return alias -> person, chains followed to their end; those that go in circles left out.

    Parameters
    ----------
    merged
        Columns alias, person.

    Returns
    -------
    dict
        Each alias and the id that stands for its person.
    """
    one_up = dict(zip(merged["alias"], merged["person"], strict=True))
    ends: dict[str, str] = {}
    for alias in sorted(one_up):
        chain, last = {alias}, one_up[alias]
        while last in one_up and last not in ends and last not in chain:
            chain.add(last)
            last = one_up[last]
        if last not in chain:
            ends.update(dict.fromkeys(chain, ends.get(last, last)))
    return dict(sorted(ends.items()))


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
    ids = person_of_alias(merged)
    everybody = told["people"]
    people = _people(everybody, ids)
    tables = {"people": people}
    for name, columns in _ENDS.items():
        frame = told[name].copy()
        for column in columns:
            frame[column] = mapped_ids(frame[column], ids)
        if "origin" in frame:
            frame["origin"] = mapped_origins(frame["origin"], ids)
        tables[name] = frame
    tables["evidence"] = _evidence(tables["evidence"], told["evidence"], ids)
    tables["positions"] = tables["positions"].drop_duplicates(ignore_index=True)
    said = everybody[everybody.index.isin(list(ids))].reset_index()
    said = said.assign(id=mapped_ids(said["id"], ids), at=None, origin="")
    tables["facts"] = told_once(
        pd.concat([tables["facts"], other_facts(said, people)], ignore_index=True)
    )
    tables["texts"] = told_once(_between_two(tables["texts"]))
    judgements = _between_two(tables["judgements"])
    tables["judgements"] = judgements.drop_duplicates(
        ["source", "target"], keep="last", ignore_index=True
    )
    return tables


def _between_two(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["source"] != frame["target"]].reset_index(drop=True)


def _evidence(joined: pd.DataFrame, told: pd.DataFrame, ids: Mapping[str, str]) -> pd.DataFrame:
    """Return each act once where somebody merged took part; the others are as they were told."""
    names = {*ids, *ids.values()}
    theirs = told["source"].isin(names) | told["target"].isin(names)
    pairs = told[theirs].groupby(["source", "target"], observed=True, sort=False).ngroup()
    once = acts_once(joined[theirs].assign(told=pairs))
    rest = joined[~theirs]
    return pd.concat([rest, once[rest.columns]], ignore_index=True)


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
