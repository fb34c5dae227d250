"""What a replay of the past returns."""

import datetime as dt
from collections.abc import Sequence
from math import nan
from typing import Final, Literal, NamedTuple

import numpy as np
import pandas as pd

from trustgraph._html import card_html, shown, table_html
from trustgraph._text import counted, percent
from trustgraph.evaluation._outcome_known import KINDS, EventKind
from trustgraph.evaluation._outcome_past import UndatedPositions
from trustgraph.evaluation.bootstrap import wilson
from trustgraph.evaluation.chances import calibration_curve
from trustgraph.models.base import FrozenModel
from trustgraph.models.result import SequenceResult

__all__ = ["Replay", "ReplayedEvent"]

SCHEMA_VERSION: Final = 1
TYPES: Final = {
    "date": "object",
    "kind": "str",
    "target": "str",
    "day": "object",
    "days_ahead": "int64",
    "found": "bool",
    "score": "float64",
    "rank": "float64",
    "recency_rank": "float64",
    "candidates": "int64",
    "introducer": "str",
    "actual_introducer": "str",
    "introducer_rank": "float64",
    "came_true": "object",
    "undated": "bool",
}
"""Columns of the frame and their types, in order."""


class ReplayedEvent(FrozenModel):
    """One event as it looked on one earlier day.

    Attributes
    ----------
    date
        Day of which the network is taken.
    kind
        ``"employer"``, ``"connection"``, ``"introduction"`` or ``"ask"``.
    target
        Id of the person, or name of the organisation.
    day
        When it came about; of an ask the day of the ask.
    score
        Of the best introduction there was on the date, in [0, 1]; 0 if there was none. Of an
        introduction: the factor of the first step to the person who made it.
    rank, recency_rank
        Place among the candidates by score, and by recency of contact, from 1; the mean place
        where several are alike; None if there was no path, or nothing known of contact.
    candidates
        Number of candidates: organisations, people without a tie to the seeker, contacts, or
        people. 0 if the target was not known on the date.
    introducer
        Whom to ask first, by the best introduction; empty if there is none.
    actual_introducer, introducer_rank
        Of an ask: who was asked, and their place among the best introducers; None beyond ``k``.
    came_true
        Of an ask: whether the target was reached; None otherwise.
    undated
        Whether the best introduction rests on where somebody is today, of which no date is known.

    Examples
    --------
    >>> from trustgraph.evaluation.replay_results import ReplayedEvent
    >>> one = ReplayedEvent(date="2024-01-01", kind="employer", target="Acme", day="2024-03-01")
    >>> one.days_ahead, one.found
    (60, False)
    """

    date: dt.date
    kind: EventKind
    target: str
    day: dt.date
    score: float = 0.0
    rank: float | None = None
    recency_rank: float | None = None
    candidates: int = 0
    introducer: str = ""
    actual_introducer: str = ""
    introducer_rank: int | None = None
    came_true: bool | None = None
    undated: bool = False

    @property
    def days_ahead(self) -> int:
        """Days from the date to the event."""
        return (self.day - self.date).days

    @property
    def found(self) -> bool:
        """Whether there was an introduction on the date."""
        return self.score > 0


class Hits(NamedTuple):
    """How many events stood among the first k by one order of the candidates."""

    n: int
    known: int
    found: int
    hits: float
    share: float
    low: float
    high: float


class Replay(SequenceResult[ReplayedEvent]):
    """Whether the paths were there before what is known to have come about.

    A sequence of `ReplayedEvent`.

    Attributes
    ----------
    events
        Every event on every date that it followed, in the order of dates and days.
    seeker
        Id of the person whose past it is.
    dates
        Days of which the network was taken.
    within_days
        How long after a date events count.
    k
        How far down a list a hit counts.
    max_intermediaries
        Largest number of intermediaries.
    undated_positions
        Whether places without dates were used.
    warnings
        What may have leaked from later days, in sentences.
    level
        Share that intervals hold.
    schema_version
        Version of the dictionary form.

    Examples
    --------
    >>> net = tg.datasets.make_world(60, seed=3)
    >>> found = tg.evaluation.replay(net, "YS", within_days=400)
    >>> tg.evaluation.Replay.from_dict(found.to_dict()) == found
    True
    """

    events: tuple[ReplayedEvent, ...]
    seeker: str
    dates: tuple[dt.date, ...]
    within_days: int
    k: int
    max_intermediaries: int
    undated_positions: UndatedPositions
    warnings: tuple[str, ...] = ()
    level: float = 0.95
    schema_version: Literal[1] = SCHEMA_VERSION

    def held(self) -> tuple[ReplayedEvent, ...]:
        """Return the events."""
        return self.events

    def to_frame(self) -> pd.DataFrame:
        """Return one row an event and date.

        Returns
        -------
        pandas.DataFrame
            Columns ``date, kind, target, day, days_ahead, found, score, rank, recency_rank,
            candidates, introducer, actual_introducer, introducer_rank, came_true, undated``; NaN
            where there is no rank.

        Examples
        --------
        >>> net = tg.datasets.make_world(60, seed=3)
        >>> list(tg.evaluation.replay(net, "YS").to_frame().columns[:3])
        ['date', 'kind', 'target']
        """
        rows = [
            {**one.model_dump(), "days_ahead": one.days_ahead, "found": one.found}
            for one in self.events
        ]
        return pd.DataFrame(rows, columns=list(TYPES)).astype(TYPES)

    def hits(self) -> pd.DataFrame:
        """Return how often what came about stood among the first k.

        Returns
        -------
        pandas.DataFrame
            Indexed by ``kind`` and ``by``: ``"score"``, ``"recency"`` (of contact with the target,
            its insiders, or people around it) or ``"chance"`` (candidates in random order, on
            average). Columns ``n`` (events, each as it looked on the last date before it),
            ``known`` (those whose target was among the candidates), ``found`` (those with a
            path), ``hits``, ``share`` of n, and ``low, high``: its interval by Wilson's score,
            NaN for chance. Asks count if they reached their target.

        Examples
        --------
        >>> net = tg.datasets.make_world(60, seed=3)
        >>> hits = tg.evaluation.replay(net, "YS").hits()
        >>> hits.index.names
        FrozenList(['kind', 'by'])
        """
        names = ["kind", "by", *Hits._fields]
        rows = [(kind, by, *one) for kind, told in self._hits().items() for by, one in told.items()]
        frame = pd.DataFrame(rows, columns=names).set_index(["kind", "by"])
        counts = dict.fromkeys(["n", "known", "found"], "int64")
        return frame.astype(counts | dict.fromkeys(["hits", "share", "low", "high"], "float64"))

    def _latest(self) -> list[ReplayedEvent]:
        """Return each event once, as it looked on the last date before it."""
        last = {(one.kind, one.target, one.day, one.actual_introducer): one for one in self.events}
        return list(last.values())

    def _hits(self) -> dict[EventKind, dict[str, Hits]]:
        latest = [one for one in self._latest() if _came(one)]
        told = {kind: [one for one in latest if one.kind == kind] for kind in KINDS}
        return {kind: self._hits_of(events) for kind, events in told.items() if events}

    def _hits_of(self, told: Sequence[ReplayedEvent]) -> dict[str, Hits]:
        n = len(told)
        known, found = sum(one.candidates > 0 for one in told), sum(one.found for one in told)
        hits: dict[str, float] = {
            "score": sum(one.rank is not None and one.rank <= self.k for one in told),
            "recency": sum(
                one.recency_rank is not None and one.recency_rank <= self.k for one in told
            ),
            "chance": sum(min(1.0, self.k / one.candidates) for one in told if one.candidates),
        }
        rows = {}
        for by, number in hits.items():
            ends = (nan, nan)
            if by != "chance":
                low, high = wilson(np.array([number / n]), np.array([n]), self.level)
                ends = (float(low[0]), float(high[0]))
            rows[by] = Hits(n, known, found, number, number / n, *ends)
        return rows

    def calibration(self, bins: int = 5) -> pd.DataFrame:
        """Return how often asks reached their target beside the score of the best introduction.

        Parameters
        ----------
        bins
            Number of equal parts of [0, 1], at least 1.

        Returns
        -------
        pandas.DataFrame
            What `calibration_curve` returns, each ask as it looked on the last date before it,
            with Wilson intervals ``share_low, share_high``; for `trustgraph.plot`.

        Raises
        ------
        ValueError
            If there are no asks, or all of them reached their target or none did: what only came
            true says nothing about chances.

        Examples
        --------
        >>> net = tg.datasets.make_world(60, seed=3)
        >>> tg.evaluation.replay(net, "YS").calibration()
        Traceback (most recent call last):
            ...
        ValueError: no asks that reached their target and none that did not; ...
        """
        told = [one for one in self._latest() if one.came_true is not None]
        came_true = [bool(one.came_true) for one in told]
        if all(came_true) or not any(came_true):
            kinds = ("some asks" if any(came_true) else "no asks", "none")
            if came_true and not any(came_true):
                kinds = ("no asks", "some")
            message = (
                f"{kinds[0]} that reached their target and {kinds[1]} that did not; a curve needs "
                "both: give the outcomes of all your asks"
            )
            raise ValueError(message)
        curve = calibration_curve(came_true, [one.score for one in told], bins=bins)
        some = (curve["n"] > 0).to_numpy()
        ends = np.full((2, len(curve)), np.nan)
        ends[:, some] = wilson(
            curve["share"].to_numpy()[some], curve["n"].to_numpy()[some], self.level
        )
        return curve.assign(share_low=ends[0], share_high=ends[1])

    def explain(self) -> str:
        """Return the replay in plain sentences.

        Returns
        -------
        str
            What came about, whether there was a path before, how high it stood against chance and
            recency of contact, and what may have leaked from later days.

        Examples
        --------
        >>> net = tg.datasets.make_world(60, seed=3)
        >>> print(tg.evaluation.replay(net, ["2024-01-01"]).explain().splitlines()[0])
        The network as it was on 1 day (2024-01-01), and what came about within 365 days of it.
        """
        return "\n".join(map(shown, self._lines()))

    def _lines(self) -> list[str]:
        days = [str(day) for day in self.dates]
        span = days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}"
        about = (
            f"The network as it was on {counted(len(days), 'day')} ({span}), and what came about "
            f"within {counted(self.within_days, 'day')} of {'it' if len(days) == 1 else 'each'}."
        )
        lines = [about]
        if not self.events:
            lines.append("Nothing is known to have come about in that time.")
        lines += [self._kind(kind, told) for kind, told in self._hits().items()]
        lines += self._asked()
        return [*lines, *self.warnings]

    def _kind(self, kind: EventKind, told: dict[str, Hits]) -> str:
        score, recency, chance = told["score"], told["recency"], told["chance"]
        text = (
            f"{counted(score.n, *KINDS[kind])}: {score.known:,} known before, a path to "
            f"{score.found:,}; among the first {self.k}: {score.hits:.0f} by score "
            f"({percent(score.share)}, {100 * self.level:g} % interval {percent(score.low)} to "
            f"{percent(score.high)}), {recency.hits:.0f} by recency of contact, "
            f"{chance.hits:.1f} by lot."
        )
        return text[0].upper() + text[1:]

    def _asked(self) -> list[str]:
        asked = [one for one in self._latest() if one.actual_introducer]
        if not asked:
            return []
        among = sum(one.introducer_rank is not None for one in asked)
        told = (
            f"Of {counted(len(asked), 'ask')}, {among:,} went to one of the {self.k} best "
            "introducers of the day."
        )
        return [told]

    def _repr_html_(self) -> str:
        title = f"Replay of {counted(len(self._latest()), 'event')}"
        return card_html(title, table_html(self.hits().reset_index()), lines=self._lines())


def _came(one: ReplayedEvent) -> bool:
    return one.kind != "ask" or bool(one.came_true)
