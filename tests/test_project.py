"""The files around the package say the same as the package, and what they promise is there."""

import inspect
import re
import tomllib
from datetime import date
from importlib.metadata import metadata
from pathlib import Path
from typing import Any

import pytest

import trustgraph as tg
from trustgraph._names import EDGE_ATTRIBUTES
from trustgraph.models import FrozenModel

from helpers.project import ROOT, tracked_files

FIRST_COMMAND = "python3 -m venv .venv && .venv/bin/pip install -q . && .venv/bin/trustgraph demo"
SECOND_COMMAND = "python3 -m venv .venv && .venv/bin/pip install -q -e '.[dev]' && .venv/bin/pytest"
EXTRAS = set("bench browser dev docs fuzz interactive layout parquet spark".split())


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


PROJECT = tomllib.loads(text_of("pyproject.toml"))["project"]
DEPENDENCIES = [re.split(r"[^\w-]", requirement)[0] for requirement in PROJECT["dependencies"]]


# ------------------------------------------------------------------------------ one version


def test_the_changelog_is_about_this_version():
    # Unreleased work stands on top. The first number under its heading is the version: that of the
    # newest release or, before there is one, of the release that is worked towards.
    unreleased_and_older = text_of("CHANGELOG.md").partition("## [Unreleased]")[2]
    assert re.findall(r"\d+\.\d+\.\d+", unreleased_and_older)[0] == tg.__version__


def test_releases_in_the_changelog_are_dated_and_go_from_new_to_old():
    changelog = text_of("CHANGELOG.md")
    releases = re.findall(r"\n## \[(\d+)\.(\d+)\.(\d+)\] - \d{4}-\d\d-\d\d\n", changelog)
    versions = [tuple(map(int, release)) for release in releases]
    assert versions == sorted(set(versions), reverse=True)
    assert changelog.count("\n## ") == len(versions) + 1


def test_the_citation_is_of_this_version():
    assert f"\nversion: {tg.__version__}\n" in text_of("CITATION.cff")


def test_the_version_is_written_in_one_module_only():
    assert PROJECT["dynamic"] == ["version"]
    sources = [name for name in tracked_files() if re.match(r"trustgraph/.*\.py$", name)]
    spelt = [name for name in sources if "__version__ =" in text_of(name)]
    assert spelt == ["trustgraph/_version.py"]


def test_the_installed_package_is_this_one():
    installed = metadata("trustgraph-analysis")
    assert installed["Version"] == tg.__version__
    assert installed["License-Expression"] == "MIT"
    assert set(installed.get_all("Provides-Extra") or []) == EXTRAS


# ------------------------------------------------------------------------------ what is shipped


def test_types_are_shipped():
    assert (Path(tg.__file__).parent / "py.typed").is_file()


def test_the_extras_are_the_declared_ones():
    assert set(PROJECT["optional-dependencies"]) == EXTRAS


@pytest.mark.parametrize("package", DEPENDENCIES)
def test_every_dependency_has_its_reason_in_contributing(package):
    assert re.search(rf"^\| {package} \| \w.*\|$", text_of("CONTRIBUTING.md"), re.MULTILINE)


@pytest.mark.parametrize("extra", sorted(EXTRAS))
def test_every_extra_is_explained_in_contributing(extra):
    table = text_of("CONTRIBUTING.md").partition("| extra | reason |")[2].partition("\n\n")[0]
    assert f"`{extra}`" in table


def test_the_licence_is_mit():
    assert text_of("LICENSE").startswith("MIT License")
    assert "\nlicense: MIT\n" in text_of("CITATION.cff")


def test_every_reference_stands_once_and_is_closed():
    entries = re.split(r"(?m)^(?=@)", text_of("docs/references.bib"))[1:]
    keys = [re.match(r"@\w+\{([^,\s]+),", entry) for entry in entries]
    named = [key.group(1) for key in keys if key]
    assert len(named) == len(entries)
    assert len(set(named)) == len(named)
    for entry in entries:
        assert entry.count("{") == entry.count("}"), entry
        assert entry.rstrip().endswith("}"), entry


def test_no_file_of_the_project_is_large():
    sizes = {name: (ROOT / name).stat().st_size for name in tracked_files()}
    assert [name for name, size in sizes.items() if size > 1_500_000] == []


# ------------------------------------------------------------------------------ README


@pytest.mark.parametrize("command", [FIRST_COMMAND, SECOND_COMMAND])
def test_the_readme_and_the_clean_run_have_the_same_commands(command):
    assert command in text_of("README.md")
    assert command in text_of(".ci/run")


def test_the_readme_shows_its_two_commands_early_and_in_this_order():
    readme = text_of("README.md")
    first, second = readme.index(FIRST_COMMAND), readme.index(SECOND_COMMAND)
    assert first < second
    assert readme[:second].count("\n") < 60


@pytest.mark.parametrize(
    "need",
    [
        "needs Python 3.11 or newer",
        "python3-venv",
        "PowerShell",
        r".venv\Scripts\trustgraph demo",
        r".venv\Scripts\pytest",
    ],
)
def test_the_readme_says_what_each_system_needs(need):
    assert need.lower() in text_of("README.md").lower()


def test_the_readme_never_has_the_other_package_of_that_name_installed():
    readme = text_of("README.md")
    assert re.search(r"pip3? install (-\S+ )*['\"]?trustgraph\b", readme) is None
    assert "trustgraph-analysis" in readme
    assert "package index" in readme.lower() or "PyPI" in readme


def test_what_the_readme_points_to_is_there():
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text_of("README.md"))
    assert links, "there is a picture at least"
    assert [link for link in links if not (ROOT / link).exists()] == []


# ------------------------------------------------------------------------------ documentation


def public_things() -> dict[str, Any]:
    """All classes and functions that the front door and the public rooms offer, each once."""
    rooms = [tg, *(room for name in tg.__all__ if inspect.ismodule(room := getattr(tg, name)))]
    found: dict[Any, str] = {}
    for room in rooms:
        for name in room.__all__:
            thing = getattr(room, name)
            if inspect.isclass(thing) or inspect.isfunction(thing):
                found.setdefault(thing, f"{room.__name__}.{name}")
    return {name: thing for thing, name in found.items()}


PUBLIC = public_things()
FUNCTIONS = [name for name, thing in PUBLIC.items() if inspect.isfunction(thing)]


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_has_an_example_that_runs(name):
    words = inspect.getdoc(PUBLIC[name]) or ""
    assert "\nExamples\n--------\n" in words
    assert ">>> " in words


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_public_function_describes_all_its_parameters(name):
    words = inspect.getdoc(PUBLIC[name]) or ""
    section = words.partition("\nParameters\n----------\n")[2]
    section = re.split(r"\n\n\w[\w ]*\n-{4,}\n", section)[0]
    lines = re.findall(r"^[\w*][\w*, ]*$", section, re.MULTILINE)
    described = {described.strip(" *") for line in lines for described in line.split(",")}
    assert set(inspect.signature(PUBLIC[name]).parameters) - described == set()


@pytest.mark.parametrize("name", FUNCTIONS)
def test_no_public_function_has_a_default_that_can_change(name):
    fixed = (type(None), bool, int, float, str, tuple, frozenset, date, FrozenModel)
    parameters = inspect.signature(PUBLIC[name]).parameters.values()
    defaults = [p.default for p in parameters if p.default is not inspect.Parameter.empty]
    assert [default for default in defaults if not isinstance(default, fixed)] == []


def test_the_concepts_explain_the_words_of_the_graph():
    # The others are facts with a line in the graph's contract, not ideas.
    ideas = set(EDGE_ATTRIBUTES) - {"proximity", "last_contact", "kinds"}
    concepts = text_of("docs/concepts.md").lower()
    assert sorted(idea for idea in ideas if idea not in concepts) == []
