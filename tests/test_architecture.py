"""The shape of the package: each rule holds, and each rule is shown to notice when it is broken."""

import importlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

import trustgraph as tg

from helpers import architecture
from helpers.architecture import HEAVY, PACKAGE, Module
from helpers.project import ROOT, tracked_files

MODULES = architecture.modules_of(Path(tg.__file__).parent)
PACKAGES = [module.name for module in MODULES if module.is_package]


def test_the_package_is_read_at_all():
    assert {"trustgraph", "trustgraph.errors", "trustgraph.models"} <= {m.name for m in MODULES}
    assert any(module.imports for module in MODULES)


# ------------------------------------------------------------------------------ the rules hold


def test_every_room_has_its_floor():
    assert architecture.rooms_without_a_floor(MODULES) == []


def test_imports_go_down_only():
    assert architecture.imports_that_go_up(MODULES) == []


def test_rooms_of_one_floor_do_not_know_each_other():
    assert architecture.imports_between_neighbours(MODULES) == []


def test_pictures_and_reports_take_results_and_call_no_analysis():
    assert architecture.analyses_called_by_pictures(MODULES) == []


def test_no_module_imports_the_room_it_is_in():
    assert architecture.imports_of_the_own_room(MODULES) == []


def test_no_two_modules_need_each_other():
    assert architecture.import_cycles(MODULES) == []


def test_no_import_of_our_own_is_hidden():
    assert architecture.hidden_imports(MODULES) == []


def test_every_front_door_lists_exactly_what_it_offers_in_order():
    assert architecture.dishonest_front_doors(MODULES) == []


@pytest.mark.parametrize("name", PACKAGES)
def test_every_promised_name_exists(name):
    room = importlib.import_module(name)
    assert [promised for promised in room.__all__ if not hasattr(room, promised)] == []
    assert set(room.__all__) <= set(dir(room))


def test_front_doors_of_rooms_hold_no_code():
    assert architecture.code_in_front_doors(MODULES) == []


def test_files_stay_short():
    assert architecture.long_files(MODULES) == []


def test_no_tie_is_given_an_attribute_named_weight():
    assert architecture.weights_on_ties(MODULES) == []


def test_the_ties_of_a_graph_have_no_weight():
    G = tg.build_graph(tg.datasets.load_office())
    assert G.size()
    assert [tie for tie in G.edges(data=True) if "weight" in tie[2]] == []


def test_heavy_packages_are_imported_where_they_are_used():
    assert architecture.heavy_imports(MODULES) == []


def test_importing_trustgraph_loads_no_heavy_package():
    # What pandas and the other light dependencies load by themselves is not ours to answer for.
    script = (
        "import json, sys, networkx, numpy, pandas, pydantic, tqdm; before = set(sys.modules);"
        "import trustgraph; print(json.dumps(sorted(set(sys.modules) - before)))"
    )
    printed = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    loaded = {name.split(".")[0] for name in json.loads(printed)}
    assert PACKAGE in loaded
    assert loaded & HEAVY == set()


def test_a_lazy_room_is_there_on_first_touch():
    for room in sorted(architecture.LAZY_ROOMS & {m.room for m in MODULES}):
        assert room in tg.__all__
        assert room in dir(tg)
        assert getattr(tg, room).__name__ == f"{PACKAGE}.{room}"


def test_a_name_that_does_not_exist_is_an_attribute_error():
    name = "no_such_name"
    with pytest.raises(AttributeError, match=name):
        getattr(tg, name)


def test_no_file_says_where_somebody_keeps_it():
    files = ((name, (ROOT / name).read_bytes()) for name in tracked_files())
    assert architecture.paths_of_one_machine(files) == []


# ------------------------------------------------------------------------------ the rules can fail

ROOMS = [
    Module("trustgraph", "from trustgraph import graph\n__all__ = ['graph']", is_package=True),
    Module("trustgraph.errors", ""),
    Module("trustgraph.models", "from trustgraph.models.people import Person", is_package=True),
    Module("trustgraph.models.people", "from trustgraph.errors import RecordError"),
    Module("trustgraph.ingest.linkedin", "", is_package=True),
    Module("trustgraph.graph", "", is_package=True),
    Module("trustgraph.graph.build", ""),
    Module("trustgraph.introductions", "", is_package=True),
    Module("trustgraph.introductions.find", ""),
    Module("trustgraph.introductions.results", ""),
]


def among(name: str, source: str, *, is_package: bool = False) -> list[Module]:
    """The small house above, with one module put in."""
    return [m for m in ROOMS if m.name != name] + [Module(name, source, is_package)]


def broken(rule: str, name: str, source: str, *, is_package: bool = False) -> int:
    """Count the faults that a rule finds with this module in the house."""
    check = getattr(architecture, rule)
    assert check(ROOMS) == [], "the house itself is in order"
    faults = check(among(name, source, is_package=is_package))
    assert all(name in fault for fault in faults)
    return len(faults)


@pytest.mark.parametrize(
    ("name", "source", "faults"),
    [
        ("trustgraph.models.bad", "from trustgraph.graph import build_graph", 1),
        ("trustgraph.models.bad", "import trustgraph.graph.build", 1),
        ("trustgraph.models.bad", "from trustgraph import graph", 1),
        ("trustgraph.models.bad", "from trustgraph.graph import build", 1),
        ("trustgraph.models.bad", "if TYPE_CHECKING:\n    from trustgraph.graph import x", 1),
        ("trustgraph.models.bad", "def f():\n    from trustgraph.graph import x", 1),
        ("trustgraph.models.bad", "import trustgraph as tg", 1),
        ("trustgraph.graph.good", "from trustgraph.models import Person", 0),
        ("trustgraph.graph.good", "import networkx.algorithms.graph as g", 0),
    ],
)
def test_an_import_that_goes_up_is_noticed(name, source, faults):
    assert broken("imports_that_go_up", name, source) == faults


@pytest.mark.parametrize(
    ("name", "source", "faults"),
    [
        ("trustgraph.trust.bad", "from trustgraph.ingest.linkedin import read", 1),
        ("trustgraph.engine.bad", "from trustgraph import models", 1),
        ("trustgraph._text", "from trustgraph.errors import RecordError", 1),
        ("trustgraph.trust.good", "from trustgraph.models import Person", 0),
        ("trustgraph.ingest.good", "from trustgraph.ingest.linkedin import read", 0),
    ],
)
def test_an_import_from_a_neighbour_is_noticed(name, source, faults):
    assert broken("imports_between_neighbours", name, source) == faults


@pytest.mark.parametrize(
    ("name", "source", "faults"),
    [
        ("trustgraph.plot.bad", "from trustgraph.introductions import find_introductions", 1),
        ("trustgraph.plot.bad", "from trustgraph.introductions.find import x", 1),
        ("trustgraph.report.bad", "from trustgraph.introductions import find", 1),
        ("trustgraph.plot.bad", "from trustgraph.introductions.results.deep import x", 1),
        ("trustgraph.plot.bad", "from trustgraph.introductions.noresults import x", 1),
        ("trustgraph.plot.good", "from trustgraph.introductions.results import Introductions", 0),
        ("trustgraph.plot.good", "from trustgraph.evaluation.axiom_results import AxiomReport", 0),
        ("trustgraph.plot.good", "from trustgraph.reputation.comparison import Comparison", 0),
        ("trustgraph.plot.good", "from trustgraph.graph.build import x", 0),
        ("trustgraph.planning.good", "from trustgraph.introductions import find", 0),
    ],
)
def test_a_picture_that_calls_an_analysis_is_noticed(name, source, faults):
    assert broken("analyses_called_by_pictures", name, source) == faults


@pytest.mark.parametrize(
    ("name", "source", "faults"),
    [
        ("trustgraph.graph.bad", "from trustgraph.graph import build_graph", 1),
        ("trustgraph.graph.bad", "import trustgraph.graph", 1),
        ("trustgraph.ingest.linkedin.bad", "from trustgraph.ingest.linkedin import read", 1),
        ("trustgraph.graph.bad", "from trustgraph import Network", 1),
        ("trustgraph.graph.good", "from trustgraph.graph.build import build_graph", 0),
        ("trustgraph.graph.good", "from trustgraph.graph import build", 0),
        ("trustgraph.graph.good", "from trustgraph.models import Person", 0),
    ],
)
def test_a_module_that_imports_its_own_room_is_noticed(name, source, faults):
    assert broken("imports_of_the_own_room", name, source) == faults


def test_two_modules_that_need_each_other_are_noticed():
    back = among("trustgraph.errors", "from trustgraph.models.people import Person")
    assert len(architecture.import_cycles(back)) == 1
    by_the_door = among("trustgraph.errors", "from trustgraph.models import Person")
    assert len(architecture.import_cycles(by_the_door)) == 1
    for_types = "if TYPE_CHECKING:\n    from trustgraph.models.people import Person"
    assert architecture.import_cycles(among("trustgraph.errors", for_types)) == []
    assert architecture.import_cycles(ROOMS) == []


@pytest.mark.parametrize(
    ("name", "source", "faults"),
    [
        ("trustgraph.graph.bad", "def f():\n    from trustgraph.models import Person", 1),
        ("trustgraph.graph.bad", "class A:\n    def f(self):\n        import trustgraph.errors", 1),
        ("trustgraph.graph.bad", "async def f():\n    if x:\n        import trustgraph.errors", 1),
        ("trustgraph.graph.bad", "importlib.import_module('trustgraph.errors')", 1),
        ("trustgraph.graph.bad", "import_module(name)", 1),
        ("trustgraph.graph.bad", "__import__('trustgraph')", 1),
        ("trustgraph.graph.good", "import_module('scipy.sparse')", 0),
        ("trustgraph.graph.good", "def f():\n    import scipy", 0),
        ("trustgraph.graph.good", "from trustgraph.models import Person", 0),
    ],
)
def test_a_hidden_import_is_noticed(name, source, faults):
    assert broken("hidden_imports", name, source) == faults


@pytest.mark.parametrize(
    ("source", "faults"),
    [
        ("from trustgraph.graph.build import a", 1),
        ("from trustgraph.graph.build import a\n__all__ = ['a'] + other", 1),
        ("from trustgraph.graph.build import a\n__all__: list[str] = ['a']", 0),
        ("from trustgraph.graph.build import a, b\n__all__ = ['a']", 1),
        ("from trustgraph.graph.build import a\n__all__ = ['a', 'b']", 1),
        ("from trustgraph.graph.build import a, b\n__all__ = ['b', 'a']", 1),
        ("from trustgraph.graph.build import a\n__all__ = ['a', 'a']", 1),
        ("from trustgraph.graph.build import a, B, CD\n__all__ = ['B', 'CD', 'a']", 1),
        ("from trustgraph.graph.build import a, B, CD\n__all__ = ['CD', 'B', 'a']", 0),
        ("from trustgraph.graph.build import a as b\n__all__ = ['b']", 0),
        ("from trustgraph.graph.build import a, _hidden\n__all__ = ['a']", 0),
    ],
)
def test_a_dishonest_front_door_is_noticed(source, faults):
    door = Module("trustgraph.graph", source, is_package=True)
    assert len(architecture.dishonest_front_doors([door])) == faults


def test_only_the_root_may_promise_a_room_that_it_does_not_import():
    source = "__all__ = ['plot']"
    root = Module("trustgraph", source, is_package=True)
    room = Module("trustgraph.graph", source, is_package=True)
    assert architecture.dishonest_front_doors([root]) == []
    assert len(architecture.dishonest_front_doors([room])) == 1


@pytest.mark.parametrize(
    ("source", "faults"),
    [
        ("import x\n__all__ = ['x']", 1),  # no docstring
        ('"""A room."""\nx = 1\n__all__ = ["x"]', 1),
        ('"""A room."""\ndef f(): ...\n__all__ = ["f"]', 1),
        ('"""A room."""\nfrom a import b\n__all__ = ["b"]', 0),
    ],
)
def test_code_in_a_front_door_is_noticed(source, faults):
    door = Module("trustgraph.graph", source, is_package=True)
    assert len(architecture.code_in_front_doors([door])) == faults


def test_a_long_file_is_noticed():
    lines = "x = 1\n" * (architecture.MAX_LINES + 1)
    assert len(architecture.long_files([Module("trustgraph.graph.bad", lines)])) == 1
    assert architecture.long_files([Module("trustgraph.engine.kernels", lines)]) == []
    assert architecture.long_files([Module("trustgraph.graph.good", lines[6:])]) == []


@pytest.mark.parametrize(
    ("source", "faults"),
    [
        ("G.edges[a, b]['weight'] = 1", 1),
        ("G.add_edge(a, b, weight=1)", 1),
        ("G.add_edge(a, b, **{'weight': 1})", 1),
        ("rows.append((a, b, {'weight': 1}))", 1),
        ("nx.set_edge_attributes(G, trust, 'weight')", 1),
        ("nx.set_edge_attributes(G, trust, name='weight')", 1),
        ("G.add_edges_from(rows, weight=1)", 1),
        ("G.add_weighted_edges_from(rows)", 1),
        ("G.add_weighted_edges_from(rows, weight='trust')", 0),
        ("nx.pagerank(G, weight='trust')", 0),
        ("mass = G.edges[a, b]['weight']", 0),
        ("G.add_edge(a, b, trust=1)", 0),
    ],
)
def test_a_weight_on_a_tie_is_noticed(source, faults):
    assert broken("weights_on_ties", "trustgraph.graph.bad", source) == faults


@pytest.mark.parametrize(
    ("name", "source", "faults"),
    [
        ("trustgraph.graph.bad", "import scipy.sparse as sp", 1),
        ("trustgraph.engine.bad", "from numba import njit", 1),
        ("trustgraph.graph.bad", "def f():\n    import numba", 1),
        ("trustgraph.introductions.bad", "def f():\n    import matplotlib.pyplot as plt", 1),
        ("trustgraph.graph.good", "def f():\n    import scipy", 0),
        ("trustgraph.plot.good", "from matplotlib.axes import Axes", 0),
    ],
)
def test_a_heavy_import_out_of_place_is_noticed(name, source, faults):
    assert broken("heavy_imports", name, source) == faults


def test_a_room_without_a_floor_is_noticed():
    faults = architecture.rooms_without_a_floor(among("trustgraph.attic.trunk", ""))
    assert faults == ["attic"]


@pytest.mark.parametrize("folder", ["work", "home", "root", "Users"])
def test_a_path_of_one_machine_is_noticed(folder):
    text = f"see /{folder}/somebody/notes.txt".encode()
    assert len(architecture.paths_of_one_machine([("notes.txt", text)])) == 1
    inside = f"see docs/{folder}/somebody/notes.txt".encode()
    assert architecture.paths_of_one_machine([("notes.txt", inside)]) == []
