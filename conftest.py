"""What every test and doctest starts with: no window system, and the names that examples use."""

import matplotlib as mpl

mpl.use("Agg")

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import settings

import trustgraph as tg

pytest_plugins = ["helpers.workers"]

# A slow machine is no fault of the code.
settings.register_profile("trustgraph", deadline=None)
settings.load_profile("trustgraph")


@pytest.fixture(autouse=True)
def _names_in_doctests(doctest_namespace: dict[str, object]) -> None:
    """Give examples in docstrings `tg`, `nx`, `np` and `pd`."""
    doctest_namespace.update(tg=tg, nx=nx, np=np, pd=pd)


# A program of its own, which needs the extra `fuzz`.
collect_ignore = ["tests/fuzz/run.py"]
