"""Which models of reputation agree: rank correlations, similar models side by side."""

from typing import Any, Final, Literal

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PatchCollection
from matplotlib.patches import Rectangle

from trustgraph._text import counted
from trustgraph._typing import Floats
from trustgraph.plot._chart import Chart, axes_for_rows, open_chart
from trustgraph.plot._sheet import blank_sheet
from trustgraph.reputation.comparison import Comparison

__all__ = ["plot_comparison"]

MEASURES: Final = {"spearman": "Spearman's rank correlation", "kendall": "Kendall's tau"}
SMALLEST_NUMBER: Final = 5.0
"""Font size under which numbers are left out of the cells."""
WELL_READ: Final = 7.5
"""Font size under which numbers lose the 0 before the point."""
WIDEST: Final = "−0.00"
FILLED: Final = 0.86
"""Greatest width of a number in parts of its cell's."""
UNDEFINED: Final = "–"


def plot_comparison(
    comparison: Comparison,
    *,
    measure: Literal["spearman", "kendall"] = "spearman",
    ax: Axes | None = None,
) -> Axes:
    """Draw how far models of reputation agree about people, two by two.

    Parameters
    ----------
    comparison
        What `trustgraph.reputation.compare_reputation` found.
    measure
        Which correlation of ranks: ``"spearman"`` or ``"kendall"`` (tau-b).
    ax
        Axes to draw on; default: a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        Models are numbered; the cell in a model's row and under another's number holds their
        correlation, in [-1, 1]: the darker, the more alike (on dark pages: the lighter). A dash
        stands where it is undefined, since a model tells nobody from anybody. Similar models stand
        side by side. Cells that are too small have no numbers. Models that have no room, the last
        ones, are counted in the last row.

    Raises
    ------
    ValueError
        If there is no such measure.

    Notes
    -----
    The order is a chain: the two most alike, then always the model that is most like one of the
    ends. Sizes are measured on the figure as it is: set its size before, not after.

    Examples
    --------
    >>> G = nx.DiGraph([("ana", "bo", {"trust": 0.8}), ("bo", "cy", {"trust": 0.5})])
    >>> told = tg.reputation.compare_reputation(G, ["best_path", "moletrust"], seeds="ana")
    >>> ax = tg.plot.plot_comparison(told)
    >>> [text.get_text() for text in ax.texts][1:]
    ['1 best_path', '2 moletrust', '1', '1.00', '2']
    """
    if measure not in MEASURES:
        raise ValueError(f"there is no measure {measure!r}; name one of {', '.join(MEASURES)}")
    models = comparison.models
    ax = axes_for_rows(ax, len(models))
    title = "Models of reputation: who agrees with whom"
    if len(models) < 2:  # noqa: PLR2004 - one agrees with nobody
        sheet = blank_sheet(ax, title)
        sheet.say(["It takes two models to compare them.", *comparison.explain().splitlines()])
        return ax
    table = _table(comparison, measure)
    order = chain(table)
    ax.set(xticks=[], yticks=[])
    chart = open_chart(ax, title, notes=[_note(comparison, table, measure)])
    shown, more = order, []
    if len(order) > chart.most_rows:
        shown = order[: chart.most_rows - 1]
        more = [f"and {counted(len(order) - len(shown), 'model')} for which there is no room"]
    rows = len(shown) + len(more)
    size = chart.row_size(rows)
    names = chart.fit_names([models[model] for model in shown], size=size)
    names = [f"{number} {name}" for number, name in enumerate(names, start=1)]
    chart.across(-0.5, len(shown) - 0.5, left=chart.column(names, size=size))
    chart.rows(rows)
    chart.write_rows([*names, *more], [], size=size, muted=range(len(shown), rows))
    _draw_cells(chart, table[np.ix_(shown, shown)], size)
    return ax


def _table(comparison: Comparison, measure: str) -> Floats:
    """Return the correlation of each two models, NaN where it is undefined."""
    n = len(comparison.models)
    table = np.full((n, n), np.nan)
    upper = np.triu_indices(n, 1)
    table[upper] = comparison.correlations[measure].to_numpy()
    table.T[upper] = table[upper]
    return table


def chain(table: Floats) -> list[int]:
    """Return an order in which what is alike stands together.

    Parameters
    ----------
    table
        Correlations, symmetric, shape (n, n), n at least 2; NaN where undefined.

    Returns
    -------
    list of int
        Of the two that are most alike, then always the one that is most like either end, at that
        end; of equals the first. What is like nothing comes last.

    Examples
    --------
    >>> from trustgraph.plot.comparison import chain
    >>> chain(np.array([[1.0, 0.1, 0.8], [0.1, 1.0, 0.3], [0.8, 0.3, 1.0]]))
    [0, 2, 1]
    """
    n = len(table)
    alike = np.where(np.isnan(table), -np.inf, table)
    np.fill_diagonal(alike, -np.inf)
    first = int(np.argmax(alike))
    order = [first // n, first % n] if alike.flat[first] > -np.inf else [0]
    while len(order) < n:
        rest = [model for model in range(n) if model not in order]
        ends = alike[np.ix_([order[-1], order[0]], rest)]
        end, place = divmod(int(np.argmax(ends)), len(rest))
        order.insert(0 if end and ends.max() > -np.inf else len(order), rest[place])
    return order


def _note(comparison: Comparison, table: Floats, measure: str) -> str:
    told = f"{MEASURES[measure]} over {counted(len(comparison.people), 'person', 'people')}"
    if np.isnan(table).all():
        return f"{told}; undefined: each model tells too few people apart"
    low, high = _number(np.nanmin(table)), _number(np.nanmax(table))
    told += f", {low}" if low == high else f", from {low} to {high}"
    known = ~np.isnan(table[np.triu_indices(len(table), 1)])
    return told if known.all() else f"{told}; blank or {UNDEFINED}: undefined"


def _number(value: float) -> str:
    return UNDEFINED if np.isnan(value) else f"{value:.2f}".replace("-", "−")


def _brief(value: float) -> str:
    return _number(value).replace("0.", ".")


def _draw_cells(chart: Chart, table: Floats, size: float) -> None:
    """Draw the lower half of the table, with the number of each model in its diagonal."""
    theme, n = chart.theme, len(table)
    width = FILLED / chart.per_unit[0]

    def fitting(widest: str) -> float:
        return min(size, size * width / chart.width_of(widest, size=size))

    write = _number if fitting(WIDEST) >= WELL_READ else _brief
    of_cells, of_models = fitting(write(-0.88)), fitting(str(n))
    cells, grounds = [], []
    for row in range(n):
        for column in range(row + 1):
            value = table[row, column]
            known = row != column and not np.isnan(value)
            ground = theme.shade((value + 1) / 2) if known else theme.paper
            cells.append(Rectangle((column - 0.5, row - 0.5), 1, 1))
            grounds.append(ground)
            own = row == column
            text_size = of_models if own else of_cells
            if text_size >= SMALLEST_NUMBER:
                text = str(row + 1) if own else write(value)
                colour = theme.muted if own else theme.text_on(ground)
                chart.text(column, row, text, size=text_size, color=colour, va="center_baseline")
    edge: dict[str, Any] = {"edgecolors": theme.faint, "linewidths": 0.5, "zorder": 1}
    chart.ax.add_collection(PatchCollection(cells, facecolors=grounds, **edge), autolim=False)
