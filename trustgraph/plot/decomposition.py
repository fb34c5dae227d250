"""What makes up a person's score: a waterfall of parts that add up to it."""

from dataclasses import dataclass
from typing import Any, Final

from matplotlib.axes import Axes

from trustgraph._text import counted, percent
from trustgraph.plot._chart import Chart, axes_for_rows, number_words, open_chart
from trustgraph.plot._sheet import blank_sheet
from trustgraph.plot._style import BLUE, GREEN, mix
from trustgraph.reputation.decomposition import Decomposition

__all__ = ["plot_decomposition"]

MODELS: Final = {"eigentrust": "EigenTrust", "personalised_pagerank": "Personalised PageRank"}
BAR: Final = 0.62
RETURNED: Final = "returned as a seed"


@dataclass(frozen=True)
class _Row:
    """One bar of a part that begins where the one above ends; ``kind`` decides its colour."""

    name: str
    person: Any
    part: float
    kind: str


def plot_decomposition(
    decomposition: Decomposition, *, ax: Axes | None = None, most: int = 8
) -> Axes:
    """Draw what makes up a person's score: who gives how much of it.

    Parameters
    ----------
    decomposition
        What `trustgraph.reputation.decompose` found.
    ax
        Axes to draw on; default: a new figure.
    most
        Greatest number of people with a bar of their own, the largest part first; at least 1.
        The others are summed in one bar, as are those for whom there is no room.

    Returns
    -------
    matplotlib.axes.Axes
        Each bar begins where the one above it ends: what is given to the person as a seed, what
        comes back to them from people who trust nobody, what each person who trusts them gives,
        and last their score, which is the sum. Numbers are in the unit of the score, with their
        share of it. If the score is 0, the axes say why.

    Raises
    ------
    ValueError
        If ``most`` is less than 1.

    Notes
    -----
    Sizes are measured on the figure as it is: set its size before, not after.

    Examples
    --------
    >>> G = nx.DiGraph([("ana", "bo", {"trust": 0.8}), ("bo", "ana", {"trust": 0.5})])
    >>> ax = tg.plot.plot_decomposition(tg.reputation.decompose(G, "ana", seeds="ana"))
    >>> [text.get_text() for text in ax.texts][1:]
    ['as a seed', 'bo', 'score', '+0.100 (19 %)', '+0.426 (81 %)', '0.526']
    """
    if most < 1:
        raise ValueError(f"most is {most}; draw at least 1 person")
    given = sum(part > 0 for part in (decomposition.seed, decomposition.returned))
    giving = sum(edge.part > 0 for edge in decomposition.incoming)
    ax = axes_for_rows(ax, 1 + given + min(giving, most + 1))
    if not decomposition.score > 0:
        sheet = blank_sheet(ax, "What makes up the score of {}", decomposition.name)
        sheet.say(decomposition.explain().splitlines())
        return ax
    ax.set_yticks([])
    chart = open_chart(
        ax,
        f"{MODELS[decomposition.model]} of {{}}: who gives how much",
        decomposition.name,
        notes=_notes(decomposition),
    )
    room = chart.most_rows - 2 - given  # the last two: all others, and the score
    rows = _rows(decomposition, max(1, min(most, room)))
    numbers = _numbers(decomposition, rows)
    size = chart.row_size(len(rows))
    names = chart.fit_people([(row.name, row.person) for row in rows], size=size)
    right = chart.column(numbers, size=size)
    chart.across(0.0, decomposition.score, left=chart.column(names, size=size), right=right)
    chart.rows(len(rows))
    chart.ticks(0.0, decomposition.score, -0.5, len(rows) - 0.5)
    _draw_bars(chart, rows)
    chart.write_rows(names, numbers, size=size)
    return ax


def _notes(decomposition: Decomposition) -> list[str]:
    notes = ["each bar begins where the one above ends; percents are shares of the score"]
    if decomposition.returned > 0:
        notes.append(f"{RETURNED}: what people who trust nobody give back")
    return notes


def _rows(decomposition: Decomposition, most: int) -> list[_Row]:
    rows = [
        _Row("as a seed", "", decomposition.seed, "seed"),
        _Row(RETURNED, "", decomposition.returned, "seed"),
    ]
    giving = [edge for edge in decomposition.incoming if edge.part > 0]
    rows += [_Row(edge.name, edge.source, edge.part, "edge") for edge in giving[:most]]
    if rest := giving[most:]:
        name = counted(len(rest), "other")
        rows.append(_Row(name, "", sum(edge.part for edge in rest), "rest"))
    rows = [row for row in rows if row.part > 0]
    return [*rows, _Row("score", "", decomposition.score, "score")]


def _numbers(decomposition: Decomposition, rows: list[_Row]) -> list[str]:
    """Return each part and its share; of the score, which is all, only the number."""
    words = number_words([row.part for row in rows])
    parts = [
        f"+{word} ({percent(decomposition.share(row.part)).replace('under ', '<')})"
        for word, row in zip(words, rows[:-1], strict=False)
    ]
    return [*parts, words[-1]]


def _draw_bars(chart: Chart, rows: list[_Row]) -> None:
    theme, left = chart.theme, 0.0
    colours = {
        "seed": GREEN,
        "edge": BLUE,
        "rest": mix(BLUE, theme.paper, 0.45),
        "score": mix(theme.ink, theme.paper, 0.45),
    }
    for place, row in enumerate(rows):
        start = 0.0 if row.kind == "score" else left
        chart.ax.barh(place, row.part, left=start, height=BAR, color=colours[row.kind], zorder=2)
        left = start + row.part
        if place + 1 < len(rows):
            ends = [place + BAR / 2, place + 1 - BAR / 2]
            chart.ax.plot([left, left], ends, color=theme.muted, linewidth=0.8, zorder=1)
