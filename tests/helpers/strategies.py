"""Hypothesis strategies for small networks."""

import datetime as dt
from typing import Any

from hypothesis import strategies as st

import trustgraph as tg

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


# ------------------------------------------------------------------------------ whole networks

MOMENTS = st.one_of(
    st.none(),
    st.datetimes(
        dt.datetime(1950, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
        dt.datetime(2090, 12, 31),  # noqa: DTZ001
        timezones=st.just(dt.UTC),
    ),
)
TELLING = ("'", '"', "=", "+", "-", "@", "\t", "\r", "\n", ",", ";", "|", " ", "a", "Z", "é", "字")


def words(*, most: int = 8) -> st.SearchStrategy[str]:
    """Return short texts, many of them full of what files trip over; no halves of characters."""
    anything = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
    telling = st.text(st.sampled_from(TELLING), max_size=most)
    return st.one_of(telling, anything.map(lambda text: text[:most]))


@st.composite
def networks(draw: st.DrawFn, *, merged: bool = True, texts: st.SearchStrategy[str] | None = None):
    """Draw a small network with something in every table."""
    word = words() if texts is None else texts
    ids = draw(st.lists(word.filter(lambda one: one.strip()), min_size=3, max_size=6, unique=True))
    one, pair = st.sampled_from(ids), st.permutations(ids).map(lambda order: order[:2])
    full = word.filter(bool)
    person = dict.fromkeys(("name", "organisation", "position", "location", "url"), word)
    kinds = st.sampled_from([*GOOD, "message_day", "a kind of one's own"])
    amounts = st.floats(1e-6, 1e6)
    acts_drawn = draw(st.lists(st.tuples(kinds, pair, MOMENTS, amounts, word), max_size=6))
    spans = st.tuples(MOMENTS, MOMENTS).filter(lambda span: None in span or span[0] <= span[1])
    jobs = draw(st.lists(st.tuples(one, full, word, spans), max_size=3))
    facts = draw(st.lists(st.tuples(one, word, word, spans, word), max_size=3))
    written = draw(st.lists(st.tuples(pair, MOMENTS, word, word), max_size=3))
    judged = draw(st.lists(st.tuples(pair, st.floats(0.001, 0.999)), max_size=2))
    return tg.Network(
        [{"id": id_, **{n: draw(w) for n, w in person.items()}} for id_ in ids],
        [
            {"kind": k, "source": u, "target": v, "at": at, "amount": a, "origin": o}
            for k, (u, v), at, a, o in acts_drawn
        ],
        positions=[
            {
                "person": p,
                "organisation": o,
                "title": t,
                "started": s and s.date(),
                "finished": f and f.date(),
            }
            for p, o, t, (s, f) in jobs
        ],
        facts=[
            {"person": p, "kind": "skill", "text": t, "organisation": o, "at": a, "until": u}
            for p, t, o, (a, u), _ in facts
        ],
        texts=[
            {"kind": "message", "source": u, "target": v, "at": at, "text": t, "origin": o}
            for (u, v), at, t, o in written
        ],
        judgements=[
            {"source": u, "target": v, "trust": t, "certainty": 0.5} for (u, v), t in judged
        ],
        merged=[{"alias": ids[0], "person": ids[1]}] if merged and draw(st.booleans()) else None,
        report=[{"file": draw(word), "row": 3, "level": "info", "reason": draw(word)}],
        owners=draw(st.lists(one, max_size=2)),
        as_of=draw(MOMENTS),
    )
