"""Which names of organisations count as one, for a user to see and to put right."""

from collections.abc import Mapping
from typing import Final

import pandas as pd

from trustgraph._text import clean, near, organisation_key
from trustgraph.errors import RecordError
from trustgraph.models.acts import told_once
from trustgraph.models.conflicts import other_facts
from trustgraph.models.distinct import distinct, mapped_ids
from trustgraph.models.network import Network

__all__ = ["organisation_names", "rename_organisations"]

COLUMNS: Final = ("name", "key", "people", "together", "counts_as_one")


def organisation_names(net: Network) -> pd.DataFrame:
    """Return the names of organisations as people wrote them, and which of them count as one.

    Nothing in a network is overwritten: names are compared when a question is asked. Names with
    the same key count as one organisation (a strong match).

    Parameters
    ----------
    net
        The network.

    Returns
    -------
    pandas.DataFrame
        One row a name, those of many people first: ``name`` as written, ``key`` (without legal
        form, tagline, case, accents and punctuation), ``people`` who are or were there under that
        name, ``together`` with all names of the key, ``counts_as_one``: all these names, sorted.

    See Also
    --------
    rename_organisations : Tells names apart, or makes them one.

    Examples
    --------
    >>> from trustgraph.ingest.naming import organisation_names
    >>> net = tg.Network.from_records(
    ...     [{"id": "ana", "organisation": "Acme"}, {"id": "bo", "organisation": "ACME Inc."}]
    ... )
    >>> organisation_names(net)[["name", "key", "together"]].values.tolist()
    [['ACME Inc.', 'acme', 2], ['Acme', 'acme', 2]]
    """
    here = net.people["organisation"].rename_axis("person").reset_index()
    places = pd.concat([here, net.positions[["person", "organisation"]]], ignore_index=True)
    places = places[places["organisation"] != ""].drop_duplicates()
    places["key"] = distinct(places["organisation"], organisation_key)
    names = places.groupby(["key", "organisation"])["person"].size().reset_index(name="people")
    groups = names.groupby("key")
    lists = {key: tuple(sorted(told)) for key, told in groups["organisation"]}
    together = names["key"].map(places.groupby("key")["person"].nunique()).astype("int64")
    # What has no word at all ("!!!") matches nothing.
    names["together"] = together.where(names["key"] != "", names["people"])
    names = names.rename(columns={"organisation": "name"})
    names["counts_as_one"] = [
        lists[key] if key else (name,)
        for name, key in zip(names["name"], names["key"], strict=True)
    ]
    order = ["together", "key", "people", "name"]
    names = names.sort_values(order, ascending=[False, True, False, True], ignore_index=True)
    return names[list(COLUMNS)]


def rename_organisations(net: Network, names: Mapping[str, str]) -> Network:
    """Return a network that knows some organisations by another name.

    To tell two organisations apart that count as one, give one a name of its own
    (``{"Acme Ltd": "Acme Bakery"}``); to make two one, give both the same name. The network
    handed in stays as it is, and the name as it was written stays in the new one as a fact of the
    kind ``work``.

    Parameters
    ----------
    net
        The network.
    names
        Name as written -> name to use instead.

    Returns
    -------
    Network
        The network with these names in people and positions.

    Raises
    ------
    RecordError
        If no organisation is written so, or the new name is empty.

    Examples
    --------
    >>> from trustgraph.ingest.naming import organisation_names, rename_organisations
    >>> net = tg.Network.from_records(
    ...     [{"id": "ana", "organisation": "Acme"}, {"id": "bo", "organisation": "ACME Inc."}]
    ... )
    >>> apart = rename_organisations(net, {"ACME Inc.": "Acme Bakery"})
    >>> organisation_names(apart)["key"].tolist()
    ['acme', 'acmebakery']
    """
    apart = net.replace(merged=None)
    people, positions = apart.people, apart.positions
    known = sorted({*people["organisation"], *positions["organisation"]} - {""})
    for number, (name, new) in enumerate(names.items(), start=1):
        if name not in known:
            alike = near(name, known)
            mend = (
                f"name it as it is written: {', '.join(alike)}"
                if alike
                else "organisation_names(net) lists them"
            )
            reason = "no organisation is written so"
            raise RecordError(reason, file="names", row=number, value=name, mend=mend)
        if not clean(new):
            mend = "say what to call it instead"
            raise RecordError("an empty name", file="names", row=number, value=name, mend=mend)
    new_people = people.assign(organisation=mapped_ids(people["organisation"], names))
    said = people[people["organisation"] != new_people["organisation"]].rename_axis("id")
    written = other_facts(said.reset_index().assign(at=net.as_of, origin=""), new_people)
    return apart.replace(
        people=new_people.reset_index(),
        positions=positions.assign(organisation=mapped_ids(positions["organisation"], names)),
        facts=told_once(pd.concat([apart.facts, written], ignore_index=True)),
        merged=net.merged,
    )
