"""A network in one JSON file: everything it holds, to the microsecond."""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from trustgraph.errors import ArchiveError, RecordError
from trustgraph.ingest.network_data import network_from_dict, network_to_dict
from trustgraph.ingest.whole_files import MAX_BYTES, read_bounded, write_new
from trustgraph.models import Network

__all__ = ["read_json", "write_json"]

_DAMAGED: Final = "get the file again as write_json wrote it"


def write_json(net: Network, path: str | os.PathLike[str], *, overwrite: bool = False) -> None:
    """Write a network to a JSON file that `read_json` reads back without any loss.

    Parameters
    ----------
    net
        The network; everything in it is written, also texts, judgements, merges and the report.
    path
        Where to; packed as a gzip if the name ends in ``.gz``.
    overwrite
        Whether a file that is there already may be replaced.

    Raises
    ------
    ArchiveError
        If the file is there already, or nothing can be written there.

    See Also
    --------
    trustgraph.ingest.network_data.network_to_dict : The form, without the file.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> from trustgraph.ingest.json_files import read_json, write_json
    >>> file = pathlib.Path(tempfile.mkdtemp(), "office.json.gz")
    >>> net = tg.datasets.load_office()
    >>> write_json(net, file)
    >>> read_json(file) == net
    True
    """
    text = json.dumps(network_to_dict(net), allow_nan=False, separators=(",", ":"))
    write_new(Path(path).expanduser(), text.encode("ascii") + b"\n", overwrite=overwrite)


def read_json(path: str | os.PathLike[str], *, max_bytes: int = MAX_BYTES) -> Network:
    """Read a network from a file that `write_json` wrote.

    Parameters
    ----------
    path
        The file, packed as a gzip or not.
    max_bytes
        Most bytes it may hold, packed or not: a small gzip can unpack to more than there is room.

    Returns
    -------
    Network
        The network as it was written. Nothing is left out: a file with anything wrong in it is
        refused whole.

    Raises
    ------
    ArchiveError
        If the file is not there, too large, no JSON, of a newer schema, or holds a value of a
        wrong type; the error names table, column and row.
    RecordError
        If a record does not fit its model, names an unknown person or stands twice.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> from trustgraph.ingest.json_files import read_json
    >>> file = pathlib.Path(tempfile.mkdtemp(), "small.json")
    >>> _ = file.write_text(
    ...     '{"format": "trustgraph-network", "schema": 1, "tables": {"evidence":'
    ...     ' {"kind": ["project"], "source": ["ana"], "target": ["bo"], "amount": ["much"]}}}'
    ... )
    >>> read_json(file)
    Traceback (most recent call last):
        ...
    trustgraph.errors.ArchiveError: small.json: evidence.amount, row 1: not a number: 'much'; ...
    """
    file = Path(path).expanduser()
    data = parsed(read_bounded(file, max_bytes), file.name)
    try:
        return network_from_dict(data)
    except RecordError as error:
        place = f"{file.name}: {error.file}" if error.file else file.name
        raise type(error)(
            error.reason, file=place, row=error.row, value=error.value, mend=error.mend
        ) from error


def parsed(content: bytes, name: str) -> Any:
    """Return what a JSON text holds; anything that is no plain JSON is an `ArchiveError`."""
    try:
        return json.loads(
            content.decode("utf-8-sig"),
            object_pairs_hook=_unique,
            parse_constant=_no_constant,
        )
    except RecursionError:
        # Without its cause: that is a thousand lines long.
        raise ArchiveError("lists within lists without end", file=name, mend=_DAMAGED) from None
    except UnicodeDecodeError as error:
        reason = f"not UTF-8 from byte {error.start} on"
        raise ArchiveError(reason, file=name, mend=_DAMAGED) from error
    except json.JSONDecodeError as error:
        reason = f"no JSON from character {error.pos} on ({error.msg})"
        raise ArchiveError(reason, file=name, row=error.lineno, mend=_DAMAGED) from error
    except ArchiveError as error:
        raise ArchiveError(error.reason, file=name, value=error.value, mend=error.mend) from error
    except ValueError as error:
        raise ArchiveError("a number that is too long", file=name, mend=_DAMAGED) from error


def _unique(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    told = dict(pairs)
    if len(told) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for number, key in enumerate(keys) if key in keys[:number])
        raise ArchiveError("a key stands twice", value=twice[:60], mend=_DAMAGED)
    return told


def _no_constant(name: str) -> Any:
    raise ArchiveError("not a number that JSON knows", value=name, mend=_DAMAGED)
