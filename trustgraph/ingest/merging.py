"""Two ids found to be one person's, and how to take that back."""

import pandas as pd

from trustgraph.models.merged import MERGED_COLUMNS, person_of_alias
from trustgraph.models.network import Network

__all__ = ["merge_people", "split_person"]


def merge_people(net: Network, person: str, *others: str) -> Network:
    """Return a network in which other people are the same person.

    The tables are kept as the records told them; what the network hands out has the person once:
    under the id named first, with the facts of that id before those of the others, each act once,
    and all that was said otherwise as facts of the kinds ``name``, ``work`` and ``location``.

    Parameters
    ----------
    net
        The network.
    person
        Id or unique full name of the person whose id stays.
    *others
        Ids or unique full names of people who are the same person; owners may be among them.
        Who is that person already stays so.

    Returns
    -------
    Network
        The merged network. `Network.resolve` still understands the other ids and names.

    Raises
    ------
    UnknownPersonError, AmbiguousPersonError
        As `Network.resolve`.
    ValueError
        If nobody else is named.

    See Also
    --------
    split_person : Takes it back.
    possible_duplicates : Who may be one person.

    Examples
    --------
    >>> from trustgraph.ingest.merging import merge_people
    >>> net = tg.Network.from_records(
    ...     [{"id": "ana"}, {"id": "bo"}, {"id": "bo-2"}],
    ...     [
    ...         {"kind": "connection", "source": "ana", "target": "bo"},
    ...         {"kind": "recommendation", "source": "bo-2", "target": "ana"},
    ...     ],
    ... )
    >>> one = merge_people(net, "bo", "bo-2")
    >>> one.people.index.tolist(), one.resolve("bo-2")
    (['ana', 'bo'], 'bo')
    """
    if not others:
        message = f"nobody else is named; say who else is {person!r}"
        raise ValueError(message)
    kept = net.resolve(person)
    aliases = dict.fromkeys(net.resolve(other) for other in others)
    rows = [[alias, kept] for alias in aliases if alias != kept]
    if not rows:
        return net
    stated = pd.DataFrame(rows, columns=list(MERGED_COLUMNS))
    return net.replace(merged=pd.concat([net.merged, stated], ignore_index=True))


def split_person(net: Network, person: str, *aliases: str) -> Network:
    """Return a network in which merged people are people of their own again.

    What `merge_people` joined is exactly as it was: ``split_person(merge_people(net, a, b), a, b)``
    equals ``net`` for ids of people of ``net``.

    Parameters
    ----------
    net
        The network.
    person
        Id or unique full name of a merged person; or an alias alone, to split that one off.
    *aliases
        The ids to split off; what was merged into one of them before goes with it. If none are
        named, all ids of the person become people of their own.

    Returns
    -------
    Network
        The network with these people apart.

    Raises
    ------
    UnknownPersonError, AmbiguousPersonError
        As `Network.resolve`.
    ValueError
        If the person has no other ids, or not the named one.

    Examples
    --------
    >>> from trustgraph.ingest.merging import merge_people, split_person
    >>> net = tg.Network.from_records([{"id": "bo"}, {"id": "bo-2"}])
    >>> split_person(merge_people(net, "bo", "bo-2"), "bo") == net
    True
    """
    person_of = person_of_alias(net.merged)
    whole = net.resolve(person)
    wanted = set(aliases)
    if not wanted:
        theirs = {alias for alias, one in person_of.items() if one == whole}
        wanted = {person} if person in person_of else theirs
        if not wanted:
            message = f"{person!r} was not merged with anybody"
            raise ValueError(message)
    for alias in sorted(wanted):
        if person_of.get(alias) != whole:
            net.resolve(alias)
            message = f"{alias!r} is no other id of {person!r}; its other ids are in net.merged"
            raise ValueError(message)
    merged = net.merged
    return net.replace(merged=merged[~merged["alias"].isin(wanted)])
