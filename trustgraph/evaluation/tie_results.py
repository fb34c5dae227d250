"""What an evaluation of predicted ties returns."""

from typing import Final, Literal

import pandas as pd

from trustgraph._html import card_html, shown, table_html
from trustgraph._text import counted, listed
from trustgraph.models.base import FrozenModel
from trustgraph.models.result import ResultModel

__all__ = ["Protocol", "TieDifference", "TieEvaluation", "TieScore"]

SCHEMA_VERSION: Final = 1
Protocol = Literal["pairs", "dyads", "people"]
HIDDEN: Final = {
    "pairs": "single ordered pairs",
    "dyads": "pairs of people, both ways at once",
    "people": "all ties of one person at a time, of which those that go out are predicted",
}


class TieScore(FrozenModel):
    """How well one model tells pairs with a tie from pairs without.

    Attributes
    ----------
    model
        Its name.
    words
        What it is.
    inputs
        What it looks at in a pair that is to be predicted.
    auc
        Chance that a pair with a tie is placed above a pair without, in [0, 1]; 0.5 is chance.
    low, high
        Interval of the bootstrap over people; None if none was asked for.

    Examples
    --------
    >>> tie = pd.DataFrame({"source": [1, 2, 3, 4], "target": [2, 3, 4, 1]})
    >>> four = tg.datasets.Layers(pd.DataFrame(index=[1, 2, 3, 4]), {"advice": tie, "lunch": tie})
    >>> tg.evaluation.evaluate_ties(four, folds=3, draws=0).scores[0].auc
    1.0
    """

    model: str
    words: str
    inputs: str
    auc: float
    low: float | None = None
    high: float | None = None


class TieDifference(FrozenModel):
    """By how much the AUC of one model exceeds that of another, on the same pairs.

    Attributes
    ----------
    model, than
        Names of the two.
    difference
        AUC of ``model`` less that of ``than``, in [-1, 1].
    low, high
        Interval of the paired bootstrap over people; None if none was asked for.

    Examples
    --------
    >>> tie = pd.DataFrame({"source": [1, 2, 3, 4], "target": [2, 3, 4, 1]})
    >>> four = tg.datasets.Layers(pd.DataFrame(index=[1, 2, 3, 4]), {"advice": tie, "lunch": tie})
    >>> tg.evaluation.evaluate_ties(four, folds=3, draws=0).differences[0].than
    'logistic'
    """

    model: str
    than: str
    difference: float
    low: float | None = None
    high: float | None = None


class TieEvaluation(ResultModel):
    """How well ties of one kind are predicted from ties of other kinds.

    Attributes
    ----------
    of, using
        The kind of tie that is predicted, and the kinds from which.
    people, pairs, ties
        Numbers of people, of ordered pairs that are predicted, and of ties among these.
    protocol
        What is hidden at a time: ``"pairs"``, ``"dyads"`` or ``"people"``.
    folds
        How many times something is hidden.
    scores
        One for each model.
    differences
        Each of our models against each plain regression.
    level, draws
        Share of the bootstrap that an interval holds, and number of draws.
    seed
        Of the folds and draws; None if a generator was passed.
    schema_version
        Version of the dictionary form.

    Examples
    --------
    >>> tie = pd.DataFrame({"source": [1, 2, 3, 4], "target": [2, 3, 4, 1]})
    >>> four = tg.datasets.Layers(pd.DataFrame(index=[1, 2, 3, 4]), {"advice": tie, "lunch": tie})
    >>> found = tg.evaluation.evaluate_ties(four, folds=3, draws=0)
    >>> found.to_frame()["auc"].iloc[:2].to_dict()
    {'logistic': 1.0, 'logistic_paths': 1.0}
    """

    of: str
    using: tuple[str, ...]
    people: int
    pairs: int
    ties: int
    protocol: Protocol
    folds: int
    scores: tuple[TieScore, ...]
    differences: tuple[TieDifference, ...]
    level: float = 0.95
    draws: int = 1000
    seed: int | None = 0
    schema_version: Literal[1] = SCHEMA_VERSION

    def to_frame(self) -> pd.DataFrame:
        """Return one row a model.

        Returns
        -------
        pandas.DataFrame
            Indexed by ``model``; columns ``auc, low, high, inputs, words``; NaN for no interval.

        Examples
        --------
        >>> tie = pd.DataFrame({"source": [1, 2, 3, 4], "target": [2, 3, 4, 1]})
        >>> kinds = {"advice": tie, "lunch": tie}
        >>> four = tg.datasets.Layers(pd.DataFrame(index=[1, 2, 3, 4]), kinds)
        >>> list(tg.evaluation.evaluate_ties(four, folds=3, draws=0).to_frame())
        ['auc', 'low', 'high', 'inputs', 'words']
        """
        rows = [score.model_dump() for score in self.scores]
        frame = pd.DataFrame(rows).set_index("model").astype({"low": float, "high": float})
        return frame[["auc", "low", "high", "inputs", "words"]]

    def differences_frame(self) -> pd.DataFrame:
        """Return one row for each of our models and each plain regression.

        Returns
        -------
        pandas.DataFrame
            Indexed by ``model, than``; columns ``difference, low, high``; NaN for no interval.

        Examples
        --------
        >>> tie = pd.DataFrame({"source": [1, 2, 3, 4], "target": [2, 3, 4, 1]})
        >>> kinds = {"advice": tie, "lunch": tie}
        >>> four = tg.datasets.Layers(pd.DataFrame(index=[1, 2, 3, 4]), kinds)
        >>> len(tg.evaluation.evaluate_ties(four, folds=3, draws=0).differences_frame())
        9
        """
        rows = [one.model_dump() for one in self.differences]
        frame = pd.DataFrame(rows).set_index(["model", "than"])
        return frame.astype("float64")

    def explain(self) -> str:
        """Return the result in plain sentences.

        Returns
        -------
        str
            What was predicted from what, how well, and which differences chance may explain.

        Examples
        --------
        >>> tie = pd.DataFrame({"source": [1, 2, 3, 4], "target": [2, 3, 4, 1]})
        >>> kinds = {"advice": tie, "lunch": tie}
        >>> four = tg.datasets.Layers(pd.DataFrame(index=[1, 2, 3, 4]), kinds)
        >>> print(tg.evaluation.evaluate_ties(four, folds=3, draws=0).explain().splitlines()[0])
        Among 4 people, 4 ties of advice in 12 ordered pairs are predicted from lunch.
        """
        return "\n".join(map(shown, self._lines()))

    def _lines(self) -> list[str]:
        ties = counted(self.ties, "tie")
        about = (
            f"Among {counted(self.people, 'person', 'people')}, {ties} of {self.of} in "
            f"{counted(self.pairs, 'ordered pair')} are predicted from {listed(self.using)}."
        )
        how = (
            f"Hidden are {HIDDEN[self.protocol]}, {self.folds} times; every model is fitted anew "
            "each time, without what is hidden."
        )
        lines = [about, how]
        lines += [
            f"{score.model} ({score.words}; it looks at {score.inputs}): AUC {score.auc:.3f}"
            f"{self._interval(score.low, score.high)}."
            for score in self.scores
        ]
        lines += [
            f"{one.model} less {one.than}: {one.difference:+.3f}"
            f"{self._interval(one.low, one.high, sign='+')}{_verdict(one)}."
            for one in self.differences
        ]
        return lines

    def _interval(self, low: float | None, high: float | None, sign: str = "") -> str:
        if low is None or high is None:
            return ""
        return f" ({100 * self.level:g} % interval {low:{sign}.3f} to {high:{sign}.3f})"

    def _repr_html_(self) -> str:
        title = f"{self.of} from {listed(self.using)}: {self.protocol} hidden"
        return card_html(title, table_html(self.to_frame().reset_index()), lines=self._lines()[:2])


def _verdict(one: TieDifference) -> str:
    if one.low is None or one.high is None:
        return ""
    return ", which chance may explain" if one.low <= 0 <= one.high else ""
