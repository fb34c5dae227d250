"""Ratings that people gave each other, as arrays."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf
from typing import Any, Final, Self

import numpy as np
import pandas as pd

from trustgraph._typing import Bools, Floats, Graph, Ints, LongInts
from trustgraph.errors import GraphContractError
from trustgraph.graph._labels import number_ends
from trustgraph.graph.contract import shown
from trustgraph.graph.index import TrustIndex

__all__ = ["Ratings", "nearest_cut", "usual_scale"]

SCALES: Final = (1.0, 5.0, 10.0, 100.0)
"""The largest ratings of the usual scales."""
NAMED: Final = 3
"""Rows that a message names."""


@dataclass(frozen=True, eq=False, repr=False)
class Ratings:
    """Who rated whom, how, and when: what models of trust learn from and are judged on.

    Parameters
    ----------
    labels
        Ids by number, shape (n,), sorted.
    source, target
        Numbers of who rates and of who is rated, shape (m,); nobody rates themselves, and nobody
        rates the same person twice.
    rating
        The rating as a weight in [-1, 1], shape (m,).
    time
        When, in seconds since 1970 (UTC), shape (m,); NaN where that is not known, None where it
        is not known of any.
    scale
        The largest rating that could be given; a weight times the scale is the rating as told.

    Examples
    --------
    >>> told = pd.DataFrame({"source": ["bo", "cy"], "target": ["ana", "ana"], "rating": [8, -10]})
    >>> ratings = tg.graph.Ratings.from_frame(told)
    >>> ratings, ratings.scale, ratings.rating.tolist()
    (Ratings(people=3, ratings=2), 10.0, [0.8, -1.0])
    """

    labels: Sequence[Any]
    source: Ints
    target: Ints
    rating: Floats
    time: Floats | None = None
    scale: float = 1.0

    @classmethod
    def from_frame(cls, frame: pd.DataFrame, *, scale: float | None = None) -> Self:
        """Take ratings from a frame.

        Parameters
        ----------
        frame
            One row a rating: ``source`` (who rates), ``target`` (whom), ``rating`` (a number),
            and optionally ``time``: seconds since 1970, or dates (without a zone they are UTC).
        scale
            The largest rating that can be given, in either direction; default: `usual_scale`.

        Returns
        -------
        Ratings
            The ratings in the order of the rows.

        Raises
        ------
        GraphContractError
            If a column is missing, an id or a rating is missing or none, a rating lies outside
            the scale, somebody rates themselves, or rates somebody twice.

        Examples
        --------
        >>> told = pd.DataFrame({"source": [1], "target": [2], "rating": [3]})
        >>> tg.graph.Ratings.from_frame(told, scale=5).rating.tolist()
        [0.6]
        """
        columns = ("source", "target", "rating")
        if missing := [name for name in columns if name not in frame.columns]:
            raise GraphContractError(
                [f"the frame of ratings has no column {name!r}" for name in missing]
            )
        ends = number_ends(frame, None)
        given = _numbers(frame["rating"])
        scale = usual_scale(given) if scale is None else _checked_scale(scale, given)
        _check_pairs(ends.labels, ends.source, ends.target)
        time = _seconds(frame["time"]) if "time" in frame.columns else None
        return cls(ends.labels, ends.source, ends.target, given / scale, time, scale)

    @classmethod
    def from_graph(cls, G: Graph | TrustIndex) -> Self:
        """Take the ratings that the edges of a graph hold.

        Parameters
        ----------
        G
            The graph, or its index. The rating of an edge is its ``rating``, or its ``trust``
            where it has none; its time is its ``last_contact``.

        Returns
        -------
        Ratings
            The ratings, sorted by who is rated, then by who rates.

        Raises
        ------
        GraphContractError
            If the graph breaks the contract.

        Examples
        --------
        >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.0, "rating": -0.5})])
        >>> tg.graph.Ratings.from_graph(G).rating.tolist()
        [-0.5]
        """
        index = G if isinstance(G, TrustIndex) else TrustIndex.from_graph(G)
        rated = np.repeat(np.arange(index.n, dtype=np.int32), np.diff(index.out_start))
        time = index.last_contact
        return cls(
            index.labels,
            index.out_asked.astype(np.int32, copy=False),
            rated,
            index.rating,
            None if np.isnan(time).all() else time,
        )

    @property
    def n(self) -> int:
        """Number of people."""
        return len(self.labels)

    @property
    def m(self) -> int:
        """Number of ratings."""
        return len(self.source)

    @cached_property
    def signed(self) -> bool:
        """Whether some rating is negative."""
        return bool((self.rating < 0).any())

    @cached_property
    def reciprocal(self) -> LongInts:
        """Row of the rating that answers each rating, -1 where there is none, shape (m,)."""
        key = self.source.astype(np.int64) * self.n + self.target
        back = self.target.astype(np.int64) * self.n + self.source
        order = np.argsort(key)
        place = np.searchsorted(key[order], back)
        found = order[np.minimum(place, max(self.m - 1, 0))] if self.m else place
        return np.where(key[found] == back, found, -1) if self.m else place

    def take(self, rows: Bools | LongInts | Ints | slice) -> Self:
        """Return some of the ratings; the people stay the same, and so do their numbers.

        Parameters
        ----------
        rows
            Places of ratings, or a truth value for each.

        Returns
        -------
        Ratings
            These.

        Examples
        --------
        >>> told = pd.DataFrame({"source": [1, 2], "target": [2, 1], "rating": [1, -1]})
        >>> tg.graph.Ratings.from_frame(told).take(slice(1)).rating.tolist()
        [1.0]
        """
        time = None if self.time is None else self.time[rows]
        ends = self.source[rows], self.target[rows]
        return type(self)(self.labels, *ends, self.rating[rows], time, self.scale)

    def index(self) -> TrustIndex:
        """Return the ratings as a trust graph: trust is the rating, and 0 where it is negative.

        Returns
        -------
        TrustIndex
            The same people, also those without a rating, with the same numbers.

        Examples
        --------
        >>> told = pd.DataFrame({"source": [1, 2], "target": [2, 1], "rating": [1, -1]})
        >>> tg.graph.Ratings.from_frame(told).index().trust.tolist()
        [0.0, 1.0]
        """
        numbers = np.arange(self.n)
        edges = pd.DataFrame(
            {
                "source": numbers[self.source],
                "target": numbers[self.target],
                "trust": np.maximum(self.rating, 0.0),
                "rating": self.rating,
            }
        )
        if self.time is not None:
            edges["last_contact"] = [_iso(moment) for moment in self.time.tolist()]
        people = pd.DataFrame(index=pd.Index(numbers))
        if list(self.labels) != list(range(self.n)):
            ids = pd.Index(self.labels, tupleize_cols=False)
            people = pd.DataFrame(index=ids)
            edges["source"], edges["target"] = ids[self.source], ids[self.target]
        return TrustIndex.from_frame(edges, people)

    def to_frame(self) -> pd.DataFrame:
        """Return the ratings as told.

        Returns
        -------
        pandas.DataFrame
            Columns ``source, target, rating`` (on the scale) and ``time`` (UTC; where known).

        Examples
        --------
        >>> told = pd.DataFrame({"source": [1], "target": [2], "rating": [3]})
        >>> tg.graph.Ratings.from_frame(told).to_frame()
           source  target  rating
        0       1       2     3.0
        """
        ids = pd.Index(self.labels, tupleize_cols=False)
        frame = pd.DataFrame(
            {
                "source": ids[self.source],
                "target": ids[self.target],
                "rating": self.rating * self.scale,
            }
        )
        if self.time is not None:
            frame["time"] = pd.to_datetime(self.time, unit="s", utc=True)
        return frame

    def __repr__(self) -> str:
        """Show the size, never the people."""
        return f"Ratings(people={self.n}, ratings={self.m})"


def nearest_cut(time: Floats, share: float) -> int:
    """Return how many of the oldest ratings make about a share, without parting equal moments.

    Parameters
    ----------
    time
        Ascending moments, shape (m,).
    share
        The share, in (0, 1).

    Returns
    -------
    int
        The nearest number from 1 to m - 1 at which a new moment begins; 0 if there is none.

    Examples
    --------
    >>> from trustgraph.graph.ratings import nearest_cut
    >>> nearest_cut(np.array([1.0, 2.0, 2.0, 2.0, 3.0]), 0.5), nearest_cut(np.ones(5), 0.5)
    (1, 0)
    """
    starts = np.flatnonzero(np.diff(time) > 0) + 1
    return int(starts[np.argmin(np.abs(starts - share * len(time)))]) if len(starts) else 0


def usual_scale(rating: Floats) -> float:
    """Return the largest rating of the smallest usual scale that has room for all ratings.

    Parameters
    ----------
    rating
        Ratings as told.

    Returns
    -------
    float
        1, 5, 10 or 100; beyond these the largest rating itself.

    Examples
    --------
    >>> from trustgraph.graph.ratings import usual_scale
    >>> usual_scale(np.array([-1.0, 0.5])), usual_scale(np.array([-10.0, 3.0]))
    (1.0, 10.0)
    """
    largest = float(np.abs(rating).max(initial=0.0))
    return next((scale for scale in SCALES if largest <= scale), largest)


def _checked_scale(scale: float, rating: Floats) -> float:
    largest = float(np.abs(rating).max(initial=0.0))
    if not 0 < scale < inf or largest > scale:
        message = f"the scale is {scale!r}, but the largest rating is {largest:g}; name the largest"
        raise GraphContractError([f"{message} rating that can be given"])
    return float(scale)


def _numbers(ratings: "pd.Series[Any]") -> Floats:
    """Return ratings as numbers; tell which are none."""
    given = pd.to_numeric(ratings, errors="coerce").to_numpy(np.float64)
    wrong = np.flatnonzero(~np.isfinite(given))
    if len(wrong):
        told = ", ".join(f"row {row + 1}: {shown(ratings.iloc[row])}" for row in wrong[:NAMED])
        raise GraphContractError(
            [f"{len(wrong)} ratings are no numbers ({told}); mend them or leave the rows out"]
        )
    return given


def _check_pairs(labels: Sequence[Any], source: Ints, target: Ints) -> None:
    """Raise a `GraphContractError` if somebody rates themselves, or the same person twice."""
    faults = []
    if len(own := np.flatnonzero(source == target)):
        told = ", ".join(f"row {row + 1}: {shown(labels[source[row]])}" for row in own[:NAMED])
        faults.append(f"{len(own)} ratings are of the rater ({told}); leave them out")
    again = pd.DataFrame({"source": source, "target": target}).duplicated(keep="last").to_numpy()
    if len(twice := np.flatnonzero(again)):
        told = ", ".join(
            f"row {row + 1}: {shown(labels[source[row]])} of {shown(labels[target[row]])}"
            for row in twice[:NAMED]
        )
        faults.append(
            f"{len(twice)} ratings are given again later ({told}); keep one of each pair, for "
            "instance the last: frame.drop_duplicates(['source', 'target'], keep='last')"
        )
    if faults:
        raise GraphContractError(faults)


def _seconds(times: "pd.Series[Any]") -> Floats:
    """Return moments as seconds since 1970; NaN where there is none."""
    if pd.api.types.is_numeric_dtype(times.dtype) and times.dtype != bool:
        return np.asarray(times, np.float64)
    moments = pd.to_datetime(times, utc=True, errors="coerce", format="ISO8601")
    wrong = np.flatnonzero(moments.isna() & times.notna() & (times.astype(str) != ""))
    if len(wrong):
        told = ", ".join(f"row {row + 1}: {shown(times.iloc[row])}" for row in wrong[:NAMED])
        raise GraphContractError(
            [f"{len(wrong)} times are none ({told}); write 2026-11-23, or seconds since 1970"]
        )
    return np.asarray((moments - pd.Timestamp(0, tz="UTC")) / pd.Timedelta(seconds=1), np.float64)


def _iso(moment: float) -> str:
    if np.isnan(moment):
        return ""
    return dt.datetime.fromtimestamp(moment, tz=dt.UTC).isoformat()
