"""Cost and memory against size: a panel a job, both axes logarithmic, the legend beside them.

Colours are of the palette of Okabe and Ito; a marker says the same as each colour.
"""

from pathlib import Path
from typing import Any, TypeAlias

import matplotlib as mpl

from sidebyside import jobs, network_jobs
from sidebyside.report import seconds
from sidebyside.rows import OURS, Report

mpl.use("Agg")

INK = "#333333"
LINES: dict[str, tuple[str, str, str, str]] = {
    # contender: colour, marker, line, name in the legend
    jobs.ENGINE: ("#D55E00", "o", "-", "trustgraph"),
    OURS: ("#D55E00", "o", "-", "trustgraph"),
    jobs.PUBLIC: ("#D55E00", "o", "--", "trustgraph, public call with frame"),
    f"{OURS}, all attributes": ("#D55E00", "o", "--", "trustgraph, all attributes"),
    f"{OURS}, in all": ("#D55E00", "o", "-.", "trustgraph with ids and names"),
    f"{OURS}, ids as text": ("#D55E00", "o", ":", "trustgraph, ids as text"),
    network_jobs.CORES: ("#D55E00", "o", "--", "trustgraph, every core"),
    "numpy": ("#000000", "x", "-", "numpy"),
    "scipy": ("#56B4E9", "s", "-", "scipy"),
    "networkit": ("#CC79A7", "D", "-", "networkit"),
    "rustworkx": ("#009E73", "^", "-", "rustworkx"),
    "igraph": ("#E69F00", "v", "-", "igraph"),
    "networkx": ("#0072B2", "P", "-", "networkx"),
}
TITLES = {
    jobs.K_BEST: "10 best introductions",
    jobs.BATCH: "One seeker to 1,000 targets",
    jobs.REACH: "Best score to everybody",
    network_jobs.RANK: "Personalised PageRank to 1e-9",
    network_jobs.RELIABILITY: "Reliability, 10,000 samples",
    network_jobs.FROM_GRAPH: "DiGraph to index / matrix",
    network_jobs.FROM_FRAME: "Frame to index / graph",
}
MEMORY = "Memory, bytes an edge"
ALIKE = {"", jobs.SAME, network_jobs.EXTRAPOLATED}
"""Questions that are ours."""

Point: TypeAlias = tuple[int, float, bool]


def draw(report: Report, path: Path) -> None:
    """Write the plot of a run."""
    from matplotlib.figure import Figure

    panels = [(title, _of_job(report, job), True) for job, title in TITLES.items()]
    panels.append((MEMORY, _of_memory(report), False))
    panels = [panel for panel in panels if any(lines for lines in panel[1].values())]
    columns = min(3, len(panels) + 1)
    rows = -(-(len(panels) + 1) // columns)
    figure = Figure(figsize=(3.7 * columns, 2.9 * rows), layout="constrained")
    axes = figure.subplots(rows, columns, squeeze=False)
    free = list(axes.flat)
    everything = [point[0] for _, lines, _ in panels for line in lines.values() for point in line]
    for (title, lines, as_time), ax in zip(panels, free, strict=False):
        for who, points in lines.items():
            _line(ax, who, points)
        _dress(ax, title, as_time=as_time)
        ax.set_xlim(min(everything) / 1.6, max(everything) * 1.6)
        ax.set_xlabel("trust edges", fontsize=9, color=INK)
    _legend(free[len(panels)], axes)
    for ax in free[len(panels) + 1 :]:
        ax.axis("off")
    figure.savefig(path, dpi=130, metadata={"Software": None})


def _of_job(report: Report, job: str) -> dict[str, list[Point]]:
    """Return edges, seconds and whether the question is the same, for each contender."""
    found: dict[str, list[Point]] = {}
    for who in LINES:
        rows = [row for row in report.rows if (row.job, row.who) == (job, who)]
        found[who] = sorted((row.edges, row.median, row.question in ALIKE) for row in rows)
    return found


def _of_memory(report: Report) -> dict[str, list[Point]]:
    return {
        who: sorted((one.edges, one.bytes_an_edge, True) for one in report.memory if one.who == who)
        for who in LINES
    }


def _line(ax: Any, who: str, points: list[Point]) -> None:
    if not points:
        return
    colour, marker, style, label = LINES[who]
    ours, edges = who.startswith(OURS), [edges for edges, _, _ in points]
    values, alike = [value for _, value, _ in points], points[0][2]
    ax.plot(
        edges, values, style, color=colour, marker=marker, label=label, clip_on=False,
        linewidth=2.2 if ours else 1.3, markersize=5, zorder=3 if ours else 2,
        markerfacecolor=colour if alike else "white",
    )  # fmt: skip


def _dress(ax: Any, title: str, *, as_time: bool) -> None:
    from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

    ax.set_xscale("log")
    ax.set_yscale("log")
    ax.set_title(title, fontsize=10, loc="left", color=INK)
    write = (lambda value, _: seconds(value)) if as_time else (lambda value, _: f"{value:,.0f} B")
    ax.yaxis.set_major_formatter(FuncFormatter(write))
    ax.yaxis.set_minor_formatter(NullFormatter())
    ax.xaxis.set_major_locator(LogLocator(numticks=9))
    ax.grid(visible=True, which="major", color="#dddddd", linewidth=0.7)
    ax.spines[["top", "right"]].set_visible(False)
    ax.tick_params(labelsize=8.5, colors=INK)


def _legend(ax: Any, axes: Any) -> None:
    """Write every label once, in a panel of its own."""
    from matplotlib.lines import Line2D

    handles: dict[str, Any] = {}
    for one in axes.flat:
        for handle, label in zip(*one.get_legend_handles_labels(), strict=True):
            if label not in handles:
                handles[label] = Line2D([], [], color=handle.get_color())
                handles[label].update_from(handle)
                handles[label].set_markerfacecolor(handle.get_color())
    names = [name for name in dict.fromkeys(line[3] for line in LINES.values()) if name in handles]
    shown = [handles[name] for name in names]
    shown.append(
        Line2D([], [], color=INK, marker="o", markersize=5, linestyle="", markerfacecolor="white")
    )
    names.append("white inside: another question,\neasier to state (see the tables)")
    ax.axis("off")
    ax.legend(shown, names, loc="center", frameon=False, fontsize=9.5, handlelength=4)
