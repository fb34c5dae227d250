"""A plan of asks as a calendar: a lane a target, a bar an ask."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from trustgraph._text import counted
from trustgraph.planning.plan_results import AskPlan
from trustgraph.plot._chart import (
    GAP,
    NAME_SIZE,
    NOTE_SIZE,
    Chart,
    axes_for_rows,
    number_words,
    open_chart,
)
from trustgraph.plot._labels import shorten
from trustgraph.plot._sheet import blank_sheet
from trustgraph.plot._style import BLUE, mix

__all__ = ["plot_plan"]

TITLE: Final = "A plan of asks for {}"
NAMES_SHARE: Final = 0.28
"""Greatest width of names in parts of the chart's: the calendar needs the rest."""
BAR: Final = 0.84
"""Height of a bar in parts of its row's."""
HOLLOW: Final = 0.2
"""How much of its shade a bar keeps that depends on others."""
PAD: Final = 3.0
"""Space between the end of a bar and a text, in units."""
STEPS: Final = (1, 2, 7, 14, 28, 56, 91, 182, 364, 728, 1820)
MOST_DAYS: Final = 12
BESIDE: Final = 1.5
"""How much more of a label must fit beside a bar than in it, to stand there."""
LAST: Final = ("under_way", "reached", "left_out", "unreachable")
"""States of targets without an ask, in the order of their lanes."""
WORDS: Final = {
    "under_way": "answer awaited",
    "reached": "reached",
    "left_out": "no ask: others gain more",
    "unreachable": "cannot be reached",
}


@dataclass(frozen=True)
class _Bar:
    """One ask: what its label tells, its days, and whether it depends on others.

    ``shade`` is the chance in parts of the greatest one of the plan.
    """

    order: int
    name: str
    person: Any
    chance: str
    day: int
    end: int
    shade: float
    hollow: bool


@dataclass(frozen=True)
class _Lane:
    """A target and its bars, in as many rows as are needed for none to lie on another."""

    name: str
    target: str
    state: str
    told: str
    chance: str
    rows: tuple[tuple[_Bar, ...], ...]

    @property
    def height(self) -> int:
        """Number of rows."""
        return max(1, len(self.rows))


def plot_plan(plan: AskPlan, *, ax: Axes | None = None) -> Axes:
    """Draw a plan of asks as a calendar: whom to ask for which target, and when.

    Parameters
    ----------
    plan
        What `trustgraph.plan_asks` found, or its `update`.
    ax
        Axes to draw on; default: a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        A lane a target, in the order of their first asks. A bar reaches from the day of an ask to
        the day on which no answer counts as silence; it tells the order in the plan, whom to ask
        and, where there is room, the modelled chance that this ask reaches the target. The
        stronger its shade, the greater that chance; a dashed hollow bar is an ask that is put only
        if earlier ones fail. At the right stands the chance that the plan reaches the target.
        Targets without an ask are muted at the bottom, with the reason. Days have dates if the
        plan has them. Targets that have no room are counted. If nothing is left to ask, the axes
        say so.

    Notes
    -----
    Sizes are measured on the figure as it is: set its size before, not after.

    Examples
    --------
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
    >>> plan = tg.planning.plan_asks(G, [tg.Ask(seeker="ana", target="cy", clarity=1)], budget=1)
    >>> ax = tg.plot.plot_plan(plan)
    >>> [text.get_text() for text in ax.texts][1:]
    ['cy', '1 bo 0.400', '0.400']
    """
    lanes = _lanes(plan)
    ax = axes_for_rows(ax, sum(lane.height for lane in lanes))
    if not plan.asks:
        blank_sheet(ax, TITLE, plan.seeker_name).say(plan.explain().splitlines())
        return ax
    ax.set_yticks([])
    foot = "date" if plan.start else "day of the plan"
    chart = open_chart(ax, TITLE, plan.seeker_name, notes=_notes(plan), foot=foot)
    shown, more, rows = _shown(lanes, chart.most_rows)
    size = chart.row_size(rows)
    names = [_name(chart, lane, size) for lane in shown]
    numbers = [lane.chance for lane in shown]
    low = min(plan.today, *(ask.day for ask in plan.asks))
    high = max(ask.day + plan.rules.wait_days for ask in plan.asks)
    left, right = chart.column(names, size=size), chart.column(numbers, size=size)
    chart.across(low, high, left=left, right=right)
    chart.rows(rows)
    _mark_days(chart, plan, low, high, rows - len(more))
    first = 0
    for lane, name in zip(shown, names, strict=True):
        _draw_lane(chart, lane, name, first, (low, high), size)
        first += lane.height
    x = ax.get_xlim()[0]
    for text in more:
        style: dict[str, Any] = {"ha": "left", "va": "center_baseline", "size": size}
        chart.text(x, first, text, color=chart.theme.muted, **style)
    return ax


def _lanes(plan: AskPlan) -> list[_Lane]:
    """Return the targets: those with asks by their first ask, then the others by their state."""
    chances = [ask.chance for ask in plan.asks] + [one.chance for one in plan.per_target]
    texts = number_words(chances)
    of_asks, of_targets = texts[: len(plan.asks)], texts[len(plan.asks) :]
    most = max((ask.chance for ask in plan.asks), default=0.0) or 1.0
    bars: dict[str, list[_Bar]] = {one.target: [] for one in plan.per_target}
    for ask, chance in zip(plan.asks, of_asks, strict=True):
        name = "directly" if ask.direct else ask.name
        end, hollow = ask.day + plan.rules.wait_days, bool(ask.condition)
        label = ask.order, name, ask.introducer, chance
        bar = _Bar(*label, ask.day, end, ask.chance / most, hollow)
        bars.setdefault(ask.target, []).append(bar)
    found = []
    for one, chance in zip(plan.per_target, of_targets, strict=True):
        told = WORDS.get(one.state, "")
        told = f"{told}: {one.lacking}" if one.lacking else told
        rows = _apart(bars[one.target])
        found.append(_Lane(one.name, one.target, one.state, told, chance, rows))
    return sorted(found, key=_place)


def _place(lane: _Lane) -> tuple[int, int]:
    if lane.rows:
        return -1, lane.rows[0][0].order
    return (LAST.index(lane.state) if lane.state in LAST else len(LAST)), 0


def _apart(bars: Sequence[_Bar]) -> tuple[tuple[_Bar, ...], ...]:
    """Return the bars in rows in which none begins before the one before it has ended."""
    rows: list[list[_Bar]] = []
    for bar in sorted(bars, key=lambda one: (one.day, one.order)):
        free = next((row for row in rows if row[-1].end <= bar.day), None)
        if free is None:
            rows.append([bar])
        else:
            free.append(bar)
    return tuple(map(tuple, rows))


def _shown(lanes: list[_Lane], most: int) -> tuple[list[_Lane], list[str], int]:
    """Return the lanes that have room, the words about the others, and the rows of both."""
    rows = sum(lane.height for lane in lanes)
    if rows <= most:
        return lanes, [], rows
    shown: list[_Lane] = []
    taken = 1
    for lane in lanes:
        if shown and taken + lane.height > most:
            break
        shown.append(lane)
        taken += lane.height
    if len(shown) == len(lanes):
        return shown, [], rows
    more = f"and {counted(len(lanes) - len(shown), 'target')} for which there is no room"
    return shown, [more], taken


def _notes(plan: AskPlan) -> list[str]:
    """Say what the plan is worth, and what the marks mean."""
    targets = counted(len(plan.per_target), "target")
    first = f"{counted(len(plan.asks), 'ask')}; of {targets}, {plan.expected:.2f} expected to be"
    first += " reached, by the model; at the right: chance of each"
    wait = counted(plan.rules.wait_days, "day")
    marks = [f"bar: an ask and the {wait} for its answer, the stronger the likelier to succeed"]
    if any(ask.condition for ask in plan.asks):
        marks.append("dashed: only if earlier ones fail")
    if plan.not_placed:
        marks.append(f"{counted(plan.not_placed, 'ask')} had no room in the calendar")
    return [first, "; ".join(marks)]


def _name(chart: Chart, lane: _Lane, size: float) -> str:
    name = chart.name(lane.name, lane.target)
    return _cut(chart, name, NAMES_SHARE * chart.width, size)


def _cut(chart: Chart, text: str, width: float, size: float) -> str:
    return shorten(text, width, lambda part: chart.width_of(part, size=size))


def _mark_days(chart: Chart, plan: AskPlan, low: int, high: int, bottom: int) -> None:
    """Mark days under the lanes, as many as have room, evenly."""
    for step in STEPS:
        days = list(range(low, high + 1, step))
        labels = [_day(plan.start, day) for day in days]
        widest = max(chart.width_of(label, size=NOTE_SIZE) for label in labels)
        if 1.3 * widest * chart.per_unit[0] <= step and len(days) <= MOST_DAYS:
            break
    chart.mark([float(day) for day in days], labels)
    faint: dict[str, Any] = {"color": chart.theme.faint, "linewidth": 0.8, "zorder": 0}
    chart.ax.vlines(chart.ax.get_xticks(), -0.5, bottom - 0.5, **faint)


def _day(start: dt.date | None, day: int) -> str:
    return str(day) if start is None else (start + dt.timedelta(days=day)).isoformat()


def _draw_lane(
    chart: Chart, lane: _Lane, name: str, first: int, span: tuple[int, int], size: float
) -> None:
    """Draw the name, the bars and the chance of a target."""
    theme, (left, right) = chart.theme, chart.ax.get_xlim()
    middle, below = first + (lane.height - 1) / 2, first + lane.height - 0.5
    style: dict[str, Any] = {"size": size, "va": "center_baseline"}
    style["color"] = theme.ink if lane.rows or lane.state == "reached" else theme.muted
    chart.text(left, middle, name, ha="left", **style)
    for row, bars in enumerate(lane.rows, start=first):
        for place, bar in enumerate(bars):
            after = bars[place + 1].day if place + 1 < len(bars) else span[1]
            _draw_bar(chart, bar, row, after, size)
    chart.text(right, middle, lane.chance, ha="right", **style)
    if lane.told:
        until = min((bars[0].day for bars in lane.rows), default=span[1])
        room = (until - span[0]) / chart.per_unit[0] - 2 * PAD
        (told,) = chart.fit(lane.told, room, size=size) if room > 0 else ("",)
        if not lane.rows or told == lane.told:
            style["color"] = theme.muted
            chart.text(span[0] + PAD * chart.per_unit[0], middle, told, ha="left", **style)
    line: dict[str, Any] = {"color": theme.faint, "linewidth": 0.8, "zorder": 0}
    chart.ax.hlines(below, left, right, **line)


def _draw_bar(chart: Chart, bar: _Bar, row: int, after: int, size: float) -> None:
    """Draw a bar and its label, in the bar or beside it up to the next one."""
    theme, per = chart.theme, chart.per_unit[0]
    shade = theme.shade(bar.shade)
    face = mix(theme.paper, shade, HOLLOW) if bar.hollow else shade
    edge: dict[str, Any] = {"edgecolor": BLUE if bar.hollow else shade, "zorder": 2}
    edge |= {
        "linestyle": "--" if bar.hollow else "-",
        "linewidth": 1.1 * size / NAME_SIZE * chart.unit,
    }
    inset = min(1.0, 0.1 * (bar.end - bar.day) / per) * per
    corner, width = (bar.day + inset, row - BAR / 2), bar.end - bar.day - 2 * inset
    chart.ax.add_patch(Rectangle(corner, width, BAR, facecolor=face, **edge))
    inside, beside = width / per - 2 * PAD, (after - bar.end) / per - PAD - GAP / 2
    text, whole = _label(chart, bar, inside, size)
    if not whole:
        other, whole = _label(chart, bar, beside, size)
        if whole or chart.width_of(other, size=size) > BESIDE * chart.width_of(text, size=size):
            _write(chart, bar.end + PAD * per, row, other, theme.ink, size)
            return
    _write(chart, bar.day + inset + PAD * per, row, text, theme.text_on(face), size)


def _label(chart: Chart, bar: _Bar, room: float, size: float) -> tuple[str, bool]:
    """Return as much of order, name and chance as fits, and whether the name is whole."""
    order, name = str(bar.order), f"{bar.order} {chart.name(bar.name, bar.person)}"
    for text in (f"{name} {bar.chance}", name):
        if chart.width_of(text, size=size) <= room:
            return text, True
    short = _cut(chart, name, room, size)
    for text in (short, order):
        if text.strip("…").startswith(order) and chart.width_of(text, size=size) <= room:
            return text, False
    return "", False


def _write(chart: Chart, x: float, y: float, text: str, colour: str, size: float) -> None:
    if text:
        style: dict[str, Any] = {"ha": "left", "va": "center_baseline", "zorder": 3}
        chart.text(x, y, text, size=size, color=colour, **style)
