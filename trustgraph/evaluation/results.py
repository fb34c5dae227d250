"""What an evaluation returns."""

from collections.abc import Iterator, Mapping
from math import isnan, nan
from types import MappingProxyType
from typing import Final, Literal

import pandas as pd
from pydantic import PrivateAttr

from trustgraph._html import card_html, shown, table_html
from trustgraph.evaluation import explain
from trustgraph.evaluation.bootstrap import Unit, bootstrap_calibration, bootstrap_difference
from trustgraph.evaluation.scored import METRICS, Scored
from trustgraph.models.base import FrozenModel
from trustgraph.models.result import ResultModel

__all__ = ["Evaluation", "Figure", "ModelFigures", "ProtocolName"]

SCHEMA_VERSION: Final = 1

ProtocolName = Literal["leave-one-out", "kfold", "hold-out", "chronological", "prequential"]


class Figure(FrozenModel):
    """One metric of one model.

    Attributes
    ----------
    metric
        Which.
    value
        The figure; None where it is undefined.
    low, high
        Ends of its bootstrap interval; None where there is none.

    Examples
    --------
    >>> from trustgraph.evaluation.results import Figure
    >>> Figure(metric="rmse", value=0.3).low is None
    True
    """

    metric: str
    value: float | None
    low: float | None = None
    high: float | None = None


class ModelFigures(FrozenModel):
    """All metrics of one model.

    Attributes
    ----------
    model
        Its name.
    n
        Number of ratings that were predicted.
    how
        ``"exact"``: each rating as the protocol has it; ``"sampled"``: a sample of them, since
        the model has to learn anew for each; ``"blocks"``: it learned anew only at the beginning
        of each block of time.
    figures
        The metrics.

    Examples
    --------
    >>> told = pd.DataFrame({"source": [1, 2, 3], "target": [2, 3, 1], "rating": [1, -1, 1]})
    >>> found = tg.evaluation.evaluate(told, ["mean"], protocol="leave-one-out")
    >>> found.models[0].model, found.models[0].how
    ('mean', 'exact')
    """

    model: str
    n: int
    how: Literal["exact", "sampled", "blocks"] = "exact"
    figures: tuple[Figure, ...]

    def __getitem__(self, metric: str) -> Figure:
        """Return one metric."""
        for figure in self.figures:
            if figure.metric == metric:
                return figure
        raise KeyError(metric)


class Evaluation(ResultModel):
    """How well models predicted ratings that they had not seen.

    A mapping, as it were, from the names of models to their predictions: ``found["bias"]`` holds
    what came true and what was predicted, for plots and metrics of one's own.

    Attributes
    ----------
    protocol
        Which ratings were predicted from which.
    models
        The metrics of each model, in the order asked for.
    n, people
        Number of ratings, and of people, that there were.
    scale
        The largest rating that can be given; errors are on weights, rating / scale.
    lowest, highest
        The smallest and the largest weight that there was; None where that is not known.
    folds, sample, seed
        What was asked for, where the protocol uses it.
    resamples, level, unit
        Of the bootstrap: number of resamples, share of them that an interval holds, and what was
        drawn.
    schema_version
        Version of the dictionary form, which does not hold the predictions.

    Examples
    --------
    >>> told = pd.DataFrame({"source": [1, 2, 3], "target": [2, 1, 1], "rating": [4, 5, 3]})
    >>> found = tg.evaluation.evaluate(told, ["mean", "reciprocal"], protocol="leave-one-out")
    >>> found.table()["rmse"].round(3).to_dict()
    {'mean': 0.245, 'reciprocal': 0.383}
    """

    protocol: ProtocolName
    models: tuple[ModelFigures, ...]
    n: int
    people: int
    scale: float = 1.0
    lowest: float | None = None
    highest: float | None = None
    folds: int | None = None
    sample: int | None = None
    seed: int = 0
    resamples: int = 1000
    level: float = 0.95
    unit: Unit = "both"
    schema_version: Literal[1] = SCHEMA_VERSION
    _scored: dict[str, Scored] = PrivateAttr(default_factory=dict)
    _seconds: dict[str, float] = PrivateAttr(default_factory=dict)

    def hold(self, scored: Mapping[str, Scored], seconds: Mapping[str, float]) -> None:
        """Keep the predictions, and how long models took; neither is in the dictionary form."""
        self._scored.update(scored)
        self._seconds.update(seconds)

    @property
    def seconds(self) -> Mapping[str, float]:
        """Processor seconds that each model took to learn and to predict, over all processes."""
        return MappingProxyType(self._seconds)

    def __eq__(self, other: object) -> bool:
        """Return whether all figures, and what was asked for, are the same."""
        return isinstance(other, Evaluation) and self.to_dict() == other.to_dict()

    def __hash__(self) -> int:
        """Return a number that equal evaluations share."""
        return hash((self.protocol, self.n, tuple(model.model for model in self.models)))

    def __len__(self) -> int:
        """Return the number of models."""
        return len(self.models)

    def __iter__(self) -> Iterator[str]:  # type: ignore[override]
        """Yield the names of the models."""
        return (model.model for model in self.models)

    def __getitem__(self, model: str) -> Scored:
        """Return what a model predicted, beside what came true."""
        if model in self._scored:
            return self._scored[model]
        if model in set(self):
            message = (
                "the predictions are not part of the dictionary form that this evaluation was read "
                "from; evaluate again"
            )
            raise ValueError(message)
        message = f"{model!r} was not evaluated; name one of {', '.join(self)}"
        raise ValueError(message)

    def to_frame(self) -> pd.DataFrame:
        """Return one row a model and metric.

        Returns
        -------
        pandas.DataFrame
            Indexed by ``model`` and ``metric``; columns ``value, low, high`` (NaN where
            undefined), ``n`` (ratings predicted) and ``how``.

        Examples
        --------
        >>> told = pd.DataFrame({"source": [1, 2, 3], "target": [2, 1, 1], "rating": [4, 5, 3]})
        >>> found = tg.evaluation.evaluate(told, ["mean"], protocol="leave-one-out")
        >>> found.to_frame().loc[("mean", "mae"), "value"].round(3)
        np.float64(0.2)
        """
        rows = [
            (model.model, figure.metric, figure.value, figure.low, figure.high, model.n, model.how)
            for model in self.models
            for figure in model.figures
        ]
        names = ["model", "metric", "value", "low", "high", "n", "how"]
        frame = pd.DataFrame(rows, columns=names).set_index(["model", "metric"])
        kinds = {"value": "float64", "low": "float64", "high": "float64", "n": "int64"}
        return frame.astype({**kinds, "how": "str"})

    def table(self) -> pd.DataFrame:
        """Return one row a model, without intervals.

        Returns
        -------
        pandas.DataFrame
            Indexed by ``model``; a column a metric (NaN where undefined), ``n`` and ``how``.

        Examples
        --------
        >>> told = pd.DataFrame({"source": [1, 2, 3], "target": [2, 1, 1], "rating": [4, 5, 3]})
        >>> found = tg.evaluation.evaluate(told, ["mean"], protocol="leave-one-out")
        >>> found.table().columns[:3].tolist(), bool(found.table()["pcc"].isna().all())
        (['rmse', 'mae', 'pcc'], True)
        """
        rows = {
            model.model: {
                **{figure.metric: _number(figure.value) for figure in model.figures},
                "n": model.n,
                "how": model.how,
            }
            for model in self.models
        }
        frame = pd.DataFrame.from_dict(rows, orient="index", columns=[*METRICS, "n", "how"])
        return frame.rename_axis("model")

    def compare(self, one: str, other: str) -> pd.DataFrame:
        """Return by how much metrics of one model exceed those of another.

        Parameters
        ----------
        one, other
            Names of models; they are compared on the ratings that both predicted.

        Returns
        -------
        pandas.DataFrame
            Indexed by ``metric``; columns ``one, other, difference, low, high``: one less other,
            and its interval by a bootstrap on the same resamples; NaN where undefined.

        Raises
        ------
        ValueError
            If a model was not evaluated, its predictions are not at hand, or both predicted none
            of the same ratings.

        Examples
        --------
        >>> told = pd.DataFrame({"source": [1, 2, 3], "target": [2, 1, 1], "rating": [4, 5, 3]})
        >>> found = tg.evaluation.evaluate(told, ["mean", "bias"], protocol="leave-one-out")
        >>> found.compare("bias", "mean").loc["rmse", "difference"].round(3)
        np.float64(0.027)
        """
        first, second = self[one], self[other]
        first, second = first.common_with(second), second.common_with(first)
        if not len(first):
            message = f"{one} and {other} predicted none of the same ratings"
            raise ValueError(message)
        return bootstrap_difference(
            first,
            second,
            resamples=self.resamples,
            level=self.level,
            unit=self.unit,
            seed=self.seed,
        )

    def calibration(self, model: str, bins: int = 10) -> pd.DataFrame:
        """Return how often ratings were positive beside the chance that a model gave them.

        Parameters
        ----------
        model
            Its name.
        bins
            Number of equal parts of [0, 1], at least 1.

        Returns
        -------
        pandas.DataFrame
            One row a part, indexed by ``bin``: its ends ``low, high``, the number ``n`` of ratings
            in it, their mean ``probability``, the ``share`` that was positive, and the ends
            ``share_low, share_high`` of its bootstrap interval; what `trustgraph.plot` draws.

        Raises
        ------
        ValueError
            If the model was not evaluated, its predictions are not at hand, or there are no bins.

        Examples
        --------
        >>> told = pd.DataFrame({"source": [1, 2, 3], "target": [2, 1, 1], "rating": [4, 5, 3]})
        >>> found = tg.evaluation.evaluate(told, ["mean"], protocol="leave-one-out")
        >>> found.calibration("mean", 2)["n"].tolist()
        [0, 3]
        """
        return bootstrap_calibration(
            self[model],
            bins,
            resamples=self.resamples,
            level=self.level,
            unit=self.unit,
            seed=self.seed,
        )

    def explain(self) -> str:
        """Return the answer in plain sentences.

        Returns
        -------
        str
            What was predicted from what, which model errs least and by how much, whether its
            intervals hold what they should, and what has to be kept in mind.

        Examples
        --------
        >>> told = pd.DataFrame({"source": [1, 2, 3], "target": [2, 1, 1], "rating": [4, 5, 3]})
        >>> found = tg.evaluation.evaluate(told, ["mean"], protocol="leave-one-out")
        >>> print(found.explain().splitlines()[0])
        Each of 3 ratings among 3 people was predicted from all others.
        """
        return "\n".join(map(shown, explain.lines(self)))

    def _repr_html_(self) -> str:
        title = f"{len(self)} models, {self.protocol}, {self.n:,} ratings"
        body = table_html(self.table().reset_index())
        return card_html(title, body, lines=explain.lines(self))


def _number(value: float | None) -> float:
    return nan if value is None else value


def number_or_none(value: float) -> float | None:
    """Return a number; None where it is NaN.

    Examples
    --------
    >>> from trustgraph.evaluation.results import number_or_none
    >>> number_or_none(float("nan")) is None, number_or_none(0.5)
    (True, 0.5)
    """
    return None if isnan(value) else float(value)
