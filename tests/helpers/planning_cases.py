"""Invented results of planning, to draw."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

from trustgraph.models import Ask
from trustgraph.planning import IncentiveComparison, Mind, OfferEffect, TopOfMind
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
