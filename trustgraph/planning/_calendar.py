"""On which day each ask is put."""

from collections.abc import Sequence
from dataclasses import dataclass

from trustgraph.planning.plan_rules import PlanRules

__all__ = ["Slot", "days_of", "slots_left"]


@dataclass(frozen=True)
class Slot:
    """One ask in the calendar: its target, the person asked, and a day.

    The day on which it was put; of a planned one, the day before which it must not be put.
    """

    target: int
    person: int
    day: int = -1


def slots_left(since: int, horizon: int, every: int) -> int:
    """Return how many asks fit from a day on to the last day, one in so many days."""
    return 0 if since > horizon else (horizon - since) // max(every, 1) + 1


def days_of(
    asks: Sequence[Slot],
    under_way: Sequence[Slot],
    put: Sequence[Slot],
    *,
    today: int,
    horizon: int,
    rules: PlanRules,
) -> list[int | None]:
    """Return the day of each ask, none before today.

    Parameters
    ----------
    asks
        In the order in which they should be put.
    under_way
        Asks that are open, with their days.
    put
        All asks that were put, with their days.
    today, horizon
        The first and the last day on which an ask may be put.
    rules
        How many asks may be open, how long, and the pace.

    Returns
    -------
    list
        The days; None where an ask does not fit in.
    """
    waves = slots_left(today, horizon, rules.wait_days)
    most = len(asks)
    if rules.pace == "steady" and waves:
        most = -(-(len(asks) + len(under_way)) // waves)
    found = _spread(asks, under_way, put, today, horizon, rules, most)
    if None in found:
        asks = [Slot(one.target, one.person) for one in asks]
        found = _spread(asks, under_way, put, today, horizon, rules, len(asks) + len(under_way))
    return found


def _spread(
    asks: Sequence[Slot],
    under_way: Sequence[Slot],
    put: Sequence[Slot],
    today: int,
    horizon: int,
    rules: PlanRules,
    most: int,
) -> list[int | None]:
    """Go through the days and put what may be put, with so many asks open at most."""
    found: list[int | None] = [None] * len(asks)
    taken = list(under_way)
    last: dict[int, int] = {}
    for slot in put:
        last[slot.person] = max(last.get(slot.person, slot.day), slot.day)
    for day in range(today, horizon + 1):
        taken = [slot for slot in taken if slot.day + rules.wait_days > day]
        for place, ask in enumerate(asks):
            if found[place] is not None or len(taken) >= most:
                continue
            crowd = sum(slot.target == ask.target for slot in taken)
            rested = ask.person not in last or last[ask.person] + rules.rest_days <= day
            if crowd < rules.open_per_target and rested and ask.day <= day:
                found[place] = last[ask.person] = day
                taken.append(Slot(ask.target, ask.person, day))
        if None not in found:
            break
    return found
