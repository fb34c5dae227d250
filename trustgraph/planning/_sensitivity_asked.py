"""Results that can be asked again and ranked: one protocol, and how the results here fit it."""

from collections.abc import Callable, Hashable, Mapping
from typing import Any, Final, Protocol, TypeAlias, runtime_checkable

import numpy as np
import pandas as pd

from trustgraph.graph.index import TrustIndex
from trustgraph.introductions._paths import best_paths
from trustgraph.introductions.find import find_introductions
from trustgraph.introductions.results import Introductions
from trustgraph.reputation.results import Reliability, Transfer
from trustgraph.reputation.transfer import reputation_transfer
from trustgraph.reputation.two_terminal import reliability
from trustgraph.steps.question import ask_question
from trustgraph.trust.model import TrustModel

__all__ = ["Again", "Rankable", "Ranking", "again_of", "ranking_of"]

Again: TypeAlias = Callable[[TrustIndex, TrustModel], Any]
"""Asks the question behind a result again, on a graph and with a trust model."""
Ranking: TypeAlias = dict[Hashable, float]
"""What is ranked, the best first, and its score."""
KEYS: Final = ("path", "organisation", "person", "target")
SCORES: Final = ("score", "total", "gain", "value")
ASK_SCORES: Final = ("gain", "score", "value", "chance")


@runtime_checkable
class Rankable(Protocol):
    """A result that can be asked again and ranked.

    Examples
    --------
    >>> class Sum:
    ...     def __init__(self, index):
    ...         self.index = index
    ...
    ...     def ask_again(self, index, model):
    ...         return Sum(index)
    ...
    ...     def ranking(self):
    ...         return pd.Series({"trust": float(self.index.trust.sum())})
    >>> index = tg.TrustIndex.from_graph(nx.DiGraph([("bo", "ana", {"trust": 0.8})]))
    >>> isinstance(Sum(index), tg.planning.Rankable)
    True
    """

    def ask_again(self, index: TrustIndex, model: TrustModel) -> Any:
        """Return the result of the same question on a graph, with a trust model."""

    def ranking(self) -> "pd.Series[float]":
        """Return what is ranked, the best first, and its score."""


def ranking_of(result: Any) -> Ranking:
    """Return what a result ranks, the best first, with its score.

    Parameters
    ----------
    result
        Something with a method ``ranking``; `Introductions` (paths by score; those on record, if
        there are any), `Transfer` (people by Shapley value), `Reliability` (one row), a plan with
        ``asks`` (introducer and target, by what they bring), a series, or a frame with a column
        ``score``, ``total``, ``gain`` or ``value`` and one of ``path``, ``organisation``,
        ``person`` or ``target`` (rows of 0 are no answer).

    Returns
    -------
    dict
        Key -> score.

    Raises
    ------
    TypeError
        If there is nothing to rank.

    Examples
    --------
    >>> from trustgraph.planning._sensitivity_asked import ranking_of
    >>> ranking_of(pd.Series({"bo": 0.2, "cy": 0.5}))
    {'cy': 0.5, 'bo': 0.2}
    """
    for kind, read in READ.items():
        if isinstance(result, kind):
            return read(result)
    if callable(getattr(result, "ranking", None)):
        return _of_series(result.ranking())
    if hasattr(result, "asks"):
        return _of_asks(result.asks)
    message = (
        f"{type(result).__name__} is not a result that can be ranked; give one with a method "
        "ranking() that returns a Series of scores, or such a Series or a frame"
    )
    raise TypeError(message)


def _of_paths(result: Introductions) -> Ranking:
    frame = result.to_frame()
    own = frame[frame["block"] == frame["block"].iloc[0]] if len(frame) else frame
    return dict(zip(own["path"], map(float, own["score"]), strict=True))


def _of_transfer(result: Transfer) -> Ranking:
    return {one.person: one.shapley for one in result}


def _of_reliability(result: Reliability) -> Ranking:
    return {result.target_name: result.value}


def _of_series(result: "pd.Series[float]") -> Ranking:
    ordered = result.sort_values(ascending=False, kind="stable")
    return {key: float(value) for key, value in ordered.items()}


def _of_frame(frame: pd.DataFrame) -> Ranking:
    key = next((name for name in KEYS if name in frame.columns), None)
    score = next((name for name in SCORES if name in frame.columns), None)
    if score is None or (key is None and frame.index.name is None):
        message = (
            f"the frame has columns {', '.join(map(str, frame.columns))}; to be ranked it needs "
            f"one of {', '.join(SCORES)} and one of {', '.join(KEYS)}"
        )
        raise TypeError(message)
    keys = frame.index if key is None else frame[key]
    rows = zip(keys, map(float, frame[score]), strict=True)
    return _sorted({one: value for one, value in rows if value > 0})


def _of_asks(asks: Any) -> Ranking:
    """Return the asks of a plan by what they bring; by their order if that is not told."""
    rows = list(asks)
    known = next((name for name in ASK_SCORES if rows and hasattr(rows[0], name)), None)
    return _sorted(
        {
            (one.introducer, one.target): (
                float(len(rows) - place) if known is None else float(getattr(one, known))
            )
            for place, one in enumerate(rows)
        }
    )


def _sorted(ranking: Mapping[Hashable, float]) -> Ranking:
    """Return a ranking with the best first; equal scores, but for rounding, stay in their order."""
    return dict(sorted(ranking.items(), key=lambda row: -round(row[1], 12)))


READ: Final[Mapping[type, Callable[[Any], Ranking]]] = {
    Introductions: _of_paths,
    Transfer: _of_transfer,
    Reliability: _of_reliability,
    Mapping: lambda ranking: _sorted({key: float(value) for key, value in ranking.items()}),
    pd.Series: _of_series,
    pd.DataFrame: _of_frame,
}
"""How each kind of result is read."""


def again_of(result: Any) -> Again:
    """Return what asks the question behind a result again.

    Parameters
    ----------
    result
        Something with a method ``ask_again``, `Introductions`, `Transfer` or `Reliability`.

    Returns
    -------
    callable
        (graph, trust model) -> something that can be ranked.

    Raises
    ------
    TypeError
        If the result does not know its question.

    Examples
    --------
    >>> from trustgraph.planning._sensitivity_asked import again_of
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
    >>> again = again_of(tg.find_introductions(G, "ana", "cy"))
    >>> again(tg.TrustIndex.from_graph(G), tg.TrustModel())
    {('ana', 'bo', 'cy'): 0.4}
    """
    if isinstance(result, Introductions):
        return _paths_again(result)
    if isinstance(result, (Transfer, Reliability)):
        return _transfer_again(result)
    if callable(getattr(result, "ask_again", None)):
        again: Again = result.ask_again
        return again
    message = (
        f"{type(result).__name__} does not know what was asked; say how to ask again, such as "
        "again=lambda G, model: tg.rank_organisations(G, 'ana', model=model)"
    )
    raise TypeError(message)


def _paths_again(result: Introductions) -> Again:
    options: dict[str, Any] = {
        "k": result.k,
        "max_intermediaries": result.max_intermediaries,
        "observed_only": result.observed_only,
        "diversity": result.diversity,
        "max_work": result.max_work,
    }

    def in_full(index: TrustIndex, model: TrustModel) -> Ranking:
        return ranking_of(find_introductions(index, result.ask, model=model, **options))

    def quickly(index: TrustIndex, model: TrustModel) -> Ranking:
        question = ask_question(index, result.ask, model=model)
        found = best_paths(
            question, k=result.k, most=result.max_intermediaries, diversity=result.diversity
        )
        rows = zip(
            found.lengths.tolist(),
            found.targets.tolist(),
            found.people.tolist(),
            found.scores.tolist(),
            strict=True,
        )
        start = index.labels[question.seeker]
        return {
            (
                start,
                *(index.labels[one] for one in people[:length]),
                question.targets[target].id,
            ): score
            for length, target, people, score in rows
        }

    return quickly if result.observed_only and result.max_work is None else in_full


def _transfer_again(result: Transfer | Reliability) -> Again:
    options: dict[str, Any] = {
        "max_intermediaries": result.max_intermediaries,
        "observed_only": result.observed_only,
        "precision": result.precision,
        "samples": result.samples or None,
        "seed": np.random.default_rng(0) if result.seed is None else result.seed,
    }
    ask = reputation_transfer if isinstance(result, Transfer) else reliability

    def again(index: TrustIndex, model: TrustModel) -> Ranking:
        return ranking_of(ask(index, result.ask, model=model, **options))

    return again
