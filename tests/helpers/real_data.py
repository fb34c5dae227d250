"""Real data sets, where this machine has them."""

import os
from pathlib import Path

import pandas as pd
import pytest

import trustgraph as tg

from helpers.project import ROOT


def data_folder() -> Path:
    """The folder of data sets; a test that asks for it is skipped where there is none."""
    folder = Path(os.environ.get("TRUSTGRAPH_DATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip("no data sets here: set TRUSTGRAPH_DATA to their folder")
    return folder


def bitcoin_otc() -> "tg.graph.Ratings":
    """Ratings of the Bitcoin OTC market."""
    file = data_folder() / "bitcoin_otc" / "soc-sign-bitcoinotc.csv"
    if not file.is_file():
        pytest.skip("the ratings of Bitcoin OTC are not here: set TRUSTGRAPH_DATA")
    names = {"from": "source", "to": "target", "feature": "rating"}
    return tg.graph.Ratings.from_frame(pd.read_csv(file).rename(columns=names), scale=10)
