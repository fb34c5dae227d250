"""What an index consists of, as arrays and facts of a file, and back."""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from trustgraph._version import __version__
from trustgraph.errors import IndexFileError
from trustgraph.graph._arrays import ABSENT, constant
from trustgraph.graph._fit import STARTS, STEPS, check_form, check_sense, check_starts
from trustgraph.graph._index_file import AGAIN, read_arrays, write_arrays
from trustgraph.graph._lookup import IndexArrays
from trustgraph.graph._passing import Known, Passing, is_constant
from trustgraph.graph._people import People
from trustgraph.graph._records import RECORDS, Records, TextRecords, plain, record
from trustgraph.graph._values import NUMBERS
from trustgraph.trust.model import TrustModel

__all__ = ["read_index", "write_index"]

Array = npt.NDArray[Any]

PAIRED: Final = ("also", "past")
"""Columns of people that hold tuples of pairs."""
UNFIT: Final = (
    *(KeyError, TypeError, ValueError, IndexError),
    *(OverflowError, MemoryError, RecursionError),
)
"""What reading parts raises that do not belong together."""


def write_index(
    index: IndexArrays,
    path: str | os.PathLike[str],
    *,
    people: People,
    silent: Mapping[str, Array],
    records: Records | None,
    known: Known,
) -> None:
    """Write a `TrustIndex` and what it keeps to itself to a file; see `TrustIndex.save`."""
    arrays: dict[str, Array] = {name: getattr(index, name) for name in (*STARTS, *STEPS)}
    absent, as_trust = [], []
    for name in (*NUMBERS, "observed"):
        values = getattr(index, name)
        if is_constant(values):
            absent.append(name)
        elif values is index.trust and name != "trust":
            as_trust.append(name)
        else:
            arrays[name] = values
    arrays |= {f"silent {name}": bits for name, bits in silent.items()}
    own = known["own"]
    arrays["back"] = own.back
    if own.out is not index.trust:
        arrays["out"] = own.out
    form, labels = _labels_kept(index.labels)
    arrays |= labels
    arrays |= {f"people {name}": _text(people.column(name)) for name in people.known}
    names = sorted(records.names) if records is not None else []
    if records is not None and names:
        arrays |= _texts("records", [_dumped(record(records, step)) for step in range(index.m)])
    facts = {
        "trustgraph": __version__,
        "people": index.n,
        "steps": index.m,
        "model": index.model and index.model.model_dump_json(),
        "as_of": index.as_of,
        "owners": [plain(owner) for owner in index.owners],
        "labels": form,
        "absent": absent,
        "as_trust": as_trust,
        "all_observed": known["all_observed"],
        "lowest_willingness": known["lowest_willingness"],
        "records": names,
    }
    write_arrays(path, arrays, facts)


def read_index(path: str | os.PathLike[str], *, verify: bool) -> tuple[dict[str, Any], Known]:
    """Return the parts of the `TrustIndex` in a file; see `TrustIndex.load`.

    Returns
    -------
    tuple of dict
        The fields of the index, and what its `Passings` need not find out again.
    """
    arrays, facts = read_arrays(path, verify=verify)
    try:
        fields = _fields(str(path), arrays, facts, verify=verify)
        known: Known = {
            "all_observed": bool(facts["all_observed"]),
            "lowest_willingness": float(facts["lowest_willingness"]),
            "own": Passing(arrays.get("out", fields["trust"]), arrays["back"]),
        }
        check_form(fields, known, int(facts["people"]), int(facts["steps"]))
        if verify:
            check_sense(fields, known)
    except UNFIT as error:
        raise IndexFileError(
            str(path), f"its parts do not fit together ({error})", mend=AGAIN
        ) from error
    return fields, known


def _fields(
    file: str, arrays: dict[str, Array], facts: dict[str, Any], *, verify: bool
) -> dict[str, Any]:
    n, m = int(facts["people"]), int(facts["steps"])
    if len(arrays["out_start"]) != n + 1:  # before anything is made for so many
        message = "the number of people is wrong"
        raise ValueError(message)
    labels = _labels_read(facts["labels"], arrays, n)
    fields: dict[str, Any] = {name: arrays[name] for name in (*STARTS, *STEPS, "trust")}
    for name in (*NUMBERS, "observed"):
        if name in facts["absent"]:
            fields[name] = constant(ABSENT[name], m)
        else:
            fields[name] = arrays["trust" if name in facts["as_trust"] else name]
    columns = {
        name.removeprefix("people "): TextColumn(file, name.removeprefix("people "), array, n)
        for name, array in arrays.items()
        if name.startswith("people ")
    }
    silent = {
        name.removeprefix("silent "): array
        for name, array in arrays.items()
        if name.startswith("silent ")
    }
    records = None
    if "records" in arrays:
        held, start = arrays["records"], arrays["records start"]
        check_starts("records start", start, m, len(held), order=verify)
        records = TextRecords(file, held, start, facts.get("records", RECORDS))
    return {
        **fields,
        "labels": labels,
        "_people": People(labels, columns),
        "model": facts["model"] and TrustModel.model_validate_json(facts["model"]),
        "as_of": str(facts["as_of"]),
        "owners": tuple(facts["owners"]),
        "_silent": silent,
        "_records": records,
    }


def _labels_kept(labels: Sequence[Any]) -> tuple[str, dict[str, Array]]:
    types = set(map(type, labels))
    if types <= {int} and labels == (*range(len(labels)),):
        return "numbers", {}
    if types <= {int} and all(-(2**63) <= label < 2**63 for label in labels):
        return "whole", {"labels": np.array(labels, np.int64)}
    if types == {str}:
        return "texts", _texts("labels", labels)
    return "mixed", {"labels": _text(labels)}


def _labels_read(form: str, arrays: dict[str, Array], n: int) -> tuple[Any, ...]:
    if form == "numbers":
        return tuple(range(n))
    if form == "texts":
        text, start = bytes(arrays["labels"]), arrays["labels start"]
        check_starts("labels start", start, n, len(text))
        places = pairwise(start.tolist())
        labels = tuple(text[a:b].decode("utf-8", "surrogatepass") for a, b in places)
    else:
        held = arrays["labels"]
        labels = tuple(held.tolist() if form == "whole" else json.loads(bytes(held)))
    if len(labels) != n:
        message = "the number of ids is wrong"
        raise ValueError(message)
    return labels


def _texts(name: str, texts: Sequence[str]) -> dict[str, Array]:
    """Return texts as one array of bytes, and where each begins."""
    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    start = np.zeros(len(encoded) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, encoded), np.int64, len(encoded)), out=start[1:])
    return {name: np.frombuffer(b"".join(encoded), np.uint8), f"{name} start": start}


def _text(values: Sequence[Any]) -> Array:
    return np.frombuffer(_dumped(list(values)).encode(), np.uint8)


def _dumped(value: Any) -> str:
    return json.dumps(value, default=_told)


def _told(value: Any) -> Any:
    """Return something that JSON does not know as something that it knows."""
    return value.item() if isinstance(value, np.generic) else str(value)


@dataclass(frozen=True, eq=False)
class TextColumn:
    """A column of the n people of a file: one text in JSON, parsed when it is asked for."""

    file: str
    name: str
    held: Array
    n: int

    def __call__(self) -> Sequence[Any]:
        """Return the values by number."""
        try:
            read = list(json.loads(bytes(self.held)))
            if self.name in PAIRED:
                read = [None if value is None else tuple(map(tuple, value)) for value in read]
            elif self.name == "schools":
                read = [None if value is None else tuple(value) for value in read]
        except (TypeError, ValueError, RecursionError) as error:
            reason = f"what it tells of people ({self.name}) cannot be read"
            raise IndexFileError(self.file, reason, mend=AGAIN) from error
        if len(read) != self.n:
            reason = f"it tells of {len(read)} people instead of {self.n} ({self.name})"
            raise IndexFileError(self.file, reason, mend=AGAIN)
        return read
