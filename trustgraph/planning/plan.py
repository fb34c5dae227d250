"""The whole search: whom to ask for what, in which order, with which chance."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from trustgraph._typing import Graph, Seed
from trustgraph.graph.index import TrustIndex
from trustgraph.models.ask import Ask
from trustgraph.planning.plan_desk import prepared
from trustgraph.planning.plan_made import Planner
from trustgraph.planning.plan_results import (
    AskPlan,
)
from trustgraph.planning.plan_rules import PlanRules
from trustgraph.steps.seed import is_whole, number_of_seed
from trustgraph.trust.model import TrustModel

__all__ = ["plan_asks"]

MANY: Final = 1_000_000
"""Asks to one person where there is no limit."""


def plan_asks(  # noqa: PLR0913 - the question, its limits, and how to answer it
    G: Graph | TrustIndex,
    asks: Iterable[Ask],
    *,
    budget: int,
    per_person: int | None = 1,
    horizon_days: int = 90,
    values: Sequence[float] | Mapping[str, float] | None = None,
    rules: PlanRules | None = None,
    model: TrustModel | None = None,
    seed: Seed = 0,
) -> AskPlan:
    """Return whom to ask for what, in which order, so that most targets are reached.

    Parameters
    ----------
    G
        The graph, or its index (compile it once for many plans).
    asks
        What is sought: one `Ask` for every target, all of the same seeker.
    budget
        Most asks to be put in all, at least 1.
    per_person
        Most asks to one person within the horizon, at least 1; None: goodwill alone decides.
    horizon_days
        Days within which asks may be put, at least 1.
    values
        What reaching each target is worth, from 0: one number for every ask, or some by target.
        Default: 1 each, so that the plan counts targets.
    rules
        Pace, rests, and how the plan is worked out.
    model
        Trust model; default: the one of the graph, else the default model.
    seed
        Of the drawn states; None: a number left to chance, which the plan tells.

    Returns
    -------
    AskPlan
        The asks in their order, with dates, chances, fallbacks and what to do before; `update`
        plans again after what came of them.

    Raises
    ------
    UnknownPersonError, AmbiguousPersonError
        If a person is not known, or not by that name alone.
    TypeError
        If something else than asks, rules or a model is given where these belong.
    ValueError
        If there are no asks, several seekers, two asks for one target, or a limit out of range.
    GraphContractError
        If the graph breaks the contract.

    Notes
    -----
    An *option* is a person who may be asked for a target: the first of an admissible path, or the
    target itself. An ask works at its first step with the factor of that step, and then reaches
    the target if some way on from that person works. The states of the ways on are drawn once for
    all people (or gone through, where they are few), so that steps shared by several asks count
    once::

        P(target reached | people asked) = mean over states of 1 - product of (1 - f D),

    the product over the people asked, f their first factor and D whether the target is reached
    from them in the state. Of all sets of asks within the limits the plan looks for the one with
    the largest sum of value times chance: greedily, from an assignment of people to targets, and
    by exchanges; where there are few options, by a proof. ``bound`` tells what no set exceeds.
    What holds of the greedy choice alone stands in `trustgraph.planning._choose`; that greedy
    choice and new planning after each outcome go well together is the subject of Golovin & Krause
    [1]_.

    References
    ----------
    .. [1] Golovin, D., Krause, A. (2011). Adaptive submodularity: theory and applications in
       active learning and stochastic optimization. Journal of Artificial Intelligence Research
       42, 427-486. https://doi.org/10.1613/jair.3278

    Examples
    --------
    Bo is the best for both Cy and Dee, but Eli could help with Cy too:

    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.9}), ("eli", "ana", {"trust": 0.8})])
    >>> G.add_edges_from([("cy", "bo", {"trust": 0.9}), ("dee", "bo", {"trust": 0.8})])
    >>> G.add_edge("cy", "eli", trust=0.9)
    >>> asks = [tg.Ask(seeker="ana", target=who, clarity=1) for who in ("cy", "dee")]
    >>> plan = tg.planning.plan_asks(G, asks, budget=2)
    >>> [(ask.introducer, ask.target, round(ask.chance, 2)) for ask in plan]
    [('eli', 'cy', 0.72), ('bo', 'dee', 0.72)]
    >>> round(plan.expected, 2), plan.exact
    (1.44, True)
    """
    given = _checked_asks(asks)
    for name, value, kind in (("rules", rules, PlanRules), ("model", model, TrustModel)):
        if value is not None and not isinstance(value, kind):
            message = f"{name} is {value!r}; give a {kind.__name__} or leave it out"
            raise TypeError(message)
    in_force = rules or PlanRules()
    _check_number("budget", budget)
    _check_number("horizon_days", horizon_days)
    if per_person is not None:
        _check_number("per_person", per_person)
    desk = prepared(
        G,
        given,
        budget=int(budget),
        per_person=MANY if per_person is None else int(per_person),
        horizon=int(horizon_days),
        values=values,
        rules=in_force,
        model=model,
        seed=number_of_seed(seed),
    )
    return Planner(desk).plan()


def _checked_asks(asks: Any) -> list[Ask]:
    if not isinstance(asks, (Ask, Iterable)):
        message = f"asks is {asks!r}; give a list of trustgraph.Ask, one for every target"
        raise TypeError(message)
    given: list[Any] = [asks] if isinstance(asks, Ask) else list(asks)
    if not given:
        message = "there are no asks to plan; give one trustgraph.Ask for every target"
        raise ValueError(message)
    for one in given:
        if not isinstance(one, Ask):
            message = f"asks holds {one!r}, which is no trustgraph.Ask"
            raise TypeError(message)
    return given


def _check_number(name: str, value: Any) -> None:
    if not is_whole(value) or value < 1:
        message = f"{name} is {value!r}, it must be a whole number from 1"
        raise ValueError(message)
