"""The page `docs/benchmarks.md`: a hand-written introduction and the tables of one run."""

from collections.abc import Iterable, Sequence

from sidebyside.rows import OURS, Bound, Report, Row, Verdict

INTRODUCTION = """\
<!-- Made by benchmarks/run.py: change the text in benchmarks/sidebyside/report.py, then run it. -->

# Benchmarks

How long do our answers take beside general graph libraries, on the same network, for the same
people, in one run? This page is made by one command, on the machine named below:

```sh
pip install -e '.[bench]' && python benchmarks/run.py
```

**Networks.** Invented and seeded: 10,000 to 10 million trust edges, a tenth as many people, degrees
with a power-law tail, two in five ties drawn within communities of 200, 92 % mutual, trust drawn
from Beta(2, 4). Random pairs are at distance 2, 3 and 4 in turn; hubs are the 40 people with the
most ties.

**Question.** An introduction leads from the seeker over at most three intermediaries to the target;
its score is the product of the trust of each asked person in the asker, where each step between two
intermediaries counts half. A library that can list all simple paths of at most four steps lists
them, scores them in one vectorised pass and sorts. networkit lists them without scores. Shortest
path searches have no limit on the length of a path and halve nothing: that is another question, and
an easier one to state; the tables say so.

**Clock.** All contenders take turns, seven times over; each is called once untimed before. Before a
timed question the caches are emptied by streaming through a buffer larger than the last of them (at
most 512 MB), except where *caches warm* is said and where a job streams through the whole network
anyway. That also puts the program itself out of the cache, Python's and ours, which costs a short
answer more than the network does: our engine and public call are therefore rehearsed on another
network before the clock starts, so that the network is cold and the program is not; what they take
without rehearsal is shown as *program evicted too*. Peers are not rehearsed: for answers that take
milliseconds it makes no difference. *Engine* is the search alone, the question already put; the
public call includes the question, everything that is told and the frame. Python's garbage collector
rests meanwhile. A time is the median over the cases of the median over the runs; the range is that
of the medians of single runs. A slow library is asked fewer cases in each run and goes on in the
next one where it stopped; *n* says how many cases and runs there were, and its range is then also
one of cases. A ratio is one of medians over the cases that both sides were asked, and its range
that of the runs. Everything is done by one thread unless said otherwise. Noise on a shared machine
is about a factor of two: ratios under two are ties.

**Sizes.** On fewer than half a million ties our searches run as plain Python, so that nobody waits
for a compiler: there they are slower than on a network ten times larger.

**Agreement.** A run in which answers differ ends with an error and tells nothing. What was compared
stands [below](#what-was-compared).
"""

REACHED = """\
*pass* and *goal* are what the project asks of itself; *at most* marks numbers that are to be small.
"""

BOUNDS = """\
What an answer must read at the least, and how long the machine would take for that alone: the
larger of random reads (of a vector over people, at the measured time of independent reads: from
cache where that vector fits half of it, else from memory) and of bytes streamed at the measured
bandwidth, 12 bytes a step. Python, the question and the rows of the answer come on top.
"""

JOBS_PER_SIZE = """\
Seconds at the larger size over seconds at the smaller one, medians.
"""


def markdown(report: Report, picture: str) -> str:
    """Return the page; ``picture`` is the path of the plot from the page."""
    parts = [
        INTRODUCTION,
        "## Numbers to reach\n",
        REACHED,
        _table(
            ["job", "against", "measured", "runs from, to", "pass", "goal", ""],
            [_verdict_cells(one) for one in report.verdicts],
        ),
        "## Cost and memory against size\n",
        f"![Cost and memory against the number of trust edges, both axes logarithmic]({picture})\n",
        "## The machine\n",
        _about(report),
        "## Side by side\n",
        *_jobs(report),
        "## A network ten times larger\n",
        JOBS_PER_SIZE,
        _growth(report),
        "## Distance from the hardware\n",
        BOUNDS,
        _table(
            [
                "job",
                "edges",
                "reads",
                "a read",
                "streamed",
                "bound",
                "measured",
                "measured / bound",
            ],
            [_bound_cells(one) for one in report.bounds],
        ),
        "## Memory\n",
        _table(
            ["edges", "held by", "bytes an edge", "what is held"],
            [
                [f"{one.edges:,}", one.who, f"{one.bytes_an_edge:.0f}", one.holds]
                for one in report.memory
            ],
        ),
        "## What was compared\n",
        _bullets(report.checks),
    ]
    if report.skipped:
        parts += ["## What was not measured in this run\n", _bullets(report.skipped)]
    return "\n".join(parts)


def _jobs(report: Report) -> list[str]:
    parts = []
    for job in dict.fromkeys(row.job for row in report.rows):
        rows = [row for row in report.rows if row.job == job]
        parts += [
            f"### {job[0].upper()}{job[1:]}\n",
            _table(
                ["edges", "who", "question", "median", "runs from, to", "p95", "n", "times ours"],
                [_row_cells(row) for row in sorted(rows, key=lambda row: row.edges)],
            ),
        ]
    return parts


def _row_cells(row: Row) -> list[str]:
    times = "" if row.ratio is None else f"{factor(row.ratio)} ({_factors(row)})"
    who = f"**{row.who}**" if row.who.startswith(OURS) else row.who
    return [
        f"{row.edges:,}", who, row.question, seconds(row.median),
        f"{seconds(row.low)}, {seconds(row.high)}",
        seconds(row.p95) if row.cases >= 20 else "",
        f"{row.cases} × {row.runs}", times,
    ]  # fmt: skip


def _factors(row: Row) -> str:
    return f"{factor(row.ratio_low or 0)} to {factor(row.ratio_high or 0)}"


def _verdict_cells(one: Verdict) -> list[str]:
    most = "" if one.at_least else "at most "
    limits = ["" if x is None else most + _value(x, one.unit) for x in (one.passing, one.goal)]
    low, high = _value(one.low, one.unit), _value(one.high, one.unit)
    value = _value(one.value, one.unit)
    return [one.job, one.against, f"**{value}**", f"{low}, {high}", *limits, one.word]


def _value(value: float, unit: str) -> str:
    if unit == "x":
        return factor(value)
    return f"{value:.2g} {unit}" if value < 10 else f"{value:.0f} {unit}"


def _bound_cells(one: Bound) -> list[str]:
    return [
        one.job, f"{one.edges:,}", f"{one.reads:,.0f}" if one.reads else "",
        f"{one.read_ns:.2g} ns" if one.read_ns else "", f"{one.megabytes:,.3g} MB",
        seconds(one.bound), seconds(one.measured), factor(one.measured / one.bound),
    ]  # fmt: skip


def _growth(report: Report) -> str:
    """Return what each tenfold step costs, per job and contender."""
    sizes = sorted({row.edges for row in report.rows})
    steps = [(one, 10 * one) for one in sizes if 10 * one in sizes]
    head = ["job", "who", *(f"{one:,} to {other:,}" for one, other in steps)]
    lines = []
    for job, who in dict.fromkeys((row.job, row.who) for row in report.rows):
        cells = []
        for small, large in steps:
            before, after = report.row(job, small, who), report.row(job, large, who)
            cells.append(factor(after.median / before.median) if before and after else "")
        if any(cells):
            lines.append([job, who, *cells])
    return _table(head, lines) if steps else "One size was measured.\n"


def _about(report: Report) -> str:
    lines = [f"{name}: {value}." for name, value in report.about.items()]
    machine = report.machine
    if machine is not None:
        near, far = machine.gather_cached_ns, machine.gather_memory_ns
        room, chase = f"{machine.buffer_mb:.0f} MB", machine.chase_memory_ns
        lines += [
            f"Bandwidth of one thread, reading a long array: {machine.stream_gb_per_s:.1f} GB/s.",
            f"Independent random reads: {near:.2f} ns from cache (0.8 MB), {far:.1f} over {room}.",
            f"Dependent random reads over {room}: {chase:.0f} ns.",
            f"Largest cache, as the system tells: {machine.cache_mb:.0f} MB.",
        ]
    return _bullets(lines)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines) + "\n"


def _bullets(lines: Iterable[str]) -> str:
    return "".join(f"- {line}\n" for line in lines)


def seconds(value: float) -> str:
    """Return a time with three digits, in the unit that suits it."""
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if value >= size:
            return f"{_digits(value / size)} {unit}"
    return f"{value * 1e9:.0f} ns"


def factor(value: float) -> str:
    """Return a ratio with three digits at most."""
    return f"{_digits(value)} ×"


def _digits(value: float) -> str:
    if value >= 100:
        return f"{float(f'{value:.3g}'):,.0f}"
    return f"{value:.3g}"
