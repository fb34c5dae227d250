"""The part of a graph that one question is about: the union of its admissible paths."""

from typing import Any, Final

import numpy as np

from trustgraph.engine import cutout, cutout_simple
from trustgraph.engine._compile import compiled
from trustgraph.graph.index import TrustIndex
from trustgraph.steps._levels import cut_by_arrays, on_simple_paths, only
from trustgraph.steps.question import Question
from trustgraph.steps.seed import is_whole
from trustgraph.steps.step_graph import DIRECT, FIRST, FURTHER, LAST, StepGraph

__all__ = [
    "DIRECT",
    "FIRST",
    "FURTHER",
    "LAST",
    "MOST_INTERMEDIARIES",
    "StepGraph",
    "admissible_subgraph",
    "check_max_intermediaries",
    "is_large",
    "short_walks",
]

MOST_INTERMEDIARIES: Final = 5
COMPILE_FROM_STEPS: Final = 500_000
"""Steps of a graph from which the compiled search pays for the start of the compiler."""


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
    if not is_whole(most) or not 0 <= most <= MOST_INTERMEDIARIES:
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
    graph is never read. Large graphs are searched by a compiled kernel.

    Examples
    --------
    >>> from trustgraph.steps import admissible_subgraph, ask_question
    >>> G = nx.DiGraph()
    >>> G.add_edge("bo", "ana", trust=0.8)
    >>> admissible_subgraph(ask_question(G, "ana", "bo")).role.tolist()
    [3]
    """
    most = check_max_intermediaries(max_intermediaries)
    walks = short_walks(question, most)
    if most <= 2:  # noqa: PLR2004 - so short a walk repeats nobody
        return walks
    if not is_large(question.index):
        return only(walks, on_simple_paths(walks))
    kernels = compiled(cutout_simple)
    return _step_graph(kernels.pruned(*_arrays(walks), most), most)


def is_large(index: TrustIndex) -> bool:
    """Return whether a graph is searched by compiled kernels.

    Parameters
    ----------
    index
        The graph.

    Returns
    -------
    bool
        Decided by the number of its steps.

    Examples
    --------
    >>> from trustgraph.steps.subgraph import is_large
    >>> is_large(tg.TrustIndex.from_graph(nx.DiGraph([("bo", "ana", {"trust": 0.8})])))
    False
    """
    return index.m >= COMPILE_FROM_STEPS


def short_walks(question: Question, most: int) -> StepGraph:
    """Return the union of the steps of all admissible walks, which may repeat somebody.

    Parameters
    ----------
    question
        The question.
    most
        Largest number of intermediaries on a walk, 0 to 5.

    Returns
    -------
    StepGraph
        The steps of `admissible_subgraph`, and from three intermediaries on perhaps more. They
        connect the seeker with a target in the same states.

    Examples
    --------
    >>> from trustgraph.steps.subgraph import short_walks
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
    >>> short_walks(tg.steps.ask_question(G, "ana", "cy"), 3).nodes.tolist()
    [0, 1, -1]
    """
    if not is_large(question.index):
        return cut_by_arrays(question, most)
    return _cut_by_kernel(question, most, compiled(cutout))


def _cut_by_kernel(question: Question, most: int, kernels: Any) -> StepGraph:
    """Search with the kernels of `trustgraph.engine.cutout`, compiled or plain."""
    index = question.index
    room = index.workspaces.take(1)
    found = kernels.cut(
        index.out_start,
        index.out_asked,
        question.passing.out,
        index.in_start,
        index.in_asker,
        index.in_step,
        question.passing.back,
        question.scale,
        question.barred,
        question.seeker,
        question.entry_asked,
        question.entry_factor,
        question.entry_step,
        question.exit_asker,
        question.exit_target,
        question.exit_factor,
        question.exit_step,
        question.direct_target,
        question.direct_factor,
        question.direct_step,
        most,
        room.rest.view(np.int8),
        room.front,
        room.touched,
    )
    index.workspaces.give_back(room)
    return _step_graph(found, most)


def _step_graph(arrays: tuple[Any, ...], most: int) -> StepGraph:
    """Return the arrays of a kernel by their names."""
    nodes, tail, head, chance, role, step, target = arrays
    return StepGraph(nodes, most, tail, head, chance, role, step, target)


def _arrays(steps: StepGraph) -> tuple[Any, ...]:
    """Return the arrays as the kernels take them."""
    ends = (steps.nodes, steps.tail, steps.head)
    return (*ends, steps.probability, steps.role, steps.step, steps.target)
