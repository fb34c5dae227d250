"""Several people's archives as one network: one person once, one act once, whatever the order.

Of facts that differ, the newer archive's count; what the others say is kept with its date.
"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from trustgraph._text import organisation_key
from trustgraph.ingest.identity import how_many
from trustgraph.ingest.proposals import proposals_to_report
from trustgraph.ingest.told import Told, tellers
from trustgraph.ingest.unifying import in_order, unified
from trustgraph.models.acts import acts_once, told_once
from trustgraph.models.columns import FACT_COLUMNS
from trustgraph.models.conflicts import other_facts
from trustgraph.models.distinct import distinct
from trustgraph.models.merged import MERGED_COLUMNS, person_of_alias
from trustgraph.models.network import Network
from trustgraph.models.references import JUDGEMENT_COLUMNS

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

    def told(self) -> Told:
        """Return the same in the form in which it is pooled."""
        return Told(
            name=self.archive,
            is_archive=True,
            owners=(self.owner,),
            unknown=() if self.is_owner_known else (self.owner,),
            as_of=self.as_of,
            people=self.people.assign(do_not_ask=False),
            evidence=self.evidence.assign(origin=self.owner),
            facts=self.facts.assign(origin=self.owner),
            texts=self.texts.assign(origin=self.owner),
            positions=self.positions,
            judgements=pd.DataFrame(columns=list(JUDGEMENT_COLUMNS)),
            merged=pd.DataFrame(columns=list(MERGED_COLUMNS)),
            report=self.report,
        )


def pool(parts: Sequence[Part | Told]) -> Network:
    """Return what several sources say together.

    Parameters
    ----------
    parts
        What each says; the order does not matter.

    Returns
    -------
    Network
        People, evidence with its origins, positions, facts, all owners, the newest date.

    Notes
    -----
    Takes O(n log n) for n people and acts.
    """
    sources = [part.told() if isinstance(part, Part) else part for part in parts]
    notes: list[dict[str, Any]] = []
    if len(sources) > 1:
        _say_owners_by_name(sources, notes)
        sources = unified(in_order(sources), notes)
    people, otherwise = _pooled_people(sources, notes)
    facts = pd.concat([*(told.facts for told in sources), otherwise], ignore_index=True)
    texts = pd.concat([told.texts for told in sources], ignore_index=True)
    judgements = pd.concat([told.judgements for told in sources], ignore_index=True)
    evidence = _pooled_evidence(sources)
    merged = _one_forest(pd.concat([told.merged for told in sources], ignore_index=True))
    if len(sources) > 1:
        notes += proposals_to_report(
            people,
            evidence,
            connected=[told.connected() for told in sources if told.is_archive],
            aliases=person_of_alias(merged),
        )
    report = pd.concat([*(told.report for told in sources), _report(notes)], ignore_index=True)
    tables: dict[str, Any] = {
        "people": people,
        "evidence": evidence,
        "positions": _pooled_positions(sources),
        "facts": told_once(facts).sort_values(list(FACT_COLUMNS), kind="stable"),
        "texts": told_once(texts),
        "judgements": judgements.drop_duplicates(["source", "target"], keep="last"),
        "merged": merged,
        "report": report.sort_values(_REPORT, ignore_index=True, kind="stable"),
        "owners": sorted({owner for told in sources for owner in told.owners}),
        "as_of": max((told.as_of for told in sources if told.as_of), default=None),
    }
    return Network(**tables)


def _say_owners_by_name(sources: Sequence[Told], notes: list[dict[str, Any]]) -> None:
    """Say which archives are taken for one person's by nothing but the name of their owners."""
    times = Counter(owner for told in sources for owner in told.owners if "|" in owner)
    notes.extend(
        {
            "level": "warning",
            "reason": "several archives of owners of this name; taken for one person's",
            "value": owner,
            "mend": "name each owner by the address of their profile: owner=[…]",
        }
        for owner, number in sorted(times.items())
        if number > 1
    )


def _report(notes: list[dict[str, Any]]) -> pd.DataFrame:
    rows = [{"file": _POOL, "row": 0, "level": "info", "mend": "", **note} for note in notes]
    return pd.DataFrame(rows, columns=_REPORT).astype({"row": np.int64})


def _pooled_people(
    sources: Sequence[Told], notes: list[dict[str, Any]]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return one row a person, of each fact the newest that says something, and what else is said.

    Where the newest sources are of one date, the one that is last in order counts.
    """
    rows = pd.concat([told.people.assign(part=n) for n, told in enumerate(sources)])
    rows = rows.reset_index(drop=True)
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
    people = people.fillna("")
    spared = rows.loc[rows["do_not_ask"].astype(bool), "id"]
    people["do_not_ask"] = people.index.isin(spared)
    if len(sources) == 1:
        return people, sources[0].facts.iloc[:0]
    _say_conflicts(work, people, notes)
    return people, _said_otherwise(sources, rows, people)


def _said_otherwise(
    sources: Sequence[Told], rows: pd.DataFrame, people: pd.DataFrame
) -> pd.DataFrame:
    """Return what sources say that does not count, with their dates and owners."""
    # A first look at the texts as they are leaves few rows to compare as they are meant.
    counts = people.reindex(rows["id"]).set_index(rows.index)
    columns = ["name", "organisation", "position", "location"]
    rows = rows[(rows[columns] != counts[columns]).any(axis=1)]
    rows = rows.assign(at=rows["part"].map({n: told.as_of for n, told in enumerate(sources)}))
    said = [tellers(sources[int(str(n))], part["id"]) for n, part in rows.groupby("part")]
    origin = pd.concat(said) if said else pd.Series(dtype="str")
    return other_facts(rows.assign(origin=origin), people)


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


def _pooled_evidence(sources: Sequence[Told]) -> pd.DataFrame:
    rows = [told.evidence.assign(told=number) for number, told in enumerate(sources)]
    return acts_once(pd.concat(rows, ignore_index=True))


def _pooled_positions(sources: Sequence[Told]) -> pd.DataFrame:
    """Return each position once; when it ended is the newer archive's to say."""
    rows = pd.concat([told.positions for told in sources], ignore_index=True)
    rows["place"] = distinct(rows["organisation"], organisation_key)
    same = ["person", "place", "title", "started", "kind"]
    rows = rows.drop_duplicates(same, keep="last").drop(columns="place")
    order = ["person", "started", "organisation", "title"]
    return rows.sort_values(order, ignore_index=True, kind="stable")


def _one_forest(merged: pd.DataFrame) -> pd.DataFrame:
    """Return which ids are other ids of whom, where several sources may say so in several ways."""
    up: dict[str, str] = {}

    def top(person: str) -> str:
        while person in up:
            person = up[person]
        return person

    pairs = zip(merged["alias"], merged["person"], strict=True)
    for alias, person in sorted(dict.fromkeys(pairs)):
        lower, upper = (alias if alias not in up else top(alias)), person
        if top(lower) != top(upper):
            up[lower] = upper
    return pd.DataFrame(sorted(up.items()), columns=list(MERGED_COLUMNS), dtype="str")
