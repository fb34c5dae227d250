"""Help with spelling: who and what the graph knows under a name."""

from difflib import SequenceMatcher

import numpy as np
import pandas as pd

from trustgraph._text import fold, match_organisations, words
from trustgraph._typing import Graph
from trustgraph.graph.index import TrustIndex

__all__ = ["find_organisations", "find_people"]

ALIKE = 0.7
"""Likeness of spelling from which a name is offered, in [0, 1] (Ratcliff & Obershelp 1988)."""


def _likeness(wanted: str, name: str) -> float:
    """Return 1 for the same name, .9 if every wanted word stands in it, else how alike they are."""
    sought, held = fold(wanted), fold(name)
    if not sought or not held:
        return 0.0
    if sought == held:
        return 1.0
    if set(words(wanted)) <= set(words(name)):
        return 0.9
    return min(0.89, SequenceMatcher(None, sought, held).ratio())


def find_people(G: Graph | TrustIndex, text: str, *, n: int = 10) -> pd.DataFrame:
    """Return the people whose name or id is like a text.

    Parameters
    ----------
    G
        The graph, or its index.
    text
        A name, a part of it made of whole words, or a misspelling.
    n
        Most rows to return.

    Returns
    -------
    pandas.DataFrame
        ``person`` (id), ``name``, ``organisation``, ``position``, ``likeness`` in [0, 1]; the
        likest first, then by id.

    Examples
    --------
    >>> G = tg.build_graph(tg.datasets.load_office())
    >>> tg.find_people(G, "Ana Lina")["name"].tolist()
    ['Ana Lima']
    """
    index = G if isinstance(G, TrustIndex) else TrustIndex.from_graph(G)
    likeness = np.array(
        [
            max(_likeness(text, name), _likeness(text, str(label)))
            for name, label in zip(index.nodes["name"], index.labels, strict=True)
        ]
    )
    frame = index.nodes[["name", "organisation", "position"]].copy()
    frame.insert(0, "person", list(index.labels))
    frame["likeness"] = likeness
    return _likest(frame, "person", n)


def find_organisations(G: Graph | TrustIndex, text: str, *, n: int = 10) -> pd.DataFrame:
    """Return the organisations whose name is like a text.

    Parameters
    ----------
    G
        The graph, or its index.
    text
        A name or a misspelling of it.
    n
        Most rows to return.

    Returns
    -------
    pandas.DataFrame
        ``organisation`` as spelt in the records, ``match`` (``exact``, ``strong``, ``weak``, or
        empty where only the spelling is alike), ``people`` known there at present, ``likeness`` in
        [0, 1]; matches first, then the likest, then by name.

    Examples
    --------
    >>> G = tg.build_graph(tg.datasets.load_office())
    >>> tg.find_organisations(G, "ACME Inc.")[["organisation", "match"]].values.tolist()
    [['Acme', 'strong']]
    """
    index = G if isinstance(G, TrustIndex) else TrustIndex.from_graph(G)
    people = index.nodes["organisation"][index.nodes["organisation"] != ""].value_counts()
    elsewhere = {
        organisation
        for places in ("also", "past")
        for held in index.nodes[places]
        for organisation, _ in held
    }
    known = sorted(set(people.index) | elsewhere)
    tiers = match_organisations(text, known)
    floor = {"exact": 1.0, "strong": 0.95, "weak": 0.9}
    frame = pd.DataFrame(
        {
            "organisation": known,
            "match": [tier or "" for tier in tiers],
            "people": [int(people.get(name, 0)) for name in known],
            "likeness": [
                max(floor.get(tier or "", 0.0), _likeness(text, name))
                for name, tier in zip(known, tiers, strict=True)
            ],
        }
    )
    return _likest(frame, "organisation", n)


def _likest(frame: pd.DataFrame, name: str, n: int) -> pd.DataFrame:
    alike = frame[frame["likeness"] >= ALIKE]
    return (
        alike.sort_values(["likeness", name], ascending=[False, True], ignore_index=True)
        .head(n)
        .reset_index(drop=True)
    )
