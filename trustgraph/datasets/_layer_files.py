"""Several kinds of ties of one group, each in a file of edges, with a file of the people."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from trustgraph.datasets._home import Home, Published
from trustgraph.datasets._rows_values import Ids
from trustgraph.datasets._small_tables import numbers, small_table
from trustgraph.datasets.layers import ENDS, Layers
from trustgraph.errors import ArchiveError, GraphContractError

__all__ = ["read_layers"]

EDGES: Final = "{}.edges.csv"
NODES: Final = "{}.nodes.csv"


def read_layers(
    data: Published, files: Mapping[str, str], data_home: Home, *, verify: bool
) -> Layers:
    """Read the layers of a published set of data.

    Parameters
    ----------
    data
        Which one; its counts are ``person`` and the names of the layers.
    files
        Name of a layer -> beginning of the names of its two files.
    data_home
        The folder of data.
    verify
        Whether to check the counts.

    Returns
    -------
    Layers
        The people, as the first layer tells them, and all ties.

    Raises
    ------
    ArchiveError
        If a file is not there or cannot be used, or ``verify`` and it holds something else.
    """
    path = data.find(NODES.format(next(iter(files.values()))), data_home)
    told = small_table(path, ["id"])
    tables = {
        name: small_table(data.find(EDGES.format(prefix), data_home), ENDS)
        for name, prefix in files.items()
    }
    ids = Ids()
    known = [ids.numbers(column) for column in _id_columns(told, tables)]
    labels = ids.labels()
    person, *ends = (labels.iloc[numbers_].reset_index(drop=True) for numbers_ in known)
    ties = {
        name: pd.DataFrame(dict(zip(ENDS, ends[2 * place : 2 * place + 2], strict=True)))
        for place, name in enumerate(tables)
    }
    people = pd.DataFrame(
        {name: _attribute(told[name], path.name) for name in told.columns if name != "id"}
    ).set_axis(pd.Index(person, name="person"))
    try:
        layers = Layers(people, ties)
    except GraphContractError as error:
        mend = "get the files again, all from one place"
        raise ArchiveError(str(error), file=data.folder, mend=mend) from error
    if verify:
        sizes = {name: len(frame) for name, frame in ties.items()}
        data.check(data.folder, {"person": len(people), **sizes})
    return layers


def _id_columns(told: pd.DataFrame, tables: Mapping[str, pd.DataFrame]) -> "list[pd.Series[Any]]":
    return [told["id"], *(table[end] for table in tables.values() for end in ENDS)]


def _attribute(texts: "pd.Series[Any]", file: str) -> "pd.Series[Any]":
    """Return codes and years, also if they are written as 4.0, as whole numbers."""
    found = numbers(texts, file=file)
    return found.astype("int64") if bool((found % 1 == 0).all()) else found
