"""Sphinx configuration. The reference is made from `__all__` of the package and of each room."""

import inspect
import re
import sys
from importlib import import_module
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.pycode import ModuleAnalyzer

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

tg = import_module("trustgraph")  # the one beside this folder, installed or not

project = "trustgraph-analysis"
author = "trustgraph contributors"
project_copyright = "2026, trustgraph contributors"
version = release = tg.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
root_doc = "index"
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = f"trustgraph {release}"
html_show_sphinx = False

autodoc_default_options = {"members": True, "exclude-members": "model_config"}
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_preserve_defaults = True
python_use_unqualified_type_names = True
napoleon_google_docstring = False
napoleon_use_rtype = False
myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3


def _entry(full: str, thing: object) -> list[str]:
    """Lines that describe one public thing."""
    if inspect.isclass(thing):
        kind = "autoexception" if issubclass(thing, BaseException) else "autoclass"
        return [f".. {kind}:: {full}", ""]
    if inspect.isroutine(thing):
        return [f".. autofunction:: {full}", ""]
    return [f".. py:data:: {full}", "", *(f"   {line}" for line in _words_under(full, thing)), ""]


def _words_under(full: str, constant: object) -> list[str]:
    """Docstring under a constant, in the leaf module that makes it."""
    name = full.rpartition(".")[2]
    for module in list(sys.modules):
        if module.startswith("trustgraph.") and vars(sys.modules[module]).get(name) is constant:
            words = ModuleAnalyzer.for_module(module).find_attr_docs()
            if ("", name) in words:
                return words["", name]
    return []


def _page(name: str, homes: dict[int, str]) -> str:
    """Text of the page of one room: each name in full at its first home, a pointer elsewhere."""
    room = import_module(name)
    words = inspect.getdoc(room).split("\n\nExamples\n")[0]
    lines = [name, "=" * len(name), "", words, ""]
    for public in room.__all__:
        thing = getattr(room, public)
        if inspect.ismodule(thing) or public.startswith("__"):
            continue
        full = f"{name}.{public}"
        home = homes.setdefault(id(thing), full)
        if home == full:
            lines += _entry(full, thing)
        else:
            lines += [f"``{public}``: see :any:`{home}`.", ""]
    return "\n".join(lines)


def _write_reference() -> None:
    """Write a page for the front door, a page for each public room, and the list of them."""
    folder = HERE / "reference"
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    rooms = [name for name in tg.__all__ if inspect.ismodule(getattr(tg, name))]
    pages = ["trustgraph", *(f"trustgraph.{room}" for room in rooms)]
    homes: dict[int, str] = {}
    for page in pages:
        (folder / f"{page}.rst").write_text(_page(page, homes), encoding="utf-8")
    head = "Reference\n=========\n\n.. toctree::\n   :maxdepth: 2\n\n"
    listed = "".join(f"   {page}\n" for page in pages)
    (folder / "index.rst").write_text(head + listed, encoding="utf-8")


_write_reference()


def _name_references(
    app: Sphinx, what: str, name: str, thing: object, options: object, lines: list[str]
) -> None:
    """Call reference 1 of a docstring by the name of what it describes: pages hold many."""
    del app, what, thing, options
    short = name.rpartition(".")[2]
    text = re.sub(r"\[(\d+)\](?=_)|(?<=\.\. )\[(\d+)\]", rf"[{short}\1\2]", "\n".join(lines))
    lines[:] = text.split("\n")


def setup(app: Sphinx) -> None:
    """Let docstrings of one page have references of one number."""
    app.connect("autodoc-process-docstring", _name_references, priority=400)
