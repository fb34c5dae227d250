"""The ratings of Bitcoin OTC, where the file is at hand."""

from functools import cache
from pathlib import Path

import trustgraph as tg

from helpers.published import published

FILE = "bitcoin_otc/soc-sign-bitcoinotc.csv"


def otc_file() -> Path:
    """The file; tests that need it are skipped where it is absent."""
    return published(FILE) / FILE


@cache
def otc_ratings() -> "tg.graph.Ratings":
    """All 35,592 ratings."""
    return tg.graph.Ratings.from_frame(tg.datasets.load_bitcoin_otc(published(FILE)), scale=10)
