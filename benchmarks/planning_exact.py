"""How near plans come to the best that can be done at all, where that can be computed.

Small worlds are solved by going through everything that can be asked and everything that can come
of it: the best adaptive policy under the planner's own model. The plan is followed through the
same tree, so that nothing is left to luck.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Final, Self

import numpy as np
from planning_worlds import CLARITY, HORIZON, best_scores, second_degree

import trustgraph as tg
from trustgraph.planning._trial_ways import First, Ways, find_ways

__all__ = ["Small", "best_value", "compare_exactly", "plan_value", "small_world"]

DRAWS: Final = 3000
TARGETS: Final = (3, 4)
OPTIONS: Final = (5, 8)
LEAST: Final = 1e-12
ANSWERS: Final = ("met", "endorsed", "forwarded", "declined")
START: Final = dt.date(2026, 1, 1)


@dataclass(frozen=True, eq=False)
class Small:
    """A small world as the planner's model sees it, in draws of all that is uncertain.

    ``likely[answer]`` is how likely each answer to each option is in each draw, if there is one,
    ``scores`` has the score of the best path of each option.
    """

    index: tg.TrustIndex
    asks: tuple[tg.Ask, ...]
    options: list[tuple[str, str]]
    firsts: list[First]
    likely: dict[str, np.ndarray]
    scores: np.ndarray
    per_person: int | None = None

    @property
    def budget(self) -> int:
        """One ask a target."""
        return len(self.asks)

    def day(self, turn: int) -> int:
        """Return the day of an ask."""
        return turn * HORIZON // self.budget

    def answered(self, option: int, past: "Past") -> float:
        """Return the chance of an answer after what was asked before."""
        model, who, first = tg.TrustModel(), self.options[option][0], self.firsts[option]
        mine = [place for place, one in enumerate(past.asked) if self.options[one][0] == who]
        since = [float(self.day(len(past.asked)) - self.day(place)) for place in mine]
        told = [past.answers[place] for place in mine]
        silences = len(told) - max(
            (k for k, one in enumerate(told, 1) if one != "silent"), default=0
        )
        patience = model.response.patience_days
        response, recall = self.index.response[first.step], self.index.recall[first.step]
        kept = (recall + (response - recall) * patience / (patience + silences)) / response
        return float(first.answers * model.goodwill.left(np.array(since)) * kept)


@dataclass(frozen=True, eq=False)
class Past:
    """What was asked and answered, and how likely each draw is now."""

    weight: np.ndarray
    asked: tuple[int, ...] = ()
    answers: tuple[str, ...] = ()
    reached: frozenset[str] = field(default_factory=frozenset)

    def then(self, small: Small, option: int, answer: str) -> tuple[float, Self]:
        """Return how likely an answer is, given that there is one, and what is known after it."""
        asked, answers = (*self.asked, option), (*self.answers, answer)
        if answer == "silent":
            return 1.0, type(self)(self.weight, asked, answers, self.reached)
        after = self.weight * small.likely[answer][option]
        chance = float(after.sum())
        met = {small.options[option][1]} if answer == "met" else set()
        known = after / max(chance, LEAST)
        return chance, type(self)(known, asked, answers, self.reached | met)

    def open(self, small: Small) -> list[int]:
        """Return what can be asked: no target twice that is reached, no pair that has answered."""
        closed = {
            one for one, answer in zip(self.asked, self.answers, strict=True) if answer != "silent"
        }
        used = Counter(small.options[one][0] for one in self.asked)
        most = small.per_person or small.budget
        return [
            place
            for place, (who, target) in enumerate(small.options)
            if place not in closed and target not in self.reached and used[who] < most
        ]


def best_value(small: Small, past: Past | None = None) -> float:
    """Return the expected number of targets that the best policy reaches from here on."""
    past = past or Past(np.full(DRAWS, 1 / DRAWS))
    left = past.open(small)
    if not left or len(past.asked) == small.budget:
        return 0.0
    answered = [small.answered(option, past) for option in left]
    if len(past.asked) == small.budget - 1:
        return float((np.array(answered) * (small.likely["met"][left] @ past.weight)).max())
    return max(
        _followed(small, past, option, lambda _, after: best_value(small, after)) for option in left
    )


def list_value(small: Small) -> float:
    """Return the same for the adaptive list of the best scores."""
    order = np.argsort(-small.scores, kind="stable").tolist()

    def value(past: Past) -> float:
        left = set(past.open(small)) - set(past.asked)
        if not left or len(past.asked) == small.budget:
            return 0.0
        option = next(one for one in order if one in left)
        return _followed(small, past, option, lambda _, after: value(after))

    return value(Past(np.full(DRAWS, 1 / DRAWS)))


def plan_value(small: Small) -> float:
    """Return the same for the plan, made anew after every answer."""
    every = HORIZON // small.budget
    # In these worlds everybody silent decides anew, and the best policy knows it.
    rules = tg.planning.PlanRules(
        wait_days=every, rest_days=every, thinks_again=1, actions=(), start=START
    )
    first = tg.planning.plan_asks(
        small.index,
        small.asks,
        budget=small.budget,
        per_person=small.per_person,
        horizon_days=HORIZON,
        rules=rules,
    )

    def value(plan: tg.planning.AskPlan, past: Past) -> float:
        turn = len(past.asked)
        if turn == small.budget or not len(plan):
            return 0.0
        option = small.options.index((str(plan[0].introducer), plan[0].target))
        day, then = (START + dt.timedelta(days=small.day(one)) for one in (turn, turn + 1))

        def after(answer: str, known: Past) -> float:
            if turn + 1 == small.budget:
                return 0.0
            return value(plan.update(_outcome(small, option, answer, day), today=then), known)

        return _followed(small, past, option, after)

    return value(first, Past(np.full(DRAWS, 1 / DRAWS)))


def _followed(small: Small, past: Past, option: int, value: Callable[[str, Past], float]) -> float:
    """Return what an ask is worth with all that can come of it."""
    answered = small.answered(option, past)
    total = 0.0
    for answer in (*ANSWERS, "silent"):
        chance, after = past.then(small, option, answer)
        chance *= 1 - answered if answer == "silent" else answered
        if chance > LEAST:
            total += chance * ((answer == "met") + value(answer, after))
    return total


def _outcome(small: Small, option: int, answer: str, day: dt.date) -> tg.Outcome:
    who, target = small.options[option]
    later = day + dt.timedelta(days=2)
    events = {"endorsed": later, "met": later} if answer == "met" else {answer: later}
    return tg.Outcome(introducer=who, target=target, asked=day, **events)


def small_world(number: int, *, seed: int = 0) -> Small:
    """Return a world with three or four targets and few options."""
    wanted = TARGETS[number % len(TARGETS)]
    for attempt in range(500):
        rng = np.random.default_rng([seed, number, attempt, 77])
        net = tg.datasets.make_world(60, seed=int(rng.integers(1 << 31)), mean_degree=8)
        index = tg.TrustIndex.from_graph(tg.build_graph(net))
        made = _small(index, wanted, rng)
        if made is not None:
            return made
    message = f"no small world {number} of seed {seed}"
    raise ValueError(message)


def _small(index: tg.TrustIndex, wanted: int, rng: np.random.Generator) -> Small | None:
    seeker = int(rng.integers(index.n))
    ways: list[Ways] = []
    for person in rng.permutation(second_degree(index, seeker)):
        if len(ways) < wanted:
            ask = tg.Ask(
                seeker=index.labels[seeker], target=index.labels[int(person)], clarity=CLARITY
            )
            way = find_ways(index, ask, model=tg.TrustModel(), most=3)
            if way.introducers():
                ways.append(way)
    number = sum(len(way.introducers()) for way in ways)
    if len(ways) < wanted or not OPTIONS[0] <= number <= OPTIONS[1]:
        return None
    return _drawn(index, ways, rng)


def _drawn(index: tg.TrustIndex, ways: list[Ways], rng: np.random.Generator) -> Small:
    model = tg.TrustModel()
    opinion = model.opinion.from_judgement(index.trust, index.certainty)
    drawn = rng.beta(opinion.alpha[:, None], opinion.beta[:, None], (index.m, DRAWS))
    hands = model.gate.model_copy(update={"endorse_at": model.gate.forward_at})
    options, firsts, scores = [], [], []
    rows: dict[str, list[np.ndarray]] = {answer: [] for answer in ANSWERS}
    for way in ways:
        chances = way.chances(drawn)
        best = best_scores(way)
        behind = way.from_whom(rng.random(chances.shape) < chances)
        for person in way.introducers():
            first = way.first(person)
            assert first is not None
            trust = drawn[first.step]
            endorses, forwards = model.gate.g(trust), hands.g(trust)
            local = int(np.flatnonzero(way.steps.nodes[1:-1] == person)[0]) + 1
            there = trust * behind[local]
            options.append((index.labels[person], way.target))
            firsts.append(first)
            scores.append(best[str(index.labels[person])])
            rows["met"].append(endorses * there)
            rows["endorsed"].append(endorses * (1 - there))
            rows["forwarded"].append(forwards - endorses)
            rows["declined"].append(1 - forwards)
    likely = {answer: np.array(found) for answer, found in rows.items()}
    asks = tuple(way.question.ask for way in ways)
    return Small(index, asks, options, firsts, likely, np.array(scores))


def compare_exactly(worlds: int, *, seed: int = 0) -> dict[str, Any]:
    """Return what plan and list reach of the best that can be done, over small worlds.

    Once without a limit per person, once with one ask a person.
    """
    found: dict[str, Any] = {"worlds": worlds}
    for name, per_person in (("", None), ("_one_each", 1)):
        rows = []
        for number in range(worlds):
            small = replace(small_world(number, seed=seed), per_person=per_person)
            rows.append((best_value(small), plan_value(small), list_value(small)))
        best, plan, ranked = np.array(rows).T
        found["share" + name] = float(plan.sum() / best.sum())
        found["least" + name] = float((plan / best).min())
        found["best_over_list" + name] = float(best.sum() / ranked.sum())
    return found
