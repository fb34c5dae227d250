"""From what tables say to records: numbers of the roster become ids, rows are counted as used."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from trustgraph.ingest.identity import OWNER, Identities, OwnerFacts
from trustgraph.ingest.journal import Journal
from trustgraph.ingest.linkedin.by_name import find_by_name
from trustgraph.ingest.linkedin.messages import Talks
from trustgraph.ingest.linkedin.said import Said
from trustgraph.ingest.reporting import leave_out
from trustgraph.models.columns import FACT_COLUMNS, TEXT_COLUMNS

__all__ = ["Records", "resolved"]

_ACT: Final = ["kind", "source", "target", "at"]
_FACT: Final = [name for name in FACT_COLUMNS if name != "origin"]
_TEXT: Final = [name for name in TEXT_COLUMNS if name != "origin"]
_NEWER: Final = "archives since July 2023 tell the addresses: ask LinkedIn for a new one"
_SEVERAL: Final = "the name fits several people"
_ALONE: Final = "it names the owner alone"
_BOOK: Final = "address_book"


@dataclass(frozen=True)
class Records:
    """What an archive says, with ids.

    Attributes
    ----------
    evidence
        Columns kind, source, target, at, amount.
    facts
        Columns of `Fact` but the origin.
    texts
        Columns of `Text` but the origin.
    people
        Everybody named in them: id, name, organisation, position, location, url.
    """

    evidence: pd.DataFrame
    facts: pd.DataFrame
    texts: pd.DataFrame
    people: pd.DataFrame


def resolved(
    said: Said, talks: Talks, identities: Identities, owner: OwnerFacts, journal: Journal
) -> Records:
    """Return what the tables say as records.

    Parameters
    ----------
    said
        What they say, but for the messages.
    talks
        What the messages say.
    identities
        Who the people of the roster are.
    owner
        Whose archive it is.
    journal
        Told which rows are used and which are not.

    Returns
    -------
    Records
        Evidence, facts, texts, and the people in them; the owner is always among these.
    """
    acts = _acts(said.acts, identities, journal)
    facts = _facts(said.facts, identities, owner, journal)
    # Whoever is met in nothing that counts (a large group, say) is nobody's tie.
    met = {owner.id, *talks.days["source"], *talks.days["target"]}
    met |= {*acts["source"], *acts["target"], *facts["person"]}
    people = identities.people[identities.people["id"].isin(met)]
    if len(said.named):
        named, new = _named(said.named, identities, owner, met, journal)
        book = named[named["kind"] == _BOOK]
        facts = pd.concat([facts, book.rename(columns={"id": "person", "position": "text"})])
        follows = named[named["kind"] != _BOOK].assign(source=owner.id, amount=1.0, words="")
        acts = pd.concat([acts, follows.rename(columns={"id": "target"})])
        people = pd.concat([people, new]).drop_duplicates("id").sort_values("id")
    for rows in (acts, facts):
        for file, part in rows.groupby("file"):
            journal.used(str(file), len(part))
    texts = [_words(acts, acts["source"], acts["target"]), _words(facts, owner.id, _about(facts))]
    evidence = pd.concat([_added_up(acts), talks.days], ignore_index=True)
    return Records(
        evidence=evidence,
        facts=facts[_FACT].reset_index(drop=True),
        texts=pd.concat([*texts, talks.texts], ignore_index=True),
        people=people.reset_index(drop=True),
    )


def _acts(acts: pd.DataFrame, identities: Identities, journal: Journal) -> pd.DataFrame:
    """Return acts between people who can be told."""
    source, target = acts["source"].to_numpy(), acts["target"].to_numpy()
    other = np.maximum(source, target)  # the owner's number is the lowest
    acts = acts.assign(
        source=identities.ids[source], target=identities.ids[target], who=identities.names[other]
    )
    unclear = (acts["source"] == "") | (acts["target"] == "")
    acts = leave_out(acts, unclear, journal.leave, _SEVERAL, value="who", mend=_NEWER)
    return leave_out(acts, acts["source"] == acts["target"], journal.skip_alike, _ALONE)


def _facts(
    facts: pd.DataFrame, identities: Identities, owner: OwnerFacts, journal: Journal
) -> pd.DataFrame:
    """Return facts about people who can be told."""
    person = facts["person"].to_numpy()
    facts = facts.assign(person=identities.ids[person], who=identities.names[person])
    of_others = pd.Series(person != OWNER, index=facts.index)
    facts = leave_out(
        facts, facts["person"] == "", journal.leave, _SEVERAL, value="who", mend=_NEWER
    )
    own = of_others[facts.index] & (facts["person"] == owner.id)
    return leave_out(facts, own, journal.skip_alike, _ALONE)


def _named(
    named: pd.DataFrame,
    identities: Identities,
    owner: OwnerFacts,
    met: set[str],
    journal: Journal,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return who was told by name alone, with their ids, and those among them as people."""
    found = find_by_name(named, identities, owner)
    named = named.assign(id=found.ids)
    named = leave_out(named, named["id"] == "", journal.leave, _SEVERAL, value="name", mend=_NEWER)
    named = leave_out(named, named["id"] == owner.id, journal.skip_alike, _ALONE)
    in_book = named["kind"] == _BOOK
    known = named["id"].isin({*met, *named.loc[in_book, "id"]})
    named = leave_out(
        named, ~(in_book | known), journal.skip_alike, "somebody whom nothing else in it names"
    )
    return named, found.people[found.people["id"].isin(named["id"])]


def _about(facts: pd.DataFrame) -> "pd.Series[str]":
    """Return whom the words of a fact are about: a note's connection, else nobody."""
    return facts["person"].where(facts["kind"] == "note", "")


def _words(rows: pd.DataFrame, source: Any, target: Any) -> pd.DataFrame:
    """Return what was written in some rows."""
    texts = rows.assign(source=source, target=target, text=rows["words"])
    return texts.loc[texts["words"].fillna("") != "", _TEXT]


def _added_up(acts: pd.DataFrame) -> pd.DataFrame:
    """Return each act once; clicks for several skills in one second are added up."""
    amount = acts.groupby(_ACT, dropna=False)["amount"].transform("sum")
    amount = amount.where(acts["kind"] == "skill_endorsement", 1.0)
    return acts.assign(amount=amount).drop_duplicates(_ACT)[[*_ACT, "amount"]]
