"""The rules of the house as functions on source text: each returns the faults it finds, in words.

A rule takes modules, which may be read from the package or written down in a test, so that each
rule can be shown to fail. Floors, rooms and their reasons: CONTRIBUTING.md.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

PACKAGE = "trustgraph"

FLOORS: dict[str, int] = {
    "_html": 0,
    "_names": 0,
    "_text": 0,
    "_typing": 0,
    "_version": 0,
    "errors": 0,
    "models": 1,
    "engine": 1,
    "ingest": 2,
    "trust": 2,
    "graph": 3,
    "datasets": 4,
    "steps": 4,
    "introductions": 5,
    "reputation": 5,
    "chains": 5,
    "planning": 6,
    "evaluation": 6,
    "plot": 7,
    "report": 7,
    "scale": 8,
    "cli": 8,
    "__main__": 8,
    "__init__": 9,
}
ANALYSES = {"introductions", "reputation", "chains", "planning", "evaluation"}
SHOWS_RESULTS = {"plot", "report"}
RESULT_MODULES = {"comparison", "decomposition"}  # beside `results` and `*_results`
LAZY_ROOMS = {
    "datasets",
    "evaluation",
    "plot",
    "report",
    "scale",
}  # loaded by trustgraph.__getattr__ on first touch

HEAVY = {"igraph", "jinja2", "matplotlib", "numba", "pyarrow", "pyspark", "rich", "scipy", "typer"}
MAY_BE_AT_THE_TOP = {
    "plot": {"matplotlib"},
    "report": {"jinja2"},
    "cli": {"matplotlib", "rich", "typer"},
}
HOMES = {"matplotlib": {"cli", "plot"}, "numba": {"engine"}, "typer": {"cli"}}

MAX_LINES = 400
MAX_LINES_ENGINE = 500  # kernels that call each other are compiled from one module


@dataclass(frozen=True)
class Import:
    """One imported name: `target` is the module, `name` what is taken from it (or "")."""

    target: str
    name: str
    line: int
    in_function: bool
    types_only: bool  # under `if TYPE_CHECKING:`


@dataclass(frozen=True)
class Module:
    """One source file of the package; an `__init__` goes by the name of its folder."""

    name: str
    source: str
    is_package: bool = False

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.source)

    @cached_property
    def imports(self) -> tuple[Import, ...]:
        return tuple(_imports(self.tree, in_function=False, types_only=False))

    @property
    def room(self) -> str:
        return room_of(self.name)

    @property
    def floor(self) -> int:
        return FLOORS[self.room]

    def at(self, line: int) -> str:
        return f"{self.name}:{line}"


def room_of(dotted: str) -> str:
    """Room of a module: the part after the package's name; the front door is `__init__`."""
    parts = dotted.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def is_ours(dotted: str) -> bool:
    return dotted == PACKAGE or dotted.startswith(PACKAGE + ".")


def modules_of(folder: Path) -> list[Module]:
    """Read all modules of the package in this folder."""
    found = []
    for path in sorted(folder.rglob("*.py")):
        parts = [folder.name, *path.relative_to(folder).with_suffix("").parts]
        is_package = parts[-1] == "__init__"
        name = ".".join(parts[:-1] if is_package else parts)
        found.append(Module(name, path.read_text(encoding="utf-8"), is_package))
    return found


def _imports(node: ast.AST, *, in_function: bool, types_only: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            for alias in child.names:
                yield Import(alias.name, "", child.lineno, in_function, types_only)
        elif isinstance(child, ast.ImportFrom):
            for alias in child.names:
                yield Import(child.module or "", alias.name, child.lineno, in_function, types_only)
        else:
            function = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            types = isinstance(child, ast.If) and ast.unparse(child.test).endswith("TYPE_CHECKING")
            yield from _imports(
                child, in_function=in_function or function, types_only=types_only or types
            )


def _resolved(imported: Import, names: set[str]) -> str:
    """Module that an import reaches: `from a import b` reaches a.b if that is one, else a."""
    longer = f"{imported.target}.{imported.name}"
    return longer if longer in names else imported.target


def _own_imports(modules: Sequence[Module]) -> Iterator[tuple[Module, Import, str]]:
    names = {module.name for module in modules}
    for module in modules:
        for imported in module.imports:
            if is_ours(imported.target):
                yield module, imported, _resolved(imported, names)


# ---------------------------------------------------------------------------- rooms and floors


def rooms_without_a_floor(modules: Iterable[Module]) -> list[str]:
    """Every room has its floor in the table."""
    return sorted({module.room for module in modules} - set(FLOORS))


def imports_that_go_up(modules: Sequence[Module]) -> list[str]:
    """Imports go down only."""
    return [
        f"{module.at(imported.line)}: floor {module.floor} imports {target} of floor {floor}"
        for module, imported, target in _own_imports(modules)
        if room_of(target) != module.room and (floor := FLOORS[room_of(target)]) > module.floor
    ]


def imports_between_neighbours(modules: Sequence[Module]) -> list[str]:
    """Rooms of one floor never import each other."""
    return [
        f"{module.at(imported.line)}: {module.room} imports its neighbour {target}"
        for module, imported, target in _own_imports(modules)
        if room_of(target) != module.room and FLOORS[room_of(target)] == module.floor
    ]


def analyses_called_by_pictures(modules: Sequence[Module]) -> list[str]:
    """Of an analysis, `plot` and `report` know the modules of result classes alone."""
    return [
        f"{module.at(imported.line)}: {module.room} imports {target}"
        for module, imported, target in _own_imports(modules)
        if module.room in SHOWS_RESULTS
        and room_of(target) in ANALYSES
        and not _holds_results(target)
    ]


def _holds_results(target: str) -> bool:
    inside = target.split(".")[2:]
    return len(inside) == 1 and (
        inside[0] in RESULT_MODULES or re.fullmatch(r"(\w+_)?results", inside[0]) is not None
    )


def imports_of_the_own_room(modules: Sequence[Module]) -> list[str]:
    """Inside a room the leaf module is imported, never the room or a folder above."""
    faults = []
    for module, imported, target in _own_imports(modules):
        folders = module.name.split(".") if module.is_package else module.name.split(".")[:-1]
        above = {".".join(folders[: depth + 1]) for depth in range(len(folders))}
        if target in above:
            faults.append(f"{module.at(imported.line)}: imports {target}, which it is part of")
    return faults


def import_cycles(modules: Sequence[Module]) -> list[str]:
    """No two modules need each other to load, directly or by way of others."""
    needs: dict[str, set[str]] = {module.name: set() for module in modules}
    for module, imported, target in _own_imports(modules):
        if target in needs and target != module.name and not imported.types_only:
            needs[module.name].add(target)
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        return [" <- ".join(error.args[1])]
    return []


def hidden_imports(modules: Sequence[Module]) -> list[str]:
    """Our own modules are imported at the top of the file, by a plain import statement."""
    faults = [
        f"{module.at(imported.line)}: {imported.target} imported inside a function"
        for module, imported, _ in _own_imports(modules)
        if imported.in_function
    ]
    for module in modules:
        if module.name == PACKAGE:  # __getattr__ loads the lazy rooms: the one exception
            continue
        faults += [
            f"{module.at(call.lineno)}: a module of our own loaded by name"
            for call in _calls(module.tree)
            if _called(call) in {"import_module", "__import__"} and not _names_a_stranger(call)
        ]
    return faults


def _names_a_stranger(call: ast.Call) -> bool:
    named = call.args[0] if call.args else None
    return isinstance(named, ast.Constant) and not is_ours(str(named.value))


# ---------------------------------------------------------------------------- front doors


def dishonest_front_doors(modules: Iterable[Module]) -> list[str]:
    """Each `__init__` has one `__all__`: a literal, sorted, equal to its public imports."""
    faults = []
    for module in modules:
        if not module.is_package:
            continue
        names = _all_of(module)
        if names is None:
            faults.append(f"{module.name}: no literal __all__")
            continue
        lazy = LAZY_ROOMS if module.name == PACKAGE else set()
        public = {name for name in _bound_names(module) if not name.startswith("_")}
        listed = {name for name in names if not name.startswith("_")}
        if names != sorted(names, key=_export_order):
            faults.append(f"{module.name}: __all__ is not sorted")
        if len(names) != len(set(names)):
            faults.append(f"{module.name}: __all__ names something twice")
        if missing := sorted(public - listed):
            faults.append(f"{module.name}: __all__ lacks {missing}")
        if extra := sorted(listed - public - lazy):
            faults.append(f"{module.name}: __all__ promises {extra}, which nothing imports")
    return faults


def code_in_front_doors(modules: Iterable[Module]) -> list[str]:
    """The `__init__` of a room holds a docstring, imports and `__all__`: no code."""
    faults = []
    for module in modules:
        if not module.is_package or module.name == PACKAGE:
            continue
        if ast.get_docstring(module.tree) is None:
            faults.append(f"{module.name}: no docstring")
        faults += [
            f"{module.at(statement.lineno)}: code in an __init__"
            for position, statement in enumerate(module.tree.body)
            if not (isinstance(statement, ast.Import | ast.ImportFrom) or _is_all(statement))
            and not (position == 0 and ast.get_docstring(module.tree) is not None)
        ]
    return faults


def _is_all(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Assign):
        return ast.unparse(statement.targets[0]) == "__all__"
    return isinstance(statement, ast.AnnAssign) and ast.unparse(statement.target) == "__all__"


def _all_of(module: Module) -> list[str] | None:
    found = [statement for statement in module.tree.body if _is_all(statement)]
    if len(found) != 1 or not isinstance(found[0], ast.Assign | ast.AnnAssign):
        return None
    listed = found[0].value
    if not isinstance(listed, ast.List | ast.Tuple):
        return None
    return [str(ast.literal_eval(name)) for name in listed.elts]


def _bound_names(module: Module) -> set[str]:
    names = set()
    for statement in module.tree.body:
        if isinstance(statement, ast.Import):
            names |= {alias.asname or alias.name.split(".")[0] for alias in statement.names}
        elif isinstance(statement, ast.ImportFrom):
            names |= {alias.asname or alias.name for alias in statement.names}
        elif isinstance(statement, ast.FunctionDef | ast.ClassDef):
            names.add(statement.name)
    # What the root needs for its lazy rooms and its logger is not part of the door.
    return names - {"import_module", "importlib", "logging", "ModuleType", "TYPE_CHECKING", "Any"}


def _export_order(name: str) -> tuple[int, str]:
    """Order of names in `__all__`, as the linter keeps it: constants, classes, then the rest."""
    if name.isupper() and len(name) > 1:
        return 0, name
    return (1 if name[:1].isupper() else 2), name


# ---------------------------------------------------------------------------- single files


def long_files(modules: Iterable[Module]) -> list[str]:
    """A file is one idea and stays short."""
    faults = []
    for module in modules:
        limit = MAX_LINES_ENGINE if module.room == "engine" else MAX_LINES
        if (lines := len(module.source.splitlines())) > limit:
            faults.append(f"{module.name}: {lines} lines, more than {limit}")
    return faults


def weights_on_ties(modules: Iterable[Module]) -> list[str]:
    """No tie is given a `weight`: a stranger would run a shortest path on it."""
    return [
        f"{module.at(node.lineno)}: writes weight"
        for module in modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.expr) and _writes_weight(node)
    ]


def _writes_weight(node: ast.expr) -> bool:
    if isinstance(node, ast.Subscript):
        return isinstance(node.ctx, ast.Store) and _is_weight(node.slice)
    if isinstance(node, ast.Dict):
        return any(_is_weight(key) for key in node.keys)
    return isinstance(node, ast.Call) and _call_writes_weight(node)


def _call_writes_weight(call: ast.Call) -> bool:
    named = {keyword.arg: keyword.value for keyword in call.keywords}
    match _called(call):
        case "add_edge" | "add_edges_from":
            return "weight" in named
        case "add_weighted_edges_from":
            return _is_weight(named.get("weight", ast.Constant("weight")))
        case "set_edge_attributes":
            return any(_is_weight(value) for value in [*call.args, *named.values()])
        case _:
            return False


def _is_weight(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and node.value == "weight"


def heavy_imports(modules: Iterable[Module]) -> list[str]:
    """Heavy packages load where they are used, and some are known to one room only."""
    faults = []
    for module in modules:
        for imported in module.imports:
            package = imported.target.split(".")[0]
            if package not in HEAVY:
                continue
            at_the_top = MAY_BE_AT_THE_TOP.get(module.room, set())
            if not imported.in_function and package not in at_the_top:
                faults.append(f"{module.at(imported.line)}: {package} at the top of a module")
            if module.room not in HOMES.get(package, {module.room}):
                faults.append(f"{module.at(imported.line)}: {package} in {module.room}/")
    return faults


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _called(call: ast.Call) -> str:
    function = call.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


_FOLDERS_OF_ONE_MACHINE = re.compile(rb"(?<![\w.])/(?:work|home|root|Users)/|[A-Za-z]:\\Users\\")


def paths_of_one_machine(files: Iterable[tuple[str, bytes]]) -> list[str]:
    """No file says where somebody keeps it."""
    return [
        f"{name}: {match.group().decode()}"
        for name, content in files
        if (match := _FOLDERS_OF_ONE_MACHINE.search(content))
    ]
