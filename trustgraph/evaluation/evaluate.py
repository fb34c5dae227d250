"""Models of trust are judged by ratings that they have not seen."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any, Final, TypeAlias, get_args

import numpy as np
import pandas as pd
from tqdm import tqdm

from trustgraph._text import counted
from trustgraph._typing import Bools, Graph
from trustgraph.evaluation import protocols
from trustgraph.evaluation._calibrated import Judged
from trustgraph.evaluation._plans import (
    LeaveOneOutPlan,
    Plan,
    PrequentialPlan,
    SplitPlan,
)
from trustgraph.evaluation._tasks import Workers, check_jobs, is_of_script
from trustgraph.evaluation.bootstrap import (
    Unit,
    bootstrap_metrics,
    check_resamples,
    check_unit,
)
from trustgraph.evaluation.metrics import positive_ratings
from trustgraph.evaluation.predictors.base import Predictor
from trustgraph.evaluation.predictors.registry import PREDICTORS, find_predictor
from trustgraph.evaluation.results import (
    Evaluation,
    Figure,
    ModelFigures,
    ProtocolName,
    number_or_none,
)
from trustgraph.evaluation.scored import Scored
from trustgraph.graph.index import TrustIndex
from trustgraph.graph.ratings import Ratings
from trustgraph.steps.seed import is_whole, number_of_seed

__all__ = ["evaluate", "protocol_name"]

Models: TypeAlias = str | Predictor | Iterable[str | Predictor] | None

FEW: Final = 3_000
"""Ratings up to which starting processes takes longer than they save."""
FEW_TASKS: Final = 8
"""Pieces of work up to which the same holds."""
FEWEST: Final = 3


def evaluate(  # noqa: PLR0913 - what to judge, by what, and how
    ratings: pd.DataFrame | Ratings | TrustIndex | Graph,
    models: Models = None,
    *,
    protocol: str = "chronological",
    folds: int = protocols.FOLDS,
    sample: int | None = None,
    resamples: int = 1000,
    unit: Unit = "both",
    seed: int = 0,
    jobs: int | None = None,
    progress: bool = False,
) -> Evaluation:
    """Judge models of trust by ratings that they have not seen.

    Parameters
    ----------
    ratings
        A frame with columns ``source, target, rating`` and perhaps ``time``; `Ratings`; or a
        graph, or its index, with ratings on its edges.
    models
        Names of predictors, or predictors; default: all that have a name.
    protocol
        ``"leave-one-out"``: each rating from all others; ``"kfold"``: each random part from the
        others; ``"hold-out"``: a random tenth from the rest, for five seeds; ``"chronological"``:
        the newest fifth from the rest; ``"prequential"``: each of the newest four fifths from
        those strictly before it. The last two need times.
    folds
        Number of parts of ``"kfold"``, at least 2.
    sample
        Ratings that are left out one by one where a model has to learn anew for each, at least 1;
        default: 2,000, or all if there are fewer. Models that need not are judged on all.
    resamples
        Of the bootstrap, behind the intervals of the metrics; 0 for none.
    unit
        What the bootstrap draws: people as raters and as rated (``"both"``), all ratings of a
        ``"target"``, all of a ``"source"``, or each ``"rating"`` by itself, which is too sure of
        itself: ratings by one person, and ratings of one person, hang together.
    seed
        Of every draw: parts, samples and resamples.
    jobs
        Number of processes; default: one a processor, or this one alone for few ratings. The
        result is the same. Predictors that a script or a notebook defines itself are judged in
        this process: others would not know them.
    progress
        Whether to show a progress bar.

    Returns
    -------
    Evaluation
        Every metric of every model, with intervals.

    Raises
    ------
    ValueError
        If a model or protocol is not known, a number is out of range, there are too few ratings,
        or the protocol needs times that are not there.
    GraphContractError
        If the ratings cannot be used.
    TypeError
        If something given is no ratings, or no model.

    Notes
    -----
    Errors are on weights, ratings divided by the scale, and pooled over ratings. Everything a
    model or the harness fits is fitted to what may be known:

    - The chance that a rating is positive (Brier score, log loss, ECE) comes from a logistic
      curve on the predicted value [1]_; 90 % intervals, of models that have none of their own,
      from how far predictions were off [2]_. Both are fitted to predictions of ratings that the
      model had not seen and that may be known: for splits, to an inner split of what is learned
      from (the newest fifth of it where the future is predicted, else a random fifth); through
      time, to all predictions before the block of the rating; for leave-one-out, to those in the
      other nine tenths of the ratings.
    - What counts as positive: `positive_ratings`.
    - Metrics of order (pcc, spearman, auc) are undefined for a model that predicts one number for
      all pairs, and under leave-one-out for one whose predictions fall exactly as the ratings
      rise: it is the rating left out that moves them.

    References
    ----------
    .. [1] Platt, J. C. (1999). Probabilistic outputs for support vector machines and comparisons
       to regularized likelihood methods. Advances in Large Margin Classifiers, MIT Press, 61-74.
    .. [2] Vovk, V., Gammerman, A., Shafer, G. (2005). Algorithmic Learning in a Random World.
       Springer. https://doi.org/10.1007/b106715

    Examples
    --------
    >>> told = pd.DataFrame({"source": [1, 2, 3], "target": [2, 1, 1], "rating": [4, 5, 3]})
    >>> found = tg.evaluation.evaluate(told, ["mean", "reciprocal"], protocol="leave-one-out")
    >>> found.table()["mae"].round(3).to_dict()
    {'mean': 0.2, 'reciprocal': 0.333}
    """
    chosen, named = _chosen(models), protocol_name(protocol)
    check_resamples(resamples)
    check_unit(unit)
    draw = number_of_seed(seed)
    if sample is not None and (not is_whole(sample) or sample < 1):
        message = f"sample is {sample!r}; give a whole number from 1, or None"
        raise ValueError(message)
    told = _in_order(_ratings_of(ratings), timed=named == "prequential")
    positive = positive_ratings(told.rating)
    plan = _plan(named, told, positive, folds=folds, sample=sample, seed=draw)
    tasks = {model.name: plan.tasks(model) for model in chosen}
    count = sum(map(len, tasks.values()))
    few = told.m <= FEW or count <= FEW_TASKS
    here = any(map(is_of_script, chosen)) or (jobs is None and few)
    workers = min(check_jobs(jobs), 1 if here else max(count, 1))
    with (
        Workers.open(told, workers) as pool,
        tqdm(total=count + len(chosen), desc="Evaluating", disable=not progress) as bar,
    ):
        found = pool.run([task for name in tasks for task in tasks[name]], bar.update)
        scored, seconds, place = {}, {}, 0
        for model in chosen:
            own = found[place : place + len(tasks[model.name])]
            place += len(own)
            judged = plan.judged(model, [prediction for prediction, _ in own])
            scored[model.name] = _scored(told, positive, judged, model)
            seconds[model.name] = sum(took for _, took in own)
        boot = partial(bootstrap_metrics, resamples=resamples, unit=unit, seed=draw)
        figures = pool.map(boot, list(scored.values()), bar.update)
    evaluation = Evaluation(
        protocol=named,
        models=tuple(
            ModelFigures(
                model=model.name,
                n=len(scored[model.name]),
                how=plan.how(model),
                figures=_figures(frame),
            )
            for model, frame in zip(chosen, figures, strict=True)
        ),
        n=told.m,
        people=told.n,
        scale=told.scale,
        lowest=float(told.rating.min()),
        highest=float(told.rating.max()),
        folds=folds if named == "kfold" else None,
        sample=sample,
        seed=draw,
        resamples=resamples,
        unit=unit,
    )
    evaluation.hold(scored, seconds)
    return evaluation


def protocol_name(protocol: str) -> ProtocolName:
    """Return the name of a protocol as results have it.

    Parameters
    ----------
    protocol
        Its name; case, hyphens and underscores make no difference.

    Returns
    -------
    str
        The name.

    Raises
    ------
    ValueError
        If there is no such protocol.

    Examples
    --------
    >>> from trustgraph.evaluation.evaluate import protocol_name
    >>> protocol_name("leave_one_out"), protocol_name("k-fold")
    ('leave-one-out', 'kfold')
    """
    names: tuple[ProtocolName, ...] = get_args(ProtocolName)
    plain = {name.replace("-", ""): name for name in names}
    told = str(protocol).lower().replace("-", "").replace("_", "")
    if told not in plain:
        message = f"there is no protocol {protocol!r}; name one of {', '.join(names)}"
        raise ValueError(message)
    return plain[told]


def _chosen(models: Models) -> list[Predictor]:
    """Return the models, each once."""
    if models is None:
        return list(PREDICTORS.values())
    if not isinstance(models, str | Iterable) and not hasattr(models, "fit"):
        message = f"models is {models!r}; give names or predictors, or None for all with a name"
        raise TypeError(message)
    given: Sequence[Any] = (
        [models] if isinstance(models, str) or hasattr(models, "fit") else list(models)
    )
    chosen: dict[str, Predictor] = {}
    for one in given:
        model = find_predictor(one) if isinstance(one, str) else one
        if not hasattr(model, "fit") or not isinstance(getattr(model, "name", None), str):
            message = f"{one!r} is no model: give a name, or something with a name and fit()"
            raise TypeError(message)
        if model.name in chosen:
            message = f"two models are called {model.name!r}; give each its own name"
            raise ValueError(message)
        chosen[model.name] = model
    if not chosen:
        message = "no model is named; name some, or pass None for all"
        raise ValueError(message)
    return list(chosen.values())


def _ratings_of(given: Any) -> Ratings:
    if isinstance(given, Ratings):
        return given
    if isinstance(given, pd.DataFrame):
        return Ratings.from_frame(given)
    if isinstance(given, TrustIndex | Graph):
        return Ratings.from_graph(given)
    message = (
        f"ratings is a {type(given).__name__}; give a frame with columns source, target, rating, "
        "Ratings, or a graph"
    )
    raise TypeError(message)


def _in_order(ratings: Ratings, *, timed: bool) -> Ratings:
    """Return the ratings with numbers for names, in an order that rows had no part in."""
    ends = ratings.source.astype(np.int64) * ratings.n + ratings.target
    ratings = ratings.take(np.argsort(ends, kind="stable"))
    if timed:
        ratings = ratings.take(protocols.in_time_order(ratings))
    return Ratings(
        range(ratings.n),
        ratings.source,
        ratings.target,
        ratings.rating,
        ratings.time,
        ratings.scale,
    )


def _plan(
    named: ProtocolName,
    ratings: Ratings,
    positive: Bools,
    *,
    folds: int,
    sample: int | None,
    seed: int,
) -> Plan:
    if ratings.m < FEWEST:
        there = f"there {'is' if ratings.m == 1 else 'are'} {counted(ratings.m, 'rating')}"
        message = f"{there}; an evaluation needs {FEWEST} at least"
        raise ValueError(message)
    if named == "leave-one-out":
        return LeaveOneOutPlan(ratings, positive, sample, seed)
    if named == "prequential":
        return PrequentialPlan(ratings, positive)
    if named == "kfold":
        splits = protocols.k_fold(ratings, folds, seed=seed)
    elif named == "hold-out":
        seeds = [seed + place for place in protocols.SEEDS]
        splits = protocols.hold_out(ratings, seeds=seeds)
    else:
        splits = protocols.chronological(ratings)
    return SplitPlan(ratings, positive, tuple(splits), seed)


def _scored(ratings: Ratings, positive: Bools, judged: Judged, model: Predictor) -> Scored:
    rows = judged.rows
    rating = ratings.rating[rows]
    return Scored(
        rows=rows,
        source=ratings.source[rows],
        target=ratings.target[rows],
        rating=rating,
        positive=positive[rows],
        value=judged.value,
        probability=judged.probability,
        low=judged.low,
        high=judged.high,
        answered=judged.answered,
        ranks=judged.ranks and bool(getattr(model, "ranks", True)),
    )


def _figures(frame: pd.DataFrame) -> tuple[Figure, ...]:
    return tuple(
        Figure(
            metric=str(metric),
            value=number_or_none(row["value"]),
            low=number_or_none(row["low"]),
            high=number_or_none(row["high"]),
        )
        for metric, row in frame.iterrows()
    )
