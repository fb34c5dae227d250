"""What one source says, an archive or a network, in the form in which it is pooled with others."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import pandas as pd

from trustgraph.models.acts import ACT, mapped_origins
from trustgraph.models.distinct import mapped_ids
from trustgraph.models.evidence import join_origins

__all__ = ["Told", "tellers"]

_PERSON: Final = ["id", "name", "organisation", "position", "location"]


@dataclass(frozen=True)
class Told:
    """What one source says.

    Attributes
    ----------
    name
        Name of the source.
    is_archive
        Whether it is one archive, in which nobody stands twice.
    owners
        Ids of the people whose archives are in it.
    unknown
        Those among them whom nothing names.
    as_of
        The moment it describes, in UTC; None when unknown.
    people
        Columns id, name, organisation, position, location, url, do_not_ask.
    evidence, facts, texts
        Columns of `Evidence`, `Fact` and `Text`.
    positions
        Columns of `Position`.
    judgements
        Columns source, target, trust, certainty.
    merged
        Columns alias, person.
    report
        What the readers said.
    """

    name: str
    is_archive: bool
    owners: tuple[str, ...]
    unknown: tuple[str, ...]
    as_of: dt.datetime | None
    people: pd.DataFrame
    evidence: pd.DataFrame
    facts: pd.DataFrame
    texts: pd.DataFrame
    positions: pd.DataFrame
    judgements: pd.DataFrame
    merged: pd.DataFrame
    report: pd.DataFrame

    def renamed(self, ids: Mapping[str, str]) -> "Told":
        """Return the same with other ids of people."""
        if not ids:
            return self
        return replace(
            self,
            owners=tuple(dict.fromkeys(ids.get(one, one) for one in self.owners)),
            people=_with_ids(self.people, ids, "id"),
            evidence=_with_ids(self.evidence, ids, "source", "target"),
            facts=_with_ids(self.facts, ids, "person"),
            texts=_with_ids(self.texts, ids, "source", "target"),
            positions=_with_ids(self.positions, ids, "person"),
            judgements=_with_ids(self.judgements, ids, "source", "target"),
            merged=_with_ids(self.merged, ids, "alias", "person"),
        )

    def connected(self) -> set[str]:
        """Return whom one archive names as connections of its owner."""
        ties = self.evidence[self.evidence["kind"] == "connection"]
        return {*ties["source"].unique(), *ties["target"].unique()} - {*self.owners}

    def fingerprint(self) -> str:
        """Return a text that is the same for what says the same, in whatever order."""
        acts = self.evidence[[*ACT, "amount"]].astype(dict.fromkeys(ACT[:-1], "str"))
        hashed = hashlib.sha256()
        for frame in (acts, self.people[_PERSON].astype("str")):
            rows = pd.util.hash_pandas_object(frame, index=False).to_numpy()
            hashed.update(np.sort(rows).astype("<u8").tobytes())
        return hashed.hexdigest()


def _with_ids(frame: pd.DataFrame, ids: Mapping[str, str], *columns: str) -> pd.DataFrame:
    changes: dict[str, Any] = {name: mapped_ids(frame[name], ids) for name in columns}
    if "origin" in frame:
        changes["origin"] = mapped_origins(frame["origin"], ids)
    return frame.assign(**changes)


def tellers(told: Told, people: "pd.Series[Any]") -> "pd.Series[str]":
    """Return for each of some people the owners whose archives mention them, as an origin.

    Parameters
    ----------
    told
        What a source says.
    people
        Ids.

    Returns
    -------
    pandas.Series
        One text a row: the owners who say something of a tie with the person, else all of them.
    """
    everyone = join_origins(told.owners)
    if len(told.owners) == 1:
        return pd.Series(everyone, index=people.index, dtype="str")
    ends = [
        told.evidence.loc[told.evidence[end].isin(people), [end, "origin"]].set_axis(
            ["id", "origin"], axis=1
        )
        for end in ("source", "target")
    ]
    pairs = pd.concat(ends, ignore_index=True).astype("str").drop_duplicates()
    by = pairs.groupby("id")["origin"].agg(lambda said: join_origins("\n".join(said).split("\n")))
    return people.map(by).astype(object).fillna(everyone).replace("", everyone).astype("str")
