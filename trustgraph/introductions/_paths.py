"""From a question to its best paths, and from a row of them to a told path."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any, Literal

import numpy as np

from trustgraph._typing import Bools, LongInts
from trustgraph.engine.paths import NO_LIMIT, UNFLAGGED, BestPaths, Routes, k_best_paths
from trustgraph.introductions._diverse import diverse_paths
from trustgraph.introductions._records import NOTHING, TieFacts
from trustgraph.introductions._table import PathTable
from trustgraph.introductions.introduction import Introduction
from trustgraph.introductions.results import Diversity
from trustgraph.introductions.step import Step
from trustgraph.steps.question import Question
from trustgraph.steps.told import told

__all__ = ["best_paths", "routes_of", "told_path"]

Place = Literal["first", "further", "last", "direct"]
FACTS = ("trust", "certainty", "recall", "willingness", "forwards", "response")


def best_paths(
    question: Question,
    *,
    k: int,
    most: int,
    inferred: bool = False,
    diversity: Diversity | None = None,
    limit: int = NO_LIMIT,
) -> BestPaths:
    """Return the k best paths of a question; ``inferred``: only those with an inferred tie."""
    routes = routes_of(question)
    if diversity is None:
        return k_best_paths(routes, k=k, most=most, need_flag=inferred, limit=limit)
    return diverse_paths(
        routes, k=k, most=most, need_flag=inferred, limit=limit, diversity=diversity
    )


def routes_of(question: Question) -> Routes:
    """Return a question as the engine takes it, with inferred ties flagged."""
    index = question.index
    return Routes(
        out_start=index.out_start,
        out_asked=index.out_asked,
        passing=question.passing.out,
        in_start=index.in_start,
        in_asker=index.in_asker,
        in_step=index.in_step,
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
        workspaces=index.workspaces,
    )


def _guessed(question: Question, steps: LongInts) -> Bools:
    flags = np.zeros(len(steps), bool)
    if not (question.observed_only or question.index.all_observed):
        real = steps >= 0
        flags[real] = question.index.inferred[steps[real]]
    return flags


def told_path(
    table: PathTable,
    row: int,
    *,
    inferred: bool,
    records: Mapping[int, TieFacts],
    **uncertainty: Any,
) -> Introduction:
    """Return one row of the best paths with everything there is to tell about it."""
    question, best = table.question, table.best
    steps = _steps(table, row, records)
    return Introduction(
        path=(steps[0].asker, *(step.asked for step in steps)),
        names=(steps[0].asker_name, *(step.asked_name for step in steps)),
        steps=steps,
        rank=int(best.ranks[row]),
        score=float(best.scores[row]),
        delivery=float(table.delivery[row]),
        carried=float(table.carried[row]),
        forward_only=float(table.forward_only[row]),
        lift=None if question.ask.purpose == "reach" else float(table.lift[row]),
        block="inferred" if inferred else "observed",
        **uncertainty,
    )


def _steps(table: PathTable, row: int, records: Mapping[int, TieFacts]) -> tuple[Step, ...]:
    people = [table.question.seeker, *table.people(row)]
    target = int(table.best.targets[row])
    last = len(people) - 1
    steps = [
        _step(table, row, place, asker, asked, records)
        for place, (asker, asked) in enumerate(pairwise(people))
    ]
    return (*steps, _step(table, row, last, people[-1], target, records))


def _step(
    table: PathTable,
    row: int,
    place: int,
    asker: int,
    asked: int,
    records: Mapping[int, TieFacts],
) -> Step:
    """Tell one step; ``asked`` is the number of a target for the last one."""
    question = table.question
    index = question.index
    last = int(table.best.lengths[row])
    number = int(table.step[row, place])
    named = ("first" if place == 0 else "further") if place < last else "last" if last else "direct"
    target = question.targets[asked] if place == last else None
    facts: dict[str, Any] = {
        "asker": index.labels[asker],
        "asker_name": index.names[asker],
        "asked": target.id if target else index.labels[asked],
        "asked_name": target.name if target else index.names[asked],
        "place": named,
        "factor": float(table.factor[row, place]),
        "passes": None if named == "last" else float(table.passes[row, place]),
    }
    if number < 0:
        return Step(**facts, observed=False, assumed=True, note=_note(question, asker))
    for name in FACTS:
        value = float(told(index, name, np.array([number]))[0])
        facts[name] = None if np.isnan(value) else value
    last_contact, evidence = records.get(number, NOTHING)
    return Step(
        **facts,
        observed=bool(index.observed[number]),
        last_contact=last_contact,
        evidence=evidence,
    )


def _note(question: Question, asker: int) -> str:
    insider = question.insiders[asker]
    if insider.role == "circle":
        return f"shares a place with them ({insider.organisation})"
    held = insider.position or "a position"
    when = "is" if insider.present else "was"
    match = {"exact": "", "strong": ", name matched after normalising", "weak": ", weak name match"}
    return f"{when} {held} at {insider.organisation}{match[insider.tier]}"
