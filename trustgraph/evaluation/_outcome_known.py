"""What is known to have come about, from asks or from the archive itself."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import pandas as pd

from trustgraph._text import circle_key
from trustgraph.evaluation._outcome_asks import person_known, seeker_of
from trustgraph.models.network import Network
from trustgraph.models.outcome import OUTCOME_EVENTS, Outcome

__all__ = ["KINDS", "Event", "EventKind", "asked_events", "recorded_events"]

EventKind = Literal["employer", "connection", "introduction", "ask"]

KINDS: Final[dict[EventKind, tuple[str, str]]] = {
    "employer": ("new employer", "new employers"),
    "connection": ("new connection", "new connections"),
    "introduction": ("person who introduced you", "people who introduced you"),
    "ask": ("ask that reached its target", "asks that reached their target"),
}
"""What came about, in words: one, and more."""


@dataclass(frozen=True)
class Event:
    """Something that came about, or, for an ask, was tried.

    Attributes
    ----------
    kind
        What.
    target
        Id of the person, or name of the organisation.
    person
        Whether the target is a person.
    day
        When; of an ask the day of the ask.
    introducer
        Whom an ask went to; empty otherwise.
    came_true
        Whether an ask reached its target; None while that is open, and otherwise.
    clarity
        Of an ask.
    """

    kind: EventKind
    target: str
    person: bool
    day: dt.date
    introducer: str = ""
    came_true: bool | None = None
    clarity: float = 1.0


def asked_events(net: Network, outcomes: Sequence[Outcome], seeker: str) -> list[Event]:
    """Return the asks of a seeker, in the order of their days."""
    found = []
    for one in outcomes:
        if seeker_of(net, one) != seeker:
            continue
        target = person_known(net, one.target)
        ended = any(getattr(one, event) is not None for event in OUTCOME_EVENTS)
        introducer = person_known(net, one.introducer)
        found.append(
            Event(
                kind="ask",
                target=target,
                person=target in net.people.index,
                day=one.asked,
                introducer="" if introducer == target else introducer,
                came_true=one.reached if ended else None,
                clarity=one.clarity,
            )
        )
    return sorted(found, key=lambda one: (one.day, one.target, one.introducer))


def recorded_events(net: Network, seeker: str) -> list[Event]:
    """Return what an archive says of its seeker: employers, connections, introductions."""
    found = [*_employers(net, seeker), *_acts(net, seeker)]
    return sorted(found, key=lambda one: (one.day, one.kind, one.target))


def _employers(net: Network, seeker: str) -> list[Event]:
    held = net.positions
    held = held[(held["person"] == seeker) & (held["kind"] == "employer")]
    first: dict[str, tuple[pd.Timestamp, str]] = {}
    always = set()
    for name, started in zip(held["organisation"], held["started"], strict=True):
        key = circle_key(name)
        if pd.isna(started):
            always.add(key)  # it may have been there before any day
        elif key not in first or started < first[key][0]:
            first[key] = (started, name)
    return [
        Event("employer", name, person=False, day=started.date())
        for key, (started, name) in first.items()
        if key not in always
    ]


def _acts(net: Network, seeker: str) -> list[Event]:
    acts = net.evidence
    acts = acts[acts["at"].notna()]
    source, target = acts["source"].astype(object), acts["target"].astype(object)
    mine = acts["kind"].eq("connection") & (source.eq(seeker) | target.eq(seeker))
    helped = acts["kind"].eq("introduction_made") & target.eq(seeker)
    found: dict[tuple[EventKind, str], dt.date] = {}
    chosen_by: dict[EventKind, pd.Series[bool]] = {"connection": mine, "introduction": helped}
    for kind, chosen in chosen_by.items():
        for one, other, at in zip(source[chosen], target[chosen], acts["at"][chosen], strict=True):
            who = other if one == seeker else one
            day = at.date()
            known = found.get((kind, who))
            # Of several introductions by one person the first is news; and so of connections.
            if known is None or day < known:
                found[kind, who] = day
    return [Event(kind, who, person=True, day=day) for (kind, who), day in found.items()]
