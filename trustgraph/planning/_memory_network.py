"""What people hold of somebody, from the records: scored at each date, nothing approximated."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from trustgraph._typing import Floats, LongInts
from trustgraph.models.network import Network
from trustgraph.planning._memory_ties import HALF, Memories, day_below_half, is_of_the_pair
from trustgraph.trust.acts import day_of, last_moment, read_acts
from trustgraph.trust.contact import ContactDays, contact_days, derive_contacts
from trustgraph.trust.model import TrustModel
from trustgraph.trust.pairs import Pairs
from trustgraph.trust.recall import contact_strength
from trustgraph.trust.ties import score_ties

__all__ = ["memories_of_network"]


def memories_of_network(
    net: Network,
    person: str,
    model: TrustModel,
    moments: Sequence[dt.datetime | None],
    *,
    observed_only: bool,
) -> Memories:
    """Return what those with a tie to a person hold of them.

    Parameters
    ----------
    net
        The records.
    person
        Their id.
    model
        The trust model in force.
    moments
        Now, and later ones; nothing that happens after the first counts.
    observed_only
        Whether to leave out inferred ties.

    Returns
    -------
    Memories
        What `score_ties` says at each of the moments.
    """
    known = _up_to(net, person, model, moments[0])
    frames = [_ties_to(person, known, model, one, observed_only=observed_only) for one in moments]
    people = frames[0].index.tolist()
    names = net.people["name"].reindex(people).tolist()
    contact = _Contact.of(known, model, person, people, moments[0])
    first, last, days = contact.rhythm()
    recall = _columns(frames, "recall")
    return Memories(
        people=people,
        names=[name or one for one, name in zip(people, names, strict=True)],
        recall=recall,
        willingness=_columns(frames, "willingness"),
        half=contact.half(recall[:, 0]),
        first=first,
        last=last,
        days=days,
        trust=frames[0]["trust"].to_numpy(np.float64),
    )


def _columns(frames: list[pd.DataFrame], name: str) -> Floats:
    return np.column_stack([frame[name].to_numpy(np.float64) for frame in frames])


def _up_to(net: Network, person: str, model: TrustModel, now: dt.datetime | None) -> Network:
    """Return the network with only what decides about the ties of the person so far."""
    evidence = net.evidence
    keep = pd.Series(data=True, index=evidence.index)
    if now is not None:
        keep &= evidence["at"].isna() | (evidence["at"] <= pd.Timestamp(last_moment(now)))
    if is_of_the_pair(model.recall):
        keep &= (evidence["source"] == person) | (evidence["target"] == person)
    return net.replace(evidence=evidence[keep])


def _ties_to(
    person: str,
    net: Network,
    model: TrustModel,
    moment: dt.datetime | None,
    *,
    observed_only: bool,
) -> pd.DataFrame:
    frame = score_ties(net, model, moment).frame
    wanted = frame["target"] == person
    if observed_only:
        wanted &= frame["observed"]
    return frame[wanted].set_index("source")


@dataclass(frozen=True, eq=False)
class _Contact:
    """Days of contact between a person and those with a tie to them."""

    days: ContactDays
    me: int
    others: LongInts
    model: TrustModel
    people: int
    today: int

    @classmethod
    def of(
        cls,
        net: Network,
        model: TrustModel,
        person: str,
        others: list[str],
        now: dt.datetime | None,
    ) -> "_Contact":
        ids, table = net.people.index, model.evidence
        acts = derive_contacts(read_acts(net.evidence, ids, table), table, people=len(ids))
        return cls(
            days=contact_days(acts, table, people=len(ids)),
            me=int(ids.get_indexer(pd.Index([person]))[0]),
            others=ids.get_indexer(pd.Index(others)).astype(np.int64),
            model=model,
            people=len(ids),
            today=0 if now is None else day_of(now),
        )

    def rhythm(self) -> tuple[Floats, Floats, LongInts]:
        """Return the first and last day of contact with each, and the number of such days."""
        # What the other did shows that they remember; what went unanswered, nothing.
        mine = (self.days.actor == self.me) & self.days.answered
        mine |= self.days.other == self.me
        other = np.where(self.days.actor == self.me, self.days.other, self.days.actor)
        met = pd.DataFrame({"other": other[mine], "day": self.days.day[mine]})
        told = met.groupby("other")["day"].agg(["min", "max", "nunique"]).reindex(self.others)
        count: LongInts = told["nunique"].fillna(0).to_numpy(np.int64)
        return told["min"].to_numpy(np.float64), told["max"].to_numpy(np.float64), count

    def half(self, recall: Floats) -> Floats:
        """Return the first day ahead on which each recall is under one half."""
        found = np.full(len(self.others), np.nan)
        for place in np.flatnonzero(recall >= HALF).tolist():
            other = int(self.others[place])
            days = self._between(other)
            pairs = Pairs.between(np.array([other]), np.array([self.me]), people=self.people)
            row = int(np.flatnonzero(pairs.source == other)[0])

            def recall_at(
                ahead: LongInts, days: ContactDays = days, pairs: Pairs = pairs, row: int = row
            ) -> Floats:
                today = self.today + int(ahead[0])
                strength = contact_strength(days, pairs, self.model.recall, today=today)
                return self.model.recall.recall(strength[[row]])

            found[place] = day_below_half(recall_at, 1)[0]
        return found

    def _between(self, other: int) -> ContactDays:
        """Return the days of two people; all days where others' count too."""
        days = self.days
        if not is_of_the_pair(self.model.recall):
            return days
        both = (days.actor == self.me) & (days.other == other)
        both |= (days.actor == other) & (days.other == self.me)
        return ContactDays(days.actor[both], days.other[both], days.day[both], days.answered[both])
