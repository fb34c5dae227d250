"""The seeker's own contacts: who would only forward, and who is at the target."""

import numpy as np

from trustgraph.engine.paths import onward
from trustgraph.introductions._paths import routes_of
from trustgraph.introductions.results import Forwarder
from trustgraph.steps.last import without
from trustgraph.steps.question import Question
from trustgraph.steps.told import told

__all__ = ["contacts_at_target", "forwarders_of"]


def forwarders_of(question: Question, *, most: int) -> tuple[Forwarder, ...]:
    """Return the contacts with a way on who are under the cut, best forwarders first."""
    if question.ask.purpose == "reach" or most < 1:
        return ()
    index = question.index
    steps = np.arange(index.out_start[question.seeker], index.out_start[question.seeker + 1])
    asked = index.out_asked[steps]
    under = ~index.willing(steps, question.model.gate.min_willingness)
    under &= without(asked, question.barred)
    if question.spare:
        under &= ~index.spared[asked]
    if question.observed_only:
        under &= index.observed[steps]
    if not under.any():
        return ()
    steps, asked = steps[under], asked[under]
    on = onward(routes_of(question), asked, most=most) > 0
    steps, asked = steps[on], asked[on]
    response, willingness, forwards, trust = (
        told(index, name, steps) for name in ("response", "willingness", "forwards", "trust")
    )
    effect = question.model.norms.effect(question.ask.incentive, response, willingness, forwards)
    chance = effect.response * question.kappa * effect.forwards
    found = [
        Forwarder(
            person=index.labels[node],
            name=index.names[node],
            willingness=float(willingness[place]),
            forward=float(chance[place]),
            trust=float(trust[place]),
        )
        for place, node in enumerate(asked.tolist())
    ]
    return tuple(sorted(found, key=lambda one: (-one.forward, str(one.person))))


def contacts_at_target(question: Question) -> tuple[str, ...]:
    """Return the names of the contacts at or among the target, in alphabetical order."""
    index = question.index
    mine = index.out_asked[index.out_start[question.seeker] : index.out_start[question.seeker + 1]]
    there = set(question.insiders) | {one.node for one in question.targets if one.node >= 0}
    return tuple(sorted(index.names[node] for node in mine.tolist() if node in there))
