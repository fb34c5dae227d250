"""Why there is no path: the reason, the people who would only forward, and what is near."""

from typing import Any

import numpy as np

from trustgraph.introductions._paths import best_paths, told_path
from trustgraph.introductions.results import Forwarder, Introduction, NearestMiss, Reason
from trustgraph.introductions.step import Step
from trustgraph.steps.question import Question, ask_question
from trustgraph.trust.evidence_table import CONVERSATION
from trustgraph.trust.model import TrustModel
from trustgraph.trust.opinion import saturated

__all__ = ["contacts_at_target", "diagnose", "forwarders_of"]

MISSES = 3
WIDEST = 5
MOST_ITEMS = 200


def forwarders_of(question: Question) -> tuple[Forwarder, ...]:
    """Return the seeker's contacts with a way on who are under the cut, best forwarders first."""
    if question.ask.purpose == "reach":
        return ()
    index = question.index
    steps = np.arange(index.out_start[question.seeker], index.out_start[question.seeker + 1])
    asked = index.out_asked[steps]
    way_on = np.zeros(index.n, bool)
    way_on[question.exit_asker] = True
    under = index.willingness[steps] < question.model.gate.min_willingness
    under &= way_on[asked] & ~question.blocked[asked]
    if question.observed_only:
        under &= index.observed[steps]
    effect = question.model.norms.effect(
        question.ask.incentive,
        index.response[steps],
        index.willingness[steps],
        index.forwards[steps],
    )
    chance = effect.response * question.kappa * effect.forwards
    found = [
        Forwarder(
            person=index.labels[asked[i]],
            name=str(index.nodes["name"].iloc[asked[i]]),
            willingness=float(index.willingness[steps[i]]),
            forward=float(chance[i]),
            trust=float(index.trust[steps[i]]),
        )
        for i in np.flatnonzero(under)
    ]
    return tuple(sorted(found, key=lambda one: (-one.forward, str(one.person))))


def contacts_at_target(question: Question) -> tuple[str, ...]:
    """Return the names of the seeker's contacts at or among the target, in alphabetical order."""
    index = question.index
    mine = index.out_asked[index.out_start[question.seeker] : index.out_start[question.seeker + 1]]
    there = set(question.insiders) | {one.node for one in question.targets if one.node >= 0}
    names = index.nodes["name"]
    return tuple(sorted(str(names.iloc[node]) for node in mine if int(node) in there))


def diagnose(question: Question, *, most: int) -> tuple[Reason, tuple[NearestMiss, ...]]:
    """Return why a question has no path, and the paths that are nearly there."""
    if question.observed_only:
        wider = _again(question, observed_only=False)
        found = _first(wider, most=most, inferred=True)
        if found:
            return "only_inferred_ties", tuple(
                NearestMiss(path=path.path, names=path.names, lacking=_inferred(path))
                for path in found
            )
    longer = _first(question, most=WIDEST) if most < WIDEST else ()
    if longer:
        return "too_many_intermediaries", tuple(_long(path, most) for path in longer)
    if not len(question.exit_asker) and any(one.node < 0 for one in question.targets):
        return "nobody_at_target", ()
    open_model = question.model.replace(gate=question.model.gate.replace(min_willingness=0.0))
    ungated = _again(question, model=open_model)
    misses = tuple(_closed(question, path) for path in _first(ungated, most=most))
    if not len(question.entry_asked) and (misses or contacts_at_target(question)):
        # Without evidence all contacts are alike: to name three of them would be an invention.
        return "no_evidence_of_trust", () if _alike(ungated) else misses
    return ("nobody_who_would_vouch", misses) if misses else ("no_path", ())


def _again(question: Question, **changes: Any) -> Question:
    options: dict[str, Any] = {"model": question.model, "observed_only": question.observed_only}
    return ask_question(question.index, question.ask, **{**options, **changes})


def _first(question: Question, *, most: int, inferred: bool = False) -> tuple[Introduction, ...]:
    best = best_paths(question, k=MISSES, most=most, inferred=inferred)
    return tuple(
        told_path(question, best, row, inferred=inferred) for row in range(len(best.scores))
    )


def _alike(question: Question) -> bool:
    """Whether all contacts of the seeker think the same of them, as far as is known."""
    trust = question.index.trust[question.entry_step]
    return bool(len(trust) == 0 or np.allclose(trust, trust[0], rtol=1e-9))


def _inferred(path: Introduction) -> str:
    guessed = [step for step in path.steps if not step.observed and not step.assumed]
    told = " and ".join(f"{step.asker_name} and {step.asked_name}" for step in guessed)
    return f"a record that {told} know each other; now that is only inferred"


def _long(path: Introduction, most: int) -> NearestMiss:
    extra = len(path.intermediaries)
    needed = f"{extra} intermediar{'y' if extra == 1 else 'ies'}"
    return NearestMiss(
        path=path.path,
        names=path.names,
        lacking=f"a shorter way: it needs {needed}, the limit is {most}",
    )


def _closed(question: Question, path: Introduction) -> NearestMiss:
    cut = question.model.gate.min_willingness
    shut = [
        step
        for step in path.steps
        if step.place in ("first", "further") and (step.willingness or 0.0) < cut
    ]
    told = "; ".join(
        f"{step.asked_name} would vouch for {step.asker_name} with "
        f"{100 * (step.willingness or 0.0):.0f} %, it takes {100 * cut:.0f} %"
        f"{_needed(question.model, step)}"
        for step in shut
    )
    return NearestMiss(path=path.path, names=path.names, lacking=told)


def _needed(model: TrustModel, step: Step) -> str:
    """Return how many fresh days of conversation would open the gate, in words."""
    if step.trust is None or step.certainty is None or step.certainty >= 1:
        return ""
    held = model.opinion.from_judgement(np.array([step.trust]), np.array([step.certainty]))
    kind = model.evidence.kind(CONVERSATION)
    days = np.arange(1.0, MOST_ITEMS + 1)
    cap = np.inf if kind.cap_forward is None else kind.cap_forward
    gained = saturated(days * kind.forward, cap)
    opened = model.gate.willingness(held.alpha + gained, np.full(len(days), held.beta[0]))
    enough = np.flatnonzero(opened >= model.gate.min_willingness)
    if not len(enough):
        return ""
    number = int(days[enough[0]])
    return f" (about {number} day{'' if number == 1 else 's'} of conversation more)"
