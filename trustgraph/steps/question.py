"""A question on an index: the factor of every step in every place of a path.

One definition for all analyses: the introductions, the transfer of reputation and the plans ask
here, and nowhere else, what a step is worth.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from trustgraph._typing import Bools, Floats, Graph, Ints, LongInts
from trustgraph.graph.index import Passing, TrustIndex
from trustgraph.models.ask import Ask, Organisation, Prospect
from trustgraph.models.people import Person
from trustgraph.steps.last import answered, last_steps, without
from trustgraph.steps.mutual import mutual_contacts
from trustgraph.steps.targets import Insider, Target, insiders_of, named_targets
from trustgraph.steps.told import told
from trustgraph.trust.model import TrustModel

__all__ = ["Question", "ask_question"]

NAMED = 3
"""Targets that are named when there are many."""


@dataclass(frozen=True, eq=False)
class Question:
    """Which steps may stand where on a path from the seeker to a target, with which factor.

    Attributes
    ----------
    index, ask, model
        The graph, the ask and the trust model in force.
    seeker
        Number of the seeker.
    targets
        Sorted by id.
    kappa
        Chance that an ask of this clarity is understood, relative to a clear one.
    entry_asked, entry_factor, entry_step
        Admissible first steps seeker -> asked: person, factor, number of the step.
    passing, scale
        ``passing.out * scale`` is the factor of each step of the index between intermediaries,
        but for those `barred`; `further` gives it for some steps.
    exit_asker, exit_target, exit_factor, exit_step, exit_observed
        Last steps of intermediaries to ``targets[exit_target]``; ``exit_step`` is -1 where the
        step is assumed. Sorted by asker, then target.
    direct_target, direct_factor, direct_passes, direct_step, direct_observed
        Steps from the seeker straight to a target; ``direct_passes`` is the chance of an answer.
    barred
        The seeker and the targets, who are never intermediaries; sorted. (Steps to do-not-ask
        people are 0 in `passing`.)
    insiders
        Standing of the people at a virtual target, by their number.
    observed_only, spare
        Whether inferred ties are left out, and people who are not to be asked.

    Examples
    --------
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
    >>> question = tg.steps.ask_question(G, "ana", "cy")
    >>> [target.id for target in question.targets]
    ['cy']
    """

    index: TrustIndex
    ask: Ask
    model: TrustModel
    seeker: int
    targets: tuple[Target, ...]
    kappa: float
    entry_asked: Ints
    entry_factor: Floats
    entry_step: LongInts
    passing: Passing
    scale: float
    exit_asker: Ints
    exit_target: Ints
    exit_factor: Floats
    exit_step: LongInts
    exit_observed: Bools
    direct_target: Ints
    direct_factor: Floats
    direct_passes: Floats
    direct_step: LongInts
    direct_observed: Bools
    barred: LongInts
    insiders: dict[int, Insider]
    observed_only: bool
    spare: bool = True

    def further(self, steps: Ints | LongInts) -> Floats:
        """Return the factors of some steps as steps between two intermediaries.

        Parameters
        ----------
        steps
            Numbers of steps.

        Returns
        -------
        numpy.ndarray
            In [0, 1]; 0 where the step may not stand there.

        Examples
        --------
        >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
        >>> question = tg.steps.ask_question(G, "ana", "cy")
        >>> question.further(np.arange(2)).tolist()
        [0.0, 0.0]
        """
        index = self.index
        factor = self.passing.out[steps] * self.scale
        free = without(index.out_asked[steps], self.barred)
        free &= without(index.asker_of(steps), self.barred)
        return np.where(free, factor, 0.0)

    @property
    def seeker_name(self) -> str:
        """Full name of the seeker."""
        return self.index.names[self.seeker]

    @property
    def target_name(self) -> str:
        """Names of the targets, the first few of them, for reading."""
        names = [target.name for target in self.targets]
        shown = ", ".join(names[:NAMED])
        return shown if len(names) <= NAMED else f"{shown} and {len(names) - NAMED} more"


def make_ask(ask: Ask | str, target: Any = None) -> Ask:
    """Return the ask itself, or a fully clear one between a seeker and a target.

    Parameters
    ----------
    ask
        An `Ask`, or the seeker by id or unique full name.
    target
        With a seeker: a person, several people, an `Organisation` or a `Prospect`.

    Returns
    -------
    Ask
        The ask; one made of two names has clarity 1.

    Raises
    ------
    TypeError
        If both an ask and a target are given, or neither.
    """
    if isinstance(ask, Ask):
        if target is not None:
            message = "an Ask names its own target; pass either an Ask or a seeker and a target"
            raise TypeError(message)
        return ask
    if target is None:
        message = "who is to be reached? pass an Ask, or a seeker and a target"
        raise TypeError(message)
    return Ask(seeker=_as_id(ask), target=_as_target(target), clarity=1.0)


def _as_id(person: Any) -> Any:
    return person.id if isinstance(person, Person) else str(person)


def _as_target(target: Any) -> Any:
    if isinstance(target, (str, Organisation, Prospect)):
        return target
    if isinstance(target, Person) or not isinstance(target, Iterable):
        return _as_id(target)
    return tuple(_as_id(person) for person in target)


def ask_question(
    G: Graph | TrustIndex,
    ask: Ask | str,
    target: Any = None,
    *,
    model: TrustModel | None = None,
    observed_only: bool = True,
    spare: bool = True,
) -> Question:
    """Return the factors of all steps for one question.

    Parameters
    ----------
    G
        The graph, or its index.
    ask, target
        An `Ask`, or a seeker and a target.
    model
        Trust model; default: the one of the graph, else the default model.
    observed_only
        Whether to leave out inferred ties.
    spare
        Whether to leave out people who are not to be asked.

    Returns
    -------
    Question
        The question on arrays.

    Raises
    ------
    UnknownPersonError, AmbiguousPersonError
        If a person is not known, or not by that name alone.
    ValueError
        If the seeker is a target.
    GraphContractError
        If the graph breaks the contract.

    Notes
    -----
    With x the asker and y the asked person, X the opinion of y about x, and response, willingness
    and endorsed trust those of y towards x:

    - first: ``response * kappa * incentive * E[X g(X)]``, only if willingness is high enough;
    - further: ``retention * response * kappa * E[X g(X)]``, likewise;
    - last: trust of the target in x;
    - direct: ``response * kappa * trust`` of the target in the seeker.

    For ``purpose="reach"`` nobody's name is at stake: first and further are
    ``response * kappa * forwards``, the last step is 1. With `ReachModel` on, also first by access.

    Examples
    --------
    >>> from trustgraph.steps import ask_question
    >>> G = nx.DiGraph()
    >>> G.add_edge("bo", "ana", trust=0.8)
    >>> G.add_edge("cy", "bo", trust=0.5)
    >>> question = ask_question(G, "ana", "cy")
    >>> question.entry_factor.tolist(), question.exit_factor.tolist()
    ([0.8], [0.5])
    """
    index = G if isinstance(G, TrustIndex) else TrustIndex.from_graph(G)
    asked = make_ask(ask, target)
    in_force = model or index.model or TrustModel()
    seeker = index.number(asked.seeker)
    targets = named_targets(index, asked)
    if any(one.node == seeker for one in targets):
        message = "the seeker is a target of the ask; nobody needs an introduction to themselves"
        raise ValueError(message)
    insiders = {one.node: one for one in insiders_of(index, asked, in_force)}
    return _question(
        index,
        asked,
        in_force,
        seeker=seeker,
        targets=targets,
        insiders=insiders,
        observed_only=observed_only,
        spare=spare,
    )


def ask_again(
    question: Question,
    *,
    model: TrustModel | None = None,
    observed_only: bool | None = None,
    spare: bool = True,
) -> Question:
    """Return the same question under other conditions, without looking up anybody again.

    Parameters
    ----------
    question
        The question as it was asked first.
    model
        Trust model; default: the same. Its standing of insiders must be the same.
    observed_only
        Whether to leave out inferred ties; default: as before.
    spare
        Whether to leave out people who are not to be asked.

    Returns
    -------
    Question
        What `ask_question` returns under these conditions.

    Examples
    --------
    >>> from trustgraph.steps.question import ask_again
    >>> G = nx.DiGraph()
    >>> G.add_edge("bo", "ana", trust=0.8, observed=False)
    >>> question = tg.steps.ask_question(G, "ana", "bo")
    >>> len(question.direct_factor), len(ask_again(question, observed_only=False).direct_factor)
    (0, 1)
    """
    return _question(
        question.index,
        question.ask,
        model or question.model,
        seeker=question.seeker,
        targets=question.targets,
        insiders=question.insiders,
        observed_only=question.observed_only if observed_only is None else observed_only,
        spare=spare,
    )


def _question(
    index: TrustIndex,
    ask: Ask,
    model: TrustModel,
    *,
    seeker: int,
    targets: tuple[Target, ...],
    insiders: dict[int, Insider],
    observed_only: bool,
    spare: bool,
) -> Question:
    barred = np.array(
        sorted([seeker, *(one.node for one in targets if one.node >= 0)]), dtype=np.int64
    )
    kappa = model.clarity.kappa(ask.clarity)
    passing = index.passing(
        purpose=ask.purpose,
        min_willingness=model.gate.min_willingness,
        observed_only=observed_only,
        spare=spare,
    )
    entry_asked, entry_factor, entry_step = _entries(
        index, ask, model, kappa, seeker, passing, barred
    )
    if ask.purpose == "reach" and model.reach.access != "none":
        mutual = mutual_contacts(index, seeker, entry_asked, observed_only=observed_only)
        entry_factor = entry_factor * model.reach.factor(index.trust[entry_step], mutual)
    last = last_steps(index, ask, targets, insiders, seeker=seeker, observed_only=observed_only)
    usable = last.factor > 0
    usable &= without(last.asker, barred)
    if spare:
        usable &= ~index.spared[last.asker]
    direct = slice(*last.asker.searchsorted([seeker, seeker + 1]))
    direct_passes = answered(index, model, last, direct) * kappa
    return Question(
        index=index,
        ask=ask,
        model=model,
        seeker=seeker,
        targets=targets,
        kappa=kappa,
        entry_asked=entry_asked,
        entry_factor=entry_factor,
        entry_step=entry_step,
        passing=passing,
        scale=kappa if ask.purpose == "reach" else kappa * model.paths.retention,
        exit_asker=last.asker[usable],
        exit_target=last.target[usable],
        exit_factor=last.factor[usable],
        exit_step=last.step[usable],
        exit_observed=last.observed[usable],
        direct_target=last.target[direct],
        direct_factor=direct_passes * last.factor[direct],
        direct_passes=direct_passes,
        direct_step=last.step[direct],
        direct_observed=last.observed[direct],
        barred=barred,
        insiders=insiders,
        observed_only=observed_only,
        spare=spare,
    )


def _entries(
    index: TrustIndex,
    ask: Ask,
    model: TrustModel,
    kappa: float,
    seeker: int,
    passing: Passing,
    barred: LongInts,
) -> tuple[Ints, Floats, LongInts]:
    """Return the seeker's own steps that may be the first and their factors, with what is offered.

    An offer multiplies what the step is worth without it: so the factors are as exact as that.
    """
    low, high = int(index.out_start[seeker]), int(index.out_start[seeker + 1])
    asked, worth = index.out_asked[low:high], passing.out[low:high]
    usable = worth > 0
    usable &= without(asked, barred)
    own = usable.nonzero()[0]
    asked, worth, own = asked[own], worth[own] * kappa, own + low
    if ask.incentive.kind == "none":
        return asked, worth, own
    response, willingness, forwards = (
        told(index, name, own) for name in ("response", "willingness", "forwards")
    )
    effect = model.norms.effect(ask.incentive, response, willingness, forwards)
    # Ratios first: what an offer leaves as it is must not change by rounding.
    worth = worth * (effect.response / response)
    if ask.purpose == "reach":
        worth = worth * (effect.forwards / forwards)
    else:
        worth = worth * effect.endorsement * effect.carried
    # What is told is rounded: nothing is worth more than 1 for that.
    return asked, np.minimum(worth, 1.0), own
