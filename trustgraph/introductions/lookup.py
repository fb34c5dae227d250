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


class _Likeness:
    """How alike names are to a text: 1 the same, .9 all its words stand there, else by spelling."""

    def __init__(self, wanted: str) -> None:
        self.sought = fold(wanted)
        self.words = words(wanted)
        self.matcher = SequenceMatcher(autojunk=False)
        self.matcher.set_seq2(self.sought)

    def of(self, name: str) -> float:
        held = fold(name)
        if not self.sought or not held:
            return 0.0
        if self.sought == held:
            return 1.0
        parts = words(name)
        if set(self.words) <= set(parts):
            return 0.9
        # A single word may be a misspelt part of the name, worth a little less than the whole.
        forms = (held, *parts) if len(self.words) == 1 else (held,)
        return min(0.89, max(self._ratio(form) for form in forms))

    def _ratio(self, form: str) -> float:
        self.matcher.set_seq1(form)
        if self.matcher.real_quick_ratio() < ALIKE or self.matcher.quick_ratio() < ALIKE:
            return 0.0
        return self.matcher.ratio()


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
    alike = _Likeness(text)
    likeness = np.array(
        [
            max(alike.of(name), alike.of(str(label)))
            for name, label in zip(index.names, index.labels, strict=True)
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
    alike = _Likeness(text)
    floor = {"exact": 1.0, "strong": 0.95, "weak": 0.9}
    frame = pd.DataFrame(
        {
            "organisation": known,
            "match": [tier or "" for tier in tiers],
            "people": [int(people.get(name, 0)) for name in known],
            "likeness": [
                max(floor.get(tier or "", 0.0), alike.of(name))
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
