"""The ratings of Bitcoin OTC, where the file is at hand."""

import os
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

import trustgraph as tg

from helpers.project import ROOT

FILE = Path("bitcoin_otc", "soc-sign-bitcoinotc.csv")


def otc_file():
    """The file; tests that need it are skipped where it is absent."""
    homes = [os.environ.get("TRUSTGRAPH_DATA"), ROOT.parent / "shared" / "data"]
    for home in homes:
        if home and (path := Path(home) / FILE).is_file():
            return path
    pytest.skip(f"{FILE.as_posix()} is in no folder that TRUSTGRAPH_DATA names")


@cache
def otc_ratings():
    """All 35,592 ratings."""
    names = ["source", "target", "rating", "time"]
    frame = pd.read_csv(otc_file(), skiprows=1, names=names)
    return tg.graph.Ratings.from_frame(frame, scale=10)
