"""Published data are not part of this project: tests that need them are skipped elsewhere."""

import os
from pathlib import Path

import pytest

from helpers.project import ROOT

REASON = "published data: set TRUSTGRAPH_DATA, or put them into ../shared/data beside the project"


def published(*names: str) -> Path:
    """Return the folder of published data that holds some files; skip the test where it is not."""
    stated = os.environ.get("TRUSTGRAPH_DATA", "").strip()
    places = [Path(stated)] if stated else []
    for home in (*places, ROOT.parent / "shared" / "data"):
        if all((home / name).is_file() for name in names):
            return home
    pytest.skip(REASON)
