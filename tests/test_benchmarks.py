"""The benchmarks run, and an answer that is wrong does not get past them."""

import dataclasses
import importlib
import json
import sys
from types import SimpleNamespace

import networkx as nx
import numpy as np
import pytest

import trustgraph as tg

from helpers.project import ROOT

FOLDER = ROOT / "benchmarks"
if not FOLDER.is_dir():
    pytest.skip("the benchmarks are not part of this copy", allow_module_level=True)

EDGES = 2000
"""Edges of the smallest network that holds all distances."""


@pytest.fixture(scope="module")
def bench():
    """Modules of the benchmarks, which are no package that is installed."""
    before = list(sys.path)
    sys.path[:0] = [str(FOLDER)]
    names = [path.stem for path in (FOLDER / "sidebyside").glob("[a-z]*.py")]
    found = {name: importlib.import_module(f"sidebyside.{name}") for name in names}
    found["run"] = importlib.import_module("run")
    yield SimpleNamespace(**found)
    sys.path[:] = before


@pytest.fixture(scope="module")
def made(bench, tmp_path_factory):
    """One run of everything but the processes, on a very small network."""
    folder = tmp_path_factory.mktemp("docs")
    names = [name for name in bench.run.JOBS if name != "memory"]
    kept = folder / "kept.json"
    report = bench.run.main(
        [
            "--quick",
            "--sizes",
            "2e3",
            "--jobs",
            *names,
            "--folder",
            str(folder),
            "--keep",
            str(kept),
        ]
    )
    return SimpleNamespace(report=report, folder=folder, kept=kept)


@pytest.fixture(scope="module")
def setting(bench):
    options = bench.setting.Options(**bench.run.FEW, missing=bench.peers.missing())
    return bench.setting.Setting(EDGES, options)


def empty_report(bench):
    machine = bench.measure.Machine(10.0, 1.0, 10.0, 100.0, 32.0, 64.0)
    return bench.rows.Report(machine=machine)


# ------------------------------------------------------------------------------ the run


def test_one_command_writes_the_page_and_the_plot(made):
    page = (made.folder / "benchmarks.md").read_text(encoding="utf-8")
    for heading in ("Numbers to reach", "Side by side", "Distance from the hardware"):
        assert f"## {heading}\n" in page
    picture = made.folder / "images" / "benchmarks.png"
    assert picture.stat().st_size > 10_000
    assert f"]({picture.relative_to(made.folder).as_posix()})" in page


@pytest.mark.parametrize("peer", ["networkx", "igraph", "rustworkx", "networkit"])
def test_a_peer_that_is_installed_is_measured_and_agrees(bench, made, peer):
    pytest.importorskip(peer, reason=f"{peer} comes with the extra [bench]")
    found = made.report.row(bench.jobs.K_BEST, EDGES, peer)
    assert 0 < found.low <= found.high
    assert found.ratio > 0
    assert any(f"{peer}" in check for check in made.report.checks)


def test_a_peer_that_is_missing_is_left_out_with_the_reason(bench, monkeypatch):
    monkeypatch.setattr(bench.peers, "missing", lambda: {"igraph": "no module named igraph"})
    report = bench.run.main(["--quick", "--sizes", "2e3", "--jobs", "from-frame"])
    assert {row.who for row in report.rows} == {"trustgraph", "trustgraph, ids as text"}
    assert any("igraph is left out: no module" in line for line in report.skipped)


def test_a_kept_run_makes_the_same_page_again(bench, made, tmp_path):
    told = json.loads(made.kept.read_text(encoding="utf-8"))
    assert bench.rows.Report.from_dict(told) == made.report
    bench.run.main(["--again", str(made.kept), "--folder", str(tmp_path)])
    pages = [(folder / "benchmarks.md").read_bytes() for folder in (made.folder, tmp_path)]
    assert pages[0] == pages[1]


def test_what_a_representation_holds_is_measured_in_its_own_process(bench, setting, tmp_path):
    held = bench.fresh.bytes_an_edge("arrays", setting.ties, str(tmp_path))
    assert held == pytest.approx(setting.index.nbytes / EDGES)


# ------------------------------------------------------------------------------ wrong answers


@pytest.mark.parametrize(
    "spoil",
    [
        lambda bench, found: bench.ours.Found(found.scores * 1.001, found.paths),
        lambda bench, found: bench.ours.Found(found.scores[1:], found.paths[1:]),
        lambda bench, found: bench.ours.Found(found.scores, [path[::-1] for path in found.paths]),
        lambda bench, found: bench.ours.Found(
            np.append(found.scores, found.scores[-1:]), found.paths + found.paths[-1:]
        ),
    ],
    ids=["scores too high", "the best is missing", "paths turned round", "one path twice"],
)
def test_a_wrong_search_ends_the_run(bench, setting, monkeypatch, spoil):
    right = bench.ours.engine_found
    monkeypatch.setattr(bench.ours, "engine_found", lambda answer: spoil(bench, right(answer)))
    few = dataclasses.replace(setting.options, runs=1, pairs=3)
    with pytest.raises(bench.checks.DisagreementError):
        bench.jobs.k_best(bench.setting.Setting(EDGES, few), empty_report(bench))


def test_an_index_with_another_trust_ends_the_run(bench, setting, monkeypatch):
    right = bench.ours.trust_matrix
    monkeypatch.setattr(bench.ours, "trust_matrix", lambda index: right(index) * 0.999)
    with pytest.raises(bench.checks.DisagreementError):
        bench.network_jobs.from_frame(setting, empty_report(bench))


def found_of(bench, *scores):
    return {0: bench.ours.Found(np.array(scores), [[0, 1]] * len(scores))}


@pytest.mark.parametrize(
    ("check", "right", "wrong"),
    [
        ("same_reach", ([0.2, 0.0], [0.2, 0.0]), ([0.2, 0.1], [0.2, 0.0])),
        ("same_reach", ([0.2, 0.5], [0.2, np.nan]), ([0.2, 0.5], [0.1, np.nan])),
        ("within_uncapped", ([0.2, 0.1], [0.2, 0.3]), ([0.2, 0.4], [0.2, 0.3])),
    ],
)
def test_scores_of_many_people_are_compared(bench, check, right, wrong):
    compare = getattr(bench.checks, check)
    assert compare("peer", *map(np.array, right)) > 0
    with pytest.raises(bench.checks.DisagreementError, match="peer"):
        compare("peer", *map(np.array, wrong))


def test_counts_of_paths_are_compared_up_to_k(bench):
    ours = found_of(bench, 0.5, 0.4)
    assert bench.checks.same_count("peer", ours, {0: 7}, 2) == 1
    for count, k in ((7, 3), (1, 2)):
        with pytest.raises(bench.checks.DisagreementError, match="peer counts"):
            bench.checks.same_count("peer", ours, {0: count}, k)


def test_scores_are_equal_where_the_best_path_is_short(bench):
    paths = [[0, 1, 2], [0, 1, 2, 3], []]
    assert bench.checks.same_when_short("peer", [0.5, 0.1, 0], [0.5, 0.2, 0.9], paths) == 1
    with pytest.raises(bench.checks.DisagreementError):
        bench.checks.same_when_short("peer", [0.4, 0.1, 0], [0.5, 0.2, 0.9], paths)


def test_chances_are_compared_within_four_standard_errors(bench):
    # 10,000 samples of 0.5 have a standard error of 0.005.
    near, far = (bench.samplers.Estimate(0.5 + away, 10_000) for away in (0.019, 0.021))
    bench.checks.same_chance("peer", 0.5, 0.0, near)
    with pytest.raises(bench.checks.DisagreementError):
        bench.checks.same_chance("peer", 0.5, 0.0, far)


def test_a_standing_that_is_off_is_noticed(bench):
    bench.checks.same_ranks("peer", 1e-10, 1e-9)
    with pytest.raises(bench.checks.DisagreementError):
        bench.checks.same_ranks("peer", 2e-9, 1e-9)


# ------------------------------------------------------------------------------ networks and peers


def test_networks_are_what_the_page_says(bench):
    ties = bench.graphs.make_ties(20_000, seed=5)
    edges = set(zip(ties.source.tolist(), ties.target.tolist(), strict=True))
    assert len(edges) == 20_000 == ties.edges
    assert ties.people == 2_000
    assert all(one != other for one, other in edges)
    assert np.mean([(other, one) in edges for one, other in edges]) == pytest.approx(0.92)
    assert ties.trust.mean() == pytest.approx(1 / 3, abs=0.01)  # of Beta(2, 4)
    again = bench.graphs.make_ties(20_000, seed=5)
    assert (again.source == ties.source).all()
    assert (again.trust == ties.trust).all()


def test_random_pairs_are_at_distance_two_three_and_four_in_turn(bench, setting):
    G = bench.peers.networkx_graph(setting.ties)
    distances = [nx.shortest_path_length(G, *pair) for pair in setting.pairs]
    assert distances == [2, 3, 4] * 3


def test_walks_are_counted(bench, setting):
    G = bench.peers.networkx_graph(setting.ties)
    for pair in setting.pairs[:4]:
        paths = len(list(nx.all_simple_paths(G, *pair, cutoff=4)))
        assert bench.graphs.walks_between(setting.ties, *pair) >= paths


def test_the_numpy_peer_reaches_everybody_as_all_simple_paths_do(bench, setting):
    G = bench.peers.networkx_graph(setting.ties)
    seeker = setting.pairs[0][0]
    scores = bench.peers.numpy_reach(setting.ties)(seeker)
    for target in [target for _, target in setting.pairs if target != seeker]:
        paths = list(nx.all_simple_paths(G, seeker, target, cutoff=4))
        best = setting.scorer.scores(paths).max(initial=0.0)
        assert scores[target] == pytest.approx(best, rel=1e-12)


def test_the_numpy_peer_samples_what_is_exact(bench, setting):
    sample = bench.samplers.numpy_reliability(setting.ties, 40_000)
    compared = 0
    for pair in setting.pairs:
        try:
            exact = tg.reputation.reliability(setting.index, *map(str, pair), exact=True)
        except ValueError:  # too large
            continue
        bench.checks.same_chance("numpy", exact.value, 0.0, sample(pair))
        compared += 1
    assert compared > 2


# ------------------------------------------------------------------------------ clocks and words


def test_a_ratio_is_taken_over_the_cases_that_both_were_asked(bench):
    slow = bench.measure.Times(np.array([[4.0, np.nan, np.nan], [np.nan, 9.0, np.nan]]))
    fast = bench.measure.Times(np.array([[1.0, 3.0, 100.0]]))
    found = bench.measure.ratio(slow, fast)
    assert found.value == pytest.approx(6.5 / 2)  # medians of (4, 9) and (1, 3)
    assert (found.low, found.high) == (3.0, 4.0)


def test_contenders_take_turns_and_a_slow_one_gets_other_cases_in_each_run(bench):
    asked = []
    contenders = [
        bench.measure.Contender("quick", lambda case: asked.append(("quick", case)), cold=False),
        bench.measure.Contender(
            "slow", lambda case: asked.append(("slow", case)), budget=1e-9, cold=False
        ),
    ]
    found = bench.measure.alternate(contenders, [10, 11, 12, 13], runs=3)
    assert found["quick"].times.seconds.shape == (3, 4)
    assert not np.isnan(found["quick"].times.seconds).any()
    assert (~np.isnan(found["slow"].times.seconds)).tolist() == np.eye(3, 4, dtype=bool).tolist()
    turns = [who for who, _ in asked]
    assert turns[-15:] == ["quick"] * 4 + ["slow"] + ["slow"] + ["quick"] * 4 + ["quick"] * 4 + [
        "slow"
    ]


@pytest.mark.parametrize(
    ("value", "passing", "goal", "at_least", "word"),
    [
        (13.0, 7, 12, True, "goal"),
        (8.0, 7, 12, True, "pass"),
        (6.0, 7, 12, True, "missed"),
        (6.0, 5, None, True, "pass"),
        (0.2, 0.3, None, False, "pass"),
        (0.4, 0.3, None, False, "missed"),
        (1.1, None, 1.15, False, "goal"),
        (1.2, None, 1.15, False, "below the goal"),
    ],
)
def test_verdicts_are_told_in_words(bench, value, passing, goal, at_least, word):
    verdict = bench.rows.Verdict("job", "peer", value, 0, 0, "x", passing, goal, at_least)
    assert verdict.word == word


@pytest.mark.parametrize(
    ("value", "told"), [(2.0, "2 s"), (0.0123, "12.3 ms"), (4.56e-5, "45.6 µs"), (3e-8, "30 ns")]
)
def test_times_are_written_in_the_unit_that_suits_them(bench, value, told):
    assert bench.report.seconds(value) == told
