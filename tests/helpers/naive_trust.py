"""The trust model once more, as plainly as can be: loops over records, one tie at a time.

Written from the formulas of the design and from nothing else, as an oracle for small networks.
Numbers are the defaults of the design, typed in here by hand.
"""

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass
from math import comb, gamma

from trustgraph.models import Evidence

INF = math.inf
# kind: (mass forward, backward), (cap forward, backward), half-life, sign
TABLE = {
    "connection": ((0.1, 0.1), (INF, INF), INF, 1),
    "invitation": ((0, 0), (INF, INF), INF, 1),
    "follow": ((0, 0), (INF, INF), INF, 1),
    "conversation_day": ((0.25, 0.25), (4, 4), 5, 1),
    "message_unanswered": ((0.03, 0), (0.3, INF), 3, 1),
    "skill_endorsement": ((0.08, 0.02), (0.4, 0.1), 8, 1),
    "recommendation": ((8, 1.5), (10, 3), 15, 1),
    "same_employer_year": ((0.3, 0.3), (1.2, 1.2), 10, 1),
    "same_team_year": ((1.2, 1.2), (5, 5), 10, 1),
    "same_school": ((0.1, 0.1), (0.2, 0.2), INF, 1),
    "meeting_day": ((0.4, 0.4), (4, 4), 5, 1),
    "project": ((1.5, 1.5), (5, 5), 10, 1),
    "help_given": ((0.3, 1.2), (1, 4), 5, 1),
    "introduction_made": ((3, 1), (7, 3), 10, 1),
    "introduction_declined": ((2, 0.5), (5, 1.5), 5, -1),
    "endorsement_failed": ((4, 1), (8, 2), 10, -1),
    "public_reaction": ((0.02, 0), (0.2, INF), 2, 1),
}
BAD = ("introduction_declined", "endorsement_failed")
INFERRED = ("same_employer_year", "same_school")
SYMMETRIC = (
    "connection",
    "conversation_day",
    "same_employer_year",
    "same_team_year",
    "same_school",
    "meeting_day",
    "project",
)
BOTH_ACT = ("conversation_day", "meeting_day", "project")
SOURCE_ACTS = (
    "message_unanswered",
    "skill_endorsement",
    "recommendation",
    "help_given",
    "introduction_made",
    "public_reaction",
)


@dataclass(frozen=True)
class Act:
    """One act after derivation; ``age`` in days, None if undated."""

    kind: str
    source: str
    target: str
    age: int | None
    amount: float


def naive_acts(evidence: Iterable[Evidence], as_of: dt.datetime, *, window: int = 30) -> list[Act]:
    """Return the acts up to the date, messages turned into conversation-days or silence."""
    today = as_of.date()
    acts = []
    for one in evidence:
        age = None if one.at is None else (today - one.at.date()).days
        if age is None or age >= 0:
            acts.append(Act(one.kind, one.source, one.target, age, one.amount))
    raw = [act for act in acts if act.kind == "message_day"]
    derived = []
    for act in raw:
        answered = act.age is not None and any(
            (reply.source, reply.target) == (act.target, act.source)
            and reply.age is not None
            and abs(reply.age - act.age) <= window
            for reply in raw
        )
        kind = "conversation_day" if answered else "message_unanswered"
        derived.append(Act(kind, act.source, act.target, act.age, act.amount))
    acts = [act for act in acts if act.kind != "message_day"] + derived
    wrote = ("conversation_day", "message_unanswered")
    result = [act for act in acts if act.kind not in wrote or act.age is None]
    dated = [act for act in acts if act.kind in wrote and act.age is not None]
    for pair, age in {(frozenset((act.source, act.target)), act.age) for act in dated}:
        same = [act for act in dated if {act.source, act.target} == pair and act.age == age]
        if any(act.kind == "conversation_day" for act in same):
            low, high = sorted(pair)
            most = max(act.amount for act in same)
            result.append(Act("conversation_day", low, high, age, most))
        else:
            for source, target in {(act.source, act.target) for act in same}:
                most = max(act.amount for act in same if act.source == source)
                result.append(Act("message_unanswered", source, target, age, most))
    return result


def _worth(act: Act) -> float:
    half_life = TABLE[act.kind][2]
    years = 5.0 if act.age is None else act.age / 365.25
    return act.amount * 2 ** (-years / half_life)


def _capped(total: float, cap: float) -> float:
    return total if cap == INF else cap * (1 - math.exp(-total / cap))


def naive_observations(acts: list[Act], u: str, v: str) -> tuple[float, float]:
    """Return r and s of u's opinion of v."""
    found = {1: 0.0, -1: 0.0}
    given: dict[str, float] = {}
    taken: dict[str, float] = {}
    for kind, (mass, _, _, _) in TABLE.items():
        given[kind] = sum(
            mass[0] * _worth(a) for a in acts if (a.kind, a.source, a.target) == (kind, u, v)
        )
        taken[kind] = sum(
            mass[1] * _worth(a) for a in acts if (a.kind, a.source, a.target) == (kind, v, u)
        )
    for kind, (_, cap, _, sign) in TABLE.items():
        if kind in SYMMETRIC:
            worth = _capped(given[kind] + taken[kind], cap[0])
        else:
            worth = _capped(given[kind], cap[0]) + _capped(taken[kind], cap[1])
        if kind == "message_unanswered":
            talked = given["conversation_day"] + taken["conversation_day"]
            worth *= min(1.0, 0.25 * math.exp(-talked / 4) / 0.03)
        found[sign] += worth
    return found[1], found[-1]


def _days(acts: list[Act], u: str, v: str) -> dict[int, float]:
    """Return the ages of the days on which u acted towards v, with what each counts."""
    days: dict[int, float] = {}
    for act in acts:
        forward = (act.source, act.target) == (u, v)
        backward = (act.source, act.target) == (v, u)
        if act.age is None:
            continue
        if (forward and act.kind in SOURCE_ACTS + BOTH_ACT) or (backward and act.kind in BOTH_ACT):
            counts = 0.25 if act.kind == "message_unanswered" else 1.0
            days[act.age] = max(days.get(act.age, 0.0), counts)
    return days


def naive_strength(acts: list[Act], u: str, v: str) -> float:
    """Return S(u, v)."""
    own, other = _days(acts, u, v), _days(acts, v, u)
    if not own:
        return 0.0
    total = sum(counts / (1 + age) for age, counts in own.items())
    return total + 0.5 * sum(counts / (1 + age) for age, counts in other.items())


def naive_silence(acts: list[Act], x: str, y: str) -> int:
    """Return on how many days x wrote to y, over 30 days ago, with no act of y since."""
    replies = _days(acts, y, x)
    days = {
        act.age
        for act in acts
        if (act.kind, act.source, act.target) == ("message_unanswered", x, y)
        and act.age is not None
        and act.age > 30
    }
    return sum(all(reply > day for reply in replies) for day in days)


def _beta(a: float, b: float) -> float:
    return gamma(a) * gamma(b) / gamma(a + b)


def naive_tail(at_least: int, alpha: float, beta: float, trials: int = 9) -> float:
    """Return P(BetaBin >= at_least) from its textbook definition."""
    return sum(
        comb(trials, j) * _beta(alpha + j, beta + trials - j) / _beta(alpha, beta)
        for j in range(at_least, trials + 1)
    )


def naive_tie(evidence: Iterable[Evidence], u: str, v: str, as_of: dt.datetime) -> dict[str, float]:
    """Return what an edge u -> v carries."""
    acts = naive_acts(evidence, as_of)
    r, s = naive_observations(acts, u, v)
    alpha, beta = r + 0.2, s + 1.8
    strength = naive_strength(acts, u, v) / (9 / 365)
    recall = strength**0.7 / (1 + strength**0.7)
    belief = r / (r + s + 2)
    base = (0.12 + (0.58 - 0.12) * belief) * 5 / (5 + naive_silence(acts, v, u))
    willingness = naive_tail(6, alpha, beta)
    value = alpha / (alpha + beta) * naive_tail(6, alpha + 1, beta)
    return {
        "trust": alpha / (alpha + beta),
        "certainty": (r + s) / (r + s + 2),
        "belief": belief,
        "willingness": willingness,
        "endorsed_trust": value / willingness,
        "forwards": naive_tail(2, alpha, beta),
        "recall": recall,
        "response": base + (1 - base) * recall,
    }
