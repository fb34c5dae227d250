"""What the models of reputation say about the same people, side by side."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import numpy as np

from trustgraph._typing import Graph
from trustgraph.graph.index import TrustIndex
from trustgraph.reputation._given import Seeds, index_of, seed_shares
from trustgraph.reputation.comparison import Comparison
from trustgraph.reputation.model import ReputationModel
from trustgraph.reputation.registry import as_model, reputation_models
from trustgraph.steps.seed import is_whole

__all__ = ["chosen_models", "compare_reputation"]

MANY: Final = 200
"""People up to whom everybody's view of everybody is asked, and answers up to which costly models
are."""


def compare_reputation(
    G: Graph | TrustIndex, models: Any = None, *, seeds: Seeds = None, k: int = 10
) -> Comparison:
    """Return what several models say about everybody, and how far they agree.

    Parameters
    ----------
    G
        The graph, or its index.
    models
        A model, several, or a mapping from names to models. A model is a name among
        `reputation_models`, a `ReputationModel`, or a function of a graph (and ``seeds``) that
        returns people's scores. Default: all that can answer: without seeds not those that need
        some, nor, among more than 200 people, those that answer pair by pair; with seeds, not
        those of which every answer takes long, if there are more than 200.
    seeds
        Whom to trust beforehand: a person, several, a mapping from people to weights, or None:
        nobody in particular.
    k
        Size of the top that is compared, at least 1.

    Returns
    -------
    Comparison
        Scores, ranks, rank correlations and common tops.

    Raises
    ------
    ValueError
        If no model is named, one is unknown or named twice, ``k`` is not a whole number from 1,
        or a model named needs seeds and there are none.
    TypeError
        If something given is no model.
    UnknownPersonError, AmbiguousPersonError
        If a seed is not known, or not by that name alone.
    GraphContractError
        If the graph breaks the contract.

    Examples
    --------
    >>> G = nx.DiGraph([("ana", "bo", {"trust": 0.8}), ("bo", "cy", {"trust": 0.5})])
    >>> def popular(G):
    ...     return dict(G.in_degree(weight="trust"))
    >>> told = tg.reputation.compare_reputation(G, ["best_path", popular], seeds="ana")
    >>> told.to_frame().round(3)
            best_path  popular
    person
    ana           NaN      0.0
    bo            0.8      0.8
    cy            0.4      0.5
    >>> told.correlations["kendall"].tolist()
    [1.0]
    """
    if not is_whole(k) or k < 1:
        message = f"k is {k!r}; the top has at least 1 person, a whole number"
        raise ValueError(message)
    index = index_of(G)
    asked = chosen_models(models)
    if models is None:
        asked = [model for model in asked if _can_answer(model, index, seeds)]
    shares = seed_shares(index, seeds)
    scores = [model.standing(index if model.on_index else G, seeds).to_numpy() for model in asked]
    return Comparison(
        people=index.labels,
        names=tuple(index.names),
        models=tuple(model.name for model in asked),
        scores=tuple(tuple(None if np.isnan(x) else x for x in row.tolist()) for row in scores),
        seeds=() if seeds is None else tuple(index.labels[i] for i in np.flatnonzero(shares)),
        k=int(k),
    )


def chosen_models(models: Any = None) -> list[ReputationModel]:
    """Return the models that a question names, each under a name of its own.

    Parameters
    ----------
    models
        A model, several, a mapping from names to models, or None: all.

    Returns
    -------
    list of ReputationModel
        In the order given.

    Raises
    ------
    ValueError
        If there are none, one is not known, or two have the same name.
    TypeError
        If something given is no model.

    Examples
    --------
    >>> from trustgraph.reputation.compare import chosen_models
    >>> [model.name for model in chosen_models({"flow": "best_path", "rank": nx.pagerank})]
    ['flow', 'rank']
    """
    if models is None:
        return list(reputation_models().values())
    if isinstance(models, Mapping):
        given = [(str(name), as_model(model)) for name, model in models.items()]
    else:
        alone = isinstance(models, str | ReputationModel) or not isinstance(models, Iterable)
        given = [(model.name, model) for model in map(as_model, [models] if alone else models)]
    names = [name for name, _ in given]
    if not names:
        message = "no model is named; name some, or None for all"
        raise ValueError(message)
    if twice := [name for name in names if names.count(name) > 1]:
        message = f"two models are called {twice[0]!r}; hand in a mapping from names to models"
        raise ValueError(message)
    return [model.named(name) for name, model in given]


def _can_answer(model: ReputationModel, index: TrustIndex, seeds: Seeds) -> bool:
    if seeds is None:
        return not model.needs_seeds and (model.kind == "standing" or index.n <= MANY)
    views = np.count_nonzero(seed_shares(index, seeds))
    return not model.costly or int(views) * index.n <= MANY
