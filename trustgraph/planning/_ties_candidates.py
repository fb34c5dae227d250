"""Who might become a contact, or become one again, and what they would then hold of the seeker."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from trustgraph._typing import LongInts
from trustgraph.graph._values import NUMBERS
from trustgraph.graph.index import TrustIndex
from trustgraph.models.network import Network
from trustgraph.planning._ties_effort import TieEffort, revived, revived_on_record
from trustgraph.planning._ties_people import Common
from trustgraph.planning._ties_reach import Offers
from trustgraph.steps.told import told
from trustgraph.trust.model import TrustModel

__all__ = ["Candidate", "Contacts", "offers_of"]


@dataclass(frozen=True, eq=False)
class Candidate:
    """A tie that might be.

    Attributes
    ----------
    kind
        Whether the person is new, or an old contact.
    person
        Their number.
    before, after
        What they hold of the seeker now, empty if nothing, and then.
    common
        What they have in common.
    """

    kind: Literal["new", "revive"]
    person: int
    before: Mapping[str, float]
    after: Mapping[str, float]
    common: Common


@dataclass(frozen=True, eq=False)
class Contacts:
    """A seeker and those who have trust in them, on ties that may be used.

    Attributes
    ----------
    index, seeker
        The graph, and the number of the seeker.
    steps, people
        Numbers of the steps and of the people asked, sorted.
    common
        What each person of the graph has in common with the seeker.
    """

    index: TrustIndex
    seeker: int
    steps: LongInts
    people: LongInts
    common: list[Common]

    @classmethod
    def of(
        cls, index: TrustIndex, seeker: int, common: list[Common], *, observed_only: bool
    ) -> "Contacts":
        """Return the contacts of a seeker."""
        steps = np.arange(index.out_start[seeker], index.out_start[seeker + 1])
        if observed_only:
            steps = steps[index.observed[steps]]
        return cls(index, seeker, steps, index.out_asked[steps].astype(np.int64), common)

    def new(
        self, after: Mapping[str, float], without: Collection[int], *, anybody: bool
    ) -> list[Candidate]:
        """Return who is no contact and could be met, without some people."""
        known = {self.seeker, *self.people.tolist(), *without}
        return [
            Candidate("new", person, {}, after, ground)
            for person, ground in enumerate(self.common)
            if person not in known and (anybody or ground != "nothing")
        ]

    def faded(
        self, effort: TieEffort, fading: float, model: TrustModel, net: Network | None
    ) -> list[Candidate]:
        """Return the contacts whose recall has fallen, as they would be after an effort.

        From a network the effort is put on record; from a graph it is reckoned.
        """
        index = self.index
        recall = told(index, "recall", self.steps)
        steps, people = self.steps[recall < fading], self.people[recall < fading]
        now = {name: told(index, name, steps) for name in NUMBERS}
        if net is not None and index.as_of and len(people):
            labels = [index.labels[one] for one in people.tolist()]
            today = pd.Timestamp(index.as_of).to_pydatetime()
            seeker = index.labels[self.seeker]
            frame = revived_on_record(net, seeker, labels, effort, model, today)
            then: Mapping[str, Any] = {name: frame[name].to_numpy() for name in NUMBERS}
        else:
            then = revived(now, effort, model)
        return [
            Candidate(
                "revive",
                person,
                {name: float(now[name][row]) for name in NUMBERS},
                {name: float(then[name][row]) for name in NUMBERS},
                self.common[person],
            )
            for row, person in enumerate(people.tolist())
        ]


def offers_of(index: TrustIndex, model: TrustModel, candidates: list[Candidate]) -> Offers:
    """Return what each candidate's tie would be worth as a step, for a clear ask.

    Parameters
    ----------
    index
        The graph.
    model
        The trust model in force.
    candidates
        The candidates.

    Returns
    -------
    Offers
        One each; nobody who is not to be asked, or would not vouch, is a first step.
    """
    person = np.array([one.person for one in candidates], dtype=np.int64)
    columns = {
        name: np.array([one.after[name] for one in candidates], dtype=np.float64)
        for name in NUMBERS
    }
    entry = columns["response"] * columns["willingness"] * columns["endorsed_trust"]
    asked = columns["willingness"] >= model.gate.min_willingness
    asked &= ~index.spared[person]
    return Offers(
        person=person,
        entry=np.where(asked, entry * model.clarity.kappa(1.0), 0.0),
        answer=columns["response"],
        trust=columns["trust"],
    )
