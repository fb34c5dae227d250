"""The page about axioms says what the code gives."""

import pytest

from helpers.programs import benchmark
from helpers.project import ROOT

made = benchmark("axioms_table")
pages = benchmark("pages")
PAGE = (ROOT / "docs" / "axioms.md").read_text(encoding="utf-8")
QUICK = ("advogato (4, 3, 2, 1)", "best_path")


def test_the_page_names_all_models_and_all_axioms():
    parts = {"models": made.model_lines(), "axioms": made.axiom_lines()}
    assert pages.page_with(PAGE, parts, by="axioms_table.py") == PAGE


def test_what_the_page_says_of_some_models_is_what_they_do():
    reports = made.reports(QUICK)
    assert [report.model for report in reports] == list(QUICK)
    told = [*made.markdown_table(reports).splitlines(), *made.fakes_table(reports).splitlines()]
    told += [made.counterexamples(report) for report in reports]
    assert [line for line in told if line not in PAGE] == []


@pytest.mark.slow
def test_the_whole_page_is_what_the_code_gives():
    assert made.main(["--check"]) == 0
