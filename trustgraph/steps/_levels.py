"""Cutting out by whole arrays, level by level: what small graphs use, where no compiler runs."""

import numpy as np

from trustgraph._typing import Ints, LongInts
from trustgraph.engine.reliability_network import on_short_walk, simple_steps
from trustgraph.steps.question import Question
from trustgraph.steps.runs import runs
from trustgraph.steps.step_graph import DIRECT, LAST, StepGraph

__all__ = ["cut_by_arrays", "on_simple_paths", "only"]


def cut_by_arrays(question: Question, most: int) -> StepGraph:
    """Search level by level, whole levels at once: no compiler is needed."""
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
    return _on_short_walks(steps)


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
            steps = runs(index.out_start[front], forth)
            steps = steps[question.further(steps) > 0]
            front = np.setdiff1d(index.out_asked[steps], seen_front)
            seen_front = np.union1d(seen_front, front)
        else:
            places = runs(index.in_start[rear], back)
            places = places[question.further(index.in_step[places]) > 0]
            steps = index.in_step[places].astype(np.int64)
            rear = np.setdiff1d(index.in_asker[places], seen_rear)
            seen_rear = np.union1d(seen_rear, rear)
        met.append(steps)
    return np.unique(np.concatenate(met)) if met else np.zeros(0, np.int64)


def _local(known: LongInts, people: Ints | LongInts) -> LongInts:
    return np.searchsorted(known, people) + 1


def _on_short_walks(steps: StepGraph) -> StepGraph:
    """Keep the steps on short walks and sort them."""
    keep = steps.role == DIRECT
    keep[~keep] = on_short_walk(
        steps.tail[~keep], steps.head[~keep], steps.people, steps.max_intermediaries
    )
    order = np.lexsort((steps.target, steps.head, steps.tail))
    return only(steps, order[keep[order]])


def on_simple_paths(steps: StepGraph) -> LongInts:
    """Return the steps on simple paths; all steps are sorted."""
    direct = steps.role == DIRECT
    tail, head = steps.tail[~direct], steps.head[~direct]
    new = np.ones(len(tail), bool)
    new[1:] = (np.diff(tail) != 0) | (np.diff(head) != 0)
    simple = simple_steps(tail[new], head[new], steps.people, steps.max_intermediaries)
    keep = direct
    keep[~direct] = simple[np.cumsum(new) - 1]
    return np.flatnonzero(keep)


def only(steps: StepGraph, kept: LongInts) -> StepGraph:
    """Keep some steps in this order and renumber the people that are left."""
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
