"""The past replayed: whether the paths were there before what is known to have come about."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Final, get_args

import pandas as pd
from tqdm import tqdm

from trustgraph._text import counted, listed
from trustgraph.evaluation._outcome_asks import checked_outcomes
from trustgraph.evaluation._outcome_known import Event, asked_events, recorded_events
from trustgraph.evaluation._outcome_past import (
    UndatedPositions,
    day_of,
    last_day_of,
    undated_records,
)
from trustgraph.evaluation._outcome_ranks import Day, Place
from trustgraph.evaluation.bootstrap import check_level
from trustgraph.evaluation.replay_results import Replay, ReplayedEvent
from trustgraph.models.network import Network
from trustgraph.models.outcome import Outcome
from trustgraph.steps.seed import is_whole
from trustgraph.trust.model import TrustModel

__all__ = ["replay"]

MOST_INTERMEDIARIES: Final = 5


def replay(  # noqa: PLR0913 - all but two by name
    net: Network,
    dates: Iterable[dt.date | str] | str,
    *,
    outcomes: Iterable[Outcome] | None = None,
    seeker: str = "",
    model: TrustModel | None = None,
    k: int = 10,
    within_days: int = 365,
    max_intermediaries: int = 3,
    undated_positions: UndatedPositions = "use",
    level: float = 0.95,
    progress: bool | None = None,
) -> Replay:
    """Return whether the paths were there before what is known to have come about.

    Parameters
    ----------
    net
        The network of today.
    dates
        Days of which the network is taken, at the end of the day; or a frequency of pandas such
        as ``"YS"`` (every new year) or ``"QS"``, over all days of the records.
    outcomes
        What became of asks. Default: what the network itself records of the seeker, see Notes.
    seeker
        Id or unique full name; default: the owner of the network.
    model
        How records become trust; default: `TrustModel()`.
    k
        How far down a list a hit counts.
    within_days
        How long after a date events count, in days.
    max_intermediaries
        Largest number of intermediaries, 1 to 5.
    undated_positions
        Whether positions without dates, and organisations of record, count as if they had always
        been held (``"use"``), or nobody is known to be anywhere by them (``"leave out"``).
    level
        Share that intervals hold, in (0, 1).
    progress
        Whether to show a bar; default: only where it takes long.

    Returns
    -------
    Replay
        A row for each date and each event that followed it; hit rates beside recency of contact
        and chance; a calibration curve where outcomes tell failures too.

    Raises
    ------
    ValueError
        If there is no date, a date lies outside the records, or an option is out of range.
    TypeError
        If an outcome is no `Outcome`, or ``dates`` is neither days nor a frequency.
    UnknownPersonError, AmbiguousPersonError
        If the seeker is not known, or not by that name alone.
    SeveralOwnersError
        If no seeker is named and the network has not one owner.

    Notes
    -----
    For each date the network is cut to records of that day and before, then the graph is built:
    nothing with a later date can change a row. Without ``outcomes`` three things count as known:
    every new employer of the seeker with a date (its place among all organisations, as by
    `rank_organisations`), every dated new connection to somebody without a tie so far (among all
    people without one, by way of others), and everybody who introduced the seeker for the first
    time (``introduction_made``; among the contacts of the seeker, by the factor of the first
    step).

    What has no date leaks: LinkedIn lists where connections are today, connections that were
    removed are in no list, and names, judgements and who is not to be asked are of today.
    ``warnings`` tells how much of it there is, ``undated`` which rows rest on it.

    Examples
    --------
    >>> net = tg.datasets.make_world(60, seed=3)
    >>> found = tg.evaluation.replay(net, "YS")
    >>> found.hits().loc["connection", ["n", "found"]].iloc[0].tolist()
    [8, 4]
    """
    _check(k, within_days, max_intermediaries, undated_positions)
    days = _days(net, dates)
    who = net.resolve(seeker) if seeker else net.owner
    known = (
        recorded_events(net, who)
        if outcomes is None
        else asked_events(net, checked_outcomes(outcomes), who)
    )
    in_force = model or TrustModel()
    rows: list[ReplayedEvent] = []
    undated = 0
    bar = tqdm(
        days,
        desc="Replay",
        unit=" dates",
        delay=1.0 if progress is None else 0.0,
        leave=False,
        disable=False if progress is None else not progress,
    )
    for day in bar:
        until = day + dt.timedelta(days=within_days)
        due = [one for one in known if day < one.day <= until]
        if not due:
            continue
        then = Day.of(
            net,
            day,
            who,
            in_force,
            most=max_intermediaries,
            k=k,
            undated_positions=undated_positions,
        )
        undated = max(undated, len(then.past.undated))
        rows += [_row(day, one, place) for one in due if (place := then.place(one)) is not None]
    return Replay(
        events=tuple(rows),
        seeker=who,
        dates=tuple(days),
        within_days=within_days,
        k=k,
        max_intermediaries=max_intermediaries,
        undated_positions=undated_positions,
        warnings=_warnings(net, undated, undated_positions, asked=outcomes is not None),
        level=check_level(level),
    )


def _row(day: dt.date, event: Event, place: Place) -> ReplayedEvent:
    return ReplayedEvent(
        date=day,
        kind=event.kind,
        target=event.target,
        day=event.day,
        score=place.score,
        rank=place.rank,
        recency_rank=place.recency_rank,
        candidates=place.candidates,
        introducer=place.introducer,
        actual_introducer=event.introducer,
        introducer_rank=place.introducer_rank,
        came_true=event.came_true,
        undated=place.undated,
    )


def _check(k: int, within_days: int, max_intermediaries: int, undated_positions: str) -> None:
    for name, value in (("k", k), ("within_days", within_days)):
        if not is_whole(value) or value < 1:
            message = f"{name} is {value!r}; give a whole number from 1"
            raise ValueError(message)
    if not is_whole(max_intermediaries) or not 1 <= max_intermediaries <= MOST_INTERMEDIARIES:
        message = f"max_intermediaries is {max_intermediaries!r}; it must be 1 to 5"
        raise ValueError(message)
    if undated_positions not in get_args(UndatedPositions):
        known = listed([repr(one) for one in get_args(UndatedPositions)], "or")
        message = f"undated_positions is {undated_positions!r}; it must be {known}"
        raise ValueError(message)


def _days(net: Network, dates: Any) -> list[dt.date]:
    """Return the dates, each once; raise a `ValueError` for one outside the records."""
    oldest, last = net.evidence["at"].min(), last_day_of(net)
    if pd.isna(oldest) or last is None:
        message = "no record has a date, so there is no past to replay"
        raise ValueError(message)
    first = oldest.date()
    if isinstance(dates, (str, dt.date)):
        try:
            dates = [day_of(dates)]
        except ValueError:
            return _by_frequency(dates, first, last)
    if not isinstance(dates, Iterable):
        message = f"dates is {dates!r}; give some days, or a frequency such as 'YS'"
        raise TypeError(message)
    days = sorted({day for one in dates if (day := day_of(one)) is not None})
    if not days:
        message = "there are no dates; give some, or a frequency such as 'YS'"
        raise ValueError(message)
    if outside := [day for day in days if not first <= day < last]:
        message = (
            f"{listed([str(day) for day in outside[:3]])} {'is' if len(outside) == 1 else 'are'} "
            f"outside the records, which go from {first} to {last}; give days before the last one"
        )
        raise ValueError(message)
    return days


def _by_frequency(frequency: str, first: dt.date, last: dt.date) -> list[dt.date]:
    try:
        days = pd.date_range(first, last, freq=frequency)
    except ValueError as error:
        message = f"{frequency!r} is no day and no frequency of pandas, such as 'YS' or 'QS'"
        raise ValueError(message) from error
    found = sorted({day.date() for day in days if day.date() < last})
    if not found:
        message = f"there is no day of {frequency!r} in the records, from {first} to {last}"
        raise ValueError(message)
    return found


def _warnings(net: Network, undated: int, how: str, *, asked: bool) -> tuple[str, ...]:
    told = []
    if undated and how == "use":
        told.append(
            f"Of the employers of {counted(undated, 'person', 'people')} no date is known; they "
            "are taken as today, though somebody may have gone there later, so paths to "
            "organisations may look better than they were. Leave such places out with "
            "undated_positions='leave out'."
        )
    elif undated:
        told.append(
            f"Of the employers of {counted(undated, 'person', 'people')} no date is known; they "
            "are left out, so paths to organisations may look worse than they were."
        )
    if number := undated_records(net):
        told.append(
            f"{counted(number, 'act or judgement', 'acts and judgements')} without a date "
            "count on every day."
        )
    if not asked:
        told.append(
            "Only what the records still hold can be replayed: ties that were removed since are "
            "missing, and what did not come about is not known."
        )
    return tuple(told)
