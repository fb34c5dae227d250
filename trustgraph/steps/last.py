"""The last steps of a question: those to its targets."""

from typing import NamedTuple

import numpy as np

from trustgraph._typing import Bools, Floats, Ints, LongInts
from trustgraph.graph.index import TrustIndex
from trustgraph.models.ask import Ask
from trustgraph.steps.targets import Insider, Target
from trustgraph.steps.told import told
from trustgraph.trust.model import TrustModel

__all__ = ["LastSteps", "answered", "last_steps", "without"]

FEW = 8
"""People up to whom comparing with each one is faster than a search."""


class LastSteps(NamedTuple):
    """Steps to the targets, sorted by asker and target; -1 is the number of an assumed one."""

    asker: Ints
    target: Ints
    factor: Floats
    step: LongInts
    observed: Bools


def last_steps(
    index: TrustIndex,
    ask: Ask,
    targets: tuple[Target, ...],
    insiders: dict[int, Insider],
    *,
    seeker: int,
    observed_only: bool,
) -> LastSteps:
    """Return every last step, sorted by asker and target."""
    if targets[0].node < 0:
        last = _assumed(targets[0], insiders, seeker)
    else:
        last = _known(index, targets, observed_only=observed_only)
    if ask.purpose == "reach":
        return last._replace(factor=np.where(last.factor > 0, 1.0, 0.0))
    return last


def _assumed(target: Target, insiders: dict[int, Insider], seeker: int) -> LastSteps:
    """Return the steps of those who stand at a target that is no person of the graph."""
    # Who seeks and already stands at the organisation has no step to ask for there.
    there = [n for n in insiders if n != seeker or target.kind == "prospect"]
    return LastSteps(
        np.array(there, dtype=np.int32),
        np.zeros(len(there), np.int32),
        np.array([insiders[n].factor for n in there], dtype=np.float64),
        np.full(len(there), -1, dtype=np.int64),
        np.zeros(len(there), bool),
    )


def _known(index: TrustIndex, targets: tuple[Target, ...], *, observed_only: bool) -> LastSteps:
    """Return the steps to people of the graph; those into one person are sorted as they are."""
    into = [slice(*index.in_start[one.node : one.node + 2].tolist()) for one in targets]
    if len(into) == 1:
        asker, step = index.in_asker[into[0]], index.in_step[into[0]]
        target = np.zeros(len(asker), np.int32)
    else:
        asker = np.concatenate([index.in_asker[part] for part in into])
        step = np.concatenate([index.in_step[part] for part in into])
        sizes = [part.stop - part.start for part in into]
        target = np.repeat(np.arange(len(into), dtype=np.int32), sizes)
        order = np.lexsort((target, asker))
        asker, target, step = asker[order], target[order], step[order]
    number = step.astype(np.int64)
    if index.all_observed:
        return LastSteps(asker, target, index.trust[number], number, np.ones(len(number), bool))
    observed = index.observed[number]
    if observed_only:
        asker, target, number = asker[observed], target[observed], number[observed]
        observed = observed[observed]
    return LastSteps(asker, target, index.trust[number], number, observed)


def answered(index: TrustIndex, model: TrustModel, last: LastSteps, direct: slice) -> Floats:
    """Return the chance that each target answers the seeker; assumed for a prospect."""
    step = last.step[direct]
    if not len(step) or step[0] >= 0:
        return told(index, "response", step)
    nothing = np.zeros(len(step))
    return model.response.response(nothing, _belief(model, last.factor[direct]), nothing)


def _belief(model: TrustModel, trust: Floats) -> Floats:
    """Return the belief of an opinion that has only good evidence and this trust."""
    base = model.opinion.base_rate
    return np.clip((trust - base) / (1 - base), 0.0, 1.0)


def without(people: Ints | LongInts, barred: LongInts) -> Bools:
    """Return who is not barred; few are, as a rule.

    Parameters
    ----------
    people
        Numbers of people.
    barred
        Numbers of those barred, sorted; at least one.

    Returns
    -------
    numpy.ndarray
        One flag each.
    """
    if len(barred) > FEW:
        return np.isin(people, barred, invert=True)
    free: Bools = people != barred[0]
    for person in barred[1:]:
        free &= people != person
    return free
