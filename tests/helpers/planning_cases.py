"""Invented results of planning, to draw."""

from collections.abc import Sequence
from typing import Any, Final

from trustgraph.models import Ask
from trustgraph.planning import IncentiveComparison, OfferEffect
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
