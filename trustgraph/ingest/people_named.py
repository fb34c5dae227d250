"""Whom a user's table means: people are named by id, by address or by a unique full name."""

from collections.abc import Iterable
from typing import Any, Final

import numpy as np
import pandas as pd

from trustgraph._text import clean, fold, slug_of
from trustgraph.errors import ArchiveError
from trustgraph.models.people import person_id

__all__ = ["NamedPeople", "filled_ids", "people_in"]

SEVERAL: Final = "several people have this name"
NOBODY: Final = "nobody is known by this id, name or address"
NO_NAME: Final = "nobody is named"
MENDS: Final = {
    SEVERAL: "name the person by id",
    NOBODY: "add this person to the people, or correct the name",
    NO_NAME: "name a person by id, by address or by full name",
}


class NamedPeople:
    """The known people, to be found by what a table calls them.

    Parameters
    ----------
    people
        Columns id, name, url.

    Examples
    --------
    >>> from trustgraph.ingest.people_named import NamedPeople
    >>> known = NamedPeople(pd.DataFrame({"id": ["ana"], "name": ["Ana Lima"], "url": [""]}))
    >>> known.find(pd.Series(["ana", "ANA LIMA", "bo"]))[0].tolist()
    ['ana', 'ana', '']
    """

    def __init__(self, people: pd.DataFrame) -> None:
        self._ids = set(people["id"])
        self._slugs: dict[str, set[str]] = {}
        self._names: dict[str, set[str]] = {}
        self._folded: dict[str, set[str]] = {}
        for one, name, url in zip(people["id"], people["name"], people["url"], strict=True):
            self._names.setdefault(clean(name), set()).add(one)
            self._folded.setdefault(fold(name), set()).add(one)
            if url:
                self._slugs.setdefault(slug_of(url) or url, set()).add(one)

    def find(self, named: "pd.Series[Any]") -> tuple["pd.Series[Any]", "pd.Series[Any]"]:
        """Return whom a column means.

        Parameters
        ----------
        named
            What the table calls them.

        Returns
        -------
        tuple of pandas.Series
            The id of each, empty where it cannot be told; and why not, empty where it can.
        """
        codes, texts = pd.factorize(named.astype("str").fillna(""))
        found = [self._one(text) for text in texts]
        ids = np.array([one for one, _ in found], dtype=object)
        faults = np.array([fault for _, fault in found], dtype=object)
        if not found:
            nothing = pd.Series([], index=named.index, dtype="str")
            return nothing, nothing
        return (
            pd.Series(ids[codes], index=named.index, dtype="str"),
            pd.Series(faults[codes], index=named.index, dtype="str"),
        )

    def owners(self, owners: Iterable[str]) -> tuple[str, ...]:
        """Return the ids of owners; an `ArchiveError` names the first who cannot be told."""
        ids = []
        for number, owner in enumerate((owners,) if isinstance(owners, str) else owners, start=1):
            one, fault = self._one(owner)
            if fault:
                raise ArchiveError(
                    fault, file="owners", row=number, value=owner[:60], mend=MENDS[fault]
                )
            ids.append(one)
        return tuple(ids)

    def _one(self, text: str) -> tuple[str, str]:
        if text in self._ids:
            return text, ""
        if not text.strip():
            return "", NO_NAME
        stripped = text.strip()
        if stripped in self._ids:
            return stripped, ""
        slug = slug_of(text) if "/" in text else stripped if stripped in self._slugs else ""
        if slug and (slug in self._slugs or slug in self._ids):
            ids = self._slugs.get(slug, {slug})
        else:
            ids = self._names.get(clean(text), set()) or self._folded.get(fold(text), set())
        if len(ids) == 1:
            return next(iter(ids)), ""
        return "", SEVERAL if ids else NOBODY


def filled_ids(people: pd.DataFrame) -> "pd.Series[str]":
    """Return the ids of people; where none is given, the slug of the address or name|organisation.

    Parameters
    ----------
    people
        Columns id, name, organisation, url.

    Returns
    -------
    pandas.Series
        The ids; blank where nothing names the person.
    """
    ids = people["id"].astype(object)
    lacking = ids.str.strip() == ""
    rows = people.loc[lacking, ["name", "organisation", "url"]]
    known = (rows["name"].str.strip() != "") | (rows["url"].map(slug_of) != "")
    ids[lacking] = [
        person_id(name, organisation, url) if is_known else ""
        for (name, organisation, url), is_known in zip(
            rows.itertuples(index=False, name=None), known, strict=True
        )
    ]
    return ids.astype("str")


def people_in(columns: Iterable["pd.Series[Any]"]) -> pd.DataFrame:
    """Return the people whom columns name, where there is no table of people.

    Parameters
    ----------
    columns
        What the tables call people.

    Returns
    -------
    pandas.DataFrame
        Columns id, name, url: an address makes the slug the id, any other text is one itself.
    """
    texts = {str(text) for column in columns for text in column.unique()}
    rows: dict[str, tuple[str, str, str]] = {}
    for text in sorted(one for one in texts if one.strip()):
        slug = slug_of(text) if "/" in text else ""
        one = slug or text.strip()
        rows.setdefault(one, (one, one, text if slug else ""))
    return pd.DataFrame(list(rows.values()), columns=["id", "name", "url"], dtype="str")
