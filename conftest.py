"""What every test and doctest starts with: no window system, and the names that examples use."""

import matplotlib as mpl

mpl.use("Agg")

import networkx as nx
import numpy as np
import pandas as pd
import pytest

import trustgraph as tg


@pytest.fixture(autouse=True)
def _names_in_doctests(doctest_namespace: dict[str, object]) -> None:
    """Give examples in docstrings `tg`, `nx`, `np` and `pd`."""
    doctest_namespace.update(tg=tg, nx=nx, np=np, pd=pd)
