"""Compiled twins of kernel modules.

A kernel module holds plain, undecorated functions on arrays. :func:`compiled` returns copies of
them whose globals point at each other's compiled copies, so that the plain functions stay what
tests, coverage and small graphs use, and nothing is compiled before it is needed.
"""

from functools import cache
from types import FunctionType, ModuleType, SimpleNamespace
from typing import Any

__all__ = ["compiled", "twin"]


@cache
def compiled(module: ModuleType) -> SimpleNamespace:
    """Return the compiled twin of a kernel module; compilation itself happens at first call.

    Parameters
    ----------
    module
        A module whose functions numba can compile; functions that it imports from other kernel
        modules are compiled with it.

    Returns
    -------
    types.SimpleNamespace
        The functions by name.
    """
    from numba import njit

    scope: dict[str, Any] = dict(vars(module))
    plain = {
        name: value
        for name, value in vars(module).items()
        if isinstance(value, FunctionType) and value.__module__.startswith("trustgraph.engine.")
    }
    for name, function in plain.items():
        copy = FunctionType(function.__code__, scope, name, function.__defaults__)
        copy.__qualname__ = function.__qualname__
        copy.__module__ = function.__module__
        scope[name] = njit(cache=True, nogil=True)(copy)
    return SimpleNamespace(**{name: scope[name] for name in plain})


def twin(module: ModuleType, *, work: float, worth: float) -> Any:
    """Return the compiled twin if the expected work is worth it, else the module itself.

    Parameters
    ----------
    module
        A kernel module.
    work
        Expected number of elementary operations.
    worth
        Operations from which the start of the compiler pays.

    Returns
    -------
    module or types.SimpleNamespace
        Something that has the functions of the module.
    """
    return compiled(module) if work >= worth else module
