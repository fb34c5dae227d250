"""What a plan of asks returns."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, Final, Literal, Protocol, overload

import pandas as pd
from pydantic import PrivateAttr

from trustgraph._html import card_html, table_html
from trustgraph.graph.index import TrustIndex
from trustgraph.introductions.introduction import Introduction
from trustgraph.models.ask import Ask
from trustgraph.models.columns import utc_time
from trustgraph.models.deferred import DeferredModel, Source
from trustgraph.models.outcome import Outcome
from trustgraph.planning import plan_explain
from trustgraph.planning.plan_rows import Fallback, PlannedAction, PlannedAsk, TargetChance
from trustgraph.planning.plan_rules import PlanRules
from trustgraph.trust.model import TrustModel

__all__ = ["AskPlan"]

SCHEMA_VERSION: Final = 1
COLUMNS: Final = {
    "order": "int64",
    "day": "int64",
    "date": "object",
    "introducer": "object",
    "name": "object",
    "target": "object",
    "target_name": "object",
    "chance": "float64",
    "gain": "float64",
    "goodwill_left": "float64",
    "direct": "bool",
    "condition": "object",
    "path": "object",
    "why": "object",
}


class Updater(Source, Protocol):
    """What a plan is made from."""

    def updated(self, outcomes: Sequence[Outcome], today: dt.date | None) -> "AskPlan":
        """Return the plan after some outcomes."""

    def asked_again(self, index: TrustIndex, model: TrustModel) -> "AskPlan":
        """Return the same plan on another graph or with another model."""

    def way(self, ask: PlannedAsk) -> Introduction:
        """Return the best path of a planned ask."""


class AskPlan(DeferredModel):
    """Whom to ask for what, in which order: a sequence of `PlannedAsk`.

    Attributes
    ----------
    seeker, seeker_name
        Whose plan it is.
    sought
        The asks that were given, one for every target.
    asks
        The planned asks, in the order in which to put them.
    per_target
        What the plan makes of each target, in the order of the asks.
    expected
        Modelled number of targets reached, those reached already and those under way included.
    value
        The same with the value of each target; what the plan makes as large as it can.
    standard_error
        Of ``value``, from the drawn states; 0 where all states were gone through.
    exact
        Whether this is proved to be the best set of asks; if ``standard_error`` is above 0, of the
        states that were drawn.
    bound
        ``value`` of no set of asks exceeds this.
    today
        Day of the plan on which it was made.
    start
        Date of day 0, if it is known.
    budget, per_person, horizon_days
        The limits: asks in all, asks to one person, days.
    spent
        Asks put so far.
    rules
        The rules in force.
    actions
        What to do before asking, best first. Not assumed in ``value``.
    fallbacks
        Whom else to ask for each target.
    not_placed
        Asks that the calendar had no room for.
    seed
        Of the draws.
    schema_version
        Version of the dictionary form.

    Examples
    --------
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
    >>> plan = tg.planning.plan_asks(G, [tg.Ask(seeker="ana", target="cy", clarity=1)], budget=1)
    >>> [(ask.introducer, ask.target) for ask in plan], round(plan.expected, 2)
    ([('bo', 'cy')], 0.4)
    """

    later: ClassVar[Mapping[str, Any]] = {"bound": 0.0, "actions": (), "fallbacks": ()}

    _desk: Updater | None = PrivateAttr(default=None)

    seeker: Any
    seeker_name: str
    sought: tuple[Ask, ...]
    asks: tuple[PlannedAsk, ...]
    per_target: tuple[TargetChance, ...]
    expected: float
    value: float
    standard_error: float = 0.0
    exact: bool = False
    bound: float
    today: int = 0
    start: dt.date | None = None
    budget: int
    per_person: int
    horizon_days: int
    spent: int = 0
    rules: PlanRules = PlanRules()
    actions: tuple[PlannedAction, ...] = ()
    fallbacks: tuple[Fallback, ...] = ()
    not_placed: int = 0
    seed: int = 0
    schema_version: Literal[1] = SCHEMA_VERSION

    def __len__(self) -> int:
        """Return the number of planned asks."""
        return len(self.asks)

    def __iter__(self) -> Iterator[PlannedAsk]:  # type: ignore[override]
        """Yield the planned asks in their order."""
        return iter(self.asks)

    @overload
    def __getitem__(self, place: int) -> PlannedAsk: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[PlannedAsk]: ...
    def __getitem__(self, place: int | slice) -> PlannedAsk | Sequence[PlannedAsk]:
        """Return one ask or several by place."""
        return self.asks[place]

    @property
    def now(self) -> tuple[PlannedAsk, ...]:
        """The asks to put today."""
        return tuple(ask for ask in self.asks if ask.day == self.today)

    @property
    def reached(self) -> tuple[str, ...]:
        """The targets that were reached."""
        return tuple(one.target for one in self.per_target if one.state == "reached")

    @property
    def unreachable(self) -> tuple[TargetChance, ...]:
        """The targets for which nobody can be asked, and why."""
        return tuple(one for one in self.per_target if one.state == "unreachable")

    @property
    def gap(self) -> float:
        """How much better any set of asks could be at most, as a share of the bound, in [0, 1]."""
        return max(0.0, 1.0 - self.value / self.bound) if self.bound > 0 else 0.0

    def update(
        self, outcomes: Outcome | Iterable[Outcome], *, today: dt.date | str | None = None
    ) -> "AskPlan":
        """Return the plan for what is left, with all that the outcomes taught.

        Parameters
        ----------
        outcomes
            One `Outcome` or several: asks that were put, planned or not, and what came of them.
            A later word on the same ask (introducer, target, day) replaces the earlier one.
        today
            The day to plan from; default: the newest day that any outcome names.

        Returns
        -------
        AskPlan
            A new plan; this one stays as it is.

        Raises
        ------
        ValueError
            If an outcome is about a target or a seeker of another plan, if today lies before an
            outcome, or if this plan was read back and has lost its graph.
        UnknownPersonError
            If nobody has the name of an introducer.
        TypeError
            If something given is no outcome.

        Notes
        -----
        Asks that were put count in the budget, whatever came of them. One that is not settled
        blocks its target for ``rules.wait_days``; then no answer counts as silence, and an
        introduction as one that came to nothing. What people answer tells of their trust in the
        seeker, which counts in every other ask to them; an introduction that came to nothing
        makes the ways on that it used less likely. The result depends on what happened, not on
        how often the plan was updated in between.

        Examples
        --------
        >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
        >>> G.add_edges_from([("dee", "ana", {"trust": 0.6}), ("cy", "dee", {"trust": 0.5})])
        >>> ask = tg.Ask(seeker="ana", target="cy", clarity=1)
        >>> plan = tg.planning.plan_asks(G, [ask], budget=2)
        >>> said_no = tg.Outcome(
        ...     introducer="bo", target="cy", asked="2026-03-02", declined="2026-03-04"
        ... )
        >>> [ask.introducer for ask in plan], [ask.introducer for ask in plan.update(said_no)]
        (['bo', 'dee'], ['dee'])
        """
        desk = self._on_desk()
        return desk.updated(_outcomes(outcomes), _day(today))

    def ask_again(self, index: TrustIndex, model: TrustModel) -> "AskPlan":
        """Return the plan for the same asks, limits and outcomes on a graph with a trust model.

        Parameters
        ----------
        index
            The graph.
        model
            The trust model.

        Returns
        -------
        AskPlan
            Drawn with the same seed.

        Raises
        ------
        ValueError
            If this plan was read back and has lost its graph.

        Examples
        --------
        >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
        >>> plan = tg.planning.plan_asks(G, [tg.Ask(seeker="ana", target="cy")], budget=1)
        >>> plan.ask_again(tg.TrustIndex.from_graph(G), tg.TrustModel()) == plan
        True
        """
        return self._on_desk().asked_again(index, model)

    def ranking(self) -> "pd.Series[float]":
        """Return what each planned ask gains, the best first, by introducer and target.

        Examples
        --------
        >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
        >>> ask = tg.Ask(seeker="ana", target="cy", clarity=1)
        >>> tg.planning.plan_asks(G, [ask], budget=1).ranking()
        introducer  target
        bo          cy        0.4
        Name: gain, dtype: float64
        """
        best = sorted(self.asks, key=lambda ask: (-ask.gain, ask.order))
        keys = pd.MultiIndex.from_arrays(
            [[ask.introducer for ask in best], [ask.target for ask in best]],
            names=["introducer", "target"],
        )
        return pd.Series([ask.gain for ask in best], index=keys, name="gain", dtype="float64")

    def introduction(self, ask: PlannedAsk) -> Introduction:
        """Return the best path of one of the planned asks, to draft a request or to look at.

        Parameters
        ----------
        ask
            One of this plan.

        Returns
        -------
        Introduction
            As `find_introductions` finds it: the best path through this introducer, or the step
            straight to the target.

        Raises
        ------
        ValueError
            If it is no ask of this plan, or this plan was read back and has lost its graph.

        Examples
        --------
        >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
        >>> ask = tg.Ask(seeker="ana", target="cy", interest="data")
        >>> plan = tg.planning.plan_asks(G, [ask], budget=1)
        >>> path = plan.introduction(plan[0])
        >>> path.path, tg.draft_request(path, ask).to
        (('ana', 'bo', 'cy'), 'introducer')
        """
        if ask not in self.asks:
            message = f"{ask!r} is no ask of this plan; take one of plan.asks"
            raise ValueError(message)
        return self._on_desk().way(ask)

    def _on_desk(self) -> Updater:
        if self._desk is None:
            message = (
                "this plan was read back and has no graph to plan on: make it again with "
                "plan_asks and give it all outcomes so far"
            )
            raise ValueError(message)
        return self._desk

    def to_frame(self) -> pd.DataFrame:
        """Return one row an ask, in the order in which to put them.

        Returns
        -------
        pandas.DataFrame
            Columns as in `PlannedAsk`; ``date`` is empty where the plan has no dates.

        Examples
        --------
        >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8})])
        >>> plan = tg.planning.plan_asks(G, [tg.Ask(seeker="ana", target="bo")], budget=1)
        >>> plan.to_frame()[["day", "introducer", "target", "direct"]].values.tolist()
        [[0, 'bo', 'bo', True]]
        """
        rows = [[getattr(ask, name) for name in COLUMNS] for ask in self.asks]
        frame = pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)
        return frame.astype(COLUMNS)

    def explain(self) -> str:
        """Return the plan in plain sentences.

        Returns
        -------
        str
            One line each: what to do now and later, what to prepare, what remains.

        Examples
        --------
        >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
        >>> ask = tg.Ask(seeker="ana", target="cy", clarity=1)
        >>> print(tg.planning.plan_asks(G, [ask], budget=1).explain().splitlines()[0])
        A plan of 1 ask for ana: of 1 target, 0.40 are reached by the model's reckoning.
        """
        return "\n".join(plan_explain.lines_of(self))

    def _repr_html_(self) -> str:
        frame = self.to_frame()[["order", "day", "name", "target_name", "chance", "path"]]
        lines = plan_explain.lines_of(self)[:1]
        return card_html("Plan of asks", table_html(frame), lines=lines)


def _day(value: Any) -> dt.date | None:
    """Return a day given as one, as a moment (its day in UTC), or as text."""
    if value is None:
        return None
    if not isinstance(value, (str, dt.date)):
        message = f"today is {value!r}; give a date, or a text such as 2026-11-23"
        raise TypeError(message)
    moment = utc_time(value)
    return None if moment is None else moment.date()


def _outcomes(given: Any) -> list[Outcome]:
    """Return one outcome or several as a list."""
    several = isinstance(given, Iterable) and not isinstance(given, Outcome)
    listed = list(given) if several else [given]
    for one in listed:
        if not isinstance(one, Outcome):
            message = f"update takes trustgraph.Outcome records, not {type(one).__name__}"
            raise TypeError(message)
    return listed
