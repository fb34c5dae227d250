"""The other jobs: standing, reliability, building, memory, and processes of their own."""

import statistics
import tempfile
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from sidebyside import checks, fresh, ours, peers, ranks, samplers
from sidebyside.jobs import SAME, bound_of, ours_if_there, rows_of
from sidebyside.measure import Contender, Ratio, alternate, ratio
from sidebyside.rows import OURS, Bound, Memory, Report, Verdict, verdict
from sidebyside.setting import MILLION, TEN_MILLION, Setting

RANK = "personalised PageRank to a true L1 error of 1e-9"
RELIABILITY = "reliability, 10,000 samples, cutting out included"
FROM_GRAPH = "DiGraph to index, all attributes"
FROM_FRAME = "frame to index"
IMPORT = "import trustgraph"
EXTRAPOLATED = "the same, extrapolated from a fiftieth of the samples"
CORES = f"{OURS}, every core"
FIRST = "first answer on 30,000 ties, nothing compiled before"
SETTLED = 100_000
"""Edges from which the memory of a process tells more than the pages it comes in."""

ENOUGH = 1.0
"""Seconds within which a first answer must stand."""


# ------------------------------------------------------------------------------ standing


def standing(setting: Setting, report: Report) -> None:
    """Time personalised PageRank of ten seeds, each library to the same true L1 error."""
    options, edges = setting.options, setting.edges
    budget = 20.0 * options.patience
    seeds = np.unique([seeker for seeker, _ in setting.pairs[:10]])
    problem = ranks.standing(setting.ties, seeds)
    truth = problem.iterate(ranks.REFERENCE)
    needed = ranks.iterations_needed(problem, truth)
    contenders = [Contender("scipy", lambda _: problem.iterate(needed), budget=budget, cold=False)]

    def tuned(name: str, solve: Callable[[float], Any], *, known: float | None = None) -> None:
        tolerance = ranks.loosest(solve, truth) if known is None else known
        contenders.append(Contender(name, lambda _: solve(tolerance), budget=budget, cold=False))

    if options.has("networkx", edges):
        G = peers.trust_graph(setting.ties)
        tuned("networkx", ranks.networkx_rank(G, seeds, setting.ties.people))
    if options.has("igraph") and edges < TEN_MILLION:
        tuned("igraph", ranks.igraph_rank(setting.ties, seeds), known=0.0)
    reason = ours.no_propagation()
    if reason:
        line = f"{RANK}: {reason}."
        report.skipped += [line] if line not in report.skipped else []
    else:
        alone = ours.Rank(setting.index, seeds, ranks.DAMPING, threads=1)
        tuned(OURS, alone)
        tuned(CORES, ours.Rank(setting.index, seeds, ranks.DAMPING, threads=None))
    measured = alternate(contenders, [None], **options.clock)
    times = rows_of(report, RANK, setting, measured, {}, base=OURS)
    errors = {name: ranks.l1(one.answers[0], truth) for name, one in measured.items()}
    for name, error in errors.items():
        checks.same_ranks(name, error, ranks.ERROR)
    told = ", ".join(f"{name} {error:.1e}" for name, error in errors.items())
    report.checks.append(f"{RANK}, {edges:,} edges: true errors {told}.")
    if OURS not in times:
        return
    for peer, passing, goal in (("scipy", 0.9, 1.2), ("networkx", 30, 40)):
        if peer in times and edges >= MILLION:
            found = ratio(times[peer], times[OURS])
            job = f"{RANK}, {edges:,} edges"
            report.verdicts.append(verdict(job, peer, found, passing, goal))
    report.bounds.append(
        bound_of(RANK, setting, setting.edges, times[OURS].median, report, passes=alone.passes)
    )


# ------------------------------------------------------------------------------ reliability


def reliability(setting: Setting, report: Report) -> None:
    """Time the chance that some introduction works, by sampling."""
    options, edges = setting.options, setting.edges
    if edges >= TEN_MILLION:
        return
    pairs, samples = setting.pairs[: setting.small], options.samples
    budget = 20.0 * options.patience
    sample = samplers.numpy_reliability(setting.ties, samples)
    contenders = [Contender("numpy", sample, budget=budget)]
    if options.has("networkx", edges):
        drawn = max(20, samples // 50)
        call = samplers.networkx_reliability(setting.graph("networkx"), samples, drawn=drawn)
        contenders.append(Contender("networkx", call, budget=10 * budget))
    contenders += ours_if_there(
        report,
        "reputation.reliability",
        RELIABILITY,
        lambda: Contender(OURS, ours.reliability(setting.index, samples), budget=budget),
    )
    measured = alternate(contenders, pairs, **options.clock)
    questions = {"networkx": EXTRAPOLATED}
    times = rows_of(report, RELIABILITY, setting, measured, questions, base=OURS)
    if OURS not in measured:
        return
    told = []
    for name in measured.keys() - {OURS}:
        common = sorted(measured[name].answers.keys() & measured[OURS].answers.keys())
        for case in common:
            mine = measured[OURS].answers[case]
            theirs = measured[name].answers[case]
            checks.same_chance(name, float(mine.value), float(mine.standard_error or 0), theirs)
        told.append(f"{name} on {len(common)} pairs")
    report.checks.append(
        f"{RELIABILITY}, {edges:,} edges, within 4 standard errors: {', '.join(sorted(told))}."
    )
    if edges == MILLION:
        for peer, passing, goal in (("numpy", 15, 30), ("networkx", 500, None)):
            if peer in times:
                found = ratio(times[peer], times[OURS])
                report.verdicts.append(verdict(RELIABILITY, peer, found, passing, goal))


# ------------------------------------------------------------------------------ building


def from_graph(setting: Setting, report: Report) -> None:
    """Time a DiGraph with all attributes into the index, against one attribute into a matrix."""
    options, edges = setting.options, setting.edges
    if not options.has("networkx", edges):
        return
    import networkx as nx

    G = peers.contract_graph(setting.ties)
    budget = 25.0 * options.patience
    contenders = [
        Contender(
            "networkx",
            lambda _: nx.to_scipy_sparse_array(G, weight="trust"),
            lambda matrix: matrix.sum(),
            budget,
            cold=False,
        ),
        Contender(OURS, lambda _: ours.index_of_graph(G), ours.trust_matrix, budget, cold=False),
    ]
    measured = alternate(contenders, [None], **options.clock)
    questions = {"networkx": "one attribute, to a sparse matrix"}
    times = rows_of(report, FROM_GRAPH, setting, measured, questions, base=OURS)
    checks.same_matrix(measured[OURS].answers[0], setting.ties)
    report.checks.append(f"{FROM_GRAPH}, {edges:,} edges: every trust value in its place.")
    if edges == MILLION:
        found = ratio(times["networkx"], times[OURS])
        job = f"{FROM_GRAPH}, against one attribute into a matrix"
        report.verdicts.append(verdict(job, "networkx", found, 1.8, 2.2))


def from_frame(setting: Setting, report: Report) -> None:
    """Time a frame into the index, with ids that are numbers and ids that are text."""
    options, edges = setting.options, setting.edges
    frame = setting.ties.frame()
    names = np.array([f"person-{number:07}" for number in range(setting.ties.people)], object)
    texts = pd.DataFrame(
        {
            "source": names[frame["source"]],
            "target": names[frame["target"]],
            "trust": frame["trust"],
        }
    ).astype({"source": "str", "target": "str"})
    budget = (70.0 if edges == TEN_MILLION else 5.0) * options.patience
    contenders = [
        Contender(
            OURS, lambda _: ours.index_of_frame(frame), ours.trust_matrix, budget, cold=False
        ),
        Contender(
            f"{OURS}, ids as text", lambda _: ours.index_of_frame(texts),
            lambda index: index.m, budget / 2, cold=False,
        ),
    ]  # fmt: skip
    if options.has("igraph"):
        call = peers.igraph_construction(setting.ties)
        contenders.append(
            Contender("igraph", call, lambda graph: graph.ecount(), budget, cold=False)
        )
    measured = alternate(contenders, [None], **options.clock)
    questions = {"igraph": "graph construction with trust", f"{OURS}, ids as text": SAME}
    times = rows_of(report, FROM_FRAME, setting, measured, questions, base=OURS)
    checks.same_matrix(measured[OURS].answers[0], setting.ties)
    report.checks.append(f"{FROM_FRAME}, {edges:,} edges: every trust value in its place.")
    if edges == TEN_MILLION and "igraph" in times:
        found = ratio(times["igraph"], times[OURS])
        report.verdicts.append(verdict(FROM_FRAME, "igraph", found, 5, None))
    machine = report.machine
    assert machine is not None
    touched = edges * 24 + setting.index.nbytes
    report.bounds.append(
        Bound(
            FROM_FRAME, edges, 0.0, 0.0, touched / 1e6,
            touched / machine.stream_gb_per_s / 1e9, times[OURS].median,
        )
    )  # fmt: skip


# ------------------------------------------------------------------------------ memory, processes


def memory(setting: Setting, report: Report) -> None:
    """Measure what each representation holds, each in a process of its own."""
    options, edges = setting.options, setting.edges
    matrix = setting.ties.steps
    size = matrix.data.nbytes + matrix.indices.nbytes + matrix.indptr.nbytes
    report.memory.append(
        Memory(edges, "scipy", size / edges, "one direction, one number (its arrays)")
    )
    with tempfile.TemporaryDirectory() as folder:
        for who, name, holds in (
            ("arrays", OURS, "both directions, position map, trust alone (its arrays, ids apart)"),
            ("trustgraph", f"{OURS}, in all", "the same with ids and names (of the process)"),
            ("networkx", "networkx", "both directions, two numbers (of the process)"),
            ("igraph", "igraph", "both directions, one number (of the process)"),
            ("rustworkx", "rustworkx", "both directions, one number (of the process)"),
            ("networkit", "networkit", "both directions, one number (of the process)"),
        ):
            if who in peers.NAMES and not options.has(who, edges):
                continue
            if who != "arrays" and edges < SETTLED:
                continue
            held = fresh.bytes_an_edge(who, setting.ties, folder)
            if not np.isnan(held):
                report.memory.append(Memory(edges, name, held, holds))
    mine = ours.contract_bytes(setting.ties) / edges
    report.memory.append(
        Memory(edges, f"{OURS}, all attributes", mine, "the same with all that is known of a tie")
    )
    if edges >= MILLION:
        job = f"bytes an edge of the index, all attributes, {edges:,} edges, ids apart"
        report.verdicts.append(
            Verdict(job, "at most 60", mine, mine, mine, "B", 60, None, at_least=False)
        )


def processes(runs: int, report: Report) -> None:
    """Measure the import and the first answer in fresh processes."""
    found = fresh.import_times(runs)
    ratios = Ratio(found.ratio, min(found.ratios), max(found.ratios))
    report.verdicts.append(
        Verdict(
            f"{IMPORT} ({statistics.median(found.ours):.2f} s)",
            f"numpy + pandas + networkx + pydantic ({statistics.median(found.theirs):.2f} s)",
            ratios.value, ratios.low, ratios.high, "x", None, 1.15, at_least=False,
        )
    )  # fmt: skip
    answers = fresh.first_answers(runs)
    report.verdicts.append(
        Verdict(
            FIRST, "the call", statistics.median(answers), min(answers), max(answers), "s",
            ENOUGH, None, at_least=False,
        )
    )  # fmt: skip


def growth(report: Report, job: str, who: str) -> None:
    """Compare ten million edges with a million: the cost of an answer hardly grows."""
    small, large = report.row(job, MILLION, who), report.row(job, TEN_MILLION, who)
    if small and large:
        times = large.median / small.median
        report.verdicts.append(
            Verdict(
                f"{job}, ten times the edges (10 million)", "itself at 1 million", times,
                large.low / small.high, large.high / small.low, "x", 3, None, at_least=False,
            )
        )  # fmt: skip
