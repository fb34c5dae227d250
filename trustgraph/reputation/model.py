"""One way to ask every model of reputation."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Literal, Self

import numpy as np
import pandas as pd

from trustgraph._typing import Floats, Graph
from trustgraph.graph.index import TrustIndex
from trustgraph.reputation._given import (
    Pairs,
    Seeds,
    index_of,
    pair_numbers,
    pair_series,
    seed_shares,
    standing_series,
)

__all__ = ["ReputationModel"]

MOST_PAIRS: Final = 1_000_000
"""Pairs that a pairwise model is asked at once for the standing of everybody."""


@dataclass(frozen=True)
class ReputationModel:
    """A way to tell whom to trust, and what is to be known to ask it and to judge it.

    Parameters
    ----------
    name
        What it is called.
    kind
        ``"standing"``: it gives every person a score; ``"pairwise"``: it tells how far one person
        should trust another.
    score
        ``score(G, seeds=...)`` of a standing model: a Series, or a mapping, from people to
        scores; ``score(G, pairs)`` of a pairwise one, with a list of (source, target): one number a
        pair, in their order.
    needs_seeds
        Whether somebody has to be trusted beforehand.
    personal
        Whether a standing model looks at the seeds at all.
    signed
        Whether it learns from distrust (``rating`` under 0), which others leave out.
    span
        The smallest and the largest score there can be.
    total
        What the scores of all people sum to, where the model deals out a fixed amount.
    costly
        Whether every answer of a pairwise model takes a search of its own, and long.
    on_index
        Whether ``score`` takes a `TrustIndex`; else it is always handed a graph.
    reference
        Where it comes from.

    Examples
    --------
    >>> def loved(G, *, seeds=None):
    ...     return {person: G.in_degree(person, weight="trust") for person in G}
    >>> model = tg.reputation.ReputationModel("loved", "standing", loved, on_index=False)
    >>> G = nx.DiGraph([("ana", "bo", {"trust": 0.8})])
    >>> model.standing(G).to_dict()
    {'ana': 0.0, 'bo': 0.8}
    """

    name: str
    kind: Literal["standing", "pairwise"]
    score: Callable[..., Any]
    needs_seeds: bool = False
    personal: bool = True
    signed: bool = False
    span: tuple[float, float] = (0.0, 1.0)
    total: float | None = None
    costly: bool = False
    on_index: bool = True
    reference: str = ""

    def standing(self, G: Graph | TrustIndex, seeds: Seeds = None) -> "pd.Series[float]":
        """Return the score of every person, as seen from the seeds.

        Parameters
        ----------
        G
            The graph, or its index (compile it once for many questions).
        seeds
            Whom to trust beforehand: a person, several, a mapping from people to weights, or
            None: nobody in particular.

        Returns
        -------
        pandas.Series
            Indexed by ``person``, in the order of ids; NaN where the model has no answer. The
            score of a person by a pairwise model is the mean over the seeds (None: over all
            people) that have an answer, without the person, weighted like the seeds.

        Raises
        ------
        ValueError
            If the model needs seeds and there are none, a pairwise one would be asked more than a
            million pairs, or what it returns is not one number a person.
        UnknownPersonError, AmbiguousPersonError
            If a person is not known, or not by that name alone.

        Examples
        --------
        >>> G = nx.DiGraph([("ana", "bo", {"trust": 0.8}), ("bo", "cy", {"trust": 0.5})])
        >>> tg.reputation.reputation_models()["best_path"].standing(G, "ana").round(3).to_dict()
        {'ana': nan, 'bo': 0.8, 'cy': 0.4}
        """
        index = index_of(G)
        if seeds is None and self.needs_seeds:
            message = f"{self.name} starts from people who are trusted beforehand; name some: seeds"
            raise ValueError(message)
        if self.kind == "pairwise":
            values = self._mean_over_seeds(index, self._wanted(G, index), seeds)
        else:
            told = self.score(self._wanted(G, index), **({"seeds": seeds} if self.personal else {}))
            values = self._by_number(index, told)
        return standing_series(index, values, self.name)

    def pairs(self, G: Graph | TrustIndex, pairs: Pairs) -> "pd.Series[float]":
        """Return how far each source should trust each target.

        Parameters
        ----------
        G
            The graph, or its index.
        pairs
            (who trusts, whom), ids or unique full names; or a frame with columns ``source`` and
            ``target``.

        Returns
        -------
        pandas.Series
            Indexed by ``source`` and ``target``, in the order of the pairs; NaN where the model
            has no answer. A standing model is asked with the source as the only seed.

        Raises
        ------
        UnknownPersonError, AmbiguousPersonError
            If a person is not known, or not by that name alone.
        ValueError
            If something given is no pair, or what the model returns is not one number a pair.

        Examples
        --------
        >>> G = nx.DiGraph([("ana", "bo", {"trust": 0.8}), ("bo", "cy", {"trust": 0.5})])
        >>> tg.reputation.reputation_models()["best_path"].pairs(G, [("ana", "cy")]).round(3)
        source  target
        ana     cy        0.4
        Name: best_path, dtype: float64
        """
        index = index_of(G)
        source, target = pair_numbers(index, pairs)
        if self.kind == "pairwise":
            values = self._by_pair(self._wanted(G, index), index, source, target)
        else:
            values = np.full(len(source), np.nan)
            whole = index if self.on_index else self._wanted(G, index)
            for one in np.unique(source) if self.personal else source[:1]:
                here = source == one if self.personal else slice(None)
                scores = self.standing(whole, index.labels[one]).to_numpy()
                values[here] = scores[target[here]]
        return pair_series(index, source, target, values, self.name)

    def named(self, name: str) -> Self:
        """Return the same model under another name.

        Parameters
        ----------
        name
            The name.

        Returns
        -------
        ReputationModel
            The model.

        Examples
        --------
        >>> tg.reputation.as_model(nx.pagerank).named("rank").name
        'rank'
        """
        return self if name == self.name else replace(self, name=name)

    def _wanted(self, G: Graph | TrustIndex, index: TrustIndex) -> Graph | TrustIndex:
        if self.on_index:
            return index
        return G.to_networkx() if isinstance(G, TrustIndex) else G

    def _by_pair(
        self, wanted: Graph | TrustIndex, index: TrustIndex, source: Any, target: Any
    ) -> Floats:
        labels = index.labels
        asked = [(labels[u], labels[v]) for u, v in zip(source, target, strict=True)]
        values = np.asarray(self.score(wanted, asked), np.float64)
        if values.shape != (len(asked),):
            message = f"{self.name} answered {len(asked)} pairs with an array of {values.shape}"
            raise ValueError(message)
        return values

    def _mean_over_seeds(
        self, index: TrustIndex, wanted: Graph | TrustIndex, seeds: Seeds
    ) -> Floats:
        shares = seed_shares(index, seeds)
        by = np.flatnonzero(shares > 0)
        if len(by) * index.n > MOST_PAIRS:
            message = (
                f"{self.name} answers pairs of people, and {len(by):,} seeds times {index.n:,} "
                f"people are too many of them; name at most {max(MOST_PAIRS // index.n, 1):,} seeds"
            )
            raise ValueError(message)
        source, target = np.repeat(by, index.n), np.tile(np.arange(index.n), len(by))
        others = np.flatnonzero(source != target)
        values = np.full(len(source), np.nan)
        if len(others):
            values[others] = self._by_pair(wanted, index, source[others], target[others])
        answers = values.reshape(len(by), index.n)
        known = ~np.isnan(answers)
        weights = shares[by] @ known
        sums = shares[by] @ np.where(known, answers, 0.0)
        means = np.full(index.n, np.nan)
        np.divide(sums, weights, out=means, where=weights > 0)
        return means

    def _by_number(self, index: TrustIndex, told: Any) -> Floats:
        """Return scores in the order of ids, NaN where a person has none."""
        if not isinstance(told, Mapping | pd.Series):
            message = (
                f"{self.name} returned {type(told).__name__}; a model returns a Series, or a "
                "mapping, from people to scores"
            )
            raise ValueError(message)  # noqa: TRY004 - the type is right, what it returns is not
        scores = dict(told.items())
        values = np.array([scores.pop(one, np.nan) for one in index.labels], np.float64)
        if scores:
            message = f"{self.name} gives a score to {next(iter(scores))!r}, whom the graph lacks"
            raise ValueError(message)
        return values
