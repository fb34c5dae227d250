"""Whom a seeker could plausibly get to know, and through what."""

from collections.abc import Iterator
from typing import Final, Literal

import numpy as np

from trustgraph._text import circle_key
from trustgraph._typing import Bools
from trustgraph.graph.index import TrustIndex

__all__ = ["COMMON", "Common", "common_ground"]

Common = Literal["contact", "organisation", "school", "nothing"]
COMMON: Final[tuple[Common, ...]] = ("contact", "organisation", "school", "nothing")


def common_ground(index: TrustIndex, seeker: int, *, observed_only: bool) -> list[Common]:
    """Return what each person has in common with the seeker, by number.

    Parameters
    ----------
    index
        The graph.
    seeker
        Number of the seeker.
    observed_only
        Whether inferred ties count for nothing.

    Returns
    -------
    list of str
        ``"contact"``: somebody has a tie, either way, with both; else ``"organisation"`` or
        ``"school"``, at present or in the past; else ``"nothing"``.

    Examples
    --------
    >>> from trustgraph.planning._ties_people import common_ground
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
    >>> common_ground(tg.TrustIndex.from_graph(G), 0, observed_only=True)
    ['nothing', 'nothing', 'contact']
    """
    near = _contacts_of(index, _is(index, seeker), observed_only=observed_only)
    shared = _contacts_of(index, near, observed_only=observed_only)
    found: list[Common] = ["contact" if one else "nothing" for one in shared.tolist()]
    for kind, places in (("organisation", _organisations(index)), ("school", _schools(index))):
        circles = list(places)
        own = circles[seeker]
        for person, held in enumerate(circles):
            if found[person] == "nothing" and not own.isdisjoint(held):
                found[person] = "organisation" if kind == "organisation" else "school"
    found[seeker] = "nothing"
    return found


def _is(index: TrustIndex, person: int) -> Bools:
    flags = np.zeros(index.n, bool)
    flags[person] = True
    return flags


def _contacts_of(index: TrustIndex, people: Bools, *, observed_only: bool) -> Bools:
    """Whether each person has a tie with any of some people, in either direction."""
    asker, asked = index.asker_of(np.arange(index.m)), index.out_asked
    if observed_only and not index.all_observed:
        asker, asked = asker[index.observed], asked[index.observed]
    there = np.zeros(index.n, bool)
    there[asked[people[asker]]] = True
    there[asker[people[asked]]] = True
    return there


def _organisations(index: TrustIndex) -> Iterator[frozenset[str]]:
    nodes = index.nodes
    keys: dict[str, str] = {}

    def key(name: str) -> str:
        if name not in keys:
            keys[name] = circle_key(name)
        return keys[name]

    for here, also, past in zip(nodes["organisation"], nodes["also"], nodes["past"], strict=True):
        named = (here, *(name for name, _ in (*also, *past)))
        yield frozenset(filter(None, map(key, filter(None, named))))


def _schools(index: TrustIndex) -> Iterator[frozenset[str]]:
    for schools in index.nodes["schools"]:
        yield frozenset(filter(None, map(circle_key, schools)))
