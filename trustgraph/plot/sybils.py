"""What fake identities bring to an attacker, model by model."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
from matplotlib.axes import Axes

from trustgraph._text import listed
from trustgraph.evaluation.axiom_results import AxiomReport, SybilRun
from trustgraph.plot._axes import axes_or_new
from trustgraph.plot._chart import Chart, open_chart
from trustgraph.plot._ends import End, fit_ends
from trustgraph.plot._sheet import blank_sheet
from trustgraph.plot._style import BLUE, VERMILLION, Theme

__all__ = ["plot_sybils"]

TITLES: Final = {
    "sybil_own": "What fake identities bring to an attacker",
    "sybil_total": "What fake identities bring to an attacker and themselves",
    "sybil_unseeded": "What fake identities bring where nobody is trusted beforehand",
}
READ: Final = (
    "score as a multiple of that without fakes, in the worst attack found; dashed: still grows, "
    "grey: no gain"
)
LOWEST: Final = 0.1
"""Multiples below are drawn here."""
LEAST_SPAN: Final = 0.35
"""Least height of the scale, in powers of ten."""
ROUND: Final = (1, 2, 5)
STYLES: Final = {"none": ("-", 1.2), "bounded": ("-", 1.8), "grows": ("--", 1.8)}


def plot_sybils(
    reports: AxiomReport | Iterable[AxiomReport],
    *,
    axiom: Literal["sybil_own", "sybil_total", "sybil_unseeded"] = "sybil_own",
    ax: Axes | None = None,
) -> Axes:
    """Draw what fake identities behind one honest tie bring, one line a model.

    Parameters
    ----------
    reports
        What `trustgraph.evaluation.check_axioms` found, for one model or several.
    axiom
        Which attack: on the attacker's own score (``"sybil_own"``), on the scores of the attacker
        and all fakes together (``"sybil_total"``), or on the own score where nobody is trusted
        beforehand (``"sybil_unseeded"``).
    ax
        Axes to draw on; default: a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        Across: the number of fakes, drawn as log(1 + fakes). Upwards: how many times as high as
        without fakes the score is, on a logarithmic scale (below a tenth: drawn at a tenth).
        Dashes: it still grows at the last fakes. Each line ends in the name of its model and the
        last multiple. Models without a line are named in the notes: those that the axiom does not
        apply to, and those in which the attacker has no score without fakes.

    Raises
    ------
    ValueError
        If there is no such axiom, or a report does not hold it.
    TypeError
        If something is no report.

    Notes
    -----
    The attack is the worst one that was found for the model, so lines are of different networks.
    Sizes are measured on the figure as it is: set its size before, not after.

    Examples
    --------
    >>> report = tg.evaluation.check_axioms("best_path", worlds=0)
    >>> ax = tg.plot.plot_sybils(report, axiom="sybil_total")
    >>> ax.texts[-1].get_text()
    'best_path ×51'
    """
    if axiom not in TITLES:
        raise ValueError(f"there is no attack {axiom!r}; name one of {', '.join(TITLES)}")
    runs = _runs(reports, axiom)
    lines = [line for model, run in runs if run is not None for line in _lines(model, run, axiom)]
    ax = axes_or_new(ax)
    notes = _notes(runs, axiom)
    if not lines:
        sheet = blank_sheet(ax, TITLES[axiom])
        sheet.say(notes or ["No model was tested."])
        return ax
    fakes = sorted({number for line in lines for number in line.fakes})
    heights = np.log10([height for line in lines for height in line.multiples])
    low, high = float(heights.min()), float(heights.max())
    spare = max(0.04, (LEAST_SPAN - (high - low)) / 2)
    low, high = low - spare, high + spare
    ax.set_ylim(low, high)
    ticks = _round_numbers(low, high)
    ax.set_yticks(np.log10(ticks), labels=[f"×{tick:g}" for tick in ticks])
    chart = open_chart(ax, TITLES[axiom], notes=[READ, *notes], foot="fake identities")
    ends = [_end(line, chart.theme) for line in lines]
    fitted = fit_ends(chart, sorted(ends, key=lambda end: -end.y))
    chart.across(0.0, float(np.log1p(fakes[-1])), left=4.0, right=fitted.width)
    chart.up(low, high)
    chart.mark(np.log1p(fakes).tolist(), list(map(str, fakes)))
    faint: dict[str, Any] = {"color": chart.theme.faint, "linewidth": 0.8, "zorder": 0}
    ax.hlines(np.log10(ticks), 0.0, np.log1p(fakes[-1]), **faint)
    for line in lines:
        _draw_line(chart, line)
    fitted.draw(chart)
    return ax


@dataclass(frozen=True)
class _Line:
    """Numbers of fakes, and how many times as high as without them the score is."""

    model: str
    growth: str
    fakes: list[int]
    multiples: list[float]


def _runs(reports: AxiomReport | Iterable[Any], axiom: str) -> list[tuple[str, SybilRun | None]]:
    """Return the attack on each model, None where the axiom does not apply."""
    given = [reports] if isinstance(reports, AxiomReport) else list(reports)
    strange = [one for one in given if not isinstance(one, AxiomReport)]
    if strange:
        kind = type(strange[0]).__name__
        raise TypeError(f"{kind} is no report; give what check_axioms returns")
    return [(report.model, report[axiom].sybils) for report in given]


def _scores(run: SybilRun, axiom: str) -> list[float]:
    return [point.total if axiom == "sybil_total" else point.own for point in run.curve]


def _lines(model: str, run: SybilRun, axiom: str) -> list[_Line]:
    """Return the line of a model; none if the attacker has nothing without fakes."""
    scores = _scores(run, axiom)
    if not scores or scores[0] <= 0:
        return []
    multiples = [max(LOWEST, score / scores[0]) for score in scores]
    return [_Line(model, run.growth, [point.fakes for point in run.curve], multiples)]


def _notes(runs: Sequence[tuple[str, SybilRun | None]], axiom: str) -> list[str]:
    """Say of which models nothing is drawn."""
    notes = []
    if away := [model for model, run in runs if run is None]:
        notes.append(f"does not apply to {listed(away)}")
    tried = [(model, run) for model, run in runs if run is not None]
    if without := [model for model, run in tried if not _lines(model, run, axiom)]:
        notes.append(f"no score without fakes, so no multiple: {listed(without)}")
    return notes


def _round_numbers(low: float, high: float) -> list[float]:
    """Return 1, 2, 5, 10 … between two powers of ten; only every third if there are many."""
    powers = range(int(np.floor(low)), int(np.ceil(high)) + 1)
    for firsts in (ROUND, ROUND[:1]):
        found = [first * 10.0**power for power in powers for first in firsts]
        found = [number for number in found if low <= np.log10(number) <= high]
        if len(found) <= 7:  # noqa: PLR2004 - as many as stand well apart
            break
    return found


def _colour(theme: Theme, growth: str) -> str:
    return {"none": theme.muted, "bounded": BLUE, "grows": VERMILLION}[growth]


def _end(line: _Line, theme: Theme) -> End:
    last = line.multiples[-1]
    told = f"×{last:.2g}" if last < 10 else f"×{last:,.0f}"  # noqa: PLR2004 - two digits, or all
    place = float(np.log1p(line.fakes[-1])), float(np.log10(last))
    return End(*place, line.model, told, _colour(theme, line.growth))


def _draw_line(chart: Chart, line: _Line) -> None:
    style, width = STYLES[line.growth]
    look: dict[str, Any] = {"linestyle": style, "linewidth": width * chart.unit, "marker": "o"}
    look |= {"color": _colour(chart.theme, line.growth), "markersize": 3 * chart.unit}
    chart.ax.plot(np.log1p(line.fakes), np.log10(line.multiples), zorder=2, **look)
