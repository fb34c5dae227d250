"""What a search for introductions returns."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, Final, Literal, Protocol, overload

import pandas as pd
from pydantic import PrivateAttr

from trustgraph._html import card_html, shown, table_html
from trustgraph.introductions import explain
from trustgraph.introductions._frame import columns_of, frame_of
from trustgraph.introductions.introduction import Introduction, TrustInterval
from trustgraph.models.ask import Ask
from trustgraph.models.base import FrozenModel
from trustgraph.models.deferred import DeferredModel, Source

__all__ = ["Forwarder", "Introduction", "Introductions", "NearestMiss", "TrustInterval"]

SCHEMA_VERSION: Final = 1
Reason = Literal[
    "",
    "no_evidence_of_trust",
    "nobody_at_target",
    "nobody_who_would_vouch",
    "too_many_intermediaries",
    "only_inferred_ties",
    "only_people_not_to_ask",
    "you_are_there",
    "work_limit",
    "no_path",
]
Diversity = Literal["introducer", "intermediary"]


class Forwarder(FrozenModel):
    """Somebody who would at best forward: too little known or trusted to endorse.

    Attributes
    ----------
    person, name
        Who.
    willingness
        Chance that they would endorse, below the cut; in [0, 1].
    forward
        Chance that they answer and forward; in [0, 1].
    trust
        Their trust in the seeker; in [0, 1].

    Examples
    --------
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.2, "willingness": 0.1, "forwards": 0.5})])
    >>> G.add_edge("cy", "bo", trust=0.5)
    >>> tg.find_introductions(G, "ana", "cy").forwarders[0].forward
    0.5
    """

    person: Any
    name: str
    willingness: float
    forward: float
    trust: float


class NearestMiss(FrozenModel):
    """A path that would be there if something were different.

    Attributes
    ----------
    path, names
        Ids and names from the seeker to the target.
    lacking
        What is missing, in a sentence.

    Examples
    --------
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
    >>> paths = tg.find_introductions(G, "ana", "cy", max_intermediaries=0)
    >>> paths.nearest_misses[0].lacking
    'a shorter way: it needs 1 intermediary, the limit is 0'
    """

    path: tuple[Any, ...]
    names: tuple[str, ...]
    lacking: str


class Answer(Source, Protocol):
    """What a search has found, before anybody looks at it."""

    def __len__(self) -> int:
        """Return the number of paths."""

    def columns(self) -> Mapping[str, Any]:
        """Return the columns of the frame."""


class Introductions(DeferredModel):
    """The best introductions to a target, best first.

    A sequence of `Introduction`: first the paths on record, then, if asked for, those with an
    inferred tie. Empty is an answer: ``reason`` says why and ``nearest_misses`` what is near.
    A search fills in the items, the forwarders, the reasons and the contacts when they are first
    looked at; the frame needs none of them. What they say is that of the moment of the call. Until
    all are there, which `explain` and `settle` see to, the answer holds its index.

    Attributes
    ----------
    ask
        The question.
    seeker_name, target_name
        For reading.
    items
        The paths.
    k, max_intermediaries, observed_only
        What was asked for.
    diversity
        What no two paths of a block share: the ``"introducer"``, any ``"intermediary"``, or None.
    max_work
        Steps that each search might read, None for all.
    optimal
        Whether these are proved to be the k best (with `diversity`: each the best that shares
        nothing with those before).
    truncated
        Whether ``max_work`` cut a search short.
    unexplored
        The best score that a path not looked at can have, in [0, 1]; 0 if not truncated.
    forwarders
        Contacts of the seeker with a way on who would only forward; not looked for if the search
        was cut short.
    reason
        Why there is none, else empty.
    nearest_misses
        Paths that are nearly there.
    contacts_at_target
        Names of the seeker's contacts at or among the target, in alphabetical order.
    as_of
        Date of the graph.
    seed
        Seed of the draws behind the trust intervals; the number drawn if it was left to chance or
        to a generator. Asked with it again, the answer is the same.
    schema_version
        Version of the dictionary form.

    Examples
    --------
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
    >>> paths = tg.find_introductions(G, "ana", "cy")
    >>> len(paths), paths.reason, paths[0].path
    (1, '', ('ana', 'bo', 'cy'))
    """

    later: ClassVar[Mapping[str, Any]] = {
        "items": (),
        "forwarders": (),
        "reason": "",
        "nearest_misses": (),
        "contacts_at_target": (),
    }

    _source: Answer | None = PrivateAttr(default=None)

    ask: Ask
    seeker_name: str
    target_name: str
    items: tuple[Introduction, ...]
    k: int
    max_intermediaries: int
    observed_only: bool = True
    diversity: Diversity | None = None
    max_work: int | None = None
    optimal: bool = True
    truncated: bool = False
    unexplored: float = 0.0
    forwarders: tuple[Forwarder, ...] = ()
    reason: Reason = ""
    nearest_misses: tuple[NearestMiss, ...] = ()
    contacts_at_target: tuple[str, ...] = ()
    as_of: str = ""
    seed: int | None = 0
    schema_version: Literal[1] = SCHEMA_VERSION

    def __len__(self) -> int:
        """Return the number of paths."""
        source = self._source
        return len(self.items if source is None else source)

    def __iter__(self) -> Iterator[Introduction]:  # type: ignore[override]
        """Yield the paths, best first."""
        return iter(self.items)

    @overload
    def __getitem__(self, place: int) -> Introduction: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Introduction]: ...
    def __getitem__(self, place: int | slice) -> Introduction | Sequence[Introduction]:
        """Return one path or several by place."""
        return self.items[place]

    def to_frame(self) -> pd.DataFrame:
        """Return one row a path.

        Returns
        -------
        pandas.DataFrame
            ``rank, score, delivery, carried, hops, path, introducer, target, forward_only,
            nothing, lift, weakest, observed_steps, trust_low, trust_mean, trust_high,
            share_first, block``. Numbers are int64 or float64, ``weakest`` and ``block`` text, all
            others objects: ids are what they are in the graph.

        Examples
        --------
        >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
        >>> tg.find_introductions(G, "ana", "cy").to_frame()[["rank", "score", "introducer"]]
           rank  score introducer
        0     1    0.4         bo
        """
        source = self._source
        return frame_of(columns_of(self.items) if source is None else source.columns())

    def explain(self) -> str:
        """Return the answer in plain sentences.

        Returns
        -------
        str
            Who asks whom, why they would vouch, what is weak and what would mend it, what is
            observed and what assumed; or why there is no path and what is near.

        Examples
        --------
        >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
        >>> print(tg.find_introductions(G, "ana", "cy").explain().splitlines()[0])
        The best way from ana to cy has a score of 0.40; 1 path found.
        """
        self.settle()
        return "\n".join(map(shown, explain.result_lines(self)))

    def _repr_html_(self) -> str:
        title = f"Introductions from {self.seeker_name} to {self.target_name}"
        if not self.items:
            return card_html(title, "", lines=explain.result_lines(self))
        shown = self.to_frame()[["rank", "score", "delivery", "carried", "lift", "block"]]
        shown.insert(1, "path", [item.names for item in self.items])
        return card_html(title, table_html(shown))
