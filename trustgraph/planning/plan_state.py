"""Where a plan stands: which asks were put, what they taught, and what can be asked now."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from trustgraph._typing import Floats
from trustgraph.errors import UnknownPersonError
from trustgraph.models.outcome import Outcome
from trustgraph.planning._belief import Learned, Seen, carried_given, learned, worth
from trustgraph.planning._calendar import Slot, slots_left
from trustgraph.planning._choose_problem import Problem
from trustgraph.planning.plan_desk import Desk

__all__ = ["Put", "State", "merged_history", "newest_day", "state_of"]


@dataclass(frozen=True, eq=False)
class Put:
    """One ask that was put.

    Attributes
    ----------
    outcome
        As the seeker wrote it down.
    person, target, option
        Who was asked, for which target, and as which of its options; -1 if it is none.
    day
        Day of the plan on which it was put.
    open
        Whether something may still come of it.
    seen
        What it teaches.
    """

    outcome: Outcome
    person: int
    target: int
    option: int
    day: int
    open: bool
    seen: Seen


@dataclass(frozen=True, eq=False)
class State:
    """A plan at one day.

    Attributes
    ----------
    start, today
        Date of day 0 if there is one, and the day of the plan that it is today.
    put
        The asks that were put, in their order.
    reached
        Which targets were reached, shape (targets,).
    learned
        What the outcomes say.
    problem
        What can be asked now.
    """

    start: dt.date | None
    today: int
    put: tuple[Put, ...]
    reached: tuple[bool, ...]
    learned: Learned
    problem: Problem

    @property
    def under_way(self) -> list[Slot]:
        """The asks that are open."""
        return [Slot(put.target, put.person, put.day) for put in self.put if put.open]

    @property
    def slots(self) -> list[Slot]:
        """All asks that were put."""
        return [Slot(put.target, put.person, put.day) for put in self.put]


def merged_history(
    desk: Desk, history: Sequence[Outcome], new: Iterable[Outcome]
) -> tuple[Outcome, ...]:
    """Return all outcomes, the newest word on each ask, in the order of the asks."""
    told: dict[tuple[dt.date, int, int], Outcome] = {}
    for one in (*history, *new):
        target = _target_of(desk, one)
        told[one.asked, _person_of(desk, one, target), target] = one
    return tuple(told[key] for key in sorted(told))


def newest_day(history: Sequence[Outcome]) -> dt.date | None:
    """Return the newest day that the outcomes name."""
    days = [
        day
        for one in history
        for day in (
            one.asked,
            one.passed,
            one.endorsed,
            one.forwarded,
            one.declined,
            one.silent,
            one.met,
            one.hired,
        )
        if day is not None
    ]
    return max(days, default=None)


def state_of(desk: Desk, history: Sequence[Outcome], today: dt.date | None) -> State:
    """Return where a plan stands after some outcomes."""
    asked = [one.asked for one in history]
    start = desk.rules.start or min(asked, default=desk.graph_day)
    if today is not None and asked and today < max(asked):
        message = f"today is {today}, but an ask was put on {max(asked)}; name that day or later"
        raise ValueError(message)
    now = today or newest_day(history) or start
    day = 0 if now is None or start is None else max(0, (now - start).days)
    put = tuple(_put(desk, one, start or one.asked, day) for one in history)
    reached = [False] * len(desk.options)
    for one in put:
        reached[one.target] = reached[one.target] or one.outcome.reached
    base = {one.target: desk.options[one.target].weight for one in put}
    opinions = {one.person: desk.opinion(one.person) for one in put}
    found = learned(desk.model, opinions, base, [one.seen for one in put])
    problem = _problem(desk, put, reached, found, day)
    return State(start, day, put, tuple(reached), found, problem)


def _put(desk: Desk, outcome: Outcome, start: dt.date, today: int) -> Put:
    target = _target_of(desk, outcome)
    person = _person_of(desk, outcome, target)
    options = desk.options[target]
    asked = desk.asked(target)
    option = asked.index(person) if person in asked else -1
    nodes = {one.node for one in desk.questions[target].targets if one.node >= 0}
    kind = desk.kind(target, direct=person < 0 or person in nodes)
    day = (outcome.asked - start).days
    over = today >= day + desk.rules.wait_days
    answer = outcome.state
    if answer == "open" and over and not outcome.reached:
        answer = "silent"
    empty = answer in ("silent", "declined") or (answer == "forwarded" and kind == "vouch")
    leads = options.reach[option] if option >= 0 else np.zeros(len(options.weight), bool)
    seen = Seen(
        person=person,
        target=target,
        kind=kind,
        answer=answer,
        reached=outcome.reached,
        failed=over and not outcome.reached and not empty,
        leads=leads,
    )
    still = not over and not outcome.reached and not empty
    return Put(outcome, person, target, option, day, still, seen)


def _target_of(desk: Desk, outcome: Outcome) -> int:
    place = desk.targets_by_name.get(str(outcome.target))
    if place is None:
        known = ", ".join(desk.target_id(one) for one in range(len(desk.options)))
        message = (
            f"an outcome is about the target {outcome.target!r}, which is the target of no ask of "
            f"this plan; it has {known}"
        )
        raise ValueError(message)
    if outcome.seeker and desk.index.number(outcome.seeker) != desk.seeker:
        message = (
            f"an outcome is about an ask of {outcome.seeker!r}, but this is the plan of "
            f"{desk.index.labels[desk.seeker]!r}; leave it out"
        )
        raise ValueError(message)
    return place


def _person_of(desk: Desk, outcome: Outcome, target: int) -> int:
    question = desk.questions[target]
    try:
        person = desk.index.number(outcome.introducer)
    except UnknownPersonError:
        virtual = question.targets[0]
        if virtual.node < 0 and outcome.introducer in (virtual.id, virtual.name):
            return -1 - target
        raise
    if person == desk.seeker:
        message = (
            f"an outcome says that {outcome.introducer!r} was asked, who is the seeker; name the "
            "person who was asked"
        )
        raise ValueError(message)
    return person


def _problem(
    desk: Desk, put: Sequence[Put], reached: Sequence[bool], found: Learned, today: int
) -> Problem:
    """Return what can be asked now, with all that was learned."""
    capacity = np.full(len(desk.people), desk.per_person, np.int64)
    for one in put:
        place = desk.place_of.get(one.person)
        if place is not None:
            capacity[place] -= 1
    if desk.rules.rest_days:
        last = {one.person: one.day for one in put}
        for person, place in desk.place_of.items():
            since = max(
                today, last.get(person, today - desk.rules.rest_days) + desk.rules.rest_days
            )
            fit = slots_left(since, desk.horizon, desk.rules.rest_days)
            capacity[place] = min(capacity[place], fit)
    missed, rate, most = [], [], []
    for target, options in enumerate(desk.options):
        under_way = [one for one in put if one.target == target and one.open]
        weight = found.weights.get(target, options.weight)
        missed.append(_missed(desk, found, weight, under_way, reached=reached[target]))
        rate.append(_rates(desk, put, found, target, today))
        most.append(0 if reached[target] else _asks_left(desk, under_way, today))
    budget = max(0, desk.budget - len(put))
    capacity = np.clip(capacity, 0, min(budget, len(desk.options)))
    longest = max(1, int(capacity.max(initial=1)))
    rest = max(desk.rules.rest_days, (desk.horizon - today) // max(budget, 1), 1)
    fade = [
        desk.model.goodwill.left(np.arange(1, rank + 1, dtype=np.float64) * rest)
        for rank in range(longest)
    ]
    return Problem(
        value=desk.values,
        missed=missed,
        rate=rate,
        reach=[options.reach for options in desk.options],
        person=desk.places,
        capacity=capacity,
        most=np.array(most, np.int64),
        budget=budget,
        fade=np.array(fade),
    )


def _asks_left(desk: Desk, under_way: Sequence[Put], today: int) -> int:
    """Return how many asks for one target the calendar still has room for."""
    rules = desk.rules
    free = sorted(one.day + rules.wait_days for one in under_way)
    lanes = [today] * max(0, rules.open_per_target - len(free))
    lanes += free[len(free) - (rules.open_per_target - len(lanes)) :] if free else []
    return sum(
        slots_left(max(today, since), desk.horizon, rules.wait_days)
        for since in lanes[: rules.open_per_target]
    )


def _missed(
    desk: Desk, found: Learned, weight: Floats, under_way: Sequence[Put], *, reached: bool
) -> Floats:
    if reached:
        return np.zeros(len(weight))
    left = weight.copy()
    for one in under_way:
        x, likely = found.levels[one.person]
        carried = carried_given(desk.model, desk.opinion(one.person), one.seen, x)
        chance = float(carried @ likely)
        if one.seen.answer == "open":
            chance *= _first(desk, one) / max(desk.prior(one.person, one.seen.kind), 1e-300)
        left = left * (1.0 - min(chance, 1.0) * one.seen.leads)
    return left


def _first(desk: Desk, put: Put) -> float:
    """Return the chance that an ask works at its first step, before anything is known of it."""
    return float(desk.options[put.target].chance[put.option]) if put.option >= 0 else 0.0


def _rates(desk: Desk, put: Sequence[Put], found: Learned, target: int, today: int) -> Floats:
    """Return the chance that each option of a target works at its first step, as of now."""
    options = desk.options[target]
    rate = options.chance.copy()
    if not put:
        return rate
    asked = desk.asked(target)
    for person in {one.person for one in put}:
        if person not in asked:
            continue
        mine = [one for one in put if one.person == person]
        for option in [place for place, one in enumerate(asked) if one == person]:
            if any(one.target == target and one.seen.answer != "silent" for one in mine):
                rate[option] = 0.0
                continue
            kind = desk.kind(target, direct=bool(options.direct[option]))
            x, likely = found.levels[person]
            opinion = desk.opinion(person)
            prior = desk.prior(person, kind)
            now = float(worth(desk.model, opinion, kind, x) @ likely)
            days = np.array([max(today - one.day, 0) for one in mine], np.float64)
            factor = now / prior if prior > 0 else 0.0
            factor *= desk.answers(person, _silences(mine)) * desk.model.goodwill.left(days)
            # All asks to them for this target came to nothing but silence, or none is left.
            factor *= desk.rules.thinks_again ** sum(one.target == target for one in mine)
            rate[option] = min(1.0, rate[option] * factor)
    return rate


def _silences(mine: Sequence[Put]) -> int:
    """Return how often somebody was silent since they last answered."""
    count = 0
    for one in mine:
        if one.seen.answer == "silent":
            count += 1
        elif one.seen.answer != "open":
            count = 0
    return count
