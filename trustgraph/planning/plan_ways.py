"""The best way on from somebody who says yes, for telling it."""

import numpy as np

from trustgraph._typing import Floats, LongInts
from trustgraph.planning.plan_desk import Desk
from trustgraph.steps.step_graph import FURTHER, LAST, StepGraph

__all__ = ["best_way", "between"]


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


def between(way: tuple[int, ...]) -> tuple[int, ...]:
    """Return the intermediaries of a way behind the first one."""
    return way[2:-1]
