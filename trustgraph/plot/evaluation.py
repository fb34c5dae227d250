"""How well models predicted ratings, the best one on top."""

from dataclasses import dataclass
from math import copysign, inf, isfinite
from typing import Any, Final

from matplotlib.axes import Axes

from trustgraph._text import counted, percent
from trustgraph.evaluation.results import Evaluation, Figure, ModelFigures
from trustgraph.plot._chart import Chart, axes_for_rows, number_words, open_chart
from trustgraph.plot._sheet import blank_sheet
from trustgraph.plot._style import BLUE

__all__ = ["METRICS", "plot_evaluation"]

EDGE: Final = 0.04
"""Space beside the outermost marks, in parts of what they span."""


@dataclass(frozen=True)
class _Metric:
    """A metric in words; ``best``: the value that cannot be beaten; ``line``: one to compare to."""

    words: str
    best: float
    line: float | None = None
    meaning: str = ""


METRICS: Final = {
    "rmse": _Metric("Root mean squared error", -inf),
    "mae": _Metric("Mean absolute error", -inf),
    "pcc": _Metric("Correlation with the ratings (Pearson)", inf, 0.0, "no relation"),
    "spearman": _Metric("Rank correlation with the ratings (Spearman)", inf, 0.0, "no relation"),
    "auc": _Metric("Area under the curve (AUC)", inf, 0.5, "chance"),
    "brier": _Metric("Brier score", -inf),
    "log_loss": _Metric("Log loss", -inf),
    "ece": _Metric("Expected calibration error", -inf),
    "coverage": _Metric("Share of ratings in their 90 % interval", 0.9, 0.9, "as promised"),
    "width": _Metric("Mean width of 90 % intervals", -inf),
    "answered": _Metric("Share of ratings with an answer of the model's own", inf),
}
"""Every metric that an evaluation has."""


def plot_evaluation(
    evaluation: Evaluation, *, metric: str = "rmse", ax: Axes | None = None
) -> Axes:
    """Draw how well models predicted ratings that they had not seen: a row a model, best on top.

    Parameters
    ----------
    evaluation
        What `trustgraph.evaluation.evaluate` found.
    metric
        Which of its metrics: ``"rmse"``, ``"mae"``, ``"pcc"``, ``"spearman"``, ``"auc"``,
        ``"brier"``, ``"log_loss"``, ``"ece"``, ``"coverage"``, ``"width"`` or ``"answered"``.
    ax
        Axes to draw on; default: a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        A dot a model, hollow if the model was judged on a sample or learned in blocks, with its
        bootstrap interval. Models of which the metric is undefined stand last and say so. A
        dashed line marks a value to compare to where there is one: no relation, chance, or the
        coverage that was promised. Models that have no room are counted in the last row.

    Raises
    ------
    ValueError
        If there is no such metric.

    Notes
    -----
    Sizes are measured on the figure as it is: set its size before, not after.

    Examples
    --------
    >>> told = pd.DataFrame({"source": [1, 2, 3], "target": [2, 1, 1], "rating": [4, 5, 3]})
    >>> models = ["reciprocal", "mean"]
    >>> found = tg.evaluation.evaluate(told, models, protocol="leave-one-out")
    >>> ax = tg.plot.plot_evaluation(found, metric="mae")
    >>> [text.get_text() for text in ax.texts][1:]
    ['mean', 'reciprocal', '0.200', '0.333']
    """
    if metric not in METRICS:
        raise ValueError(f"there is no metric {metric!r}; name one of {', '.join(METRICS)}")
    told = METRICS[metric]
    ax = axes_for_rows(ax, len(evaluation))
    if not len(evaluation):
        sheet = blank_sheet(ax, told.words)
        sheet.say(["No model was evaluated.", *evaluation.explain().splitlines()])
        return ax
    ranked = sorted(evaluation.models, key=lambda model: _order(model, metric, told))
    ax.set_yticks([])
    chart = open_chart(ax, f"{told.words}, best on top", notes=_notes(evaluation, metric))
    shown, more = ranked, []
    if len(ranked) > chart.most_rows:
        shown = ranked[: chart.most_rows - 1]
        more = [f"and {counted(len(ranked) - len(shown), 'model')} for which there is no room"]
    size = chart.row_size(len(shown) + len(more))
    names = [*chart.fit_names([model.model for model in shown], size=size), *more]
    values = [_figure(model, metric).value for model in shown]
    numbers = iter(number_words([value for value in values if value is not None]))
    column = ["undefined" if value is None else next(numbers) for value in values]
    low, high = _span(shown, metric, told)
    left = chart.column(names[: len(shown)], size=size)
    chart.across(low, high, left=left, right=chart.column(column, size=size))
    chart.rows(len(names))
    ends = -0.5, len(shown) - 0.5
    chart.ticks(low, high, *ends)
    if told.line is not None:
        chart.ax.vlines(told.line, *ends, color=chart.theme.muted, linestyle="--", zorder=1)
    for row, model in enumerate(shown):
        _draw_dot(chart, row, _figure(model, metric), hollow=model.how != "exact", size=size)
    chart.write_rows(names, column, size=size, muted=range(len(shown), len(names)))
    return ax


def _figure(model: ModelFigures, metric: str) -> Figure:
    """Return a metric of a model; an undefined one where it has none."""
    found = (figure for figure in model.figures if figure.metric == metric)
    return next(found, Figure(metric=metric, value=None))


def _order(model: ModelFigures, metric: str, told: _Metric) -> tuple[bool, float, str]:
    """Return what sorts models, the best one first and undefined ones last."""
    value = _figure(model, metric).value
    if value is None:
        return True, 0.0, model.model
    behind = abs(value - told.best) if isfinite(told.best) else copysign(1, -told.best) * value
    return False, behind, model.model


def _notes(evaluation: Evaluation, metric: str) -> list[str]:
    """Say what was evaluated, and what the marks mean."""
    told = METRICS[metric]
    ratings, people = (
        counted(evaluation.n, "rating"),
        counted(evaluation.people, "person", "people"),
    )
    first = f"{evaluation.protocol}, {ratings} among {people}"
    if any(_figure(model, metric).low is not None for model in evaluation.models):
        first += f"; whiskers: {percent(evaluation.level)} bootstrap intervals"
    marks = []
    if told.line is not None:
        marks.append(f"dashed line: {told.line:g}, {told.meaning}")
    if any(model.how != "exact" for model in evaluation.models):
        marks.append("hollow dots: judged on a sample, or learned in blocks of time")
    return [first, *(["; ".join(marks)] if marks else [])]


def _span(shown: list[ModelFigures], metric: str, told: _Metric) -> tuple[float, float]:
    """Return where marks begin and end, with some space beside them."""
    figures = [_figure(model, metric) for model in shown]
    ends = [end for figure in figures for end in (figure.value, figure.low, figure.high)]
    marks = [mark for mark in (*ends, told.line) if mark is not None]
    low, high = min(marks, default=0.0), max(marks, default=1.0)
    space = EDGE * (high - low) or max(EDGE * abs(high), 1e-9)
    return low - space, high + space


def _draw_dot(chart: Chart, row: int, figure: Figure, *, hollow: bool, size: float) -> None:
    """Draw a model's dot and its whisker, thinner in crowded rows."""
    if figure.value is None:
        return
    thin, unit = size / 9.5, chart.unit
    if figure.low is not None and figure.high is not None:
        line: dict[str, Any] = {"color": chart.theme.ink, "linewidth": 1.6 * thin * unit}
        chart.ax.hlines(row, figure.low, figure.high, zorder=2, **line)
    face = chart.theme.paper if hollow else BLUE
    edge: dict[str, Any] = {"edgecolors": BLUE, "linewidths": 1.5 * thin * unit}
    area = (7 * thin * unit) ** 2
    chart.ax.scatter([figure.value], [row], s=area, color=face, zorder=3, **edge)
