"""Compiled twins of kernel modules.

A kernel module holds plain, undecorated functions on arrays. :func:`compiled` returns copies of
them whose globals point at each other's compiled copies, so that the plain functions stay what
tests, coverage and small graphs use, and nothing is compiled before it is needed.
"""

import sys
from functools import cache
from hashlib import blake2b
from pathlib import Path
from types import FunctionType, ModuleType, SimpleNamespace
from typing import Any

__all__ = ["compiled", "twin"]


@cache
def compiled(module: ModuleType) -> SimpleNamespace:
    """Return the compiled twin of a kernel module; compilation itself happens at first call.

    Parameters
    ----------
    module
        A module whose functions numba can compile. Functions that it imports from other kernel
        modules are those of their own twins.

    Returns
    -------
    types.SimpleNamespace
        The functions by name.
    """
    from numba import njit

    scope: dict[str, Any] = dict(vars(module))
    kernels = {
        name: value
        for name, value in vars(module).items()
        if isinstance(value, FunctionType) and value.__module__.startswith("trustgraph.engine.")
    }
    fingerprint = _fingerprint()
    for name, function in kernels.items():
        if function.__module__ != module.__name__:
            home = compiled(sys.modules[function.__module__])
            scope[name] = getattr(home, function.__name__)
            continue
        copy = FunctionType(function.__code__, scope, name, function.__defaults__)
        # The cache on disk knows when this file changes, not when those that it uses do.
        copy.__qualname__ = f"{name}_{fingerprint}"
        copy.__module__ = function.__module__
        scope[name] = njit(cache=True, nogil=True)(copy)
    return SimpleNamespace(**{name: scope[name] for name in kernels})


@cache
def _fingerprint() -> str:
    """Return a fingerprint of the sources of all kernels."""
    sources = sorted(Path(__file__).parent.glob("*.py"))
    return blake2b(b"".join(one.read_bytes() for one in sources), digest_size=4).hexdigest()


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
