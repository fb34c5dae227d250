"""A world in which asks are answered: to play a plan through before anybody is asked."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Final, Self

import numpy as np
import pandas as pd

from trustgraph._typing import Bools, Floats, Seed
from trustgraph.graph.index import TrustIndex
from trustgraph.models.ask import Ask
from trustgraph.models.outcome import OUTCOME_EVENTS, Outcome
from trustgraph.planning._trial_ways import First, Ways
from trustgraph.steps.seed import is_whole, number_of_seed
from trustgraph.trust.gate import EndorsementGate
from trustgraph.trust.model import TrustModel

__all__ = ["AskTrial", "Truth"]

OPINIONS, STATES, SAID, ANSWERED = range(4)
"""Streams of random numbers."""
ANSWER_DAYS: Final = 3.0
MEETING_DAYS: Final = 5.0
"""Mean days until an answer, and from there to the target's."""
WAIT_DAYS: Final = 14
"""Days after which an ask without an answer counts as silent; whoever answers does so before."""


@dataclass(frozen=True, eq=False)
class Truth:
    """What is true in a trial whatever the luck.

    Attributes
    ----------
    index
        The graph that the true model makes.
    model
        The true model.
    thinks_again
        Chance that it is decided anew whether somebody answers who is asked again.
    asks
        The asks, in the order given.
    ways
        Their admissible steps, by the name of the target.
    start
        The day counted as 0.

    Examples
    --------
    >>> net = tg.datasets.make_world(40, seed=7)
    >>> asks = [tg.Ask(seeker=net.owner, target="p30")]
    >>> tg.planning.make_trial(net, asks).targets
    ('p30',)
    """

    index: TrustIndex
    model: TrustModel
    thinks_again: float
    asks: tuple[Ask, ...]
    ways: dict[str, Ways]
    start: dt.date


class AskTrial:
    """A world in which asks are answered, made by `make_trial`.

    Who answers, endorses and believes was decided when the world was made: asking other people, or
    in another order, changes nobody's mind. Only goodwill is spent by asking.

    Attributes
    ----------
    seed
        Of the luck.
    history
        What became of the asks so far, in the order they were made.

    Examples
    --------
    >>> net = tg.datasets.make_world(40, seed=7)
    >>> ask = tg.Ask(seeker=net.owner, target="p30", clarity=1)
    >>> trial = tg.planning.make_trial(net, [ask], seed=3)
    >>> who = trial.introducers("p30")
    >>> trial.ask(who[0], "p30", day=5).asked
    datetime.date(2026, 1, 6)
    """

    def __init__(self, truth: Truth, seed: int) -> None:
        self._truth = truth
        self.seed = seed
        self.history: tuple[Outcome, ...] = ()
        self._asked: dict[str, list[int]] = {}
        self._from_whom: dict[str, Bools] = {}

    @property
    def model(self) -> TrustModel:
        """The true trust model, which a plan does not know."""
        return self._truth.model

    @property
    def asks(self) -> tuple[Ask, ...]:
        """The asks, in the order given."""
        return self._truth.asks

    @property
    def start(self) -> dt.date:
        """The day counted as 0, that of the records."""
        return self._truth.start

    @property
    def targets(self) -> tuple[str, ...]:
        """Names under which the targets are asked for, in the order of the asks."""
        return tuple(self._truth.ways)

    @property
    def reached(self) -> frozenset[str]:
        """Targets that have been reached."""
        return frozenset(outcome.target for outcome in self.history if outcome.reached)

    def again(self, seed: Seed = None) -> Self:
        """Return the same world with nobody asked yet.

        Parameters
        ----------
        seed
            Of another luck: opinions, answers and what works are drawn anew, the true model stays.
            Default: the same luck.

        Returns
        -------
        AskTrial
            A new trial.
        """
        return type(self)(self._truth, self.seed if seed is None else number_of_seed(seed))

    def introducers(self, target: str) -> list[str]:
        """Return who can be asked for a target with any hope in this world, in order of their ids.

        Parameters
        ----------
        target
            One of `targets`.

        Returns
        -------
        list of str
            People from whom an admissible path leads there; the target itself if it is tied to
            the seeker.

        Raises
        ------
        ValueError
            If nobody asks for that target.
        """
        way = self._way(target)
        return [self._label(way, person) for person in way.introducers()]

    def ask(self, introducer: str, target: str, day: int = 0) -> Outcome:
        """Ask somebody for an introduction, and see what becomes of it.

        Parameters
        ----------
        introducer
            Id or unique full name of a tie of the seeker; the target itself for a direct ask.
        target
            One of `targets`.
        day
            Days since `start`, at least 0.

        Returns
        -------
        Outcome
            Silence, no, a mere hand-over or an endorsement, and whether the target was met; also
            kept in `history`.

        Raises
        ------
        UnknownPersonError, AmbiguousPersonError
            If a person is not known, or not by that name alone.
        ValueError
            If nobody asks for that target, that person has no tie to the seeker, or the day is no
            whole number from 0.

        Notes
        -----
        Asked for the same target again, somebody may answer who kept silent; but they say the same
        as before if they did answer, and what did not work behind them does not work now.
        """
        if not is_whole(day) or day < 0:
            message = f"day is {day!r}; it must be a whole number from 0, days since {self.start}"
            raise ValueError(message)
        way = self._way(target)
        person = self._person(way, introducer)
        first = way.first(person)
        if first is None:
            message = f"{introducer!r} has no tie to the seeker {way.question.ask.seeker!r}"
            raise ValueError(message)
        name = self._label(way, person)
        chance = first.answers * self.goodwill_left(name, day) * self._patience(name, first)
        earlier = sum(one.introducer == name and one.target == target for one in self.history)
        answers = self._mood(name, target, earlier) < chance
        self._asked.setdefault(name, []).append(int(day))
        events = self._events(way, person, first) if answers else {}
        found = self._outcome(way, name, int(day), events)
        self.history = (*self.history, found)
        return found

    def goodwill_left(self, introducer: str, day: int) -> float:
        """Return what is left of somebody's goodwill towards the seeker.

        Parameters
        ----------
        introducer
            Id or unique full name.
        day
            Days since `start`.

        Returns
        -------
        float
            In (0, 1], the factor on the chance of an answer that all earlier asks to this person
            have left, as `tg.trust.GoodwillModel` has it. It is spent on whoever was asked, not
            only on who answered.
        """
        labels = self._truth.index.labels
        name = introducer
        if introducer not in self.targets or introducer in labels:
            name = str(labels[self._truth.index.number(introducer)])
        since = [day - one for one in self._asked.get(name, ()) if one <= day]
        return self.model.goodwill.left(np.array(since, dtype=np.float64))

    def to_frame(self) -> pd.DataFrame:
        """Return what has happened so far.

        Returns
        -------
        pandas.DataFrame
            One row an ask, in the order they were made: ``introducer``, ``target``, ``state``,
            ``reached``, ``asked`` and the day of every event, None where there was none.

        Examples
        --------
        >>> net = tg.datasets.make_world(40, seed=7)
        >>> trial = tg.planning.make_trial(net, [tg.Ask(seeker=net.owner, target="p30")], seed=3)
        >>> len(trial.to_frame())
        0
        """
        columns = ["introducer", "target", "state", "reached", "asked", *OUTCOME_EVENTS]
        rows = [[getattr(outcome, name) for name in columns] for outcome in self.history]
        return pd.DataFrame(rows, columns=columns)

    def __repr__(self) -> str:
        return (
            f"AskTrial(targets={len(self.targets)}, reached={len(self.reached)}, "
            f"asked={len(self.history)}, seed={self.seed})"
        )

    # ------------------------------------------------------------------------------- what happens

    def _events(self, way: Ways, person: int, first: First) -> dict[str, float]:
        """Return what somebody who answers does, and the days that it takes from the ask."""
        says, believed, took, more = self._rng(SAID, self._label(way, person), way.target).random(4)
        opinion = float(self._opinions[first.step]) if first.step >= 0 else first.assumed
        gate = self.model.gate
        answer = min(1.0 - ANSWER_DAYS * np.log1p(-took), WAIT_DAYS - 1.0)
        met = answer + min(1.0 - MEETING_DAYS * np.log1p(-more), WAIT_DAYS - 1.0)
        if first.direct:
            there = way.reach or believed < opinion
            return {"met": met} if there else {"declined": answer}
        endorses = 0.0 if way.reach else first.endorses * float(gate.g(np.array(opinion)))
        hands = min(1.0, first.forwards * _hands(gate, opinion))
        if says < endorses:
            there = believed < opinion * first.believed and self._behind(way, person)
            return {"endorsed": answer} | ({"met": met} if there else {})
        if says < hands:
            there = way.reach and self._behind(way, person)
            return {"forwarded": answer} | ({"met": met} if there else {})
        return {"declined": answer}

    def _patience(self, name: str, first: First) -> float:
        """Return what silence has left of the chance of an answer; all of what recall gives."""
        told_before = [one.state for one in self.history if one.introducer == name]
        answered = [place for place, state in enumerate(told_before, 1) if state != "silent"]
        silences = len(told_before) - max(answered, default=0)
        index, patience = self._truth.index, self.model.response.patience_days
        if not silences or first.step < 0:
            return patience / (patience + silences)
        response, recall = float(index.response[first.step]), float(index.recall[first.step])
        return (recall + (response - recall) * patience / (patience + silences)) / response

    def _mood(self, name: str, target: str, earlier: int) -> float:
        """Return the number that must lie below the chance of an answer for there to be one."""
        anew, mood = self._rng(ANSWERED, name, target, earlier).random(2)
        if earlier and anew >= self._truth.thinks_again:
            return self._mood(name, target, earlier - 1)
        return float(mood)

    def _behind(self, way: Ways, person: int) -> bool:
        """Whether the target is reached from somebody."""
        if way.target not in self._from_whom:
            chances = way.chances(self._opinions)
            draws = self._rng(STATES, way.target).random(len(chances))
            self._from_whom[way.target] = way.from_whom(draws < chances)
        place = np.flatnonzero(way.steps.nodes[1:-1] == person)
        return bool(len(place)) and bool(self._from_whom[way.target][place[0] + 1])

    @cached_property
    def _opinions(self) -> Floats:
        """The true opinion on which each step stands, one for each ordered pair."""
        index = self._truth.index
        rng = self._rng(OPINIONS)
        opinions = self.model.opinion.from_judgement(index.trust, index.certainty)
        return np.asarray(rng.beta(opinions.alpha, opinions.beta))

    def _rng(self, stream: int, *names: str | int) -> np.random.Generator:
        """Return the random numbers of one event, the same whatever happened before."""
        return np.random.default_rng([self.seed, stream, *map(_number, names)])

    def _outcome(self, way: Ways, name: str, day: int, events: dict[str, float]) -> Outcome:
        asked = self.start + dt.timedelta(days=day)
        when = events or {"silent": WAIT_DAYS}
        ask = way.question.ask
        return Outcome(
            introducer=name,
            target=way.target,
            asked=asked,
            seeker=ask.seeker,
            purpose=ask.purpose,
            clarity=ask.clarity,
            incentive=ask.incentive.kind,
            **{event: asked + dt.timedelta(days=int(took)) for event, took in when.items()},
        )

    def _way(self, target: str) -> Ways:
        if target not in self._truth.ways:
            message = f"nobody asks for {target!r}; targets are {', '.join(self.targets)}"
            raise ValueError(message)
        return self._truth.ways[target]

    def _person(self, way: Ways, introducer: str) -> int:
        virtual = [one for one in way.question.targets if one.node < 0]
        if virtual and introducer in (virtual[0].id, way.target):
            return -1
        return self._truth.index.number(introducer)

    def _label(self, way: Ways, person: int) -> str:
        return way.target if person < 0 else str(self._truth.index.labels[person])


def _number(name: str | int) -> int:
    """Return a number for a name that is the same on every machine."""
    if isinstance(name, int):
        return name
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big")


def _hands(gate: EndorsementGate, opinion: float) -> float:
    """Return the chance of at least a nominal hand-over at a known level of trust."""
    low = gate.model_copy(update={"endorse_at": gate.forward_at})
    return float(low.g(np.array(opinion)))
