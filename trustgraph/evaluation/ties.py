"""Ties of one kind predicted from ties of other kinds, and how well."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from trustgraph._text import listed
from trustgraph._typing import Bools, Floats, LongInts, Seed
from trustgraph.datasets.layers import Layers
from trustgraph.errors import UnknownPersonError
from trustgraph.evaluation._tie_features import Dyads
from trustgraph.evaluation._tie_models import MODELS, OURS, PLAIN, predicted
from trustgraph.evaluation.tie_results import (
    Protocol,
    TieDifference,
    TieEvaluation,
    TieScore,
)
from trustgraph.steps.seed import is_whole

__all__ = ["evaluate_ties", "predict_ties"]

MOST_PEOPLE: Final = 500
"""Beyond that the features of all pairs take too much room."""
LEAST_PEOPLE: Final = 3
LEAST_FOLDS: Final = 2


def predict_ties(
    layers: Layers,
    pairs: Iterable[tuple[Any, Any]],
    *,
    of: str = "advice",
    using: Sequence[str] | None = None,
    model: str = "full",
) -> "pd.Series[float]":
    """Return the chance that each of some pairs has a tie, learned from all other pairs.

    Parameters
    ----------
    layers
        The people and their ties.
    pairs
        Whose tie to whom is asked for: (source, target). Whether they have one is not looked at.
    of
        The kind of tie.
    using
        The kinds of ties from which it is predicted; default: all others.
    model
        ``"full"`` looks at the other kinds of ties and at the known ties of the same kind,
        ``"effects"`` at less of both, ``"paths"`` at other kinds alone; ``"logistic"``,
        ``"logistic_paths"`` and ``"logistic_known"`` are plain regressions.

    Returns
    -------
    pandas.Series
        Chances in [0, 1], named like the kind of tie; index ``source, target``, in the order of
        the pairs.

    Raises
    ------
    UnknownPersonError
        If somebody is not among the people.
    ValueError
        If a kind of tie or the model is not known, a pair is one person, or stands there twice; if
        there are under 3 or over 500 people, or no other pairs to learn from.

    Notes
    -----
    The logit of a chance is a weighted sum of features and, but for ``"paths"`` and the plain
    regressions, an effect of the source and one of the target, as in the p2 model [1]_ without its
    reciprocity. Features are the direct ties both ways, the square roots of the numbers of ways of
    two ties, and of the numbers of ties of both; ``"full"`` adds the tie of the target to the
    source and ways that use known ties of the same kind. Weights and effects have normal priors
    whose widths are learned too [2]_.

    References
    ----------
    .. [1] van Duijn, M. A. J., Snijders, T. A. B. & Zijlstra, B. J. H. (2004). p2: a random effects
       model with covariates for directed graphs. Statistica Neerlandica 58(2), 234-254.
       doi:10.1046/j.0039-0402.2003.00258.x
    .. [2] Breslow, N. E. & Clayton, D. G. (1993). Approximate inference in generalized linear mixed
       models. Journal of the American Statistical Association 88, 9-25.
       doi:10.1080/01621459.1993.10594284

    Examples
    --------
    >>> asks = pd.DataFrame({"source": [1, 2, 3, 4, 5], "target": [2, 3, 4, 5, 1]})
    >>> six = tg.datasets.Layers(pd.DataFrame(index=range(1, 7)), {"advice": asks, "lunch": asks})
    >>> chance = tg.evaluation.predict_ties(six, [(1, 2), (1, 6)], model="paths")
    >>> bool(chance[1, 2] > chance[1, 6])
    True
    """
    if model not in MODELS:
        message = f"model is {model!r}; it must be {listed([repr(one) for one in MODELS], 'or')}"
        raise ValueError(message)
    dyads, _ = _dyads(layers, of, using)
    asked = list(pairs)
    source, target = _numbers(layers, asked)
    seen = ~np.eye(dyads.n, dtype=bool)
    seen[source, target] = False
    if not seen.any():
        message = "every pair is asked for, so there is none to learn from; leave some out"
        raise ValueError(message)
    logit = predicted(MODELS[model], dyads, seen)[source, target]
    index = pd.MultiIndex.from_arrays(
        [layers.people.index[source], layers.people.index[target]], names=["source", "target"]
    )
    return pd.Series(1 / (1 + np.exp(-np.clip(logit, -500, 500))), index=index, name=of)


def evaluate_ties(
    layers: Layers,
    *,
    of: str = "advice",
    using: Sequence[str] | None = None,
    protocol: Protocol = "pairs",
    folds: int = 10,
    draws: int = 1000,
    level: float = 0.95,
    seed: Seed = 0,
) -> TieEvaluation:
    """Return how well ties are predicted by our models and, beside them, by plain regressions.

    Parameters
    ----------
    layers
        The people and their ties.
    of
        The kind of tie that is predicted.
    using
        The kinds of ties from which it is predicted; default: all others.
    protocol
        What is hidden at a time: a share of the ordered pairs (``"pairs"``: the tie back may be
        known), of the pairs of people both ways at once (``"dyads"``), or all ties of one person,
        of which those that go out are predicted (``"people"``; there are as many folds as people).
    folds
        Number of shares; each pair is in one.
    draws
        Draws of the bootstrap; 0 for no intervals.
    level
        Share of the draws that an interval holds, in (0, 1).
    seed
        Of folds and draws, in the order of ``layers.people``.

    Returns
    -------
    TieEvaluation
        The area under the curve (AUC) of every model over all pairs that were hidden, and the
        differences of ours and the plain ones, with intervals.

    Raises
    ------
    ValueError
        If a kind of tie is not known, a number is out of range, there are under 3 or over 500
        people, or no ties or nothing else, so that there is nothing to tell apart.

    Notes
    -----
    All models are fitted on the same pairs and predict the same pairs; priors are learned on the
    former alone. Two differences matter: ``effects`` less ``logistic`` (the same features; what
    effects of people add) and ``full`` less ``logistic_known`` (all inputs alike; what shrinking
    adds). Pairs that share a person hang together, so whole people are drawn, and a pair counts as
    often as both of its people were drawn [1]_; single pairs would make intervals that are too
    narrow. It covers whom one happens to have asked, not other firms.

    References
    ----------
    .. [1] Snijders, T. A. B. & Borgatti, S. P. (1999). Non-parametric standard errors and tests for
       network statistics. Connections 22(2), 161-170.

    Examples
    --------
    >>> tie = pd.DataFrame({"source": [1, 2, 3, 4], "target": [2, 3, 4, 1]})
    >>> four = tg.datasets.Layers(pd.DataFrame(index=[1, 2, 3, 4]), {"advice": tie, "lunch": tie})
    >>> found = tg.evaluation.evaluate_ties(four, folds=3, draws=0)
    >>> float(found.to_frame().loc["logistic", "auc"])
    1.0
    """
    dyads, kinds = _dyads(layers, of, using)
    _check_numbers(protocol, folds, draws, level)
    rng = np.random.default_rng(seed)
    off = ~np.eye(dyads.n, dtype=bool)
    positive = dyads.aim[off]
    if positive.all() or not positive.any():
        message = f"{'every' if positive.any() else 'no'} pair has a tie of {of}; there is "
        raise ValueError(message + "nothing to tell apart")
    hidden = list(_hidden(dyads.n, protocol, folds, rng))
    values = {}
    for name, model in MODELS.items():
        logit = np.zeros((dyads.n, dyads.n))
        for asked, unseen in hidden:
            logit[asked] = predicted(model, dyads, off & ~unseen)[asked]
        values[name] = logit
    people = rng.multinomial(dyads.n, np.full(dyads.n, 1 / dyads.n), size=draws)
    whole = np.ones((1, dyads.n))
    auc = {name: float(_auc(dyads.aim, value, whole)[0]) for name, value in values.items()}
    drawn = {name: _auc(dyads.aim, value, people) for name, value in values.items()}
    return TieEvaluation(
        of=of,
        using=kinds,
        people=dyads.n,
        pairs=len(positive),
        ties=int(positive.sum()),
        protocol=protocol,
        folds=len(hidden),
        scores=tuple(
            TieScore(
                model=name,
                words=model.words,
                inputs=model.inputs,
                auc=auc[name],
                **_interval(drawn[name], level),
            )
            for name, model in MODELS.items()
        ),
        differences=tuple(
            TieDifference(
                model=name,
                than=than,
                difference=auc[name] - auc[than],
                **_interval(drawn[name] - drawn[than], level),
            )
            for name in OURS
            for than in PLAIN
        ),
        level=level,
        draws=draws,
        seed=None if seed is None or isinstance(seed, np.random.Generator) else int(seed),
    )


def _dyads(layers: Any, of: str, using: Sequence[str] | None) -> tuple[Dyads, tuple[str, ...]]:
    """Return all pairs, and the names of the kinds that are used."""
    if not isinstance(layers, Layers):
        message = f"layers is a {type(layers).__name__}; give trustgraph.datasets.Layers"
        raise TypeError(message)
    kinds = tuple(name for name in layers.ties if name != of) if using is None else tuple(using)
    if isinstance(using, str) or not kinds or of in kinds or len(set(kinds)) < len(kinds):
        message = f"using is {using!r}; name one or more other kinds of ties than {of!r}, once each"
        raise ValueError(message)
    if not LEAST_PEOPLE <= len(layers.people) <= MOST_PEOPLE:
        message = (
            f"there are {len(layers.people)} people; ties are predicted among {LEAST_PEOPLE} to "
            f"{MOST_PEOPLE}: choose some of them"
        )
        raise ValueError(message)
    return Dyads(layers.matrix(of), tuple(map(layers.matrix, kinds))), kinds


def _numbers(layers: Layers, pairs: Sequence[tuple[Any, Any]]) -> tuple[LongInts, LongInts]:
    people = layers.people.index
    known = {person: number for number, person in enumerate(people.tolist())}
    for pair in pairs:
        for person in pair:
            if person not in known:
                raise UnknownPersonError(str(person))
        if pair[0] == pair[1]:
            message = f"the pair {tuple(pair)!r} is one person; leave it out"
            raise ValueError(message)
    if len(set(map(tuple, pairs))) < len(pairs):
        message = "a pair stands twice among the pairs; give each once"
        raise ValueError(message)
    ends = np.array([[known[one], known[other]] for one, other in pairs], np.int64).reshape(-1, 2)
    return ends[:, 0], ends[:, 1]


def _check_numbers(protocol: str, folds: int, draws: int, level: float) -> None:
    if protocol not in get_args(Protocol):
        known = listed([repr(one) for one in get_args(Protocol)], "or")
        message = f"protocol is {protocol!r}; it must be {known}"
        raise ValueError(message)
    if not is_whole(folds) or folds < LEAST_FOLDS:
        message = f"folds is {folds!r}; it must be a whole number from {LEAST_FOLDS}"
        raise ValueError(message)
    if not is_whole(draws) or draws < 0:
        message = f"draws is {draws!r}; it must be a whole number from 0"
        raise ValueError(message)
    if not 0 < level < 1:
        message = f"level is {level!r}; it must lie between 0 and 1"
        raise ValueError(message)


def _hidden(
    n: int, protocol: Protocol, folds: int, rng: np.random.Generator
) -> Iterator[tuple[Bools, Bools]]:
    """Yield which pairs are predicted, and which are hidden meanwhile, shape (n, n) each."""
    off = ~np.eye(n, dtype=bool)
    if protocol == "people":
        for person in range(n):
            goes_out = np.zeros((n, n), bool)
            goes_out[person] = off[person]
            yield goes_out, goes_out | goes_out.T
        return
    places = np.triu(off) if protocol == "dyads" else off
    fold = np.full((n, n), -1)
    fold[places] = rng.permutation(int(places.sum())) % folds
    if protocol == "dyads":
        fold = np.maximum(fold, fold.T)
    for number in range(folds):
        part = fold == number
        if part.any():
            yield part, part


def _auc(aim: Bools, value: Floats, people: npt.NDArray[Any]) -> Floats:
    """Return the AUC over all pairs, which count as often as both of their people.

    Parameters
    ----------
    aim, value
        Who has a tie, and what was predicted, shape (n, n).
    people
        How often each person counts, shape (draws, n).

    Returns
    -------
    ndarray
        Shape (draws,); NaN where all pairs that count have a tie, or none has.
    """
    source, target = np.nonzero(~np.eye(len(aim), dtype=bool))
    positive = aim[source, target]
    values, group = np.unique(value[source, target], return_inverse=True)
    found = np.full(len(people), np.nan)
    for row, number in enumerate(people.astype(np.float64)):
        count = number[source] * number[target]
        good = np.bincount(group, count * positive, len(values))
        bad = np.bincount(group, count, len(values)) - good
        pairs = good.sum() * bad.sum()
        if pairs:
            found[row] = good @ (np.cumsum(bad) - bad / 2) / pairs
    return found


def _interval(drawn: Floats, level: float) -> dict[str, float | None]:
    drawn = drawn[~np.isnan(drawn)]
    if not len(drawn):
        return {"low": None, "high": None}
    low, high = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2])
    return {"low": float(low), "high": float(high)}
