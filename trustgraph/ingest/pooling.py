"""Several people's archives as one network: one person once, one act once, whatever the order.

People meet by their slug. Somebody known by name only (archives before July 2023) is the person
of the same full name and organisation elsewhere in the pool, if there is exactly one; everybody
else stays apart, and the report lists the names. Of facts that differ, the newer archive's count.
"""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import pandas as pd

from trustgraph._text import circle_key, organisation_key
from trustgraph.ingest.identity import distinct, folded, how_many, least, looked_up
from trustgraph.models.acts import ACT, acts_once
from trustgraph.models.network import Network

__all__ = ["Part", "pool"]

_POOL: Final = "pool"
_REPORT: Final = ["file", "row", "level", "reason", "value", "mend"]


@dataclass(frozen=True)
class Part:
    """What one archive says.

    Attributes
    ----------
    archive
        Name of the archive.
    owner
        Id of its owner.
    is_owner_known
        Whether anything said who that is.
    as_of
        When the archive was made, in UTC; None when unknown.
    people
        Columns id, name, organisation, position, location, url.
    evidence
        Columns kind, source, target, at, amount.
    positions
        Columns person, organisation, title, started, finished, kind.
    facts
        Columns of `Fact` but the origin.
    texts
        Columns of `Text` but the origin; empty unless texts are kept.
    report
        The reader's report.
    """

    archive: str
    owner: str
    is_owner_known: bool
    as_of: dt.datetime | None
    people: pd.DataFrame
    evidence: pd.DataFrame
    positions: pd.DataFrame
    facts: pd.DataFrame
    texts: pd.DataFrame
    report: pd.DataFrame

    def renamed(self, ids: dict[str, str]) -> "Part":
        """Return the part with other ids."""
        people, evidence, texts = self.people, self.evidence, self.texts
        return replace(
            self,
            owner=ids.get(self.owner, self.owner),
            people=people.assign(id=_renamed(people["id"], ids)),
            evidence=evidence.assign(
                source=_renamed(evidence["source"], ids), target=_renamed(evidence["target"], ids)
            ),
            positions=self.positions.assign(person=_renamed(self.positions["person"], ids)),
            facts=self.facts.assign(person=_renamed(self.facts["person"], ids)),
            texts=texts.assign(
                source=_renamed(texts["source"], ids), target=_renamed(texts["target"], ids)
            ),
        )


def _renamed(column: "pd.Series[Any]", ids: dict[str, str]) -> "pd.Series[Any]":
    codes, texts = pd.factorize(column)
    new = np.array([ids.get(text, text) for text in texts], dtype=object)
    return pd.Series(new[codes] if len(new) else [], index=column.index, dtype="str")


def pool(parts: Sequence[Part]) -> Network:
    """Return what several archives say together.

    Parameters
    ----------
    parts
        What each says; the order does not matter.

    Returns
    -------
    Network
        People, evidence with its origin, positions, all owners, the newest date.
    """
    notes: list[dict[str, Any]] = []
    if len(parts) > 1:
        parts = _unified(_ordered(_told_apart(parts)), notes)
    people = _pooled_people(parts, notes)
    report = pd.concat([*(part.report for part in parts), _report(notes)], ignore_index=True)
    return Network.from_records(
        people,
        _pooled_evidence(parts),
        positions=_pooled_positions(parts),
        facts=_with_origin([(part.owner, part.facts) for part in parts]),
        texts=_with_origin([(part.owner, part.texts) for part in parts]),
        owners=sorted({part.owner for part in parts}),
        as_of=max((part.as_of for part in parts if part.as_of), default=None),
        report=report.sort_values(_REPORT, ignore_index=True, kind="stable"),
    )


def _report(notes: list[dict[str, Any]]) -> pd.DataFrame:
    rows = [{"file": _POOL, "row": 0, "level": "info", "mend": "", **note} for note in notes]
    return pd.DataFrame(rows, columns=_REPORT).astype({"row": np.int64})


def _fingerprint(part: Part) -> str:
    acts = part.evidence.sort_values(ACT)
    text = acts.to_csv(index=False) + part.people.sort_values("id").to_csv(index=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _told_apart(parts: Sequence[Part]) -> list[Part]:
    """Give owners whom nothing names an id each, made from what their archives hold."""
    unknown = {_fingerprint(part) for part in parts if not part.is_owner_known}
    if len(unknown) < 2:  # noqa: PLR2004 - one alone is simply "me"
        return list(parts)
    return [
        part
        if part.is_owner_known
        else part.renamed({part.owner: f"{part.owner}-{_fingerprint(part)[:8]}"})
        for part in parts
    ]


def _ordered(parts: Sequence[Part]) -> list[Part]:
    """Sort by date, owner, name and content: what comes later counts more."""
    oldest = dt.datetime.min.replace(tzinfo=dt.UTC)
    return sorted(
        parts,
        key=lambda part: (part.as_of or oldest, part.owner, part.archive, _fingerprint(part)),
    )


# ------------------------------------------------------------------------------------ who is who


def _unified(parts: list[Part], notes: list[dict[str, Any]]) -> list[Part]:
    """Give people who are the same the same id in all parts, and others different ids."""
    mentions = pd.concat(
        [part.people.assign(part=number) for number, part in enumerate(parts)], ignore_index=True
    )
    owners = {part.owner for part in parts}
    mentions["key"] = folded(mentions["name"])
    mentions["place"] = distinct(mentions["organisation"], circle_key)
    mentions["lone"] = (mentions["url"] == "") & mentions["id"].str.contains("|", regex=False)
    lone = mentions[mentions["lone"]]
    nowhere = (lone["place"] == "") & ~lone["id"].isin(owners)
    apart = lone[nowhere & lone.duplicated("id", keep=False)]
    merged = _merged_ids(mentions, lone)
    _say_apart(mentions, lone, merged, set(apart["name"]), notes)
    renamed = []
    for number, part in enumerate(parts):
        ids = dict(merged)
        for one in apart.loc[apart["part"] == number, "id"]:
            ids[one] = f"{one}|{part.owner}"
        renamed.append(part.renamed(ids) if ids else part)
    return renamed


def _merged_ids(mentions: pd.DataFrame, lone: pd.DataFrame) -> dict[str, str]:
    """Return old id -> new id of people known by name and organisation only."""
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
    return {old: str(to) for old, to in zip(placed["id"], new, strict=True) if old != to}


def _say_apart(
    mentions: pd.DataFrame,
    lone: pd.DataFrame,
    merged: dict[str, str],
    apart: set[str],
    notes: list[dict[str, Any]],
) -> None:
    """List names known by name only that others in the pool bear too."""
    final = _renamed(mentions["id"], merged)
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


# ------------------------------------------------------------------------------------ what they say


def _pooled_people(parts: Sequence[Part], notes: list[dict[str, Any]]) -> pd.DataFrame:
    """Return one row a person: of each fact the newest that says something."""
    rows = pd.concat([part.people for part in parts], ignore_index=True)
    work = rows[(rows["organisation"] != "") | (rows["position"] != "")]
    named = rows[(rows["name"] != "") & (rows["name"] != rows["id"])]
    people = pd.DataFrame(index=pd.Index(sorted(set(rows["id"])), name="id", dtype="str"))
    for column, told in (
        ("name", named),
        ("organisation", work),
        ("position", work),
        ("location", rows[rows["location"] != ""]),
        ("url", rows[rows["url"] != ""]),
    ):
        people[column] = told.drop_duplicates("id", keep="last").set_index("id")[column]
    people["name"] = people["name"].fillna(people.index.to_series())
    if len(parts) > 1:
        _say_conflicts(work, people, notes)
    return people.fillna("").reset_index()


def _say_conflicts(work: pd.DataFrame, people: pd.DataFrame, notes: list[dict[str, Any]]) -> None:
    told = work[work["organisation"] != ""].drop_duplicates(["id", "organisation"])
    several = told[told.duplicated("id", keep=False)]
    keys = how_many(distinct(several["organisation"], organisation_key), several["id"])
    notes.extend(
        {
            "reason": "the archives name different organisations; the newer archive counts",
            "value": f"{person}: {people['organisation'][person]}",
        }
        for person in sorted(keys.index[keys > 1])
    )


def _pooled_evidence(parts: Sequence[Part]) -> pd.DataFrame:
    rows = pd.concat([part.evidence.assign(origin=part.owner) for part in parts], ignore_index=True)
    return acts_once(rows)


def _with_origin(frames: Sequence[tuple[str, pd.DataFrame]]) -> pd.DataFrame:
    rows = [frame.assign(origin=owner) for owner, frame in frames]
    return pd.concat(rows, ignore_index=True).drop_duplicates(ignore_index=True)


def _pooled_positions(parts: Sequence[Part]) -> pd.DataFrame:
    """Return each position once; when it ended is the newer archive's to say."""
    rows = pd.concat([part.positions for part in parts], ignore_index=True)
    rows["place"] = distinct(rows["organisation"], organisation_key)
    same = ["person", "place", "title", "started", "kind"]
    rows = rows.drop_duplicates(same, keep="last").drop(columns="place")
    order = ["person", "started", "organisation", "title"]
    return rows.sort_values(order, ignore_index=True, kind="stable")
