"""The page about reputation names every model, and no other."""

import re

import trustgraph as tg

from helpers.project import ROOT

PAGE = (ROOT / "docs" / "reputation.md").read_text(encoding="utf-8")


def test_the_page_names_every_model_and_all_of_its_names_exist():
    named = set(re.findall(r"`(\w+)(?:\([^`]*\))?`", PAGE))
    assert set(tg.reputation.reputation_models()) - {"goodness"} - named == set()
    assert {name for name in named if not hasattr(tg.reputation, name)} == set()
