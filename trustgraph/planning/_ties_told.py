"""From the chosen candidates to what is told of them."""

from collections.abc import Mapping, Sequence
from math import hypot, isnan
from typing import Any

from trustgraph.introductions.batch import best_introductions
from trustgraph.models.ask import Organisation
from trustgraph.planning._ties_candidates import Candidate
from trustgraph.planning._ties_choice import NOTHING, Choice
from trustgraph.planning._ties_effort import TieEffort
from trustgraph.planning._ties_reach import Reach, TargetReach
from trustgraph.planning.suggest_ties_results import TargetGain, TieOpinion, TieSuggestion
from trustgraph.steps.question import Question

__all__ = ["aim_of", "state_of", "told_ties"]

Way = tuple[float, tuple[Any, ...]]
"""Score and ids of an introduction."""


def told_ties(
    questions: Sequence[Question],
    reaches: Sequence[TargetReach],
    candidates: Sequence[Candidate],
    choice: Choice,
    *,
    efforts: Mapping[str, TieEffort | None],
    most: int,
) -> tuple[TieSuggestion, ...]:
    """Return the chosen candidates with all there is to tell.

    Parameters
    ----------
    questions, reaches
        One a target, at least one.
    candidates, choice
        All, and which were chosen.
    efforts
        What is done, by kind of candidate.
    most
        Largest number of intermediaries on the way to somebody new.

    Returns
    -------
    tuple of TieSuggestion
        In the order of the choice.
    """
    chosen = [candidates[place] for place in choice.places]
    ways = _ways(questions[0], [one.person for one in chosen if one.kind == "new"], most)
    return tuple(
        _told(questions, reaches, place, one, gains, efforts[one.kind], ways)
        for place, one, gains in zip(choice.places, chosen, choice.gains, strict=True)
    )


def _ways(question: Question, people: list[int], most: int) -> dict[int, Way]:
    """Return the best introduction to each person, on ties that may be used."""
    index = question.index
    frame = best_introductions(
        index,
        index.labels[question.seeker],
        [index.labels[one] for one in people],
        k=1,
        max_intermediaries=most,
        observed_only=question.observed_only,
        model=question.model,
    )
    ways = zip(frame["target"], frame["score"], frame["path"], strict=True)
    return {index.number(target): (float(score), path) for target, score, path in ways}


def _told(
    questions: Sequence[Question],
    reaches: Sequence[TargetReach],
    place: int,
    one: Candidate,
    gains: Sequence[Reach],
    effort: TieEffort | None,
    ways: Mapping[int, Way],
) -> TieSuggestion:
    index = questions[0].index
    name = index.names[one.person]
    helped = [
        _helped(question, reach, place, gain)
        for question, reach, gain in zip(questions, reaches, gains, strict=True)
    ]
    told = [each for each in helped if max(each.gain, each.score_gain) > NOTHING]
    score, path = ways.get(one.person, (0.0, ()))
    before = sum(reach.now.value for reach in reaches)
    gain = sum(each.value for each in gains)
    verb = "Get to know" if one.kind == "new" else "Get back in touch with"
    return TieSuggestion(
        kind=one.kind,
        person=index.labels[one.person],
        name=name,
        gain=gain,
        standard_error=hypot(*(each.error for each in gains)),
        score_gain=sum(each.score_gain for each in helped),
        before=before,
        after=before + gain,
        helps=tuple(sorted(told, key=lambda each: -round(each.gain, 12))),
        common=one.common,
        meet_through=path,
        meet_names=tuple(index.names[index.number(each)] for each in path),
        meet_score=score,
        tie_before=state_of(one.before),
        tie_after=state_of(one.after),
        do=f"{verb} {name}: {effort.words}." if effort else f"{verb} {name}.",
    )


def _helped(question: Question, reach: TargetReach, place: int, gain: Reach) -> TargetGain:
    target, name = aim_of(question)
    return TargetGain(
        target=target,
        name=name,
        before=reach.now.value,
        after=reach.now.value + gain.value,
        standard_error=gain.error,
        score_before=reach.score,
        score_after=float(reach.scores[place]),
    )


def aim_of(question: Question) -> tuple[Any, str]:
    """Return id and name of what a question is about."""
    target = question.ask.target
    if isinstance(target, Organisation):
        name = f"{target.name} ({target.role})" if target.role else target.name
        return name, name
    return question.targets[0].id, question.targets[0].name


def state_of(facts: Mapping[str, float]) -> TieOpinion:
    """Return what is told of a tie; None where the graph is silent."""
    return TieOpinion(
        **{
            name: facts[name]
            for name in TieOpinion.model_fields
            if name in facts and not isnan(facts[name])
        }
    )
