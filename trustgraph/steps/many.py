"""Many questions between two ids on one index: what they share, and the last steps to each target.

The factors are those of `ask_question` for an ask of clarity 1 without an incentive.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from trustgraph._typing import Floats, Ints, LongInts
from trustgraph.engine.batches import Goals, Ground
from trustgraph.graph.index import TrustIndex
from trustgraph.models.ask import Ask, Organisation, Prospect
from trustgraph.steps.question import Question, ask_question
from trustgraph.steps.runs import runs
from trustgraph.steps.told import told
from trustgraph.trust.model import TrustModel

__all__ = ["Goal", "goals_at", "ground_of", "last_steps", "virtual_goals"]


@dataclass(frozen=True)
class Goal:
    """What a path is to lead to: people of the graph, or somebody or something outside of it.

    Attributes
    ----------
    name
        Id of the person, or name of the organisation or prospect.
    nodes
        Numbers of the people, sorted; empty if the goal is outside.
    ids
        Their ids, or the one id of the goal outside.
    askers, factors
        Whose last step to the goal outside is assumed, sorted, and its factor.
    direct
        Score of the step straight to it, by seeker.

    Examples
    --------
    >>> from trustgraph.steps.many import Goal
    >>> Goal("bo", nodes=(1,), ids=("bo",)).direct
    {}
    """

    name: Any
    nodes: tuple[int, ...] = ()
    ids: tuple[Any, ...] = ()
    askers: tuple[int, ...] = ()
    factors: tuple[float, ...] = ()
    direct: dict[int, float] = field(default_factory=dict)


def ground_of(index: TrustIndex, model: TrustModel, *, observed_only: bool) -> Ground:
    """Return the steps that all questions share.

    Parameters
    ----------
    index
        The graph.
    model
        The trust model in force.
    observed_only
        Whether to leave out inferred ties.

    Returns
    -------
    Ground
        As the engine takes it.

    Examples
    --------
    >>> from trustgraph.steps.many import ground_of
    >>> index = tg.TrustIndex.from_graph(nx.DiGraph([("bo", "ana", {"trust": 0.8})]))
    >>> ground_of(index, tg.TrustModel(), observed_only=True).passing.tolist()
    [0.8]
    """
    passing = index.passing(
        purpose="vouch",
        min_willingness=model.gate.min_willingness,
        observed_only=observed_only,
        spare=True,
    )
    kappa = model.clarity.kappa(1.0)
    return Ground(
        out_start=index.out_start,
        out_asked=index.out_asked,
        passing=passing.out,
        in_start=index.in_start,
        in_asker=index.in_asker,
        in_step=index.in_step,
        back=passing.back,
        scale=kappa * model.paths.retention,
        kappa=kappa,
        inferred=index.inferred,
        workspaces=index.workspaces,
    )


def last_steps(index: TrustIndex, *, observed_only: bool, step: Ints | LongInts) -> Floats:
    """Return the factors of some steps as last ones; 0 where a tie may not be used.

    Parameters
    ----------
    index
        The graph.
    observed_only
        Whether to leave out inferred ties.
    step
        Numbers of steps.

    Returns
    -------
    numpy.ndarray
        In [0, 1].

    Examples
    --------
    >>> from trustgraph.steps.many import last_steps
    >>> index = tg.TrustIndex.from_graph(nx.DiGraph([("bo", "ana", {"trust": 0.8})]))
    >>> last_steps(index, observed_only=True, step=np.array([0])).tolist()
    [0.8]
    """
    factor = index.trust[step]
    if observed_only and not index.all_observed:
        factor = np.where(index.observed[step], factor, 0.0)
    return factor


def goals_at(
    index: TrustIndex,
    goals: Sequence[Goal],
    seekers: Iterable[int],
    *,
    kappa: float,
    observed_only: bool,
) -> Goals:
    """Return the last steps to some goals.

    Parameters
    ----------
    index
        The graph.
    goals
        The goals.
    seekers
        Who may go straight to them.
    kappa
        Chance that the ask is understood.
    observed_only
        Whether to leave out inferred ties.

    Returns
    -------
    Goals
        As the engine takes it.

    Examples
    --------
    >>> from trustgraph.steps.many import Goal, goals_at
    >>> index = tg.TrustIndex.from_graph(nx.DiGraph([("bo", "ana", {"trust": 0.8})]))
    >>> bo = [Goal("bo", nodes=(1,), ids=("bo",))]
    >>> goals_at(index, bo, [0], kappa=1.0, observed_only=True).direct.tolist()
    [0.8]
    """
    nodes = np.array([node for goal in goals for node in goal.nodes], dtype=np.int64)
    sizes = np.array([len(goal.nodes) for goal in goals], dtype=np.int64)
    barred_start = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    owner = np.repeat(np.arange(len(goals)), sizes)
    local = np.arange(len(nodes)) - barred_start[owner]
    lengths = index.in_start[nodes + 1] - index.in_start[nodes]
    place = np.repeat(np.arange(len(nodes)), lengths)
    into = runs(index.in_start[nodes], lengths)
    step = index.in_step[into]
    asker = index.in_asker[into]
    factor = last_steps(index, observed_only=observed_only, step=step)
    goal, target = owner[place], local[place].astype(np.int32)
    flag = np.zeros(len(step), bool)
    if not (observed_only or index.all_observed):
        flag = ~index.observed[step]
    direct = np.zeros(len(step))
    is_seeker = np.zeros(index.n, bool)
    is_seeker[list(seekers)] = True
    own = np.flatnonzero(is_seeker[asker])
    direct[own] = told(index, "response", step[own]) * kappa * factor[own]
    keep: Any = factor > 0
    if len(nodes) > len(goals) or (sizes != 1).any():
        keep &= ~_among_targets(goals, goal, asker)
        outside = [
            (g, one, value, there.direct.get(one, 0.0))
            for g, there in enumerate(goals)
            for one, value in _assumed(there)
        ]
        columns = tuple(zip(*outside, strict=True)) if outside else ((), (), (), ())
        goal = np.concatenate([goal[keep], np.array(columns[0], np.int64)])
        asker = np.concatenate([asker[keep], np.array(columns[1], np.int32)])
        factor = np.concatenate([factor[keep], np.array(columns[2], np.float64)])
        direct = np.concatenate([direct[keep], np.array(columns[3], np.float64)])
        target = np.concatenate([target[keep], np.zeros(len(outside), np.int32)])
        flag = np.concatenate([flag[keep], np.zeros(len(outside), bool)])
        keep = np.lexsort((target, asker, goal))
    goal = goal[keep]
    return Goals(
        start=np.searchsorted(goal, np.arange(len(goals) + 1)).astype(np.int64),
        asker=asker[keep],
        target=target[keep],
        factor=factor[keep],
        flag=flag[keep],
        direct=direct[keep],
        barred_start=barred_start,
        barred=nodes,
    )


def _among_targets(goals: Sequence[Goal], goal: LongInts, asker: Ints) -> Any:
    """Whether each step is asked by another target of the same goal."""
    among = np.zeros(len(goal), bool)
    for g, there in enumerate(goals):
        if len(there.nodes) > 1:
            own = slice(*np.searchsorted(goal, [g, g + 1]))
            among[own] = np.isin(asker[own], np.array(there.nodes))
    return among


def _assumed(goal: Goal) -> list[tuple[int, float]]:
    known = dict(zip(goal.askers, goal.factors, strict=True))
    return [(one, known.get(one, 0.0)) for one in sorted({*known, *goal.direct})]


def virtual_goals(
    index: TrustIndex,
    target: Organisation | Prospect,
    seekers: Sequence[int],
    *,
    model: TrustModel,
) -> dict[int, Goal]:
    """Return the goal that an organisation or a prospect is for each of some seekers.

    Parameters
    ----------
    index
        The graph.
    target
        The organisation or prospect.
    seekers
        Numbers of the seekers, at least one.
    model
        The trust model in force.

    Returns
    -------
    dict
        Seeker -> goal; the same object for all but those who stand there themselves.

    Examples
    --------
    >>> from trustgraph.steps.many import virtual_goals
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8})])
    >>> G.nodes["bo"]["organisation"] = "Acme"
    >>> index = tg.TrustIndex.from_graph(G)
    >>> goals = virtual_goals(index, tg.Organisation("Acme"), [0], model=tg.TrustModel())
    >>> goals[0].askers
    (1,)
    """
    role = target.role if isinstance(target, Organisation) else ""
    name = f"{target.name} ({role})" if role else target.name

    def asked(seeker: int) -> Question:
        ask = Ask(seeker=str(index.labels[seeker]), target=target, clarity=1.0)
        return ask_question(index, ask, model=model)

    odd: set[int] = set()
    if role:
        # A holder of the role who asks is no target: two questions together know all holders.
        holders = {one.node for seeker in seekers[:2] for one in asked(seeker).targets}
        odd = holders.intersection(seekers)
    elif isinstance(target, Prospect):
        odd = set(asked(seekers[0]).insiders).intersection(seekers)
    goals = {seeker: _goal_of(asked(seeker), name) for seeker in odd}
    usual = [seeker for seeker in seekers if seeker not in odd]
    if usual:
        goals.update(dict.fromkeys(usual, _goal_of(asked(usual[0]), name)))
    return goals


def _goal_of(question: Question, name: str) -> Goal:
    nodes = tuple(one.node for one in question.targets if one.node >= 0)
    if nodes:
        return Goal(name, nodes=nodes, ids=tuple(one.id for one in question.targets))
    insiders = question.insiders
    score = question.direct_factor.sum()  # of one step at most
    direct = {question.seeker: float(score)} if score > 0 else {}
    return Goal(
        name,
        ids=(question.targets[0].id,),
        askers=tuple(insiders),
        factors=tuple(insiders[node].factor for node in insiders),
        direct=direct,
    )
