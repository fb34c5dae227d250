"""The best way behind each introducer who said yes, as the graph was on the evening before."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np
import pandas as pd
from tqdm import tqdm

from trustgraph._typing import Bools, Floats, Graph, LongInts
from trustgraph.errors import AmbiguousPersonError, UnknownPersonError
from trustgraph.evaluation._outcome_asks import (
    ENDORSED,
    TIE_COLUMNS,
    Asks,
    Ties,
    seeker_of,
    tie_values,
)
from trustgraph.evaluation._outcome_chances import GateMeans, Values
from trustgraph.evaluation._outcome_past import known_by
from trustgraph.graph.build import build_graph
from trustgraph.graph.index import TrustIndex
from trustgraph.models.ask import Ask, Incentive, Organisation
from trustgraph.models.network import Network
from trustgraph.models.outcome import Outcome
from trustgraph.steps.question import Question, ask_question
from trustgraph.trust.model import TrustModel
from trustgraph.trust.response import ResponseModel

__all__ = ["Ways", "target_of", "ways_of"]

MOST: Final = 2
"""Further intermediaries behind an introducer."""


@dataclass(frozen=True, eq=False)
class Ways:
    """What lay behind introducers who endorsed.

    Attributes
    ----------
    ask
        Number of the ask of each way, shape (w,).
    met
        Whether the target was met, shape (w,).
    further
        Number of further intermediaries on the best way, shape (w,).
    arrives
        Factor of the last step, and of what the incentive leaves, shape (w,).
    first, first_means
        What each introducer made of the seeker; means of X g(X) come from the second.
    way, step, step_means
        Number of the way of each further step, what the one asked made of the asker there.
    kappa
        Factor of the clarity, of each further step.
    unknown
        Endorsed asks behind whose introducer no way was known.
    """

    ask: LongInts
    met: Bools
    further: LongInts
    arrives: Floats
    first: Ties
    first_means: tuple[GateMeans, GateMeans]
    way: LongInts
    step: Ties
    step_means: GateMeans
    kappa: Floats
    unknown: int

    def __len__(self) -> int:
        """Return the number of ways."""
        return len(self.ask)

    def take(self, places: LongInts | Bools) -> "Ways":
        """Return some of the ways."""
        chosen = np.arange(len(self))[places]
        number = np.full(len(self), -1, np.int64)
        number[chosen] = np.arange(len(chosen))
        kept = number[self.way] >= 0
        return Ways(
            ask=self.ask[chosen],
            met=self.met[chosen],
            further=self.further[chosen],
            arrives=self.arrives[chosen],
            first=self.first.take(chosen),
            first_means=(self.first_means[0].take(chosen), self.first_means[1].take(chosen)),
            way=number[self.way[kept]],
            step=self.step.take(kept),
            step_means=self.step_means.take(kept),
            kappa=self.kappa[kept],
            unknown=self.unknown,
        )

    def without_retention(self, values: Values) -> Floats:
        """Return the chance that each target is met, given the endorsement, if nothing fades."""
        gate = (values["gate.trials"], values["gate.endorse_at"])
        willing, grown = (means.mean(*gate) for means in self.first_means)
        trust = self.first.alpha / (self.first.alpha + self.first.beta)
        # The trust that is passed on, given that it is.
        found = self.arrives * np.clip(trust * grown / np.maximum(willing, 1e-300), trust, 1.0)
        answers = ResponseModel(
            cold=values["response.cold"],
            friend=values["response.friend"],
            patience_days=values["response.patience_days"],
        )
        tie = self.step
        factor = answers.response(tie.recall, tie.belief, tie.unanswered) * self.kappa
        factor = factor * tie.alpha / (tie.alpha + tie.beta) * self.step_means.mean(*gate)
        np.multiply.at(found, self.way, factor)
        return found

    def chances(self, values: Values) -> Floats:
        """Return the chance that each target is met, given the endorsement."""
        return self.without_retention(values) * values["paths.retention"] ** self.further


def target_of(net: Network, outcome: Outcome) -> str | Organisation:
    """Return the target of an outcome: a person of the network, else an organisation."""
    return outcome.target if outcome.target in net.people.index else Organisation(outcome.target)


def ways_of(
    net: Network,
    outcomes: Sequence[Outcome],
    asks: Asks,
    model: TrustModel,
    *,
    as_of: dt.date,
    hidden: bool | None,
) -> Ways:
    """Return the best ways behind the introducers who endorsed long enough ago.

    Parameters
    ----------
    net
        The network.
    outcomes, asks
        The same asks, as records and as arrays.
    model
        The trust model; it decides which way is the best.
    as_of
        The day on which the outcomes are judged.
    hidden
        Whether to show no progress; None: only where it takes long.

    Returns
    -------
    Ways
        In the order of the asks.
    """
    old = as_of - dt.timedelta(days=model.response.silence_after_days)
    rows = [
        row
        for row in np.flatnonzero((asks.ending == ENDORSED) & ~asks.reach).tolist()
        # Whatever became of it: of late endorsements only the quick successes are known.
        if (outcomes[row].endorsed or as_of) <= old
    ]
    found: dict[int, tuple[float, list[list[float]]]] = {}
    bar = tqdm(
        sorted({outcomes[row].asked for row in rows}),
        desc="Ways",
        unit=" days",
        delay=1.0 if hidden is None else 0.0,
        leave=False,
        disable=bool(hidden),
    )
    acts = _Acts.of(net)
    for day in bar:
        evening = day - dt.timedelta(days=1)
        here = [row for row in rows if outcomes[row].asked == day]
        near = acts.near([outcomes[row] for row in here], model)
        G = build_graph(known_by(near, evening).net, model=model, as_of=evening)
        index = TrustIndex.from_graph(G)
        for row in here:
            if way := _way(net, index, G, outcomes[row]):
                found[row] = way
    kept = [row for row in rows if row in found]
    return _arrays(kept, found, outcomes, asks, model, unknown=len(rows) - len(kept))


def _arrays(
    rows: list[int],
    found: dict[int, tuple[float, list[list[float]]]],
    outcomes: Sequence[Outcome],
    asks: Asks,
    model: TrustModel,
    *,
    unknown: int,
) -> Ways:
    first = asks.ties.take(np.array(rows, np.int64))
    steps = [step for row in rows for step in found[row][1]]
    further = np.array([len(found[row][1]) for row in rows], np.int64)
    way = np.repeat(np.arange(len(rows)), further)
    step = tie_values(np.array(steps, np.float64).reshape(-1, len(TIE_COLUMNS)), model)
    left = [model.norms.reaction(Incentive(kind=outcomes[row].incentive)).carried for row in rows]
    return Ways(
        ask=np.array(rows, np.int64),
        met=np.array([outcomes[row].reached for row in rows], bool),
        further=further,
        arrives=np.array([found[row][0] for row in rows], np.float64) * np.array(left),
        first=first,
        first_means=(GateMeans.of(first), GateMeans.of(_grown(first))),
        way=way,
        step=step,
        step_means=GateMeans.of(_grown(step)),
        kappa=asks.kappa[np.array(rows, np.int64)][way],
        unknown=unknown,
    )


@dataclass(frozen=True, eq=False)
class _Acts:
    """A network, and who did something to whom in it, by number."""

    net: Network
    source: LongInts
    target: LongInts
    one: LongInts  # both ends of acts and judgements
    other: LongInts

    @classmethod
    def of(cls, net: Network) -> "_Acts":
        ids = net.people.index
        source, target, judge, judged = (
            ids.get_indexer(pd.Index(frame[end])).astype(np.int64)
            for frame in (net.evidence, net.judgements)
            for end in ("source", "target")
        )
        one, other = np.concatenate([source, judge]), np.concatenate([target, judged])
        return cls(net, source, target, np.append(one, other), np.append(other, one))

    def near(self, outcomes: Sequence[Outcome], model: TrustModel) -> Network:
        """Return the network with no more people than ways behind some introducers stand on.

        Such a way leads over a contact of the introducer and one of the target, at most.
        """
        if model.recall.shared_circles or model.recall.silence:
            return self.net  # what people do with others counts too
        ids = self.net.people.index
        there = np.zeros(len(ids), bool)
        for outcome in outcomes:
            ends = [one for one in (outcome.introducer, outcome.target) if one in ids]
            close = self._with_contacts(ids.get_indexer(pd.Index(ends, dtype=object)))
            if outcome.target not in ids:
                close = self._with_contacts(close)
            there[close] = True
        there[ids.get_indexer(pd.Index([seeker_of(self.net, one) for one in outcomes]))] = True
        there[ids.isin(self.net.owners)] = True
        return self._only(there)

    def _only(self, there: Bools) -> Network:
        """Return the network of some people alone, without facts and texts."""
        net = self.net
        here = net.people.index[there]
        judged = net.judgements["source"].isin(here) & net.judgements["target"].isin(here)
        return net.replace(
            people=net.people[there],
            evidence=net.evidence[there[self.source] & there[self.target]],
            positions=net.positions[net.positions["person"].isin(here)],
            judgements=net.judgements[judged],
            facts=net.facts[:0],
            texts=net.texts[:0],
        )

    def _with_contacts(self, people: Any) -> LongInts:
        some = np.zeros(len(self.net.people), bool)
        some[people] = True
        some[self.other[some[self.one]]] = True
        return np.flatnonzero(some)


def _grown(ties: Ties) -> Ties:
    """Return opinions with one more good observation: their gate gives E[X g(X)] / E[X]."""
    return Ties(ties.alpha + 1, ties.beta, ties.belief, ties.recall, ties.unanswered)


def _way(
    net: Network, index: TrustIndex, G: Graph, outcome: Outcome
) -> tuple[float, list[list[float]]] | None:
    """Return the factor of the last step and the values of the further ones, or None."""
    try:
        ask = Ask(
            seeker=seeker_of(net, outcome),
            target=target_of(net, outcome),
            clarity=outcome.clarity,
        )
        question = ask_question(index, ask)
        start = index.number(outcome.introducer)
    except (UnknownPersonError, AmbiguousPersonError, ValueError):
        return None
    people, last = _best(question, start)
    if last <= 0:
        return None
    names = [index.labels[person] for person in people]
    edges = [G.edges[asked, asker] for asker, asked in pairwise(names)]
    return last, [[float(edge[name]) for name in TIE_COLUMNS] for edge in edges]


def _best(question: Question, start: int) -> tuple[list[int], float]:
    """Return the intermediaries on the best way from one of them on, and its last factor.

    Sweeps back from the last steps, one a further intermediary: O(steps) each.
    """
    index = question.index
    last = np.zeros(index.n)
    np.maximum.at(last, question.exit_asker, question.exit_factor)
    steps = np.arange(len(index.out_asked))
    asker, asked = index.asker_of(steps), index.out_asked
    factor = question.further(steps)
    factor[asked == start] = 0.0  # nobody is asked twice
    levels, nexts = [last], [np.full(index.n, -1)]
    for _ in range(MOST):
        worth = factor * levels[-1][asked]
        best = np.zeros(index.n)
        np.maximum.at(best, asker, worth)
        chosen = np.full(index.n, -1)
        there = (worth > 0) & (worth == best[asker])
        chosen[asker[there][::-1]] = asked[there][::-1]
        levels.append(best)
        nexts.append(chosen)
    level = int(np.argmax([one[start] for one in levels]))
    people = [start]
    while level > 0:
        people.append(int(nexts[level][people[-1]]))
        level -= 1
    return people, float(last[people[-1]])
