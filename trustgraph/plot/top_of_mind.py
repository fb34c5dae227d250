"""Who would speak up for somebody unasked, and how that fades if nothing happens."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.ticker import MaxNLocator

from trustgraph._text import counted
from trustgraph._typing import Floats
from trustgraph.planning.top_of_mind_results import Mind, TopOfMind
from trustgraph.plot._axes import axes_or_new
from trustgraph.plot._chart import NAME_SIZE, NOTE_SIZE, Chart, open_chart
from trustgraph.plot._ends import End, fit_ends
from trustgraph.plot._labels import shorten
from trustgraph.plot._sheet import blank_sheet
from trustgraph.plot._style import BLUE, VERMILLION, mix

__all__ = ["plot_top_of_mind"]

TITLES: Final = {
    "unasked": "Who would speak up for {} unasked",
    "recall": "To whose mind {} comes",
    "willingness": "Who would vouch for {}",
}
FEET: Final = {
    "unasked": "chance to think of them, say so, and vouch",
    "recall": "chance that they come to mind within {:.0f} days",
    "willingness": "chance to vouch, once they come to mind",
}
NAMES_SHARE: Final = 0.3
"""Greatest width of names in parts of the chart's."""
MOST_TICKS: Final = 5
STEPS: Final = (1, 2, 3, 6, 12, 24, 60)
HALF: Final = 0.5
SPARE: Final = 1.05
"""Height of the chart in parts of the highest chance."""


def plot_top_of_mind(
    minds: TopOfMind,
    *,
    people: int | Iterable[Any] = 8,
    quantity: Literal["unasked", "recall", "willingness"] = "unasked",
    ax: Axes | None = None,
) -> Axes:
    """Draw who would speak up for a person unasked, now and in the months ahead: a line each.

    Parameters
    ----------
    minds
        What `trustgraph.top_of_mind` found.
    people
        Whose lines get a name: so many, at least 1, or ids or unique full names. So many: the
        likeliest, then those about to forget, then those who fade most.
    quantity
        ``"unasked"`` (to think of the person, say so and vouch), ``"recall"`` (to think of them)
        or ``"willingness"`` (to vouch).
    ax
        Axes to draw on; default: a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        Chances in [0, 1] by month. Lines of named people end in the name and the last chance:
        dashed for those about to forget, dotted for those who have. A dot stands where recall
        falls under one half, a triangle on the day on which the silence gets too long. All others
        are thin grey lines, counted in the notes, like those of whom nothing is known. Where the
        months ahead are not known there are points instead of lines.

    Raises
    ------
    ValueError
        If there is no such quantity, ``people`` is less than 1 or names nobody or several.
    TypeError
        If ``people`` is neither a number nor people.

    Notes
    -----
    Sizes are measured on the figure as it is: set its size before, not after.

    Examples
    --------
    >>> found = tg.planning.top_of_mind(tg.datasets.load_office(), "ana")
    >>> ax = tg.plot.plot_top_of_mind(found, people=2)
    >>> [text.get_text() for text in ax.texts][1:]
    ['Ben Okafor 0.128', 'Chiara Salvi 0.121']
    """
    if quantity not in TITLES:
        raise ValueError(f"there is no quantity {quantity!r}; name one of {', '.join(TITLES)}")
    values = minds.projected(quantity).to_numpy()
    known = ~np.isnan(values).all(axis=1) if len(values) else np.zeros(0, bool)
    named = _named(minds, values, known, people)
    ax = axes_or_new(ax)
    if not known.any():
        blank_sheet(ax, TITLES[quantity], minds.person_name).say(minds.explain().splitlines())
        return ax
    lines = [_line(minds, minds[row], values[row]) for row in named]
    high = SPARE * max(float(np.nanmax(values)), 1e-9)
    ticks = _ticks(high)
    ax.set_ylim(0.0, high)
    ax.set_yticks(ticks, labels=[f"{tick:.6g}" for tick in ticks])
    others = [row for row in np.flatnonzero(known).tolist() if row not in set(named)]
    notes = _notes(minds, lines, len(others), int((~known).sum()), quantity)
    chart = open_chart(ax, TITLES[quantity], minds.person_name, notes=notes, foot=_foot(minds))
    fitted = fit_ends(chart, _ends(chart, lines))
    last = int(np.flatnonzero(~np.isnan(values).all(axis=0))[-1])
    begin, end = (0.0, float(last)) if last else (-1.0, 0.0)
    chart.across(begin, end, left=4.0, right=fitted.width)
    chart.up(0.0, high, below=3.0)
    _mark_months(chart, minds, last)
    faint: dict[str, Any] = {"color": chart.theme.faint, "linewidth": 0.8, "zorder": 0}
    ax.hlines(ticks, begin, end, **faint)
    _draw_others(chart, values[others])
    for line in lines:
        _draw_line(chart, line)
    fitted.draw(chart)
    return ax


@dataclass(frozen=True)
class _Line:
    """Chances of one person by month, and the months at which recall and the rhythm break."""

    mind: Mind
    values: Floats
    about_to: bool
    half: float | None
    silent: float | None

    @property
    def look(self) -> tuple[str, str]:
        """Line style, and whether it tells a warning, is gone or neither."""
        if self.about_to:
            return "--", "warned"
        return (":", "gone") if self.mind.state == "forgotten" else ("-", "steady")

    @property
    def last(self) -> int:
        """The last month of which the chance is known."""
        return int(np.flatnonzero(~np.isnan(self.values))[-1])

    @property
    def chance(self) -> float:
        """The chance in that month."""
        return float(self.values[self.last])


def _named(minds: TopOfMind, values: Floats, known: Any, people: Any) -> list[int]:
    """Return the numbers of the people whose lines get a name."""
    if isinstance(people, (int, np.integer)) and not isinstance(people, bool):
        if people < 1:
            raise ValueError(f"people is {people}; name at least 1, or give their ids")
        return _telling(minds, values, known, int(people))
    if isinstance(people, bool) or not isinstance(people, (Iterable, str)):
        raise TypeError(f"people is {people!r}; give a number, or the ids of people")
    given = [people] if isinstance(people, str) else list(people)
    found = dict.fromkeys(_number(minds, one) for one in given)
    return [row for row in found if known[row]]


def _number(minds: TopOfMind, person: Any) -> int:
    rows = [row for row, mind in enumerate(minds) if mind.person == person]
    rows = rows or [row for row, mind in enumerate(minds) if mind.name == person]
    if len(rows) == 1:
        return rows[0]
    if rows:
        raise ValueError(f"{len(rows)} people are called {person!r}; give the id of one of them")
    raise ValueError(f"{person!r} has no tie to {minds.person_name!r}; name somebody who has one")


def _telling(minds: TopOfMind, values: Floats, known: Any, most: int) -> list[int]:
    """Return the likeliest, then those about to forget, then those who fade most."""
    with np.errstate(invalid="ignore"):
        faded = np.nan_to_num(values[:, 0] - values[:, -1])
    rows = [row for row in range(len(values)) if known[row]]
    likeliest = sorted(rows, key=lambda row: -np.nan_to_num(values[row, 0]))
    warned = {mind.person for mind in minds.about_to_forget}
    first = likeliest[: -(-most // 2)]
    about_to = [row for row in likeliest if minds[row].person in warned]
    fading = sorted(rows, key=lambda row: -faded[row])
    return list(dict.fromkeys([*first, *about_to, *fading]))[:most]


def _line(minds: TopOfMind, mind: Mind, values: Floats) -> _Line:
    return _Line(
        mind,
        values,
        about_to=any(mind.person == one.person for one in minds.about_to_forget),
        half=_month_of(minds, mind.recall_half_on),
        silent=_month_of(minds, mind.forgets_on),
    )


def _month_of(minds: TopOfMind, day: str) -> float | None:
    """Return where a day lies among the months ahead, None if it does not."""
    days = [dt.date.fromisoformat(one).toordinal() for one in minds.dates]
    if not day or not days[1:]:  # a month has two ends
        return None
    number = dt.date.fromisoformat(day).toordinal()
    if not days[0] < number <= days[-1]:
        return None
    return float(np.interp(number, days, np.arange(len(days))))


def _ticks(high: float) -> list[float]:
    found = np.asarray(MaxNLocator(MOST_TICKS).tick_values(0.0, high)).tolist()
    return [tick for tick in found if 0 <= tick <= high]


def _foot(minds: TopOfMind) -> str:
    return "month" if minds.dates else "months from now"


def _notes(
    minds: TopOfMind, lines: Sequence[_Line], others: int, unknown: int, quantity: str
) -> list[str]:
    """Say what is drawn, and what the lines and marks mean."""
    first = f"{FEET[quantity].format(minds.horizon_days)}, if nothing happens"
    if quantity == "unasked":
        first += f"; expected number who do: {minds.expected:.2f} now"
        last = minds.projected("unasked").iloc[:, -1]
        if last.notna().any():
            first += f", {last.sum():.2f} in {counted(minds.months, 'month')}"
    looks = {line.look[1] for line in lines}
    told = [
        ("warned" in looks, "dashed: about to forget"),
        ("gone" in looks, "dotted: forgotten"),
        (any(line.half is not None for line in lines), "dot: recall falls under one half"),
        (any(line.silent is not None for line in lines), "triangle: silent for too long"),
        (all(not line.last for line in lines), "the months ahead are not known"),
        (others > 0, f"thin grey: {counted(others, 'other')}"),
        (unknown > 0, f"not drawn: {unknown:,} of whom nothing is known"),
    ]
    marks = "; ".join(words for there, words in told if there)
    return [first, *([marks] if marks else [])]


def _colour(chart: Chart, line: _Line) -> str:
    return {"warned": VERMILLION, "gone": chart.theme.muted, "steady": BLUE}[line.look[1]]


def _ends(chart: Chart, lines: Sequence[_Line]) -> list[End]:
    """Return the ends of the lines with names as they can be drawn, the highest first."""
    found = []
    for line in lines:
        name = shorten(
            chart.name(line.mind.name, line.mind.person),
            NAMES_SHARE * chart.width,
            lambda part: chart.width_of(part, size=NAME_SIZE),
        )
        found.append(
            End(float(line.last), line.chance, name, f"{line.chance:.3f}", _colour(chart, line))
        )
    return sorted(found, key=lambda end: -end.y)


def _mark_months(chart: Chart, minds: TopOfMind, last: int) -> None:
    """Mark as many months as have room, evenly."""
    for step in STEPS:
        months = list(range(0, last + 1, step))
        labels = [minds.dates[one][:7] if minds.dates else str(one or "now") for one in months]
        widest = max(chart.width_of(label, size=NOTE_SIZE) for label in labels)
        if 1.3 * widest * chart.per_unit[0] <= step:
            break
    chart.mark([float(one) for one in months], labels)


def _draw_others(chart: Chart, values: Floats) -> None:
    """Draw thin lines without a name."""
    months = np.arange(values.shape[1] if len(values) else 0)
    thin: dict[str, Any] = {"linewidths": 0.7 * chart.unit, "zorder": 1}
    segments = [np.column_stack([months, row]) for row in values]
    grey = mix(chart.theme.ink, chart.theme.paper, 0.72)
    chart.ax.add_collection(LineCollection(segments, colors=grey, **thin), autolim=False)
    single = values[np.isnan(values[:, 1:]).all(axis=1), 0] if len(values) else values
    if len(single):
        chart.ax.scatter(np.zeros(len(single)), single, s=6 * chart.unit**2, color=grey, zorder=1)


def _draw_line(chart: Chart, line: _Line) -> None:
    colour, months = _colour(chart, line), np.arange(len(line.values))
    look: dict[str, Any] = {"linestyle": line.look[0], "linewidth": 1.8 * chart.unit}
    chart.ax.plot(months, line.values, color=colour, zorder=2, **look)
    edge: dict[str, Any] = {"edgecolors": chart.theme.paper, "linewidths": 0.8 * chart.unit}
    for place, marker in ((line.half, "o"), (line.silent, "v")):
        if place is not None:
            y = float(np.interp(place, months, line.values))
            area = (7.5 * chart.unit) ** 2
            chart.ax.scatter([place], [y], s=area, marker=marker, color=colour, zorder=4, **edge)
    if not line.last:
        chart.ax.scatter([0.0], [line.chance], s=(5 * chart.unit) ** 2, color=colour, zorder=3)
