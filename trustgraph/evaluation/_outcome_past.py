"""A network as it was known on an earlier day."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from trustgraph.models.network import Network
from trustgraph.trust.acts import last_moment

__all__ = ["Past", "UndatedPositions", "day_of", "known_by", "last_day_of", "undated_records"]

UndatedPositions = Literal["use", "leave out"]


@dataclass(frozen=True, eq=False)
class Past:
    """What was known on a day.

    Attributes
    ----------
    net
        Records of that day and before, and those without a date.
    undated
        People of whose employers no date is known: where they are is of today.
    """

    net: Network
    undated: frozenset[str]


def known_by(net: Network, day: dt.date, *, undated_positions: UndatedPositions = "use") -> Past:
    """Return the network as it was known at the end of a day.

    Parameters
    ----------
    net
        The network of today.
    day
        The UTC day.
    undated_positions
        Whether positions, and organisations of record, whose dates nobody knows are used.

    Returns
    -------
    Past
        Nothing with a later date is in it, so that nothing later can change what follows from it.
    """
    end = pd.Timestamp(last_moment(dt.datetime.combine(day, dt.time(), dt.UTC)))
    evidence, positions = net.evidence, net.positions
    begun = positions[~(positions["started"] > end)]
    begun = begun.assign(finished=begun["finished"].where(begun["finished"] <= end))
    told = begun["started"].notna() | begun["finished"].notna()
    dated = _dated_employers(begun)
    # Whose employers all have later dates was not yet where the records leave them.
    people = _without_places(net.people, _dated_employers(positions) - dated)
    placed = (people["organisation"] != "").to_numpy() | people.index.isin(
        begun.loc[~told & (begun["kind"] == "employer"), "person"]
    )
    undated = frozenset(people.index[placed]) - dated
    if undated_positions == "leave out":
        begun = begun[told]
        people = _without_places(people, undated)
    past = net.replace(
        people=people,
        evidence=evidence[evidence["at"].isna() | (evidence["at"] <= end)],
        positions=begun,
        # The graph of the day is asked for on a later one: dated positions decide where people are.
        as_of=dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), dt.UTC),
    )
    return Past(past, undated)


def _dated_employers(positions: pd.DataFrame) -> frozenset[str]:
    told = positions["started"].notna() | positions["finished"].notna()
    return frozenset(positions.loc[told & (positions["kind"] == "employer"), "person"])


def _without_places(people: pd.DataFrame, whose: frozenset[str]) -> pd.DataFrame:
    hidden = people.index.isin(list(whose))
    return people.assign(
        **{name: people[name].mask(hidden, "") for name in ("organisation", "position")}
    )


def day_of(day: dt.date | str | None) -> dt.date | None:
    """Return a day as a date, of a moment its UTC day; raise a `ValueError` if it is none."""
    if isinstance(day, dt.datetime) and not pd.isna(day):
        return (day.astimezone(dt.UTC) if day.tzinfo else day).date()
    told: Any = day
    message = f"{day!r} is no day; give a date such as 2026-03-31"
    try:
        told = dt.date.fromisoformat(day) if isinstance(day, str) else day
    except ValueError as error:
        raise ValueError(message) from error
    if told is None or (isinstance(told, dt.date) and not pd.isna(told)):
        return told
    raise ValueError(message)


def last_day_of(net: Network) -> dt.date | None:
    """Return the last day that the records describe; None if nothing has a date."""
    newest = net.evidence["at"].max()
    days = [newest.date()] if pd.notna(newest) else []
    if net.as_of is not None:
        days.append(net.as_of.date())
    return max(days, default=None)


def undated_records(net: Network) -> int:
    """Return how many acts and judgements have no date, and so count on every day."""
    return int(net.evidence["at"].isna().sum()) + len(net.judgements)
