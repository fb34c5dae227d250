"""Who is who across archives: the same people get the same id, and others different ones.

People meet by their slug. Somebody known by name only (archives before July 2023) is the person
of the same full name and organisation elsewhere in the pool, if there is exactly one; everybody
else stays apart, and the report lists the names.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pandas as pd

from trustgraph._text import circle_key
from trustgraph.ingest.identity import folded, how_many, least, looked_up
from trustgraph.ingest.proposals import connection_days
from trustgraph.ingest.told import Told, tellers
from trustgraph.models.distinct import distinct, mapped_ids
from trustgraph.models.evidence import split_origins

__all__ = ["in_order", "unified"]


def in_order(sources: Sequence[Told]) -> list[Told]:
    """Return sources by date, owners, name and content: what comes later counts more.

    Owners whom nothing names get an id each, made from what their archives hold.

    Parameters
    ----------
    sources
        In any order.

    Returns
    -------
    list of Told
        In an order that does not depend on the one given.
    """
    oldest = dt.datetime.min.replace(tzinfo=dt.UTC)
    keys = [(told.as_of or oldest, told.owners, told.name) for told in sources]
    # To read all of it is slow, and seldom needed.
    prints = [
        told.fingerprint() if told.unknown or keys.count(key) > 1 else ""
        for told, key in zip(sources, keys, strict=True)
    ]
    nameless = {mark for mark, told in zip(prints, sources, strict=True) if told.unknown}
    rows = sorted(
        ((*key, mark), number) for number, (key, mark) in enumerate(zip(keys, prints, strict=True))
    )
    if len(nameless) <= 1:  # one alone is simply "me"
        return [sources[number] for _, number in rows]
    return [
        sources[number].renamed({one: f"{one}-{mark[:8]}" for one in sources[number].unknown})
        for (*_, mark), number in rows
    ]


def unified(sources: Sequence[Told], notes: list[dict[str, Any]]) -> list[Told]:
    """Return sources in which people who are the same have the same id, and others do not.

    Parameters
    ----------
    sources
        What they say, in order.
    notes
        Names that are kept apart are added to it, as rows of a report.

    Returns
    -------
    list of Told
        In the same order.
    """
    mentions = pd.concat(
        [told.people.assign(part=number) for number, told in enumerate(sources)], ignore_index=True
    )
    owners = {owner for told in sources for owner in told.owners}
    mentions["key"] = folded(mentions["name"])
    mentions["place"] = distinct(mentions["organisation"], circle_key)
    mentions["lone"] = (mentions["url"] == "") & mentions["id"].str.contains("|", regex=False)
    lone = mentions[mentions["lone"]]
    days = connection_days(pd.concat([told.evidence for told in sources], ignore_index=True))
    merged = _merged_ids(mentions, lone, days)
    nowhere = lone[(lone["place"] == "") & ~lone["id"].isin(owners)]
    apart = _told_apart(nowhere, sources, owners)
    _say_apart(mentions, lone, merged, set(apart["name"]), notes)
    renamed = []
    for number, told in enumerate(sources):
        own = apart[apart["part"] == number]
        renamed.append(told.renamed(merged | dict(zip(own["id"], own["own"], strict=True))))
    return renamed


def _told_apart(nowhere: pd.DataFrame, sources: Sequence[Told], owners: set[str]) -> pd.DataFrame:
    """Return whom a name without a place may not join to others: part, id, name, their own id.

    Who is known to one owner alone stays the same person in all archives of that owner.
    """
    nowhere = nowhere.assign(base=[_without_teller(one, owners) for one in nowhere["id"]])
    nowhere["whose"] = ["\n".join(sources[number].owners) for number in nowhere["part"]]
    several = nowhere.groupby("base")["whose"].transform("nunique") > 1
    rows = nowhere[several].assign(own="")
    for number, part in rows[rows["base"] == rows["id"]].groupby("part"):
        # Pooling before gave all of a name but one an id of their own: the first owner is the one.
        said = tellers(sources[int(str(number))], part["id"])
        own = [f"{one}|{split_origins(by)[0]}" for one, by in zip(part["id"], said, strict=True)]
        rows.loc[part.index, "own"] = own
    return rows.assign(own=rows["own"].where(rows["own"] != "", rows["id"]))


def _without_teller(person: str, owners: set[str]) -> str:
    """Return the id without the owner that pooling put behind it."""
    base, _, last = person.rpartition("|")
    return base if "|" in base and last in owners else person


def _merged_ids(mentions: pd.DataFrame, lone: pd.DataFrame, days: pd.DataFrame) -> dict[str, str]:
    """Return old id -> new id of people known by name and organisation only.

    Two to whom one owner connected on different days are two people.
    """
    placed = lone[lone["place"] != ""].drop_duplicates(["id", "key", "place"])
    here = placed["key"] + "\0" + placed["place"]
    # Two of that name and organisation in one archive are two people, and none can tell which.
    named = mentions[(mentions["place"] != "") & (mentions["key"] != "")]
    in_one = named.groupby(["part", "key", "place"]).agg({"id": "nunique", "lone": "any"})
    twice = in_one[(in_one["id"] > 1) & in_one["lone"]].reset_index()
    ambiguous = set(twice["key"] + "\0" + twice["place"])
    addressed = named[~named["lone"]]
    there = addressed["key"] + "\0" + addressed["place"]
    number = here.map(how_many(addressed["id"], there)).fillna(0)
    unclear = (number > 1) | here.isin(ambiguous)
    first = looked_up(here, least(placed["id"], here))
    new = looked_up(here, least(addressed["id"], there)).fillna(first).where(~unclear, placed["id"])
    pairs = [(old, str(to)) for old, to in zip(placed["id"], new, strict=True) if old != to]
    ids = {one for pair in pairs for one in pair}
    day_of: dict[str, dict[str, str]] = {}
    for owner, one, day in days.loc[days["id"].isin(ids), ["owner", "id", "day"]].to_numpy():
        day_of.setdefault(one, {})[owner] = day
    return {old: to for old, to in pairs if _agree(day_of.get(old, {}), day_of.get(to, {}))}


def _agree(one: dict[str, str], other: dict[str, str]) -> bool:
    """Tell whether no owner connected to two ids on different days."""
    return all(one[owner] == other[owner] for owner in one.keys() & other.keys())


def _say_apart(
    mentions: pd.DataFrame,
    lone: pd.DataFrame,
    merged: dict[str, str],
    apart: set[str],
    notes: list[dict[str, Any]],
) -> None:
    """List names known by name only that others in the pool bear too."""
    final = mapped_ids(mentions["id"], merged)
    bearers = how_many(final, mentions["key"])
    left = lone[(final[lone.index] == lone["id"]) & (lone["key"].map(bearers) > 1)]
    notes.extend(
        {
            "level": "warning",
            "reason": "several people of this name; kept apart, as nothing tells who is who",
            "value": name,
            "mend": "name owners by their address; newer archives also tell those of connections",
        }
        for name in sorted(apart | set(left["name"]))
    )
