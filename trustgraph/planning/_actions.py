"""What to do before asking: help, get back in touch, make the ask clearer; with modelled gains."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from trustgraph._typing import Floats
from trustgraph.planning._belief import Opinion, levels_of, worth
from trustgraph.planning._choose import greedy
from trustgraph.planning._choose_problem import Chosen, Problem
from trustgraph.planning.plan_desk import Desk
from trustgraph.steps.told import told
from trustgraph.trust.model import TrustModel
from trustgraph.trust.opinion import saturated

__all__ = ["Action", "actions_of", "told_of"]

DAYS: Final = {"help": 14, "reconnect": 7, "clarify": 1}
"""Days that each takes (judgements)."""
MOST_PEOPLE: Final = 30
"""People who are looked at, those whose asks are worth most alone."""
HELP, TALK = "help_given", "conversation_day"


@dataclass(frozen=True)
class Action:
    """Something to do before asking.

    Attributes
    ----------
    kind
        ``"help"``, ``"reconnect"`` or ``"clarify"``.
    subject
        The person, or the place of the target whose ask to make clearer.
    gain
        What it adds to the value of the best plan.
    before, after
        Chance that an ask to the person works at its first step, or factor of the clarity.
    """

    kind: str
    subject: int
    gain: float
    before: float
    after: float


@dataclass(frozen=True)
class _Tie:
    """What the graph tells of the tie of one person to the seeker."""

    opinion: Opinion
    belief: float
    recall: float
    response: float
    counts: Mapping[str, float]


def actions_of(desk: Desk, problem: Problem, chosen: Chosen) -> list[Action]:
    """Return what can be done before asking, the best first, each as if done alone."""
    kinds = desk.rules.actions
    value = problem.worth(chosen)
    found: list[Action | None] = []
    for person in _promising(desk, problem):
        tie = _tie(desk, person)
        if tie is None:
            continue
        found += [
            _with_person(desk, problem, chosen, value, kind, person, tie)
            for kind in ("help", "reconnect")
            if kind in kinds
        ]
    if "clarify" in kinds:
        found += [
            _with_ask(desk, problem, chosen, value, target) for target in range(problem.targets)
        ]
    listed = [one for one in found if one is not None and one.gain >= desk.rules.least_gain]
    listed = [one for one in listed if one.gain > 0]
    listed.sort(key=lambda one: (-one.gain, one.kind, one.subject))
    return listed[: desk.rules.most_actions]


def _promising(desk: Desk, problem: Problem) -> list[int]:
    """Return the people whose best ask is worth most alone."""
    best = np.zeros(len(problem.capacity))
    np.maximum.at(best, problem.everybody, problem.fresh)
    best *= problem.free
    order = np.argsort(-best, kind="stable")[:MOST_PEOPLE]
    return [desk.people[int(one)] for one in order if best[one] > 0]


def _tie(desk: Desk, person: int) -> _Tie | None:
    """Return what the graph tells of a tie, None where it tells no opinion."""
    opinion = desk.opinion(person)
    step = desk.index.step(desk.seeker, person) if person >= 0 else -1
    if step < 0 or np.isnan(opinion.alpha):
        return None
    one = np.array([step])
    certainty, recall, response = (
        float(told(desk.index, name, one)[0]) for name in ("certainty", "recall", "response")
    )
    stated = desk.model.opinion.from_judgement(np.array([opinion.trust]), np.array([certainty]))
    kinds = desk.index.edge(desk.seeker, person).get("kinds")
    counts = {
        str(kind): float(dict(about).get("count", 0) or 0)
        for kind, about in (dict(kinds) if isinstance(kinds, Mapping) else {}).items()
    }
    return _Tie(opinion, float(stated.belief[0]), recall, response, counts)


def _with_person(
    desk: Desk,
    problem: Problem,
    chosen: Chosen,
    value: float,
    kind: str,
    person: int,
    tie: _Tie,
) -> Action | None:
    if kind == "reconnect" and np.isnan(tie.recall):
        return None
    alpha = tie.opinion.alpha + _added(desk.model, HELP if kind == "help" else TALK, tie)
    total = alpha + tie.opinion.beta
    later = Opinion(alpha, tie.opinion.beta, alpha / total, tie.opinion.gated)
    answers = _response(desk.model, kind, tie, later) / tie.response if tie.response > 0 else 1.0
    rate = list(problem.rate)
    before = after = 0.0
    for target, options in enumerate(desk.options):
        mine = np.array([one == person for one in desk.asked(target)], bool)
        if not mine.any():
            continue
        asked = desk.kind(target, direct=bool(options.direct[mine][0]))
        x, likely = levels_of(later)
        now = float(worth(desk.model, later, asked, x) @ likely)
        prior = desk.prior(person, asked)
        factor = answers * (now / prior if prior > 0 else 1.0)
        rate[target] = np.where(mine, np.minimum(rate[target] * factor, 1.0), rate[target])
        before = max(before, float(problem.rate[target][mine].max()))
        after = max(after, float(rate[target][mine].max()))
    return Action(kind, person, _gain(problem, rate, chosen, value), before, after)


def _added(model: TrustModel, kind: str, tie: _Tie) -> float:
    """Return the mass that one more item of evidence adds to the person's trust in the seeker.

    What is there already counts at its full mass, whatever its age: so the gain is not overstated.
    """
    row = model.evidence.kind(kind)
    mass, cap = (row.backward, row.cap_backward) if kind == HELP else (row.forward, row.cap_forward)
    limit = np.inf if cap is None else cap
    there = tie.counts.get(kind, 0.0) * mass
    ends = saturated(np.array([there, there + mass]), limit)
    return float(ends[1] - ends[0])


def _response(model: TrustModel, kind: str, tie: _Tie, later: Opinion) -> float:
    """Return the chance of an answer afterwards."""
    recall = 0.0 if np.isnan(tie.recall) else tie.recall
    without = (tie.response - recall) / (1.0 - recall) if recall < 1 else 0.0
    total = later.alpha + later.beta
    certainty = 1.0 - model.opinion.prior_weight / total
    stated = model.opinion.from_judgement(np.array([later.trust]), np.array([certainty]))
    belief = np.array([tie.belief, float(stated.belief[0])])
    none = np.zeros(2)
    base = model.response.response(none, belief, none)
    without *= float(base[1] / base[0]) if base[0] > 0 else 1.0
    recall = _recalled(model, HELP if kind == "help" else TALK, recall)
    return recall + (1.0 - recall) * without


def _recalled(model: TrustModel, kind: str, recall: float) -> float:
    """Return the recall after one more day of contact: of both, or of the seeker alone.

    Whoever never acted towards the seeker (a recall of 0) does so only where both act.
    """
    both = model.evidence.kind(kind).contact == "both"
    alone = model.evidence.kind(kind).contact == "source" and recall > 0
    if recall >= 1 or not (both or alone):
        return recall
    strength = model.recall.theta * (recall / (1.0 - recall)) ** (1.0 / model.recall.slope)
    more = strength + model.recall.incoming_weight + (1.0 if both else 0.0)
    return float(model.recall.recall(np.array([more]))[0])


def _with_ask(
    desk: Desk, problem: Problem, chosen: Chosen, value: float, target: int
) -> Action | None:
    """Return what a fully clear ask gains; at the first step only, so it is not overstated."""
    question = desk.questions[target]
    clear = desk.model.clarity.kappa(1.0)
    if question.kappa >= clear or not len(problem.rate[target]):
        return None
    rate = list(problem.rate)
    rate[target] = np.minimum(rate[target] * (clear / question.kappa), 1.0)
    gain = _gain(problem, rate, chosen, value)
    return Action("clarify", target, gain, question.kappa, clear)


def _gain(problem: Problem, rate: list[Floats], chosen: Chosen, value: float) -> float:
    """Return what other chances add to the value of the best plan found."""
    other = problem.with_rates(rate)
    return max(other.worth(chosen), other.worth(greedy(other))) - value


def told_of(desk: Desk, action: Action) -> dict[str, Any]:
    """Return an action in words."""
    if action.kind == "clarify":
        name = desk.target_name(action.subject)
        fields = ", ".join(desk.questions[action.subject].ask.missing) or "whatever is unclear"
        what = f"Make the ask for {name} clearer: say {fields.replace('_', ' ')}"
        who: Any = desk.target_id(action.subject)
    else:
        name = desk.person_name(action.subject)
        deed = (
            f"Help {name} with something before asking"
            if action.kind == "help"
            else f"Get back in touch with {name} before asking"
        )
        rise = f"the first step works with {action.before:.0%} now, then with {action.after:.0%}"
        what = f"{deed}: {rise}"
        who = desk.person_id(action.subject)
    return {
        "kind": action.kind,
        "who": who,
        "name": name,
        "days": DAYS[action.kind],
        "gain": action.gain,
        "what": what,
    }
