"""Who is who in one archive: people are mentioned by address, by name, or both, and become ids.

The rules, in order:

1. an address is a person: the decoded slug is the id;
2. a connection without an address (archives before July 2023) is the person with the one address
   that goes with the same full name elsewhere in the archive, if that name is unique on both
   sides; else it is a person of its own, ``name|organisation``;
3. any other mention by name alone means the only known person of that full name; of several, the
   only one at the organisation that is mentioned with the name; otherwise nobody, and the report
   lists it.
"""

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

import numpy as np
import numpy.typing as npt
import pandas as pd

from trustgraph._text import fold, organisation_key
from trustgraph.models.distinct import distinct

__all__ = [
    "CONNECTION",
    "OWNER",
    "UNKNOWN_OWNER",
    "Identities",
    "OwnerFacts",
    "Roster",
    "folded",
    "how_many",
    "least",
    "looked_up",
]

UNKNOWN_OWNER: Final = "me"
"""Id of an owner whom neither the archive nor the user names."""
OWNER: Final = -1
"""Number of the owner among the mentions."""

_FACTS: Final = ("organisation", "position", "location")
_COLUMNS: Final = ("slug", "name", *_FACTS, "day", "rank")
OWN, CONNECTION, OTHER = 0, 1, 2
"""Whose facts count first: the owner's own, those of connections, those met elsewhere."""


@dataclass(frozen=True)
class OwnerFacts:
    """Who the archive belongs to.

    Attributes
    ----------
    id
        Id of the owner: the slug, if there is one.
    name
        Full name; empty when unknown.
    known
        Whether the archive or the user says who it is.
    organisation, position, location
        Where the owner is at present, as what; where they live.
    """

    id: str
    name: str = ""
    known: bool = True
    organisation: str = ""
    position: str = ""
    location: str = ""


@dataclass(frozen=True)
class Identities:
    """What became of the mentions.

    Attributes
    ----------
    ids
        Id of each mention; empty where a name fits several people. The last one is the owner's, so
        that `OWNER` is a valid number.
    names
        The name in each mention.
    people
        The people: id, name, organisation, position, location, url.
    kept_apart
        Names of connections that might be one of several people met elsewhere in the archive.
    """

    ids: npt.NDArray[np.object_]
    names: npt.NDArray[np.object_]
    people: pd.DataFrame
    kept_apart: tuple[str, ...]


def folded(names: "pd.Series[Any]") -> "pd.Series[str]":
    """Return each name as it is compared, each distinct name looked at once."""
    return distinct(names, fold)


class Roster:
    """The mentions of people in one archive, numbered as they come."""

    def __init__(self) -> None:
        self._frames: list[pd.DataFrame] = []
        self._size = 0

    def mention(self, people: pd.DataFrame, *, rank: int = OTHER) -> npt.NDArray[np.int64]:
        """Take down mentions and return their numbers.

        Parameters
        ----------
        people
            Columns among slug, name, organisation, position, location and day (of connecting).
        rank
            `CONNECTION` for connections: their facts count before those met elsewhere.

        Returns
        -------
        numpy.ndarray
            One number a row.
        """
        frame = people.reindex(columns=list(_COLUMNS[:-1]), fill_value="").astype("str")
        self._frames.append(frame.assign(rank=rank))
        numbers = np.arange(self._size, self._size + len(frame))
        self._size += len(frame)
        return numbers

    def mentions(self) -> pd.DataFrame:
        """Return all mentions, by number, with the folded name as ``key``."""
        if not self._frames:
            empty = pd.DataFrame({name: [] for name in _COLUMNS}, dtype="str")
            return empty.assign(key=empty["name"], rank=OTHER)
        mentions = pd.concat(self._frames, ignore_index=True)
        return mentions.assign(key=folded(mentions["name"]))

    def resolve(self, owner: OwnerFacts) -> Identities:
        """Return who each mention is.

        Parameters
        ----------
        owner
            Whose archive it is.

        Returns
        -------
        Identities
            Ids, people, and the names that had to be kept apart.
        """
        mentions = self.mentions()
        own = {name: getattr(owner, name) for name in ("name", *_FACTS)}
        row = {"slug": "", "day": "", "rank": OWN, "key": fold(owner.name), **own}
        mentions = pd.concat([mentions, pd.DataFrame([row])], ignore_index=True)
        ids = mentions["slug"].astype(object)
        ids[mentions["rank"] == OWN] = owner.id
        connections = (mentions["rank"] == CONNECTION) & (ids == "")
        kept_apart: tuple[str, ...] = ()
        if connections.any():
            found, kept_apart = _connection_ids(mentions.assign(id=ids), connections, owner)
            ids[connections] = found
        rest = (ids == "") & (mentions["key"] != "")
        if rest.any():
            known = mentions.assign(id=ids)
            ids[rest] = _ids_by_name(known[~rest & (known["key"] != "")], known[rest], owner)
        people = _people(mentions.assign(id=ids))
        return Identities(ids.to_numpy(), mentions["name"].to_numpy(), people, kept_apart)


def least(values: "pd.Series[Any]", by: "pd.Series[Any]") -> "pd.Series[Any]":
    """Return the least of the values that go with each key (pandas' own is slow on texts)."""
    pairs = pd.DataFrame({"by": by, "value": values}).sort_values(["by", "value"])
    return pairs.drop_duplicates("by").set_index("by")["value"]


def looked_up(keys: "pd.Series[Any]", table: "pd.Series[Any]") -> "pd.Series[Any]":
    """Return the text that goes with each key; missing as a text where there is none."""
    return keys.map(table).astype(object)


def how_many(values: "pd.Series[Any]", by: "pd.Series[Any]") -> "pd.Series[int]":
    """Return how many different values go with each key."""
    return pd.DataFrame({"by": by, "value": values}).drop_duplicates()["by"].value_counts()


def _connection_ids(
    known: pd.DataFrame, wanted: "pd.Series[bool]", owner: OwnerFacts
) -> tuple["pd.Series[Any]", tuple[str, ...]]:
    """Return ids of connections without address: the one address of that name, or their own id."""
    lone = known[wanted]
    with_slug = known[(known["slug"] != "") & (known["key"] != "") & (known["id"] != owner.id)]
    taken = set(with_slug.loc[with_slug["rank"] == CONNECTION, "slug"])
    number = lone["key"].map(how_many(with_slug["slug"], with_slug["key"])).fillna(0)
    slug = looked_up(lone["key"], least(with_slug["slug"], with_slug["key"]))
    same = ~lone.duplicated("key", keep=False) & (number == 1) & ~slug.isin(taken)
    own = lone["name"] + "|" + lone["organisation"]
    for more in ("day", "position"):
        own = own.where(~own.duplicated(keep=False), own + "|" + lone[more])
    apart = lone.loc[~same & (number > 0), "name"]
    return slug.where(same, own), tuple(sorted(set(apart)))


def _ids_by_name(known: pd.DataFrame, lone: pd.DataFrame, owner: OwnerFacts) -> "pd.Series[Any]":
    """Return ids of mentions by name alone; empty where a name fits several people."""
    people = known[["key", "id", "organisation"]].drop_duplicates()
    # A namesake of the owner is somebody else: nobody is mentioned to themselves.
    others = people["id"] != owner.id
    people = people[others | ~people["key"].isin(people.loc[others, "key"])]
    wanted = lone.assign(place=distinct(lone["organisation"], organisation_key))
    wanted["at"] = wanted["key"] + "|" + wanted["place"]
    number = wanted["key"].map(how_many(people["id"], people["key"])).fillna(0)
    only = looked_up(wanted["key"], least(people["id"], people["key"]))
    placed = people.assign(place=distinct(people["organisation"], organisation_key))
    placed = placed[placed["place"] != ""]
    at = placed["key"] + "|" + placed["place"]
    alone = wanted["at"].map(how_many(placed["id"], at)) == 1
    there = looked_up(wanted["at"], least(placed["id"], at)).where(alone, "")
    ids = only.where(number == 1, there).fillna("")
    ids[number == 0] = _new_ids(wanted[number == 0])
    return ids


def _new_ids(unknown: pd.DataFrame) -> "pd.Series[Any]":
    """Return ids of people known by nothing but their name, and perhaps an organisation."""
    named = unknown["name"] + "|" + unknown["organisation"]
    ids = looked_up(unknown["at"], least(named, unknown["at"]))
    placed = unknown["place"] != ""
    number = unknown["key"].map(how_many(ids[placed], unknown.loc[placed, "key"])).fillna(0)
    only = looked_up(unknown["key"], least(ids[placed], unknown.loc[placed, "key"]))
    return ids.where(placed | (number == 0), only.where(number == 1, "")).fillna("")


def _people(mentions: pd.DataFrame) -> pd.DataFrame:
    """Return one row a person: the facts of the mention that counts first."""
    known = mentions[mentions["id"] != ""]
    often = -known.groupby(["id", "name"])["id"].transform("size")
    named = known[known["name"] != ""].assign(often=often).sort_values(["rank", "often", "name"])
    placed = known[(known["organisation"] != "") | (known["position"] != "")]
    placed = placed.sort_values(["rank", "organisation", "position"])
    located = known[known["location"] != ""].sort_values(["rank", "location"])
    people = pd.DataFrame(index=pd.Index(sorted(set(known["id"])), name="id", dtype="str"))
    for column, told in (
        ("name", named),
        ("organisation", placed),
        ("position", placed),
        ("location", located),
    ):
        people[column] = told.drop_duplicates("id").set_index("id")[column]
    ids = people.index.to_series()
    people["name"] = people["name"].fillna(ids)
    addresses = [f"https://www.linkedin.com/in/{quote(slug)}" for slug in people.index]
    people["url"] = pd.Series(addresses, index=people.index).where(ids.isin(known["slug"]), "")
    return people.fillna("").reset_index()
