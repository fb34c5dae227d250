"""Where targets stood on a day: scores of all candidates, and how recently their circle was met."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from trustgraph._text import circle_key
from trustgraph._typing import Graph
from trustgraph.evaluation._outcome_known import Event
from trustgraph.evaluation._outcome_past import Past, UndatedPositions, known_by
from trustgraph.graph.build import build_graph
from trustgraph.graph.index import TrustIndex
from trustgraph.introductions.find import find_introductions
from trustgraph.introductions.organisations import rank_organisations
from trustgraph.introductions.reach import introduction_reach
from trustgraph.models.ask import Ask, Organisation
from trustgraph.models.network import Network
from trustgraph.trust.model import TrustModel

__all__ = ["Day", "Place"]

Scores = Mapping[str, float]
"""Candidate -> score."""


@dataclass(frozen=True)
class Place:
    """Where one target stood among its candidates.

    Attributes
    ----------
    score
        Of the best introduction, in [0, 1]; 0 if there was none.
    rank, recency_rank
        Place by score and by recency of contact, from 1; the mean place where several are alike,
        None where the target was not reached, or nothing is known of contact.
    candidates
        How many there were; 0 if the target was unknown.
    introducer
        Whom to ask, by the best introduction; empty if there is none.
    introducer_rank
        Place of who was really asked among the best introducers; None if not among them.
    undated
        Whether the best introduction rests on where somebody is today.
    """

    score: float
    rank: float | None
    recency_rank: float | None
    candidates: int
    introducer: str
    introducer_rank: int | None = None
    undated: bool = False


@dataclass(frozen=True, eq=False)
class Day:
    """The network of a seeker as it was on a day."""

    past: Past
    G: Graph
    index: TrustIndex
    seeker: str
    model: TrustModel
    most: int
    k: int

    @classmethod
    def of(
        cls,
        net: Network,
        day: dt.date,
        seeker: str,
        model: TrustModel,
        *,
        most: int,
        k: int,
        undated_positions: UndatedPositions,
    ) -> "Day":
        """Return the network as it was at the end of a day."""
        past = known_by(net, day, undated_positions=undated_positions)
        G = build_graph(past.net, model=model, as_of=day)
        return cls(past, G, TrustIndex.from_graph(G), seeker, model, most, k)

    def place(self, event: Event) -> Place | None:
        """Return where the target of an event stood; None if it was no news on that day."""
        if event.kind == "introduction":
            return self._introducer(event.target)
        if event.kind == "connection" and self._has_tie(event.target):
            return None
        place = self._person(event) if event.person else self._organisation(event.target)
        return place if event.kind != "ask" else self._asked(event, place)

    def _has_tie(self, person: str) -> bool:
        return self.G.has_edge(self.seeker, person) or self.G.has_edge(person, self.seeker)

    @cached_property
    def _contact(self) -> dict[str, str]:
        """Last day of contact with each contact of the seeker, in ISO form; empty: unknown."""
        return {
            person: str(tie["last_contact"])
            for _, person, tie in self.G.out_edges(self.seeker, data=True)
        }

    def _introducer(self, person: str) -> Place:
        cut = self.model.gate.min_willingness
        scores = {}
        for one, _, tie in self.G.in_edges(self.seeker, data=True):
            vouches = tie["willingness"] >= cut and not self.G.nodes[one]["do_not_ask"]
            factor = tie["response"] * tie["willingness"] * tie["endorsed_trust"]
            scores[one] = factor if vouches else 0.0
        best = max(sorted(scores), key=lambda one: scores[one], default="")
        found = _placed(person, scores, self._contact)
        return Place(*found, introducer=best if scores.get(best) else "")

    @cached_property
    def _organisations(self) -> pd.DataFrame:
        frame = rank_organisations(
            self.index, self.seeker, max_intermediaries=self.most, model=self.model
        )
        return frame.assign(key=frame["organisation"].map(circle_key)).set_index("key")

    @cached_property
    def _insiders(self) -> dict[str, set[str]]:
        insiders: defaultdict[str, set[str]] = defaultdict(set)
        for person, about in self.G.nodes(data=True):
            held = (about["organisation"], *(name for name, _ in (*about["also"], *about["past"])))
            for name in held:
                insiders[circle_key(name)].add(person)
        return dict(insiders)

    def _organisation(self, name: str) -> Place:
        frame, key = self._organisations, circle_key(name)
        met = self._contact
        recency = {
            one: max((met.get(person, "") for person in self._insiders.get(one, ())), default="")
            for one in frame.index
        }
        scores = dict(zip(frame.index.tolist(), frame["score"].tolist(), strict=True))
        found = _placed(key, scores, recency)
        if key not in frame.index:
            return Place(*found, introducer="")
        row = frame.loc[key]
        return Place(
            *found,
            introducer=str(row["introducer"]),
            undated=row["score"] > 0 and row["insider"] in self.past.undated,
        )

    @cached_property
    def _reach(self) -> Scores:
        frame = introduction_reach(
            self.index, self.seeker, max_intermediaries=self.most, model=self.model
        )
        return dict(zip(frame.index.tolist(), frame["score"].tolist(), strict=True))

    def _person(self, event: Event) -> Place:
        tied = {self.seeker}
        if event.kind == "connection":
            tied |= {one for one in self.G if self._has_tie(one)}
        scores = {
            one: score
            for one, score in self._reach.items()
            if one not in tied and self.G.degree[one]
        }
        met = self._contact
        recency = {
            one: max(met.get(person, "") for person in (one, *self.G.predecessors(one)))
            for one in scores
        }
        found = _placed(event.target, scores, recency)
        best = self._best(event.target, 1) if found[0] > 0 else []
        return Place(*found, introducer=best[0][0] if best else "")

    def _best(
        self, target: str | Organisation, k: int, clarity: float = 1.0
    ) -> list[tuple[str, float]]:
        """Return the best introducers, each once, and the score by way of them."""
        ask = Ask(seeker=self.seeker, target=target, clarity=clarity)
        paths = find_introductions(
            self.index,
            ask,
            k=k,
            max_intermediaries=self.most,
            diversity="introducer",
            model=self.model,
        )
        return [(path.introducer, path.score) for path in paths]

    def _asked(self, event: Event, place: Place) -> Place:
        if event.person and event.target not in self.index.labels:
            return place
        target = event.target if event.person else Organisation(event.target)
        found = self._best(target, self.k, event.clarity)
        introducers = [introducer for introducer, _ in found]
        asked = event.introducer
        return Place(
            score=found[0][1] if found else 0.0,
            rank=place.rank,
            recency_rank=place.recency_rank,
            candidates=place.candidates,
            introducer=introducers[0] if introducers else "",
            introducer_rank=introducers.index(asked) + 1 if asked in introducers else None,
            undated=place.undated,
        )


def _placed(
    target: str, scores: Scores, recency: Mapping[str, str]
) -> tuple[float, float | None, float | None, int]:
    """Return score, both ranks and the number of candidates."""
    if target not in scores:
        return 0.0, None, None, 0
    score, met = scores[target], recency.get(target, "")
    return (
        score,
        _rank(list(scores.values()), score, lambda one: one > 0),
        _rank([recency.get(one, "") for one in scores], met, bool),
        len(scores),
    )


def _rank(values: list[Any], own: Any, told: Callable[[Any], bool]) -> float | None:
    """Return the mean place of all that are alike, from 1; None for who has nothing."""
    if not told(own):
        return None
    if isinstance(own, float):
        alike = np.isclose(values, own, rtol=0, atol=1e-12)
        above = int((np.array(values) > own)[~alike].sum())
        return above + (int(alike.sum()) + 1) / 2
    above = sum(bool(one > own) for one in values)
    return above + (sum(bool(one == own) for one in values) + 1) / 2
