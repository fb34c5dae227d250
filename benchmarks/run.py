"""Ours beside networkx, igraph, scipy, rustworkx and networkit, in one run.

Run with ``python benchmarks/run.py`` for `docs/benchmarks.md` and its plot (needs the extra
``bench``, 12 GB of memory and about 25 minutes), or for instance with
``python benchmarks/run.py --quick --no-write --jobs k-best reach``.
"""

import argparse
import json
import platform
import shlex
import sys
import time
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # measured is what lies beside

from sidebyside import jobs, network_jobs, peers
from sidebyside.measure import measure_machine
from sidebyside.report import factor, markdown, seconds
from sidebyside.rows import Report, missed
from sidebyside.setting import Options, Setting

import trustgraph as tg

ROOT = Path(__file__).resolve().parents[1]
SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
JOBS: dict[str, Callable[[Setting, Report], None]] = {
    "k-best": jobs.k_best,
    "one-to-many": jobs.one_to_many,
    "reach": jobs.everybody,
    "standing": network_jobs.standing,
    "reliability": network_jobs.reliability,
    "from-graph": network_jobs.from_graph,
    "from-frame": network_jobs.from_frame,
    "memory": network_jobs.memory,
}
PROCESSES = "processes"
FEW: dict[str, Any] = {
    "runs": 3, "pairs": 9, "hubs": 2, "targets": 50, "samples": 2000,
    "patience": 0.02, "buffer": 2**23,
}  # fmt: skip
"""What --quick measures."""

PICTURE = "images/benchmarks.png"


def measure(sizes: list[int], names: list[str], options: Options, *, quick: bool) -> Report:
    """Run the named jobs at every size and return what they found."""
    report = Report(about=about())
    report.machine = measure_machine(quick=quick)
    report.skipped = [f"{name} is left out: {reason}." for name, reason in options.missing.items()]
    report.skipped += [
        f"{edges:,} edges, and the numbers to reach there: not in this run."
        for edges in SIZES
        if edges not in sizes
    ]
    left_out = sorted({*JOBS, PROCESSES} - set(names))
    report.skipped += [f"The job {name}: not in this run." for name in left_out]
    for edges in sizes:
        setting = Setting(edges, options)
        for name in names:
            if name in JOBS:
                start, known = time.perf_counter(), len(report.rows)
                JOBS[name](setting, report)
                print(f"{edges:,} edges, {name}: {time.perf_counter() - start:.0f} s", flush=True)
                for row in report.rows[known:]:
                    times = f", {factor(row.ratio)} ours" if row.ratio else ""
                    print(f"    {row.who}: {seconds(row.median)}{times} (n = {row.cases})")
                setting.drop()
    network_jobs.growth(report, jobs.K_BEST, jobs.ENGINE)
    if PROCESSES in names:
        network_jobs.processes(options.runs, report)
    return report


def about() -> dict[str, str]:
    """Return what ran where."""
    found = []
    for name in (*peers.NAMES, "pandas", "numba"):
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"no {name}")
    processor = platform.machine()
    told = Path("/proc/cpuinfo")
    if told.exists():
        lines = told.read_text(encoding="utf-8").splitlines()
        named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
        processor = f"{named[0]}, {len(named)} processors" if named else processor
    return {
        "Processor": processor,
        "System": f"{platform.system()} on {platform.machine()}",
        "Versions": f"trustgraph {tg.__version__}, Python {platform.python_version()}, "
        + ", ".join(found),
    }


def write(report: Report, folder: Path) -> None:
    """Write the page and its plot."""
    from sidebyside.plot import draw

    (folder / PICTURE).parent.mkdir(parents=True, exist_ok=True)
    page = folder / "benchmarks.md"
    page.write_text(markdown(report, PICTURE), encoding="utf-8")
    draw(report, folder / PICTURE)
    print(f"wrote {page} and {folder / PICTURE}")


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", nargs="+", type=lambda text: int(float(text)))
    parser.add_argument("--jobs", nargs="+", choices=[*JOBS, PROCESSES])
    parser.add_argument("--quick", action="store_true", help="few pairs and runs, small sizes")
    parser.add_argument(
        "--patience", type=float, default=1.0, help="slow contenders get this part of their time"
    )
    parser.add_argument("--no-write", action="store_true", help="print only")
    parser.add_argument("--folder", type=Path, help="where the page goes, instead of docs")
    parser.add_argument("--keep", type=Path, help="also keep what was measured, as JSON")
    parser.add_argument("--again", type=Path, help="write the page from a kept run")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> Report:
    """Measure, print and write."""
    chosen = parse(arguments)
    if chosen.again:
        report = Report.from_dict(json.loads(chosen.again.read_text(encoding="utf-8")))
    else:
        sizes = chosen.sizes or list(SIZES[:2] if chosen.quick else SIZES)
        names = chosen.jobs or [*JOBS, PROCESSES]
        less = FEW if chosen.quick else {"patience": chosen.patience}
        options = Options(**less, missing=peers.missing())
        report = measure(sizes, names, options, quick=chosen.quick)
        given = sys.argv[1:] if arguments is None else arguments
        report.about["Command"] = f"`{shlex.join(['python', 'benchmarks/run.py', *given])}`"
    if chosen.keep:
        chosen.keep.write_text(json.dumps(report.to_dict(), indent=1), encoding="utf-8")
    for verdict in report.verdicts:
        print(
            f"{verdict.job} / {verdict.against}: {verdict.value:.3g} {verdict.unit}, {verdict.word}"
        )
    print(f"{len(missed(report.verdicts))} of {len(report.verdicts)} numbers are missed")
    if chosen.folder or not (chosen.no_write or chosen.quick):  # quick is not for the docs
        write(report, chosen.folder or ROOT / "docs")
    return report


if __name__ == "__main__":
    main()
