"""The models of reputation in the literature, as predictors of ratings.

They see the ratings as a graph in which trust is the rating, and 0 where that is negative.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from trustgraph._typing import Bools, Floats, Graph, Ints, LongInts
from trustgraph.evaluation.predictors.base import Prediction, Predictor
from trustgraph.evaluation.protocols import Split, inner_split
from trustgraph.graph.index import TrustIndex
from trustgraph.graph.ratings import Ratings
from trustgraph.reputation.appleseed import appleseed
from trustgraph.reputation.eigentrust import eigentrust
from trustgraph.reputation.moletrust import moletrust
from trustgraph.reputation.pagerank import personalised_pagerank
from trustgraph.reputation.path_product import best_path
from trustgraph.reputation.subjective_trust import subjective_trust
from trustgraph.reputation.tidaltrust import tidaltrust
from trustgraph.reputation.transitivity import trust_transitivity

__all__ = ["MODELS", "PairwisePredictor", "StandingPredictor", "numbered_index"]

MOST_SOURCES: Final = 10
"""Raters whose view is taken where a model looks at one rater at a time."""
ALIKE: Final = 1e-9

Series: TypeAlias = "pd.Series[float]"
Pairs: TypeAlias = list[tuple[int, int]]


def numbered_index(ratings: Ratings) -> TrustIndex:
    """Return the graph of ratings, people named by their numbers."""
    ends = ratings.source, ratings.target
    plain = Ratings(range(ratings.n), *ends, ratings.rating, None, ratings.scale)
    return plain.index()


# ------------------------------------------------------------------------------ pairwise models


@dataclass(frozen=True)
class PairwisePredictor:
    """A model that tells how far one person should trust another: that is the prediction.

    Where it has no answer: 0, neither good nor bad, if some rating is negative, else the mean.

    Parameters
    ----------
    name
        What it goes by.
    ask
        From an index and pairs to a number a pair; NaN where there is no answer.
    zero_is_none
        Whether 0 is no answer either.

    Examples
    --------
    >>> told = pd.DataFrame({"source": [1, 2], "target": [2, 3], "rating": [0.5, 0.8]})
    >>> fitted = tg.evaluation.find_predictor("best_path").fit(tg.graph.Ratings.from_frame(told))
    >>> fitted.predict(np.array([0, 2]), np.array([2, 0])).value.round(3).tolist()
    [0.4, 0.65]
    """

    name: str
    ask: Callable[[TrustIndex, Pairs], Series]
    zero_is_none: bool = False

    def fit(self, ratings: Ratings, *, future: bool = False) -> "FittedPairwise":
        """Learn from ratings; what is to come makes no difference."""
        del future
        return FittedPairwise(self, numbered_index(ratings), _neutral(ratings))

    def told(
        self, index: TrustIndex, source: Ints, target: Ints, otherwise: npt.ArrayLike
    ) -> Prediction:
        """Return what the model says, and something else where it has no answer."""
        if not len(source):
            return Prediction(np.zeros(0), np.zeros(0, bool))
        value = np.asarray(self.ask(index, _pairs(source, target)), np.float64)
        answered: Bools = ~np.isnan(value) & ~((value == 0.0) & self.zero_is_none)
        return Prediction(np.where(answered, value, otherwise), answered)


@dataclass(frozen=True, eq=False)
class FittedPairwise:
    """A model and the graph that it is asked about."""

    model: PairwisePredictor
    index: TrustIndex
    otherwise: float

    def predict(self, source: Ints, target: Ints) -> Prediction:
        """Return what to expect of ratings."""
        return self.model.told(self.index, source, target, self.otherwise)


@dataclass(frozen=True)
class TransitivityPredictor(PairwisePredictor):
    """Trust transitivity, which can leave out the source's own word about the target at once."""

    def leave_one_out(self, ratings: Ratings) -> Prediction:
        """Return what is predicted of each rating from all others."""
        bad = ratings.rating < 0
        others = (ratings.rating.sum() - ratings.rating) / max(ratings.m - 1, 1)
        otherwise = np.where(bad.sum() - bad > 0, 0.0, others)
        without = PairwisePredictor(self.name, _transitivity_of_others, zero_is_none=True)
        return without.told(numbered_index(ratings), ratings.source, ratings.target, otherwise)


def _transitivity(index: TrustIndex, pairs: Pairs) -> Series:
    return trust_transitivity(index, pairs)


def _transitivity_of_others(index: TrustIndex, pairs: Pairs) -> Series:
    return trust_transitivity(index, pairs, direct=False)


def _moletrust(index: TrustIndex, pairs: Pairs) -> Series:
    """Return MoleTrust that listens to everybody who is trusted at all.

    The usual threshold of 0.6 is meant for ratings whose typical good one is near 1.
    """
    return moletrust(index, pairs, threshold=0.0)


def _subjective(index: TrustIndex, pairs: Pairs) -> Series:
    """Return the trust of subjective logic where some way leads to the target."""
    found = subjective_trust(index, pairs)
    return found["trust"].where(found["paths"] > 0)


@dataclass(frozen=True)
class SignedTidalTrust:
    """TidalTrust among good ratings less TidalTrust among bad ones (Kumar et al. 2016).

    Parameters
    ----------
    name
        What it goes by.

    Examples
    --------
    >>> told = pd.DataFrame({"source": [1, 2], "target": [2, 3], "rating": [0.5, 0.8]})
    >>> fitted = tg.evaluation.find_predictor("tidaltrust").fit(tg.graph.Ratings.from_frame(told))
    >>> fitted.predict(np.array([0, 2]), np.array([2, 0])).value.tolist()
    [0.8, 0.0]
    """

    name: str = "tidaltrust"

    def fit(self, ratings: Ratings, *, future: bool = False) -> "FittedTidalTrust":
        """Learn from ratings; what is to come makes no difference."""
        del future
        good, bad = ratings.take(ratings.rating > 0), ratings.take(ratings.rating < 0)
        ends = bad.source, bad.target
        turned = Ratings(bad.labels, *ends, -bad.rating, None, bad.scale)
        return FittedTidalTrust(numbered_index(good), numbered_index(turned))


@dataclass(frozen=True, eq=False)
class FittedTidalTrust:
    """Good ratings and bad ones."""

    good: TrustIndex
    bad: TrustIndex

    def predict(self, source: Ints, target: Ints) -> Prediction:
        """Return what to expect of ratings."""
        pairs = _pairs(source, target)
        if not pairs:
            return Prediction(np.zeros(0), np.zeros(0, bool))
        found = [np.asarray(tidaltrust(one, pairs), np.float64) for one in (self.good, self.bad)]
        answered = ~np.isnan(found[0]) | ~np.isnan(found[1])
        return Prediction(np.nan_to_num(found[0]) - np.nan_to_num(found[1]), answered)


# ------------------------------------------------------------------------------ standing


@dataclass(frozen=True)
class StandingPredictor:
    """A model that gives every person a score: a straight line in the rank of the target's.

    Ranks are fair to scores of any shape. The line is fitted to a fifth of the ratings, by ranks
    among the scores that the other four fifths give, so that no rating has a part in the score
    that it is held against: the newest fifth where the future is asked about, else one drawn at
    random.

    Parameters
    ----------
    name
        What it goes by.
    score
        ``score(index)``, or ``score(index, seeds=[source])`` of a personal one.
    personal
        Whether the score is the source's own view; the line is then fitted to what the ten people
        who rated most in that fifth see.

    Examples
    --------
    >>> told = pd.DataFrame({"source": [1, 2, 3], "target": [4, 4, 4], "rating": [1, 1, 1]})
    >>> fitted = tg.evaluation.find_predictor("eigentrust").fit(tg.graph.Ratings.from_frame(told))
    >>> fitted.predict(np.array([0]), np.array([3])).value.round(6).tolist()
    [1.0]
    """

    name: str
    score: Callable[..., Series]
    personal: bool = False

    def fit(self, ratings: Ratings, *, future: bool = False) -> "FittedStanding":
        """Learn from ratings."""
        mean = _mean(ratings)
        line = mean, 0.0
        for inner in inner_split(ratings, Split(np.arange(ratings.m), np.arange(0), future)):
            known, asked = ratings.take(inner.train), ratings.take(inner.test)
            if self.personal:
                asked = asked.take(_of_busiest(asked))
            told = FittedStanding(self, numbered_index(known), line)
            line = _line(told.ranks(asked.source, asked.target), asked.rating, mean)
        return FittedStanding(self, numbered_index(ratings), line)


@dataclass(frozen=True, eq=False)
class FittedStanding:
    """A model, the graph that it is asked about, and a line."""

    model: StandingPredictor
    index: TrustIndex
    line: tuple[float, float]

    def ranks(self, source: Ints, target: Ints) -> Floats:
        """Return the ranks of targets among all people, from 0 to 1, as their sources see them."""
        if not self.model.personal:
            return _rank_shares(self.model.score(self.index))[target]
        found = np.empty(len(source))
        for one in np.unique(source):
            there = source == one
            scores = self.model.score(self.index, seeds=[int(one)])
            found[there] = _rank_shares(scores)[target[there]]
        return found

    def predict(self, source: Ints, target: Ints) -> Prediction:
        """Return what to expect of ratings."""
        intercept, slope = self.line
        value = np.clip(intercept + slope * self.ranks(source, target), -1.0, 1.0)
        return Prediction(value, np.diff(self.index.out_start)[target] > 0)


def _rank_shares(scores: Series) -> Floats:
    """Return mean ranks, from 0 for the lowest of many to 1 for the highest."""
    near: Any = pd.Series(np.asarray(scores, np.float64)).round(12)
    return np.asarray(near.rank(method="average"), np.float64) / max(len(near), 1)


def _line(x: Floats, y: Floats, mean: float) -> tuple[float, float]:
    """Return intercept and slope of least squares; a flat line where there is no other."""
    apart = x - x.mean() if len(x) else x
    spread = float((apart * apart).sum())
    if not spread > ALIKE:
        return mean, 0.0
    slope = float((apart * y).sum()) / spread
    return float(y.mean() - slope * x.mean()), slope


def _of_busiest(ratings: Ratings) -> Bools:
    """Return which ratings are by those who gave the most."""
    given = np.bincount(ratings.source, minlength=ratings.n)
    busiest: LongInts = np.argsort(-given, kind="stable")[:MOST_SOURCES]
    return np.isin(ratings.source, busiest)


def _mean(ratings: Ratings) -> float:
    return float(ratings.rating.mean()) if ratings.m else 0.0


def _neutral(ratings: Ratings) -> float:
    """Return the rating to expect where nothing is known of a pair."""
    return 0.0 if ratings.signed else _mean(ratings)


def _pairs(source: Ints, target: Ints) -> Pairs:
    return list(zip(source.tolist(), target.tolist(), strict=True))


def _eigentrust(G: Graph | TrustIndex) -> Series:
    return eigentrust(G)


def _pagerank(G: Graph | TrustIndex) -> Series:
    return personalised_pagerank(G)


def _appleseed(G: Graph | TrustIndex, *, seeds: list[int]) -> Series:
    return appleseed(G, seeds=seeds)


MODELS: Final[tuple[Predictor, ...]] = (
    StandingPredictor("eigentrust", _eigentrust),
    StandingPredictor("pagerank", _pagerank),
    StandingPredictor("appleseed", _appleseed, personal=True),
    PairwisePredictor("best_path", best_path),
    PairwisePredictor("moletrust", _moletrust),
    PairwisePredictor("subjective_trust", _subjective),
    SignedTidalTrust(),
    TransitivityPredictor("trust_transitivity", _transitivity, zero_is_none=True),
)
"""All of them."""
