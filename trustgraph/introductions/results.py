"""What a search for introductions returns."""

from collections.abc import Iterator, Sequence
from typing import Any, Final, Literal, overload

import pandas as pd

from trustgraph._html import card_html, table_html
from trustgraph.introductions import explain
from trustgraph.introductions.step import Step
from trustgraph.models.ask import Ask
from trustgraph.models.base import FrozenModel

__all__ = ["Forwarder", "Introduction", "Introductions", "NearestMiss", "TrustInterval"]

SCHEMA_VERSION: Final = 1
COLUMNS: Final = {
    "rank": "int64",
    "score": "float64",
    "delivery": "float64",
    "carried": "float64",
    "hops": "int64",
    "path": "object",
    "introducer": "object",
    "target": "object",
    "forward_only": "float64",
    "nothing": "float64",
    "lift": "float64",
    "weakest": "str",
    "observed_steps": "int64",
    "trust_low": "float64",
    "trust_mean": "float64",
    "trust_high": "float64",
    "share_first": "float64",
    "block": "str",
}
"""Columns of the frame and their types, in order."""
Reason = Literal[
    "",
    "no_evidence_of_trust",
    "nobody_at_target",
    "nobody_who_would_vouch",
    "too_many_intermediaries",
    "only_inferred_ties",
    "only_people_not_to_ask",
    "you_are_there",
    "no_path",
]


class TrustInterval(FrozenModel):
    """Mean and 5 to 95 % range of a score when only the trust is uncertain.

    Examples
    --------
    >>> tg.introductions.TrustInterval(low=0.1, mean=0.2, high=0.4).high
    0.4
    """

    low: float
    mean: float
    high: float


class Introduction(FrozenModel):
    """One path from the seeker to a target.

    Attributes
    ----------
    path, names
        Ids and names from the seeker to the target.
    steps
        The steps in order.
    rank
        Place among the paths of its block, from 1; equal scores share a rank.
    score
        Modelled probability that the request is answered, endorsed at every hop and believed;
        it compares paths and promises nothing. In [0, 1]; ``delivery * carried``.
    delivery
        Probability that the request arrives endorsed (for a direct tie: is answered).
    carried
        Trust that is believed at the far end, given that it arrives.
    forward_only
        Probability that it arrives as a mere forward, which carries no reputation.
    lift
        Chance of success relative to a cold application, 1 = the same; None where nobody vouches
        (``purpose="reach"``).
    trust_interval, share_first
        Uncertainty about trust: range of the score, and the share of draws in which the path is
        the best of those found in its block; None where the graph has no certainty.
    block
        ``"observed"``: every tie is on record; ``"inferred"``: at least one is guessed.

    Examples
    --------
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
    >>> path = tg.find_introductions(G, "ana", "cy")[0]
    >>> path.introducer, path.hops, path.weakest.asked
    ('bo', 2, 'cy')
    """

    path: tuple[Any, ...]
    names: tuple[str, ...]
    steps: tuple[Step, ...]
    rank: int
    score: float
    delivery: float
    carried: float
    forward_only: float
    lift: float | None
    trust_interval: TrustInterval | None = None
    share_first: float | None = None
    block: Literal["observed", "inferred"] = "observed"

    @property
    def hops(self) -> int:
        """Number of steps; a direct tie has 1."""
        return len(self.steps)

    @property
    def introducer(self) -> Any:
        """Id of the first intermediary, empty for a direct tie."""
        return self.path[1] if len(self.path) > 2 else ""  # noqa: PLR2004 - seeker and target

    @property
    def intermediaries(self) -> tuple[Any, ...]:
        """Ids of the people between seeker and target."""
        return self.path[1:-1]

    @property
    def nothing(self) -> float:
        """Probability that nothing arrives: 1 - delivery - forward_only."""
        return max(0.0, 1.0 - self.delivery - self.forward_only)

    @property
    def weakest(self) -> Step:
        """The step with the smallest factor."""
        return min(self.steps, key=lambda step: step.factor)

    @property
    def observed_steps(self) -> int:
        """Number of steps that a record states; neither inferred nor assumed."""
        return sum(step.observed and not step.assumed for step in self.steps)

    def explain(self) -> str:
        """Return the path in plain sentences.

        Returns
        -------
        str
            Who asks whom, why they would vouch, the weakest step and what would mend it.

        Examples
        --------
        >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
        >>> print(tg.find_introductions(G, "ana", "cy")[0].explain().splitlines()[0])
        ana asks bo, who passes it on to cy. Score 0.40.
        """
        return "\n".join(explain.path_lines(self))

    def to_row(self) -> dict[str, Any]:
        """Return the path as one row of the frame of its result."""
        interval = self.trust_interval
        return {
            "rank": self.rank,
            "score": self.score,
            "delivery": self.delivery,
            "carried": self.carried,
            "hops": self.hops,
            "path": self.path,
            "introducer": self.introducer,
            "target": self.path[-1],
            "forward_only": self.forward_only,
            "nothing": self.nothing,
            "lift": float("nan") if self.lift is None else self.lift,
            "weakest": f"{self.weakest.asker} → {self.weakest.asked}",
            "observed_steps": self.observed_steps,
            "trust_low": interval.low if interval else float("nan"),
            "trust_mean": interval.mean if interval else float("nan"),
            "trust_high": interval.high if interval else float("nan"),
            "share_first": float("nan") if self.share_first is None else self.share_first,
            "block": self.block,
        }


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


class Introductions(FrozenModel):
    """The best introductions to a target, best first.

    A sequence of `Introduction`: first the paths on record, then, if asked for, those with an
    inferred tie. Empty is an answer: ``reason`` says why and ``nearest_misses`` what is near.

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
    optimal
        Whether these are proved to be the k best.
    forwarders
        Contacts of the seeker with a way on who would only forward.
    reason
        Why there is none, else empty.
    nearest_misses
        Paths that are nearly there.
    contacts_at_target
        Names of the seeker's contacts at or among the target, in alphabetical order.
    as_of
        Date of the graph.
    seed
        Seed of the draws behind the trust intervals.
    schema_version
        Version of the dictionary form.

    Examples
    --------
    >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
    >>> paths = tg.find_introductions(G, "ana", "cy")
    >>> len(paths), paths.reason, paths[0].path
    (1, '', ('ana', 'bo', 'cy'))
    """

    ask: Ask
    seeker_name: str
    target_name: str
    items: tuple[Introduction, ...]
    k: int
    max_intermediaries: int
    observed_only: bool = True
    optimal: bool = True
    forwarders: tuple[Forwarder, ...] = ()
    reason: Reason = ""
    nearest_misses: tuple[NearestMiss, ...] = ()
    contacts_at_target: tuple[str, ...] = ()
    as_of: str = ""
    seed: int | None = 0
    schema_version: Literal[1] = SCHEMA_VERSION

    def __len__(self) -> int:
        """Return the number of paths."""
        return len(self.items)

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
            share_first, block``.

        Examples
        --------
        >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8}), ("cy", "bo", {"trust": 0.5})])
        >>> tg.find_introductions(G, "ana", "cy").to_frame()[["rank", "score", "introducer"]]
           rank  score introducer
        0     1    0.4         bo
        """
        rows = [item.to_row() for item in self.items]
        frame = pd.DataFrame(rows, columns=list(COLUMNS))
        types = {name: COLUMNS[name] for name in COLUMNS if COLUMNS[name] != "object"}
        return frame.astype(types)

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
        return "\n".join(explain.result_lines(self))

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain types that JSON can hold; `from_dict` reads it back."""
        return self.model_dump(mode="json")

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> "Introductions":
        """Return the result that `to_dict` wrote.

        Parameters
        ----------
        data
            What `to_dict` returned.

        Returns
        -------
        Introductions
            An equal result.

        Raises
        ------
        pydantic.ValidationError
            If it is of another schema version or incomplete.

        Examples
        --------
        >>> G = nx.DiGraph([("bo", "ana", {"trust": 0.8})])
        >>> paths = tg.find_introductions(G, "ana", "bo")
        >>> tg.introductions.Introductions.from_dict(paths.to_dict()) == paths
        True
        """
        return cls.model_validate(data)

    def _repr_html_(self) -> str:
        title = f"Introductions from {self.seeker_name} to {self.target_name}"
        if not self.items:
            return card_html(title, "", lines=explain.result_lines(self))
        shown = self.to_frame()[["rank", "score", "delivery", "carried", "lift", "block"]]
        shown.insert(1, "path", [item.names for item in self.items])
        return card_html(title, table_html(shown))
