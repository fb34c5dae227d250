"""Which ratings are learned from, and which are to be predicted from them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from trustgraph._text import counted
from trustgraph._typing import Bools, Floats, LongInts, Seed
from trustgraph.graph.ratings import Ratings, nearest_cut
from trustgraph.steps.seed import is_whole

__all__ = [
    "Split",
    "chronological",
    "hold_out",
    "in_time_order",
    "inner_split",
    "k_fold",
    "leave_one_out",
    "prequential",
    "time_cut",
]

SHARE: Final = 0.8
FOLDS: Final = 10
SEEDS: Final = (0, 1, 2, 3, 4)
FEWEST: Final = 2


@dataclass(frozen=True, eq=False)
class Split:
    """Rows to learn from, and rows to predict.

    Parameters
    ----------
    train, test
        Rows of the ratings, ascending; none is in both.
    future
        Whether all of ``test`` lies after all of ``train`` in time. Else what is predicted lies
        among what is known.

    Examples
    --------
    >>> told = pd.DataFrame({"source": [1, 2], "target": [2, 1], "rating": [1, -1]})
    >>> ratings = tg.graph.Ratings.from_frame(told)
    >>> [split.test.tolist() for split in tg.evaluation.leave_one_out(ratings)]
    [[0], [1]]
    """

    train: LongInts
    test: LongInts
    future: bool = False


def leave_one_out(ratings: Ratings, *, rows: Iterable[int] | None = None) -> Iterator[Split]:
    """Yield one split a rating: predict it from all others.

    Parameters
    ----------
    ratings
        The ratings.
    rows
        Which ratings to predict; default: all.

    Yields
    ------
    Split
        One rating to predict.

    Raises
    ------
    ValueError
        If there are fewer than two ratings.

    Examples
    --------
    >>> told = pd.DataFrame({"source": [1, 2, 3], "target": [2, 1, 1], "rating": [1, -1, 1]})
    >>> ratings = tg.graph.Ratings.from_frame(told)
    >>> [split.train.tolist() for split in tg.evaluation.leave_one_out(ratings)]
    [[1, 2], [0, 2], [0, 1]]
    """
    _check_enough(ratings, FEWEST)
    every = np.arange(ratings.m)
    for row in range(ratings.m) if rows is None else rows:
        yield Split(np.delete(every, row), every[row : row + 1])


def k_fold(ratings: Ratings, folds: int = FOLDS, *, seed: Seed = 0) -> Iterator[Split]:
    """Yield splits of ratings into parts drawn at random: predict each part from the others.

    Parameters
    ----------
    ratings
        The ratings.
    folds
        Number of parts, from 2 to the number of ratings; their sizes differ by one at most.
    seed
        Of the draw.

    Yields
    ------
    Split
        One part to predict.

    Raises
    ------
    ValueError
        If there are fewer ratings than parts, or fewer than two parts.

    Examples
    --------
    >>> told = pd.DataFrame({"source": [1, 2, 3], "target": [2, 1, 1], "rating": [1, -1, 1]})
    >>> ratings = tg.graph.Ratings.from_frame(told)
    >>> [len(split.test) for split in tg.evaluation.k_fold(ratings, 2)]
    [2, 1]
    """
    if not is_whole(folds) or folds < FEWEST:
        message = f"folds is {folds!r}; give a whole number from {FEWEST}"
        raise ValueError(message)
    _check_enough(ratings, folds, mend=", one a part; folds= says how many")
    order = np.random.default_rng(seed).permutation(ratings.m)
    for part in np.array_split(order, folds):
        yield _without(ratings, np.sort(part))


def hold_out(
    ratings: Ratings, share: float = 0.1, *, seeds: Iterable[int] = SEEDS
) -> Iterator[Split]:
    """Yield one split a seed: predict a share drawn at random from the rest.

    Parameters
    ----------
    ratings
        The ratings.
    share
        What is to be predicted, in (0, 1).
    seeds
        Of the draws.

    Yields
    ------
    Split
        The share to predict.

    Raises
    ------
    ValueError
        If the share leaves nothing to predict or nothing to learn from.

    Examples
    --------
    >>> told = pd.DataFrame({"source": [1, 2, 3], "target": [2, 1, 1], "rating": [1, -1, 1]})
    >>> ratings = tg.graph.Ratings.from_frame(told)
    >>> [len(split.test) for split in tg.evaluation.hold_out(ratings, 0.3, seeds=[7])]
    [1]
    """
    _check_share(share)
    _check_enough(ratings, FEWEST)
    count = min(max(round(share * ratings.m), 1), ratings.m - 1)
    for seed in seeds:
        order = np.random.default_rng(seed).permutation(ratings.m)
        yield _without(ratings, np.sort(order[:count]))


def chronological(ratings: Ratings, share: float = SHARE) -> Iterator[Split]:
    """Yield one split: predict the newest ratings from the oldest.

    Parameters
    ----------
    ratings
        The ratings, each with its time.
    share
        What is learned from, in (0, 1). Ratings of one moment stay together: the cut lies between
        the two moments that are nearest to this share.

    Yields
    ------
    Split
        The newest to predict.

    Raises
    ------
    ValueError
        If a rating has no time, or all have the same, or the share is out of range.

    Examples
    --------
    >>> told = pd.DataFrame({"source": [1, 2, 3], "target": [2, 1, 1], "rating": [1, -1, 1]})
    >>> ratings = tg.graph.Ratings.from_frame(told.assign(time=[30, 10, 20]))
    >>> [split.test.tolist() for split in tg.evaluation.chronological(ratings)]
    [[0]]
    """
    order = in_time_order(ratings)
    cut = time_cut(_times(ratings)[order], share)
    yield Split(np.sort(order[:cut]), np.sort(order[cut:]), future=True)


def prequential(
    ratings: Ratings, share: float = SHARE, *, blocks: int | None = None
) -> Iterator[Split]:
    """Yield splits that go through time: predict each rating from those strictly before it.

    Parameters
    ----------
    ratings
        The ratings, each with its time.
    share
        The newest share is predicted, in (0, 1); the cut is as in `chronological`.
    blocks
        Number of parts, as equal as moments allow, that are predicted together, each from what
        is strictly before its first moment; default: every moment by itself.

    Yields
    ------
    Split
        What is to be predicted next.

    Raises
    ------
    ValueError
        If a rating has no time, or all have the same, or a number is out of range.

    Examples
    --------
    >>> told = pd.DataFrame({"source": [1, 2, 3], "target": [2, 1, 1], "rating": [1, -1, 1]})
    >>> ratings = tg.graph.Ratings.from_frame(told.assign(time=[30, 10, 20]))
    >>> [split.train.tolist() for split in tg.evaluation.prequential(ratings)]
    [[1], [1, 2]]
    """
    order = in_time_order(ratings)
    time = _times(ratings)[order]
    first = time_cut(time, 1 - share)
    starts = first + np.flatnonzero(np.append(True, np.diff(time[first:]) > 0))
    if blocks is not None:
        if not is_whole(blocks) or blocks < 1:
            message = f"blocks is {blocks!r}; give a whole number from 1"
            raise ValueError(message)
        wanted = np.linspace(first, len(order), blocks + 1)[:-1]
        places = np.minimum(np.searchsorted(starts, wanted), len(starts) - 1)
        starts = starts[np.unique(places)]
    for start, end in zip(starts, np.append(starts[1:], len(order)), strict=True):
        yield Split(np.sort(order[:start]), np.sort(order[start:end]), future=True)


def in_time_order(ratings: Ratings) -> LongInts:
    """Return the rows of ratings from the oldest to the newest; equal moments keep their order.

    Parameters
    ----------
    ratings
        The ratings, each with its time.

    Returns
    -------
    ndarray
        Rows, shape (m,).

    Raises
    ------
    ValueError
        If a rating has no time.

    Examples
    --------
    >>> told = pd.DataFrame({"source": [1, 2], "target": [2, 1], "rating": [1, 1]})
    >>> ratings = tg.graph.Ratings.from_frame(told.assign(time=[30, 10]))
    >>> tg.evaluation.protocols.in_time_order(ratings).tolist()
    [1, 0]
    """
    return np.argsort(_times(ratings), kind="stable")


def time_cut(time: Floats, share: float) -> int:
    """Return how many of the oldest ratings make a share, without parting equal moments.

    Parameters
    ----------
    time
        Ascending moments, shape (m,).
    share
        The share, in (0, 1).

    Returns
    -------
    int
        The nearest number from 1 to m - 1 at which a new moment begins.

    Raises
    ------
    ValueError
        If there are no two moments, or the share is out of range.

    Examples
    --------
    >>> tg.evaluation.protocols.time_cut(np.array([1.0, 2.0, 2.0, 2.0, 3.0]), 0.5)
    1
    """
    _check_share(share)
    cut = nearest_cut(time, share)
    if not cut:
        message = (
            f"the {len(time)} ratings have fewer than two moments, so there is no past to learn "
            "from; choose leave-one-out or kfold"
        )
        raise ValueError(message)
    return cut


def inner_split(ratings: Ratings, split: Split, *, seed: int = 0) -> Iterator[Split]:
    """Yield a split of what is learned from, of the same kind, to see how far off a model is.

    Parameters
    ----------
    ratings
        The ratings.
    split
        The split of which ``train`` is split again: its newest fifth is predicted if the future
        is, else a fifth drawn at random.
    seed
        Of the draw.

    Yields
    ------
    Split
        One; none where there is too little to learn from.

    Examples
    --------
    >>> told = pd.DataFrame({"source": [1, 2, 3], "target": [2, 1, 1], "rating": [1, -1, 1]})
    >>> ratings = tg.graph.Ratings.from_frame(told.assign(time=[30, 10, 20]))
    >>> (split,) = tg.evaluation.chronological(ratings)
    >>> (inner,) = tg.evaluation.protocols.inner_split(ratings, split)
    >>> inner.train.tolist(), inner.test.tolist()
    ([1], [2])
    """
    known = ratings.take(split.train)
    if split.future and _moments(known) > 1:
        (inner,) = chronological(known, SHARE)
    elif known.m > 1:
        (inner,) = hold_out(known, 1 - SHARE, seeds=[seed])
    else:
        return
    yield Split(split.train[inner.train], split.train[inner.test], future=split.future)


def _moments(ratings: Ratings) -> int:
    """Return the number of different moments; 0 if some rating has no time."""
    if ratings.time is None or not np.isfinite(ratings.time).all():
        return 0
    return len(np.unique(ratings.time))


def _times(ratings: Ratings) -> Floats:
    if ratings.time is None:
        message = (
            "the ratings have no times, so nothing can be said of their order; give a column "
            "'time', or choose leave-one-out or kfold"
        )
        raise ValueError(message)
    unknown: Bools = ~np.isfinite(ratings.time)
    if unknown.any():
        message = (
            f"{int(unknown.sum())} of {ratings.m} ratings have no time (the first: row "
            f"{int(np.argmax(unknown)) + 1}); leave them out, or choose leave-one-out or kfold"
        )
        raise ValueError(message)
    return ratings.time


def _without(ratings: Ratings, test: LongInts) -> Split:
    kept = np.ones(ratings.m, bool)
    kept[test] = False
    return Split(np.flatnonzero(kept), test)


def _check_share(share: float) -> None:
    if not 0 < share < 1:
        message = f"share is {share!r}; give a number between 0 and 1"
        raise ValueError(message)


def _check_enough(ratings: Ratings, fewest: int, *, mend: str = "") -> None:
    if ratings.m < fewest:
        there = f"there {'is' if ratings.m == 1 else 'are'} {counted(ratings.m, 'rating')}"
        message = f"{there}; this protocol needs {fewest} at least{mend}"
        raise ValueError(message)
