"""Columns of a user's own tables, found by name: case, spaces and order do not matter.

========== ============= ==========================================================================
table      column        other titles that mean the same
========== ============= ==========================================================================
people     id            person, person id, slug
people     name          full name
people     organisation  organization, company, employer
people     position      title, job title, role
people     location      city, place
people     url           address, link, profile, profile url, linkedin
people     do_not_ask    (none)
evidence   kind          type
evidence   source        from
evidence   target        to
evidence   at            date, day, when, time
evidence   amount        number, count
evidence   origin        archive
positions  person        id, person id
positions  organisation  organization, company, employer, school
positions  title         position, job title, role
positions  started       start, start date, started on, from
positions  finished      end, end date, finished on, to, until
positions  kind          type
facts      person        id, person id
facts      kind          type
facts      text          what
facts      organisation  organization, company, employer
facts      at            date, day, when, time
facts      until         end
texts      source, …     as in evidence; text: content
judgements source, …     as in evidence
========== ============= ==========================================================================
"""

from collections.abc import Iterable, Sequence
from typing import Final

from trustgraph.ingest.network_data import TABLE_COLUMNS
from trustgraph.ingest.tables import Table, column_key

__all__ = ["NAMED_TABLES", "named_columns", "table_form"]

_ORGANISATION: Final = "organization company employer"
_ROLE: Final = "jobtitle role"
_WHEN: Final = "date day when time"
_ACT: Final = {"kind": "type", "source": "from", "target": "to", "at": _WHEN, "origin": "archive"}
_ALSO: Final[dict[str, dict[str, str]]] = {
    "people": {
        "id": "person personid slug",
        "name": "fullname",
        "organisation": _ORGANISATION,
        "position": f"title {_ROLE}",
        "location": "city place",
        "url": "address link profile profileurl linkedin",
    },
    "evidence": {**_ACT, "amount": "number count"},
    "positions": {
        "person": "id personid",
        "organisation": f"{_ORGANISATION} school",
        "title": f"position {_ROLE}",
        "started": "start startdate startedon from",
        "finished": "end enddate finishedon to until",
        "kind": "type",
    },
    "facts": {
        "person": "id personid",
        "kind": "type",
        "text": "what",
        "organisation": _ORGANISATION,
        "at": _WHEN,
        "until": "end",
        "origin": "archive",
    },
    "texts": {**_ACT, "text": "content"},
    "judgements": {"source": "from", "target": "to"},
}
NAMED_TABLES: Final = tuple(_ALSO)
"""Tables that a user may hand in."""
_REQUIRED: Final = {
    "people": ("id",),
    "evidence": ("kind", "source", "target"),
    "positions": ("person", "organisation"),
    "facts": ("person", "kind"),
    "texts": ("kind", "source", "text"),
    "judgements": ("source", "target", "trust"),
}


def _also(table: str) -> dict[str, str]:
    """Return key of another title -> key of the column."""
    return {
        key: column_key(column) for column, keys in _ALSO[table].items() for key in keys.split()
    }


def table_form(table: str, required: Sequence[str] = ()) -> Table:
    """Return how a table of a user's is read from a text file.

    Parameters
    ----------
    table
        One of `NAMED_TABLES`.
    required
        Columns without which it cannot be read; default: those without which it says nothing.

    Returns
    -------
    Table
        The form; its columns are keys, as `column_key` makes them.

    Examples
    --------
    >>> from trustgraph.ingest.named_columns import table_form
    >>> table_form("evidence").columns
    ('kind', 'source', 'target', 'at', 'amount', 'origin')
    """
    needed = tuple(map(column_key, required or _REQUIRED[table]))
    others = [column_key(name) for name in TABLE_COLUMNS[table]]
    optional = tuple(key for key in others if key not in needed)
    plain = tuple(key for key in ("text",) if key in others)
    return Table(table, needed, optional, plain, _also(table))


def named_columns(table: str, titles: Iterable[object]) -> dict[str, str]:
    """Return which titles are columns of a table.

    Parameters
    ----------
    table
        One of `NAMED_TABLES`.
    titles
        Titles as the user writes them.

    Returns
    -------
    dict
        Title -> column, or an empty text where the title means nothing here or its column stands
        there already.

    Examples
    --------
    >>> from trustgraph.ingest.named_columns import named_columns
    >>> named_columns("evidence", ["From", "TO", "Kind", "mood"])
    {'From': 'source', 'TO': 'target', 'Kind': 'kind', 'mood': ''}
    """
    also = _also(table)
    names = {column_key(name): name for name in TABLE_COLUMNS[table]}
    found: dict[str, str] = {}
    for title in map(str, titles):
        key = column_key(title)
        column = names.get(also.get(key, key), "")
        found[title] = "" if column in found.values() else column
    return found
