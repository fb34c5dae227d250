"""The whole suite on all cores: how many workers run it, and what keeps them apart.

A plugin of pytest for pytest-xdist, which `conftest.py` loads. A worker sends its reports as text
to the process that prints them, and cannot send half a character.
"""

import os
from collections.abc import Generator, Mapping
from pathlib import Path
from typing import Any

import pytest

from helpers.project import ROOT

MOST = 4
"""Workers at most: each takes up to a gigabyte."""


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Run the whole suite on all cores; what somebody chose by name runs here, and starts at once.

    Output that is not captured (`-s`) would be lost on the way from a worker.
    """
    is_whole = config.args_source is not pytest.Config.ArgsSource.ARGS
    is_chosen = any(config.getoption(option, None) for option in ("keyword", "lf", "collectonly"))
    if not is_whole or is_chosen or config.getoption("capture") == "no":
        return 0
    number = min(cores(), MOST)
    return number if number > 1 else 0


def cache_of_worker(environment: Mapping[str, str]) -> Path | None:
    """Return where a worker keeps compiled kernels; None for a run without workers.

    Two processes that compile one kernel for different types at the same time may leave a cache in
    which the one's code stands for the other's types.
    """
    worker = environment.get("PYTEST_XDIST_WORKER")
    return ROOT / "__pycache__" / f"numba-{worker}" if worker else None


def pytest_configure() -> None:
    """Give each worker a cache of its own, before anything is compiled."""
    cache = cache_of_worker(os.environ)
    if cache is not None:
        os.environ["NUMBA_CACHE_DIR"] = str(cache)


@pytest.hookimpl(wrapper=True)
def pytest_report_to_serializable() -> Generator[None, Any, Any]:
    """Send halves of characters, which hostile files hold, as escapes."""
    return sendable((yield))


def sendable(thing: Any) -> Any:
    """Return a report in which every text can be written as UTF-8."""
    if isinstance(thing, str):
        return thing.encode(errors="backslashreplace").decode()
    if isinstance(thing, dict):
        return {sendable(key): sendable(value) for key, value in thing.items()}
    if isinstance(thing, list | tuple):
        sent = map(sendable, thing)
        return list(sent) if isinstance(thing, list) else tuple(sent)
    return thing
