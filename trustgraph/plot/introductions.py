"""The found introductions as a diagram, one lane a path."""

from collections.abc import Sequence
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch, Polygon

from trustgraph.introductions.results import Introduction, Introductions
from trustgraph.plot._axes import NOTEBOOK_SIZE, axes_or_new
from trustgraph.plot._labels import Box
from trustgraph.plot._lanes import Arrow, Lanes, Place, gap_between, kinds_of, lay_out, wanted_width
from trustgraph.plot._sheet import Sheet, blank_sheet
from trustgraph.plot._style import GREEN, VERMILLION, mix

__all__ = ["plot_introductions"]

NAME_SIZE: Final = 9.0
NOTE_SIZE: Final = 8.0
SMALL: Final = 7.5
HEAD: Final = 16.0
RANK_X: Final = 8.0
SAMPLE: Final = 26.0
KEY_GAP: Final = 18.0
MOST_LINES: Final = 5
WEAKEST_SIGN: Final = "▼"
THIN, THICK = 1.0, 4.5
STYLES: Final[dict[str, Any]] = {"on record": "-", "inferred": "--", "assumed": ":"}
LANE_INCHES: Final = 0.86


def plot_introductions(paths: Introductions, *, ax: Axes | None = None, most: int = 5) -> Axes:
    """Draw the best introductions: who asks whom, from the seeker to the target.

    Parameters
    ----------
    paths
        What `trustgraph.find_introductions` found.
    ax
        Axes to draw on; default: a new figure.
    most
        Greatest number of paths drawn, best first; at least 1.

    Returns
    -------
    matplotlib.axes.Axes
        One lane a path. The number on a step is its factor, in [0, 1], which also sets width and
        shade; the score of a path, in [0, 1], is their product. The weakest step of a path is
        named. Somebody who stands in neighbouring lanes is drawn once, over all of them. If there
        is no path, the axes say why.

    Raises
    ------
    ValueError
        If ``most`` is less than 1.

    Notes
    -----
    Sizes are measured on the figure as it is: set its size before, not after.

    Examples
    --------
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
    >>> ax = tg.plot.plot_introductions(tg.find_introductions(G, "ana", "cy"))
    >>> ax.get_title(loc="left")
    'Introductions from ana to cy'
    """
    if most < 1:
        raise ValueError(f"most is {most}; draw at least 1 path")
    shown, ends = paths.items[:most], (paths.seeker_name, paths.target_name)
    wide, high = NOTEBOOK_SIZE
    ax = axes_or_new(ax, figsize=(wide, min(high, 1.15 + LANE_INCHES * max(2, len(shown)))))
    if not shown:
        sheet = blank_sheet(ax, "No introduction from {} to {}", *ends)
        sheet.say(paths.explain().splitlines()[1:])
        return ax
    wanted = wanted_width(shown)
    sheet = blank_sheet(ax, "Introductions from {} to {}", *ends, wanted=wanted)
    mark = _mark_of_the_weakest(sheet, shown)
    foot = _draw_notes(sheet, shown, mark, len(paths) - len(shown))
    foot = _draw_key(sheet, shown, foot)
    lanes = lay_out(shown, Box(0.0, foot, sheet.width, sheet.height - HEAD))
    _draw_margins(sheet, lanes, shown)
    for arrow in lanes.arrows:
        _draw_step(sheet, arrow, mark)
    for place in lanes.places:
        _draw_person(sheet, place, _also(place, lanes))
    _draw_block(sheet, lanes, shown)
    return ax


def _also(place: Place, lanes: Lanes) -> str:
    """Say where the same person stands again, if not in a neighbouring lane."""
    others = [p for p in lanes.places if p.person == place.person and p is not place]
    where = [
        word
        for word, there in (
            ("above", any(other.lanes[1] < place.lanes[0] for other in others)),
            ("below", any(other.lanes[0] > place.lanes[1] for other in others)),
        )
        if there
    ]
    return f"also {', '.join(where)}" if where else ""


def _draw_person(sheet: Sheet, place: Place, also: str) -> None:
    theme, box = sheet.theme, place.box
    colour = {0: theme.ink, -1: GREEN}.get(place.column, theme.muted)
    sheet.ax.add_patch(
        FancyBboxPatch(
            (box.left, box.bottom),
            box.right - box.left,
            box.top - box.bottom,
            boxstyle="round,pad=0,rounding_size=7",
            facecolor=mix(theme.paper, colour, 0.08),
            edgecolor=colour,
            linewidth=1.4 if place.column in {0, -1} else 1.0,
            zorder=3,
        )
    )
    width, height = box.right - box.left - 8, box.top - box.bottom - 4
    spare = NOTE_SIZE + 2 if also else 0.0
    room = int((height - spare) / (1.2 * NAME_SIZE))
    name = sheet.name(place.name, place.person)
    lines = sheet.fit(name, width, size=NAME_SIZE, lines=max(1, min(MOST_LINES, room)))
    x, y = (box.left + box.right) / 2, (box.bottom + box.top + spare) / 2
    sheet.text(x, y, "\n".join(lines), size=NAME_SIZE, zorder=4)
    if also:
        below = y - len(lines) * 0.6 * NAME_SIZE - 0.7 * NOTE_SIZE
        (cut,) = sheet.fit(also, width, size=SMALL)
        sheet.text(x, below, cut, size=SMALL, color=theme.muted, zorder=4)


def _draw_step(sheet: Sheet, arrow: Arrow, mark: str) -> None:
    y, colour = arrow.y, VERMILLION if arrow.weakest else sheet.theme.shade(arrow.factor)
    width = THIN + (THICK - THIN) * min(1.0, arrow.factor)
    start, end, head = arrow.start + 2, arrow.end - 1.5, 5 + width
    line = Line2D(
        [start, end - 0.8 * head],
        [y, y],
        color=colour,
        linewidth=width,
        linestyle=STYLES[arrow.kind],
        solid_capstyle="butt",
        zorder=2,
    )
    sheet.ax.add_line(line)
    corners = [(end, y), (end - head, y + 0.5 * head), (end - head, y - 0.5 * head)]
    sheet.ax.add_patch(Polygon(corners, facecolor=colour, edgecolor="none", zorder=2))
    x = (start + end - 0.5 * head) / 2
    sheet.text(x, y + width / 2 + 2.5, _number(arrow.factor), size=NAME_SIZE, va="bottom")
    if arrow.weakest:
        style: dict[str, Any] = {"color": VERMILLION, "va": "top"}
        sheet.text(x, y - width / 2 - 3.5, mark, size=SMALL, **style)


def _number(value: float) -> str:
    """Two digits, or the first one that is not 0."""
    if value == 0 or value >= 0.0095:  # noqa: PLR2004 - rounds to 0.01
        return f"{value:.2f}"
    return f"{value:.1g}" if value >= 0.0001 else "<0.0001"  # noqa: PLR2004 - four digits at most


def _draw_margins(sheet: Sheet, lanes: Lanes, shown: Sequence[Introduction]) -> None:
    """Ranks at the left, scores at the right."""
    style: dict[str, Any] = {"color": sheet.theme.muted, "size": NOTE_SIZE}
    middle = (lanes.right + sheet.width) / 2 + 4
    sheet.text(middle, lanes.places[0].box.top + HEAD / 2, "score", **style)
    for path, y in zip(shown, lanes.middles, strict=True):
        sheet.text(RANK_X, y, str(path.rank), size=NAME_SIZE + 2, color=sheet.theme.muted)
        interval = path.trust_interval
        sheet.text(middle, y + (6 if interval else 0), _number(path.score), size=NAME_SIZE + 3)
        if interval:
            told = f"{_number(interval.low)}–{_number(interval.high)}"
            sheet.text(middle, y - 8, told, **style)


def _draw_block(sheet: Sheet, lanes: Lanes, shown: Sequence[Introduction]) -> None:
    """Say where the paths with inferred ties begin."""
    first = next((i for i, path in enumerate(shown) if path.block == "inferred"), None)
    if first is None:
        return
    box = next(p.box for p in lanes.places if p.column == 0)
    above = (lanes.middles[first - 1] + lanes.middles[first]) / 2 if first else box.top + HEAD / 2
    words = "with an inferred tie: check it before you rely on it"
    middle = (lanes.left + lanes.right) / 2
    sheet.text(middle, above, words, size=NOTE_SIZE, color=sheet.theme.muted, style="italic")


def _mark_of_the_weakest(sheet: Sheet, shown: Sequence[Introduction]) -> str:
    """Return the word, or a sign where the word is longer than a step."""
    room = gap_between(shown, sheet.width) - 3
    return "weakest" if sheet.width_of("weakest", size=SMALL) <= room else WEAKEST_SIGN


def _draw_notes(sheet: Sheet, shown: Sequence[Introduction], mark: str, left_out: int) -> float:
    """Say at the bottom what the numbers mean; return where there is room above."""
    words = "Number on a step: its factor, in [0, 1]. Score: their product"
    if any(path.trust_interval for path in shown):
        words += "; under it, the range that trust alone leaves open"
    if mark == WEAKEST_SIGN:
        words += f"; {mark} weakest step"
    words += f". {left_out} more not drawn." if left_out else "."
    lines = sheet.fit(words, sheet.width - 4, size=NOTE_SIZE, lines=4)
    height = len(lines) * 1.25 * NOTE_SIZE
    style: dict[str, Any] = {"color": sheet.theme.muted, "va": "bottom", "size": NOTE_SIZE}
    sheet.text(sheet.width / 2, 1.0, "\n".join(lines), **style)
    return 4 + height


def _draw_key(sheet: Sheet, shown: Sequence[Introduction], bottom: float) -> float:
    """Show what the line styles mean, if there are several; return where there is room above."""
    there = {kind for path in shown for kind in kinds_of(path)}
    if there == {"on record"}:
        return bottom
    kinds = [kind for kind in STYLES if kind in there]
    widths = [SAMPLE + 4 + sheet.width_of(kind, size=NOTE_SIZE) for kind in kinds]
    y = bottom + 0.7 * NOTE_SIZE
    x = (sheet.width - sum(widths) - KEY_GAP * (len(kinds) - 1)) / 2
    for kind, width in zip(kinds, widths, strict=True):
        look: dict[str, Any] = {"linestyle": STYLES[kind], "color": sheet.theme.shade(0.6)}
        sheet.ax.add_line(Line2D([x, x + SAMPLE], [y, y], linewidth=2, **look))
        words: dict[str, Any] = {"size": NOTE_SIZE, "color": sheet.theme.muted, "ha": "left"}
        sheet.text(x + SAMPLE + 4, y, kind, **words)
        x += width + KEY_GAP
    return bottom + 1.5 * NOTE_SIZE
