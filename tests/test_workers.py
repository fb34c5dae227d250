"""The whole suite on all cores: who runs in workers, and what passes between the processes."""

import os
import subprocess
import sys
from types import SimpleNamespace

import pytest

from helpers import workers
from helpers.project import ROOT

Source = pytest.Config.ArgsSource


def config_of(source=Source.TESTPATHS, **options):
    options = {"capture": "fd", **options}
    return SimpleNamespace(
        args_source=source, getoption=lambda name, default=None: options.get(name, default)
    )


@pytest.mark.parametrize(("cores", "number"), [(1, 0), (2, 2), (3, 3), (64, workers.MOST)])
def test_the_whole_suite_runs_on_all_cores_and_on_one_without_workers(monkeypatch, cores, number):
    monkeypatch.setattr(workers, "cores", lambda: cores)
    assert workers.pytest_xdist_auto_num_workers(config_of()) == number
    assert workers.pytest_xdist_auto_num_workers(config_of(keyword="")) == number


@pytest.mark.parametrize(
    "config",
    [
        config_of(Source.ARGS),
        config_of(keyword="gate"),
        config_of(lf=True),
        config_of(collectonly=True),
        config_of(capture="no"),
    ],
    ids="paths words failed listed shown".split(),
)
def test_what_is_chosen_runs_in_this_process(monkeypatch, config):
    monkeypatch.setattr(workers, "cores", lambda: 2)
    assert workers.pytest_xdist_auto_num_workers(config) == 0


def test_no_two_workers_share_their_compiled_kernels():
    homes = [workers.cache_of_worker({"PYTEST_XDIST_WORKER": name}) for name in ("gw0", "gw1")]
    assert len({None, *homes}) == 3
    assert workers.cache_of_worker({}) is None


def test_halves_of_characters_are_sent_as_escapes_and_all_else_as_it_is():
    report = {"ä": ["half \ud83d", ("whole \U0001f600", 1.5, None, True)], "\udce9": b"\xe9"}
    sent = {"ä": ["half \\ud83d", ("whole \U0001f600", 1.5, None, True)], "\\udce9": b"\xe9"}
    assert workers.sendable(report) == sent


@pytest.mark.slow
def test_a_failure_with_half_a_character_is_reported_by_a_worker(tmp_path):
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    (tmp_path / "test_half.py").write_text(
        'def test_half():\n    raise ValueError("half \\ud83d")\n\ndef test_whole():\n    pass\n',
        encoding="utf-8",
    )
    options = ["-p", "helpers.workers", "-p", "no:cacheprovider", "-n1", str(tmp_path)]
    finished = subprocess.run(
        [sys.executable, "-m", "pytest", *options],
        cwd=tmp_path, check=False, capture_output=True, text=True, timeout=300, encoding="utf-8",
        env=os.environ | {"PYTHONPATH": str(ROOT / "tests")},
    )  # fmt: skip
    assert "ValueError: half \\ud83d" in finished.stdout
    assert "1 failed, 1 passed" in finished.stdout
