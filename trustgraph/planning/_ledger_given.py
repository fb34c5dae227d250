"""What a question to the records is given: the network, a person, a moment."""

import datetime as dt
from typing import Any

from trustgraph.models.columns import utc_time
from trustgraph.models.network import Network
from trustgraph.models.people import Person

__all__ = ["check_network", "moment_of", "one_of"]


def check_network(net: Any) -> None:
    """Raise a TypeError if something given as a network is none.

    Examples
    --------
    >>> from trustgraph.planning._ledger_given import check_network
    >>> check_network(nx.DiGraph())
    Traceback (most recent call last):
        ...
    TypeError: net is of type DiGraph; single favours stand in the records: pass the Network ...
    """
    if not isinstance(net, Network):
        message = (
            f"net is of type {type(net).__name__}; single favours stand in the records: pass the "
            "Network that the graph was built from"
        )
        raise TypeError(message)


def one_of(person: Any) -> str:
    """Return how a person is named.

    Examples
    --------
    >>> from trustgraph.planning._ledger_given import one_of
    >>> one_of(tg.Person(id="ana", name="Ana Lima")), one_of("Bo Reyes")
    ('ana', 'Bo Reyes')
    """
    if isinstance(person, Person):
        return person.id
    if not isinstance(person, str):
        message = f"{person!r} is no person; give an id, a unique full name or a Person"
        raise TypeError(message)
    return person


def moment_of(net: Network, as_of: dt.datetime | dt.date | str | None) -> dt.datetime | None:
    """Return the moment of a question in UTC; None if none is given and nothing has a date.

    Examples
    --------
    >>> from trustgraph.planning._ledger_given import moment_of
    >>> str(moment_of(tg.datasets.load_office(), None).date())
    '2026-01-01'
    """
    return utc_time(as_of) or net.as_of or utc_time(net.evidence["at"].max())
