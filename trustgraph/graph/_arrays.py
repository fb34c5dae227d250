"""Steps in both directions, and their values in the order of the steps."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from trustgraph._typing import Ints, LongInts
from trustgraph.engine import csr
from trustgraph.engine._compile import compiled
from trustgraph.errors import GraphContractError
from trustgraph.graph._passing import is_constant
from trustgraph.graph._values import NUMBERS, Columns

__all__ = [
    "ABSENT",
    "BothWays",
    "both_ways",
    "bytes_held",
    "check_single",
    "constant",
    "in_order",
    "narrowed",
]

COMPILE_FROM_STEPS: Final = 1_000_000
"""Steps from which compiled counting pays for the start of the compiler."""
SINGLE_FROM_STEPS: Final = 1_000_000
"""Steps from which what is only told of a step is held in single precision."""
DIGIT: Final = 1 << 16
ABSENT: Final[Mapping[str, Any]] = {
    "certainty": np.nan,
    "willingness": 1.0,
    "forwards": 1.0,
    "recall": np.nan,
    "response": 1.0,
    "observed": True,
}
"""What counts where an edge is silent; ``endorsed_trust`` is the trust then."""
NOWHERE: Final = np.zeros(1, np.uint8)
"""Packed bits of which not one is set, however many are asked for."""


@dataclass(frozen=True, eq=False)
class BothWays:
    """Steps in both directions.

    Attributes
    ----------
    out_start, out_asked
        By asker, then asked person.
    in_start, in_asker, in_step
        By asked person, then asker.
    edge
        The edge that each step stands on, in the order they were given.
    """

    out_start: LongInts
    out_asked: Ints
    in_start: LongInts
    in_asker: Ints
    in_step: Ints
    edge: Ints


def both_ways(asker: Ints, asked: Ints, n: int) -> BothWays:
    """Sort steps in both directions, in time linear in people and steps.

    Parameters
    ----------
    asker, asked
        Numbers of the ends of each step, shape (m,).
    n
        Number of people.

    Returns
    -------
    BothWays
        The steps, sorted.
    """
    m = len(asker)
    if m < COMPILE_FROM_STEPS:
        return _by_digits(asker, asked, n)
    kernels = compiled(csr)
    rough_start, out_start, in_start = (np.zeros(n + 1, np.int64) for _ in range(3))
    outgoing, incoming = np.empty(m, np.int64), np.empty(m, np.int64)
    in_step = np.empty(m, np.int32)
    kernels.group(asker, asked, rough_start, outgoing)
    kernels.turn(rough_start, outgoing, in_start, incoming, in_step)
    kernels.turn(in_start, incoming, out_start, outgoing, in_step)
    return BothWays(
        out_start=out_start,
        out_asked=(outgoing >> csr.HALF).astype(np.int32),
        in_start=in_start,
        in_asker=(incoming >> csr.HALF).astype(np.int32),
        in_step=in_step,
        edge=(outgoing & csr.LOWER).astype(np.int32),
    )


def _by_digits(asker: Ints, asked: Ints, n: int) -> BothWays:
    by_asked = _order(asked)
    edge = by_asked[_order(asker[by_asked])]
    out_asker, out_asked = asker[edge], asked[edge]
    back = _order(out_asked)
    return BothWays(
        out_start=_starts(asker, n),
        out_asked=out_asked,
        in_start=_starts(asked, n),
        in_asker=out_asker[back],
        in_step=back.astype(np.int32),
        edge=edge.astype(np.int32),
    )


def _order(keys: Ints) -> LongInts:
    """Return the stable order of numbers from 0, digit by digit of 16 bits."""
    low = (keys % DIGIT).astype(np.uint16)
    order: LongInts = np.argsort(low, kind="stable")
    if len(keys) and int(keys.max()) >= DIGIT:
        high = (keys[order] // DIGIT).astype(np.uint16)
        order = order[np.argsort(high, kind="stable")]
    return order


def _starts(people: Ints, n: int) -> LongInts:
    start = np.zeros(n + 1, np.int64)
    np.cumsum(np.bincount(people, minlength=n), out=start[1:])
    return start


def check_single(ways: BothWays, labels: Sequence[Any]) -> None:
    """Raise a `GraphContractError` if an edge stands twice."""
    alike = np.flatnonzero(ways.out_asked[1:] == ways.out_asked[:-1]) + 1
    asker = np.searchsorted(ways.out_start, alike, side="right") - 1
    twice = alike[ways.out_start[asker] < alike]
    if not len(twice):
        return
    step = int(twice[0])
    source = labels[ways.out_asked[step]]
    target = labels[int(np.searchsorted(ways.out_start, step, side="right")) - 1]
    more = f" ({len(twice)} rows are too many)" if len(twice) > 1 else ""
    raise GraphContractError(
        [f"the edge {source!r} -> {target!r} stands twice; keep one row per edge{more}"]
    )


def constant(value: Any, m: int) -> npt.NDArray[Any]:
    """Return one value as an array of any length that takes no memory."""
    return np.broadcast_to(np.array(value), (m,))


def in_order(
    columns: Columns, edge: Ints
) -> tuple[dict[str, npt.NDArray[Any]], dict[str, npt.NDArray[np.uint8]]]:
    """Return the values of every step, and where the edges are silent.

    Parameters
    ----------
    columns
        Values by edge, checked.
    edge
        Edge of each step.

    Returns
    -------
    tuple of dict
        Name -> values by step, without gaps but in certainty and recall; and name -> packed bits
        of the steps whose edge is silent, for columns that are silent somewhere; a single byte
        for an endorsed trust that is given everywhere and is the trust.
    """
    m, place = len(edge), edge.astype(np.intp)
    trust = np.empty(m) if columns["trust"] is None else np.take(columns["trust"], place)
    told: dict[str, npt.NDArray[Any]] = {"trust": trust}
    silent: dict[str, npt.NDArray[np.uint8]] = {}
    for name in (*NUMBERS[1:], "observed"):
        absent = told["trust"] if name == "endorsed_trust" else constant(ABSENT[name], m)
        column = columns[name]
        told[name] = values = absent if column is None else np.take(column, place)
        gaps = None if column is None or column.dtype == bool else np.isnan(values)
        if gaps is not None and gaps.all():
            told[name] = absent
        elif gaps is not None and gaps.any() and name not in ("certainty", "recall"):
            values[gaps] = absent[gaps]
            silent[name] = np.packbits(gaps)
        if name == "endorsed_trust" and told[name] is not trust and (values == trust).all():
            told[name] = trust
            silent.setdefault(name, NOWHERE)
    told["observed"] = told["observed"].astype(bool, copy=False)
    return told, silent


def narrowed(
    told: Mapping[str, npt.NDArray[Any]], *, min_willingness: float
) -> dict[str, npt.NDArray[Any]]:
    """Return what is only told in single precision, if there is much of it.

    Parameters
    ----------
    told
        Values by step.
    min_willingness
        No willingness below it reaches it by being rounded.

    Returns
    -------
    dict
        The values; trust, truth values and constants as they were.
    """
    if len(told["trust"]) < SINGLE_FROM_STEPS:
        return dict(told)
    return {
        name: values if _stays(values, told["trust"]) else _single(values, name, min_willingness)
        for name, values in told.items()
    }


def _stays(values: npt.NDArray[Any], trust: npt.NDArray[Any]) -> bool:
    return values is trust or values.dtype == bool or is_constant(values)


def _single(values: npt.NDArray[Any], name: str, min_willingness: float) -> npt.NDArray[np.float32]:
    single = values.astype(np.float32)
    if name == "willingness":
        # What reaches the cut reaches it rounded too, as the cut itself is rounded with it.
        cut = np.float32(min_willingness)
        single[(single >= cut) & (values < min_willingness)] = np.nextafter(cut, np.float32(-1))
    return single


def bytes_held(arrays: Iterable[npt.NDArray[Any]]) -> int:
    """Return the bytes of arrays; one held twice counts once, a constant as one value."""
    held = {}
    for array in filter(np.size, arrays):  # an empty one may stand where another begins
        size = array.itemsize if is_constant(array) else array.nbytes
        held[array.__array_interface__["data"][0]] = size
    return sum(held.values())
