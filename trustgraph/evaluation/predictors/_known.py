"""What is known around a pair of people: counts and sums of the ratings near it."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from trustgraph._typing import Bools, Floats, Ints, LongInts
from trustgraph.graph.ratings import Ratings

__all__ = ["Known", "Tally"]


@dataclass(frozen=True, eq=False)
class Tally:
    """Number and sum of ratings, for each pair that is asked about; shape (k,) each."""

    n: Floats
    total: Floats

    def mean(self, otherwise: Floats) -> Floats:
        """Return the mean; something else where there are no ratings."""
        return np.where(self.n > 0, self.total / np.maximum(self.n, 1.0), otherwise)

    def shrunk(self, to: Floats, pseudo: float) -> Floats:
        """Return the mean of the ratings and of so many more that are all ``to``."""
        return (self.total + pseudo * to) / (self.n + pseudo)

    def take(self, rows: slice) -> Self:
        """Return some."""
        return type(self)(self.n[rows], self.total[rows])


@dataclass(frozen=True, eq=False)
class Known:
    """What is known around each pair (source, target) that is asked about.

    Parameters
    ----------
    every
        All ratings.
    target_in, target_out, source_in, source_out
        Ratings that the target and the source were given, and gave.
    back
        The target's rating of the source; 0 where there is none.
    has_back
        Whether there is one.
    """

    every: Tally
    target_in: Tally
    target_out: Tally
    source_in: Tally
    source_out: Tally
    back: Floats
    has_back: Bools

    @classmethod
    def of_pairs(cls, ratings: Ratings, source: Ints, target: Ints) -> Self:
        """Return what the ratings tell around pairs.

        O(m log m + k log m).
        """
        given = _sums(ratings.source, ratings.rating, ratings.n)
        got = _sums(ratings.target, ratings.rating, ratings.n)
        back, has_back = _back_of_pairs(ratings, source, target)
        every = np.full(len(source), float(ratings.m)), np.full(len(source), ratings.rating.sum())
        return cls(
            every=Tally(*every),
            target_in=Tally(got.n[target], got.total[target]),
            target_out=Tally(given.n[target], given.total[target]),
            source_in=Tally(got.n[source], got.total[source]),
            source_out=Tally(given.n[source], given.total[source]),
            back=back,
            has_back=has_back,
        )

    @classmethod
    def left_out(cls, ratings: Ratings) -> Self:
        """Return what all other ratings tell around the pair of each rating; O(m log m)."""
        around = cls.of_pairs(ratings, ratings.source, ratings.target)
        return cls(
            every=_less(around.every, ratings.rating),
            target_in=_less(around.target_in, ratings.rating),
            target_out=around.target_out,
            source_in=around.source_in,
            source_out=_less(around.source_out, ratings.rating),
            back=around.back,
            has_back=around.has_back,
        )

    @classmethod
    def before(cls, ratings: Ratings) -> Self:
        """Return what the ratings strictly before each rating tell around its pair; O(m log m).

        A rating without a time counts as older than all that have one.
        """
        time = np.zeros(ratings.m) if ratings.time is None else ratings.time
        moment = np.unique(np.nan_to_num(time, nan=-np.inf), return_inverse=True)[1]

        def tally(ends: Ints, of: Ints) -> Tally:
            return _sums_before(ends, moment, ratings.rating, of, moment)

        one = np.zeros(ratings.m, np.int32)
        answer = ratings.reciprocal
        has_back = (answer >= 0) & (moment[answer] < moment) if ratings.m else answer >= 0
        return cls(
            every=tally(one, one),
            target_in=tally(ratings.target, ratings.target),
            target_out=tally(ratings.source, ratings.target),
            source_in=tally(ratings.target, ratings.source),
            source_out=tally(ratings.source, ratings.source),
            back=np.where(has_back, ratings.rating[answer], 0.0) if ratings.m else np.zeros(0),
            has_back=has_back,
        )

    def take(self, rows: slice) -> Self:
        """Return some of the pairs."""
        return type(self)(
            every=self.every.take(rows),
            target_in=self.target_in.take(rows),
            target_out=self.target_out.take(rows),
            source_in=self.source_in.take(rows),
            source_out=self.source_out.take(rows),
            back=self.back[rows],
            has_back=self.has_back[rows],
        )


def _sums(group: Ints, rating: Floats, n: int) -> Tally:
    return Tally(
        np.bincount(group, minlength=n).astype(np.float64),
        np.bincount(group, rating, n).astype(np.float64),
    )


def _less(tally: Tally, rating: Floats) -> Tally:
    """Return a tally without one rating each; nothing is left of one alone."""
    n = tally.n - 1
    return Tally(n, np.where(n > 0, tally.total - rating, 0.0))


def _sums_before(
    group: Ints, moment: LongInts, rating: Floats, of_group: Ints, until: LongInts
) -> Tally:
    """Return number and sum of the ratings of a group strictly before a moment."""
    moments = int(moment.max(initial=0)) + 1
    key = group.astype(np.int64) * moments + moment
    order = np.argsort(key, kind="stable")
    sums = np.append(0.0, np.cumsum(rating[order]))
    begin = np.searchsorted(key[order], of_group.astype(np.int64) * moments)
    end = np.searchsorted(key[order], of_group.astype(np.int64) * moments + until)
    return Tally((end - begin).astype(np.float64), sums[end] - sums[begin])


def _back_of_pairs(ratings: Ratings, source: Ints, target: Ints) -> tuple[Floats, Bools]:
    """Return the target's rating of the source, and whether there is one."""
    if not ratings.m:
        return np.zeros(len(source)), np.zeros(len(source), bool)
    key = ratings.source.astype(np.int64) * ratings.n + ratings.target
    back = target.astype(np.int64) * ratings.n + source
    order = np.argsort(key)
    found = order[np.minimum(np.searchsorted(key[order], back), ratings.m - 1)]
    has_back = key[found] == back
    return np.where(has_back, ratings.rating[found], 0.0), has_back
