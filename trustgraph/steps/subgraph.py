"""The part of a graph that one question is about: the union of its admissible paths."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from trustgraph._typing import Bools, Floats, Ints, LongInts
from trustgraph.engine.reliability_network import (
    TwoTerminal,
    on_short_walk,
    simple_steps,
    two_terminal,
)
from trustgraph.steps.question import Question

__all__ = [
    "DIRECT",
    "FIRST",
    "FURTHER",
    "LAST",
    "MOST_INTERMEDIARIES",
    "StepGraph",
    "admissible_subgraph",
    "check_max_intermediaries",
]

MOST_INTERMEDIARIES: Final = 5
FIRST, FURTHER, LAST, DIRECT = range(4)
"""Roles of a step."""


@dataclass(frozen=True, eq=False)
class StepGraph:
    """The steps of all admissible simple paths of one question, in local numbers.

    Local number 0 is the seeker, 1 … ``people`` are the intermediaries in the order of the index,
    ``people + 1`` is the sink, in which all targets are one. Steps are sorted by tail, head and
    target; a step to each target is a step of its own.

    Attributes
    ----------
    nodes
        Number in the index of each local number; -1 for the sink.
    max_intermediaries
        Largest number of intermediaries on a path.
    tail, head
        Asker and asked person of each step, in local numbers.
    probability
        Chance that the step works, in (0, 1].
    role
        What the step is: 0 first, 1 further, 2 last, 3 direct.
    step
        Number of the step in the index; -1 where it is assumed.
    target
        Number of the target in the question for last and direct steps, else -1.

    Examples
    --------
    >>> from trustgraph.steps import admissible_subgraph, ask_question
    >>> G = nx.DiGraph()
    >>> G.add_edge("bo", "ana", trust=0.8)
    >>> G.add_edge("cy", "bo", trust=0.5)
    >>> steps = admissible_subgraph(ask_question(G, "ana", "cy"))
    >>> steps.tail.tolist(), steps.head.tolist(), steps.probability.tolist()
    ([0, 1], [1, 2], [0.8, 0.5])
    """

    nodes: Ints
    max_intermediaries: int
    tail: Ints
    head: Ints
    probability: Floats
    role: Ints
    step: LongInts
    target: Ints

    @property
    def people(self) -> int:
        """Number of intermediaries."""
        return len(self.nodes) - 2

    def network(self) -> TwoTerminal:
        """Return the same as a network with at most one step a pair.

        Returns
        -------
        TwoTerminal
            Several last steps of one person count as one, which works if any of them does; the
            direct steps become the chance ``direct``.
        """
        direct = self.role == DIRECT
        tail, head = self.tail[~direct], self.head[~direct]
        new = np.ones(len(tail), bool)
        new[1:] = (np.diff(tail) != 0) | (np.diff(head) != 0)
        chance = _any_of(self.probability[~direct], np.flatnonzero(new))
        return two_terminal(
            tail[new],
            head[new],
            chance,
            self.people,
            self.max_intermediaries,
            direct=float(_any_of(self.probability[direct], np.zeros(1, np.int64)).sum()),
        )


def _any_of(chance: Floats, first: LongInts) -> Floats:
    """Return the chance that any of the steps of each run works; runs begin at ``first``."""
    if not len(chance):
        return np.zeros(0)
    alone = np.diff([*first, len(chance)]) == 1
    return np.where(alone, chance[first], 1.0 - np.multiply.reduceat(1.0 - chance, first))


def check_max_intermediaries(most: int) -> int:
    """Return the number if it is allowed.

    Parameters
    ----------
    most
        Largest number of intermediaries on a path.

    Returns
    -------
    int
        The same number.

    Raises
    ------
    ValueError
        If it is not a whole number from 0 to 5.

    Examples
    --------
    >>> from trustgraph.steps.subgraph import check_max_intermediaries
    >>> check_max_intermediaries(3)
    3
    """
    if isinstance(most, bool) or most not in range(MOST_INTERMEDIARIES + 1):
        message = (
            f"max_intermediaries is {most!r}, it must be a whole number from 0 (direct ties only) "
            f"to {MOST_INTERMEDIARIES}"
        )
        raise ValueError(message)
    return int(most)


def admissible_subgraph(question: Question, max_intermediaries: int = 3) -> StepGraph:
    """Return the union of the steps of all admissible simple paths.

    Parameters
    ----------
    question
        The question.
    max_intermediaries
        Largest number of intermediaries on a path, 0 to 5.

    Returns
    -------
    StepGraph
        Exactly the steps that stand on some simple path from the seeker to a target whose
        factors are all positive; empty if there is no such path.

    Raises
    ------
    ValueError
        If ``max_intermediaries`` is out of range.

    Notes
    -----
    The search grows from the seeker and from the targets, always on the side that has fewer steps
    to look at, until both together have gone ``max_intermediaries - 1`` steps; the rest of the
    graph is never read.

    Examples
    --------
    >>> from trustgraph.steps import admissible_subgraph, ask_question
    >>> G = nx.DiGraph()
    >>> G.add_edge("bo", "ana", trust=0.8)
    >>> admissible_subgraph(ask_question(G, "ana", "bo")).role.tolist()
    [3]
    """
    most = check_max_intermediaries(max_intermediaries)
    entry = np.flatnonzero(question.entry_factor > 0) if most else np.zeros(0, np.int64)
    leave = np.flatnonzero(question.exit_factor > 0) if most else np.zeros(0, np.int64)
    inner = _inner_steps(question, question.entry_asked[entry], question.exit_asker[leave], most)
    asker = question.index.asker_of(inner)
    asked = question.index.out_asked[inner]
    known = np.unique(
        np.concatenate([question.entry_asked[entry], question.exit_asker[leave], asker, asked])
    )
    first = _local(known, question.entry_asked[entry])
    last = _local(known, question.exit_asker[leave])
    sink = len(known) + 1
    direct = np.flatnonzero(question.direct_factor > 0)
    blocks = (
        (np.zeros(len(entry)), first, question.entry_factor[entry], question.entry_step[entry]),
        (_local(known, asker), _local(known, asked), question.further(inner), inner),
        (last, np.full(len(leave), sink), question.exit_factor[leave], question.exit_step[leave]),
        (
            np.zeros(len(direct)),
            np.full(len(direct), sink),
            question.direct_factor[direct],
            question.direct_step[direct],
        ),
    )
    tail, head, probability, step = (np.concatenate(column) for column in zip(*blocks, strict=True))
    role = np.repeat(np.arange(4), [len(block[0]) for block in blocks])
    target = np.full(len(role), -1)
    target[role == LAST] = question.exit_target[leave]
    target[role == DIRECT] = question.direct_target[direct]
    steps = StepGraph(
        nodes=np.concatenate([[question.seeker], known, [-1]]).astype(np.int32),
        max_intermediaries=most,
        tail=tail.astype(np.int32),
        head=head.astype(np.int32),
        probability=probability.astype(np.float64),
        role=role.astype(np.int32),
        step=step.astype(np.int64),
        target=target.astype(np.int32),
    )
    return _pruned(steps)


def _inner_steps(question: Question, entries: Ints, exits: Ints, most: int) -> LongInts:
    """Return all steps that may stand between intermediaries of an admissible path, and others.

    On a path x1 … xn (n <= most) the step from xi is met by the search from the seeker if that
    went at least i steps, else by the search from the targets: together they go most - 1 steps.
    """
    index = question.index
    front, rear = np.unique(entries), np.unique(exits)
    seen_front, seen_rear = front, rear
    met: list[LongInts] = []
    for _ in range(most - 1):
        forth = index.out_start[front + 1] - index.out_start[front]
        back = index.in_start[rear + 1] - index.in_start[rear]
        if forth.sum() <= back.sum():
            steps = _runs(index.out_start[front], forth)
            steps = steps[question.further(steps) > 0]
            front = np.setdiff1d(index.out_asked[steps], seen_front)
            seen_front = np.union1d(seen_front, front)
        else:
            places = _runs(index.in_start[rear], back)
            places = places[question.further(index.in_step[places]) > 0]
            steps = index.in_step[places].astype(np.int64)
            rear = np.setdiff1d(index.in_asker[places], seen_rear)
            seen_rear = np.union1d(seen_rear, rear)
        met.append(steps)
    return np.unique(np.concatenate(met)) if met else np.zeros(0, np.int64)


def _runs(first: LongInts, length: LongInts) -> LongInts:
    """Return first[0], first[0] + 1, … (length[0] numbers), then those of the next run."""
    offset = np.cumsum(length) - length
    return np.repeat(first - offset, length) + np.arange(length.sum())


def _local(known: LongInts, people: Ints | LongInts) -> LongInts:
    return np.searchsorted(known, people) + 1


def _pruned(steps: StepGraph) -> StepGraph:
    """Keep the steps on simple paths, sort them, and renumber the people that are left."""
    direct = np.flatnonzero(steps.role == DIRECT)
    others = np.flatnonzero(steps.role != DIRECT)
    walk = on_short_walk(
        steps.tail[others], steps.head[others], steps.people, steps.max_intermediaries
    )
    others = others[walk]
    others = others[np.lexsort((steps.target[others], steps.head[others], steps.tail[others]))]
    others = others[_on_simple_paths(steps, others)]
    kept = np.concatenate([others, direct[np.argsort(steps.target[direct], kind="stable")]])
    order = np.lexsort((steps.target[kept], steps.head[kept], steps.tail[kept]))
    kept = kept[order]
    people = np.unique(steps.tail[kept])
    people = people[people > 0]
    renumber = np.zeros(len(steps.nodes), np.int32)
    renumber[people] = np.arange(1, len(people) + 1)
    renumber[-1] = len(people) + 1
    return StepGraph(
        nodes=steps.nodes[np.concatenate([[0], people, [steps.people + 1]])],
        max_intermediaries=steps.max_intermediaries,
        tail=renumber[steps.tail[kept]],
        head=renumber[steps.head[kept]],
        probability=steps.probability[kept],
        role=steps.role[kept],
        step=steps.step[kept],
        target=steps.target[kept],
    )


def _on_simple_paths(steps: StepGraph, chosen: LongInts) -> Bools:
    """Whether each of the chosen steps, sorted, stands on a simple path."""
    tail, head = steps.tail[chosen], steps.head[chosen]
    new = np.ones(len(chosen), bool)
    new[1:] = (np.diff(tail) != 0) | (np.diff(head) != 0)
    pair = np.cumsum(new) - 1
    simple = simple_steps(tail[new], head[new], steps.people, steps.max_intermediaries)
    kept: Bools = simple[pair]
    return kept
