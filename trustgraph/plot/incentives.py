"""Whether an offer helps: nothing, a gift or money, under each set of norms, beside nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from matplotlib.axes import Axes

from trustgraph._text import counted
from trustgraph.planning.incentive_results import IncentiveComparison, OfferEffect
from trustgraph.plot._chart import GAP, NAME_SIZE, Chart, axes_for_rows, number_words, open_chart
from trustgraph.plot._labels import shorten
from trustgraph.plot._sheet import blank_sheet
from trustgraph.plot._style import BLUE, GREEN, ORANGE, VERMILLION, mix

__all__ = ["plot_incentives"]

Quantity = Literal["score", "endorses", "forwards", "carried", "lift", "gain"]
LOOKS: Final = ((BLUE, "o"), (VERMILLION, "D"), (GREEN, "^"), (ORANGE, "s"))
EDGE: Final = 0.04
"""Space beside the outermost marks, in parts of what they span."""
SIDE: Final = 0.24
"""Least room at either side of the line at nothing, in parts of what the marks span."""
COLUMNS_SHARE: Final = 0.42
"""Greatest width of the columns of numbers in parts of the chart's."""
COLUMN: Final = 56.0
"""Width that a column of numbers wants, in units."""
APART: Final = 0.4
"""Distance of the first and the last mark of a row, in parts of its height."""
MARK: Final = 6.5
"""Size of a mark, in units."""
HALF: Final = 0.35
"""How far the foot of a letter is under its middle, in parts of its size."""
CROWD: Final = 2
"""Marks of a row from which on they get smaller."""
NO_ROOM: Final = " for which there is no room"
EQUAL: Final = 1e-12
WHY_NONE: Final = {
    "no_certainty": "no whiskers: a tie has a trust but no certainty",
    "reach": "no whiskers: nobody's trust is at stake",
    "no_path": "no whiskers: there is no way on which anything could arrive",
}


@dataclass(frozen=True)
class _Quantity:
    """A quantity in words; ``more``: what a payment does if it raises it; ``beware``: a warning."""

    words: str
    more: str
    beware: str = ""


QUANTITIES: Final = {
    "score": _Quantity("chance that reputation arrives", "makes more arrive"),
    "endorses": _Quantity("chance of an endorsement", "makes an endorsement likelier"),
    "forwards": _Quantity(
        "chance that it is merely handed over",
        "makes a mere hand-over likelier",
        "a mere hand-over carries no reputation",
    ),
    "carried": _Quantity(
        "how much is believed, once it arrives endorsed",
        "makes more of it believed",
        "a ratio of chances: it can rise where fewer endorse",
    ),
    "lift": _Quantity("success, as a multiple of a cold application's", "lifts success more"),
    "gain": _Quantity("chance that reputation arrives, less that of nothing", "makes more arrive"),
}


def plot_incentives(
    comparison: IncentiveComparison,
    *,
    quantity: Quantity = "score",
    person: Any = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw what offering a gift or money does beside what offering nothing does.

    Parameters
    ----------
    comparison
        What `trustgraph.compare_incentives` found.
    quantity
        What to draw: ``"score"``, ``"endorses"``, ``"forwards"``, ``"carried"``, ``"lift"`` or
        ``"gain"``, as in `trustgraph.planning.OfferEffect`.
    person
        Id or unique full name of a contact, to draw what the offers do to them alone; default:
        the whole ask.
    ax
        Axes to draw on; default: a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        A row an offer, from nothing to a large payment; in it a mark for each set of norms, with
        its own shape, tied to the line at nothing. Whiskers show nine tenths of the draws where
        there are intervals. The title says whether any payment helps. Norms and offers that have
        no room, the last ones, are counted. Where there is nothing to draw, the axes say why.

    Raises
    ------
    ValueError
        If there is no such quantity, or the person is none of the contacts with a way on.

    Notes
    -----
    Whiskers tell how uncertain trust is, which all offers share: those of ``"score"`` overlap even
    where one offer is surely worse. Those of ``"gain"`` are of the difference itself.
    Sizes are measured on the figure as it is: set its size before, not after.

    Examples
    --------
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
    >>> ax = tg.plot.plot_incentives(tg.planning.compare_incentives(G, "ana", "cy"))
    >>> ax.get_title(loc="left")
    'No payment makes more arrive than nothing does'
    """
    if quantity not in QUANTITIES:
        raise ValueError(f"there is no quantity {quantity!r}; name one of {', '.join(QUANTITIES)}")
    told = QUANTITIES[quantity]
    groups = _groups(comparison, person)
    ax = axes_for_rows(ax, 1 + len(groups[0]))
    if why := _nothing_to_draw(comparison, groups, quantity):
        ends = comparison.seeker_name, comparison.target_name
        blank_sheet(ax, "Offers for the way from {} to {}", *ends).say(why)
        return ax
    helps = any(
        "payment" in one.strategy and _value(one, quantity) > _value(group[0], quantity) + EQUAL
        for group in groups
        for one in group
    )
    title = f"{'Some' if helps else 'No'} payment {told.more} than nothing does"
    ax.set_yticks([])
    notes = _notes(comparison, groups[0][0], told, whiskers=_has_interval(groups, quantity))
    chart = open_chart(ax, title, notes=notes, foot=_foot(comparison, told))
    _draw(chart, groups, quantity)
    return ax


def _groups(comparison: IncentiveComparison, person: Any) -> list[tuple[OfferEffect, ...]]:
    """Return the offers of each norms, nothing first."""
    names = [one.name for one in comparison.norms]
    if person is None:
        return [comparison.whole(name) for name in names]
    known = {one.person: one.name for one in comparison.effects if one.role != "ask"}
    alike = [each for each, name in known.items() if name == person]
    who = alike[0] if len(alike) == 1 and not any(each == person for each in known) else person
    return [comparison.of(who, name) for name in names]


def _value(effect: OfferEffect, quantity: str) -> float:
    value = getattr(effect, quantity)
    return 0.0 if value is None else float(value)


def _ends(effect: OfferEffect, quantity: str) -> tuple[float, float] | None:
    interval = getattr(effect, f"{quantity}_interval")
    return None if interval is None else (interval.low, interval.high)


def _has_interval(groups: list[tuple[OfferEffect, ...]], quantity: str) -> bool:
    return any(_ends(one, quantity) is not None for group in groups for one in group)


def _nothing_to_draw(
    comparison: IncentiveComparison, groups: list[tuple[OfferEffect, ...]], quantity: str
) -> list[str]:
    """Return why there is nothing to draw, if so."""
    if comparison.reason == "nobody_to_ask":
        return comparison.verdict.splitlines()
    if all(getattr(one, quantity) is None for group in groups for one in group):
        return [f"There is no {quantity}: in an ask that only has to get through nobody vouches."]
    return []


def _foot(comparison: IncentiveComparison, told: _Quantity) -> str:
    if comparison.ask.purpose == "reach":
        return told.words.replace("reputation arrives", "the message arrives")
    return told.words


def _notes(
    comparison: IncentiveComparison, first: OfferEffect, told: _Quantity, *, whiskers: bool
) -> list[str]:
    """Say whose offer it is, and what the marks mean."""
    way = f"from {comparison.seeker_name} to {comparison.target_name}"
    role = "would vouch" if first.role == "introducer" else "would at best hand it over"
    whose = "the whole ask" if first.role == "ask" else f"offered to {first.name}, who {role}"
    notes = [f"{way}: {whose}"]
    if comparison.reason == "nobody_vouches":
        notes.append("nobody knows and trusts the seeker well enough to vouch, whatever is offered")
    if told.beware:
        notes.append(told.beware)
    marks = ["told: the target hears of it"]
    if whiskers:
        marks.append("whiskers: nine of ten draws of the opinions, the same for all offers")
    else:
        marks.append(WHY_NONE.get(comparison.no_interval, "no whiskers: nothing was drawn"))
    if not comparison.exact and first.role == "ask":
        marks.append(f"estimates, ±{2 * comparison.standard_error:.2g}")
    return [*notes, "; ".join(marks)]


def _offer(effect: OfferEffect) -> str:
    return f"{effect.strategy}, told" if effect.disclosed else effect.strategy


@dataclass(frozen=True)
class _Column:
    """The numbers of one set of norms, and how the norms are named above them."""

    name: str
    numbers: list[str]
    width: float


def _draw(chart: Chart, groups: list[tuple[OfferEffect, ...]], quantity: str) -> None:
    """Draw the rows: names, marks and numbers, under a row that says what stands where."""
    offers = list(groups[0])
    more = []
    if 1 + len(offers) > chart.most_rows:
        kept = max(1, chart.most_rows - 2)
        more = [f"and {counted(len(offers) - kept, 'offer')}{NO_ROOM}"]
        offers = offers[:kept]
    rows = 1 + len(offers) + len(more)
    size = chart.row_size(rows)
    columns = _columns(chart, groups, quantity, len(offers), size=size)
    if less := len(groups) - len(columns):
        without = counted(less, "set of norms", "sets of norms")
        dropped = more[0].removesuffix(NO_ROOM) + "," if more else "and"
        more = [f"{dropped} {without}{NO_ROOM}"]
        rows = 1 + len(offers) + len(more)
        size = chart.row_size(rows)
    shown = [group[: len(offers)] for group in groups[: len(columns)]]
    names = chart.fit_names([_offer(one) for one in offers], size=size)
    nothing = _value(shown[0][0], quantity)
    low, high = _span(shown, quantity, nothing)
    right = sum(column.width for column in columns)
    chart.across(low, high, left=chart.column(names, size=size), right=right)
    chart.rows(rows)
    bottom = 0.5 + len(offers)
    least = low if quantity == "gain" else max(0.0, low)
    chart.ticks(least, high, 0.5, bottom)
    _draw_line(chart, nothing, (low, high), bottom, size)
    thin = size / NAME_SIZE * chart.unit * min(1.0, (CROWD / len(shown)) ** 0.5)
    for number, group in enumerate(shown):
        away = (number / (len(shown) - 1) - 0.5) * APART if len(shown) > 1 else 0.0
        for row, effect in enumerate(group, start=1):
            _draw_mark(chart, row + away, effect, quantity, nothing, number, thin)
    _write_columns(chart, columns, size)
    chart.write_rows(["", *names, *more], [], size=size, muted=[rows - 1] if more else [])


def _columns(
    chart: Chart,
    groups: list[tuple[OfferEffect, ...]],
    quantity: str,
    rows: int,
    *,
    size: float,
) -> list[_Column]:
    """Return as many columns of numbers as have room; at least one."""
    most = COLUMNS_SHARE * chart.width
    groups = groups[: max(1, int(most / COLUMN))]
    values = [_value(one, quantity) for group in groups for one in group[:rows]]
    texts = number_words(values)
    found: list[_Column] = []
    taken = 0.0
    for place, group in enumerate(groups):
        numbers = texts[place * rows : (place + 1) * rows]
        least = chart.column(numbers, size=size)
        room = max(most / len(groups), least) - GAP - MARK - GAP / 2
        (drawable,) = chart.fit(group[0].norms, chart.width, size=size)
        name = shorten(drawable, room, lambda part: chart.width_of(part, size=size))
        width = max(least, chart.width_of(name, size=size) + MARK + 1.5 * GAP)
        if found and taken + width > most:
            break
        found.append(_Column(name, numbers, width))
        taken += width
    return found


def _span(
    groups: Sequence[Sequence[OfferEffect]], quantity: str, nothing: float
) -> tuple[float, float]:
    """Return where the data begins and ends, with room at both sides of nothing."""
    marks = [nothing]
    for one in (one for group in groups for one in group):
        marks += [_value(one, quantity), *(_ends(one, quantity) or ())]
    low, high = min(marks), max(marks)
    wide = high - low if high - low > EQUAL else 0.1 * max(abs(high), 1.0)
    return (
        min(low - EDGE * wide, nothing - SIDE * wide),
        max(high + EDGE * wide, nothing + SIDE * wide),
    )


def _draw_line(
    chart: Chart, nothing: float, span: tuple[float, float], bottom: float, size: float
) -> None:
    """Draw the line at nothing, and say at which side of it is more."""
    theme = chart.theme
    ground: dict[str, Any] = {"color": mix(GREEN, theme.paper, 0.86), "linewidth": 0, "zorder": -1}
    chart.ax.fill_between([nothing, span[1]], 0.5, bottom, **ground)
    chart.ax.vlines(nothing, 0.5, bottom, color=theme.muted, linewidth=1.4 * chart.unit, zorder=1)
    per, per_y = chart.per_unit
    style: dict[str, Any] = {"va": "baseline", "color": theme.muted}
    sides = (("less", nothing - span[0], -1, "right"), ("more", span[1] - nothing, 1, "left"))
    for word, room, way, side in sides:
        for text in (f"{word} than with nothing", word):
            if chart.width_of(text, size=size) + GAP / 2 <= room / per:
                place = nothing + way * GAP / 2 * per, -HALF * size * per_y
                chart.text(*place, text, size=size, ha=side, **style)
                break


def _draw_mark(
    chart: Chart,
    row: float,
    effect: OfferEffect,
    quantity: str,
    nothing: float,
    look: int,
    thin: float,
) -> None:
    """Draw one mark, its whisker, and what ties it to the line at nothing."""
    colour, marker = LOOKS[look % len(LOOKS)]
    value = _value(effect, quantity)
    tie: dict[str, Any] = {"color": mix(colour, chart.theme.paper, 0.35), "linewidth": 3.5 * thin}
    chart.ax.hlines(row, min(value, nothing), max(value, nothing), zorder=2, **tie)
    if ends := _ends(effect, quantity):
        line: dict[str, Any] = {"color": chart.theme.muted, "linewidth": 0.9 * thin, "zorder": 3}
        chart.ax.hlines(row, *ends, **line)
    edge: dict[str, Any] = {"edgecolors": chart.theme.paper, "linewidths": 0.6 * thin, "zorder": 4}
    chart.ax.scatter([value], [row], s=(MARK * thin) ** 2, marker=marker, color=colour, **edge)


def _write_columns(chart: Chart, columns: list[_Column], size: float) -> None:
    """Write the numbers at the right, each column under the mark and the name of its norms."""
    (per, per_y), x = chart.per_unit, chart.ax.get_xlim()[1]
    style: dict[str, Any] = {"ha": "right", "size": size}
    thin = size / NAME_SIZE * chart.unit
    for number in range(len(columns) - 1, -1, -1):
        column, (colour, marker) = columns[number], LOOKS[number % len(LOOKS)]
        chart.text(x, -HALF * size * per_y, column.name, va="baseline", **style)
        left = x - (chart.width_of(column.name, size=size) + GAP / 2 + MARK / 2) * per
        chart.ax.scatter([left], [0], s=(MARK * thin) ** 2, marker=marker, color=colour, zorder=4)
        for row, text in enumerate(column.numbers, start=1):
            chart.text(x, row, text, va="center_baseline", **style)
        x -= column.width * per
