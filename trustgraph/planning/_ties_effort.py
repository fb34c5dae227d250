"""What a new tie would look like after some effort, and what the same would do for an old one."""

import datetime as dt
from collections.abc import Mapping, Sequence
from numbers import Real
from typing import Annotated, Any, Final

import numpy as np
import pandas as pd
from pydantic import Field, model_validator

from trustgraph._text import counted, listed
from trustgraph._typing import Bools, Floats
from trustgraph.graph._change_values import Tie, new_values
from trustgraph.graph._values import NUMBERS
from trustgraph.graph.changed import STATED_CERTAINTY, read_changes
from trustgraph.graph.index import TrustIndex
from trustgraph.models.base import FrozenModel
from trustgraph.models.network import Network
from trustgraph.trust.model import TrustModel
from trustgraph.trust.ties import score_ties

__all__ = ["TieEffort", "facts_of_new_tie", "revived", "revived_on_record"]

TODAY: Final = dt.date(2026, 1, 1)
"""Any day: only ages count."""
OTHER, SEEKER = "other", "seeker"


class TieEffort(FrozenModel):
    """What two people do together so that a tie comes about or comes back (a judgement).

    Parameters
    ----------
    meetings
        Days on which they really meet, the first at the beginning of the time.
    conversations
        Days on which both write or talk, spread evenly over the time.
    helped
        How often the seeker helps the other, spread likewise.
    days
        The time that all this takes, in days. The ask comes at its end, so that the last
        conversation lies half a gap back.

    Raises
    ------
    pydantic.ValidationError
        If nothing is done, or a number is out of range.

    Notes
    -----
    What this is worth follows from the evidence table, the recall and the gate of the trust model
    in force, as if it stood on record; how much effort is usual is a judgement.

    Examples
    --------
    >>> effort = tg.planning.TieEffort(meetings=1, conversations=4, days=365)
    >>> print(effort.words)
    meet once and talk 4 times within 365 days
    """

    meetings: Annotated[int, Field(ge=0, le=1000)] = 0
    conversations: Annotated[int, Field(ge=0, le=1000)] = 0
    helped: Annotated[int, Field(ge=0, le=1000)] = 0
    days: Annotated[int, Field(ge=1, le=3650)] = 365

    @model_validator(mode="after")
    def _does_something(self) -> "TieEffort":
        if not (self.meetings or self.conversations or self.helped):
            message = "an effort needs at least one meeting, conversation or help"
            raise ValueError(message)
        return self

    @property
    def words(self) -> str:
        """What is to be done, in words."""
        parts = [
            f"{verb} {_times(number)}"
            for verb, number in (
                ("meet", self.meetings),
                ("talk", self.conversations),
                ("help them", self.helped),
            )
            if number
        ]
        return f"{listed(parts)} within {counted(self.days, 'day')}"

    def acts(self) -> list[tuple[str, float]]:
        """Return the kind and the age in days of each act at the end of the time."""
        meetings = [
            ("meeting_day", self.days * (1 - place / self.meetings))
            for place in range(self.meetings)
        ]
        return meetings + [
            (kind, self.days * (number - place - 0.5) / number)
            for kind, number in (
                ("conversation_day", self.conversations),
                ("help_given", self.helped),
            )
            for place in range(number)
        ]


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number:,} times")


def _records(effort: TieEffort, seeker: str, other: str, today: dt.date) -> list[dict[str, Any]]:
    return [
        {
            "kind": kind,
            "source": seeker,
            "target": other,
            "at": (today - dt.timedelta(days=round(age))).isoformat(),
        }
        for kind, age in effort.acts()
    ]


def _fresh(effort: TieEffort, model: TrustModel, kinds: Sequence[str] = ()) -> Mapping[str, float]:
    """Return what the other holds of the seeker after an effort, or some kinds of acts of it."""
    acts = [
        act for act in _records(effort, SEEKER, OTHER, TODAY) if not kinds or act["kind"] in kinds
    ]
    net = Network.from_records([{"id": SEEKER}, {"id": OTHER}], acts)
    ties = score_ties(net, model, TODAY).frame
    row = int(np.flatnonzero(ties["source"] == OTHER)[0])
    return {name: float(ties[name].iloc[row]) for name in NUMBERS}


def facts_of_new_tie(new_tie: Any, index: TrustIndex, model: TrustModel) -> dict[str, float]:
    """Return the numbers of a new tie, by name.

    Parameters
    ----------
    new_tie
        A `TieEffort`, or what can be stated of a tie in `what_if`: a trust, (trust, certainty) or
        a mapping.
    index
        The graph; in one of trust alone a new tie has trust alone.
    model
        The trust model in force.

    Returns
    -------
    dict
        All of trust, certainty, willingness, endorsed_trust, forwards, recall and response.

    Raises
    ------
    TypeError
        If it is neither.
    ValueError
        If a number is out of range.

    Examples
    --------
    >>> from trustgraph.planning._ties_effort import facts_of_new_tie
    >>> index = tg.TrustIndex.from_graph(tg.build_graph(tg.datasets.load_office()))
    >>> effort = tg.planning.TieEffort(meetings=1, conversations=4)
    >>> facts = facts_of_new_tie(effort, index, tg.TrustModel())
    >>> round(facts["trust"], 2), round(facts["willingness"], 2), round(facts["recall"], 2)
    (0.43, 0.29, 0.65)
    """
    gated = bool(((index.willingness != 1) | (index.endorsed_trust != index.trust)).any())
    silent = dict.fromkeys(NUMBERS, 1.0) | {"trust": 0.0, "endorsed_trust": 0.0}
    silent |= {"certainty": np.nan, "recall": np.nan}
    if isinstance(new_tie, TieEffort):
        fresh = dict(_fresh(new_tie, model))
        trust = fresh["trust"]
        return fresh if gated else silent | {"trust": trust, "endorsed_trust": trust}
    if not isinstance(new_tie, (Mapping, Real, tuple, list)):
        message = f"new_tie is {new_tie!r}; give a TieEffort, a trust, or a mapping of its numbers"
        raise TypeError(message)
    two = TrustIndex.from_frame(
        pd.DataFrame({"source": [SEEKER], "target": [OTHER], "trust": [0.0]}), model=model
    )
    change = read_changes(two, {(OTHER, SEEKER): new_tie})[0]
    told = silent | ({"certainty": STATED_CERTAINTY, "recall": 0.0} if gated else {})
    tie = Tie((OTHER, SEEKER), told, gated=gated, new=True)
    return told | new_values(tie, change.trust, change.certainty, change.stated, model)


def revived(told: Mapping[str, Floats], effort: TieEffort, model: TrustModel) -> dict[str, Floats]:
    """Return the numbers of some ties after an effort, from what the graph tells of them.

    Parameters
    ----------
    told
        Trust, certainty, willingness, endorsed_trust, forwards, recall and response of others in
        the seeker, shape (ties,) each.
    effort
        What is done.
    model
        The trust model in force.

    Returns
    -------
    dict
        The same numbers afterwards; those of ties without a recall, or without an opinion, as
        they were.

    Notes
    -----
    A graph does not tell of which kinds of evidence an opinion is made. As kinds saturate, the
    cautious assumption is made that all that is known already is of the kind that is added. The
    strength of contact is read off the recall; its terms for rhythm, shared circles and silence,
    off by default, are taken not to change. A conversation ends a silence.

    Examples
    --------
    >>> from trustgraph.planning._ties_effort import revived
    >>> told = {"trust": 0.5, "certainty": 0.5, "willingness": 0.4, "endorsed_trust": 0.6}
    >>> told |= {"forwards": 0.9, "recall": 0.2, "response": 0.4}
    >>> now = revived(
    ...     {name: np.array([one]) for name, one in told.items()},
    ...     tg.planning.TieEffort(conversations=3, days=90),
    ...     tg.TrustModel(),
    ... )
    >>> bool(now["recall"][0] > 0.2), bool(now["trust"][0] > 0.5)
    (True, True)
    """
    usable = _has_opinion(told)
    if not usable.any():
        return dict(told)
    part = {name: values[usable].astype(np.float64) for name, values in told.items()}
    opinion, weight = model.opinion, model.opinion.prior_weight
    total = weight / (1.0 - part["certainty"])
    alpha, beta = part["trust"] * total, (1.0 - part["trust"]) * total
    known = np.maximum(alpha - opinion.base_rate * weight, 0.0)
    added = np.zeros(len(alpha))
    for kind in dict.fromkeys(kind for kind, _ in effort.acts()):
        fresh = _fresh(effort, model, (kind,))
        mass = fresh["certainty"] / (1.0 - fresh["certainty"]) * weight
        cap = model.evidence.kind(kind).cap_backward
        added += mass if cap is None else mass * (1.0 - np.minimum(known, cap) / cap)
    alpha = alpha + added
    gate, recall = model.gate, model.recall
    strength = _strength(part["recall"], model) + _strength(_fresh(effort, model)["recall"], model)
    certainty = 1.0 - weight / (alpha + beta)
    trust = alpha / (alpha + beta)
    belief = np.clip(trust - opinion.base_rate * (1.0 - certainty), 0.0, certainty)
    comes_to_mind = recall.recall(strength)
    now = {
        "trust": trust,
        "certainty": certainty,
        "willingness": gate.willingness(alpha, beta),
        "endorsed_trust": gate.endorsed_trust(alpha, beta),
        "forwards": gate.forwards(alpha, beta),
        "recall": comes_to_mind,
        "response": model.response.response(comes_to_mind, belief, np.zeros(len(alpha))),
    }
    found = {name: np.array(values, dtype=np.float64) for name, values in told.items()}
    for name, values in now.items():
        found[name][usable] = values
    return found


def _has_opinion(told: Mapping[str, Floats]) -> Bools:
    """Whether each tie has an opinion, formed by contacts, that can still grow."""
    within = (told["trust"] > 0) & (told["trust"] < 1)
    usable: Bools = within & (told["certainty"] < 1) & (told["recall"] < 1)
    return usable


def _strength(recall: Any, model: TrustModel) -> Any:
    """Return the strength of contact behind a recall."""
    return model.recall.theta * np.power(recall / (1.0 - recall), 1.0 / model.recall.slope)


def revived_on_record(
    net: Network,
    seeker: str,
    people: Sequence[str],
    effort: TieEffort,
    model: TrustModel,
    today: dt.datetime,
) -> pd.DataFrame:
    """Return the numbers of some ties as if an effort stood on record for each of them.

    Parameters
    ----------
    net
        The network.
    seeker, people
        Ids of the seeker and of the others.
    effort
        What is done.
    model
        The trust model in force.
    today
        Date of the graph.

    Returns
    -------
    pandas.DataFrame
        By person: what they then hold of the seeker.

    Notes
    -----
    A tie depends on the records of its own two people alone, so that one network in which the
    seeker makes the effort with everybody tells of each by themselves.

    Examples
    --------
    >>> from trustgraph.planning._ties_effort import revived_on_record
    >>> net = tg.datasets.load_office()
    >>> when = pd.Timestamp(tg.build_graph(net).graph["as_of"]).to_pydatetime()
    >>> effort = tg.planning.TieEffort(conversations=3, days=90)
    >>> revived_on_record(net, "ana", ["ben"], effort, tg.TrustModel(), when).index.tolist()
    ['ben']
    """
    acts = [act for one in people for act in _records(effort, seeker, one, today.date())]
    more = Network.from_records(net.people, acts).evidence
    evidence = pd.concat([net.evidence, more], ignore_index=True)
    ties = score_ties(net.replace(evidence=evidence), model, today).frame
    towards = ties[ties["target"] == seeker].set_index("source")
    return towards.loc[list(people), list(NUMBERS)]
