"""Programs that lie beside the package and are not installed."""

import importlib
import sys
from types import ModuleType

import pytest

from helpers.project import ROOT

FOLDER = ROOT / "benchmarks"


def benchmark(name: str) -> ModuleType:
    """A program of the benchmarks; a test module that asks is skipped where there are none."""
    if not FOLDER.is_dir():
        pytest.skip("the benchmarks are not part of this copy", allow_module_level=True)
    before = list(sys.path)
    sys.path[:0] = [str(FOLDER)]
    try:
        return importlib.import_module(name)
    finally:
        sys.path[:] = before
