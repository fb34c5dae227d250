"""The jobs with paths: k best, one to a thousand, everybody from one seeker."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from sidebyside import checks, graphs, ours, peers
from sidebyside.measure import Contender, Measured, Times, alternate, ratio
from sidebyside.rows import OURS, Bound, Report, Verdict, row, verdict
from sidebyside.setting import MILLION, TEN_MILLION, Setting

K = 10
K_BEST = "10 best introductions"
HUBS = "10 best introductions, between hubs"
BATCH = "one seeker to 1,000 targets"
REACH = "best score to everybody"
ENGINE = f"{OURS}, engine"
WARM = f"{OURS}, engine, caches warm"
ALL_COLD = f"{OURS}, engine, program evicted too"
PUBLIC = f"{OURS}, public call"
PUBLIC_WARM = f"{OURS}, public call, caches warm"
PUBLIC_ALL_COLD = f"{OURS}, public call, program evicted too"
SAME = "the same"
UNCAPPED = "any length, nothing halved"
UNSCORED = "lists the same paths, unscored"
STEP_BYTES = 12
MOST_WALKS = 3e5
"""Walks from a hub to a hub beyond which no peer is asked to list them all."""

REACHED = {
    "networkx": (7_000, 13_000),
    "igraph": (700, 1_200),
    "rustworkx": (110, 170),
    "networkit": (40, 70),
}


# ------------------------------------------------------------------------------ k best


def k_best(setting: Setting, report: Report) -> None:
    """Time the ten best introductions of random pairs and of hubs, each with empty caches."""
    options, edges = setting.options, setting.edges
    pairs = setting.pairs
    contenders = [*_our_k_best(setting, pairs), *_their_k_best(setting)]
    measured = alternate(contenders, pairs, **options.clock)
    times = rows_of(report, K_BEST, setting, measured, _questions(measured), base=ENGINE)
    _check_k_best(report, setting, measured, pairs)
    if edges == MILLION:
        for peer, (passing, goal) in REACHED.items():
            if peer in times:
                found = ratio(times[peer], times[ENGINE])
                report.verdicts.append(verdict(K_BEST, peer, found, passing, goal))
        if "rustworkx" in times:
            for name, call in (("", PUBLIC), (", program evicted too", PUBLIC_ALL_COLD)):
                found = ratio(times["rustworkx"], times[call])
                job = f"{K_BEST}, public call with frame{name}"
                report.verdicts.append(verdict(job, "rustworkx", found, 30, 60))
            found = ratio(times["rustworkx"], times[ALL_COLD])
            job = f"{K_BEST}, program evicted too"
            report.verdicts.append(verdict(job, "rustworkx", found, 110, 170))
        report.verdicts.append(_overhead(times[PUBLIC_WARM], times[WARM]))
    report.bounds.append(_k_best_bound(setting, times[ENGINE].median, report))
    _hubs(setting, report)


def _our_k_best(setting: Setting, pairs: Any) -> list[Contender]:
    budget = 60.0 * setting.options.patience
    search, call = ours.engine_best(setting.index, K, pairs), ours.public_best(setting.index, K)
    other, pair = setting.rehearsal
    again, called = ours.engine_best(other, K, [pair]), ours.public_best(other, K)
    engine, public = ours.engine_found, ours.frame_found
    return [
        Contender(ENGINE, search, engine, budget, rehearse=lambda: again(pair)),
        Contender(PUBLIC, call, public, budget, rehearse=lambda: called(pair)),
        Contender(ALL_COLD, search, engine, budget),
        Contender(PUBLIC_ALL_COLD, call, public, budget),
        Contender(WARM, search, engine, budget, cold=False),
        Contender(PUBLIC_WARM, call, public, budget, cold=False),
    ]


def _their_k_best(setting: Setting) -> list[Contender]:
    makers: dict[str, tuple[str, Callable[..., Any]]] = {
        "networkx": ("networkx", peers.networkx_best),
        "igraph": ("igraph", peers.igraph_best),
        "rustworkx": ("rustworkx", peers.rustworkx_best),
    }
    options, edges = setting.options, setting.edges
    seconds = (25.0 if edges == MILLION else 8.0) * options.patience
    more = 4 if edges == MILLION else 1
    found = []
    for peer, (graph, make) in makers.items():
        if options.has(peer, edges) and not (peer == "igraph" and edges >= TEN_MILLION):
            call = make(setting.graph(graph), setting.scorer, K)
            found.append(
                Contender(peer, call, budget=seconds * (more if peer == "networkx" else 1))
            )
    if options.has("networkit"):
        call = peers.networkit_count(setting.graph("networkit pattern"))
        found.append(Contender("networkit", call, budget=seconds))
    return found


def _questions(measured: Mapping[str, Measured]) -> dict[str, str]:
    return {name: UNSCORED if name == "networkit" else SAME for name in measured}


def rows_of(
    report: Report,
    job: str,
    setting: Setting,
    measured: Mapping[str, Measured],
    questions: Mapping[str, str],
    *,
    base: str,
) -> dict[str, Times]:
    """Add a row a contender, with its ratio to ours; return the times."""
    mine = measured[base].times if base in measured else None
    for name, one in measured.items():
        against = None if name == base else mine
        question = questions.get(name, SAME)
        report.rows.append(
            row(job, setting.edges, name, one.times, question=question, ours=against)
        )
    return {name: one.times for name, one in measured.items()}


def _check_k_best(
    report: Report, setting: Setting, measured: Mapping[str, Measured], pairs: Any
) -> None:
    mine = measured[ENGINE].answers
    told = [f"{checks.true_paths(mine, setting.scorer, pairs)} paths re-scored"]
    public = {case: found.scores for case, found in measured[PUBLIC].answers.items()}
    checks.same_scores("the public call", mine, public)
    checks.true_paths(measured[PUBLIC].answers, setting.scorer, pairs)
    for peer in ("networkx", "igraph", "rustworkx"):
        if peer in measured:
            number = checks.same_scores(peer, mine, measured[peer].answers)
            told.append(f"{peer} on {number} pairs")
    if "networkit" in measured:
        number = checks.same_count("networkit", mine, measured["networkit"].answers, K)
        told.append(f"networkit's count on {number} pairs")
    report.checks.append(f"{K_BEST}, {setting.edges:,} edges: {', '.join(told)}.")


def _overhead(public: Times, engine: Times) -> Verdict:
    """Return what the public call takes beyond the engine: median over the pairs, in ms."""
    beyond = (public.by_case - engine.by_case) * 1e3
    low, high = np.nanpercentile(beyond, [5, 95])
    job = f"{K_BEST}, what the public call adds, caches warm (5 to 95 % of the pairs)"
    return Verdict(
        job, "the engine alone", float(np.nanmedian(beyond)),
        float(low), float(high), "ms", 0.3, None, at_least=False,
    )  # fmt: skip


def _k_best_bound(setting: Setting, measured: float, report: Report) -> Bound:
    """Steps of the seeker, of the target, and of the people one step before the target."""
    ties, reads = setting.ties, []
    for seeker, target in setting.pairs:
        before = graphs.neighbours(ties.askers, np.array([target]))
        second = graphs.neighbours(ties.askers, before)
        own = graphs.neighbours(ties.steps, np.array([seeker]))
        reads.append(len(before) + len(second) + len(own))
    return bound_of(K_BEST, setting, float(np.median(reads)), measured, report)


def bound_of(
    job: str, setting: Setting, reads: float, measured: float, report: Report, passes: float = 1.0
) -> Bound:
    """Return the larger of: reads at random, and their bytes streamed.

    Random reads go to a vector over people: from cache or from memory, as it fits.
    """
    machine = report.machine
    assert machine is not None
    fits = setting.ties.people * 8 <= machine.cache_mb * 2**20 / 2
    nanoseconds = machine.gather_cached_ns if fits else machine.gather_memory_ns
    size = reads * STEP_BYTES
    seconds = max(reads * nanoseconds * 1e-9, size / machine.stream_gb_per_s / 1e9) * passes
    return Bound(
        job, setting.edges, reads * passes, nanoseconds, size * passes / 1e6, seconds, measured
    )


def _hubs(setting: Setting, report: Report) -> None:
    """Time pairs of hubs; peers only where the paths between them can be listed at all."""
    pairs = setting.hubs
    few = all(graphs.walks_between(setting.ties, *pair) < MOST_WALKS for pair in pairs)
    contenders = _our_k_best(setting, pairs)[:2]
    if few and setting.edges <= MILLION:
        named = ("rustworkx", "networkit") if setting.edges < MILLION else ("rustworkx",)
        contenders += [one for one in _their_k_best(setting) if one.name in named]
    else:
        report.skipped.append(
            f"{HUBS}, {setting.edges:,} edges: peers are not asked, the paths are too many to list."
        )
    measured = alternate(contenders, pairs, **setting.options.clock)
    rows_of(report, HUBS, setting, measured, _questions(measured), base=ENGINE)
    checks.true_paths(measured[ENGINE].answers, setting.scorer, pairs)
    if "rustworkx" in measured:
        checks.same_scores("rustworkx", measured[ENGINE].answers, measured["rustworkx"].answers)


# ------------------------------------------------------------------------------ one to many


def one_to_many(setting: Setting, report: Report) -> None:
    """Time the best path to each of 1,000 targets, against single-source searches."""
    options, edges = setting.options, setting.edges
    budget = 20.0 * options.patience
    makers: dict[str, Callable[[], Any]] = {
        "scipy": lambda: peers.scipy_batch(setting.costs),
        "networkit": lambda: peers.networkit_batch(setting.graph("networkit")),
        "igraph": lambda: peers.igraph_batch(setting.graph("igraph"), setting.costs),
        "rustworkx": lambda: peers.rustworkx_batch(setting.graph("rustworkx"), setting.costs),
        "networkx": lambda: peers.networkx_batch(setting.graph("networkx")),
    }
    small = edges < TEN_MILLION
    contenders = [
        Contender(name, make(), budget=budget)
        for name, make in makers.items()
        if options.has(name, edges) and (small or name in ("scipy", "networkit"))
    ]
    contenders += ours_if_there(
        report,
        "introductions.best_introductions",
        BATCH,
        lambda: Contender(OURS, ours.batch(setting.index), budget=budget),
    )
    measured = alternate(contenders, setting.batches, **options.clock)
    times = rows_of(report, BATCH, setting, measured, _uncapped(measured), base=OURS)
    if OURS not in measured:
        return
    told = [_check_batch(setting, name, measured) for name in measured if name != OURS]
    report.checks.append(f"{BATCH}, {edges:,} edges: {'; '.join(told)}.")
    if edges == TEN_MILLION:
        for peer, passing, goal in (("scipy", 22, 33), ("networkit", 45, 67)):
            if peer in times:
                found = ratio(times[peer], times[OURS])
                report.verdicts.append(verdict(BATCH, peer, found, passing, goal))
    reads = [_two_rings(setting, seeker, targets) for seeker, targets in setting.batches]
    report.bounds.append(
        bound_of(BATCH, setting, float(np.median(reads)), times[OURS].median, report)
    )


def ours_if_there(
    report: Report, name: str, job: str, make: Callable[[], Contender]
) -> list[Contender]:
    reason = ours.absent(name)
    if reason:
        line = f"{job}: {reason}."
        if line not in report.skipped:
            report.skipped.append(line)
        return []
    return [make()]


def _uncapped(measured: Mapping[str, Measured]) -> dict[str, str]:
    return {name: SAME if name in (OURS, "numpy") else UNCAPPED for name in measured}


def _check_batch(setting: Setting, name: str, measured: Mapping[str, Measured]) -> str:
    """Compare with a single-source search: never above it, and equal on its short paths."""
    compared = short = 0
    capped = peers.numpy_reach(setting.ties)
    for case, (scores, paths) in measured[name].answers.items():
        if case not in measured[OURS].answers:
            continue
        seeker, targets = setting.batches[case]
        mine = _batch_scores(measured[OURS].answers[case], targets)
        compared += checks.within_uncapped(name, mine, scores)
        as_people = paths if name != "igraph" else [[0] * (len(path) + 1) for path in paths]
        short += checks.same_when_short(name, mine, scores, as_people)
        checks.same_reach("numpy, same cap", mine, capped(seeker)[targets])
        _check_told_paths(setting, seeker, targets, measured[OURS].answers[case])
    return f"{name} on {compared:,} targets, {short:,} of them at most two steps away and equal"


def _batch_scores(frame: Any, targets: Any) -> Any:
    """Return our score for each target, 0 where there is no introduction."""
    best = frame[frame["rank"] == 1].drop_duplicates("target")
    scores = pd.Series(best["score"].to_numpy(), index=best["target"].astype(np.int64))
    return scores.reindex(targets).fillna(0.0).to_numpy()


def _check_told_paths(setting: Setting, seeker: int, targets: Any, frame: Any) -> None:
    best = frame[frame["rank"] == 1].dropna(subset=["score"])
    for path, target, score in zip(best["path"], best["target"], best["score"], strict=True):
        if not path:
            continue
        found = ours.Found(np.array([score]), [[int(one) for one in path]])
        checks.true_paths({0: found}, setting.scorer, [(seeker, int(target))])
    if not set(map(int, best["target"])) <= set(targets.tolist()):
        message = "a target that was not asked for"
        raise checks.DisagreementError(message)


def _two_rings(setting: Setting, seeker: int, targets: Any) -> float:
    """Steps from everybody within one step of the seeker, and into the targets and those before."""
    ties = setting.ties
    near = np.unique(graphs.neighbours(ties.steps, np.array([seeker])))
    onward = len(graphs.neighbours(ties.steps, near)) + len(near)
    return float(onward + len(graphs.neighbours(ties.askers, targets)))


# ------------------------------------------------------------------------------ one to all


def everybody(setting: Setting, report: Report) -> None:
    """Time the best score from one seeker to everybody."""
    options, edges = setting.options, setting.edges
    budget = 15.0 * options.patience
    people = setting.ties.people
    contenders = [
        Contender("scipy", peers.scipy_reach(setting.costs), budget=budget),
        Contender("numpy", peers.numpy_reach(setting.ties), budget=budget),
    ]
    if options.has("networkit"):
        graph = setting.graph("networkit")
        contenders.append(Contender("networkit", peers.networkit_reach(graph), budget=budget))
    contenders += ours_if_there(
        report,
        "introductions.introduction_reach",
        REACH,
        lambda: Contender(OURS, ours.reach(setting.index), ours.reach_scores(people), budget),
    )
    measured = alternate(contenders, setting.seekers, **options.clock)
    times = rows_of(report, REACH, setting, measured, _uncapped(measured), base=OURS)
    if OURS not in measured:
        return
    told = []
    for name in ("numpy", "scipy", "networkit"):
        number = 0
        for case, theirs in measured[name].answers.items() if name in measured else ():
            if case in measured[OURS].answers:
                mine = measured[OURS].answers[case].copy()
                mine[setting.seekers[case]] = np.nan
                check = checks.same_reach if name == "numpy" else _below
                number += check(name, mine, theirs)
        told.append(f"{name} on {number:,} people")
    report.checks.append(f"{REACH}, {edges:,} edges: {', '.join(told)}.")
    if edges == TEN_MILLION:
        found = ratio(times["scipy"], times[OURS])
        report.verdicts.append(verdict(REACH, "scipy", found, 20, 28))
    reads = [_three_rings(setting, seeker) for seeker in setting.seekers]
    report.bounds.append(
        bound_of(REACH, setting, float(np.median(reads)), times[OURS].median, report)
    )


def _below(who: str, mine: Any, theirs: Any) -> int:
    return checks.within_uncapped(who, mine, theirs)


def _three_rings(setting: Setting, seeker: int) -> float:
    """Steps out of everybody within three steps of the seeker."""
    found = graphs.rings(setting.ties.steps, seeker, 3)
    out = np.diff(setting.ties.steps.indptr)
    return float(sum(out[ring].sum() for ring in found))
