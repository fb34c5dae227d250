"""How far somebody would trust somebody whom they never rated."""

from typing import Any, Final

import numpy as np
import pandas as pd

from trustgraph._typing import Floats, Graph, LongInts
from trustgraph.graph.index import TrustIndex
from trustgraph.graph.ratings import Ratings, nearest_cut
from trustgraph.reputation._given import Pairs, index_of, pair_numbers
from trustgraph.reputation.conformal import Calibration
from trustgraph.reputation.inference import COLUMNS, Learned, learn
from trustgraph.reputation.inference_anew import leave_one_out
from trustgraph.reputation.inference_options import Components

__all__ = ["calibration", "infer_trust"]

FEW: Final = 75
"""Ratings up to which everything is learned anew without each; from there on only the weights."""
OLDER: Final = 0.8
"""Share of the ratings, the oldest, that predict the others for the intervals."""


def infer_trust(
    G: Graph | TrustIndex,
    pairs: Pairs,
    *,
    components: Components | None = None,
    future: bool | None = None,
    level: float = 0.9,
) -> pd.DataFrame:
    """Estimate how far people would trust people whom they have not rated, with intervals.

    Parameters
    ----------
    G
        The graph, or its index. It learns from ``rating`` in [-1, 1] where edges have one, else
        from ``trust`` in [0, 1], and from ``last_contact`` as the time of the rating.
    pairs
        (who trusts, whom): ids or unique full names, a frame with columns ``source`` and
        ``target``, or an index of two levels. A pair that is rated is described by the other
        ratings alone.
    components
        What to use; default: everything.
    future
        Whether the pairs are rated after all that is known, which is harder to predict than what
        is missing among it: then the intervals come from the newest fifth of the ratings, as
        predicted by the others. Default: if the times of all are known, and differ.
    level
        Share of ratings that the intervals are to hold, in (0, 1).

    Returns
    -------
    pandas.DataFrame
        Indexed by ``source`` and ``target``, in the order of the pairs: ``estimate``, ``low`` and
        ``high``, from -1 (0 where no rating is negative) to 1; ``mean`` of all ratings, and what
        the components ``target``, ``source``, ``paths`` and ``reciprocity`` add to it. These five
        sum to the estimate, which is kept within the ratings that there are. NaN if there are
        none, and for a person in themselves.

    Raises
    ------
    UnknownPersonError, AmbiguousPersonError
        If a person is not known, or not by that name alone.
    ValueError
        If something given is no pair, ``level`` is out of range, or ``future`` is asked for and
        times are not known or all the same.
    TypeError
        If ``components`` is something else.
    GraphContractError
        If the graph breaks the contract.

    Notes
    -----
    Three things are known to predict ratings: how others rate the target, corrected for how these
    raters rate everybody [1]_; what the source's own trusted people say of the target, which is
    the use of paths that helps [2]_; and how the target rated the source. Every mean is shrunk by
    ``prior_ratings`` ratings of the average, and each rating is described by the others.
    The weights of the components are then fitted to all ratings by least squares with a small
    penalty. The intervals are conformal (`Calibration`): they hold their share of ratings if the
    pairs are like those that they were learned from.

    References
    ----------
    .. [1] Mishra, A., Bhattacharya, A. (2011). Finding the bias and prestige of nodes in networks
       based on trust scores. WWW 2011, 567-576. https://doi.org/10.1145/1963405.1963485
    .. [2] Golbeck, J. (2005). Computing and Applying Trust in Web-based Social Networks. Thesis,
       University of Maryland.

    Examples
    --------
    >>> G = nx.DiGraph()
    >>> G.add_edge("bo", "ana", trust=0.9)
    >>> G.add_edge("cy", "ana", trust=0.8)
    >>> G.add_edge("bo", "dee", trust=0.2)
    >>> found = tg.reputation.infer_trust(G, [("cy", "dee")])
    >>> found["estimate"].between(0.2, 0.9).tolist()
    [True]
    """
    _check(level, components)
    index = index_of(G)
    source, target = pair_numbers(index, pairs)
    ratings = Ratings.from_graph(index)
    components = components or Components()
    learned = learn(ratings, components)
    estimate, parts = learned.predict(source, target)
    calibrated = calibration(ratings, learned, components, future=future, level=level)
    low, high = calibrated.interval(estimate)
    told = {
        "estimate": estimate,
        "low": low,
        "high": high,
        "mean": np.full(len(estimate), learned.line.mean[0]),
        **{name: parts[:, list(columns)].sum(axis=1) for name, columns in COLUMNS.items()},
    }
    ids = index.ids
    both = pd.MultiIndex.from_arrays([ids[source], ids[target]], names=["source", "target"])
    frame = pd.DataFrame(told, index=both, dtype="float64")
    frame[(source == target) | (ratings.m == 0)] = np.nan
    return frame


def _check(level: Any, components: Any) -> None:
    if not isinstance(level, float) or not 0.0 < level < 1.0:
        message = f"level is {level!r}; the share that an interval holds lies between 0 and 1"
        raise ValueError(message)
    if not isinstance(components, Components | None):
        message = f"components is a {type(components).__name__}; give tg.reputation.Components()"
        raise TypeError(message)


def calibration(
    ratings: Ratings,
    learned: Learned,
    components: Components,
    *,
    future: bool | None,
    level: float,
) -> Calibration:
    """Return how far off estimates of such pairs are.

    Parameters
    ----------
    ratings, learned, components
        What was learned, from what and how.
    future
        Whether the pairs come after all that is known; None: if all times are known, and differ.
    level
        Share of ratings that an interval is to hold, in (0, 1).

    Returns
    -------
    Calibration
        From the newest fifth of the ratings, as predicted by the others; or from all of them, each
        as predicted without it.

    Examples
    --------
    >>> from trustgraph.reputation.infer import calibration
    >>> from trustgraph.reputation.inference import learn
    >>> told = pd.DataFrame({"source": [1, 1, 2], "target": [2, 3, 3], "rating": [1, 0, 1]})
    >>> ratings = tg.graph.Ratings.from_frame(told)
    >>> usual = tg.reputation.Components()
    >>> found = calibration(ratings, learn(ratings, usual), usual, future=False, level=0.9)
    >>> found.interval(np.array([0.5]))
    (array([0.]), array([1.]))
    """
    estimate: Floats
    parts = _older_and_newest(ratings)
    if future and parts is None:
        message = "not all edges tell when, or all tell the same moment; set future=False"
        raise ValueError(message)
    if future is False or parts is None:
        told = learned.ledger.rating
        if ratings.m <= FEW:
            sorted_ratings = ratings.take(learned.ledger.order)
            estimate = leave_one_out(sorted_ratings, components, threads=1)
        else:
            estimate = learned.left_out()
    else:
        newest = ratings.take(parts[1])
        earlier = learn(ratings.take(parts[0]), components)
        estimate, _ = earlier.predict(newest.source, newest.target)
        told = newest.rating
    return Calibration.of(estimate, told, level=level, ends=learned.scale)


def _older_and_newest(ratings: Ratings) -> tuple[LongInts, LongInts] | None:
    """Return the rows of the older ratings and of about the newest fifth, None if not known.

    Ratings of one moment stay together.
    """
    if ratings.time is None or not np.isfinite(ratings.time).all():
        return None
    order = np.argsort(ratings.time, kind="stable")
    cut = nearest_cut(ratings.time[order], OLDER)
    return (order[:cut], order[cut:]) if cut else None
