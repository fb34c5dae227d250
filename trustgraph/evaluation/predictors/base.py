"""What a model of trust must be able to do to be judged."""

from dataclasses import dataclass
from typing import Protocol, Self, runtime_checkable

import numpy as np

from trustgraph._typing import Bools, Floats, Ints, LongInts
from trustgraph.graph.ratings import Ratings

__all__ = ["Fitted", "LeavesOneOut", "Prediction", "Predictor", "Prequential", "has_shortcut"]


@dataclass(frozen=True, eq=False)
class Prediction:
    """What a model says about pairs of people; arrays of shape (k,).

    Parameters
    ----------
    value
        The rating to expect, on the scale of weights [-1, 1] (it may overshoot), finite; where
        the model has no answer, what it falls back on.
    answered
        Whether the model has an answer of its own.
    low, high
        Ends of an interval that holds the rating in 90 % of cases, if the model gives one.

    Raises
    ------
    ValueError
        If the shapes differ, a value is not finite, or one end comes without the other.

    Examples
    --------
    >>> tg.evaluation.Prediction(np.array([0.1]), np.array([True])).low is None
    True
    """

    value: Floats
    answered: Bools
    low: Floats | None = None
    high: Floats | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be judged."""
        if (self.low is None) != (self.high is None):
            message = "a prediction has one end of its intervals; give low and high, or neither"
            raise ValueError(message)
        for name in ("value", "answered", "low", "high"):
            numbers = getattr(self, name)
            if numbers is None:
                continue
            if np.shape(numbers) != np.shape(self.value) or np.ndim(numbers) != 1:
                message = f"{name} has shape {np.shape(numbers)}; give one number a pair"
                raise ValueError(message)
            if not np.isfinite(numbers).all():
                message = f"{name} has {(~np.isfinite(numbers)).sum()} numbers that are not finite"
                raise ValueError(f"{message}; predict a fallback where there is no answer")

    def take(self, rows: Bools | LongInts | Ints | slice) -> Self:
        """Return some of the predictions.

        Parameters
        ----------
        rows
            Their places, or a truth value for each.

        Returns
        -------
        Prediction
            These.

        Examples
        --------
        >>> found = tg.evaluation.Prediction(np.array([0.1, 0.2]), np.array([True, False]))
        >>> found.take(slice(1)).value.tolist()
        [0.1]
        """
        low = None if self.low is None else self.low[rows]
        high = None if self.high is None else self.high[rows]
        return type(self)(self.value[rows], self.answered[rows], low, high)


class Fitted(Protocol):
    """A model that has learned.

    Examples
    --------
    >>> told = pd.DataFrame({"source": [1, 2], "target": [3, 3], "rating": [1, 1]})
    >>> ratings = tg.graph.Ratings.from_frame(told)
    >>> fitted = tg.evaluation.find_predictor("target_mean").fit(ratings)
    >>> fitted.predict(np.array([0]), np.array([2])).value.tolist()
    [1.0]
    """

    def predict(self, source: Ints, target: Ints) -> Prediction:
        """Return what to expect of ratings.

        Parameters
        ----------
        source, target
            Numbers of who rates and who is rated, in the ratings learned from, shape (k,) each.

        Returns
        -------
        Prediction
            One for each pair.
        """
        ...


class Predictor(Protocol):
    """A model of trust that can be judged: it learns from ratings.

    It may also be a `LeavesOneOut` or a `Prequential`; else it is refitted as often as it takes.
    It must be possible to pickle it.

    Examples
    --------
    >>> tg.evaluation.find_predictor("bias").name
    'bias'
    """

    @property
    def name(self) -> str:
        """What it goes by in tables."""
        ...

    def fit(self, ratings: Ratings, *, future: bool = False) -> Fitted:
        """Learn from ratings.

        Parameters
        ----------
        ratings
            What is known.
        future
            Whether what is to be predicted comes after all of it in time; a model may then learn
            from the order of what it knows.

        Returns
        -------
        Fitted
            The model that has learned.
        """
        ...


@runtime_checkable
class LeavesOneOut(Protocol):
    """A predictor that can leave out each rating without learning anew.

    Examples
    --------
    >>> isinstance(tg.evaluation.find_predictor("bias"), tg.evaluation.LeavesOneOut)
    True
    """

    def leave_one_out(self, ratings: Ratings) -> Prediction:
        """Return what is predicted of each rating from all others.

        Parameters
        ----------
        ratings
            The ratings.

        Returns
        -------
        Prediction
            Exactly what learning anew without each rating would give, shape (m,).
        """
        ...


@runtime_checkable
class Prequential(Protocol):
    """A predictor that can go through time without learning anew.

    Examples
    --------
    >>> isinstance(tg.evaluation.find_predictor("bias"), tg.evaluation.Prequential)
    True
    """

    def prequential(self, ratings: Ratings, first: int) -> Prediction:
        """Return what is predicted of each rating from those strictly before it.

        Parameters
        ----------
        ratings
            The ratings from the oldest to the newest, each with its time.
        first
            Number of ratings to begin with that need not be predicted.

        Returns
        -------
        Prediction
            Exactly what learning anew (with ``future``) from what is strictly before the moment
            of each rating would give; of the rows from ``first`` on, shape (m - first,).
        """
        ...


def has_shortcut(model: Predictor, kind: type, ratings: Ratings) -> bool:
    """Return whether a model can do without learning anew, in reasonable time.

    Parameters
    ----------
    model
        The model. If it has a method ``affords``, that is asked about the ratings.
    kind
        `LeavesOneOut` or `Prequential`.
    ratings
        The ratings.

    Returns
    -------
    bool
        Whether it has the method, and affords it.

    Examples
    --------
    >>> from trustgraph.evaluation.predictors.base import LeavesOneOut, has_shortcut
    >>> told = pd.DataFrame({"source": [1, 2], "target": [2, 1], "rating": [1, 1]})
    >>> model = tg.evaluation.find_predictor("bias")
    >>> has_shortcut(model, LeavesOneOut, tg.graph.Ratings.from_frame(told))
    True
    """
    return isinstance(model, kind) and getattr(model, "affords", _always)(ratings)


def _always(_: Ratings) -> bool:
    return True
