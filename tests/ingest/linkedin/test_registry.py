"""The tables that are read, and the page that tells users about them."""

import re

import pytest

import trustgraph as tg
from trustgraph.ingest.linkedin.names import file_key
from trustgraph.ingest.linkedin.registry import ENTRIES
from trustgraph.models.facts import FACT_KINDS

from helpers.project import ROOT

PAGE = (ROOT / "docs" / "reading_archives.md").read_text(encoding="utf-8")
TOLD = {
    table: (files, becomes)
    for table, files, becomes in re.findall(r"^\| `(\w+)` \| (.+) \| (.+) \|$", PAGE, re.MULTILINE)
}
"""Table -> its files and what they become, as the page says."""
OF_POOLS = {"name", "work", "location"}
"""Kinds of facts that no table holds: where archives differ."""


def test_the_page_tells_of_the_tables_that_are_read_and_of_no_others():
    assert list(TOLD) == [entry.name for entry in ENTRIES]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_the_page_names_every_file_of_a_table(entry):
    named = re.findall(r"`([^`]+\.csv)`", TOLD[entry.name][0])
    assert {file_key(path.rpartition("/")[2]) for path in named} == set(entry.files)


def test_the_page_says_what_becomes_of_the_rows():
    acts = set(tg.datasets.load_sample().evidence["kind"])
    kinds = (
        acts | set(FACT_KINDS) - OF_POOLS | {"employer", "school", "volunteering", "association"}
    )
    said = set(re.findall(r"`(\w+)`", " ".join(becomes for _, becomes in TOLD.values())))
    assert len(acts) > 3
    assert kinds <= said


def test_the_page_names_only_what_there_is_to_call():
    names = set(re.findall(r"`?tg\.ingest\.(\w+)", PAGE))
    assert len(names) > 20
    assert names <= set(tg.ingest.__all__)
