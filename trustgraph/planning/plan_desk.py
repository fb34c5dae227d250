"""Everything about a plan that does not change while it is carried out, prepared once."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from trustgraph._typing import Floats, Graph
from trustgraph.graph.index import TrustIndex
from trustgraph.introductions.find import find_introductions
from trustgraph.models.ask import Ask, Organisation, Prospect
from trustgraph.planning._belief import Kind, Opinion, levels_of, worth
from trustgraph.planning._reach import Options, draw_behind, options_of
from trustgraph.planning.plan_rules import PlanRules
from trustgraph.steps.drawn import is_gated
from trustgraph.steps.question import Question, ask_question
from trustgraph.steps.step_graph import StepGraph
from trustgraph.steps.subgraph import short_walks
from trustgraph.steps.told import told
from trustgraph.trust.model import TrustModel

__all__ = ["Desk", "prepared"]


@dataclass(frozen=True, eq=False)
class Desk:
    """What a plan is made from, shared by all its updates.

    Attributes
    ----------
    index, model, rules
        The graph, the trust model in force, and the rules.
    questions, graphs, options
        Of each ask: its question, its admissible steps, and whom to ask.
    values
        Value of each target.
    budget, per_person, horizon
        Limits of the plan.
    seed
        Of the draws.
    """

    index: TrustIndex
    model: TrustModel
    rules: PlanRules
    questions: tuple[Question, ...]
    graphs: tuple[StepGraph, ...]
    options: tuple[Options, ...]
    values: Floats
    budget: int
    per_person: int
    horizon: int
    seed: int

    @property
    def seeker(self) -> int:
        """Number of the seeker."""
        return self.questions[0].seeker

    @cached_property
    def people(self) -> list[int]:
        """Everybody who may be asked; a target that is in no graph is -1 minus its place."""
        found = {int(one) for place in range(len(self.options)) for one in self.asked(place)}
        return sorted(found)

    @cached_property
    def place_of(self) -> dict[int, int]:
        """Place of each person in ``people``."""
        return {person: place for place, person in enumerate(self.people)}

    @cached_property
    def places(self) -> list[Any]:
        """Place of the person of every option, for every target."""
        return [
            np.array([self.place_of[int(one)] for one in self.asked(place)], np.int64)
            for place in range(len(self.options))
        ]

    def asked(self, target: int) -> list[int]:
        """Return whom each option of a target asks."""
        person = self.options[target].person
        return [int(one) if one >= 0 else -1 - target for one in person]

    def kind(self, target: int, *, direct: bool) -> Kind:
        """Return what an ask for a target asks for."""
        return "direct" if direct else self.questions[target].ask.purpose

    def opinion(self, person: int) -> Opinion:
        """Return what somebody holds of the seeker; a stranger's opinion where there is no tie."""
        found = self._opinions.get(person)
        if found is None:
            found = self._opinions[person] = self._opinion(person)
        return found

    @cached_property
    def _opinions(self) -> dict[int, Opinion]:
        return {}

    def _opinion(self, person: int) -> Opinion:
        step = self.index.step(self.seeker, person) if person >= 0 else -1
        if step < 0:
            base = self.model.opinion.from_evidence(np.zeros(1))
            trust = float(base.trust[0])
            return Opinion(float(base.alpha[0]), float(base.beta[0]), trust, gated=True)
        one = np.array([step])
        trust, certainty = (
            float(told(self.index, name, one)[0]) for name in ("trust", "certainty")
        )
        gated = bool(is_gated(self.questions[0], one)[0])
        if np.isnan(certainty) or certainty >= 1 or not 0 < trust < 1:
            return Opinion(np.nan, np.nan, trust, gated)
        found = self.model.opinion.from_judgement(np.array([trust]), np.array([certainty]))
        return Opinion(float(found.alpha[0]), float(found.beta[0]), trust, gated)

    def answers(self, person: int, silences: int) -> float:
        """Return the chance of an answer after so many silences, over that before them.

        Only the part of it that does not come from recall is lost by silence; where the graph
        tells no recall that is all of it.
        """
        if not silences:
            return 1.0
        patience = self.model.response.patience_days
        kept = patience / (patience + silences)
        step = self.index.step(self.seeker, person) if person >= 0 else -1
        if step < 0:
            return kept
        one = np.array([step])
        response, recall = (
            float(told(self.index, name, one)[0]) for name in ("response", "recall")
        )
        recall = 0.0 if np.isnan(recall) else min(recall, response)
        if response <= 0:
            return 1.0
        return (recall + (response - recall) * kept) / response

    def prior(self, person: int, kind: Kind) -> float:
        """Return the expected worth of an answered ask before anything was asked."""
        key = (person, kind)
        found = self._priors.get(key)
        if found is None:
            opinion = self.opinion(person)
            x, likely = levels_of(opinion)
            found = self._priors[key] = float(worth(self.model, opinion, kind, x) @ likely)
        return found

    @cached_property
    def _priors(self) -> dict[tuple[int, Kind], float]:
        return {}

    @cached_property
    def targets_by_name(self) -> dict[str, int]:
        """Place of the target of every ask by id and by name."""
        found: dict[str, int] = {}
        for place, question in enumerate(self.questions):
            asked = question.ask.target
            if isinstance(asked, (Organisation, Prospect)):
                found.setdefault(asked.name, place)
            for target in question.targets:
                found[str(target.id)] = place
        for place, question in enumerate(self.questions):
            for target in question.targets:
                found.setdefault(target.name, place)
            found.setdefault(self.target_id(place), place)
        return found

    def target_id(self, place: int) -> str:
        """Return the id of the target of an ask, or the ids of several."""
        question = self.questions[place]
        if isinstance(question.ask.target, Organisation):
            return question.ask.target.name
        return ", ".join(str(target.id) for target in question.targets)

    def target_name(self, place: int) -> str:
        """Return the name of the target of an ask."""
        question = self.questions[place]
        if isinstance(question.ask.target, Organisation):
            return question.ask.target.name
        return question.target_name

    def lacking(self, target: int) -> str:
        """Return why a target has nobody to ask, in words."""
        found = self._lacking.get(target)
        if found is None:
            question = self.questions[target]
            paths = find_introductions(
                self.index,
                question.ask,
                k=1,
                max_intermediaries=self.rules.max_intermediaries,
                model=self.model,
                observed_only=self.rules.observed_only,
            )
            found = "nobody whom the seeker may ask leads there"
            if len(paths):
                found = (
                    f"ways lead there, but in none of the {self.rules.draws:,} drawn cases did one "
                    "of them work: the chance is too small to plan with"
                )
            elif paths.nearest_misses:
                miss = paths.nearest_misses[0]
                found += (
                    f"; the nearest way is {' → '.join(miss.names)}; what it lacks: {miss.lacking}"
                )
            self._lacking[target] = found
        return found

    @cached_property
    def _lacking(self) -> dict[int, str]:
        return {}

    def person_id(self, person: int) -> Any:
        """Return the id of somebody who may be asked."""
        return self.index.labels[person] if person >= 0 else self.target_id(-1 - person)

    def person_name(self, person: int) -> str:
        """Return the name of somebody who may be asked."""
        return self.index.names[person] if person >= 0 else self.target_name(-1 - person)

    @property
    def graph_day(self) -> dt.date | None:
        """Date of the graph, if it has one."""
        text = str(self.index.as_of)[:10]
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            return None


def prepared(  # noqa: PLR0913 - the question, and how to answer it
    G: Graph | TrustIndex,
    asks: Iterable[Ask],
    *,
    budget: int,
    per_person: int,
    horizon: int,
    values: Sequence[float] | Mapping[str, float] | None,
    rules: PlanRules,
    model: TrustModel | None,
    seed: int,
) -> Desk:
    """Return everything that a plan is made from, with the states of all ways on drawn."""
    index = G if isinstance(G, TrustIndex) else TrustIndex.from_graph(G)
    questions = tuple(
        ask_question(index, ask, model=model, observed_only=rules.observed_only) for ask in asks
    )
    _check_seekers(questions)
    _check_targets(questions)
    graphs = tuple(short_walks(question, rules.max_intermediaries) for question in questions)
    rng = np.random.default_rng(seed)
    behind = draw_behind(list(graphs), rules.draws, rng)
    options = tuple(map(options_of, questions, graphs, behind))
    desk = Desk(
        index=index,
        model=questions[0].model,
        rules=rules,
        questions=questions,
        graphs=graphs,
        options=options,
        values=np.ones(len(questions)),
        budget=budget,
        per_person=per_person,
        horizon=horizon,
        seed=seed,
    )
    desk.values[:] = _values(desk, values)
    return desk


def _check_seekers(questions: tuple[Question, ...]) -> None:
    seekers = {question.seeker: question for question in questions}
    if len(seekers) > 1:
        names = ", ".join(sorted(str(one.index.labels[n]) for n, one in seekers.items()))
        message = f"the asks have several seekers ({names}); make one plan for each of them"
        raise ValueError(message)


def _check_targets(questions: tuple[Question, ...]) -> None:
    taken: dict[str, int] = {}
    for place, question in enumerate(questions):
        for target in question.targets:
            key = str(target.id)
            if key in taken:
                message = (
                    f"asks {taken[key] + 1} and {place + 1} have the same target {key}: "
                    "an outcome would not tell which is meant; put them together"
                )
                raise ValueError(message)
        taken.update({str(target.id): place for target in question.targets})


def _values(desk: Desk, given: Sequence[float] | Mapping[str, float] | None) -> Floats:
    count = len(desk.questions)
    if given is None:
        return np.ones(count)
    if isinstance(given, Mapping):
        found = np.ones(count)
        for name, value in given.items():
            place = desk.targets_by_name.get(str(name))
            if place is None:
                message = f"values names {name!r}, which is the target of no ask"
                raise ValueError(message)
            found[place] = _number(value)
    else:
        found = np.array([_number(value) for value in _listed(given)], dtype=np.float64)
        if found.shape != (count,):
            message = f"values has {found.size} numbers for {count} asks; give one for each ask"
            raise ValueError(message)
    if not (np.isfinite(found) & (found >= 0)).all():
        bad = found[~(np.isfinite(found) & (found >= 0))][0]
        message = f"values holds {bad}; the value of a target is a number from 0"
        raise ValueError(message)
    return found


def _listed(given: Any) -> list[Any]:
    if isinstance(given, str) or not isinstance(given, Iterable):
        message = f"values is {given!r}; give one number for each ask, or some by target"
        raise TypeError(message)
    return list(given)


def _number(value: Any) -> float:
    """Return the value of a target as a number."""
    try:
        return float(value)
    except (TypeError, ValueError):
        message = f"values holds {value!r}; the value of a target is a number from 0"
        raise ValueError(message) from None
