"""A plan made from the desk and what has happened: chosen, dated, and told."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from trustgraph._typing import Floats
from trustgraph.graph.index import TrustIndex
from trustgraph.introductions.find import find_introductions
from trustgraph.introductions.introduction import Introduction
from trustgraph.models.outcome import Outcome
from trustgraph.planning._actions import actions_of, told_of
from trustgraph.planning._calendar import Slot, days_of
from trustgraph.planning._choose import choose, in_order
from trustgraph.planning._choose_bound import upper_bound
from trustgraph.planning._choose_problem import Chosen, Pick
from trustgraph.planning._exact import FEW_OPTIONS, proved
from trustgraph.planning.plan_desk import Desk, prepared
from trustgraph.planning.plan_results import AskPlan
from trustgraph.planning.plan_rows import (
    Fallback,
    PlannedAction,
    PlannedAsk,
    TargetChance,
    TargetState,
)
from trustgraph.planning.plan_state import State, merged_history, newest_day, state_of
from trustgraph.planning.plan_waiting import better_later
from trustgraph.planning.plan_ways import best_way, fallbacks_of
from trustgraph.trust.model import TrustModel

__all__ = ["Planner"]

BOUND_ROUNDS: Final = 60
"""Steps of the search for the bound."""
LEAST_CHANCE: Final = 0.005
"""A fallback of less is none."""


@dataclass(eq=False)
class Planner:
    """One plan and all that it is made from; the source of its later fields."""

    desk: Desk
    history: tuple[Outcome, ...] = ()
    today: dt.date | None = None
    before: Chosen | None = None
    state: State = field(init=False)
    chosen: Chosen = field(init=False)
    rows: list[tuple[Pick, float, int]] = field(init=False)
    exact: bool = field(init=False, default=False)
    waits: dict[Pick, int] = field(init=False)

    def plan(self) -> AskPlan:
        """Return the plan."""
        self.state = state_of(self.desk, self.history, self.today)
        problem = self.state.problem
        found = self._best()
        ordered = in_order(problem, found)
        self.waits = better_later(problem, ordered) if self._early else {}
        days = self._days([pick for pick, _ in ordered])
        rows = [
            (pick, gain, day)
            for (pick, gain), day in zip(ordered, days, strict=True)
            if day is not None
        ]
        rows.sort(key=lambda one: one[2])  # stable: the order of gain within a day
        self.rows = rows
        self.chosen = tuple(sorted(pick for pick, _, _ in rows))
        return self._told(len(found) - len(rows))

    @property
    def _early(self) -> bool:
        return self.desk.rules.pace == "early"

    def _best(self) -> Chosen:
        problem, exact = self.state.problem, self.desk.rules.exact
        found = choose(problem, start=self._still_possible(), thorough=self.before is None)
        options = int(np.count_nonzero(problem.fresh * problem.free[problem.everybody]))
        if exact or (exact is None and options <= FEW_OPTIONS):
            best = proved(problem, found)
            if best is not None:
                self.exact = True
                return best
            if exact:
                message = (
                    f"the best of all sets of asks cannot be proved within reason: {options:,} "
                    "options; leave out exact=True, the plan then tells how good it is (gap)"
                )
                raise ValueError(message)
        return found

    def updated(self, outcomes: Sequence[Outcome], today: dt.date | None) -> AskPlan:
        """Return the plan after some outcomes."""
        history = merged_history(self.desk, self.history, outcomes)
        if today is None and self.today is not None:
            today = max(self.today, newest_day(history) or self.today)
        return Planner(self.desk, history, today, self.chosen).plan()

    def asked_again(self, index: TrustIndex, model: TrustModel) -> AskPlan:
        """Return the same plan on another graph or with another model."""
        desk = prepared(
            index,
            [question.ask for question in self.desk.questions],
            budget=self.desk.budget,
            per_person=self.desk.per_person,
            horizon=self.desk.horizon,
            values=self.desk.values.tolist(),
            rules=self.desk.rules,
            model=model,
            seed=self.desk.seed,
        )
        return Planner(desk, self.history, self.today).plan()

    def way(self, ask: PlannedAsk) -> Introduction:
        """Return the best path of a planned ask."""
        desk = self.desk
        place = next(n for n in range(len(desk.questions)) if desk.target_id(n) == ask.target)
        paths = find_introductions(
            desk.index,
            desk.questions[place].ask,
            k=len(desk.asked(place)),
            max_intermediaries=desk.rules.max_intermediaries,
            model=desk.model,
            observed_only=desk.rules.observed_only,
            diversity="introducer",
        )
        wanted = "" if ask.direct else ask.introducer
        return next(path for path in paths if path.introducer == wanted)

    def _still_possible(self) -> Chosen | None:
        if self.before is None:
            return None
        problem = self.state.problem
        kept: list[Pick] = []
        used = np.zeros(len(problem.capacity), np.int64)
        asked = np.zeros(problem.targets, np.int64)
        for target, option in self.before:
            who = problem.person[target][option]
            if (
                problem.alone((target, option)) > 0
                and used[who] < problem.capacity[who]
                and asked[target] < problem.most[target]
                and len(kept) < problem.budget
            ):
                kept.append((target, option))
                used[who] += 1
                asked[target] += 1
        return tuple(kept)

    def _days(self, picks: list[Pick]) -> list[int | None]:
        state = self.state
        later = state.today + self.desk.rules.wait_days
        if later > self.desk.horizon:
            self.waits = {}
        asks = [
            Slot(pick[0], self.desk.asked(pick[0])[pick[1]], later if pick in self.waits else -1)
            for pick in picks
        ]
        return days_of(
            asks,
            state.under_way,
            state.slots,
            today=state.today,
            horizon=self.desk.horizon,
            rules=self.desk.rules,
        )

    def _told(self, not_placed: int) -> AskPlan:
        desk, state, problem = self.desk, self.state, self.state.problem
        ranked = problem.ranked(self.chosen)
        left = np.array([problem.after(t, ranked.get(t, ()))[0] for t in range(problem.targets)])
        chance = np.where(state.reached, 1.0, 1.0 - left)
        plan = AskPlan.deferred(
            self,
            seeker=desk.index.labels[desk.seeker],
            seeker_name=desk.index.names[desk.seeker],
            sought=tuple(question.ask for question in desk.questions),
            asks=self._asks(),
            per_target=self._targets(chance),
            expected=float(chance.sum()),
            value=float(desk.values @ chance),
            standard_error=self._error(ranked),
            exact=self.exact and not not_placed,
            today=state.today,
            start=state.start,
            budget=desk.budget,
            per_person=desk.per_person,
            horizon_days=desk.horizon,
            spent=len(state.put),
            rules=desk.rules,
            not_placed=not_placed,
            seed=desk.seed,
        )
        plan._desk = self  # noqa: SLF001 - the plan's own
        return plan

    def field(self, name: str) -> Any:
        """Return a later field of the plan."""
        return {"bound": self._bound, "actions": self._actions, "fallbacks": self._fallbacks}[
            name
        ]()

    def _bound(self) -> float:
        problem, desk = self.state.problem, self.desk
        sure = sum(
            float(value) if done else float(value) * (1.0 - problem.after(t, ())[0])
            for t, (value, done) in enumerate(zip(desk.values, self.state.reached, strict=True))
        )
        found = upper_bound(problem, self.chosen, rounds=BOUND_ROUNDS)
        return sure + max(found, problem.worth(self.chosen))

    def _actions(self) -> tuple[PlannedAction, ...]:
        found = actions_of(self.desk, self.state.problem, self.chosen)
        return tuple(PlannedAction(**told_of(self.desk, one)) for one in found)

    def _fallbacks(self) -> tuple[Fallback, ...]:
        desk, problem = self.desk, self.state.problem
        found = []
        for target in range(problem.targets):
            asked = [one.person for one in self.state.under_way if one.target == target]
            if not asked and all(one != target for one, _ in self.chosen):
                continue
            for option, way, shares, elsewhere in fallbacks_of(
                desk, problem, self.chosen, target, asked
            ):
                first, hit = self._chance(target, option)
                if first * hit < LEAST_CHANCE:
                    continue
                found.append(
                    Fallback(
                        target=desk.target_id(target),
                        target_name=desk.target_name(target),
                        introducer=desk.person_id(desk.asked(target)[option]),
                        name=desk.person_name(desk.asked(target)[option]),
                        path=self._names(way),
                        chance=first * hit,
                        shares=self._names(shares),
                        planned_elsewhere=elsewhere,
                    )
                )
        return tuple(found)

    def _chance(self, target: int, option: int) -> tuple[float, float]:
        """Return the chances of the first step and of a way on behind it."""
        options = self.desk.options[target]
        weight = self.state.learned.weights.get(target, options.weight)
        first = float(self.state.problem.rate[target][option])
        return first, float(weight[options.reach[option]].sum())

    def _names(self, way: tuple[int, ...]) -> tuple[str, ...]:
        return tuple(self.desk.person_name(one) for one in way)

    def _asks(self) -> tuple[PlannedAsk, ...]:
        desk, state, problem = self.desk, self.state, self.state.problem
        ranked = problem.ranked(self.chosen)
        earlier: dict[int, list[str]] = {}
        for slot in state.under_way:
            earlier.setdefault(slot.target, []).append(desk.person_name(slot.person))
        found = []
        for place, ((target, option), gain, day) in enumerate(self.rows):
            person = desk.asked(target)[option]
            fade = float(problem.fade[dict(ranked[target])[option]])
            names = self._names(best_way(desk, target, option))
            first, hit = self._chance(target, option)
            direct = bool(desk.options[target].direct[option])
            before = earlier.setdefault(target, [])
            found.append(
                PlannedAsk(
                    order=place + 1,
                    day=day,
                    date=None if state.start is None else state.start + dt.timedelta(days=day),
                    introducer=desk.person_id(person),
                    name=desk.person_name(person),
                    target=desk.target_id(target),
                    target_name=desk.target_name(target),
                    path=names,
                    chance=first * fade * hit,
                    gain=gain,
                    goodwill_left=fade * self._goodwill(person),
                    direct=direct,
                    condition=_condition(desk.target_name(target), before),
                    why=_why(first * fade, hit, names, desk.kind(target, direct=direct))
                    + self._waiting((target, option)),
                )
            )
            before.append(desk.person_name(person))
        return tuple(found)

    def _waiting(self, pick: Pick) -> str:
        if pick not in self.waits:
            return ""
        name = self.desk.target_name(self.waits[pick])
        return (
            f" It waits for an answer first: if {name} is not reached, another ask there may do "
            "more than this one."
        )

    def _goodwill(self, person: int) -> float:
        today = self.state.today
        days = [max(today - one.day, 0) for one in self.state.put if one.person == person]
        return self.desk.model.goodwill.left(np.array(days, np.float64))

    def _targets(self, chance: Floats) -> tuple[TargetChance, ...]:
        desk, problem = self.desk, self.state.problem
        free = problem.fresh * problem.free[problem.everybody]
        found = []
        for target in range(problem.targets):
            asks = sum(one == target for one, _ in self.chosen)
            can = int(np.count_nonzero(free[problem.part(target)]))
            state = self._state_of(target, asks, can)
            found.append(
                TargetChance(
                    target=desk.target_id(target),
                    name=desk.target_name(target),
                    value=float(desk.values[target]),
                    chance=float(chance[target]),
                    asks=asks,
                    options=can,
                    state=state,
                    lacking=self._lacking(target) if state == "unreachable" else "",
                )
            )
        return tuple(found)

    def _state_of(self, target: int, asks: int, can: int) -> TargetState:
        if self.state.reached[target]:
            return "reached"
        if any(slot.target == target for slot in self.state.under_way):
            return "under_way"
        if asks:
            return "planned"
        limited = self.state.problem.most[target] < 1 or self.state.problem.budget < 1
        known = len(self.desk.options[target])
        worthless = self.desk.values[target] <= 0
        return "left_out" if can or (known and (limited or worthless)) else "unreachable"

    def _lacking(self, target: int) -> str:
        if len(self.desk.options[target]):
            return "everybody who leads there was asked, or has had all the asks they may get"
        return self.desk.lacking(target)

    def _error(self, ranked: Mapping[int, Any]) -> float:
        """Return the standard error of the value from the states that were drawn."""
        desk, problem = self.desk, self.state.problem
        errors: dict[int, Floats] = {}
        for target, options in enumerate(desk.options):
            if options.exact or self.state.reached[target]:
                continue
            weight = self.state.learned.weights.get(target, options.weight)
            left = problem.missed[target]
            for option, rank in ranked.get(target, ()):
                chance = problem.rate[target][option] * problem.fade[rank]
                left = left * (1.0 - chance * problem.reach[target][option])
            off = left - weight * left.sum()
            size = len(off)
            errors[size] = errors.get(size, np.zeros(size)) + desk.values[target] * off
        return float(np.sqrt(sum(float(off @ off) for off in errors.values())))


def _condition(target: str, before: list[str]) -> str:
    if not before:
        return ""
    return f"only if {target} has not been reached through {' or '.join(before)}"


def _why(first: float, hit: float, names: tuple[str, ...], kind: str) -> str:
    if kind == "direct":
        return f"They are the target; the modelled chance that it works is {first:.0%}."
    deed = "pass it on" if kind == "reach" else "vouch and are believed"
    return (
        f"They answer, {deed} with a modelled chance of {first:.0%}; from there the target is "
        f"reached in {hit:.0%} of cases, best by {' → '.join(names[1:])}."
    )
