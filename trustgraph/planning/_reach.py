"""Where an ask leads once the first person has said yes: drawn states of everything behind them."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from trustgraph._typing import Bools, Floats, LongInts, Words
from trustgraph.engine.reliability_sampling import open_words
from trustgraph.steps.question import Question
from trustgraph.steps.step_graph import DIRECT, FIRST, FURTHER, LAST, StepGraph

__all__ = ["Behind", "Options", "draw_behind", "options_of", "reached_from"]

WORD: Final = 64
FULL: Final = np.uint64(0xFFFF_FFFF_FFFF_FFFF)
MOST_STATES: Final = 2048
"""States up to which all of them are gone through, and none is drawn."""


@dataclass(frozen=True, eq=False)
class Behind:
    """The states of all steps of one target that are not the seeker's own.

    Attributes
    ----------
    open
        Whether each step works in each state, 64 states a word, shape (steps, words).
    weight
        Share of each state, shape (states,); sums to 1.
    exact
        Whether these are all states there are, and not drawn ones.
    """

    open: Words
    weight: Floats
    exact: bool


@dataclass(frozen=True, eq=False)
class Options:
    """Whom the seeker may ask for one target, the most promising first.

    Attributes
    ----------
    person
        Number of each in the index; -1 for a target that is in no graph and is asked itself.
    chance
        Chance that the ask works at the first step: answered, endorsed, believed; in [0, 1].
    tie
        Number of the step from the seeker to them, -1 where it is assumed.
    direct
        Whether they are the target themselves.
    reach
        Whether the target is reached from them in each state, shape (options, states).
    weight
        Share of each state, shape (states,).
    exact
        Whether the states are all there are.
    """

    person: LongInts
    chance: Floats
    tie: LongInts
    direct: Bools
    reach: Bools
    weight: Floats
    exact: bool

    def __len__(self) -> int:
        """Return the number of people who may be asked."""
        return len(self.person)


def draw_behind(
    graphs: list[StepGraph], states: int, rng: np.random.Generator, *, exactly: bool = True
) -> list[Behind]:
    """Return the states of the steps behind the first ones, for every target.

    Steps of the seeker are always open here. A step between two intermediaries is one and the
    same for all targets to which it has the same factor, so it is drawn once; a last step is
    drawn for its target. Targets with few uncertain steps get all their states with their
    shares.

    Complexity: O(distinct steps x states / 64) words and about two random digits each.
    """
    words = -(-states // WORD)
    unsure = [_unsure(graph) for graph in graphs]
    sampled = [
        place
        for place, where in enumerate(unsure)
        if not exactly or len(where) > np.log2(MOST_STATES)
    ]
    rows = _drawn_rows([(graphs[one], unsure[one]) for one in sampled], words, rng)
    found = []
    for place, graph in enumerate(graphs):
        if place in sampled:
            open_ = np.full((len(graph.tail), words), FULL)
            open_[unsure[place]] = rows[sampled.index(place)]
            weight = np.full(words * WORD, 1.0 / (words * WORD))
            found.append(Behind(open_, weight, exact=False))
        else:
            found.append(_all_states(graph, unsure[place]))
    return found


def _unsure(graph: StepGraph) -> LongInts:
    """Return the steps that are not the seeker's and may fail."""
    own = np.isin(graph.role, (FIRST, DIRECT))
    return np.flatnonzero(~own & (graph.probability < 1.0))


def _drawn_rows(
    parts: list[tuple[StepGraph, LongInts]], words: int, rng: np.random.Generator
) -> list[Words]:
    """Draw the rows of all targets together, those of shared steps once."""
    if not parts:
        return []
    keys = []
    for place, (graph, where) in enumerate(parts):
        shared = graph.role[where] == FURTHER
        alone = np.where(shared, -1, place)
        number = np.where(shared, graph.step[where], where)
        keys.append(np.column_stack([alone, number, graph.probability[where]]))
    distinct, back = np.unique(np.concatenate(keys), axis=0, return_inverse=True)
    rows = open_words(np.ascontiguousarray(distinct[:, 2]), words, rng)
    ends = np.cumsum([len(key) for key in keys])
    return [rows[part] for part in np.split(back.ravel(), ends[:-1])]


def _all_states(graph: StepGraph, unsure: LongInts) -> Behind:
    """Return every state of a few steps with its share."""
    count = 1 << len(unsure)
    bits = (np.arange(count)[:, None] >> np.arange(len(unsure))) & 1 == 1
    chance = graph.probability[unsure]
    weight = np.where(bits, chance, 1.0 - chance).prod(axis=1)
    words = -(-count // WORD)
    open_ = np.full((len(graph.tail), words), FULL)
    open_[unsure] = _packed(bits.T, words)
    return Behind(open_, weight, exact=True)


def _packed(bits: Bools, words: int) -> Words:
    """Pack rows of truth values, the first in the lowest bit of the first word."""
    rows = np.zeros((len(bits), words * WORD), bool)
    rows[:, : bits.shape[1]] = bits
    packed = np.packbits(rows, axis=1, bitorder="little")
    return np.ascontiguousarray(packed).view("<u8").astype(np.uint64)


def reached_from(graph: StepGraph, open_: Words) -> Words:
    """Return in which states the target is reached from each intermediary.

    Parameters
    ----------
    graph
        The admissible steps of one target.
    open_
        Whether each step works, shape (steps, words).

    Returns
    -------
    numpy.ndarray
        Shape (people + 2, words), by local number; within the limit on path length, of which
        each intermediary is the first.

    Notes
    -----
    A walk that passes somebody twice holds a shorter one that does not, so it is enough to look
    at walks; none returns to the seeker, to whom no step leads. Complexity: O(max_intermediaries
    x steps x words).
    """
    size = len(graph.nodes)
    reach = np.zeros((size, open_.shape[1]), np.uint64)
    reach[-1] = FULL
    used = np.flatnonzero((graph.role == FURTHER) | (graph.role == LAST))
    if not len(used):
        return reach
    tail, head, works = graph.tail[used], graph.head[used], open_[used]
    first = np.flatnonzero(np.diff(tail, prepend=-1))
    for _ in range(graph.max_intermediaries):
        reach[tail[first]] = np.bitwise_or.reduceat(works & reach[head], first, axis=0)
        reach[-1] = FULL
    return reach


def options_of(question: Question, graph: StepGraph, behind: Behind) -> Options:
    """Return whom the seeker may ask for the target of a question, the most promising first."""
    states = len(behind.weight)
    reach = reached_from(graph, behind.open)
    first, direct = (np.flatnonzero(graph.role == role) for role in (FIRST, DIRECT))
    rows = np.vstack([reach[graph.head[first]], np.full((len(direct), reach.shape[1]), FULL)])
    bits = np.unpackbits(rows.astype("<u8").view(np.uint8), axis=1, bitorder="little")
    leads = bits[:, :states].astype(bool)
    asked = np.array([target.node for target in question.targets], dtype=np.int64)
    person = np.concatenate([graph.nodes[graph.head[first]], asked[graph.target[direct]]])
    chance = graph.probability[np.concatenate([first, direct])]
    useful = np.flatnonzero(leads.any(axis=1) & (chance > 0))
    order = useful[np.lexsort((person[useful], -chance[useful] * (leads[useful] @ behind.weight)))]
    return Options(
        person=person[order].astype(np.int64),
        chance=chance[order],
        tie=graph.step[np.concatenate([first, direct])][order].astype(np.int64),
        direct=np.arange(len(chance))[order] >= len(first),
        reach=leads[order],
        weight=behind.weight,
        exact=behind.exact,
    )
