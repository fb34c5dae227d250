"""What people hold of somebody, from the ties of a graph: counts, first and last dates of kinds.

A tie does not tell the days in between. They are taken as spread evenly from the first to the last,
and the result is scaled so that it is exactly what the tie carries now.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from trustgraph._typing import Bools, Floats, LongInts
from trustgraph.graph.index import TrustIndex
from trustgraph.planning._memory_ties import Memories, day_below_half
from trustgraph.steps.told import told
from trustgraph.trust.acts import day_of
from trustgraph.trust.evidence_table import EvidenceKind
from trustgraph.trust.model import TrustModel
from trustgraph.trust.opinion import saturated
from trustgraph.trust.recall import RecallModel
from trustgraph.trust.tally import DAYS_PER_YEAR

__all__ = ["even_strength", "memories_of_graph"]

SECONDS_PER_DAY: Final = 86_400.0
UNKNOWN: Final = -0.5
"""Stands for a silence of unknown length."""
WIDEST: Final = 40.0
"""The scale of the evidence is looked for from 2^-40 to 2^40."""
ROUNDS: Final = 60
"""Halvings in that search: to the last bit."""


def memories_of_graph(
    index: TrustIndex,
    person: int,
    model: TrustModel,
    *,
    today: int | None,
    ahead: LongInts,
    observed_only: bool,
) -> Memories:
    """Return what those with a tie to a person hold of them.

    Parameters
    ----------
    index
        The graph.
    person
        Their number.
    model
        The trust model in force.
    today
        Day of the graph; None if it has no date: then nothing is known of later days.
    ahead
        Days from now, the first of them 0.
    observed_only
        Whether to leave out inferred ties.

    Returns
    -------
    Memories
        Recall falls in ``ahead``; recall and willingness at 0 are those of the ties.
    """
    steps = np.arange(index.out_start[person], index.out_start[person + 1])
    if observed_only:
        steps = steps[index.observed[steps]]
    asked = index.out_asked[steps].tolist()
    edges = [index.edge(person, one) for one in asked]
    kinds = _Kinds.of(edges, model, today)
    recall = told(index, "recall", steps)
    ahead = ahead if today is not None else ahead[:1]

    alone = _silences(index, person, asked, today) if model.recall.silence > 0 else None

    def recall_at(days: LongInts) -> Floats:
        left = np.exp(-model.recall.loss_per_day * days)
        if alone is not None:
            longer = np.log1p(alone + days) - np.log1p(alone)
            left = left * np.exp(-model.recall.silence * np.where(alone >= 0, longer, 0.0).sum(0))
        return _recall(recall, kinds, days, model.recall, left)

    willing = told(index, "willingness", steps)
    opinion = told(index, "trust", steps), told(index, "certainty", steps)
    later = [recall_at(np.full(len(asked), one)) for one in ahead.tolist()]
    first, last, days = kinds.contact()
    return Memories(
        people=[index.labels[one] for one in asked],
        names=[index.names[one] for one in asked],
        recall=np.array(later).reshape(len(ahead), len(asked)).T,
        willingness=willing[:, None] * _kept_willingness(opinion, kinds, ahead, model),
        half=day_below_half(recall_at, len(asked)),
        first=first,
        last=last,
        days=days,
        trust=opinion[0],
    )


@dataclass(frozen=True, eq=False)
class _Kinds:
    """One row for each kind of evidence of each tie."""

    people: int
    tie: LongInts
    rows: tuple[EvidenceKind, ...]
    count: Floats
    first: Floats  # days since 1970, NaN if unknown
    last: Floats
    own: Floats  # share of the acts done by the one who remembers
    today: int | None

    @classmethod
    def of(cls, edges: list[dict[str, Any]], model: TrustModel, today: int | None) -> "_Kinds":
        found: list[tuple[int, EvidenceKind, int, float, float, float]] = []
        table = {row.kind: row for row in model.evidence.kinds}
        for tie, edge in enumerate(edges):
            summary = edge.get("kinds") or {}
            for kind, facts in sorted(summary.items()):
                if kind in table:
                    span = _day(facts["first"]), _day(facts["last"])
                    share = {"out": 1.0, "in": 0.0}.get(facts["direction"], 0.5)
                    found.append((tie, table[kind], int(facts["count"]), *span, share))
            if not summary and edge.get("last_contact"):
                # Nothing but the day of the last contact: one meeting on that day.
                day = _day(str(edge["last_contact"]))
                found.append((tie, _MEETING, 1, day, day, 0.5))
        columns = tuple(zip(*found, strict=True)) if found else ((),) * 6
        return cls(
            people=len(edges),
            tie=np.array(columns[0], np.int64),
            rows=tuple(columns[1]),
            count=np.array(columns[2], np.float64),
            first=np.array(columns[3], np.float64),
            last=np.array(columns[4], np.float64),
            own=np.array(columns[5], np.float64),
            today=today,
        )

    def summed(self, values: Floats) -> Floats:
        """Return sums over the kinds of each tie."""
        return np.bincount(self.tie, values, self.people).astype(np.float64)

    def ages(self) -> tuple[Floats, Floats]:
        """Return the ages of the last and of the first act, in days, NaN if unknown."""
        today = np.nan if self.today is None else float(self.today)
        last = np.maximum(today - self.last, 0.0)
        return last, np.maximum(today - self.first, last)

    def contacts(self) -> Bools:
        """Whether each kind is contact of which a date is known."""
        acted = np.array([row.contact != "none" for row in self.rows], bool)
        return acted & ~np.isnan(self.first)

    def strength(self, ahead: LongInts, model: RecallModel) -> Floats:
        """Return the strength of contact of each tie at its day ahead, before scaling."""
        there = self.contacts()
        last, first = (age + ahead[self.tie] for age in self.ages())
        each = even_strength(self.count, last, first, decay=model.decay)
        incoming = model.incoming_weight
        both = np.array([row.contact == "both" for row in self.rows], bool)
        share = np.where(both, 1.0 + incoming, self.own + incoming * (1.0 - self.own))
        silent = np.array([row.unanswered for row in self.rows], bool)
        share = np.where(silent, model.unanswered_weight, 1.0) * share
        return self.summed(np.where(there, share * each, 0.0))

    def contact(self) -> tuple[Floats, Floats, LongInts]:
        """Return the first and last day of contact of each tie, and the number of such days."""
        # What the other did shows that they remember; what went unanswered, nothing.
        silent = np.array([row.unanswered for row in self.rows], bool)
        share = np.where(silent, self.own, 1.0)
        there = self.contacts() & (share > 0)
        first, last = np.full(self.people, np.inf), np.full(self.people, -np.inf)
        np.minimum.at(first, self.tie[there], self.first[there])
        np.maximum.at(last, self.tie[there], self.last[there])
        known = np.isfinite(first)
        first, last = np.where(known, first, np.nan), np.where(known, last, np.nan)
        count = self.summed(np.where(there, share * self.count, 0.0))
        # Acts of several kinds, or several in a day, are no more days than there were.
        span = np.where(known, last - first, 0.0) + 1.0
        return first, last, np.where(known, np.minimum(count, span), 0.0).astype(np.int64)


_MEETING = EvidenceKind(kind="contact", contact="both", mutual=True)


def _day(text: str | None) -> float:
    return float(day_of(_utc(dt.datetime.fromisoformat(text)))) if text else np.nan


def _utc(moment: dt.datetime) -> dt.datetime:
    return moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)


def even_strength(count: Floats, last: Floats, first: Floats, *, decay: float) -> Floats:
    """Return what contacts are worth of which the first, the last and the number are known.

    Parameters
    ----------
    count
        Number of contacts, at least 1.
    last, first
        Ages of the last and of the first, in days, at least 0.
    decay
        Exponent of the age.

    Returns
    -------
    numpy.ndarray
        (1 + last)^-d + (count - 1) times the mean of (1 + x)^-d between both ages; for d = 1 the
        mean is ln((1 + first) / (1 + last)) / (first - last). Falls as both ages grow.

    Examples
    --------
    >>> from trustgraph.planning._memory_graph import even_strength
    >>> one = np.ones(1)
    >>> even_strength(one, one, one, decay=1.0).tolist()
    [0.5]
    >>> even_strength(3 * one, 0 * one, 9 * one, decay=1.0).round(3).tolist()
    [1.512]
    """
    newest = (1.0 + last) ** -decay
    span = first - last
    several = span > 0
    width = np.where(several, span, 1.0)
    if decay == 1.0:
        area = np.log1p(first) - np.log1p(last)
    else:
        area = ((1.0 + first) ** (1.0 - decay) - (1.0 + last) ** (1.0 - decay)) / (1.0 - decay)
    mean = np.where(several, area / width, newest)
    return np.asarray(newest + (count - 1.0) * mean, np.float64)


def _silences(index: TrustIndex, person: int, others: list[int], today: int | None) -> Floats:
    """Return for how long others, and the person, had contact with nobody; in days.

    Shape (2, others); `UNKNOWN` where no date is told.
    """
    day = np.floor(index.last_contact / SECONDS_PER_DAY)
    dated = ~np.isnan(day)
    newest = np.full(index.n, -np.inf)
    np.maximum.at(newest, index.asker_of(np.arange(index.m))[dated], day[dated])
    np.maximum.at(newest, index.out_asked[dated], day[dated])
    known = np.isfinite(newest) & (today is not None)
    since = np.where(known, np.maximum((today or 0) - newest, 0.0), UNKNOWN)
    return np.stack([since[others], np.full(len(others), since[person])])


def _recall(
    now: Floats, kinds: _Kinds, ahead: LongInts, model: RecallModel, kept: Floats
) -> Floats:
    """Return the recall of each tie at its day ahead; ``kept``: of strength, besides its age."""
    base = kinds.strength(np.zeros_like(ahead), model)
    later = kinds.strength(ahead, model)
    known = base > 0
    left = kept * np.divide(later, base, out=np.full(len(now), np.nan), where=known)
    # Where nothing is recalled, nothing will be; where no date is known, only today is.
    left = np.where((now == 0) | (ahead == 0), 1.0, left)
    sure = now >= 1.0
    odds = np.divide(now, 1.0 - now, out=np.full(len(now), np.inf), where=~sure)
    strength = model.theta * odds ** (1.0 / model.slope)
    found = np.where(sure, 1.0, model.recall(np.where(sure, 0.0, strength * left)))
    return np.where(ahead == 0, now, np.where(np.isnan(left), np.nan, found))


def _kept_willingness(
    opinion: tuple[Floats, Floats], kinds: _Kinds, ahead: LongInts, model: TrustModel
) -> Floats:
    """Return the share of the willingness of each tie that is left at each day ahead."""
    trust, certainty = opinion
    many = len(trust)
    kept = np.ones((many, len(ahead)))
    known = (certainty < 1) & (kinds.summed(np.ones(len(kinds.tie))) > 0)
    if kinds.today is None or not known.any():
        return kept
    weight, base = model.opinion.prior_weight, model.opinion.base_rate
    total = weight / (1.0 - np.where(known, certainty, 0.0))
    good = np.maximum(trust * total - base * weight, 0.0)
    bad = np.maximum((1.0 - trust) * total - (1.0 - base) * weight, 0.0)
    ageing = _Ageing.of(kinds, model)
    scales = [ageing.scale(sign, goal) for sign, goal in ((1, good), (-1, bad))]
    before = model.gate.willingness(good + base * weight, bad + (1.0 - base) * weight)
    for column, days in enumerate(ahead.tolist()):
        left_good = good * ageing.left(1, scales[0], days)
        left_bad = bad * ageing.left(-1, scales[1], days)
        after = model.gate.willingness(left_good + base * weight, left_bad + (1.0 - base) * weight)
        left = np.divide(after, before, out=np.ones(many), where=known & (before > 0))
        kept[:, column] = left
    return kept


@dataclass(frozen=True, eq=False)
class _Ageing:
    """Raw masses of each kind of a tie, in the trust of the one who remembers."""

    kinds: _Kinds
    sign: Floats
    mass: Floats
    cap: Floats
    half_life_days: Floats  # infinity where the kind does not age, or has no date

    @classmethod
    def of(cls, kinds: _Kinds, model: TrustModel) -> "_Ageing":
        rows, own = kinds.rows, kinds.own
        forward = np.array([row.forward for row in rows], np.float64)
        backward = np.array([row.backward for row in rows], np.float64)
        caps = [
            np.array([np.inf if cap is None else cap for cap in each], np.float64)
            for each in ([row.cap_forward for row in rows], [row.cap_backward for row in rows])
        ]
        life = np.array([row.half_life_years or np.inf for row in rows], np.float64)
        dated = ~np.isnan(kinds.first)
        last, first = kinds.ages()
        middle = np.where(dated, (last + first) / 2.0, 0.0) / DAYS_PER_YEAR
        age = np.where(dated, middle, model.opinion.undated_age_years)
        mass = kinds.count * (own * forward + (1.0 - own) * backward) * np.exp2(-age / life)
        # Both ways at once: each is capped for itself, so together they may reach both limits.
        mutual = np.array([row.mutual for row in rows], bool)
        cap = np.where(own > 0, caps[0], 0.0) + np.where((own < 1) & ~mutual, caps[1], 0.0)
        return cls(
            kinds=kinds,
            sign=np.array([row.sign for row in rows], np.float64),
            mass=mass,
            cap=np.where(mutual, caps[0], cap),
            half_life_days=np.where(dated, life, np.inf) * DAYS_PER_YEAR,
        )

    def total(self, sign: int, scale: Floats, days: float) -> Floats:
        """Return the observations of each tie after some days."""
        left = self.mass * scale[self.kinds.tie] * np.exp2(-days / self.half_life_days)
        return self.kinds.summed(np.where(self.sign == sign, saturated(left, self.cap), 0.0))

    def scale(self, sign: int, goal: Floats) -> Floats:
        """Return by what the raw masses of each tie are to be multiplied to give what it has.

        Where no evidence could give so much (a judgement), the limits are reached, and stay so.
        """
        low, high = np.full(len(goal), -WIDEST), np.full(len(goal), WIDEST)
        for _ in range(ROUNDS):
            middle = (low + high) / 2.0
            enough = self.total(sign, np.exp2(middle), 0.0) >= goal
            low, high = np.where(enough, low, middle), np.where(enough, middle, high)
        scale: Floats = np.exp2(high)
        return scale

    def left(self, sign: int, scale: Floats, days: float) -> Floats:
        """Return the share of the observations of each tie that is left after some days."""
        before = self.total(sign, scale, 0.0)
        after = self.total(sign, scale, days)
        some = before > 0
        return np.where(some, after / np.where(some, before, 1.0), 1.0)
