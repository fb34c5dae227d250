"""A network in Parquet files, one a table: for people whose tools read those."""

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from trustgraph.errors import ArchiveError, RecordError
from trustgraph.ingest.json_files import parsed
from trustgraph.ingest.network_data import (
    FORMAT,
    SCHEMA,
    TABLE_COLUMNS,
    check_schema,
    network_from_tables,
    tables_of,
)
from trustgraph.ingest.whole_files import MAX_BYTES, check_free
from trustgraph.models import Network

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["read_parquet", "write_parquet"]

_KEY: Final = b"trustgraph"
_TYPES: Final = {
    **dict.fromkeys(("at", "until", "started", "finished"), "time"),
    **dict.fromkeys(("amount", "trust", "certainty"), "number"),
    "row": "whole",
    "do_not_ask": "flag",
}
_AGAIN: Final = "write the network again with write_parquet"


def write_parquet(net: Network, folder: str | os.PathLike[str], *, overwrite: bool = False) -> None:
    """Write a network to Parquet files that `read_parquet` reads back without any loss.

    Parameters
    ----------
    net
        The network; everything in it is written, also texts, judgements, merges and the report.
    folder
        Where to; made if it is not there. It gets a file for each table: people.parquet, ….
    overwrite
        Whether files that are there already may be replaced.

    Raises
    ------
    ArchiveError
        If pyarrow is not installed (the extra ``parquet``), a file is there already, or nothing
        can be written there.

    Examples
    --------
    >>> from trustgraph.ingest.parquet import read_parquet, write_parquet
    >>> def there_and_back(net, folder):
    ...     write_parquet(net, folder)
    ...     return read_parquet(folder) == net
    """
    arrow, files = _arrow()
    place = Path(folder).expanduser()
    check_free(place, [f"{name}.parquet" for name in TABLE_COLUMNS], overwrite=overwrite)
    tables, owners = tables_of(net)
    as_of = net.as_of.isoformat() if net.as_of else None
    notes = {"format": FORMAT, "schema": SCHEMA, "owners": owners, "as_of": as_of}
    for name, frame in tables.items():
        file = place / f"{name}.parquet"
        try:
            table = arrow.Table.from_pandas(
                frame, schema=_schema(arrow, name), preserve_index=False
            )
            told = json.dumps({**notes, "table": name}).encode()
            files.write_table(table.replace_schema_metadata({_KEY: told}), file)
        except (arrow.ArrowException, OSError, ValueError) as error:
            raise ArchiveError(
                f"it cannot be written ({_first_line(error)})",
                file=file.name,
                mend="see write_json",
            ) from error


def read_parquet(folder: str | os.PathLike[str], *, max_bytes: int = MAX_BYTES) -> Network:
    """Read a network from files that `write_parquet` wrote.

    Parameters
    ----------
    folder
        Where they are.
    max_bytes
        Most bytes that a table may say it unpacks to.

    Returns
    -------
    Network
        The network as it was written. Nothing is left out: a file with anything wrong in it is
        refused.

    Raises
    ------
    ArchiveError
        If pyarrow is not installed (the extra ``parquet``), a file is not there, too large, no
        Parquet, of another network or a newer schema, or holds a column of a wrong type.
    RecordError
        If a record does not fit its model, names an unknown person or stands twice.

    Examples
    --------
    >>> from trustgraph.ingest.parquet import read_parquet
    >>> read_parquet("missing")
    Traceback (most recent call last):
        ...
    trustgraph.errors.ArchiveError: ...
    """
    arrow, files = _arrow()
    place = Path(folder).expanduser()
    tables: dict[str, pd.DataFrame] = {}
    notes: list[dict[str, Any]] = []
    for name in TABLE_COLUMNS:
        file = place / f"{name}.parquet"
        if not file.is_file():
            mend = "give the folder that write_parquet wrote, whole"
            raise ArchiveError("there is no such file", file=file.name, mend=mend)
        try:
            with files.ParquetFile(file) as source:
                notes.append(_notes(source, name, max_bytes))
                table = source.read(columns=list(TABLE_COLUMNS[name]))
            tables[name] = _plain(arrow, table, name).to_pandas()
        except (arrow.ArrowException, OSError, LookupError, ValueError) as error:
            if isinstance(error, RecordError):
                raise
            reason = f"it cannot be read ({_first_line(error)})"
            raise ArchiveError(reason, file=file.name, mend=_AGAIN) from error
    if any(told != notes[0] for told in notes):
        raise ArchiveError("the files are of different networks", file=place.name, mend=_AGAIN)
    owners, as_of = notes[0].get("owners"), notes[0].get("as_of")
    if not isinstance(owners, list) or not all(isinstance(one, str) for one in owners):
        raise ArchiveError("owners: not a list of texts", file=place.name, mend=_AGAIN)
    return network_from_tables(tables, owners, as_of)


def _arrow() -> tuple[Any, Any]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as files
    except ImportError as error:
        mend = "install it: pip install 'trustgraph-analysis[parquet]'"
        raise ArchiveError("Parquet files need the package pyarrow", mend=mend) from error
    return pa, files


def _schema(arrow: Any, table: str) -> Any:
    types = {
        "time": arrow.timestamp("us", "UTC"),
        "number": arrow.float64(),
        "whole": arrow.int64(),
        "flag": arrow.bool_(),
    }
    coded = arrow.dictionary(arrow.int32(), arrow.string())
    text = coded if table == "evidence" else arrow.string()
    return arrow.schema(
        [(name, types.get(_TYPES.get(name, ""), text)) for name in TABLE_COLUMNS[table]]
    )


def _plain(arrow: Any, table: Any, name: str) -> Any:
    """Return a table with the types that it should have; what cannot be cast is an error."""
    columns = []
    for field in _schema(arrow, name):
        column = table.column(field.name)
        if arrow.types.is_dictionary(field.type) and not arrow.types.is_dictionary(column.type):
            column = column.cast(arrow.string()).dictionary_encode()
        columns.append(column.cast(field.type))
    return arrow.table(columns, names=list(TABLE_COLUMNS[name]))


def _notes(source: Any, name: str, max_bytes: int) -> dict[str, Any]:
    """Return what a file says of its network, before its rows are read."""
    file, metadata = f"{name}.parquet", source.metadata
    groups = (metadata.row_group(number) for number in range(metadata.num_row_groups))
    if sum(group.total_byte_size for group in groups) > max_bytes:
        mend = "if you trust the file, allow more with max_bytes="
        raise ArchiveError(f"the table holds more than {max_bytes} bytes", file=file, mend=mend)
    notes = parsed((metadata.metadata or {}).get(_KEY, b"null"), file)
    if not isinstance(notes, dict) or notes.get("format") != FORMAT or notes.get("table") != name:
        reason = "this is no table that trustgraph wrote"
        raise ArchiveError(reason, file=file, mend=_AGAIN)
    check_schema(notes.get("schema"))
    unknown = sorted(set(source.schema_arrow.names) - set(TABLE_COLUMNS[name]))
    if unknown:
        raise ArchiveError("an unknown column", file=file, value=unknown[0][:60], mend=_AGAIN)
    return {key: value for key, value in notes.items() if key != "table"}


def _first_line(error: Exception) -> str:
    return (str(error).split("\n", 1)[0] or type(error).__name__)[:200]
