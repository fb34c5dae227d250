"""Invented results of planning, to draw."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

from trustgraph.models import Ask
from trustgraph.planning import (
    AskPlan,
    IncentiveComparison,
    Mind,
    OfferEffect,
    PlannedAsk,
    PlanRules,
    TargetChance,
    TopOfMind,
)
from trustgraph.reputation import Interval
from trustgraph.trust import Norms

OFFERS: Final = (
    ("nothing", False),
    ("modest gift", False),
    ("modest gift", True),
    ("token payment", False),
    ("token payment", True),
    ("large payment", False),
    ("large payment", True),
)
SCORES: Final = (
    (0.40, 0.44, 0.43, 0.22, 0.15, 0.31, 0.24),
    (0.40, 0.42, 0.41, 0.08, 0.05, 0.06, 0.03),
)
"""What arrives by offer, under two sets of norms."""


def made_offers(
    scores: Sequence[Sequence[float]] = SCORES,
    *,
    norms: Sequence[str] = ("literature", "essay"),
    names: Sequence[str] = ("Ana Lima", "Acme"),
    contacts: Sequence[str] = ("Bo Quist",),
    half: float | None = 0.1,
    **fields: Any,
) -> IncentiveComparison:
    """Return offers with these scores under each norms; those of contacts are half as large."""
    effects = []
    for name, row in zip(norms, scores, strict=True):
        for (strategy, disclosed), score in zip(OFFERS, row, strict=True):
            whom = [("", "", "ask"), *((one.lower(), one, "introducer") for one in contacts)]
            for person, shown, role in whom:
                share = 1.0 if role == "ask" else 0.5
                numbers = {
                    "endorses": min(1.0, 1.2 * share * score),
                    "forwards": 0.3 - 0.2 * share * score,
                    "score": share * score,
                    "carried": 0.8,
                    "lift": 1 + 3 * share * score,
                    "gain": share * (score - row[0]),
                }
                offer: dict[str, Any] = {"strategy": strategy, "disclosed": disclosed}
                who: dict[str, Any] = {"person": person, "name": shown, "role": role}
                whiskers = {} if half is None else _around(numbers, half)
                effects.append(OfferEffect(norms=name, **offer, **who, **numbers, **whiskers))
    return IncentiveComparison(
        ask=Ask(seeker="ana", target="acme"),
        seeker_name=names[0],
        target_name=names[1],
        effects=tuple(effects),
        norms=tuple(Norms.essay().replace(name=name) for name in norms),
        draws=0 if half is None else 500,
        max_intermediaries=3,
        **{"no_interval": "no_certainty" if half is None else "", **fields},
    )


def _around(numbers: dict[str, float], half: float) -> dict[str, Interval]:
    return {
        f"{name}_interval": Interval(low=value - half * value, mean=value, high=value + half)
        for name, value in numbers.items()
    }


def made_minds(
    chances: Sequence[float | None],
    *,
    names: Sequence[str] = (),
    states: Sequence[str] = (),
    months: int = 12,
    person: str = "Ana Lima",
    dated: bool = True,
) -> TopOfMind:
    """Return people with these chances to speak up now, of which an eighth a month goes.

    Recall is 0.9 of the first, 0.04 less of each next one; a fading one is 100 days of silence
    away from its usual gap.
    """
    start = dt.date(2026, 1, 1)
    dates = [start.replace(year=2026 + n // 12, month=1 + n % 12) for n in range(months + 1)]
    minds = []
    for n, chance in enumerate(chances):
        recall = None if chance is None else max(0.05, 0.9 - 0.04 * n)
        willing = 0.5 if chance is None or recall is None else min(1.0, chance / (0.27 * recall))
        ahead = [None if recall is None else recall * 0.875**month for month in range(months + 1)]
        if not dated:
            ahead = [ahead[0], *[None] * months]
        half = next((m for m, one in enumerate(ahead) if one is not None and one < 0.5), 0)
        state: Any = states[n] if n < len(states) else "steady"
        minds.append(
            Mind(
                person=f"p{n}",
                name=names[n % len(names)] if names else f"Person {n:04}",
                recall=recall,
                willingness=willing,
                trust=0.5,
                unasked=None if recall is None else 0.27 * recall * willing,
                usual_gap_days=10.0,
                silent_days=20,
                forgets_on="2026-04-16" if state == "steady" and n % 3 == 1 and dated else "",
                recall_half_on=dates[half].isoformat() if half and dated else "",
                state=state,
                recall_by_month=tuple(ahead),
                willingness_by_month=(willing,) * (months + 1),
            )
        )
    return TopOfMind(
        person="ana",
        person_name=person,
        minds=tuple(minds),
        months=months,
        dates=tuple(one.isoformat() for one in dates) if dated else (),
        recall_known=not chances or any(one is not None for one in chances),
    )


def made_plan(
    asks: Sequence[tuple[int, int, float]],
    *,
    targets: int | None = None,
    names: Sequence[str] = (),
    people: Sequence[str] = (),
    states: Sequence[str] = (),
    direct: Sequence[int] = (),
    start: dt.date | None = None,
    wait_days: int = 14,
    **fields: Any,
) -> AskPlan:
    """Return a plan with asks for a target (its number) on a day, with a chance.

    Targets without an ask have the given states, one after the other.
    """
    count = targets if targets is not None else 1 + max((one[0] for one in asks), default=-1)
    called = [names[n % len(names)] if names else f"Target {n}" for n in range(count)]
    planned, missed = [], [1.0] * count
    for order, (target, day, chance) in enumerate(asks, start=1):
        who = people[(order - 1) % len(people)] if people else f"Person {order}"
        planned.append(
            PlannedAsk(
                order=order,
                day=day,
                date=None if start is None else start + dt.timedelta(days=day),
                introducer=f"p{order}",
                name=who,
                target=f"t{target}",
                target_name=called[target],
                path=("Ana Lima", who, called[target]),
                chance=chance,
                gain=missed[target] * chance,
                direct=order in direct,
                condition="only if others fail" if missed[target] < 1 else "",
            )
        )
        missed[target] *= 1 - chance
    left = iter(states)
    chances = []
    for target in range(count):
        of_target = sum(one[0] == target for one in asks)
        state: Any = "planned" if of_target else next(left, "unreachable")
        chances.append(
            TargetChance(
                target=f"t{target}",
                name=called[target],
                value=1.0,
                chance=1.0 if state == "reached" else 1 - missed[target],
                asks=of_target,
                options=of_target,
                state=state,
                lacking="nobody whom the seeker may ask leads there"
                if state == "unreachable"
                else "",
            )
        )
    expected = sum(one.chance for one in chances)
    return AskPlan(
        seeker="ana",
        seeker_name="Ana Lima",
        sought=tuple(Ask(seeker="ana", target=one.target) for one in chances),
        asks=tuple(planned),
        per_target=tuple(chances),
        expected=expected,
        value=expected,
        bound=expected,
        start=start,
        budget=max(1, len(planned)),
        per_person=1,
        horizon_days=90,
        rules=PlanRules(wait_days=wait_days),
        **fields,
    )


def some_asks(targets: int, *, each: int = 2, wait: int = 14) -> list[tuple[int, int, float]]:
    """Return asks for so many targets, one after another; the later, the less likely."""
    rows = [
        (target, wait * number + 3 * (target % 4), 0.5 / (1 + number + 0.3 * target))
        for target in range(targets)
        for number in range(each if target % 3 else 1)
    ]
    return sorted(rows, key=lambda one: one[1])
