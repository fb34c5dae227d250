"""Hypothesis strategies for small networks."""

import datetime as dt
from typing import Any

from hypothesis import strategies as st

AS_OF = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
PEOPLE = ("ana", "bo", "cy", "dee", "eve", "fay")
# Whose amount or date only ever adds to trust and recall, in both directions.
GOOD = (
    "connection",
    "conversation_day",
    "skill_endorsement",
    "recommendation",
    "same_team_year",
    "meeting_day",
    "project",
    "help_given",
    "introduction_made",
    "public_reaction",
)
BAD = ("introduction_declined", "endorsement_failed")

Act = dict[str, Any]


def days() -> st.SearchStrategy[dt.datetime]:
    """Return days of the twelve years before the date of the graphs."""
    return st.integers(0, 12 * 365).map(lambda age: AS_OF - dt.timedelta(days=age))


@st.composite
def acts(draw: st.DrawFn, kinds: tuple[str, ...], people: tuple[str, ...] = PEOPLE) -> Act:
    """Draw one act between two different people."""
    source, target = draw(st.permutations(people))[:2]
    return {
        "kind": draw(st.sampled_from(kinds)),
        "source": source,
        "target": target,
        "at": draw(days()),
        "amount": draw(st.sampled_from([0.5, 1.0, 2.0])),
    }


def evidence(
    kinds: tuple[str, ...] = (*GOOD, *BAD, "message_day"), *, least: int = 4, most: int = 40
) -> st.SearchStrategy[list[Act]]:
    """Return lists of acts, mostly strong enough that some people would vouch."""
    return st.lists(
        acts((*kinds, "recommendation", "same_team_year")), min_size=least, max_size=most
    )
