"""Who may be one person under two ids: proposed with reasons, never merged by itself."""

from collections.abc import Collection, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from trustgraph._text import circle_key
from trustgraph.ingest.identity import folded
from trustgraph.models.distinct import distinct
from trustgraph.models.evidence import split_origins
from trustgraph.models.network import Network

__all__ = ["MOST_BEARERS", "connection_days", "possible_duplicates", "proposals_to_report"]

MOST_BEARERS: Final = 10
"""A name that more people bear says nothing by itself about two of them."""

COLUMNS: Final = ("person", "other", "reason", "evidence", "certainty")
_SAME_DAY: Final = "same full name, connected to the same owner on the same day"
_SAME_PLACE: Final = "same full name and organisation"
_HIDDEN: Final = "same full name; one address is an anonymous one"
_BY_NAME: Final = "same full name; one of them is known by name only"
_ANONYMOUS: Final = "acoa"
_LIKELY: Final = ("very likely", "likely", "possible")


def possible_duplicates(net: Network) -> pd.DataFrame:
    """Return pairs of people who may be one person under two ids, the likeliest first.

    Nothing is merged: look at them, and name those who are one person to `merge_people`.

    Parameters
    ----------
    net
        The network.

    Returns
    -------
    pandas.DataFrame
        One row a pair, sorted: ``person`` (the id to keep: one with a public address
        first, then the one that acted last),
        ``other``, ``reason``, ``evidence`` (what exactly agrees) and ``certainty``: ``"very
        likely"``, ``"likely"`` or ``"possible"``.

    See Also
    --------
    trustgraph.ingest.merge_people : Makes them one person.

    Notes
    -----
    The reasons: the same owner was connected to both on the same day, under the same full name (an
    address that was changed between two archives; very likely if the organisation agrees too); the
    same full name and organisation; the same full name, one of the two under an anonymous address
    (``acoa…``) or known by name only, if at most ten people bear that name. People who dealt with
    each other are two, and so are people whom one owner connected to on different days. Of more
    than two alike each is compared with the one to keep, so that the time is O(n log n).

    Two of a name to whom an owner connected on one day are two people if they stand in one archive;
    the report of the pool names only those who do not.

    Examples
    --------
    >>> from trustgraph.ingest.proposals import possible_duplicates
    >>> tie = {"kind": "connection", "source": "ana", "at": "2024-05-01", "origin": "ana"}
    >>> net = tg.Network.from_records(
    ...     [{"id": "ana"}, {"id": "bo-ek", "name": "Bo Ek"}, {"id": "bo-e", "name": "Bo Ek"}],
    ...     [{**tie, "target": "bo-ek"}, {**tie, "target": "bo-e"}],
    ...     owners=["ana"],
    ... )
    >>> possible_duplicates(net)[["person", "other", "certainty"]].values.tolist()
    [['bo-e', 'bo-ek', 'likely']]
    """
    return _proposed(net.people, net.evidence)


def _proposed(everybody: pd.DataFrame, acts: pd.DataFrame) -> pd.DataFrame:
    people = _namesakes(everybody, _newest(acts))
    days = connection_days(acts)
    days = days[days["id"].isin(people.index)]
    found = pd.concat([_same_day(people, days), _alike(people)], ignore_index=True)
    found = found.drop_duplicates(["person", "other"])
    found = found[~_are_two(found, acts, days)]
    found["order"] = found["certainty"].map({word: n for n, word in enumerate(_LIKELY)})
    found = found.sort_values(["order", "person", "other"], ignore_index=True)
    return found[list(COLUMNS)]


def _newest(acts: pd.DataFrame) -> "pd.Series[Any]":
    """Return the moment of the newest act of each person: an id in use is newer than a former."""
    ends = [acts[["at"]].assign(id=acts[end].astype("str")) for end in ("source", "target")]
    return pd.concat(ends).groupby("id")["at"].max()


def _namesakes(people: pd.DataFrame, newest: "pd.Series[Any]") -> pd.DataFrame:
    """Return the people who share their full name with somebody: key, place, rank, bearers.

    Of two the one of the lower rank is the one to keep: with an address rather than without, and
    then whoever acted last.
    """
    people = people.assign(key=folded(people["name"]))
    people = people[(people["key"] != "") & (people["name"] != people.index.to_series())]
    people = people[people["key"].duplicated(keep=False)]
    ids = people.index.to_series()
    lone = (people["url"] == "") & ids.str.contains("|", regex=False)
    hidden = ids.str.startswith(_ANONYMOUS) & ~lone
    kinds = pd.DataFrame({"kind": np.select([lone, hidden], [2, 1], default=0)}, people.index)
    kinds["age"] = -newest.reindex(people.index).astype("int64").where(lambda at: at > 0, 0)
    order = kinds.sort_values(["kind", "age"], kind="stable").index  # people come sorted by id
    return people.assign(
        place=distinct(people["organisation"], circle_key),
        lone=lone,
        hidden=hidden,
        rank=pd.Series(np.arange(len(order)), index=order),
        bearers=people.groupby("key")["key"].transform("size"),
    )


def connection_days(acts: pd.DataFrame) -> pd.DataFrame:
    """Return on which day which owner connected to whom: owner, id, day."""
    ties = acts[(acts["kind"] == "connection") & acts["at"].notna()].astype(
        {"source": "str", "target": "str", "origin": "str"}
    )
    frames = []
    for origin, told in ties.groupby("origin", observed=True):
        for owner in split_origins(str(origin)):
            for one, other in (("source", "target"), ("target", "source")):
                own = told[told[one] == owner]
                day = own["at"].dt.strftime("%Y-%m-%d")
                frames.append(pd.DataFrame({"owner": owner, "id": own[other], "day": day}))
    columns = {"owner": "str", "id": "str", "day": "str"}
    empty = pd.DataFrame({name: [] for name in columns}).astype(columns)
    days = pd.concat([empty, *frames], ignore_index=True).sort_values(["owner", "id", "day"])
    return days.drop_duplicates(["owner", "id"])


def _pairs(rows: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Return of each group the one to keep with each of the others: person, other and the rest."""
    rows = rows.sort_values([*by, "rank"], kind="stable")
    first = rows.groupby(by, sort=False)["id"].transform("first")
    return rows.assign(person=first, other=rows["id"])[first != rows["id"]]


def _same_day(people: pd.DataFrame, days: pd.DataFrame) -> pd.DataFrame:
    rows = days.join(people[["key", "place", "rank", "organisation"]], on="id")
    pairs = _pairs(rows, ["owner", "day", "key"])
    places = people["place"]
    here = pairs["person"].map(places)
    agree = (here == pairs["other"].map(places)) & (here != "")
    told = "both connected to " + pairs["owner"] + " on " + pairs["day"]
    told = told.where(~agree, told + "; both at " + pairs["organisation"])
    certainty = pd.Series("likely", index=pairs.index).where(~agree, "very likely")
    made = pairs.assign(reason=_SAME_DAY, evidence=told, certainty=certainty)
    order = made["certainty"].map({"very likely": 0, "likely": 1})
    return made.assign(order=order).sort_values(["order", "owner"], kind="stable")[list(COLUMNS)]


def _alike(people: pd.DataFrame) -> pd.DataFrame:
    """Return pairs whose name agrees, and something more or little more."""
    rows = people.reset_index()
    placed = _pairs(rows[rows["place"] != ""], ["key", "place"])
    anonymous = placed["other"].isin(rows.loc[rows["hidden"], "id"])
    frames = [
        placed.assign(
            reason=_SAME_PLACE,
            evidence="both are called " + placed["name"] + " at " + placed["organisation"],
            certainty=np.where(anonymous, "likely", "possible"),
        )
    ]
    few = rows[rows["bearers"] <= MOST_BEARERS]
    for mark, reason in (("hidden", _HIDDEN), ("lone", _BY_NAME)):
        pairs = few[few[mark]].merge(few, on="key", suffixes=("_one", ""))
        pairs = pairs[pairs["id_one"] != pairs["id"]]
        swapped = pairs["rank_one"] < pairs["rank"]
        told = "of " + pairs["bearers"].astype("str") + " people called " + pairs["name"]
        frames.append(
            pd.DataFrame(
                {
                    "person": pairs["id_one"].where(swapped, pairs["id"]),
                    "other": pairs["id"].where(swapped, pairs["id_one"]),
                    "reason": reason,
                    "evidence": told,
                    "certainty": "possible",
                }
            )
        )
    return pd.concat([frame[list(COLUMNS)] for frame in frames], ignore_index=True)


def _are_two(pairs: pd.DataFrame, acts: pd.DataFrame, days: pd.DataFrame) -> "pd.Series[Any]":
    """Tell which pairs cannot be one person: they met, or one owner met them on two days."""
    ids = {*pairs["person"].unique(), *pairs["other"].unique()}
    acts = acts[acts["source"].isin(ids) & acts["target"].isin(ids)]
    ends = zip(acts["source"].astype("str"), acts["target"].astype("str"), strict=True)
    met = {frozenset(pair) for pair in ends}
    together = zip(pairs["person"], pairs["other"], strict=True)
    tied = pd.Series([frozenset(pair) in met for pair in together], index=pairs.index, dtype=bool)
    one = pairs.reset_index().merge(days, left_on="person", right_on="id")
    both = one.merge(days, left_on=["other", "owner"], right_on=["id", "owner"])
    differ = both.loc[both["day_x"] != both["day_y"], "index"]
    return tied | pairs.index.isin(differ)


def proposals_to_report(
    people: pd.DataFrame,
    acts: pd.DataFrame,
    *,
    connected: Sequence[Collection[str]],
    aliases: dict[str, str],
) -> list[dict[str, Any]]:
    """Return rows of a report that propose who may be one person.

    Parameters
    ----------
    people
        Everybody, indexed by id.
    acts
        Columns of `Evidence`.
    connected
        For each single archive whom it names as connections: two of them are two people.
    aliases
        Ids that are other ids of a person already.

    Returns
    -------
    list of dict
        One row for each pair that is likely, and one that counts those that are possible.
    """
    rows, possible = [], 0
    for person, other, reason, _, certainty in _proposed(people, acts).itertuples(index=False):
        if aliases.get(person, person) == aliases.get(other, other):
            continue
        if any(person in those and other in those for those in connected):
            continue
        if certainty == _LIKELY[-1]:
            possible += 1
            continue
        rows.append(
            {
                "level": "warning",
                "reason": f"{certainty} one person under two ids: {reason}",
                "value": f"{person} / {other}",
                "mend": f"if they are: merge_people(net, {person!r}, {other!r})",
            }
        )
    if possible:
        rows.append(
            {
                "reason": "pairs of people of one full name who are possibly one person",
                "value": str(possible),
                "mend": "possible_duplicates(net) lists them, merge_people(net, …) joins them",
            }
        )
    return rows
