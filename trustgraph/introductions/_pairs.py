"""Who is to be introduced to whom, where there are many of both."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from trustgraph._typing import LongInts
from trustgraph.errors import UnknownPersonError
from trustgraph.graph.index import TrustIndex
from trustgraph.models.ask import Ask, Organisation, Prospect
from trustgraph.models.people import Person
from trustgraph.steps.many import Goal, virtual_goals
from trustgraph.steps.targets import organisation_tiers
from trustgraph.trust.model import TrustModel

__all__ = ["Pairs", "pairs_of"]

UNKNOWN = 20
"""People that nobody knows who are named at once."""


def _each(people: Any) -> tuple[Any, ...]:
    alone = isinstance(people, (str, Person, Organisation, Prospect, Ask))
    named = (people,) if alone or not isinstance(people, Iterable) else tuple(people)
    if any(isinstance(one, Ask) for one in named):
        message = (
            "an Ask is one question from one seeker: pass it to find_introductions, or pass the "
            "seekers and the targets here by name"
        )
        raise TypeError(message)
    return named


@dataclass(frozen=True, eq=False)
class Pairs:
    """Pairs in the order of the rows: number of the seeker, and of the goal in ``goals``."""

    goals: list[Goal]
    seeker: LongInts
    goal: LongInts


def pairs_of(index: TrustIndex, seekers: Any, targets: Any, model: TrustModel) -> Pairs:
    """Return all pairs of some seekers and targets, of whatever form they are."""
    seekers, targets = _each(seekers), _each(targets)
    if any(isinstance(one, (Organisation, Prospect)) for one in seekers):
        message = "a seeker is a person of the graph; organisations and prospects can be targets"
        raise TypeError(message)
    known = _numbers(index, [*seekers, *targets])
    askers = {one: place for place, one in enumerate(dict.fromkeys(known[: len(seekers)]))}
    wanted = [*dict.fromkeys(known[len(seekers) :])]
    goals: list[Goal] = []
    chosen = np.full((len(wanted), len(askers)), -1, np.int64)
    for column, one in enumerate(wanted if askers else ()):
        if isinstance(one, int):
            chosen[column] = len(goals)
            if one in askers:
                chosen[column, askers[one]] = -1
            label = index.labels[one]
            goals.append(Goal(label, nodes=(one,), ids=(label,)))
            continue
        each = virtual_goals(index, one, [*askers], model=model)
        distinct = {id(goal): goal for goal in each.values()}
        places = {key: len(goals) + place for place, key in enumerate(distinct)}
        chosen[column] = [places[id(each[asker])] for asker in askers]
        goals += distinct.values()
    goal = chosen.T
    row, _ = np.nonzero(goal >= 0)
    return Pairs(goals, np.array([*askers], dtype=np.int64)[row], goal[goal >= 0])


def _numbers(index: TrustIndex, people: Sequence[Any]) -> list[Any]:
    """Return the number of each person; organisations and prospects stay what they are."""
    numbers: list[Any] = []
    unknown: dict[str, tuple[str, ...]] = {}
    for one in people:
        if isinstance(one, (Organisation, Prospect)):
            numbers.append(one)
            continue
        try:
            numbers.append(int(index.number(one.id if isinstance(one, Person) else one)))
        except UnknownPersonError as error:
            meant = organisation_tiers(index, error.person)
            unknown[error.person] = (f"tg.Organisation({error.person!r})",) if meant else error.near
            if len(unknown) == UNKNOWN:
                break
    if unknown:
        near = dict.fromkeys(name for names in unknown.values() for name in names)
        raise UnknownPersonError(", ".join(unknown), tuple(near))
    return numbers
