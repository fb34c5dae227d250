"""Many questions on arrays: which kernel answers them, in which twin, with which room."""

from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np

from trustgraph._typing import Bools, Bytes, Floats, Ints, LongInts, Singles
from trustgraph.engine import one_to_many, pairs, reach
from trustgraph.engine._compile import twin
from trustgraph.engine.paths import COMPILE_FROM_STEPS, levels_of
from trustgraph.engine.workspace import Workspaces

__all__ = [
    "Goals",
    "Ground",
    "Labels",
    "Rows",
    "best_from_one",
    "best_of_pairs",
    "is_worth",
    "labels_from",
    "reach_everyone",
    "spread_work",
]

WORTH = 2_000_000
"""Steps to read from which compiled kernels pay, however small the graph."""
NO_LIMIT = np.iinfo(np.int64).max
UNFLAGGED = np.zeros(1, np.bool_)


@dataclass(frozen=True, eq=False)
class Ground:
    """What all questions share: the steps and their factors between intermediaries.

    Attributes
    ----------
    out_start, out_asked, passing
        Steps by asker (CSR); the factor of a step is ``passing * kappa`` where it is the first,
        ``passing * scale`` between intermediaries.
    in_start, in_asker, in_step, back
        The same steps by asked person; ``back`` is `passing`, rounded up.
    scale, kappa
        See `passing`; in [0, 1].
    inferred
        Flag of each step; read only if a flag is needed.
    workspaces
        Workspaces for as many people as there are.
    """

    out_start: LongInts
    out_asked: Ints
    passing: Floats
    in_start: LongInts
    in_asker: Ints
    in_step: Ints
    back: Singles
    scale: float
    kappa: float
    inferred: Bools
    workspaces: Workspaces

    @property
    def n(self) -> int:
        """Number of people."""
        return len(self.out_start) - 1

    @property
    def m(self) -> int:
        """Number of steps."""
        return len(self.out_asked)


@dataclass(frozen=True, eq=False)
class Goals:
    """Last steps of many questions; a goal is a person, several people or nobody in the graph.

    Attributes
    ----------
    start
        The last steps of goal g are number ``start[g]`` to ``start[g + 1]``, sorted by asker,
        then target.
    asker, target, factor, flag
        Who asks, for which of the targets of the goal, its factor, whether it is flagged.
    direct
        Score of the step where the seeker takes it as the only one.
    barred_start, barred
        People who are targets of the goal, sorted.
    """

    start: LongInts
    asker: Ints
    target: Ints
    factor: Floats
    flag: Bools
    direct: Floats
    barred_start: LongInts
    barred: LongInts

    def __len__(self) -> int:
        """Return the number of goals."""
        return len(self.start) - 1


@dataclass(frozen=True, eq=False)
class Rows:
    """The best paths of many questions: row i of each array belongs to question i.

    Attributes
    ----------
    found
        How many paths there are, at most k; -1 where only a search of its own can tell.
    scores, ranks, lengths, targets
        Of each path, shape (questions, k), in order; ``targets`` numbers those of the goal.
    people
        Its intermediaries, ``lengths`` of them, shape (questions, k, most).
    """

    found: LongInts
    scores: Floats
    ranks: Ints
    lengths: Ints
    targets: Ints
    people: Ints

    @classmethod
    def empty(cls, questions: int, *, k: int, most: int) -> "Rows":
        """Return room for so many questions."""
        return cls(
            found=np.zeros(questions, np.int64),
            scores=np.zeros((questions, k)),
            ranks=np.zeros((questions, k), np.int32),
            lengths=np.zeros((questions, k), np.int32),
            targets=np.zeros((questions, k), np.int32),
            people=np.zeros((questions, k, max(most, 1)), np.int32),
        )


@dataclass(frozen=True, eq=False)
class Labels:
    """Records of `trustgraph.engine.reach.spread` from one seeker.

    Attributes
    ----------
    seeker, most
        From whom, within how many intermediaries.
    number
        How many records there are.
    complete
        Whether the limit of work was not reached; else not everybody has a label.
    best, slot
        By person: best product with them as the last intermediary, 1 + number of its record.
    person, value, parent, earlier, level, doubt
        By record.
    """

    seeker: int
    most: int
    number: int
    complete: bool
    best: Floats
    slot: Ints
    person: Ints
    value: Floats
    parent: Ints
    earlier: Ints
    level: Bytes
    doubt: Bools

    @property
    def records(self) -> tuple[Any, ...]:
        """The arrays that tell the paths, as the kernels take them."""
        return (
            self.slot,
            self.person,
            self.value,
            self.parent,
            self.earlier,
            self.level,
            self.doubt,
        )

    def way(self, person: int) -> tuple[int, ...]:
        """Return the people on the best path with this last intermediary; empty without one."""
        way = []
        at = int(self.slot[person]) - 1
        while at >= 0:
            way.append(int(self.person[at]))
            at = int(self.parent[at])
        return tuple(reversed(way))


def _twin(module: ModuleType, *, compiled: bool) -> Any:
    return twin(module, work=float(compiled), worth=1.0)


def is_worth(ground: Ground, work: float) -> bool:
    """Return whether compiled kernels pay: on large graphs, and for so many steps to read."""
    return ground.m >= COMPILE_FROM_STEPS or work >= WORTH


def spread_work(ground: Ground, most: int) -> int:
    """Return an upper bound of the steps that labelling reads."""
    return ground.m * max(most - 1, 0)


def labels_from(
    ground: Ground, seeker: int, *, most: int, limit: int = NO_LIMIT, compiled: bool | None = None
) -> Labels:
    """Return the best path from a seeker to everybody as the last intermediary.

    Parameters
    ----------
    ground
        The steps.
    seeker
        Who asks first.
    most
        Largest number of intermediaries.
    limit
        Steps that may be read.
    compiled
        Whether to use the compiled twin; default: by the size of the graph.

    Returns
    -------
    Labels
        The records.
    """
    if compiled is None:
        compiled = is_worth(ground, spread_work(ground, most))
    room = max(most, 1) * ground.n
    best, slot = np.zeros(ground.n), np.zeros(ground.n, np.int32)
    columns = (
        np.empty(room, np.int32),
        np.empty(room),
        np.empty(room, np.int32),
        np.empty(room, np.int32),
        np.empty(room, np.uint8),
        np.empty(room, np.bool_),
    )
    counts = np.zeros(2, np.int64)
    number = _twin(reach, compiled=compiled).spread(
        ground.out_start,
        ground.out_asked,
        ground.passing,
        ground.scale,
        ground.kappa,
        seeker,
        most,
        limit,
        best,
        slot,
        *columns,
        counts,
    )
    return Labels(seeker, most, int(number), not counts[1], best, slot, *columns)


def best_from_one(labels: Labels, goals: Goals, *, compiled: bool) -> Rows:
    """Return the best path from the seeker of some labels to each goal.

    Parameters
    ----------
    labels
        Complete labels.
    goals
        The goals; the seeker is a target of none.
    compiled
        Whether to use the compiled twin.

    Returns
    -------
    Rows
        One row a goal; ``found`` is -1 where the labels do not decide.
    """
    rows = Rows.empty(len(goals), k=1, most=labels.most)
    state = np.zeros(len(goals), np.uint8)
    _twin(one_to_many, compiled=compiled).pick(
        labels.seeker,
        goals.start,
        goals.asker,
        goals.target,
        goals.factor,
        goals.direct,
        goals.barred_start,
        goals.barred,
        *labels.records,
        state,
        rows.scores[:, 0],
        rows.lengths[:, 0],
        rows.targets[:, 0],
        rows.people[:, 0],
    )
    rows.found[:] = np.array([0, 1, -1])[state]
    rows.ranks[:] = 1
    return rows


def best_of_pairs(
    ground: Ground,
    goals: Goals,
    start: LongInts,
    seekers: Ints,
    *,
    k: int,
    most: int,
    need_flag: bool = False,
    compiled: bool,
) -> Rows:
    """Return the k best paths of many pairs, each found by a search of its own.

    Parameters
    ----------
    ground
        The steps.
    goals
        Where to; the seekers of goal g are ``seekers[start[g]:start[g + 1]]``, none of them a
        target of it.
    start, seekers
        See `goals`.
    k, most
        How many paths, with how many intermediaries at most.
    need_flag
        Whether only paths with a flagged step count.
    compiled
        Whether to use the compiled twin.

    Returns
    -------
    Rows
        One row a pair, in the order of `seekers`.
    """
    rows = Rows.empty(len(seekers), k=k, most=most)
    room = ground.workspaces.take(levels_of(most))
    _twin(pairs, compiled=compiled).introduce(
        ground.out_start,
        ground.out_asked,
        ground.passing,
        ground.scale,
        ground.kappa,
        ground.inferred if need_flag else UNFLAGGED,
        ground.in_start,
        ground.in_asker,
        ground.in_step,
        ground.back,
        goals.start,
        goals.asker,
        goals.target,
        goals.factor,
        goals.flag,
        goals.direct,
        goals.barred_start,
        goals.barred,
        start,
        seekers,
        most,
        k,
        need_flag,
        room.rest,
        room.marks,
        room.exit_at,
        room.touched,
        room.front,
        rows.found,
        rows.scores,
        rows.ranks,
        rows.lengths,
        rows.targets,
        rows.people,
    )
    ground.workspaces.give_back(room)
    return rows


def reach_everyone(
    ground: Ground, labels: Labels, *, trust: Floats, observed: Bools, direct: Floats
) -> tuple[Floats, Bytes, LongInts]:
    """Return the best score and the number of intermediaries of everybody as a target.

    Parameters
    ----------
    ground
        The steps.
    labels
        Complete labels of the seeker.
    trust
        Factor of each step as a last one.
    observed
        Whether each step counts as a last one; empty if all do.
    direct
        Score of each of the seeker's own steps as the only one.

    Returns
    -------
    scores, intermediaries, doubtful
        By person, 0 where there is no path; and who needs a search of their own.
    """
    scores, between = np.zeros(ground.n), np.zeros(ground.n, np.uint8)
    compiled = is_worth(ground, spread_work(ground, labels.most + 1))
    doubtful = _twin(reach, compiled=compiled).everyone(
        ground.out_start,
        ground.out_asked,
        trust,
        observed,
        labels.seeker,
        direct,
        labels.number,
        *labels.records,
        scores,
        between,
    )
    return scores, between & np.uint8(reach.DOUBTFUL - 1), doubtful
