"""Why there is no path, and which paths are nearly there.

One condition after the other is lifted, then all of them at once; what a path found that way lacks
is told in words.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np

from trustgraph.introductions._contacts import contacts_at_target
from trustgraph.introductions._paths import best_paths, told_path
from trustgraph.introductions._table import table_of
from trustgraph.introductions.introduction import Introduction
from trustgraph.introductions.results import NearestMiss, Reason
from trustgraph.introductions.step import Step
from trustgraph.models.ask import Organisation
from trustgraph.steps.question import Question, ask_again, ask_question
from trustgraph.steps.runs import runs
from trustgraph.trust.evidence_table import CONVERSATION
from trustgraph.trust.model import TrustModel
from trustgraph.trust.opinion import saturated

__all__ = ["diagnose"]

MISSES = 3
WIDEST = 5
MOST_ITEMS = 200


def diagnose(question: Question, *, most: int) -> tuple[Reason, tuple[NearestMiss, ...]]:
    """Return why a question has no path, and the paths that are nearly there."""
    virtual = any(one.node < 0 for one in question.targets)
    if virtual and not set(question.insiders) - {question.seeker}:
        return ("you_are_there" if question.insiders else "nobody_at_target"), ()
    for known, lifted, cap in _lifted(question, most):
        found = _first(lifted, most=cap, inferred=known == "only_inferred_ties")
        if not found:
            continue
        reason = known or _lacks_most(question, found[0])
        if reason != "nobody_who_would_vouch" or not _nothing_to_go_on(question):
            return reason, _told(question, found, most)
        misses = () if _alike(lifted) else _told(question, found, most)
        return "no_evidence_of_trust", misses
    if _nothing_to_go_on(question) and contacts_at_target(question):
        return "no_evidence_of_trust", ()
    if _connected(question):
        return "too_many_intermediaries", ()
    return "no_path", _instead(question, most)


def _lifted(question: Question, most: int) -> Iterator[tuple[Reason, Question, int]]:
    """Yield the question with one condition lifted, in turn, and last with all of them.

    An empty reason: several things are lacking, and the path must tell which.
    """
    gate = question.model.gate.replace(min_willingness=0.0)
    some_spared = bool(question.index.spared.any())
    if question.observed_only:
        yield "only_inferred_ties", ask_again(question, observed_only=False), most
    if some_spared:
        yield "only_people_not_to_ask", ask_again(question, spare=False), most
    if most < WIDEST:
        yield "too_many_intermediaries", question, WIDEST
    yield (
        "nobody_who_would_vouch",
        ask_again(question, model=question.model.replace(gate=gate)),
        most,
    )
    everything = ask_again(
        question,
        model=question.model.replace(gate=gate),
        observed_only=False,
        spare=not some_spared,
    )
    yield "", everything, most
    yield "too_many_intermediaries", everything, WIDEST


def _first(question: Question, *, most: int, inferred: bool = False) -> tuple[Introduction, ...]:
    table = table_of(question, best_paths(question, k=MISSES, most=most, inferred=inferred))
    return tuple(told_path(table, row, inferred=inferred, records={}) for row in range(len(table)))


def _nothing_to_go_on(question: Question) -> bool:
    """Whether nobody the seeker could ask is known to know and trust them enough."""
    return not len(question.entry_asked)


def _alike(question: Question) -> bool:
    """Whether several contacts all think the same of the seeker, as far as is known.

    To name three of them would be an invention.
    """
    trust = question.index.trust[question.entry_step]
    return len(trust) > 1 and bool(np.allclose(trust, trust[0], rtol=1e-9))


def _connected(question: Question) -> bool:
    """Whether any chain of ties on which something is passed on leads to the target."""
    index = question.index
    reached = np.zeros(index.n, bool)
    front = question.entry_asked
    while len(front):
        reached[front] = True
        first = index.out_start[front]
        steps = runs(first, index.out_start[front + 1] - first)
        asked = index.out_asked[steps]
        front = np.unique(asked[~reached[asked] & (question.further(steps) > 0)])
    return bool(reached[question.exit_asker].any())


def _instead(question: Question, most: int) -> tuple[NearestMiss, ...]:
    """Return ways to others at an organisation when the holders of a role are out of reach."""
    target = question.ask.target
    if not isinstance(target, Organisation) or not target.role:
        return ()
    whole = question.ask.replace(target=target.replace(role=""))
    found = _first(_asking(question, whole), most=most)
    return tuple(
        NearestMiss(
            path=path.path,
            names=path.names,
            lacking=f"a way to {question.target_name}; this one leads to others at {target.name}",
        )
        for path in found
    )


def _asking(question: Question, ask: Any) -> Question:
    """Return the same question with another ask."""
    return ask_question(
        question.index, ask, model=question.model, observed_only=question.observed_only
    )


def _told(
    question: Question, paths: tuple[Introduction, ...], most: int
) -> tuple[NearestMiss, ...]:
    return tuple(
        NearestMiss(path=path.path, names=path.names, lacking=_lacking(question, path, most))
        for path in paths
    )


def _lacking(question: Question, path: Introduction, most: int) -> str:
    """Return everything that a path lacks, in words."""
    parts = list(_shut(question, path))
    guessed = [step for step in path.steps if not step.observed and not step.assumed]
    if guessed and question.observed_only:
        told = " and that ".join(f"{step.asker_name} and {step.asked_name}" for step in guessed)
        parts.append(f"a record that {told} know each other; now that is only inferred")
    unasked = _unasked(question, path)
    if unasked:
        parts.append(f"your leave: you said not to ask {' and '.join(unasked)}")
    extra = len(path.intermediaries)
    if extra > most:
        needed = f"{extra} intermediar{'y' if extra == 1 else 'ies'}"
        parts.append(f"a shorter way: it needs {needed}, the limit is {most}")
    return "; ".join(parts)


def _lacks_most(question: Question, path: Introduction) -> Reason:
    """Return the first of several things that a path lacks, the hardest to mend first."""
    if any(_shut(question, path)):
        return "nobody_who_would_vouch"
    if _unasked(question, path):
        return "only_people_not_to_ask"
    return "only_inferred_ties"


def _unasked(question: Question, path: Introduction) -> list[str]:
    """Return the names of those on a path whom the user would rather not ask."""
    index = question.index
    return [
        name
        for person, name in zip(path.path[1:-1], path.names[1:-1], strict=True)
        if index.spared[index.number(person)]
    ]


def _shut(question: Question, path: Introduction) -> Iterator[str]:
    cut = question.model.gate.min_willingness
    if question.ask.purpose == "reach":
        return
    for step in path.steps:
        if step.place in ("first", "further") and not _willing(question, step):
            chance = 100 * (step.willingness or 0.0)
            yield (
                f"{step.asked_name} would vouch for {step.asker_name} with {chance:.0f} %, "
                f"it takes {100 * cut:.0f} %{_needed(question.model, step)}"
            )


def _willing(question: Question, step: Step) -> bool:
    index = question.index
    number = index.step(index.number(step.asker), index.number(step.asked))
    return bool(index.willing(np.array([number]), question.model.gate.min_willingness)[0])


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
