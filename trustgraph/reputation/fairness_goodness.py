"""How fair people rate, and how good those are whom they rate, in a signed network."""

from math import inf

import numpy as np
import pandas as pd

from trustgraph._typing import Floats, Graph
from trustgraph.engine.fairness import solve
from trustgraph.graph.index import TrustIndex
from trustgraph.graph.ratings import Ratings
from trustgraph.reputation._given import Pairs, index_of, pair_numbers, pair_series

__all__ = ["fairness_goodness", "fairness_goodness_predict"]


def fairness_goodness(
    G: Graph | TrustIndex, *, tolerance: float = 1e-9, max_iterations: int = 100
) -> pd.DataFrame:
    r"""Return how fair everybody rates, and how good everybody is in the eyes of fair raters.

    Parameters
    ----------
    G
        The graph, or its index. The rating of an edge u -> v, by u of v, is its ``rating`` in
        [-1, 1]; its ``trust`` where it has none.
    tolerance
        Largest distance of any number from the exact solution, above 0.
    max_iterations
        Rounds after which to give up, at least 1. Each halves the error: 2 + log2(1 / tolerance)
        are always enough.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``person``, in the order of ids:

        - ``fairness``, in [0, 1]: 1 for those whose ratings are what everybody fair says;
        - ``goodness``, in [-1, 1]: what fair people say, on average;
        - ``given``, ``received``: numbers of ratings. Where they are 0 nothing is known, and the
          number is a convention: fairness 1, goodness 0.

    Raises
    ------
    ValueError
        If an option is out of range.
    ConvergenceError
        If the tolerance is not met within ``max_iterations``.
    GraphContractError
        If the graph breaks the contract.

    Notes
    -----
    With w(u, v) the rating of v by u, fairness f and goodness g are the only numbers with [1]_

    - g(v) = mean over raters u of v of f(u) w(u, v),
    - f(u) = 1 - mean over v whom u rated of \|w(u, v) - g(v)\| / 2.

    A fairness of 1 for people who rated nobody is where the iteration of the paper starts. A
    goodness of 0 for people whom nobody rated is what reproduces its figures on ratings of Bitcoin
    traders: with each rating in turn left out, 7 % of which are the only one of a person, errors
    are .315 (goodness) and .311 (fairness times goodness), correlations .476 and .489 (in the
    paper .32, .31, .48 and .49); with 1, where the iteration starts, errors would be .394, .382.

    References
    ----------
    .. [1] Kumar, S., Spezzano, F., Subrahmanian, V. S., Faloutsos, C. (2016). Edge weight
       prediction in weighted signed networks. IEEE 16th International Conference on Data Mining,
       221-230. https://doi.org/10.1109/ICDM.2016.0033

    Examples
    --------
    >>> G = nx.DiGraph()
    >>> G.add_edge("ana", "cy", trust=1.0)
    >>> G.add_edge("bo", "cy", trust=0.8)
    >>> G.add_edge("dee", "cy", trust=0.0, rating=-1.0)
    >>> tg.reputation.fairness_goodness(G).round(3)
            fairness  goodness  given  received
    person
    ana         0.65       0.0      1         0
    bo          0.75       0.0      1         0
    cy          1.00       0.3      0         3
    dee         0.35       0.0      1         0
    """
    index = index_of(G)
    ratings = Ratings.from_graph(index)
    fairness, goodness = _solved(ratings, tolerance, max_iterations)
    return pd.DataFrame(
        {
            "fairness": fairness,
            "goodness": goodness,
            "given": np.bincount(ratings.source, minlength=index.n),
            "received": np.bincount(ratings.target, minlength=index.n),
        },
        index=index.ids,
    )


def fairness_goodness_predict(
    G: Graph | TrustIndex, pairs: Pairs, *, tolerance: float = 1e-9, max_iterations: int = 100
) -> "pd.Series[float]":
    """Return which rating fairness and goodness predict: the rater's fairness times the goodness.

    Parameters
    ----------
    G
        The graph, or its index.
    pairs
        (who rates, whom), ids or unique full names; or a frame with columns ``source`` and
        ``target``.
    tolerance, max_iterations
        As in `fairness_goodness`.

    Returns
    -------
    pandas.Series
        The ratings predicted, in [-1, 1], indexed by ``source`` and ``target``, in the order of
        the pairs; 0 where nobody rated the target, NaN of a person by themselves.

    Raises
    ------
    UnknownPersonError, AmbiguousPersonError
        If a person is not known, or not by that name alone.
    ValueError
        If something given is no pair, or an option is out of range.
    ConvergenceError
        If the tolerance is not met within ``max_iterations``.
    GraphContractError
        If the graph breaks the contract.

    Notes
    -----
    The prediction f(u) g(v) of Kumar et al. (2016), https://doi.org/10.1109/ICDM.2016.0033. A
    rating that the graph holds has a part in its own prediction: to judge the model, leave it out
    first.

    Examples
    --------
    >>> G = nx.DiGraph()
    >>> G.add_edge("ana", "cy", trust=1.0)
    >>> G.add_edge("ana", "dee", trust=0.6)
    >>> G.add_edge("bo", "cy", trust=0.8)
    >>> tg.reputation.fairness_goodness_predict(G, [("bo", "dee")]).round(3)
    source  target
    bo      dee       0.557
    Name: fairness_goodness, dtype: float64
    """
    index = index_of(G)
    source, target = pair_numbers(index, pairs)
    fairness, goodness = _solved(Ratings.from_graph(index), tolerance, max_iterations)
    ratings = np.where(source == target, np.nan, fairness[source] * goodness[target])
    return pair_series(index, source, target, ratings, "fairness_goodness")


def _solved(ratings: Ratings, tolerance: float, max_iterations: int) -> tuple[Floats, Floats]:
    if not 0 < tolerance < inf:
        message = f"tolerance is {tolerance!r}, it must be above 0"
        raise ValueError(message)
    if max_iterations < 1:
        message = f"max_iterations is {max_iterations!r}, it must be at least 1"
        raise ValueError(message)
    fairness, goodness, _ = solve(
        ratings.source,
        ratings.target,
        ratings.rating,
        ratings.n,
        tolerance=tolerance,
        max_iterations=max_iterations,
    )
    return fairness, goodness
