"""Whether the parts of an index that was read from a file fit together."""

from collections.abc import Mapping
from itertools import pairwise
from operator import ge
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from trustgraph._typing import Ints, LongInts
from trustgraph.graph._labels import label_faults
from trustgraph.graph._values import NUMBERS

__all__ = ["STARTS", "STEPS", "check_form", "check_sense", "check_starts"]

Array = npt.NDArray[Any]
Parts = Mapping[str, Any]

STARTS: Final = ("out_start", "in_start")
STEPS: Final = ("out_asked", "in_asker", "in_step")
KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(STEPS, ("int32",)),
    **dict.fromkeys(NUMBERS, ("float32", "float64")),
    **dict.fromkeys(("trust", "out"), ("float64",)),
    "back": ("float32",),
    "observed": ("bool",),
}
GAPPY: Final = ("certainty", "recall")
"""Columns that are not numbers where a tie is silent."""


def check_form(fields: Parts, known: Parts, n: int, m: int) -> None:
    """Raise a `ValueError` if arrays are not as they must be; reads next to nothing.

    Parameters
    ----------
    fields, known
        What `trustgraph.graph._storage.read_index` returns.
    n, m
        Number of people and of steps.
    """
    for name in STARTS:
        start = fields[name]
        good = len(start) == n + 1 and start.dtype == np.int64
        _require(good and start[0] == 0 and start[-1] == m, f"{name} is wrong")
    for name, array in _columns(fields, known).items():
        _require(len(array) == m and array.dtype in KINDS[name], f"{name} is wrong")
    for name, bits in fields["_silent"].items():
        good = bits.dtype == np.uint8 and len(bits) in (1, (m + 7) // 8)
        _require(good, f"the silence of {name} is wrong")
    _require(0 <= known["lowest_willingness"] <= 1, "the lowest willingness is out of range")


def check_starts(name: str, start: Array, number: int, length: int, *, order: bool = True) -> None:
    """Raise a `ValueError` if texts do not begin where they may.

    Parameters
    ----------
    name
        For the message.
    start
        Where each text begins, and where the last one ends.
    number
        Number of texts.
    length
        Bytes that they take together.
    order
        Whether all places are looked at.
    """
    good = len(start) == number + 1 and start.dtype == np.int64
    good = good and start[0] == 0 and start[-1] == length
    _require(good and not (order and (np.diff(start) < 0).any()), f"{name} is wrong")


def check_sense(fields: Parts, known: Parts) -> None:
    """Raise a `ValueError` if a value or a step is none, or people are mistaken for each other.

    Parameters
    ----------
    fields, known
        What passed `check_form`.
    """
    n, m = len(fields["labels"]), len(fields["trust"])
    for name in STARTS:
        _require(not (np.diff(fields[name]) < 0).any(), f"{name} is not sorted")
    for name, end in (("out_asked", n), ("in_asker", n), ("in_step", m)):
        values = fields[name]
        inside = not m or (values.min() >= 0 and values.max() < end)
        _require(inside, f"{name} leads out of range")
    _check_steps(fields, n, m)
    for name, values in _columns(fields, known).items():
        if name not in STEPS:
            _require(not m or _is_share(values, gaps=name in GAPPY), f"{name} leads out of range")
    own = known["own"]
    _require((own.back >= own.out[fields["in_step"]]).all(), "back is no bound")
    _require(known["all_observed"] == bool(fields["observed"].all()), "observed is not as told")
    lowest = float(fields["willingness"].min(initial=1))
    _require(known["lowest_willingness"] == lowest, "the lowest willingness is not as told")
    _check_labels(fields["labels"])


def _check_steps(fields: Parts, n: int, m: int) -> None:
    out_asked, in_step = fields["out_asked"], fields["in_step"]
    first = np.zeros(m + 1, bool)
    first[fields["out_start"]] = True
    _require((first[1:m] | (np.diff(out_asked) > 0)).all(), "out_asked is not sorted")
    seen = np.zeros(m, bool)
    seen[in_step] = True
    _require(seen.all(), "in_step names a step twice")
    people = np.arange(n, dtype=np.int32)
    asker, asked = (_repeated(people, fields[name]) for name in STARTS)
    alike = (asker[in_step] == fields["in_asker"]).all() and (out_asked[in_step] == asked).all()
    _require(alike, "the steps of both directions are not the same")


def _repeated(people: Ints, start: LongInts) -> Ints:
    return np.repeat(people, np.diff(start))


def _check_labels(labels: tuple[Any, ...]) -> None:
    faults = label_faults(labels)
    _require(not faults, "; ".join(faults[:1]))
    if len(set(map(type, labels))) == 1:
        _require(not any(ge(*pair) for pair in pairwise(labels)), "the ids are not sorted")
    else:
        _require(len(set(labels)) == len(labels), "an id stands twice")


def _columns(fields: Parts, known: Parts) -> dict[str, Array]:
    own = known["own"]
    told = {name: fields[name] for name in (*NUMBERS, "observed", *STEPS)}
    return {**told, "out": own.out, "back": own.back}


def _is_share(values: Array, *, gaps: bool) -> bool:
    """Whether all values lie in [0, 1]; not a number counts where there may be gaps."""
    if gaps:
        low, high = np.fmin.reduce(values), np.fmax.reduce(values)
        return bool(np.isnan(low) or (low >= 0 and high <= 1))
    return bool(values.min() >= 0 and values.max() <= 1)


def _require(good: Any, otherwise: str) -> None:
    if not good:
        raise ValueError(otherwise)
