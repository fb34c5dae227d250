"""From a question to the rows of its best paths, and from a row to a told path."""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Literal

import numpy as np

from trustgraph._typing import Bools, LongInts
from trustgraph.engine.paths import UNFLAGGED, BestPaths, Routes, k_best_paths
from trustgraph.introductions.results import Introduction
from trustgraph.introductions.step import Step, TieRecord
from trustgraph.steps.question import Question

__all__ = ["best_paths", "routes_of", "told_path"]

Place = Literal["first", "further", "last", "direct"]


def best_paths(question: Question, *, k: int, most: int, inferred: bool = False) -> BestPaths:
    """Return the k best paths of a question; ``inferred``: only those with an inferred tie."""
    return k_best_paths(routes_of(question), k=k, most=most, need_flag=inferred)


def routes_of(question: Question) -> Routes:
    """Return a question as the engine takes it, with inferred ties flagged."""
    index = question.index
    return Routes(
        out_start=index.out_start,
        out_asked=index.out_asked,
        passing=question.passing.out,
        in_start=index.in_start,
        in_asker=index.in_asker,
        back=question.passing.back,
        scale=question.scale,
        inferred=UNFLAGGED if question.observed_only else index.inferred,
        barred=question.barred,
        entry_asked=question.entry_asked,
        entry_factor=question.entry_factor,
        entry_flag=_guessed(question, question.entry_step),
        exit_asker=question.exit_asker,
        exit_target=question.exit_target,
        exit_factor=question.exit_factor,
        exit_flag=_guessed(question, question.exit_step),
        direct_target=question.direct_target,
        direct_factor=question.direct_factor,
        direct_flag=_guessed(question, question.direct_step),
        rooms=index.rooms,
    )


def _guessed(question: Question, steps: LongInts) -> Bools:
    flags = np.zeros(len(steps), bool)
    if not (question.observed_only or question.index.all_observed):
        real = steps >= 0
        flags[real] = question.index.inferred[steps[real]]
    return flags


def told_path(question: Question, best: BestPaths, row: int, *, inferred: bool) -> Introduction:
    """Return one row of the best paths with everything there is to tell about it."""
    people = best.people[row, : best.lengths[row]].tolist()
    target = int(best.targets[row])
    steps = _steps(question, people, target)
    delivery = _product(steps)
    score = float(best.scores[row])
    forward_only = _forward_only(question, steps)
    index = question.index
    reached = question.targets[target]
    reach = question.ask.purpose == "reach"
    return Introduction(
        path=(*(index.labels[node] for node in (question.seeker, *people)), reached.id),
        names=(steps[0].asker_name, *(step.asked_name for step in steps)),
        steps=steps,
        rank=int(best.ranks[row]),
        score=score,
        delivery=delivery,
        carried=score / delivery if delivery > 0 else 0.0,
        forward_only=forward_only,
        lift=None if reach else float(question.model.lift.lift(score, forward_only)),
        block="inferred" if inferred else "observed",
    )


def _steps(question: Question, people: list[int], target: int) -> tuple[Step, ...]:
    if not people:
        place = int(np.flatnonzero(question.direct_target == target)[0])
        return (
            _step(
                question,
                "direct",
                question.seeker,
                target,
                int(question.direct_step[place]),
                float(question.direct_factor[place]),
            ),
        )
    first = int(np.searchsorted(question.entry_asked, people[0]))
    steps = [
        _step(
            question,
            "first",
            question.seeker,
            people[0],
            int(question.entry_step[first]),
            float(question.entry_factor[first]),
        )
    ]
    for asker, asked in pairwise(people):
        number = question.index.step(asker, asked)
        factor = float(question.further(np.array([number]))[0])
        steps.append(_step(question, "further", asker, asked, number, factor))
    low, high = np.searchsorted(question.exit_asker, [people[-1], people[-1] + 1])
    last = low + int(np.searchsorted(question.exit_target[low:high], target))
    steps.append(
        _step(
            question,
            "last",
            people[-1],
            target,
            int(question.exit_step[last]),
            float(question.exit_factor[last]),
        )
    )
    return tuple(steps)


def _step(
    question: Question, place: Place, asker: int, asked: int, number: int, factor: float
) -> Step:
    """Tell one step; ``asked`` is the number of a target for a last or direct step."""
    index = question.index
    to_target = place in ("last", "direct")
    facts: dict[str, Any] = {
        "asker": index.labels[asker],
        "asker_name": index.names[asker],
        "asked": question.targets[asked].id if to_target else index.labels[asked],
        "asked_name": question.targets[asked].name if to_target else index.names[asked],
        "place": place,
        "factor": factor,
    }
    if number < 0:
        return Step(
            **facts,
            passes=_passes(question, place, asked, number),
            observed=False,
            assumed=True,
            note=_note(question, asker),
        )
    node = question.targets[asked].node if to_target else asked
    edge = index.edge(asker, node)
    for name in ("trust", "certainty", "recall", "willingness", "forwards", "response"):
        value = float(getattr(index, name)[number])
        facts[name] = None if np.isnan(value) else value
    return Step(
        **facts,
        passes=_passes(question, place, asked, number),
        observed=bool(index.observed[number]),
        last_contact=str(edge.get("last_contact") or "")[:10],
        evidence=tuple(
            TieRecord(
                kind=kind,
                count=int(told["count"]),
                first=str(told["first"] or "")[:10],
                last=str(told["last"] or "")[:10],
                direction=told["direction"],
            )
            for kind, told in sorted(dict(edge.get("kinds") or {}).items())
        ),
    )


def _passes(question: Question, place: Place, asked: int, number: int) -> float | None:
    """Return the chance that the asked person answers and, if between, endorses."""
    index, model = question.index, question.model
    if place == "last":
        return None
    if place == "direct":
        return float(question.direct_passes[np.flatnonzero(question.direct_target == asked)[0]])
    reach = question.ask.purpose == "reach"
    if place == "further":
        willing = index.forwards if reach else index.willingness
        return float(index.response[number] * question.kappa * willing[number])
    one = slice(number, number + 1)
    effect = model.norms.effect(
        question.ask.incentive, index.response[one], index.willingness[one], index.forwards[one]
    )
    willing = effect.forwards if reach else effect.endorsement * index.willingness[one]
    return float((effect.response * question.kappa * willing)[0])


def _note(question: Question, asker: int) -> str:
    insider = question.insiders[asker]
    if insider.role == "circle":
        return f"shares a place with them ({insider.organisation})"
    held = insider.position or "a position"
    when = "is" if insider.present else "was"
    match = {"exact": "", "strong": ", name matched after normalising", "weak": ", weak name match"}
    return f"{when} {held} at {insider.organisation}{match[insider.tier]}"


def _product(steps: Sequence[Step]) -> float:
    return math.prod(step.passes for step in steps if step.passes is not None)


def _forward_only(question: Question, steps: tuple[Step, ...]) -> float:
    """Return the chance that all but the last intermediary endorse and that one only forwards."""
    between = [step for step in steps if step.place in ("first", "further")]
    if not between or question.ask.purpose == "reach":
        return 0.0
    before = _product(between[:-1])
    last = between[-1]
    response, willingness = last.response or 0.0, last.willingness or 0.0
    forwards = last.forwards or 0.0
    if last.place == "first":
        effect = question.model.norms.effect(
            question.ask.incentive,
            np.array([response]),
            np.array([willingness]),
            np.array([forwards]),
        )
        response, forwards = float(effect.response[0]), float(effect.forwards[0])
        willingness *= float(effect.endorsement[0])
    return before * response * question.kappa * max(0.0, forwards - willingness)
