"""How a plan of asks may look: pace, rests, limits, and how it is worked out."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from trustgraph.models.base import FrozenModel

__all__ = ["ActionKind", "PlanRules"]

ActionKind = Literal["help", "reconnect", "clarify"]
"""What can be done before an ask."""


class PlanRules(FrozenModel):
    """How a plan of asks may look.

    Parameters
    ----------
    open_per_target
        Most asks for one target that may be under way at the same time.
    wait_days
        Days after which an ask counts as silent, and an introduction as one that did not reach
        the target (a judgement).
    rest_days
        Fewest days between two asks to one person (a judgement).
    thinks_again
        Chance, in [0, 1], that somebody who kept silent decides anew when asked for the same
        target again (a judgement); it counts once for every silence.
    pace
        ``"early"``: whatever may be asked at once is asked at once, except what had better wait
        for an answer (where the budget is scarce, and an ask may do more where another fails);
        ``"steady"``: asks are spread over the horizon, so that most is known when the next one
        is put.
    max_intermediaries
        Largest number of intermediaries on a path, 0 to 5.
    observed_only
        Whether to leave out inferred ties.
    draws
        States of the ways on that are drawn for every target, 64 to 65,536; where a target has
        no more than 2,048 states all of them are gone through instead.
    exact
        True: the best set of asks, proved, or an error if that takes too long; False: the best
        one found; default: proved where there are 25 options or fewer.
    actions
        What may be proposed to be done before an ask: ``"help"``, ``"reconnect"``, ``"clarify"``.
    most_actions
        Most of these that are listed.
    least_gain
        Least gain in the plan's value for which one is listed, at least 0.
    start
        Day 0 of the plan. Default: the day of the first ask that was put, before that the date
        of the graph.

    Examples
    --------
    >>> tg.planning.PlanRules(wait_days=7)
    PlanRules(wait_days=7)
    """

    open_per_target: Annotated[int, Field(ge=1)] = 1
    wait_days: Annotated[int, Field(ge=1)] = 14
    rest_days: Annotated[int, Field(ge=0)] = 14
    thinks_again: Annotated[float, Field(ge=0, le=1)] = 0.5
    pace: Literal["early", "steady"] = "early"
    max_intermediaries: Annotated[int, Field(ge=0, le=5)] = 3
    observed_only: bool = True
    draws: Annotated[int, Field(ge=64, le=65_536)] = 2048
    exact: bool | None = None
    actions: tuple[ActionKind, ...] = ("help", "reconnect", "clarify")
    most_actions: Annotated[int, Field(ge=0)] = 8
    least_gain: Annotated[float, Field(ge=0)] = 0.005
    start: dt.date | None = None
