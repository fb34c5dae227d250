"""How much of a score is uncertain because trust is: shared draws of every opinion."""

import numpy as np

from trustgraph._typing import Floats, Seed
from trustgraph.introductions.results import Introduction, TrustInterval
from trustgraph.steps.question import Question

__all__ = ["with_intervals"]

DRAWS = 4_000
TAIL = 0.05


def with_intervals(
    question: Question, paths: tuple[Introduction, ...], *, seed: Seed
) -> tuple[Introduction, ...]:
    """Return the paths with the range of their scores and the share of draws each one wins.

    One opinion is drawn per tie and draw, shared by all paths that use the tie. A graph without
    certainty has no opinions to draw: its paths are returned as they are.
    """
    steps = {
        (step.asker, step.asked): step for path in paths for step in path.steps if not step.assumed
    }
    if not paths or any(step.certainty is None for step in steps.values()):
        return paths
    generator = np.random.default_rng(seed)
    drawn: dict[tuple[object, object], Floats] = {}
    # In the order of the paths: more paths or other names leave the draws of the first ones alone.
    for key, step in steps.items():
        drawn[key] = _draw(question, step.trust or 0.0, step.certainty or 0.0, generator)
    scores = np.array([_scores(question, path, drawn) for path in paths])
    # A draw that is won by several equal paths is shared by them.
    best = scores >= scores.max(axis=0) * (1 - 1e-12)
    shares = (best / best.sum(axis=0)).mean(axis=1)
    low, high = np.quantile(scores, [TAIL, 1 - TAIL], axis=1)
    return tuple(
        path.replace(
            trust_interval=TrustInterval(
                low=float(low[row]), mean=float(scores[row].mean()), high=float(high[row])
            ),
            share_first=float(shares[row]),
        )
        for row, path in enumerate(paths)
    )


def _draw(
    question: Question, trust: float, certainty: float, generator: np.random.Generator
) -> Floats:
    if certainty >= 1 or not 0 < trust < 1:
        return np.full(DRAWS, trust)
    opinion = question.model.opinion.from_judgement(np.array([trust]), np.array([certainty]))
    return generator.beta(opinion.alpha[0], opinion.beta[0], DRAWS)


def _scores(
    question: Question, path: Introduction, drawn: dict[tuple[object, object], Floats]
) -> Floats:
    """Return the score of one path in every draw: each factor with its drawn trust."""
    scores = np.ones(DRAWS)
    for step in path.steps:
        if step.assumed or question.ask.purpose == "reach":
            scores = scores * step.factor
            continue
        opinion = drawn[step.asker, step.asked]
        worth, expected = opinion, step.trust or 0.0
        if step.place in ("first", "further"):
            endorsed = _endorsed(question, step.asker, step.asked)
            if (step.willingness, endorsed) != (1.0, step.trust):
                worth = opinion * question.model.gate.g(opinion)
                expected = (step.willingness or 0.0) * endorsed
        # The factor is linear in E[worth]; all that does not depend on trust stays as it is.
        scores = scores * (step.factor / expected * worth if expected > 0 else 0.0)
    return scores


def _endorsed(question: Question, asker: object, asked: object) -> float:
    index = question.index
    step = index.step(index.number(asker), index.number(asked))
    return float(index.endorsed_trust[step])
