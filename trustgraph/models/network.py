"""People and evidence, in columns: what the archives say before anything is concluded."""

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, Final, Self

import pandas as pd

from trustgraph._text import clean, near
from trustgraph.errors import (
    AmbiguousPersonError,
    SeveralOwnersError,
    UnknownPersonError,
)
from trustgraph.models.merged import person_of_alias
from trustgraph.models.people import Person
from trustgraph.models.references import (
    JUDGEMENT_COLUMNS,
)
from trustgraph.models.rows import Records
from trustgraph.models.tables import NetworkTables

__all__ = ["Network"]

_TABLES: Final = frozenset({"people", "evidence", "positions", "facts", "texts", "judgements"})


class Network(NetworkTables):
    """Everything that is known about some people and what they did towards each other.

    The tables are kept in columns and checked in bulk; single records are handed out as models.
    A network never changes: every method that "changes" it returns another one.

    Parameters
    ----------
    people, evidence, positions, facts, texts
        Tables of `Person`, `Evidence`, `Position`, `Fact` and `Text` records.
    judgements
        Table of stated opinions: source, target, trust, certainty.
    merged
        Ids that are other ids of a person: alias, person. The tables that are handed out have one
        id a person; see `trustgraph.ingest.merge_people`.
    report
        What the readers said about each file and row.
    owners
        Ids of the people whose archives were read.
    as_of
        The moment that the records describe, in UTC.

    Raises
    ------
    RecordError
        If a record does not fit its model, names an unknown person or stands twice.

    Examples
    --------
    >>> net = tg.Network.from_records(
    ...     [tg.Person(id="ana"), tg.Person(id="bo")],
    ...     [tg.Evidence(kind="recommendation", source="bo", target="ana")],
    ... )
    >>> net
    Network(people=2, evidence=1)
    >>> net.evidence[["kind", "source", "target"]].values.tolist()
    [['recommendation', 'bo', 'ana']]
    """

    @classmethod
    def from_records(
        cls,
        people: Records = (),
        evidence: Records = (),
        *,
        positions: Records = (),
        facts: Records = (),
        texts: Records = (),
        owners: Iterable[str] = (),
        as_of: dt.datetime | dt.date | str | None = None,
        report: Iterable[Mapping[str, Any]] | pd.DataFrame = (),
    ) -> Self:
        """Return a network made of records, mappings or frames.

        Parameters
        ----------
        people
            People; when empty, everybody named in the evidence.
        evidence
            Acts between them.
        positions
            Where they worked and studied.
        facts
            What else records say about one of them.
        texts
            What they wrote.
        owners
            Ids of the people whose records these are.
        as_of
            The moment the records describe; default: the newest record.
        report
            Rows of a reader's report.

        Returns
        -------
        Network
            The checked network.

        Raises
        ------
        RecordError
            If a record does not fit its model, names an unknown person or stands twice.

        Examples
        --------
        >>> tg.Network.from_records(
        ...     evidence=[
        ...         {"kind": "connection", "source": "ana", "target": "bo", "at": "2024-05-01"},
        ...     ]
        ... ).people.index.tolist()
        ['ana', 'bo']
        """
        tables: dict[str, Any] = {
            "people": people,
            "evidence": evidence,
            "positions": positions,
            "facts": facts,
            "texts": texts,
            "owners": owners,
            "as_of": as_of,
            "report": report,
        }
        return cls(**tables)

    @property
    def owner(self) -> str:
        """Id of the only owner; a `SeveralOwnersError` names them when there are several."""
        if len(self.owners) != 1:
            raise SeveralOwnersError(self.owners)
        return self.owners[0]

    @cached_property
    def _ids_by_name(self) -> dict[str, list[str]]:
        ids: dict[str, list[str]] = {}
        told = self._told["people"]
        merged = told[told.index.isin(list(self._aliases))]
        for people in (self._people, merged):
            for one, name in zip(people.index, people["name"], strict=True):
                bearers, person = ids.setdefault(clean(name), []), self._aliases.get(one, one)
                if person not in bearers:
                    bearers.append(person)
        return ids

    @cached_property
    def _aliases(self) -> dict[str, str]:
        return person_of_alias(self._merged)

    def resolve(self, person: str) -> str:
        """Return the id of a person named by id or by a full name that is unique.

        Parameters
        ----------
        person
            Id or full name; of somebody merged any of their ids and names.

        Returns
        -------
        str
            The id.

        Raises
        ------
        UnknownPersonError
            If nobody has that id or name; it holds the nearest names.
        AmbiguousPersonError
            If several people have that name; it holds their ids.

        Examples
        --------
        >>> net = tg.Network.from_records([tg.Person(id="ana", name="Ana Lima")])
        >>> net.resolve("Ana Lima")
        'ana'
        """
        if person in self._people.index:
            return person
        if person in self._aliases:
            return self._aliases[person]
        ids = self._ids_by_name.get(clean(person), [])
        if len(ids) == 1:
            return ids[0]
        if ids:
            raise AmbiguousPersonError(person, ids)
        raise UnknownPersonError(person, near(person, list(self._ids_by_name)))

    def person(self, person: str) -> Person:
        """Return one person, named by id or unique full name.

        Parameters
        ----------
        person
            Id or full name.

        Returns
        -------
        Person
            The record.

        Raises
        ------
        UnknownPersonError, AmbiguousPersonError
            As `resolve`.

        Examples
        --------
        >>> net = tg.Network.from_records([tg.Person(id="ana", name="Ana Lima")])
        >>> net.person("ana").name
        'Ana Lima'
        """
        known = self.resolve(person)
        record = {str(name): value for name, value in self._people.loc[known].items()}
        return Person(id=known, **record)

    def with_judgement(
        self, source: str, target: str, *, trust: float, certainty: float = 0.9
    ) -> Self:
        """Return a network in which your own judgement of one tie replaces its evidence.

        Parameters
        ----------
        source, target
            Whose trust in whom, by id or unique full name.
        trust
            Expected trust, in [0.001, 0.999].
        certainty
            How well ``source`` knows ``target``, in [0, 0.99].

        Returns
        -------
        Network
            The changed network; a later judgement of the same tie replaces an earlier one.

        Raises
        ------
        ValueError
            If trust or certainty is out of range.
        UnknownPersonError, AmbiguousPersonError
            As `resolve`.

        Examples
        --------
        >>> net = tg.Network.from_records([{"id": "ana"}, {"id": "bo"}])
        >>> net.with_judgement("bo", "ana", trust=0.8).judgements.values.tolist()
        [['bo', 'ana', 0.8, 0.9]]
        """
        source, target = self.resolve(source), self.resolve(target)
        of, about = self._ids_of(source), self._ids_of(target)
        told = self._told["judgements"]
        kept = told[~(told["source"].isin(of) & told["target"].isin(about))]
        stated = pd.DataFrame([[source, target, trust, certainty]], columns=JUDGEMENT_COLUMNS)
        return self._with_told(judgements=pd.concat([kept, stated], ignore_index=True))

    def without_asking(self, *people: str) -> Self:
        """Return a network in which these people are never asked to pass anything on.

        Parameters
        ----------
        *people
            Ids or unique full names. They may still be targets.

        Returns
        -------
        Network
            The changed network.

        Raises
        ------
        UnknownPersonError, AmbiguousPersonError
            As `resolve`.

        Examples
        --------
        >>> net = tg.Network.from_records([{"id": "ana"}, {"id": "bo"}])
        >>> bool(net.without_asking("bo").people.loc["bo", "do_not_ask"])
        True
        """
        changed = self._told["people"].copy()
        spared = [one for person in people for one in self._ids_of(self.resolve(person))]
        changed.loc[spared, "do_not_ask"] = True
        return self._with_told(people=changed)

    def _ids_of(self, person: str) -> list[str]:
        """Return all ids of one person."""
        return [person, *(alias for alias, one in self._aliases.items() if one == person)]

    def _with_told(self, **changes: Any) -> Self:
        """Return a copy with some of the tables changed that records told."""
        facts = {"owners": self._told_owners, "as_of": self.as_of}
        return type(self)(**{**self._tables(), **facts, **changes})

    def replace(self, **changes: Any) -> Self:
        """Return a copy with some tables or facts changed, checked like a new network.

        Parameters
        ----------
        **changes
            New values of people, evidence, positions, facts, texts, judgements, merged, report,
            owners or as_of.

        Returns
        -------
        Network
            The changed network. Where a table of records is replaced, people who were merged stay
            so for good.

        Raises
        ------
        RecordError
            If the new table does not fit.
        TypeError
            If a table is unknown.

        Examples
        --------
        >>> tg.Network.from_records([{"id": "ana"}]).replace(owners=["ana"]).owner
        'ana'
        """
        if _TABLES.isdisjoint(changes) or self._merged.empty:
            return self._with_told(**changes)
        joined = {name: getattr(self, f"_{name}") for name in _TABLES}
        return self._with_told(**{**joined, "merged": None, "owners": self.owners, **changes})

    __hash__ = None  # the tables can be compared, not hashed
