"""Whose archive it is: no file says so outright.

The owner is, in this order: who the user says; the inviter of the outgoing and the invitee of the
incoming invitations; the address that goes with the name of the profile; whoever is seen in most
conversations, being no connection of the owner's; the name of the profile alone.
"""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from trustgraph._text import clean, fold, slug_of, words
from trustgraph.errors import ArchiveError
from trustgraph.ingest.identity import UNKNOWN_OWNER, OwnerFacts
from trustgraph.ingest.journal import Journal
from trustgraph.models.people import person_id

__all__ = ["Clues", "find_owner"]

_IS_CONNECTION: Final = (
    "the stated owner is a connection in this archive, which nobody is of themselves"
)
_NO_CHANCE: Final = 3
_STATE_OWNER: Final = 'say whose archive it is: owner="https://www.linkedin.com/in/…"'


@dataclass(frozen=True)
class Clues:
    """What an archive says about its owner.

    Attributes
    ----------
    archive
        Name of the archive.
    profile
        Full name in the profile; empty when there is none.
    organisation
        Present organisation; empty when unknown.
    invited
        The owner's side of each invitation: slug, name.
    talks
        Who was seen in which conversation: talk, slug, name, key (folded name), wrote.
    connections
        Slug and key of the connections.
    """

    archive: str
    profile: str
    organisation: str
    invited: pd.DataFrame
    talks: pd.DataFrame
    connections: pd.DataFrame


def find_owner(clues: Clues, stated: str | None, journal: Journal) -> OwnerFacts:
    """Return whose archive it is.

    Parameters
    ----------
    clues
        What the archive says.
    stated
        What the user says: address, slug or full name; None for nothing.
    journal
        Told what the owner was found by, if it is not certain.

    Returns
    -------
    OwnerFacts
        The owner; with the id ``"me"`` if nothing tells.

    Raises
    ------
    ArchiveError
        If the stated owner cannot own the archive.
    """
    name = clues.profile or _most_common(clues.invited["name"])
    invited = _most_common(clues.invited["slug"])
    slug = invited or _slug_of_name(clues, name) or _most_seen(clues)
    name = name or _name_of(clues, slug)
    if stated is not None:
        return _stated(clues, stated, slug=slug, name=name, is_sure=bool(invited), journal=journal)
    if slug:
        return OwnerFacts(slug, name)
    name = name or _most_seen_name(clues)
    if name:
        return OwnerFacts(person_id(name, clues.organisation), name)
    journal.say(
        clues.archive,
        "nothing in the archive says whose it is",
        level="warning",
        value=UNKNOWN_OWNER,
        mend=_STATE_OWNER,
    )
    return OwnerFacts(UNKNOWN_OWNER, "Me", known=False)


def _stated(
    clues: Clues, stated: str, *, slug: str, name: str, is_sure: bool, journal: Journal
) -> OwnerFacts:
    """Return the owner as the user says, unless the archive cannot be theirs."""
    said, full_name = slug_of(stated), clean(stated)
    if not full_name:
        raise _not_theirs(clues, "the stated owner is empty", "", _STATE_OWNER)
    likely = slug if is_sure else ""
    mend = f"it looks like the archive of {slug or name!r}" if slug or name else _STATE_OWNER
    if not said or (not _is_address(stated) and said not in _known_slugs(clues)):
        return _stated_name(clues, full_name, likely=likely, name=name, mend=mend)
    if said in set(clues.connections["slug"]):
        raise _not_theirs(clues, _IS_CONNECTION, said, mend)
    if likely and said != likely:
        raise _not_theirs(clues, "the invitations are those of somebody else", said, mend)
    if not clues.talks.empty and said not in _known_slugs(clues):
        journal.say(
            clues.archive,
            "the stated owner does not occur in the messages, which say nothing then",
            level="warning",
            value=said,
            mend=mend,
        )
    return OwnerFacts(said, _name_of(clues, said) or clues.profile)


def _stated_name(clues: Clues, stated: str, *, likely: str, name: str, mend: str) -> OwnerFacts:
    if name and not set(words(name)) & set(words(stated)):
        bearers = set(clues.connections["key"])
        if likely or fold(stated) in bearers or clues.profile:
            reason = (
                _IS_CONNECTION
                if fold(stated) in bearers
                else "it is the archive of somebody else, not of the stated owner"
            )
            raise _not_theirs(clues, reason, stated, mend)
    slug = likely or _slug_of_name(clues, stated, strict=True)
    if slug:
        return OwnerFacts(slug, stated)
    return OwnerFacts(person_id(stated, clues.organisation), stated)


def _not_theirs(clues: Clues, reason: str, value: str, mend: str) -> ArchiveError:
    return ArchiveError(reason, file=clues.archive, value=value, mend=mend)


def _is_address(stated: str) -> bool:
    return "/" in stated or not any(letter.isupper() or letter.isspace() for letter in stated)


def _known_slugs(clues: Clues) -> set[str]:
    return {*clues.talks["slug"], *clues.invited["slug"], *clues.connections["slug"]} - {""}


def _most_common(texts: "pd.Series[str]") -> str:
    counts = texts[texts != ""].value_counts()
    return "" if counts.empty else str(min(counts.index[counts == counts.iloc[0]]))


def _strangers(clues: Clues) -> pd.DataFrame:
    """Return who was seen in the conversations and is no connection."""
    talks, connections = clues.talks, clues.connections
    lone = set(connections.loc[connections["slug"] == "", "key"]) - {"", fold(clues.profile)}
    known = talks["slug"].isin(set(connections["slug"]) - {""}) | talks["key"].isin(lone)
    return talks[~known]


def _slug_of_name(clues: Clues, name: str, *, strict: bool = False) -> str:
    """Return the one address that goes with a name among those who are no connections."""
    if not name:
        return ""
    strangers = _strangers(clues)
    bearers = sorted(set(strangers.loc[strangers["key"] == fold(name), "slug"]) - {""})
    if strict and len(bearers) > 1:
        raise ArchiveError(
            f"{len(bearers)} people in the messages have the name of the stated owner",
            file=clues.archive,
            value=name,
            mend=_STATE_OWNER,
        )
    return bearers[0] if len(bearers) == 1 else ""


def _most_seen(clues: Clues) -> str:
    """Return the address seen in most conversations, if that is one person alone and no chance."""
    slug, number = _top(_strangers(clues), "slug")
    if not slug or set(words(_name_of(clues, slug))) & set(words(clues.profile)):
        return slug
    talks = clues.talks
    all_addressed = bool((talks["slug"] != "")[~talks["wrote"]].any())
    is_usual = 2 * number > talks["talk"].nunique()
    return slug if is_usual and (all_addressed or number >= _NO_CHANCE) else ""


def _top(seen: pd.DataFrame, column: str) -> tuple[str, int]:
    seen = seen[seen[column] != ""].drop_duplicates(["talk", column])
    counts = seen[column].value_counts()
    if counts.empty or (len(counts) > 1 and counts.iloc[0] == counts.iloc[1]):
        return "", 0
    return str(counts.index[0]), int(counts.iloc[0])


def _most_seen_name(clues: Clues) -> str:
    key, _ = _top(_strangers(clues), "key")
    return _most_common(clues.talks.loc[clues.talks["key"] == key, "name"]) if key else ""


def _name_of(clues: Clues, slug: str) -> str:
    if not slug:
        return ""
    talks, invited = clues.talks, clues.invited
    names = [talks.loc[talks["slug"] == slug, "name"], invited.loc[invited["slug"] == slug, "name"]]
    return _most_common(pd.concat(names))
