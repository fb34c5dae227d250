"""The tables of a network: kept in columns, checked in bulk, handed out as copies."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd
from pydantic import PrivateAttr, model_serializer

from trustgraph.errors import RecordError
from trustgraph.models.base import FrozenModel
from trustgraph.models.columns import (
    EVIDENCE_COLUMNS,
    POSITION_COLUMNS,
    evidence_frame,
    facts_frame,
    people_frame,
    positions_frame,
    report_frame,
    texts_frame,
    utc_time,
)
from trustgraph.models.evidence import Evidence
from trustgraph.models.merged import joined_tables, merged_frame, person_of_alias
from trustgraph.models.people import Person, Position
from trustgraph.models.references import ADD_PERSON, check_known, judgement_frame
from trustgraph.models.rows import Records

__all__ = ["NetworkTables"]


class NetworkTables(FrozenModel):
    """What a network holds; its verbs are in `Network`.

    The tables are kept as records told them, beside the list of ids that were found to be one
    person's; what is handed out is what they say together, so that a merge can be taken back.
    """

    owners: tuple[str, ...] = ()
    as_of: dt.datetime | None = None
    _told: dict[str, pd.DataFrame] = PrivateAttr()
    _told_owners: tuple[str, ...] = PrivateAttr()
    _merged: pd.DataFrame = PrivateAttr()
    _people: pd.DataFrame = PrivateAttr()
    _evidence: pd.DataFrame = PrivateAttr()
    _positions: pd.DataFrame = PrivateAttr()
    _facts: pd.DataFrame = PrivateAttr()
    _texts: pd.DataFrame = PrivateAttr()
    _judgements: pd.DataFrame = PrivateAttr()
    _report: pd.DataFrame = PrivateAttr()

    def __init__(  # noqa: PLR0913 - the tables of a network
        self,
        people: Records = (),
        evidence: Records = (),
        *,
        positions: Records = (),
        facts: Records = (),
        texts: Records = (),
        judgements: pd.DataFrame | Iterable[Mapping[str, Any]] | None = None,
        merged: pd.DataFrame | Iterable[Mapping[str, Any]] | None = None,
        report: Iterable[Mapping[str, Any]] | pd.DataFrame = (),
        owners: Iterable[str] = (),
        as_of: dt.datetime | dt.date | str | None = None,
    ) -> None:
        told = {
            "people": people_frame(people),
            "evidence": evidence_frame(evidence),
            "positions": positions_frame(positions),
            "facts": facts_frame(facts),
            "texts": texts_frame(texts),
            "judgements": judgement_frame(judgements),
        }
        if told["people"].empty and not told["evidence"].empty:
            told["people"] = people_frame(pd.DataFrame({"id": _named(told["evidence"])}))
        told_owners = tuple(dict.fromkeys(owners))
        _check_references(told, told_owners)
        same = merged_frame(merged, told["people"].index)
        ids = person_of_alias(same)
        whose = tuple(dict.fromkeys(ids.get(owner, owner) for owner in told_owners))
        facts_of: dict[str, Any] = {"owners": whose, "as_of": utc_time(as_of)}
        super().__init__(**facts_of)
        self._told, self._told_owners, self._merged = told, told_owners, same
        for name, frame in (joined_tables(told, same) if ids else told).items():
            checked = evidence_frame(frame) if ids and name == "evidence" else frame
            setattr(self, f"_{name}", checked)
        self._report = report_frame(report if isinstance(report, pd.DataFrame) else list(report))

    @property
    def people(self) -> pd.DataFrame:
        """People, indexed by ``id``: name, organisation, position, location, url, do_not_ask."""
        # Not shallow: the array under a column of text can be written to.
        return self._people.copy()

    @property
    def evidence(self) -> pd.DataFrame:
        """Acts: kind, source, target, at (UTC, NaT if unknown), amount (> 0), origin."""
        return self._evidence.copy(deep=False)

    @property
    def positions(self) -> pd.DataFrame:
        """Positions: person, organisation, title, started, finished, kind."""
        return self._positions.copy()

    @property
    def facts(self) -> pd.DataFrame:
        """What records say of one person: person, kind, text, organisation, at, until, origin."""
        return self._facts.copy()

    @property
    def texts(self) -> pd.DataFrame:
        """What people wrote, if it was kept: kind, source, target, at, text, origin."""
        return self._texts.copy()

    @property
    def merged(self) -> pd.DataFrame:
        """Ids that are other ids of a person: alias, person (who may be an alias in turn)."""
        return self._merged.copy()

    @property
    def judgements(self) -> pd.DataFrame:
        """Stated opinions: source, target, trust, certainty."""
        return self._judgements.copy()

    @property
    def report(self) -> pd.DataFrame:
        """What the readers said: file, row, level, reason, value, mend."""
        return self._report.copy()

    def iter_people(self) -> Iterator[Person]:
        """Yield every person as a model, in the order of the ids.

        Yields
        ------
        Person
            One at a time, made on demand.

        Examples
        --------
        >>> [person.id for person in tg.Network.from_records([{"id": "ana"}]).iter_people()]
        ['ana']
        """
        for row in self._people.reset_index().to_dict(orient="records"):
            yield Person(**{str(key): value for key, value in row.items()})

    def iter_evidence(self) -> Iterator[Evidence]:
        """Yield every act as a model, in the order of the table.

        Yields
        ------
        Evidence
            One at a time, made on demand.

        Examples
        --------
        >>> net = tg.Network.from_records(
        ...     evidence=[{"kind": "connection", "source": "ana", "target": "bo"}]
        ... )
        >>> [act.kind for act in net.iter_evidence()]
        ['connection']
        """
        columns = [self._evidence[name].tolist() for name in EVIDENCE_COLUMNS]
        for values in zip(*columns, strict=True):
            record = dict(zip(EVIDENCE_COLUMNS, values, strict=True))
            yield Evidence(**{**record, "at": utc_time(record["at"])})

    def iter_positions(self) -> Iterator[Position]:
        """Yield every position as a model, in the order of the table.

        Yields
        ------
        Position
            One at a time, made on demand.

        Examples
        --------
        >>> net = tg.Network.from_records(
        ...     [{"id": "ana"}], positions=[{"person": "ana", "organisation": "Acme"}]
        ... )
        >>> [position.organisation for position in net.iter_positions()]
        ['Acme']
        """
        columns = [self._positions[name].tolist() for name in POSITION_COLUMNS]
        for values in zip(*columns, strict=True):
            record = dict(zip(POSITION_COLUMNS, values, strict=True))
            for name in ("started", "finished"):
                moment = utc_time(record[name])
                record[name] = moment.date() if moment else None
            yield Position(**record)

    @model_serializer(mode="plain")
    def _whole(self) -> dict[str, Any]:
        """Write all tables as plain records, so that nothing is lost."""
        tables = {**self._tables(), "people": self._told["people"].reset_index()}
        told: dict[str, Any] = {name: _records(frame) for name, frame in tables.items()}
        told["owners"] = list(self._told_owners)
        told["as_of"] = self.as_of.isoformat() if self.as_of else None
        return told

    def _tables(self) -> dict[str, pd.DataFrame]:
        """Return all tables as they were told."""
        return {**self._told, "merged": self._merged, "report": self._report}

    def __eq__(self, other: object) -> bool:
        """Compare all tables, owners and the date."""
        if not isinstance(other, NetworkTables):
            return NotImplemented
        if (self._told_owners, self.as_of) != (other._told_owners, other.as_of):
            return False
        ours, theirs = self._tables(), other._tables()
        return all(ours[name].equals(theirs[name]) for name in ours)

    __hash__ = None  # type: ignore[assignment]

    def __repr_args__(self) -> Any:
        """Show the size, the owners and the date; never the people."""
        yield "people", len(self._people)
        yield "evidence", len(self._evidence)
        if self.owners:
            yield "owners", self.owners
        if self.as_of:
            yield "as_of", self.as_of.date().isoformat()


def _named(evidence: pd.DataFrame) -> list[str]:
    ends = (evidence[end].cat.categories for end in ("source", "target"))
    return sorted({str(person) for people in ends for person in people})


def _check_references(told: Mapping[str, pd.DataFrame], owners: Iterable[str]) -> None:
    """Raise a `RecordError` at the first id in a table that nobody has."""
    known = told["people"].index
    for table, columns in (
        ("evidence", ("source", "target")),
        ("positions", ("person",)),
        ("facts", ("person",)),
        ("texts", ("source", "target")),
        ("judgements", ("source", "target")),
    ):
        frame = told[table]
        for column in columns:
            named = frame[column]
            # Some texts are written to nobody in particular.
            check_known(named[named != ""] if table == "texts" else named, known, table)
    for number, owner in enumerate(owners, start=1):
        if owner not in known:
            raise RecordError(
                "unknown person", file="owners", row=number, value=owner, mend=ADD_PERSON
            )


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return rows of plain values; times as ISO text, None where unknown."""
    columns = {
        str(name): (
            [None if moment is pd.NaT else moment.isoformat() for moment in column]
            if isinstance(column.dtype, pd.DatetimeTZDtype)
            else column.tolist()
        )
        for name, column in frame.items()
    }
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
