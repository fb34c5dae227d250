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
    Records,
    evidence_frame,
    people_frame,
    positions_frame,
    report_frame,
    utc_time,
)
from trustgraph.models.evidence import Evidence
from trustgraph.models.people import Person, Position
from trustgraph.models.references import ADD_PERSON, check_known, judgement_frame

__all__ = ["NetworkTables"]


class NetworkTables(FrozenModel):
    """What a network holds; its verbs are in `Network`."""

    owners: tuple[str, ...] = ()
    as_of: dt.datetime | None = None
    _people: pd.DataFrame = PrivateAttr()
    _evidence: pd.DataFrame = PrivateAttr()
    _positions: pd.DataFrame = PrivateAttr()
    _judgements: pd.DataFrame = PrivateAttr()
    _report: pd.DataFrame = PrivateAttr()

    def __init__(
        self,
        people: Records = (),
        evidence: Records = (),
        *,
        positions: Records = (),
        judgements: pd.DataFrame | Iterable[Mapping[str, Any]] | None = None,
        report: Iterable[Mapping[str, Any]] | pd.DataFrame = (),
        owners: Iterable[str] = (),
        as_of: dt.datetime | dt.date | str | None = None,
    ) -> None:
        facts: dict[str, Any] = {"owners": tuple(dict.fromkeys(owners)), "as_of": utc_time(as_of)}
        super().__init__(**facts)
        self._evidence = evidence_frame(evidence)
        self._people = people_frame(people)
        if self._people.empty and not self._evidence.empty:
            known = sorted(
                set(self._evidence["source"].cat.categories)
                | set(self._evidence["target"].cat.categories)
            )
            self._people = people_frame(pd.DataFrame({"id": known}))
        self._positions = positions_frame(positions)
        self._judgements = judgement_frame(judgements)
        self._report = report_frame(report if isinstance(report, pd.DataFrame) else list(report))
        self._check_references()

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
        tables = {
            "people": self._people.reset_index(),
            "evidence": self._evidence,
            "positions": self._positions,
            "judgements": self._judgements,
            "report": self._report,
        }
        told: dict[str, Any] = {name: _records(frame) for name, frame in tables.items()}
        told["owners"] = list(self.owners)
        told["as_of"] = self.as_of.isoformat() if self.as_of else None
        return told

    def __eq__(self, other: object) -> bool:
        """Compare all tables, owners and the date."""
        if not isinstance(other, NetworkTables):
            return NotImplemented
        if (self.owners, self.as_of) != (other.owners, other.as_of):
            return False
        names = ("_people", "_evidence", "_positions", "_judgements", "_report")
        return all(getattr(self, name).equals(getattr(other, name)) for name in names)

    __hash__ = None  # type: ignore[assignment]

    def __repr_args__(self) -> Any:
        """Show the size, the owners and the date; never the people."""
        yield "people", len(self._people)
        yield "evidence", len(self._evidence)
        if self.owners:
            yield "owners", self.owners
        if self.as_of:
            yield "as_of", self.as_of.date().isoformat()

    def _check_references(self) -> None:
        known = self._people.index
        for table, columns in (
            ("evidence", ("source", "target")),
            ("positions", ("person",)),
            ("judgements", ("source", "target")),
        ):
            frame = getattr(self, f"_{table}")
            for column in columns:
                check_known(frame[column], known, table)
        for number, owner in enumerate(self.owners, start=1):
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
