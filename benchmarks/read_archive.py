"""Time from archive to graph, beside a bare ``pandas.read_csv`` of the same files, in one run.

Run with ``python benchmarks/read_archive.py [--connections N] [--messages N] [--rounds N]``.
Both are timed in turn; the last lines give the medians, their ratio and the peak memory of a
fresh process that does nothing else.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd

import trustgraph as tg

FRESH = """
import sys
import trustgraph as tg
tg.build_graph(tg.read_linkedin(sys.argv[1]))
lines = open("/proc/self/status").read().splitlines()
print(next(line.split()[1] for line in lines if line.startswith("VmHWM")))
"""


def bare(archive: Path) -> int:
    """Read the two large tables with pandas alone; return their rows."""
    rows = 0
    with zipfile.ZipFile(archive) as container:
        for name, skip in (("Connections.csv", 3), ("messages.csv", 0)):
            with container.open(name) as file, warnings.catch_warnings():
                # Plain, as everybody calls it: its remark on mixed types is part of that.
                warnings.simplefilter("ignore", pd.errors.DtypeWarning)
                rows += len(pd.read_csv(file, skiprows=skip))
    return rows


def seconds(work: Callable[[], object]) -> float:
    """Return how long a call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def peak_memory(archive: Path) -> str:
    """Return the peak resident memory of a fresh process that reads the archive and builds."""
    if not Path("/proc/self/status").exists():
        return "not known on this system"
    told = subprocess.run(
        [sys.executable, "-c", FRESH, str(archive)], check=True, capture_output=True, text=True
    ).stdout
    return f"{int(told) / 1024:,.0f} MB"


def main() -> None:
    """Make an archive, read it both ways in turn, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--connections", type=int, default=30_000)
    parser.add_argument("--messages", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made = tg.datasets.make_archive(
            Path(folder), connections=chosen.connections, messages=chosen.messages
        )
        archive, rows = made.path, bare(made.path)
        del made
        read, build, alone = [], [], []
        for _ in range(chosen.rounds):
            alone.append(seconds(lambda: bare(archive)))
            read.append(seconds(lambda: tg.read_linkedin(archive)))
            net = tg.read_linkedin(archive)
            build.append(seconds(lambda: tg.build_graph(net)))  # noqa: B023 - called at once
        peak = peak_memory(archive)
    whole = [one + other for one, other in zip(read, build, strict=True)]
    ratios = [one / other for one, other in zip(whole, alone, strict=True)]
    for name, times in (("read_csv", alone), ("read", read), ("build", build)):
        low, high = min(times), max(times)
        print(f"{name:9} {statistics.median(times):7.2f} s  ({low:.2f} to {high:.2f})")
    print(f"{rows:,} rows; archive to graph / read_csv: {statistics.median(ratios):.1f} x")
    print(f"peak memory of a process that reads and builds: {peak}")


if __name__ == "__main__":
    main()
