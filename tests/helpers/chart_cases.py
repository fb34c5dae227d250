"""Invented results of evaluations and of models of reputation, to draw."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from trustgraph.evaluation import calibration_curve
from trustgraph.evaluation.axiom_results import AxiomReport, AxiomResult, SybilPoint, SybilRun
from trustgraph.evaluation.results import Evaluation, Figure, ModelFigures
from trustgraph.reputation.comparison import Comparison
from trustgraph.reputation.decomposition import Decomposition, EdgePart

FAKES = (0, 1, 2, 5, 10, 20, 50)


def names_for(count: int, names: Sequence[str] = ()) -> list[str]:
    """Return so many names, the given ones over and over."""
    return [names[n % len(names)] if names else f"model_{n}" for n in range(count)]


def made_evaluation(
    values: Sequence[float | None],
    *,
    names: Sequence[str] = (),
    metric: str = "rmse",
    half: float | None = 0.02,
    sampled: Sequence[int] = (),
) -> Evaluation:
    """Return an evaluation in which models have these values of one metric."""
    models = []
    for n, (name, value) in enumerate(zip(names_for(len(values), names), values, strict=True)):
        ends = {} if value is None or half is None else {"low": value - half, "high": value + half}
        figure = Figure(metric=metric, value=value, **ends)
        how: Any = "sampled" if n in sampled else "exact"
        models.append(ModelFigures(model=name, n=3000, how=how, figures=(figure,)))
    return Evaluation(protocol="leave-one-out", models=tuple(models), n=35_592, people=5_881)


def made_curve(seed: int = 1, *, n: int = 500, bins: int = 10) -> pd.DataFrame:
    """Return how often ratings were positive, by a chance that is too high."""
    rng = np.random.default_rng(seed)
    chance = rng.beta(2, 1, n)
    return calibration_curve(rng.random(n) < chance**1.5, chance, bins=bins)


def made_comparison(rows: Any, *, names: Sequence[str] = ()) -> Comparison:
    """Return a comparison of models with these scores, a row each."""
    scores = [tuple(float(score) for score in row) for row in rows]
    people = tuple(f"p{n}" for n in range(len(scores[0]) if scores else 0))
    models = tuple(names_for(len(scores), names))
    return Comparison(people=people, names=people, models=models, scores=tuple(scores))


def some_models(count: int, *, people: int = 30, seed: int = 1) -> Any:
    """Return scores of models some of which are alike, shape (count, people)."""
    rng = np.random.default_rng(seed)
    return rng.normal(size=(count, 2)) @ rng.normal(size=(2, people)) + 0.3 * rng.normal(
        size=(count, people)
    )


def made_report(
    name: str,
    scores: Sequence[float] | None,
    *,
    growth: Any = "grows",
    axiom: str = "sybil_own",
    total: Sequence[float] | None = None,
) -> AxiomReport:
    """Return a report on one attack; without scores the axiom does not apply."""
    if scores is None:
        result = AxiomResult(axiom=axiom, statement="", status="not_applicable", reason="so")
    else:
        whole = scores if total is None else total
        curve = tuple(
            SybilPoint(fakes=fakes, own=own, total=all_of_them, rank=1)
            for fakes, own, all_of_them in zip(FAKES, scores, whole, strict=True)
        )
        run = SybilRun(shape="star", edges=(), seed=None, curve=curve, growth=growth)
        status: Any = "fails" if growth == "grows" else "holds"
        result = AxiomResult(axiom=axiom, statement="", status=status, sybils=run)
    return AxiomReport(model=name, results=(result,), seed=0, random_worlds=0)


def some_reports(count: int, *, names: Sequence[str] = ()) -> list[AxiomReport]:
    """Return reports on models in which nothing, little or more and more is gained."""
    made = []
    for n, name in enumerate(names_for(count, names)):
        growth = ("none", "bounded", "grows")[n % 3]
        gain = {"none": 0.0, "bounded": 1.0 + n % 7, "grows": 0.1 + 0.1 * (n % 5)}[growth]
        reach = [fakes / (fakes + 2) if growth == "bounded" else fakes for fakes in FAKES]
        made.append(made_report(name, [0.1 * (1 + gain * one) for one in reach], growth=growth))
    return made


def made_decomposition(
    parts: Sequence[float],
    *,
    seed: float = 0.0,
    returned: float = 0.0,
    names: Sequence[str] = (),
) -> Decomposition:
    """Return a decomposition with these parts, the largest first."""
    incoming = tuple(
        EdgePart(source=f"p{n}", name=name, trust=0.5, part=part)
        for n, (name, part) in enumerate(zip(names_for(len(parts), names), parts, strict=True))
    )
    return Decomposition(
        person="ana",
        name=names[0] if names else "Ana Lima",
        model="eigentrust",
        score=seed + returned + sum(parts),
        error=1e-9,
        seed=seed,
        returned=returned,
        incoming=incoming,
        walks=(),
        smaller=0.0,
        longer=0.0,
        people=50,
        inactive=3,
        damping=0.85,
        max_steps=3,
        top=5,
    )
