"""What a plan of asks consists of: asks, targets, fallbacks, and what to do before."""

import datetime as dt
from typing import Any, Literal

from trustgraph.models.base import FrozenModel

__all__ = ["Fallback", "PlannedAction", "PlannedAsk", "TargetChance", "TargetState"]

TargetState = Literal["reached", "under_way", "planned", "left_out", "unreachable"]
"""Where a target of a plan stands."""


class PlannedAsk(FrozenModel):
    """One ask of a plan.

    Attributes
    ----------
    order
        Place in the plan, from 1.
    day, date
        Day of the plan, from 0, and its date where the plan has one.
    introducer, name
        Who is to be asked; the target itself where ``direct``.
    target, target_name
        Whom or what to reach.
    path
        Names of the best way, from the seeker to the target.
    chance
        Modelled chance that this ask reaches the target if it is put, in [0, 1]: that the first
        step works (they answer, vouch and are believed, with what is left of their goodwill)
        times that a way on behind them works, as ``why`` tells.
    gain
        What it adds to the value of the plan beyond the asks before it, whatever comes of them.
    goodwill_left
        What is left of the person's usual readiness to answer when they are asked, in (0, 1].
    direct
        Whether the target itself is asked.
    condition
        When not to put it, empty if it is put anyway.
    why
        Why this person, in a sentence.

    Examples
    --------
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
    >>> plan = tg.planning.plan_asks(G, [tg.Ask(seeker="ana", target="cy", clarity=1)], budget=1)
    >>> plan[0].path, round(plan[0].chance, 2)
    (('ana', 'bo', 'cy'), 0.4)
    """

    order: int
    day: int
    date: dt.date | None = None
    introducer: Any
    name: str
    target: str
    target_name: str
    path: tuple[str, ...]
    chance: float
    gain: float
    goodwill_left: float = 1.0
    direct: bool = False
    condition: str = ""
    why: str = ""


class TargetChance(FrozenModel):
    """What a plan makes of one target.

    Attributes
    ----------
    target, name
        Whom or what to reach.
    value
        What reaching it is worth.
    chance
        Modelled chance that the plan reaches it, in [0, 1]; 1 if it was reached.
    asks
        Asks planned for it.
    options
        How many people may still be asked for it.
    state
        ``"reached"``, ``"under_way"``, ``"planned"``, ``"left_out"`` (others gain more) or
        ``"unreachable"``.
    lacking
        Of one that cannot be reached, why; else empty.

    Examples
    --------
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8})])
    >>> G.add_node("cy")
    >>> plan = tg.planning.plan_asks(G, [tg.Ask(seeker="ana", target="cy")], budget=1)
    >>> plan.per_target[0].state
    'unreachable'
    """

    target: str
    name: str
    value: float
    chance: float
    asks: int
    options: int
    state: TargetState
    lacking: str = ""


class Fallback(FrozenModel):
    """Somebody else who could be asked for a target; not counted in the budget.

    Attributes
    ----------
    target, target_name
        Whom or what to reach.
    introducer, name
        Who could be asked; nobody whom the plan asks for this target.
    path
        Names of the best way.
    chance
        Modelled chance that the ask reaches the target, in [0, 1].
    shares
        Names of intermediaries that the planned ways use too.
    planned_elsewhere
        Whether the plan asks them for another target.

    Examples
    --------
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
    >>> G.add_edges_from([("dee", "ana", {"trust": 0.6}), ("cy", "dee", {"trust": 0.5})])
    >>> plan = tg.planning.plan_asks(G, [tg.Ask(seeker="ana", target="cy")], budget=1)
    >>> plan.fallbacks[0].introducer
    'dee'
    """

    target: str
    target_name: str
    introducer: Any
    name: str
    path: tuple[str, ...]
    chance: float
    shares: tuple[str, ...] = ()
    planned_elsewhere: bool = False


class PlannedAction(FrozenModel):
    """Something to do before an ask.

    Attributes
    ----------
    kind
        ``"help"``, ``"reconnect"`` or ``"clarify"``.
    who, name
        With whom, or the target whose ask to make clearer.
    days
        Days that it takes (a judgement).
    gain
        What it adds to the value of the plan, modelled, if it is done before any ask.
    what
        In a sentence.

    Examples
    --------
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
    >>> plan = tg.planning.plan_asks(G, [tg.Ask(seeker="ana", target="cy")], budget=1)
    >>> plan.actions[0].kind
    'clarify'
    """

    kind: Literal["help", "reconnect", "clarify"]
    who: Any
    name: str
    days: int
    gain: float
    what: str
