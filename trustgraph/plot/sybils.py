"""What fake identities bring to an attacker, model by model."""

from collections.abc import Iterable, Sequence
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
    curves = {model: _multiples(run, axiom) for model, run in runs if run is not None}
    lines = {model: curve for model, curve in curves.items() if curve is not None}
    ax = axes_or_new(ax)
    notes = _notes(runs, curves)
    if not lines:
        sheet = blank_sheet(ax, TITLES[axiom])
        sheet.say(notes or ["No model was tested."])
        return ax
    fakes = sorted({int(number) for numbers, _ in lines.values() for number in numbers})
    heights = np.log10([height for _, curve in lines.values() for height in curve])
    low, high = float(heights.min()), float(heights.max())
    spare = max(0.04, (LEAST_SPAN - (high - low)) / 2)
    low, high = low - spare, high + spare
    ax.set_ylim(low, high)
    ticks = _round_numbers(low, high)
    ax.set_yticks(np.log10(ticks), labels=[f"×{tick:g}" for tick in ticks])
    ax.set_xticks(np.log1p(fakes), labels=list(map(str, fakes)))
    chart = open_chart(ax, TITLES[axiom], notes=notes, foot="fake identities")
    grown = {model: run.growth for model, run in runs if run is not None}
    ends = [
        End(
            float(np.log1p(numbers[-1])),
            float(np.log10(curve[-1])),
            model,
            f"×{curve[-1]:.2g}" if curve[-1] < 10 else f"×{curve[-1]:.0f}",  # noqa: PLR2004
            _colour(chart.theme, grown[model]),
        )
        for model, (numbers, curve) in lines.items()
    ]
    fitted = fit_ends(chart, sorted(ends, key=lambda end: -end.y))
    chart.across(0.0, float(np.log1p(fakes[-1])), left=4.0, right=fitted.width)
    chart.up(low, high)
    _draw_lines(chart, ticks, lines, grown)
    fitted.draw(chart)
    return ax


Curve = tuple[Sequence[int], Sequence[float]]
"""Numbers of fakes, and how many times as high as without them the score is."""


def _runs(
    reports: AxiomReport | Iterable[AxiomReport], axiom: str
) -> list[tuple[str, SybilRun | None]]:
    """Return the attack on each model, None where the axiom does not apply."""
    given = [reports] if isinstance(reports, AxiomReport) else list(reports)
    strange = [one for one in given if not isinstance(one, AxiomReport)]
    if strange:
        kind = type(strange[0]).__name__
        raise TypeError(f"{kind} is no report; give what check_axioms returns")
    return [(report.model, report[axiom].sybils) for report in given]


def _multiples(run: SybilRun, axiom: str) -> Curve | None:
    """Return the curve of an attack; None if the attacker has nothing without fakes."""
    whose = "total" if axiom == "sybil_total" else "own"
    values = [float(getattr(point, whose)) for point in run.curve]
    if not values or values[0] <= 0:
        return None
    return [point.fakes for point in run.curve], [max(LOWEST, v / values[0]) for v in values]


def _notes(
    runs: Sequence[tuple[str, SybilRun | None]], curves: dict[str, Curve | None]
) -> list[str]:
    """Say what is drawn, and of whom nothing is."""
    notes = []
    if any(curve is not None for curve in curves.values()):
        notes.append(
            "score as a multiple of that without fakes, in the worst attack found; dashed: still "
            "grows, grey: no gain"
        )
    if away := [model for model, run in runs if run is None]:
        notes.append(f"does not apply to {listed(away)}")
    if without := [model for model, curve in curves.items() if curve is None]:
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


def _draw_lines(
    chart: Chart, ticks: Sequence[float], lines: dict[str, Curve], grown: dict[str, Any]
) -> None:
    theme, last = chart.theme, max(numbers[-1] for numbers, _ in lines.values())
    faint: dict[str, Any] = {"color": theme.faint, "linewidth": 0.8, "zorder": 0}
    chart.ax.hlines(np.log10(ticks), 0.0, np.log1p(last), **faint)
    for model, (numbers, curve) in lines.items():
        style, width = STYLES[grown[model]]
        look: dict[str, Any] = {"linestyle": style, "linewidth": width * chart.unit}
        look |= {"color": _colour(theme, grown[model]), "marker": "o", "markersize": 3 * chart.unit}
        chart.ax.plot(np.log1p(numbers), np.log10(curve), zorder=2, **look)
