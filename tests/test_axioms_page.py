"""The page about axioms says what the code gives."""

import importlib
import sys

import pytest

from helpers.project import ROOT

FOLDER = ROOT / "benchmarks"
if not FOLDER.is_dir():
    pytest.skip("the benchmarks are not part of this copy", allow_module_level=True)

PAGE = (ROOT / "docs" / "axioms.md").read_text(encoding="utf-8")
QUICK = ("advogato (4, 3, 2, 1)", "best_path")


@pytest.fixture(scope="module")
def made():
    """The script, which is no package that is installed."""
    before = list(sys.path)
    sys.path[:0] = [str(FOLDER)]
    yield importlib.import_module("axioms_table")
    sys.path[:] = before


def test_the_page_names_all_models_and_all_axioms(made):
    parts = {"models": made.model_lines(), "axioms": made.axiom_lines()}
    assert made.page_with(PAGE, parts) == PAGE


def test_what_the_page_says_of_some_models_is_what_they_do(made):
    reports = made.reports(QUICK)
    assert [report.model for report in reports] == list(QUICK)
    told = [*made.markdown_table(reports).splitlines(), *made.fakes_table(reports).splitlines()]
    told += [made.counterexamples(report) for report in reports]
    assert [line for line in told if line not in PAGE] == []


@pytest.mark.slow
def test_the_whole_page_is_what_the_code_gives(made):
    assert made.main(["--check"]) == 0


def test_a_part_that_is_missing_is_named(made):
    with pytest.raises(ValueError, match="has no part 'table'"):
        made.page_with("nothing", {"table": "new"})


def test_only_the_parts_are_replaced(made):
    begin, end = made.BEGIN.format("a"), made.END.format("a")
    page = f"before {begin}\n\nold\n\n{end} after"
    assert made.page_with(page, {"a": "new"}) == f"before {begin}\n\nnew\n\n{end} after"
    assert made.page_with(made.page_with(page, {"a": "x"}), {"a": "old"}) == page
