"""The best way on from somebody who says yes, for telling it."""

from collections.abc import Collection
from typing import Final

import numpy as np

from trustgraph._typing import Floats, LongInts
from trustgraph.planning._choose_problem import Chosen, Problem
from trustgraph.planning.plan_desk import Desk
from trustgraph.steps.step_graph import FURTHER, LAST, StepGraph

__all__ = ["best_way", "fallbacks_of"]

LOOKED_AT: Final = 12
"""Options that may become fallbacks, those that gain most."""
LISTED: Final = 2
"""Fallbacks for one target."""


def _levels(graph: StepGraph) -> tuple[LongInts, list[Floats]]:
    """Return the steps behind the first ones and the best chance on from each person.

    One entry a limit: with at most so many steps left, 0 to max_intermediaries.
    """
    used = np.flatnonzero((graph.role == FURTHER) | (graph.role == LAST))
    tail, head, chance = graph.tail[used], graph.head[used], graph.probability[used]
    best = np.zeros(len(graph.nodes))
    best[-1] = 1.0
    levels = [best]
    for _ in range(graph.max_intermediaries):
        best = best.copy()
        np.maximum.at(best, tail, chance * levels[-1][head])
        levels.append(best)
    return used, levels


def _way(graph: StepGraph, person: int) -> tuple[list[int], int]:
    """Return the local numbers of the best way on from somebody, and the place of the target."""
    used, levels = _levels(graph)
    here = int(np.flatnonzero(graph.nodes == person)[0])
    way, target, left = [here], -1, graph.max_intermediaries
    while here != len(graph.nodes) - 1 and left > 0:
        mine = used[graph.tail[used] == here]
        worth = graph.probability[mine] * levels[left - 1][graph.head[mine]]
        # Among equals the shortest: the way that is there with fewer steps left.
        while left > 1 and levels[left - 1][here] >= levels[left][here] > 0:
            left -= 1
            worth = graph.probability[mine] * levels[left - 1][graph.head[mine]]
        step = int(mine[int(worth.argmax())])
        here, left = int(graph.head[step]), left - 1
        way.append(here)
        target = int(graph.target[step])
    return way, target


def best_way(desk: Desk, target: int, option: int) -> tuple[int, ...]:
    """Return the people of the best way over one option, from seeker to target.

    Numbers in the index; a target that is in no graph is -1 minus its place.
    """
    question, graph, options = desk.questions[target], desk.graphs[target], desk.options[target]
    person = int(options.person[option])
    if options.direct[option]:
        return (desk.seeker, person if person >= 0 else -1 - target)
    way, last = _way(graph, person)
    node = question.targets[last].node
    middle = [int(graph.nodes[one]) for one in way[:-1]]
    return (desk.seeker, *middle, node if node >= 0 else -1 - target)


def fallbacks_of(
    desk: Desk, problem: Problem, chosen: Chosen, target: int, asked: Collection[int]
) -> list[tuple[int, tuple[int, ...], tuple[int, ...], bool]]:
    """Return whom else to ask for a target, the best first.

    Parameters
    ----------
    desk, problem, chosen
        The plan.
    target
        The target.
    asked
        People who are being asked for it.

    Returns
    -------
    list
        Option, people of its best way, those of them between the ends whom the planned ways use
        too, and whether the plan asks the person for another target. First those whom the plan
        does not ask, of them first those who share nobody, each by what they gain.
    """
    everybody = desk.asked(target)
    mine = {everybody[option] for one, option in chosen if one == target} | set(asked)
    others = {desk.asked(one)[option] for one, option in chosen if one != target}
    used: set[int] = set()
    for one, option in chosen:
        if one == target:
            used.update(best_way(desk, target, option)[1:-1])
    gains = problem.after(target, problem.ranked(chosen).get(target, ()))[1]
    found = []
    for option in np.argsort(-gains, kind="stable")[:LOOKED_AT].tolist():
        who = everybody[option]
        open_ = problem.capacity[problem.person[target][option]] > 0
        if gains[option] <= 0 or who in mine or not open_:
            continue
        way = best_way(desk, target, option)
        shares = tuple(one for one in way[1:-1] if one in used)
        found.append((option, way, shares, who in others))
    found.sort(key=lambda one: (one[3], bool(one[2]), -gains[one[0]], one[0]))
    return found[:LISTED]
