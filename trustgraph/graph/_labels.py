"""Ids of people and their numbers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from numbers import Integral
from typing import Any

import numpy as np
import pandas as pd

from trustgraph._typing import Ints, LongInts
from trustgraph.errors import GraphContractError
from trustgraph.graph.contract import is_label, shown, sorted_labels

__all__ = ["Ends", "Numbers", "label_faults", "number_ends"]

TABLE_WORTH = 8
"""Whole numbers are looked up in a table as long as it has at most so many places an id."""
NAMED = 3
"""Rows that a message names."""
ENDS = ("source", "target", "id")
"""What a message calls the ids of edges and of people."""


def label_faults(labels: Sequence[Any]) -> list[str]:
    """Return what is wrong with distinct ids: what names nobody, or could be mistaken."""
    types = set(map(type, labels))
    if types <= {int} or (types == {str} and all(map(str.strip, labels))):
        return []
    faults = [
        f"person {shown(label)}: the label is {_form(label)}; label people by text or whole numbers"
        for label in labels
        if not is_label(label)
    ]
    if not faults and len({str(label) for label in labels}) < len(labels):
        faults = ["some labels differ only in type (1 and '1'); name everybody by text"]
    return faults


def _form(label: Any) -> str:
    return "blank" if isinstance(label, str) else f"of type {type(label).__name__}"


class Numbers:
    """From an id to its number; text stands for a whole number too, as in an ask.

    Parameters
    ----------
    labels
        Ids by number, plain Python values, sorted.
    """

    def __init__(self, labels: Sequence[Any]) -> None:
        self._labels = labels
        ends = (*labels[:1], *labels[-1:])  # the first and the last: ids are sorted
        self.are_ids = set(map(type, labels)) == {int} and ends == (0, len(labels) - 1)

    def find(self, person: Any) -> int | None:
        """Return the number of an id, None if nobody has it."""
        if isinstance(person, bool):  # equal to 1 or 0, but no id
            return None
        if not self.are_ids:
            known = self.by_label.get(person)
            return self._by_text.get(person) if known is None else known
        if isinstance(person, str):
            short = len(person) <= len(str(len(self._labels)))
            canonical = short and person.isascii() and person.isdecimal()
            canonical = canonical and str(int(person)) == person
            return self.find(int(person)) if canonical else None
        if isinstance(person, Integral):
            return int(person) if 0 <= int(person) < len(self._labels) else None
        return None

    @cached_property
    def by_label(self) -> Mapping[Any, int]:
        """Id -> number."""
        return {label: number for number, label in enumerate(self._labels)}

    @cached_property
    def _by_text(self) -> Mapping[str, int]:
        """Numbers by the text of ids that are not text themselves."""
        return {
            str(label): number
            for number, label in enumerate(self._labels)
            if not isinstance(label, str)
        }


@dataclass(frozen=True, eq=False)
class Ends:
    """Both ends of edges and the people of a frame, as numbers.

    Attributes
    ----------
    labels
        Ids by number, sorted, plain Python values.
    source, target
        Numbers of those who trust and of those whom they trust, shape (m,).
    people
        Numbers of the rows of the frame of people.
    """

    labels: list[Any]
    source: Ints
    target: Ints
    people: LongInts


def number_ends(edges: pd.DataFrame, people: pd.DataFrame | None) -> Ends:
    """Give a number to everybody whom a frame of edges or a frame of people names.

    Parameters
    ----------
    edges
        Columns ``source`` and ``target``.
    people
        Indexed by id, or None.

    Returns
    -------
    Ends
        Ids and numbers.

    Raises
    ------
    GraphContractError
        If an id is missing, is no id or stands for two people.
    """
    parts = [edges["source"], edges["target"]]
    if people is not None:
        parts.append(people.index.to_series())
    _check_present(parts)
    _check_types(parts)
    labels, numbers = _from_table(parts) or _from_hashes(parts)
    faults = label_faults(labels)
    if faults:
        raise GraphContractError(faults)
    m = len(edges)
    given = numbers[2 * m :]
    twice = np.flatnonzero(np.bincount(given, minlength=1) > 1)
    if len(twice):
        raise GraphContractError(
            [f"person {shown(labels[one])} stands twice among the people" for one in twice[:NAMED]]
        )
    return Ends(labels, numbers[:m], numbers[m : 2 * m], given.astype(np.int64))


def _check_types(parts: Iterable["pd.Series[Any]"]) -> None:
    """Raise a `GraphContractError` if ids are of a type that equals another, or of none."""
    faults: list[str] = []
    for part, told in zip(parts, ENDS, strict=False):
        values = part.cat.categories if isinstance(part.dtype, pd.CategoricalDtype) else part
        if not len(values):
            continue
        if pd.api.types.is_bool_dtype(values.dtype):
            faults.append(f"{told} is of type bool; label people by text or whole numbers")
        elif pd.api.types.is_float_dtype(values.dtype):
            faults.append(
                f"{told} is of type {values.dtype}; label people by text or whole numbers, "
                'if these are all whole with .astype("int64")'
            )
        elif values.dtype == object and not set(map(type, values)) <= {int, str}:
            faults += label_faults([one for one in values if not is_label(one)])[:NAMED]
    if faults:
        raise GraphContractError(faults)


def _check_present(parts: Iterable["pd.Series[Any]"]) -> None:
    faults = []
    for part, told in zip(parts, ENDS, strict=False):
        if not part.hasnans:
            continue
        rows = np.flatnonzero(part.isna().to_numpy()) + 1
        where = "the people" if told == "id" else "the edges"
        named = ", ".join(map(str, rows[:NAMED].tolist())) + (", …" if len(rows) > NAMED else "")
        faults.append(
            f"{told} is missing in {len(rows)} row{'' if len(rows) == 1 else 's'} of {where} "
            f"(row {named}); name everybody, or leave the rows out"
        )
    if faults:
        raise GraphContractError(faults)


def _from_table(parts: Sequence["pd.Series[Any]"]) -> tuple[list[Any], Ints] | None:
    """Give numbers to whole numbers that lie close together by a table of all of them."""
    if not all(pd.api.types.is_integer_dtype(part.dtype) for part in parts):
        return None
    given = [np.asarray(part) for part in parts if len(part)]
    if not given or not all(array.dtype.kind in "iu" for array in given):
        return None
    low, high = min(int(a.min()) for a in given), max(int(a.max()) for a in given)
    places, held = high - low + 1, sum(map(len, given))
    if places > TABLE_WORTH * held or high > np.iinfo(np.int64).max:
        return None
    shifted = [array.astype(np.int64, copy=False) - low if low else array for array in given]
    present = np.zeros(places, bool)
    for array in shifted:
        present[array] = True
    ids = np.flatnonzero(present)
    table = None if len(ids) == places else np.cumsum(present, dtype=np.int32) - np.int32(1)
    numbers = np.empty(held, np.int32)
    done = 0
    for array in shifted:
        numbers[done : done + len(array)] = array if table is None else table[array]
        done += len(array)
    return (ids + low).tolist(), numbers


def _from_hashes(parts: Sequence["pd.Series[Any]"]) -> tuple[list[Any], Ints]:
    """Give numbers to ids of any type."""
    kinds = {str(part.dtype).lower() for part in parts}
    if len(kinds) > 1 and any(kind.startswith(("uint64", "category")) for kind in kinds):
        parts = [part.astype(object) for part in parts]  # else large numbers become floats
    codes, found = pd.factorize(pd.concat(list(parts), ignore_index=True))
    given = [label.item() if isinstance(label, np.generic) else label for label in found.tolist()]
    labels = sorted_labels(given)
    number = {label: place for place, label in enumerate(labels)}
    rank = np.fromiter(map(number.__getitem__, given), np.int32, len(given))
    return labels, rank[codes]
