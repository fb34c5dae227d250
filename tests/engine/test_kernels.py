"""Every kernel is short, and its module says what it costs."""

import ast
import inspect
import re
from importlib import import_module
from pathlib import Path
from types import FunctionType

import pytest

import trustgraph
from trustgraph.engine._compile import compiled

PACKAGE = Path(trustgraph.__file__).parent
MOST_LINES = 150


def kernel_modules() -> list[str]:
    """Modules of the engine that are compiled, directly or for another one."""
    named: set[str] = set()
    for file in PACKAGE.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        named.update(re.findall(r"\b(?:_?twin|compiled)\(\s*(\w+)", text))
    waiting = {name for name in named if (PACKAGE / "engine" / f"{name}.py").exists()}
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        found.add(name)
        for value in vars(import_module(f"trustgraph.engine.{name}")).values():
            home = getattr(value, "__module__", None) or ""
            if isinstance(value, FunctionType) and home.startswith("trustgraph.engine."):
                waiting |= {home.rpartition(".")[2]} - found
    return sorted(found)


KERNELS = kernel_modules()


def test_the_kernels_are_found():
    assert {"csr", "cutout", "kbest", "kbest_ties", "pairs", "propagation", "reach"} <= set(KERNELS)
    assert "paths" not in KERNELS


@pytest.mark.parametrize("name", KERNELS)
def test_a_kernel_is_short(name):
    module = import_module(f"trustgraph.engine.{name}")
    tree = ast.parse(inspect.getsource(module))
    lines = {
        one.name: one.end_lineno - one.lineno + 1
        for one in tree.body
        if isinstance(one, ast.FunctionDef)
    }
    assert lines
    assert {one: size for one, size in lines.items() if size >= MOST_LINES} == {}


@pytest.mark.parametrize("name", KERNELS)
def test_a_module_of_kernels_says_what_they_cost(name):
    module = import_module(f"trustgraph.engine.{name}")
    functions = [value for value in vars(module).values() if isinstance(value, FunctionType)]
    own = [one for one in functions if one.__module__ == module.__name__]
    assert "Complexity" in " ".join(one.__doc__ or "" for one in (module, *own))


@pytest.mark.parametrize("name", KERNELS)
def test_every_kernel_has_a_compiled_twin(name):
    module = import_module(f"trustgraph.engine.{name}")
    plain = {
        one
        for one, value in vars(module).items()
        if isinstance(value, FunctionType) and value.__module__.startswith("trustgraph.engine.")
    }
    assert plain == set(vars(compiled(module)))
