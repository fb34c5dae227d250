"""What needs a process of its own: import time, a first answer, and memory."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

import trustgraph as tg
from sidebyside.graphs import Ties

OURS = "import trustgraph"
THEIRS = "import numpy, pandas, networkx, pydantic"
ROOTS = [str(Path(tg.__file__).parents[1]), str(Path(__file__).parents[1])]

FIRST_ANSWER = """
import time
import networkx as nx
import numpy as np
import trustgraph as tg
rng = np.random.default_rng(0)
G = nx.DiGraph()
for contact in range(1, 12_001):
    G.add_edge(0, contact, trust=rng.beta(2, 4))
    G.add_edge(contact, 0, trust=rng.beta(2, 4))
while G.number_of_edges() < 30_000:
    one, other = rng.integers(1, 14_000, 2).tolist()
    if one != other:
        G.add_edge(one, other, trust=rng.beta(2, 4))
target = next(one for one in G if one > 12_000 and G.out_degree(one))
start = time.perf_counter()
index = tg.TrustIndex.from_graph(G)
paths = tg.find_introductions(index, 0, target, k=10, max_intermediaries=3)
took = time.perf_counter() - start
assert len(paths) > 0
print(took)
"""

HOLD = """
import ctypes, gc, sys
import numpy as np
from sidebyside import fresh
told = np.load(sys.argv[1])
print(fresh.held(sys.argv[2], told))
"""


def child(code: str, *arguments: str, cache: str | None = None) -> str:
    """Run code in a fresh Python and return the last line that it prints."""
    paths = [*ROOTS, os.environ.get("PYTHONPATH", "")]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths))}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # nobody else compiles modules anew
    if cache is not None:
        environment["NUMBA_CACHE_DIR"] = cache
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code, *arguments],
        check=False, capture_output=True, text=True, env=environment,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout.strip().splitlines()[-1] if done.stdout.strip() else ""


@dataclass(frozen=True)
class Imports:
    """Seconds of whole processes, run by run, less those of a bare Python."""

    ours: list[float]
    theirs: list[float]

    @property
    def ratios(self) -> list[float]:
        return [one / other for one, other in zip(self.ours, self.theirs, strict=True)]

    @property
    def ratio(self) -> float:
        return statistics.median(self.ours) / statistics.median(self.theirs)


def import_times(runs: int) -> Imports:
    """Time both imports in turn, after one of each that warms the disk."""
    took: dict[str, list[float]] = {OURS: [], THEIRS: [], "pass": []}
    for run in range(runs + 1):
        for code, seconds in took.items():
            start = time.perf_counter()
            child(code)
            if run:
                seconds.append(time.perf_counter() - start)
    bare = statistics.median(took["pass"])
    return Imports([one - bare for one in took[OURS]], [one - bare for one in took[THEIRS]])


def first_answers(runs: int) -> list[float]:
    """Seconds from the call to the first answer on 30,000 ties, with nothing compiled before."""
    found = []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as empty:
            found.append(float(child(FIRST_ANSWER, cache=empty)))
    return found


# ------------------------------------------------------------------------------ memory


def resident() -> int | None:
    """Return the resident bytes of this process, None where the system does not tell."""
    status = Path("/proc/self/statm")
    if not status.exists():
        return None
    return int(status.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def settled() -> int | None:
    """Return the resident bytes once free memory has been handed back."""
    import ctypes
    import gc

    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
    return resident()


def held(who: str, told: Any) -> float:
    """Build one representation in this process and return the bytes an edge that it holds."""
    from sidebyside import ours, peers

    ties = Ties(int(told["people"]), told["source"], told["target"], told["trust"])
    if who == "arrays":
        index = ours.index_of(ties)
        return index.nbytes / ties.edges
    build = ours.index_of if who == "trustgraph" else peers.BUILDERS[who]
    small = Ties(2, np.array([0]), np.array([1]), np.array([0.5]))
    warm = build(small)  # the library itself is loaded before memory is counted
    peers.costs(ties)
    before = settled()
    graph = build(ties)
    after = settled()
    del warm, graph
    return float("nan") if before is None or after is None else (after - before) / ties.edges


def bytes_an_edge(who: str, ties: Ties, folder: str) -> float:
    """Return what one representation holds, measured in a fresh process."""
    path = Path(folder) / f"{ties.edges}.npz"
    if not path.exists():
        np.savez(path, people=ties.people, source=ties.source, target=ties.target, trust=ties.trust)
    return float(child(HOLD, str(path), who))
