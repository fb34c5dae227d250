"""Ways to spend a budget of asks: lists of the best scores, and plans."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import Final

from planning_without import WITHOUT
from planning_worlds import HORIZON, World

import trustgraph as tg

__all__ = [
    "ADAPTIVE",
    "CAREFUL",
    "FIXED",
    "KNOWING",
    "ONCE",
    "ONE_EACH",
    "PLAN",
    "PLAN_FIXED",
    "TWICE",
    "Planned",
    "play_all",
    "play_careful",
    "play_planned",
    "play_ranked",
]

FIXED: Final = "fixed list"
ADAPTIVE: Final = "adaptive list"
TWICE: Final = "adaptive list, the silent asked twice"
CAREFUL: Final = "careful list"
PLAN_FIXED: Final = "plan, fixed"
PLAN: Final = "plan, made anew"
KNOWING: Final = "plan, made anew, true numbers known"
ONCE: Final = "plan, made anew, without asking the silent again"
ONE_EACH: Final = ", one ask a person"
Option = tuple[str, str]
Player = Callable[[tg.planning.AskTrial], int]
MOST: Final = 10**6
"""Asks to one person where there is no limit."""


def days(budget: int) -> Iterator[int]:
    """Yield the day of each ask: they are spread evenly, and the outcome is known before the next.

    This is the same for all policies.
    """
    return (number * HORIZON // budget for number in range(budget))


def ranked(world: World) -> list[Option]:
    """Return all options, the best scored first."""
    scored = [
        (-score, person, target)
        for target, options in world.scores.items()
        for person, score in options.items()
    ]
    return [(person, target) for _, person, target in sorted(scored)]


def play_ranked(
    world: World,
    trial: tg.planning.AskTrial,
    *,
    adaptive: bool,
    per_person: int | None,
    twice: bool = False,
) -> int:
    """Ask in the order of scores; ``twice``: whoever was silent is asked once more at once.

    A fixed list is drawn up before, an adaptive one skips targets that are reached.
    """
    left, used = ranked(world), dict.fromkeys(world.index.labels, 0)
    asked: dict[Option, int] = {}
    for day in days(len(world.asks)):
        found = next(
            (
                one
                for one in left
                if used[one[0]] < (per_person or MOST)
                and not (adaptive and one[1] in trial.reached)
            ),
            None,
        )
        if found is None:
            break
        outcome = trial.ask(*found, day)
        used[found[0]] += 1
        asked[found] = asked.get(found, 0) + 1
        if not twice or outcome.state != "silent" or asked[found] > 1:
            left.remove(found)
    return len(trial.reached)


def play_careful(world: World, trial: tg.planning.AskTrial, *, left: float, most: int) -> int:
    """Ask for the best of score x left^(asks to that person); the silent up to ``most`` times."""
    used = dict.fromkeys(world.index.labels, 0)
    asked: dict[Option, int] = {}
    closed: set[Option] = set()
    options = [
        (score, person, target)
        for target, found in world.scores.items()
        for person, score in found.items()
    ]
    for day in days(len(world.asks)):
        free = [
            (-score * left ** used[person], person, target)
            for score, person, target in options
            if (person, target) not in closed and target not in trial.reached
        ]
        if not free:
            break
        _, person, target = min(free)
        outcome = trial.ask(person, target, day)
        used[person] += 1
        asked[person, target] = asked.get((person, target), 0) + 1
        if outcome.state != "silent" or asked[person, target] >= most:
            closed.add((person, target))
    return len(trial.reached)


class Planned:
    """Plans of one world, made once and played with several lucks."""

    def __init__(
        self,
        world: World,
        *,
        per_person: int | None,
        model: tg.TrustModel | None = None,
        without: Callable[[], AbstractContextManager[object]] = nullcontext,
        rules: tg.planning.PlanRules | None = None,
    ) -> None:
        budget = len(world.asks)
        self.without = without
        index = world.index
        if model is not None:
            index = tg.TrustIndex.from_graph(tg.build_graph(world.net, model=model))
        with without():
            self.plan = tg.planning.plan_asks(
                index,
                world.asks,
                budget=budget,
                per_person=per_person,
                horizon_days=HORIZON,
                rules=(rules or tg.planning.PlanRules()).replace(
                    wait_days=max(1, HORIZON // budget),
                    rest_days=max(1, HORIZON // budget),
                    actions=(),
                    start=dt.date.fromisoformat(index.as_of[:10]),
                ),
            )

    def options(self) -> list[Option]:
        """Return the plan as it is before anything was asked."""
        return [(str(one.introducer), one.target) for one in self.plan]


def play_planned(planned: Planned, trial: tg.planning.AskTrial, *, adaptive: bool) -> int:
    """Ask as planned, one at a time; an adaptive plan is made anew after every outcome."""
    budget = len(trial.asks)
    if not adaptive:
        for day, option in zip(days(budget), planned.options(), strict=False):
            trial.ask(*option, day)
        return len(trial.reached)
    plan = planned.plan
    turns = list(days(budget))
    with planned.without():
        for turn, day in enumerate(turns):
            if not len(plan):
                break
            outcome = trial.ask(str(plan[0].introducer), plan[0].target, day)
            if turn + 1 < budget:
                after = trial.start + dt.timedelta(days=turns[turn + 1])
                plan = plan.update(outcome, today=after)
    return len(trial.reached)


def play_all(
    world: World, lucks: int, *, seed: int, ablations: bool = False, thinks_again: float = 1.0
) -> dict[str, float]:
    """Return how many targets each policy reaches, on average over the same lucks."""
    trial = tg.planning.make_trial(world.net, world.asks, seed=seed, thinks_again=thinks_again)
    play = _players(world, trial.model, ablations=ablations)
    reached = dict.fromkeys(play, 0)
    for luck in range(lucks):
        for name, policy in play.items():
            reached[name] += policy(trial.again(luck))
    return {name: total / lucks for name, total in reached.items()}


def _players(world: World, truth: tg.TrustModel, *, ablations: bool) -> dict[str, Player]:
    found: dict[str, Player] = {}
    for limit, told in ((None, ""), (1, ONE_EACH)):
        for adaptive, name in ((False, FIXED), (True, ADAPTIVE)):
            found[name + told] = partial(play_ranked, world, adaptive=adaptive, per_person=limit)
    found[TWICE] = partial(play_ranked, world, adaptive=True, per_person=None, twice=True)
    found[CAREFUL] = partial(play_careful, world, left=0.75, most=4)
    planned = Planned(world, per_person=None)
    found[PLAN_FIXED] = partial(play_planned, planned, adaptive=False)
    found[PLAN] = partial(play_planned, planned, adaptive=True)
    found[PLAN + ONE_EACH] = partial(play_planned, Planned(world, per_person=1), adaptive=True)
    if ablations:
        for name, without in WITHOUT.items():
            found[name] = partial(
                play_planned, Planned(world, per_person=None, without=without), adaptive=True
            )
        once = Planned(world, per_person=None, rules=tg.planning.PlanRules(thinks_again=0))
        found[ONCE] = partial(play_planned, once, adaptive=True)
        knowing = Planned(world, per_person=None, model=truth)
        found[KNOWING] = partial(play_planned, knowing, adaptive=True)
    return found
