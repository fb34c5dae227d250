"""Cost and memory against size: a panel a job, both axes logarithmic, the legend beside them.

Colours are of the palette of Okabe and Ito; a marker says the same as each colour.
"""

from pathlib import Path
from typing import Any

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
    f"{OURS}, in all": ("#D55E00", "o", "--", "trustgraph, public call with frame"),
    f"{OURS}, ids as text": ("#D55E00", "o", ":", "trustgraph, ids as text"),
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


def draw(report: Report, path: Path) -> None:
    """Write the plot of a run."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(11, 8.6), layout="constrained")
    axes = figure.subplots(3, 3)
    panels = axes.flat
    for job, title in TITLES.items():
        ax = next(panels)
        for who in LINES:
            rows = sorted(
                (row for row in report.rows if (row.job, row.who) == (job, who)),
                key=lambda row: row.edges,
            )
            _line(ax, who, [row.edges for row in rows], [row.median for row in rows])
        _dress(ax, title, as_time=True)
    ax = next(panels)
    for who in LINES:
        held = sorted((one.edges, one.bytes_an_edge) for one in report.memory if one.who == who)
        _line(ax, who, [edges for edges, _ in held], [size for _, size in held])
    _dress(ax, MEMORY, as_time=False)
    _legend(next(panels), axes)
    for ax in axes[-1]:
        ax.set_xlabel("trust edges")
    figure.savefig(path, dpi=130, metadata={"Software": None})


def _line(ax: Any, who: str, edges: list[int], values: list[float]) -> None:
    if not edges:
        return
    colour, marker, style, label = LINES[who]
    ours = who.startswith(OURS)
    ax.plot(
        edges, values, style, color=colour, marker=marker, label=label, clip_on=False,
        linewidth=2.2 if ours else 1.3, markersize=5, zorder=3 if ours else 2,
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
    handles: dict[str, Any] = {}
    for one in axes.flat:
        for handle, label in zip(*one.get_legend_handles_labels(), strict=True):
            handles.setdefault(label, handle)
    names = [name for name in dict.fromkeys(line[3] for line in LINES.values()) if name in handles]
    ax.axis("off")
    ax.legend([handles[name] for name in names], names, loc="center", frameon=False, fontsize=10)
