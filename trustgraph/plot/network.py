"""The network around one person: who is how many steps away, and how far trust reaches."""

from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patches import Ellipse

from trustgraph._typing import Bools, Floats, Graph, LongInts, Seed
from trustgraph.graph.index import TrustIndex
from trustgraph.plot._axes import axes_or_new
from trustgraph.plot._circles import FARTHEST, Circles, angles_of, circles_around
from trustgraph.plot._labels import Box, Spot, place_labels, shorten
from trustgraph.plot._map import Map, disc, draw_map
from trustgraph.plot._sheet import Sheet, blank_sheet

__all__ = ["plot_network"]

MOST_PEOPLE: Final = 4000
NAME_SIZE: Final = 8.5
NOTE_SIZE: Final = 8.0
WANTED: Final = 480.0
"""Width of axes, in points, with which texts have their usual size."""
LONGEST_NAME: Final = 112.0
"""Greatest width of a name, in units of the sheet."""
SAMPLES: Final = (0.8, 0.4, 0.1)
POINTS_PER_TIE: Final = 12
FAN_INK: Final = 60.0
"""Lines of a crowd with full ink; the more there are, the fainter they get."""
MIDDLE: Final = 7.0
"""Half the side of the square that stands, on its corner, in the middle."""
CROSS_TIES: Final = 80
"""Greatest number of ties drawn beside the tree."""


def plot_network(
    G: Graph | TrustIndex,
    *,
    seeker: Any = None,
    ax: Axes | None = None,
    labels: int = 25,
    seed: Seed = 0,
) -> Axes:
    """Draw who can be asked: the people around one person, by number of steps and by trust.

    Parameters
    ----------
    G
        A trust graph, or its index.
    seeker
        Id or unique full name of the person in the middle. Default: the owner of the archive if
        there is one and only one, else the person with the most ties (of several, the one whom
        most people trust).
    ax
        Axes to draw on; default: a new figure.
    labels
        Greatest number of names beside the one in the middle; first those people through whom
        most trust can be reached. A name that would cover another is left out.
    seed
        Decides the order in which organisations stand around the middle.

    Returns
    -------
    matplotlib.axes.Axes
        People on ovals by their number of steps (one: they trust the seeker themselves), up to
        three. Size and shade of a disc: the product of trusts along the way to the middle, in
        [0, 1]. Lines join everybody to the person who would pass them on; width and shade tell
        the trust, dashes an inferred tie. Who stands farther or is not reached is counted below.

    Raises
    ------
    GraphContractError
        If the graph breaks the contract.
    UnknownPersonError, AmbiguousPersonError
        If ``seeker`` names nobody or several.
    ValueError
        If ``labels`` is negative.

    Notes
    -----
    Sizes are measured on the figure as it is: set its size before, not after. Of more than 4,000
    people those are drawn through whom most trust can be reached.

    Examples
    --------
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
    >>> ax = tg.plot.plot_network(G, seeker="ana")
    >>> ax.get_title(loc="left")
    'The network around ana, by number of steps'
    """
    if labels < 0:
        raise ValueError(f"labels is {labels}; it must not be negative")
    index = G if isinstance(G, TrustIndex) else TrustIndex.from_graph(G)
    ax = axes_or_new(ax)
    if index.n == 0:
        sheet = blank_sheet(ax, "An empty network")
        sheet.say(["The graph holds nobody. Read an archive, or add people and their trust."])
        return ax
    middle = _most_central(index) if seeker is None else index.number(seeker)
    found = circles_around(index, middle)
    circles = found.strongest(MOST_PEOPLE)
    name = str(index.nodes["name"].iloc[middle])
    sheet = blank_sheet(ax, "The network around {}, by number of steps", name, wanted=WANTED)
    named = np.zeros(len(circles), bool)
    named[np.argsort(-circles.weight, kind="stable")[: labels + 1]] = True
    organisations = index.nodes["organisation"].to_numpy()[circles.person]
    angles = angles_of(circles, list(map(str, organisations)), np.random.default_rng(seed))
    places = draw_map(circles, angles, named, _area(sheet, circles, named))
    taken = _draw_ovals(sheet, places)
    _draw_ties(sheet, index, circles, places, named)
    _draw_people(sheet, circles, places)
    taken += [*_draw_counts(sheet, circles), *_draw_key(sheet, name, int(named.sum()))]
    _draw_names(sheet, index, circles, places, named, taken)
    return ax


def _most_central(index: TrustIndex) -> int:
    """Return the number of the only owner, else of the person with the most ties."""
    if len(index.owners) == 1 and index.owners[0] in index.labels:
        return index.number(index.owners[0])
    trusted_by = np.diff(index.out_start)
    return int(np.lexsort((-trusted_by, -trusted_by - np.diff(index.in_start)))[0])


def _area(sheet: Sheet, circles: Circles, named: Bools) -> Box:
    """Where discs may stand: names of the outermost people need room beside them."""
    outermost = named & (circles.steps == circles.steps.max())
    beside, above = (0.62 * LONGEST_NAME, 18.0) if outermost.any() else (12.0, 12.0)
    return Box(beside, above, sheet.width - beside, sheet.height - above)


def _draw_ovals(sheet: Sheet, places: Map) -> list[Box]:
    """Draw the ovals with their numbers; return what the numbers cover."""
    covered = []
    for number, (across, up) in enumerate(places.circles, start=1):
        sheet.ax.add_patch(
            Ellipse(
                places.middle,
                2 * across,
                2 * up,
                facecolor="none",
                edgecolor=sheet.theme.faint,
                linewidth=0.9,
                zorder=0.5,
            )
        )
        x, y = places.middle
        look: dict[str, Any] = {"color": sheet.theme.muted, "bbox": _ground(sheet, 1.0)}
        sheet.text(x, y + up, str(number), size=NOTE_SIZE, **look)
        half = 0.6 * NOTE_SIZE
        covered.append(Box(x - half, y + up - half, x + half, y + up + half))
    return covered


def _ground(sheet: Sheet, alpha: float) -> dict[str, Any]:
    """Return a ground of paper for a text that stands on lines."""
    return {"facecolor": sheet.theme.paper, "edgecolor": "none", "alpha": alpha, "pad": 0.8}


def _draw_ties(
    sheet: Sheet, index: TrustIndex, circles: Circles, places: Map, named: Bools
) -> None:
    theme, at = sheet.theme, np.column_stack([places.x, places.y])
    row = np.arange(1, len(circles))
    # Around the middle the crowd's ties all look alike: that they stand on the oval says it.
    fan = row[~named[1:] & (circles.parent[1:] != 0)]
    lines = np.stack([at[fan], at[circles.parent[fan]]], axis=1)
    alpha = min(0.4, max(0.1, FAN_INK / max(1, len(fan))))
    faint: dict[str, Any] = {
        "colors": theme.muted,
        "linewidths": 0.4,
        "alpha": alpha,
        "zorder": 1.0,
    }
    sheet.ax.add_collection(LineCollection(list(lines), **faint), autolim=False)
    cross = _cross_ties(index, circles, named)
    lines = np.stack([at[cross[:, 0]], at[cross[:, 1]]], axis=1)
    faint = {"colors": theme.muted, "linewidths": 0.6, "alpha": 0.35, "zorder": 1.5}
    sheet.ax.add_collection(LineCollection(list(lines), **faint), autolim=False)
    for observed, style in ((True, "-"), (False, "--")):
        tree = row[named[1:] & (circles.observed[1:] == observed)]
        lines = np.stack([at[tree], at[circles.parent[tree]]], axis=1)
        look: dict[str, Any] = {
            "colors": theme.shades(circles.trust[tree]),
            "linewidths": 0.7 + 2.3 * circles.trust[tree],
            "linestyles": style,
            "zorder": 2.0,
        }
        sheet.ax.add_collection(LineCollection(list(lines), **look), autolim=False)


def _cross_ties(index: TrustIndex, circles: Circles, named: Bools) -> LongInts:
    """Pairs of rows with a name and a tie beside the tree, the strongest first."""
    row_of = np.full(index.n, -1)
    row_of[circles.person[named]] = np.flatnonzero(named)
    asker = row_of[index.asker_of(np.arange(index.m))]
    asked = row_of[index.out_asked]
    there = (asker >= 0) & (asked >= 0) & (index.trust > 0)
    pairs = np.sort(np.column_stack([asker[there], asked[there]]), axis=1)
    beside = circles.parent[pairs[:, 1]] != pairs[:, 0]
    pairs, trust = pairs[beside], index.trust[there][beside]
    order = np.argsort(-trust, kind="stable")
    _, first = np.unique(pairs[order], axis=0, return_index=True)
    strongest: LongInts = pairs[order][np.sort(first)[:CROSS_TIES]]
    return strongest


def _draw_people(sheet: Sheet, circles: Circles, places: Map) -> None:
    theme = sheet.theme
    order = np.argsort(-places.radius, kind="stable")
    order = order[order != 0]
    sheet.ax.scatter(
        places.x[order],
        places.y[order],
        s=_areas(sheet, places.radius[order]),
        c=theme.shades(circles.reach[order]),
        edgecolors=theme.paper,
        linewidths=np.minimum(0.8, 0.15 * places.radius[order]),
        zorder=3,
    )
    look: dict[str, Any] = {"color": theme.ink, "edgecolors": theme.paper, "marker": "D"}
    x, y = places.middle
    sheet.ax.scatter([x], [y], s=_areas(sheet, MIDDLE), zorder=4, **look)


def _areas(sheet: Sheet, radius: Any) -> Any:
    """Areas of discs as matplotlib wants them, in square points."""
    return (2 * radius * sheet.unit) ** 2


def _draw_counts(sheet: Sheet, circles: Circles) -> list[Box]:
    """Say in the lower left corner how many people stand where; return what it covers."""
    told = [
        f"{number} step{'s' * (number > 1)}: {_people(size)}"
        for number, size in enumerate(circles.sizes[1 : FARTHEST + 1], start=1)
        if size
    ]
    if drawn_less := sum(circles.sizes[: FARTHEST + 1]) - len(circles):
        told.append(f"the {drawn_less:,} least trusted are not drawn")
    if circles.sizes[-1]:
        told.append(f"farther, not drawn: {circles.sizes[-1]:,}")
    if circles.apart:
        told.append(f"not reached: {circles.apart:,}")
    if len(circles) == 1:
        told.append("nobody is known to trust them")
    width = max(sheet.width_of(line, size=NOTE_SIZE) for line in told)
    height = 1.25 * NOTE_SIZE * len(told)
    style: dict[str, Any] = {"ha": "left", "va": "bottom", "color": sheet.theme.muted}
    sheet.text(2.0, 2.0, "\n".join(told), size=NOTE_SIZE, **style)
    return [Box(0.0, 0.0, width + 6, height + 6)]


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number:,} people"


def _draw_key(sheet: Sheet, name: str, names: int) -> list[Box]:
    """Show in the lower right corner what the discs mean; return what it covers."""
    theme, right = sheet.theme, sheet.width - 2
    (caption,) = sheet.fit(f"trust in {name},", LONGEST_NAME, size=NOTE_SIZE)
    lines = [caption, "multiplied along the way"]
    width = max(sheet.width_of(line, size=NOTE_SIZE) for line in lines)
    style: dict[str, Any] = {"size": NOTE_SIZE, "color": theme.muted}
    for number, line in enumerate(reversed(lines)):
        sheet.text(right, 2 + 1.25 * NOTE_SIZE * number, line, ha="right", va="bottom", **style)
    y, x = 2 + 1.25 * NOTE_SIZE * 2 + 10, right
    for value in reversed(SAMPLES):
        radius = float(disc(np.array(value), names))
        x -= sheet.width_of(f"{value:.1f}", size=NOTE_SIZE)
        sheet.text(x, y, f"{value:.1f}", ha="left", **style)
        x -= radius + 3
        sheet.ax.scatter([x], [y], s=_areas(sheet, radius), color=theme.shade(value), zorder=3)
        x -= radius + 8
    left = min(x, right - width)
    return [Box(left - 2, 0.0, sheet.width, y + 12)]


def _points_on_ties(circles: Circles, places: Map, named: Bools) -> Floats:
    """Points along the ties of people with a name, as discs without size, for names to avoid."""
    row = np.flatnonzero(named & (circles.parent >= 0))
    share = np.linspace(0.1, 0.9, POINTS_PER_TIE)[:, None]
    x, y = (
        (share * at[row] + (1 - share) * at[circles.parent[row]]).ravel()
        for at in (places.x, places.y)
    )
    return np.column_stack([x, y, np.zeros(len(x))])


def _draw_names(
    sheet: Sheet,
    index: TrustIndex,
    circles: Circles,
    places: Map,
    named: Bools,
    taken: list[Box],
) -> None:
    theme, names = sheet.theme, index.nodes["name"].to_numpy()
    order = np.flatnonzero(named)[np.argsort(-circles.weight[named], kind="stable")]
    height = 1.15 * NAME_SIZE
    spots, shown = [], []
    for row in order.tolist():
        person = int(circles.person[row])
        text = sheet.name(str(names[person]), index.labels[person])
        text = shorten(text, LONGEST_NAME, lambda part: sheet.width_of(part, size=NAME_SIZE))
        width = sheet.width_of(text, size=NAME_SIZE)
        radius = float(places.radius[row]) if row else MIDDLE * 2**0.5
        spots.append(Spot(float(places.x[row]), float(places.y[row]), radius, width, height))
        shown.append(text)
    dots = np.column_stack([places.x, places.y, places.radius])[~named]
    dots = np.vstack([dots, _points_on_ties(circles, places, named)])
    found = place_labels(spots, inside=sheet.box, taken=taken, dots=dots, away_from=places.middle)
    for spot, text, place in zip(spots, shown, found, strict=True):
        if place is None:
            continue
        box, off = place
        x, y = (box.left + box.right) / 2, (box.bottom + box.top) / 2
        if off:
            line = LineCollection([[(spot.x, spot.y), (x, y)]], colors=theme.muted, linewidths=0.6)
            line.set_zorder(2.5)
            sheet.ax.add_collection(line, autolim=False)
        sheet.text(x, y, text, size=NAME_SIZE, zorder=5, bbox=_ground(sheet, 0.75))
